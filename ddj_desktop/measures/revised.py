"""The figures of a closed month against what they would read today: later corrections stand beside them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ddj_desktop.measures.as_json import as_json
from ddj_desktop.measures.types import MonthFigures

Amount = int | float | None


@dataclass(frozen=True)
class RevisedFigure:
    """One number that reads otherwise today."""

    name: str
    """The figure's or table's name in the catalogue."""
    words: str
    """`People on the list`; for a cell its row and column; for a denominator `out of`."""
    unit: str
    then: Amount
    """As the month was closed; None where the data allowed no answer, or there was no such row."""
    now: Amount


def revised_figures(then: Mapping[str, Any], figures: MonthFigures) -> tuple[RevisedFigure, ...]:
    """Every figure and cell of a closed month that reads otherwise now, in the order of the figures.

    `then` is what was kept at closing (`as_json`); `figures` is the same month counted again under the same version of
    the definition. Estimates follow from these counts and are not compared on their own. What the match makes of the
    whole file (records, people, pairs) is no figure of a month.
    """
    before, after = dict(_numbers(then)), dict(_numbers(as_json(figures)))
    keys = [*after, *(key for key in before if key not in after)]
    return tuple(
        RevisedFigure(key[0], key[1], key[2], before.get(key), after.get(key))
        for key in keys
        if before.get(key) != after.get(key)
    )


OF_THE_FILE = ("records", "people_known", "pairs_to_review")


def _numbers(kept: Mapping[str, Any]) -> Iterator[tuple[tuple[str, str, str], Amount]]:
    for line in kept["figures"]:
        if line["name"] in OF_THE_FILE:
            continue
        yield (line["name"], line["words"], line["unit"]), line["numerator"]
        if line["denominator"] is not None:
            yield (line["name"], f"{line['words']}, out of", line["unit"]), line["denominator"]
    for table in kept["tables"]:
        for row, counts in zip(table["rows"], table["counts"], strict=True):
            for column, count in zip(table["columns"], counts, strict=True):
                words = ", ".join(part for part in (row, column) if part)
                yield (table["name"], words, table["unit"]), count
