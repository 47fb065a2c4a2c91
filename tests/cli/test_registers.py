"""The command `register`: a sheet out, the same sheet in; a register that is not there is misuse."""

from __future__ import annotations

from pathlib import Path

from tests.cli.running import ddj, here


def test_a_register_goes_out_and_comes_back(county_folder: Path) -> None:
    file, sheet = county_folder / "Pine.ddj", county_folder / "codes.csv"
    ran = ddj("register", file, "race-codes", "--export", sheet, "--json")
    assert ran.code == 0, ran.err
    assert ran.json["lines"] > 0
    back = here("register", file, "race-codes", "--apply", sheet, "--json")
    assert back.json == {"register": "race-codes", "lines": ran.json["lines"]}
    assert here("register", file, "wishes", "--export", sheet).code == 2
    assert here("register", file, "costs").code == 2


def test_race_definitions_are_agreed_and_printed(county_folder: Path) -> None:
    file, page = county_folder / "Pine.ddj", county_folder / "race.pdf"
    draft = ddj("race", file, "--page", page, "--json")
    assert draft.code == 0, draft.err
    assert draft.json["state"] == "draft"
    assert page.read_bytes().startswith(b"%PDF")
    agreed = here("race", file, "--agree", "DDJ team, 2026-06-12", "--agencies", "Sheriff", "--json")
    assert agreed.json == {"state": "agreed", "words": "Agreed on Jun 12, 2026 by DDJ team.", "page": None}
    assert here("race", file, "--meeting", "June").code == 2


def test_a_paper_for_the_care_team_needs_an_agreement(county_folder: Path) -> None:
    file = county_folder / "Pine.ddj"
    asked = ("care", file, "--person", "1", "--partner", "Nobody at all", "--purpose", "care", "--out", county_folder)
    refused = ddj(*asked)
    assert refused.code == 1
    assert "no partner" in refused.err
    assert not list(county_folder.glob("Care team*"))
