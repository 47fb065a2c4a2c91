"""The standard release of information as a paper to print: in plain words, every element the law asks for, and a
checklist that names what is still missing (45 CFR 164.508(c), 42 CFR 2.31(a), rule of Feb 16, 2024)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ddj_desktop.disclosure.part2 import NOTICE
from ddj_desktop.outputs.plain_paper import Grid, Paper, Part, write_paper
from ddj_desktop.outputs.wording import place_words
from ddj_desktop.registers.consents import DATA_CLASSES, ELEMENTS, FORM_VERSION, missing_elements

AT_SIGNING = frozenset({"person", "signature", "date", "authority"})
"""Elements that are filled in by hand when it is signed: the printed form has a line for each."""


@dataclass(frozen=True)
class FormFacts:
    """What is printed on the form; what is left empty becomes a line to fill in, and is named as missing."""

    county: str
    state: str
    disclosers: tuple[str, ...] = ()
    """Who gives the information out."""
    recipients: tuple[str, ...] = ()
    purposes: tuple[str, ...] = ()
    data_classes: tuple[str, ...] = ()
    expires: str = ""
    """A date or an event, in words."""
    revoke_to: str = ""
    """Where a revocation is sent."""
    part2: bool = False
    """True where records of substance use treatment are in it."""
    demo: bool = False

    @property
    def elements(self) -> tuple[str, ...]:
        """Names of the elements the form holds once it is signed."""
        said = {
            "discloser": self.disclosers, "recipients": self.recipients, "purpose": self.purposes,
            "description": self.data_classes, "expiry": self.expires, "revocation": self.revoke_to,
            "proceedings": self.part2,
        }  # fmt: skip
        return tuple(name for name in ELEMENTS if said.get(name, True))

    @property
    def missing(self) -> tuple[str, ...]:
        """Names of the elements that are not filled in yet and will not be by signing."""
        return tuple(missing_elements(self.elements, part2=self.part2, signed_by_other=True))


def write_release_form(path: Path, facts: FormFacts) -> tuple[str, ...]:
    """Write the form as a PDF; gives the names of the elements still missing. Raises CannotSave, NoRoom."""
    write_paper(path, form_paper(facts))
    return facts.missing


def form_paper(facts: FormFacts) -> Paper:
    """The form and, on its last page, the checklist for the office."""
    place = place_words(facts.county, facts.state)
    parts = [
        Part("1. Whose information", lines=("Name", "Birth date")),
        _list("2. Who gives it out", facts.disclosers, "Agency"),
        _list("3. Who receives it", facts.recipients, "Agency or person"),
        _classes(facts),
        _list("5. What it is for", facts.purposes, "Purpose"),
        _list("6. When this ends", (facts.expires,) if facts.expires else (), "Date or event"),
        Part("7. Your rights", points=_rights(facts)),
        Part(
            "8. Signature",
            lines=(
                "Signature", "Date", "If somebody signs for you: name", "By what right (parent, guardian, court)",
                "Witness",
            ),
        ),
        _checklist(facts),
    ]  # fmt: skip
    if facts.part2:
        parts.insert(-1, Part("Goes with every disclosure of these records", NOTICE, boxed=True))
    return Paper(
        "Release of information", f"{place} · form {FORM_VERSION} · you get a copy", place, tuple(parts),
        f"Release of information, form {FORM_VERSION}", facts.demo,
    )  # fmt: skip


def _list(heading: str, said: tuple[str, ...], line: str) -> Part:
    return Part(heading, points=said, lines=() if said else (line, line))


def _classes(facts: FormFacts) -> Part:
    """Only what is ticked may be given out; records of treatment are named on their own."""
    chosen = facts.data_classes or tuple(DATA_CLASSES)
    words = tuple(DATA_CLASSES[name] for name in chosen if facts.part2 or name != "substance_use")
    return Part("4. Which information (only what is ticked)", boxes=words)


def _rights(facts: FormFacts) -> tuple[str, ...]:
    where = facts.revoke_to or "________________________________________"
    rights = [
        "You may refuse to sign. Help, treatment, payment and benefits do not depend on it.",
        f"You may take this back at any time in writing, to: {where}. What was given out before stays with those who "
        "received it.",
        "Those who receive it may pass it on, and then some privacy laws may no longer protect it.",
    ]
    if facts.part2:
        rights[2] = (
            "Those who receive it may pass it on as the HIPAA rules allow, and then some privacy laws may no longer "
            "protect it."
        )
        rights.append(
            "Records of alcohol or drug treatment may not be used against you in a civil, criminal, administrative or "
            "legislative proceeding unless you agree to that on a paper of its own or a court orders it."
        )
    return tuple(rights)


def _checklist(facts: FormFacts) -> Part:
    rows = []
    for name, element in ELEMENTS.items():
        if element.part2_only and not facts.part2:
            continue
        state = (
            "MISSING: fill in"
            if name in facts.missing
            else ("a line to fill in when signing" if name in AT_SIGNING else "on the form")
        )
        rows.append((element.words, element.citation, state))
    count = len(facts.missing)
    said = (
        "Nothing is missing."
        if not count
        else (
            f"Missing: {'; '.join(ELEMENTS[name].words for name in facts.missing)}. The form opens nothing until then."
        )
    )
    return Part(
        "For the office: what the law asks for", (said,),
        Grid(("Element", "Where the law asks for it", "On this form"), tuple(rows), (4, 5, 3)),
    )  # fmt: skip
