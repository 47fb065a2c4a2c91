"""The one gate to a partner: denied unless every rule says yes (privacy reference 7).

What it checks at present: the partner is active; an agreement at that level is signed, in force today and names who
signed it and the privacy officer; it covers every source whose data are in it. Rows about single people do not leave
at all yet: the check of the written file that they would need is not there, and the refusal says so. Nothing opens
the gate from outside: no setting, no environment variable, no flag.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ddj_desktop.disclosure.errors import Refused
from ddj_desktop.kernel import clock
from ddj_desktop.kernel.dates import day_in_words
from ddj_desktop.kernel.errors import OurFault
from ddj_desktop.registers.agreements import LEVELS, Agreement, all_agreements
from ddj_desktop.registers.partners import Partner, all_partners
from ddj_desktop.registers.sources import all_sources
from ddj_desktop.store.lane import Lane

LEAST_PEOPLE = 55
"""Five classes of eleven: with fewer people no file of single people can be safe (privacy reference 1.6)."""
OFFICER = "The privacy officer can mend this"

_KEY = object()


@dataclass(frozen=True)
class ReleaseRequest:
    """What somebody wants to give to a partner."""

    partner: str
    """The partner's name as kept in the register."""
    level: str
    """table: protected tables; extract: rows about single people without names; identified: with names."""
    sources: tuple[str, ...]
    """Source kinds whose data are in it, `jail`, `ems` …"""
    people: int = 0
    """How many people's rows are in it; looked at for extract and identified."""


@dataclass(frozen=True)
class Permit:
    """The gate's yes: for this partner, under this agreement, on this day. Only the gate can make one."""

    request: ReleaseRequest
    partner_id: int
    partner: str
    """Its name as the register has it."""
    agreement_id: int
    agreement: str
    purpose: str
    on: date
    key: object = None

    def __post_init__(self) -> None:
        if self.key is not _KEY:
            raise OurFault(what="a permit was made outside the gate")


def release(lane: Lane, request: ReleaseRequest) -> Permit:
    """Ask the gate. Reads only, so ask again inside the transaction that writes: things may have changed.

    Raises Refused, whose sentence names the rule and who can mend it.
    """
    partner = _partner(lane, request.partner)
    if request.level not in LEVELS:
        raise Refused(
            rule=f"There is no level of sharing called {request.level!r}.", mend=f"Choose one of {', '.join(LEVELS)}."
        )
    agreement = _agreement(lane, partner, request.level, clock.today())
    _covered(lane, partner, agreement, request)
    if request.level != "table":
        _rows_of_people(lane, request)
    return Permit(
        request,
        partner.partner_id,
        partner.name,
        agreement.agreement_id,
        agreement.title,
        agreement.purpose,
        clock.today(),
        key=_KEY,
    )


def _partner(lane: Lane, name: str) -> Partner:
    wanted = " ".join(name.split()).casefold()
    found = next((kept for kept in all_partners(lane) if kept.name.casefold() == wanted), None)
    if found is None:
        raise Refused(
            rule=f"{name} is not in the register of partners.", mend="The coordinator can add it, with its agreement."
        )
    if not found.active:
        raise Refused(rule=f"{found.name} was put aside as a partner.", mend=f"{OFFICER} by taking it up again.")
    return found


def _agreement(lane: Lane, partner: Partner, level: str, today: date) -> Agreement:
    """The agreement under which it may go: at this level or a wider one, signed, in force, with both names on it."""
    kept = all_agreements(lane, partner.partner_id)
    at_level = [found for found in kept if LEVELS.index(found.level) >= LEVELS.index(level)]
    if not at_level:
        have = "has no agreement" if not kept else f"has no agreement that allows {_level_words(level)}"
        raise Refused(rule=f"{partner.name} {have}.", mend=f"{OFFICER} by signing one with them.")
    standing = [found for found in at_level if found.stands_on(today)]
    if not standing:
        raise Refused(rule=_why_none_stands(partner, at_level[0], today), mend=f"{OFFICER} with {partner.name}.")
    named = [found for found in standing if (found.signatory or "").strip() and (found.privacy_officer or "").strip()]
    if not named:
        raise Refused(
            rule=f"The agreement “{standing[0].title}” does not say who signed it and who the privacy officer is.",
            mend=f"{OFFICER} by writing both names into the register.",
        )
    return min(named, key=lambda found: (LEVELS.index(found.level), -found.agreement_id))


def _why_none_stands(partner: Partner, agreement: Agreement, today: date) -> str:
    title = f"The agreement “{agreement.title}” with {partner.name}"
    if agreement.signed_on is None or agreement.signed_on > today:
        return f"{title} is not signed yet."
    if today < agreement.starts:
        return f"{title} begins on {day_in_words(agreement.starts)}."
    return f"{title} ended on {day_in_words(agreement.ends)}."


def _covered(lane: Lane, partner: Partner, agreement: Agreement, request: ReleaseRequest) -> None:
    if not request.sources:
        raise Refused(rule="It is not said whose data would leave.", mend="The coordinator can name the sources.")
    outside = [kind for kind in dict.fromkeys(request.sources) if kind not in agreement.sources]
    if outside:
        words = ", ".join(kind.replace("_", " ") for kind in outside)
        raise Refused(
            rule=f"The agreement “{agreement.title}” with {partner.name} does not cover these sources: {words}.",
            mend=f"{OFFICER} by extending the agreement; or leave those sources out.",
        )


def _rows_of_people(lane: Lane, request: ReleaseRequest) -> None:
    """What stands between rows about single people and the door, the hardest rule first."""
    part2 = [source.name for source in all_sources(lane)
             if source.legal_class == "part2" and source.kind in request.sources]  # fmt: skip
    if part2:
        raise Refused(
            rule=f"{', '.join(part2)} is under 42 CFR Part 2: rows about single people leave only with each one's "
            "written consent, and no consent is on file.",
            mend="The privacy officer can record consents; or leave that source out.",
        )
    if request.level == "extract" and request.people < LEAST_PEOPLE:
        raise Refused(
            rule=f"A file of rows about single people needs at least {LEAST_PEOPLE} people, and this one has fewer.",
            mend="Nobody can waive this; share tables instead.",
        )
    if request.level == "identified":
        raise Refused(
            rule="Names leave only with a signed release of information of each person, and none is on file.",
            mend="The privacy officer can record releases; or share tables instead.",
        )
    raise Refused(
        rule="Rows about single people leave only after every combination of what they say is shown to fit at least "
        "11 people, and this version can not check that yet.",
        mend="Share tables instead, or ask the privacy officer to wait for the version that can.",
    )


def _level_words(level: str) -> str:
    return {"table": "tables", "extract": "rows about single people", "identified": "names"}[level]
