"""What ends soon, in sentences: each agreement by itself, releases of information together, none by a name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ddj_desktop.kernel.dates import day_in_words
from ddj_desktop.screens.wording import many
from ddj_desktop.workflow.endings import WARNS, Ending

_STATES = dict(zip(WARNS, ("stop", "look", "todo"), strict=True))


@dataclass(frozen=True)
class Reminder:
    """One line: state (stop in the last week, look in the last 30 days, else todo), a short word, the sentence."""

    state: str
    word: str
    text: str


def reminders(found: Sequence[Ending]) -> list[Reminder]:
    """The lines, the most urgent first."""
    made = []
    for within in WARNS:
        here = [one for one in found if one.within == within]
        made += [Reminder(_STATES[within], days_left(one.days), _of_agreement(one)) for one in here if one.title]
        signed = [one for one in here if not one.title]
        if signed:
            text = _of_releases(len(signed), within, day_in_words(signed[0].ends))
            made.append(Reminder(_STATES[within], days_left(signed[0].days), text))
    return made


def days_left(days: int) -> str:
    """'Ends today', 'Ends in 1 day', 'Ends in 12 days'."""
    return f"Ends in {many(days, 'day', 'days')}" if days else "Ends today"


def _of_agreement(one: Ending) -> str:
    return (
        f"The agreement “{one.title}” with {one.partner} ends on {day_in_words(one.ends)}. Renew it, or nothing more "
        "can be shared under it."
    )


def _of_releases(count: int, within: int, first: str) -> str:
    said = f"{count} releases of information end within {within} days, the first on {first}."
    said = said if count > 1 else f"A release of information ends on {first}."
    return f"{said} Without a new one nothing more can be shared that rests on it."


def soonest(found: Sequence[Ending], partner: str) -> Ending | None:
    """The agreement with a partner that ends first, where one ends soon."""
    return next((one for one in found if one.title and one.partner == partner), None)
