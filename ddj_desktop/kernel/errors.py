"""Two kinds of error: what a person can mend, and what is our fault. Each carries its own plain sentence.

A sentence names files, columns, counts and dates of imports; never a person's name, birth date or any cell's value.
"""

from __future__ import annotations


class DdjError(Exception):
    """Base of every error this program raises on purpose.

    A subclass sets `sentence`, a template filled from the keyword facts given to the constructor:
    what happened, why, and what to do. `str(error)` is the sentence; `error.code` names the class.
    """

    sentence = "Something unexpected happened."

    def __init__(self, **facts: object) -> None:
        self.facts = facts
        super().__init__(self.sentence.format(**facts))

    @property
    def code(self) -> str:
        """The class's name, stable for help pages and tests."""
        return type(self).__name__


class PersonCanFix(DdjError):
    """The county can mend this: shown as its sentence, and the rest of the work goes on."""


class OurFault(DdjError):
    """A defect of the program: the work is rolled back; the details hold no person's data."""

    sentence = (
        "Something went wrong inside the program ({what}). The county file is as it was before. "
        "Try again, or save a report for your helper."
    )


class Stopped(DdjError):
    """The person pressed Cancel. Never shown as an error."""

    sentence = "Stopped. Nothing was changed."


class Misuse(PersonCanFix):
    """A command was given words that do not fit together."""

    sentence = "{what}"
