"""Definitions kept: versions, sign-off, and which one stands."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from ddj_desktop.cohort.definitions import (
    agree,
    all_definitions,
    definition,
    propose,
    retire,
    save_definition,
    standing_definition,
    who_and_day,
)
from ddj_desktop.cohort.errors import (
    AgreedIsReadOnly,
    NoDefinition,
    NoSuchDefinition,
    RetiredDefinition,
    RuleMistakes,
    WhoAndWhen,
)
from ddj_desktop.cohort.templates import template
from ddj_desktop.kernel import clock
from ddj_desktop.store.county_file import CountyFile

PINE, WAKE = template("pine-county").text, template("wake").text


def test_a_name_saved_again_is_its_next_version(county: CountyFile, on_nov_3: None) -> None:
    lane = county.lane()
    with lane.transaction():
        kept = [save_definition(lane, text, "Ana") for text in (PINE, WAKE, PINE)]
    assert [(k.definition_id, k.version, k.state) for k in kept] == [(1, 1, "draft"), (2, 1, "draft"), (3, 2, "draft")]
    assert kept[0].rule == template("pine-county").rule
    assert kept[0].sentence == template("pine-county").sentence
    assert (kept[0].created_by, kept[0].created_at, kept[0].agreed) == ("Ana", datetime(2026, 11, 3, 9, 42), "")
    assert [k.definition_id for k in all_definitions(lane)] == [3, 2, 1]


def test_a_rule_with_mistakes_is_not_kept(county: CountyFile) -> None:
    lane = county.lane()
    with pytest.raises(RuleMistakes), lane.transaction():
        save_definition(lane, 'name = "x"', "Ana")
    assert all_definitions(lane) == []


def test_agreed_is_read_only_and_stands(county: CountyFile, on_nov_3: None) -> None:
    lane = county.lane()
    with lane.transaction():
        first, second = save_definition(lane, PINE, "Ana"), save_definition(lane, PINE, "Ana")
        agreed = agree(lane, first.definition_id, "Sheriff, hospital and 4 more, Jun 12, 2026", "Ana")
    assert (agreed.state, agreed.agreed_by, agreed.agreed_on) == (
        "agreed", "Sheriff, hospital and 4 more", date(2026, 6, 12),
    )  # fmt: skip
    assert agreed.agreed == "Jun 12, 2026 by Sheriff, hospital and 4 more"
    assert standing_definition(lane).definition_id == first.definition_id
    for act in (lambda: agree(lane, first.definition_id, "All, 2026-07-01", "Ana"), lambda: propose(lane, 1)):
        with pytest.raises(AgreedIsReadOnly):
            act()
    with lane.transaction(), clock.standing_at(datetime(2026, 11, 4)):
        agree(lane, second.definition_id, "All, 2026-05-01", "Ana")
    assert standing_definition(lane).version == 2  # the one agreed on last, by when the sign-off was entered


def test_which_one_stands_without_an_agreed_one(county: CountyFile) -> None:
    lane = county.lane()
    with pytest.raises(NoDefinition):
        standing_definition(lane)
    with lane.transaction():
        for text in (PINE, WAKE, PINE):
            save_definition(lane, text, "Ana")
    assert standing_definition(lane).definition_id == 3
    assert standing_definition(lane, "wake JAIL frequent users").definition_id == 2
    with lane.transaction():
        propose(lane, 2)
    assert standing_definition(lane).definition_id == 2
    with lane.transaction():
        retire(lane, 2)
    assert standing_definition(lane).definition_id == 3
    with pytest.raises(NoSuchDefinition):
        standing_definition(lane, "Wake jail frequent users")
    with pytest.raises(RetiredDefinition):
        agree(lane, 2, "All, 2026-05-01", "Ana")
    with pytest.raises(NoSuchDefinition):
        definition(lane, 9)


@pytest.mark.parametrize(
    ("text", "who", "day"),
    [
        ("Pine DDJ team, 2026-06-12", "Pine DDJ team", date(2026, 6, 12)),
        ("Sheriff, jail, and EMS, June 12, 2026", "Sheriff, jail, and EMS", date(2026, 6, 12)),
        ("6 agencies,6/12/2026", "6 agencies", date(2026, 6, 12)),
        ("6 agencies, 12 June 2026", "6 agencies", date(2026, 6, 12)),
        ("6 agencies, 6/12/26", "6 agencies", date(2026, 6, 12)),
        ("Board of commissioners on 6/12/2026", "Board of commissioners", date(2026, 6, 12)),
        ("Board; 2026-06-12", "Board", date(2026, 6, 12)),
        ("DDJ team, June 2026", "DDJ team, June 2026", None),
        ("Sheriff", "Sheriff", None),
        ("Team, 2026-02-30", "Team, 2026-02-30", None),
        ("Consejo del condado, otoño 2026", "Consejo del condado, otoño 2026", None),
        ("Team, 2027-01-01", "Team", date(2027, 1, 1)),
    ],
)
def test_who_and_when_are_read_apart(text: str, who: str, day: date | None, on_nov_3: None) -> None:
    assert who_and_day(text) == (who, day)


@pytest.mark.parametrize("text", ["", "  ", ", 2026-06-12", "2026-06-12", "6/12/2026", "June 12, 2026", "—, ?"])
def test_somebody_must_have_agreed(text: str, on_nov_3: None) -> None:
    with pytest.raises(WhoAndWhen):
        who_and_day(text)


def test_a_sign_off_without_a_day_stands_and_is_printed_as_said(county: CountyFile, on_nov_3: None) -> None:
    lane = county.lane()
    with lane.transaction():
        kept = save_definition(lane, PINE, "Ana")
        agreed = agree(lane, kept.definition_id, "DDJ team, June 2026", "Ana")
    assert (agreed.state, agreed.agreed_on, agreed.agreed) == ("agreed", None, "by DDJ team, June 2026")
    assert standing_definition(lane) == agreed
