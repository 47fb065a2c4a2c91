"""Every error has one plain sentence that a person can act on."""

from __future__ import annotations

import importlib
import pkgutil
import re
import string

import pytest

import ddj_desktop
from ddj_desktop.kernel.errors import DdjError, OurFault, PersonCanFix, Stopped


def every_error() -> list[type[DdjError]]:
    for module in pkgutil.walk_packages(ddj_desktop.__path__, "ddj_desktop."):
        if ".gui" not in module.name and not module.name.endswith(".app"):
            importlib.import_module(module.name)
    found: list[type[DdjError]] = []
    waiting: list[type[DdjError]] = [DdjError]
    while waiting:
        cls = waiting.pop()
        waiting.extend(cls.__subclasses__())
        found.append(cls)
    return sorted(
        (cls for cls in found if cls.__module__.startswith("ddj_desktop")), key=lambda c: (c.__module__, c.__name__)
    )


ERRORS = every_error()
BANNED = re.compile(
    r"\b(null|nan|schema|dtype|parse|query|sql|regex|boolean|cluster|entity|invalid|illegal|fatal|abort|oops|"
    r"please wait|successfully|exception|kernel|failed to)\b",
    re.IGNORECASE,
)


@pytest.mark.parametrize("error", ERRORS, ids=lambda e: e.__name__)
def test_each_error_has_its_own_plain_sentence(error: type[DdjError]) -> None:
    if error in (DdjError, PersonCanFix, OurFault, Stopped):
        return
    assert "sentence" in vars(error) or "sentence" in vars(error.__mro__[1]), "no sentence of its own"
    facts = [name for _, name, _, _ in string.Formatter().parse(error.sentence) if name]
    text = str(error(**{name.split(".")[0].split("[")[0]: 1 for name in facts}))
    assert "\n" not in text
    assert not BANNED.search(re.sub(r"\{[^}]*\}", "", error.sentence)), text
    assert text[-1] in ".?)1", text


def test_names_of_errors_are_unique() -> None:
    names = [error.__name__ for error in ERRORS]
    assert sorted(names) == sorted(set(names))
