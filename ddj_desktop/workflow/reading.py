"""Reading a file that may be under a password: whoever is there is asked for it once."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from ddj_desktop.intake.errors import HasPassword

Read = TypeVar("Read")
AskPassword = Callable[[str], str]
"""Given the sentence that says a file is protected, gives its password; an empty text where nobody can be asked."""


def asking(ask: AskPassword | None, read: Callable[[str | None], Read]) -> Read:
    """What `read` gives without a password, else with the one that was asked for. Raises what `read` raises."""
    try:
        return read(None)
    except HasPassword as error:
        password = ask(str(error)) if ask else ""
        if not password:
            raise
        return read(password)
