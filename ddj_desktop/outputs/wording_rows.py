"""How many records and rows there are, in words: to the nearest fifty, for they come in a few at a time."""

from __future__ import annotations

from ddj_desktop.disclosure.need import WORK_ROUNDED_TO, roughly

ROWS_NOTE = f"Rounded to the nearest {WORK_ROUNDED_TO}, so that nobody can count what came in since an earlier packet."
"""Under the table of what was taken in."""
FEW_ROWS = f"under {WORK_ROUNDED_TO // 2}"
"""In place of a number too small to be rounded."""


def about_records(amount: int) -> str:
    """`About 14,500 records`."""
    near = roughly(amount)
    return f"{FEW_ROWS.capitalize()} records" if near is None else f"About {near:,} records"
