"""Agencies agree on what race codes mean: agreed while nothing changed, a draft again with the first thing that did."""

from __future__ import annotations

import io
import random
from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader

from ddj_desktop.measures.race_definitions import race_definitions
from ddj_desktop.store.county_file import County, CountyFile
from ddj_desktop.workflow.project import Project
from ddj_desktop.workflow.race_defining import agree_on_race, print_race_page, race_state
from ddj_desktop.workflow.register_sheets import keep_line
from tests.measures.small_county import make, put


@pytest.fixture
def project(tmp_path: Path) -> Project:
    file, _ = CountyFile.create(tmp_path / "Pine.ddj", "made-up people only", County("Pine", "KS", 13_500), "tester")
    lane = put(file, make(random.Random(3), 30, 200, date(2025, 1, 1), date(2026, 10, 31)))
    lane.run("UPDATE record SET race = 'SMITH, JOHN' WHERE record_id = 10")
    return Project(file, file.county(), "tester")


def text_of(path: Path) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(path.read_bytes())).pages).split())


def test_agreed_until_something_changes(project: Project, tmp_path: Path) -> None:
    lane = project.file.lane()
    assert race_state(lane) == ("draft", "Draft: nobody has agreed to it yet.")
    agreed = agree_on_race(project, lane, "DDJ team, 2026-06-12", "Sheriff, EMS", "June meeting").result
    assert agreed.state == "agreed"
    assert race_state(lane) == ("agreed", "Agreed on Jun 12, 2026 by DDJ team.")
    page = text_of(print_race_page(project, lane, tmp_path / "race.pdf"))
    for said in ("DDJ team", "Sheriff, EMS", "June meeting", "Jun 12, 2026", agreed.fingerprint, "“W” race White"):
        assert said in page, said
    for name, line in (
        ("race-codes", {"source": "Pine jail 1", "field": "race", "code": "C", "meaning": "white"}),
        ("race-rule", {"rule": "conflicting", "in_force": "yes"}),
        ("race-sources", {"source": "Pine ems 2", "self_reported": "yes"}),
    ):
        keep_line(project, lane, name, line)
    found = race_definitions(lane)
    assert found.state == "draft"
    assert found.changes == ("the rule where systems disagree", "who says race in 1 of the sources", "1 code")
    assert found.fingerprint != agreed.fingerprint
    page = text_of(print_race_page(project, lane, tmp_path / "race.pdf"))
    assert "Draft: otherwise than agreed on Jun 12, 2026 by DDJ team are" in page
    assert "June meeting" not in page, "a draft has lines to fill in, not the last agreement's names"
    audit = [row[0] for row in lane.rows("SELECT event FROM audit WHERE event LIKE 'race%'")]
    assert audit == ["race definitions agreed"]


def test_what_nobody_can_read_is_counted_and_not_printed(project: Project, tmp_path: Path) -> None:
    """A cell of the race column may hold anything a clerk typed."""
    lane = project.file.lane()
    page = text_of(print_race_page(project, lane, tmp_path / "race.pdf"))
    assert "SMITH" not in page
    assert "more codes are counted as unclear code until somebody decides" in page
    before = agree_on_race(project, lane, "DDJ team").result
    lane.run("UPDATE record SET race = 'JONES, ANN' WHERE record_id = 20")
    assert race_definitions(lane).fingerprint == before.fingerprint


def test_a_group_without_a_code_is_never_said(project: Project) -> None:
    (jail, *_) = race_definitions(project.file.lane()).sources
    assert jail.says == {"White", "Black or African American", "Hispanic or Latino"}
    assert not jail.self_reported
    assert {code.code for code in jail.codes} >= {"W", "B", "H"}
