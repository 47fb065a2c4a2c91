"""The days a sheet's contacts start on, before it is taken in."""

from __future__ import annotations

from datetime import date
from functools import partial

import numpy as np

from ddj_desktop.intake import cleaning_dates as dates
from ddj_desktop.intake import cleaning_text as texts
from ddj_desktop.intake.lines import sheet_of
from ddj_desktop.intake.types import Draft
from ddj_desktop.kernel import clock


def period_of(draft: Draft) -> tuple[date, date] | None:
    """The first and the last start day of a sheet; None where it has none that can be read."""
    place = draft.column_of("starts")
    if place is None:
        return None
    out = {line.line for line in draft.not_data} | set(draft.header_lines)
    table = sheet_of(draft).table
    cells = table.column(place).at(~np.isin(table.numbers, list(out))).counts()
    read = partial(dates.start, order=draft.date_order, newest=clock.today().year)
    days = [moment.day for text in cells if text.strip() and (moment := read(texts.tidy(text))[0]) and moment.day]
    return (min(days), max(days)) if days else None
