"""A made-up county put straight into the file's tables, and kept beside as plain Python for the oracle to count."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from ddj_desktop.store.county_file import CountyFile
from ddj_desktop.store.lane import Lane

KINDS = {"jail": ("booking", True), "ems": ("run", False), "dispatch": ("call", False), "shelter": ("stay", True)}


@dataclass
class Contact:
    contact_id: int
    source_id: int
    source_kind: str
    person: int | None
    starts: datetime
    ends: datetime | None
    has_length: bool
    flags: dict[str, str] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        """One jail contact in seven is a hold."""
        return (
            "protective_custody"
            if self.source_kind == "jail" and self.contact_id % 7 == 0
            else KINDS[self.source_kind][0]
        )

    @property
    def charges(self) -> tuple[str, ...]:
        """Charge groups of a booking: none, one or two."""
        if self.source_kind != "jail":
            return ()
        groups = ("property", "violent", "public_order", "drug_alcohol")
        return groups[self.contact_id % 5 : self.contact_id % 5 + 2]

    @property
    def day(self) -> date:
        return self.starts.date()


@dataclass
class Record:
    record_id: int
    source_id: int
    source_kind: str
    person: int
    sex: str | None
    birth: date | None
    race: str | None


@dataclass
class Made:
    contacts: list[Contact]
    records: list[Record]


def make(rng: random.Random, people: int, contacts: int, first: date, last: date, kinds: int = 4) -> Made:
    """People in every source, a few of whom make most of the contacts; some contacts name nobody."""
    names = list(KINDS)[:kinds]
    records, of_person = [], {}
    for person in range(1, people + 1):
        for at, kind in enumerate(names):
            record = Record(
                person * 10 + at, at + 1, kind, person, rng.choice(("M", "F", "X", None)),
                rng.choice((date(1950, 2, 28), date(1985, 6, 1), date(1999, 12, 31), date(2012, 5, 5), None)),
                rng.choice(("W", "B", "H", "UNK", "C", None)),
            )  # fmt: skip
            records.append(record)
            of_person[person, at] = record
    made = []
    days = (last - first).days
    for number in range(1, contacts + 1):
        at = rng.randrange(len(names))
        person = min(people, int(rng.paretovariate(0.9))) if rng.random() < 0.95 else None
        starts = datetime.combine(first, datetime.min.time()) + timedelta(
            days=rng.randint(0, days), hours=rng.randint(0, 23)
        )
        has_length = KINDS[names[at]][1]
        ends = None
        if has_length and rng.random() < 0.93:
            ends = starts + timedelta(days=rng.choice((0, 0, 1, 2, 5, 40)), hours=rng.randint(0, 20))
        flags = {n: rng.choice(("yes", "no")) for n in ("homeless", "mental_health") if rng.random() < 0.3}
        if number % 4 == 0:
            flags["veteran"] = "yes" if number % 20 == 0 else "no"
        made.append(Contact(number, at + 1, names[at], person, starts, ends, has_length, flags))
    return Made(made, records)


def put(file: CountyFile, made: Made) -> Lane:
    """Write it into the county file, already matched."""
    lane = file.lane()
    with lane.transaction():
        _put_people(lane, made)
        _put_contacts(lane, made)
    return lane


def put_late(lane: Lane, contacts: list[Contact]) -> None:
    """Contacts of people already there, as a later delivery brings them."""
    with lane.transaction():
        _put_contacts(lane, Made(contacts, []))


def _put_people(lane: Lane, made: Made) -> None:
    sources = sorted({(c.source_id, c.source_kind) for c in [*made.contacts, *made.records]})
    for source_id, kind in sources:
        lane.run(
            "INSERT INTO source VALUES ($id, $name, $kind, NULL, 'other', TIMESTAMP '2026-01-01')",
            id=source_id, name=f"Pine {kind} {source_id}", kind=kind,
        )  # fmt: skip
    records = made.records
    lane.append(
        "record",
        {
            "record_id": [r.record_id for r in records], "source_id": [r.source_id for r in records],
            "last_name": [f"Name{r.person}" for r in records], "sex": [r.sex for r in records],
            "birth_date": [r.birth for r in records], "race": [r.race for r in records],
        },
    )  # fmt: skip
    people = sorted({r.person for r in records})
    lane.append(
        "person", {"person_id": people, "person_key": [f"{p:032x}" for p in people], "made_in_run": [1] * len(people)}
    )
    lane.append(
        "person_record", {"record_id": [r.record_id for r in records], "person_id": [r.person for r in records]}
    )


def _put_contacts(lane: Lane, made: Made) -> None:
    contacts = made.contacts
    lane.append(
        "contact",
        {
            "contact_id": [c.contact_id for c in contacts], "source_id": [c.source_id for c in contacts],
            "kind": [c.kind for c in contacts], "starts": [c.starts for c in contacts],
            "ends": [c.ends for c in contacts], "has_length": [c.has_length for c in contacts],
            "record_id": [None if c.person is None else c.person * 10 + c.source_id - 1 for c in contacts],
            "attributes": ["{}"] * len(contacts),
        },
    )  # fmt: skip
    charges = [(c.contact_id, at, group) for c in contacts for at, group in enumerate(c.charges)]
    lane.append(
        "charge",
        {"contact_id": [c[0] for c in charges], "ordinal": [c[1] for c in charges],
         "charge_group": [c[2] for c in charges]},
    )  # fmt: skip
    flags = [(c.contact_id, name, value) for c in contacts for name, value in c.flags.items()]
    lane.append(
        "contact_flag",
        {"contact_id": [f[0] for f in flags], "name": [f[1] for f in flags], "value": [f[2] for f in flags]},
    )


RULE = """
name = "Three in a year"
unit = "person"
combine = "all"
[[clause]]
count = "contacts"
op = ">="
value = 3
window = { trailing_months = 12 }
"""
