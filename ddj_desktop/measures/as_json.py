"""All figures of a month as one object for other programs. Nothing is hidden in it: it stays in the building."""

from __future__ import annotations

from math import isinf
from typing import Any

from ddj_desktop.measures.types import CountTable, Estimate, Figure, MonthFigures


def as_json(figures: MonthFigures) -> dict[str, Any]:
    """The whole month as plain values: every figure with numerator, denominator and rows, every table with its cells.

    A number the data can not answer is null, never 0.
    """
    return {
        "county": figures.county,
        "state": figures.state,
        "month": str(figures.month),
        "as_of": figures.as_of.isoformat(),
        "definition": {
            "id": figures.definition_id,
            "name": figures.definition_name,
            "version": figures.definition_version,
            "state": figures.definition_state,
            "sentence": figures.definition_sentence,
            "agreed": figures.agreed,
        },
        "protected": False,
        "figures": [_figure(figure) for figure in figures.figures.values()],
        "tables": [_table(table) for table in figures.tables.values()],
        "estimates": [_estimate(estimate) for estimate in figures.estimates.values()],
        "warnings": list(figures.warnings),
    }


def _whole(amount: float | None) -> int | float | None:
    return int(amount) if amount is not None and amount == int(amount) else amount


def _figure(figure: Figure) -> dict[str, Any]:
    return {
        "name": figure.name,
        "words": figure.words,
        "unit": figure.unit,
        "numerator": _whole(figure.count),
        "denominator": _whole(figure.of),
        "rows": None if figure.count is None else _whole(figure.count if figure.stays is None else figure.stays),
        "people": figure.people,
        "of_people": figure.of_people,
        "period": {"first": figure.period.first.isoformat(), "last": figure.period.last.isoformat()},
        "sources": list(figure.sources),
        "note": figure.note,
    }


def _estimate(estimate: Estimate) -> dict[str, Any]:
    return {
        "name": estimate.name,
        "words": estimate.words,
        "unit": estimate.unit,
        "value": estimate.value,
        "low": estimate.low,
        # A ratio whose other side has no event has no upper end, which JSON can not write as a number.
        "high": None if estimate.high is None or isinf(estimate.high) else estimate.high,
        "spread": estimate.spread,
        "numerator": _whole(estimate.count),
        "denominator": _whole(estimate.of),
        "counted": estimate.counted,
        "rows": estimate.opens,
        "unstable": estimate.unstable,
        "period": {"first": estimate.period.first.isoformat(), "last": estimate.period.last.isoformat()},
        "sources": list(estimate.sources),
        "note": estimate.note,
    }


def _table(table: CountTable) -> dict[str, Any]:
    return {
        "name": table.name,
        "words": table.words,
        "unit": table.unit,
        "row_title": table.row_title,
        "rows": list(table.rows),
        "column_title": table.column_title,
        "columns": list(table.columns),
        "counts": [list(row) for row in table.counts],
        "period": {"first": table.period.first.isoformat(), "last": table.period.last.isoformat()},
        "note": table.note,
    }
