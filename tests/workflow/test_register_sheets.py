"""Registers as sheets: out, filled in, back in; and what becomes of the figures."""

from __future__ import annotations

import csv
import random
from datetime import date
from pathlib import Path

import pytest

from ddj_desktop.cohort.definitions import save_definition
from ddj_desktop.cohort.evaluate import member_ids
from ddj_desktop.cohort.rule import parse_rule
from ddj_desktop.kernel.dates import Month
from ddj_desktop.kernel.errors import PersonCanFix
from ddj_desktop.measures.types import Estimate
from ddj_desktop.registers.errors import BadRegisterSheet
from ddj_desktop.store.county_file import County, CountyFile
from ddj_desktop.workflow.lists import figures_of_month
from ddj_desktop.workflow.project import Project
from ddj_desktop.workflow.register_sheets import take_register, write_register
from tests.measures.small_county import RULE, make, put

CENSUS = (
    "GEO_ID,NAME,B03002_001E,B03002_003E,B03002_004E,B03002_005E,B03002_006E,B03002_007E,B03002_008E,B03002_009E,"
    "B03002_012E\n"
    "Geography,Name,Total,White,Black,AIAN,Asian,NHPI,Other,Two or more,Hispanic\n"
    '0500000US20999,"Pine County, Kansas",14000,11204,412,320,96,11,40,512,1405\n'
)


def sheet(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def write(path: Path, rows: list[dict[str, str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


@pytest.fixture
def project(county: CountyFile) -> Project:
    lane = put(county, make(random.Random(21), 120, 1200, date(2024, 9, 1), date(2026, 10, 31)))
    with lane.transaction():
        save_definition(lane, RULE, "tester")
    return Project(county, County("Pine", "KS", 14_000), "tester")


def estimates(project: Project) -> dict[str, Estimate]:
    return figures_of_month(project.file.lane(), Month(2026, 10)).estimates


def take(project: Project, name: str, path: Path, year: int | None = None, source: str | None = None) -> int:
    return take_register(project, project.file.lane(), name, path, year=year, source=source).result


def out_and_in(project: Project, name: str, path: Path) -> list[dict[str, str]]:
    write_register(project, project.file.lane(), name, path)
    return sheet(path)


def test_codes_residents_and_costs_change_the_figures(project: Project, tmp_path: Path) -> None:
    out = tmp_path / "sheet.csv"
    before = estimates(project)
    assert before["race_booked_white"].value is None
    (tmp_path / "census.csv").write_text(CENSUS, "utf-8")
    assert take(project, "residents", tmp_path / "census.csv", 2024, "ACS 2020-2024, B03002") == 8
    after = estimates(project)["race_booked_white"]
    assert after.value == pytest.approx(1000 * (after.count or 0) / 11_204)
    assert "ACS 2020-2024" in after.note
    (line,) = [line for line in out_and_in(project, "residents", out) if line["group"] == "white"]
    assert (line["people"], line["year"]) == ("11204", "2024")
    assert take(project, "residents", out) == 8, "the sheet as it was written comes back in"

    assert out_and_in(project, "costs", out) == []
    write(out, [
        {"source_kind": "jail", "unit": "day", "basis": "average", "dollars": "$85.50", "low": "70", "high": "110",
         "year": "2025", "payer": "county", "source": "budget / ADP", "stated_by": "sheriff"},
        {"source_kind": "ems", "unit": "contact", "basis": "average", "dollars": "640", "low": "", "high": "",
         "year": "2025", "payer": "", "source": "", "stated_by": ""},
    ])  # fmt: skip
    assert take(project, "costs", out) == 2
    assert {name for name in estimates(project) if name.startswith("cost_")} == {
        "cost_average_jail_day", "cost_average_ems_contact", "cost_average_total",
    }  # fmt: skip

    lines = out_and_in(project, "race-codes", out)
    white = [line for line in lines if line["code"] == "W"]
    assert {(line["read_as"], line["meaning"]) for line in white} == {("White", "")}
    for line in white:
        line["meaning"] = "black"
    assert take(project, "race-codes", write(out, lines)) == len(lines)
    assert "race_booked_white" not in estimates(project), "nobody is White any more"
    kept = [line for line in out_and_in(project, "race-codes", out) if line["meaning"]]
    assert {(line["code"], line["meaning"], line["decided_by"]) for line in kept} == {("W", "black", "tester")}
    assert len(kept) == len(white)


def test_programmes_and_enrolments(project: Project, tmp_path: Path) -> None:
    out = tmp_path / "sheet.csv"
    people = [str(m) for m in member_ids(project.file.lane(), parse_rule(RULE), date(2026, 10, 31))]
    assert people
    write(out, [{"name": "Bridge housing", "agency": "Harbor", "starts": "1/1/2026", "ends": "", "outcome_kind": "jail",
                 "outcome_unit": "contact", "outcome_days": "90"}])  # fmt: skip
    assert take(project, "programmes", out) == 1
    enrolled = [{"programme": "Bridge housing", "person_id": person, "starts": "2026-06-01", "ends": "",
                 "left_because": ""} for person in people]  # fmt: skip
    assert take(project, "enrolments", write(out, enrolled)) == len(people)
    found = estimates(project)
    assert {"outcome_1_enrolled_change", "outcome_1_as_if_change"} <= found.keys()
    assert "expected even without any programme" in found["outcome_1_enrolled_change"].note
    write(out, [{"name": "Bridge housing", "agency": "", "starts": "2026-01-01", "ends": "", "outcome_kind": "ems",
                 "outcome_unit": "contact", "outcome_days": "90"}])  # fmt: skip
    with pytest.raises(BadRegisterSheet, match="was fixed on"):
        take(project, "programmes", out)
    assert out_and_in(project, "programmes", out)[0]["agency"] == "Harbor", "a refused sheet changes nothing"


def test_the_rule_and_who_says_race(project: Project, tmp_path: Path) -> None:
    out = tmp_path / "sheet.csv"
    write(out, [{"rule": "self_reported", "words": "", "in_force": "yes"}])
    assert take(project, "race-rule", out) == 1
    lines = out_and_in(project, "race-sources", out)
    assert [line["self_reported"] for line in lines] == ["no", "no", "no", "yes"], "a shelter asks, the others write"
    lines[0]["self_reported"] = "yes"
    assert take(project, "race-sources", write(out, lines)) == 4
    assert out_and_in(project, "race-sources", out)[0]["self_reported"] == "yes"
    rules = out_and_in(project, "race-rule", out)
    assert [line["rule"] for line in rules if line["in_force"] == "yes"] == ["self_reported"]


@pytest.mark.parametrize(
    ("register", "rows", "said"),
    [
        ("costs", [{"source_kind": "jail", "unit": "day", "year": "2025"}], "no column dollars"),
        ("costs", [{"source_kind": "jail", "unit": "day", "dollars": "lots", "year": "2025"}], "Line 2"),
        ("race-codes", [{"source": "Nowhere", "field": "race", "code": "W", "meaning": "white"}], "Line 2"),
        ("enrolments", [{"programme": "None", "person_id": "1", "starts": "2026-01-01"}], "Line 2"),
        ("programmes", [{"name": "A", "starts": "soon"}], "Line 2"),
        ("residents", [{"a": "b"}], "No residents"),
    ],
)
def test_a_wrong_sheet_changes_nothing(
    project: Project, tmp_path: Path, register: str, rows: list[dict[str, str]], said: str
) -> None:
    before = out_and_in(project, register, tmp_path / "before.csv")
    with pytest.raises(PersonCanFix, match=said):
        take(project, register, write(tmp_path / "sheet.csv", rows))
    assert out_and_in(project, register, tmp_path / "after.csv") == before
