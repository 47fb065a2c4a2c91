"""The made-up county down the whole line, from its export files to its packets. Asks nothing, needs no Qt."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path

from ddj_desktop.cohort.case import material_for
from ddj_desktop.cohort.evaluate import member_ids
from ddj_desktop.cohort.types import Rule
from ddj_desktop.kernel import clock
from ddj_desktop.kernel.dates import Month, minus_months
from ddj_desktop.kernel.errors import PersonCanFix
from ddj_desktop.kernel.progress import Progress
from ddj_desktop.registers.agreements import add_agreement
from ddj_desktop.registers.partners import add_partner
from ddj_desktop.registers.programmes import Enrolment, enrol, fix_outcome, keep_programme
from ddj_desktop.store.backup import Backups
from ddj_desktop.store.county_file import County
from ddj_desktop.store.errors import AlreadyThere
from ddj_desktop.store.holder import Holder, who_is_here
from ddj_desktop.store.keys import key_path, read_key_file
from ddj_desktop.store.lane import Lane
from ddj_desktop.workflow.actions import agree_definition, keep_template, match_people
from ddj_desktop.workflow.demo.county import SYSTEMS, MadeUpCounty, make_county
from ddj_desktop.workflow.packets import AUDIENCES, build_packet, protected_month
from ddj_desktop.workflow.project import Project, recovery_sheet_path
from ddj_desktop.workflow.sharing import share_with_partner
from ddj_desktop.workflow.taking_in import import_files

SEED = 2026
COUNTY = County("Pine", "KS", 14_000)
MONTH = Month(2026, 10)
BUILT_AT = datetime(2026, 11, 3, 15, 42)
"""The moment the made-up county stands at: its files are of October 2026, and same inputs give the same packets."""

PASSPHRASE = "made-up people only"
DEFINITION = "Pine County definition"
AGREED = "6 agencies, 2026-06-12"
PARTNER = "Pine Valley Hospital"
PROGRAMME = "Bridge housing"
FIXED_AT = datetime(2025, 6, 2, 10, 0)
"""When the made-up programme's outcome was fixed."""


@dataclass(frozen=True)
class DemoStage:
    """One stage of the line as it was done: its name, seconds, and what it did in words."""

    name: str
    seconds: float
    what: str


@dataclass
class Demo:
    """What the made-up county came to."""

    county_file: Path
    passphrase_file: Path
    exports: list[Path] = field(default_factory=list)
    packets: list[Path] = field(default_factory=list)
    summary: list[Path] = field(default_factory=list)
    stages: list[DemoStage] = field(default_factory=list)


def run_demo(out: Path, seed: int, progress: Progress, told: Callable[[DemoStage], None]) -> Demo:
    """Make the county under `out` and take it down the line. An earlier demo's files there are made anew.

    `told` is called after each stage. Raises AlreadyThere where the folder holds another county file of the demo's
    name, InUse while the earlier demo's is open.
    """
    made = Demo(out / "Pine.ddj", out / "passphrase.txt")
    with clock.standing_at(BUILT_AT):
        _clear_earlier(made.county_file)
        project, county = _begin(made, out, seed, progress, told)
        try:
            _take_down_the_line(made, project, county, out, progress, told)
        finally:
            project.close()
    return made


def _begin(
    made: Demo, out: Path, seed: int, progress: Progress, told: Callable[[DemoStage], None]
) -> tuple[Project, MadeUpCounty]:
    began = time.monotonic()
    county = make_county(out, seed, progress)
    made.exports = [export.path for export in county.exports]
    _tell(made, told, "Made the county's files", began, f"{len(made.exports)} export files of made-up people")
    began = time.monotonic()
    made.passphrase_file.write_text(PASSPHRASE + "\n", "utf-8")
    project = Project.create(made.county_file, PASSPHRASE, COUNTY, "demo")
    lane = project.file.lane()
    with project.file.act(lane, "setting", {"name": "made_up"}):
        lane.run("INSERT INTO setting VALUES ('made_up', $seed)", seed=str(seed))
    lane.close()
    _tell(made, told, "Made the county file", began, f"{made.county_file.name}, its key file and recovery sheet")
    return project, county


def _clear_earlier(county_file: Path) -> None:
    """Remove what an earlier demo left under its own names, and nothing else: a county file is a demo's where the
    published passphrase opens its key. Raises AlreadyThere for any other, InUse while an earlier one is open."""
    if not (county_file.exists() or key_path(county_file).exists()):
        return
    try:
        data_key = read_key_file(key_path(county_file), PASSPHRASE)
    except PersonCanFix:
        raise AlreadyThere(file=county_file.name) from None
    holder = Holder(county_file, who_is_here())
    try:
        for backup in Backups(county_file, data_key).all():
            backup.path.unlink(missing_ok=True)
        wal = county_file.with_name(county_file.name + ".wal")
        for path in (recovery_sheet_path(county_file), wal, county_file, key_path(county_file)):  # the key goes last
            path.unlink(missing_ok=True)
    finally:
        holder.release()


def _take_down_the_line(
    made: Demo, project: Project, county: MadeUpCounty, out: Path, progress: Progress,
    told: Callable[[DemoStage], None],
) -> None:  # fmt: skip
    lane = project.file.lane()
    _take_in(made, project, county, progress, lane, told)
    began = time.monotonic()
    found = match_people(project, lane, progress).result
    words = f"{found.records:,} records are {found.people:,} people, {found.pairs_to_review:,} pairs to look at"
    _tell(made, told, "Matched people", began, words)

    began = time.monotonic()
    definition = keep_template(project, lane, DEFINITION).result
    definition = agree_definition(project, lane, definition.definition_id, AGREED).result
    _tell(made, told, "Agreed the definition", began, definition.sentence)
    began = time.monotonic()
    enrolled = _make_programme(project, lane, definition.rule)
    _tell(made, told, "Kept a programme", began, f"{PROGRAMME}, {enrolled} people enrolled")
    _make_outputs(made, project, lane, out, progress, told)
    lane.close()


def _take_in(
    made: Demo, project: Project, county: MadeUpCounty, progress: Progress, lane: Lane,
    told: Callable[[DemoStage], None],
) -> None:  # fmt: skip
    began = time.monotonic()
    results = []
    for export in county.exports:
        done = import_files(project, lane, [export.path], progress, source=export.source, kind=export.kind)
        results += done.result.taken
    rows, aside = sum(r.rows for r in results), sum(r.set_aside for r in results)
    _tell(made, told, "Took the files in", began, f"{rows:,} rows from {len(results)} files, {aside:,} set aside")


def _make_outputs(
    made: Demo, project: Project, lane: Lane, out: Path, progress: Progress, told: Callable[[DemoStage], None]
) -> None:
    began = time.monotonic()
    safe = protected_month(lane, MONTH, progress)
    on_list = safe.figures["people_on_list"]
    listed = f"{on_list.count:,.0f} people on the list" if on_list.count is not None else "too few people to print"
    _tell(made, told, "Counted and protected", began, listed)

    began = time.monotonic()
    for audience in AUDIENCES:
        files = build_packet(project, lane, MONTH, audience, out / "packets", progress, safe).result
        made.packets += [files.pdf, files.xlsx]
    _tell(made, told, "Built the packets", began, ", ".join(AUDIENCES))

    began = time.monotonic()
    _make_agreement(project, lane)
    shared = share_with_partner(project, lane, PARTNER, "table", out / "partner-summary", progress, MONTH, safe)
    made.summary = list(shared.result.files)
    _tell(made, told, "Made the partner summary", began, f"for {PARTNER}, under its agreement")


def _make_programme(project: Project, lane: Lane, rule: Rule) -> int:
    """A programme that takes in, each quarter, everybody new on the list, and does nothing: the made-up people's use
    falls by itself. Its outcome was fixed before it began. Gives how many are enrolled."""
    first, enrolled = date(2025, 6, 28), dict[int, date]()
    material = material_for(lane, rule)
    for quarter in range(6):
        day = Month.of(first).plus(3 * quarter).span.first.replace(day=first.day)
        for person in member_ids(lane, rule, day, material):
            enrolled.setdefault(person, day)
    with project.file.act(lane, "register changed", {"register": "programmes"}):
        programme = keep_programme(lane, PROGRAMME, "Harbor Shelter (made up)", first, None)
        with clock.standing_at(FIXED_AT):
            fix_outcome(lane, PROGRAMME, "jail", "contact", 180, "steering committee (made up)")
        for person, day in enrolled.items():
            enrol(lane, Enrolment(programme.programme_id, person, day, None, None))
    return len(enrolled)


def _make_agreement(project: Project, lane: Lane) -> None:
    today: date = clock.today()
    with project.file.act(lane, "agreement", {"partner": PARTNER}):
        partner = add_partner(lane, PARTNER, agency="hospital", contact="quality office")
        add_agreement(
            lane, partner.partner_id, title="Data sharing agreement (made up)", level="table",
            purpose="planning of services", sources=SYSTEMS,
            starts=minus_months(today, 6), ends=today + timedelta(days=540), signed_on=minus_months(today, 6),
            signatory="County administrator (made up)", privacy_officer="Privacy officer (made up)",
        )  # fmt: skip


def _tell(made: Demo, told: Callable[[DemoStage], None], name: str, began: float, what: str) -> None:
    stage = DemoStage(name, time.monotonic() - began, what)
    made.stages.append(stage)
    told(stage)
