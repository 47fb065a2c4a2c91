"""From a file as read to the suggested meaning of its sheets: what a person looks over and `stage` takes in."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from ddj_desktop.intake import date_order as dates
from ddj_desktop.intake.changes import gone, turned
from ddj_desktop.intake.columns import Column, columns
from ddj_desktop.intake.errors import NoHeadings, NoRows
from ddj_desktop.intake.fields import FIELDS, KINDS, Need, label, unmet
from ddj_desktop.intake.group_lines import told_of_groups, with_groups
from ddj_desktop.intake.keys import MANY_PEOPLE
from ddj_desktop.intake.mapping import suggest_columns
from ddj_desktop.intake.read import read_file
from ddj_desktop.intake.recognise import kind_of
from ddj_desktop.intake.structure import Structure, remembered_heading, structure, told, widened
from ddj_desktop.intake.types import ColumnGuess, Draft, RawFile, RawSheet, Sure
from ddj_desktop.registers.profiles import Profile

__all__ = [
    "as_profile",
    "changed_mapping",
    "problems_before_import",
    "read_file",
    "signature",
    "suggest",
]

_WHO = ("contact_key", "record_key", "full_name", "last_name", "first_name")
"""Fields blank together on the later lines of a group."""
_EVENT = ("contact_key", "parent_key", "starts", "starts_time", "nature", "location", "kind_code")
"""Fields of an event itself, whoever had part in it."""


def suggest(
    raw: RawFile,
    known: Sequence[Profile] = (),
    source: str | None = None,
    kind: str | None = None,
    date_order: str | None = None,
    heading: tuple[str, int] | None = None,
) -> list[Draft]:
    """The suggested meaning of each usable sheet of a file, in the workbook's order.

    A layout remembered in `known` is recognised by its headings and read as before. `source`, `kind` and `date_order`
    say what the person has settled, `heading` the sheet and the line its column names are in. Hidden sheets, and
    sheets that hold less than their kind needs where another sheet
    holds it all, are left out and named in the first draft's problems. Raises NoRows or NoHeadings where no sheet
    can be used.
    """
    visible = [sheet for sheet in raw.sheets if not sheet.hidden and sheet.lines]
    drafts, failure = [], None
    for sheet in visible:
        try:
            line = heading[1] if heading and heading[0] == sheet.name else None
            drafts.append(_draft(raw, sheet, known, source, kind, date_order, line))
        except (NoRows, NoHeadings) as error:
            failure = failure or error
    if not drafts:
        raise failure or NoRows(file=raw.name)
    return _usable(raw, drafts)


def problems_before_import(draft: Draft) -> list[str]:
    """A sentence for each need of the draft's kind that no column meets at least as Likely. Empty: it may go in.

    A sheet that completes contacts known by number needs that number alone.
    """
    if draft.completes:
        return []
    firm = {column.field for column in draft.columns if column.field and column.sure != Sure.GUESS}
    weak = {column.field: column for column in draft.columns if column.field and column.sure == Sure.GUESS}
    told = []
    needs = unmet(draft.kind, firm)
    if "starts" in weak and (("starts",),) not in needs:
        needs.insert(0, (("starts",),))  # a sheet of people alone must not gain contacts by a guess, nor lose them
    for need in needs:
        guessed = [weak[name] for option in need for name in option if name in weak]
        if guessed:
            field = label(str(guessed[0].field), draft.kind)
            told.append(f'{field} is needed and is only guessed to be in the column "{guessed[0].header}". Choose it.')
        else:
            told.append(f"{_in_words(need, draft.kind)} is needed and no column holds it. Choose the column.")
    return list(dict.fromkeys(told))


def changed_mapping(draft: Draft, mapping: dict[int, str]) -> Draft:
    """The draft with columns settled by the person: index to field, an empty text for a column that is not needed."""
    fixed = {index: name for index, name in mapping.items() if name}
    taken = set(fixed.values()) - {"never_wanted"}
    changed = []
    for column in draft.columns:
        if column.index in mapping:
            name = fixed.get(column.index)
            why = f'You said that "{column.header}" is {label(name, draft.kind)}.' if name else "You left it out."
            changed.append(replace(column, field=name, sure=Sure.SURE, why=why))
        elif column.field in taken:
            changed.append(replace(column, field=None, sure=Sure.LIKELY, why="You chose another column for it."))
        else:
            changed.append(column)
    return replace(draft, columns=tuple(changed))


def signature(draft: Draft) -> str:
    """What stands for a layout: its headings, whatever their order; for a sheet without any, its number of columns."""
    return _signature([column.header for column in draft.columns], bool(draft.header_lines))


def as_profile(draft: Draft) -> Profile:
    """The layout of a draft, to be remembered once it was taken in."""
    mapping = {column.field: column.header for column in draft.columns if column.field}
    headings = tuple(column.header for column in draft.columns)
    return Profile(draft.source, draft.kind, signature(draft), mapping, draft.date_order, headings)


def _signature(headers: Sequence[str], named: bool) -> str:
    text = "\x1f".join(sorted(" ".join(header.split()).casefold() for header in headers))
    return hashlib.sha256((text if named else f"no headings, {len(headers)} columns").encode()).hexdigest()[:32]


# one sheet --------------------------------------------------------------------------------------------------


def _draft(
    raw: RawFile,
    sheet: RawSheet,
    known: Sequence[Profile],
    source: str | None,
    kind: str | None,
    date_order: str | None,
    heading: int | None,
) -> Draft:
    if heading is None:
        heading = remembered_heading(sheet, [one.mapping.values() for one in known])
    raw, sheet, layout, groups = _laid_out(raw, sheet, heading)
    found = columns(layout.headers, layout.data)
    profile = _remembered(found, layout, known, source)
    meaning = _meaning(raw, sheet, found, layout, known, profile, source, kind)
    if not layout.header_lines and not any(column.field for column in meaning.columns):
        raise NoHeadings(file=raw.name)
    order, order_sure, problems = _order(layout, meaning.columns, date_order, profile)
    problems = [
        *told(layout),
        *told_of_groups(layout.not_data, groups),
        *_profile_problems(profile, found, meaning.source),
        *problems,
    ]
    if not layout.header_lines:
        problems.insert(0, "No row with column names was found; the columns were told apart by what they hold.")
    return Draft(
        file=raw,
        sheet=sheet.name,
        kind=meaning.kind,
        kind_sure=meaning.kind_sure,
        source=meaning.source,
        header_lines=layout.header_lines,
        columns=tuple(meaning.columns),
        date_order=order,
        date_order_sure=order_sure,
        not_data=layout.not_data,
        fill_down=_fill_down(layout, meaning.columns) or _fill_down_people(layout, meaning),
        problems=tuple(problems),
    )


def _laid_out(raw: RawFile, sheet: RawSheet, heading: int | None) -> tuple[RawFile, RawSheet, Structure, list[str]]:
    """A sheet's layout, with what its group lines say as columns: the file and the sheet so, the layout, the labels."""
    layout = structure(sheet, heading)
    if not layout.data:
        raise NoRows(file=raw.name)
    sheet, groups = with_groups(sheet, layout.header_lines, layout.headers, layout.not_data)
    if groups:
        raw = replace(raw, sheets=tuple(sheet if one.name == sheet.name else one for one in raw.sheets))
        layout = widened(layout, sheet, groups)
    return raw, sheet, layout, groups


@dataclass(frozen=True)
class _Meaning:
    kind: str
    kind_sure: Sure
    source: str
    columns: list[ColumnGuess]


def _meaning(
    raw: RawFile,
    sheet: RawSheet,
    found: Sequence[Column],
    layout: Structure,
    known: Sequence[Profile],
    profile: Profile | None,
    source: str | None,
    kind: str | None,
) -> _Meaning:
    if profile is not None and (kind is None or kind == profile.kind):
        fixed = _fixed(profile, found)
        guesses = suggest_columns(found, profile.kind, fixed)
        return _Meaning(profile.kind, Sure.SURE, source or profile.source, guesses)
    settled = kind or next((one.kind for one in known if one.source == source), None)
    if settled:
        guesses, sure = suggest_columns(found, settled), Sure.SURE
    else:
        settled, sure, guesses = kind_of(found, raw.name.rpartition(".")[0], sheet.name, source or "")
    return _Meaning(settled, sure, source or _usual_source(settled, known), guesses)


def _usual_source(kind: str, known: Sequence[Profile]) -> str:
    """The county's own name for its only source of the kind; the kind's plain name where there is none or several."""
    names = {profile.source for profile in known if profile.kind == kind}
    return names.pop() if len(names) == 1 else KINDS[kind]


def _remembered(
    found: Sequence[Column], layout: Structure, known: Sequence[Profile], source: str | None
) -> Profile | None:
    """The profile with the same headings; else one all of whose columns are here; else the named source's last one."""
    mine = [profile for profile in known if source is None or profile.source == source]
    now = _signature([column.header for column in found], bool(layout.header_lines))
    same = [profile for profile in mine if profile.signature == now]
    if same:
        return same[0]
    if not layout.header_lines:
        return None
    here = {column.header.casefold() for column in found}
    whole = [
        profile
        for profile in mine
        if len(profile.mapping) >= 3 and {heading.casefold() for heading in profile.mapping.values()} <= here
    ]
    if whole:
        return max(whole, key=lambda profile: (len(profile.mapping), profile.source, profile.signature))
    some = [
        profile
        for profile in mine
        if len({heading.casefold() for heading in profile.mapping.values()} & here) * 2 >= len(profile.mapping) > 0
    ]
    return max(some, key=lambda one: (len(one.mapping), one.signature)) if source and some else None


def _fixed(profile: Profile, found: Sequence[Column]) -> dict[int, str]:
    by_heading = {heading.casefold(): name for name, heading in profile.mapping.items() if name in FIELDS}
    return {
        column.index: by_heading[column.header.casefold()] for column in found if column.header.casefold() in by_heading
    }


def _profile_problems(profile: Profile | None, found: Sequence[Column], source: str) -> list[str]:
    if profile is None:
        return []
    return [*gone(profile, [column.header for column in found], source), *turned(profile, found, source)]


def _order(
    layout: Structure, guesses: Sequence[ColumnGuess], given: str | None, profile: Profile | None
) -> tuple[str, Sure, list[str]]:
    read = []
    for guess in guesses:
        if guess.field and FIELDS[guess.field].is_date:
            read.append(dates.order_of(guess.header, layout.data.column(guess.index).counts()))
    order, sure, problems = dates.settle(read)
    if given:
        return given, Sure.SURE, [problem for problem in problems if "two ways" not in problem]
    if profile and sure == Sure.GUESS:
        return profile.date_order, Sure.LIKELY, [problem for problem in problems if "two ways" not in problem]
    return order, sure, problems


def _fill_down(layout: Structure, guesses: Sequence[ColumnGuess]) -> tuple[int, ...]:
    """Columns blank on the later lines of a group: where no column that says who is filled, and others are.

    Every column that is never filled on such lines belongs to the group's first line.
    """
    who = [guess.index for guess in guesses if guess.field in _WHO]
    rows = layout.data
    if not who or len(rows) < 2:
        return ()
    named = np.any([rows.column(index).where(str.strip) for index in who], axis=0)
    later = np.flatnonzero(~named)
    if not later.size or later.size > 0.95 * len(rows) or not named[0]:
        return ()
    few, width = 0.01 * later.size, int(rows.widths.max())
    blank = {
        index for index, column in enumerate(rows.columns[:width]) if column.at(later).where(str.strip).sum() <= few
    }
    if len(blank) == width:
        return ()
    return tuple(guess.index for guess in guesses if guess.index in blank)


def _fill_down_people(layout: Structure, meaning: _Meaning) -> tuple[int, ...]:
    """Columns blank on lines that only name further people of the event above: in kinds whose events name several.

    On these lines nothing of the event itself is said, neither its number nor when, where and what it was.
    """
    at = {guess.field: guess.index for guess in meaning.columns if guess.field}
    rows = layout.data
    if meaning.kind not in MANY_PEOPLE or not {"contact_key", "starts"} <= at.keys() or len(rows) < 2:
        return ()
    event = [at[name] for name in _EVENT if name in at]
    says = np.any([rows.column(index).where(str.strip) for index in event], axis=0)
    named = np.any([rows.column(at[name]).where(str.strip) for name in _WHO[1:] if name in at] or [~says], axis=0)
    whole = np.all([rows.column(at[name]).where(str.strip) for name in ("contact_key", "starts")], axis=0)
    later = np.flatnonzero(~says & named)
    if not later.size or later.size > 0.95 * len(rows) or not whole[0] or not (whole | ~says).all():
        return ()
    blank = {index for index, column in enumerate(rows.columns) if not column.at(later).where(str.strip).any()}
    return tuple(guess.index for guess in meaning.columns if guess.index in blank)


# the whole file ---------------------------------------------------------------------------------------------


def _usable(raw: RawFile, drafts: list[Draft]) -> list[Draft]:
    """Drafts that hold what their kind needs; where none does, the one with most rows, for the person to complete."""
    whole = [draft for draft in drafts if not problems_before_import(draft)]
    most = max(drafts, key=lambda draft: len(_sheet(raw, draft.sheet).lines))
    kept = whole or [most]
    problems = [
        f'The sheet "{draft.sheet}" was left out: it does not hold what is needed.'
        for draft in drafts
        if draft not in kept
    ]
    problems += [
        f'The sheet "{sheet.name}" is hidden and was left out.' for sheet in raw.sheets if sheet.hidden and sheet.lines
    ]
    return [replace(kept[0], problems=(*kept[0].problems, *problems)), *kept[1:]]


def _sheet(raw: RawFile, name: str) -> RawSheet:
    return next(sheet for sheet in raw.sheets if sheet.name == name)


def _in_words(need: Need, kind: str) -> str:
    """`Booking number, or Name and Booking date`."""
    options = [" and ".join(label(name, kind) for name in option) for option in need]
    return options[0] if len(options) == 1 else ", or ".join(options)
