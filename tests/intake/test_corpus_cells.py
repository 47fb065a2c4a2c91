"""The reference's corpus of 68, cases 30 to 61: what a cell, a heading or a sheet's name may hold."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from ddj_desktop.intake.draft import suggest
from ddj_desktop.intake.read import read_file
from ddj_desktop.intake.types import ImportResult, RawFile
from ddj_desktop.kernel.progress import Progress
from ddj_desktop.outputs.fonts import clean, para
from ddj_desktop.outputs.paper import RUNNING
from ddj_desktop.outputs.rows_csv import write_rows
from ddj_desktop.store.county_file import CountyFile
from tests.intake.bad_files import text_cell, workbook
from tests.intake.sheets import take_in
from tests.intake.test_hostile import HOSTILE
from tests.intake.test_reports import ask

pytestmark = pytest.mark.usefixtures("warm", "on_nov_3")

HEAD = "Booking No|Name|DOB|Booking Date|Release Date|SSN|Age"
GOOD = "B{n}|ROE{c}, JAN|02/13/1980|10/0{n}/2026|10/09/2026||44"


def sheet(path: Path, *rows: str, head: str = HEAD, encoding: str = "utf-8") -> Path:
    """Three good rows and these, as comma-separated text; bars part the cells."""
    good = [GOOD.format(n=n, c="ABC"[n - 1]) for n in (1, 2, 3)] if head == HEAD else []
    out = io.StringIO()
    csv.writer(out).writerows([line.split("|") for line in (head, *good, *rows)])
    path.write_bytes(out.getvalue().encode(encoding))
    return path


def taken(county: CountyFile, path: Path, order: str | None = None) -> ImportResult:
    """What taking a jail's sheet in did."""
    return take_in(county, suggest(read_file(path), kind="jail", date_order=order)[0])


def counted(result: ImportResult) -> dict[str, int]:
    """How many rows each problem has."""
    return {problem.code: problem.count for problem in result.problems}


def names(county: CountyFile) -> list[tuple[Any, ...]]:
    return ask(county, "SELECT contact_key, last_name, first_name FROM contact JOIN record USING (record_id) "
                       "WHERE contact_key > 'B3' ORDER BY 1")  # fmt: skip


def test_30_a_number_that_is_none_is_a_word_and_listed(county: CountyFile, tmp_path: Path) -> None:
    path = tmp_path / "word.xlsx"
    rows = [HEAD.split("|"), *(GOOD.format(n=n, c="ABC"[n - 1]).split("|") for n in (1, 2, 3))]
    xml = "".join(
        f'<row r="{r}">{"".join(text_cell(f"{chr(64 + c)}{r}", text) for c, text in enumerate(row, 1))}</row>'
        for r, row in enumerate(rows, 1)
    )
    path.write_bytes(workbook(xml.replace(text_cell("G3", "44"), '<c r="G3"><v>abc</v></c>')))
    assert read_file(path).sheets[0].lines[2][1][6] == "abc"
    assert counted(taken(county, path))["odd_age"] == 1


@pytest.mark.parametrize("number", ["1e999", "NaN", "-0", "9223372036854775808", "-1", "INF"])
def test_31_numbers_that_are_none_are_used_for_nothing(number: str, county: CountyFile, tmp_path: Path) -> None:
    result = taken(county, sheet(tmp_path / "n.csv", f"B4|ROE, ANN|{number}|10/04/2026||{number}|{number}"))
    assert (result.new, result.set_aside) == (4, 0)
    assert ask(county, "SELECT birth_date, ssn, age FROM contact JOIN record USING (record_id) "
                       "WHERE contact_key = 'B4'") == [(None, None, None)]  # fmt: skip
    book = tmp_path / "n.xlsx"
    book.write_bytes(workbook(f'<row r="1">{text_cell("A1", "Name")}<c r="B1"><v>{number}</v></c></row>'))
    assert len(read_file(book).sheets[0].lines) == 1


def test_32_33_34_dates_that_are_none_doubtful_or_impossible_are_listed(county: CountyFile, tmp_path: Path) -> None:
    result = taken(county, sheet(tmp_path / "d.csv", "B4|ROE, ANN|05/05/2031|10/04/2026||",
                                 "B5|ROE, BEA|01/01/1850|10/05/2026||", "B6|ROE, CAL|1899-12-31|10/06/2026||",
                                 "B7|ROE, DEE|02/03/1981|9999-99-99||", "B8|ROE, EVE|1981-02-03|2026-10-08||",
                                 "B9|ROE, FAY|Feb 3, 1981|9-Oct-2026||"))  # fmt: skip
    assert {"birth_too_late": 1, "placeholder_birth": 2, "unreadable_start": 1}.items() <= counted(result).items()
    assert result.set_aside == 1
    assert ask(county, "SELECT contact_key, CAST(starts AS VARCHAR), CAST(birth_date AS VARCHAR) FROM contact "
                       "JOIN record USING (record_id) WHERE contact_key > 'B7' ORDER BY 1") == [
        ("B8", "2026-10-08 00:00:00", "1981-02-03"), ("B9", "2026-10-09 00:00:00", "1981-02-03"),
    ]  # fmt: skip


def test_33_an_order_nothing_proves_is_asked_once_with_an_example(tmp_path: Path) -> None:
    rows = [f"B{n}|ROE, JAN|0{n}/04/1980|10/0{n}/2026" for n in range(1, 9)]
    (draft,) = suggest(read_file(sheet(tmp_path / "two.csv", *rows, head="Booking No|Name|DOB|Booking Date")))
    asked = [problem for problem in draft.problems if "two ways" in problem]
    assert len(asked) == 1
    assert "/" in asked[0]


def test_35_two_digit_years_are_never_in_the_future_and_told(county: CountyFile, tmp_path: Path) -> None:
    result = taken(county, sheet(tmp_path / "y.csv", "B4|ROE, ANN|02/13/27|10/04/2026||",
                                 "B5|ROE, BEA|02/13/58|10/05/26||", "B6|ROE, CAL|02/13/03|10/06/2026||"))  # fmt: skip
    assert counted(result)["short_years"] == 3
    assert ask(county, "SELECT CAST(birth_date AS VARCHAR) FROM contact JOIN record USING (record_id) "
                       "WHERE contact_key > 'B3' ORDER BY contact_key") == [
        ("1927-02-13",), ("1958-02-13",), ("2003-02-13",),
    ]  # fmt: skip


_NAMES = ["José – O’Brien", "Łódź", "Nguyễn"]


@pytest.mark.parametrize(
    ("encoding", "told", "shown"),
    [
        ("utf-8-sig", "utf-8-sig", 3), ("utf-16", "utf-16", 3), ("utf-16-le", "utf-16-le", 3),
        ("utf-16-be", "utf-16-be", 3), ("cp1252", "cp1252", 1),
    ],
    ids=["36 BOM", "37 mark", "37 little", "37 big", "38 Windows"],
)  # fmt: skip
def test_36_37_38_every_encoding_is_found_and_told(encoding: str, told: str, shown: int, tmp_path: Path) -> None:
    rows = [f"B{n}|{name}|" for n, name in enumerate(_NAMES[:shown], 4)] * 5
    file = read_file(sheet(tmp_path / "e.csv", *rows, head="Booking No|Name|DOB", encoding=encoding))
    assert file.encoding == told
    assert [line[1] for _, line in file.sheets[0].lines[1:]] == _NAMES[:shown] * 5
    assert file.sheets[0].lines[0][1][0] == "Booking No"


def test_39_one_broken_byte_loses_no_row(tmp_path: Path) -> None:
    path = sheet(tmp_path / "b.csv", *(f"B{n}|JOSÉ ROE|" for n in range(9)), head="Booking No|Name|DOB")
    path.write_bytes(path.read_bytes() + b"B9,JOS\xc9 ROE,\r\n")
    file = read_file(path)
    assert len(file.sheets[0].lines) == 11
    assert file.sheets[0].lines[-1][1][1] == "JOS\ufffd ROE"
    assert "1 broken characters were replaced with a mark." in file.notes


def test_40_41_marks_no_one_can_see_are_taken_out_and_counted(tmp_path: Path) -> None:
    file = read_file(sheet(tmp_path / "c.csv", "B4|RO\x00E\x07, \x1b[31mANN\ufffe|", head="Booking No|Name|DOB"))
    assert file.sheets[0].lines[1][1][1] == "ROE, [31mANN"
    assert any(note.startswith("4 control characters") for note in file.notes)


def test_42_44_names_written_in_two_ways_are_one_name_kept_as_written(county: CountyFile, tmp_path: Path) -> None:
    ways = {"B4": "ROE\u202e, ANN", "B5": "ROE\u200b, ANN", "B6": "ROE,\u00a0ANN", "B7": "ＲＯＥ, ANN"}
    composed = {"B8": "JOSE\u0301, ANN", "B9": "JOS\u00c9, ANN"}
    taken(county, sheet(tmp_path / "w.csv", *(f"{key}|{name}|02/13/1980|10/04/2026||"
                                              for key, name in {**ways, **composed}.items())))  # fmt: skip
    found = {key: (last, first) for key, last, first in names(county)}
    assert {found[key] for key in ways} == {("ROE", "ANN")}
    assert found["B8"] == found["B9"] == ("JOSÉ", "ANN")
    kept = " ".join(text for (text,) in ask(county, "SELECT cells FROM row_text"))
    assert all(name in kept for name in {**ways, **composed}.values())


def test_43_a_name_of_five_thousand_marks_is_cut_for_use_and_kept_whole(county: CountyFile, tmp_path: Path) -> None:
    zalgo = "J" + "\u0301" * 5_000
    taken(county, sheet(tmp_path / "z.csv", f"B4|ROE, {zalgo}|02/13/1980|10/04/2026||"))
    ((_, _, first),) = names(county)
    assert len(first) <= 200
    assert ask(county, f"SELECT count(*) FROM row_text WHERE contains(cells, '{zalgo}')") == [(1,)]


def test_45_letters_that_look_alike_are_flagged_and_not_the_same(county: CountyFile, tmp_path: Path) -> None:
    result = taken(county, sheet(tmp_path / "l.csv", "B4|SMITH, АNN|02/13/1980|10/04/2026||",
                                 "B5|SMITH, ANN|02/13/1980|10/05/2026||",
                                 "B6|Владимир, Иван|02/13/1980|10/06/2026||"))  # fmt: skip
    assert counted(result)["look_alike"] == 1
    assert len({first for _, _, first in names(county)}) == 3


@pytest.mark.parametrize("name", ["Nguyễn, Ánh", "Łukasz, Zoë", "Ελένη, Άννα", "王, 小龍", "محمد, علي", "ROE, 🙂 JAN"])
def test_46_names_of_every_script_are_kept_and_never_vanish_on_paper(
    name: str, county: CountyFile, tmp_path: Path
) -> None:
    assert taken(county, sheet(tmp_path / "s.csv", f"B4|{name}|02/13/1980|10/04/2026||")).new == 4
    assert name in " ".join(text for (text,) in ask(county, "SELECT cells FROM row_text"))
    printed = para(name, RUNNING).getPlainText()
    assert len(printed.split()) >= 2
    assert "■" not in printed


def test_47_a_cell_no_sheet_can_hold_is_cut_and_told(tmp_path: Path) -> None:
    file = read_file(sheet(tmp_path / "big.csv", f"B4|{'x' * 200_000}|", f"B5|{'y' * 33_000}|", "B6|ROE|",
                           head="Booking No|Name|DOB"))  # fmt: skip
    assert [len(line[1]) for _, line in file.sheets[0].lines] == [4, 32_767, 32_767, 3]
    assert any(note.startswith("2 cells were longer") for note in file.notes)


def test_50_rows_of_too_few_and_too_many_cells_are_kept_and_listed(county: CountyFile, tmp_path: Path) -> None:
    path = sheet(tmp_path / "ragged.csv")
    path.write_text(path.read_text() + "B4,ROE, ANN,02/13/1980,10/04/2026,10/05/2026,,44\nB5\n")
    result = taken(county, path)
    (ragged,) = [problem for problem in result.problems if problem.code == "ragged"]
    assert (ragged.count, ragged.lines, ragged.level) == (1, (5,), "please check")
    assert result.rows == 6


def test_52_53_numbers_keep_their_zeros_and_known_dummies_say_nothing(county: CountyFile, tmp_path: Path) -> None:
    result = taken(county, sheet(tmp_path / "z.csv", "00123|ROE, ANN|01/01/1900|10/04/2026||000-00-0000",
                                 "1.23E+15|ROE, BEA|02/13/1980|10/05/2026||123-45-6789"))  # fmt: skip
    assert {"lost_digits": 1, "placeholder_birth": 1, "placeholder_ssn": 2}.items() <= counted(result).items()
    assert ask(county, "SELECT birth_date, ssn FROM contact JOIN record USING (record_id) "
                       "WHERE contact_key = '00123'") == [(None, None)]  # fmt: skip


def test_54_55_headings_that_are_alike_empty_endless_or_statements_are_only_names(tmp_path: Path) -> None:
    drop = 'a"; DROP TABLE person; --'
    head = ["Booking No", "Name", "name ", "NAME", "", "h" * 5_000, drop, "Booking Date"]
    rows = [[f"B{n}", "ROE, JAN", "x", "y", "z", "w", "v", f"10/0{n}/2026"] for n in range(1, 9)]
    path = tmp_path / "h.csv"
    with path.open("w", newline="") as out:
        csv.writer(out).writerows([head, *rows])
    (draft,) = suggest(read_file(path), kind="jail")
    headers = [column.header for column in draft.columns]
    assert len(set(headers)) == len(headers) == 8
    assert headers[1:5] == ["Name", "name (2)", "NAME (3)", "Column E"]
    assert len(headers[5]) == 200
    assert headers[6] == drop


def test_55_a_sheet_with_a_statement_for_a_name_is_only_a_name(tmp_path: Path, county: CountyFile) -> None:
    rows = [["Booking No", "Name", "DOB", "Booking Date"], ["1", "ROE, JAN", "01/02/1980", "02/13/2024"]]
    cells = "".join(
        f'<row r="{r}">{"".join(text_cell(f"{chr(64 + c)}{r}", text) for c, text in enumerate(row, start=1))}</row>'
        for r, row in enumerate(rows, start=1)
    )
    path = tmp_path / "x.xlsx"
    path.write_bytes(workbook(cells, name="'); ATTACH '/x'"))
    (draft,) = suggest(read_file(path), kind="jail")
    assert take_in(county, draft).new == 1
    assert ask(county, "SELECT DISTINCT sheet FROM source_row") == [("'); ATTACH '/x'",)]


def _texts(start: Sequence[str]) -> list[str]:
    return [text for text in HOSTILE if text.startswith(tuple(start))]


def test_56_57_58_statements_and_formulas_are_words_here_and_in_every_file_that_leaves(tmp_path: Path) -> None:
    """What `test_hostile` shows of a county file, shown here of the text that leaves: the same value comes back."""
    values = [*HOSTILE, "\t=1", "\r=1"]
    write_rows(tmp_path / "out.csv", ("n", "text"), [(n, text) for n, text in enumerate(values)], Progress())
    with (tmp_path / "out.csv").open(encoding="utf-8-sig", newline="") as file:
        back = [row[1] for row in csv.reader(file)][1:]
    for text, read in zip(values, back, strict=True):
        assert read in (text, f"'{text}"), text
        if text[0] in "=+-@\t\r＝":
            assert read == f"'{text}"


@pytest.mark.parametrize("name", _texts(["<", "A &", "a <", "</"]))
def test_59_60_61_marks_of_a_page_print_as_they_stand(name: str) -> None:
    made = para(name, RUNNING)
    made.wrap(500, 700)
    assert made.getPlainText().split() == clean(name).split()
    assert "<" in made.getPlainText() or "&" in made.getPlainText()


def test_a_file_whose_rows_are_of_different_length_is_still_one_sheet(tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    path.write_text("a,b,c\n1\n1,2,3,4,5\n")
    file: RawFile = read_file(path)
    assert [line for _, line in file.sheets[0].lines] == [("a", "b", "c"), ("1",), ("1", "2", "3", "4", "5")]
