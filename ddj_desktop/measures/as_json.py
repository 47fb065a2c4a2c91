"""All figures of a month as one object for other programs. Nothing is hidden in it: it stays in the building."""

from __future__ import annotations

from typing import Any

from ddj_desktop.measures.types import CountTable, Figure, MonthFigures


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
