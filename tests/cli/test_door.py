"""Five wrong passphrases by any command lock the file; the recovery code opens it, and the log says all of it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from ddj_desktop.kernel import clock
from tests.cli.running import here, recovery_code


def test_five_wrong_passphrases_lock_the_file_until_the_recovery_code_opens_it(county_folder: Path) -> None:
    file, code = county_folder / "Pine.ddj", county_folder / "code.txt"
    with clock.standing_at(datetime(2026, 11, 3, 9), 100):
        backup = here("backup", file, "--json").json["backup"]
        for command in (("check", file), ("restore", file, backup), ("check", file), ("match", file)):
            assert "does not open Pine.ddj" in here(*command, passphrase="a guess at it").sentence
        fifth = here("check", file, passphrase="a guess at it")
        assert (fifth.code, fifth.sentence.count("Pine.ddj is locked")) == (1, 1)
        wrong = recovery_code(county_folder)
        code.write_text(" ".join([*wrong[1:], wrong[0]]))
        for _ in range(7):
            assert "recovery code is not right" in here("restore", file, "--recovery-code-file", code).sentence
    with clock.standing_at(datetime(2026, 11, 5, 9), 3):
        for command in (("check", file), ("restore", file, backup)):
            told = here(*command)
            assert (told.code, told.out) == (1, "")
            assert "restore Pine.ddj --recovery-code-file" in told.sentence
        code.write_text(" ".join(wrong))
        assert here("restore", file, "--recovery-code-file", code).code == 0
        assert here("check", file).code == 0
        (opened,) = [act for act in here("audit", file, "--json").json["acts"] if act["event"] == "opened"]
    said = [line.split(": ")[1] for line in opened["facts"]["while_closed"]]
    assert said == [
        *["wrong passphrase"] * 5, "locked after five wrong passphrases", *["a passphrase while it was locked"] * 2,
        "key renewed",
    ]  # fmt: skip
    assert sorted(path.name for path in county_folder.glob("Pine.ddj*")) == [
        "Pine.ddj",
        "Pine.ddj.key",
        "Pine.ddj.lock",
    ]
