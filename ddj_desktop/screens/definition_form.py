"""The definition being edited: a rule as sentences with numbers and lists to choose from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ddj_desktop.cohort.toml_text import to_toml
from ddj_desktop.cohort.types import (
    AtLeast,
    Clause,
    Combine,
    CountClause,
    Group,
    Measure,
    RecencyClause,
    Rule,
    TrailingDays,
    TrailingMonths,
    Window,
)
from ddj_desktop.cohort.words import in_words, leaf_in_words, noun, window_in_words

What = tuple[str, tuple[str, ...]]
"""What is counted: contacts, days, systems …, and of which sources."""

OFFERED: tuple[What, ...] = (
    ("contacts", ("jail",)), ("days", ("jail",)), ("contacts", ("arrest",)), ("contacts", ("dispatch",)),
    ("contacts", ("ems",)), ("contacts", ("co_responder",)), ("contacts", ("hospital",)), ("contacts", ("shelter",)),
    ("days", ("shelter",)), ("contacts", ("treatment",)), ("contacts", ()), ("systems", ()),
)  # fmt: skip
MONTHS, DAYS = "months", "days"
LARGEST = {MONTHS: 120, DAYS: 3650}


def what_in_words(what: What) -> str:
    """`jail bookings`, `days in jail`, `kinds of system`."""
    return noun(Measure(what[0], what[1], (), TrailingMonths(12)))


@dataclass(frozen=True)
class ClauseForm:
    """How one clause is shown: with parts to change, or as a sentence where it is too rich for that."""

    sentence: str
    value: int | float | None = None
    what: What | None = None
    amount: int | None = None
    """Length of the window or of the recency."""
    unit: str = MONTHS
    left_out: tuple[str, ...] = ()
    window_words: str = ""
    """The window in words, where it is neither so many months nor so many days."""

    @property
    def can_change(self) -> bool:
        """True when the clause has parts to change."""
        return self.what is not None


@dataclass(frozen=True)
class DefinitionForm:
    """A rule and whether it differs from the kept one. Every choice gives a new form."""

    rule: Rule
    kept: Rule | None = None
    """The rule as last kept, None for one that never was."""

    @property
    def changed(self) -> bool:
        """True when there is something to keep."""
        return self.rule != self.kept

    @property
    def text(self) -> str:
        """The rule as a rule file."""
        return to_toml(self.rule)

    @property
    def sentence(self) -> str:
        """The rule read aloud."""
        return in_words(self.rule)

    @property
    def clauses(self) -> tuple[ClauseForm, ...]:
        """How each clause is shown."""
        return tuple(_form(clause) for clause in self.rule.clauses)

    @property
    def missing(self) -> str:
        """What must be mended before it can be kept; '' when nothing."""
        if not self.rule.name.strip():
            return "Give the definition a name."
        if not self.rule.clauses and self.rule.top is None:
            return "Add at least one rule."
        return ""

    def name_it(self, name: str) -> DefinitionForm:
        """Another name: kept as a definition of its own."""
        return replace(self, rule=replace(self.rule, name=" ".join(name.split())))

    def combine(self, how: Combine) -> DefinitionForm:
        """All rules must hold, any of them, or at least so many."""
        return replace(self, rule=replace(self.rule, combine=how))

    def min_age(self, age: int | None) -> DefinitionForm:
        """Only people of at least this age; None for everyone."""
        return replace(self, rule=replace(self.rule, min_age=age))

    def add(self, what: What = ("contacts", ("jail",)), value: int = 2, months: int = 12) -> DefinitionForm:
        """One more rule."""
        clause = CountClause(Measure(what[0], what[1], (), TrailingMonths(months)), ">=", value)
        return self._clauses((*self.rule.clauses, clause))

    def remove(self, spot: int) -> DefinitionForm:
        """One rule less."""
        left = tuple(clause for place, clause in enumerate(self.rule.clauses) if place != spot)
        form = self._clauses(left)
        how = form.rule.combine
        if isinstance(how, AtLeast) and how.clauses > max(1, len(left)):
            form = form.combine(AtLeast(max(1, len(left))))
        return form

    def value(self, spot: int, value: int | float) -> DefinitionForm:
        """At least so many."""
        clause = self.rule.clauses[spot]
        if isinstance(clause, CountClause):
            return self._put(
                spot, replace(clause, value=value, op=">=" if isinstance(clause.value, tuple) else clause.op)
            )
        return self

    def what(self, spot: int, what: What) -> DefinitionForm:
        """Count something else."""
        clause = self.rule.clauses[spot]
        if isinstance(clause, CountClause):
            measure = replace(clause.measure, count=what[0], sources=what[1])
            return self._put(spot, replace(clause, measure=measure))
        if isinstance(clause, RecencyClause):
            return self._put(spot, replace(clause, sources=what[1]))
        return self

    def window(self, spot: int, amount: int, unit: str) -> DefinitionForm:
        """In the last so many months or days."""
        clause = self.rule.clauses[spot]
        window: Window = TrailingMonths(amount) if unit == MONTHS else TrailingDays(amount)
        if isinstance(clause, CountClause):
            return self._put(spot, replace(clause, measure=replace(clause.measure, window=window)))
        if isinstance(clause, RecencyClause):
            return self._put(spot, replace(clause, days=amount))
        return self

    def top_size(self, size: int) -> DefinitionForm:
        """The highest so many percent, or so many people, as the rule has it."""
        top = self.rule.top
        if top is None:
            return self
        new = replace(top, n=size) if top.n is not None else replace(top, percent=size)
        return replace(self, rule=replace(self.rule, top=new))

    def without_top(self) -> DefinitionForm:
        """No ranking any more: everyone whom the rules name."""
        return replace(self, rule=replace(self.rule, top=None))

    @property
    def top_words(self) -> str:
        """What the ranking goes by: `by jail bookings in the 12 months …`; '' where there is none."""
        top = self.rule.top
        return f"by {noun(top.by)} {window_in_words(top.by.window)}" if top else ""

    def _put(self, spot: int, clause: Clause) -> DefinitionForm:
        clauses = self.rule.clauses
        return self._clauses((*clauses[:spot], clause, *clauses[spot + 1 :]))

    def _clauses(self, clauses: tuple[Clause, ...]) -> DefinitionForm:
        return replace(self, rule=replace(self.rule, clauses=clauses))


def best_to_begin(rules: Sequence[Rule]) -> int:
    """Which of several definitions to begin from where none is kept: one about people that counts jail bookings."""
    for spot, rule in enumerate(rules):
        forms = DefinitionForm(rule).clauses
        if rule.unit == "person" and forms and all(form.can_change for form in forms) and rule.top is None:
            return spot
    return 0


def offered(rule: Rule) -> list[What]:
    """What a rule may count: the usual ones, and whatever this rule counts besides."""
    own = [(clause.measure.count, clause.measure.sources) for clause in rule.clauses if isinstance(clause, CountClause)]
    return list(dict.fromkeys([*OFFERED, *own]))


def _form(clause: Clause) -> ClauseForm:
    if isinstance(clause, Group):
        joined = {"all": " and ", "any": " or "}.get(str(clause.combine), "; ")
        words = joined.join(leaf_in_words(leaf) for leaf in clause.clauses)
        if isinstance(clause.combine, AtLeast):
            words = f"at least {clause.combine.clauses} of these: {words}"
        return ClauseForm(words)
    if isinstance(clause, CountClause) and not isinstance(clause.value, tuple) and clause.op == ">=":
        measure = clause.measure
        what: What = (measure.count, measure.sources)
        base = ClauseForm(leaf_in_words(clause), clause.value, what, None, MONTHS, measure.exclude)
        match measure.window:
            case TrailingMonths(months):
                return replace(base, amount=months)
            case TrailingDays(days):
                return replace(base, amount=days, unit=DAYS)
            case other:
                return replace(base, window_words=window_in_words(other))
    return ClauseForm(leaf_in_words(clause))
