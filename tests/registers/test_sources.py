"""Sources and the layouts of their files."""

from __future__ import annotations

from datetime import datetime

import pytest

from ddj_desktop.kernel import clock
from ddj_desktop.registers.errors import KeptUnderOtherKind, NoName, NoSuchSource, UnknownKind, UnknownLegalClass
from ddj_desktop.registers.profiles import known_layouts, remember_layout
from ddj_desktop.registers.sources import (
    LEGAL_CLASS_OF,
    SOURCE_KINDS,
    all_sources,
    set_agency,
    set_legal_class,
    source,
)
from ddj_desktop.store.county_file import CountyFile


def test_a_source_is_made_once(county: CountyFile) -> None:
    lane = county.lane()
    with lane.transaction():
        jail = source(lane, "Pine County Jail", "jail")
        again = source(lane, "  pine county  JAIL ", "jail")
        hospital = source(lane, "Pine Valley Hospital", "hospital")
    assert again == jail
    assert [found.source_id for found in all_sources(lane)] == [1, 2]
    assert (jail.legal_class, hospital.legal_class, jail.agency) == ("justice", "hipaa", None)


@pytest.mark.parametrize(
    ("kind", "legal_class"),
    [("jail", "justice"), ("dispatch", "justice"), ("ems", "hipaa"), ("shelter", "hmis"), ("treatment", "part2")],
)
def test_the_law_a_kind_is_under_until_the_county_says_otherwise(kind: str, legal_class: str) -> None:
    assert LEGAL_CLASS_OF[kind] == legal_class


def test_the_kinds_are_those_of_the_design() -> None:
    design = "jail, arrest, dispatch, co_responder, ems, hospital, shelter, treatment, court, probation"
    assert ", ".join(SOURCE_KINDS) == design


def test_what_a_source_can_not_be(county: CountyFile) -> None:
    lane = county.lane()
    with lane.transaction():
        source(lane, "Pine EMS", "ems")
    with pytest.raises(KeptUnderOtherKind, match="'Pine EMS' is already kept under the kind ems"):
        source(lane, "pine ems", "hospital")
    with pytest.raises(UnknownKind, match="jail, arrest"):
        source(lane, "Pine", "library")
    with pytest.raises(NoName):
        source(lane, "  ", "jail")
    assert len(all_sources(lane)) == 1


def test_the_county_may_say_which_law_and_whose(county: CountyFile) -> None:
    lane = county.lane()
    with lane.transaction():
        kept = source(lane, "Pine EMS", "ems")
        assert set_legal_class(lane, kept.source_id, "other").legal_class == "other"
        assert set_agency(lane, kept.source_id, " Fire district 2 ").agency == "Fire district 2"
        assert set_agency(lane, kept.source_id, " ").agency is None
    with pytest.raises(UnknownLegalClass, match="part2"):
        set_legal_class(lane, kept.source_id, "secret")
    with pytest.raises(NoSuchSource):
        set_legal_class(lane, 9, "hipaa")


def test_layouts_are_remembered_by_signature(county: CountyFile) -> None:
    lane = county.lane()
    with lane.transaction():
        jail, ems = source(lane, "Jail", "jail"), source(lane, "EMS", "ems")
        with clock.standing_at(datetime(2026, 1, 1)):
            remember_layout(lane, jail.source_id, "abc", {"starts": "Booked"}, "mdy")
        with clock.standing_at(datetime(2026, 2, 1)):
            remember_layout(lane, ems.source_id, "abc", {"starts": "Dispatched é"}, "ymd")
        with clock.standing_at(datetime(2026, 3, 1)):
            remember_layout(lane, jail.source_id, "abc", {"starts": "Booking date"}, "dmy")
            remember_layout(lane, jail.source_id, "other", {}, "mdy")
    found = [kept for kept in known_layouts(lane) if kept.signature == "abc"]
    assert [(p.source, p.kind, p.mapping, p.date_order) for p in found] == [
        ("Jail", "jail", {"starts": "Booking date"}, "dmy"),
        ("EMS", "ems", {"starts": "Dispatched é"}, "ymd"),
    ]
    assert len(known_layouts(lane)) == 3
    assert lane.value("SELECT used FROM layout_profile WHERE source_id = 1 AND signature = 'abc'") == 2
    with pytest.raises(NoSuchSource):
        remember_layout(lane, 7, "abc", {}, "mdy")
