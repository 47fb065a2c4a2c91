"""A partner's higher threshold: nothing is printed that the county's own summary hides, nothing below the higher one,
and no small number can be worked out from the summary."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ddj_desktop.disclosure.errors import BadThreshold
from ddj_desktop.disclosure.held import Held
from ddj_desktop.disclosure.protect import protect_month
from ddj_desktop.disclosure.safe import SafeMonth
from ddj_desktop.measures.types import At, MonthFigures
from tests.disclosure.attack import Attack, equations_of, printed_at, small_numbers, truths
from tests.disclosure.test_month import figure, month, one_way
from tests.disclosure.test_series import Recipient, packets

AGREED, K = 20, 23
"""23 is the threshold of a recurring packet for 20: a 25 then stands for 23 to 27."""


def narrowed(figures: MonthFigures, safe: SafeMonth) -> dict[object, tuple[int, int]]:
    """What somebody can narrow too much who holds this one summary."""
    attack = Attack()
    values, rows = equations_of(figures)
    labels = {name: table.rows for name, table in figures.tables.items()}
    for at in values:
        attack.learn(at, *truths(printed_at(safe, at, labels)))
    for row in rows:
        attack.tie(row.items())
    for f in figures.figures.values():
        if f.of is not None:
            attack.rest(At(f.name, of=True), At(f.name), f"rest of {f.name}")
    return attack.too_narrow(sorted(small_numbers(figures, values, K), key=repr), K + 1, K - 1)


@pytest.mark.parametrize("seed", range(6))
def test_a_higher_threshold_hides_more_and_holds(seed: int) -> None:
    earlier: list[Held] = []
    fewer = 0
    for packet in packets(seed, 3, Recipient()):
        plain = protect_month(packet.figures, earlier=earlier)
        raised = protect_month(packet.figures, AGREED, earlier=earlier)
        assert narrowed(packet.figures, raised) == {}
        assert raised.held == plain.held, "what other packets are held against is the county's own"
        assert raised.threshold == K
        values, _ = equations_of(packet.figures)
        labels = {name: table.rows for name, table in packet.figures.tables.items()}
        for at, value in values.items():
            there, here = (printed_at(safe, at, labels) for safe in (plain, raised))
            assert here in (None, there), at
            assert here is None or not 0 < value < K, at
            fewer += here is None and there is not None
        earlier.append(plain.held)
    assert fewer > 0


def test_rows_pooled_under_it_alone_are_not_told() -> None:
    """15 and 18 are told by themselves at 13; their sum, 33, is told nowhere."""
    table = replace(one_way("by_race", [60, 15, 18, 40]), pool_small_into="Other")
    figures = month([figure("people_on_list", 133)], [table])
    assert protect_month(figures).tables["by_race"].rows == ("r0", "r1", "r2", "r3")
    raised = protect_month(figures, AGREED).tables["by_race"]
    assert raised.rows == ("r0", "r3", "Other")
    assert raised.cells[2] == (None,)


def test_a_number_printed_as_before_is_hidden_where_that_is_below_it() -> None:
    """18 was told as 20; of 24 people the 20 stands in the county's own packet, and 20 is below 23."""
    first = protect_month(month([figure("people_on_list", 18)]))
    later = month([figure("people_on_list", 24)])
    assert protect_month(later, earlier=[first.held]).figures["people_on_list"].count == 20
    assert protect_month(later, AGREED, earlier=[first.held]).figures["people_on_list"].count is None


def test_it_is_never_below_the_floor() -> None:
    with pytest.raises(BadThreshold):
        protect_month(month([figure("people_on_list", 133)]), 10)
