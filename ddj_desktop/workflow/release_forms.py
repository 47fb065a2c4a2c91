"""The printed release of information, filled in from the registers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ddj_desktop.outputs.release_form import FormFacts, write_release_form
from ddj_desktop.registers.consents import DATA_CLASSES, ELEMENTS
from ddj_desktop.registers.errors import ConsentIncomplete
from ddj_desktop.registers.partners import partner
from ddj_desktop.registers.sources import all_sources
from ddj_desktop.store.lane import Lane
from ddj_desktop.workflow.project import Project


@dataclass(frozen=True)
class FormMade:
    """The file, and in plain words what is still missing on it."""

    file: Path
    missing: tuple[str, ...]


def make_release_form(
    project: Project, lane: Lane, path: Path, *, partners: Sequence[str] = (), purposes: Sequence[str] = (),
    data_classes: Sequence[str] = (), sources: Sequence[str] = (), expires: str = "", revoke_to: str = "",
) -> FormMade:  # fmt: skip
    """Write the form. What is not given becomes a line to fill in. It holds nobody's data.

    The Part 2 statements and the notice of 42 CFR 2.32 are on it where a source under that law, or substance use, is.
    Raises NoSuchPartner, ConsentIncomplete (a kind of information outside the list), CannotSave, NoRoom.
    """
    if any(name not in DATA_CLASSES for name in data_classes):
        raise ConsentIncomplete(missing=f"kinds of information out of {', '.join(DATA_CLASSES)}")
    chosen = [source for source in all_sources(lane) if not sources or source.kind in sources]
    facts = FormFacts(
        county=project.county.name,
        state=project.county.state,
        disclosers=tuple(dict.fromkeys(source.agency or source.name for source in chosen)),
        recipients=tuple(partner(lane, name).name for name in partners),
        purposes=tuple(purposes),
        data_classes=tuple(data_classes),
        expires=expires.strip(),
        revoke_to=revoke_to.strip(),
        part2="substance_use" in data_classes or any(source.legal_class == "part2" for source in chosen),
        demo=project.is_demo,
    )
    return FormMade(path, tuple(ELEMENTS[name].words for name in write_release_form(path, facts)))
