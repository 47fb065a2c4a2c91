"""Agreements and releases of information that end soon, so that they are renewed before something is refused."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ddj_desktop.kernel import clock
from ddj_desktop.registers.agreements import Agreement, all_agreements, due_within
from ddj_desktop.registers.consents import consents_ending
from ddj_desktop.registers.partners import all_partners
from ddj_desktop.store.lane import Lane

WARNS = (7, 30, 60)
"""Days before its end from which an agreement or a release of information is told to end soon, more urgently each
time (privacy reference 7)."""


@dataclass(frozen=True)
class Ending:
    """One that stands today and ends soon."""

    kind: str
    """agreement or release."""
    number: int
    title: str
    """The agreement's title; '' for a release of information, which is told by its number alone."""
    partner: str
    ends: date
    days: int
    """Days left; 0 on its last day."""

    @property
    def within(self) -> int:
        """The warning it has reached: 60, 30 or 7 days."""
        return next(days for days in WARNS if self.days <= days)


def endings(lane: Lane) -> list[Ending]:
    """What ends within 60 days, the first to end first; an agreement that was renewed is left out."""
    today, most = clock.today(), WARNS[-1]
    names = {partner.partner_id: partner.name for partner in all_partners(lane) if partner.active}
    kept = all_agreements(lane)
    found = [
        Ending("agreement", one.agreement_id, one.title, names[one.partner_id], one.ends, (one.ends - today).days)
        for one in due_within(lane, today, most)
        if one.partner_id in names and not any(_renews(other, one) for other in kept)
    ]
    found += [
        Ending("release", one.consent_id, "", "", one.terms.expires, (one.terms.expires - today).days)
        for one in consents_ending(lane, today, most)
    ]
    return sorted(found, key=lambda one: (one.ends, one.kind, one.number))


def _renews(other: Agreement, one: Agreement) -> bool:
    """True where the other goes on where this one ends, for the same partner, purposes and at least as much."""
    return (
        other.signed_on is not None
        and (other.partner_id, other.level, other.purposes) == (one.partner_id, one.level, one.purposes)
        and other.ends > one.ends
        and (other.starts - one.ends).days <= 1
        and set(one.sources) <= set(other.sources)
        and set(one.columns) <= set(other.columns)
    )
