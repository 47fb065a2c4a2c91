"""An agreement being entered, and what is still missing from it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from ddj_desktop.disclosure.named_columns import agreed_columns
from ddj_desktop.kernel import clock
from ddj_desktop.registers.agreements import LEAST_COUNT, Agreement
from ddj_desktop.screens.endings import days_left
from ddj_desktop.workflow.endings import WARNS

LEVELS = {"table": "summary tables", "extract": "rows without names", "identified": "rows with names"}
"""What an agreement may cover, in plain words."""


@dataclass(frozen=True)
class AgreementForm:
    """Answers so far. `choose(...)` gives a new form."""

    starts: date
    ends: date
    partner: str = ""
    agency: str = ""
    contact: str = ""
    title: str = ""
    level: str = "table"
    purpose: str = ""
    sources: tuple[str, ...] = ()
    signed_on: date | None = None
    signatory: str = ""
    privacy_officer: str = ""
    columns: tuple[str, ...] = ()
    """Columns of rows about people it covers."""
    bases: tuple[str, ...] = ()
    """Legal bases it names."""
    document: Path | None = None
    """File of the signed paper."""
    stable_months: int = 0
    """Months for which a person keeps one code; 0: every file has codes of its own."""
    least_count: int = LEAST_COUNT
    """The smallest count of people that may be shown."""

    def choose(self, **answers: Any) -> AgreementForm:
        """The same answers with some changed."""
        return replace(self, **answers)

    def tick(self, part: str, name: str, on: bool) -> AgreementForm:
        """Tick or untick a name among `columns` or `bases`."""
        kept = tuple(each for each in getattr(self, part) if each != name)
        return self.choose(**{part: (*kept, name) if on else kept})

    @property
    def asks_for_rows(self) -> bool:
        """True where it covers rows about people, so that columns, bases and the paper itself matter."""
        return self.level != "table"

    @property
    def asks_for_names(self) -> bool:
        """True where it covers rows with names, whose columns are ticked one by one."""
        return self.level == "identified"

    @property
    def can_name(self) -> tuple[str, ...]:
        """Columns it can name as it stands."""
        return agreed_columns(self.level) if self.asks_for_rows else ()

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
        if self.asks_for_rows and not self.terms["columns"]:
            return "Tick at least one column of the rows it covers."
        if self.asks_for_rows and self.stable_months == 1:
            return "One code for one month is a code of one file: enter 0, or 2 months and more."
        if self.ends < self.starts:
            return "It ends before it begins."
        if self.signed_on and not self.signatory.strip():
            return "Enter who signed it."
        return "Enter the privacy officer." if self.signed_on and not self.privacy_officer.strip() else ""

    @property
    def partner_name(self) -> str:
        """The partner's name without stray spaces."""
        return " ".join(self.partner.split())

    @property
    def terms(self) -> dict[str, Any]:
        """What is kept of the agreement itself, by the names `workflow.governing.keep_agreement` has for it."""
        return {
            "title": self.title.strip(),
            "level": self.level,
            "purpose": self.purpose.strip(),
            "sources": self.sources,
            "starts": self.starts,
            "ends": self.ends,
            "signed_on": self.signed_on,
            "signatory": self.signatory.strip() or None,
            "privacy_officer": self.privacy_officer.strip() or None,
            "columns": tuple(name for name in self.columns if name in self.can_name),
            "bases": self.bases if self.asks_for_rows else (),
            "document": self.document,
            "stable_months": (self.stable_months or None) if self.asks_for_rows else None,
            "least_count": self.least_count if self.least_count > LEAST_COUNT else None,
        }


LAWS = {
    "justice": "criminal justice rules",
    "hipaa": "HIPAA (health)",
    "part2": "42 CFR Part 2 (substance use treatment)",
    "hmis": "HMIS standards (housing)",
    "victim_services": "victim services (VAWA)",
    "other": "another rule",
}
"""Which law a source's records are under, in plain words."""


def agreement_state(kept: Agreement) -> str:
    """'In force', 'Not signed', 'Not yet' or 'Ended', today; in its last 60 days, how many are left."""
    today = clock.today()
    if kept.signed_on is None:
        return "Not signed"
    if today < kept.starts or today < kept.signed_on:
        return "Not yet"
    left = (kept.ends - today).days
    return "Ended" if left < 0 else "In force" if left > WARNS[-1] else days_left(left)
