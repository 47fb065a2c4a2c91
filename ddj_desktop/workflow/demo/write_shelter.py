"""The shelter's stays in the columns of the HMIS CSV standard, people and enrollments joined in one file."""

from __future__ import annotations

import hashlib

from ddj_desktop.workflow.demo import races
from ddj_desktop.workflow.demo.chance import Chance
from ddj_desktop.workflow.demo.contacts import Contact
from ddj_desktop.workflow.demo.mistakes import Mention, mention
from ddj_desktop.workflow.demo.people import Person
from ddj_desktop.workflow.demo.truth import Lines, RowTruth

FILE_NAME = "hmis_enrollments_2023-11_to_2026-10.csv"
HEADINGS = (
    "EnrollmentID", "PersonalID", "FirstName", "MiddleName", "LastName", "NameSuffix", "NameDataQuality", "SSN",
    "SSNDataQuality", "DOB", "DOBDataQuality", "Sex", *races.HMIS_COLUMNS, "RaceNone", "VeteranStatus", "ProjectName",
    "EntryDate", "ExitDate", "LivingSituation", "DisablingCondition",
)  # fmt: skip


def shelter_lines(seed: int, people: dict[str, Person], stays: list[Contact]) -> Lines:
    """One line an enrollment. Data quality codes as the standard has them: 1 full, 2 partial, 8, 9 and 99 missing."""
    chance = Chance.of(seed, "shelter desk")
    lines = Lines("")
    lines.add(HEADINGS, RowTruth("headings"))
    for number, stay in enumerate(stays, 1):
        person = people[stay.person_id]
        stay.number = str(640_100 + number * 3)
        said = mention(person, "shelter", stay.starts, chance)
        again = chance.yes(0.02)
        if again:
            said.trouble.append("second own number")
        personal = hashlib.blake2b(f"{seed}/{person.person_id}/{again}".encode(), digest_size=16).hexdigest().upper()
        lines.data(_row(stay, personal, said, person, chance), stay, said.trouble)
    return lines


def _row(stay: Contact, personal: str, said: Mention, person: Person, chance: Chance) -> list[str]:
    ssn_quality = "1" if len(said.ssn) == 9 else "2" if said.ssn else chance.pick(("8", "9", "99"))
    ssn = said.ssn if len(said.ssn) != 4 else f"xxxxx{said.ssn}"
    missing = chance.yes(0.05)
    columns = dict.fromkeys(races.HMIS_COLUMNS, "0") if missing else races.hmis(said.race, said.hispanic)
    none = "99" if missing or "1" not in columns.values() else ""
    veteran = chance.pick(("8", "99")) if chance.yes(0.06) else str(int(person.veteran))
    disabling = "99" if chance.yes(0.08) else str(int(person.mental_health or person.substance_use))
    return [
        stay.number, personal, said.first, said.middle, said.last, said.suffix, "1", ssn, ssn_quality,
        said.born.isoformat() if said.born else "", "1" if said.born else "99", "1" if said.sex == "M" else "0",
        *columns.values(), none, veteran, "Pine County Emergency Shelter", f"{stay.starts:%Y-%m-%d}",
        f"{stay.ends:%Y-%m-%d}" if stay.ends else "", stay.facts["living"], disabling,
    ]  # fmt: skip
