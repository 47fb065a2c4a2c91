"""Cleaning of single cells: what real exports write, and what it says."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ddj_desktop.intake import cleaning_dates as dates
from ddj_desktop.intake import cleaning_text as texts
from ddj_desktop.intake.charges import charge_group, jail_kind
from ddj_desktop.intake.cleaning_names import Name, aliases, from_parts, is_no_person, parse_full, role_in
from ddj_desktop.intake.kinds import contact_kind, is_subject

MOMENTS = [
    ("2026-07-04", "mdy", datetime(2026, 7, 4)), ("2026-07-04 13:05:09", "mdy", datetime(2026, 7, 4, 13, 5, 9)),
    ("2026-07-04T13:05", "dmy", datetime(2026, 7, 4, 13, 5)),
    ("2026-07-04T13:05:00.000Z", "mdy", datetime(2026, 7, 4, 13, 5)),
    ("7/4/2026", "mdy", datetime(2026, 7, 4)), ("7/4/2026", "dmy", datetime(2026, 4, 7)),
    ("07/04/26", "mdy", datetime(2026, 7, 4)), ("07/04/26 13:05", "mdy", datetime(2026, 7, 4, 13, 5)),
    ("26-07-04", "ymd", datetime(2026, 7, 4)), ("7-4-2026 1:05 PM", "mdy", datetime(2026, 7, 4, 13, 5)),
    ("07/04/2026 12:00:00 AM", "mdy", datetime(2026, 7, 4)),
    ("07/04/2026 12:30 pm", "mdy", datetime(2026, 7, 4, 12, 30)),
    ("7/4/2026 10:30a", "mdy", datetime(2026, 7, 4, 10, 30)), ("7/4/2026 2:15p", "mdy", datetime(2026, 7, 4, 14, 15)),
    ("07/04/2026 1305", "mdy", datetime(2026, 7, 4, 13, 5)), ("07/04/2026 905", "mdy", datetime(2026, 7, 4, 9, 5)),
    ("20260704", "mdy", datetime(2026, 7, 4)), ("20260704 1305", "mdy", datetime(2026, 7, 4, 13, 5)),
    ("20260704130509", "mdy", datetime(2026, 7, 4, 13, 5, 9)), ("202607041305", "dmy", datetime(2026, 7, 4, 13, 5)),
    ("07042026", "mdy", datetime(2026, 7, 4)), ("7042026", "mdy", datetime(2026, 7, 4)),
    ("04072026", "dmy", datetime(2026, 7, 4)),
    ("070426", "mdy", datetime(2026, 7, 4)), ("46207", "mdy", datetime(2026, 7, 4)),
    ("46207.5", "mdy", datetime(2026, 7, 4, 12)),
    ("Jul 4, 2026", "mdy", datetime(2026, 7, 4)), ("4-Jul-26", "mdy", datetime(2026, 7, 4)),
    ("04JUL2026", "mdy", datetime(2026, 7, 4)),
    ("July 4th, 2026 1:05 PM", "dmy", datetime(2026, 7, 4, 13, 5)),
    ("Saturday, July 4, 2026", "mdy", datetime(2026, 7, 4)),
    ("07.04.2026", "mdy", datetime(2026, 7, 4)), ("07/04/2026 24:00", "mdy", datetime(2026, 7, 5)),
    ("07/04/2026 13:05 CST", "mdy", datetime(2026, 7, 4, 13, 5)), ("07/04/2026 333333", "mdy", datetime(2026, 7, 4)),
]  # fmt: skip


@pytest.mark.parametrize(("text", "order", "said"), MOMENTS)
def test_dates_with_times_in_every_writing(text: str, order: str, said: datetime) -> None:
    found, problem = dates.start(text, order, 2026)
    assert problem is None
    assert found is not None
    assert dates.joined(found, None) == said


@pytest.mark.parametrize("text", ["13/45/2026", "25/12/2026", "02/30/2026", "6201-05-04", "soon", "1/1/1900",
                                  "07/04/2026 25:00",
                                  "1305", "1899-12-30", "9999-12-31"])  # fmt: skip
def test_what_is_no_start_is_never_guessed(text: str) -> None:
    assert dates.start(text, "mdy", 2026) == (None, "unreadable_start")


@pytest.mark.parametrize(
    ("text", "said"), [("9999-12-31", None), ("12/31/2099", None), ("01/01/1900", None), ("12/31/9999 23:59", None)]
)
def test_an_end_that_stands_for_open_is_open(text: str, said: None) -> None:
    assert dates.end(text, "mdy", 2026) == (said, None)


def test_an_end_that_can_not_be_read_is_told() -> None:
    assert dates.end("time served", "mdy", 2026) == (None, "unreadable_end")


CLOCKS = [
    ("13:05", time(13, 5)), ("13:05:09", time(13, 5, 9)), ("1:05 PM", time(13, 5)), ("1:05p", time(13, 5)),
    ("12:05 am", time(0, 5)),
    ("12:05 PM", time(12, 5)), ("1305", time(13, 5)), ("905", time(9, 5)), ("5", time(0, 5)),
    ("130509", time(13, 5, 9)),
    ("3837", None), ("333333", None), ("0.5", time(12, 0)), ("1899-12-30 08:32:10", time(8, 32, 10)),
    ("1900-01-01T00:25:34", time(0, 25, 34)), ("1305.0", time(13, 5)), ("2:15 p.m.", time(14, 15)), ("9p", time(21, 0)),
]  # fmt: skip


@pytest.mark.parametrize(("text", "said"), CLOCKS)
def test_times_of_day(text: str, said: time | None) -> None:
    found, problem = dates.time_of_day(text)
    assert (found[0] if found else None) == said
    assert (problem is None) == (said is not None or text == "333333")


BIRTHS = [
    ("07/04/85", date(1985, 7, 4), 1985, None), ("07/04/26", date(1926, 7, 4), 1926, None),
    ("07/04/17", date(1917, 7, 4), 1917, None),
    ("07/04/2005", date(2005, 7, 4), 2005, None), ("1985", None, 1985, None), ("1985.0", None, 1985, None),
    ("1990-02-XX", None, 1990, None), ("31232", date(1985, 7, 4), 1985, None),
    ("01/01/1900", None, None, "placeholder_birth"),
    ("1899-12-31", None, None, "placeholder_birth"), ("07/04/2020", None, None, "birth_too_late"),
    ("someday", None, None, "unreadable_birth"),
    ("19850704", date(1985, 7, 4), 1985, None), ("9000", date(1924, 8, 21), 1924, None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "day", "year", "problem"), BIRTHS)
def test_births_are_never_in_the_future_and_nobody_in_jail_is_a_child(
    text: str, day: date | None, year: int | None, problem: str | None
) -> None:
    found, told = dates.birth(text, "mdy", 2016)
    assert (found.day if found else None, found.year if found else None, told) == (day, year, problem)


@given(st.dates(date(1927, 1, 1), date(2026, 12, 31)), st.sampled_from(["mdy", "dmy", "ymd"]))
def test_two_digits_of_a_year_give_the_latest_year_that_may_be_meant(day: date, order: str) -> None:
    forms = {"mdy": "%m/%d/%y", "dmy": "%d/%m/%y", "ymd": "%y-%m-%d"}
    found, _ = dates.birth(day.strftime(forms[order]), order, 2026)
    assert found is not None
    assert found.day == day


@given(st.datetimes(datetime(1960, 1, 1), datetime(2026, 12, 31)), st.sampled_from(["mdy", "dmy"]))
def test_what_a_system_writes_is_read_as_it_was_meant(moment: datetime, order: str) -> None:
    moment = moment.replace(microsecond=0)
    day = "%m/%d/%Y" if order == "mdy" else "%d/%m/%Y"
    for form in (f"{day} %H:%M:%S", f"{day} %I:%M:%S %p", "%Y-%m-%d %H:%M:%S", "%Y%m%d%H%M%S", "%d-%b-%Y %H:%M:%S"):
        found, problem = dates.start(moment.strftime(form), order, 2026)
        assert problem is None
        assert found is not None
        assert dates.joined(found, None) == moment


NAMES = [
    ("DOE, JOHN MICHAEL JR", Name("JOHN", "MICHAEL", "DOE", "JR")), ("DOE JR, JOHN", Name("JOHN", None, "DOE", "JR")),
    ("DOE, JR, JOHN", Name("JOHN", None, "DOE", "JR")), ("DOE, JOHN, III", Name("JOHN", None, "DOE", "III")),
    ("John Michael Doe", Name("John", "Michael", "Doe")), ("John Doe Sr.", Name("John", None, "Doe", "SR")),
    ("Maria de la Cruz", Name("Maria", None, "de la Cruz")),
    ("DE LA CRUZ, MARIA ELENA", Name("MARIA", "ELENA", "DE LA CRUZ")),
    ("GARCIA LOPEZ, JUAN", Name("JUAN", None, "GARCIA LOPEZ")),
    ("GARCÍA-LÓPEZ, JOSÉ", Name("JOSÉ", None, "GARCÍA-LÓPEZ")),
    ("O'BRIEN, SEAN", Name("SEAN", None, "O'BRIEN")), ("DOE, JOHN #2", Name("JOHN", None, "DOE")),
    ("DOE2, JOHN", Name("JOHN", None, "DOE")),
    ("DOE, JOHN (AKA SLIM)", Name("JOHN", None, "DOE", None, ("SLIM",))),
    ("DOE, JANE (ROE)", Name("JANE", None, "DOE", None, ("ROE",))),
    ("DOE, JOHN AKA JONES, JOHN", Name("JOHN", None, "DOE", None, ("JONES, JOHN",))),
    ('Robert "Bob" Doe', Name("Robert", None, "Doe", None, ("Bob",))),
    ("Mr. John Doe", Name("John", None, "Doe")), ("DOE,JOHN", Name("JOHN", None, "DOE")),
    ("  DOE ,  JOHN  Q ", Name("JOHN", "Q", "DOE")),
    ("DOE", Name(None, None, "DOE")), ("DOE,", Name(None, None, "DOE")), ("UNKNOWN", Name(None, None, "UNKNOWN")),
    ("N/A", Name()), ("", Name()),
    ("DOE, V", Name("V", None, "DOE")), ("BABY BOY DOE", Name("BABY", "BOY", "DOE")),
    ("DOE, 2ND, JOHN", Name("JOHN", None, "DOE", "II")),
]  # fmt: skip


@pytest.mark.parametrize(("text", "said"), NAMES)
def test_whole_names(text: str, said: Name) -> None:
    assert parse_full(text) == said


PARTS = [
    (("JOHN", "", "DOE", "", "Jr."), Name("JOHN", None, "DOE", "JR")),
    (("JOHN", "", "DOE SR", "", ""), Name("JOHN", None, "DOE", "SR")),
    (("JOHN III", "", "DOE", "", ""), Name("JOHN", None, "DOE", "III")),
    (("MARY ANN", "", "DOE", "", ""), Name("MARY", "ANN", "DOE")),
    (("MARY ANN", "K", "DOE", "", ""), Name("MARY ANN", "K", "DOE")),
    (("JUAN", "", "GARCIA", "LOPEZ", ""), Name("JUAN", None, "GARCIA LOPEZ")),
    (("", "", "DOE, JOHN Q", "", ""), Name("JOHN", "Q", "DOE")),
    (("JOHN", "NMN", "DOE", "", "NULL"), Name("JOHN", None, "DOE")),
    (("", "", "", "", ""), Name()), (("JOHN", "", "", "", ""), Name("JOHN", None, None)),
    (("JR", "", "DOE", "", ""), Name("JR", None, "DOE")),
]  # fmt: skip


@pytest.mark.parametrize(("parts", "said"), PARTS)
def test_names_in_parts(parts: tuple[str, str, str, str, str], said: Name) -> None:
    assert from_parts(*parts) == said


@given(st.text(max_size=40))
def test_no_text_breaks_a_name_and_no_suffix_is_lost_in_it(text: str) -> None:
    name = parse_full(text)
    assert name.full is None or name.full.strip() == name.full
    assert from_parts(text, text, text).first != ""


@pytest.mark.parametrize(("text", "name", "role"), [
    ("RP: DOE, JANE", "DOE, JANE", "RP"), ("SUBJ: GOMEZ RUIZ, T", "GOMEZ RUIZ, T", "SUBJ"),
    ("DOE, JANE (VICTIM)", "DOE, JANE", "VICTIM"),
    ("DOE, JANE - WIT", "DOE, JANE", "WIT"), ("DOE, JANE", "DOE, JANE", None), ("SUSPECT", "SUSPECT", None),
    ("DOE, JANE (ROE)", "DOE, JANE (ROE)", None),
])  # fmt: skip
def test_a_role_beside_a_name_is_no_part_of_it(text: str, name: str, role: str | None) -> None:
    assert role_in(text) == (name, role)


def test_other_names_in_a_cell_of_their_own() -> None:
    assert aliases("AKA: Slim; Jones, John / NONE") == ("Slim", "Jones, John")


@pytest.mark.parametrize("text", ["VERIZON WIRELESS", "ENGINE 41", "M12", "PINE COUNTY EMS", "JCSO", "ADT",
                                  "T-MOBILE USA",
                                  "FIRST STATE BANK",
                                  "PRAIRIE VIEW CARE CENTER", "DOLLAR GENERAL #1182", "REFUSED", "41B2",
                                  "CITY JAIL", "JAIL"])  # fmt: skip
def test_units_and_businesses_are_no_people(text: str) -> None:
    assert is_no_person(text)


@pytest.mark.parametrize("text", ["CENTER, JOHN", "Robert Lee Church", "BANK, MARY", "John Fire", "DOE, JOHN",
                                  "UNKNOWN",
                                  "GARCIA LOPEZ, ANA",
                                  "Shell, Ann", "JANE DOE", "", "O'BRIEN"])  # fmt: skip
def test_people_with_such_surnames_are_people(text: str) -> None:
    assert not is_no_person(text)


CELLS = [
    (texts.key, "210498250.0", "210498250", None), (texts.key, "00123", "00123", None),
    (texts.key, "1.23E+11", None, "lost_digits"),
    (texts.key, "3.16808e18", None, "lost_digits"), (texts.key, "3168080000000000000", None, "lost_digits"),
    (texts.key, "3168081234567890123", "3168081234567890123", None), (texts.key, "0", None, None),
    (texts.key, "2024-0017", "2024-0017", None),
    (texts.ssn, "123-45-6788", "123456788", None), (texts.ssn, "12345678", None, "placeholder_ssn"),
    (texts.ssn, "23456789", "023456789", None), (texts.ssn, "XXX-XX-1234", "1234", None),
    (texts.ssn, "000-12-3456", None, "placeholder_ssn"),
    (texts.ssn, "999-99-9999", None, "placeholder_ssn"), (texts.ssn, "123456789", None, "placeholder_ssn"),
    (texts.ssn, "912-34-5678", None, "placeholder_ssn"),
    (texts.ssn, "123456788.0", "123456788", None), (texts.ssn, "12-34", "1234", None),
    (texts.ssn, "12345", None, "odd_ssn"),
    (texts.last_four, "47", "0047", None), (texts.last_four, "***-**-0047", "0047", None),
    (texts.phone, "(620) 555-0143", "6205550143", None),
    (texts.phone, "1-620-555-0143 x2", "6205550143", None), (texts.phone, "555-0143", "5550143", None),
    (texts.phone, "911", None, "odd_phone"),
    (texts.phone, "000-000-0000", None, None), (texts.zip_code, "2139.0", "02139", None),
    (texts.zip_code, "67301-1234", "67301", None),
    (texts.zip_code, "00000", None, None), (texts.zip_code, "673", None, "odd_zip"), (texts.sex, "m", "M", None),
    (texts.sex, "Female", "F", None),
    (texts.sex, "0", "F", None), (texts.sex, "1", "M", None), (texts.sex, "99", None, None),
    (texts.sex, "U", None, None), (texts.sex, "?!", None, "odd_sex"),
    (texts.age, "38.0", 38, None), (texts.age, "38 yrs", 38, None), (texts.age, "150", None, None),
    (texts.age, "adult", None, "odd_age"),
    (texts.flag, "Y", "yes", None), (texts.flag, "N", "no", None), (texts.flag, "True", "yes", None),
    (texts.flag, "0", "no", None),
    (texts.flag, "8", None, None), (texts.flag, "99", None, None), (texts.flag, "Not Homeless", "no", None),
    (texts.flag, "Homeless - shelter", "yes", None),
    (texts.flag, "Client doesn’t know", None, None), (texts.flag, "no MH history", "no", None),
    (texts.flag, "purple", None, "odd_flag"),
    (texts.homeless_by_living, "116", "yes", None), (texts.homeless_by_living, "101.0", "yes", None),
    (texts.homeless_by_living, "435", "no", None),
    (texts.homeless_by_living, "99", None, None),
    (texts.homeless_by_living, "Emergency shelter, including hotel", "yes", None),
    (texts.homeless_by_living, "Rental by client", "no", None),
    (texts.homeless_by_living, "Client refused", None, None),
]  # fmt: skip


@pytest.mark.parametrize(("read", "text", "said", "problem"), CELLS)
def test_codes_and_ids(read: object, text: str, said: object, problem: str | None) -> None:
    assert read(text) == (said, problem)  # type: ignore[operator]


@pytest.mark.parametrize(("words", "group"), [
    ("ASSAULT 3RD DEGREE", "violent"), ("Domestic Battery", "violent"), ("THEFT < $1,500", "property"),
    ("Criminal Trespass", "property"),
    ("DUI 2ND", "drug_alcohol"), ("Poss. of Methamphetamine", "drug_alcohol"), ("DISORDERLY CONDUCT", "public_order"),
    ("DRIVING WHILE SUSPENDED", "public_order"), ("PROBATION VIOLATION", "probation_parole"),
    ("FTA - THEFT", "failure_to_appear"),
    ("Failure to Appear", "failure_to_appear"), ("HOLD FOR USMS", "hold"), ("", "other"), ("ZZZZ", "other"),
    (None, "other"),
])  # fmt: skip
def test_charges_fall_into_groups(words: str | None, group: str) -> None:
    assert charge_group(words) == group


@pytest.mark.parametrize(("codes", "charges", "kind"), [
    ([], ["THEFT"], "booking"), (["PROTECTIVE CUSTODY"], [], "protective_custody"), (["PC"], [], "protective_custody"),
    (["USMS HOLD"], ["HOLD"], "federal_hold"), ([], ["FEDERAL HOLD"], "federal_hold"), ([],
    ["FEDERAL HOLD", "THEFT"], "booking"),
    (["Weekender"], ["DUI"], "weekender"), (["NEW ARREST"], ["DUI"], "booking"), ([],
    ["HOLD OUT OF COUNTY"], "other_hold"), ([], [], "booking"),
])  # fmt: skip
def test_the_kind_of_a_stay_in_jail(codes: list[str], charges: list[str], kind: str) -> None:
    assert jail_kind(codes, charges) == kind


@pytest.mark.parametrize(("role", "counts"), [
    (None, True), ("SUBJECT", True), ("Suspect", True), ("ARRESTEE", True), ("Patient", True), ("VICTIM", False),
    ("V", False), ("WITNESS", False),
    ("CALLER", False), ("RP", False), ("Reporting Party", False), ("COMPLAINANT", False), ("Involved other", True),
])  # fmt: skip
def test_whose_contact_a_call_is(role: str | None, counts: bool) -> None:
    assert is_subject(role) is counts


def test_citations_and_admissions_are_told_apart() -> None:
    assert contact_kind("arrest", ["CITE"], [], []) == "citation"
    assert contact_kind("arrest", ["ON VIEW"], [], []) == "arrest"
    assert contact_kind("hospital", ["Inpatient"], [], []) == "admission"
    assert contact_kind("hospital", ["ED"], [], []) == "visit"
