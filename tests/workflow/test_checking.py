"""`check` finds damage of every kind it looks for, and names it; a file that is whole passes."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from ddj_desktop.kernel.progress import Progress
from ddj_desktop.store.county_file import County
from ddj_desktop.workflow import checking
from ddj_desktop.workflow.actions import match_people
from ddj_desktop.workflow.checking import CHECKS, check_county, check_sql
from ddj_desktop.workflow.errors import Inconsistent
from ddj_desktop.workflow.project import Project
from ddj_desktop.workflow.taking_in import import_files
from tests.conftest import PASSPHRASE

JAIL = """Booking #,Name,DOB,Sex,Booking Date,Release Date,Charge,Homeless
26-001,"ROE, ANN",02/17/1980,F,01/05/2026 10:00,01/09/2026 08:00,TRESPASS,Y
26-002,"ROE, ANN",02/17/1980,F,02/05/2026 11:00,02/06/2026 09:00,THEFT,N
26-003,"DOE, BEN",11/03/1991,M,02/07/2026 12:00,02/17/2026 10:00,THEFT,N
26-004,"COE, CAL",07/29/1975,M,03/01/2026 13:00,03/02/2026 11:00,ASSAULT,Y
"""

PLANTED: dict[str, tuple[str, ...]] = {
    "import_adds_up": ("UPDATE import SET new = new + 1",),
    "import_rows_kept": (
        "DELETE FROM source_row WHERE status = 'not_data'",
        "UPDATE source_row SET status = 'already_here' WHERE row_number = 2",
    ),
    "row_has_words": ("DELETE FROM row_text WHERE text_id = (SELECT min(text_id) FROM row_text)",),
    "current_row_is_real": (
        "UPDATE import SET removed_at = imported_at, removed_by = 'x'",
        "UPDATE current_row SET row_id = 999 WHERE row_id = (SELECT min(row_id) FROM current_row)",
    ),
    "contact_has_record": ("DELETE FROM record WHERE record_id = (SELECT min(record_id) FROM contact)",),
    "contact_is_supported": (
        "UPDATE current_row SET contact_id = NULL WHERE contact_id = (SELECT min(contact_id) FROM contact)",
    ),
    "record_is_supported": (
        "INSERT INTO record (record_id, source_id, last_name) SELECT max(record_id) + 1, 1, 'x' FROM record",
    ),
    "part_has_contact": (
        "UPDATE charge SET contact_id = 5 WHERE contact_id = (SELECT min(contact_id) FROM charge)",
        "UPDATE contact_flag SET contact_id = 5 WHERE contact_id = (SELECT min(contact_id) FROM contact_flag)",
    ),
    "record_has_one_person": (
        "DELETE FROM person WHERE person_id = (SELECT min(person_id) FROM person_record)",
        "UPDATE person SET merged_into = 1 WHERE person_id = (SELECT max(person_id) FROM person_record)",
    ),
    "stay_ends_after_it_starts": (
        "UPDATE contact SET ends = starts - INTERVAL 1 DAY WHERE contact_id = (SELECT min(contact_id) FROM contact)",
    ),
    "one_of_each_id": (
        "UPDATE source_row SET row_id = (SELECT min(row_id) FROM source_row) WHERE row_number = 3",
        "INSERT INTO row_text SELECT * FROM row_text LIMIT 1",
        "INSERT INTO current_row SELECT * FROM current_row LIMIT 1",
        "UPDATE person SET person_key = 'one'",
    ),
}
"""For each check, statements that each plant a fault it must find. None of them is anything the program does."""


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a matched county of one jail file."""
    folder = tmp_path_factory.mktemp("checked")
    (folder / "jail.csv").write_text(JAIL, "utf-8")
    project = Project.create(folder / "Pine.ddj", PASSPHRASE, County("Pine", "KS", None), "tester")
    lane = project.file.lane()
    done = import_files(project, lane, [folder / "jail.csv"], Progress())
    assert [result.new for result in done.result.taken] == [4], done.result.refused
    match_people(project, lane, Progress())
    lane.close()
    project.close()
    return folder


@pytest.fixture
def project(whole: Path, tmp_path: Path) -> Iterator[Project]:
    """A copy to damage."""
    folder = Path(shutil.copytree(whole, tmp_path / "copy"))
    opened = Project.open(folder / "Pine.ddj", PASSPHRASE, "tester")
    yield opened
    opened.close()


def test_every_check_is_run_and_has_a_fault_planted() -> None:
    files = (Path(checking.__file__).parent / "sql" / "checks").glob("*.sql")
    assert set(CHECKS) == {path.stem for path in files} == set(PLANTED)


def test_a_whole_file_passes(project: Project) -> None:
    found = check_county(project.file)
    assert found.checks == list(CHECKS)
    assert found.rows["contact"] == 4


@pytest.mark.parametrize(
    ("check", "statement"), [(check, statement) for check, all_of in PLANTED.items() for statement in all_of]
)
def test_planted_damage_is_found_and_named(project: Project, check: str, statement: str) -> None:
    lane = project.file.lane()
    lane.run(statement)
    assert lane.value(f"SELECT count(*) FROM ({check_sql(check)})") > 0
    lane.close()
    with pytest.raises(Inconsistent) as told:
        check_county(project.file)
    others = {name for name, words in CHECKS.items() if words in str(told.value)}
    assert len(others) == 1, "the first thing that does not hold is named"
    if check in ("import_adds_up", "record_is_supported", "part_has_contact", "stay_ends_after_it_starts"):
        assert others == {check}
