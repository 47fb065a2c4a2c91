"""Writing a rule as TOML. Only what a rule can hold: texts, numbers, days, lists, small tables."""

from __future__ import annotations

import json
from datetime import date

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
    TrailingDays,
    TrailingMonths,
    Window,
)

Pairs = list[tuple[str, str]]


def to_toml(rule: Rule) -> str:
    """The rule as the text of a rule file; reading it gives the same rule again."""
    lines = _lines([("name", _text(rule.name)), ("unit", _text(rule.unit)), ("combine", _combine(rule.combine))])
    population = _population(rule)
    if population:
        lines += ["", "[population]", *_lines(population)]
    for clause in rule.clauses:
        lines += ["", "[[clause]]", *_lines(_clause(clause))]
    if rule.top:
        size = ("percent", _number(rule.top.percent)) if rule.top.percent is not None else ("n", str(rule.top.n))
        by = ("by", _inline(_measure(rule.top.by)))
        lines += ["", "[top]", *_lines([size, by, ("ties", _text(rule.top.ties))])]
    for tier in rule.tiers:
        lines += ["", "[[tier]]", *_lines(_tier(tier))]
    return "\n".join(lines) + "\n"


def _population(rule: Rule) -> Pairs:
    pairs: Pairs = [] if rule.min_age is None else [("min_age", str(rule.min_age))]
    if rule.residents:
        pairs.append(("residents", _texts(rule.residents)))
        pairs.append(("unknown_residence_counts", "true" if rule.unknown_residence_counts else "false"))
    return [*pairs, ("leave_out", _texts(rule.leave_out))] if rule.leave_out else pairs


def _lines(pairs: Pairs) -> list[str]:
    return [f"{key} = {value}" for key, value in pairs]


def _inline(pairs: Pairs) -> str:
    return "{ " + ", ".join(_lines(pairs)) + " }"


def _text(value: str) -> str:
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _texts(values: tuple[str, ...]) -> str:
    return "[" + ", ".join(_text(value) for value in values) + "]"


def _number(value: int | float | None) -> str:
    return repr(value)


def _combine(combine: Combine) -> str:
    return _inline([("at_least", str(combine.clauses))]) if isinstance(combine, AtLeast) else _text(combine)


def _clause(clause: Clause) -> Pairs:
    if isinstance(clause, Group):
        inner = ", ".join(_inline(_leaf(leaf)) for leaf in clause.clauses)
        return [("combine", _combine(clause.combine)), ("clause", f"[{inner}]")]
    return _leaf(clause)


def _leaf(clause: LeafClause) -> Pairs:
    match clause:
        case CountClause(measure, op, value):
            held = f"[{_number(value[0])}, {_number(value[1])}]" if isinstance(value, tuple) else _number(value)
            *what, window = _measure(measure)
            return [*what, ("op", _text(op)), ("value", held), window]
        case AttributeClause(attribute, is_, when, unknown_counts, window_or_none):
            pairs = [("attribute", _text(attribute)), ("is", _text(is_)), ("when", _text(when))]
            pairs.append(("unknown_counts", "true" if unknown_counts else "false"))
            return pairs + ([("window", _window(window_or_none))] if window_or_none else [])
        case RecencyClause(days, sources, exclude):
            return [("recency_days", str(days)), *_scope(sources, exclude)]


def _measure(measure: Measure) -> Pairs:
    scope = _scope(measure.sources, measure.exclude)
    if measure.only:
        scope.append(("only", _texts(measure.only)))
    if measure.flag:
        scope.append(("flag", _text(measure.flag)))
    if measure.points:
        scope.append(("points", _inline([(_text(name), str(worth)) for name, worth in measure.points])))
    return [("count", _text(measure.count)), *scope, ("window", _window(measure.window))]


def _scope(sources: tuple[str, ...], exclude: tuple[str, ...]) -> Pairs:
    named = (("sources", sources), ("exclude", exclude))
    return [(key, _texts(values)) for key, values in named if values]


def _tier(tier: Tier) -> Pairs:
    size = next(
        (key, _number(value))
        for key, value in (("percent", tier.percent), ("n", tier.n), ("value", tier.value))
        if value is not None
    )
    return [("name", _text(tier.name)), size]


def _window(window: Window) -> str:
    match window:
        case TrailingDays(days):
            return _inline([("trailing_days", str(days))])
        case TrailingMonths(months):
            return _inline([("trailing_months", str(months))])
        case AnyMonths(any_months, within):
            return _inline([("any_months", str(any_months)), ("within_months", str(within))])
        case FromTo(first, last):
            return _inline([("from", _day(first)), ("to", _day(last))])
        case FiscalYears(years, starts):
            return _inline([("fiscal_years", str(years)), ("starts", str(starts))])
        case Since(day):
            return _inline([("since", _day(day))])
        case BeforeLast(months, of):
            return _inline([("months_before_last", str(months)), ("of", _texts(of))])
        case BeforeEach(months, of, within):
            each = [("months_before_each", str(months)), ("of", _texts(of)), ("within_months", str(within))]
            return _inline(each)


def _day(day: date) -> str:
    return day.isoformat()
