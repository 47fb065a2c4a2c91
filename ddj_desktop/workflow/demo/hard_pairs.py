"""The planted hard pairs: different people who look alike, and single people whose records do not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from ddj_desktop.workflow.demo.chance import Chance
from ddj_desktop.workflow.demo.contacts import YEARS
from ddj_desktop.workflow.demo.people import AS_OF, FIRST_DAY, Person
from ddj_desktop.workflow.demo.plan import Plan


@dataclass(frozen=True)
class HardPair:
    """Two people who must stay two (`left` and `right` differ), or one whose records must come together."""

    kind: str
    left: str
    right: str


_ONE_PERSON: tuple[tuple[str, int, dict[str, tuple[str, ...]]], ...] = (
    ("swapped names", 3, {"ems": ("swapped names",)}),
    ("nickname", 3, {"dispatch": ("nickname",), "ems": ("nickname",), "co_responder": ("nickname",)}),
    ("typo", 3, {"ems": ("typo last",), "hospital": ("typo first",)}),
    ("day and month swapped", 3, {"ems": ("day and month swapped",), "hospital": ("day and month swapped",)}),
    ("one digit of the birth date", 2, {"ems": ("birth digit",), "dispatch": ("birth digit",)}),
    ("double surname", 3, {"ems": ("first half",), "hospital": ("second half",), "jail": ("hyphen",)}),
    ("alias", 2, {"jail": ("alias",)}),
)


class PairPlanter:
    """Chooses the people, bends their particulars where the pair asks for it, and plans a few contacts for them."""

    def __init__(self, seed: int, people: list[Person], plan: Plan) -> None:
        self._chance = Chance.of(seed, "hard pairs")
        self._plan = plan
        self._adults = [p for p in people if p.resident and 21 <= p.age_on(AS_OF) <= 66]
        self._houses: dict[int, list[Person]] = defaultdict(list)
        for person in self._adults:
            self._houses[person.household].append(person)
        shuffled = list(self._adults)
        self._chance.shuffle(shuffled)
        self._order: Iterator[Person] = iter(shuffled)
        self.pairs: list[HardPair] = []

    def plant(self) -> list[HardPair]:
        """About forty pairs."""
        self._make_twins()
        self._relatives("twin", 5, lambda a, b: a.born == b.born and a.sex == b.sex)
        self._relatives("suffix pair", 6, lambda a, b: a.first == b.first and a.born != b.born)
        self._strangers()
        self._brides()
        for kind, count, troubles in _ONE_PERSON:
            for _ in range(count):
                person = self._next(lambda p, kind=kind: _suits(p, kind))  # type: ignore[misc]
                person.troubles = dict(troubles)
                self._take(kind, person, person)
        return self.pairs

    def _next(self, suits: Callable[[Person], bool]) -> Person:
        return next(p for p in self._order if p.person_id not in self._plan.reserved and not p.marks and suits(p))

    def _take(self, kind: str, left: Person, right: Person) -> None:
        self.pairs.append(HardPair(kind, left.person_id, right.person_id))
        for person in dict.fromkeys((left.person_id, right.person_id)):
            self._plan.reserved.add(person)
            for year in (YEARS - 2, YEARS - 1):
                for table in (self._plan.bookings, self._plan.runs, self._plan.crisis, self._plan.visits):
                    table[person, year] = 1
        for one in (left, right):
            one.marks.append("hard pair")

    def _make_twins(self) -> None:
        """Five pairs of grown siblings of one sex become twins: few are born, and all are to be met as adults."""
        made = 0
        for house in self._houses.values():
            young = [p for p in house if p.age_on(AS_OF) < 45 and not p.marks]
            for left, right in pairwise(young):
                siblings = left.last == right.last and left.sex == right.sex and left.first != right.first
                siblings = siblings and abs((left.born - right.born).days) < 3650
                if siblings and made < 5 and not left.marks:
                    right.born = left.born
                    left.marks.append("twin")
                    right.marks.append("twin")
                    made += 1

    def _relatives(self, mark: str, count: int, alike: Callable[[Person, Person], bool]) -> None:
        """Twins, and fathers and sons of one name; every second father and son lack the suffix outside the jail."""
        found = [
            (a, b)
            for house in self._houses.values()
            for i, a in enumerate(house)
            for b in house[i + 1 :]
            if mark in a.marks and mark in b.marks and alike(a, b)
        ]
        for index, (left, right) in enumerate(found[:count]):
            if mark == "suffix pair" and index % 2:
                for person in (left, right):
                    person.troubles = {s: ("no suffix",) for s in ("ems", "dispatch", "hospital", "co_responder")}
            self._take(mark, left, right)

    def _strangers(self) -> None:
        """Unrelated people of one name: with one birth date, with one last four, or one using the other's number."""
        for kind, count in (("common name and birth date", 3), ("same last four", 3), ("borrowed number", 2)):
            for _ in range(count):
                left = self._next(lambda p: " " not in p.last and not p.former_last)
                right = self._next(
                    lambda p, left=left: (  # type: ignore[misc]
                        p.sex == left.sex and p.hispanic == left.hispanic and p.household != left.household
                    )
                )
                if kind == "common name and birth date":
                    right.first, right.last, right.born, right.usual = left.first, left.last, left.born, ""
                elif kind == "same last four":
                    right.first, right.last, right.usual = left.first, left.last, ""
                    right.ssn = right.ssn[:5] + left.ssn[5:]
                else:
                    right.troubles = {"jail": (f"borrowed number {left.ssn}",)}
                right.former_last, right.renamed_on = "", None
                self._take(kind, left, right)

    def _brides(self) -> None:
        """Women who changed their name within the three years, met before and after."""
        for _ in range(4):
            bride = self._next(lambda p: p.renamed_on is not None and p.born.year > 1970)
            bride.renamed_on = date(FIRST_DAY.year + 2, 11, 1)
            self._take("married name", bride, bride)


def _suits(person: Person, kind: str) -> bool:
    """Whether a person can show the trouble."""
    if kind == "double surname":
        return person.hispanic and " " in person.last and not person.former_last
    if kind == "nickname":
        return bool(person.usual)
    if kind == "day and month swapped":
        return person.born.day <= 12 and person.born.day != person.born.month
    return " " not in person.last and not person.former_last
