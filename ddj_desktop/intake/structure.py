"""Where a sheet's headings are, and which of its lines are no data: titles, headings again, totals, page footers.

The rules (reference on exports, quirks 1 to 6): a heading row is one of words, not values, whose columns are filled
by the lines below; what stands above it is a title; a line of few cells that begins with `Total`, `Page 3 of 7` or
`Printed by` is a footer. Nothing is dropped: each such line is listed with its reason.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

import numpy as np

from ddj_desktop.intake import looks
from ddj_desktop.intake.coded import Coded
from ddj_desktop.intake.columns import letters
from ddj_desktop.intake.fields import is_known_anywhere
from ddj_desktop.intake.group_lines import GROUP, TOTAL, group_lines
from ddj_desktop.intake.table import Line, Table
from ddj_desktop.intake.types import NotData, RawSheet
from ddj_desktop.intake.words import LONGEST, key
from ddj_desktop.store.columns import Array

_LOOK_FOR_HEADINGS = 40
"""Lines from the top in which the headings are looked for."""
_BELOW = 25
"""Lines below a candidate that must bear it out."""
_RETURN = 400
"""Lines below a candidate in which its cells must not return."""
_FEW = 0.25
"""A trailing line with less than this share of the usual cells is no data (reference: IM-4)."""

_A_TENTH = 0.1
"""Share of the lines that must have more than two cells for these to be the rows."""

_NAMES_ENOUGH = 3
"""Column names a remembered layout must have to be looked for."""

_MOSTLY = 0.8
"""Share of the lines above that must hold a number for a line without one to be a remark."""

_FOOTER = re.compile(
    r"^(?:(?:grand|sub|report|page|overall)?[\s-]*totals?\b.*|.{1,60}\b(?:sub)?totals?\s*[:=]?\s*[\d,]*"
    r"|page\s*:?\s*\d+.*|.*\bpage \d+ of \d+.*|printed\b.*"
    r"|(?:report|run|print|export|generat)\w*\s+(?:date|run|by|on|time|at|printed|generated|total|count).*"
    r"|end of (?:report|file|data).*|(?:row|record|total|number of)\s*(?:count|records|rows)?\s*:.*"
    r"|\(?\d[\d,]*\s+(?:rows?|records?|inmates?|calls?|bookings?|incidents?|results?|cases?|clients?|patients?|"
    r"offenders?|prisoners?|guests?|residents?|people|persons|runs|visits|stays|arrests|contacts|entries|encounters)\b.*"
    r"|(?:count|records?|rows?|sum|average|avg)\s*[:=]?\s*[\d,]*|\*+.*\*+|confidential\b.*|note[s:]\b.*)$",
    re.IGNORECASE,
)
ANOTHER_TABLE = "another table"
"""A reason why a line is no data that a person is told of by itself."""
_RULE_LINE = re.compile(r"[-=_*~.\s]+")
_VALUE = re.compile(r"[\s.,:/$%()+-]*\d[\d\s.,:/$%()+-]*")


@dataclass(frozen=True)
class Structure:
    """How a sheet is laid out."""

    header_lines: tuple[int, ...]
    """Line numbers of the headings, top first; empty where there are none."""
    headers: tuple[str, ...]
    """One for each column from A; empty text for a column without one."""
    data: Table
    not_data: tuple[NotData, ...]


def structure(sheet: RawSheet, heading: int | None = None) -> Structure:
    """Find the headings and part the data from what is not. A sheet without headings gives empty `header_lines`.

    `heading`: number of the line the person, or a remembered layout, says the column names are in.
    """
    table = sheet.table
    said = np.flatnonzero(table.numbers == (-1 if heading is None else heading))
    if not said.size:
        place, rows, headers = _headings(table[: _LOOK_FOR_HEADINGS + _RETURN])
    else:
        place, rows, headers = int(said[0]), 1, tuple(cell.strip() for cell in table[int(said[0])][1])
    lines = table[: place + rows]
    first = place + rows if rows else 0
    not_data = _above(lines[:place], headers) if rows else []
    not_data += [NotData(number, "headings") for number, _ in lines[place : place + rows]]
    titles = {_joined(cells) for _, cells in lines[:place]} if rows else set()
    again = {_joined(cells) for _, cells in lines[place:first]} | {_joined(headers)} if rows else set()
    body = table.at(slice(first, None))
    reasons = _body(body, again, titles)
    kept = np.ones(len(body), bool)
    kept[list(reasons)] = False
    return Structure(
        header_lines=tuple(number for number, _ in lines[place : place + rows]),
        headers=headers,
        data=body if kept.all() else body.at(kept),
        not_data=(*not_data, *(NotData(int(body.numbers[place]), reason) for place, reason in sorted(reasons.items()))),
    )


def widened(layout: Structure, sheet: RawSheet, labels: Sequence[str]) -> Structure:
    """The layout of a sheet that was given columns of these names at its right."""
    table = sheet.table
    before = len(table.columns) - len(labels)
    headers = [layout.headers[index] if index < len(layout.headers) else "" for index in range(before)]
    data = table.at(np.isin(table.numbers, layout.data.numbers))
    return Structure(layout.header_lines, (*headers, *labels), data, layout.not_data)


def _above(lines: Sequence[Line], headers: Sequence[str]) -> list[NotData]:
    """The lines above the headings: titles, or, as full as the headings, lines of a table of another kind."""
    full = max(4.0, 0.6 * sum(map(bool, headers)))
    counts = [sum(bool(cell.strip()) for cell in cells) for _, cells in lines]
    return [
        NotData(number, ANOTHER_TABLE if filled >= full else "title")
        for (number, _), filled in zip(lines, counts, strict=True)
    ]


def remembered_heading(sheet: RawSheet, layouts: Iterable[Collection[str]]) -> int | None:
    """The line that holds all the column names of one of these layouts, so that a layout's headings are found by what
    they say, wherever they stand; None where no line does."""
    wanted = [{heading.casefold() for heading in layout} for layout in layouts]
    for number, cells in sheet.table[:_LOOK_FOR_HEADINGS]:
        said = {" ".join(cell.split()).casefold() for cell in cells}
        if any(len(names) >= _NAMES_ENOUGH and names <= said for names in wanted):
            return number
    return None


# headings ---------------------------------------------------------------------------------------------------


def _headings(lines: Sequence[Line]) -> tuple[int, int, tuple[str, ...]]:
    """Place of the first heading row among the lines, how many rows the headings take, and their texts."""
    best, best_score = -1, 0.0
    for place in range(min(len(lines), _LOOK_FOR_HEADINGS)):
        score = _score(lines, place)
        if score > best_score:
            best, best_score = place, score
    if best < 0:
        return 0, 0, ()
    named = _joined(lines[best][1])  # of headings that return the first stand for the sheet
    best = next(place for place in range(best + 1) if _joined(lines[place][1]) == named)
    single = tuple(cell.strip() for cell in lines[best][1])
    choice, most = (best, 1, single), _hits(single)
    for top in (best - 1, best):
        if top >= 0 and top + 1 < len(lines) and _may_join(lines, top):
            for joined in _join(lines[top][1], lines[top + 1][1]):
                if _hits(joined) > most:
                    choice, most = (top, 2, joined), _hits(joined)
    return choice


def _score(lines: Sequence[Line], place: int) -> float:
    """How much a line looks like headings; 0 where it cannot be."""
    cells = [cell.strip() for cell in lines[place][1]]
    named = [column for column, cell in enumerate(cells) if cell]
    worded = [column for column in named if _is_heading_like(cells[column])]
    if not named or len(worded) < 0.8 * len(named):
        return 0
    below = [row for _, row in lines[place + 1 : place + 1 + _BELOW]]
    hits = _hits(tuple(cells))
    if not below:
        return float(hits) if hits >= 3 and hits * 2 >= len(named) else 0
    width = median(sum(1 for cell in row if cell.strip()) for row in below)
    if len(named) < 0.6 * width or (len(named) == 1 and width > 1):
        return 0
    if _recurs(cells, named, lines, place) > 0.3 * len(named):
        return 0
    contrast = sum(_differs(cells[column], below, column) for column in named)
    if hits < max(2, 0.3 * len(named)) and contrast == 0 and not (hits and len(named) <= 3):
        return 0
    return 3.0 * hits + contrast + min(len(named) / max(width, 1), 1.5)


def _is_heading_like(text: str) -> bool:
    if len(text) > LONGEST:
        return False
    return any(mark.isalpha() for mark in text) and not looks.date(text) and not _VALUE.fullmatch(text)


def _recurs(cells: Sequence[str], named: Sequence[int], lines: Sequence[Line], place: int) -> int:
    """How many cells return in their own column below, in lines that are not the headings again."""
    again = tuple(cells)
    count = 0
    below = [tuple(cell.strip() for cell in row) for _, row in lines[place + 1 : place + _RETURN]]
    below = [row for row in below if row[: len(again)] != again]
    for column in named:
        count += any(column < len(row) and row[column] == cells[column] for row in below)
    return count


def _differs(heading: str, below: Sequence[tuple[str, ...]], column: int) -> bool:
    """True where the column below holds dates or numbers, which its heading is not."""
    values = [row[column].strip() for row in below if column < len(row) and row[column].strip()]
    typed = sum(1 for value in values if looks.date(value) or _VALUE.fullmatch(value))
    return bool(values) and typed >= 0.7 * len(values)


def _hits(headers: Sequence[str]) -> int:
    return len({key(header) for header in headers if is_known_anywhere(header)})


def _may_join(lines: Sequence[Line], top: int) -> bool:
    """Two lines one right below the other, both of words."""
    if lines[top + 1][0] != lines[top][0] + 1:
        return False
    for _, cells in lines[top : top + 2]:
        filled = [cell.strip() for cell in cells if cell.strip()]
        if len(filled) < 2 or not all(_is_heading_like(cell) for cell in filled):
            return False
    return True


def _join(upper: Sequence[str], lower: Sequence[str]) -> list[tuple[str, ...]]:
    """Headings over two lines: a group's name over several columns, or broken within a cell."""
    width = max(len(upper), len(lower))
    above = [upper[column].strip() if column < len(upper) else "" for column in range(width)]
    below = [lower[column].strip() if column < len(lower) else "" for column in range(width)]
    broken = tuple(f"{a} {b}".strip() for a, b in zip(above, below, strict=True))
    spread, group = [], ""
    for a, b in zip(above, below, strict=True):
        group = a or group
        spread.append(f"{group} {b}".strip() if b else a)
    return [tuple(spread), broken]


# body -------------------------------------------------------------------------------------------------------


def _body(lines: Table, again: set[str], titles: set[str]) -> dict[int, str]:
    """Place of each line that is no data, and why."""
    counts = lines.filled()
    usual = _usual(counts)
    firsts = {text.split("\x1f")[0] for text in again}
    reasons: dict[int, str] = {}
    looked_at = (counts <= max(3, 0.5 * usual)) | _says(lines.column(0), firsts)
    places = np.flatnonzero(looked_at)
    for place, (_, cells), filled in zip(places.tolist(), lines.at(places), counts[places].tolist(), strict=True):
        reason = _reason(cells, filled, usual, again, titles)
        if reason:
            reasons[place] = reason
    reasons.update(_other_tables(lines, again, reasons))
    reasons.update(dict.fromkeys(group_lines(lines, counts, usual, reasons), GROUP))
    for place in range(len(lines) - 1, -1, -1):  # the tail: remarks below the last real line
        if place in reasons:
            continue
        if usual < 4 or counts[place] >= _FEW * usual or not _is_remark(lines, place, counts[place]):
            break
        reasons[place] = "footer"
    return reasons


def _usual(counts: Array) -> float:
    """How many cells a row has. Lines of one or two are not asked where others are: group names, totals, a charge."""
    rows = counts[counts > 2]
    of = rows if rows.size >= _A_TENTH * counts.size else counts
    return float(np.median(of)) if of.size else 0.0


def _says(column: Coded, texts: Collection[str]) -> Array:
    """For each line whether its cell is one of the texts, whatever its capitals."""
    return column.spread(map(texts.__contains__, map(str.strip, map(str.casefold, column.words))), bool)


def _reason(cells: Sequence[str], filled: int, usual: float, again: set[str], titles: set[str]) -> str | None:
    joined = _joined(cells)
    if joined in again:
        return "headings again"
    if joined in titles:
        return "title"
    if _RULE_LINE.fullmatch("".join(cells)):
        return "rule line"
    if usual < 3 or filled >= usual or not filled:
        return None
    column, first = next((column, cell.strip()[:LONGEST]) for column, cell in enumerate(cells) if cell.strip())
    if column > max(2, usual / 2) or not _FOOTER.match(first) or looks.last_first(first):
        return None  # the second line of a group has its cells to the right
    return TOTAL if "total" in first.lower() else "footer"


def _is_remark(lines: Sequence[Line], place: int, filled: int) -> bool:
    """True for a line whose first cell, near the left, is not what its column holds, or stands alone in words."""
    cells = lines[place][1]
    column = next(column for column, cell in enumerate(cells) if cell.strip())
    if column > 1:
        return False
    above = [row[column] for _, row in lines[max(0, place - 50) : place] if column < len(row) and row[column].strip()]
    numbers = sum(looks.number_like(value.strip()) or looks.date(value.strip()) for value in above)
    is_number = looks.number_like(cells[column].strip())
    if above and numbers >= _MOSTLY * len(above):
        return not is_number
    return filled == 1 and not is_number


def _other_tables(lines: Table, again: set[str], known: Mapping[int, str]) -> dict[int, str]:
    """Lines of tables below the sheet's own: after a blank line, headings of other names over lines of their own.

    Such a table reaches to the end, or to where the sheet's own headings return.
    """
    found: dict[int, str] = {}
    place = 1
    after_blank = np.flatnonzero(np.diff(lines.numbers) != 1) + 1
    for top in after_blank.tolist() if again else ():
        if top < place or top in known:
            continue
        for heads in range(top, min(top + 3, len(lines) - 1)):  # a title or two may stand above
            if _heads_another(lines, heads, again):
                end = next((one for one in range(heads, len(lines)) if _joined(lines[one][1]) in again), len(lines))
                found.update(dict.fromkeys(range(top, end), ANOTHER_TABLE))
                place = end
                break
            if sum(bool(cell.strip()) for cell in lines[heads][1]) > 2:
                break
    return found


def _heads_another(lines: Sequence[Line], place: int, again: set[str]) -> bool:
    """True for a line of words, where the lines above have values, over lines that bear it out."""
    cells = [cell.strip() for cell in lines[place][1]]
    named = [column for column, cell in enumerate(cells) if cell]
    if len(named) < 2 or _joined(cells) in again or not all(_is_heading_like(cells[column]) for column in named):
        return False
    above = [row for _, row in lines[max(0, place - _BELOW) : place]]
    below = [
        row
        for nth, (number, row) in enumerate(lines[place + 1 : place + 1 + _BELOW], start=1)
        if number == lines[place][0] + nth and _joined(row) not in again
    ]  # its own lines: up to the next blank one
    hits = _hits(cells)
    torn = sum(_differs(cells[column], above, column) for column in named)
    borne_out = sum(_differs(cells[column], below, column) for column in named)
    return (torn > 0 or hits >= 2) and (borne_out > 0 or hits >= 3)


def told(layout: Structure) -> list[str]:
    """Sentences about lines that were left and that a person may want: other tables, tables side by side."""
    notes = []
    other = [line.line for line in layout.not_data if line.reason == ANOTHER_TABLE]
    if other:
        notes.append(
            f"Lines {other[0]:,} to {other[-1]:,} hold another table with column names of its own. They were left out; "
            "put that table on a sheet of its own to take it in."
        )
    names = Counter(key(header) for header in layout.headers if header.strip())
    twice = sum(often > 1 for often in names.values())
    if twice >= 3 and twice >= 0.6 * len(names):
        notes.append(
            "Two tables seem to stand side by side: most column names come twice. Only the left one was read; the one "
            f"from column {_first_again(layout.headers)} on was left out. To take it in, move it below the left one, "
            "or to a sheet of its own, and add the file again."
        )
    return notes


def _first_again(headers: Sequence[str]) -> str:
    """The letters of the first column whose name stands left of it already."""
    names = [key(header) if header.strip() else () for header in headers]
    return letters(next(place for place, name in enumerate(names) if name and name in names[:place]))


def _joined(cells: Sequence[str]) -> str:
    return "\x1f".join(" ".join(cell.split()).casefold() for cell in cells).strip("\x1f")
