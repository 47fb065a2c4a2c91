"""The rule file: every form of the grammar read, every mistake named, written and read back the same."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ddj_desktop.cohort.errors import RuleMistakes
from ddj_desktop.cohort.reading import Mistakes
from ddj_desktop.cohort.rule import parse_rule, to_toml
from ddj_desktop.cohort.templates import templates
from ddj_desktop.cohort.types import (
    AnyMonths,
    AtLeast,
    AttributeClause,
    BeforeLast,
    CountClause,
    FiscalYears,
    FromTo,
    Group,
    Measure,
    RecencyClause,
    Rule,
    Since,
    Tier,
    Top,
    TrailingDays,
    TrailingMonths,
)
from ddj_desktop.cohort.words import in_words
from tests.cohort.random_rules import random_rule

EVERYTHING = """
name = "Everything"
unit = "person"
combine = { at_least = 2 }
[population]
min_age = 18
[[clause]]
count = "contacts"
sources = ["jail"]
exclude = ["protective_custody", "federal_hold"]
op = ">="
value = 4
window = { trailing_months = 12 }
[[clause]]
attribute = "homeless"
is = "yes"
when = "any"
unknown_counts = false
window = { since = 2023-01-01 }
[[clause]]
combine = "any"
clause = [
  { count = "days", op = "between", value = [2, 5.5], window = { any_months = 12, within_months = 36 } },
  { recency_days = 90, sources = ["shelter"] },
]
[top]
percent = 5
by = { count = "cost", sources = ["jail"], window = { from = 2021-07-01, to = 2024-06-30 } }
ties = "cap"
[[tier]]
name = "High"
percent = 1
[[tier]]
name = "Rest"
percent = 5
"""


def test_every_key_of_the_contract_is_read() -> None:
    assert parse_rule(EVERYTHING) == Rule(
        "Everything", "person", AtLeast(2),
        (
            CountClause(
                Measure("contacts", ("jail",), ("protective_custody", "federal_hold"), TrailingMonths(12)), ">=", 4
            ),
            AttributeClause("homeless", "yes", "any", False, Since(date(2023, 1, 1))),
            Group("any", (
                CountClause(Measure("days", (), (), AnyMonths(12, 36)), "between", (2, 5.5)),
                RecencyClause(90, ("shelter",), ()),
            )),
        ),
        18,
        Top(5, None, Measure("cost", ("jail",), (), FromTo(date(2021, 7, 1), date(2024, 6, 30))), "cap"),
        (Tier("High", percent=1), Tier("Rest", percent=5)),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "window"),
    [
        ("{ trailing_days = 90 }", TrailingDays(90)),
        ("{ trailing_months = 18 }", TrailingMonths(18)),
        ("{ within_months = 36, any_months = 12 }", AnyMonths(12, 36)),
        ("{ from = 2021-07-01, to = 2024-06-30 }", FromTo(date(2021, 7, 1), date(2024, 6, 30))),
        ("{ fiscal_years = 3, starts = 7 }", FiscalYears(3, 7)),
        ("{ since = 2023-01-01 }", Since(date(2023, 1, 1))),
    ],
)
def test_every_window_is_read(text: str, window: object) -> None:
    rule = parse_rule(f'name = "x"\n[[clause]]\ncount = "systems"\nop = ">"\nvalue = 2\nwindow = {text}')
    leaf = rule.leaves[0][1]
    assert isinstance(leaf, CountClause)
    assert leaf.measure == Measure("systems", (), (), window)  # type: ignore[arg-type]


@pytest.mark.parametrize("form", ["utf-8 mark", "plain"])
def test_what_is_left_out_has_a_default(form: str) -> None:
    text = 'name = "x"\n[[clause]]\ncount = "contacts"\nvalue = 2\nwindow = { trailing_days = 1 }'
    rule = parse_rule(("\ufeff" if form == "utf-8 mark" else "") + text)
    assert (rule.unit, rule.combine, rule.min_age, rule.top, rule.tiers) == ("person", "all", None, None, ())
    assert rule.clauses == (CountClause(Measure("contacts", (), (), TrailingDays(1)), ">=", 2),)


def mistakes(text: str) -> tuple[str, ...]:
    with pytest.raises(RuleMistakes) as raised:
        parse_rule(text)
    assert all(sentence.endswith(".") and sentence in str(raised.value) for sentence in raised.value.mistakes)
    return raised.value.mistakes


TOP = 'by = { count = "days", window = { trailing_days = 9 } }'
GOOD = 'count = "contacts"\nvalue = 2\nwindow = { trailing_days = 30 }'


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("name = ", ["TOML"]),
        ("", ["name is missing", "asks for nothing"]),
        ('name = " "\n[[clause]]\n' + GOOD, ["name must be a text"]),
        ('name = "x"\nunits = "person"\n[[clause]]\n' + GOOD, ["'units' is not a word"]),
        ('name = "x"\nunit = "household"\n[[clause]]\n' + GOOD, ["unit must be 'person' or 'address'"]),
        ('name = "x"\ncombine = "some"\n[[clause]]\n' + GOOD, ["combine is"]),
        ('name = "x"\ncombine = { at_least = 2 }\n[[clause]]\n' + GOOD, ["at least 2 clauses and has only 1"]),
        ('name = "x"\ncombine = { at_least = true }\n[[clause]]\n' + GOOD, ["at_least must be a whole number"]),
        ('name = "x"\n[population]\nmin_age = -1\nmax = 2\n[[clause]]\n' + GOOD, ["'max'", "min_age must be"]),
        ('name = "x"\nunit = "address"\n[population]\nmin_age = 18\n[[clause]]\n' + GOOD, ["min_age is of a person"]),
        ('name = "x"\nclause = 3', ["clause must be a list of tables"]),
        ('name = "x"\n[[clause]]\nvalue = 2', ["Clause 1 must have exactly one of"]),
        ('name = "x"\n[[clause]]\nattribute = "a"\n' + GOOD, ["exactly one of"]),
        ('name = "x"\n[[clause]]\ncount = "visits"\nvalue = 1\nwindow = { trailing_days = 1 }', ["count must be"]),
        ('name = "x"\n[[clause]]\ncount = "days"\nvalue = 1', ["Clause 1 has no window"]),
        ('name = "x"\n[[clause]]\ncount = "days"\nvalue = 1\nwindow = "12 months"', ["window must be a table"]),
        ('name = "x"\n[[clause]]\ncount = "days"\nvalue = 1\nwindow = { trailing_months = 0 }', ["from 1 to"]),
        ('name = "x"\n[[clause]]\ncount = "days"\nvalue = 1\nwindow = { trailing_months = 12.0 }', ["whole number"]),
        ('name = "x"\n[[clause]]\ncount = "days"\nvalue = 1\nwindow = { months = 12 }', ["must be one of"]),
        ('name = "x"\n[[clause]]\ncount = "days"\nvalue = 1\nwindow = { any_months = 12 }', ["must be one of"]),
        (
            'name = "x"\n[[clause]]\ncount = "days"\nvalue = 1\nwindow = { any_months = 12, within_months = 6 }',
            ["any 12 months do not fit within 6"],
        ),
        (
            'name = "x"\n[[clause]]\ncount = "days"\nvalue = 1\nwindow = { from = 2024-02-01, to = 2024-01-01 }',
            ["ends before it begins"],
        ),
        ('name = "x"\n[[clause]]\ncount = "days"\nvalue = 1\nwindow = { since = "2024-01-01" }', ["without quotes"]),
        ('name = "x"\n[[clause]]\ncount = "days"\nvalue = 1\nwindow = { since = 2024-01-01T00:00:00 }', ["be a day"]),
        (
            'name = "x"\n[[clause]]\ncount = "days"\nvalue = 1\nwindow = { fiscal_years = 1, starts = 13 }',
            ["starts must be a whole number from 1 to 12"],
        ),
        ('name = "x"\n[[clause]]\nsources = []\n' + GOOD, ["sources is an empty list"]),
        ('name = "x"\n[[clause]]\nsources = "jail"\n' + GOOD, ["sources must be a list"]),
        ('name = "x"\n[[clause]]\nexclude = [1]\n' + GOOD, ["exclude must be a list"]),
        ('name = "x"\n[[clause]]\nop = "<="\n' + GOOD, ["op must be"]),
        ('name = "x"\n[[clause]]\nop = "between"\n' + GOOD, ["between needs two numbers"]),
        ('name = "x"\n[[clause]]\n' + GOOD.replace("value = 2", "value = [4, 6]"), ["one number"]),
        ('name = "x"\n[[clause]]\n' + GOOD.replace("value = 2", "value = true"), ["one number"]),
        ('name = "x"\n[[clause]]\n' + GOOD.replace("value = 2", "value = nan"), ["one number"]),
        ('name = "x"\n[[clause]]\n' + GOOD.replace("value = 2", "value = 0"), ["everyone has 0 or more"]),
        ('name = "x"\n[[clause]]\n' + GOOD.replace("value = 2\n", ""), ["has no value"]),
        ('name = "x"\n[[clause]]\nattribute = "homeless"\nis = "maybe"\nwhen = "ever"', ["is must be"]),
        ('name = "x"\n[[clause]]\nattribute = "homeless"\nis = "yes"', ["'any' needs a window"]),
        (
            'name = "x"\n[[clause]]\nattribute = "a"\nis = "yes"\nwhen = "ever"\nwindow = { trailing_days = 1 }',
            ["'ever' looks at everything"],
        ),
        ('name = "x"\n[[clause]]\nattribute = "a"\nis = "no"\nwhen = "last"\nunknown_counts = 1', ["true or false"]),
        ('name = "x"\n[[clause]]\nrecency_days = 0', ["recency_days must be"]),
        ('name = "x"\n[[clause]]\nrecency_days = 9\nwindow = { trailing_days = 1 }', ["'window' is not a word"]),
        ('name = "x"\n[[clause]]\ncombine = "any"\nclause = []', ["empty list of clauses"]),
        (
            'name = "x"\n[[clause]]\ncombine = "any"\nclause = [ { clause = [ { recency_days = 1 } ] } ]',
            ["Clause 1.1 is a group inside a group"],
        ),
        ('name = "x"\n[top]\npercent = 5', ["does not say by what"]),
        (
            'name = "x"\n[top]\npercent = 5\nn = 3\nby = { count = "days", window = { trailing_days = 9 } }',
            ["either a percent or an n"],
        ),
        ('name = "x"\n[top]\npercent = 0\n' + TOP, ["above 0 and not"]),
        ('name = "x"\n[top]\nn = 3\nties = "fair"\n' + TOP, ["ties must"]),
        ('name = "x"\n[[clause]]\nrecency_days = 3\n[[tier]]\nname = "a"\npercent = 1', ["something to rank by"]),
        ('name = "x"\n[[clause]]\n' + GOOD + '\n[[tier]]\nname = "a"', ["exactly one of percent, n or value"]),
        (
            'name = "x"\n[[clause]]\n' + GOOD + '\n[[tier]]\nname = "a"\nn = 5\n[[tier]]\nname = "A"\nn = 1',
            ["same name", "must rise"],
        ),
        (
            'name = "x"\n[[clause]]\n' + GOOD + '\n[[tier]]\nname = "a"\nvalue = 5\n[[tier]]\nname = "b"\nvalue = 6',
            ["must fall"],
        ),
        (
            'name = "x"\n[[clause]]\n' + GOOD + '\n[[tier]]\nname = "a"\nvalue = 5\n[[tier]]\nname = "b"\nn = 6',
            ["in the same way"],
        ),
    ],
)  # fmt: skip
def test_each_mistake_is_named(text: str, words: list[str]) -> None:
    found = mistakes(text)
    for word in words:
        assert any(word in sentence for sentence in found), (word, found)
    assert len(found) == len(words), found


def test_all_mistakes_are_named_at_once() -> None:
    found = mistakes(
        'nam = "x"\nunit = 3\n[[clause]]\ncount = "contacts"\nsources = []\nvalue = "four"\n'
        "[[clause]]\nrecency_days = -2\n[[tier]]\nname = 4\n"
    )
    assert len(found) == 9
    assert [sentence.split(":")[0].split(" has")[0] for sentence in found][:3] == ["The definition"] * 3


@settings(deadline=None, max_examples=150)
@given(st.integers(0, 10**9), st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(str.strip))
def test_what_is_written_reads_back_the_same(seed: int, name: str) -> None:
    """For rules of every form, and names of any characters."""
    rule = replace(random_rule(Random(seed), date(2026, 10, 31)), name=name)
    assert parse_rule(to_toml(rule)) == rule


def test_templates_read_back_the_same() -> None:
    for found in templates():
        assert parse_rule(to_toml(found.rule)) == found.rule == parse_rule(found.text)


def test_the_wider_grammar() -> None:
    """Points, episodes, only some kinds, a flag, an anchored window, none of a group, and the population."""
    rule = parse_rule(
        """
name = "Wide"
[population]
residents = ["Pine City", "55063"]
unknown_residence_counts = true
leave_out = ["deceased", "in_custody_throughout"]
[[clause]]
count = "points"
points = { jail = 3, "Pine EMS" = 1 }
value = 10
window = { trailing_months = 12 }
[[clause]]
count = "episodes"
sources = ["jail"]
only = ["booking"]
flag = "homeless"
value = 2
window = { months_before_last = 36, of = ["ems"] }
[[clause]]
combine = "none"
clause = [ { count = "contacts", sources = ["court"], value = 1, window = { trailing_days = 30 } } ]
"""
    )
    assert parse_rule(to_toml(rule)) == rule
    assert rule.residents == ("Pine City", "55063")
    assert rule.leave_out == ("deceased", "in_custody_throughout")
    points, episodes, none = rule.clauses
    assert isinstance(points, CountClause)
    assert points.measure.points == (("jail", 3), ("Pine EMS", 1))
    assert isinstance(episodes, CountClause)
    assert (episodes.measure.only, episodes.measure.flag) == (("booking",), "homeless")
    assert episodes.measure.window == BeforeLast(36, ("ems",))
    assert isinstance(none, Group)
    assert none.combine == "none"
    assert in_words(rule) == (
        "People (only those who last gave a home in Pine City or 55063, or never gave one) who had 10 or more points "
        "(3 for a jail booking, 1 for a contact with Pine EMS) in the 12 months up to the date of the list, and 2 or "
        "more episodes of jail bookings (only bookings) at which 'homeless' was recorded as yes in the 36 months up "
        "to their last EMS run, that one included, and (not this: 1 or more court dates in the 30 days up to the "
        "date of the list). People a source calls dead are left out. People in jail on every day of the widest of "
        "these windows are left out."
    )


WIDE = "value = 1\nwindow = { trailing_months = 1 }"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f'name = "x"\n[[clause]]\ncount = "points"\n{WIDE}', "points and count"),
        (f'name = "x"\n[[clause]]\ncount = "contacts"\npoints = {{ jail = 1 }}\n{WIDE}', "points and count"),
        (f'name = "x"\n[[clause]]\ncount = "points"\npoints = {{ jail = 0 }}\n{WIDE}', "whole number from 1"),
        (f'name = "x"\n[[clause]]\ncount = "points"\npoints = 3\n{WIDE}', "what a contact is worth"),
        (f'name = "x"\n[population]\nleave_out = ["tall"]\n[[clause]]\ncount = "days"\n{WIDE}', "leave_out knows"),
        (
            f'name = "x"\n[population]\nunknown_residence_counts = true\n[[clause]]\ncount = "days"\n{WIDE}',
            "only with residents",
        ),
        (
            f'name = "x"\nunit = "address"\n[population]\nresidents = ["a"]\n[[clause]]\ncount = "days"\n{WIDE}',
            "residents is of a person",
        ),
        (
            'name = "x"\n[[clause]]\nattribute = "homeless"\nis = "yes"\n'
            'window = { months_before_last = 3, of = ["jail"] }',
            "same days for everyone",
        ),
        (
            'name = "x"\n[[clause]]\nattribute = "homeless"\nis = "yes"\n'
            'window = { months_before_each = 3, of = ["jail"], within_months = 12 }',
            "same days for everyone",
        ),
        ('name = "x"\n[[clause]]\ncount = "days"\nvalue = 1\nwindow = { months_before_last = 3 }', "must be one of"),
        (
            'name = "x"\n[[clause]]\ncount = "days"\nvalue = 1\nwindow = { months_before_each = 3, of = ["jail"] }',
            "must be one of",
        ),
    ],
)
def test_mistakes_of_the_wider_grammar(text: str, said: str) -> None:
    with pytest.raises(RuleMistakes) as caught:
        parse_rule(text)
    assert said in str(caught.value)


class _Counted(str):
    """A sentence that counts how often it is compared with another."""

    __slots__ = ()
    compared = 0

    def __eq__(self, other: object) -> bool:
        _Counted.compared += 1
        return str.__eq__(self, other)

    __hash__ = str.__hash__


def test_many_mistakes_are_gathered_without_comparing_each_with_all() -> None:
    mistakes, sentences = Mistakes(), [_Counted(f"Mistake {number}.") for number in range(2_000)]
    for sentence in [*sentences, *sentences[:3]]:
        mistakes.add(sentence)
    assert mistakes.found == [str(sentence) for sentence in sentences]
    assert _Counted.compared < 3 * len(sentences)
