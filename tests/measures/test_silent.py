"""What a system's own records leave unsaid of the people on the list, counted again person by person. Of the codes
made here H is clear in a jail alone, and UNK nowhere."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date

from ddj_desktop.cohort.definitions import save_definition
from ddj_desktop.kernel.dates import Month
from ddj_desktop.measures.month import month_figures
from ddj_desktop.measures.rows import open_rows
from ddj_desktop.store.county_file import CountyFile
from tests.measures.small_county import KINDS, RULE, Made, make, put


def test_people_of_whom_a_system_says_nothing_clear(county: CountyFile) -> None:
    made = make(random.Random(9), 120, 1200, date(2025, 9, 1), date(2026, 10, 31))
    records = [replace(r, race="W" if r.race == "C" else r.race) for r in made.records]
    made = Made(made.contacts, records)
    lane = put(county, made)
    with lane.transaction():
        definition = save_definition(lane, RULE, "tester")
    figures = month_figures(lane, definition, Month(2026, 10))
    opened = open_rows(lane, figures.figures["people_on_list"].rows)
    on_list = {int(str(row[opened.columns.index("person_id")])) for row in opened.rows}
    assert len(on_list) > 20
    for kind in KINDS:
        of_kind = [r for r in made.records if r.source_kind == kind and r.person in on_list]
        sexed = {r.person for r in of_kind if r.sex}
        raced = {r.person for r in of_kind if r.race in ("W", "B", *(("H",) if kind == "jail" else ()))}
        assert figures.silent["by_sex", kind] == len(on_list - sexed) > 0
        assert figures.silent["by_race", kind] == len(on_list - raced) > 0
