"""The exported log: whole as it is, and every kind of tampering found, by a program that knows nothing of ours."""

from __future__ import annotations

import ast
import hashlib
import hmac
import importlib.util
import json
import random
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from types import ModuleType

import pytest

from ddj_desktop.kernel.resources import resource
from ddj_desktop.store import audit
from ddj_desktop.store.county_file import CountyFile
from ddj_desktop.store.errors import BadRecoveryCode, Damaged

SCRIPT = resource("verify_log.py")
KEY = b"k" * 32
Lines = list[str]


def checker() -> ModuleType:
    spec = importlib.util.spec_from_file_location("verify_log", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


CHECKER = checker()
CHECK = CHECKER.check


def made_log(rows: int, key: bytes = KEY, before: str = audit.GENESIS, first: int = 1, seed: int = 0) -> Lines:
    """A log in the form of the export, made without the code under test; its first line begins a seal of this key."""
    lines, moment = [], datetime(2026, 1, 1) + timedelta(seconds=seed)
    for number in range(first, first + rows):
        facts = json.dumps({"import_id": number, "rows": 10 * number + seed}, sort_keys=True)
        event = "seal begun" if number == 1 else "import"
        text = json.dumps([before, str(number), (moment + timedelta(minutes=number)).isoformat(), "ann", event, facts])
        before = hashlib.sha256(text.encode()).hexdigest()
        lines.append(sealed(before, text, key))
        key = key if number == 1 else hashlib.sha256(b"evolve" + key).digest()
    return lines


def sealed(hashed: str, text: str, key: bytes) -> str:
    mac = hmac.new(key, hashed.encode(), hashlib.sha256).hexdigest()
    return f'{{"hash": "{hashed}", "mac": "{mac}", "row": {text}}}'


def key_of(line: int) -> bytes:
    """The key that seals line `line` of a made log; the intruder of one day holds that of the last line."""
    key = KEY
    for _ in range(line - 2):
        key = hashlib.sha256(b"evolve" + key).digest()
    return key


def head_of(lines: Lines) -> str:
    return f"{len(lines)}-{json.loads(lines[-1])['hash'][:16]}"


def resealed(lines: Lines, at: int, key: bytes) -> Lines:
    """The log with line `at` changed and everything after it hashed and sealed anew."""
    before = json.loads(lines[at - 1])["hash"] if at else audit.GENESIS
    done = lines[:at]
    for place, line in enumerate(lines[at:], start=at):
        row = json.loads(line)["row"]
        row[0] = before
        if place == at:
            row[3] = "mallory"
        text = json.dumps(row)
        before = hashlib.sha256(text.encode()).hexdigest()
        done.append(sealed(before, text, key))
        key = hashlib.sha256(b"evolve" + key).digest()
    return done


def _edit(lines: Lines, chance: random.Random) -> Lines:
    at = chance.randrange(1, len(lines))  # the seal of the first line is of an earlier one, which nobody gave here
    spot = chance.randrange(len(lines[at]))
    other = chance.choice([c for c in '0123456789abcdef"x ,' if c != lines[at][spot]])
    return [*lines[:at], lines[at][:spot] + other + lines[at][spot + 1 :], *lines[at + 1 :]]


def _swap(lines: Lines, chance: random.Random) -> Lines:
    one, other = chance.sample(range(len(lines)), 2)
    changed = [*lines]
    changed[one], changed[other] = changed[other], changed[one]
    return changed


def _without(lines: Lines, chance: random.Random) -> Lines:
    at = chance.randrange(len(lines))
    return lines[:at] + lines[at + 1 :]


def _twice(lines: Lines, chance: random.Random) -> Lines:
    at = chance.randrange(len(lines))
    return [*lines[: at + 1], lines[at], *lines[at + 1 :]]


def _more(lines: Lines, chance: random.Random) -> Lines:
    at = chance.randrange(len(lines))
    before = json.loads(lines[at - 1])["hash"] if at else audit.GENESIS
    return [*lines[:at], *made_log(1, key_of(at + 1), before, at + 1, 7), *lines[at:]]


def _cut(lines: Lines, chance: random.Random) -> Lines:
    return lines[: chance.randrange(len(lines))]


def _anew(lines: Lines, chance: random.Random) -> Lines:
    return made_log(len(lines) + chance.randrange(3), chance.randbytes(32), seed=1 + chance.randrange(1000))


TAMPERINGS: dict[str, Callable[[Lines, random.Random], Lines]] = {
    "a letter changed": _edit,
    "a line taken out": _without,
    "two lines exchanged": _swap,
    "a line put in": _more,
    "a line twice": _twice,
    "changed and hashed anew": lambda lines, chance: resealed(lines, chance.randrange(len(lines)), b"no key" * 5),
    "changed and sealed anew with the key of today": lambda lines, chance: resealed(
        lines, chance.randrange(1, len(lines)), key_of(len(lines) + 1)
    ),
    "cut off": _cut,
    "the whole log made anew": _anew,
}


ONE_IS_NOT_ENOUGH = {"a letter changed", "a line taken out", "cut off"}
"""A head does not show a changed seal, and seals do not show a log that ends early."""
SEALS = [(2, KEY)]


def found(kind: str, times: int, rows: int, seed: int) -> int:
    """How many of so many tamperings are found by head and seals together; those outside ONE_IS_NOT_ENOUGH are found
    by either alone."""
    chance, lines = random.Random(f"{kind}{seed}"), made_log(rows)
    head = head_of(lines)
    assert CHECK(lines, [head], SEALS)[2] == ""
    assert CHECK(lines)[:2] == (rows, json.loads(lines[-1])["hash"])
    changed = [TAMPERINGS[kind](lines, chance) for _ in range(times)]
    if kind not in ONE_IS_NOT_ENOUGH:
        assert all(CHECK(each, [head])[2] and CHECK(each, (), SEALS)[2] for each in changed)
    return sum(CHECK(each, [head], SEALS)[2] != "" for each in changed)


@pytest.mark.parametrize("kind", TAMPERINGS)
def test_every_kind_of_tampering_is_found(kind: str) -> None:
    assert found(kind, 40, 60, 1) == 40


@pytest.mark.slow
@pytest.mark.parametrize("kind", TAMPERINGS)
def test_every_kind_of_tampering_a_thousand_times(kind: str) -> None:
    assert found(kind, 1_000, 200, 2) == 1_000


def test_without_a_head_written_down_a_new_log_passes_which_is_why_every_packet_prints_one() -> None:
    lines = made_log(20)
    assert CHECK(lines[:10])[2] == ""
    assert CHECK(lines[:10], ["10-" + json.loads(lines[9])["hash"][:16]])[2] == ""
    assert "ends before line 20" in CHECK(lines[:10], [head_of(lines)])[2]
    assert "not the line" in CHECK(resealed(lines, 5, KEY), ["10-" + json.loads(lines[9])["hash"]])[2]
    assert "seal" in CHECK(resealed(lines, 5, b"x"), (), SEALS)[2]
    assert CHECK(lines, (), [(3, KEY)])[2] == "no seal begins with line 3"
    assert "not of the form" in CHECK(lines, ["20"])[2]


def test_the_program_needs_python_alone() -> None:
    wanted = {alias.name for node in ast.walk(ast.parse(SCRIPT.read_text("utf-8")))
              for alias in (node.names if isinstance(node, ast.Import) else ())}  # fmt: skip
    wanted |= {
        str(node.module) for node in ast.walk(ast.parse(SCRIPT.read_text("utf-8"))) if isinstance(node, ast.ImportFrom)
    }
    assert wanted == {"base64", "hashlib", "hmac", "sys", "pathlib"}
    assert len(SCRIPT.read_text("utf-8").splitlines()) <= 150


def test_a_county_files_log_checks_anywhere(county: CountyFile, tmp_path: Path) -> None:
    lane = county.lane()
    for number in range(12):
        with county.act(lane, "setting", {"name": "Ünï “x”\n", "number": number}):
            pass
    log = tmp_path / "audit log.jsonl"
    log.write_text("".join(line + "\n" for line in audit.lines(lane)), "ascii")
    (tmp_path / "heads.txt").write_text(audit.head(lane) + "\n", "ascii")

    def run(*more: str) -> tuple[int, str]:
        command = [sys.executable, "-I", str(SCRIPT), str(log), *more]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        return done.returncode, done.stdout

    code, said = run("--head", audit.head(lane))
    assert (code, said.split(":")[0]) == (0, "The log is whole")
    assert f"Its head is {audit.head(lane)}." in said
    log.write_text(log.read_text("ascii").replace('number\\": 7', 'number\\": 8'), "ascii")
    code, said = run()
    assert (code, said) == (1, "NOT WHOLE: line 9 was changed.\n")
    assert run("a", "b")[0] == 2


def test_a_county_files_seals_check_anywhere_and_today_s_key_is_not_enough(county: CountyFile, tmp_path: Path) -> None:
    lane = county.lane()
    first, second = county.begin_seal(), None
    for number in range(9):
        with county.act(lane, "setting", {"number": number}):
            pass
        second = county.begin_seal() if number == 4 else second
    assert second is not None
    codes = [f"{begun.first_line}-{'-'.join(begun.groups)}" for begun in (first, second)]
    assert county.check(codes).sealed == 10
    assert county.check(codes[:1]).sealed == 6
    assert county.check().sealed == 0
    with pytest.raises(BadRecoveryCode):
        county.check(["x-AAAAA"])
    lines = list(audit.lines(lane))
    seals = [CHECKER.seal_of(code.lower()) for code in codes]
    assert CHECK(lines, (), seals)[2] == ""
    assert CHECK(lines, (), [seals[1]])[2] == ""
    today = bytes.fromhex(lane.value("SELECT next_key FROM seal WHERE next_key IS NOT NULL"))
    anew = resealed(lines, 4, today)
    assert CHECK(anew)[2] == ""
    assert CHECK(anew, (), seals)[2] == "line 5 does not bear the county's seal"
    forged = [*lines[:4], *resealed([*lines[:4], sealed(*_seal_row(lines[3], 5), today)], 4, today)[4:]]
    assert "county's seal" in CHECK(forged, (), seals)[2], "a seal can not be begun in the past"
    with pytest.raises(Damaged):
        county.check([codes[0], f"6-{codes[1].partition('-')[2]}"])
    lane.run("UPDATE audit SET mac = hash WHERE seq = 6")
    county.check()
    with pytest.raises(Damaged):
        county.check(codes)


def _seal_row(before: str, number: int) -> tuple[str, str]:
    text = json.dumps([json.loads(before)["hash"], str(number), "2026-01-01", "ann", "seal begun", "{}"])
    return hashlib.sha256(text.encode()).hexdigest(), text


def test_in_the_file_too_every_row_is_checked(county: CountyFile, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit, "_AT_ONCE", 3)  # so that the rows come in several pieces
    lane = county.lane()
    for _ in range(9):
        with county.act(lane, "setting"):
            pass
    assert county.check().acts == 10
    for change in (
        "UPDATE audit SET actor = 'x' WHERE seq = 5", "UPDATE audit SET facts = '{} ' WHERE seq = 4",
        "UPDATE audit SET mac = hash WHERE seq = 3",
        "DELETE FROM audit WHERE seq = 2", "DELETE FROM audit WHERE seq = 1",
    ):  # fmt: skip
        lane.run(change)
        expected = int(change.split("= ")[-1])
        assert audit.verify(lane, audit.audit_key(county._data_key)).first_bad == expected


@pytest.mark.slow
def test_a_million_lines_in_fifteen_seconds(tmp_path: Path) -> None:
    lines = made_log(1_000_000)
    began = time.process_time()
    assert CHECK(lines, [head_of(lines)], SEALS)[2] == ""
    spent = time.process_time() - began
    assert spent < 15, f"{spent:.1f} s of processor time"
