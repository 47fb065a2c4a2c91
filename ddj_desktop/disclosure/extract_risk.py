"""What a written extract gives away, measured on the file itself as it was read back, and printed beside it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from ddj_desktop.disclosure.extract import classes, sorted_out
from ddj_desktop.disclosure.extract_columns import CODE, COLUMNS, K
from ddj_desktop.disclosure.told_before import NOTHING, History
from ddj_desktop.kernel.errors import OurFault


@dataclass(frozen=True)
class Spread:
    """How much one sensitive column gives away: fewest values and largest share of one value in any class, and how far
    a class is from the whole file (t-closeness: half the sum of differences of shares, largest over classes)."""

    column: str
    fewest_values: int
    largest_share: float
    distance: float


@dataclass(frozen=True)
class Risk:
    """The risk page's numbers. Rates are of re-identification, for the three usual attackers (ARX's words).

    The file holds everybody on the list but those left out, so a reader who knows who is on the list (prosecutor) and
    one who does not (journalist) meet the same classes; the marketer's rate is that of the whole file.
    """

    rows: int
    classes: int
    smallest_class: int
    largest_risk: float
    mean_risk: float
    spreads: tuple[Spread, ...]


def measure_file(
    headings: Sequence[str], rows: Sequence[Sequence[str]], history: History = NOTHING, least: int = K
) -> Risk:
    """Check what was written against every rule and measure it, beside the files before where the codes stay.

    `headings` with the code first; `history` for the codes in the file; `least` rows have to look alike. Raises
    OurFault where a code repeats, a column is not of the list, or a class breaks a rule: then the file must not leave.
    """
    if tuple(headings[:1]) != (CODE,) or any(name not in COLUMNS for name in headings[1:]):
        raise OurFault(what="an extract held a column that may not leave")
    if len({row[0] for row in rows}) != len(rows):
        raise OurFault(what="two rows of an extract had one code")
    names, said = list(headings[1:]), [tuple(row[1:]) for row in rows]
    good, bad = sorted_out(names, said, history, least)
    if bad or not good or history.broken((), least):
        raise OurFault(what="an extract read back was not safe")
    sizes = [len(places) for places in good]
    spreads = tuple(_spread(names, said, name, history) for name in names if COLUMNS[name].role == "sensitive")
    return Risk(len(rows), len(sizes), min(sizes), 1 / min(sizes), len(sizes) / len(rows), spreads)


def _spread(names: Sequence[str], rows: Sequence[tuple[str, ...]], name: str, history: History) -> Spread:
    at = names.index(name)
    whole = Counter(row[at] for row in rows)
    fewest, largest, furthest = len(whole), 0.0, 0.0
    for places in classes(names, rows, history).values():
        here = Counter(rows[place][at] for place in places)
        fewest = min(fewest, len(here))
        largest = max(largest, max(here.values()) / len(places))
        apart = sum(abs(here[value] / len(places) - whole[value] / len(rows)) for value in whole) / 2
        furthest = max(furthest, apart)
    return Spread(name, fewest, largest, furthest)
