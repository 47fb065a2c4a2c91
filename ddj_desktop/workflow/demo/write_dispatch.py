"""The 911 centre's calls: one CSV of three years in the code page of old Windows, with one month never delivered."""

from __future__ import annotations

from ddj_desktop.kernel.dates import Month
from ddj_desktop.workflow.demo import races
from ddj_desktop.workflow.demo.chance import Chance
from ddj_desktop.workflow.demo.contacts import Contact
from ddj_desktop.workflow.demo.mistakes import Mention, mention
from ddj_desktop.workflow.demo.pens import us_date
from ddj_desktop.workflow.demo.people import Person
from ddj_desktop.workflow.demo.truth import Lines, RowTruth

MISSING = Month(2026, 3)
FILE_NAME = "cad_calls_2023-11_to_2026-10.csv"
HEADINGS = (
    "Incident No", "Call Date", "Call Time", "Nature", "Nature Desc", "Pri", "Location", "Name", "Role", "DOB", "Age",
    "Sex", "Race", "Phone", "Cleared Date", "Cleared Time", "Disposition", "Unit",
)  # fmt: skip
_ROLES = {"subject": "SUBJ", "caller": "RP", "victim": "VIC"}
_UNITS = ("ENGINE 2", "PCSO 14", "MEDIC 1", "AMB 3", "PCPD 7", "UNIT 22", "RESCUE 1")
_BUSINESSES = (
    "VERIZON WIRELESS", "ADT SECURITY", "PINE CITY SCHOOL DIST", "DOLLAR GENERAL #1182", "PINE MEMORIAL HOSPITAL",
    "T-MOBILE USA", "CASEYS GENERAL STORE", "FIRST STATE BANK", "PRAIRIE VIEW CARE CENTER", "SPRINT",
)  # fmt: skip


def number_calls(calls: list[Contact]) -> None:
    """Incident numbers: the year and a running number within it."""
    running: dict[int, int] = {}
    for call in calls:
        year = call.starts.year
        running[year] = running.get(year, 0 if year > 2023 else 7_480) + 1
        call.number = f"{year}{running[year]:08d}"


def dispatch_lines(seed: int, people: dict[str, Person], calls: list[Contact]) -> Lines:
    """One line a call, two where a caller stands beside the subject. The missing month's calls are left out."""
    chance = Chance.of(seed, "dispatch desk")
    lines = Lines("")
    lines.add(HEADINGS, RowTruth("headings"))
    for call in calls:
        call.exported = Month.of(call.starts.date()) != MISSING
        name, flags, said, nobody = _name(call, people, chance)
        row = _row(call, name, said, chance)
        second = _row(call, name, said, chance)
        second[7:9], second[9:14] = [chance.pick(_BUSINESSES), "RP"], ["", "", "", "", ""]
        if call.exported:
            lines.data(row, call, flags, nobody)
            if call.role == "subject" and chance.yes(0.06):
                lines.data(second, call, ("not a person",), nobody=True)
    return lines


def _name(call: Contact, people: dict[str, Person], chance: Chance) -> tuple[str, list[str], Mention | None, bool]:
    """The name field, the trouble in it, and whether it names nobody known. A few carry the role before the name."""
    if call.role == "unit":
        return chance.pick(_UNITS), ["not a person"], None, True
    if call.role == "business":
        return chance.pick(_BUSINESSES), ["not a person"], None, True
    if call.role == "unknown":
        name = chance.pick(("UNKNOWN", "UNK MALE", "UNKNOWN FEMALE", "DOE, JOHN", "ANONYMOUS", "REFUSED"))
        return name, ["placeholder name"], None, True
    if not call.person_id:
        return "", [], None, True
    said = mention(people[call.person_id], "dispatch", call.starts, chance)
    if call.role == "caller":
        said.born, said.age = None, -1
        said.trouble = [t for t in said.trouble if t not in ("age only", "birth date 1900", "birth digit")]
    name = f"{said.last}, {' '.join(p for p in (said.first, said.middle, said.suffix) if p)}".upper()
    if chance.yes(0.05):
        said.trouble.append("role in the name")
        name = f"{_ROLES[call.role]}: {name}"
    return name, said.trouble, said, False


def _row(call: Contact, name: str, said: Mention | None, chance: Chance) -> list[str]:
    about = ["", "", "", "", ""]
    if said and call.role == "caller":
        about = ["", "", "", "", said.phone]
    elif said:
        age = str(said.age) if said.born is None and said.age >= 0 else ""
        about = [us_date(said.born), age, said.sex, races.NCIC[said.race], said.phone]
    disposition = chance.pick(("RPT", "NRP", "NRP", "NRP", "ARR", "GOA", "UNF", "XFER"))
    role = "" if name.startswith(tuple(f"{code}: " for code in _ROLES.values())) else _ROLES.get(call.role, "")
    ends = call.ends or call.starts
    return [
        call.number, us_date(call.starts.date()), f"{call.starts:%H:%M}", call.facts["code"], call.facts["words"],
        chance.pick("1233"), call.facts["place"].upper(), name, role, *about, us_date(ends.date()), f"{ends:%H:%M}",
        disposition, chance.pick(("PCPD 7", "PCPD 4", "PCSO 14", "PCSO 9", "E2")),
    ]  # fmt: skip
