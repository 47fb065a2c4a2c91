"""What is made safe is what is printed: a table nobody prints has no place among what leaves the building."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date
from typing import get_args

from ddj_desktop.cohort.definitions import save_definition
from ddj_desktop.disclosure.protect import protect_month
from ddj_desktop.disclosure.safe import SafeTable
from ddj_desktop.measures.month import month_figures
from ddj_desktop.outputs.content import Audience
from ddj_desktop.outputs.packet import packet_content
from ddj_desktop.store.county_file import CountyFile
from tests.measures.small_county import RULE, make, put
from tests.outputs import sample


def tables_in(part: object) -> Iterator[str]:
    """The names of all tables somewhere in a packet."""
    if isinstance(part, SafeTable):
        yield part.name
    elif isinstance(part, tuple):
        for each in part:
            yield from tables_in(each)
    elif is_dataclass(part):
        for one in fields(part):
            yield from tables_in(getattr(part, one.name))


def test_every_table_that_leaves_is_on_some_page(county: CountyFile) -> None:
    """Each number more is one more that others must not give away, month after month."""
    lane = put(county, make(random.Random(5), 900, 9000, date(2023, 9, 1), sample.AS_OF))
    with lane.transaction():
        definition = save_definition(lane, RULE, "tester")
    safe = protect_month(month_figures(lane, definition, sample.MONTH))
    pages = [packet_content(safe, sample.facts(), audience).pages for audience in get_args(Audience)]
    printed = {name for each in pages for name in tables_in(each)}
    hidden = {name for name, table in safe.tables.items() if not any(any(row) for row in table.cells)}
    assert set(safe.tables) - hidden <= printed
    assert {"by_month", "by_race", "jail_days_by_month"} <= printed
    assert not {"coverage", "contacts_by_month"} & set(safe.tables)
