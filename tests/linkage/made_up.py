"""Made-up people for the tests of matching, and the short way to put them through the engine or a county file."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

import numpy as np

from ddj_desktop.kernel import clock
from ddj_desktop.kernel.progress import Progress
from ddj_desktop.linkage import engine
from ddj_desktop.linkage.types import TEXT_FIELDS, Constraints, Linked, Mentions, coded
from ddj_desktop.store.lane import Lane

Row = Mapping[str, object]


def _words(text: str) -> list[str]:
    return text.split()


FIRST = _words(
    "Amos Bella Clyde Dora Edwin Fern Galen Hope Ivan June Karl Lena Miles Nora Otis Pearl Quinn Rhea Saul Tess"
)
LAST = _words(
    "Abernathy Birdwell Calloway Dunmore Eastman Fairbanks Gallegos Hightower Iverson Jankowski Kettering Lockhart "
    "Montoya Newcomb Osterman Pickering Quintero Rosenthal Sandoval Thackeray"
)


def mentions_of(rows: Sequence[Row]) -> Mentions:
    """Mentions in the order given; `stable` is the row's own `id` where it has one, else its place."""
    text = {name: coded(str(row.get(name, "")) for row in rows) for name in TEXT_FIELDS}

    def numbers(name: str) -> np.ndarray:
        return np.array([int(str(row.get(name, 0))) for row in rows], np.int64)

    stable = np.array([int(str(row.get("id", at))) for at, row in enumerate(rows)], np.int64)
    return Mentions(
        len(rows), text, numbers("birth"), numbers("birth_low"), numbers("birth_high"), numbers("source"), stable
    )


def link(rows: Sequence[Row], constraints: Constraints | None = None) -> Linked:
    """The engine's answer on rows in ascending order of id."""
    return engine.link(mentions_of(rows), constraints or Constraints(), Progress())


def crowd(people: int, seed: int, copies: int = 2, start: int = 0) -> list[dict[str, object]]:
    """So many made-up people, each mentioned `copies` times, the later times with a slip now and then.

    Every row has `id` (its place) and `true` (its person), which the engine does not see.
    """
    chance = random.Random(seed)
    rows: list[dict[str, object]] = []
    for number in range(people):
        first, last = chance.choice(FIRST), chance.choice(LAST)
        born = date(chance.randint(1945, 2004), chance.randint(1, 12), chance.randint(1, 28))
        person: dict[str, object] = {
            "first": first, "middle": chance.choice("ABCDEFGHJKLMNPRST"), "last": last,
            "birth": born.year * 10000 + born.month * 100 + born.day, "sex": chance.choice("MF"),
            "ssn": f"{chance.randint(100, 665):03d}{chance.randint(10, 99)}{chance.randint(1001, 9998)}",
            "address": f"{chance.randint(100, 9999)} {chance.choice(LAST)} St", "true": start + number,
        }  # fmt: skip
        for copy in range(copies):
            rows.append(_slip(person, chance) if copy else dict(person))
    for place, row in enumerate(rows):
        row["id"] = start * 1000 + place
    return rows


def _slip(person: Mapping[str, object], chance: random.Random) -> dict[str, object]:
    row = dict(person)
    kind = chance.choice(["none", "none", "ssn gone", "address gone", "typo", "moved"])
    if kind == "ssn gone":
        row["ssn"] = ""
    elif kind == "address gone":
        row["address"] = ""
    elif kind == "typo":
        name = str(row["last"])
        row["last"] = name[:3] + name[4:]
    elif kind == "moved":
        row["address"] = f"{chance.randint(100, 9999)} Elm St"
    return row


def partition(ids: Sequence[object], groups: Iterable[int]) -> set[frozenset[object]]:
    """Who stands with whom, whatever the groups are called."""
    found: dict[int, set[object]] = {}
    for name, group in zip(ids, groups, strict=True):
        found.setdefault(int(group), set()).add(name)
    return {frozenset(members) for members in found.values()}


def add_records(lane: Lane, rows: Sequence[Row], source_id: int = 1) -> None:
    """Write rows as records of the county file, their `id` as record id (plus one), with a contact each.

    A row with `met` false has none. Contacts of records written before are kept.
    """
    if not lane.rows("SELECT 1 FROM source WHERE source_id = $id", id=source_id):
        lane.run(
            "INSERT INTO source VALUES ($id, $name, 'jail', NULL, 'justice', $at)",
            id=source_id, name=f"Source {source_id}", at=clock.now(),
        )  # fmt: skip

    def born(row: Row) -> date | None:
        number = int(str(row.get("birth", 0)))
        return date(number // 10000, number // 100 % 100, number % 100) if number else None

    names = {"first": "first_name", "middle": "middle_name", "last": "last_name", "suffix": "suffix", "sex": "sex",
             "ssn": "ssn", "address": "address", "phone": "phone", "record_key": "record_key"}  # fmt: skip
    lane.append(
        "record",
        {
            "record_id": [int(str(row["id"])) + 1 for row in rows],
            "source_id": [source_id] * len(rows),
            "birth_date": [born(row) for row in rows],
            **{column: [row.get(name) or None for row in rows] for name, column in names.items()},
        },
    )
    met = [int(str(row["id"])) + 1 for row in rows if row.get("met", True)]
    lane.run("DELETE FROM contact WHERE list_contains($ids, record_id)", ids=met)
    lane.append(
        "contact",
        {
            "contact_id": met, "source_id": [source_id] * len(met), "kind": ["booking"] * len(met),
            "starts": [datetime(2026, 3, 2, 8, 0)] * len(met), "has_length": [True] * len(met),
            "record_id": met, "attributes": ["{}"] * len(met),
        },
    )  # fmt: skip
