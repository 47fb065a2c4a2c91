"""What the list should be, worked out from the truth alone: days and counts in plain Python, no code of the program."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date, datetime

FIRST_DAY, LAST_DAY = date(2025, 11, 1), date(2026, 10, 31)
"""Twelve months that end on October 31, 2026."""


def true_list(contacts: Iterable[dict[str, str]]) -> set[str]:
    """People with 4 or more jail bookings (no holds) and 2 or more EMS runs that began in the twelve months.

    Only what was exported counts: the program cannot know of anything else.
    """
    bookings: Counter[str] = Counter()
    runs: Counter[str] = Counter()
    for contact in contacts:
        person = contact["true_person"]
        if not person or contact["exported"] != "yes":
            continue
        began = datetime.strptime(contact["starts"], "%Y-%m-%d %H:%M").date()
        if not FIRST_DAY <= began <= LAST_DAY:
            continue
        if contact["system"] == "jail" and contact["kind"] not in ("protective_custody", "federal_hold"):
            bookings[person] += 1
        if contact["system"] == "ems":
            runs[person] += 1
    return {person for person in bookings if bookings[person] >= 4 and runs[person] >= 2}


def pairs(size: int) -> int:
    """How many pairs so many things make."""
    return size * (size - 1) // 2


def pairwise(person_of: dict[object, str], truth_of: dict[object, str]) -> tuple[float, float]:
    """Pairwise precision and recall over things that have both a person found and a true person."""
    both: Counter[tuple[str, str]] = Counter()
    found: Counter[str] = Counter()
    true: Counter[str] = Counter()
    for thing, truth in truth_of.items():
        if truth and person_of.get(thing):
            both[person_of[thing], truth] += 1
            found[person_of[thing]] += 1
            true[truth] += 1
    together = sum(pairs(size) for size in both.values())
    return together / sum(map(pairs, found.values())), together / sum(map(pairs, true.values()))


def truth_by_person(person_of: dict[object, str], truth_of: dict[object, str]) -> dict[str, Counter[str]]:
    """For each person found: how many of their rows are about each true person."""
    made: dict[str, Counter[str]] = defaultdict(Counter)
    for thing, person in person_of.items():
        if person and truth_of.get(thing):
            made[person][truth_of[thing]] += 1
    return made
