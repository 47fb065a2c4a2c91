"""The ambulance service's runs: text parted by pipes, dates packed as YYYYMMDD, ages beside them."""

from __future__ import annotations

from ddj_desktop.workflow.demo import races
from ddj_desktop.workflow.demo.chance import Chance
from ddj_desktop.workflow.demo.contacts import Contact
from ddj_desktop.workflow.demo.mistakes import Mention, mention
from ddj_desktop.workflow.demo.pens import packed_date
from ddj_desktop.workflow.demo.people import Person
from ddj_desktop.workflow.demo.truth import Lines, RowTruth

FILE_NAME = "ems_runs_2023-11_to_2026-10.txt"
HEADINGS = (
    "RUN_NO", "RUN_DATE", "RUN_TIME", "PT_LAST_NAME", "PT_FIRST_NAME", "PT_MI", "PT_SUFFIX", "PT_DOB", "PT_AGE", "SEX",
    "RACE", "SSN_LAST4", "PT_ADDRESS", "PT_CITY", "PT_STATE", "PT_ZIP", "SCENE_ADDRESS", "PRIMARY_IMPRESSION",
    "DISPOSITION", "DESTINATION", "HOMELESS",
)  # fmt: skip


def ems_lines(seed: int, people: dict[str, Person], runs: list[Contact]) -> Lines:
    """One line a run. Runs that found nobody name nobody."""
    chance = Chance.of(seed, "ambulance desk")
    lines = Lines("")
    lines.add(HEADINGS, RowTruth("headings"))
    running = 23_410
    for run in runs:
        running += chance.randrange(1, 4)
        run.number = f"E{running:07d}"
        if run.person_id:
            said = mention(people[run.person_id], "ems", run.starts, chance)
            lines.data(_row(run, _patient(said, people[run.person_id], chance)), run, said.trouble)
        else:
            patient, flag = _nobody(run.facts["nobody"], chance)
            lines.data(_row(run, patient), run, flag, nobody=True)
    return lines


def _patient(said: Mention, person: Person, chance: Chance) -> list[str]:
    homeless = "" if chance.yes(0.15) else "1" if person.homeless else "0"
    return [
        said.last.upper(), said.first.upper(), said.middle[:1].upper(), said.suffix.upper(), packed_date(said.born),
        str(said.age) if said.age >= 0 else "", said.sex, races.ems(said.race, said.hispanic),
        said.ssn[-4:], said.street.upper(), said.city.upper(), said.state, said.zip, homeless,
    ]  # fmt: skip


def _nobody(kind: str, chance: Chance) -> tuple[list[str], list[str]]:
    """A cancelled run, an unknown patient, or a newborn without a name yet."""
    blank = [""] * 14
    if kind == "nobody":
        return blank, []
    if kind == "baby":
        blank[:2], blank[7:9] = [chance.pick(("BABY BOY", "BABY GIRL")), chance.pick(("BABY", ""))], ["0", ""]
        return blank, ["placeholder name"]
    blank[:2] = chance.pick((["DOE", "JOHN"], ["UNKNOWN", "UNKNOWN"], ["DOE", "JANE"]))
    blank[4] = chance.pick(("", "19000101", "19010101"))
    blank[6] = "" if blank[4] else str(chance.randrange(25, 60))
    return blank, ["placeholder name"]


def _row(run: Contact, patient: list[str]) -> list[str]:
    outcome = run.facts["outcome"]
    destination = "PINE MEMORIAL HOSPITAL EMERGENCY DE" if outcome == "Transported" else ""
    return [
        run.number, f"{run.starts:%Y%m%d}", f"{run.starts:%H%M}", *patient[:13], run.facts["place"].upper(),
        run.facts["problem"], outcome, destination, patient[13],
    ]  # fmt: skip
