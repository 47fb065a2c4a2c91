"""From a number to the rows it is made of. The rows are counted by the same rule as the number, so they agree."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, cast

from ddj_desktop.cohort.case import material_for, work_through
from ddj_desktop.cohort.contacts import load_people
from ddj_desktop.cohort.coverage import coverage
from ddj_desktop.cohort.definitions import all_definitions
from ddj_desktop.cohort.evaluate import member_ids
from ddj_desktop.cohort.types import Rule
from ddj_desktop.kernel.dates import Month, Span, trailing_months
from ddj_desktop.measures.errors import NoSuchRows
from ddj_desktop.measures.flags import NOT_RECORDED, flags_said
from ddj_desktop.measures.frame import WINDOW_MONTHS
from ddj_desktop.measures.movement import movements
from ddj_desktop.measures.open_patterns import PATTERN_QUERIES, open_patterns
from ddj_desktop.measures.open_race import RACE_PEOPLE, RACE_ROWS, people_of_race, rows_of_race
from ddj_desktop.measures.outcomes import chosen_of, followed_of, rows_in_jail, rows_used
from ddj_desktop.measures.patterns import Patterns, patterns
from ddj_desktop.measures.people import Everyone, everyone
from ddj_desktop.measures.stays import stays_of
from ddj_desktop.measures.types import RowsKey
from ddj_desktop.measures.use import ranked
from ddj_desktop.measures.who import steps
from ddj_desktop.registers.programmes import all_enrolments, programme
from ddj_desktop.store.lane import Lane
from ddj_desktop.store.sql import sql

OUTCOME_QUERIES = ("outcome", "outcome_people", "outcome_jail")


@dataclass(frozen=True)
class RowSet:
    """The rows behind a number, with their headings. People's names are in them: they stay in the building."""

    columns: tuple[str, ...]
    rows: list[tuple[Any, ...]]
    total: int
    """How many rows there are, however many were asked for."""
    amount: float
    """What they come to: the number that was opened. Rows, or the sum of the column 'days'."""


def open_rows(lane: Lane, key: RowsKey, limit: int | None = None) -> RowSet:
    """The rows behind a figure or a cell: one a person, a contact, or a stay with its days.

    At most `limit` rows are given; `total` and `amount` are of all. Raises NoSuchRows when the key is of a
    definition the file does not hold, or of no figure.
    """
    return Opener(lane).rows((key,), limit)


class Opener:
    """Opens numbers of a county file that does not change meanwhile: what several numbers rest on is read once."""

    def __init__(self, lane: Lane) -> None:
        self._lane = lane
        self._bases: dict[tuple[object, object], _Base] = {}

    def rows(self, keys: Sequence[RowsKey], limit: int | None = None) -> RowSet:
        """The rows behind a number, or behind cells that add up to a total, of one after the other. Otherwise like
        `open_rows`."""
        found = [line for key in keys for line in self._lines(key)]
        columns = tuple(found[0]) if found else ()
        rows = [tuple(line.values()) for line in found]
        amount = sum(line["days"] for line in found) if "days" in columns else len(rows)
        return RowSet(columns, rows if limit is None else rows[:limit], len(rows), amount)

    def _lines(self, key: RowsKey) -> list[dict[str, Any]]:
        values = dict(key.values)
        which = values.pop("definition_id", None), values.pop("as_of")
        if which not in self._bases:
            self._bases[which] = _Base(self._lane, _rule(self._lane, which[0]), cast(date, which[1]))
        return _found(_Opening(self._bases[which], values, key.query))


def _found(opened: _Opening) -> list[dict[str, Any]]:
    finders = {
        "people": opened.people, "movement": opened.movement, "attrition": opened.attrition,
        "everybody": opened.everybody, "contacts": opened.contacts, "source_contacts": opened.source_contacts,
        "days": opened.days, "concentration": opened.concentration, "records": opened.records, "pairs": opened.pairs,
        "hours": opened.hours, "flag": opened.flag, **dict.fromkeys(OUTCOME_QUERIES, opened.outcome),
        **dict.fromkeys(PATTERN_QUERIES, opened.patterns),
        **dict.fromkeys(RACE_PEOPLE, opened.race_people), **dict.fromkeys(RACE_ROWS, opened.race_rows),
    }  # fmt: skip
    if opened.query not in finders:
        raise NoSuchRows
    return finders[opened.query]()


def _rule(lane: Lane, wanted: object) -> Rule:
    for definition in all_definitions(lane):
        if definition.definition_id == wanted:
            return definition.rule
    raise NoSuchRows


@dataclass
class _Base:
    """One list on one day, read once for all of its numbers that are opened together."""

    lane: Lane
    rule: Rule
    as_of: date

    @property
    def window(self) -> Span:
        return trailing_months(self.as_of, WINDOW_MONTHS)

    @cached_property
    def members(self) -> list[int]:
        return member_ids(self.lane, self.rule, self.as_of)

    @cached_property
    def known(self) -> Everyone:
        return everyone(self.lane, self.members, self.window)

    @cached_property
    def jail(self) -> Patterns:
        return patterns(self.lane, self.members, self.window)


@dataclass
class _Opening:
    """One number being opened."""

    base: _Base
    values: dict[str, Any]
    query: str

    def __post_init__(self) -> None:
        self.lane, self.rule, self.as_of, self.window = (
            self.base.lane, self.base.rule, self.base.as_of, self.base.window,
        )  # fmt: skip

    def _named(self, people: list[int]) -> list[dict[str, Any]]:
        window = self.window
        return self.lane.dicts(sql("measures", "rows_people"), people=people, first=window.first, last=window.last)

    def people(self) -> list[dict[str, Any]]:
        where = {name: value for name, value in self.values.items() if name != "side"}
        return self._named(self.base.known.chosen(self.values["side"], **where))

    def flag(self) -> list[dict[str, Any]]:
        said = flags_said(self.lane, self.window).get(self.values["flag"], {})
        side = self.base.known.chosen(self.values["side"])
        return self._named([one for one in side if said.get(one, NOT_RECORDED) == self.values["answer"]])

    def movement(self) -> list[dict[str, Any]]:
        month = Month.of(self.values["month"])
        move = movements(self.lane, self.rule, month, coverage(self.lane, self.as_of))[-1]
        return self._named(sorted(move.people[self.values["which"]]))

    def attrition(self) -> list[dict[str, Any]]:
        material = material_for(self.lane, self.rule)
        case = work_through(self.rule, self.as_of, material)
        found = steps(case)
        return self._named(found[self.values["step"]][1])

    def everybody(self) -> list[dict[str, Any]]:
        rows = self.lane.rows("SELECT DISTINCT person_id FROM person_record ORDER BY person_id")
        return self._named([person for (person,) in rows])

    def _contacts(self, people: list[int] | None, kind: str | None, source_id: int | None) -> list[dict[str, Any]]:
        window = self.window
        return self.lane.dicts(
            sql("measures", "rows_contacts"), people=people, kind=kind, source_id=source_id,
            first=self.values.get("first", window.first), last=self.values.get("last", window.last),
        )  # fmt: skip

    def contacts(self) -> list[dict[str, Any]]:
        return self._contacts(self.base.members, self.values["kind"], None)

    def source_contacts(self) -> list[dict[str, Any]]:
        return self._contacts(None, None, self.values["source_id"])

    def _days(self, people: list[int], inside: bool, kind: str, span: Span) -> list[dict[str, Any]]:
        return self.lane.dicts(
            sql("measures", "rows_days"), people=people, inside=inside, kind=kind, first=span.first, last=span.last
        )

    def days(self) -> list[dict[str, Any]]:
        span = Span(self.values["first"], self.values["last"])
        return self._days(self.base.members, self.values["side"] == "list", self.values["kind"], span)

    def concentration(self) -> list[dict[str, Any]]:
        stays = stays_of(load_people(self.lane), self.as_of, ["jail"])
        found = ranked(self.lane, self.window, stays)[self.values["count"]]
        people = found.top(self.values["percent"]).person.tolist()
        if self.values["count"] == "days":
            return self._days(people, True, "jail", self.window)
        return self._contacts(people, "jail", None)

    def hours(self) -> list[dict[str, Any]]:
        window = self.window
        return self.lane.dicts(
            sql("measures", "rows_hours"), people=self.base.members, first=window.first, last=window.last, **self.values
        )

    def patterns(self) -> list[dict[str, Any]]:
        found = self.base.jail
        what, ids = open_patterns(self.lane, found, self.query, self.values)
        if what == "people":
            return self._named(ids)
        return self.lane.dicts(sql("measures", "rows_of_contacts"), contacts=ids)

    def outcome(self) -> list[dict[str, Any]]:
        chosen = programme(self.lane, self.values["programme"])
        enrolled = all_enrolments(self.lane, chosen.programme_id)
        index = chosen_of(self.lane, enrolled, self.values["cohort"], self.rule)
        followed = followed_of(chosen, index, coverage(self.lane, self.as_of), self.as_of)
        if self.query == "outcome_people":
            return self._named(list(followed.people))
        if self.query == "outcome_jail":
            return rows_in_jail(self.lane, followed, self.values["part"])
        return rows_used(self.lane, chosen, followed, self.values["part"])

    def race_people(self) -> list[dict[str, Any]]:
        return self._named(people_of_race(self.base.known, self.query, self.values))

    def race_rows(self) -> list[dict[str, Any]]:
        return rows_of_race(self.lane, self.base.known, self.query, self.values, self.window)

    def records(self) -> list[dict[str, Any]]:
        return self.lane.dicts(sql("measures", "rows_records"))

    def pairs(self) -> list[dict[str, Any]]:
        return self.lane.dicts(sql("measures", "rows_pairs"))
