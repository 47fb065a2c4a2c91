"""The quirks of real exports (the reference's catalogue of 27), each in a file written here and taken in whole.

Every test names the quirk by its number. Quirks 7 to 10 are about how a file is stored: `test_read_workbook`,
`test_read_text` and `test_bad_files` have them. Quirk 27 beside the months of earlier files is in `test_again`.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from ddj_desktop.intake.types import ImportResult
from ddj_desktop.kernel.progress import Progress
from ddj_desktop.store.county_file import CountyFile
from ddj_desktop.workflow.actions import match_people
from ddj_desktop.workflow.project import Project
from tests.intake.test_reports import ask, take_in, write

pytestmark = pytest.mark.usefixtures("on_nov_3")

JAIL = "Booking No|Name|DOB|Booked|Released|Charge"


def one(county: CountyFile, path: Path, **more: Any) -> ImportResult:
    batch = take_in(county, path, **more)
    assert batch.refused == []
    return batch.taken[0]


def book(path: Path, rows: Sequence[Sequence[object]]) -> Path:
    made = Workbook()
    for row in rows:
        made.active.append(list(row))
    made.save(path)
    return path


def codes(result: ImportResult) -> set[str]:
    return {problem.code for problem in result.problems}


def test_1_to_5_a_grouped_report_with_banner_headings_again_blank_columns_and_footers(
    county: CountyFile, tmp_path: Path
) -> None:
    head = ["Booking #", None, "Inmate Name", None, "DOB", "Booked", "Released", "Charge"]
    result = one(county, book(tmp_path / "grouped.xlsx", [
        ["PINE COUNTY JAIL"], ["Booking report", None, None, "Run date 11/02/2026"], [], head,
        ["B1", None, "DOE, JOHN", None, "07/04/1985", "10/01/2026", "10/05/2026", "THEFT"],
        [None, None, None, None, None, None, None, "TRESPASS"],
        ["B2", None, "ROE, JANE", None, "02/03/1990", "10/02/2026", "10/02/2026", "DUI"],
        ["Page 1 of 2"], head,
        ["B3", None, "PAZ, LUIS", None, None, "10/03/2026", "10/04/2026", "FTA"],
        [None, None, None, None, None, None, None, "ASSAULT"],
        ["Total: 3"], [],
    ]))  # fmt: skip
    assert ask(county, "SELECT contact_key, last_name, birth_date IS NULL, string_agg(description, ' ' ORDER BY 1) "
                       "FROM contact JOIN record USING (record_id) JOIN charge USING (contact_id) "
                       "GROUP BY ALL ORDER BY 1") == [
        ("B1", "DOE", False, "THEFT TRESPASS"), ("B2", "ROE", False, "DUI"),
        ("B3", "PAZ", True, "ASSAULT FTA"),  # the birth date of the group above is not filled down into this one
    ]  # fmt: skip
    assert "control_total_agrees" in codes(result)


def test_6_no_headings_at_all(county: CountyFile, tmp_path: Path) -> None:
    path = tmp_path / "cad.csv"
    with path.open("w", newline="") as out:
        csv.writer(out).writerows(
            [
                str(112781463 + n),
                "ACCP",
                f"10{n + 10}2026",
                f"0{n}3837",
                "WC",
                f"{n}29 SUN VALLEY BL",
                "SUN VALLEY",
                "NV",
            ]
            for n in range(9)
        )
    result = one(county, path, kind="dispatch")
    assert result.new == 9
    assert ask(county, "SELECT min(starts), count(DISTINCT contact_key) FROM contact") == [
        (datetime(2026, 10, 10, 0, 38, 37), 9)
    ]


@pytest.mark.parametrize(
    ("written", "clock", "said"),
    [
        ("46296", "", datetime(2026, 10, 1)), ("46296.5", "", datetime(2026, 10, 1, 12)),
        ("10/01/26", "2:15p", datetime(2026, 10, 1, 14, 15)), ("10/01/2026", "905", datetime(2026, 10, 1, 9, 5)),
        ("10/1/2026 2:05:00 PM", "", datetime(2026, 10, 1, 14, 5)), ("20261001", "0038", datetime(2026, 10, 1, 0, 38)),
        ("10/01/2026", "1899-12-30T08:32:10", datetime(2026, 10, 1, 8, 32, 10)),
        ("10/01/2026", "1900-01-01T00:25:34", datetime(2026, 10, 1, 0, 25, 34)),
        ("2026-10-01T23:59:00", "", datetime(2026, 10, 1, 23, 59)), ("10/01/2026", "333333", datetime(2026, 10, 1)),
    ],
)  # fmt: skip
def test_11_12_dates_and_times_in_every_writing(
    county: CountyFile, tmp_path: Path, written: str, clock: str, said: datetime
) -> None:
    rows = [f"B{n}|DOE, JO{'ABCDE'[n]}|10/1{n}/2026|10:3{n}" for n in range(5)]
    one(county, write(tmp_path / "jail.csv", "Booking No|Name|Booking Date|Booking Time", *rows,
                      f"B9|ROE, ANN|{written}|{clock}"))  # fmt: skip
    assert ask(county, "SELECT starts FROM contact WHERE contact_key = 'B9'") == [(said,)]


def test_12_sentinels_stand_for_nothing(county: CountyFile, tmp_path: Path) -> None:
    result = one(county, write(tmp_path / "jail.csv", JAIL + "|SSN|ZIP",
                               "B1|DOE, JOHN|01/01/1900|10/01/2026|12/31/9999|FTA|000-00-0000| ",
                               "B2|ROE, ANN|05/05/1990|10/01/6201||FTA|123-45-6789|65010",
                               "B3|PAZ, LUIS|05/06/1991|10/02/2026|10/03/2026|FTA|999-99-9999|65010"))  # fmt: skip
    assert result.set_aside == 1  # the year 6201 is no start
    assert ask(county, "SELECT contact_key, ends, has_length, birth_date IS NULL, ssn FROM contact "
                       "JOIN record USING (record_id) ORDER BY 1") == [
        ("B1", None, True, True, None), ("B3", datetime(2026, 10, 3), True, False, None),
    ]  # fmt: skip
    assert {"placeholder_birth", "placeholder_ssn", "unreadable_start"} <= codes(result)


def test_13_ids_written_as_numbers_with_points_are_one_and_lost_digits_are_told(
    county: CountyFile, tmp_path: Path
) -> None:
    one(county, write(tmp_path / "a.csv", JAIL, "210498250.0|DOE, JOHN|07/04/1985|10/01/2026|10/02/2026|FTA"))
    again = one(county, write(tmp_path / "b.csv", JAIL, "210498250|DOE, JOHN|07/04/1985|10/01/2026|10/02/2026|FTA"))
    assert (again.new, again.already_here) == (0, 1)
    lost = one(county, write(tmp_path / "c.csv", JAIL, "3.16808E+18|ROE, ANN|07/04/1985|10/01/2026|10/02/2026|FTA"))
    assert "lost_digits" in codes(lost)
    one(county, write(tmp_path / "d.csv", JAIL, "00123|MOE, ANN|07/04/1985|10/01/2026|10/02/2026|FTA"))
    assert ask(county, "SELECT contact_key FROM contact WHERE contact_key LIKE '00%'") == [("00123",)]


def test_14_a_booking_number_that_counts_or_is_missing_names_no_booking(county: CountyFile, tmp_path: Path) -> None:
    people = [f"{person}, JO" for person in ("DOE", "ROE", "PAZ", "MOE", "YODER", "LOPEZ")]
    rows = [f"{1 + n // 6}|{people[n % 6]}|0{1 + n % 6}/04/1985|10/{n + 1:02d}/2026|10/30/2026|FTA" for n in range(24)]
    one(county, write(tmp_path / "lee.csv", JAIL.replace("Booking No", "Booking #"), *rows))
    assert ask(county, "SELECT count(*) FROM contact") == [(24,)]
    take_in(county, write(tmp_path / "nh.csv", "Name|DOB|Booked|Released",
                                    "DOE, ANN|01/04/1985|10/01/2026|", "DOE, ANN|01/04/1985|10/09/2026|"),
            source="Coos", kind="jail")  # fmt: skip
    assert ask(county, "SELECT count(*) FROM contact JOIN source USING (source_id) WHERE name = 'Coos'") == [(2,)]


def test_15_a_line_a_charge_a_housing_move_or_a_unit_is_one_contact(county: CountyFile, tmp_path: Path) -> None:
    one(county, write(tmp_path / "moves.csv", JAIL + "|Housing Unit|Moved",
                      "B1|DOE, JOHN|07/04/1985|10/01/2026|10/09/2026|FTA|A1|10/01/2026",
                      "B1|DOE, JOHN|07/04/1985|10/01/2026|10/09/2026|FTA|B2|10/03/2026",
                      "B1|DOE, JOHN|07/04/1985|10/01/2026|10/09/2026|THEFT|B2|10/03/2026"))  # fmt: skip
    assert ask(county, "SELECT count(*) FROM contact") == [(1,)]
    assert ask(county, "SELECT description FROM charge ORDER BY 1") == [("FTA",), ("THEFT",)]
    one(
        county,
        write(
            tmp_path / "cad.csv",
            "Incident Number|Call Date|Call Type|Location|Unit",
            *(f"26-1|10/01/2026 10:00|SICK|9 OAK AVE|{unit}" for unit in ("101", "M2", "E4")),
        ),
    )
    assert ask(county, "SELECT count(*) FROM contact WHERE kind = 'call'") == [(1,)]


def test_16_17_contiguous_stays_stay_two_and_odd_ends_add_no_days(county: CountyFile, tmp_path: Path) -> None:
    result = one(county, write(tmp_path / "jail.csv", JAIL.replace("Booked", "Booked Date Time") + "|Est Release Date",
                               "B1|DOE, JOHN|07/04/1985|10/01/2026 08:00|10/02/2026 23:59|FTA|12/01/2026",
                               "B2|DOE, JOHN|07/04/1985|10/03/2026 00:01|10/09/2026 12:00|FTA|12/01/2026",
                               "B3|ROE, ANN|07/05/1985|10/05/2026 08:00|10/01/2026 08:00|FTA|12/01/2026",
                               "B4|PAZ, LUIS|07/06/1985|10/06/2026 08:00||FTA|12/01/2026"))  # fmt: skip
    assert ask(county, "SELECT contact_key, ends, has_length FROM contact ORDER BY 1") == [
        ("B1", datetime(2026, 10, 2, 23, 59), True), ("B2", datetime(2026, 10, 9, 12), True), ("B3", None, False),
        ("B4", None, True),
    ]  # fmt: skip
    assert "end_before_start" in codes(result)


def test_18_19_names_in_every_writing_and_what_is_no_name(county: CountyFile, tmp_path: Path) -> None:
    names = {
        "DE LA CRUZ-LOPEZ, JUAN C JR": ("DE LA CRUZ-LOPEZ", "JUAN", "JR"), "O'BRIEN, PAT": ("O'BRIEN", "PAT", None),
        "DOE, JOHN #2": ("DOE", "JOHN", None), "Jane Roe": ("ROE", "JANE", None),
        "SMITH, ANN (AKA JONES, ANN)": ("SMITH", "ANN", None), "M0RRIS, LEE": None, "VERIZON": None,
        "ENGINE 5": None, "JCSO": None,
    }  # fmt: skip
    rows = [f"26-{n:03d}|10/{n + 1:02d}/2026 10:00|WELFARE CHECK|SUBJECT|{name}" for n, name in enumerate(names)]
    one(county, write(tmp_path / "cad.csv", "Incident Number|Call Date|Call Type|Role|Person Name", *rows))
    found = {key: (last, first, suffix) for key, last, first, suffix in ask(
        county, "SELECT contact_key, upper(last_name), upper(first_name), upper(suffix) FROM contact "
                "LEFT JOIN record USING (record_id)")}  # fmt: skip
    assert len(found) == len(names)
    for n, (name, said) in enumerate(names.items()):
        if said is not None:
            assert found[f"26-{n:03d}"] == said, name
        elif name != "M0RRIS, LEE":
            assert found[f"26-{n:03d}"] == (None, None, None), name


def test_20_21_an_age_is_an_interval_and_codes_are_kept_as_they_are(county: CountyFile, tmp_path: Path) -> None:
    one(county, write(tmp_path / "bhr.csv", "Contact ID|Contact Date|First Name|Last Name|Age|Race|Homeless",
                      "C1|10/01/2026|JOHN|DOE|41.0|W |yes", "C2|10/02/2026|JANE|ROE||White,Black|N",
                      "C3|10/03/2026|LUIS|PAZ|30|b|NaN"), kind="co_responder")  # fmt: skip
    assert ask(county, "SELECT contact_key, birth_year_low, birth_year_high, race FROM contact "
                       "JOIN record USING (record_id) ORDER BY 1") == [
        ("C1", 1984, 1985, "W"), ("C2", None, None, "White,Black"), ("C3", 1995, 1996, "b"),
    ]  # fmt: skip
    assert ask(county, "SELECT contact_key, value FROM contact_flag JOIN contact USING (contact_id) "
                       "WHERE name = 'homeless' ORDER BY 1") == [("C1", "yes"), ("C2", "no")]  # fmt: skip


def test_22_an_address_that_says_there_is_none_is_a_flag(county: CountyFile, tmp_path: Path) -> None:
    one(county, write(tmp_path / "jail.csv", JAIL + "|Address", *(
        f"B{n}|DOE, JO{'ABCD'[n]}|07/0{n + 1}/1985|10/01/2026|10/02/2026|FTA|{address}"
        for n, address in enumerate(("HOMELESS", "TRANSIENT", "GENERAL DELIVERY", "12 OAK AVE")))))  # fmt: skip
    assert ask(county, "SELECT contact_key FROM contact_flag JOIN contact USING (contact_id) WHERE value = 'yes' "
                       "ORDER BY 1") == [("B0",), ("B1",)]  # fmt: skip


def test_23_overlapping_months_add_nothing_twice_and_a_release_filled_in_changes(
    county: CountyFile, tmp_path: Path
) -> None:
    def month(first: int, last: int, released: str) -> list[str]:
        return [
            f"B{n}|DOE, JO{'ABCDEFGHIJ'[n]}|07/04/1985|10/{n + 1:02d}/2026|{released}|FTA" for n in range(first, last)
        ]

    one(county, write(tmp_path / "a.csv", JAIL, *month(0, 6, "")))
    second = one(
        county, write(tmp_path / "b.csv", JAIL, *month(3, 6, "10/20/2026"), *month(6, 9, ""), *month(0, 3, ""))
    )
    assert (second.new, second.changed, second.already_here) == (3, 3, 3)
    assert ask(county, "SELECT count(*), count(ends) FROM contact") == [(9, 3)]


@pytest.mark.parametrize("nothing", ["NaN", "NULL", "N/A", "NONE", "-", "null", " "])
def test_24_text_that_says_nothing_is_nothing(county: CountyFile, tmp_path: Path, nothing: str) -> None:
    one(county, write(tmp_path / "jail.csv", JAIL + "|Sex|Race",
                      f"B1|DOE, JOHN|{nothing}|10/01/2026|{nothing}|{nothing}|{nothing}|{nothing}",
                      "B2|ROE, ANN|02/03/1990|10/01/2026|10/02/2026|FTA|F|W"))  # fmt: skip
    assert ask(county, "SELECT birth_date, sex, race, ends, has_length FROM contact JOIN record USING (record_id) "
                       "WHERE contact_key = 'B1'") == [(None, None, None, None, True)]  # fmt: skip
    assert ask(county, "SELECT count(*) FROM charge") == [(1,)]


def test_25_runs_to_the_jail_are_a_kind_of_their_own(county: CountyFile, tmp_path: Path) -> None:
    result = one(county, write(tmp_path / "ems.csv", "Run Number|Run Date|Patient Name|Scene Address|Complaint",
                               "R1|10/01/2026 10:00|DOE, JOHN|PINE COUNTY JAIL, 100 COURT ST|Chest pain",
                               "R2|10/02/2026 10:00|DOE, JOHN|12 OAK AVE|Chest pain"))  # fmt: skip
    assert ask(county, "SELECT contact_key, kind FROM contact ORDER BY 1") == [("R1", "jail_run"), ("R2", "run")]
    assert "at_jail" in codes(result)


def test_26_the_services_of_one_event_are_one_call_where_its_number_is_given_and_told_where_not(
    county: CountyFile, tmp_path: Path
) -> None:
    head = "Incident Number|Call Date|Call Type|Location"
    one(county, write(tmp_path / "a.csv", head + "|Parent Incident Number", *(
        f"{service}-1|10/01/2026 10:00|SICK PERSON|9 OAK AVE|P1" for service in ("LAW", "EMS", "FIRE")),
        "LAW-2|10/02/2026 11:00|SICK PERSON|9 OAK AVE|"))  # fmt: skip
    assert ask(county, "SELECT contact_key FROM contact ORDER BY 1") == [("LAW-2",), ("P1",)]
    result = one(county, write(tmp_path / "b.csv", head,
                               *(f"{service}-7|10/07/2026 10:00|SICK PERSON|9 ELM DR" for service in ("LAW", "EMS"))),
                 source="Fire dispatch", kind="dispatch")  # fmt: skip
    assert "same_time_place" in codes(result)


def test_victims_and_callers_are_never_the_subject_of_a_call(county: CountyFile, tmp_path: Path) -> None:
    roles = ("RP", "CALLER", "VICTIM", "WITNESS", "COMPLAINANT", "V", "W", "Reporting Party", "víctima", "SUBJECT")
    one(county, write(tmp_path / "cad.csv", "Incident Number|Call Date|Call Type|Role|Last Name|First Name", *(
        f"26-{n:03d}|10/{n + 1:02d}/2026 10:00|DOMESTIC|{role}|ROE|JO{'ABCDEFGHIJ'[n]}" for n, role in enumerate(roles)
    )))  # fmt: skip
    assert ask(county, "SELECT contact_key FROM contact WHERE record_id IS NOT NULL") == [("26-009",)]
    assert ask(county, "SELECT count(*) FROM contact") == [(10,)]


def test_calls_about_nobody_known_are_never_one_persons(county: CountyFile, tmp_path: Path) -> None:
    head = "Incident Number|Call Date|Call Type|Role|Person Name|DOB"
    names = ["UNKNOWN", "UNK, MALE", "DOE, JOHN", "ANONYMOUS"] * 5 + ["ROE, ANN"] * 4
    one(county, write(tmp_path / "cad.csv", head, *(
        f"26-{n:03d}|10/{n + 1:02d}/2026 10:00|SICK|SUBJECT|{name}|{'02/02/1980' if name == 'ROE, ANN' else ''}"
        for n, name in enumerate(names))))  # fmt: skip
    lane = county.lane()
    match_people(Project(county, county.county(), "tester"), lane, Progress())
    lane.close()
    assert ask(county, "SELECT count(*) FROM contact") == [(24,)]
    assert ask(county, "SELECT count(*) FROM contact WHERE record_id IS NULL") == [(15,)]
    assert ask(county, "SELECT max(n) FROM (SELECT count(*) AS n FROM person_contact JOIN record USING (record_id) "
                       "WHERE last_name = 'DOE' GROUP BY person_id)") == [(1,)]  # fmt: skip
    assert ask(county, "SELECT count(*) FROM person_contact JOIN record USING (record_id) "
                       "WHERE last_name = 'ROE' GROUP BY person_id") == [(4,)]  # fmt: skip


def test_mentions_of_a_name_alone_are_apart_until_linkage_says_otherwise(county: CountyFile, tmp_path: Path) -> None:
    """Two people of one common name must not be one record for good: what is one record nobody can part."""
    head = "Incident Number|Call Date|Call Type|Role|Person Name|Sex|City|Age|Person Address"
    rest = ("M|PINE||", "M|PINE||", "M|PINE|44|", "M|PINE|44|", "M|PINE||9 OAK AVE", "M|PINE||9 OAK AVE")
    one(county, write(tmp_path / "cad.csv", head, *(
        f"26-{n:03d}|10/01/2026 1{n}:00|SICK|SUBJECT|SMITH, JOHN|{more}" for n, more in enumerate(rest))))  # fmt: skip
    records = [record for (record,) in ask(county, "SELECT record_id FROM contact ORDER BY contact_key")]
    assert len(set(records[:2])) == 2
    assert records[2] == records[3]
    assert records[4] == records[5]
    assert len(set(records)) == 4


def test_11_am_and_pm_in_a_column_of_their_own(county: CountyFile, tmp_path: Path) -> None:
    path = write(tmp_path / "jail.csv", "Booking No|Name|DOB|Date Booked|Time|AM/PM|Date Out|Time Out|AM/PM|Charge",
                 "B1|PAZ, LUIS|05/06/1991|10/01/2026|02:15|PM|10/02/2026|12:05|AM|FTA",
                 "B2|LEE, ANN|05/07/1991|10/01/2026|12:30|am|10/02/2026|0905|p.m.|FTA",
                 "B3|KIM, JO|05/08/1991|10/13/2026|14:15|PM||||FTA")  # fmt: skip
    result = one(county, path)
    assert (result.mapping["starts_half"], result.mapping["ends_half"]) == ("AM/PM", "AM/PM (2)")
    assert ask(county, "SELECT contact_key, starts, ends FROM contact ORDER BY 1") == [
        ("B1", datetime(2026, 10, 1, 14, 15), datetime(2026, 10, 2, 0, 5)),
        ("B2", datetime(2026, 10, 1, 0, 30), datetime(2026, 10, 2, 21, 5)),
        ("B3", datetime(2026, 10, 13, 14, 15), None),
    ]  # fmt: skip


def test_11_am_and_pm_beside_a_date_with_its_time(county: CountyFile, tmp_path: Path) -> None:
    path = write(tmp_path / "jail.csv", "Booking No|Name|Booked|AM/PM|Shift",
                 "B1|PAZ, LUIS|10/01/2026 02:15|PM|AM", "B2|LEE, ANN|10/13/2026 12:30:00|AM|PM")  # fmt: skip
    assert "Shift" not in one(county, path).mapping.values()
    assert ask(county, "SELECT starts FROM contact ORDER BY contact_key") == [
        (datetime(2026, 10, 1, 14, 15),), (datetime(2026, 10, 13, 0, 30),),
    ]  # fmt: skip


def test_5_11_18_a_signed_log_with_day_numbers_as_text_and_other_names_in_parentheses(
    county: CountyFile, tmp_path: Path
) -> None:
    result = one(county, book(tmp_path / "booking log.xlsx", [
        ["Sheriff's Office", "", "", "", "", "Printed 11/02/2026 07:15"], [],
        ["BKG#", "NAME", "DOB", "IN", "OUT", "HOW"],
        ["26-101", "PAZ, LUIS A JR (LOUIE PAZ; EL GATO)", "31232", "46296.60417", "46299.25", "BOND"], [],
        ["26-102", "LEE-KIM, ANN MARIE", "32906", "46297.25", "", ""],
        ["26-103", "O'NEIL, PAT III", "29000", "46298", "46298.5", "TS"],
        ["TOTAL IN:", 3], ["TOTAL OUT:", 2], ["Reviewed by: ______________"], ["Sgt. R. Smith #114"],
    ]))  # fmt: skip
    assert (result.new, result.set_aside, result.not_data) == (3, 0, 6)
    assert ask(county, "SELECT contact_key, last_name, suffix, alias, birth_date, starts, ends FROM contact "
                       "JOIN record USING (record_id) ORDER BY 1") == [
        ("26-101", "PAZ", "JR", "LOUIE PAZ; EL GATO", date(1985, 7, 4), datetime(2026, 10, 1, 14, 30),
         datetime(2026, 10, 4, 6)),
        ("26-102", "LEE-KIM", None, None, date(1990, 2, 2), datetime(2026, 10, 2, 6), None),
        ("26-103", "O'NEIL", "III", None, date(1979, 5, 25), datetime(2026, 10, 3), datetime(2026, 10, 3, 12)),
    ]  # fmt: skip
