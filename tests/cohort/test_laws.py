"""Laws that hold for every county and rule."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from random import Random

from ddj_desktop.cohort.compare import compare
from ddj_desktop.cohort.days import stretches
from ddj_desktop.cohort.evaluate import evaluate, grid, member_ids, what_if
from ddj_desktop.cohort.movement import movement
from ddj_desktop.cohort.types import (
    AnyMonths,
    Clause,
    CountClause,
    Group,
    Measure,
    Rule,
    TrailingDays,
    TrailingMonths,
    Window,
)
from ddj_desktop.kernel.dates import Month, Span
from ddj_desktop.store.county_file import CountyFile
from tests.cohort.counties import KINDS_OF, LONG, OneContact, SmallCounty, put, random_county
from tests.cohort.random_rules import random_combine, random_measure, random_rule

AS_OF = date(2026, 10, 31)


def at_least_rule(random: Random, window: Window | None = None) -> Rule:
    """A rule that only asks for so many or more, whatever is counted, over sources that stay in scope."""

    def clause() -> CountClause:
        measure = random_measure(random, AS_OF)
        return CountClause(replace(measure, window=window or measure.window), ">=", random.randint(1, 4))

    clauses: list[Clause] = [clause() for _ in range(random.randint(1, 3))]
    if random.random() < 0.5:
        clauses.append(Group(random_combine(random, 2), (clause(), clause())))
    return Rule("x", "person", random_combine(random, len(clauses)), tuple(clauses))


def test_another_contact_never_takes_anyone_off_an_at_least_list(county: CountyFile) -> None:
    lane = county.lane()
    for seed in range(12):
        random = Random(seed)
        small = random_county(random, AS_OF)
        rules = [at_least_rule(random) for _ in range(8)]
        put(lane, small)
        before = [set(member_ids(lane, rule, AS_OF)) for rule in rules]
        source, _, kind = random.choice(small.sources)
        what = random.choice(KINDS_OF[kind])
        starts = datetime(2026, 10, 31, 12) - timedelta(days=random.randint(0, 700))
        one = OneContact(random.randint(1, 12), source, what, starts, starts + timedelta(days=3), what in LONG)
        put(lane, replace(small, contacts=(*small.contacts, one)))
        for rule, members in zip(rules, before, strict=True):
            assert members <= set(member_ids(lane, rule, AS_OF)), (seed, rule, one)


def test_a_wider_window_never_takes_anyone_off_an_at_least_list(county: CountyFile) -> None:
    lane = county.lane()
    for seed in range(10):
        random = Random(seed)
        put(lane, random_county(random, AS_OF))
        months = sorted(random.sample(range(1, 40), 3))
        widening: list[list[Window]] = [
            [TrailingMonths(size) for size in months],
            [TrailingDays(size * 30) for size in months],
            [AnyMonths(size, 40) for size in months],
            [AnyMonths(months[0], size) for size in months],
        ]
        for windows in widening:
            state = random.getstate()
            lists = []
            for window in windows:
                random.setstate(state)  # the same rule with another window
                lists.append(set(member_ids(lane, at_least_rule(random, window), AS_OF)))
            assert lists[0] <= lists[1] <= lists[2], (seed, windows)


def test_the_parts_make_the_whole(county: CountyFile) -> None:
    """Both + only A = A; tiers do not overlap; counts are numbers of members; the grid's own cell is the list."""
    lane = county.lane()
    for seed in range(8):
        random = Random(seed)
        put(lane, random_county(random, AS_OF))
        a, b = random_rule(random, AS_OF), random_rule(random, AS_OF)
        found = compare(lane, a, b, AS_OF)
        ids = member_ids(lane, a, AS_OF)
        assert sorted(found.both | found.only_a) == ids == sorted(set(ids))
        assert sorted(found.both | found.only_b) == member_ids(lane, b, AS_OF)
        assert not found.both & (found.only_a | found.only_b)
        full, counted = evaluate(lane, a, AS_OF), what_if(lane, a, AS_OF)
        assert (full.attrition, full.cut, full.tiers, full.warnings) == (
            counted.attrition, counted.cut, counted.tiers, counted.warnings,
        )  # fmt: skip
        assert counted.members == len(full.members) == counted.attrition[-1].people
        assert [sum(m.tier == name for m in full.members) for name, _ in full.tiers] == [n for _, n in full.tiers]


def test_each_cell_of_a_grid_is_the_list_of_its_thresholds(county: CountyFile) -> None:
    lane = county.lane()
    for seed in range(6):
        random = Random(seed)
        put(lane, random_county(random, AS_OF))
        rule = at_least_rule(random)
        if len(rule.clauses) < 2 or isinstance(rule.clauses[1], Group):
            rule = replace(rule, clauses=(*at_least_rule(random).clauses[:1], rule.clauses[0]), combine="all")
        found = grid(lane, rule, AS_OF, "1", [1, 2, 5], "2", [1, 3])
        for row, y in enumerate(found.values_y):
            for column, x in enumerate(found.values_x):
                first, second = rule.clauses[0], rule.clauses[1]
                assert isinstance(first, CountClause)
                assert isinstance(second, CountClause)
                moved = (replace(first, value=x), replace(second, value=y), *rule.clauses[2:])
                assert found.people[row][column] == len(member_ids(lane, replace(rule, clauses=moved), AS_OF))


def test_days_as_a_query_are_the_days_a_rule_counts(county: CountyFile) -> None:
    lane = county.lane()
    for seed in range(10):
        random = Random(seed)
        put(lane, random_county(random, AS_OF))
        span = Span(AS_OF - timedelta(days=random.randint(0, 500)), AS_OF - timedelta(days=random.randint(-5, 60)))
        found = stretches(lane, span, AS_OF, ("federal_hold",))
        for kind in KINDS_OF:
            days: dict[int, int] = {}
            still: dict[int, bool] = {}
            for stretch in found:
                if stretch.source_kind == kind:
                    assert span.first <= stretch.first_day <= stretch.last_day <= min(span.last, AS_OF)
                    days[stretch.person_id] = days.get(stretch.person_id, 0) + stretch.days
                    still[stretch.person_id] = still.get(stretch.person_id, False) or stretch.open
            window = TrailingDays((AS_OF - span.first).days + 1)
            if span.last >= AS_OF:
                rule = Rule(
                    "x", "person", "all", (CountClause(Measure("days", (kind,), ("federal_hold",), window), ">=", 1),)
                )
                members = evaluate(lane, rule, AS_OF).members
                assert {m.person_id: m.values["1"] for m in members} == days
                assert {m.person_id: m.open_stays > 0 for m in members} == still


def test_movement_accounts_for_everyone(county: CountyFile) -> None:
    lane = county.lane()
    months = [Month(2026, 1).plus(step) for step in range(10)]
    for seed in range(3):
        random = Random(seed)
        put(lane, random_county(random, AS_OF, people=20, contacts=300))
        rule = at_least_rule(random, TrailingMonths(3))
        before = frozenset(member_ids(lane, rule, date(2025, 12, 31)))
        for found in movement(lane, rule, months):
            assert found.on_list == frozenset(member_ids(lane, rule, found.month.span.last))
            assert found.new | found.continuing | found.returned == found.on_list
            assert found.continuing | found.left | found.not_seen == before
            assert len(found.new) + len(found.continuing) + len(found.returned) == len(found.on_list)
            assert not (found.left and found.not_seen)
            assert found.observed or not found.left
            before = found.on_list


def test_order_of_rows_does_not_matter(county: CountyFile) -> None:
    lane = county.lane()
    for seed in range(4):
        random = Random(seed)
        small = random_county(random, AS_OF)
        rules = [random_rule(random, AS_OF) for _ in range(6)]
        lists = []
        for _ in range(2):
            put(lane, small)
            lists.append([evaluate(lane, rule, AS_OF) for rule in rules])
            shuffled = list(small.contacts)
            random.shuffle(shuffled)
            small = SmallCounty(small.sources, tuple(shuffled), small.births, small.costs)
        assert lists[0] == lists[1]
