"""Rows as CSV: every value back as it was, nothing that runs."""

from __future__ import annotations

import csv
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ddj_desktop.kernel.errors import Stopped
from ddj_desktop.kernel.progress import Progress
from ddj_desktop.outputs.inert import inert_csv
from ddj_desktop.outputs.rows_csv import write_columns, write_rows


def read(path: Path) -> list[list[str]]:
    with open(path, encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file, strict=True))


def test_values_are_written_as_they_are(tmp_path: Path) -> None:
    row = [12, -3.5, None, True, date(2026, 10, 31), datetime(2026, 10, 31, 9, 42), "O'Brien, Zoë", 'say "x"\nhere']
    write_rows(tmp_path / "a.csv", [f"c{i}" for i in range(len(row))], [row])
    assert read(tmp_path / "a.csv")[1] == [
        "12", "-3.5", "", "yes", "2026-10-31", "2026-10-31 09:42:00", "O'Brien, Zoë", 'say "x"\nhere',
    ]  # fmt: skip


def test_excel_reads_the_letters(tmp_path: Path) -> None:
    write_rows(tmp_path / "a.csv", ["name"], [["Nuñez"]])
    assert (tmp_path / "a.csv").read_bytes() == b"\xef\xbb\xbfname\r\nNu\xc3\xb1ez\r\n"


@pytest.mark.parametrize("text", ["=cmd|' /C calc'!A0", "+1", "-1", "@SUM", "\tx", "\rx", "＝1", " =1", "＠x"])
def test_what_might_run_gets_a_mark(tmp_path: Path, text: str) -> None:
    write_rows(tmp_path / "a.csv", [text], [[text]])
    assert read(tmp_path / "a.csv") == [["'" + text], ["'" + text]]


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=2, max_size=2), max_size=8))
def test_every_text_comes_back(tmp_path: Path, rows: list[list[str]]) -> None:
    write_rows(tmp_path / "a.csv", ["one", "two"], rows)
    assert read(tmp_path / "a.csv")[1:] == [[inert_csv(text) for text in row] for row in rows]
    for row in rows:
        for text in row:
            assert inert_csv(text).removeprefix("'") == text.removeprefix("'")


def test_many_rows_and_a_stop_half_way(tmp_path: Path) -> None:
    write_rows(tmp_path / "a.csv", ["n"], ([n] for n in range(5001)))
    assert [int(line[0]) for line in read(tmp_path / "a.csv")[1:]] == list(range(5001))
    stopping = Progress()
    stopping.step("Writing", 5001)
    stopping.stop()
    with pytest.raises(Stopped):
        write_rows(tmp_path / "b.csv", ["n"], ([n] for n in range(5001)), stopping)
    assert [path.name for path in tmp_path.iterdir()] == ["a.csv"]


ROW = st.tuples(st.text(st.characters(exclude_categories=["Cs"])), st.integers(), st.floats(allow_nan=False))


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(ROW, max_size=8))
def test_columns_are_written_as_rows_are(tmp_path: Path, rows: list[tuple[str, int, float]]) -> None:
    headings = ['a "b"', "=n", "x,y"]
    write_rows(tmp_path / "rows.csv", headings, rows)
    columns = dict(zip(headings, map(list, zip(*rows, strict=True)) if rows else [[], [], []], strict=True))
    write_columns(tmp_path / "columns.csv", columns)
    assert (tmp_path / "columns.csv").read_bytes() == (tmp_path / "rows.csv").read_bytes()


def test_writing_columns_stops_half_way(tmp_path: Path) -> None:
    stopping = Progress()
    stopping.step("Writing", 5001)
    stopping.stop()
    with pytest.raises(Stopped):
        write_columns(tmp_path / "b.csv", {"n": list(range(5001))}, stopping)
    assert not list(tmp_path.iterdir())
