"""Names of all mentions made comparable, each different cell once: parts where there are any, else the whole."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from ddj_desktop.kernel.progress import Progress
from ddj_desktop.linkage.grouping import combined, distinct
from ddj_desktop.linkage.nickname_table import forms_of
from ddj_desktop.linkage.nonpersons import Part, is_role, part_of
from ddj_desktop.linkage.standardise_names import (
    Aside,
    Name,
    given_part,
    last_part,
    middle_part,
    suffix_of,
    whole_name,
    words_between,
)
from ddj_desktop.linkage.types import Coded, Flags, Ints, Mentions, Texts

LEAST_HALF = 3
"""Letters a half of a double surname must have to stand for it."""


@dataclass(frozen=True)
class NameColumns:
    """Names as columns. Given and middle names share one vocabulary; so do surnames and their halves."""

    given: Coded
    middle: Coded
    surname: Coded
    halves: tuple[Coded, Coded]
    suffix: Coded
    nobody: Flags
    """Mentions that name no particular person: John Doe, a unit, a business."""


class _Words:
    """A vocabulary that grows; "" is -1."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {"": -1}

    def all(self, words: Iterable[str]) -> Ints:
        """The numbers of words, and at the end that of no word, so that position -1 finds it."""
        known = self.numbers
        return np.array([*(known.setdefault(word, len(known) - 1) for word in words), -1], np.int64)

    @property
    def words(self) -> Texts:
        return list(self.numbers)[1:]


@dataclass
class _Names:
    """One way a name is written, as a number a mention for each part."""

    given: Ints
    middle: Ints
    whole: Ints
    front: Ints
    back: Ints
    suffix: Ints


def name_columns(mentions: Mentions, progress: Progress) -> NameColumns:
    """The names of all mentions. A part that is a role (INMATE, BABY, UNKNOWN) is unknown. Raises Stopped."""
    full, first, middle, last, suffix = (
        mentions.column(name) for name in ("full_name", "first", "middle", "last", "suffix")
    )
    givens, families, suffixes = _Words(), _Words(), _Words()
    parts = _from_parts(first, middle, last, (givens, families, suffixes), progress)
    in_last = (first.codes < 0) & np.array([*("," in word for word in last.words), False])[last.codes]
    in_full = (full.codes >= 0) & (first.codes < 0) & (last.codes < 0)
    _add_between(parts, (full, first, last), (givens, families, suffixes), progress)
    for column, rows in ((last, np.flatnonzero(in_last)), (full, np.flatnonzero(in_full))):
        if len(rows):
            _put(
                parts,
                rows,
                _from_whole(Coded(column.codes[rows], column.words), (givens, families, suffixes), progress),
            )
    progress.check()
    own = suffixes.all(map(suffix_of, suffix.words))[suffix.codes]
    given, middle_name = Coded(parts.given, givens.words), Coded(parts.middle, givens.words)
    surname, front, back = (Coded(codes, families.words) for codes in (parts.whole, parts.front, parts.back))
    return NameColumns(
        given, middle_name, surname, (front, back), Coded(np.where(own >= 0, own, parts.suffix), suffixes.words),
        _nobody(full.of(in_full), first, last, progress),
    )  # fmt: skip


Vocabularies = tuple[_Words, _Words, _Words]


def _from_parts(first: Coded, middle: Coded, last: Coded, words: Vocabularies, progress: Progress) -> _Names:
    givens, _, suffixes = words
    given = list(map(given_part, progress.through(first.words)))
    after = list(map(middle_part, progress.through(middle.words)))
    family = list(map(last_part, progress.through(last.words)))
    one = givens.all(_person(part.first) for part in given)[first.codes]
    two = givens.all(part.second if len(part.second) == 1 else _person(part.second) for part in given)[first.codes]
    three = givens.all(name for name, _ in after)[middle.codes]
    ends = [
        suffixes.all(part.suffix for part in family)[last.codes],
        suffixes.all(part.suffix for part in given)[first.codes],
        suffixes.all(suffix for _, suffix in after)[middle.codes],
    ]
    suffix = np.where(ends[0] >= 0, ends[0], np.where(ends[1] >= 0, ends[1], ends[2]))
    names = _Names(
        one, np.where(two >= 0, two, three), *_surnames((p.parts for p in family), last.codes, words), suffix
    )
    for parts, codes in ((given, first.codes), (family, last.codes)):
        _add_others(names, [part.other for part in parts], codes, words)
    return names


def _from_whole(column: Coded, words: Vocabularies, progress: Progress) -> _Names:
    used, at = np.unique(column.codes, return_inverse=True)
    names: list[Name] = [whole_name(column.words[code]) for code in progress.through(used.tolist())]
    given = words[0].all(_person(name.first) for name in names)[at]
    middle = words[0].all(name.middle for name in names)[at]
    suffix = words[2].all(name.suffix for name in names)[at]
    found = _Names(given, middle, *_surnames((name.last for name in names), at, words), suffix)
    _add_others(found, [name.other for name in names], at, words)
    return found


def _add_others(names: _Names, others: Sequence[Aside], at: Ints, words: Vocabularies) -> None:
    """Put further names (AKA, maiden) where they are compared: a given name in a middle name's place where that is
    free, a surname beside the first one as the halves of a double surname are."""
    if not any(other.given or other.last for other in others):
        return
    given = words[0].all(_person(other.given) for other in others)[at]
    given = np.where(_forms_of_one(names.given, given, words[0].words), -1, given)
    names.middle = np.where(names.middle >= 0, names.middle, given)
    last = words[1].all(_person(other.last) for other in others)[at]
    free = (last >= 0) & (names.whole >= 0) & (last != names.whole) & (names.front < 0)
    names.front, names.back = np.where(free, names.whole, names.front), np.where(free, last, names.back)


def _add_between(names: _Names, cells: tuple[Coded, Coded, Coded], words: Vocabularies, progress: Progress) -> None:
    """Put what a whole name holds beside the first and last name in columns of their own where further names go.

    A word is a surname where the sheet knows it as one and as no given name (the CLIFFORD of `Thomas Clifford, 1st
    baron Clifford of Chudleigh`, whose last name is given as Chudleigh).
    """
    known = np.flatnonzero(np.all([column.codes >= 0 for column in cells], axis=0))
    if not len(known):
        return
    rows, at = distinct(combined(*(column.codes[known] for column in cells)))
    one_of = np.zeros(len(rows), np.int64)
    one_of[at] = known
    asides = [Aside()]
    for row in progress.through(one_of.tolist()):
        full, first, last = (column.words[column.codes[row]] for column in cells)
        between = words_between(full, first, last)
        family = [word for word in between if word in words[1].numbers and word not in words[0].numbers]
        given = [word for word in between if word not in family]
        asides.append(Aside("".join(given[:1]), "".join(family[:1])))
    place = np.zeros(len(names.given), np.int64)
    place[known] = at + 1
    _add_others(names, asides, place, words)


def _surnames(parts: Iterable[tuple[str, ...]], at: Ints, words: Vocabularies) -> tuple[Ints, Ints, Ints]:
    """The whole surname and the two halves of a double one."""
    kept = [() if is_role("".join(names)) else names for names in parts]
    double = [names if len(names) > 1 and min(len(names[0]), len(names[-1])) >= LEAST_HALF else ("", "")
              for names in kept]  # fmt: skip
    forms = (["".join(names) for names in kept], [names[0] for names in double], [names[-1] for names in double])
    whole, front, back = (words[1].all(form)[at] for form in forms)
    return whole, front, back


def _forms_of_one(first: Ints, other: Ints, words: Texts) -> Flags:
    """True where a further given name is but a form of the first, which comparing finds without it."""
    out = np.asarray(first == other, np.bool_)
    for at in np.flatnonzero((first >= 0) & (other >= 0) & ~out).tolist():
        one, two = words[first[at]], words[other[at]]
        out[at] = one.startswith(two[:3]) or bool(forms_of(one) & forms_of(two))
    return out


def _put(names: _Names, rows: Ints, other: _Names) -> None:
    for field in ("given", "middle", "whole", "front", "back", "suffix"):
        getattr(names, field)[rows] = getattr(other, field)


def _person(word: str) -> str:
    return "" if is_role(word) else word


def _nobody(full: Coded, first: Coded, last: Coded, progress: Progress) -> Flags:
    """Mentions whose cells together name no particular person."""
    cells = [_facts(column, progress) for column in (full, first, last)]
    whole, given, family = cells
    words = whole["words"] + given["words"] + family["words"]
    marks = whole["marks"] + given["marks"] + family["marks"]
    sure = whole["sure"] + given["sure"] + family["sure"]
    end = np.where(last.codes >= 0, family["unknown"], np.where(
        whole["comma"] > 0, whole["starts"], np.where(given["words"] > 0, given["ends"], whole["ends"])))  # fmt: skip
    unknown = (end > 0) | (whole["doe"] + given["doe"] + family["doe"] > 0)
    roles = whole["roles"] + given["roles"] + family["roles"] == words
    number = whole["number"] + given["number"] + family["number"] > 0
    return np.asarray((words > 0) & (unknown | roles | (sure > 0) | (marks > 1) | ((marks > 0) & number)), np.bool_)


def _facts(column: Coded, progress: Progress) -> dict[str, Ints]:
    """What each mention's cell holds, by name of the fact."""
    parts = [*map(part_of, progress.through(column.words)), Part()]
    return dict(zip(Part._fields, np.array(parts, np.int32).T[:, column.codes], strict=True))
