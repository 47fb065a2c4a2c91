"""Months that were closed: the list as it stood, who was new, stayed, returned and left; and what has changed since.

A closed month keeps the version of the definition it was counted by. What changes later, because a file came late, a
row was corrected or two records turned out to be one person, does not overwrite it: it is shown as a revision of it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from ddj_desktop.cohort.definitions import Definition, definition
from ddj_desktop.cohort.errors import AlreadyClosed, MonthNotOver, NotAgreed, NotClosed
from ddj_desktop.cohort.evaluate import Evaluated, member_ids
from ddj_desktop.cohort.movement import MonthMovement
from ddj_desktop.kernel import clock
from ddj_desktop.kernel.dates import Month
from ddj_desktop.store.lane import Lane
from ddj_desktop.store.sql import sql

ON_LIST = ("new", "continuing", "returned")
MOVEMENTS = (*ON_LIST, "left", "not_seen")


@dataclass(frozen=True)
class ClosedMonth:
    """A month as it was closed."""

    close_id: int
    month: Month
    closed_at: datetime
    closed_by: str
    definition_id: int
    as_of: date
    base: int
    left_known: bool
    notes: tuple[str, ...]
    figures: Mapping[str, Any]
    people: Mapping[str, frozenset[int]]
    """Person ids by movement, each of MOVEMENTS."""

    @property
    def on_list(self) -> frozenset[int]:
        """Who was on the list."""
        return frozenset[int]().union(*(self.people[name] for name in ON_LIST))


@dataclass(frozen=True)
class Revision:
    """How the list of a closed month would read today, by the same version of the definition."""

    closed: ClosedMonth
    now: frozenset[int]
    added: Mapping[int, str]
    """People on it today who were not, and why."""
    gone: Mapping[int, str]
    """People who were on it and are not today, by the number they had then, and why."""
    joined: Mapping[int, int]
    """People who were on it and have since turned out to be somebody else who is on it: the number then and now.
    `len(closed.on_list) + len(added) - len(gone) - len(joined) == len(now)`."""

    @property
    def is_revised(self) -> bool:
        """True where anything changed."""
        return bool(self.added or self.gone or self.joined)


def must_be_closable(lane: Lane, month: Month, chosen: Definition) -> None:
    """Raises MonthNotOver, AlreadyClosed, NotAgreed."""
    if month.span.last >= clock.today():
        raise MonthNotOver(month=month.in_words())
    if any(kept.month == month for kept in closed_months(lane)):
        raise AlreadyClosed(month=month.in_words())
    if chosen.state != "agreed":
        raise NotAgreed(name=chosen.name, version=chosen.version)


def close(
    lane: Lane, month: Month, chosen: Definition, found: Evaluated, moved: MonthMovement, figures: Mapping[str, Any],
    actor: str,
) -> ClosedMonth:  # fmt: skip
    """Freeze a month: `found` is its list, `moved` its movement, `figures` whatever is to be kept beside them.

    Raises MonthNotOver, AlreadyClosed, NotAgreed.
    """
    must_be_closable(lane, month, chosen)
    number = int(lane.value("SELECT coalesce(max(close_id), 0) + 1 FROM closed_month"))
    notes = [*found.warnings, *(note for note in moved.notes if note not in found.warnings)]
    lane.run(
        "INSERT INTO closed_month VALUES ($n, $month, $at, $by, $definition, $as_of, $base, $known, $notes, $figures, "
        "NULL, NULL)",
        n=number, month=str(month), at=clock.now(), by=actor, definition=chosen.definition_id, as_of=found.as_of,
        base=found.base, known=moved.observed, notes=json.dumps(notes), figures=json.dumps(figures),
    )  # fmt: skip
    member = {one.person_id: one for one in found.members}
    lines = [(person, name) for name in MOVEMENTS for person in sorted(getattr(moved, name))]
    lane.append(
        "closed_person",
        {
            "close_id": [number] * len(lines), "person_id": [person for person, _ in lines],
            "movement": [name for _, name in lines],
            "tier": [member[person].tier if person in member else "" for person, _ in lines],
            "reason": [member[person].reason if person in member else "" for person, _ in lines],
        },
    )  # fmt: skip
    return closed_month(lane, month)


def reopen(lane: Lane, month: Month, actor: str) -> ClosedMonth:
    """Open a month again; what was frozen stays on record. Raises NotClosed."""
    kept = closed_month(lane, month)
    lane.run(
        "UPDATE closed_month SET reopened_at = $at, reopened_by = $by WHERE close_id = $n",
        at=clock.now(), by=actor, n=kept.close_id,
    )  # fmt: skip
    return kept


def closed_months(lane: Lane) -> list[ClosedMonth]:
    """Every month that stands closed, the latest first."""
    people: dict[int, dict[str, set[int]]] = {}
    for number, person, name in lane.rows("SELECT close_id, person_id, movement FROM closed_person"):
        people.setdefault(number, {}).setdefault(name, set()).add(person)
    found = []
    for line in lane.dicts(sql("cohort", "closed_months")):
        who = people.get(line["close_id"], {})
        facts = {
            "month": Month.parse(line["month"]),
            "notes": tuple(json.loads(line["notes"])),
            "figures": json.loads(line["figures"]),
        }
        found.append(
            ClosedMonth(**{**line, **facts}, people={name: frozenset(who.get(name, ())) for name in MOVEMENTS})
        )
    return found


def closed_month(lane: Lane, month: Month) -> ClosedMonth:
    """The month as it was closed. Raises NotClosed."""
    for kept in closed_months(lane):
        if kept.month == month:
            return kept
    raise NotClosed(month=month.in_words())


def revisions(lane: Lane, kept: Sequence[ClosedMonth] | None = None) -> list[Revision]:
    """What has changed since each closed month was closed, the latest first."""
    kept = closed_months(lane) if kept is None else kept
    into: dict[int, int] = dict(lane.rows("SELECT person_id, merged_into FROM person WHERE merged_into IS NOT NULL"))
    return [_revision(lane, one, into) for one in kept]


def _revision(lane: Lane, kept: ClosedMonth, into: Mapping[int, int]) -> Revision:
    rule = definition(lane, kept.definition_id).rule
    now = frozenset(member_ids(lane, rule, kept.as_of))
    today = {person: _survivor(person, into) for person in sorted(kept.on_list)}
    joined: dict[int, int] = {}
    stands: set[int] = set()
    for person in sorted(today, key=lambda person: (today[person] != person, person)):
        if today[person] in now and today[person] in stands:
            joined[person] = today[person]
        stands.add(today[person])
    matched = {
        person
        for row in lane.rows(sql("cohort", "people_rematched_since"), since=kept.closed_at)
        for person in row
        if person is not None
    }
    added = {person: _why(person, matched) for person in sorted(now - set(today.values()))}
    gone = {person: _why(person, matched) for person in sorted(today) if today[person] not in now}
    return Revision(kept, now, added, gone, joined)


def _survivor(person: int, into: Mapping[int, int]) -> int:
    while person in into:
        person = into[person]
    return person


def _why(person: int, matched: set[int]) -> str:
    if person in matched:
        return "a later match joined or parted records of this person"
    return "contacts of this person were added, corrected or removed later"
