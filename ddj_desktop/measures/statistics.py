"""The statistics a county needs, each with its formula and the paper it is from. Plain numbers in, plain numbers out.

Intervals are two-sided and hold 95% unless another confidence is asked for.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import NormalDist

CONFIDENCE = 0.95
UNSTABLE_BELOW = 20
"""A rate on fewer events is called unstable: its relative standard error is above 22% (National Center for Health
Statistics; New York State Department of Health, Rates Based on Small Numbers)."""
LOG_FROM = 5
"""Fewest events on either side for the interval on the log scale; below, the exact mid-P one (domain reference 4.9)."""
EXACT_UP_TO = 200
"""Above so many events Byar's approximation is within a hundredth of an event of the exact limits, and is used."""


@dataclass(frozen=True)
class Interval:
    """From low to high, both included."""

    low: float
    high: float


def z_of(confidence: float) -> float:
    """The normal deviate that leaves half of what confidence does not hold above it: 1.96 for 95%."""
    return NormalDist().inv_cdf(0.5 + confidence / 2)


def wilson(count: int, of: int, confidence: float = CONFIDENCE) -> Interval | None:
    """Score interval of the proportion count / of; None where `of` is 0.

    Wilson EB (1927), Probable inference, the law of succession, and statistical inference, JASA 22: 209-212.
    """
    if of <= 0:
        return None
    z2 = z_of(confidence) ** 2
    middle = (count + z2 / 2) / (of + z2)
    half = math.sqrt(z2 * (count * (of - count) / of + z2 / 4)) / (of + z2)
    return Interval(max(0.0, middle - half), min(1.0, middle + half))


def garwood(count: int, confidence: float = CONFIDENCE) -> Interval:
    """Exact interval of a Poisson count's mean, in events.

    Garwood F (1936), Fiducial limits for the Poisson distribution, Biometrika 28: 437-442.
    """
    tail = (1 - confidence) / 2
    top = count + 10 * math.sqrt(count + 1) + 20
    low = 0.0 if count == 0 else _solve(lambda mean: _poisson_upto(count - 1, mean) - (1 - tail), 0.0, top)
    return Interval(low, _solve(lambda mean: _poisson_upto(count, mean) - tail, 0.0, top))


def byar(count: int, confidence: float = CONFIDENCE) -> Interval:
    """Byar's approximation to `garwood`, in events; 0 to the exact limit where there is no event.

    Breslow NE, Day NE (1987), Statistical Methods in Cancer Research II, IARC, equation 2.13, page 69.
    """
    if count == 0:
        return garwood(0, confidence)
    z, above = z_of(confidence), count + 1
    low = count * (1 - 1 / (9 * count) - z / (3 * math.sqrt(count))) ** 3
    return Interval(max(0.0, low), above * (1 - 1 / (9 * above) + z / (3 * math.sqrt(above))) ** 3)


def count_interval(count: int, confidence: float = CONFIDENCE) -> Interval:
    """Interval of a count of events: exact, and Byar's above EXACT_UP_TO."""
    return garwood(count, confidence) if count <= EXACT_UP_TO else byar(count, confidence)


@dataclass(frozen=True)
class Rate:
    """Events per so many at risk."""

    value: float
    interval: Interval
    unstable: bool
    """True on fewer than UNSTABLE_BELOW events."""


def rate(count: int, base: float, per: float = 1000.0, confidence: float = CONFIDENCE) -> Rate | None:
    """`count` events per `per` of `base` (people, days), with the count's interval scaled; None where base is 0."""
    if base <= 0:
        return None
    events = count_interval(count, confidence)
    scale = per / base
    return Rate(count * scale, Interval(events.low * scale, events.high * scale), count < UNSTABLE_BELOW)


@dataclass(frozen=True)
class Ratio:
    """One group's rate over another's."""

    value: float | None
    """None where the other group had no event: the ratio has no upper end."""
    low: float
    high: float
    method: str
    """log or mid-P."""
    unstable: bool
    """True where either side has fewer than UNSTABLE_BELOW events."""

    @property
    def differs(self) -> bool:
        """False where the interval holds 1: the two can not be told apart."""
        return not self.low <= 1 <= self.high


def rate_ratio(
    count: int, base: float, other_count: int, other_base: float, confidence: float = CONFIDENCE
) -> Ratio | None:
    """(count / base) over (other_count / other_base); None where a base is 0 or neither side has an event.

    exp(ln ratio +- z sqrt(1/a + 1/b)) from LOG_FROM events on each side (Rothman KJ, Greenland S, 1998, Modern
    Epidemiology, chapter 14); below it `mid_p_ratio`.
    """
    if base <= 0 or other_base <= 0 or count + other_count == 0:
        return None
    value = None if other_count == 0 else (count / base) / (other_count / other_base)
    unstable = min(count, other_count) < UNSTABLE_BELOW
    if value is not None and min(count, other_count) >= LOG_FROM:
        spread = math.exp(z_of(confidence) * math.sqrt(1 / count + 1 / other_count))
        return Ratio(value, value / spread, value * spread, "log", unstable)
    limits = mid_p_ratio(count, base, other_count, other_base, confidence)
    return Ratio(value, limits.low, limits.high, "mid-P", unstable)


def ratio_of_ratios(one: Ratio, other: Ratio, confidence: float = CONFIDENCE) -> Ratio | None:
    """How one ratio compares with another of other people; None unless both have intervals on the log scale.

    The errors of the two logarithms, read off their intervals at the same confidence, add up as squares: Altman DG,
    Bland JM (2003), Interaction revisited: the difference between two estimates, BMJ 326: 219.
    """
    if one.value is None or other.value is None or one.method != "log" or other.method != "log":
        return None
    z = z_of(confidence)
    errors = (math.log(ratio.high / ratio.low) / (2 * z) for ratio in (one, other))
    spread = math.exp(z * math.sqrt(sum(error**2 for error in errors)))
    value = one.value / other.value
    return Ratio(value, value / spread, value * spread, "log", one.unstable or other.unstable)


def mid_p_ratio(
    count: int, base: float, other_count: int, other_base: float, confidence: float = CONFIDENCE
) -> Interval:
    """Mid-P limits of a ratio of two Poisson rates: given all events, `count` of them is binomial.

    Half the probability of what was seen is counted in each tail. Berry G, Armitage P (1995), Mid-P confidence
    intervals: a brief review, The Statistician 44: 417-423. 0 and infinity where a side has no event.
    """
    events, tail = count + other_count, (1 - confidence) / 2

    def above(share: float) -> float:
        return 1 - _binomial_upto(count, events, share) + 0.5 * _binomial(count, events, share)

    low = 0.0 if count == 0 else _solve(lambda share: above(share) - tail, 0.0, 1.0)
    high = 1.0 if other_count == 0 else _solve(lambda share: above(share) - (1 - tail), 0.0, 1.0)
    scale = other_base / base
    return Interval(low / (1 - low) * scale, math.inf if high >= 1 else high / (1 - high) * scale)


@dataclass(frozen=True)
class Step:
    """One step of a survival curve, on a day with at least one event."""

    day: float
    at_risk: int
    events: int
    survival: float
    """Share without the event after this day."""
    error: float
    """Greenwood's standard error of it."""
    interval: Interval


@dataclass(frozen=True)
class Survival:
    """A survival curve: 1 before the first step."""

    people: int
    events: int
    followed: float
    """The longest any of them was followed; nothing is said beyond it."""
    steps: tuple[Step, ...]

    def at(self, day: float) -> Step | None:
        """The step that holds on `day`; None before the first."""
        return next((step for step in reversed(self.steps) if step.day <= day), None)

    @property
    def median(self) -> float | None:
        """The day from which half or fewer are without the event; None where it is not reached."""
        return next((step.day for step in self.steps if step.survival <= 0.5), None)


def kaplan_meier(days: Sequence[float], happened: Sequence[bool], confidence: float = CONFIDENCE) -> Survival:
    """Time to an event of people followed for `days`, for some of whom it has not `happened` by the end.

    Product-limit estimate: Kaplan EL, Meier P (1958), JASA 53: 457-481. Standard error: Greenwood M (1926). Interval on
    the log(-log) scale, which stays between 0 and 1: Kalbfleisch JD, Prentice RL (1980), page 15. Somebody whose
    follow-up ends on the day of an event was at risk of it.
    """
    known = sorted(zip(days, happened, strict=True))
    left, share, greenwood, steps, at = len(known), 1.0, 0.0, [], 0
    while at < len(known):
        day, here = known[at][0], at
        while at < len(known) and known[at][0] == day:
            at += 1
        events = sum(event for _, event in known[here:at])
        if events:
            share *= 1 - events / left
            greenwood += events / (left * (left - events)) if events < left else 0.0
            error = share * math.sqrt(greenwood)
            steps.append(Step(day, left, events, share, error, _log_log(share, greenwood, z_of(confidence))))
        left -= at - here
    return Survival(len(known), sum(happened), max(days, default=0.0), tuple(steps))


def _log_log(share: float, greenwood: float, z: float) -> Interval:
    if not 0 < share < 1:
        return Interval(share, share)
    half = z * math.sqrt(greenwood) / abs(math.log(share))
    return Interval(share ** math.exp(half), share ** math.exp(-half))


@dataclass(frozen=True)
class Agreement:
    """How far two raters agree on the same people."""

    people: int
    agree: float
    """Share on whom they say the same."""
    kappa: float | None
    """Agreement beyond chance; None where chance alone would make them agree on everybody."""
    interval: Interval | None


def cohens_kappa(table: Sequence[Sequence[int]], confidence: float = CONFIDENCE) -> Agreement | None:
    """Agreement of a square table (rows one rater, columns the other, same groups in the same order); None if empty.

    Cohen J (1960), Educational and Psychological Measurement 20: 37-46. Standard error: Fleiss JL, Cohen J, Everitt
    BS (1969), Psychological Bulletin 72: 323-327 (not the one that holds only where kappa is 0).
    """
    groups, people = range(len(table)), sum(map(sum, table))
    if people == 0:
        return None
    rows = [sum(table[g]) / people for g in groups]
    columns = [sum(row[g] for row in table) / people for g in groups]
    agree = sum(table[g][g] for g in groups) / people
    chance = sum(rows[g] * columns[g] for g in groups)
    if chance >= 1:
        return Agreement(people, agree, None, None)
    kappa = (agree - chance) / (1 - chance)
    same = sum(table[g][g] / people * (1 - (rows[g] + columns[g]) * (1 - kappa)) ** 2 for g in groups)
    unlike = sum(table[g][h] / people * (columns[g] + rows[h]) ** 2 for g in groups for h in groups if g != h)
    inner = same + (1 - kappa) ** 2 * unlike - (kappa - chance * (1 - kappa)) ** 2
    half = z_of(confidence) * math.sqrt(max(inner, 0.0) / people) / (1 - chance)
    return Agreement(people, agree, kappa, Interval(max(-1.0, kappa - half), min(1.0, kappa + half)))


def _solve(falls_or_rises: Callable[[float], float], low: float, high: float) -> float:
    """Where a monotone function of one number is 0, by halving; to the last digit a float holds."""
    rises = falls_or_rises(high) > 0
    for _ in range(200):
        middle = (low + high) / 2
        if middle in (low, high):
            break
        if (falls_or_rises(middle) > 0) == rises:
            high = middle
        else:
            low = middle
    return (low + high) / 2


def _poisson_upto(count: int, mean: float) -> float:
    if mean <= 0:
        return 1.0
    logs = (n * math.log(mean) - mean - math.lgamma(n + 1) for n in range(count + 1))
    return math.fsum(map(math.exp, logs))


def _binomial(count: int, of: int, share: float) -> float:
    if share <= 0 or share >= 1:
        return float(count == (0 if share <= 0 else of))
    choose = math.lgamma(of + 1) - math.lgamma(count + 1) - math.lgamma(of - count + 1)
    return math.exp(choose + count * math.log(share) + (of - count) * math.log1p(-share))


def _binomial_upto(count: int, of: int, share: float) -> float:
    return math.fsum(_binomial(n, of, share) for n in range(count + 1))
