"""The printed release of information holds what the law asks for, or names what is missing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from pypdf import PdfReader

from ddj_desktop.disclosure.part2 import NOTICE
from ddj_desktop.outputs.release_form import FormFacts, write_release_form
from ddj_desktop.registers.consents import ELEMENTS, missing_elements

WHOLE = FormFacts(
    "Pine", "KS", ("Pine County Sheriff",), ("Pine Valley Hospital",), ("coordination of care",),
    ("identity", "contacts"), "one year after signing", "Privacy officer, 100 Main Street",
)  # fmt: skip


def text_of(path: Path) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(path).pages).split())


def test_a_whole_form_says_everything_and_that_nothing_is_missing(tmp_path: Path) -> None:
    assert write_release_form(tmp_path / "form.pdf", WHOLE) == ()
    said = text_of(tmp_path / "form.pdf")
    for words in ("Pine County Sheriff", "Pine Valley Hospital", "coordination of care", "one year after signing",
                  "Privacy officer, 100 Main Street", "name, birth date and sex", "Nothing is missing.",
                  "You may refuse to sign", "Signature", "45 CFR 164.508(c)(1)(v)"):  # fmt: skip
        assert words in said
    assert "MISSING" not in said
    assert "alcohol" not in said


@pytest.mark.parametrize(
    ("empty", "element"),
    [({"disclosers": ()}, "discloser"), ({"recipients": ()}, "recipients"), ({"purposes": ()}, "purpose"),
     ({"data_classes": ()}, "description"), ({"expires": ""}, "expiry"), ({"revoke_to": ""}, "revocation")],
)  # fmt: skip
def test_each_thing_left_out_is_named(tmp_path: Path, empty: dict[str, object], element: str) -> None:
    facts = replace(WHOLE, **empty)  # type: ignore[arg-type]
    assert write_release_form(tmp_path / "form.pdf", facts) == (element,)
    assert f"Missing: {ELEMENTS[element].words}." in text_of(tmp_path / "form.pdf")


def test_treatment_records_bring_the_notice_and_the_statement_about_proceedings(tmp_path: Path) -> None:
    facts = replace(WHOLE, part2=True, data_classes=("contacts", "substance_use"))
    assert write_release_form(tmp_path / "form.pdf", facts) == ()
    said = text_of(tmp_path / "form.pdf")
    for words in (*NOTICE, "may not be used against you in a civil, criminal", "alcohol and drug use treatment"):
        assert words in said


def test_the_checklist_of_a_signed_form() -> None:
    every = tuple(ELEMENTS)
    assert missing_elements(every, part2=True, signed_by_other=True) == []
    assert missing_elements((), part2=False, signed_by_other=False) == [
        name for name in every if name not in ("authority", "proceedings")
    ]
    assert missing_elements(every[:-1], part2=True, signed_by_other=False) == ["proceedings"]
    assert missing_elements(every[:-1], part2=False, signed_by_other=False) == []
