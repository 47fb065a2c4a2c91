"""Which numbers an agency knows without being told, because they are counts of its own system: of the month of a
release, and of every month before it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ddj_desktop.disclosure.joint import Joint
from ddj_desktop.disclosure.names import FIXED_TRAITS, OF_LIST, TABLES_OF_TRAIT
from ddj_desktop.disclosure.system import System
from ddj_desktop.measures.types import MonthFigures

JAIL_TABLE, ON_THE_LIST = "jail_days_by_month", OF_LIST.removeprefix("|")
MOVES = frozenset({"people_on_list", "people_on_list_last_month", "people_new", "people_returned", "people_left",
                   "people_continuing"})  # fmt: skip


@dataclass(frozen=True)
class Agency:
    """What tells whether a number is of this agency's own system."""

    kind: str
    makes: frozenset[int]
    """The definitions that look at its system and at no other, so that it can tell who is on their lists."""
    says: frozenset[str]
    """Tables of fixed traits that its own records fill."""

    def knows(self, meaning: str) -> bool:
        """Whether the number that says this is known to it, in whichever month it was printed."""
        whose, _, name, *where = meaning.split("|")
        if self._of_all(name, where):
            return True
        return whose.isdigit() and int(whose) in self.makes and self._of_list(name, where)

    def _of_all(self, name: str, where: list[str]) -> bool:
        """What its system holds, whoever is on the list."""
        if self.kind == "jail" and (name.startswith("concentration_") or (name == JAIL_TABLE and where[-1] == "total")):
            return True
        return name in (f"contacts_{self.kind}", f"days_{self.kind}") and where == ["of"]

    def _of_list(self, name: str, where: list[str]) -> bool:
        """How long the list is, how it moved, who by a trait of its own records, and what they had in this system."""
        if name == "by_month":
            return True
        if name == JAIL_TABLE or name in self.says:
            return where[-1] == ON_THE_LIST
        own = MOVES | {f"{unit}_{self.kind}" for unit in ("people", "contacts", "days")}
        return name in own and where == ["count"]


def known_by_owners(
    figures: MonthFigures, joint: Joint, list_makers: Mapping[int, frozenset[str]], threshold: int
) -> tuple[frozenset[int], ...]:
    """For each kind of source in the month, the places in the joint system of the numbers its agency is supposed to
    know exactly.

    It knows all that its own system holds, of this month and of every month that an earlier release tells of, and
    whatever follows from that alone (privacy reference 0.7 and 1.4). Who is on a list it can tell only where the
    definition looks at no other system: `list_makers` are, by definition, the kinds of source it looks at.
    """
    kinds = sorted(name.removeprefix("contacts_") for name in figures.figures if name.startswith("contacts_"))
    found = []
    for kind in kinds:
        makes = frozenset(definition for definition, kinds in list_makers.items() if kinds == {kind})
        agency = Agency(kind, makes, _said(figures, kind, threshold))
        own = {place for meaning, places in joint.meanings.items() if agency.knows(meaning) for place in places}
        found.append(frozenset(_and_what_follows(own, joint.system)))
    return tuple(found)


def told_again(joint: Joint) -> frozenset[int]:
    """The length of the list in each month. Later packets tell of it again in their series, and each narrows what
    rounding leaves open of it; tables of this packet that are not tied to later ones must hold when it is known."""
    length = {place for meaning, places in joint.meanings.items() if _is_length(meaning) for place in places}
    return frozenset(_and_what_follows(length, joint.system))


def _is_length(meaning: str) -> bool:
    _, _, name, *where = meaning.split("|")
    return name == "by_month" and where[-1] == ON_THE_LIST


def told_by_others(figures: MonthFigures, list_makers: Mapping[int, frozenset[str]], threshold: int) -> dict[str, str]:
    """Tables of fixed traits that can not leave, with the kind of source in whose way that stands.

    An agency that alone makes the list knows its people by name, month after month. Whatever its own records do not
    say of them it would learn from a table of that trait: as few as came and left since any earlier packet part the
    groups of both, so that no hiding in one month holds for all (decision 9). Where its records say the trait of all
    but fewer than `threshold` - 1 people, they narrow each group more than any number hidden has to be, and the table
    tells it nothing.
    """
    makers = list_makers.get(figures.definition_id, frozenset())
    if len(makers) != 1:
        return {}
    (kind,) = makers
    return {table: kind for name, tables in TABLES_OF_TRAIT.items() if name not in _said(figures, kind, threshold)
            for table in tables}  # fmt: skip


def _said(figures: MonthFigures, kind: str, threshold: int) -> frozenset[str]:
    return frozenset(name for name in FIXED_TRAITS if figures.silent.get((name, kind), threshold) < threshold - 1)


def _and_what_follows(known: set[int], system: System) -> set[int]:
    """What somebody knows who knows these: the last unknown of an equation follows from the others."""
    before = -1
    while len(known) > before:
        before = len(known)
        for terms in system.equations:
            rest = [place for place, _ in terms if place not in known]
            if len(rest) == 1:
                known.add(rest[0])
    return known
