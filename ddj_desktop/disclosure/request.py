"""What somebody wants to give to a partner, and everything the gate looks at before it says yes or no."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from ddj_desktop.registers.agreements import Agreement
from ddj_desktop.registers.approvers import Approver
from ddj_desktop.registers.bases import ApprovedBasis
from ddj_desktop.registers.consents import Consent
from ddj_desktop.registers.partners import Partner
from ddj_desktop.registers.requests import ShareRequest
from ddj_desktop.registers.sources import Source


@dataclass(frozen=True)
class BreakGlass:
    """One person's data in imminent danger (45 CFR 164.512(j), 42 CFR 2.51)."""

    reason: str
    passphrase_again: bool
    """True where the passphrase was entered again for this act."""


@dataclass(frozen=True)
class ReleaseRequest:
    """What somebody wants to give to a partner."""

    partner: str
    """The partner's name as kept in the register."""
    level: str
    """table: protected tables; extract: rows about single people without names; identified: with names."""
    sources: tuple[str, ...]
    """Source kinds whose data are in it, `jail`, `ems` …"""
    people: tuple[int, ...] = ()
    """Person ids of the rows in it; looked at for extract and identified."""
    columns: tuple[str, ...] = ()
    data_classes: tuple[str, ...] = ()
    """What the columns tell, from `registers.consents.DATA_CLASSES`."""
    purpose: str | None = None
    """One of the agreement's; its first where None."""
    data_from: date | None = None
    """The earliest day of the data in it; None counts as before any consent."""
    month: str = ""
    break_glass: BreakGlass | None = None
    whole: tuple[str, ...] = ()
    """Where this asks about a part of a file only: the source kinds of the whole file, so that a yes to the file is one
    to each of its parts and to nothing beside it."""

    @property
    def fingerprint(self) -> str:
        """Stands for exactly this request, whoever is on the list by the time it is written."""
        said = [
            " ".join(self.partner.split()).casefold(), self.level, sorted({*self.sources, *self.whole}),
            sorted(self.columns),
            (self.purpose or "").casefold(), self.month, sorted(self.people) if self.level == "identified" else [],
        ]  # fmt: skip
        return hashlib.sha256(json.dumps(said).encode()).hexdigest()


@dataclass(frozen=True)
class Facts:
    """The registers and the moment, as far as they bear on one request."""

    now: datetime
    """UTC."""
    today: date
    partner: Partner | None
    agreements: tuple[Agreement, ...] = ()
    """All of the partner's."""
    sources: tuple[Source, ...] = ()
    onward: Mapping[int, str] = field(default_factory=dict)
    """Source number to the level its agency lets go on to this partner."""
    bases: Mapping[str, ApprovedBasis] = field(default_factory=dict)
    consents: Mapping[int, tuple[Consent, ...]] = field(default_factory=dict)
    """By person."""
    minors: frozenset[int] = frozenset()
    """People under 18 today."""
    asked: ShareRequest | None = None
    """The open request for exactly this."""
    one_person_office: bool = False
    review_overdue: bool = False
    """True where an emergency release waits for its review for more than 72 hours."""
    approvers: Mapping[int, Approver] = field(default_factory=dict)
    """Those who may approve now, by number."""
