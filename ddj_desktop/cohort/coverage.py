"""Which days each source covers: missing is not zero.

A stretch without any contact is missing data, and not a quiet time, where at its usual pace the source would have
had at least QUIET contacts in it. If contacts came at random, so long a silence would happen less than once in a
hundred times (Poisson: e to the -5 is 0.7%). The usual pace is the median of the monthly counts over the months
that have any. A month without a contact between the first and the last month is missing by that rule; so is the
stretch before the first or after the last contact, where it is also at least LONG days long, because an office that
rests over a long weekend has not stopped. A source that normally has few contacts a month is never called missing
for one quiet month. (Jail Data Initiative: "missing is different from zero", domain research 2.4.)
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from statistics import median

from ddj_desktop.cohort.contacts import SourceInfo
from ddj_desktop.cohort.types import AttributeClause, CountClause, Measure, Rule, TrailingDays
from ddj_desktop.cohort.windows import span_of
from ddj_desktop.kernel.dates import Month, Span, day_in_words
from ddj_desktop.store.lane import Lane
from ddj_desktop.store.sql import sql

QUIET = 5
LONG = 5
_DAYS_A_MONTH = 365.25 / 12


@dataclass(frozen=True)
class SourceCoverage:
    """What one source covers, by the start days of its contacts (named or not)."""

    source: SourceInfo
    contacts: int
    first: date | None
    """Day of its first contact; None where it has none."""
    last: date | None
    months: Mapping[Month, int]
    """Contacts by month; months without any are not in it."""

    @cached_property
    def usual_month(self) -> float:
        """Median of the monthly counts over the months that have any; 0 where there is none."""
        return float(median(self.months.values())) if self.months else 0.0

    @cached_property
    def missing(self) -> tuple[Month, ...]:
        """Months between the first and the last without any contact, in a source that is never so quiet."""
        if not self.months or self.usual_month < QUIET:
            return ()
        month, end, found = min(self.months), max(self.months), []
        while month < end:
            if month not in self.months:
                found.append(month)
            month = month.plus(1)
        return tuple(found)

    def begins_after(self, day: date) -> bool:
        """True where data for `day` and the days after it are missing because the source begins too late."""
        return self.first is None or self._too_long((self.first - day).days)

    def ends_before(self, day: date) -> bool:
        """True where data up to `day` are missing because the source ends too early."""
        return self.last is None or self._too_long((day - self.last).days)

    def covers(self, month: Month) -> bool:
        """True where nothing of the month is missing: then a count for it is a count, and 0 means none."""
        return not self.shortfalls(month.span)

    def has_any(self, month: Month) -> bool:
        """True where the month has contacts, or may have none because it was quiet: False means 'no data', never 0."""
        if month in self.months:
            return True
        span = month.span
        return not (month in self.missing or self.begins_after(span.first) or self.ends_before(span.last))

    def shortfalls(self, span: Span) -> tuple[str, ...]:
        """What is missing of `span`, in words without the source's name; empty where nothing is."""
        if self.first is None or self.last is None:
            return ("has no data",)
        found = []
        if self.begins_after(span.first):
            found.append(f"data begin {day_in_words(self.first)}")
        gaps = [month for month in self.missing if month.span.last >= span.first and month.span.first <= span.last]
        if gaps:
            found.append(f"has no data for {in_a_row([month.in_words() for month in gaps])}")
        if self.ends_before(span.last):
            found.append(f"data end {day_in_words(self.last)}")
        return tuple(found)

    def _too_long(self, days: int) -> bool:
        return days >= LONG and days * self.usual_month / _DAYS_A_MONTH >= QUIET


def in_a_row(words: list[str], last: str = "and") -> str:
    """`a`, `a and b`, `a, b and c`."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {last} {words[-1]}"


@dataclass(frozen=True)
class DailyContacts:
    """How many contacts each source has on each day: what coverage is worked out from, on any date."""

    sources: tuple[SourceInfo, ...]
    days: tuple[tuple[tuple[date, int], ...], ...]
    """For each source its days in order, with the number of contacts."""
    unmatched: int = 0
    """Contacts of records that no match has placed with a person yet: no list of people can see them."""

    @cached_property
    def _by_month(self) -> tuple[tuple[dict[Month, int], list[date]], ...]:
        """For each source its contacts by month, months in order, and its days."""
        found = []
        for days in self.days:
            months: dict[Month, int] = {}
            for day, number in days:
                month = Month(day.year, day.month)
                months[month] = months.get(month, 0) + number
            found.append((months, [day for day, _ in days]))
        return tuple(found)

    def coverage(self, as_of: date | None = None) -> tuple[SourceCoverage, ...]:
        """What each source covers, seeing no contact after `as_of` (None: seeing all), in the order sources came."""
        found = []
        for source, days, (whole, dates) in zip(self.sources, self.days, self._by_month, strict=True):
            seen = len(dates) if as_of is None else bisect_right(dates, as_of)
            first, last = (dates[0], dates[seen - 1]) if seen else (None, None)
            months: dict[Month, int] = {}
            if last:
                now = Month.of(last)
                months = {month: number for month, number in whole.items() if month <= now}
                months[now] = sum(number for day, number in days[bisect_left(dates, now.span.first) : seen])
            found.append(SourceCoverage(source, sum(months.values()), first, last, months))
        return tuple(found)


def daily_contacts(lane: Lane) -> DailyContacts:
    """Read how many contacts each source has on each day."""
    by_source: dict[SourceInfo, list[tuple[date, int]]] = {}
    for source_id, name, kind, day, number in lane.rows(sql("cohort", "daily_contacts")):
        days = by_source.setdefault(SourceInfo(source_id, name, kind), [])
        if day is not None:
            days.append((day, number))
    unmatched = lane.value(
        "SELECT count(*) FROM contact WHERE record_id IS NOT NULL "
        "AND record_id NOT IN (SELECT record_id FROM person_record)"
    )
    return DailyContacts(tuple(by_source), tuple(tuple(days) for days in by_source.values()), unmatched)


def coverage(lane: Lane, as_of: date | None = None) -> tuple[SourceCoverage, ...]:
    """What each source covers, seeing no contact after `as_of` (None: seeing all), in the order sources came."""
    return daily_contacts(lane).coverage(as_of)


def rule_windows(rule: Rule, as_of: date) -> list[tuple[tuple[str, ...], Span]]:
    """Which sources a rule looks at, and over which days (a rolling window: its whole look-back)."""
    measures = list(rule.measures)
    for _, leaf in rule.leaves:
        if not isinstance(leaf, CountClause | AttributeClause):
            measures.append(Measure("contacts", leaf.sources, leaf.exclude, TrailingDays(leaf.days)))
    return [(measure.sources, span_of(measure.window, as_of)) for measure in measures]


def fall_short(covered: Iterable[SourceCoverage], span: Span) -> tuple[str, ...]:
    """One sentence for every source whose data do not cover the days; missing is not zero."""
    return tuple(
        f"{source.source.name} {in_a_row(list(short))}." for source in covered if (short := source.shortfalls(span))
    )


def coverage_warnings(rule: Rule, covered: Iterable[SourceCoverage], as_of: date) -> tuple[str, ...]:
    """One sentence for every source that does not cover the days the rule looks at, and for every one named that the
    county file does not hold."""
    covered = tuple(covered)
    windows = [(sources, span) for sources, span in rule_windows(rule, as_of) if span.days]
    sentences = []
    for name in dict.fromkeys(name for sources, _ in windows for name in sources):
        if not any(source.source.named_in((name,)) for source in covered):
            sentences.append(f"No {name.replace('_', ' ')} source is in the county file.")
    for source in covered:
        spans = [span for sources, span in windows if source.source.named_in(sources)]
        phrases = dict.fromkeys(phrase for span in spans for phrase in source.shortfalls(span))
        if phrases:
            sentences.append(f"{source.source.name} {in_a_row(list(phrases))}.")
    return tuple(sentences)


def short_of_month(rule: Rule, covered: Iterable[SourceCoverage], month: Month) -> tuple[str, ...]:
    """One sentence for every source of the rule that does not cover the month."""
    scopes = [sources for sources, _ in rule_windows(rule, month.span.last)]
    named = [source for source in covered if any(source.source.named_in(sources) for sources in scopes)]
    return fall_short(named, month.span)
