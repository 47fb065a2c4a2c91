"""Possible matches, one pair at a time: side by side, why it is here, the decisions of this sitting and their undo."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from ddj_desktop.kernel.dates import day_in_words
from ddj_desktop.linkage.evidence import Weight
from ddj_desktop.linkage.queue import PairToReview, Value
from ddj_desktop.screens.masks import mask, mask_pair
from ddj_desktop.screens.wording import MISSING, number

SAME, CLOSE, DIFFERENT, ONE_SIDE = "same", "close", "different", "only one"
SIGNS = {SAME: "=", CLOSE: "~", DIFFERENT: "≠", ONE_SIDE: "·"}
"""A shape for each state of a field, beside its word."""

VERDICTS = {"same": "Same person", "different": "Different people", "not_sure": "Not sure"}

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
EVIDENCE = {
    "start": "Two records at random", "given": "First name", "surname": "Last name", "middle": "Middle name",
    "birth": "Birth date", "sex": "Sex", "ssn": "Social Security number", "address": "Address", "place": "Town",
    "phone": "Phone", "email": "E-mail", "suffix": "Suffix", "key": "Number in the source",
    "contradiction": "Both can't be true",
}  # fmt: skip


@dataclass(frozen=True)
class FieldRow:
    """One line of the pair."""

    words: str
    left: str
    right: str
    state: str

    @property
    def sign(self) -> str:
        """Shape and word of the state."""
        return f"{SIGNS[self.state]} {self.state}"


@dataclass(frozen=True)
class Made:
    """One decision of this sitting."""

    pair: PairToReview
    verdict: str


@dataclass(frozen=True)
class Review:
    """The queue and where one is in it. Every choice gives a new Review."""

    pairs: tuple[PairToReview, ...] = ()
    made: tuple[Made, ...] = ()
    revealed: bool = False
    """The names of the pair in front are shown."""
    how: bool = False
    """The steps of the reckoning are shown."""

    @property
    def current(self) -> PairToReview | None:
        """The pair on the table."""
        return self.pairs[0] if self.pairs else None

    @property
    def left(self) -> int:
        """How many pairs are waiting, this one too."""
        return len(self.pairs)

    @property
    def place(self) -> str:
        """`3 of 8`."""
        return f"{number(len(self.made) + 1)} of {number(len(self.made) + len(self.pairs))}"

    def decide(self, verdict: str) -> Review:
        """Decide the pair on the table and turn to the next."""
        if self.current is None or verdict not in VERDICTS:
            return self
        return Review(self.pairs[1:], (*self.made, Made(self.current, verdict)))

    def undo(self) -> tuple[Review, Made | None]:
        """Back to the pair decided last. Also gives what was taken back; None where nothing was decided."""
        if not self.made:
            return self, None
        last = self.made[-1]
        return Review((last.pair, *self.pairs), self.made[:-1]), last

    def reveal(self) -> Review:
        """Show or hide the names of this pair."""
        return replace(self, revealed=not self.revealed)

    def show_how(self) -> Review:
        """Show or hide the steps of the reckoning."""
        return replace(self, how=not self.how)

    def fresh(self, pairs: Sequence[PairToReview]) -> Review:
        """The queue was read anew: what was decided in this sitting stays out of it, and in front stays in front."""
        settled = {key(made.pair) for made in self.made}
        open_now = [pair for pair in pairs if key(pair) not in settled]
        front = [pair for pair in open_now if self.current is not None and key(pair) == key(self.current)]
        rest = [pair for pair in open_now if pair not in front]
        return replace(self, pairs=tuple(front + rest))

    @property
    def said(self) -> str:
        """`Your 3 decisions so far: 2 the same person, 1 different people`."""
        if not self.made:
            return ""
        counts = [(words, sum(1 for made in self.made if made.verdict == name)) for name, words in VERDICTS.items()]
        told = ", ".join(f"{count} {words.lower()}" for words, count in counts if count)
        many = f"{len(self.made)} decisions" if len(self.made) > 1 else "1 decision"
        return f"Your {many} so far: {told}."


def key(pair: PairToReview) -> tuple[int, int]:
    """What names a pair."""
    return pair.left_record, pair.right_record


def field_rows(pair: PairToReview, *, names_shown: bool) -> list[FieldRow]:
    """The pair side by side, fields nobody recorded left out. Names hidden unless they are to be shown."""
    levels = {weight.field: weight.level for weight in pair.weights}
    rows = []
    for name, words, evidence, identifies in FIELDS:
        left, right = _said(pair.left.get(name)), _said(pair.right.get(name))
        if not (left or right) or _told_elsewhere(name, pair):
            continue
        state = _state(left, right, levels.get(evidence, ""))
        if identifies and not names_shown:
            left, right = _hidden(name, left, right)
        rows.append(FieldRow(words, left or MISSING, right or MISSING, state))
    return rows


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
        return tuple(mask(each) if len(each) <= 4 else "*" * (len(each) - 4) + each[-4:] for each in (left, right))  # type: ignore[return-value]
    return mask_pair(left, right)


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
    """One step of the reckoning: what it is, what was seen, how far it pushes, where it stands after it."""

    words: str
    seen: str
    push: float
    after: float


def how_steps(weights: Sequence[Weight]) -> list[HowStep]:
    """The reckoning from 'two records at random' to where the pair stands; to the right is towards one person."""
    steps, stands = [], 0.0
    for weight in weights:
        stands = round(stands + weight.bits, 2)
        seen = "" if weight.field == "start" else weight.level
        steps.append(HowStep(EVIDENCE.get(weight.field, weight.field), seen, weight.bits, stands))
    return steps
