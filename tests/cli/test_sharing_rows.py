"""Rows about people from the command line: agreement, permissions, request, second person, file; and taking back."""

from __future__ import annotations

import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from ddj_desktop.kernel import clock
from tests.cli.running import ddj, here, recovery_code
from tests.workflow.sharing_rows import BOOKED


def test_from_the_agreement_to_the_file_and_back(county_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file, out = county_folder / "Pine.ddj", county_folder / "out"
    (county_folder / "rule.toml").write_text(BOOKED, "utf-8")
    (county_folder / "paper.pdf").write_text("signed", "utf-8")
    monkeypatch.setenv("LOGNAME", "ann")
    assert here("define", file, "--rule", county_folder / "rule.toml", "--agree", "us, 2026-06-12").code == 0
    agreed = ddj(
        "agreement", file, "--partner", "State U.", "--title", "DUA", "--level", "extract", "--purpose", "research",
        "--source", "jail", "--source", "ems", "--column", "sex", "--column", "ems_contacts", "--starts", "2026-01-01",
        "--ends", "2199-12-31", "--signed-on", "2026-01-01", "--signatory", "A", "--privacy-officer", "B",
        "--basis", "limited_data_set", "--document", county_folder / "paper.pdf",
    )  # fmt: skip
    assert agreed.code == 0, agreed.err
    share = ("share", file, "--partner", "State U.", "--level", "extract", "--out", out, "--month", "2026-09")
    for words, says in (
        (("--source", "jail"), "agency of Ambulance has not said"),
        (("--source", "Ambulance"), "not approved for today"),
        (("--basis", "limited_data_set", "--until", "2199-01-01", "--reference", "L-1"), "was not asked for yet"),
    ):  # fmt: skip
        allowed = here("allow", file, "--partner", "State U.", "--stated-by", "C", *words)
        assert allowed.code == 0, allowed.err
        assert says in here(*share).sentence
    assert "Request 1 waits" in here(*share, "--reason", "a study").sentence
    assert "Give --approver" in here("approve", file, "1").sentence
    phrase, wrong, code = (county_folder / name for name in ("phrase.txt", "wrong.txt", "code.txt"))
    phrase.write_text("bob alone knows this\n", "utf-8")
    wrong.write_text("ann guesses this\n", "utf-8")
    code.write_text(" ".join(recovery_code(county_folder)), "utf-8")
    enrol = ("approver", file, "--enrol", "bob", "--phrase-file", phrase)
    assert "somebody must vouch" in here(*enrol).sentence
    enrolled = ddj(*enrol, "--recovery-code-file", code, "--json")
    assert [(one["name"], one["active"]) for one in enrolled.json["approvers"]] == [("bob", True)]
    yes = ("approve", file, "1", "--approver", "Bob", "--phrase-file")
    assert "not the phrase" in here(*yes, wrong).sentence
    assert ddj(*yes, phrase, "--json").json["requests"][0]["approved_by"] == "bob"
    made = ddj(*share, "--json")
    assert made.code == 0, made.err
    assert len(made.json["files"]) == 5
    assert set(made.json["columns"]) == {"sex", "ems_contacts"}
    assert "was not asked for yet" in here(*share).sentence

    logs = ddj("audit", file, "--export", county_folder / "logs", "--json").json
    checked = subprocess.run(
        [sys.executable, "-I", "verify_log.py", "audit log.jsonl", "--head", logs["head"]], cwd=county_folder / "logs",
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert checked.returncode == 0, checked.stdout
    assert "State U." in (county_folder / "logs" / "disclosure log.csv").read_text("utf-8-sig")


def test_releases_of_information_and_erasure(county_folder: Path) -> None:
    file = county_folder / "Pine.ddj"
    form = here("consent", file, "--form", county_folder / "form.pdf", "--purpose", "care", "--json").json
    assert form["missing"] == [
        "which information, specifically", "who receives it", "the right to revoke, and how",
        "the date or event it ends",
    ]  # fmt: skip
    assert "needs --expires" in here("consent", file, "--person", "1").sentence
    rows = here("crosswalk", file, "--out", county_folder / "x.csv", "--reason", "test")
    assert rows.code == 0
    person = (county_folder / "x.csv").read_text("utf-8-sig").splitlines()[1].split(",")[0]
    assert ddj("allow", file, "--partner", "Clinic", "--stated-by", "x").code == 2
    agreed = here(
        "agreement", file, "--partner", "Clinic", "--title", "DUA", "--level", "table", "--purpose", "care", "--source",
        "jail", "--starts", "2026-01-01", "--ends", "2026-12-31",
    )  # fmt: skip
    assert agreed.code == 0, agreed.err
    signed = (
        "consent", file, "--person", person, "--partner", "Clinic", "--purpose", "care", "--class", "contacts",
        "--source", "jail", "--signed-on", "2026-01-01",
    )  # fmt: skip
    for said in ((), ("--lacks", "signature", "--lacks-nothing")):
        unlooked = here(*signed, "--expires", "2199-01-01", *said)
        assert unlooked.code == 2
        assert "--lacks-nothing" in unlooked.sentence
    assert here("consent", file, "--json").json["consents"] == []
    kept = ddj(*signed, "--expires", "2199-01-01", "--lacks-nothing", "--json")
    assert kept.json == {"consent_id": 1}
    assert here("consent", file, "--json").json["consents"][0]["state"] == "in force"
    soon = clock.today() + timedelta(days=6)
    assert here(*signed, "--expires", str(soon), "--lacks-nothing").code == 0
    told = here("consent", file)
    assert "Ends in 6 days: A release of information ends on" in told.out
    assert here("consent", file, "--json").json["ending"] == [
        {"kind": "release", "number": 2, "ends": str(soon), "days": 6}
    ]
    assert here("consent", file, "--revoke", "1", "--json").json == {"revoked": 1, "to_tell": []}
    erased = ddj("erase", file, "--person", person, "--ground", "expunged", "--authority", "court", "--json").json
    assert erased["consents"] == 2
    assert erased["rows"] >= 1
    assert here("consent", file, "--json").json["consents"] == []
    assert here("check", file).code == 0


def test_an_emergency_release_and_its_review(county_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file, secret, out = county_folder / "Pine.ddj", county_folder / "passphrase.txt", county_folder / "out"
    secret.write_text("made-up people only", "utf-8")
    monkeypatch.setenv("LOGNAME", "ann")
    assert here("crosswalk", file, "--out", county_folder / "x.csv", "--reason", "test").code == 0
    person = (county_folder / "x.csv").read_text("utf-8-sig").splitlines()[1].split(",")[0]
    agreed = here(
        "agreement", file, "--partner", "Mercy", "--title", "MOU", "--level", "table", "--purpose", "care", "--source",
        "jail", "--starts", "2026-01-01", "--ends", "2026-12-31",
    )  # fmt: skip
    assert agreed.code == 0, agreed.err
    made = ("emergency", file, "--person", person, "--partner", "Mercy", "--passphrase-file", secret)
    assert here(*made, passphrase=None).code == 2
    assert "danger said in words" in here(*made, "--out", out, passphrase=None).sentence
    paper = ddj(*made, "--out", out, "--reason", "threat to life", "--json", passphrase=None)
    assert paper.code == 0, paper.err
    assert Path(paper.json["file"]).read_bytes().startswith(b"%PDF")
    (waiting,) = here("emergency", file, "--json").json["to_review"]
    assert (waiting["break_id"], waiting["actor"]) == (1, "ann")
    phrase, code = county_folder / "phrase.txt", county_folder / "code.txt"
    phrase.write_text("bob alone knows this", "utf-8")
    code.write_text(" ".join(recovery_code(county_folder)), "utf-8")
    assert here("approver", file, "--enrol", "bob", "--phrase-file", phrase, "--recovery-code-file", code).code == 0
    review = ("emergency", file, "--review", "1", "--finding", "the danger was real")
    assert "Give --approver" in here(*review).sentence
    assert here(*review, "--approver", "bob", "--phrase-file", phrase, "--json").json == {"to_review": []}
