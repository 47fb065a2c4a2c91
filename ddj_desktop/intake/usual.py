"""An import against what is usual: its volume, days without anything, months no file covers. Missing is not zero."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from itertools import pairwise
from math import exp
from statistics import median

from ddj_desktop.intake import problems as trouble
from ddj_desktop.intake.lines import Reading
from ddj_desktop.intake.types import Problem
from ddj_desktop.kernel.dates import day_in_words
from ddj_desktop.store.lane import Lane

_FILES = 12
"""Earlier files looked at (IM-11: the median of twelve months)."""
_ENOUGH = 3
"""Earlier files without which nothing is usual."""
_BEYOND = 0.3
"""Share above or below the usual that is told (IM-11)."""
_BY_CHANCE = 0.01
"""A gap is told where its like would come less often than once in a hundred files, were the contacts spread evenly."""


def against_usual(lane: Lane, source_id: int, reading: Reading, rows: int, starts: Sequence[datetime]) -> list[Problem]:
    """Volume, missing days and missing months of a sheet about to be taken in. `rows`: its data rows."""
    if reading.people_only or reading.completes:
        return []
    earlier = lane.rows(
        "SELECT mapping, rows - not_data, first_day, last_day FROM import "
        "WHERE source_id = $source AND removed_at IS NULL ORDER BY import_id DESC",
        source=source_id,
    )
    mine = [row[1:] for row in earlier if Reading.from_json(row[0]).report == reading.report]
    return [
        *_volume(reading, rows, [count for count, _, _ in mine[:_FILES]]),
        *_missing_days(reading, [start.date() for start in starts]),
        *_missing_months(reading, starts, [(first, last) for _, first, last in mine if first]),
    ]


def _volume(reading: Reading, rows: int, earlier: Sequence[int]) -> list[Problem]:
    usual = median(earlier) if len(earlier) >= _ENOUGH else 0
    if not usual or abs(rows - usual) <= _BEYOND * usual:
        return []
    facts = {"usual": f"{usual:,.0f}", "files": len(earlier), "way": "fewer" if rows < usual else "more"}
    return [trouble.of_sheet("volume", "", reading, rows, **facts)]


def _missing_days(reading: Reading, days: Sequence[date]) -> list[Problem]:
    """Days inside the sheet's own span on which nothing starts, where so long a gap is no chance.

    Were contacts spread over the days of the week as they are in the whole sheet, at m on the days of a gap together,
    the gap would begin on a given day with the chance exp(-m) (Poisson); over n days it is expected n exp(-m) times.
    """
    ordered = sorted(set(days))
    if len(ordered) < 2:
        return []
    span = (ordered[-1] - ordered[0]).days + 1
    weeks = span / 7
    usual = {weekday: often / weeks for weekday, often in Counter(day.weekday() for day in days).items()}
    gaps = []
    for before, after in pairwise(ordered):
        blank = [before + timedelta(days=n) for n in range(1, (after - before).days)]
        if blank and span * exp(-sum(usual.get(day.weekday(), 0.0) for day in blank)) < _BY_CHANCE:
            gaps.append((blank[0], len(blank)))
    if not gaps:
        return []
    first, length = max(gaps, key=lambda gap: (gap[1], gap[0]))
    until = first + timedelta(days=length - 1)
    when = day_in_words(first) if length == 1 else f"{day_in_words(first)} to {day_in_words(until)}"
    return [trouble.of_sheet("missing_days", "", reading, sum(gap for _, gap in gaps), when=when)]


def _missing_months(
    reading: Reading, starts: Sequence[datetime], earlier: Sequence[tuple[date, date]]
) -> list[Problem]:
    """A stretch of a month or more between this sheet's days and the nearest days any standing import covers."""
    if not starts or not earlier:
        return []
    first, last = min(starts).date(), max(starts).date()
    if any(since <= last and first <= until for since, until in earlier):
        return []
    before = [until for _, until in earlier if until < first]
    after = [since for since, _ in earlier if since > last]
    gaps = [(max(before), first)] if before else []
    gaps += [(last, min(after))] if after else []
    found = []
    for until, since in gaps:
        if (since - until).days > 31:
            since_day, until_day = day_in_words(until + timedelta(days=1)), day_in_words(since - timedelta(days=1))
            facts = {"first": since_day, "last": until_day}
            found.append(trouble.of_sheet("missing_months", "", reading, (since - until).days - 1, **facts))
    return found
