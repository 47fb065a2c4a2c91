"""The people of the jail-like set: who they are, where they lived, and who is easily taken for whom."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tests.bench.linkage.vocabulary import Draw, Numbers, Words, given_names, streets, surnames, words

TWINS, JUNIORS, NAMESAKES, BORROWERS = 0.006, 0.008, 0.003, 0.002
"""Shares of people that are made the other half of a pair."""
HOMES = 3
"""Homes a person has over the years; the first is where most of their records say they live."""


@dataclass
class People:
    """One entry a person."""

    male: np.ndarray[tuple[int], np.dtype[np.bool_]]
    given: Words
    middle: Words
    surname: Words
    other_surname: Words
    """Maiden or married name; "" for those who have but one."""
    alias: Words
    """A given name they also go by, with another's surname; "" for most."""
    suffix: Words
    birth: Numbers
    """yyyymmdd."""
    ssn: Words
    phone: Words
    homes: tuple[Words, ...]
    town: Numbers
    borrowed: Numbers
    """Whose number they now and then give; -1 for most."""
    traps: dict[str, list[tuple[int, int]]]


def make_people(size: int, draw: Draw) -> People:
    """So many people, with the pairs that are hard to tell apart among them."""
    male, hispanic = draw.random(size) < 0.68, draw.random(size) < 0.22
    year = np.clip(draw.normal(1985, 12.5, size).astype(np.int64), 1938, 2008)
    birth = year * 10000 + draw.integers(1, 13, size) * 100 + draw.integers(1, 29, size)
    surname, second = surnames(hispanic, draw), surnames(hispanic, draw)
    double = (hispanic & (draw.random(size) < 0.45)) | (~hispanic & ~male & (draw.random(size) < 0.03))
    both = np.where(hispanic, surname + " " + second, surname + "-" + second)
    married = ~male & ~double & (draw.random(size) < 0.35)
    people = People(
        male, given_names(male, hispanic, year, draw), given_names(male, hispanic, year, draw),
        np.where(double, both, surname), np.where(married, second, ""),
        np.where(draw.random(size) < 0.03, given_names(male, hispanic, year, draw), ""), words([""] * size),
        birth, _numbers(size, draw), _phones(size, draw), tuple(streets(size, draw) for _ in range(HOMES)),
        draw.integers(0, 12, size), np.full(size, -1, np.int64), {},
    )  # fmt: skip
    people.middle[draw.random(size) < 0.18] = ""
    _households(people, draw)
    _hard_pairs(people, draw)
    return people


def _numbers(size: int, draw: Draw) -> Words:
    """Social security numbers, hardly ever two alike."""
    area, group, serial = draw.integers(1, 666, size), draw.integers(1, 100, size), draw.integers(1, 9999, size)
    return words([f"{a:03d}-{g:02d}-{s:04d}" for a, g, s in
                  zip(area.tolist(), group.tolist(), serial.tolist(), strict=True)])  # fmt: skip


def _phones(size: int, draw: Draw) -> Words:
    rows = zip(draw.integers(200, 999, size).tolist(), draw.integers(0, 9999, size).tolist(), strict=True)
    return words([f"620-{a}-{b:04d}" for a, b in rows])


def _households(people: People, draw: Draw) -> None:
    """A quarter of people live with the one before them; half of those share surname and telephone too."""
    size = len(people.birth)
    at = np.flatnonzero(draw.random(size) < 0.25)
    at = at[at > 0]
    people.homes[0][at] = people.homes[0][at - 1]
    people.town[at] = people.town[at - 1]
    kin = at[draw.random(len(at)) < 0.5]
    people.surname[kin], people.phone[kin] = people.surname[kin - 1], people.phone[kin - 1]


def _hard_pairs(people: People, draw: Draw) -> None:
    """Plant the pairs: places 4k are changed into the other half of 4k + 1, so that no person is in two pairs."""
    size = len(people.birth)
    first = draw.permutation(np.arange(0, size - 3, 4))
    edges = np.cumsum([int(size * share) for share in (TWINS, JUNIORS, NAMESAKES, BORROWERS)])
    twins, juniors, namesakes, borrowers = (part[: len(part)] for part in np.split(first[: edges[-1]], edges[:-1]))
    _twins(people, twins, draw)
    _juniors(people, juniors, draw)
    for name in ("given", "surname", "birth", "male"):
        column = getattr(people, name)
        column[namesakes] = column[namesakes + 1]
    people.other_surname[namesakes] = ""
    people.traps["one name and birth date"] = _pairs(namesakes)
    people.borrowed[borrowers] = borrowers + 1
    people.traps["borrowed number"] = _pairs(borrowers)


def _twins(people: People, at: Numbers, draw: Draw) -> None:
    for column in (people.surname, people.birth, people.homes[0], people.town, people.phone):
        column[at] = column[at + 1]
    people.other_surname[at] = people.other_surname[at + 1] = ""
    same = people.given[at] == people.given[at + 1]
    people.given[at[same]] = np.where(people.given[at[same]] == "Dana", "Robin", "Dana")
    letter = np.array([a[0] == b[0] for a, b in zip(people.given[at], people.given[at + 1], strict=True)], np.bool_)
    for place in at[~letter][: len(at) // 2].tolist():  # half of them with one initial
        other = str(people.given[place + 1])
        pool = [name for name in set(people.given[:4000]) if name[0] == other[0] and name != other]
        people.given[place] = sorted(pool)[int(draw.integers(0, len(pool)))] if pool else people.given[place]
    start = np.array([a[0] == b[0] for a, b in zip(people.given[at], people.given[at + 1], strict=True)], np.bool_)
    people.traps["twins"] = _pairs(at[~start])
    people.traps["twins of one initial"] = _pairs(at[start])


def _juniors(people: People, at: Numbers, draw: Draw) -> None:
    """Father and son of one name; half are written with their suffix, half never are."""
    for column in (people.given, people.surname, people.homes[0], people.town, people.phone):
        column[at] = column[at + 1]
    people.male[at] = people.male[at + 1] = True
    people.other_surname[at] = people.other_surname[at + 1] = ""
    people.birth[at + 1] = draw.integers(1945, 1975, len(at)) * 10000 + people.birth[at + 1] % 10000
    people.birth[at] = (people.birth[at + 1] // 10000 + draw.integers(19, 34, len(at))) * 10000 + people.birth[
        at
    ] % 10000
    named = at[: len(at) // 2]
    people.suffix[named], people.suffix[named + 1] = "Jr", "Sr"
    people.traps["father and son, suffix"] = _pairs(named)
    people.traps["father and son, no suffix"] = _pairs(at[len(at) // 2 :])


def _pairs(at: Numbers) -> list[tuple[int, int]]:
    return [(int(place), int(place) + 1) for place in at]
