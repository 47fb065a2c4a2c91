"""What the gate looks at, read from the registers at the moment it is asked."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta

from ddj_desktop.disclosure.request import Facts, ReleaseRequest
from ddj_desktop.kernel import clock
from ddj_desktop.kernel.dates import minus_months
from ddj_desktop.registers.agreements import all_agreements
from ddj_desktop.registers.approvers import active_approvers
from ddj_desktop.registers.bases import approved_bases
from ddj_desktop.registers.consents import Consent, all_consents
from ddj_desktop.registers.onward import onward_to
from ddj_desktop.registers.partners import Partner, all_partners
from ddj_desktop.registers.requests import open_request
from ddj_desktop.registers.sources import all_sources
from ddj_desktop.store.lane import Lane
from ddj_desktop.store.sql import sql

REVIEW_WITHIN = timedelta(hours=72)
ONE_PERSON_OFFICE = "one_person_office"
"""Name of the setting; its value is yes or no."""
_ADULT_MONTHS = 18 * 12


def gather(lane: Lane, request: ReleaseRequest) -> Facts:
    """The facts about one request. Rows about people need more of them than tables."""
    now, today = clock.now(), clock.today()
    partner = _partner(lane, request.partner)
    if partner is None:
        return Facts(now, today, None)
    agreements = tuple(all_agreements(lane, partner.partner_id))
    if request.level == "table":
        return Facts(now, today, partner, agreements)
    office = lane.rows("SELECT 1 FROM setting WHERE name = $name AND value = 'yes'", name=ONE_PERSON_OFFICE)
    waiting = lane.value(
        "SELECT count(*) FROM break_glass WHERE reviewed_at IS NULL AND done_at < $since", since=now - REVIEW_WITHIN
    )
    minors = lane.rows(
        sql("disclosure", "minors"), people=list(request.people), since=minus_months(today, _ADULT_MONTHS)
    )
    return Facts(
        now=now,
        today=today,
        partner=partner,
        agreements=agreements,
        sources=tuple(all_sources(lane)),
        onward={source: kept.level for source, kept in onward_to(lane, partner.partner_id).items()},
        bases={kept.basis: kept for kept in approved_bases(lane)},
        consents=_by_person(lane),
        minors=frozenset(person for (person,) in minors),
        asked=open_request(lane, request.fingerprint),
        one_person_office=bool(office),
        approvers={kept.approver_id: kept for kept in active_approvers(lane)},
        review_overdue=waiting > 0,
    )


def _partner(lane: Lane, name: str) -> Partner | None:
    wanted = " ".join(name.split()).casefold()
    return next((kept for kept in all_partners(lane) if kept.name.casefold() == wanted), None)


def _by_person(lane: Lane) -> dict[int, tuple[Consent, ...]]:
    found: dict[int, list[Consent]] = defaultdict(list)
    for consent in all_consents(lane):
        if consent.person_id is not None:
            found[consent.person_id].append(consent)
    return {person: tuple(consents) for person, consents in found.items()}
