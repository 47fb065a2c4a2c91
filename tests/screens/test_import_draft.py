"""The basket: one column to one field, questions asked, heaps that add up."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from ddj_desktop.intake.types import ColumnGuess, Draft, ImportResult, NotData, RawFile, RawSheet, Sure
from ddj_desktop.screens.import_draft import (
    Basket,
    Entry,
    adds_up,
    field_choices,
    line_tags,
    read_as,
    reconciliation,
    two_ways,
)

LINES = ((1, ("SHERIFF",)), (2, ("BKG", "LAST", "DOB", "IN")), (3, ("7", "ROE", "03/04/1991", "03/05/2026")))


def column(index: int, header: str, field: str | None, sure: Sure = Sure.SURE, *examples: str) -> ColumnGuess:
    return ColumnGuess(index, header, field, sure, "a reason", examples)


def draft(*columns: ColumnGuess, order_sure: Sure = Sure.SURE) -> Draft:
    file = RawFile("jail.csv", "0" * 64, 10, "csv", "utf-8", (RawSheet("jail.csv", False, LINES),))
    return Draft(
        file, "jail.csv", "jail", Sure.SURE, "Jail", (2,), columns, "mdy", order_sure, (NotData(1, "Title"),)
    )  # fmt: skip


WHOLE = draft(
    column(0, "BKG", "contact_key"),
    column(1, "LAST", "last_name"),
    column(2, "DOB", "birth_date", Sure.SURE, "03/04/1991"),
    column(3, "IN", "starts"),
)
PATH = Path("jail.csv")


def result(**heaps: int) -> ImportResult:
    return ImportResult("jail.csv", 1, "Jail", "jail", sum(heaps.values()), mapping={}, **heaps)


def test_a_column_goes_to_one_field_and_a_field_to_one_column() -> None:
    entry = Entry(PATH, WHOLE).choose_field(1, "birth_date")
    assert entry.draft is not None
    assert [c.field for c in entry.draft.columns] == ["contact_key", "birth_date", None, "starts"]
    assert entry.draft.columns[1].why == "You chose this."


def test_what_is_missing_is_said_and_holds_the_import_back() -> None:
    entry = Entry(PATH, WHOLE).choose_field(3, None)
    assert not entry.ready
    assert entry.missing
    assert "Booking date" in " ".join(entry.missing)
    assert entry.state[0] == "look"
    assert entry.choose_field(3, "starts").ready


def test_a_change_forgets_what_a_trial_found() -> None:
    entry = replace(Entry(PATH, WHOLE), tried=result(new=1, changed=0, already_here=0, set_aside=0, not_data=1))
    assert entry.choose_field(0, None).tried is None
    assert entry.choose_date_order("dmy").tried is None
    assert entry.choose_source("County jail").tried is None


def test_the_date_question_is_asked_only_while_it_is_open() -> None:
    entry = Entry(PATH, replace(WHOLE, date_order_sure=Sure.GUESS))
    assert entry.asks_date_order
    assert entry.date_example == "03/04/1991"
    assert entry.state == ("look", "One question")
    assert not entry.choose_date_order("dmy").asks_date_order
    assert read_as("03/04/1991", "mdy") == "March 4, 1991"
    assert read_as("03/04/1991", "dmy") == "April 3, 1991"


def test_only_dates_that_can_be_read_two_ways_are_asked_about() -> None:
    assert two_ways("3/4/91 10:20")
    for settled in ("13/04/1991", "04/13/1991", "04/04/1991", "1991-03-04", "19910304", "", "x"):
        assert not two_ways(settled)


def test_the_reconciliation_is_said_in_full_and_checked() -> None:
    told = result(new=412, changed=37, already_here=4380, set_aside=12, not_data=150)
    assert reconciliation(told) == (
        "4,991 rows in file = 412 new + 37 changed + 4,380 already here + 12 set aside + 150 not data"
    )
    assert adds_up(told)
    assert not adds_up(replace(told, new=413))


def test_basket_reads_a_file_into_its_sheets_and_keeps_the_order() -> None:
    basket = Basket().add([Path("a"), Path("b")]).add([Path("a")])
    assert [entry.path.name for entry in basket.entries] == ["a", "b"]
    assert basket.waiting
    two = [WHOLE, replace(WHOLE, sheet="second")]
    basket = basket.came(Path("a"), two).refused(Path("b"), "This file can't be read.")
    assert [entry.path.name for entry in basket.entries] == ["a", "a", "b"]
    assert not basket.waiting
    assert basket.ready == [0, 1]
    assert basket.entries[2].state[0] == "stop"


def test_results_go_to_their_entries_and_a_removed_import_leaves() -> None:
    basket = Basket().add([PATH]).came(PATH, [WHOLE])
    told = result(new=1, changed=0, already_here=0, set_aside=0, not_data=2)
    assert basket.tried([0], [told]).entries[0].tried == told
    taken = basket.taken_in([0], [told])
    assert taken.entries[0].state == ("done", "Taken in")
    assert taken.ready == []
    assert taken.without_import(1).entries == ()
    again = taken.taken_in([0], [replace(told, import_id=None)])
    assert again.entries[0].state == ("done", "Nothing new")


def test_a_file_taken_in_may_be_dropped_again() -> None:
    told = result(new=1, changed=0, already_here=0, set_aside=0, not_data=2)
    basket = Basket().add([PATH]).came(PATH, [WHOLE]).taken_in([0], [told]).add([PATH])
    assert len(basket.entries) == 2
    assert basket.came(PATH, [WHOLE]).entries[0].result == told


def test_lines_that_are_no_data_are_tagged() -> None:
    assert line_tags(WHOLE) == {1: "Title, not data", 2: "Column names"}


def test_fields_are_offered_by_the_words_of_the_kind() -> None:
    words = dict(field_choices("jail"))
    assert words["starts"] == "Booking date"
    assert words["never_wanted"] == "Never keep: blank it"
    never, *offered = [choice[1] for choice in field_choices("ems")]
    assert never == "Never keep: blank it"
    assert offered == sorted(offered, key=str.casefold)


FIELDS = ["contact_key", "last_name", "birth_date", "starts", "first_name", None]


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(st.integers(0, 3), st.sampled_from(FIELDS)), max_size=12))
def test_whatever_is_chosen_no_field_has_two_columns(choices: list[tuple[int, str | None]]) -> None:
    entry = Entry(PATH, WHOLE)
    for index, name in choices:
        entry = entry.choose_field(index, name)
        assert entry.draft is not None
        assert entry.draft.columns[index].field == name
        used = [c.field for c in entry.draft.columns if c.field]
        assert len(used) == len(set(used))
