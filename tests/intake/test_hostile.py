"""Cells built to do harm are words like any other; what else a cell may hold is in `test_corpus_cells`."""

from __future__ import annotations

import csv
import io
import json
import time
from pathlib import Path

import openpyxl
import pytest

from ddj_desktop.intake import zip_scan
from ddj_desktop.intake.draft import suggest
from ddj_desktop.intake.read import read_file
from ddj_desktop.intake.types import RawFile, RawSheet
from ddj_desktop.store.county_file import CountyFile
from tests.intake.sheets import take_in

HOSTILE = (
    "' OR 1=1 --", "$1", "%s", "{0.__class__}", "{{7*7}}", "${x}", "=cmd|' /C calc'!A0", "+1", "-1", "@SUM", "＝1",
    '=HYPERLINK("http://x?"&A1)', "<unknown>", "A & B", "a < b", "<b>JOHN", "</para>", "a\u202eb", "zero\u200bwidth",
    '<para><font color="[[[getattr(pow, Word(\'__globals__\'))]]]">x</font></para>', '<img src="file:///etc/hosts"/>',
    '<a href="javascript:x">', "J" + "\u0301" * 5_000, "１２３", "José", "Jose\u0301", "🙂", "Nguyễn", "Łódź", "李小龍",
    "1e999", "NaN", "-0", "9223372036854775808", "00123", "1.23E+15", "SMITH".replace("S", "Ѕ"),
)  # fmt: skip
SHEET = "'); ATTACH '/x'"
DROP = 'a"; DROP TABLE person; --'


def _rows() -> list[list[str]]:
    head = ["Booking No", "Name", "DOB", "Booking Date", DROP, DROP.upper(), "", "h" * 5_000]
    return [
        head,
        *([f"B{n}", f"ROE, {'J' * (n + 1)}", "01/02/1980", "02/13/2024", text] for n, text in enumerate(HOSTILE)),
    ]


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_hostile_cells_are_kept_word_for_word(kind: str, tmp_path: Path, county: CountyFile) -> None:
    path = tmp_path / f"report\u202e.{kind}"
    if kind == "xlsx":
        book = openpyxl.Workbook()
        assert book.active is not None
        for row, cells in enumerate(_rows(), start=1):
            for column, text in enumerate(cells, start=1):
                cell = book.active.cell(row, column)
                cell.value, cell.data_type = text, "s"
        book.save(path)
    else:
        out = io.StringIO()
        csv.writer(out).writerows(_rows())
        path.write_text(out.getvalue(), encoding="utf-8")
    file = read_file(path)
    assert [cells[4] for _, cells in file.sheets[0].lines[1:]] == list(HOSTILE)
    (draft,) = suggest(file, kind="jail")
    result = take_in(county, draft)
    assert (result.rows, result.new, result.not_data) == (len(HOSTILE) + 1, len(HOSTILE), 1)
    lane = county.lane()
    kept = "\n".join(text for (text,) in lane.rows("SELECT cells FROM row_text"))
    assert all(json.dumps(text, ensure_ascii=False) in kept for text in HOSTILE)
    assert lane.value("SELECT count(*) FROM person") == 0  # the table is there
    lane.close()


_LONG = 32_000
_BOOKS = {
    "one letter": "x" * _LONG, "digits": "1" * _LONG, "digits and a letter": "1" * _LONG + "x",
    "glued words": "no" * (_LONG // 2), "blanks": f"a{' ' * _LONG}b", "stars": "*" * _LONG + "a",
    "brackets": "(" * _LONG, "names": "ROE, JAN " * (_LONG // 9), "dates": "01/02/1990 " * (_LONG // 11),
    "points": "1." * (_LONG // 2), "marks": "J" + "\u0301" * _LONG,
}  # fmt: skip


def test_cells_as_long_as_a_book_take_no_longer_than_others(county: CountyFile) -> None:
    """In every column, and where the headings are looked for: a mark too many must not hold the window for minutes."""
    head = ["Booking No", "Name", "DOB", "Booking Date", "Release Date", "Sex", "SSN", "Phone", "ZIP", "Address", "Age",
            "Charge", "Living Situation", "Homeless", "Booking Type"]  # fmt: skip
    good = [
        "1",
        "ROE, JAN",
        "01/02/1980",
        "02/13/2024",
        "02/14/2024",
        "M",
        "",
        "",
        "",
        "1 OAK",
        "44",
        "FTA",
        "",
        "",
        "",
    ]
    books = list(_BOOKS.values())
    rows = [*([book] for book in books), head, good]
    rows += [[*good[:n], book, *good[n + 1 :]] for n in range(len(head)) for book in books]
    sheet = RawSheet("", False, tuple((n, tuple(row)) for n, row in enumerate(rows, start=1)))
    began = time.process_time()
    (draft,) = suggest(RawFile("book.csv", "0" * 64, 1, "csv", "utf-8", (sheet,)), kind="jail")
    result = take_in(county, draft)
    assert time.process_time() - began < 20  # steps that grow with the square of the length took minutes each
    assert (result.rows, result.not_data) == (len(rows), len(books) + 1)
    lane = county.lane()
    assert max(len(name or "") for (name,) in lane.rows("SELECT full_name FROM record")) < 500
    assert all(
        lane.value(
            "SELECT count(*) FROM row_text WHERE contains(cells, $book)", book=json.dumps(book, ensure_ascii=False)
        )
        for book in books
    )
    lane.close()


@pytest.mark.parametrize("repeated", range(1, 40))
def test_21_a_repeated_row_is_seen_wherever_a_block_of_the_sheet_ends(
    repeated: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(zip_scan, "_BLOCK", 61)
    monkeypatch.setattr(zip_scan, "_OVERLAP", 23)
    numbers = [*range(1, repeated + 1), *range(repeated, 40)]
    for rows, in_order in ((numbers, False), (range(1, 41), True)):
        text = b"".join(b'<row r="%d" x="1"><c/></row>' % number for number in rows)
        extent = zip_scan._Extent()
        for block, upto in zip_scan._overlapping(io.BytesIO(text)):
            extent.add(block, upto)
        assert extent.in_order is in_order
        assert extent.rows == max(rows)
