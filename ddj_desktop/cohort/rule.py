"""The definition as a file: read with every mistake named, and written back.

The form is the one in which counties exchange definitions (design, section 5, "The definition as a file"); every key
of it is understood and no other. `parse_rule(to_toml(rule)) == rule` for every rule.
"""

from __future__ import annotations

import tomllib
from dataclasses import replace
from itertools import pairwise
from typing import cast

from ddj_desktop.cohort.errors import RuleMistakes
from ddj_desktop.cohort.reading import MISSING, Mistakes, Table, read_measure, read_number, read_sources, read_window
from ddj_desktop.cohort.toml_text import to_toml
from ddj_desktop.cohort.types import (
    COUNTS,
    LEFT_OUT,
    OPS,
    AtLeast,
    AttributeClause,
    BeforeEach,
    BeforeLast,
    Clause,
    Combine,
    CountClause,
    Group,
    LeafClause,
    Measure,
    RecencyClause,
    Rule,
    Tier,
    Top,
)

__all__ = ["parse_rule", "to_toml"]

_TOP_KEYS = ("name", "unit", "combine", "population", "clause", "top", "tier")
_MEASURE_KEYS = ("count", "sources", "exclude", "only", "flag", "points", "window")
_COUNT_KEYS = (*_MEASURE_KEYS, "op", "value")
_ATTRIBUTE_KEYS = ("attribute", "is", "when", "unknown_counts", "window")
_RECENCY_KEYS = ("recency_days", "sources", "exclude")

_LONGEST = 100_000
"""Letters of a definition's file; the longest template has under a thousand."""


def parse_rule(text: str) -> Rule:
    """Read a rule file. Raises RuleMistakes with one plain sentence for every mistake found, not just the first."""
    if len(text) > _LONGEST:
        raise _refused([f"The file has more than {_LONGEST:,} letters, which no definition needs."])
    try:
        content = tomllib.loads(text.removeprefix("\ufeff"))
    except tomllib.TOMLDecodeError as error:
        raise _refused([f"The file is not written in TOML: {error}."]) from None
    except RecursionError:
        raise _refused(["The file holds lists in lists without end, which no definition needs."]) from None
    mistakes = Mistakes()
    table = Table(content, "The definition", mistakes)
    table.only(_TOP_KEYS)
    name = table.text("name", required=True)
    unit = table.choice("unit", ("person", "address"), "person")
    clauses = tuple(
        clause
        for number, part in enumerate(table.tables("clause"), 1)
        if (clause := _clause(part, f"Clause {number}", mistakes)) is not None
    )
    combine = _combine(table, len(table.tables("clause")))
    top, tiers = _top(table, mistakes), _tiers(table, mistakes)
    rule = Rule(name, unit, combine, clauses, None, top, tiers)
    rule = _population(table, rule, mistakes)
    if not table.content.get("clause") and not table.has("top"):
        mistakes.add("The definition asks for nothing: give at least one [[clause]] or a [top].")
    if tiers and rule.ranking is None:
        mistakes.add("The tiers need something to rank by: give a [top] or a clause that counts.")
    if mistakes.found:
        raise _refused(mistakes.found)
    return rule


def _refused(mistakes: list[str]) -> RuleMistakes:
    return RuleMistakes(listed=" ".join(mistakes), mistakes=tuple(mistakes))


def _combine(table: Table, clauses: int) -> Combine:
    value = table.get("combine")
    if value is MISSING or value in ("all", "any", "none"):
        return "all" if value is MISSING else cast(str, value)
    if isinstance(value, dict):
        inner = Table(value, f"{table.where}'s combine", table.mistakes)
        inner.only(("at_least",))
        least = inner.whole("at_least", low=1, required=True)
        if least is not None and least > clauses:
            table.mistakes.add(f"{table.where} asks for at least {least} clauses and has only {clauses}.")
        return AtLeast(least or 1)
    table.mistakes.add(f"{table.where}: combine is 'all', 'any', 'none' or {{ at_least = 2 }}.")
    return "all"


def _population(table: Table, rule: Rule, mistakes: Mistakes) -> Rule:
    population = table.table("population")
    if population is None:
        return rule
    population.only(("min_age", "residents", "unknown_residence_counts", "leave_out"))
    if rule.unit == "address":
        for key in population.content:
            mistakes.add(f"The population's {key} is of a person; a definition over addresses can not ask for it.")
    left_out = read_sources(population, "leave_out")
    for name in left_out:
        if name not in LEFT_OUT:
            mistakes.add(f"The population: leave_out knows {' and '.join(LEFT_OUT)}, not {name!r}.")
    if population.has("unknown_residence_counts") and not population.has("residents"):
        mistakes.add("The population: unknown_residence_counts means something only with residents.")
    return replace(
        rule,
        min_age=population.whole("min_age", low=0, high=120),
        residents=read_sources(population, "residents"),
        unknown_residence_counts=population.flag("unknown_residence_counts"),
        leave_out=left_out,
    )


def _clause(content: dict[str, object], where: str, mistakes: Mistakes, inside: bool = False) -> Clause | None:
    table = Table(content, where, mistakes)
    marks = [key for key in ("count", "attribute", "recency_days", "clause") if table.has(key)]
    if len(marks) != 1:
        mistakes.add(f"{where} must have exactly one of count, attribute, recency_days or a clause list of its own.")
        return None
    if marks == ["clause"]:
        if inside:
            mistakes.add(f"{where} is a group inside a group; groups go one level deep.")
            return None
        return _group(table, where, mistakes)
    return {"count": _count, "attribute": _attribute, "recency_days": _recency}[marks[0]](table)


def _group(table: Table, where: str, mistakes: Mistakes) -> Group:
    table.only(("combine", "clause"))
    parts = table.tables("clause")
    if not parts:
        mistakes.add(f"{where} is a group with an empty list of clauses.")
    found = [_clause(part, f"{where}.{number}", mistakes, inside=True) for number, part in enumerate(parts, 1)]
    leaves = tuple(leaf for leaf in found if leaf is not None and not isinstance(leaf, Group))
    return Group(_combine(table, len(parts)), leaves)


def _count(table: Table) -> LeafClause:
    table.only(_COUNT_KEYS)
    measure = read_measure(table, COUNTS)
    op = table.choice("op", OPS, ">=")
    value = table.get("value")
    if value is MISSING:
        table.mistakes.add(f"{table.where} has no value: say how many.")
        return CountClause(measure, op, 1)
    if op == "between":
        return CountClause(measure, op, _low_and_high(table, value))
    number = read_number(value)
    if number is None:
        table.mistakes.add(f"{table.where}: with {op} the value is one number from 0 up.")
    elif op == ">=" and number == 0:
        table.mistakes.add(f"{table.where}: everyone has 0 or more; give a value above 0.")
    return CountClause(measure, op, number if number is not None else 1)


def _low_and_high(table: Table, value: object) -> tuple[int | float, int | float]:
    if isinstance(value, list) and len(value) == 2:
        low, high = read_number(value[0]), read_number(value[1])
        if low is not None and high is not None and low <= high:
            return low, high
    table.mistakes.add(f"{table.where}: between needs two numbers, the lower first, for example value = [4, 6].")
    return 0, 0


def _attribute(table: Table) -> LeafClause:
    table.only(_ATTRIBUTE_KEYS)
    when = table.choice("when", ("any", "last", "ever"), "any")
    if when == "any" and not table.has("window"):
        table.mistakes.add(f"{table.where}: 'any' needs a window; without one, say when = \"ever\".")
    if when == "ever" and table.has("window"):
        table.mistakes.add(f"{table.where}: 'ever' looks at everything; leave the window out, or say when = \"any\".")
    window = read_window(table) if table.has("window") else None
    if isinstance(window, BeforeLast | BeforeEach):
        table.mistakes.add(
            f"{table.where}: an attribute is looked up over the same days for everyone; use another window."
        )
    return AttributeClause(
        attribute=table.text("attribute", required=True),
        is_=table.choice("is", ("yes", "no", "unknown"), None),
        when=when,
        unknown_counts=table.flag("unknown_counts"),
        window=window,
    )


def _recency(table: Table) -> LeafClause:
    table.only(_RECENCY_KEYS)
    days = table.whole("recency_days", low=1, high=36_600, required=True)
    return RecencyClause(days or 1, read_sources(table, "sources"), read_sources(table, "exclude"))


def _top(table: Table, mistakes: Mistakes) -> Top | None:
    top = table.table("top")
    if top is None:
        return None
    top.only(("percent", "n", "by", "ties"))
    percent, n = top.percent("percent"), top.whole("n", low=1)
    if top.has("percent") == top.has("n"):
        mistakes.add("The top needs either a percent or an n, not both.")
    by = top.table("by")
    if by is None:
        if not top.has("by"):
            mistakes.add("The top does not say by what: give by = { count = …, window = … }.")
        return None
    by.only(_MEASURE_KEYS)
    measure: Measure = read_measure(by, COUNTS)
    return Top(percent, n, measure, top.choice("ties", ("include", "exclude", "cap"), "include"))


def _tiers(table: Table, mistakes: Mistakes) -> tuple[Tier, ...]:
    tiers: list[Tier] = []
    for number, part in enumerate(table.tables("tier"), 1):
        tier = Table(part, f"Tier {number}", mistakes)
        tier.only(("name", "percent", "n", "value"))
        if sum(tier.has(key) for key in ("percent", "n", "value")) != 1:
            mistakes.add(f"Tier {number} needs exactly one of percent, n or value.")
        value = tier.get("value")
        least = None if value is MISSING else read_number(value)
        if value is not MISSING and not least:
            mistakes.add(f"Tier {number}: the value is a number above 0.")
        tiers.append(
            Tier(tier.text("name", required=True), tier.percent("percent"), tier.whole("n", low=1), least or None)
        )
    _tiers_in_order(tiers, mistakes)
    return tuple(tiers)


def _tiers_in_order(tiers: list[Tier], mistakes: Mistakes) -> None:
    if len({tier.name.casefold() for tier in tiers}) < len(tiers):
        mistakes.add("Two tiers have the same name.")
    for of, rises in (("percent", 1), ("n", 1), ("value", -1)):
        sizes = [getattr(tier, of) for tier in tiers]
        known = [size for size in sizes if size is not None]
        if known and len(known) < len(sizes):
            mistakes.add(f"All tiers must be given in the same way; some have {of} and some have not.")
            return
        if any((later - earlier) * rises <= 0 for earlier, later in pairwise(known)):
            order = "rise" if rises > 0 else "fall"
            mistakes.add(f"The tiers go from the highest use down, so their {of} must {order} from tier to tier.")
