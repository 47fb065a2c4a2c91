"""Lines of a report that name the group of rows below them: `Booking Date: 10/01/2026`, `Officer: SMITH`, `POD B`.

Such a line is no row. What it says under a label of its own becomes a column of that name, filled on each row of the
group and on no other; what it says without a label is told and left.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence

import numpy as np

from ddj_desktop.intake.coded import Coded
from ddj_desktop.intake.fields import is_known_anywhere
from ddj_desktop.intake.table import Table
from ddj_desktop.intake.types import NotData, RawSheet
from ddj_desktop.intake.words import LONGEST, key
from ddj_desktop.store.columns import Array

GROUP, TOTAL = "group", "total"
"""Reasons why a line is no data."""

_MOSTLY = 0.8
"""Share of a column's values that must hold a digit for a word among them to name a group."""
_MOST_CELLS = 12
"""Cells of a line that names a group: labels and what they say, in turn."""
_MOST_LABELS = 12
"""Different labels of one sheet; one more is a remark, and ends every group."""
_LABELLED = re.compile(r"([^\W\d_][^:,]{1,40}):(?:\s+(.*))?", re.DOTALL)
_SEVERAL = re.compile(r"\s{2,}(?=[^\W\d_][^:,]{1,40}:(?:\s|$))")
_OF_PAGE = re.compile(r"\bpage\b", re.IGNORECASE)
_CONTINUED = re.compile(r"[\s(]*cont(?:inued|'d|\.)?\)?\s*$", re.IGNORECASE)


def group_lines(lines: Table, counts: Array, usual: float, known: Collection[int]) -> set[int]:
    """Places of the lines that name a group. `counts`: filled cells of each line; `known`: lines that are no data.

    Each stands above a line that is whole, or above labels over one. It is made of labels alone, or stands alone near
    the left with the first word of another such line, or in words where its column has numbers. A first name or number
    alone is data.
    """
    if usual < 4:
        return set()
    labelled = np.zeros(len(lines), bool)
    for index in range(min(2, len(lines.columns))):
        labelled |= lines.column(index).where(_is_labelled)
    alone: dict[int, tuple[int, str]] = {}
    for place in np.flatnonzero((counts == 1) | (labelled & (counts > 1) & (counts <= _MOST_CELLS))).tolist():
        cells = lines[place][1]
        column, text = next((column, cell.strip()[:LONGEST]) for column, cell in enumerate(cells) if cell.strip())
        if column <= 1 and (counts[place] == 1 or labels(cells)):
            alone[place] = column, text
    whole = counts > 0.5 * usual
    may_be_rows = np.ones(len(lines), bool)
    may_be_rows[[*known, *(place for place, (_, text) in alone.items() if _is_labelled(text))]] = False
    rows = np.flatnonzero(may_be_rows)
    for place in list(alone):
        below = int(np.searchsorted(rows, place, "right"))
        if place in known or below == len(rows) or not whole[rows[below]]:
            del alone[place]
    firsts = Counter(
        text.split()[0].casefold() for _, text in alone.values() if "," not in text and not text[0].isdigit()
    )
    return {
        place
        for place, (column, text) in alone.items()
        if _is_labelled(text)
        or firsts[text.split()[0].casefold()] > 1
        or (not any(map(str.isdigit, text)) and _numbered(lines, whole, column))
    }


def _is_labelled(text: str) -> bool:
    return ":" in text and _LABELLED.fullmatch(text.strip()[:LONGEST]) is not None


def _numbered(lines: Table, whole: Array, index: int) -> bool:
    """True where nearly every value a column has on the whole lines holds a digit."""
    column = lines.column(index)
    values = int((column.where(str.strip) & whole).sum())
    return values > 0 and (column.where(lambda text: any(map(str.isdigit, text))) & whole).sum() >= _MOSTLY * values


def labels(cells: Sequence[str]) -> list[tuple[str, str]]:
    """The labels a line is made of and what each says, in its cell or the next; none where a cell is no part."""
    found: list[tuple[str, str]] = []
    waiting = ""
    for cell in cells:
        for text in _SEVERAL.split(cell.strip()[:LONGEST]) if cell.strip() else ():
            said = _LABELLED.fullmatch(text)
            if waiting and not said:
                found.append((waiting, _CONTINUED.sub("", text)))
                waiting = ""
            elif said and not waiting and said[2]:
                found.append((said[1].strip(), _CONTINUED.sub("", said[2])))
            elif said and not waiting:
                waiting = said[1].strip()
            else:
                return []
    return [] if waiting else found


def with_groups(
    sheet: RawSheet, header_lines: Sequence[int], headers: Sequence[str], not_data: Sequence[NotData]
) -> tuple[RawSheet, list[str]]:
    """The sheet with a column more, at the right, for each label of its groups that is known as a heading; the labels.

    A group reaches to the next line with its label, or with the label of a group around it; the innermost one ends at
    a line of totals. Only labels that stand above the first row count: a report may also name a group below its rows.
    A label that the sheet has a column for is said there.
    """
    reasons = {line.line: line.reason for line in not_data}
    table = sheet.table
    places = np.flatnonzero(np.isin(table.numbers, np.fromiter(reasons, np.int64, len(reasons))))
    last = max((int(place) for place in places if int(table.numbers[place]) in header_lines), default=-1)
    spread = _Spread(len(table))
    for place in places[places > last].tolist():
        reason = reasons[int(table.numbers[place])]
        if reason == GROUP:
            spread.open(place, labels(table[place][1]))
        elif reason == TOTAL and not _OF_PAGE.search(" ".join(table[place][1])):
            spread.close(place)
        spread.leave_out(place)
    rows = np.ones(len(table), bool)
    rows[places] = False
    rows[: last + 1] = False
    first = int(np.argmax(rows)) if rows.any() else 0
    own = {key(header) for header in headers}
    columns = {
        label: column
        for label, column in spread.columns().items()
        if is_known_anywhere(label) and key(label) not in own and column.words[int(column.codes[first])]
    }
    if not columns or not header_lines:
        return sheet, []
    head = int(np.flatnonzero(table.numbers == header_lines[0])[0])
    return _widened(sheet, columns, head, rows), list(columns)


class _Spread:
    """What is said of each line, label by label, from the outermost group to the innermost."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._now: dict[str, str] = {}
        self._since: dict[str, int] = {}
        """For each label the line that said it last: labels of one line are one group."""
        self._order: dict[str, str] = {}
        """Labels in the order they come first, without case, and as first written."""
        self._said: list[tuple[int, dict[str, str]]] = [(0, {})]

    def open(self, place: int, pairs: Sequence[tuple[str, str]]) -> None:
        """A line of labels: those inside the outermost of them are said no more."""
        for label, _ in pairs:
            if len(self._order) < _MOST_LABELS:
                self._order.setdefault(label.casefold(), label)
        ranks = {folded: rank for rank, folded in enumerate(self._order)}
        outer = min((ranks.get(label.casefold(), -1) for label, _ in pairs), default=-1)
        self._now = {folded: value for folded, value in self._now.items() if ranks[folded] < outer}
        self._now.update({label.casefold(): value for label, value in pairs if label.casefold() in ranks})
        self._since.update({label.casefold(): place for label, _ in pairs})
        self._said.append((place, dict(self._now)))

    def close(self, place: int) -> None:
        """A line of totals: the innermost group ends."""
        latest = max((self._since[folded] for folded in self._now), default=-1)
        self._now = {folded: value for folded, value in self._now.items() if self._since[folded] != latest}
        self._said.append((place, dict(self._now)))

    def leave_out(self, place: int) -> None:
        """A line that is no row: nothing is said of it, and what was said goes on below."""
        self._said += [(place, {}), (place + 1, dict(self._now))]

    def columns(self) -> Mapping[str, Coded]:
        """A column for each label, blank where nothing is said."""
        starts = [place for place, _ in self._said]
        sizes = np.diff([*starts, self._size])
        return {
            label: Coded.of([now.get(folded, "") for _, now in self._said]).at(np.repeat(np.arange(len(starts)), sizes))
            for folded, label in self._order.items()
        }


def _widened(sheet: RawSheet, columns: Mapping[str, Coded], head: int, rows: Array) -> RawSheet:
    """The sheet with these columns at its right, their names in the line of the headings."""
    table = sheet.table
    before = int(table.widths.max(initial=0))
    wide = rows.copy()
    wide[head] = True
    blank = Coded.same("", len(table))
    more = []
    for label, column in columns.items():
        texts = np.where(rows, column.codes, -1)
        words = [*column.words, label, ""]
        texts[texts < 0] = len(words) - 1
        texts[head] = len(words) - 2
        more.append(Coded(texts.astype(np.int32), words).onto(words))
    widths = np.where(wide, before + len(columns), table.widths).astype(np.int32)
    own = [*table.columns, *[blank] * (before - len(table.columns))]
    return RawSheet(sheet.name, sheet.hidden, Table(table.numbers, widths, [*own, *more]), sheet.blank)


def told_of_groups(not_data: Sequence[NotData], filled: Sequence[str]) -> list[str]:
    """Sentences on the lines that name groups. `filled`: labels whose words became a column. No cell values."""
    groups = sum(line.reason == GROUP for line in not_data)
    if not groups:
        return []
    lines = "1 line names a group" if groups == 1 else f"{groups:,} lines name groups"
    if not filled:
        was = "was" if groups == 1 else "were"
        return [f"{lines} of rows and {was} left out: what is said there of the rows below is not taken in."]
    named = [f'"{label}"' for label in filled]
    what = named[0] if len(named) == 1 else f"{', '.join(named[:-1])} and {named[-1]}"
    return [
        f"{lines} of rows below: {what} {'was' if len(named) == 1 else 'were'} filled in on each row of its group, as "
        "columns at the right. Other words of these lines are not taken in."
    ]
