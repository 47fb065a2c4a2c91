"""What a column seems to hold where its heading says nothing, or where there is none: weaker than any known heading."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from statistics import median

from ddj_desktop.intake import looks
from ddj_desktop.intake.columns import Column

_CLEAR = 0.95
"""Share of values that must pass."""
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)|^(?:19|20)\d{2}(?=\d{4})|(?<=^\d{4})(?:19|20)\d{2}$")
_A_GENERATION = 10
"""Years from the middle date to the newest: more for birth dates, less for the dates of a few years' contacts."""

# In a sheet without headings, what else can be told by content alone, strongest first.
_UNNAMED: tuple[tuple[str, Callable[[str], bool]], ...] = (
    ("phone", looks.phone),
    ("state", looks.state),
    ("sex", looks.sex),
    ("suffix", looks.suffix),
)


def content_claims(column: Column) -> Iterator[tuple[str, float, float]]:
    """Fields a column's values speak for: name, share that fits, strength (10 to 30; a known heading has 100)."""
    if not column.filled:
        return
    dated = column.share(looks.date)
    if dated >= _CLEAR:
        if _spans_generations(column):
            yield "birth_date", dated, 20 + 5 * dated
        else:
            yield "starts", dated, 15 + 5 * dated
            if not column.named:  # under a heading that says nothing of an end, a second date is anything
                yield "ends", dated, 10 + 5 * dated
        return
    for name, fits in (("ssn", looks.ssn_with_marks), ("full_name", looks.last_first)):
        if column.share(fits) >= _CLEAR:
            yield name, column.share(fits), 15 + 5 * column.share(fits)
            return
    if not column.named:
        yield from _unnamed(column)


def _unnamed(column: Column) -> Iterator[tuple[str, float, float]]:
    if column.share(looks.number_like) >= _CLEAR and column.distinct_share >= 0.98 and column.filled >= 3:
        yield "contact_key", column.share(looks.number_like), 30 - min(column.index, 10)
    if column.share(looks.time) >= _CLEAR and column.share(_four_digits_or_more) >= _CLEAR:
        yield "starts_time", column.share(looks.time), 12
    if column.share(looks.street_address) >= _CLEAR:
        yield "location", column.share(looks.street_address), 12
        yield "address", column.share(looks.street_address), 11
    for name, fits in _UNNAMED:
        if column.share(fits) >= _CLEAR and column.share(looks.count_like) < 0.5:
            yield name, column.share(fits), 12
            return


def _four_digits_or_more(text: str) -> bool:
    return ":" in text or len(text) >= 4


def _spans_generations(column: Column) -> bool:
    years = [int(found[0]) for text, _ in column.sample if (found := _YEAR.search(text))]
    return len(years) >= 3 and max(years) - median(years) >= _A_GENERATION
