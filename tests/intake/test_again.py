"""Months later: columns mended without the file, a period replaced, codes given a meaning, what is usual."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook

from ddj_desktop.intake.draft import changed_mapping
from ddj_desktop.intake.remove import rederive
from ddj_desktop.intake.types import Draft, ImportResult
from ddj_desktop.kernel.progress import Progress
from ddj_desktop.registers.errors import NotALayout
from ddj_desktop.store.county_file import CountyFile
from ddj_desktop.workflow.layouts import save_layout, use_layout
from ddj_desktop.workflow.mending import (
    codes_in_use,
    mend_import,
    removal_preview,
    save_sender_list,
    set_code_meaning,
)
from ddj_desktop.workflow.project import Project
from ddj_desktop.workflow.taking_in import import_drafts, preview, remove_import
from tests.intake.sheets import derived
from tests.intake.test_reports import ask, take_in, write

pytestmark = pytest.mark.usefixtures("on_nov_3")

TABLES = ("contact", "record", "contact_flag", "charge")
HEAD = "Booking No|Name|DOB|Sex|Booked|Released|Booking Type|Charge"


def project(county: CountyFile) -> Project:
    return Project(county, county.county(), "tester")


def jail(path: Path, *rows: str) -> Path:
    return write(path, HEAD, *rows)


def booking(number: int, day: int, released: str = "10/30/2026", held: str = "NEW", charge: str = "THEFT") -> str:
    name = f"ROE{'ABCDEFGH'[number % 8]}, JAN|02/1{number % 8}/1980|F"
    return f"B{number}|{name}|10/{day:02d}/2026|{released}|{held}|{charge}"


def codes(result: ImportResult) -> dict[str, int]:
    return {problem.code: problem.count for problem in result.problems}


def draft(county: CountyFile, path: Path) -> Draft:
    lane = county.lane()
    (found,) = preview(lane, path, source="Jail", kind="jail")
    lane.close()
    return found


def test_columns_mended_months_later_give_what_a_right_import_would_have_given(
    county: CountyFile, tmp_path: Path
) -> None:
    first = jail(tmp_path / "sep.csv", *(booking(n, n, "") for n in range(1, 7)))
    second = jail(tmp_path / "oct.csv", *(booking(n, n, "10/20/2026") for n in range(3, 9)))
    lane = county.lane()
    for path in (first, second):
        wrong = draft(county, path)
        import_drafts(project(county), lane, [without(wrong, "ends")], Progress())
    assert ask(county, "SELECT count(ends) FROM contact") == [(0,)]
    ends = next(column.index for column in draft(county, first).columns if column.header == "Released")
    done = mend_import(project(county), lane, 1, {ends: "ends"}, Progress()).result
    lane.close()
    assert [one.rows for one in done] == [7, 7]
    mended = derived(county, TABLES)
    assert ask(county, "SELECT count(ends), count(*) FROM contact") == [(6, 8)]
    undo = county.lane()
    for (number,) in ask(county, "SELECT import_id FROM import WHERE removed_at IS NULL ORDER BY 1 DESC"):
        remove_import(project(county), undo, number)
    undo.close()
    assert derived(county, TABLES) == {table: [] for table in TABLES}
    take_in(county, first, second)
    assert derived(county, TABLES) == mended


def without(draft: Draft, field: str) -> Draft:
    columns = tuple(replace(column, field=None) if column.field == field else column for column in draft.columns)
    return replace(draft, columns=columns)


def test_a_period_is_replaced_and_comes_back_when_the_import_is_removed(county: CountyFile, tmp_path: Path) -> None:
    take_in(county, jail(tmp_path / "oct.csv", *(booking(n, n) for n in range(1, 9))))
    before = derived(county, TABLES)
    again = draft(county, jail(tmp_path / "oct_corrected.csv", *(booking(n, n) for n in (2, 3, 4)), booking(9, 9)))
    lane = county.lane()
    (done,) = import_drafts(
        project(county), lane, [replace(again, replaces=(date(2026, 10, 2), date(2026, 10, 6)))], Progress()
    ).result
    assert (done.new, done.already_here, done.replaced) == (1, 3, 2)
    assert ask(county, "SELECT string_agg(contact_key, ' ' ORDER BY contact_key) FROM contact") == [
        ("B1 B2 B3 B4 B7 B8 B9",)
    ]
    look = removal_preview(project(county), lane, done.import_id or 0)
    assert (look.removal.rows, look.removal.rows_back, look.removal.contacts_now) == (4, 5, 5)
    assert "5 rows return" in look.sentence
    assert ask(county, "SELECT count(*) FROM contact") == [(7,)]  # looking changed nothing
    remove_import(project(county), lane, done.import_id or 0)
    lane.close()
    assert derived(county, TABLES) == before


def test_what_a_code_means_is_the_countys_word_for_that_source_alone(county: CountyFile, tmp_path: Path) -> None:
    take_in(
        county, jail(tmp_path / "oct.csv", booking(1, 1, held="PCX"), booking(2, 2, charge="ORD 11-2"), booking(3, 3))
    )
    take_in(county, jail(tmp_path / "elsewhere.csv", booking(11, 11, held="PCX")), source="Cedar Jail", kind="jail")
    lane = county.lane()
    mine = {(one.field, one.code): one.taken_for for one in codes_in_use(lane, 1)}
    assert mine["kind_code", "PCX"] == "booking"
    assert mine["charge", "ORD 11-2"] == "other"
    assert mine["sex", "F"] == "F"
    set_code_meaning(project(county), lane, 1, "kind_code", "pcx", "protective_custody")
    set_code_meaning(project(county), lane, 1, "charge", "ORD 11-2", "public_order")
    set_code_meaning(project(county), lane, 1, "sex", "F", "X")
    kinds = "SELECT s.name, c.contact_key, c.kind FROM contact c JOIN source s USING (source_id) ORDER BY 1, 2"
    assert ask(county, kinds) == [
        ("Cedar Jail", "B11", "booking"), ("Jail", "B1", "protective_custody"), ("Jail", "B2", "booking"),
        ("Jail", "B3", "booking"),
    ]  # fmt: skip
    assert ask(county, "SELECT charge_group FROM charge WHERE description = 'ORD 11-2'") == [("public_order",)]
    assert ask(county, "SELECT sex, count(*) FROM record GROUP BY 1 ORDER BY 1") == [("F", 1), ("X", 3)]
    before = derived(county, TABLES)
    rederive(lane, 1)
    assert derived(county, TABLES) == before
    set_code_meaning(project(county), lane, 1, "kind_code", "PCX", "")
    assert ("Jail", "B1", "booking") in ask(county, kinds)
    lane.close()


def test_codes_no_earlier_file_had_are_told(county: CountyFile, tmp_path: Path) -> None:
    (first,) = take_in(county, jail(tmp_path / "sep.csv", booking(1, 1), booking(2, 2))).taken
    assert "new_codes" not in codes(first)
    (second,) = take_in(county, jail(tmp_path / "oct.csv", booking(3, 3, held="PCX"), booking(4, 4))).taken
    (problem,) = [one for one in second.problems if one.code == "new_codes"]
    assert (problem.count, problem.column) == (1, "Booking Type")
    assert "PCX" not in problem.sentence
    assert problem.effect
    assert problem.ask
    lane = county.lane()
    assert [one.code for one in codes_in_use(lane, 1) if one.is_new] == ["PCX"]
    lane.close()


def month(path: Path, first: date, days: int, each: int, leave_out: tuple[int, ...] = ()) -> Path:
    with path.open("w", newline="", encoding="utf-8") as out:
        pen = csv.writer(out)
        pen.writerow(HEAD.split("|"))
        for day in range(days):
            for nth in range(each if day not in leave_out else 0):
                when = first + timedelta(days=day)
                key = f"{when:%m%d}{nth:02d}"
                pen.writerow(
                    [key, f"ROE, J{key}".replace("0", "A"), "02/17/1980", "F", f"{when:%m/%d/%Y}", "", "NEW", "FTA"]
                )
    return path


def test_volume_missing_days_and_missing_months_against_what_is_usual(county: CountyFile, tmp_path: Path) -> None:
    for place, first in enumerate((date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1))):
        (done,) = take_in(county, month(tmp_path / f"{place}.csv", first, 28, 4)).taken
        assert not {"volume", "missing_days", "missing_months"} & set(codes(done))
    (done,) = take_in(county, month(tmp_path / "low.csv", date(2026, 6, 1), 30, 2)).taken
    told = {one.code: one.sentence for one in done.problems}
    assert "fewer than usual: the last 3 files had 112" in told["volume"]
    assert "Mar 29, 2026 to May 31, 2026" in told["missing_months"]
    (done,) = take_in(county, month(tmp_path / "gap.csv", date(2026, 7, 1), 31, 4, tuple(range(9, 15)))).taken
    (problem,) = [one for one in done.problems if one.code == "missing_days"]
    assert problem.count == 6
    assert "Jul 10, 2026 to Jul 15, 2026" in problem.sentence


def test_the_list_for_the_sender_holds_what_to_ask_and_the_rows_set_aside(county: CountyFile, tmp_path: Path) -> None:
    (done,) = take_in(
        county, jail(tmp_path / "oct.csv", booking(1, 1), "B2|ROE, ANN|x9/1980|F||10/30/2026|NEW|FTA")
    ).taken
    (odd,) = [one for one in done.problems if one.code == "unreadable_birth"]
    assert odd.examples == ("a9/9999",)
    lane = county.lane()
    path = save_sender_list(project(county), lane, done, tmp_path / "for the sender.xlsx").result
    lane.close()
    book = load_workbook(path)
    asked = [row[1] for row in book["To ask"].iter_rows(min_row=2, values_only=True)]
    assert any("no booking date" in str(sentence) for sentence in asked)
    assert [row[1:5] for row in book["Rows set aside"].iter_rows(min_row=2, values_only=True)] == [
        (3, "no start date", "B2", "ROE, ANN")
    ]


def test_a_layout_and_its_codes_go_to_another_county_as_a_small_file_without_rows(
    county: CountyFile, tmp_path: Path
) -> None:
    head = "N1|N2|N3|N4|N5"
    rows = [f"B{n}|ROE, JA{'ABCDEF'[n]}|10/0{n + 1}/2026|10/09/2026|PCX" for n in range(6)]
    path = write(tmp_path / "odd.csv", head, *rows)
    lane = county.lane()
    fields = dict(enumerate(("contact_key", "full_name", "starts", "ends", "kind_code")))
    (first,) = preview(lane, path, source="Jail", kind="jail")
    import_drafts(project(county), lane, [changed_mapping(first, fields)], Progress())
    set_code_meaning(project(county), lane, 1, "kind_code", "PCX", "protective_custody")
    saved = save_layout(project(county), lane, "jail", tmp_path / "Jail.ddjlayout").result
    assert "ROE" not in saved.read_text("utf-8")
    use_layout(project(county), lane, saved, "Cedar Jail")
    (done,) = take_in(county, write(tmp_path / "cedar.csv", head, *(row.replace("B", "C", 1) for row in rows)),
                      source="Cedar Jail").taken  # fmt: skip
    lane.close()
    assert (done.kind, done.new) == ("jail", 6)
    assert ask(
        county, "SELECT DISTINCT contact.kind FROM contact JOIN source USING (source_id) WHERE name LIKE 'Ced%'"
    ) == [("protective_custody",)]


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"ddj_layout": 2}', "PK", '{"ddj_layout": 1, "kind": "jail"}'])
def test_a_file_that_is_no_layout_is_refused_and_changes_nothing(county: CountyFile, tmp_path: Path, text: str) -> None:
    (tmp_path / "x.ddjlayout").write_text(text)
    lane = county.lane()
    with pytest.raises(NotALayout):
        use_layout(project(county), lane, tmp_path / "x.ddjlayout", "Jail")
    lane.close()
    assert ask(county, "SELECT count(*) FROM source") == [(0,)]
