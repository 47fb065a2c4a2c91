"""Two records side by side: a line a field, what is masked, which letters differ, and the reckoning step by step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ddj_desktop.kernel.dates import day_in_words
from ddj_desktop.linkage.evidence import PHRASES, Weight
from ddj_desktop.linkage.queue import PairToReview, Value
from ddj_desktop.screens.masks import differing, mask, mask_pair
from ddj_desktop.screens.wording import MISSING, many

SAME, CLOSE, DIFFERENT, ONE_SIDE = "same", "close", "different", "only one"
SIGNS = {SAME: "=", CLOSE: "~", DIFFERENT: "≠", ONE_SIDE: "·"}
"""A shape for each state of a field, beside its word."""

FIELDS = (
    ("last_name", "Last name", "surname", True), ("first_name", "First name", "given", True),
    ("middle_name", "Middle name", "middle", True), ("suffix", "Suffix", "suffix", False),
    ("full_name", "Name as written", "", True), ("birth_date", "Birth date", "birth", True),
    ("birth_year_low", "Born about", "birth", False), ("sex", "Sex", "sex", False),
    ("ssn", "Social Security number", "ssn", True), ("address", "Address", "address", True),
    ("city", "City", "place", False), ("phone", "Phone", "phone", True), ("record_key", "Number there", "", True),
)  # fmt: skip
"""Value, words, the evidence it rests on, whether it says who somebody is."""

FULLY_SAME = ("exact", "same")
FULLY_DIFFERENT = ("different",)
OTHER_STEPS = {
    "start": "two records at random", "names alone": "nothing but names speaks for it",
    "contradiction": "both can't be true of one person",
}  # fmt: skip


@dataclass(frozen=True)
class FieldRow:
    """One line of the pair."""

    words: str
    left: str
    right: str
    state: str
    """One of SIGNS; '' where there is nothing to compare."""
    left_marks: tuple[bool, ...] = ()
    """True for each letter that is not part of what both have in common; empty where nothing is to be marked."""
    right_marks: tuple[bool, ...] = ()

    @property
    def sign(self) -> str:
        """Shape and word of the state."""
        return f"{SIGNS[self.state]} {self.state}" if self.state else ""


def field_rows(pair: PairToReview, *, names_shown: bool) -> list[FieldRow]:
    """The pair side by side, fields nobody recorded left out. Names hidden unless they are to be shown."""
    levels = {weight.field: weight.level for weight in pair.weights}
    rows = []
    for name, words, evidence, identifies in FIELDS:
        left, right = _said(pair.left.get(name)), _said(pair.right.get(name))
        if not (left or right) or _told_elsewhere(name, pair):
            continue
        level = levels.get(evidence, "" if levels else _by_letters(left, right))
        state = _state(left, right, level)
        marks = [tuple(differing(a, b)) for a, b in ((left, right), (right, left)) if state == CLOSE] or [(), ()]
        if identifies and not names_shown:
            left, right = _hidden(name, left, right)
        rows.append(FieldRow(words, left or MISSING, right or MISSING, state, *marks))
    left, right = _met(pair.left), _met(pair.right)
    return [*rows, FieldRow("Seen", left or MISSING, right or MISSING, "")] if left or right else rows


def _by_letters(left: str, right: str) -> str:
    """How two values compare where the program's own comparison is not to be shown: by how many letters agree."""
    agree = differing(left, right).count(False)
    return "different" if 2 * agree < max(len(left), len(right)) else "close"


def _met(side: Mapping[str, Value]) -> str:
    """`3 times, Jan 4, 2025 to Oct 6, 2025`."""
    times, first, last = side.get("times"), side.get("first_met"), side.get("last_met")
    if not isinstance(times, int) or not isinstance(first, date) or not isinstance(last, date):
        return ""
    days = day_in_words(first) if first == last else f"{day_in_words(first)} to {day_in_words(last)}"
    return f"{many(times, 'time', 'times')}, {days}"


def surname_words(pair: PairToReview) -> str:
    """How many people of the county have the last name of the pair: a rare one says more than a common one."""
    names = [str(side.get("last_name") or "").upper() for side in (pair.left, pair.right)]
    left, right = (side.get("surname_people") for side in (pair.left, pair.right))
    if isinstance(left, int) and (names[0] == names[1] or not isinstance(right, int)):
        return f"{many(left, 'person has', 'people have')} this last name here."
    if isinstance(left, int) and isinstance(right, int):
        return f"{many(left, 'person has', 'people have')} the first last name here, {right:,} the second."
    return f"{many(right, 'person has', 'people have')} the second last name here." if isinstance(right, int) else ""


def ends_at(pair: PairToReview) -> str:
    """Where the reckoning ends: `Ends at +3.2: of 100 pairs like this, 90 are one person.`"""
    of = 100 if 0.01 <= pair.probability <= 0.99 else 10_000
    return f"Ends at {pair.weight:+.1f}: of {of:,} pairs like this, {round(of * pair.probability):,} are one person."


def _told_elsewhere(name: str, pair: PairToReview) -> bool:
    """The name as written is shown only where its parts are not known; a birth year only without a birth date."""
    if name == "full_name":
        return all(side.get("first_name") and side.get("last_name") for side in (pair.left, pair.right))
    if name == "birth_year_low":
        return all(side.get("birth_date") or not side.get(name) for side in (pair.left, pair.right))
    return False


def _said(value: Value) -> str:
    if isinstance(value, date):
        return day_in_words(value)
    return "" if value is None else str(value)


def _hidden(name: str, left: str, right: str) -> tuple[str, str]:
    if name == "birth_date":  # the year is enough to tell a slip from another person, unless the years are the same
        return mask_pair(left, right) if left[-4:] == right[-4:] else (_year_only(left), _year_only(right))
    if name in ("ssn", "record_key", "phone"):
        return _but_last_four(left), _but_last_four(right)
    return mask_pair(left, right)


def _but_last_four(number: str) -> str:
    return mask(number) if len(number) <= 4 else "*" * (len(number) - 4) + number[-4:]


def _year_only(day: str) -> str:
    return f"**, {day[-4:]}" if day else ""


def _state(left: str, right: str, level: str) -> str:
    if not left or not right:
        return ONE_SIDE
    if left.casefold() == right.casefold() or level in FULLY_SAME:
        return SAME
    if level in FULLY_DIFFERENT or not level:
        return DIFFERENT
    return CLOSE


@dataclass(frozen=True)
class HowStep:
    """One step of the reckoning: what was seen, how far it pushes, where it stands after it."""

    words: str
    push: float
    after: float


def how_steps(weights: Sequence[Weight]) -> list[HowStep]:
    """The reckoning from 'two records at random' to where the pair stands; to the right is towards one person."""
    steps, stands = [], 0.0
    for weight in weights:
        stands = round(stands + weight.bits, 2)
        phrase = PHRASES.get((weight.field, weight.level), OTHER_STEPS.get(weight.field, weight.level))
        steps.append(HowStep(phrase[:1].upper() + phrase[1:], weight.bits, stands))
    return steps
