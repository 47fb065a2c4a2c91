"""Taking in what real exports hold: each case of the export catalogue that concerns rows and contacts."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest

from ddj_desktop.intake.crosswalk import crosswalk_rows, rows_set_aside
from ddj_desktop.intake.errors import AlreadyRemoved, NoSuchImport, OtherKind
from ddj_desktop.intake.remove import RemovalResult, remove_import
from ddj_desktop.intake.stage import same_file, stage
from ddj_desktop.intake.types import ImportResult
from ddj_desktop.store.county_file import CountyFile
from tests.intake.sheets import add_source, derived, draft_of, take_in

pytestmark = pytest.mark.usefixtures("on_nov_3")

JAIL = ("contact_key", "full_name", "birth_date", "starts", "ends", "charge_description")


def contacts(county: CountyFile, what: str = "contact_key, kind, starts, ends") -> list[tuple[Any, ...]]:
    lane = county.lane()
    found = lane.rows(f"SELECT {what} FROM contact ORDER BY starts, contact_key, contact_id")
    lane.close()
    return found


def ask(county: CountyFile, sql: str) -> list[tuple[Any, ...]]:
    lane = county.lane()
    found = lane.rows(sql)
    lane.close()
    return found


def counts(result: ImportResult) -> tuple[int, ...]:
    return result.rows, result.new, result.changed, result.already_here, result.set_aside, result.not_data


def codes(result: ImportResult) -> dict[str, int]:
    return {problem.code: problem.count for problem in result.problems}


def remove(county: CountyFile, import_id: int) -> RemovalResult:
    lane = county.lane()
    with lane.transaction():
        done = remove_import(lane, import_id, "tester")
    lane.close()
    return done


def test_the_charges_of_a_booking_are_one_contact(county: CountyFile) -> None:
    result = take_in(county, draft_of("jail", JAIL, [
        ("B1", "DOE, JOHN", "7/4/85", "5/1/2026 13:05", "5/3/2026", "THEFT"),
        ("B1", "DOE, JOHN", "7/4/85", "5/1/2026 13:05", "5/3/2026", "ASSAULT"),
        ("B2", "ROE, JANE", "1/2/1990", "5/2/2026", "", "FTA"),
    ]))  # fmt: skip
    assert counts(result) == (4, 3, 0, 0, 0, 1)
    assert contacts(county) == [
        ("B1", "booking", datetime(2026, 5, 1, 13, 5), datetime(2026, 5, 3)),
        ("B2", "booking", datetime(2026, 5, 2), None)
    ]  # fmt: skip
    assert ask(county, "SELECT description, charge_group FROM charge ORDER BY description") == [
        ("ASSAULT", "violent"), ("FTA", "failure_to_appear"), ("THEFT", "property"),
    ]  # fmt: skip
    assert ask(county, "SELECT last_name, first_name, birth_date FROM record ORDER BY 1") == [
        ("DOE", "JOHN", date(1985, 7, 4)), ("ROE", "JANE", date(1990, 1, 2)),
    ]  # fmt: skip


def test_blank_cells_are_filled_only_within_a_group(county: CountyFile) -> None:
    fields = ("full_name", "birth_date", "contact_key", "starts", "charge_description")
    take_in(county, draft_of("jail", fields, [
        ("DOE, JOHN", "7/4/1985", "B1", "5/1/2026", "THEFT"), ("", "", "", "", "ASSAULT"),
        ("ROE, JANE", "", "B2", "5/2/2026", "FTA"), ("", "", "", "", "DUI"),
    ], fill_down=("full_name", "birth_date", "contact_key", "starts")))  # fmt: skip
    assert contacts(county, "contact_key") == [("B1",), ("B2",)]
    assert ask(county, "SELECT count(*) FROM charge") == [(4,)]
    assert ask(county, "SELECT birth_date FROM record WHERE first_name = 'JANE'") == [(None,)]
    kept = ask(county, "SELECT cells FROM source_row JOIN row_text USING (text_id) WHERE row_number = 3")
    assert json.loads(kept[0][0]) == ["", "", "", "", "ASSAULT"]


def test_a_release_filled_in_later_changes_the_row(county: CountyFile) -> None:
    open_stay = [
        ("B1", "DOE, JOHN", "7/4/1985", "5/1/2026", "", "THEFT"),
        ("B2", "ROE, JANE", "", "5/2/2026", "5/2/2026", "DUI"),
    ]
    take_in(county, draft_of("jail", JAIL, open_stay))
    later = take_in(county, draft_of("jail", JAIL, [(*open_stay[0][:4], "5/9/2026", "THEFT"), open_stay[1],
                                                    ("B3", "ROE, JANE", "", "5/20/2026", "", "DUI")],
                                      name="may.csv"))  # fmt: skip
    assert counts(later) == (4, 1, 1, 1, 0, 1)
    assert [end for *_, end in contacts(county)] == [datetime(2026, 5, 9), datetime(2026, 5, 2), None]


def test_an_amended_charge_or_corrected_name_of_a_booking_of_one_row_changes_it(county: CountyFile) -> None:
    take_in(county, draft_of("jail", JAIL, [("B1", "DOE, JON", "", "5/1/2026", "", "ASSAULT 2; THEFT")]))
    later = take_in(
        county, draft_of("jail", JAIL, [("B1", "DOE, JOHN", "", "5/1/2026", "", "HARASSMENT")], name="b.csv")
    )
    assert counts(later) == (2, 0, 1, 0, 0, 1)
    assert ask(county, "SELECT description FROM charge") == [("HARASSMENT",)]
    assert ask(county, "SELECT first_name FROM record") == [("JOHN",)]


def test_another_order_of_columns_and_a_run_date_change_nothing(county: CountyFile) -> None:
    take_in(county, draft_of("jail", JAIL, [("B1", "DOE, JOHN", "7/4/1985", "5/1/2026", "", "THEFT")]))
    fields = ("", "charge_description", "ends", "starts", "birth_date", "full_name", "contact_key")
    again = take_in(
        county, draft_of("jail", fields, [("run 5/30", "THEFT", "", "2026-05-01", "1985-07-04", "DOE, JOHN", "B1")])
    )
    assert counts(again) == (2, 0, 0, 1, 0, 1)


def test_the_very_same_file_is_known(county: CountyFile) -> None:
    draft = draft_of("jail", JAIL, [("B1", "DOE, JOHN", "", "5/1/2026", "", ""), ("B2", "", "", "5/1/2026", "", "")])
    first = take_in(county, draft)
    again = take_in(county, draft)
    assert counts(again) == (3, 0, 0, 1, 1, 1)
    assert again.import_id is None
    assert again.notes == ["You took in this file on Nov 3, 2026. Nothing to do."]
    lane = county.lane()
    assert same_file(lane, draft.file.sha256, "Sheet1") == first.import_id
    assert same_file(lane, draft.file.sha256, "Sheet2") is None
    assert lane.value("SELECT count(*) FROM import") == 1


def test_a_few_bad_rows_are_set_aside_with_their_reason(county: CountyFile) -> None:
    result = take_in(county, draft_of("jail", JAIL, [
        ("B1", "DOE, JOHN", "", "5/1/2026", "", ""), ("B2", "ROE, JANE", "", "25/12/2026", "", ""),
        ("B3", "ROE, JANE", "", "", "", ""),
        ("B4", "", "", "5/1/2026", "", ""), ("", "", "", "", "", ""),
    ]))  # fmt: skip
    assert counts(result) == (6, 1, 0, 0, 4, 1)
    lane = county.lane()
    aside = rows_set_aside(lane, result.import_id or 0)
    assert [(row.row, row.reason) for row in aside] == [
        (3, "the start date can not be read"), (4, "no start date"), (5, "nobody is named"),
        (6, "nothing in the columns taken in"),
    ]  # fmt: skip
    assert codes(result).keys() == {"unreadable_start", "no_start", "no_person", "nothing", "unreadable_birth"} - {
        "unreadable_birth"
    }
    assert not any("ROE" in problem.sentence or "25/12" in problem.sentence for problem in result.problems)


def test_a_release_before_the_booking_counts_the_contact_and_not_its_days(county: CountyFile) -> None:
    result = take_in(county, draft_of("jail", JAIL, [
        ("B1", "DOE, JOHN", "", "5/3/2026 10:00", "5/1/2026", ""),
        ("B2", "DOE, JOHN", "", "6/3/2026 10:00", "6/3/2026", ""),
        ("B3", "DOE, JOHN", "", "7/3/2026 10:00", "9999-12-31", ""),
        ("B4", "DOE, JOHN", "", "8/3/2026 10:00", "time served", ""),
    ]))  # fmt: skip
    found = contacts(county, "contact_key, ends, has_length, attributes::JSON->>'end'")
    assert found == [
        ("B1", None, False, "unknown"), ("B2", datetime(2026, 6, 3, 10), True, None), ("B3", None, True, None),
        ("B4", None, False, "unknown"),
    ]  # fmt: skip
    assert codes(result) == {"end_before_start": 1, "unreadable_end": 1}


def test_a_sheet_without_an_end_column_has_no_open_stays(county: CountyFile) -> None:
    fields = ("contact_key", "full_name", "starts", "starts_time")
    result = take_in(county, draft_of("jail", fields, [("B1", "DOE, JOHN", "20260501", "905")]))
    assert contacts(county, "starts, ends, has_length") == [(datetime(2026, 5, 1, 9, 5), None, False)]
    assert "no_end_column" in codes(result)
    sheet = draft_of("shelter", ("full_name", "starts"), [("DOE, JOHN", "5/1/2026"), ("DOE, JOHN", "5/2/2026")])
    listed = [replace(column, header=name) for column, name in zip(sheet.columns, ("Guest", "Night of"), strict=True)]
    nights = take_in(county, replace(sheet, columns=tuple(listed)), 2)
    assert "one_night" in codes(nights)
    assert ask(
        county, "SELECT count(*), bool_and(ends = starts), bool_and(has_length) FROM contact WHERE kind = 'stay'"
    ) == [(2, True, True)]


def test_a_call_is_the_contact_of_its_subjects_alone(county: CountyFile) -> None:
    fields = ("contact_key", "starts", "full_name", "role", "birth_date", "nature", "location", "")
    take_in(county, draft_of("dispatch", fields, [
        ("I1", "5/1/2026 1:00", "DOE, JOHN", "SUBJECT", "1/1/1950", "DISTURBANCE", "1 MAIN ST", "41"),
        ("I1", "5/1/2026 1:00", "DOE, JOHN", "SUBJECT", "1/1/1980", "DISTURBANCE", "1 MAIN ST", "41"),
        ("I1", "5/1/2026 1:00", "DOE, JOHN", "SUBJECT", "1/1/1980", "DISTURBANCE", "1 MAIN ST", "42"),
        ("I1", "5/1/2026 1:00", "ROE, JANE", "VICTIM", "", "DISTURBANCE", "1 MAIN ST", "41"),
        ("I2", "5/1/2026 2:00", "ROE, JANE", "RP", "", "NOISE", "2 MAIN ST", "41"),
        ("I3", "5/1/2026 3:00", "VERIZON WIRELESS", "", "", "911 HANG UP", "3 MAIN ST", "41"),
        ("I4", "5/1/2026 4:00", "", "", "", "TRAFFIC", "4 MAIN ST", "41"),
    ]))  # fmt: skip
    found = ask(
        county,
        "SELECT c.contact_key, r.birth_date, c.address FROM contact c "
        "LEFT JOIN record r USING (record_id) ORDER BY 1, 2",
    )
    assert found == [
        ("I1", date(1950, 1, 1), "1 MAIN ST"), ("I1", date(1980, 1, 1), "1 MAIN ST"), ("I2", None, "2 MAIN ST"),
        ("I3", None, "3 MAIN ST"),
        ("I4", None, "4 MAIN ST"),
    ]  # fmt: skip
    assert ask(county, "SELECT count(*) FROM contact WHERE record_id IS NULL") == [(3,)]
    mentioned = ask(county, "SELECT last_name FROM record WHERE birth_date IS NULL")
    assert mentioned == [("ROE",), ("ROE",)]  # a name alone in two calls: one person or two, for linkage to say


def test_one_number_for_many_people_on_many_days_names_no_booking(county: CountyFile) -> None:
    """Some jails print how many times a person was booked as the booking number."""
    rows = [(number, name, "", f"5/{day}/2026", f"5/{day}/2026", "") for day, (number, name) in enumerate(
        [("1", "DOE, JOHN"), ("1", "ROE, JANE"), ("2", "DOE, JOHN"), ("2", "ROE, JANE"), ("3", "DOE, JOHN"),
        ("1", "POE, ANN")], start=1)]  # fmt: skip
    result = take_in(county, draft_of("jail", JAIL, rows))
    assert len(contacts(county)) == 6
    assert "shared_numbers" in codes(result)


def test_numbers_that_lost_digits_are_told_and_not_used(county: CountyFile) -> None:
    result = take_in(county, draft_of("jail", JAIL, [
        ("3.16808E+18", "DOE, JOHN", "", "5/1/2026", "5/1/2026", ""),
        ("3.16808E+18", "ROE, JANE", "", "5/2/2026", "5/2/2026", ""),
    ]))  # fmt: skip
    assert [(key,) for key, *_ in contacts(county)] == [(None,), (None,)]
    assert [(problem.level, problem.code, problem.count, problem.lines) for problem in result.problems] == [
        ("must fix", "lost_digits", 2, (2, 3))
    ]


def test_without_a_number_person_and_start_make_the_contact(county: CountyFile) -> None:
    fields = ("record_key", "birth_date", "starts", "ends", "charge_description")
    take_in(county, draft_of("jail", fields, [("7.0", "1985", "5/1/2026", "", "THEFT"),
    ("7.0", "1985", "5/1/2026", "", "DUI"),
                                              ("8", "", "5/1/2026", "", "DUI")]))  # fmt: skip
    assert len(contacts(county)) == 2
    assert ask(county, "SELECT record_key, birth_year_low, birth_year_high FROM record ORDER BY 1") == [
        ("7", 1985, 1985),
        ("8", None, None),
    ]


def test_people_and_stays_in_two_files_meet_in_either_order(county: CountyFile) -> None:
    people = draft_of("shelter", ("record_key", "first_name", "last_name", "birth_date", "sex", "ssn", "hmis_white",
                                   "hmis_hispanic"),
                      [("P1", "JOHN", "DOE", "1985-07-04", "1", "", "1", "1"),
                      ("P2", "JANE", "ROE", "", "0", "", "0", "0")], order="ymd")  # fmt: skip
    stays = draft_of("shelter", ("contact_key", "record_key", "starts", "ends", "living_situation"),
                     [("E1", "P1", "2026-05-01", "2026-05-09", "116"),
                     ("E2", "P3", "2026-06-01", "", "435")], order="ymd", name="stays.csv")  # fmt: skip
    take_in(county, stays)
    assert ask(county, "SELECT count(*) FROM record WHERE last_name IS NOT NULL") == [(0,)]
    first = take_in(county, people)
    there = derived(county, ("contact", "record", "contact_flag"))
    named = ask(
        county,
        "SELECT c.contact_key, r.last_name, r.sex, r.race FROM contact c JOIN record r USING (record_id) ORDER BY 1",
    )
    assert named == [("E1", "DOE", "M", "HispanicLatinao,White"), ("E2", None, None, None)]
    assert ask(county, "SELECT value FROM contact_flag ORDER BY value") == [("no",), ("yes",)]
    remove(county, first.import_id or 0)
    assert ask(county, "SELECT count(*) FROM record WHERE last_name IS NOT NULL") == [(0,)]
    remove(county, 1)
    take_in(county, people)
    take_in(county, stays)
    assert derived(county, ("contact", "record", "contact_flag")) == there


def test_a_total_at_the_foot_is_compared(county: CountyFile) -> None:
    rows = [("B1", "DOE, JOHN", "", "5/1/2026", "", "THEFT"), ("B1", "DOE, JOHN", "", "5/1/2026", "", "DUI")]
    right = take_in(county, draft_of("jail", JAIL, rows, after=[("Total: 2",), ("Total bond: 500.00",)]))
    events = take_in(county, draft_of("jail", JAIL, rows, after=[("Total bookings", "", "1")], name="b.csv"))
    wrong = take_in(county, draft_of("jail", JAIL, rows, after=[("Total: 312",), ("Page 1 of 2",)], name="c.csv"))
    assert [set(codes(one)) & {"control_total", "control_total_agrees"} for one in (right, events, wrong)] == [
        {"control_total_agrees"}, {"control_total_agrees"}, {"control_total"},
    ]  # fmt: skip


def test_columns_never_wanted_are_not_written(county: CountyFile) -> None:
    fields = (*JAIL, "never_wanted")
    take_in(county, draft_of("jail", fields, [("B1", "DOE, JOHN", "", "5/1/2026", "", "", "FBI 12345")]))
    assert ask(county, "SELECT count(*) FROM row_text WHERE cells LIKE '%FBI%' AND cells LIKE '%DOE%'") == [(0,)]


def test_an_age_alone_gives_the_years_of_birth(county: CountyFile) -> None:
    take_in(county, draft_of("co_responder", ("contact_key", "full_name", "age", "starts", "mental_health", "address"),
    [
        ("1", "Doe, John", "38.0", "5/1/2026", "Y", "TRANSIENT"),
    ]))  # fmt: skip
    assert ask(county, "SELECT birth_date, birth_year_low, birth_year_high FROM record") == [(None, 1987, 1988)]
    assert contacts(county, "age, kind, has_length") == [(38, "response", False)]
    assert ask(county, "SELECT name, value FROM contact_flag ORDER BY 1") == [
        ("homeless", "yes"),
        ("mental_health", "yes"),
    ]


def test_removing_brings_back_what_was_superseded(county: CountyFile) -> None:
    take_in(county, draft_of("jail", JAIL, [("B1", "DOE, JOHN", "", "5/1/2026", "", "THEFT")]))
    before = derived(county)
    later = take_in(county, draft_of("jail", JAIL, [("B1", "DOE, JOHN", "", "5/1/2026", "5/9/2026", "THEFT"),
                                                    ("B2", "ROE, JANE", "", "5/1/2026", "5/9/2026", "THEFT")],
                                      name="b.csv"))  # fmt: skip
    done = remove(county, later.import_id or 0)
    assert (done.rows, done.rows_back, done.contacts_before, done.contacts_now, done.records_gone) == (2, 1, 2, 1, 1)
    assert derived(county) == before
    with pytest.raises(AlreadyRemoved):
        remove(county, later.import_id or 0)
    with pytest.raises(NoSuchImport):
        remove(county, 99)


def test_a_dry_run_counts_and_writes_nothing(county: CountyFile) -> None:
    lane = county.lane()
    add_source(lane, "jail")
    draft = draft_of("jail", JAIL, [("B1", "DOE, JOHN", "", "5/1/2026", "", "THEFT")])
    result = stage(lane, draft, 1, "tester", dry_run=True)
    assert counts(result) == (2, 1, 0, 0, 0, 1)
    assert result.import_id is None
    assert [
        lane.value(f"SELECT count(*) FROM {table}")
        for table in ("import", "source_row", "row_text", "contact", "record")
    ] == [0] * 5


def test_a_sheet_of_another_kind_than_its_source_is_refused(county: CountyFile) -> None:
    lane = county.lane()
    add_source(lane, "jail")
    with pytest.raises(OtherKind):
        stage(lane, draft_of("ems", JAIL, []), 1, "tester")


def test_the_crosswalk_holds_every_data_row_of_what_stands(county: CountyFile) -> None:
    fields = ("contact_key", "record_key", "full_name", "starts", "charge_description")
    first = take_in(county, draft_of("jail", fields, [("B1", "P1", "DOE, JOHN", "5/1/2026", "THEFT"),
    ("B1", "P1", "DOE, JOHN", "5/1/2026", "DUI"),
                                                      ("", "", "", "", "DUI")],
                                     before=[("Pine County Jail",)]))  # fmt: skip
    take_in(county, draft_of("jail", fields, [("B1", "P1", "DOE, JOHN", "5/1/2026", "THEFT")], name="b.csv"))
    lane = county.lane()
    rows = crosswalk_rows(lane)
    assert [(row.file, row.row, row.contact_key, row.record_key) for row in rows] == [
        ("made_up.csv", 3, "B1", "P1"), ("made_up.csv", 4, "B1", "P1"), ("b.csv", 2, "B1", "P1"),
    ]  # fmt: skip
    assert len({row.record_id for row in rows}) == 1
    lane.close()
    remove(county, first.import_id or 0)
    lane = county.lane()
    assert [row.file for row in crosswalk_rows(lane)] == ["b.csv"]


def test_the_days_of_an_import_and_its_counts_are_kept(county: CountyFile) -> None:
    take_in(county, draft_of("jail", JAIL, [("B1", "DOE, JOHN", "", "5/1/2026", "", ""),
    ("B2", "DOE, JOHN", "", "6/1/2026", "", ""),
                                            ("B3", "", "", "7/1/2026", "", "")]))  # fmt: skip
    found = ask(
        county,
        "SELECT rows, new, changed, already_here, set_aside, not_data, first_day, last_day, imported_at FROM import",
    )
    assert found == [(4, 2, 0, 0, 1, 1, date(2026, 5, 1), date(2026, 6, 1), datetime(2026, 11, 3, 9, 42))]
