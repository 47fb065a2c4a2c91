"""The whole line on the made-up county, held against its truth."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from pypdf import PdfReader

from tests.cli.running import ddj
from tests.flow.conftest import Made
from tests.flow.truth import pairwise, true_list, truth_by_person

Lines = list[dict[str, str]]


@pytest.fixture(scope="session")
def truth_of(made_up: Made) -> dict[object, str]:
    return {(r["file"], r["sheet"], r["row"]): r["true_person"] for r in made_up.table("rows") if r["what"] == "data"}


@pytest.fixture(scope="session")
def person_of(crosswalk: Lines) -> dict[object, str]:
    return {(line["file"], line["sheet"], line["row"]): line["person_id"] for line in crosswalk}


def test_the_demo_says_its_stages_and_where_things_are(made_up: Made) -> None:
    assert len(made_up.told["stages"]) >= 6
    assert all(Path(path).is_file() for path in made_up.told["packets"] + made_up.told["summary"])
    assert len(made_up.told["packets"]) == 6


def test_every_file_was_read_whole_and_every_import_adds_up(made_up: Made, truth_of: dict[object, str]) -> None:
    taken = Counter[str]()
    from ddj_desktop.store.county_file import CountyFile

    file = CountyFile.open(made_up.file, "made-up people only", "tester")
    try:
        for line in file.lane().dicts("SELECT * FROM import"):
            parts = ("new", "changed", "already_here", "set_aside", "not_data")
            assert line["rows"] == sum(line[part] for part in parts)
            taken[line["file_name"]] += line["rows"] - line["not_data"]
    finally:
        file.close()
    assert taken == Counter(name for name, _, _ in truth_of)


def test_every_data_row_is_in_the_crosswalk(crosswalk: Lines, truth_of: dict[object, str]) -> None:
    assert {(line["file"], line["sheet"], line["row"]) for line in crosswalk} == set(truth_of)


def test_linkage_is_precise_and_finds(person_of: dict[object, str], truth_of: dict[object, str]) -> None:
    precision, recall = pairwise(person_of, truth_of)
    assert precision >= 0.98
    assert recall >= 0.95


def test_the_list_is_the_true_list_but_for_named_errors_of_linkage(
    made_up: Made, person_of: dict[object, str], truth_of: dict[object, str]
) -> None:
    wanted = true_list(made_up.table("contacts"))
    found = {line["person_id"] for line in made_up.sheet("list", "--as-of", "2026-10-31")}
    made_of = truth_by_person(person_of, truth_of)
    pure = {person for person, truths in made_of.items() if len(truths) == 1}
    parts = Counter(truth for truths in made_of.values() for truth in truths)
    listed = {made_of[person].most_common(1)[0][0] for person in found if person in made_of}
    too_many, missed = listed - wanted, wanted - listed
    whole = {truth for truth, count in parts.items() if count == 1}
    impure_truths = {truth for person, truths in made_of.items() if person not in pure for truth in truths}
    unexplained = {truth for truth in too_many | missed if truth in whole and truth not in impure_truths}
    assert unexplained == set()
    assert len(too_many) + len(missed) <= 0.1 * len(wanted)


def test_every_planted_person_is_on_the_list(
    made_up: Made, person_of: dict[object, str], truth_of: dict[object, str]
) -> None:
    found = {line["person_id"] for line in made_up.sheet("list", "--as-of", "2026-10-31")}
    made_of = truth_by_person(person_of, truth_of)
    listed = {truth for person in found for truth in made_of.get(person, ())}
    planted = {line["true_person"] for line in made_up.table("planted")}
    assert len(planted) == 18
    assert planted <= listed


def test_the_list_and_every_page_say_which_source_falls_short(made_up: Made) -> None:
    out = made_up.folder / "warned.csv"
    words = ("list", made_up.file, "--as-of", "2026-10-31", "--out", out, "--reason", "a test", "--json")
    template = ("--definition", "Pine County definition")
    ran = ddj(*words, *template)
    assert ran.code == 0, ran.err
    meeting = next(path for path in made_up.told["packets"] if "Meeting.pdf" in path)
    text = "\n".join(page.extract_text() for page in PdfReader(meeting).pages)
    assert "no data" in text


def test_a_programme_that_does_nothing_is_told_so_and_to_the_meeting_alone(made_up: Made) -> None:
    """Use of the people enrolled fell, as everybody's does after a year that was high."""
    for path in (Path(path) for path in made_up.told["packets"] if path.endswith(".pdf")):
        text = " ".join(text_of(path).split())
        assert ("Bridge housing" in text) == ("Meeting" in path.name), path
        if "Meeting" in path.name:
            assert "Bridge housing: no difference from people without it can be told" in text
            assert "Some decrease afterwards is expected even without any programme" in text


def test_no_name_of_anybody_is_in_what_leaves(made_up: Made) -> None:
    people = made_up.table("people")
    names = {p["last"] for p in people} | {p["first"] for p in people} | {p["ssn"] for p in people if p["ssn"]}
    rare = {name.casefold() for name in names if len(name) >= 5} - COMMON_WORDS
    for path in (Path(p) for p in made_up.told["packets"] + made_up.told["summary"]):
        words = {word.casefold() for word in re.findall(r"[^\W\d_]+|\d{9}", text_of(path))}
        assert words & rare <= COMMON_WORDS, path.name


COMMON_WORDS = {
    "white", "black", "brown", "young", "house", "street", "green", "grace", "faith", "april", "august", "march",
    "may", "june", "price", "field", "banks", "parks", "lane", "small", "short", "long", "rule", "page", "block",
    "marsh", "county", "pine", "reason", "sharp", "table", "record", "little", "large", "known", "major",
}  # fmt: skip
"""Names that are also words a packet may use."""


def text_of(path: Path) -> str:
    if path.suffix == ".pdf":
        return "\n".join(page.extract_text() for page in PdfReader(path).pages)
    if path.suffix == ".xlsx":
        return "\n".join(str(c) for s in load_workbook(path) for row in s.iter_rows(values_only=True) for c in row if c)
    return path.read_text("utf-8-sig", errors="replace")


def test_the_county_file_checks_out(made_up: Made) -> None:
    ran = ddj("check", made_up.file, "--json")
    assert ran.code == 0, ran.err
    assert ran.json["ok"] is True


def test_the_same_files_again_add_nothing(made_up: Made, tmp_path: Path) -> None:
    import shutil

    for name in ("Pine.ddj", "Pine.ddj.key"):
        shutil.copyfile(made_up.folder / name, tmp_path / name)
    exports = sorted((made_up.folder / "exports").iterdir())
    ran = ddj("import", tmp_path / "Pine.ddj", *exports, "--json")
    assert ran.code == 0, ran.err
    for told in ran.json["files"]:
        assert (told["new"], told["changed"], told["set_aside"]) == (0, 0, 0), told["file"]


def test_a_packet_made_again_holds_the_same_figures(made_up: Made, tmp_path: Path) -> None:
    first = next(Path(path) for path in made_up.told["packets"] if path.endswith("Public.xlsx"))
    words = ("packet", made_up.file, "--month", "2026-10", "--audience", "public", "--out", tmp_path, "--json")
    ran = ddj(*words)
    assert ran.code == 0, ran.err
    again = load_workbook(ran.json["xlsx"])
    before = load_workbook(first)
    assert again.sheetnames == before.sheetnames
    for name in again.sheetnames[1:]:
        assert figures_of(again[name]) == figures_of(before[name]), name


def figures_of(sheet: Worksheet) -> list[tuple[object, ...]]:
    """The rows of a sheet but the line that says when it was made."""
    return [row for row in sheet.values if "made Nov" not in str(row[0])]


def test_pdf_and_xlsx_hold_the_same_numbers(made_up: Made) -> None:
    for path in made_up.told["packets"]:
        if path.endswith(".pdf"):
            pdf = text_of(Path(path))
            book = load_workbook(path.replace(".pdf", ".xlsx"))
            for sheet in book.worksheets[1:]:
                for row in sheet.iter_rows(min_row=4, values_only=True):
                    for value in row:
                        if isinstance(value, int) and value >= 11:
                            assert f"{value:,}" in pdf or str(value) in pdf, (path, sheet.title, value)
