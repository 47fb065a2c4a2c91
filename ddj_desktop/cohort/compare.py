"""Two definitions side by side: who is on both lists, and who on one only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ddj_desktop.cohort.errors import DifferentUnits
from ddj_desktop.cohort.evaluate import member_ids
from ddj_desktop.cohort.types import Rule
from ddj_desktop.cohort.workbench import Workbench
from ddj_desktop.store.lane import Lane


@dataclass(frozen=True)
class Comparison:
    """The lists of two rules on one date; `both` + `only_a` is the list of A, `both` + `only_b` that of B."""

    both: frozenset[int]
    only_a: frozenset[int]
    only_b: frozenset[int]

    @property
    def either(self) -> frozenset[int]:
        """Everyone on any of the two lists."""
        return self.both | self.only_a | self.only_b


def compare(lane: Lane, rule_a: Rule, rule_b: Rule, as_of: date, bench: Workbench | None = None) -> Comparison:
    """Compare two rules on `as_of`. Raises DifferentUnits when one lists people and the other addresses."""
    if rule_a.unit != rule_b.unit:
        raise DifferentUnits
    bench = bench or Workbench()
    a, b = (frozenset(member_ids(lane, rule, as_of, bench.material(lane, rule))) for rule in (rule_a, rule_b))
    return Comparison(a & b, a - b, b - a)
