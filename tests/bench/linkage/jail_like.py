"""The jail-like set at any size and seed: bookings, calls, runs and stays of people who return, with all their errors.

Four sources know different things: the jail most, a dispatch centre a name and perhaps an age. Every error is marked
on its row, so that the bench can say which kind matching finds. Rows of nobody stand among them.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from tests.bench.linkage.jail_people import People, make_people
from tests.bench.linkage.made_set import MadeSet
from tests.bench.linkage.slips import changed, heard, scanned, typed
from tests.bench.linkage.vocabulary import KINDS, LONG_KINDS, TOWNS, Draw, Numbers, Words, usual_names, words

SOURCES = ("County jail", "Dispatch", "Ambulance", "Shelter")
SHARES = (0.45, 0.25, 0.20, 0.10)
NOBODY = 0.015
INSTITUTIONS = ("400 N Courthouse Sq", "1200 Hospital Dr", "77 Mission Way")
NO_HOME = ("Transient", "HOMELESS", "General Delivery", "unknown")
# Share of rows of each source that know the field: jail, dispatch, ambulance, shelter.
KNOWN = {
    "middle_name": (0.75, 0.05, 0.25, 0.30), "dob": (0.96, 0.40, 0.90, 0.90), "age": (0.2, 0.55, 0.5, 0.0),
    "sex": (0.99, 0.60, 0.97, 0.97), "ssn": (0.80, 0.0, 0.25, 0.55), "address": (0.85, 0.50, 0.75, 0.10),
    "phone": (0.40, 0.55, 0.30, 0.25), "person_no": (0.97, 0.0, 0.0, 0.90),
}  # fmt: skip
# How often each error strikes a row it can strike.
RATES = {
    "nickname": 0.06, "typo": 0.05, "by ear": 0.025, "swapped names": 0.008, "other surname": 0.3,
    "half a surname": 0.25, "alias": 0.4, "initial only": 0.015, "birth slip": 0.025,
    "day and month": 0.010, "January 1": 0.006,
    "placeholder date": 0.008, "number slip": 0.02, "other home": 0.18, "no suffix": 0.25, "institution": 0.03,
    "borrowed number": 0.5,
}  # fmt: skip


def jail_like(size: int, seed: int) -> MadeSet:
    """So many rows. The same size and seed give the same rows."""
    draw = np.random.default_rng([seed, size])
    nobody = int(size * NOBODY)
    owner = _owners(size - nobody, draw)
    people = make_people(int(owner.max()) + 1, draw)
    made = _Rows(people, owner, draw).made()
    made = _with_nobody(made, nobody, draw)
    return made.reordered(draw.permutation(size))


def without_numbers(size: int, seed: int) -> MadeSet:
    """The same rows without the sources' own numbers of people."""
    made = jail_like(size, seed)
    del made.columns["person_no"]
    return made


def _owners(size: int, draw: Draw) -> Numbers:
    """The person of each row: half come once, a few come dozens of times."""
    counts = np.minimum(np.ceil(draw.pareto(1.15, size) * 1.1), 60).astype(np.int64)
    counts = np.maximum(counts, 1)
    people = int(np.searchsorted(np.cumsum(counts), size)) + 1
    return np.repeat(np.arange(people), counts[:people])[:size]


class _Rows:
    """Rows in the making: true values first, then each kind of error on some of them."""

    def __init__(self, people: People, owner: Numbers, draw: Draw) -> None:
        self.people, self.owner, self.draw, self.size = people, owner, draw, len(owner)
        self.source = draw.choice(len(SOURCES), self.size, p=SHARES)
        self.slips: dict[str, NDArray[np.bool_]] = {}
        self.first, self.last = people.given[owner].copy(), people.surname[owner].copy()
        self.middle, self.suffix = people.middle[owner].copy(), people.suffix[owner].copy()
        self.birth, self.ssn = people.birth[owner].copy(), people.ssn[owner].copy()
        self.phone, self.address = people.phone[owner].copy(), people.homes[0][owner].copy()

    def some(self, kind: str, can: NDArray[np.bool_] | None = None) -> Numbers:
        """Rows struck by an error, which is noted."""
        struck = self.draw.random(self.size) < RATES[kind]
        if can is not None:
            struck &= can
        self.slips[kind] = struck
        return np.flatnonzero(struck)

    def made(self) -> MadeSet:
        self._names()
        self._homes()
        self._numbers()
        columns = self._columns()
        return MadeSet(columns, self.owner.copy(), self.slips, self.people.traps)

    def _names(self) -> None:
        people, owner, draw = self.people, self.owner, self.draw
        called = usual_names()
        at = self.some("nickname", np.isin(self.first, words(list(called))))
        self.first[at] = words([called[name][int(draw.integers(0, len(called[name])))] for name in self.first[at]])
        at = self.some("other surname", people.other_surname[owner] != "")
        self.last[at] = people.other_surname[owner[at]]
        at = self.some("half a surname", np.array([" " in name or "-" in name for name in self.last], np.bool_))
        halves = [str(name).replace("-", " ").split() for name in self.last[at]]
        self.last[at] = words([parts[int(draw.random() < 0.25)] if len(parts) > 1 else parts[0] for parts in halves])
        at = self.some("alias", (people.alias[owner] != "") & (self.source == 0))
        self.first[at] = people.alias[owner[at]]
        self.last[at] = people.surname[(owner[at] * 7 + 13) % len(people.surname)]
        self._pen("typo", typed)
        self._pen("by ear", heard)
        at = self.some("initial only", np.isin(self.source, (1, 2)))
        self.first[at] = words([name[:1] for name in self.first[at]])
        at = self.some("no suffix", self.suffix != "")
        self.suffix[at] = ""
        at = self.some("swapped names")
        self.first[at], self.last[at] = self.last[at], self.first[at]

    def _pen(self, kind: str, change: Callable[[str, Draw], str]) -> None:
        at = self.some(kind)
        given = self.draw.random(len(at)) < 0.45
        changed(self.first, at[given], change, self.draw)
        changed(self.last, at[~given], change, self.draw)

    def _homes(self) -> None:
        draw = self.draw
        at = self.some("other home")
        which = draw.integers(1, len(self.people.homes), len(at))
        for number in range(1, len(self.people.homes)):
            mine = at[which == number]
            self.address[mine] = self.people.homes[number][self.owner[mine]]
        wordy = np.flatnonzero(draw.random(self.size) < 0.2)
        table = dict(zip(KINDS, LONG_KINDS, strict=True))
        self.address[wordy] = words(
            [" ".join(table.get(word, word) for word in text.split()) for text in self.address[wordy]]
        )
        slip = np.flatnonzero(draw.random(self.size) < 0.04)
        changed(self.address, slip, typed, draw)
        at = self.some("institution")
        self.address[at] = words(list(INSTITUTIONS))[draw.integers(0, len(INSTITUTIONS), len(at))]
        shelter = np.flatnonzero(self.source == 3)
        self.address[shelter] = np.where(draw.random(len(shelter)) < 0.6, INSTITUTIONS[2], self.address[shelter])
        none = np.flatnonzero(draw.random(self.size) < 0.03)
        self.address[none] = words(list(NO_HOME))[draw.integers(0, len(NO_HOME), len(none))]

    def _numbers(self) -> None:
        draw = self.draw
        at = self.some("borrowed number", self.people.borrowed[self.owner] >= 0)
        self.ssn[at] = self.people.ssn[self.people.borrowed[self.owner[at]]]
        changed(self.ssn, self.some("number slip"), scanned, draw)
        false = np.flatnonzero(draw.random(self.size) < 0.01)
        self.ssn[false] = words(["000-00-0000", "999-99-9999", "123-45-6789", "XXX-XX-0000"])[
            draw.integers(0, 4, len(false))
        ]
        at = self.some("birth slip")
        self.birth[at] = [_slipped(date, draw) for date in self.birth[at].tolist()]
        at = self.some("day and month", self.birth % 100 <= 12)
        y, m, d = self.birth[at] // 10000, self.birth[at] // 100 % 100, self.birth[at] % 100
        self.birth[at] = y * 10000 + d * 100 + m
        at = self.some("January 1")
        self.birth[at] = self.birth[at] // 10000 * 10000 + 101
        at = self.some("placeholder date")
        self.birth[at] = np.where(draw.random(len(at)) < 0.5, 19000101, 19700101)

    def _columns(self) -> dict[str, Words]:
        draw, source = self.draw, self.source

        def known(name: str) -> NDArray[np.bool_]:
            return np.asarray(draw.random(self.size) < np.array(KNOWN[name])[source], np.bool_)

        has_birth, blank = known("dob"), words([""])[0]
        age = _ages(self.people.birth[self.owner], draw)
        no_birth = ~has_birth
        has_age = known("age")
        self.slips["age only"], self.slips["no birth date"] = no_birth & has_age, no_birth & ~has_age
        sex = np.where(self.people.male[self.owner], "M", "F").astype(object)
        number = self._person_numbers()
        town = words(TOWNS)[self.people.town[self.owner]]
        home = known("address")
        initial = np.array([name[:1] for name in self.middle], dtype=object)
        middle = np.where(draw.random(self.size) < 0.5, initial, self.middle)
        return {
            "record_no": words([f"R{at:07d}" for at in range(self.size)]),
            "source": words(list(SOURCES))[source],
            "person_no": np.where(known("person_no"), number, blank),
            "first_name": self.first,
            "middle_name": np.where(known("middle_name"), middle, ""),
            "last_name": self.last,
            "suffix": self.suffix,
            "dob": np.where(has_birth, _written(self.birth, source), ""),
            "age": np.where(has_age, age.astype(str).astype(object), ""),
            "sex": np.where(known("sex"), sex, ""),
            "ssn": np.where(known("ssn"), self.ssn, ""),
            "address": np.where(home, self.address, ""),
            "city": np.where(home, town, ""),
            "zip": np.where(home, words([f"67{n:03d}" for n in range(101, 113)])[self.people.town[self.owner]], ""),
            "phone": np.where(known("phone"), self.phone, ""),
        }  # fmt: skip

    def _person_numbers(self) -> Words:
        """Each source's own number of the person; three in a hundred people have been given a second one."""
        second = (self.draw.random(len(self.people.birth)) < 0.03)[self.owner] & (self.draw.random(self.size) < 0.5)
        # a fixed stride spreads the numbers, so that two are hardly ever a slip apart
        base = (self.owner * 2 + second) * 7919 % 99_999_989
        return words([f"{'J' if kind == 0 else 'S'}{number:08d}" for kind, number in
                      zip(self.source.tolist(), base.tolist(), strict=True)])  # fmt: skip


def _slipped(date: int, draw: Draw) -> int:
    """One digit of a date beside the right one, such that it stays a date to look at."""
    y, m, d = date // 10000, date // 100 % 100, date % 100
    kind = int(draw.integers(0, 4))
    if kind == 0:
        y += int(draw.choice([-10, -1, 1, 10]))
    elif kind == 1:
        m = m % 12 + 1
    elif kind == 2:
        d = d % 28 + 1
    else:
        d = (d + 9) % 28 + 1
    return y * 10000 + m * 100 + d


def _ages(birth: Numbers, draw: Draw) -> Numbers:
    """Age on a day of the last two years."""
    day = draw.integers(2024, 2026, len(birth)) * 10000 + draw.integers(1, 13, len(birth)) * 100 + 15
    return np.asarray((day - birth) // 10000, np.int64)


def _written(birth: Numbers, source: Numbers) -> Words:
    """Dates as each source writes them."""
    y, m, d = birth // 10000, birth // 100 % 100, birth % 100
    rows = zip(y.tolist(), m.tolist(), d.tolist(), source.tolist(), strict=True)
    return words([f"{b:02d}/{c:02d}/{a}" if s in (0, 2) else f"{a}-{b:02d}-{c:02d}" for a, b, c, s in rows])


_NOBODIES = (
    ("John", "Doe"), ("Jane", "Doe"), ("John", "Doe"), ("Unknown", "Unknown"), ("UNK", "UNK"), ("Anonymous", ""),
    ("Unknown", "Male"), ("Baby Boy", "Unknown"), ("Caller", "Anonymous"), ("", "Verizon Wireless"), ("Engine", "2"),
    ("Medic", "51"), ("", "Walmart"), ("Unidentified", "Person"), ("X", "X"), ("Refused", "Refused"), ("Doe", "John"),
    ("", "Sheriff Dept"),
)  # fmt: skip


def _with_nobody(made: MadeSet, size: int, draw: Draw) -> MadeSet:
    """The rows and, behind them, rows of John Doe, Unknown, units and businesses, each with what such rows carry."""
    pick = draw.integers(0, len(_NOBODIES), size)
    blank = words([""] * size)
    columns = {name: blank.copy() for name in made.columns}
    columns["record_no"] = words([f"N{at:07d}" for at in range(size)])
    columns["source"] = words(list(SOURCES))[draw.choice(len(SOURCES), size, p=(0.4, 0.35, 0.2, 0.05))]
    columns["first_name"] = words([first for first, _ in _NOBODIES])[pick]
    columns["last_name"] = words([last for _, last in _NOBODIES])[pick]
    columns["dob"] = words(["01/01/1900", "1900-01-01", "01/01/1970", "", ""])[draw.integers(0, 5, size)]
    columns["ssn"] = words(["000-00-0000", "999-99-9999", "", ""])[draw.integers(0, 4, size)]
    columns["sex"] = words(["M", "F", "U"])[draw.integers(0, 3, size)]
    columns["address"] = words([*INSTITUTIONS, "unknown", ""])[draw.integers(0, 5, size)]
    joined = {name: np.concatenate([column, columns[name]]) for name, column in made.columns.items()}
    person = np.concatenate([made.person, -1 - np.arange(size)])
    nothing = np.zeros(size, np.bool_)
    return MadeSet(
        joined, person, {name: np.concatenate([rows, nothing]) for name, rows in made.slips.items()}, made.traps
    )
