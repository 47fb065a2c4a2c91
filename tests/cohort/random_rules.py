"""Rules of every form the grammar has, made at random."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from random import Random

from ddj_desktop.cohort.types import (
    AnyMonths,
    AtLeast,
    AttributeClause,
    BeforeEach,
    BeforeLast,
    Clause,
    Combine,
    CountClause,
    FiscalYears,
    FromTo,
    Group,
    LeafClause,
    Measure,
    RecencyClause,
    Rule,
    Since,
    Tier,
    Top,
    TrailingDays,
    TrailingMonths,
    Window,
)
from tests.cohort.counties import FLAGS, KINDS_OF

_LEAST = {"contacts": 3, "days": 40, "systems": 3, "kinds": 4, "cost": 3000, "episodes": 3, "points": 9}


def random_window(random: Random, as_of: date) -> Window:
    """A window of any form, some of them wholly in the past."""
    any_months = random.randint(1, 12)
    return random.choice((
        TrailingDays(random.choice((1, 7, 30, 90, 365))),
        TrailingMonths(random.choice((1, 6, 12, 18, 24, 60))),
        AnyMonths(any_months, any_months + random.choice((0, 1, 12, 24))),
        FromTo(as_of - timedelta(days=random.randint(100, 800)), as_of - timedelta(days=random.randint(-30, 90))),
        FiscalYears(random.randint(1, 3), random.randint(1, 12)),
        Since(as_of - timedelta(days=random.randint(0, 900))),
        BeforeLast(random.choice((1, 12, 36)), tuple(random.sample(("jail", "ems", "Oak jail"), 1))),
        BeforeEach(
            random.choice((1, 12, 36)), tuple(random.sample(("jail", "ems", "Oak jail"), 1)), random.choice((1, 12, 24))
        ),
    ))  # fmt: skip


def random_measure(random: Random, as_of: date) -> Measure:
    """Anything counted, over any sources by kind or by name."""
    names = [*KINDS_OF, "Oak jail", "Pine ems", "nowhere"]
    count = random.choice(tuple(_LEAST))
    worth = tuple((name, random.randint(1, 5)) for name in random.sample(names, random.randint(1, 4)))
    return Measure(
        count,
        tuple(random.sample(names, random.choice((0, 1, 1, 2, 4)))),
        tuple(random.sample(("protective_custody", "federal_hold", "citation"), random.choice((0, 0, 1, 2)))),
        random_window(random, as_of),
        tuple(random.sample(("booking", "citation", "run", "stay"), random.choice((0, 0, 0, 1, 3)))),
        random.choice(("", "", "", "", "homeless", "force_used")),
        worth if count == "points" else (),
    )


def random_leaf(random: Random, as_of: date) -> LeafClause:
    """One clause that asks something."""
    form = random.random()
    if form < 0.65:
        measure = random_measure(random, as_of)
        least = random.randint(1, _LEAST[measure.count])
        op = random.choice((">=", ">=", ">", "between"))
        return CountClause(measure, op, (least, least * 3) if op == "between" else least)
    if form < 0.85:
        when = random.choice(("any", "last", "ever"))
        window = random_window(random, as_of) if when == "any" or (when == "last" and random.random() < 0.5) else None
        if isinstance(window, BeforeLast | BeforeEach):  # an attribute is looked up over the same days for everyone
            window = TrailingMonths(window.months)
        is_ = random.choice(("yes", "no", "unknown"))
        return AttributeClause(random.choice(FLAGS), is_, when, random.random() < 0.3, window)
    measure = random_measure(random, as_of)
    return RecencyClause(random.randint(1, 200), measure.sources, measure.exclude)


def random_combine(random: Random, clauses: int) -> Combine:
    """all, any, or at least so many."""
    return random.choice(("all", "any", AtLeast(random.randint(1, clauses)))) if clauses else "all"


def random_rule(random: Random, as_of: date) -> Rule:
    """A rule of any form."""
    clauses: list[Clause] = []
    for _ in range(random.choice((0, 1, 2, 3))):
        if random.random() < 0.3:
            leaves = tuple(random_leaf(random, as_of) for _ in range(random.randint(1, 3)))
            clauses.append(Group(_or_none(random, random_combine(random, len(leaves))), leaves))
        else:
            clauses.append(random_leaf(random, as_of))
    top = None
    if not clauses or random.random() < 0.3:
        percent = random.choice((None, 1, 5, 12.5, 50, 100))
        n = random.randint(1, 12) if percent is None else None
        top = Top(percent, n, random_measure(random, as_of), random.choice(("include", "exclude", "cap")))
    rule = Rule(
        f"Rule {random.randint(1, 99)}", "person",
        _or_none(random, random_combine(random, len(clauses))) if clauses else "all", tuple(clauses),
        random.choice((None, None, 18, 21)), top, (), *_population(random),
    )  # fmt: skip
    if rule.ranking is None or random.random() < 0.6:
        return rule
    form = random.choice((
        (Tier("High", percent=10), Tier("Low", percent=60.5)), (Tier("High", n=1), Tier("Low", n=4)),
        (Tier("High", value=5), Tier("Middle", value=3), Tier("Low", value=1)),
    ))  # fmt: skip
    return replace(rule, tiers=form)


def _or_none(random: Random, combine: Combine) -> Combine:
    return "none" if random.random() < 0.15 else combine


def _population(random: Random) -> tuple[tuple[str, ...], bool, tuple[str, ...]]:
    """Residents, whether the unknown count, and who is left out."""
    residents = random.choice(((), (), (), ("pine city",), ("Pine City", "55063"), ("10001",)))
    left_out = random.choice(
        ((), (), (), ("deceased",), ("in_custody_throughout",), ("deceased", "in_custody_throughout"))
    )
    return residents, bool(residents) and random.random() < 0.4, left_out
