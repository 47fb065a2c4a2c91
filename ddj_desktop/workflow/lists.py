"""Everything a screen or a command can read. Nothing here writes; a reader sees the last committed state."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from ddj_desktop.cohort.closing import ClosedMonth, Revision, closed_months, revisions
from ddj_desktop.cohort.coverage import coverage, rule_windows
from ddj_desktop.cohort.definitions import Definition, all_definitions, standing_definition
from ddj_desktop.cohort.errors import NoDefinition
from ddj_desktop.cohort.evaluate import WhatIf, came_to, evaluate, what_if
from ddj_desktop.cohort.rule import parse_rule
from ddj_desktop.cohort.standing import Standing, standing
from ddj_desktop.cohort.templates import templates
from ddj_desktop.cohort.types import AttributeClause
from ddj_desktop.cohort.words import in_words
from ddj_desktop.cohort.workbench import Workbench
from ddj_desktop.kernel import clock
from ddj_desktop.kernel.dates import Month
from ddj_desktop.kernel.progress import Progress
from ddj_desktop.measures.month import month_figures
from ddj_desktop.measures.revised import RevisedFigure, revised_figures
from ddj_desktop.measures.rows import Opener, RowSet
from ddj_desktop.measures.types import MonthFigures, RowsKey
from ddj_desktop.registers.protection import protected_names
from ddj_desktop.registers.sources import all_sources
from ddj_desktop.store.lane import Lane
from ddj_desktop.store.sql import sql
from ddj_desktop.workflow.errors import NoPackets, NotMatched

__all__ = ["coverage", "definitions", "templates"]

MOST_HISTORY = 1000

Names = tuple[str | None, str | None, str | None, str | None, date | None, str | None]
"""Last, first, middle name, suffix, birth date, sex."""


@dataclass(frozen=True)
class LineState:
    """How far the county is along the line."""

    imports: int
    sources: int
    rows: int
    contacts: int
    records: int
    people: int
    records_not_matched: int
    matched_at: datetime | None
    pairs_to_review: int
    last_saved: datetime | None
    last_packet_at: datetime | None
    last_packet_month: str | None
    last_contact: datetime | None
    standing: Definition | None


def line_state(lane: Lane) -> LineState:
    """One look at the whole line, for the page of the month."""
    facts = lane.dicts(sql("workflow", "line_state"))[0]
    try:
        standing = standing_definition(lane)
    except NoDefinition:
        return LineState(standing=None, **facts)
    return LineState(standing=standing, **facts)


@dataclass(frozen=True)
class Closing:
    """Whether a month is closed, and what has changed since."""

    month: ClosedMonth | None
    revision: Revision | None


def closing(lane: Lane, month: Month | None) -> Closing:
    """How a month stands: closed or not, revised or not."""
    kept = next((one for one in closed_months(lane) if one.month == month), None)
    return Closing(kept, revisions(lane, [kept])[0] if kept else None)


@dataclass(frozen=True)
class ImportLine:
    """One import as a screen lists it."""

    import_id: int
    file_name: str
    source_id: int
    source: str
    kind: str
    format: str
    imported_at: datetime
    imported_by: str
    rows: int
    new: int
    changed: int
    already_here: int
    set_aside: int
    not_data: int
    first_day: date | None
    last_day: date | None
    removed_at: datetime | None
    removed_by: str | None


def imports(lane: Lane) -> list[ImportLine]:
    """Every import, newest first, removed ones too."""
    return [ImportLine(**facts) for facts in lane.dicts(sql("workflow", "imports"))]


def sources(lane: Lane) -> list[dict[str, Any]]:
    """Every source with its rows, rows set aside and last day."""
    return lane.dicts(sql("workflow", "source_facts"))


def months_with_contacts(lane: Lane) -> list[Month]:
    """Every month from the first contact to the last, newest first."""
    first, last = lane.one("SELECT min(starts), max(starts) FROM contact")
    if first is None:
        return []
    month, found = Month.of(last.date()), [Month.of(last.date())]
    while month > Month.of(first.date()):
        month = month.plus(-1)
        found.append(month)
    return found


def default_month(lane: Lane) -> Month | None:
    """The newest month that is over and has contacts, else the newest with contacts."""
    found = months_with_contacts(lane)
    over = [month for month in found if month.span.last < clock.today()]
    return next(iter(over or found), None)


def definitions(lane: Lane) -> list[Definition]:
    """Every version of every definition, newest first."""
    return all_definitions(lane)


def newest_definition(lane: Lane) -> Definition:
    """The version kept last. Raises NoDefinition."""
    found = all_definitions(lane)
    if not found:
        raise NoDefinition
    return found[0]


def must_be_matched(lane: Lane) -> None:
    """Raises NotMatched when no record has a person."""
    if not lane.value("SELECT count(*) FROM person_record"):
        raise NotMatched


@dataclass(frozen=True)
class NamedMember:
    """A person on the list with the names as last written, or an address: identified, stays in the building."""

    person_id: int
    last_name: str | None
    first_name: str | None
    middle_name: str | None
    suffix: str | None
    birth_date: date | None
    sex: str | None
    tier: str | None
    reason: str
    address: str = ""
    """As the county's contacts have it, in one spelling; '' for a person."""


@dataclass(frozen=True)
class NamedList:
    """The members on a date, with their names."""

    definition: Definition
    as_of: date
    base: int
    members: list[NamedMember]
    came_to: tuple[str, ...]
    """What a relative rule and its tiers came to."""
    warnings: tuple[str, ...]


def people_on_list(lane: Lane, as_of: date, name: str | None = None) -> NamedList:
    """Who is on the list on a date under the standing (or named) definition, in order of their number."""
    must_be_matched(lane)
    definition = standing_definition(lane, name)
    found = evaluate(lane, parse_rule(definition.rule_text), as_of)
    names = names_of(lane, [member.person_id for member in found.members])
    blank: Names = (None, None, None, None, None, None)
    members = [
        NamedMember(m.person_id, *names.get(m.person_id, blank), m.tier, m.reason, m.address) for m in found.members
    ]
    cut = came_to(found.cut, found.tiers, len(members))
    return NamedList(definition, as_of, found.base, members, cut, tuple(found.warnings))


def names_of(lane: Lane, people: list[int], kinds: Sequence[str] | None = None) -> dict[int, Names]:
    """The names of people as last written, by sources of these kinds where they are given. Identified."""
    wanted = None if kinds is None else list(kinds)
    found = lane.rows(sql("workflow", "names_of_people"), people=people, kinds=wanted) if people else []
    return {
        person: (last, first, middle, suffix, birth, sex) for person, last, first, middle, suffix, birth, sex in found
    }


@dataclass(frozen=True)
class Tried:
    """What a rule would give, while it is being edited."""

    sentence: str
    found: WhatIf


def try_rule(lane: Lane, rule_text: str, as_of: date, bench: Workbench | None = None) -> Tried:
    """Count by a rule without keeping it; `bench` holds what was read and counted before. Raises RuleMistakes."""
    rule, bench = parse_rule(rule_text), bench or Workbench()
    return Tried(in_words(rule), what_if(lane, rule, as_of, bench.material(lane, rule), bench.days(lane)))


@dataclass(frozen=True)
class PersonPage:
    """One person: the records they are made of and their contacts. Identified."""

    person_id: int
    records: list[dict[str, Any]]
    contacts: list[dict[str, Any]]
    standing: Standing | None = None
    """How they stand to the list of the month; None where no definition is kept."""
    definition: Definition | None = None
    protected: frozenset[str] = frozenset()
    """Names of the county's sources under special protection, whether or not this person is in them."""

    @property
    def plain(self) -> PersonPage:
        """The page without the contacts and records of those sources. Why the list holds somebody stays: the list
        itself says it."""
        records, contacts = (
            [line for line in lines if line["source"] not in self.protected] for lines in (self.records, self.contacts)
        )
        return replace(self, records=records, contacts=contacts)


def person(lane: Lane, person_id: int, month: Month | None = None) -> PersonPage:
    """Everything known of one person, and how they stand to the list of a month (the newest that is over, where none is
    given); empty lists where nobody has that number."""
    month = month or default_month(lane)
    kept = next(iter(all_definitions(lane)), None) and standing_definition(lane)
    return PersonPage(
        person_id,
        lane.dicts(sql("workflow", "person_records"), person=person_id),
        lane.dicts(sql("workflow", "person_contacts"), person=person_id),
        standing(lane, kept.rule, person_id, month) if kept and month else None,
        kept,
        protected_names(all_sources(lane)),
    )


def figures_and_revisions(
    lane: Lane, month: Month, progress: Progress | None = None
) -> tuple[MonthFigures, tuple[RevisedFigure, ...]]:
    """The figures of a month, and which of them read otherwise than when the month was closed: none where it was not,
    or under another version of the definition. Raises as `figures_of_month`."""
    figures = figures_of_month(lane, month, progress)
    kept = next((one for one in closed_months(lane) if one.month == month), None)
    same = kept is not None and kept.definition_id == figures.definition_id
    return figures, revised_figures(kept.figures, figures) if kept and same else ()


def figures_of_month(lane: Lane, month: Month, progress: Progress | None = None) -> MonthFigures:
    """Every figure of a month under the standing definition. Raises NotMatched, NoDefinition, NoPackets."""
    must_be_matched(lane)
    ((first, last),) = lane.rows("SELECT min(starts), max(starts) FROM contact")
    if first is None or not Month.of(first.date()) <= month < Month.of(last.date()).plus(12):
        raise NoPackets(month=month.in_words())
    return month_figures(lane, standing_definition(lane), month, progress)


def kinds_that_make_lists(lane: Lane) -> dict[int, frozenset[str]]:
    """By definition, the kinds of source it looks at; every kind where it asks for an attribute, which any source may
    hold."""
    there, found = coverage(lane), {}
    for definition in all_definitions(lane):
        scopes = [sources for sources, _ in rule_windows(definition.rule, clock.today())]
        scopes += [() for _, leaf in definition.rule.leaves if isinstance(leaf, AttributeClause)]
        found[definition.definition_id] = frozenset(
            known.source.kind for known in there if any(known.source.named_in(scope) for scope in scopes)
        )
    return found


def rows_behind(lane: Lane, keys: Sequence[RowsKey], limit: int | None = None) -> RowSet:
    """The rows a figure is made of, or the cells that add up to a total."""
    return Opener(lane).rows(keys, limit)


def history(lane: Lane, most: int = MOST_HISTORY, without: Sequence[str] = ()) -> list[dict[str, Any]]:
    """The acts of the log, newest first, those of some events left out: seq, done_at, actor, event, facts (a dict)."""
    found = lane.dicts(sql("workflow", "history"), most=most, without=list(without))
    return [{**line, "facts": json.loads(line["facts"])} for line in found]


def releases(lane: Lane) -> list[dict[str, Any]]:
    """What left the building, newest first, without its figures."""
    return lane.dicts(
        "SELECT release_id, released_at, actor, kind, recipient, level, month, reason FROM release "
        "ORDER BY release_id DESC"
    )
