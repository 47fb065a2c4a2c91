"""Plain workbooks: cells come back as given, text is never a formula, and no half-written file stays behind."""

from __future__ import annotations

import os
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest

from ddj_desktop.outputs.plain_sheet import Cell, PlainSheet, write_plain_sheets


def test_cells_come_back_as_given_in_their_lines(tmp_path: Path) -> None:
    path = tmp_path / "sheet.xlsx"
    rows: list[list[Cell]] = [["Title"], [], ["007", 7, 7.5, date(2026, 3, 1), datetime(2026, 3, 1, 8, 5), None, ""]]
    write_plain_sheets(path, [PlainSheet("Rows", rows), PlainSheet("Aside", [["x"]], hidden=True)])
    book = openpyxl.load_workbook(path)
    page = book["Rows"]
    assert page["A1"].value == "Title"
    assert {cell.value for cell in page[2]} == {None}
    assert [cell.value for cell in page[3] if cell.value is not None] == [
        "007",
        7,
        7.5,
        datetime(2026, 3, 1),
        datetime(2026, 3, 1, 8, 5),
    ]
    assert book["Aside"].sheet_state == "hidden"
    assert [p.name for p in tmp_path.iterdir()] == ["sheet.xlsx"]


def test_text_that_looks_like_a_formula_stays_text(tmp_path: Path) -> None:
    path = tmp_path / "sheet.xlsx"
    write_plain_sheets(path, [PlainSheet("Rows", [["=1+1", "=HYPERLINK(1)", "+1"]])])
    page = openpyxl.load_workbook(path)["Rows"]
    assert [cell.value for cell in page[1]] == ["=1+1", "=HYPERLINK(1)", "+1"]
    assert [cell.data_type for cell in page[1]] == ["s", "s", "s"]


def test_a_control_sign_does_not_stop_the_file(tmp_path: Path) -> None:
    path = tmp_path / "sheet.xlsx"
    write_plain_sheets(path, [PlainSheet("Rows", [["a\x00b", "kept"]])])
    assert [cell.value for cell in openpyxl.load_workbook(path)["Rows"][1]] == ["a\ufffdb", "kept"]


def test_a_failure_leaves_the_earlier_file_and_nothing_half_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "sheet.xlsx"
    write_plain_sheets(path, [PlainSheet("Rows", [["first"]])])
    before = path.read_bytes()

    def full(_: int) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="no space left"):
        write_plain_sheets(path, [PlainSheet("Rows", [["second"]])])
    assert path.read_bytes() == before
    assert [p.name for p in tmp_path.iterdir()] == ["sheet.xlsx"]


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No such file"):
        write_plain_sheets(tmp_path / "none" / "sheet.xlsx", [PlainSheet("Rows", [["x"]])])
