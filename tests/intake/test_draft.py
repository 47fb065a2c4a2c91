"""Drafts: remembered layouts, what must be settled before an import, sheets without headings, groups of lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from ddj_desktop.intake.draft import as_profile, changed_mapping, problems_before_import, signature, suggest
from ddj_desktop.intake.errors import NoHeadings, NoRows
from ddj_desktop.intake.types import RawFile, RawSheet, Sure

HEAD = ["Booking No", "Name", "DOB", "Booked", "Released", "Charge"]


def row(number: int) -> list[str]:
    """One booking."""
    return [f"24-{number:05d}", f"ROE{'ABCDEFGH'[number % 8]}, JAN", "02/17/1980", "10/21/2024", "10/22/2024", "THEFT"]


def file_of(*sheets: Sequence[Sequence[str]], name: str = "jail.csv", hidden: Sequence[int] = ()) -> RawFile:
    """A file as read, of sheets of lines."""
    made = tuple(
        RawSheet(
            f"Sheet{place}",
            place in hidden,
            tuple((number, tuple(cells)) for number, cells in enumerate(lines, start=1) if any(cells)),
        )
        for place, lines in enumerate(sheets)
    )
    return RawFile(name, "0" * 64, 1, "csv", "utf-8", made)


PLAIN = [HEAD, *map(row, range(12))]


def test_what_is_needed_and_missing_is_named() -> None:
    lines = [[cell for place, cell in enumerate(cells) if place != 3] for cells in PLAIN]
    (draft,) = suggest(file_of(lines), kind="jail")
    assert any(sentence.startswith("Booking date is needed") for sentence in problems_before_import(draft))


def test_a_guess_does_not_meet_a_need() -> None:
    lines = [["Booking No", "Name", "DOB", "When it was", "Released", "Charge"], *PLAIN[1:]]
    (draft,) = suggest(file_of(lines), kind="jail")
    (sentence,) = set(problems_before_import(draft))
    assert "When it was" in sentence
    assert problems_before_import(changed_mapping(draft, {3: "starts"})) == []


def test_a_column_goes_to_one_field() -> None:
    (draft,) = suggest(file_of(PLAIN))
    changed = changed_mapping(draft, {5: "nature", 1: "last_name"})
    fields = [column.field for column in changed.columns if column.field]
    assert len(fields) == len(set(fields))
    assert changed.column_of("full_name") is None


def test_a_remembered_layout_is_sure_whatever_its_order() -> None:
    (draft,) = suggest(file_of(PLAIN))
    profile = replace(as_profile(changed_mapping(draft, {5: "nature"})), source="Pine Jail")
    turned = [list(reversed(cells)) for cells in PLAIN]
    (again,) = suggest(file_of(turned, name="whatever.csv"), known=[profile])
    assert (again.source, again.kind, again.kind_sure) == ("Pine Jail", "jail", Sure.SURE)
    assert signature(again) == profile.signature
    assert {column.header: column.field for column in again.columns if column.field} == {
        heading: field for field, heading in profile.mapping.items()
    }
    assert all(column.sure == Sure.SURE for column in again.columns if column.field)


def test_a_remembered_layout_with_a_new_column_is_recognised() -> None:
    (draft,) = suggest(file_of(PLAIN))
    wider = [[*cells, extra] for cells, extra in zip(PLAIN, ["Sex", *["M"] * 12], strict=True)]
    (again,) = suggest(file_of(wider), known=[replace(as_profile(draft), source="Pine Jail")])
    assert again.source == "Pine Jail"
    assert again.column_of("sex") == 6


def test_a_missing_column_of_the_named_source_is_told() -> None:
    (draft,) = suggest(file_of(PLAIN))
    profile = replace(as_profile(draft), source="Pine Jail")
    (again,) = suggest(file_of([cells[:4] for cells in PLAIN]), known=[profile], source="Pine Jail")
    assert sum("is not here" in sentence for sentence in again.problems) == 2


def test_a_strange_layout_is_not_taken_for_a_remembered_one() -> None:
    (draft,) = suggest(file_of(PLAIN))
    other = [["Call No", "Call Date", "Nature"], *([f"C{n:04d}", "10/21/2024", "WELFARE CHECK"] for n in range(9))]
    (again,) = suggest(file_of(other, name="cad.csv"), known=[replace(as_profile(draft), source="Pine Jail")])
    assert (again.source, again.kind) == ("911 dispatch", "dispatch")


def test_a_new_layout_of_a_known_kind_is_proposed_for_the_only_source() -> None:
    (draft,) = suggest(file_of(PLAIN))
    profile = replace(as_profile(draft), source="Pine Jail")
    other = [["Inmate Name", "Date of Birth", "Book-in Date"], *([row(n)[1], row(n)[2], row(n)[3]] for n in range(9))]
    (again,) = suggest(file_of(other, name="jail2.csv"), known=[profile])
    assert (again.source, again.kind) == ("Pine Jail", "jail")


def test_the_date_order_of_a_profile_settles_a_doubt() -> None:
    doubtful = [HEAD, *([*row(n)[:2], "02/03/1980", "10/11/2024", "10/12/2024", "THEFT"] for n in range(6))]
    (draft,) = suggest(file_of(doubtful))
    assert draft.date_order_sure == Sure.GUESS
    assert any("two ways" in sentence for sentence in draft.problems)
    profile = replace(as_profile(draft), date_order="dmy")
    (again,) = suggest(file_of(doubtful), known=[profile])
    assert (again.date_order, again.date_order_sure) == ("dmy", Sure.LIKELY)
    (given,) = suggest(file_of(doubtful), date_order="dmy")
    assert (given.date_order, given.date_order_sure) == ("dmy", Sure.SURE)


def test_no_headings_are_made_do_with_where_the_values_tell() -> None:
    lines = [
        [
            f"11278{n:04d}",
            ["ACCP", "WC"][n % 2],
            f"10{n % 28 + 1:02d}2011",
            f"{n % 24:02d}3837",
            f"{n + 10} SUN VALLEY BL",
        ]
        for n in range(60)
    ]
    (draft,) = suggest(file_of(lines, name="CAD2011.csv"), kind="dispatch")
    assert draft.header_lines == ()
    assert draft.column_of("contact_key") == 0
    assert draft.column_of("starts") == 2
    assert draft.column_of("starts_time") == 3
    assert problems_before_import(draft) == []


def test_no_headings_and_no_telling_values_are_refused() -> None:
    with pytest.raises(NoHeadings):
        suggest(file_of([["x y", "so it goes"], ["z", "and on"], ["w", "it went"]] * 4))


def test_headings_alone_are_no_rows() -> None:
    with pytest.raises(NoRows):
        suggest(file_of([HEAD]))


def test_later_lines_of_a_group_are_filled_from_its_first() -> None:
    more = ["", "", "", "", "", "TRESPASS"]
    (draft,) = suggest(file_of([HEAD, row(1), more, row(2), row(3), more, more, row(4)]))
    assert draft.fill_down == (0, 1, 2, 3, 4)


def test_missing_values_are_no_group() -> None:
    lines = [list(cells) for cells in PLAIN]
    lines[3][2] = lines[5][2] = lines[6][4] = ""
    (draft,) = suggest(file_of(lines))
    assert draft.fill_down == ()


def test_only_usable_sheets_are_suggested() -> None:
    codes = [["Code", "Meaning"], ["A", "Arrest"], ["B", "Bond"]]
    drafts = suggest(file_of(PLAIN, codes, PLAIN, PLAIN, hidden=[3]))
    assert [draft.sheet for draft in drafts] == ["Sheet0", "Sheet2"]
    assert any("Sheet1" in sentence and "left out" in sentence for sentence in drafts[0].problems)
    assert any("Sheet3" in sentence and "hidden" in sentence for sentence in drafts[0].problems)


def test_the_same_file_gives_the_same_draft_in_any_row_order() -> None:
    (one,) = suggest(file_of(PLAIN))
    (other,) = suggest(file_of([HEAD, *PLAIN[:0:-1]]))
    assert [(c.field, c.sure, c.why) for c in one.columns] == [(c.field, c.sure, c.why) for c in other.columns]


def test_headings_that_return_are_told_apart() -> None:
    lines = [["Name", "Date", "Date", "Booking No"], *([row(n)[1], row(n)[3], row(n)[4], row(n)[0]] for n in range(9))]
    (draft,) = suggest(file_of(lines), kind="jail")
    assert [column.header for column in draft.columns] == ["Name", "Date", "Date (2)", "Booking No"]


def test_a_count_of_bookings_is_no_booking_number() -> None:
    """In one jail `Booking #` says how often the person was booked."""
    lines = [["Booking #", "Name", "Booking Date"]]
    lines += [[str(n % 4 + 1), row(n)[1], f"10/{n % 28 + 1:02d}/2024"] for n in range(60)]
    (draft,) = suggest(file_of(lines), kind="jail")
    guess = draft.columns[0]
    assert guess.field is None or guess.sure == Sure.GUESS


def test_no_sentence_holds_a_value() -> None:
    lines = [
        HEAD,
        *([f"K{n}", f"ZEBULON{'ABCDEFGH'[n % 8]}, QUILL", "02/03/1980", "10/11/2024", "", "THEFT"] for n in range(9)),
    ]
    (draft,) = suggest(file_of(lines))
    told = [*draft.problems, *problems_before_import(draft), *(column.why for column in draft.columns)]
    assert not any("ZEBULON" in sentence or "1980" in sentence or "THEFT" in sentence for sentence in told)


HMIS_PEOPLE = ["PersonalID", "FirstName", "LastName", "DOB", "DateCreated", "DateUpdated"]


def hmis_person(number: int) -> list[str]:
    """One line of a people file."""
    first, last = "ABCDEFGH"[number % 8] + "my", "Doe" + "abcdefgh"[number // 8]
    return [str(9000 + number), first, last, f"19{60 + number}-03-0{number % 9 + 1}", "2026-01-02", "2026-01-03"]


def test_the_day_a_line_was_keyed_in_starts_and_ends_nothing() -> None:
    (draft,) = suggest(file_of([HMIS_PEOPLE, *map(hmis_person, range(30))], name="Client.csv"))
    assert draft.kind == "shelter"
    assert draft.column_of("starts") is None
    assert draft.column_of("ends") is None
    assert problems_before_import(draft) == []


def test_a_second_date_whose_heading_says_nothing_of_an_end_is_none() -> None:
    (draft,) = suggest(file_of([["Booking No", "Name", "DOB", "Booked", "Reviewed", "Charge"], *PLAIN[1:]]))
    assert draft.column_of("starts") == 3
    assert draft.column_of("ends") is None


def test_people_with_a_date_of_doubtful_meaning_are_asked_about() -> None:
    head = [*HMIS_PEOPLE[:4], "Quux", "DateUpdated"]
    (draft,) = suggest(file_of([head, *map(hmis_person, range(30))], name="Client.csv"), kind="shelter")
    (sentence,) = problems_before_import(draft)
    assert "Quux" in sentence
    assert problems_before_import(changed_mapping(draft, {4: ""})) == []
