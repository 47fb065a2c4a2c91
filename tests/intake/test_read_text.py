"""Text files of rows: encodings, delimiters, line ends, quotes, and the law that what was written is read back."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ddj_desktop.intake import read_text
from ddj_desktop.intake.read import read_file
from ddj_desktop.intake.tidy import Tidy

ROWS = [
    ["Last Name", "First Name", "DOB", "Booking No"],
    ["NUÑEZ", "José", "01/02/1990", "00123"],
    ["O’BRIEN", "Ann", "03/04/1985", "00124"],
    ["ROE, JR", 'the "kid"', "05/06/1970", "00125"],
]


def _written(delimiter: str, end: str = "\r\n") -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator=end).writerows(ROWS)
    return out.getvalue()


@pytest.mark.parametrize("delimiter", [",", "\t", "|", ";"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_encodings_and_delimiters(delimiter: str, encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "rows.txt"
    path.write_bytes(_written(delimiter).encode(encoding))
    file = read_file(path)
    assert [list(cells) for _, cells in file.sheets[0].lines] == ROWS
    assert file.encoding == encoding
    assert file.format == read_text.FORMATS[delimiter]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends(end: str, tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    path.write_bytes(_written(",", end).encode())
    assert [list(cells) for _, cells in read_file(path).sheets[0].lines] == ROWS


def test_mixed_line_ends(tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    path.write_bytes(b"a,b\r\n1,2\n3,4\r5,6")
    assert [cells for _, cells in read_file(path).sheets[0].lines] == [("a", "b"), ("1", "2"), ("3", "4"), ("5", "6")]


def test_ragged_rows_are_kept_whole_and_blank_lines_count(tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    path.write_text("a,b,c\n1,2,3\n\n4\n5,6,7,8\n,,\n9,,\n")
    assert read_file(path).sheets[0].lines == (
        (1, ("a", "b", "c")),
        (2, ("1", "2", "3")),
        (4, ("4",)),
        (5, ("5", "6", "7", "8")),
        (7, ("9", "", "")),
    )


def test_one_broken_byte_does_not_change_the_encoding_of_the_rest(tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    path.write_bytes("Name,Town\nJosé,Peña\nAña,Nuñez\n".encode() + b"Jos\xe9,Pine\n")
    file = read_file(path)
    assert file.encoding == "utf-8"
    assert file.sheets[0].lines[1][1] == ("José", "Peña")
    assert file.sheets[0].lines[3][1] == ("Jos\ufffd", "Pine")
    assert any("1 broken" in note for note in file.notes)


def test_marks_no_one_can_see_are_counted(tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    path.write_bytes(b"Name,Town\nRO\x00E,Pi\x07ne\nDOE,\x1b[31mOak\n")
    file = read_file(path)
    assert [cells for _, cells in file.sheets[0].lines] == [("Name", "Town"), ("ROE", "Pine"), ("DOE", "[31mOak")]
    assert any("3 control characters" in note for note in file.notes)


def test_banner_lines_do_not_mislead_the_delimiter() -> None:
    text = "Pine County, State of Example, USA\nRun: Monday, Jan 5, 2026\n\n" + "a|b|c\n1,5|2|3\n4|5|6,7\n" * 5
    assert read_text.delimiter(text) == "|"


def test_a_single_column_is_read(tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    path.write_text("Name\nROE\nDOE\n")
    assert [cells for _, cells in read_file(path).sheets[0].lines] == [("Name",), ("ROE",), ("DOE",)]


def test_swallowed_lines_are_told(tmp_path: Path) -> None:
    """Two stray quotation marks make one cell of many lines: sound by the rules of the format, and suspicious."""
    path = tmp_path / "rows.csv"
    path.write_text('a,b\n1,2\n3,4\n5,"6\n' + "7,8\n" * 20 + '9"\n10,11\n')
    assert any("quotation mark" in note for note in read_file(path).notes)


_CELL = st.text(st.characters(exclude_categories=("Cs", "Cc"), include_characters="\n\t"), max_size=12)


@settings(deadline=None, max_examples=150)
@given(st.lists(st.lists(_CELL, min_size=2, max_size=5), min_size=1, max_size=8))
def test_what_a_writer_quotes_is_read_back(table: list[list[str]]) -> None:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows(table)
    text = out.getvalue()
    expected = [row for row in table if any(cell and not cell.isspace() for cell in row)]
    assert [row for _, row in read_text.rows(text, ",", "t.csv", Tidy(), read_text.Count())] == expected


@settings(deadline=None, max_examples=200)
@given(st.binary(max_size=300))
def test_any_bytes_are_decoded_or_refused(data: bytes) -> None:
    try:
        decoded = read_text.decode(data, "x.csv")
    except read_text.NotATable:
        return
    assert isinstance(decoded.text, str)
