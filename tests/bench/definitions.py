"""How fast a definition answers on a county of 1,000,000 contacts and 60,000 people, and on its half.

Run: .venv/bin/python -m tests.bench.definitions [CONTACTS]. Makes the county straight in the tables of a real encrypted
county file, reads it once into a workbench as the window does, then prints seconds of user CPU time and of the clock:
reading, a rule's first answer, a changed threshold, a changed window, the 12 x 12 grid, the list with reasons, thirteen
months of movement, all measures of a month. The bars, on the clock of a quiet machine: threshold 0.100,
grid 0.150, list 1.0, all measures of a month 5 s. The last column is the time over that of half as many contacts: about
2 where growth is linear.
"""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from ddj_desktop.cohort.definitions import save_definition
from ddj_desktop.cohort.evaluate import evaluate, grid, what_if
from ddj_desktop.cohort.movement import movement
from ddj_desktop.cohort.rule import parse_rule
from ddj_desktop.cohort.types import CountClause, Rule, TrailingMonths
from ddj_desktop.cohort.workbench import Workbench
from ddj_desktop.kernel.dates import Month
from ddj_desktop.measures.month import month_figures
from ddj_desktop.store.county_file import County, CountyFile
from ddj_desktop.store.lane import Lane

AS_OF = date(2026, 10, 31)
DAYS = 1_826
KINDS = (("jail", "booking", True), ("ems", "run", False), ("dispatch", "call", False), ("shelter", "stay", True))
RULE = """
name = "bench"
[[clause]]
count = "contacts"
sources = ["jail"]
exclude = ["protective_custody"]
value = 4
window = { trailing_months = 12 }
[[clause]]
count = "contacts"
sources = ["ems"]
value = 2
window = { any_months = 12, within_months = 36 }
[[clause]]
combine = "any"
clause = [
  { count = "days", sources = ["jail", "shelter"], value = 10, window = { trailing_months = 24 } },
  { attribute = "homeless", is = "yes", when = "ever" },
]
"""


def fill(lane: Lane, contacts: int, people: int) -> None:
    """A county in which a few people have most of the contacts; each person has a record in every source."""
    chance = np.random.default_rng(5)
    person = np.minimum(people, np.ceil(people * chance.random(contacts) ** 2.2)).astype(np.int64)
    source = chance.integers(0, len(KINDS), contacts)
    starts = np.datetime64("2021-11-01T00:00:00") + chance.integers(0, DAYS * 1440, contacts).astype("timedelta64[m]")
    length = np.array([kind[2] for kind in KINDS])[source]
    ends = np.where(
        length, starts + (chance.exponential(9_000, contacts)).astype("timedelta64[m]"), np.datetime64("NaT")
    )
    with lane.transaction():
        _fill_people(lane, people, chance)
        lane.append(
            "contact",
            {
                "contact_id": np.arange(1, contacts + 1), "source_id": source + 1,
                "kind": np.array([kind[1] for kind in KINDS], object)[source].tolist(), "starts": starts, "ends": ends,
                "has_length": length, "record_id": (person - 1) * len(KINDS) + source + 1,
                "attributes": ["{}"] * contacts,
            },
        )  # fmt: skip
        for name, share in (("homeless", 0.05), ("mental_health", 0.1), ("substance_use", 0.1)):
            flagged = np.flatnonzero(chance.random(contacts) < share) + 1
            said = np.where(chance.random(len(flagged)) < 0.6, "yes", "no").tolist()
            lane.append("contact_flag", {"contact_id": flagged, "name": [name] * len(flagged), "value": said})
        booked = np.flatnonzero(source == 0) + 1
        groups = chance.choice(["property", "violent", "public_order", "drug_alcohol"], len(booked)).tolist()
        lane.append("charge", {"contact_id": booked, "ordinal": np.ones(len(booked)), "charge_group": groups})


def _fill_people(lane: Lane, people: int, chance: np.random.Generator) -> None:
    for number, (kind, _, _) in enumerate(KINDS, 1):
        lane.run(
            "INSERT INTO source (source_id, name, kind, legal_class, created_at) VALUES ($n, $k, $k, 'other', now())",
            n=number, k=kind,
        )  # fmt: skip
    records = people * len(KINDS)
    numbers = np.arange(1, records + 1)
    born = np.datetime64("1950-01-01") + chance.integers(0, 20_000, people)
    lane.append(
        "record",
        {
            "record_id": numbers, "source_id": (numbers - 1) % len(KINDS) + 1,
            "sex": chance.choice(["M", "F", "X"], records, p=(0.7, 0.28, 0.02)).tolist(),
            "race": chance.choice(["W", "B", "H", "UNK", "C"], records).tolist(),
            "birth_date": np.repeat(born, len(KINDS)).astype("datetime64[D]").tolist(),
        },
    )  # fmt: skip
    lane.append("person_record", {"record_id": numbers, "person_id": (numbers - 1) // len(KINDS) + 1})


def clock(work: Callable[[], object], repeat: int = 5) -> tuple[float, float]:
    """User CPU seconds of this process and seconds on the clock: the least of several runs each."""
    found = []
    for _ in range(repeat):
        cpu, wall = resource.getrusage(resource.RUSAGE_SELF).ru_utime, time.perf_counter()
        work()
        found.append((resource.getrusage(resource.RUSAGE_SELF).ru_utime - cpu, time.perf_counter() - wall))
    return min(cpu for cpu, _ in found), min(wall for _, wall in found)


def moved(rule: Rule, value: int) -> Rule:
    """The rule with another threshold of its first clause."""
    first = rule.clauses[0]
    assert isinstance(first, CountClause)
    return replace(rule, clauses=(replace(first, value=value), *rule.clauses[1:]))


def widened(rule: Rule, months: int) -> Rule:
    """The rule with another window of its first clause."""
    first = rule.clauses[0]
    assert isinstance(first, CountClause)
    return replace(
        rule,
        clauses=(replace(first, measure=replace(first.measure, window=TrailingMonths(months))), *rule.clauses[1:]),
    )


def measure(contacts: int, people: int) -> dict[str, tuple[float, float]]:
    """Every figure of one county."""
    rule, rungs = parse_rule(RULE), list(range(1, 13))
    with TemporaryDirectory() as home:
        file, _ = CountyFile.create(
            Path(home) / "Pine.ddj", "made-up people only", County("Pine", "KS", people), "bench"
        )
        lane = file.lane()
        fill(lane, contacts, people)
        bench = Workbench()
        found = {"reading the county once": clock(lambda: (bench.contacts(lane, "person"), bench.days(lane)), 1)}

        def tried(changed: Rule) -> object:
            return what_if(lane, changed, AS_OF, bench.material(lane, changed), bench.days(lane))

        found["a rule's first answer"] = clock(lambda: tried(rule), 1)
        steps, back = iter(range(5, 90)), iter(range(13, 90))
        found["a changed threshold"] = clock(lambda: tried(moved(rule, next(steps))))
        found["a changed window"] = clock(lambda: tried(widened(rule, next(back))))
        material, days = bench.material(lane, rule), bench.days(lane)
        found["the 12 x 12 grid"] = clock(lambda: grid(lane, rule, AS_OF, "1", rungs, "2", rungs, material))
        words = f"the list with reasons ({len(evaluate(lane, rule, AS_OF, material, days).members):,} people)"
        found[words] = clock(lambda: evaluate(lane, rule, AS_OF, material, days))
        months = [Month(2026, 10).plus(-month) for month in range(13)]
        found["thirteen months of movement"] = clock(lambda: movement(lane, rule, months, material, days), 1)
        with lane.transaction():
            definition = save_definition(lane, RULE, "bench")
        found["all measures of a month"] = clock(lambda: month_figures(lane, definition, months[0]), 2)
        lane.close()
        file.close()
    return found


def main() -> None:
    """Measure the county and its half."""
    contacts = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    half = measure(contacts // 2, 30_000 * contacts // 1_000_000)
    whole = measure(contacts, 60_000 * contacts // 1_000_000)
    print(f"{contacts:,} contacts, {60_000 * contacts // 1_000_000:,} people{'':14} CPU s   clock s   over half")
    for (words, (cpu, wall)), (cpu_half, _) in zip(whole.items(), half.values(), strict=True):
        print(f"{words:46} {cpu:7.3f} {wall:9.3f} {cpu / max(cpu_half, 1e-3):9.1f}")


if __name__ == "__main__":
    main()
