"""The reference's corpus of 68, cases 63 to 68: files that change, come twice, are huge, or are no spreadsheets."""

from __future__ import annotations

import json
import os
import pickle
import threading
import time
from pathlib import Path

import pytest

from ddj_desktop.cohort.errors import RuleMistakes
from ddj_desktop.cohort.rule import parse_rule
from ddj_desktop.intake import errors, read, worker
from ddj_desktop.intake.draft import suggest
from ddj_desktop.intake.read import read_file
from ddj_desktop.kernel.errors import Stopped
from ddj_desktop.kernel.progress import Progress
from ddj_desktop.registers.errors import NotALayout
from ddj_desktop.registers.layout_file import keep_layout_text
from ddj_desktop.store.county_file import CountyFile
from ddj_desktop.store.errors import BadBackup, FileTooNew, WrongPassphrase
from tests.conftest import PASSPHRASE
from tests.intake.bad_files import plain_workbook
from tests.intake.sheets import take_in
from tests.intake.test_reports import ask

pytestmark = pytest.mark.usefixtures("on_nov_3")

HEAD = "Booking No,Name,DOB,Booking Date,Release Date\n"


def booking(number: int, last: str = "ROE", released: str = "") -> str:
    """One line of a jail's sheet."""
    return f'B{number},"{last}, JAN",02/13/1980,10/{number % 28 + 1:02d}/2026,{released}\n'


def test_63_a_file_that_changes_or_goes_while_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is read once, into memory; its hash and its rows are of the same bytes, whatever becomes of it then."""
    path = tmp_path / "moving.csv"
    path.write_text(HEAD + booking(1))
    told = list(worker._messages(path, path.name, None))
    changing = worker._messages(path, path.name, None)
    messages = [next(changing)]
    path.write_text("something else")
    path.unlink()
    assert [*messages, *changing] == told
    path.write_bytes(plain_workbook())
    real = read._started

    def gone(path: Path, *rest: object) -> object:
        path.unlink()
        return real(path, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(read, "_started", gone)
    with pytest.raises(errors.NoSuchSpreadsheet):
        read_file(path)


def test_63_a_file_another_program_holds_is_named_with_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "held.xlsx"
    path.write_bytes(plain_workbook())

    def refuse(_: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(errors.CannotOpen, match="Close it in other programs"):
        list(worker._messages(path, path.name, None))


def test_63_a_workbook_open_elsewhere_is_read_as_saved_and_told(tmp_path: Path) -> None:
    path, mark = tmp_path / "jail.xlsx", tmp_path / "~$jail.xlsx"
    path.write_bytes(plain_workbook())
    mark.write_bytes(b"\x05clerk" + bytes(160))
    assert any("open in another program" in note for note in read_file(path).notes)
    with pytest.raises(errors.OwnersMark, match=r"Close jail\.xlsx there"):
        read_file(mark)
    mark.unlink()
    assert read_file(path).notes == ()


def test_64_the_same_file_the_same_rows_turned_round_and_a_correction(county: CountyFile, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    counts = []
    for lines in (range(1, 9), range(1, 9), range(8, 0, -1)):
        path.write_text(HEAD + "".join(map(booking, lines)))
        result = take_in(county, suggest(read_file(path), kind="jail")[0])
        counts.append((result.new, result.changed, result.already_here))
    path.write_text(HEAD + booking(1) + booking(2, released="10/20/2026"))
    result = take_in(county, suggest(read_file(path), kind="jail")[0])
    counts.append((result.new, result.changed, result.already_here))
    assert counts == [(8, 0, 0), (0, 0, 8), (0, 0, 8), (0, 1, 1)]
    assert ask(county, "SELECT count(*), count(ends) FROM contact") == [(8, 1)]


def test_65_a_million_rows_of_thirty_columns_can_be_stopped_at_once(tmp_path: Path) -> None:
    path = tmp_path / "million.csv"
    line = ",".join(str(n % 10) for n in range(30)) + "\n"
    with path.open("w") as out:
        for _ in range(1_049):
            out.write(line * 1_000)
    assert path.stat().st_size > 60_000_000
    progress = Progress()
    began = time.monotonic()
    threading.Timer(0.5, progress.stop).start()
    with pytest.raises(Stopped):
        read_file(path, progress=progress)
    assert time.monotonic() - began < 10


def test_66_a_newer_file_a_wrong_passphrase_a_changed_backup(county: CountyFile) -> None:
    backup = county.back_up("import")
    whole = bytearray(backup.read_bytes())
    for place in range(12_288, len(whole), 4_096):
        whole[place + 50] ^= 255
    backup.write_bytes(whole)
    county.lane().run("INSERT INTO schema_step VALUES (9999, TIMESTAMP '2030-01-01')")
    county.close()
    before = county.path.read_bytes()
    with pytest.raises(WrongPassphrase):
        CountyFile.open(county.path, "not it", "x")
    with pytest.raises(FileTooNew):
        CountyFile.open(county.path, PASSPHRASE, "x")
    with pytest.raises(BadBackup):
        county.backups.restore(backup)
    assert county.path.read_bytes() == before


_LAYOUT = {"ddj_layout": 1, "kind": "jail", "date_order": "mdy", "columns": {"full_name": "Name"}, "codes": {}}


@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000, json.dumps({**_LAYOUT, "columns": {"a": json.loads("[" * 100 + "]" * 100)}}),
        json.dumps({**_LAYOUT, "columns": {f"field {n}": "x" for n in range(1_000_000)}}),
        json.dumps({**_LAYOUT, "__proto__": {"kind": "x"}, "kind": "__proto__"}),
        json.dumps(_LAYOUT)[:-1] + ', "columns": []}', pickle.dumps(_LAYOUT, 0).decode("ascii"),
    ],
    ids=["endless", "deep", "a million", "proto", "one key twice", "pickle"],
)  # fmt: skip
def test_67_a_layout_that_is_none_is_refused(text: str, county: CountyFile) -> None:
    lane = county.lane()
    with pytest.raises(NotALayout):
        keep_layout_text(lane, text, "Jail", "tester")
    assert lane.value("SELECT count(*) FROM layout_profile") == 0
    lane.close()


@pytest.mark.parametrize(
    "text",
    [
        "a = " + "[" * 100_000, "a = " + "[" * 100 + "]" * 100, 'name = "x"\nname = "y"\n',
        'name = "x"\n[__proto__]\nkind = "x"\n', "name = " + "{a=" * 5_000 + "1" + "}" * 5_000,
        "".join(f"k{n} = 1\n" for n in range(20_000)), pickle.dumps(_LAYOUT, 0).decode("ascii"),
    ],
    ids=["endless", "deep", "one key twice", "proto", "deep tables", "many keys", "pickle"],
)  # fmt: skip
def test_67_a_definition_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(RuleMistakes):
        parse_rule(text)


def test_68_three_thousand_rows_of_one_person_and_a_file_without_a_good_row(county: CountyFile, tmp_path: Path) -> None:
    path = tmp_path / "one.csv"
    path.write_text(HEAD + "".join(f'B{n},"ROE, JAN",02/13/1980,10/13/2026,\n' for n in range(3_000)))
    result = take_in(county, suggest(read_file(path), kind="jail")[0])
    assert (result.rows, result.new) == (3_001, 3_000)
    assert ask(county, "SELECT count(*), count(DISTINCT record_id) FROM contact") == [(3_000, 1)]
    path.write_text(HEAD + 'B1,"ROE, JAN",02/13/1980,never,\n' * 4)
    result = take_in(county, suggest(read_file(path), kind="jail")[0])
    assert (result.rows, result.new, result.set_aside) == (5, 0, 4)
    assert result.problems[0].level == "must fix"
    assert os.listdir(tmp_path).count("one.csv") == 1
