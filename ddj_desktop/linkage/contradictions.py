"""Decisions that do not go together: two records said to be different people, and a chain of 'same' between them."""

from __future__ import annotations

from collections import defaultdict, deque
from dataclasses import dataclass

from ddj_desktop.linkage.decisions import Decision, standing
from ddj_desktop.store.lane import Lane
from ddj_desktop.store.sql import sql


@dataclass(frozen=True)
class Contradiction:
    """A `different` and the decisions that say otherwise together, in order from one record to the other."""

    different: Decision
    chain: tuple[Decision, ...]

    def holds(self, decision_id: int) -> bool:
        """True where that decision is one of those that do not go together."""
        return decision_id in {each.decision_id for each in (self.different, *self.chain)}


def contradictions(lane: Lane) -> list[Contradiction]:
    """Every standing contradiction between records of the file, with the shortest chain of `same`. The `different` is
    kept when people are matched; which of the decisions is the mistake only a person can say."""
    here = {int(row[0]) for row in lane.rows(sql("linkage", "decided_here"))}
    found = [d for d in standing(lane) if d.left in here and d.right in here]
    beside: dict[int, list[Decision]] = defaultdict(list)
    for decision in found:
        if decision.verdict == "same":
            beside[decision.left].append(decision)
            beside[decision.right].append(decision)
    out = []
    for decision in found:
        if decision.verdict == "different":
            chain = _chain(decision, beside)
            if chain:
                out.append(Contradiction(decision, chain))
    return out


def _chain(different: Decision, beside: dict[int, list[Decision]]) -> tuple[Decision, ...]:
    """The fewest `same` that lead from one record to the other; empty where none do."""
    came: dict[int, Decision | None] = {different.left: None}
    waiting = deque([different.left])
    while waiting and different.right not in came:
        record = waiting.popleft()
        for decision in beside.get(record, ()):
            other = decision.right if decision.left == record else decision.left
            if other not in came:
                came[other] = decision
                waiting.append(other)
    chain: list[Decision] = []
    record = different.right
    while (step := came.get(record)) is not None:
        chain.append(step)
        record = step.right if step.left == record else step.left
    return tuple(reversed(chain))
