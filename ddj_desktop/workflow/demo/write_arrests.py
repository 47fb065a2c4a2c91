"""Arrests and citations as the police write them: two-digit years, times without a leading zero, codes with blanks."""

from __future__ import annotations

from ddj_desktop.workflow.demo import races
from ddj_desktop.workflow.demo.chance import Chance
from ddj_desktop.workflow.demo.contacts import Contact
from ddj_desktop.workflow.demo.mistakes import mention
from ddj_desktop.workflow.demo.pens import short_date
from ddj_desktop.workflow.demo.people import Person
from ddj_desktop.workflow.demo.truth import Lines, RowTruth

FILE_NAME = "arrests_citations_2023-11_to_2026-10.csv"
HEADINGS = (
    "Case No", "Arrest Type", "Arrest Date", "Arrest Time", "Last Name", "First Name", "MI", "Suffix", "Birth Date",
    "Sex", "Race", "Address", "City", "State", "Zip", "Offense Code", "Offense", "Offense Level", "Arrest Location",
    "Agency",
)  # fmt: skip


def arrest_lines(seed: int, people: dict[str, Person], arrests: list[Contact]) -> Lines:
    """One line an arrest or citation, for its first charge."""
    chance = Chance.of(seed, "records desk")
    lines = Lines("")
    lines.add(HEADINGS, RowTruth("headings"))
    running: dict[int, int] = {}
    for arrest in arrests:
        year = arrest.starts.year % 100
        running[year] = running.get(year, 0) + chance.randrange(1, 4)
        arrest.number = f"{year:02d}-{running[year]:05d}"
        said = mention(people[arrest.person_id], "arrest", arrest.starts, chance)
        race = races.arrest(said.race, said.hispanic)
        race = race.lower() if chance.yes(0.1) else f"{race} "
        time = f"{arrest.starts:%H%M}".lstrip("0") or "0"
        code, offense, level = arrest.facts["charge"].split("~")
        row = [
            arrest.number, arrest.kind.upper(), short_date(arrest.starts.date()), time,
            said.last.upper(), said.first.upper(), said.middle[:1].upper(), said.suffix.upper(), short_date(said.born),
            said.sex, race, said.street.upper(), said.city.upper(), said.state, said.zip, code, offense, level,
            arrest.facts["place"].upper(), arrest.facts["agency"],
        ]  # fmt: skip
        lines.data(row, arrest, said.trouble)
    return lines
