"""Several reports of one system joined, sheets that only say more of known contacts, two systems kept apart."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import datetime
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from ddj_desktop.intake.types import ImportResult
from ddj_desktop.kernel.progress import Progress
from ddj_desktop.store.county_file import CountyFile
from ddj_desktop.workflow.project import Project
from ddj_desktop.workflow.taking_in import Batch, import_files, remove_import
from tests.intake.sheets import derived

pytestmark = pytest.mark.usefixtures("on_nov_3")


def write(path: Path, headings: str, *rows: str) -> Path:
    """A comma-separated file; cells are parted by bars in the test."""
    with path.open("w", newline="", encoding="utf-8") as out:
        csv.writer(out).writerows([line.split("|") for line in (headings, *rows)])
    return path


def take_in(county: CountyFile, *paths: Path, **more: Any) -> Batch:
    lane = county.lane()
    done = import_files(Project(county, county.county(), "tester"), lane, paths, Progress(), **more).result
    lane.close()
    assert all(
        one.rows == one.new + one.changed + one.already_here + one.set_aside + one.not_data for one in done.taken
    )
    return done


def ask(county: CountyFile, sql: str) -> list[tuple[Any, ...]]:
    lane = county.lane()
    found = lane.rows(sql)
    lane.close()
    return found


def hmis(folder: Path) -> Sequence[Path]:
    """A county's HMIS CSV export of three people: one stays on, one left, one left and came back."""
    return (
        write(folder / "Client.csv", "PersonalID|FirstName|LastName|NameSuffix|SSN|DOB|Sex|White|VeteranStatus",
              "P1|JOHN|DOE||123-45-1111|1985-07-04|1|1|0", "P2|JANE|ROE||234-56-2222|1990-02-03|0|1|0",
              "P3|LUIS|PAZ||345-67-3333|1971-11-30|1|0|1"),
        write(folder / "Enrollment.csv", "EnrollmentID|PersonalID|ProjectID|EntryDate|LivingSituation|DateCreated",
              "E1|P1|7|2026-05-01|116|2026-05-01 10:00:00", "E2|P2|7|2026-06-10|101|2026-06-10 10:00:00",
              "E3|P3|8|2026-02-01|116|2026-02-01 10:00:00", "E4|P3|8|2026-09-01|116|2026-09-01 10:00:00"),
        write(folder / "Exit.csv", "ExitID|EnrollmentID|PersonalID|ExitDate|Destination|DateCreated",
              "X1|E1|P1|2026-05-09|435|2026-05-09 10:00:00", "X3|E3|P3|2026-03-01|101|2026-03-01 10:00:00",
              "X4|E4|P3|2026-09-15|435|2026-09-15 10:00:00"),
    )  # fmt: skip


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_clients_enrollments_and_exits_meet_in_any_order(
    county: CountyFile, tmp_path: Path, order: tuple[int, ...]
) -> None:
    files = hmis(tmp_path)
    done = take_in(county, *(files[place] for place in order))
    assert done.refused == []
    assert ask(county, "SELECT count(*) FROM source") == [(1,)]
    stays = ask(county, "SELECT contact_key, last_name, starts, ends, has_length FROM contact "
                        "JOIN record USING (record_id) ORDER BY contact_key")  # fmt: skip
    assert stays == [
        ("E1", "DOE", datetime(2026, 5, 1), datetime(2026, 5, 9), True),
        ("E2", "ROE", datetime(2026, 6, 10), None, True),
        ("E3", "PAZ", datetime(2026, 2, 1), datetime(2026, 3, 1), True),
        ("E4", "PAZ", datetime(2026, 9, 1), datetime(2026, 9, 15), True),
    ]


def test_without_its_exits_an_enrollment_has_no_known_end_and_is_no_single_night(
    county: CountyFile, tmp_path: Path
) -> None:
    clients, enrollments, exits = hmis(tmp_path)
    take_in(county, clients, enrollments)
    assert ask(county, "SELECT DISTINCT ends, has_length FROM contact") == [(None, False)]
    before = derived(county, ("contact", "record", "contact_flag"))
    (taken,) = take_in(county, exits).taken
    assert any("no start of its own" in note for note in taken.notes)
    assert ask(county, "SELECT count(*) FROM contact WHERE has_length") == [(4,)]
    lane = county.lane()
    remove_import(Project(county, county.county(), "tester"), lane, taken.import_id or 0)
    lane.close()
    assert derived(county, ("contact", "record", "contact_flag")) == before


def test_a_later_exit_file_changes_the_exits_and_leaves_the_entries(county: CountyFile, tmp_path: Path) -> None:
    take_in(county, *hmis(tmp_path))
    later = write(tmp_path / "Exit_oct.csv", "ExitID|EnrollmentID|PersonalID|ExitDate|Destination|DateCreated",
                  "X1|E1|P1|2026-05-10|435|2026-05-09 10:00:00", "X2|E2|P2|2026-10-30|435|2026-10-30 10:00:00",
                  "X3|E3|P3|2026-03-01|101|2026-03-01 10:00:00")  # fmt: skip
    (taken,) = take_in(county, later).taken
    assert (taken.new, taken.changed, taken.already_here) == (1, 1, 1)
    assert ask(county, "SELECT contact_key, ends FROM contact WHERE contact_key < 'E3' ORDER BY 1") == [
        ("E1", datetime(2026, 5, 10)), ("E2", datetime(2026, 10, 30)),
    ]  # fmt: skip


def test_hmis_services_and_living_situations_are_no_stays(county: CountyFile, tmp_path: Path) -> None:
    services = write(tmp_path / "Services.csv", "ServicesID|EnrollmentID|PersonalID|DateProvided|RecordType",
                     "S1|E1|P1|2026-05-02|200", "S2|E1|P1|2026-05-03|144")  # fmt: skip
    met = write(tmp_path / "CurrentLivingSituation.csv", "CurrentLivingSitID|EnrollmentID|PersonalID|InformationDate|"
                "CurrentLivingSituation", "L1|E1|P1|2026-05-04|116", "L2|E2|P2|2026-05-05|101")  # fmt: skip
    take_in(county, *hmis(tmp_path), services, met)
    found = ask(county, "SELECT contact_key, kind, has_length FROM contact WHERE contact_key NOT IN ('E2', 'E3', 'E4') "
                        "ORDER BY 1")  # fmt: skip
    assert found == [
        ("E1", "stay", True), ("L1", "outreach", False), ("L2", "outreach", False), ("S1", "stay", True),
        ("S2", "service", False),
    ]  # fmt: skip
    assert ask(county, "SELECT count(*) FROM source") == [(1,)]


def names(rest: str) -> list[str]:
    """Six bookings' rows: number and name, then what is said of each; # stands for 1 to 6."""
    return [f"B{n:03d}|ROE, JAN{'ABCDEF'[n]}|{rest.replace('#', str(n + 1))}" for n in range(6)]


def cad(folder: Path) -> tuple[Path, Path]:
    calls = write(
        folder / "cad_calls.csv",
        "Incident Number|Call Date|Call Type|Location|Disposition",
        *(f"26-{n:04d}|10/{n:02d}/2026 09:15|WELFARE CHECK|{n} OAK AVE|RPT" for n in range(1, 13)),
    )
    people = write(folder / "cad_persons.csv", "Incident Number|Role|Last Name|First Name|DOB",
                   "26-0001|SUBJECT|ROE|JANE|02/03/1990", "26-0001|RP|PAZ|LUIS|11/30/1971",
                   "26-0002|SUBJECT|DOE|JOHN|07/04/1985", "26-0003|VICTIM|MOE|ANN|01/02/1980")  # fmt: skip
    return calls, people


@pytest.mark.parametrize("turned", [False, True])
def test_the_people_of_calls_in_a_file_of_their_own(county: CountyFile, tmp_path: Path, turned: bool) -> None:
    files = cad(tmp_path)
    assert take_in(county, *(reversed(files) if turned else files)).refused == []
    calls = ask(county, "SELECT contact_key, last_name, starts, attributes->>'nature' FROM contact "
                        "LEFT JOIN record USING (record_id) ORDER BY contact_key LIMIT 3")  # fmt: skip
    assert calls == [
        ("26-0001", "ROE", datetime(2026, 10, 1, 9, 15), "WELFARE CHECK"),
        ("26-0002", "DOE", datetime(2026, 10, 2, 9, 15), "WELFARE CHECK"),
        ("26-0003", None, datetime(2026, 10, 3, 9, 15), "WELFARE CHECK"),
    ]
    assert ask(county, "SELECT count(*) FROM contact") == [(12,)]


def test_the_charges_of_bookings_in_a_file_of_their_own(county: CountyFile, tmp_path: Path) -> None:
    bookings = write(tmp_path / "bookings.csv", "Booking Number|Name|DOB|Booking Date|Release Date",
                     *names("02/0#/1980|10/0#/2026|10/09/2026"))  # fmt: skip
    charges = write(tmp_path / "charges.csv", "Booking Number|Charge Seq|Statute|Charge Description|Charge Level",
                    "B000|1|21-5801|THEFT|M", "B000|2|21-5412|ASSAULT|F", "B003|1|21-5808|TRESPASS|M")  # fmt: skip
    assert take_in(county, charges, bookings).refused == []
    assert ask(county, "SELECT contact_key, description FROM charge JOIN contact USING (contact_id) ORDER BY 1, 2") == [
        ("B000", "ASSAULT"), ("B000", "THEFT"), ("B003", "TRESPASS"),
    ]  # fmt: skip
    assert ask(county, "SELECT count(*), count(ends) FROM contact") == [(6, 6)]


def test_two_reports_of_one_jail_are_joined_and_what_one_lacks_the_other_fills(
    county: CountyFile, tmp_path: Path
) -> None:
    custody = write(tmp_path / "custody.csv", "Booking Number|Inmate Name|Booking Date|Race|Sex|Housing Facility",
                    *names("10/0#/2026|W|F|ANNEX"))  # fmt: skip
    log_head = "Booking Number|Inmate Name|Booking Date|Date of Birth|Release Date|Release Reason"
    log = write(tmp_path / "log.csv", log_head, *names("10/0#/2026|02/0#/1980|10/09/2026|BOND"))
    take_in(county, custody)
    (taken,) = take_in(county, log).taken
    assert (taken.source, taken.new, taken.changed) == ("Jail", 6, 0)
    both = ask(county, "SELECT race, sex, birth_date IS NULL, ends IS NULL, attributes->>'facility', "
                       "attributes->>'release_type' FROM contact JOIN record USING (record_id)")  # fmt: skip
    assert both == [("W", "F", False, False, "ANNEX", "BOND")] * 6
    assert ask(county, "SELECT count(*) FROM record") == [(6,)]
    corrected = write(tmp_path / "log2.csv", log_head, "B000|ROE, JANA|10/01/2026|02/01/1980|10/08/2026|TIME SERVED")
    (again,) = take_in(county, corrected).taken
    assert (again.new, again.changed) == (0, 1)
    assert ask(county, "SELECT ends, attributes->>'release_type' FROM contact WHERE contact_key = 'B000'") == [
        (datetime(2026, 10, 8), "TIME SERVED")
    ]


def jail(path: Path, headings: str, first: int, day: int) -> Path:
    return write(path, headings, *(
        f"{first + n}|{person}, JAN|02/0{n + 1}/1980|{day + n:02d}/10/2026|" for n, person in enumerate(
            ("ROE", "MOE", "DOE", "PAZ", "YODER"))
    ))  # fmt: skip


def test_another_jail_is_another_source_unless_its_numbers_say_otherwise(county: CountyFile, tmp_path: Path) -> None:
    head = "Booking Number|Name|DOB|Booking Date|Release Date"
    other = "Jail ID|Offender|Born|Date In|Date Out"
    results: list[ImportResult] = [
        take_in(county, path).taken[0]
        for path in (
            jail(tmp_path / "pine.csv", head, 100, 1),
            jail(tmp_path / "cedar.csv", other, 500, 2),  # nothing in common
            jail(tmp_path / "pine_new_system.csv", "Bkg No|Inmate|Birth Date|Booked|Released", 100, 1),  # same bookings
            jail(tmp_path / "oak.csv", head, 100, 5),  # the same layout and numbers, other bookings
            jail(tmp_path / "pine_next.csv", head, 200, 3),  # the same layout, a later month
        )
    ]
    assert [one.source for one in results] == ["Jail", "Jail 2", "Jail", "Jail 3", "Jail"]
    assert "choose the right source" in results[4].notes[0]
    assert "another system" in results[1].notes[0]
    assert "its numbers mean other contacts" in results[3].notes[0]
    assert ask(county, "SELECT count(*) FROM contact") == [(20,)]
