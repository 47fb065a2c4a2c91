"""The made-up county from its seed: people, plan, stories, the exports of every system, and the truth beside them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from ddj_desktop.kernel.progress import Progress
from ddj_desktop.outputs.plain_sheet import PlainSheet, write_plain_sheets
from ddj_desktop.workflow.demo import health_stories, street_stories, truth
from ddj_desktop.workflow.demo import write_arrests as records
from ddj_desktop.workflow.demo import write_co_responder as co_responder
from ddj_desktop.workflow.demo import write_dispatch as dispatch
from ddj_desktop.workflow.demo import write_ems as ems
from ddj_desktop.workflow.demo import write_hospital as hospital
from ddj_desktop.workflow.demo import write_shelter as shelter
from ddj_desktop.workflow.demo.arrest_story import arrests
from ddj_desktop.workflow.demo.chance import Chance
from ddj_desktop.workflow.demo.contacts import YEARS, Contact, number_all
from ddj_desktop.workflow.demo.hard_pairs import HardPair, PairPlanter
from ddj_desktop.workflow.demo.households import Households
from ddj_desktop.workflow.demo.jail_story import jail_contacts
from ddj_desktop.workflow.demo.pens import write_text
from ddj_desktop.workflow.demo.people import Person
from ddj_desktop.workflow.demo.plan import Plan, Planner, plan_health
from ddj_desktop.workflow.demo.truth import Lines
from ddj_desktop.workflow.demo.write_jail import JailBook, jail_file_name, jail_report

NAME, STATE, POPULATION = "Pine County", "KS", 14_000

SOURCES = {
    "jail": "Pine County Jail",
    "arrest": "Pine County Arrests",
    "dispatch": "Pine County 911",
    "ems": "Pine County EMS",
    "hospital": "Pine Memorial Hospital",
    "shelter": "Pine County Shelter",
    "co_responder": "Pine County Co-Responders",
}
"""Source kind to the name the demo gives it."""

SYSTEMS = tuple(SOURCES)


@dataclass(frozen=True)
class ExportFile:
    """One file as a system exported it."""

    path: Path
    source: str
    kind: str
    """Source kind that intake is to see in it."""
    rows: int
    """Lines of data, without headings, banners and totals."""


@dataclass(frozen=True)
class MadeUpCounty:
    """Where everything was written. Nothing under `exports` says what is under `truth`."""

    exports: tuple[ExportFile, ...]
    truth_rows: Path
    truth_contacts: Path
    truth_people: Path
    truth_planted: Path
    truth_hard_pairs: Path


@dataclass
class Story:
    """Everything true of the county, before any system writes it down."""

    people: dict[str, Person]
    plan: Plan
    pairs: list[HardPair]
    contacts: list[Contact]

    def of(self, system: str) -> list[Contact]:
        """The contacts of one system, oldest first."""
        return [contact for contact in self.contacts if contact.system == system]


def tell_story(seed: int) -> Story:
    """People and all that befell them over the three years, from the seed alone."""
    residents = Households(seed).fill()
    plan = Plan()
    pairs = PairPlanter(seed, residents, plan).plant()
    Planner(seed, residents, plan).draw()
    plan_health(seed, residents, plan)
    people = {person.person_id: person for person in residents}
    contacts = jail_contacts(seed, people, plan)
    in_jail: dict[str, list[Contact]] = defaultdict(list)
    for stay in contacts:
        in_jail[stay.person_id].append(stay)
    runs = health_stories.runs(seed, people, plan, in_jail)
    calls = street_stories.calls(seed, people, plan, in_jail)
    contacts += arrests(seed, people, contacts)
    contacts += runs + health_stories.visits(seed, people, plan, in_jail, runs) + health_stories.stays(seed, plan)
    contacts += calls + street_stories.co_responses(seed, people, calls)
    number_all(contacts)
    _race_conflicts(seed, people, contacts)
    return Story(people, plan, pairs, contacts)


def _race_conflicts(seed: int, people: dict[str, Person], contacts: list[Contact]) -> None:
    """Six in a hundred of those whom two systems know are of another race in one of them."""
    chance = Chance.of(seed, "race conflicts")
    known: dict[str, list[str]] = defaultdict(list)
    for contact in contacts:
        if contact.person_id and contact.role != "caller" and contact.system not in known[contact.person_id]:
            known[contact.person_id].append(contact.system)
    for person_id, systems in known.items():
        if len(systems) > 1 and chance.yes(0.06):
            people[person_id].race_conflict_in = chance.pick(systems)


def make_county(out: Path, seed: int = 2026, progress: Progress | None = None) -> MadeUpCounty:
    """Write the county's export files to `out/exports`, the truth to `out/truth`; one seed always gives one county.

    Raises OSError where the folder cannot be written; Stopped when the person pressed Cancel.
    """
    progress = progress or Progress()
    exports, kept_apart = out / "exports", out / "truth"
    exports.mkdir(parents=True, exist_ok=True)
    progress.step("Making up the people")
    progress.check()
    story = tell_story(seed)
    progress.step("Writing the export files", YEARS + len(SYSTEMS) - 1)
    sheets, files = [], []
    for kind, path, lines in _write_exports(exports, seed, story):
        sheets.append((path.name, lines))
        files.append(ExportFile(path, SOURCES[kind], kind, sum(sheet.data_count for sheet in lines)))
        progress.at(len(files))
    progress.step("Writing the truth")
    return _write_truth(kept_apart, story, sheets, files)


def _write_exports(folder: Path, seed: int, story: Story) -> Iterable[tuple[str, Path, list[Lines]]]:
    """Every export, written; gives kind, path and the lines of its sheets."""
    people = story.people
    book = JailBook(seed, people, story.of("jail"))
    for year in range(YEARS):
        yield "jail", *_workbook(folder / jail_file_name(year), [jail_report(book, year)])
    lines = records.arrest_lines(seed, people, story.of("arrest"))
    yield "arrest", *_text(folder / records.FILE_NAME, lines, ",", "utf-8-sig")
    calls = story.of("dispatch")
    dispatch.number_calls(calls)
    lines = dispatch.dispatch_lines(seed, people, calls)
    yield "dispatch", *_text(folder / dispatch.FILE_NAME, lines, ",", "cp1252")
    lines = ems.ems_lines(seed, people, story.of("ems"))
    yield "ems", *_text(folder / ems.FILE_NAME, lines, "|", "ascii")
    sheets = hospital.hospital_lines(seed, people, story.of("hospital"))
    yield "hospital", *_workbook(folder / hospital.FILE_NAME, sheets)
    lines = shelter.shelter_lines(seed, people, story.of("shelter"))
    yield "shelter", *_text(folder / shelter.FILE_NAME, lines, ",", "utf-8")
    lines = co_responder.co_responder_lines(seed, people, story.of("co_responder"))
    yield "co_responder", *_workbook(folder / co_responder.FILE_NAME, [lines])


def _workbook(path: Path, sheets: list[Lines]) -> tuple[Path, list[Lines]]:
    write_plain_sheets(path, [PlainSheet(lines.sheet, lines.rows) for lines in sheets])
    return path, sheets


def _text(path: Path, lines: Lines, delimiter: str, encoding: str) -> tuple[Path, list[Lines]]:
    write_text(path, lines, delimiter, encoding, quoting=delimiter == ",")
    return path, [lines]


def _write_truth(
    folder: Path, story: Story, sheets: list[tuple[str, list[Lines]]], files: list[ExportFile]
) -> MadeUpCounty:
    rows = (line for name, lines in sheets for line in truth.row_lines(name, lines))
    planted = [person for person in story.people.values() if person.planted]
    return MadeUpCounty(
        exports=tuple(files),
        truth_rows=truth.write_table(folder / "rows.csv", truth.ROW_COLUMNS, rows),
        truth_contacts=truth.write_contacts(folder, story.contacts),
        truth_people=truth.write_people(folder, story.people.values()),
        truth_planted=truth.write_table(
            folder / "planted.csv", ("true_person",), ((person.person_id,) for person in planted)
        ),
        truth_hard_pairs=truth.write_pairs(folder, story.pairs),
    )
