"""Which of the county's sources a sheet meets by its numbers: whose contacts it completes, whose people it names.

A layout not seen before may be a new report of a known system or another system of the same kind. Headings cannot
tell; the numbers can: a system's reports speak of the same bookings and people.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from ddj_desktop.intake import cleaning_dates as dates
from ddj_desktop.intake import cleaning_text as texts
from ddj_desktop.intake.changes import fresh, gone
from ddj_desktop.intake.current import as_list
from ddj_desktop.intake.draft import problems_before_import
from ddj_desktop.intake.fields import KINDS
from ddj_desktop.intake.lines import STARTS, sheet_of
from ddj_desktop.intake.types import Draft, Sure
from ddj_desktop.intake.words import words
from ddj_desktop.kernel import clock
from ddj_desktop.kernel.ids import derived_id
from ddj_desktop.registers.profiles import Profile
from ddj_desktop.registers.sources import Source
from ddj_desktop.store.lane import Lane
from ddj_desktop.store.sql import sql

_MOST = 5_000
"""Numbers of a sheet looked up."""
_COMPLETES = 0.5
"""Share of a sheet's contact numbers that must be known for it to complete them."""
_MEETS = 0.05
"""Share of numbers known (of contacts on the same day, or of people) that makes a new layout the known system's:
a jail's next month names people who were there before; another jail's numbers fit by chance alone."""

_AKIN = 0.5
"""Share of a remembered layout's headings that makes another layout the same system's."""


@dataclass(frozen=True)
class _Met:
    """Shares of a sheet's numbers a source knows."""

    contacts: float
    """Contact numbers, whatever their day."""
    same_day: float
    """Contact numbers whose contact starts on the sheet's day."""
    people: float
    dated: bool
    """The sheet says when its contacts started."""

    @property
    def clashes(self) -> bool:
        """True where the source's contacts of these numbers mostly started on other days: two systems' numbering."""
        return self.dated and self.contacts >= _MEETS and self.same_day < self.contacts / 2


def settle(lane: Lane, drafts: Sequence[Draft], known: Sequence[Profile], sources: Sequence[Source],
           source_named: bool) -> list[Draft]:  # fmt: skip
    """Drafts with what only the county's own rows can tell: the source of a new layout, and sheets that complete.

    `source_named`: the person named the source, which then stands.
    """
    settled = []
    for draft in drafts:
        mine = [one for one in sources if one.kind == draft.kind and (not source_named or one.name == draft.source)]
        draft = _completing(lane, draft, mine)
        if not (source_named or draft.completes):
            draft = _own_source(lane, draft, known, mine)
        settled.append(_with_changes(draft, known))
    return settled


def _with_changes(draft: Draft, known: Sequence[Profile]) -> Draft:
    """The draft with what is gone and what is new against the last file of its source that was laid out alike."""
    headings = {column.header.casefold() for column in draft.columns}
    for one in known:  # the one used last comes first
        mapped = {heading.casefold() for heading in one.mapping.values()}
        if one.source == draft.source and one.kind == draft.kind and len(mapped & headings) >= _AKIN * len(mapped) > 0:
            said = gone(one, headings, draft.source) + fresh(one, draft.columns, draft.source)
            return replace(draft, problems=tuple(dict.fromkeys([*draft.problems, *said])))
    return draft


def _completing(lane: Lane, draft: Draft, sources: Sequence[Source]) -> Draft:
    """The draft as one that completes contacts, where it can not stand alone and its numbers are known already.

    HMIS Exit.csv, the people or the charges of events in a file of their own.
    """
    firm = {column.field for column in draft.columns if column.field and column.sure != Sure.GUESS}
    if "contact_key" not in firm or not problems_before_import(draft):
        return draft
    shares = [(_met(lane, one.source_id, draft).contacts, -one.source_id, one) for one in sources]
    share, _, best = max(shares, default=(0.0, 0, None))
    if best is None or share < _COMPLETES:
        return draft
    why = "When it started is known by its number."
    columns = tuple(
        replace(column, field=None, sure=Sure.LIKELY, why=why) if column.field in STARTS else column
        for column in draft.columns
    )
    said = f"The sheet has no start of its own. It says more of what {best.name} already has, by its numbers."
    return replace(draft, columns=columns, source=best.name, completes=True, problems=(*draft.problems, said))


def _own_source(lane: Lane, draft: Draft, known: Sequence[Profile], sources: Sequence[Source]) -> Draft:
    """The draft with the source its layout or its numbers speak for; a system of its own where neither does."""
    if not sources:
        return draft
    met = {one.name: _met(lane, one.source_id, draft) for one in sources}
    akin = [name for name in _akin(draft, known) if name in met]
    free = [name for name in akin if not met[name].clashes]
    best = max(free or met, key=lambda name: (max(met[name].same_day, met[name].people), name == draft.source, name))
    others = " or ".join(met)
    meets = max(met[best].same_day, met[best].people) >= _MEETS
    if free:
        said = (
            f"The layout is that of {' and '.join(free)}. It was taken for a file of {best}; choose the right source."
        )
        unsure = [said] if len(free) > 1 and not meets else []
        return replace(draft, source=best, problems=(*unsure, *draft.problems))
    if not akin and meets and not met[best].clashes:
        said = f"The layout is new. It was taken for a file of {best}, for its numbers are known there."
        return replace(draft, source=best, problems=(said, *draft.problems))
    name = _free_name(draft.kind, met)
    why = "its numbers mean other contacts there" if akin else f"nothing in it is known to {others}"
    said = (
        f"It was taken for another system than {others}, {name}: {why}. If it comes from the same system, choose that "
        "source."
    )
    return replace(draft, source=name, problems=(said, *draft.problems))


def _free_name(kind: str, taken: Iterable[str]) -> str:
    """`Jail 2`, or the next number no source of the kind has."""
    names = {name.casefold() for name in taken}
    number = next(n for n in range(2, len(names) + 3) if f"{KINDS[kind]} {n}".casefold() not in names)
    return f"{KINDS[kind]} {number}"


def _akin(draft: Draft, known: Sequence[Profile]) -> list[str]:
    """The sources one of whose layouts shares at least half of its mapped headings, or the heading of its numbers."""
    headings = {column.header.casefold() for column in draft.columns}
    found: dict[str, None] = {}
    for one in known:
        mapped = {heading.casefold() for heading in one.mapping.values()}
        keys = {one.mapping[name].casefold() for name in ("contact_key", "record_key") if name in one.mapping}
        share = len(mapped & headings) / len(mapped) if mapped else 0.0
        said = {heading for heading in keys & headings if len(words(heading)) > 1}
        if one.kind == draft.kind and (share >= _AKIN or said):
            found[one.source] = None
    return list(found)


def _met(lane: Lane, source_id: int, draft: Draft) -> _Met:
    """Look the sheet's numbers up in one source."""
    sheet = sheet_of(draft)
    no_data = {line.line for line in draft.not_data} | set(draft.header_lines)
    places = [draft.column_of(name) for name in ("contact_key", "starts", "record_key")]
    read = partial(dates.start, order=draft.date_order, newest=clock.today().year)
    starts: dict[int, date | None] = {}
    people: set[int] = set()
    for number, cells in sheet.lines:
        if len(starts) >= _MOST:
            break
        if number in no_data:
            continue
        key, start, person = (cells[place] if place is not None and place < len(cells) else "" for place in places)
        if said := texts.key(texts.tidy(key))[0]:
            moment = read(texts.tidy(start))[0] if start.strip() else None
            starts.setdefault(derived_id(source_id, "event", said), moment.day if moment else None)
        if said := texts.key(texts.tidy(person))[0]:
            people.add(derived_id(source_id, "who", said))
    found: dict[int, date] = dict(
        lane.rows(sql("intake", "starts_of_events"), source=source_id, groups=as_list(sorted(starts)))
    )
    there = lane.value(sql("intake", "people_known"), source=source_id, whos=as_list(sorted(people)))
    same = sum(day is not None and day == starts[group] for group, day in found.items())
    return _Met(
        len(found) / max(len(starts), 1), same / max(len(starts), 1), there / max(len(people), 1),
        any(start is not None for start in starts.values()),
    )  # fmt: skip
