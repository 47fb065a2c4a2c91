"""A county of 300,000 contacts is counted right and protected within the solver's own limit."""

from __future__ import annotations

import random
from datetime import date

import pytest

from ddj_desktop.cohort.definitions import save_definition
from ddj_desktop.disclosure.protect import protect_month
from ddj_desktop.kernel.dates import Month
from ddj_desktop.measures.month import month_figures
from ddj_desktop.store.county_file import CountyFile
from tests.measures.small_county import KINDS, RULE, make, put


@pytest.mark.slow
def test_a_month_of_300_000_contacts(county: CountyFile) -> None:
    made = make(random.Random(1), 60_000, 300_000, date(2023, 11, 1), date(2026, 10, 31))
    lane = put(county, made)
    with lane.transaction():
        definition = save_definition(lane, RULE, "tester")
    figures = month_figures(lane, definition, Month(2026, 10))
    year = [c for c in made.contacts if date(2025, 11, 1) <= c.day <= date(2026, 10, 31)]
    for kind in KINDS:
        counted = [c for c in year if c.source_kind == kind and c.person is not None]
        assert figures.figures[f"contacts_{kind}"].of == len(counted), kind
    safe = protect_month(figures)
    assert safe.figures["people_on_list"].count is not None
