"""The county file keeps its word: encrypted, locked down, whole acts, verified backups, one holder."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from ddj_desktop.kernel.errors import OurFault, Stopped
from ddj_desktop.store import migrate
from ddj_desktop.store.backup import KEEP, Backups
from ddj_desktop.store.county_file import County, CountyFile
from ddj_desktop.store.errors import (
    AlreadyThere,
    BadBackup,
    BadKeyFile,
    BadRecoveryCode,
    Damaged,
    FileTooNew,
    InUse,
    NoKeyFile,
    NoSuchFile,
    NotACountyFile,
    WeakPassphrase,
    WrongKey,
    WrongPassphrase,
)
from ddj_desktop.store.keys import data_key_from, key_path, recovery_groups
from tests.conftest import PASSPHRASE

CANARY = "Zwetschgenkuchen Quillfeather"


def put(file: CountyFile, name: str, value: str) -> None:
    lane = file.lane()
    with file.act(lane, "setting", {"name": name}):
        lane.run("INSERT INTO setting VALUES ($name, $value)", name=name, value=value)
    lane.close()


def settings(file: CountyFile) -> dict[str, str]:
    lane = file.lane()
    try:
        return dict(lane.rows("SELECT name, value FROM setting ORDER BY name"))
    finally:
        lane.close()


def reopen(file: CountyFile, passphrase: str = PASSPHRASE) -> CountyFile:
    file.close()
    return CountyFile.open(file.path, passphrase, "tester")


def test_what_is_committed_is_there_after_reopening(county: CountyFile) -> None:
    put(county, "colour", "blue")
    again = reopen(county)
    try:
        assert settings(again) == {"colour": "blue"}
        assert again.county() == County("Pine", "KS", 14_000)
    finally:
        again.close()


def test_nothing_readable_lies_on_the_disk(county: CountyFile) -> None:
    put(county, "who", CANARY)
    county.back_up("import")
    county.close()
    folder = county.path.parent
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert any(path.name.endswith("before-import.ddj") for path in files)
    for path in files:
        assert CANARY.encode() not in path.read_bytes(), path.name


def test_spilled_rows_are_not_readable_and_are_wiped(county: CountyFile) -> None:
    lane = county.lane()
    lane.run("CREATE TABLE wide AS SELECT $c || range AS s, random() AS r FROM range(3000000)", c=CANARY)
    lane.run("CREATE TEMP TABLE sorted AS SELECT s, r, row_number() OVER (ORDER BY r) AS n FROM wide")
    spilled = list((county.path.parent / "Pine.ddj.tmp.d").glob("*"))
    for path in spilled:
        assert CANARY.encode() not in path.read_bytes()
    county.close()
    assert not (county.path.parent / "Pine.ddj.tmp.d").exists()


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT * FROM read_text('/etc/hostname')", "SELECT * FROM read_csv('/etc/hostname')",
        "SELECT * FROM glob('/etc/*')", "COPY setting TO '/tmp/ddj-leak.csv'", "ATTACH '/tmp/ddj-other.db'",
        "INSTALL httpfs", "SET threads = 1", "SET enable_external_access = true", "EXPORT DATABASE '/tmp/ddj-leak'",
    ],
)  # fmt: skip
def test_the_engine_reaches_nothing_else(county: CountyFile, statement: str) -> None:
    with pytest.raises(OurFault):
        county.lane().run(statement)


def test_a_failed_act_leaves_neither_rows_nor_a_line_in_the_log(county: CountyFile) -> None:
    lane = county.lane()
    before = county.check()

    def fails_half_way() -> None:
        with county.act(lane, "setting"):
            lane.run("INSERT INTO setting VALUES ('a', 'b')")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fails_half_way()
    assert county.check() == before
    put(county, "a", "c")
    assert settings(county) == {"a": "c"}


def test_a_stopped_statement_takes_the_act_back(county: CountyFile) -> None:
    import threading

    lane = county.lane()
    timer = threading.Timer(0.3, lane.interrupt)

    def takes_very_long() -> None:
        with county.act(lane, "long"):
            lane.run("INSERT INTO setting VALUES ('a', 'b')")
            timer.start()
            lane.value("SELECT count(*) FROM range(100000) a, range(1000000) b WHERE hash(a.range + b.range) = 7")

    with pytest.raises(Stopped):
        takes_very_long()
    timer.join()
    assert settings(county) == {}


def test_a_second_opening_is_refused_with_the_holders_name(county: CountyFile) -> None:
    with pytest.raises(InUse, match=r"tester on .* since \d{4}-\d\d-\d\d"):
        CountyFile.open(county.path, PASSPHRASE, "eve")


def test_another_process_is_refused_and_a_killed_holder_blocks_nobody(county: CountyFile) -> None:
    county.close()
    code = (
        "import sys, os, pathlib; from ddj_desktop.store.county_file import CountyFile\n"
        f"CountyFile.open(pathlib.Path(sys.argv[1]), {PASSPHRASE!r}, 'dana')\n"
        "print('open', flush=True); sys.stdin.read()"
    )
    child = subprocess.Popen(
        [sys.executable, "-c", code, str(county.path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert child.stdout is not None
    assert child.stdout.readline() == "open\n"
    with pytest.raises(InUse, match="dana"):
        CountyFile.open(county.path, PASSPHRASE, "eve")
    child.kill()
    child.communicate()
    CountyFile.open(county.path, PASSPHRASE, "eve").close()


def test_wrong_and_missing_keys_are_told_apart(county: CountyFile, tmp_path: Path) -> None:
    county.close()
    with pytest.raises(WrongPassphrase):
        CountyFile.open(county.path, "another passphrase", "x")
    with pytest.raises(NoSuchFile):
        CountyFile.open(tmp_path / "Oak.ddj", PASSPHRASE, "x")
    other, _ = CountyFile.create(tmp_path / "Oak.ddj", PASSPHRASE, County("Oak", "KS", None), "x")
    other.close()
    mine = key_path(county.path).read_bytes()
    key_path(county.path).write_bytes(key_path(other.path).read_bytes())
    with pytest.raises(WrongKey):
        CountyFile.open(county.path, PASSPHRASE, "x")
    key_path(county.path).write_text("{}")
    with pytest.raises(BadKeyFile):
        CountyFile.open(county.path, PASSPHRASE, "x")
    key_path(county.path).unlink()
    with pytest.raises(NoKeyFile):
        CountyFile.open(county.path, PASSPHRASE, "x")
    key_path(county.path).write_bytes(mine)
    CountyFile.open(county.path, PASSPHRASE, "x").close()


def test_creating_over_something_or_weakly_leaves_nothing_behind(tmp_path: Path) -> None:
    target = tmp_path / "Pine.ddj"
    with pytest.raises(WeakPassphrase):
        CountyFile.create(target, "short", County("Pine", "KS", None), "x")
    assert list(tmp_path.iterdir()) == []
    target.write_text("mine")
    with pytest.raises(AlreadyThere):
        CountyFile.create(target, PASSPHRASE, County("Pine", "KS", None), "x")
    assert target.read_text() == "mine"


@pytest.mark.parametrize("passphrase", ["x" * 128, "früh übt sich Ñandú 木", "  spaces count  "])
def test_long_and_foreign_passphrases_work(tmp_path: Path, passphrase: str) -> None:
    file, _ = CountyFile.create(tmp_path / "Pine.ddj", passphrase, County("Pine", "KS", None), "x")
    reopen(file, passphrase).close()


def test_the_recovery_code_is_the_key_and_names_a_slip(county: CountyFile) -> None:
    groups = recovery_groups(county._data_key)
    assert data_key_from("  " + "-".join(groups).lower()) == county._data_key
    for place in range(5):
        for letter in set("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567") - {groups[4][place]}:
            slipped = groups.copy()
            slipped[4] = groups[4][:place] + letter + groups[4][place + 1 :]
            with pytest.raises(BadRecoveryCode, match="group 5"):
                data_key_from(" ".join(slipped))
    with pytest.raises(BadRecoveryCode, match="12 groups"):
        data_key_from(" ".join(groups[:-1]))


def test_a_backup_is_verified_restores_and_the_oldest_go(county: CountyFile) -> None:
    put(county, "a", "1")
    backup = county.back_up("import")
    put(county, "b", "2")
    for _ in range(KEEP + 2):
        county.back_up("match")
    assert len(county.backups.all()) == KEEP
    assert not backup.exists()
    kept = county.back_up("import")
    put(county, "c", "3")
    county.close()
    county.backups.restore(kept)
    again = CountyFile.open(county.path, PASSPHRASE, "x")
    try:
        assert settings(again) == {"a": "1", "b": "2"}
        again.check()
    finally:
        again.close()


def test_a_damaged_backup_is_refused_and_nothing_is_touched(county: CountyFile) -> None:
    put(county, "a", "1")
    backup = county.back_up("import")
    county.close()
    before = county.path.read_bytes()
    bytes_ = bytearray(backup.read_bytes())
    for place in range(12_288, len(bytes_), 4_096):
        bytes_[place + 50] ^= 255
    backup.write_bytes(bytes_)
    with pytest.raises(BadBackup):
        county.backups.restore(backup)
    assert county.path.read_bytes() == before


def test_flipped_bytes_in_the_county_file_are_found(county: CountyFile) -> None:
    lane = county.lane()
    with county.act(lane, "rows"):
        lane.append("setting", {"name": [f"n{i}" for i in range(20_000)], "value": ["v" * 40] * 20_000})
    county.close()
    whole = bytearray(county.path.read_bytes())
    for place in range(12_288 + 2_000, len(whole), 262_144):
        whole[place] ^= 1
    county.path.write_bytes(whole)
    with pytest.raises((Damaged, NotACountyFile, WrongKey)):
        CountyFile.open(county.path, PASSPHRASE, "x").check()


def test_text_and_empty_files_are_no_county_files(county: CountyFile) -> None:
    county.close()
    for content in (b"", b"hello" * 5_000):
        county.path.write_bytes(content)
        with pytest.raises((NotACountyFile, Damaged)):
            CountyFile.open(county.path, PASSPHRASE, "x")


def test_a_newer_file_is_refused_untouched(county: CountyFile) -> None:
    county.lane().run("INSERT INTO schema_step VALUES (9999, TIMESTAMP '2030-01-01')")
    county.close()
    before = county.path.read_bytes()
    with pytest.raises(FileTooNew):
        CountyFile.open(county.path, PASSPHRASE, "x")
    assert county.path.read_bytes() == before


def test_steps_are_numbered_from_one_each_number_once() -> None:
    numbers = [number for number, _ in migrate.steps()]
    assert numbers[0] == 1
    assert numbers == sorted(set(numbers))


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE audit SET actor = 'nobody' WHERE seq = 3", "UPDATE audit SET facts = '{}' WHERE seq = 2",
        "DELETE FROM audit WHERE seq = 3", "UPDATE audit SET done_at = done_at + INTERVAL 1 DAY WHERE seq = 4",
        "UPDATE audit SET seq = CASE seq WHEN 2 THEN 103 ELSE seq END",
        "UPDATE audit SET mac = repeat('0', 64) WHERE seq = 5",
    ],
)  # fmt: skip
def test_tampering_with_the_log_shows(county: CountyFile, tampering: str) -> None:
    for name in "abcde":
        put(county, name, "1")
    county.check()
    county.lane().run(tampering)
    with pytest.raises(Damaged, match="audit log"):
        county.check()


def test_the_log_holds_what_was_done_and_by_whom(county: CountyFile) -> None:
    put(county, "a", "1")
    rows = county.lane().rows("SELECT seq, actor, event, facts FROM audit ORDER BY seq")
    assert [(seq, actor, event) for seq, actor, event, _ in rows] == [
        (1, "tester", "created"), (2, "tester", "setting"),
    ]  # fmt: skip
    assert json.loads(rows[1][3]) == {"name": "a"}


def test_passphrase_can_change_without_touching_the_county(county: CountyFile) -> None:
    put(county, "a", "1")
    county.change_passphrase("a new passphrase")
    county.close()
    with pytest.raises(WrongPassphrase):
        CountyFile.open(county.path, PASSPHRASE, "x")
    again = CountyFile.open(county.path, "a new passphrase", "x")
    assert settings(again) == {"a": "1"}
    again.close()


def test_an_unfinished_backup_is_removed_by_the_next(county: CountyFile) -> None:
    folder = Backups(county.path, b"").folder
    folder.mkdir()
    (folder / "Pine-x.ddj.unfinished").write_text("half")
    (folder / "Pine-x.ddj.unfinished.d").mkdir()
    county.back_up("import")
    assert [path.suffix for path in folder.iterdir()] == [".ddj"]


def test_rows_changed_in_place_while_somebody_reads_are_kept(county: CountyFile) -> None:
    lane = county.lane()
    with county.act(lane, "filled"):
        for number in range(30):
            lane.run("INSERT INTO setting VALUES ($name, '')", name=str(number))
    done = threading.Event()

    def read() -> None:
        reader = county.lane()
        while not done.is_set():
            reader.rows("SELECT count(*) FROM setting AS s JOIN range(200000) AS r(n) ON r.n % 30 = length(s.value)")
        reader.close()

    thread = threading.Thread(target=read)
    thread.start()
    try:
        for number in range(30):
            with county.act(lane, "changed"):
                lane.run("UPDATE setting SET value = 'x' WHERE name = $name", name=str(number))
    finally:
        done.set()
        thread.join()
    assert lane.value("SELECT count(*) FROM setting WHERE value = 'x'") == 30
