"""Rows with names on their way to a partner: each only as far as its source may go, in a workbook only its password
opens, and nowhere else."""

from __future__ import annotations

import io
import json
import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook

from ddj_desktop.disclosure.errors import ColumnMayNotLeave, Refused
from ddj_desktop.disclosure.extract_columns import COLUMNS as COLUMNS_WITHOUT
from ddj_desktop.disclosure.gate import release
from ddj_desktop.disclosure.named_columns import NAMED_COLUMNS, agreed_columns
from ddj_desktop.disclosure.named_rows import NamedRows
from ddj_desktop.disclosure.request import ReleaseRequest
from ddj_desktop.intake.errors import WrongPassword
from ddj_desktop.intake.unlock import ENCRYPTED, unlocked
from ddj_desktop.kernel import clock
from ddj_desktop.kernel.errors import OurFault, Stopped
from ddj_desktop.kernel.progress import Progress
from ddj_desktop.outputs.names_workbook import new_password, write_names_workbook
from ddj_desktop.registers.consents import DATA_CLASSES, revoke_consent
from ddj_desktop.registers.sources import SOURCE_KINDS
from ddj_desktop.store.county_file import CountyFile
from ddj_desktop.store.keys import key_path
from ddj_desktop.store.lane import Lane
from ddj_desktop.workflow.erasing import erase_person
from ddj_desktop.workflow.errors import PassphraseAgain
from ddj_desktop.workflow.lists import history, people_on_list, releases
from ddj_desktop.workflow.permissions import set_one_person_office
from ddj_desktop.workflow.project import Project
from tests.workflow.second_person import BOB, bob
from tests.workflow.sharing_names import (
    COLUMNS,
    MONTH,
    PARTNER,
    TODAY,
    approved,
    ask,
    may_have_names,
    people_in,
    plain_bytes,
    sign,
)

NOW = datetime(2026, 11, 3, 9)
FIRST = date(2025, 11, 1)


@pytest.fixture(scope="module")
def made_once(empty_county: tuple[Path, bytes], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The county file with everything in it but signed releases; tests work on copies."""
    path = Path(shutil.copyfile(empty_county[0], tmp_path_factory.mktemp("names") / "Pine.ddj"))
    shutil.copyfile(key_path(empty_county[0]), key_path(path))
    file = CountyFile(path, empty_county[1], "ann")
    with clock.standing_at(NOW):
        bob(may_have_names(file))
    file.close()
    return path


@pytest.fixture
def project(made_once: Path, empty_county: tuple[Path, bytes], tmp_path: Path) -> Iterator[Project]:
    path = Path(shutil.copyfile(made_once, tmp_path / "Pine.ddj"))
    shutil.copyfile(key_path(empty_county[0]), key_path(path))
    file = CountyFile(path, empty_county[1], "ann")
    with clock.standing_at(NOW):
        yield Project(file, file.county(), "ann")
    file.close()


def counted(lane: Lane, person: int, kind: str, since: date = FIRST) -> int:
    return int(lane.value(
        "SELECT count(*) FROM person_contact WHERE person_id = $p AND source_kind = $k AND starts::DATE "
        "BETWEEN $s AND DATE '2026-10-31'", p=person, k=kind, s=since,
    ))  # fmt: skip


def test_each_source_is_told_of_those_who_may_be_told_of(project: Project, tmp_path: Path) -> None:
    lane, out = project.file.lane(), tmp_path / "out"
    listed = {member.person_id for member in people_on_list(lane, MONTH.span.last).members}
    assert {1, 2, 3, 4} <= listed
    sign(project, 1)
    sign(project, 2, sources=("ems",), covers_from=date(2026, 6, 1))
    sign(project, 2, sources=("treatment",), covers_from=None, signed_on=date(2026, 8, 15))
    sign(project, 3, data_classes=("identity", "contacts", "health"))
    unused = sign(project, 4, purposes=("eviction",))
    sign(project, 5, data_classes=("contacts", "health", "substance_use"))
    approved(project, out, BOB)
    made = ask(project, out)
    rows = people_in(made)
    assert set(rows) == {f"Zqgiven{person}" for person in listed}
    one, two, three, four, five = (rows[f"Zqgiven{person}"] for person in (1, 2, 3, 4, 5))
    for person, row in ((1, one), (2, two), (3, three), (4, four)):
        assert row["jail_count"] == str(counted(lane, person, "jail"))
        assert row["last_name"] == f"Name{person}", "not the name a clinic writes"
        assert row["birth_date"] == "1980-01-01"
        assert row["list_reason"]
    assert one["ems_count"] == str(counted(lane, 1, "ems"))
    assert one["treatment_count"] == str(counted(lane, 1, "treatment"))
    assert re.fullmatch(r"2026-\d\d|none", one["treatment_last_month"])
    assert two["ems_count"] == f"{counted(lane, 2, 'ems', date(2026, 6, 1))} since 2026-06-01"
    assert two["treatment_count"] == f"{counted(lane, 2, 'treatment', date(2026, 8, 15))} since 2026-08-15"
    assert (three["ems_count"], three["treatment_count"]) == (str(counted(lane, 3, "ems")), "")
    assert (four["ems_count"], four["treatment_count"], four["treatment_last_month"]) == ("", "", "")
    assert five["ems_count"] == "", "to be told who it is was not signed for"
    used = {number for (number,) in lane.rows("SELECT consent_id FROM consent_use")}
    assert used == {1, 2, 3, 4}
    assert unused == 5
    assert made.left_out == 0
    assert [name for name, _ in made.transforms] == list(COLUMNS)


def test_who_has_not_signed_is_not_in_it_where_the_list_needs_it(project: Project, tmp_path: Path) -> None:
    """Without the jail's legal basis the list itself rests on each one's signature. The clinic is one for mental health
    here, which a form must name."""
    lane, out = project.file.lane(), tmp_path / "out"
    columns = ("last_name", "first_name", "ems_count", "treatment_count")
    lane.run("UPDATE agreement SET bases = '[]'")
    lane.run("UPDATE source SET legal_class = 'hipaa' WHERE source_id = 3")
    with pytest.raises(Refused, match="nobody has signed"):
        ask(project, out, reason="x", columns=columns)
    without = ("identity", "contacts", "justice", "health", "substance_use")
    every = {"sources": ("jail", "ems", "treatment"), "data_classes": (*without, "mental_health")}
    used = {sign(project, 2, **every), sign(project, 6, **every | {"data_classes": without})}
    sign(project, 3, **every | {"covers_from": date(2026, 6, 1)})
    sign(project, 4, **every | {"data_classes": ("identity", "contacts", "health")})
    sign(project, 5, sources=("ems",))
    approved(project, out, BOB, columns=columns)
    made = ask(project, out, columns=columns)
    rows = people_in(made)
    assert set(rows) == {"Zqgiven2", "Zqgiven6"}
    assert rows["Zqgiven2"]["treatment_count"] == str(counted(lane, 2, "treatment"))
    assert rows["Zqgiven6"]["treatment_count"] == ""
    assert rows["Zqgiven6"]["ems_count"] == str(counted(lane, 6, "ems"))
    assert made.left_out is None, "too few to tell"
    assert {number for (number,) in lane.rows("SELECT consent_id FROM consent_use")} == used
    text = " ".join(str(line[0].value) for line in load_workbook(io.BytesIO(plain_bytes(made)))["About"].iter_rows())
    assert "2; how many of the list that is, is not told" in text
    assert "a signed release of information of each person" in text
    assert "42 CFR" not in text


def test_how_many_are_left_out_is_told_from_eleven_on_or_what_the_agreement_asks(
    county: CountyFile, tmp_path: Path
) -> None:
    with clock.standing_at(NOW):
        project = may_have_names(county, 30, 2_000)
        who, lane, columns = bob(project), county.lane(), ("last_name", "first_name")
        lane.run("UPDATE agreement SET bases = '[]'")
        listed = [member.person_id for member in people_on_list(lane, MONTH.span.last).members]
        for person in listed[11:]:
            sign(project, person, sources=("jail",), data_classes=("identity", "contacts", "justice"))
        for least, told, words in (
            (None, 11, f"{len(listed) - 11} of {len(listed)} on the list"), (12, None, "is not told")
        ):  # fmt: skip
            lane.run("UPDATE agreement SET least_count = $n", n=least)
            approved(project, tmp_path / "out", who, columns=columns)
            made = ask(project, tmp_path / "out", columns=columns)
            assert made.left_out == told
            assert len(people_in(made)) == len(listed) - 11 > 11
            about = load_workbook(io.BytesIO(plain_bytes(made)))["About"]
            assert words in " ".join(str(line[0].value) for line in about.iter_rows())


def test_columns_with_names_are_a_list_of_their_own() -> None:
    """So that an agreement that names a column of rows without names has not named one with them."""
    assert not NAMED_COLUMNS.keys() & COLUMNS_WITHOUT.keys()
    assert {column.data_class for column in NAMED_COLUMNS.values()} <= set(DATA_CLASSES)
    assert {name: column.data_class for name, column in NAMED_COLUMNS.items() if not column.kind} == {
        "last_name": "identity", "first_name": "identity", "middle_name": "identity", "suffix": "identity",
        "birth_date": "identity", "tier": "contacts", "list_reason": "contacts",
    }  # fmt: skip
    assert {column.kind for column in NAMED_COLUMNS.values()} == {"", *SOURCE_KINDS}
    assert agreed_columns("extract") == agreed_columns("table") == tuple(COLUMNS_WITHOUT)


def test_no_other_permit_and_no_other_rows_get_into_a_workbook(project: Project, tmp_path: Path) -> None:
    permit = release(project.file.lane(), ReleaseRequest(PARTNER, "table", ("jail",)))
    with pytest.raises(OurFault):
        write_names_workbook(permit, None, None, "x", tmp_path / "x.xlsx")  # type: ignore[arg-type]
    with pytest.raises(OurFault):
        NamedRows(("number",), (("1",),))
    assert not (tmp_path / "x.xlsx").exists()


def test_only_the_password_opens_it_and_it_says_whose_it_is(project: Project, tmp_path: Path) -> None:
    lane, out = project.file.lane(), tmp_path / "out"
    sign(project, 1)
    approved(project, out, BOB)
    made = ask(project, out)
    assert [path.name for path in made.files] == [
        "2026-10 DDJ rows with names for Pine clinic manifest.json", "2026-10 DDJ rows with names for Pine clinic.xlsx",
    ]  # fmt: skip
    manifest, book = made.files
    data = book.read_bytes()
    assert ENCRYPTED in data
    assert b'keyBits="256"' in data
    assert book.stat().st_mode & 0o077 == 0
    for wrong in (made.password.lower(), made.password[:-1], new_password(), "Zqgiven1"):
        with pytest.raises(WrongPassword):
            unlocked(data, "x", wrong)
    assert re.fullmatch(r"([A-Z2-7]{5}-){4}[A-Z2-7]{5}", made.password)
    assert made.password not in repr(made)
    sheets = load_workbook(io.BytesIO(plain_bytes(made)))
    assert sheets.sheetnames == ["About", "People"]
    assert {cell.data_type for sheet in sheets for line in sheet.iter_rows() for cell in line if cell.value} == {"s"}
    for sheet in sheets:
        assert sheet.oddHeader.center.text == f"For Pine clinic only · release {made.release_id}"
        assert sheet.oddFooter.left.text.startswith("42 CFR part 2 prohibits")
    assert {row["for"] for row in people_in(made).values()} == {f"Pine clinic only, release {made.release_id}"}
    assert [row["number"] for row in people_in(made).values()] == [str(n) for n in range(1, 9)]
    about = "\n".join(str(line[0].value) for line in sheets["About"].iter_rows())
    for words in (
        "Agreement: Care MOU (number 1)", "Purpose: care\n", "duties of criminal justice agencies", "Period:",
        "by a signed release of information", "People in it: 8 of 8 on the list", "Do not pass it on", "Destroy every",
        "42 CFR 2.12(c)(5)", "January 1, 2027", "treatment_count: Treatment: number of contacts", "A blank",
        f"Release: {made.release_id}", "Log: ",
    ):  # fmt: skip
        assert words in about.replace("Jan 1, 2027", "January 1, 2027"), words
    said = json.loads(manifest.read_text("utf-8"))
    assert (said["release"], said["rows"], said["columns"]) == (made.release_id, 8, list(COLUMNS))
    assert said["sources"] == ["ems", "jail", "treatment"]
    assert said["files"][0]["name"] == book.name
    (line, *_) = releases(lane)
    assert (line["kind"], line["level"], line["recipient"]) == ("names", "identified", PARTNER)
    facts = history(lane, 1)[0]["facts"]
    assert (facts["level"], facts["month"], facts["rows"]) == ("identified", "2026-10", 8)
    assert facts["release_id"] == made.release_id
    assert lane.value("SELECT count(*) FROM release_person WHERE release_id = $n", n=made.release_id) == 8


def test_nothing_readable_touches_the_disk(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    out, temporary = tmp_path / "out", tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    sign(project, 1)
    approved(project, out, BOB)
    caplog.set_level(0)
    opened: list[str] = []
    watched = [True]

    def hook(event: str, facts: tuple[object, ...]) -> None:
        if watched and event == "open" and not str(facts[1] or "w").startswith("r"):
            opened.append(str(facts[0]))

    sys.addaudithook(hook)
    made = ask(project, out)
    watched.clear()
    written = {Path(name).name for name in opened if not name.isdigit()}
    assert all(".ddj" in name or name.startswith("2026-10 DDJ rows with names") for name in written), written
    assert list(temporary.iterdir()) == []
    secret = [made.password.encode(), b"Zqgiven", b"Name1"]
    for path in tmp_path.rglob("*"):
        data = path.read_bytes() if path.is_file() else b""
        assert not [text for text in secret if text in data or text.decode().encode("utf-16-le") in data], path.name
        assert made.password not in path.name
    kept = json.dumps([*history(project.file.lane()), *releases(project.file.lane())], default=str) + caplog.text
    assert made.password not in kept
    assert "Zqgiven" not in kept


FAULTS = (
    ("agreement", "level = 'extract'", "allows names"),
    ("agreement", "signed_on = NULL", "not signed yet"),
    ("agreement", "starts = DATE '2026-11-04'", "begins on"),
    ("agreement", "ends = DATE '2026-11-02'", "ended on"),
    ("agreement", "privacy_officer = NULL", "who signed it"),
    ("agreement", "purpose = 'planning'", "not for this purpose"),
    ("agreement", "document_hash = NULL", "signed paper"),
    ("agreement", 'sources = \'["jail", "ems"]\'', "does not cover these sources: treatment"),
    ("agreement", "columns = '[\"last_name\"]'", "does not cover these columns: first_name"),
    ("onward", "level = if(source_id = 3, 'extract', level)", "agency of Pine dispatch"),
    ("legal_basis", "until = DATE '2026-11-02'", "not approved for today"),
    ("consent", "signed_on = NULL", "nobody has signed"),
    ("source", "legal_class = if(source_id = 3, 'victim_services', legal_class)", "victim services"),
    ("partner", "active = false", "put aside"),
    ("share_request", "asked_at = '2026-09-01', approved_at = '2026-09-02'", "30 days old"),
    ("share_request", "approver_id = NULL", "waits for a second person"),
    ("share_request", "withdrawn_at = '2026-11-03'", "was not asked for yet"),
)


def test_each_single_fault_keeps_them_in(project: Project, tmp_path: Path) -> None:
    lane, out = project.file.lane(), tmp_path / "out"
    sign(project, 1)
    asked = {"columns": COLUMNS, "purpose": "care"}
    approved(project, out, BOB, **asked)
    for table, change, says in FAULTS:
        lane.run(f"CREATE OR REPLACE TEMP TABLE before AS SELECT * FROM {table}")
        lane.run(f"UPDATE {table} SET {change}")
        with pytest.raises(Refused, match=re.escape(says)):
            ask(project, out, **asked)
        lane.run(f"DELETE FROM {table}")
        lane.run(f"INSERT INTO {table} SELECT * FROM before")
    lane.run("INSERT INTO break_glass (break_id, partner_id, reason, actor, done_at, release_id) "
             "VALUES (1, 1, 'x', 'a', '2026-10-01', 1)")  # fmt: skip
    with pytest.raises(Refused, match="not reviewed"):
        ask(project, out, **asked)
    lane.run("DELETE FROM break_glass")
    assert not out.exists()
    assert releases(lane) == []
    refused = [act["facts"]["level"] for act in history(lane) if act["event"] == "sharing refused"]
    assert refused == ["identified"] * (len(FAULTS) + 2)
    assert ask(project, out, **asked).files, "with all of it as it was, they leave"


def test_what_the_registers_lack_is_told_before_anybody_is_asked(project: Project, tmp_path: Path) -> None:
    lane = project.file.lane()
    with pytest.raises(Refused, match="from Pine ems 2 leave only on a legal basis"):
        ask(project, tmp_path / "out", reason="x", columns=COLUMNS)
    assert lane.value("SELECT count(*) FROM share_request") == 0
    with pytest.raises(ColumnMayNotLeave, match="ssn"):
        ask(project, tmp_path / "out", columns=("last_name", "ssn"))
    with pytest.raises(ColumnMayNotLeave, match="jail_contacts"):
        ask(project, tmp_path / "out", columns=("jail_contacts",))
    lane.run("UPDATE agreement SET columns = '[]'")
    with pytest.raises(Refused, match="which columns"):
        ask(project, tmp_path / "out")


def test_columns_of_the_agreement_that_nobody_signed_for_are_not_asked_for(project: Project, tmp_path: Path) -> None:
    lane, out = project.file.lane(), tmp_path / "out"
    sign(project, 1, sources=("ems",))
    approved(project, out, BOB)
    made = ask(project, out)
    assert [name for name, _ in made.transforms] == [name for name in COLUMNS if not name.startswith("treatment")]
    assert people_in(made)["Zqgiven1"]["ems_count"] == str(counted(lane, 1, "ems"))
    approved(project, out, BOB)
    sign(project, 2)
    with pytest.raises(Refused, match="was not asked for yet"):
        ask(project, out)  # now the clinic is among the sources, and nobody said yes to that


def test_one_agreement_covers_the_whole_file(project: Project, tmp_path: Path) -> None:
    lane = project.file.lane()
    sign(project, 1)
    approved(project, tmp_path / "out", BOB)
    lane.run(
        "INSERT INTO agreement BY NAME SELECT * REPLACE (2 AS agreement_id, '[\"jail\"]' AS sources) FROM agreement"
    )
    with pytest.raises(Refused, match="No one agreement"):
        ask(project, tmp_path / "out")


def test_a_yes_is_for_this_file_and_for_one(project: Project, tmp_path: Path) -> None:
    out = tmp_path / "out"
    sign(project, 1, purposes=("care", "planning"))
    fewer = COLUMNS[:-2]
    approved(project, out, BOB, columns=fewer)
    for other in ({"columns": COLUMNS}, {"columns": fewer, "purpose": "planning"}, {"columns": fewer[:-1]}):
        with pytest.raises(Refused, match="not asked for yet"):
            ask(project, out, **other)
    assert ask(project, out, columns=fewer).files
    with pytest.raises(Refused, match="not asked for yet"):
        ask(project, out, columns=fewer)
    approved(project, out, BOB, columns=fewer)
    lane = project.file.lane()
    lane.run("DELETE FROM contact WHERE source_id = 1 AND record_id // 10 = 5")
    with pytest.raises(Refused, match="not asked for yet"):
        ask(project, out, columns=fewer)


def test_a_lone_office_waits_a_day_and_the_passphrase_is_fresh(project: Project, tmp_path: Path) -> None:
    out, lane = tmp_path / "out", project.file.lane()
    set_one_person_office(project, lane, True)
    asked = {"columns": ("last_name", "first_name"), "reason": "x"}
    with pytest.raises(Refused, match="24 hours"):
        ask(project, out, **asked)
    with clock.standing_at(clock.now() + timedelta(hours=25)):
        project.proved_at -= 400
        with pytest.raises(PassphraseAgain):
            ask(project, out, **asked)
        project.proved_at += 400
        assert len(people_in(ask(project, out, **asked))) == 8


OTHER = (
    "INSERT INTO release BY NAME SELECT 1 AS release_id, TIMESTAMP '2026-11-03' AS released_at, 'a' AS actor, "
    "'x' AS kind, 'x' AS recipient, 'x' AS level, 'x' AS reason, '[]' AS files, '{}' AS figures"
)


def sqled(project: Project, sql: str) -> None:
    project.file.lane().run(sql)


CHANGES: dict[str, tuple[Callable[[Project], object], str]] = {
    "a release revoked": (lambda p: revoke_consent(p.file.lane(), 1, TODAY, ""), "What may leave changed"),
    "one more signed": (lambda p: sign(p, 3), "What may leave changed"),
    "the agreement ended": (lambda p: sqled(p, "UPDATE agreement SET ends = '2026-11-02'"), "ended on"),
    "another release in between": (lambda p: sqled(p, OTHER), "What may leave changed"),
}  # fmt: skip


@pytest.mark.parametrize("change", CHANGES)
def test_the_gate_is_asked_again_in_the_act(project: Project, tmp_path: Path, change: str) -> None:
    out = tmp_path / "out"
    sign(project, 1)
    sign(project, 2)
    approved(project, out, BOB)
    what, says = CHANGES[change]

    def meanwhile(progress: Progress) -> None:
        if progress.name == "Writing the files":
            what(project)

    with pytest.raises(Refused, match=says):
        ask(project, out, Progress(meanwhile))
    assert list(out.iterdir()) == []
    assert [line["kind"] for line in releases(project.file.lane())] in ([], ["x"])


def test_stopped_in_the_middle_it_leaves_nothing(project: Project, tmp_path: Path) -> None:
    out = tmp_path / "out"
    sign(project, 1)
    approved(project, out, BOB)

    def stop(progress: Progress) -> None:
        if progress.name == "Writing the files":
            progress.stop()

    with pytest.raises(Stopped):
        ask(project, out, Progress(stop))
    assert list(out.iterdir()) == []
    assert releases(project.file.lane()) == []
    assert project.file.lane().value("SELECT count(*) FROM release_person") == 0
    assert ask(project, out).files, "the yes was not used up"


def test_whoever_received_the_name_is_told_of_an_erasure(project: Project, tmp_path: Path) -> None:
    lane, out = project.file.lane(), tmp_path / "out"
    approved(project, out, BOB, columns=("last_name", "first_name"))
    lane.run("DELETE FROM contact WHERE source_id = 1 AND record_id // 10 = 8")
    approved(project, out, BOB, columns=("last_name", "first_name"))
    assert len(people_in(ask(project, out, columns=("last_name", "first_name")))) == 7
    assert erase_person(project, lane, 8, "request", "the county").result.to_tell == ()
    assert erase_person(project, lane, 1, "request", "the county").result.to_tell == (PARTNER,)
    assert lane.value("SELECT count(*) FROM release_person") == 6


def test_a_list_of_addresses_is_no_list_of_names(project: Project, tmp_path: Path) -> None:
    lane = project.file.lane()
    lane.run("UPDATE definition SET rule = 'unit = \"address\"' || chr(10) || rule")
    with pytest.raises(Refused, match="lists addresses"):
        ask(project, tmp_path / "out", reason="x")
