"""Every SQL file binds against a fresh county file and says what it reads and gives."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ddj_desktop.store.county_file import CountyFile

HOUSE = Path(__file__).resolve().parents[2] / "ddj_desktop"
FILES = sorted(path for path in HOUSE.rglob("*.sql") if path.parent.name != "migrations")


def test_every_file_says_what_it_reads_and_gives() -> None:
    assert FILES
    silent = [p.name for p in FILES if not re.match(r"-- reads: .+?\bgives: ", p.read_text("utf-8"), re.DOTALL)]
    assert silent == []


def test_every_file_binds(county: CountyFile) -> None:
    lane = county.lane()
    broken = []
    for path in FILES:
        text = path.read_text("utf-8")
        names = set(re.findall(r"\$([a-z_][a-z_0-9]*)", re.sub(r"--[^\n]*", "", text)))
        prepare = SETTING_UP.get(path.stem)
        if prepare:
            lane.run(prepare)
        try:
            lane.rows("EXPLAIN " + text, **dict.fromkeys(names))
        except Exception as error:  # the file that fails is named with the engine's own words
            broken.append(f"{path.parent.parent.name}/{path.name}: {error.__cause__ or error}")
    assert broken == []


SETTING_UP: dict[str, str] = {}
"""Statements that must run before a file binds: temporary tables its module makes first, by file stem."""


def test_sql_of_more_than_two_lines_lives_in_files() -> None:
    import ast

    strays = []
    for path in HOUSE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                words = node.value.strip()
                if re.match(r"(SELECT|INSERT|UPDATE|DELETE|WITH|CREATE)\b", words) and words.count("\n") > 1:
                    strays.append(f"{path.relative_to(HOUSE)}:{node.lineno}")
    assert strays == []


@pytest.mark.parametrize("path", FILES, ids=lambda p: f"{p.parent.parent.name}/{p.stem}")
def test_each_file_is_one_statement(path: Path) -> None:
    text = re.sub(r"--[^\n]*|'[^']*'", "", path.read_text("utf-8")).strip().rstrip(";")
    assert ";" not in text
