"""The made-up county's files: every line has its truth, and every promised trouble really stands in them."""

from __future__ import annotations

import re
from collections import Counter, defaultdict

import pytest

from tests.workflow.demo_county import Made, lines_of, table


def test_every_line_of_every_export_has_its_truth(made: Made) -> None:
    expected: dict[str, set[tuple[str, int]]] = defaultdict(set)
    for row in made.rows:
        place = (row["sheet"], int(row["row"]))
        assert place not in expected[row["file"]]
        expected[row["file"]].add(place)
    for file in made.county.exports:
        assert set(lines_of(file.path)) == expected.pop(file.path.name)
        data = [row for row in made.rows if row["file"] == file.path.name and row["what"] == "data"]
        assert file.rows == len(data) > 100
    assert not expected


def test_a_data_line_holds_the_number_of_the_contact_its_truth_names(made: Made) -> None:
    numbers = {contact["contact_id"]: contact["number"] for contact in made.contacts}
    for file in made.county.exports:
        lines = lines_of(file.path)
        for row in made.rows:
            if row["file"] == file.path.name and row["what"] == "data":
                assert numbers[row["contact_id"]] in lines[row["sheet"], int(row["row"])]


def test_one_month_of_calls_is_missing_and_the_hospital_is_late(made: Made) -> None:
    months = Counter(line[1][6:] + "-" + line[1][:2] for line in lines_of(made.file("cad")).values())
    months.pop(next(key for key in months if not key[0].isdigit()))
    assert "2026-03" not in months
    assert len(months) == 35
    assert min(months.values()) > 500
    truly = [c for c in made.contacts if c["system"] == "dispatch" and c["starts"].startswith("2026-03")]
    assert len(truly) > 500
    assert {c["exported"] for c in truly} == {"no"}
    last = max(
        line[15] for (sheet, row), line in lines_of(made.file("hospital")).items() if sheet == "ED Visits" and row > 1
    )
    assert "2026-09-15" < last < "2026-10-01"


def test_about_half_of_the_crisis_calls_name_a_person(made: Made) -> None:
    people = {row["row"]: row["true_person"] for row in made.rows if "cad_calls" in row["file"]}
    crisis: dict[str, bool] = {}
    for (_, number), line in lines_of(made.file("cad")).items():
        if line[3] in ("10-96", "SUIC", "WELCHK", "INTOX"):
            crisis[line[0]] = crisis.get(line[0], False) or bool(people[str(number)])
    assert 1_200 < len(crisis) < 1_400
    assert 0.45 < sum(crisis.values()) / len(crisis) < 0.65


def test_a_later_jail_report_fills_in_releases(made: Made) -> None:
    earlier, later = lines_of(made.file("jail_bookings_2024")), lines_of(made.file("jail_bookings_2025"))
    first = {(c[0], c[16]): c for c in earlier.values() if c[0].isdigit()}
    second = {(c[0], c[16]): c for c in later.values() if c[0].isdigit()}
    both = sorted(set(first) & set(second))
    assert len(both) > 10
    filled = [key for key in both if not first[key][12] and second[key][12]]
    assert len(filled) > 5
    for key in both:
        assert first[key][:12] == second[key][:12]
    assert any(not second[key][12] for key in both), "one has been in since before the three years"


def test_jail_layout(made: Made) -> None:
    for part in ("jail_bookings_2023", "jail_bookings_2024", "jail_bookings_2025"):
        lines = lines_of(made.file(part))
        cells = list(lines.values())
        assert cells[0][0].startswith("PINE COUNTY SHERIFF")
        assert any(re.match(r"Run Date: \d\d/\d\d/\d{4}", row[0]) for row in cells[:4])
        headings = [number for (_, number), row in lines.items() if row[0] == "Booking #"]
        assert headings[0] == 5
        assert len(headings) > 2
        data = [row for row in cells if row[0].isdigit()]
        assert all(re.fullmatch(r"000\d{5}", row[0]) for row in data)
        assert all(re.fullmatch(r"\d\d/\d\d/\d{4} \d\d:\d\d", row[11]) for row in data)
        assert len(data) > len({row[0] for row in data}), "one line a charge"
        total = next(row[0] for row in cells if row[0].startswith("Total: "))
        assert total == f"Total: {len({row[0] for row in data})}"


def test_text_files_are_as_such_systems_write_them(made: Made) -> None:
    calls = made.file("cad").read_bytes()
    assert b"\r\n" in calls
    with pytest.raises(UnicodeDecodeError):
        calls.decode("utf-8")
    text = calls.decode("cp1252")
    assert re.search(r"[ÑÉÍÓÁ]", text)
    for sign in ("VERIZON WIRELESS", "ENGINE 2", "SUBJ", "RP: ", "VIC: ", "400 N COURTHOUSE SQ"):
        assert sign in text
    runs = made.file("ems").read_text("ascii").splitlines()
    assert all(line.count("|") == runs[0].count("|") for line in runs)
    assert any("|BABY BOY|" in line for line in runs)
    assert any("|DOE|JOHN|" in line for line in runs)
    assert any("|19000101|" in line for line in runs)
    assert made.file("arrests").read_bytes().startswith(b"\xef\xbb\xbf")
    hmis = table(made.file("hmis"))
    assert {"99", "1"} <= {row["DOBDataQuality"] for row in hmis} | {row["SSNDataQuality"] for row in hmis}
    assert {row["Sex"] for row in hmis} == {"0", "1"}
    assert any(not row["ExitDate"] for row in hmis)


def test_every_promised_slip_is_in_the_files(made: Made) -> None:
    flags = Counter(flag for row in made.rows for flag in row["flags"].split(";") if flag)
    for flag in (
        "typo last", "typo first", "swapped names", "day and month swapped", "birth digit", "birth date 1900",
        "January 1",
        "no birth date", "age only", "initial only", "nickname", "former name", "married name", "first half",
        "second half", "hyphen", "particle joined", "accents lost", "no suffix", "alias", "false name", "number digit",
        "filler number", "borrowed number", "no address", "institution's address", "placeholder name", "not a person",
        "race conflict", "second own number", "role in the name",
    ):  # fmt: skip
        assert flags[flag] > 0, flag
    jail = [row for part in ("2023", "2024", "2025") for row in lines_of(made.file(f"jail_bookings_{part}")).values()]
    assert {"000-00-0000", "999-99-9999", "123-45-6789"} <= {row[6] for row in jail}
    assert {"TRANSIENT", "HOMELESS", "GENERAL DELIVERY", "400 N COURTHOUSE SQ"} <= {row[7] for row in jail}
    names = [row[2] for row in jail]
    for sign in (" JR", "(AKA ", "DOE, ", "-"):
        assert any(sign in name for name in names), sign
    assert {row[5] for row in jail} >= {"W", "B", "H", "A", "I"}
    log = lines_of(made.file("co_responder"))
    ages = [row for (_, number), row in log.items() if number > 1 and row[5] and not row[6]]
    assert len(ages) > len(log) / 2


def test_the_same_letter_means_different_things(made: Made) -> None:
    """H is Hispanic in the jail and Native Hawaiian in the ambulance service; the police write L for Hispanic."""

    def truths(part: str, column: int, code: str) -> list[dict[str, str]]:
        lines = lines_of(made.file(part))
        return [
            made.people[row["true_person"]]
            for row in made.rows
            if part in row["file"]
            and row["true_person"]
            and "race conflict" not in row["flags"]
            and lines[row["sheet"], int(row["row"])][column].strip().upper() == code
        ]

    assert {p["hispanic"] for p in truths("jail_bookings_2025", 5, "H")} == {"yes"}
    assert {p["race"] for p in truths("ems_runs", 10, "H")} == {"Pacific Islander"}
    assert {p["hispanic"] for p in truths("arrests", 10, "L")} == {"yes"}
    assert "yes" in {p["hispanic"] for p in truths("cad_calls", 12, "W")}
