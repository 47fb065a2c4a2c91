"""`link` on loose sheets: any usual headings, several files, every row answered, in any order."""

from __future__ import annotations

import random

import pytest

from ddj_desktop.intake.types import RawFile, RawSheet
from ddj_desktop.kernel.progress import Progress
from ddj_desktop.linkage.errors import NoSuchColumn, NoSuchField, NothingToLinkBy
from ddj_desktop.linkage.loose_dates import birth, births, date_order
from ddj_desktop.linkage.sheets import LinkedSheets, link_rows
from tests.linkage.made_up import crowd, partition

PEOPLE = crowd(80, seed=33)


def sheet(headings: list[str], rows: list[list[str]], name: str = "people.csv") -> RawFile:
    lines = [(1, tuple(headings)), *((number, tuple(row)) for number, row in enumerate(rows, 2))]
    return RawFile(name, "0" * 64, 1, "csv", "utf-8", (RawSheet("people", False, tuple(lines)),))


def answer(*files: RawFile, **forced: str) -> LinkedSheets:
    return link_rows(files, Progress(), forced)


def date_text(row: dict[str, object], form: str) -> str:
    number = int(str(row["birth"]))
    y, m, d = number // 10000, number // 100 % 100, number % 100
    return {"iso": f"{y}-{m:02d}-{d:02d}", "digits": f"{number}", "mdy": f"{m:02d}/{d:02d}/{y}",
            "dmy": f"{d:02d}/{m:02d}/{y}", "mdy digits": f"{m:02d}{d:02d}{y}"}[form]  # fmt: skip


VOCABULARIES = {
    "febrl": (
        ["rec_id", "given_name", "surname", "street_number", "address_1", "date_of_birth", "soc_sec_id"],
        "digits",
    ),
    "employees": (["No.", "Emp First", "Emp Last", "House #", "Street", "BirthDate", "SSN Last 4"], "mdy digits"),
    "plain": (["id", "first_name", "surname", "house_no", "street", "dob", "ssn"], "iso"),
    "other order": (["Ref", "Given Name", "Family Name", "Street No", "Street Name", "Birth Date", "SSN"], "dmy"),
}


def in_words(vocabulary: str, people: list[dict[str, object]]) -> list[list[str]]:
    headings, form = VOCABULARIES[vocabulary]
    rows = []
    for at, row in enumerate(people):
        number, _, street = str(row["address"]).partition(" ")
        ssn = str(row["ssn"])[-4:] if "Last 4" in headings[-1] else str(row["ssn"])
        rows.append([f"r{at}", str(row["first"]), str(row["last"]), number, street, date_text(row, form), ssn])
    return rows


@pytest.mark.parametrize("vocabulary", sorted(VOCABULARIES))
def test_usual_headings_are_understood(vocabulary: str) -> None:
    found = answer(sheet(VOCABULARIES[vocabulary][0], in_words(vocabulary, PEOPLE)))
    taken = found.columns["people.csv"]
    assert {"first_name", "last_name", "birth_date", "house_number"} <= set(taken)
    assert {"ssn", "ssn_last4"} & set(taken)
    assert "record_key" not in taken
    groups = partition(range(len(PEOPLE)), [row.person_id for row in found.rows])
    right = partition(range(len(PEOPLE)), [int(str(row["true"])) for row in PEOPLE])
    assert len(groups & right) >= 0.95 * len(right)


def test_every_row_is_answered_by_its_line_and_empty_rows_stand_alone() -> None:
    rows = in_words("plain", PEOPLE[:20])
    rows.insert(5, ["r99", "", "", "", "", "", ""])
    rows.append(["Total: 20", "", "", "", "", "", ""])
    found = answer(sheet(VOCABULARIES["plain"][0], rows))
    assert [row.row for row in found.rows] == list(range(2, len(rows) + 2))
    assert {row.file for row in found.rows} == {"people.csv"}
    for at in (5, len(rows) - 1):
        assert found.rows[at].match_probability is None
        assert [row.person_id for row in found.rows].count(found.rows[at].person_id) == 1
    sizes = {row.person_id: 0 for row in found.rows}
    for row in found.rows:
        sizes[row.person_id] += 1
    for row in found.rows:
        if row.match_probability is not None:
            assert 0 <= row.match_probability <= 1
            assert (row.match_probability > 0) == (sizes[row.person_id] > 1)


def test_row_order_does_not_matter() -> None:
    rows = in_words("plain", PEOPLE)
    shuffled = list(rows)
    random.Random(4).shuffle(shuffled)
    headings = VOCABULARIES["plain"][0]
    one = partition([row[0] for row in rows], [row.person_id for row in answer(sheet(headings, rows)).rows])
    two = partition([row[0] for row in shuffled], [row.person_id for row in answer(sheet(headings, shuffled)).rows])
    assert one == two


def test_files_of_two_layouts_and_date_orders_are_linked_in_any_order() -> None:
    first = sheet(VOCABULARIES["plain"][0], in_words("plain", PEOPLE[0::2]), "a.csv")
    second = sheet(VOCABULARIES["other order"][0], in_words("other order", PEOPLE[1::2]), "b.xlsx")
    one, two = answer(first, second), answer(second, first)
    names = [(row.file, row.row) for row in one.rows]
    assert partition(names, [row.person_id for row in one.rows]) == partition(
        [(row.file, row.row) for row in two.rows], [row.person_id for row in two.rows]
    )
    true = {("a.csv", at + 2): row["true"] for at, row in enumerate(PEOPLE[0::2])}
    true |= {("b.xlsx", at + 2): row["true"] for at, row in enumerate(PEOPLE[1::2])}
    groups = partition(names, [row.person_id for row in one.rows])
    assert (
        sum(len(group) == 2 and len({true[name] for name in group}) == 1 for group in groups) >= 0.95 * len(PEOPLE) / 2
    )


def test_columns_can_be_named_by_the_person() -> None:
    rows = [[row[1], row[2], row[5]] for row in in_words("plain", PEOPLE)]
    found = answer(sheet(["Alpha", "Beta", "Gamma"], rows), first="Alpha", last="Beta", dob="Gamma")
    assert found.columns["people.csv"] == {"first_name": "Alpha", "last_name": "Beta", "birth_date": "Gamma"}
    with pytest.raises(NoSuchColumn):
        answer(sheet(["Alpha", "Beta", "Gamma"], rows), first="Delta")
    with pytest.raises(NoSuchField):
        answer(sheet(["Alpha", "Beta", "Gamma"], rows), shoe_size="Alpha")


def test_a_sheet_without_people_is_refused() -> None:
    with pytest.raises(NothingToLinkBy):
        answer(sheet(["Widget", "Price"], [["bolt 3", "12.50"], ["nut 4", "8.25"], ["gear 5", "9.75"]]))


def test_an_account_number_that_returns_is_evidence() -> None:
    people = PEOPLE[:40]
    rows = [
        [f"C{row['true']}", *cells[1:3], cells[5]] for row, cells in zip(people, in_words("plain", people), strict=True)
    ]
    found = answer(sheet(["Client ID", "First", "Last", "DOB"], rows))
    assert found.columns["people.csv"]["record_key"] == "Client ID"


@pytest.mark.parametrize(
    ("text", "order", "expected"),
    [("01/02/1980", "mdy", 19800102), ("01/02/1980", "dmy", 19800201), ("19800102", "ymd", 19800102),
     ("01021980", "mdy", 19800102), ("1980-1-2", "mdy", 19800102), ("Jan 2, 1980", "mdy", 19800102),
     ("1/2/80", "mdy", 19800102), ("69/27/2020", "mdy", 20206927), ("", "mdy", 0), ("unknown", "mdy", 0),
     ("1021980", "mdy", 19800102), ("1980-01-02 00:00:00", "mdy", 19800102)],
)  # fmt: skip
def test_birth_dates_in_every_form(text: str, order: str, expected: int) -> None:
    assert birth(text, order, 2026) == expected


def test_each_source_has_its_own_order_of_day_and_month() -> None:
    month_first = ["01/25/1980", "02/03/1990", "12/31/1971"]
    day_first = ["25/01/1980", "03/02/1990", "31/12/1971"]
    assert (date_order(month_first), date_order(day_first)) == ("mdy", "dmy")
    assert date_order(["19800125", "19900203"]) == "ymd"
    found = births([*month_first, *day_first], ["a"] * 3 + ["b"] * 3, 2026)
    assert found[:3].tolist() == found[3:].tolist()
