"""The command `register`: a sheet out, the same sheet in; a register that is not there is misuse."""

from __future__ import annotations

from pathlib import Path

from tests.cli.running import ddj


def test_a_register_goes_out_and_comes_back(county_folder: Path) -> None:
    file, sheet = county_folder / "Pine.ddj", county_folder / "codes.csv"
    ran = ddj("register", file, "race-codes", "--export", sheet, "--json")
    assert ran.code == 0, ran.err
    assert ran.json["lines"] > 0
    back = ddj("register", file, "race-codes", "--apply", sheet, "--json")
    assert back.json == {"register": "race-codes", "lines": ran.json["lines"]}
    assert ddj("register", file, "wishes", "--export", sheet).code == 2
    assert ddj("register", file, "costs").code == 2
