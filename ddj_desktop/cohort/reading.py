"""Reading one table of a rule file: each value of the right type, or a sentence that says what is wrong."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime

from ddj_desktop.cohort.types import (
    AnyMonths,
    BeforeEach,
    BeforeLast,
    FiscalYears,
    FromTo,
    Measure,
    Since,
    TrailingDays,
    TrailingMonths,
    Window,
)

MISSING = object()
"""What `Table.get` gives for a key that is not there."""
_MONTHS = 1_200
_DAYS = 36_600
_ANYTHING = TrailingDays(1)


@dataclass
class Mistakes:
    """Sentences gathered so far."""

    _said: dict[str, None] = field(default_factory=dict)

    @property
    def found(self) -> list[str]:
        """The sentences, in the order in which they were added."""
        return list(self._said)

    def add(self, sentence: str) -> None:
        """Add one sentence, once."""
        self._said[sentence] = None


@dataclass
class Table:
    """One table of the file, with the words that say where it is."""

    content: dict[str, object]
    where: str
    mistakes: Mistakes

    def only(self, known: tuple[str, ...]) -> None:
        """Complain of every key that is not among `known`."""
        for key in self.content:
            if key not in known:
                self.mistakes.add(f"{self.where}: {key!r} is not a word of the rule file here ({', '.join(known)}).")

    def has(self, key: str) -> bool:
        """True where the key is there."""
        return key in self.content

    def get(self, key: str) -> object:
        """The value, or MISSING."""
        return self.content.get(key, MISSING)

    def text(self, key: str, *, required: bool) -> str:
        """A text that is not blank."""
        value = self.get(key)
        if isinstance(value, str) and value.strip():
            return value
        if value is not MISSING or required:
            what = "is missing" if value is MISSING else "must be a text that is not blank"
            self.mistakes.add(f"{self.where}: {key} {what}.")
        return ""

    def choice(self, key: str, known: tuple[str, ...], otherwise: str | None) -> str:
        """One of a few words; `otherwise` where absent, or a mistake when that is None."""
        value = self.get(key)
        if isinstance(value, str) and value in known:
            return value
        if value is not MISSING or otherwise is None:
            self.mistakes.add(f"{self.where}: {key} must be {_one_of(known)}.")
        return otherwise or known[0]

    def flag(self, key: str) -> bool:
        """true or false; false where absent."""
        value = self.content.get(key, False)
        if isinstance(value, bool):
            return value
        self.mistakes.add(f"{self.where}: {key} must be true or false.")
        return False

    def whole(self, key: str, *, low: int, high: int = 10**9, required: bool = False) -> int | None:
        """A whole number from `low` to `high`; None where absent or wrong."""
        value = self.get(key)
        if value is MISSING and not required:
            return None
        if isinstance(value, int) and not isinstance(value, bool) and low <= value <= high:
            return value
        what = "is missing" if value is MISSING else f"must be a whole number from {low:,} to {high:,}"
        self.mistakes.add(f"{self.where}: {key} {what}.")
        return None

    def percent(self, key: str) -> int | float | None:
        """A percentage above 0 and not above 100; None where absent or wrong."""
        value = self.get(key)
        number = None if value is MISSING else read_number(value)
        if value is not MISSING and (number is None or not 0 < number <= 100):
            self.mistakes.add(f"{self.where}: {key} must be a number above 0 and not above 100.")
            return None
        return number

    def table(self, key: str) -> Table | None:
        """A table inside this one; None where absent or wrong."""
        value = self.get(key)
        if isinstance(value, dict):
            name = {"population": "The population", "top": "The top", "by": "The top's by"}.get(key)
            return Table(value, name or f"{self.where}'s {key}", self.mistakes)
        if value is not MISSING:
            self.mistakes.add(f"{self.where}: {key} must be a table, for example {key} = {{ … }}.")
        return None

    def tables(self, key: str) -> list[dict[str, object]]:
        """A list of tables; empty where absent or wrong."""
        value = self.content.get(key, [])
        if isinstance(value, list) and all(isinstance(part, dict) for part in value):
            return value
        self.mistakes.add(f"{self.where}: {key} must be a list of tables, each begun with [[{key}]].")
        return []


def _one_of(known: tuple[str, ...]) -> str:
    return " or ".join(filter(None, (", ".join(repr(word) for word in known[:-1]), repr(known[-1]))))


def read_number(value: object) -> int | float | None:
    """A number from 0 up that is no truth value, infinity or not-a-number; else None."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return value if math.isfinite(value) and 0 <= value <= 10**12 else None


def read_sources(table: Table, key: str) -> tuple[str, ...]:
    """A list of texts, none blank, none twice; empty only where the key is absent."""
    value = table.get(key)
    if value is MISSING:
        return ()
    if not isinstance(value, list) or not all(isinstance(part, str) and part.strip() for part in value):
        table.mistakes.add(f'{table.where}: {key} must be a list of names, for example {key} = ["jail"].')
        return ()
    if not value:
        table.mistakes.add(f"{table.where}: {key} is an empty list; leave it out, or name at least one.")
    return tuple(dict.fromkeys(value))


def read_measure(table: Table, counts: tuple[str, ...]) -> Measure:
    """What is counted, of which sources, in which window."""
    return Measure(
        count=table.choice("count", counts, None),
        sources=read_sources(table, "sources"),
        exclude=read_sources(table, "exclude"),
        window=read_window(table),
        only=read_sources(table, "only"),
        flag=table.text("flag", required=False),
        points=_points(table),
    )


def _points(table: Table) -> tuple[tuple[str, int], ...]:
    value, counts = table.get("points"), table.get("count") == "points"
    if (value is not MISSING) != counts:
        table.mistakes.add(
            f'{table.where}: points and count = "points" go together, for example points = {{ jail = 3 }}.'
        )
        return ()
    if value is MISSING:
        return ()
    if not isinstance(value, dict) or not value:
        table.mistakes.add(
            f"{table.where}: points must say what a contact is worth, for example {{ jail = 3, ems = 1 }}."
        )
        return ()
    inner = Table(value, f"{table.where}'s points", table.mistakes)
    return tuple((name, inner.whole(name, low=1, high=1_000, required=True) or 1) for name in value)


def read_window(table: Table) -> Window:
    """The window of a clause; a mistake where it is missing, of no known form, or holds no day."""
    value = table.get("window")
    if value is MISSING:
        table.mistakes.add(f"{table.where} has no window: say which days, for example {{ trailing_months = 12 }}.")
        return _ANYTHING
    if not isinstance(value, dict):
        table.mistakes.add(f"{table.where}: window must be a table, for example {{ trailing_months = 12 }}.")
        return _ANYTHING
    inner = Table(value, f"{table.where}'s window", table.mistakes)
    form = next((form for form in _FORMS if set(form) == set(value)), None)
    if form is None:
        forms = " or ".join("{ " + ", ".join(f"{key} = …" for key in keys) + " }" for keys in _FORMS)
        inner.mistakes.add(f"{inner.where} must be one of {forms}.")
        return _ANYTHING
    return _FORMS[form](inner)


def _trailing_days(table: Table) -> Window:
    return TrailingDays(table.whole("trailing_days", low=1, high=_DAYS) or 1)


def _trailing_months(table: Table) -> Window:
    return TrailingMonths(table.whole("trailing_months", low=1, high=_MONTHS) or 1)


def _any_months(table: Table) -> Window:
    any_months = table.whole("any_months", low=1, high=_MONTHS)
    within = table.whole("within_months", low=1, high=_MONTHS)
    if any_months and within and any_months > within:
        table.mistakes.add(f"{table.where}: any {any_months} months do not fit within {within} months.")
    return AnyMonths(any_months or 1, within or 1)


def _from_to(table: Table) -> Window:
    first, last = _day(table, "from"), _day(table, "to")
    if first and last and last < first:
        table.mistakes.add(f"{table.where} ends before it begins, so it holds no day.")
    return FromTo(first or date.min, last or date.max)


def _fiscal_years(table: Table) -> Window:
    years, starts = table.whole("fiscal_years", low=1, high=100), table.whole("starts", low=1, high=12)
    return FiscalYears(years or 1, starts or 1)


def _before_last(table: Table) -> Window:
    months = table.whole("months_before_last", low=1, high=_MONTHS)
    return BeforeLast(months or 1, read_sources(table, "of"))


def _before_each(table: Table) -> Window:
    months = table.whole("months_before_each", low=1, high=_MONTHS)
    within = table.whole("within_months", low=1, high=_MONTHS)
    return BeforeEach(months or 1, read_sources(table, "of"), within or 1)


def _since(table: Table) -> Window:
    return Since(_day(table, "since") or date.max)


def _day(table: Table, key: str) -> date | None:
    value = table.get(key)
    if isinstance(value, date) and not isinstance(value, datetime) and 1900 <= value.year <= 2200:
        return value
    table.mistakes.add(f"{table.where}: {key} must be a day without quotes, for example 2026-07-01.")
    return None


_FORMS: dict[tuple[str, ...], Callable[[Table], Window]] = {
    ("trailing_days",): _trailing_days,
    ("trailing_months",): _trailing_months,
    ("any_months", "within_months"): _any_months,
    ("from", "to"): _from_to,
    ("fiscal_years", "starts"): _fiscal_years,
    ("since",): _since,
    ("months_before_last", "of"): _before_last,
    ("months_before_each", "of", "within_months"): _before_each,
}
