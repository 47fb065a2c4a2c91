"""Rows with names from the command line: the password is said once, to the person, and is nowhere else."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from ddj_desktop.outputs.names_workbook import read_names_workbook
from tests.cli.running import Ran, ddj, here, recovery_code
from tests.workflow.sharing_rows import BOOKED

WORDS = re.compile(r"The password: ((?:[A-Z2-7]{5}-){4}[A-Z2-7]{5})\n")


def test_names_from_the_agreement_to_the_workbook(county_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file, out = county_folder / "Pine.ddj", county_folder / "out"
    (county_folder / "rule.toml").write_text(BOOKED, "utf-8")
    (county_folder / "paper.pdf").write_text("signed", "utf-8")
    monkeypatch.setenv("LOGNAME", "ann")
    assert here("define", file, "--rule", county_folder / "rule.toml", "--agree", "us, 2026-06-12").code == 0
    agreement = (
        "agreement", file, "--partner", "State U.", "--title", "MOU", "--level", "identified", "--purpose", "care",
        "--source", "jail", "--starts", "2026-01-01", "--ends", "2199-12-31", "--signed-on", "2026-01-01",
        "--signatory", "A", "--privacy-officer", "B", "--basis", "justice_duties", "--document",
        county_folder / "paper.pdf", "--column",
    )  # fmt: skip
    wrong = here(*agreement, "ssn")
    assert "These columns can not leave: ssn." in wrong.sentence
    assert "treatment_last_month" in wrong.sentence
    extract = ["extract" if word == "identified" else word for word in agreement]
    assert "These columns can not leave: last_name." in here(*extract, "last_name").sentence
    agreed = here(*agreement, "all", "--column", "last_name", "--column", "jail_count")
    assert agreed.code == 0, agreed.err
    basis = ("--basis", "justice_duties", "--until", "2199-01-01")
    for words in (("--source", "jail", "--level", "identified"), basis):
        assert here("allow", file, "--partner", "State U.", "--stated-by", "C", *words).code == 0
    phrase, code = (county_folder / name for name in ("phrase.txt", "code.txt"))
    phrase.write_text("bob alone knows this\n", "utf-8")
    code.write_text(" ".join(recovery_code(county_folder)), "utf-8")
    assert here("approver", file, "--enrol", "bob", "--phrase-file", phrase, "--recovery-code-file", code).code == 0
    share = ("share", file, "--partner", "State U.", "--level", "identified", "--out", out, "--month", "2026-09")

    def approved(number: int) -> None:
        assert f"Request {number} waits" in here(*share, "--reason", "a hand-over").sentence
        assert here("approve", file, str(number), "--approver", "bob", "--phrase-file", phrase).code == 0

    approved(1)
    plain = ddj(*share)
    assert (plain.code, plain.err) == (0, "")
    assert "Columns: last_name, jail_count. People left out, for want of a signed release" in plain.out
    assert "Give it by telephone or in person, never with the file" in plain.out
    opened(out, plain.out)
    approved(2)
    told: Ran = here(*share, "--json")
    assert told.code == 0, told.err
    assert set(told.json["columns"]) == {"last_name", "jail_count"}
    (said,) = WORDS.findall(told.err)
    assert said not in told.out
    opened(out, told.err)
    logs = here("audit", file, "--export", county_folder / "logs")
    assert logs.code == 0
    spoken = {*WORDS.findall(plain.out), said}
    assert len(spoken) == 2
    for path in county_folder.rglob("*"):
        data = path.read_bytes() if path.is_file() else b""
        assert not [one for one in spoken if one.encode() in data], path.name
    disclosed = (county_folder / "logs" / "disclosure log.csv").read_text("utf-8-sig")
    assert disclosed.count("2026-09 DDJ rows with names for State U.xlsx") == 2


def opened(out: Path, said: str) -> None:
    """The password that was said opens the workbook that was written."""
    (book,) = out.glob("*.xlsx")
    (password,) = WORDS.findall(said)
    headings, *rows = read_names_workbook(book.read_bytes(), password)
    assert headings == ("number", "last_name", "jail_count", "for")
    assert len(rows) > 50
    assert all(name and int(count) >= 1 for _, name, count, _ in rows)
    assert json.loads(next(out.glob("*manifest.json")).read_text("utf-8"))["rows"] == len(rows)
