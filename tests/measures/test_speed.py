"""A county of 300,000 contacts is counted and protected while somebody waits."""

from __future__ import annotations

import random
import time
from datetime import date

import pytest

from ddj_desktop.cohort.definitions import save_definition
from ddj_desktop.disclosure.protect import protect_month
from ddj_desktop.kernel.dates import Month
from ddj_desktop.measures.month import month_figures
from ddj_desktop.store.county_file import CountyFile
from tests.measures.small_county import RULE, make, put

SECONDS_TO_COUNT, SECONDS_TO_PROTECT = 8.0, 20.0


@pytest.mark.slow
def test_a_month_of_300_000_contacts(county: CountyFile) -> None:
    lane = put(county, make(random.Random(1), 60_000, 300_000, date(2023, 11, 1), date(2026, 10, 31)))
    with lane.transaction():
        definition = save_definition(lane, RULE, "tester")
    began = time.monotonic()
    figures = month_figures(lane, definition, Month(2026, 10))
    counted = time.monotonic()
    protect_month(figures)
    assert counted - began < SECONDS_TO_COUNT
    assert time.monotonic() - counted < SECONDS_TO_PROTECT
