"""Doubtful pairs that are alike, by name: decided together, never by their score alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ddj_desktop.linkage.queue import PairToReview


@dataclass(frozen=True)
class Pattern:
    """What the pairs of one kind have in common, and what is said of them."""

    name: str
    verdict: str
    words: str
    needs: Mapping[str, tuple[str, ...]]
    """Field to the levels of agreement it may have; a field that is not named may have any."""
    never: Mapping[str, tuple[str, ...]]
    """Field to the levels it may not have."""

    def holds(self, pair: PairToReview) -> bool:
        """True where a pair is of this kind."""
        levels = {weight.field: weight.level for weight in pair.weights}
        return all(levels.get(field) in wanted for field, wanted in self.needs.items()) and not any(
            levels.get(field) in barred for field, barred in self.never.items()
        )


_AGAINST = {"suffix": ("different",), "sex": ("different",), "contradiction": ("both can not be true of one person",)}
_GIVEN = ("exact", "nickname", "close", "initial", "middle")
PATTERNS = (
    Pattern(
        "same number, same birth date, surname changed", "same",
        "The same social security number and birth date, the same first name, and another last name.",
        {"ssn": ("exact",), "birth": ("exact",), "given": _GIVEN, "surname": ("different", "similar", "half", "close")},
        _AGAINST,
    ),
    Pattern(
        "same number in one system, same birth date", "same",
        "One system gives both the same number of its own, and the birth date is the same.",
        {"key": ("same",), "birth": ("exact",)}, _AGAINST,
    ),
    Pattern(
        "same name, day and month changed over", "same",
        "The same first and last name, and birth dates with day and month changed over.",
        {"given": ("exact",), "surname": ("exact",), "birth": ("swap",)}, {**_AGAINST, "ssn": ("different",)},
    ),
    Pattern(
        "same name and home, an age that fits", "same",
        "The same first and last name at one address, and the age given in one fits the birth date of the other.",
        {"given": ("exact",), "surname": ("exact",), "birth": ("age fits",), "address": ("exact", "close")},
        _AGAINST,
    ),
    Pattern(
        "names changed over, same birth date", "same",
        "First and last name changed over, and the same birth date.",
        {"given": ("swapped",), "birth": ("exact",)}, {**_AGAINST, "ssn": ("different",)},
    ),
    Pattern(
        "one birth date and last name, two first names", "different",
        "The same last name and birth date, and different first names: most often twins.",
        {"given": ("different",), "surname": ("exact",), "birth": ("exact",)},
        {"ssn": ("exact", "last four", "slip"), "key": ("same",)},
    ),
    Pattern(
        "one name, two suffixes", "different",
        "The same first and last name with different suffixes, such as Jr and Sr.",
        {"given": ("exact",), "surname": ("exact",), "suffix": ("different",)},
        {"ssn": ("exact",), "birth": ("exact",)},
    ),
    Pattern(
        "one name and home, birth dates years apart", "different",
        "The same first and last name at one address, and birth dates years apart: most often parent and child.",
        {"given": ("exact",), "surname": ("exact",), "birth": ("years apart",), "address": ("exact", "close")},
        {"ssn": ("exact", "last four", "slip"), "key": ("same",)},
    ),
)  # fmt: skip
"""In the order they are offered. Each rests on at least two facts that names alone do not give."""


@dataclass(frozen=True)
class Alike:
    """The open pairs of one kind."""

    pattern: Pattern
    pairs: tuple[PairToReview, ...]


def alike(pairs: Sequence[PairToReview]) -> list[Alike]:
    """The kinds of which there are pairs, each with all of them; a pair is of the first kind that fits it."""
    found: dict[str, list[PairToReview]] = {}
    for pair in pairs:
        kind = next((pattern for pattern in PATTERNS if pattern.holds(pair)), None)
        if kind is not None:
            found.setdefault(kind.name, []).append(pair)
    return [Alike(pattern, tuple(found[pattern.name])) for pattern in PATTERNS if pattern.name in found]


def pattern_called(name: str) -> Pattern | None:
    """The kind with that name."""
    return next((pattern for pattern in PATTERNS if pattern.name == name), None)
