"""What an agency that makes the list alone is told, and what it is supposed to know."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from ddj_desktop.disclosure.held import Held
from ddj_desktop.disclosure.joint import Joint
from ddj_desktop.disclosure.own_data import known_by_owners, told_by_others
from ddj_desktop.disclosure.protect import protect_month
from ddj_desktop.disclosure.release import Release
from ddj_desktop.measures.types import MonthFigures
from tests.disclosure.test_series import Recipient, packets

JAIL = frozenset({"jail"})


def made_by(makers: frozenset[str], unsaid: int, months: int = 1) -> list[MonthFigures]:
    return [packet.figures for packet in packets(2, months, Recipient(makers, unsaid))]


@pytest.mark.parametrize(("unsaid", "left_out"), [(0, set()), (11, set()), (12, {"by_sex", "by_race"})])
def test_a_trait_leaves_only_where_the_maker_of_the_list_says_it_itself(unsaid: int, left_out: set[str]) -> None:
    (figures,) = made_by(JAIL, unsaid)
    assert set(told_by_others(figures, {1: JAIL}, 13)) - {"race_stages"} == left_out
    safe = protect_month(figures, list_makers={1: JAIL})
    assert set(figures.tables) - set(safe.tables) == left_out
    said = [sentence for sentence in safe.warnings if "is not shown: Jail records alone make the list" in sentence]
    assert len(said) == len(left_out)


def test_nothing_is_supposed_of_a_source_nobody_looked_at() -> None:
    (figures,) = made_by(JAIL, 0)
    assert told_by_others(replace(figures, silent={}), {1: JAIL}, 13)


@pytest.mark.parametrize("makers", [{}, {1: frozenset({"jail", "ems"})}, {2: JAIL}])
def test_who_does_not_make_the_list_alone_does_not_know_it(makers: Mapping[int, frozenset[str]]) -> None:
    (figures,) = made_by(JAIL, 40)
    assert told_by_others(figures, makers, 13) == {}
    assert protect_month(figures, list_makers=makers).tables.keys() == figures.tables.keys()


def test_its_own_months_are_known_even_where_this_packet_does_not_hold_them() -> None:
    """The list of six months ago stands in no series of this packet (it shows four); the maker of the list knows it."""
    *before, now = made_by(JAIL, 0, 7)
    earlier: list[Held] = []
    for figures in before:
        earlier.append(protect_month(figures, earlier=earlier, list_makers={1: JAIL}).held)
    release = Release(13, now.population, list(now.figures.values()), list(now.tables.values()), now.links, True)
    joint = Joint(now, release, 13, earlier)
    jail = known_by_owners(now, joint, {1: JAIL}, 13)[1]
    for month in (figures.month for figures in [*before, now]):
        for name in ("people_new|count", "people_left|count", "by_race|row White|column On the list"):
            assert joint.meanings[f"1|{month}|{name}"] <= jail, (month, name)
    assert not joint.meanings[f"1|{now.month}|by_housing|row Housed|column On the list"] <= jail
    ems = known_by_owners(now, joint, {1: JAIL}, 13)[0]
    assert not joint.meanings[f"1|{now.month}|people_new|count"] <= ems
