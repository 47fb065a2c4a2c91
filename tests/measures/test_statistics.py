"""Every statistic against figures printed elsewhere, or against a second way that shares nothing with the code."""

from __future__ import annotations

import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ddj_desktop.measures.statistics import (
    EXACT_UP_TO,
    Interval,
    Ratio,
    byar,
    cohens_kappa,
    count_interval,
    garwood,
    kaplan_meier,
    mid_p_ratio,
    rate,
    rate_ratio,
    ratio_of_ratios,
    wilson,
)

FREIREICH_6MP = ((6, 1), (6, 1), (6, 1), (6, 0), (7, 1), (9, 0), (10, 1), (10, 0), (11, 0), (13, 1), (16, 1), (17, 0),
                 (19, 0), (20, 0), (22, 1), (23, 1), (25, 0), (32, 0), (32, 0), (34, 0), (35, 0))  # fmt: skip
"""Weeks of remission of 21 children given 6-mercaptopurine, 1 where it ended. Freireich EJ and others (1963), Blood 21:
699-716; the data every text on survival prints (Cox and Oakes 1984, table 1.1)."""


@pytest.mark.parametrize(
    ("count", "of", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0000, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilson_as_newcombe_prints_it(count: int, of: int, low: float, high: float) -> None:
    """Newcombe RG (1998), Statistics in Medicine 17: 857-872, table I, method 3."""
    found = wilson(count, of)
    assert found is not None
    assert (round(found.low, 4), round(found.high, 4)) == (low, high)


@pytest.mark.parametrize(
    ("count", "low", "high"),
    [(0, 0.0, 3.6889), (1, 0.0253, 5.5716), (2, 0.2422, 7.2247), (3, 0.6187, 8.7673), (5, 1.6235, 11.6683),
     (10, 4.7954, 18.3904), (20, 12.2165, 30.8884), (50, 37.1110, 65.9188), (100, 81.3640, 121.6268)],
)  # fmt: skip
def test_exact_limits_of_a_count(count: int, low: float, high: float) -> None:
    """Ulm K (1990), American Journal of Epidemiology 131: 373-375, and Pearson and Hartley's table 40; the same as
    R's poisson.test(count)$conf.int."""
    found = garwood(count)
    assert found.low == pytest.approx(low, abs=6e-5)
    assert found.high == pytest.approx(high, abs=6e-5)


def test_byar_is_close_to_the_exact_limits_and_takes_over_without_a_jump() -> None:
    """Breslow and Day (1987, page 69) call it accurate even for few events; from 10 it is within 0.01."""
    for count in (10, 20, 65, 100, EXACT_UP_TO):
        exact, near = garwood(count), byar(count)
        assert (near.low, near.high) == (pytest.approx(exact.low, abs=0.01), pytest.approx(exact.high, abs=0.01))
    assert count_interval(EXACT_UP_TO + 1) == byar(EXACT_UP_TO + 1)
    assert byar(0) == garwood(0)


def test_a_rate_ratio_as_rothman_prints_it() -> None:
    """Breast cancer after fluoroscopy: 41 in 28,010 woman-years against 15 in 19,017; ratio 1.86, 95% limits 1.03 and
    3.35. Rothman KJ, Greenland S (1998), Modern Epidemiology, second edition, chapter 14."""
    found = rate_ratio(41, 28_010, 15, 19_017)
    assert found is not None
    assert found.value is not None
    assert (round(found.value, 2), round(found.low, 2), round(found.high, 2)) == (1.86, 1.03, 3.35)
    assert (found.method, found.unstable, found.differs) == ("log", True, True)


@pytest.mark.parametrize(("count", "other"), [(1, 1), (2, 7), (4, 30), (0, 6), (9, 0), (3, 3)])
def test_mid_p_limits_leave_the_tails_they_should(count: int, other: int) -> None:
    """Each limit put back into exact binomial sums of whole fractions: the tail, half of what was seen, is 0.025."""
    limits = mid_p_ratio(count, 100, other, 50)
    events = count + other
    for limit, up in ((limits.low, True), (limits.high, False)):
        if limit in (0.0, math.inf):
            assert (count == 0) if up else (other == 0)
            continue
        share = Fraction(limit * 2) / (1 + Fraction(limit * 2))
        beyond = range(count + 1, events + 1) if up else range(count)
        tail = sum(_exactly(n, events, share) for n in beyond) + _exactly(count, events, share) / 2
        assert float(tail) == pytest.approx(0.025, rel=1e-9)


def _exactly(count: int, of: int, share: Fraction) -> Fraction:
    return math.comb(of, count) * share**count * (1 - share) ** (of - count)


@pytest.mark.parametrize(
    ("exposed", "unexposed", "limits"),
    [((17, 100_025), (3, 122_268), ("2.21", "29.63")), ((8, 78_531), (1, 77_932), ("1.27", "177.6")),
     ((25, 178_556), (4, 200_200), ("2.616", "23.57"))],
)  # fmt: skip
def test_mid_p_limits_as_another_program_prints_them(
    exposed: tuple[int, int], unexposed: tuple[int, int], limits: tuple[str, str]
) -> None:
    """Two strata and their sum, as OpenEpi's "Comparing 2 Person-Time Rates" prints its mid-P exact limits of the rate
    ratio, to four digits (Dean AG, Sullivan KM, Soe MM, OpenEpi, openepi.com; the printed output is in the course
    material at epiinformatics.com/DownloadFiles/SessionI.zip). It solves the same conditional binomial (Martin DO,
    Austin H, 1996, Epidemiology 7: 29-33) by its own polynomial algorithm."""
    found = mid_p_ratio(*exposed, *unexposed)
    assert (f"{found.low:.4g}", f"{found.high:.4g}") == limits


def test_mid_p_where_all_events_are_on_one_side_has_a_closed_form() -> None:
    """Half of p to the n is 0.025, so p is the n-th root of 0.05."""
    low = 0.05 ** (1 / 9)
    assert mid_p_ratio(9, 1, 0, 1) == Interval(pytest.approx(low / (1 - low)), math.inf)


def test_two_ratios_side_by_side_as_altman_and_bland_print_them() -> None:
    """Fractures under hormone replacement: relative risk 0.67 (0.46 to 0.98) under 60, 0.88 (0.71 to 1.08) above; one
    over the other 0.76 (0.49 to 1.17). Altman DG, Bland JM (2003), BMJ 326: 219."""
    younger, older = Ratio(0.67, 0.46, 0.98, "log", False), Ratio(0.88, 0.71, 1.08, "log", False)
    found = ratio_of_ratios(younger, older)
    assert found is not None
    assert found.value is not None
    assert (round(found.value, 2), round(found.low, 2), round(found.high, 2)) == (0.76, 0.49, 1.17)
    assert not found.differs
    assert ratio_of_ratios(younger, Ratio(2.0, 0.5, 9.0, "mid-P", True)) is None
    assert ratio_of_ratios(Ratio(None, 0.5, math.inf, "mid-P", True), older) is None


def test_a_ratio_without_events_has_no_value() -> None:
    assert rate_ratio(0, 10, 0, 10) is None
    assert rate_ratio(3, 0, 1, 10) is None
    found = rate_ratio(4, 100, 0, 100)
    assert found is not None
    assert found.value is None
    assert found.high == math.inf
    assert found.method == "mid-P"
    same = rate_ratio(30, 100, 30, 100)
    assert same is not None
    assert not same.differs
    assert not same.unstable


def test_kaplan_meier_as_every_text_prints_it() -> None:
    """Survival and Greenwood's error of the 6-MP arm; R: summary(survfit(Surv(time, relapse) ~ 1, conf.type =
    "log-log")), and Kleinbaum and Klein (2012), table 2.3. The limits are those of Stata's sts list."""
    found = kaplan_meier([week for week, _ in FREIREICH_6MP], [bool(event) for _, event in FREIREICH_6MP])
    printed = [
        (step.day, step.at_risk, step.events, round(step.survival, 4), round(step.error, 4),
         round(step.interval.low, 4), round(step.interval.high, 4))
        for step in found.steps
    ]  # fmt: skip
    assert printed == [
        (6, 21, 3, 0.8571, 0.0764, 0.6197, 0.9516), (7, 17, 1, 0.8067, 0.0869, 0.5631, 0.9228),
        (10, 15, 1, 0.7529, 0.0963, 0.5032, 0.8894), (13, 12, 1, 0.6902, 0.1068, 0.4316, 0.8491),
        (16, 11, 1, 0.6275, 0.1141, 0.3675, 0.8049), (22, 7, 1, 0.5378, 0.1282, 0.2678, 0.7468),
        (23, 6, 1, 0.4482, 0.1346, 0.1881, 0.6801),
    ]  # fmt: skip
    assert (found.people, found.events, found.median, found.followed) == (21, 9, 23, 35)
    assert found.at(5) is None
    at_20 = found.at(20)
    assert at_20 is not None
    assert at_20.day == 16


@given(st.lists(st.integers(1, 400), min_size=1, max_size=60))
def test_without_anybody_lost_the_curve_is_the_plain_share(days: list[int]) -> None:
    found = kaplan_meier(days, [True] * len(days))
    for step in found.steps:
        assert step.survival == pytest.approx(sum(day > step.day for day in days) / len(days))


def test_kappa_as_fleiss_prints_it() -> None:
    """Two raters, 100 people, three diagnoses: kappa 0.68 (Fleiss JL, Levin B, Paik MC, 2003, Statistical Methods for
    Rates and Proportions, table 18.1), with its 95% limits 0.505 and 0.848 as SAS PROC FREQ gives them."""
    found = cohens_kappa([[75, 1, 4], [5, 4, 1], [0, 0, 10]])
    assert found is not None
    assert found.kappa is not None
    assert found.interval is not None
    assert (round(found.kappa, 4), round(found.agree, 2)) == (0.6765, 0.89)
    assert (round(found.interval.low, 3), round(found.interval.high, 3)) == (0.505, 0.848)


def test_kappa_of_two_columns_by_hand() -> None:
    """20 both yes, 15 both no of 50; chance (25 x 30 + 25 x 20) / 2500 = 0.5; kappa (0.7 - 0.5) / 0.5."""
    found = cohens_kappa([[20, 5], [10, 15]])
    assert found is not None
    assert found.kappa == pytest.approx(0.4)
    alike = cohens_kappa([[7, 0], [0, 0]])
    assert alike is not None
    assert alike.kappa is None
    assert alike.agree == 1
    assert cohens_kappa([[0, 0], [0, 0]]) is None


def test_a_rate_says_when_it_is_unstable() -> None:
    found = rate(12, 4_000)
    assert found is not None
    assert (found.value, found.unstable) == (3.0, True)
    assert found.interval.low == pytest.approx(garwood(12).low / 4)
    assert rate(20, 4_000).unstable is False  # type: ignore[union-attr]
    assert rate(3, 0) is None
    assert wilson(0, 0) is None


@given(st.integers(0, 60), st.integers(1, 60), st.integers(0, 60), st.integers(1, 60))
def test_a_ratio_turned_around_is_its_inverse(a: int, base: int, b: int, other: int) -> None:
    one, back = rate_ratio(a, base, b, other), rate_ratio(b, other, a, base)
    if one is None or back is None or math.inf in (one.high, back.high) or 0 in (a, b):
        return
    assert one.low == pytest.approx(1 / back.high, rel=1e-6)
    assert one.differs == back.differs
