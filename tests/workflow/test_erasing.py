"""One person's data are gone from every table, the counts still add up, and nothing says who it was."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from ddj_desktop.kernel import clock
from ddj_desktop.kernel.progress import Progress
from ddj_desktop.registers.consents import ELEMENTS, Terms, all_consents
from ddj_desktop.registers.errors import AlreadyRevoked, NoSuchConsent, NoSuchPerson, NotApproved
from ddj_desktop.store.lane import Lane
from ddj_desktop.workflow.actions import match_people
from ddj_desktop.workflow.checking import check_county
from ddj_desktop.workflow.erasing import erase_person, keep_consent, revoke_consent
from ddj_desktop.workflow.errors import UnknownGround
from ddj_desktop.workflow.governing import keep_partner
from ddj_desktop.workflow.project import Project
from tests.conftest import PASSPHRASE


@pytest.fixture
def project(finished: Path, tmp_path: Path) -> Iterator[Project]:
    folder = Path(shutil.copytree(finished, tmp_path / "county"))
    opened = Project.open(folder / "Pine.ddj", PASSPHRASE, "ann")
    yield opened
    opened.close()


def everything(project: Project) -> str:
    """Every cell of every table as text."""
    lane = project.file.lane()
    tables = lane.rows("SELECT table_name FROM duckdb_tables() WHERE database_name = 'county'")
    return "\n".join(str(row) for (table,) in tables for row in lane.rows(f"SELECT * FROM {table}"))


def somebody(project: Project) -> tuple[int, set[str], list[int]]:
    """A person with several records, the cells that only their rows hold, and their records."""
    lane = project.file.lane()
    person, records = lane.rows(
        "SELECT person_id, list(record_id) FROM person_record GROUP BY person_id HAVING count(*) > 1 ORDER BY 1 LIMIT 1"
    )[0]
    theirs, others = set[str](), set[str]()
    for record, cells in lane.rows(
        "SELECT coalesce(w.record_id, c.record_id), t.cells FROM current_row w LEFT JOIN contact c USING (contact_id) "
        "JOIN source_row r USING (row_id) JOIN row_text t USING (text_id)"
    ):
        (theirs if record in records else others).update(json.loads(cells))
    own = {cell for cell in theirs - others if len(cell) > 4 and not cell.startswith("202")}
    assert len(own) > 3
    return person, own, records


def left_over(project: Project, own: set[str]) -> list[str]:
    there = everything(project)
    return [cell for cell in own if cell in there]


def release_to_clinic(lane: Lane, consent: int) -> datetime:
    at = clock.now()
    lane.run("INSERT INTO consent_use VALUES (1, $c)", c=consent)
    lane.run("INSERT INTO release (release_id, released_at, actor, kind, recipient, level, files, figures) "
             "VALUES (1, $at, 'a', 'identified', 'Clinic', 'identified', '[]', '{}')", at=at)  # fmt: skip
    return at


def terms(partner: int) -> Terms:
    today = clock.today()
    return Terms(
        (partner,), ("care",), ("contacts",), ("jail", "ems"), today + timedelta(days=300), today, tuple(ELEMENTS)
    )


def test_everything_of_one_person_goes_and_the_rest_adds_up(project: Project) -> None:
    lane = project.file.lane()
    person, own, records = somebody(project)
    partner = keep_partner(project, lane, "Clinic").result.partner_id
    signed = keep_consent(project, lane, person, terms(partner)).result
    release_to_clinic(lane, signed.consent_id)
    assert len(left_over(project, own)) == len(own)
    rows = lane.value("SELECT count(*) FROM source_row")
    old = project.file.back_up("request")
    done = erase_person(project, lane, person, "expunged", "District Court, order 26-114").result
    assert left_over(project, own | {str(record) for record in records}) == []
    assert lane.value("SELECT count(*) FROM source_row") == rows
    assert (done.records, done.consents, done.to_tell) == (len(records), 1, ("Clinic",))
    assert done.rows >= len(records)
    assert all_consents(lane) == []
    assert not old.exists()
    assert [backup.why for backup in project.file.backups.all()] == ["erasure"]
    check_county(project.file)
    (kept,) = lane.dicts("SELECT * FROM erasure")
    assert (kept["ground"], kept["rows"], kept["recipients"]) == ("expunged", done.rows, '["Clinic"]')
    match_people(project, lane, Progress())
    assert left_over(project, own) == []
    check_county(project.file)
    with pytest.raises(NoSuchPerson):
        erase_person(project, lane, person, "expunged", "court")


def test_numbers_the_person_had_before_merges_go_too(project: Project) -> None:
    lane = project.file.lane()
    person, *_ = somebody(project)
    for old, into in ((901, person), (902, 901), (903, 902)):
        lane.run(f"INSERT INTO person VALUES ({old}, '00', 1, {into})")
        lane.run(f"INSERT INTO enrolment (programme_id, person_id, starts) VALUES (1, {old}, '2026-01-01')")
    erase_person(project, lane, person, "expunged", "court")
    assert lane.rows("SELECT person_id FROM person WHERE person_id > 900 AND person_id < 904") == []
    assert lane.rows("SELECT * FROM enrolment") == []


def test_lines_set_aside_that_name_the_person_go_too(project: Project) -> None:
    lane = project.file.lane()
    person, _, records = somebody(project)
    first, last = lane.one("SELECT first_name, last_name FROM record WHERE record_id = $r", r=records[0])
    for number, name in ((7, f"{first} Q. {last}"), (8, f"{first} Nobody")):
        lane.run("INSERT INTO row_text VALUES ($n, $cells)", n=number, cells=f'["{name}", "no date {number}"]')
        lane.run("INSERT INTO source_row (row_id, import_id, sheet, row_number, status, text_id) "
                 "VALUES ($n, 1, '', 99999, 'set_aside', $n)", n=number)  # fmt: skip
    erase_person(project, lane, person, "retention", "records officer")
    assert left_over(project, {"no date 7", "no date 8"}) == ["no date 8"]


def test_an_erasure_needs_a_ground_and_somebody_who_answers_for_it(project: Project) -> None:
    lane = project.file.lane()
    person, *_ = somebody(project)
    with pytest.raises(UnknownGround):
        erase_person(project, lane, person, "because", "me")
    with pytest.raises(NotApproved):
        erase_person(project, lane, person, "expunged", " ")
    with pytest.raises(NoSuchPerson):
        erase_person(project, lane, 10**12, "expunged", "court")
    assert lane.rows("SELECT * FROM erasure") == []


def test_a_revocation_says_who_must_be_told(project: Project) -> None:
    lane = project.file.lane()
    person, *_ = somebody(project)
    partner = keep_partner(project, lane, "Clinic").result.partner_id
    number = keep_consent(project, lane, person, terms(partner)).result.consent_id
    at = release_to_clinic(lane, number)
    done = revoke_consent(project, lane, number, clock.today(), "letter").result
    assert done.to_tell == ((1, "Clinic", at.date()),)
    assert not done.consent.stands_on(clock.today())
    with pytest.raises(AlreadyRevoked):
        revoke_consent(project, lane, number, clock.today(), "letter")
    with pytest.raises(NoSuchConsent):
        revoke_consent(project, lane, 99, clock.today(), "letter")
