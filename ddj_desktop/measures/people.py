"""Everyone known in a month, one line each: on the list or not, and the groups they are counted in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from ddj_desktop.kernel.dates import Span
from ddj_desktop.measures import race
from ddj_desktop.measures.race_said import RaceSaid, race_said
from ddj_desktop.store.lane import Lane
from ddj_desktop.store.sql import sql

ON_LIST, OTHERS = "On the list", "Everyone else"
NOT_RECORDED = race.NOT_RECORDED
NO_CONTACT = "None in these months"

KIND_WORDS = {
    "jail": "Jail", "arrest": "Arrests", "dispatch": "911", "co_responder": "Co-responder", "ems": "EMS",
    "hospital": "Hospital", "shelter": "Shelter", "treatment": "Treatment", "court": "Court", "probation": "Probation",
}  # fmt: skip
"""Source kinds as headings, in the order they are printed."""

AGES = ("Under 18", "18 to 29", "30 to 44", "45 to 59", "60 and over", NOT_RECORDED)
"""Privacy reference 1.6: bands wide enough to be shown in a small county."""
SEXES = {"F": "Female", "M": "Male", "X": "Another", "": NOT_RECORDED}
HOUSING = {1: "Homeless", 0: "Not homeless", -1: NOT_RECORDED}
YES_NO = {1: "Yes", 0: "No", -1: NOT_RECORDED}
SYSTEMS = ("One", "Two", "Three", "Four or more", NO_CONTACT)


def kind_words(kind: str) -> str:
    """A source kind as a heading: `EMS`."""
    return KIND_WORDS.get(kind, kind.replace("_", " ").capitalize())


def kinds_in_order(kinds: Sequence[str]) -> list[str]:
    """Source kinds in the order they are printed."""
    order = list(KIND_WORDS)
    return sorted(set(kinds), key=lambda kind: (order.index(kind) if kind in order else len(order), kind))


@cache
def _in_order(kinds: str) -> str:
    """`ems+jail` in the order kinds are printed: `jail+ems`; many people share one of few combinations."""
    return "+".join(kinds_in_order(kinds.split("+"))) if kinds else ""


@dataclass(frozen=True)
class Person:
    """One person as counted."""

    person_id: int
    on_list: bool
    kinds: str
    """Kinds of source with a contact in the window: 'ems+jail'; '' where there is none."""
    groups: tuple[str, ...]
    """Which row of each table of CHARACTERISTICS."""


@dataclass(frozen=True)
class Characteristic:
    """A table that compares the list with everyone else."""

    name: str
    words: str
    row_title: str
    rows: tuple[str, ...]
    of: Callable[[dict[str, Any]], str]
    """The row somebody belongs to, from their line of `people.sql`."""
    note: str = ""


def _age(line: dict[str, Any]) -> str:
    for upto, words in ((-1, NOT_RECORDED), (17, AGES[0]), (29, AGES[1]), (44, AGES[2]), (59, AGES[3])):
        if line["age"] <= upto:
            return words
    return AGES[4]


def _systems(line: dict[str, Any]) -> str:
    return SYSTEMS[min(line["systems"], 4) - 1] if line["systems"] else NO_CONTACT


FLAG_NOTE = "Yes where any contact of these months says yes; no where only no was recorded."
CHARACTERISTICS = (
    Characteristic("by_age", "Age", "Age on the last day", AGES, _age,
                   "By the birth date most of a person's records give, else the youngest age they allow."),
    Characteristic("by_sex", "Sex", "Sex", tuple(SEXES.values()), lambda line: SEXES[line["sex"]],
                   "As recorded last."),
    Characteristic("by_race", "Race and ethnicity", "Race or ethnicity", race.GROUPS, lambda line: line["race"],
                   "By the county's rule for what systems say, often what an officer saw; not every source has a code "
                   "for every group."),
    Characteristic("by_housing", "Housing", "Housing", tuple(HOUSING.values()), lambda line: HOUSING[line["homeless"]],
                   FLAG_NOTE),
    Characteristic("by_mental_health", "Mental health need recorded", "Mental health", tuple(YES_NO.values()),
                   lambda line: YES_NO[line["mental_health"]], FLAG_NOTE),
    Characteristic("by_substance_use", "Alcohol or drug use recorded", "Alcohol or drugs", tuple(YES_NO.values()),
                   lambda line: YES_NO[line["substance_use"]], FLAG_NOTE),
    Characteristic("systems", "How many systems people were in contact with", "Systems", SYSTEMS, _systems,
                   "Kinds of source with at least one contact in these months."),
)  # fmt: skip


_PLACE = {table.name: place for place, table in enumerate(CHARACTERISTICS)}


@dataclass(frozen=True)
class Everyone:
    """All people known in a month: with a contact in the window, or on the list."""

    people: tuple[Person, ...]
    said: RaceSaid
    """What systems say of their race."""

    @cached_property
    def on_list(self) -> tuple[Person, ...]:
        """Those on the list."""
        return tuple(person for person in self.people if person.on_list)

    @cached_property
    def alike(self) -> Counter[tuple[tuple[str, ...], str, bool]]:
        """How many share the same groups, kinds and side. Few answers are different, so that every table is drawn from
        these instead of from everyone."""
        return Counter((person.groups, person.kinds, person.on_list) for person in self.people)

    def by(self, races: Mapping[int, str]) -> Counter[tuple[str, str, bool]]:
        """How many share a group of `races` (NOT_RECORDED for whom it does not name), kinds and side."""
        ids, kinds, sides = self._columns
        return Counter(zip([races.get(one, NOT_RECORDED) for one in ids], kinds, sides, strict=True))

    @cached_property
    def _columns(self) -> tuple[list[int], list[str], list[bool]]:
        return ([p.person_id for p in self.people], [p.kinds for p in self.people], [p.on_list for p in self.people])

    def place(self, table: str) -> int:
        """Where a table of CHARACTERISTICS stands in a person's groups."""
        return _PLACE[table]

    def chosen(self, side: str, **where: str) -> list[int]:
        """Ids of those on one side (`list`, `others`, `known`), in a row of a table: `by_age='18 to 29'` (several rows
        parted by `|`), `kind='ems'` (with a contact there), `kinds='ems+jail'` (exactly these)."""
        sides = {"list": (True,), "others": (False,), "known": (True, False)}[side]
        return [p.person_id for p in self.people if p.on_list in sides and _is_in(p, where)]

    def table(self, place: int) -> tuple[tuple[int, ...], ...]:
        """Counts of one characteristic: rows in its order, on the list and everyone else."""
        found: Counter[tuple[str, bool]] = Counter()
        for (groups, _, on_list), number in self.alike.items():
            found[groups[place], on_list] += number
        return tuple((found[row, True], found[row, False]) for row in CHARACTERISTICS[place].rows)

    def combinations(self) -> list[str]:
        """Every combination of kinds among people on the list, few systems first, in the order kinds are printed."""
        order = list(KIND_WORDS)

        def key(kinds: str) -> tuple[int, list[int], str]:
            names = kinds.split("+") if kinds else []
            return len(names), [order.index(name) if name in order else len(order) for name in names], kinds

        return sorted({person.kinds for person in self.on_list}, key=key)


def _is_in(person: Person, where: dict[str, str]) -> bool:
    for name, value in where.items():
        if name == "kind":
            fits = set(value.split("+")) <= set(person.kinds.split("+"))
        elif name == "kinds":
            fits = person.kinds == value
        else:
            fits = person.groups[_PLACE[name]] in value.split("|")
        if not fits:
            return False
    return True


def everyone(lane: Lane, members: Sequence[int], window: Span) -> Everyone:
    """Load all people of a month."""
    said = race_said(lane, members, window)
    races = said.settled()
    found = lane.columns(sql("measures", "people"), members=list(members), first=window.first, last=window.last)
    ids, on_list, kinds = (found[name].tolist() for name in ("person_id", "on_list", "kinds"))
    traits = zip(*(found[name].tolist() for name in _TRAITS), (races.get(i, NOT_RECORDED) for i in ids), strict=True)
    people = zip(ids, on_list, map(_in_order, kinds), map(_groups, traits), strict=True)
    return Everyone(tuple(Person(*one) for one in people), said)


_TRAITS = ("age", "sex", "homeless", "mental_health", "substance_use", "systems")
"""Columns of `people.sql` that groups are made of; race comes from what systems say."""


@cache
def _groups(traits: tuple[Any, ...]) -> tuple[str, ...]:
    """The row of each table of CHARACTERISTICS that somebody with these traits is in; many people share one answer."""
    line = dict(zip((*_TRAITS, "race"), traits, strict=True))
    return tuple(table.of(line) for table in CHARACTERISTICS)
