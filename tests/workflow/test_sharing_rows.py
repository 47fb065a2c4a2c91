"""Rows about people on their way to a partner: asked for, approved by another, made once, recorded."""

from __future__ import annotations

import csv
import json
import shutil
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from ddj_desktop.disclosure.errors import ColumnMayNotLeave, NotSafeTogether, Refused
from ddj_desktop.kernel import clock
from ddj_desktop.kernel.dates import Month
from ddj_desktop.kernel.progress import Progress
from ddj_desktop.registers.errors import CodesCanNotStay, NotApproved, SamePerson, WrongPhrase
from ddj_desktop.registers.requests import all_requests
from ddj_desktop.workflow.actions import agree_definition, keep_definition
from ddj_desktop.workflow.approving import SecondPerson, approve_request, end_approver
from ddj_desktop.workflow.errors import CodeUnknown, NoSuchExtract
from ddj_desktop.workflow.extracting import Asked, Shared
from ddj_desktop.workflow.lists import history, people_on_list, releases
from ddj_desktop.workflow.permissions import set_one_person_office, withdraw_request
from ddj_desktop.workflow.project import Project
from ddj_desktop.workflow.sharing import share_with_partner
from ddj_desktop.workflow.whose_code import destroy_codes_key, whose_code
from tests.conftest import PASSPHRASE
from tests.workflow.second_person import BOB, bob
from tests.workflow.sharing_rows import BOOKED, PARTNER, may_have_rows

MONTH = Month(2026, 9)


@pytest.fixture
def project(finished: Path, tmp_path: Path) -> Iterator[Project]:
    folder = Path(shutil.copytree(finished, tmp_path / "county"))
    opened = Project.open(folder / "Pine.ddj", PASSPHRASE, "ann")
    lane = opened.file.lane()
    kept = keep_definition(opened, lane, BOOKED).result
    agree_definition(opened, lane, kept.definition_id, "6 agencies, 2026-08-01")
    may_have_rows(opened, lane, tmp_path / "paper.pdf")
    yield opened
    opened.close()


def share(project: Project, out: Path, **asked: object) -> Shared:
    lane = project.file.lane()
    wanted = Asked(**asked)  # type: ignore[arg-type]
    return share_with_partner(project, lane, PARTNER, "extract", out, Progress(), MONTH, asked=wanted).result


def lines_of(path: Path) -> list[list[str]]:
    return list(csv.reader(path.read_text("utf-8-sig").splitlines()))


def approved(project: Project, out: Path, **asked: object) -> None:
    with pytest.raises(Refused, match="waits for a second person"):
        share(project, out, reason="a study", **asked)
    approve_request(project, project.file.lane(), 1, bob(project))


def test_rows_are_asked_for_approved_and_made_once(project: Project, tmp_path: Path) -> None:
    out = tmp_path / "out"
    with pytest.raises(Refused, match="was not asked for yet"):
        share(project, out)
    with pytest.raises(Refused, match="waits for a second person"):
        share(project, out, reason="a study")
    project.actor, asker = "bob", project.actor
    share_by_bob = "bob asks for himself"
    with pytest.raises(Refused, match="waits for a second person"):
        share(project, out, columns=("sex",), reason=share_by_bob)
    who = bob(project)
    with pytest.raises(SamePerson):
        approve_request(project, project.file.lane(), 2, who)
    withdraw_request(project, project.file.lane(), 2)
    end_approver(project, project.file.lane(), "bob")
    project.actor = asker
    assert not out.exists()
    approved(project, out)
    made = share(project, out)
    assert sorted(path.name.removeprefix("2026-09 DDJ rows for State U").strip() for path in made.files) == [
        ".csv", ".xlsx", "codebook.csv", "manifest.json", "risk page.pdf",
    ]  # fmt: skip
    with pytest.raises(Refused, match="was not asked for yet"):
        share(project, out)
    (line, *_) = releases(project.file.lane())
    assert (line["kind"], line["level"], line["recipient"]) == ("extract", "extract", PARTNER)
    acts = history(project.file.lane(), 8)
    assert [act["event"] for act in acts[:4]] == ["sharing refused", "shared", "sharing approved", "approver enrolled"]
    assert acts[0]["facts"] == {"level": "extract", "rule": "NOT_ASKED"}
    assert all_requests(project.file.lane())[-1].release_id == made.release_id


def test_an_agreement_may_ask_for_larger_classes(project: Project, tmp_path: Path) -> None:
    project.file.lane().run("UPDATE agreement SET least_count = 30")
    approved(project, tmp_path / "out")
    files = {path.stem.split()[-1] + path.suffix: path for path in share(project, tmp_path / "out").files}
    assert json.loads(files["manifest.json"].read_text("utf-8"))["smallest_class"] >= 30
    text = " ".join(PdfReader(files["page.pdf"]).pages[0].extract_text().split())
    assert "Smallest class (at least 30 is the rule)" in text
    assert "(rule: 0.033)" in text


def test_what_is_written_is_safe_and_says_how_it_was_made(project: Project, tmp_path: Path) -> None:
    out = tmp_path / "out"
    approved(project, out)
    files = {path.stem.split()[-1] + path.suffix: path for path in share(project, out).files}
    rows = lines_of(files["U.csv"])
    sensitive = {"mental_health", "substance_use", "housing", "charge_class"}
    quasi = [at for at, name in enumerate(rows[0]) if at and name not in sensitive]
    classes = Counter(tuple(row[at] for at in quasi) for row in rows[1:])
    assert min(classes.values()) >= 11
    assert [row[0] for row in rows[1:]] == sorted({row[0] for row in rows[1:]})
    members = len(people_on_list(project.file.lane(), MONTH.span.last).members)
    assert len(rows) - 1 == members or members / 5 >= members - len(rows) + 1 >= 11

    book = load_workbook(files["U.xlsx"])
    assert [[cell.value for cell in line] for line in book["Rows"].iter_rows()] == rows
    assert {cell.data_type for sheet in book for line in sheet.iter_rows() for cell in line} <= {"s", "n"}
    assert book.properties.creator == "DDJ Desktop"
    codebook = lines_of(files["codebook.csv"])
    assert {line[0] for line in codebook[1:]} >= set(rows[0])
    assert all(line[3] for line in codebook[1:])
    manifest = json.loads(files["manifest.json"].read_text("utf-8"))
    assert manifest["smallest_class"] == min(classes.values())
    assert {file["name"] for file in manifest["files"]} | {files["manifest.json"].name} == {
        p.name for p in out.iterdir()
    }
    page = PdfReader(files["page.pdf"])
    text = " ".join(" ".join(part.extract_text() for part in page.pages).split())
    assert len(page.pages) == 1
    for words in ("expert determination (45 CFR 164.514(b)(1), paper ED-7)", "not de-identified under the Safe Harbor",
                  f"Smallest class (at least 11 is the rule) {min(classes.values())} people", "research"):  # fmt: skip
        assert words in text
    about = " ".join(str(line[0].value) for line in book["About"].iter_rows())
    assert manifest["not_covered"] == ["Jail data begin Nov 1, 2025.", "Ambulance data begin Nov 2, 2025."]
    for told in (*manifest["not_covered"], "0 there says that none is known"):
        assert told in text
        assert told in about
    kept = json.loads(project.file.lane().value("SELECT figures FROM release ORDER BY release_id DESC LIMIT 1"))
    assert sum(size for _, size in kept["extract"]["classes"]) == len(rows) - 1


def test_columns_can_be_fewer_and_none_can_be_others(project: Project, tmp_path: Path) -> None:
    out = tmp_path / "out"
    with pytest.raises(ColumnMayNotLeave, match="zip"):
        share(project, out, columns=("sex", "zip"), reason="x")
    approved(project, out, columns=("sex",))
    with pytest.raises(Refused, match="was not asked for yet"):
        share(project, out, columns=("sex", "age"))
    assert [name for name, _ in share(project, out, columns=("sex",)).transforms] == ["sex"]


def test_the_gate_is_asked_again_when_the_file_is_there(project: Project, tmp_path: Path) -> None:
    out = tmp_path / "out"
    approved(project, out)
    lane = project.file.lane()

    def end_the_agreement(progress: Progress) -> None:
        if progress.name == "Writing the files":
            lane.run("UPDATE agreement SET ends = $day", day=clock.today() - timedelta(days=1))

    with pytest.raises(Refused, match="ended on"):
        share_with_partner(project, lane, PARTNER, "extract", out, Progress(end_the_agreement), MONTH)
    assert list(out.iterdir()) == []
    assert [line["kind"] for line in releases(lane)] == []


def test_a_withdrawn_request_opens_nothing_and_a_lone_office_waits_a_day(project: Project, tmp_path: Path) -> None:
    out = tmp_path / "out"
    approved(project, out)
    lane = project.file.lane()
    withdraw_request(project, lane, 1)
    with pytest.raises(Refused, match="was not asked for yet"):
        share(project, out)
    set_one_person_office(project, lane, True)
    now = clock.now()
    with clock.standing_at(now), pytest.raises(Refused, match="24 hours"):
        share(project, out, reason="a study")
    with clock.standing_at(now + timedelta(hours=25)):
        assert share(project, out).files


def test_whose_code_it_is_two_persons_can_say_until_the_key_is_gone(project: Project, tmp_path: Path) -> None:
    out = tmp_path / "out"
    approved(project, out)
    made = share(project, out)
    (rows,) = (path for path in made.files if path.name.endswith("U.csv"))
    lane, codes = project.file.lane(), [line[0] for line in lines_of(rows)[1:]]

    def asked(code: str, reason: str = "a letter of May 4", release: int = made.release_id, who: object = BOB) -> int:
        return whose_code(project, lane, release, code, reason, who).result.person_id  # type: ignore[arg-type]

    on_list = {member.person_id for member in people_on_list(lane, MONTH.span.last).members}
    first = asked(f" {codes[0].lower()} ")
    assert {first, asked(codes[1])} <= on_list
    assert asked(codes[0]) == first != asked(codes[1])
    for refused, given in (
        (NotApproved, {"reason": " "}), (NoSuchExtract, {"release": 99}), (CodeUnknown, {"code": "A" * 16}),
        (WrongPhrase, {"who": SecondPerson("bob", "a guess")}),
    ):  # fmt: skip
        with pytest.raises(refused):
            asked(**{"code": codes[0]} | given)  # type: ignore[arg-type]
    project.actor = "bob"
    with pytest.raises(SamePerson):
        asked(codes[0])
    project.actor = "ann"
    kept = lane.rows("SELECT person_id, asked_by, approver_id, reason FROM code_question ORDER BY question_id")
    assert kept[0] == (first, "ann", 1, "a letter of May 4")
    assert [row[0] for row in kept].count(None) == 1
    other = next(person for person in on_list if person != first)
    lane.run("UPDATE person SET merged_into = $o WHERE person_id = $p", o=other, p=first)
    assert asked(codes[0]) == other, "the number that holds now"
    assert destroy_codes_key(project, lane, BOB).result == 2
    with pytest.raises(CodeUnknown):
        asked(codes[0])
    assert "key of codes destroyed" in [act["event"] for act in history(lane, 5)]


def test_codes_stay_where_the_agreement_says_so_and_nowhere_else(project: Project, tmp_path: Path) -> None:
    lane, who = project.file.lane(), bob(project)
    lane.run("UPDATE agreement SET stable_months = 12")

    def made(n: int, month: Month, *columns: str) -> tuple[dict[str, list[str]], dict[str, Path]]:
        out = tmp_path / f"out {n}"
        asked = Asked(columns, reason="a study of a year")

        def once() -> Shared:
            return share_with_partner(project, lane, PARTNER, "extract", out, Progress(), month, asked=asked).result

        with pytest.raises(Refused):
            once()
        approve_request(project, lane, n, who)
        files = {path.stem.split()[-1] + path.suffix: path for path in once().files}
        return {code: said for code, *said in lines_of(files["U.csv"])[1:]}, files

    first, files = made(1, MONTH, "sex")
    second, _ = made(2, MONTH, "age")
    assert first.keys() == second.keys()
    joint = Counter(zip((first[code][0] for code in first), (second[code][0] for code in first), strict=True))
    assert min(joint.values()) >= 11
    said = json.loads(files["manifest.json"].read_text("utf-8"))["codes"]
    assert said.startswith("the same in every file under this agreement about ")
    assert said in lines_of(files["codebook.csv"])[1][3]
    text = " ".join(PdfReader(files["page.pdf"]).pages[0].extract_text().split())
    assert "this file beside no earlier file" in text
    with pytest.raises(NotSafeTogether, match="beside 2 earlier files"):
        made(3, MONTH.plus(-2), "sex")
    person = whose_code(project, lane, 1, next(iter(first)), "a letter", who).result.person_id
    assert whose_code(project, lane, 2, next(iter(first)), "a letter", who).result.person_id == person

    lane.run("UPDATE agreement SET stable_months = NULL")
    other, files = made(4, MONTH, "sex")
    assert not other.keys() & first.keys()
    assert json.loads(files["manifest.json"].read_text("utf-8"))["codes"] == "another in every file"
    lane.run("UPDATE agreement SET stable_months = 12, agreement_id = 7")
    assert not made(5, MONTH, "sex")[0].keys() & first.keys(), "another agreement has other codes"
    kept = lane.rows("SELECT scope, count(*) FROM stable_row GROUP BY scope, release_id ORDER BY release_id")
    assert [scope.split()[1] for scope, _ in kept] == ["1", "1", "7"]


def test_codes_can_stay_for_two_months_to_two_years_under_an_agreement_for_rows(
    project: Project, tmp_path: Path
) -> None:
    for months in (1, 25):
        with pytest.raises(CodesCanNotStay):
            may_have_rows(project, project.file.lane(), tmp_path / "p.pdf", stable_months=months)
    may_have_rows(project, project.file.lane(), tmp_path / "p.pdf", stable_months=24)
