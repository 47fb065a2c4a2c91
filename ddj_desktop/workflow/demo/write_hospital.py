"""The hospital's emergency visits for behavioral health: a workbook with true dates, a month behind the others."""

from __future__ import annotations

from datetime import date

from ddj_desktop.outputs.plain_sheet import Cell
from ddj_desktop.workflow.demo import races
from ddj_desktop.workflow.demo.chance import Chance
from ddj_desktop.workflow.demo.contacts import Contact
from ddj_desktop.workflow.demo.mistakes import mention
from ddj_desktop.workflow.demo.pens import OwnNumbers, dashed_ssn
from ddj_desktop.workflow.demo.people import Person
from ddj_desktop.workflow.demo.truth import Lines, RowTruth

LAST_DAY = date(2026, 9, 30)
"""The hospital delivers a month late."""
FILE_NAME = "hospital_ed_visits_2023-11_to_2026-09.xlsx"
HEADINGS = (
    "MRN", "Account Number", "Patient Last Name", "Patient First Name", "Middle Name", "Suffix", "DOB", "Sex", "Race",
    "SSN", "Address", "City", "State", "Zip", "Phone", "Arrival Date Time", "Discharge Date Time", "Arrival Mode",
    "Chief Complaint", "Discharge Disposition",
)  # fmt: skip


def hospital_lines(seed: int, people: dict[str, Person], visits: list[Contact]) -> list[Lines]:
    """The visits sheet and a sheet of notes. Visits after the last delivered day are left out."""
    chance = Chance.of(seed, "hospital desk")
    numbers = OwnNumbers(chance, 88_300, 0.03)
    lines = Lines("ED Visits")
    lines.add(HEADINGS, RowTruth("headings"))
    account = 5_501_200
    for visit in visits:
        account += chance.randrange(1, 40)
        visit.number = str(account)
        visit.exported = visit.starts.date() <= LAST_DAY
        said = mention(people[visit.person_id], "hospital", visit.starts, chance)
        mrn = numbers.of(visit.person_id, said)
        row: list[Cell] = [
            f"{mrn:08d}", visit.number, said.last, said.first, said.middle, said.suffix, said.born,
            "Male" if said.sex == "M" else "Female", races.hospital(said.race, said.hispanic), dashed_ssn(said.ssn),
            said.street, said.city, said.state, said.zip, said.phone, visit.starts, visit.ends,
            visit.facts["arrival"], visit.facts["complaint"], visit.facts["outcome"],
        ]  # fmt: skip
        if visit.exported:
            lines.data(row, visit, said.trouble)
    notes = Lines("About this report")
    notes.add(["Emergency department visits with a behavioral health diagnosis in any position."], RowTruth("note"))
    notes.add([f"Discharges through {LAST_DAY:%B %d, %Y}. Later months follow after coding."], RowTruth("note"))
    return [lines, notes]
