"""Overlap of systems against published counts of one county."""

from __future__ import annotations

from datetime import date

import numpy as np

from ddj_desktop.cohort.contacts import SourceInfo
from ddj_desktop.cohort.coverage import SourceCoverage
from ddj_desktop.kernel.dates import Month
from ddj_desktop.measures.frame import Frame
from ddj_desktop.measures.people import CHARACTERISTICS, Everyone, Person
from ddj_desktop.measures.race_said import RaceSaid
from ddj_desktop.measures.types import Figure
from ddj_desktop.measures.who import add_characteristics, add_overlap

JOHNSON_COUNTY = {
    "ems": 73_014, "treatment": 11_928, "ems+treatment": 2_929, "jail": 15_670, "jail+ems": 2_370,
    "jail+treatment": 1_422, "jail+ems+treatment": 851,
}  # fmt: skip
"""People of Johnson County, Kansas, known to ambulance, mental health centre and jail (Data Science for Social Good,
2016; the domain reference, 4.2)."""


def test_the_published_overlap_comes_out() -> None:
    groups = tuple(table.rows[-1] for table in CHARACTERISTICS)
    systems = CHARACTERISTICS[-1].rows
    people = [
        Person(number, True, kinds, (*groups[:-1], systems[len(kinds.split("+")) - 1]))
        for number, kinds in enumerate(kinds for kinds, count in JOHNSON_COUNTY.items() for _ in range(count))
    ]
    none = np.zeros(0, np.int64)
    everyone = Everyone(tuple(people), RaceSaid("most_recent", (), none, none, none.astype(np.bool_)))
    day = date(2016, 12, 31)
    covered = tuple(
        SourceCoverage(SourceInfo(at, kind, kind), 1, date(2015, 1, 1), day, {Month(2016, m): 1 for m in range(1, 13)})
        for at, kind in enumerate(("jail", "ems", "treatment"))
    )
    frame = Frame(1, Month(2016, 12), [person.person_id for person in people], covered)
    frame.add(Figure("people_on_list", "", "people", len(people), len(people), len(people), len(people), frame.window,
                     frame.opens("people", side="list")))  # fmt: skip
    add_characteristics(frame, everyone)
    add_overlap(frame, everyone)
    combinations, pairs = frame.tables["combinations"], frame.tables["pairs"]
    assert dict(zip(combinations.rows, combinations.counts, strict=True)) == {
        "Jail": (15_670,), "EMS": (73_014,), "Treatment": (11_928,), "Jail + EMS": (2_370,),
        "Jail + Treatment": (1_422,), "EMS + Treatment": (2_929,), "Jail + EMS + Treatment": (851,),
    }  # fmt: skip
    both = dict(zip(pairs.rows, pairs.counts, strict=True))
    jailed = frame.figures["people_jail"].count
    assert jailed == 20_313
    by_two = both["Jail and EMS"][0], both["Jail and Treatment"][0]
    assert by_two == (3_221, 2_273)
    assert by_two[0] is not None
    assert by_two[1] is not None
    # Published: 22.9 percent of people in jail were seen by one of the two, 4.2 percent by both.
    assert round(100 * (by_two[0] + by_two[1] - 851) / jailed, 1) == 22.9
    assert round(100 * 851 / jailed, 1) == 4.2
