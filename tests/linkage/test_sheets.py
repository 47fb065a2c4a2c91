"""`link` on loose sheets: any usual headings, several files, every row answered, in any order."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from ddj_desktop.intake.columns import columns
from ddj_desktop.intake.read import read_file
from ddj_desktop.intake.structure import structure
from ddj_desktop.intake.types import RawFile, RawSheet
from ddj_desktop.kernel.progress import Progress
from ddj_desktop.linkage.errors import NoSuchColumn, NoSuchField, NothingToLinkBy
from ddj_desktop.linkage.loose_dates import birth, birth_years, births, date_order
from ddj_desktop.linkage.sheet_columns import columns_of_people
from ddj_desktop.linkage.sheets import LinkedSheets, link_rows
from ddj_desktop.linkage.types import coded
from tests.linkage.made_up import crowd, partition
from tests.linkage.vocabularies import EITHER, FIELDS, sheet_lines, vocabularies

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
    assert (date_order(Counter(month_first)), date_order(Counter(day_first))) == ("mdy", "dmy")
    assert date_order(Counter(["19800125", "19900203"])) == "ymd"
    assert date_order(Counter(["25/01/80", "03/02/90"])) == "dmy"
    found, _ = births(coded([*month_first, *day_first]), np.array([0] * 3 + [1] * 3), 2026)
    assert found[:3].tolist() == found[3:].tolist()


def test_several_forms_in_one_column_are_each_read() -> None:
    texts = ["19800125", "19710613", "19900307", "06142002", "08/15/1946"]
    found, _ = births(coded(texts), np.zeros(5, np.int64), 2026)
    assert found.tolist() == [19800125, 19710613, 19900307, 20020614, 19460815]


@pytest.mark.parametrize("text", ["1980", "00/00/1980", "1980-00-00", "about 1980"])
def test_a_year_alone_is_kept_as_a_year(text: str) -> None:
    found, year = births(coded([text, "01/25/1980"]), np.array([0, 0]), 2026)
    assert (found.tolist(), year.tolist()) == ([0, 19800125], [1980, 0])
    low, high = birth_years(coded(["", ""]), year, found, np.array([0, 0]), 2026)
    assert (low.tolist(), high.tolist()) == ([1980, 0], [1980, 0])


def test_ages_are_taken_in_the_year_their_source_says() -> None:
    ages = coded(["45", "30", "40", "50", "60", "35", "x"])
    born = np.array([0, 1992, 1982, 1972, 1962, 1987, 0]) * 10000
    low, high = birth_years(ages, np.zeros(7, np.int64), born + 101 * (born > 0), np.zeros(7, np.int64), 2026)
    assert (low[0], high[0], low[6]) == (2022 - 45 - 1, 2022 - 45 + 1, 0)


def test_a_birth_date_in_three_columns_is_one_date() -> None:
    rows = [[row[1], row[2], *row[5].split("-")] for row in in_words("plain", PEOPLE)]
    found = answer(sheet(["fname_c1", "lname_c1", "by", "bm", "bd"], rows))
    assert {"birth_year", "birth_month", "birth_day"} <= set(found.columns["people.csv"])
    whole = answer(sheet(["first", "last", "dob"], [[row[1], row[2], row[5]] for row in in_words("plain", PEOPLE)]))
    names = range(len(PEOPLE))
    assert partition(names, [row.person_id for row in found.rows]) == partition(
        names, [row.person_id for row in whole.rows]
    )


def test_lines_of_blank_cells_are_answered(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    head, *rows = [VOCABULARIES["plain"][0], *in_words("plain", PEOPLE[:20])]
    rows[4:4] = [[""] * len(head), [" "] * len(head)]
    path.write_text("\n".join(",".join(row) for row in [head, *rows, [""] * len(head)]) + "\n", "utf-8")
    found = link_rows([read_file(path)], Progress())
    assert found.row.tolist() == list(range(2, 25))
    assert [row.row for row in found.rows if row.match_probability is None] == [6, 7, 24]


@pytest.mark.parametrize(
    ("first", "wholes", "taken"),
    [
        ("First Name", ["Ann May Ash", "Bob Bay", "Eve Lou Elm", "Sam Fir"], True),
        ("First Name", ["Roy Kirk", "Roy Kirk", "Jo Blank", "Ann Ash"], False),
        ("Middle Name", ["Ann May Ash", "Bob Bay", "Eve Lou Elm", "Sam Fir"], False),
    ],
)
def test_a_whole_name_beside_its_parts_is_read_where_it_is_of_the_same_person(
    first: str, wholes: list[str], taken: bool
) -> None:
    head = ["Full Name", "Last Name", "First Name", *([first] if first != "First Name" else [])]
    rows = [[whole, last, name, *(["Q"] if len(head) > 3 else [])] for whole, last, name in zip(
        wholes, ["Ash", "Bay", "Elm", "Fir"], ["Ann", "Bob", "Eve", "Sam"], strict=True)]  # fmt: skip
    found = answer(sheet(head, rows)).columns["people.csv"]
    assert ("full_name" in found) is taken
    assert {"first_name", "last_name"} <= set(found)


@pytest.mark.parametrize("name", sorted(vocabularies()))
def test_every_vocabulary_is_understood(name: str) -> None:
    headings = vocabularies()[name]
    lines = [[heading for heading, _ in headings], *sheet_lines(headings, 5)]
    layout = structure(RawSheet(name, False, tuple((at, tuple(row)) for at, row in enumerate(lines, 1))))
    taken = {index: field for field, index in columns_of_people(columns(layout.headers, layout.data), name).items()}
    parts = any(kind in ("first", "last") for _, kind in headings)
    for index, (heading, kind) in enumerate(headings):
        expected = None if parts and kind in ("full", "words") else FIELDS.get(kind)
        found = "street" if taken.get(index) == "address" and expected == "street" else taken.get(index)
        if kind not in EITHER:
            assert found == expected, heading


@pytest.mark.parametrize(
    ("heading", "cells", "field"),
    [("Name", ["Ann", "Bob", "Eve"], "first_name"), ("Nombre", ["Ann Ash", "Bob Bay", "Eve Elm"], "full_name")],
)
def test_what_name_means_depends_on_its_values(heading: str, cells: list[str], field: str) -> None:
    beside = "Surname" if field == "first_name" else "Fecha Nac"
    rows = [[cell, "Ash" if field == "first_name" else "01/02/1980"] for cell in cells]
    assert answer(sheet([heading, beside], rows)).columns["people.csv"][field] == heading


def test_a_column_of_maiden_names_finds_people_under_either_name() -> None:
    rows = [[row[1], row[2], "", row[5]] for row in in_words("plain", PEOPLE)]
    rows += [["Mary", "Tolliver", "Pruett", "1985-07-03"], ["Mary", "Pruett", "", "1985-07-03"]]
    found = answer(sheet(["First", "Last", "Maiden Name", "DOB"], rows))
    assert found.columns["people.csv"]["other_last_name"] == "Maiden Name"
    assert found.person[-1] == found.person[-2]


@pytest.mark.parametrize("order", [(0, 1, 2, 3), (1, 0, 3, 2), (3, 2, 1, 0)])
def test_a_sheet_without_headings_is_read_by_its_values(order: tuple[int, ...]) -> None:
    cells = [[str(row["last"]), str(row["first"]), date_text(row, "mdy"), str(row["ssn"])] for row in PEOPLE]
    first, *rest = [[line[at] for at in order] for line in cells]
    found = answer(sheet(first, rest))
    headings = {name: f"Column {'ABCD'[order.index(at)]}" for at, name in enumerate(
        ("last_name", "first_name", "birth_date", "ssn"))}  # fmt: skip
    assert found.columns["people.csv"] == headings
    assert [row.row for row in found.rows] == list(range(1, len(PEOPLE) + 1))
    assert partition(range(len(PEOPLE)), [row.person_id for row in found.rows]) == partition(
        range(len(PEOPLE)), [int(str(row["true"])) for row in PEOPLE]
    )


def test_two_orders_of_names_stand_in_one_column() -> None:
    rows = [
        [
            f"{row['last']}, {row['first']}" if at % 2 else f"{row['first']} {row['last']}",
            date_text(row, "mdy"),
            str(row["ssn"]),
        ]
        for at, row in enumerate(PEOPLE)
    ]
    found = answer(sheet(["Name", "DOB", "SSN"], rows))
    assert partition(range(len(PEOPLE)), [row.person_id for row in found.rows]) == partition(
        range(len(PEOPLE)), [int(str(row["true"])) for row in PEOPLE]
    )


def test_days_of_birth_are_no_birth_dates() -> None:
    rows = [[str(row["last"]), str(row["birth"])[:4], str(row["birth"])[4:6], str(row["birth"])[6:]] for row in PEOPLE]
    assert set(answer(sheet(["Last", "Birth Yr", "Birth Mo", "Bday"], rows)).columns["people.csv"]) == {
        "last_name", "birth_year", "birth_month", "birth_day",
    }  # fmt: skip
