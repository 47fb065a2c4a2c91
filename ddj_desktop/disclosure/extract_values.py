"""The values of an extract's columns at their finest, counted from the contacts of the twelve months."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from ddj_desktop.cohort.case import material_for
from ddj_desktop.cohort.coverage import coverage, rule_windows
from ddj_desktop.cohort.definitions import Definition
from ddj_desktop.cohort.evaluate import member_ids
from ddj_desktop.cohort.types import CountClause, RecencyClause, Rule
from ddj_desktop.disclosure.extract_columns import COLUMNS, NOT_RECORDED
from ddj_desktop.intake.charges import GROUPS
from ddj_desktop.kernel.dates import Month, Span, trailing_months
from ddj_desktop.measures.frame import WINDOW_MONTHS
from ddj_desktop.measures.people import CHARACTERISTICS, everyone
from ddj_desktop.registers.sources import all_sources
from ddj_desktop.store.lane import Lane
from ddj_desktop.store.sql import sql

_TABLE_OF = {
    "age": "by_age", "sex": "by_sex", "race": "by_race", "mental_health": "by_mental_health",
    "substance_use": "by_substance_use", "housing": "by_housing",
}  # fmt: skip


def values_of(
    lane: Lane, definition: Definition, month: Month, people: Sequence[int], columns: Sequence[str]
) -> dict[str, list[str]]:
    """Each column's values, one a person in the order given. Reads only."""
    window = trailing_months(month.span.last, WINDOW_MONTHS)
    found: dict[str, list[str]] = {}
    known = {person.person_id: person for person in everyone(lane, people, window).people}
    places = {table.name: place for place, table in enumerate(CHARACTERISTICS)}
    counts = _contacts(lane, people, window)
    for name in columns:
        kind = COLUMNS[name].kind
        if kind:
            found[name] = [str(counts.get((person, kind), 0)) for person in people]
        elif name in _TABLE_OF:
            found[name] = [known[person].groups[places[_TABLE_OF[name]]] for person in people]
        elif name == "charge_class":
            found[name] = _charges(lane, people, window)
        else:
            found[name] = _first_quarters(lane, definition.rule, month, people)
    return found


def sources_in(lane: Lane, rule: Rule, columns: Sequence[str]) -> tuple[str, ...]:
    """Kinds of source whose data are in the rows: those the definition looks at, since being on the list tells of
    them; those a column counts; and every one with contacts where a column rests on all of them."""
    with_contacts = {kind for (kind,) in lane.rows(sql("disclosure", "kinds_with_contacts"))}
    by_name = {source.name: source.kind for source in all_sources(lane)}
    named = _named_by(rule)
    if named is None or any(name in _TABLE_OF for name in columns):
        return tuple(sorted(with_contacts))
    kinds = {by_name.get(name, name) for name in named} | {COLUMNS[name].kind for name in columns if COLUMNS[name].kind}
    kinds |= {"jail"} if "charge_class" in columns else set()
    return tuple(sorted(kinds & with_contacts))


def _named_by(rule: Rule) -> set[str] | None:
    """Sources the rule names; None where a part of it looks at every source."""
    found: set[str] = set()
    for _, part in rule.leaves:
        if isinstance(part, CountClause):
            names = part.measure.sources
        elif isinstance(part, RecencyClause):
            names = part.sources
        else:
            names = ()
        if not names:
            return None
        found |= set(names)
    if rule.top:
        if not rule.top.by.sources:
            return None
        found |= set(rule.top.by.sources)
    return found


def data_span(lane: Lane, rule: Rule, month: Month) -> Span:
    """The stretch the data of an extract come from: the rule's windows and the twelve months."""
    last = month.span.last
    firsts = [span.first for _, span in rule_windows(rule, last)] + [trailing_months(last, WINDOW_MONTHS).first]
    data_begin = [source.first for source in coverage(lane, last) if source.first is not None]
    return Span(max(min(firsts), min(data_begin, default=last)), last)


def _contacts(lane: Lane, people: Sequence[int], window: Span) -> dict[tuple[int, str], int]:
    found = lane.rows(sql("disclosure", "extract_people"), people=list(people), first=window.first, last=window.last)
    return {(person, kind): count for person, kind, count in found}


def _charges(lane: Lane, people: Sequence[int], window: Span) -> list[str]:
    found: dict[int, set[str]] = defaultdict(set)
    for person, group in lane.rows(
        sql("disclosure", "extract_charges"), people=list(people), first=window.first, last=window.last
    ):
        found[person].add(group)
    return [next((group for group in GROUPS if group in found[person]), "none") for person in people]


def _first_quarters(lane: Lane, rule: Rule, month: Month, people: Sequence[int]) -> list[str]:
    """The calendar quarter of the first of the last thirteen months' lists that a person is on."""
    material, first_seen = material_for(lane, rule), dict[int, str]()
    earliest = month.plus(-WINDOW_MONTHS)
    for back in range(WINDOW_MONTHS, -1, -1):
        one = month.plus(-back)
        words = f"before {_quarter(earliest.plus(1))}" if one == earliest else _quarter(one)
        for person in member_ids(lane, rule, one.span.last, material):
            first_seen.setdefault(person, words)
    return [first_seen.get(person, NOT_RECORDED) for person in people]


def _quarter(month: Month) -> str:
    return f"{month.year} Q{(month.number + 2) // 3}"
