"""A partner's summary goes through the gate, is recorded, and is there whole or not at all."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from ddj_desktop.disclosure.errors import Refused
from ddj_desktop.kernel import clock
from ddj_desktop.kernel.dates import Month
from ddj_desktop.kernel.errors import Stopped
from ddj_desktop.kernel.progress import Progress
from ddj_desktop.workflow.governing import keep_agreement, keep_partner, put_partner_aside
from ddj_desktop.workflow.lists import releases
from ddj_desktop.workflow.packets import build_packet
from ddj_desktop.workflow.project import Project
from ddj_desktop.workflow.sharing import share_with_partner
from tests.conftest import PASSPHRASE

MONTH = Month(2026, 9)


@pytest.fixture
def project(finished: Path, tmp_path: Path) -> Iterator[Project]:
    folder = Path(shutil.copytree(finished, tmp_path / "county"))
    opened = Project.open(folder / "Pine.ddj", PASSPHRASE, "tester")
    yield opened
    opened.close()


def agree(
    project: Project, *, ends: date | None = None, sources: tuple[str, ...] = ("jail", "ems"), least: int | None = None
) -> int:  # fmt: skip
    lane = project.file.lane()
    partner = keep_partner(project, lane, "State U.", "university", "data office").result
    today, month = clock.today(), timedelta(days=30)
    keep_agreement(
        project, lane, partner.partner_id, title="DUA", level="table", purpose="research", sources=sources,
        starts=today - month, ends=ends or today + month, signed_on=today - month,
        signatory="A", privacy_officer="B", least_count=least,
    )  # fmt: skip
    return partner.partner_id


def test_under_an_agreement_a_summary_is_made_and_recorded(project: Project, tmp_path: Path) -> None:
    agree(project)
    lane = project.file.lane()
    made = share_with_partner(project, lane, "state u.", "table", tmp_path / "out", Progress(), MONTH).result
    assert sorted(path.suffix for path in made.files) == [".json", ".pdf", ".xlsx"]
    manifest = json.loads(next(p for p in made.files if p.suffix == ".json").read_text("utf-8"))
    for file in manifest["files"]:
        assert hashlib.sha256((tmp_path / "out" / file["name"]).read_bytes()).hexdigest() == file["sha256"]
    assert (manifest["for"], manifest["agreement"], manifest["level"]) == ("State U.", "DUA", "table")
    assert str(tmp_path) not in str(manifest)
    assert len(load_workbook(next(p for p in made.files if p.suffix == ".xlsx")).sheetnames) >= 2
    first = PdfReader(next(p for p in made.files if p.suffix == ".pdf")).pages[0].extract_text()
    assert all(words in first for words in ("Summary for State U.", "DUA", "research"))
    (line, *_) = releases(lane)
    assert (line["kind"], line["recipient"], line["month"]) == ("table", "State U.", "2026-09")
    kept = json.loads(lane.value("SELECT figures FROM release ORDER BY release_id DESC LIMIT 1"))
    assert kept["figures"]["people_on_list"]
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == sorted(path.name for path in made.files)


def test_an_agreement_may_ask_for_more_than_the_county_does(project: Project, tmp_path: Path) -> None:
    """Counts under 20 are hidden, 23 where a summary comes every month; the county's own packet is as it was."""
    agree(project)
    lane = project.file.lane()
    own = share_with_partner(project, lane, "State U.", "table", tmp_path / "own", Progress(), MONTH).result
    told = lane.value("SELECT count(*) FROM release_told")
    agree(project, least=20)
    made = share_with_partner(project, lane, "State U.", "table", tmp_path / "out", Progress(), MONTH).result
    texts = ["".join(page.extract_text() for page in PdfReader(file).pages)
             for files in (own.files, made.files) for file in files if file.suffix == ".pdf"]  # fmt: skip
    assert ["counts under 23 hidden" in text for text in texts] == [False, True]
    assert texts[1].count("—") > texts[0].count("—")
    manifest = json.loads(next(p for p in made.files if p.suffix == ".json").read_text("utf-8"))
    assert manifest["threshold"] == 23
    assert lane.value("SELECT count(*) FROM release_told") == told, "what others are held against is the county's own"


@pytest.mark.parametrize(
    ("prepare", "words"),
    [
        (lambda p: None, "not in the register"),
        (lambda p: agree(p, ends=clock.today() - timedelta(days=1)), "ended on"),
        (lambda p: agree(p, sources=("jail",)), "does not cover"),
        (lambda p: put_partner_aside(p, p.file.lane(), agree(p)), "put aside"),
        (lambda p: keep_partner(p, p.file.lane(), "State U."), "has no agreement"),
    ],
    ids=["no partner", "ended", "a source is missing", "put aside", "no agreement"],
)
def test_a_refusal_says_the_rule_and_leaves_nothing(project: Project, tmp_path: Path, prepare, words) -> None:  # type: ignore[no-untyped-def]
    prepare(project)
    lane = project.file.lane()
    before = len(releases(lane))
    with pytest.raises(Refused, match=words):
        share_with_partner(project, lane, "State U.", "table", tmp_path / "out", Progress(), MONTH)
    assert not (tmp_path / "out").exists()
    assert len(releases(lane)) == before


def test_rows_of_people_do_not_leave(project: Project, tmp_path: Path) -> None:
    agree(project)
    lane = project.file.lane()
    with pytest.raises(Refused, match="rows about single people"):
        share_with_partner(project, lane, "State U.", "extract", tmp_path / "out", Progress(), MONTH)
    assert not (tmp_path / "out").exists()


def test_a_cancelled_packet_leaves_neither_file_nor_line(project: Project, tmp_path: Path) -> None:
    lane = project.file.lane()

    def stop_at_layout(progress: Progress) -> None:
        if progress.name.startswith("Laying out"):
            progress.stop()

    before = len(releases(lane))
    with pytest.raises(Stopped):
        build_packet(project, lane, MONTH, "meeting", tmp_path / "out", Progress(stop_at_layout))
    assert len(releases(lane)) == before
    assert list((tmp_path / "out").iterdir()) == []
