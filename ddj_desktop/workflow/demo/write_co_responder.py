"""The co-responder team's log: a workbook kept by hand, ages instead of birth dates, yes and no columns."""

from __future__ import annotations

from datetime import date

from ddj_desktop.outputs.plain_sheet import Cell
from ddj_desktop.workflow.demo import races
from ddj_desktop.workflow.demo.chance import Chance
from ddj_desktop.workflow.demo.contacts import Contact
from ddj_desktop.workflow.demo.mistakes import mention
from ddj_desktop.workflow.demo.pens import us_date
from ddj_desktop.workflow.demo.people import Person
from ddj_desktop.workflow.demo.truth import Lines, RowTruth

FILE_NAME = "co_responder_log_2023-11_to_2026-10.xlsx"
HEADINGS = (
    "Log #", "Contact Date", "Contact Time", "CAD Number", "Client Name", "Age", "DOB", "Gender", "Race",
    "Homeless", "Drugs/Alcohol", "Mental Health", "Suicidal", "Veteran", "Location", "Outcome", "Notes",
)  # fmt: skip
_NOTES = ("", "", "", "", "SEE REPORT", "family on scene", "follow up in 1 wk", "meds refused", "MI team notified")


def co_responder_lines(seed: int, people: dict[str, Person], responses: list[Contact]) -> Lines:
    """One line a response."""
    chance = Chance.of(seed, "co-responder desk")
    lines = Lines("Log")
    lines.add(HEADINGS, RowTruth("headings"))
    for number, done in enumerate(responses, 1):
        person = people[done.person_id]
        done.number = f"CR-{number:04d}"
        said = mention(person, "co_responder", done.starts, chance)
        age: Cell = said.age if said.born is None and said.age >= 0 else None
        born: Cell = us_date(said.born) if said.born else None
        sex = chance.pick(("Male", "M")) if said.sex == "M" else chance.pick(("Female", "F"))
        veteran = "" if chance.yes(0.5) else "Yes" if person.veteran else "No"
        row: list[Cell] = [
            done.number, date(done.starts.year, done.starts.month, done.starts.day), f"{done.starts:%H:%M}",
            done.follows.number if done.follows else None, said.first_last(), age, born, sex,
            races.spoken(said.race, said.hispanic), done.facts["homeless"], done.facts["drugs"], done.facts["mental"],
            done.facts["suicidal"], veteran, done.facts["call_place"], done.facts["outcome"], chance.pick(_NOTES),
        ]  # fmt: skip
        lines.data(row, done, said.trouble)
    return lines
