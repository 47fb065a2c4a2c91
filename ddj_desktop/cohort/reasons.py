"""Why somebody is on the list, in one line: what they had, what it needed, over which days."""

from __future__ import annotations

from datetime import date

from ddj_desktop.cohort.case import Case
from ddj_desktop.cohort.clauses import Answer
from ddj_desktop.cohort.counts import Counted
from ddj_desktop.cohort.types import (
    AnyMonths,
    AttributeClause,
    BeforeEach,
    BeforeLast,
    CountClause,
    Measure,
    RecencyClause,
)
from ddj_desktop.cohort.windows import day_number, day_of, span_of
from ddj_desktop.cohort.words import amount_in_words, contact_noun, noun, span_in_words, threshold
from ddj_desktop.kernel.dates import day_in_words, trailing_months


def reason(case: Case, place: int) -> str:
    """`5 jail bookings (needs 4), 3 EMS runs (needs 2), Nov 1, 2025 to Oct 31, 2026`.

    Names the clauses the member meets. Days are printed once where all clauses have the same, else behind each.
    """
    parts = [(_said(found, place), _days(case, found, place)) for found in case.answers if found.met[place]]
    if case.rule.top and case.ranked:
        by = case.rule.top.by
        value = case.ranked.value[place] / (100 if by.count == "cost" else 1)
        lowest = f" (the list begins at {amount_in_words(by, case.cut.lowest)})" if case.cut and case.cut.lowest else ""
        days = _measure_days(by, case.as_of, case.ranked, place)
        parts.append((f"{amount_in_words(by, float(value))} {noun(by, float(value))}{lowest}", days))
    spans = {days for _, days in parts}
    if len(spans) == 1 and "" not in spans:
        sentence = f"{', '.join(said for said, _ in parts)}, {spans.pop()}"
    else:
        sentence = ", ".join(f"{said}, {days}" if days else said for said, days in parts)
    still = open_stays(case, place)
    if still:
        sentence += f"; {still:,} {'stay' if still == 1 else 'stays'} still open"
    return sentence


def what_they_have(case: Case, place: int) -> str:
    """`2 jail bookings (needs 4), 3 EMS runs (needs 2)`: every clause, met or not."""
    return ", ".join(said for found in case.answers if (said := _said(found, place)))


def open_stays(case: Case, place: int) -> int:
    """How many of the stays counted had not ended by the as-of date: the most that any one clause or the ranking
    counted, since several may have counted the same."""
    counted = [found.counted for found in case.answers] + [case.ranked]
    return max((int(found.open_stays[place]) for found in counted if found), default=0)


def _said(found: Answer, place: int) -> str:
    value = found.of(place)
    match found.clause:
        case CountClause(measure, _, _) if isinstance(value, int | float):
            return f"{amount_in_words(measure, value)} {noun(measure, value)} (needs {threshold(found.clause)})"
        case AttributeClause(attribute):
            return f"'{attribute.replace('_', ' ')}' {'not recorded' if value == 'unknown' else f'recorded as {value}'}"
        case RecencyClause(days, sources, _) if isinstance(value, date):
            return f"last {contact_noun(sources, 1)} {day_in_words(value)} (needs the last {days} days)"
    return ""


def _days(case: Case, found: Answer, place: int) -> str:
    clause = found.clause
    if isinstance(clause, CountClause) and found.counted:
        return _measure_days(clause.measure, case.as_of, found.counted, place)
    if isinstance(clause, AttributeClause) and clause.window:
        span = span_of(clause.window, case.as_of)
        return span_in_words(span.first, span.last)
    return ""


def _measure_days(measure: Measure, as_of: date, counted: Counted, place: int) -> str:
    span = span_of(measure.window, as_of)
    if isinstance(measure.window, AnyMonths):
        end = int(counted.window_end[place])
        return span_in_words(max(_begins(end, measure.window.any_months), span.first), day_of(end))
    if isinstance(measure.window, BeforeLast | BeforeEach):
        end = int(counted.window_end[place])
        return span_in_words(_begins(end, measure.window.months), day_of(end))
    if day_number(span.last) < day_number(span.first):
        return ""
    return span_in_words(span.first, span.last)


def _begins(end: int, months: int) -> date:
    """The first day of a window of so many months that ends on a day number."""
    return trailing_months(day_of(end), months).first
