"""How a definition makes its list, step by step: how many, and who, are left after each."""

from __future__ import annotations

from dataclasses import dataclass

from ddj_desktop.cohort.case import Case
from ddj_desktop.cohort.clauses import clause_masks
from ddj_desktop.cohort.contacts import Mask
from ddj_desktop.cohort.types import AtLeast
from ddj_desktop.cohort.words import clause_in_words, size_in_words
from ddj_desktop.kernel.dates import day_in_words


@dataclass(frozen=True)
class Step:
    """One line of the attrition: how many are left after it."""

    words: str
    people: int
    left: bool = True
    """False where the line is one of several that any may be met: it is a number of its own, not what is left."""


def attrition(case: Case) -> list[tuple[Step, Mask]]:
    """Every step in order with the units that are left after it."""
    rule, left = case.rule, case.base
    unit = "Addresses" if rule.unit == "address" else "People"
    found = [(f"{unit} with at least one contact by {day_in_words(case.as_of)}", left, True)]
    for asked in case.population:
        left = left & asked.met
        found.append((asked.words, left, True))
    answers = {answer.number: answer.met for answer in case.answers}
    for clause, met in zip(rule.clauses, clause_masks(rule, answers), strict=True):
        if rule.combine == "all":
            left = left & met
        found.append((clause_in_words(clause), left & met, rule.combine == "all"))
    if rule.clauses and rule.combine != "all":
        how = f"at least {rule.combine.clauses}" if isinstance(rule.combine, AtLeast) else rule.combine
        found.append((f"meeting {how} of these {len(rule.clauses)}", case.met, True))
    if rule.top:
        found.append((f"the {size_in_words(rule.top.percent, rule.top.n)}", case.chosen, True))
    return [(Step(words, int(mask.sum()), stays), mask) for words, mask, stays in found]
