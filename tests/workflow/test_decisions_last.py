"""A decision is about two records as they are known, not about numbers in a table: it lasts through real imports."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from ddj_desktop.kernel.progress import Progress
from ddj_desktop.store import migrate
from ddj_desktop.store.county_file import CountyFile
from ddj_desktop.store.lane import Lane
from ddj_desktop.workflow.actions import decide, match_people
from ddj_desktop.workflow.project import Project
from ddj_desktop.workflow.taking_in import import_files, remove_import

JAIL = ["Booking No", "Inmate ID", "Last Name", "First Name", "DOB", "Sex", "Booking Date", "Release Date", "Address"]
RAMON = ["B1", "", "ORTEGA", "RAMON", "03/14/1981", "M", "05/01/2026", "05/04/2026", "12 ELM ST"]
JUNIOR = ["B2", "", "ORTEGA", "RAMON", "03/19/1981", "M", "06/01/2026", "06/04/2026", "12 ELM ST"]
OTHERS = [
    [f"C{n}", f"{700 + n}", last, first, f"0{n}/1{n}/19{60 + n}", "F", f"0{n}/02/2026", f"0{n}/05/2026", f"{n} OAK AVE"]
    for n, (first, last) in enumerate(
        [("ADA", "BRIGGS"), ("LENA", "CHAVEZ"), ("RUTH", "DALTON"), ("JUNE", "FULLER")], 1
    )
]


def write(path: Path, rows: list[list[str]]) -> Path:
    with path.open("w", newline="", encoding="utf-8") as out:
        csv.writer(out).writerows([JAIL, *rows])
    return path


@pytest.fixture
def project(county: CountyFile) -> Project:
    return Project(county, county.county(), county.actor)


def take_in(project: Project, path: Path) -> int:
    done = import_files(project, project.file.lane(), [path], Progress(), source="Jail", kind="jail").result
    assert not done.refused
    (taken,) = done.taken
    assert taken.import_id is not None
    return taken.import_id


def rematch(project: Project) -> None:
    match_people(project, project.file.lane(), Progress())


def record(lane: Lane, booking: str) -> int:
    return int(lane.value("SELECT record_id FROM contact WHERE contact_key = $key", key=booking))


def together(lane: Lane, one: str, other: str) -> bool:
    sql = "SELECT person_id FROM person_contact WHERE contact_key = $key"
    return bool(lane.value(sql, key=one) == lane.value(sql, key=other))


def test_decisions_last_through_removal_and_return(project: Project, tmp_path: Path) -> None:
    path = write(tmp_path / "jail.csv", [RAMON, JUNIOR, *OTHERS])
    number = take_in(project, path)
    rematch(project)
    lane = project.file.lane()
    decide(project, lane, record(lane, "B1"), record(lane, "B2"), "different")
    decide(project, lane, record(lane, "C1"), record(lane, "C2"), "same")
    rematch(project)
    assert (together(lane, "B1", "B2"), together(lane, "C1", "C2")) == (False, True)
    remove_import(project, lane, number)
    rematch(project)
    assert lane.value("SELECT count(*) FROM person_record") == 0
    take_in(project, path)
    rematch(project)
    assert (together(lane, "B1", "B2"), together(lane, "C1", "C2")) == (False, True)


FAMILIES = [
    ("ORTEGA", "RAMON"), ("VILLEGAS", "HECTOR"), ("NAVARRO", "ELISEO"), ("QUINTERO", "FIDEL"), ("ROSALES", "GILBERT"),
    ("SANDOVAL", "ISIDRO"), ("TRUJILLO", "LORENZO"), ("URIBE", "MARCOS"),
]  # fmt: skip


def corrected(row: list[str], kind: int) -> list[str]:
    """The row with a new address, a corrected birth date, a corrected spelling, or a number of the source."""
    place = (8, 4, 2, 1)[kind]
    return [*row[:place], ("4 PINE ST", row[4][:-1] + "0", row[2][:-1] + "O", "8812")[kind], *row[place + 1 :]]


@pytest.mark.parametrize("removed", [True, False])
def test_decisions_last_when_the_corrected_file_comes(project: Project, tmp_path: Path, removed: bool) -> None:
    """The rows say something else now, so their records have other numbers. The decisions stay, and the people."""
    rows = [
        [
            f"{letter}{spot}",
            "",
            last,
            first,
            f"03/{day + spot}/{1961 + 4 * spot}",
            "M",
            *said[6:8],
            f"{90 + spot} ELM ST",
        ]
        for spot, (last, first) in enumerate(FAMILIES)
        for letter, day, said in (("B", 10, RAMON), ("D", 18, JUNIOR))
    ]
    number = take_in(project, write(tmp_path / "jail.csv", [*rows, *OTHERS]))
    rematch(project)
    lane = project.file.lane()
    verdicts = ["same" if spot % 2 else "different" for spot in range(len(FAMILIES))]
    before = [record(lane, f"B{spot}") for spot in range(len(FAMILIES))]
    for spot, verdict in enumerate(verdicts):
        decide(project, lane, before[spot], record(lane, f"D{spot}"), verdict)
    rematch(project)
    people = lane.rows("SELECT contact_key, person_id FROM person_contact ORDER BY 1")
    if removed:
        remove_import(project, lane, number)
        rematch(project)
    again = [corrected(row, int(row[0][1:]) // 2) if row[0][0] == "B" else row for row in rows]
    take_in(project, write(tmp_path / "corrected.csv", [*again, *OTHERS]))
    rematch(project)
    assert not set(before) & {record(lane, f"B{spot}") for spot in range(len(FAMILIES))}
    assert [together(lane, f"B{spot}", f"D{spot}") for spot in range(len(FAMILIES))] == [v == "same" for v in verdicts]
    carried = lane.rows("SELECT verdict, decided_by FROM link_decision WHERE carried_from IS NOT NULL ORDER BY 1")
    assert carried == [(verdict, "tester") for verdict in sorted(verdicts)]
    if not removed:
        assert lane.rows("SELECT contact_key, person_id FROM person_contact ORDER BY 1") == people


def test_a_decision_is_not_carried_to_somebody_else_in_the_same_row(project: Project, tmp_path: Path) -> None:
    take_in(project, write(tmp_path / "jail.csv", [RAMON, JUNIOR, *OTHERS]))
    rematch(project)
    lane = project.file.lane()
    decide(project, lane, record(lane, "B1"), record(lane, "B2"), "same")
    somebody = ["B1", "", "VILLEGAS", "OSCAR", "11/30/1958", *RAMON[5:]]
    take_in(project, write(tmp_path / "corrected.csv", [somebody, JUNIOR, *OTHERS]))
    rematch(project)
    assert not together(lane, "B1", "B2")
    assert lane.value("SELECT count(*) FROM link_decision WHERE carried_from IS NOT NULL") == 0


def test_a_decision_of_an_older_county_file_lasts(project: Project, tmp_path: Path) -> None:
    """Decisions made before this program kept marks are given them when the file is brought up to date."""
    take_in(project, write(tmp_path / "jail.csv", [RAMON, JUNIOR, *OTHERS]))
    rematch(project)
    lane = project.file.lane()
    decide(project, lane, record(lane, "B1"), record(lane, "B2"), "different")
    with lane.transaction():
        for table in ("decided_record", "record_row"):
            lane.run(f"DELETE FROM {table}")
        text = dict(migrate.steps())[2]
        lane.run(";".join(part for part in text.split(";") if "INSERT INTO" in part))
    take_in(project, write(tmp_path / "corrected.csv", [[*RAMON[:8], "4 PINE ST"], JUNIOR, *OTHERS]))
    rematch(project)
    assert not together(lane, "B1", "B2")
    assert lane.value("SELECT count(*) FROM link_decision WHERE carried_from IS NOT NULL") == 1


@pytest.mark.parametrize(("first", "then"), [("same", "different"), ("different", "same"), ("same", "withdrawn")])
def test_the_last_word_stands_when_a_correction_is_taken_back(
    project: Project, tmp_path: Path, first: str, then: str
) -> None:
    """Decided, corrected, decided otherwise, and the correction removed: the record is that of before, not the word."""
    take_in(project, write(tmp_path / "jail.csv", [RAMON, JUNIOR, *OTHERS]))
    rematch(project)
    lane = project.file.lane()
    decide(project, lane, record(lane, "B1"), record(lane, "B2"), first)
    rematch(project)
    correction = take_in(project, write(tmp_path / "corrected.csv", [[*RAMON[:8], "4 PINE ST"]]))
    rematch(project)
    decide(project, lane, record(lane, "B1"), record(lane, "B2"), then)
    rematch(project)
    remove_import(project, lane, correction)
    rematch(project)
    left, right = sorted((record(lane, "B1"), record(lane, "B2")))
    stands = lane.value(
        "SELECT verdict FROM standing_decision WHERE left_record = $left AND right_record = $right",
        left=left, right=right,
    )  # fmt: skip
    assert stands == then
