"""Values of workbooks as texts: what a spreadsheet program shows, from files openpyxl, xlwt and the test write."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import openpyxl
import xlwt

from ddj_desktop.intake.read import read_file
from tests.intake.bad_files import text_cell, workbook


def _save(path: Path, rows: list[list[object]], formats: dict[str, str] | None = None) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    for address, code in (formats or {}).items():
        sheet[address].number_format = code
    book.save(path)
    return path


def _cells(path: Path) -> list[tuple[str, ...]]:
    return [cells for _, cells in read_file(path).sheets[0].lines]


def test_values_are_written_as_the_sheet_shows_them(tmp_path: Path) -> None:
    path = _save(
        tmp_path / "values.xlsx",
        [
            ["text", "00123", 123, 12.5, True, None, "end"],
            [dt.date(1990, 2, 1), dt.datetime(2024, 3, 5, 14, 7, 9), dt.time(9, 5), 210498250.0, -3, 0.1, "=1+1"],
        ],
    )
    first, second = _cells(path)
    assert first == ("text", "00123", "123", "12.5", "TRUE", "", "end")
    assert second == ("1990-02-01", "2024-03-05 14:07:09", "09:05:00", "210498250", "-3", "0.1")


def test_a_dummy_day_before_a_time_is_left_off(tmp_path: Path) -> None:
    path = _save(tmp_path / "times.xlsx", [[0.5, 1.25, 1.0, 45000.75]], {
        "A1": "yyyy-mm-dd hh:mm", "B1": "yyyy-mm-dd hh:mm", "C1": "yyyy-mm-dd", "D1": "yyyy-mm-dd hh:mm"})  # fmt: skip
    ((a, b, c, d),) = _cells(path)
    assert (a, b) == ("12:00:00", "06:00:00")
    assert c in ("1900-01-01", "1899-12-31")  # readers differ on day 1; it stays a day
    assert d == "2023-03-15 18:00:00"


def test_numbers_shown_with_leading_zeros_keep_them(tmp_path: Path) -> None:
    rows: list[list[object]] = [["Zip", "Booking", "Amount", "SSN"]]
    rows += [[600 + n, 1000 + n, 5 + n, 1_020_300 + n] for n in range(40)]
    formats = {f"A{n}": "00000" for n in range(2, 42)} | {f"B{n}": "00000000" for n in range(2, 42)}
    formats |= {f"D{n}": "000\\-00\\-0000" for n in range(2, 42)} | {f"C{n}": "0.00" for n in range(2, 42)}
    cells = _cells(_save(tmp_path / "zeros.xlsx", rows, formats))
    assert cells[1] == ("00600", "00001000", "5", "001-02-0300")
    assert cells[40] == ("00639", "00001039", "44", "001-02-0339")


def test_lost_digits_stay_visible(tmp_path: Path) -> None:
    """Beyond fifteen digits a sheet has lost them; the text shows that instead of making up zeros."""
    assert _cells(_save(tmp_path / "big.xlsx", [[3168080000000000000.0, 123456789012345]])) == [
        ("3.16808E+18", "123456789012345")
    ]


def test_line_numbers_are_those_of_the_sheet(tmp_path: Path) -> None:
    rows: list[list[object]] = [[], ["a", "b"], [], [None, "c"], [" ", None]]
    book = read_file(_save(tmp_path / "gaps.xlsx", rows))
    assert book.sheets[0].lines == ((2, ("a", "b")), (4, ("", "c")))


def test_hidden_sheets_are_marked(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append(["x"])
    for state in ("hidden", "veryHidden"):
        sheet = book.create_sheet(state)
        sheet.sheet_state = state
        sheet.append(["y"])
    book.save(tmp_path / "h.xlsx")
    assert [(sheet.name, sheet.hidden) for sheet in read_file(tmp_path / "h.xlsx").sheets] == [
        ("Sheet", False),
        ("hidden", True),
        ("veryHidden", True),
    ]


def test_old_workbooks(tmp_path: Path) -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("Bookings")
    day = xlwt.easyxf(num_format_str="MM/DD/YYYY")
    for column, value in enumerate(["Name", 17, 17.5, "José"]):
        sheet.write(0, column, value)
    sheet.write(1, 0, dt.date(2024, 1, 31), day)
    book.save(str(tmp_path / "old.xls"))
    file = read_file(tmp_path / "old.xls")
    assert file.format == "xls"
    assert [cells for _, cells in file.sheets[0].lines] == [("Name", "17", "17.5", "José"), ("2024-01-31",)]


def test_the_name_does_not_decide_the_format(tmp_path: Path) -> None:
    real = _save(tmp_path / "real.xlsx", [["a", "b"], ["c", "d"]])
    misnamed = tmp_path / "real.csv"
    misnamed.write_bytes(real.read_bytes())
    assert read_file(misnamed).format == "xlsx"
    text = tmp_path / "text.xlsx"
    text.write_text("a,b\nc,d\n")
    assert read_file(text).format == "csv"


def test_the_1904_calendar_is_honoured(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.epoch = dt.datetime(1904, 1, 1)
    assert book.active is not None
    book.active.append([dt.date(1980, 6, 15)])
    book.save(tmp_path / "mac.xlsx")
    assert _cells(tmp_path / "mac.xlsx") == [("1980-06-15",)]


def test_formulas_without_results_and_errors_are_told(tmp_path: Path) -> None:
    rows = (
        f'<row r="1">{text_cell("A1", "Name")}<c r="B1"><f>A1</f></c><c r="C1" t="e"><v>#N/A</v></c></row>'
        f'<row r="2">{text_cell("A2", "ROE")}<c r="B2"><f>A2</f><v>7</v></c></row>'
    )
    (tmp_path / "f.xlsx").write_bytes(workbook(rows))
    file = read_file(tmp_path / "f.xlsx")
    assert any("1 cell holds a formula" in note for note in file.notes)
    assert any("1 cell holds an error" in note for note in file.notes)
    assert file.sheets[0].lines[1][1][:2] == ("ROE", "7")


def test_marks_no_one_can_see_are_left_out_and_counted(tmp_path: Path) -> None:
    rows = f'<row r="1">{text_cell("A1", "RO_x0007_E")}{text_cell("B1", "J&#x85;AN")}</row>'
    (tmp_path / "c.xlsx").write_bytes(workbook(rows))
    file = read_file(tmp_path / "c.xlsx")
    assert file.sheets[0].lines[0][1][0] == "ROE"


def test_the_hash_is_of_the_file(tmp_path: Path) -> None:
    import hashlib

    path = _save(tmp_path / "h.xlsx", [["a", "b"]])
    file = read_file(path)
    assert file.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert file.bytes == path.stat().st_size
