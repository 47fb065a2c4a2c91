"""An agreement being entered, and what is still missing from it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from ddj_desktop.workflow.governing import Terms

LEVELS = {"table": "summary tables", "extract": "lines without names", "identified": "lines with names"}
"""What an agreement may cover, in plain words."""


@dataclass(frozen=True)
class AgreementForm:
    """Answers so far. `choose(...)` gives a new form."""

    starts: date
    ends: date
    partner: str = ""
    title: str = ""
    level: str = "table"
    purpose: str = ""
    sources: tuple[str, ...] = ()
    signed_on: date | None = None
    signatory: str = ""
    privacy_officer: str = ""

    def choose(self, **answers: Any) -> AgreementForm:
        """The same answers with some changed."""
        return replace(self, **answers)

    def cover(self, kind: str, covered: bool) -> AgreementForm:
        """Cover a kind of source, or cover it no more."""
        kept = tuple(each for each in self.sources if each != kind)
        return replace(self, sources=(*kept, kind) if covered else kept)

    @property
    def missing(self) -> str:
        """The first thing still to be answered; '' when all is there."""
        for said, ask in (
            (self.partner, "Enter the partner's name."),
            (self.title, "Enter what the agreement is called."),
            (self.purpose, "Enter what it is for, as the paper says."),
        ):
            if not said.strip():
                return ask
        if not self.sources:
            return "Tick at least one kind of source it covers."
        if self.ends < self.starts:
            return "It ends before it begins."
        if self.signed_on and not self.signatory.strip():
            return "Enter who signed it."
        return "Enter the privacy officer." if self.signed_on and not self.privacy_officer.strip() else ""

    @property
    def terms(self) -> Terms:
        """What is kept."""
        return Terms(
            " ".join(self.partner.split()), self.title, self.level, self.purpose, self.sources, self.starts, self.ends,
            self.signed_on, self.signatory.strip() or None, self.privacy_officer.strip() or None,
        )  # fmt: skip
