"""A signed release of information being entered as its paper has it, and what is still missing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from ddj_desktop.registers.consents import ELEMENTS, Terms, missing_elements


@dataclass(frozen=True)
class ConsentForm:
    """Answers so far. `choose(...)` gives a new form."""

    signed_on: date
    expires: date
    person: int = 0
    """The person's number, as on the list; 0: not said yet."""
    purposes: str = ""
    """Parted by semicolons."""
    recipients: tuple[int, ...] = ()
    data_classes: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    elements: tuple[str, ...] = ()
    """What the signed form holds: nothing until somebody looked at it."""
    minor: bool = False
    representative: str = ""
    document: Path | None = None

    def choose(self, **answers: Any) -> ConsentForm:
        """The same answers with some changed."""
        return replace(self, **answers)

    def tick(self, part: str, name: Any, on: bool) -> ConsentForm:
        """Tick or untick something among `recipients`, `data_classes`, `sources` or `elements`."""
        kept = tuple(each for each in getattr(self, part) if each != name)
        return self.choose(**{part: (*kept, name) if on else kept})

    @property
    def missing(self) -> str:
        """The first thing still to be answered; '' when all is there."""
        for there, ask in (
            (self.person, "Enter the person's number, as on the list."),
            (self.recipients, "Tick who receives it."),
            (self.purposes.strip(" ;"), "Enter what it is for, as the form says."),
            (self.data_classes, "Tick at least one kind of information."),
            (self.sources, "Tick at least one kind of source."),
        ):
            if not there:
                return ask
        return "It ends before it was signed." if self.expires < self.signed_on else ""

    @property
    def note(self) -> str:
        """What keeps the form from opening anything although it is kept; '' where it is complete."""
        part2 = "substance_use" in self.data_classes or "treatment" in self.sources
        other = bool(self.representative.strip())
        lacks = [ELEMENTS[name].words for name in missing_elements(self.elements, part2=part2, signed_by_other=other)]
        if lacks:
            return f"It will be kept and open nothing, because it lacks: {'; '.join(lacks)}."
        if self.minor and not other:
            return "It will be kept and open nothing, because somebody else must sign for a person under 18."
        return ""

    def terms(self, fingerprint: str | None) -> Terms:
        """What is kept of it; `fingerprint` is that of the signed form's file."""
        purposes = tuple(part.strip() for part in self.purposes.split(";") if part.strip())
        return Terms(
            self.recipients, purposes, self.data_classes, self.sources, self.expires, self.signed_on, self.elements,
            minor=self.minor, representative=self.representative.strip() or None, document_hash=fingerprint,
        )  # fmt: skip
