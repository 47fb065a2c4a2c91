"""Small made-up counties put straight into the tables, without files or matching."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random

from ddj_desktop.store.lane import Lane

KINDS_OF = {
    "jail": ("booking", "protective_custody", "federal_hold"), "arrest": ("arrest", "citation"),
    "dispatch": ("call",), "ems": ("run",), "hospital": ("visit", "stay"), "shelter": ("stay",),
    "treatment": ("visit",), "court": ("hearing",), "probation": ("stay",),
}  # fmt: skip
LONG = {"booking", "protective_custody", "federal_hold", "stay"}
FLAGS = ("homeless", "mental_health", "substance_use", "probation", "serious_mental_illness", "force_used", "deceased")
HOMES = (("Pine City", None), ("PINE CITY ", None), ("Oakville", "55063"), (None, "55063-1234"), ("Far Town", "10001"))
"""Towns and ZIP codes as sources write them."""


ADDRESSES = ("12 Elm Street", "12 ELM ST.", "40 Oak Ave", "7 Main", "County Jail", "1 Law Way", None)


@dataclass(frozen=True)
class OneContact:
    """A contact as a test states it."""

    person: int | None
    source: int
    kind: str
    starts: datetime
    ends: datetime | None = None
    has_length: bool = False
    flags: tuple[tuple[str, str], ...] = ()
    age: int | None = None
    address: str | None = None
    home: int | None = None
    """Place in HOMES of where the contact's record says its person lives."""
    release: str | None = None


@dataclass(frozen=True)
class SmallCounty:
    """Sources as (id, name, kind), contacts, and what records say of ages: (birth dates, birth year high) by person."""

    sources: tuple[tuple[int, str, str], ...]
    contacts: tuple[OneContact, ...]
    births: dict[int, tuple[tuple[date, ...], int | None]] = field(default_factory=dict)
    costs: tuple[tuple[str, str, int, int], ...] = ()
    """Source kind, unit, dollars, year."""


def put(lane: Lane, county: SmallCounty) -> None:
    """Replace what the file holds by `county`."""
    with lane.transaction():
        for table in ("contact_flag", "contact", "person_record", "record", "person", "source", "unit_price"):
            lane.run(f"DELETE FROM {table}")
        made = datetime(2026, 1, 1)
        lane.append(
            "source",
            {
                "source_id": [row[0] for row in county.sources], "name": [row[1] for row in county.sources],
                "kind": [row[2] for row in county.sources], "legal_class": ["other"] * len(county.sources),
                "created_at": [made] * len(county.sources),
            },
        )  # fmt: skip
        _put_people(lane, county)
        _put_contacts(lane, county)
        for kind, unit, dollars, year in county.costs:
            lane.run(
                "INSERT INTO unit_price (source_kind, unit, basis, dollars, year) "
                "VALUES ($kind, $unit, 'average', $dollars, $year)",
                kind=kind, unit=unit, dollars=dollars, year=year,
            )  # fmt: skip


def _put_people(lane: Lane, county: SmallCounty) -> None:
    people = sorted({c.person for c in county.contacts if c.person is not None})
    records: list[tuple[int, int, date | None, int | None, str | None, str | None]] = []
    for person in people:
        days, year_high = county.births.get(person, ((), None))
        mentions: list[tuple[date | None, int | None]] = [(day, None) for day in days] or [(None, year_high)]
        records += [(person * 100 + place, person, day, year, None, None) for place, (day, year) in enumerate(mentions)]
        records += [(person * 100 + 50 + place, person, None, None, *HOMES[place]) for place in range(len(HOMES))]
    lane.append(
        "record",
        {
            "record_id": [row[0] for row in records], "source_id": [1] * len(records),
            "birth_date": [row[2] for row in records], "birth_year_high": [row[3] for row in records],
            "city": [row[4] for row in records], "zip": [row[5] for row in records],
        },
    )  # fmt: skip
    lane.append("person_record", {"record_id": [row[0] for row in records], "person_id": [row[1] for row in records]})
    lane.append(
        "person",
        {"person_id": people, "person_key": [str(person) for person in people], "made_in_run": [1] * len(people)},
    )


def _put_contacts(lane: Lane, county: SmallCounty) -> None:
    found = county.contacts
    lane.append(
        "contact",
        {
            "contact_id": list(range(1, len(found) + 1)), "source_id": [c.source for c in found],
            "kind": [c.kind for c in found], "starts": [c.starts for c in found], "ends": [c.ends for c in found],
            "has_length": [c.has_length for c in found],
            "record_id": [
                None if c.person is None else c.person * 100 + (0 if c.home is None else 50 + c.home) for c in found
            ],
            "address": [c.address for c in found], "age": [c.age for c in found],
            "attributes": [json.dumps({"release_type": c.release} if c.release else {}) for c in found],
        },
    )  # fmt: skip
    flags = [(number, name, value) for number, c in enumerate(found, 1) for name, value in c.flags]
    lane.append(
        "contact_flag",
        {"contact_id": [f[0] for f in flags], "name": [f[1] for f in flags], "value": [f[2] for f in flags]},
    )


def random_county(random: Random, as_of: date, people: int = 12, contacts: int = 90) -> SmallCounty:
    """A county with ties, open stays, overlapping stays, rolling bursts, contacts after the date, missing months, two
    sources of one kind, contacts of nobody, and ages known in every way there is."""
    sources = [(i, f"Pine {kind}", kind) for i, kind in enumerate(KINDS_OF, 1)] + [(10, "Oak jail", "jail")]
    reach = random.choice((200, 900, 1900))
    busy = [random.randint(1, people) for _ in range(max(1, people // 3))]
    found = []
    for _ in range(random.randint(contacts // 3, contacts)):
        number, _, kind = random.choice(sources) if random.random() < 0.6 else random.choice((sources[0], sources[3]))
        what = random.choice(KINDS_OF[kind])
        person = random.choice(busy) if random.random() < 0.6 else random.randint(1, people)
        starts = datetime(as_of.year, as_of.month, as_of.day) - timedelta(
            days=random.randint(-20, reach), minutes=-random.randint(0, 1439)
        )
        if random.random() < 0.15:  # ends of months, where windows are uneven
            starts = starts.replace(day=1) - timedelta(days=random.choice((0, 1, 1, 2)))
        found.append(
            OneContact(
                None if random.random() < 0.03 else person, number, what, starts, _end(random, what, starts),
                what in LONG,
                tuple((name, random.choice(("yes", "no"))) for name in FLAGS
                      if random.random() < (0.01 if name == "deceased" else 0.12)),
                random.randint(14, 20) if random.random() < 0.1 else None,
                random.choice(ADDRESSES),
                random.choice((None, None, None, *range(len(HOMES)))),
                random.choice(("Deceased", "Sentence expired")) if random.random() < 0.02 else None,
            )
        )  # fmt: skip
    gap = random.randint(1, 12)
    kept = tuple(c for c in found if c.source != 3 or c.starts.month != gap)
    births = {person: _birth(random, as_of) for person in range(1, people + 1)}
    costs = tuple(
        (kind, unit, random.randint(1, 500), year)
        for kind in KINDS_OF for unit in ("contact", "day") for year in (2024, 2025, 2027) if random.random() < 0.4
    )  # fmt: skip
    return SmallCounty(tuple(sources), kept, births, costs)


def _end(random: Random, kind: str, starts: datetime) -> datetime | None:
    if kind not in LONG or random.random() < 0.12:
        return None
    if random.random() < 0.05:
        return starts - timedelta(days=2)  # a slip of the source: ends before it starts
    return starts + timedelta(days=random.choice((0, 0, 1, 2, 5, 30, 200, 500)), minutes=random.randint(0, 1439))


def _birth(random: Random, as_of: date) -> tuple[tuple[date, ...], int | None]:
    how = random.random()
    if how < 0.2:
        return (), None
    if how < 0.4:
        return (), as_of.year - random.randint(16, 20)
    near = date(as_of.year - 18, as_of.month, min(as_of.day, 28)) + timedelta(days=random.randint(-3, 3))
    days = (near, near, date(1980, 5, 5), date(2012, 1, 9))
    return tuple(random.choice(days) for _ in range(random.randint(1, 3))), None
