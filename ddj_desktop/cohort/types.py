"""A definition as the program holds it: the rule file's words as frozen values. See `cohort.rule` for the file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

COUNTS = ("contacts", "days", "systems", "kinds", "cost", "episodes", "points")
OPS = (">=", ">", "between")
LEFT_OUT = ("deceased", "in_custody_throughout")
"""Who a population can leave out: people a source calls dead, and people who were in jail on every day of the widest
window, so that nothing else could happen to them."""


@dataclass(frozen=True)
class TrailingDays:
    """The last so many days up to and including the as-of date."""

    days: int


@dataclass(frozen=True)
class TrailingMonths:
    """The days after (as-of minus so many months) up to and including the as-of date."""

    months: int


@dataclass(frozen=True)
class AnyMonths:
    """Any `any_months` months in a row inside the last `within_months` months; the highest window counts."""

    any_months: int
    within_months: int


@dataclass(frozen=True)
class FromTo:
    """From one day to another, both included; what lies after the as-of date is not seen."""

    first: date
    last: date


@dataclass(frozen=True)
class FiscalYears:
    """The last so many whole fiscal years that had ended by the as-of date; `starts` is the first month, 1 to 12."""

    years: int
    starts: int


@dataclass(frozen=True)
class Since:
    """From a day up to and including the as-of date."""

    day: date


@dataclass(frozen=True)
class BeforeLast:
    """Anchored to an event of each person: the so many months up to and including the day their last contact with
    `of` began. Who never had one has no days at all."""

    months: int
    of: tuple[str, ...]
    """Source kinds or source names of the event."""


@dataclass(frozen=True)
class BeforeEach:
    """Anchored to every event of each person: for each contact with `of` that began in the last `within_months`, the so
    many months up to and including the day it began; the highest of them counts. Who had none has no days at all."""

    months: int
    of: tuple[str, ...]
    """Source kinds or source names of the events."""
    within_months: int


Window = TrailingDays | TrailingMonths | AnyMonths | FromTo | FiscalYears | Since | BeforeLast | BeforeEach


@dataclass(frozen=True)
class Measure:
    """What is counted for each person (or address): of which sources, leaving out which kinds, in which window."""

    count: str
    """contacts, days, systems (kinds of source), kinds (kinds of contact), cost (dollars), episodes (stays that overlap
    or follow within a day taken as one), points (contacts, each worth what `points` says)."""
    sources: tuple[str, ...]
    """Source kinds or source names; empty means every source."""
    exclude: tuple[str, ...]
    """Contact kinds left out."""
    window: Window
    only: tuple[str, ...] = ()
    """Contact kinds counted, and no other; empty means every kind."""
    flag: str = ""
    """Only contacts at which this attribute was recorded as yes; '' means every contact."""
    points: tuple[tuple[str, int], ...] = ()
    """For points: source kinds or names and what a contact of each is worth; of several that fit the first counts."""


@dataclass(frozen=True)
class CountClause:
    """A measure held against a threshold. `value` is one number, or low and high (both included) for between."""

    measure: Measure
    op: str
    value: int | float | tuple[int | float, int | float]


@dataclass(frozen=True)
class AttributeClause:
    """A yes, no or unknown that contacts carry. See `cohort.clauses` for what any, last and ever mean."""

    attribute: str
    is_: str
    when: str
    unknown_counts: bool
    window: Window | None


@dataclass(frozen=True)
class RecencyClause:
    """At least one contact began in the last `days` days."""

    days: int
    sources: tuple[str, ...]
    exclude: tuple[str, ...]


LeafClause = CountClause | AttributeClause | RecencyClause


@dataclass(frozen=True)
class AtLeast:
    """So many of the clauses must hold."""

    clauses: int


Combine = str | AtLeast
"""'all', 'any', 'none', or AtLeast."""


@dataclass(frozen=True)
class Group:
    """Clauses with a combination of their own; groups do not hold groups."""

    combine: Combine
    clauses: tuple[LeafClause, ...]


Clause = LeafClause | Group


@dataclass(frozen=True)
class Top:
    """The highest by a measure: a percentage of the base or a number of people, and what happens to ties."""

    percent: int | float | None
    n: int | None
    by: Measure
    ties: str
    """include: everyone level with the last; exclude: nobody level with the last where they do not all fit;
    cap: exactly so many, those level with the last taken in order of their number in the county file."""


@dataclass(frozen=True)
class Tier:
    """A named band of the list: the top percent or the top n of the base, or at least `value`."""

    name: str
    percent: int | float | None = None
    n: int | None = None
    value: int | float | None = None


@dataclass(frozen=True)
class Rule:
    """A whole definition."""

    name: str
    unit: str
    """person or address."""
    combine: Combine
    clauses: tuple[Clause, ...]
    min_age: int | None = None
    top: Top | None = None
    tiers: tuple[Tier, ...] = ()
    residents: tuple[str, ...] = ()
    """Towns and ZIP codes: only who last gave a home in one of them; empty means everyone."""
    unknown_residence_counts: bool = False
    """With residents: whether who never gave a home counts as one."""
    leave_out: tuple[str, ...] = ()
    """Of LEFT_OUT."""

    @property
    def measures(self) -> tuple[Measure, ...]:
        """Everything the rule counts, in order."""
        found = [leaf.measure for _, leaf in self.leaves if isinstance(leaf, CountClause)]
        return (*found, self.top.by) if self.top else tuple(found)

    @property
    def leaves(self) -> tuple[tuple[str, LeafClause], ...]:
        """Every clause that asks something, with its number: `1`, `2`, and `3.1`, `3.2` inside a group."""
        found: list[tuple[str, LeafClause]] = []
        for index, clause in enumerate(self.clauses, 1):
            if isinstance(clause, Group):
                found += [(f"{index}.{inner}", leaf) for inner, leaf in enumerate(clause.clauses, 1)]
            else:
                found.append((str(index), clause))
        return tuple(found)

    @property
    def ranking(self) -> Measure | None:
        """What people are ranked by: the measure of `top`, else of the first clause that counts."""
        if self.top:
            return self.top.by
        return next((leaf.measure for _, leaf in self.leaves if isinstance(leaf, CountClause)), None)
