"""Which numbers of a month an agency knows without being told, because they are counts of its own system."""

from __future__ import annotations

from collections.abc import Mapping

from ddj_desktop.disclosure.names import key_of
from ddj_desktop.disclosure.system import System
from ddj_desktop.measures.types import TOTAL, At, MonthFigures

JAIL_TABLE = "jail_days_by_month"


def known_by_owners(
    figures: MonthFigures, system: System, places: Mapping[str, int], list_makers: frozenset[str] = frozenset()
) -> tuple[frozenset[int], ...]:
    """For each kind of source in the month, the places of the numbers its agency is supposed to know exactly.

    It knows all that its own system holds, by month and over the year, and whatever follows from that alone (privacy
    reference 0.7 and 1.4). Who is on the list it can tell only where the definition looks at no other system:
    `list_makers` are the kinds of source the definition looks at.
    """
    kinds = sorted(name.removeprefix("contacts_") for name in figures.figures if name.startswith("contacts_"))
    own = (_of_all(figures, kind) + (_of_list(figures, kind) if list_makers == {kind} else []) for kind in kinds)
    known = ({places[key_of(at)] for at in found if key_of(at) in places} for found in own)
    return tuple(frozenset(_and_what_follows(one, system)) for one in known)


def _of_all(figures: MonthFigures, kind: str) -> list[At]:
    """What its system holds, whoever is on the list."""
    found = [At(f"{unit}_{kind}", of=True) for unit in ("contacts", "days")]
    if kind == "jail":
        shares = (name for name in figures.figures if name.startswith("concentration_"))
        found += [At(name, of=of) for name in shares for of in (False, True)]
        found += [At(JAIL_TABLE, r, TOTAL) for r in range(len(_rows(figures, JAIL_TABLE)))]
    column = set(_column(figures, kind))
    taken_in = {at for link in figures.links if column & set(link.parts) for at in link.wholes}
    return [*found, *(at for at in taken_in if at.name == "coverage")]


def _of_list(figures: MonthFigures, kind: str) -> list[At]:
    """How long the list is, how it moved, and what the people on it had in this system."""
    names = ["people_on_list", "people_on_list_last_month", "people_new", "people_returned", "people_left",
             "people_continuing", f"people_{kind}", f"contacts_{kind}", f"days_{kind}"]  # fmt: skip
    columns = len(figures.tables["by_month"].columns) if "by_month" in figures.tables else 0
    moves = [At("by_month", r, c) for r in range(len(_rows(figures, "by_month"))) for c in range(columns)]
    days = [At(JAIL_TABLE, r, 0) for r in range(len(_rows(figures, JAIL_TABLE)))] if kind == "jail" else []
    return [*map(At, names), *moves, *days, *_column(figures, kind)]


def _rows(figures: MonthFigures, table: str) -> tuple[str, ...]:
    return figures.tables[table].rows if table in figures.tables else ()


def _column(figures: MonthFigures, kind: str) -> list[At]:
    """Its column of contacts by month."""
    table = figures.tables.get("contacts_by_month")
    if table is None or not table.keys:
        return []
    kinds = [dict(key.values).get("kind") for key in table.keys[0]]
    return [At(table.name, r, kinds.index(kind)) for r in range(len(table.rows))] if kind in kinds else []


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
