"""The rows of a file with names: one person a row, each cell only as far as the gate's yes goes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ddj_desktop.disclosure.named_columns import LAST_MONTH, NAMED_COLUMNS
from ddj_desktop.disclosure.named_release import NamesAllowed, NamesQuestion, Since
from ddj_desktop.kernel.dates import Month, Span
from ddj_desktop.kernel.errors import OurFault
from ddj_desktop.store.lane import Lane
from ddj_desktop.store.sql import sql

NUMBER = "number"
"""Heading of a person's number: it counts the rows of this one file and is from nothing in the county file."""
NONE = "none"
"""What stands for the last month of whoever had no contact; a blank is whoever nothing may be told of."""
_KEY = object()


@dataclass(frozen=True)
class Listed:
    """What the list says of one person, with the name as sources of the definition have it."""

    last_name: str | None
    first_name: str | None
    middle_name: str | None
    suffix: str | None
    birth_date: date | None
    tier: str | None
    reason: str


@dataclass(frozen=True)
class NamedRows:
    """Rows with names that may leave under a permit. Only this module makes them."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    """In the order of what they say, so that no order of the county file is left in them; '' for a blank."""
    key: object = None

    def __post_init__(self) -> None:
        if self.key is not _KEY:
            raise OurFault(what="rows with names tried to leave without the gate")


def named_rows(lane: Lane, question: NamesQuestion, allowed: NamesAllowed, listed: Mapping[int, Listed]) -> NamedRows:
    """The rows of whoever the gate allows, with the columns that were asked for. `listed`: everybody on the list, by
    number. Reads only."""
    people, columns = allowed.permit.people, question.request.columns
    told = _Told(question.period.first, allowed.since, _days(lane, people, question.period))
    lines = sorted(
        tuple(told.cell(name, person) if NAMED_COLUMNS[name].kind else _of_person(name, listed[person])
              for name in columns)
        for person in people
    )  # fmt: skip
    rows = tuple((str(number), *line) for number, line in enumerate(lines, start=1))
    return NamedRows((NUMBER, *columns), rows, _KEY)


@dataclass(frozen=True)
class _Told:
    """What may be told of contacts."""

    first: date
    since: Since
    days: Mapping[tuple[int, str], list[date]]

    def cell(self, name: str, person: int) -> str:
        """A cell about a kind of source: what it says of fewer than the twelve months says since when."""
        kind = NAMED_COLUMNS[name].kind
        begins = self.since[kind].get(person)
        if begins is None:
            return ""
        days = [day for day in self.days.get((person, kind), ()) if day >= begins]
        last = str(Month.of(days[-1])) if days else NONE
        said = last if name.endswith(LAST_MONTH) else str(len(days))
        return said if begins == self.first else f"{said} since {begins.isoformat()}"


def _days(lane: Lane, people: Sequence[int], period: Span) -> Mapping[tuple[int, str], list[date]]:
    """Days of contacts by person and kind, in order."""
    found: dict[tuple[int, str], list[date]] = defaultdict(list)
    for person, kind, day in lane.rows(
        sql("disclosure", "days_of_contacts"), people=list(people), first=period.first, last=period.last
    ):
        found[person, kind].append(day)
    return found


def _of_person(name: str, listed: Listed) -> str:
    said = listed.reason if name == "list_reason" else getattr(listed, name)
    return said.isoformat() if isinstance(said, date) else str(said or "")
