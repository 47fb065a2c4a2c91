"""One person on paper for the county's own care team."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ddj_desktop.disclosure.ledger import record_release
from ddj_desktop.kernel import clock
from ddj_desktop.kernel.dates import minus_months, trailing_months
from ddj_desktop.kernel.errors import Misuse
from ddj_desktop.outputs.care_paper import CareFacts, write_care_paper
from ddj_desktop.outputs.wording import place_words
from ddj_desktop.registers.agreements import standing_agreements
from ddj_desktop.registers.consents import all_consents, uses
from ddj_desktop.registers.errors import NoSuchPerson
from ddj_desktop.registers.partners import Partner, all_partners, partner
from ddj_desktop.registers.protection import opens, protection_of
from ddj_desktop.registers.sources import Source, all_sources
from ddj_desktop.store.lane import Lane
from ddj_desktop.store.sql import sql
from ddj_desktop.workflow.errors import NoCareAgreement
from ddj_desktop.workflow.line import Done, Step, changed_at
from ddj_desktop.workflow.lists import person
from ddj_desktop.workflow.project import Project
from ddj_desktop.workflow.proving import must_be_proved
from ddj_desktop.workflow.staging import staged

MONTHS = 12
_ADULT_MONTHS = 18 * 12


@dataclass(frozen=True)
class CareMade:
    """The paper, its line in the ledger, and how many contacts it holds."""

    file: Path
    release_id: int
    contacts: int


def care_partners(lane: Lane) -> list[str]:
    """Partners with whom an agreement is in force today: whom a care team's paper can be for."""
    today = clock.today()
    return [one.name for one in all_partners(lane) if one.active and standing_agreements(lane, one.partner_id, today)]


def write_care(
    project: Project, lane: Lane, person_id: int, partner_name: str, purpose: str, folder: Path
) -> Done[CareMade]:
    """Write one person's contacts of twelve months for the care team that works under an agreement with a partner.

    Records under special protection stand on it only where the person's releases open them. Raises Misuse (no purpose),
    NoSuchPartner, NoCareAgreement, NoSuchPerson, PassphraseAgain.
    """
    must_be_proved(project)
    purpose = " ".join(purpose.split())
    if not purpose:
        raise Misuse(what="Say what the paper is for: it holds a name, and the purpose is kept in the log.")
    today, receiver = clock.today(), partner(lane, partner_name)
    agreements = standing_agreements(lane, receiver.partner_id, today)
    if not receiver.active or not agreements:
        raise NoCareAgreement(partner=receiver.name)
    page = person(lane, person_id)
    if not page.records:
        raise NoSuchPerson(number=person_id)
    year = trailing_months(today, MONTHS)
    sources = {source.name: source for source in all_sources(lane)}
    lately = [line for line in page.contacts if year.first <= line["starts"].date() <= year.last]
    shown, consents = _open_to(lane, person_id, receiver, purpose, lately, sources)
    named = {line["source"] for line in shown} | {name for name, one in sources.items() if not protection_of(one)}
    where = place_words(project.county.name, project.county.state)
    facts = CareFacts(
        where, receiver.name, agreements[0].title, purpose, year, today,
        [line for line in page.records if line["source"] in named], shown,
        any(sources[line["source"]].legal_class == "part2" for line in shown),
    )  # fmt: skip
    with staged(folder) as place:
        name = f"Care team {clock.wall():%Y-%m-%d %H%M%S}.pdf"
        write_care_paper(facts, project.is_demo, place.inside / name)
        with project.file.act(lane, "care team paper written") as act:
            number = record_release(
                lane, actor=project.actor, kind="care_team", recipient=receiver.name, level="identified",
                reason=purpose, files=place.described(),
            )  # fmt: skip
            uses(lane, number, consents)
            act.facts |= {"release_id": number, "person_id": person_id, "partner_id": receiver.partner_id}
        (path,) = place.name_all()
    return Done(changed_at(Step.RELEASED), CareMade(path, number, len(shown)))


def _open_to(
    lane: Lane, person_id: int, receiver: Partner, purpose: str, contacts: Sequence[Mapping[str, Any]],
    sources: Mapping[str, Source],
) -> tuple[list[Mapping[str, Any]], set[int]]:  # fmt: skip
    """The contacts that may stand on the paper, and the releases of information the protected ones rest on."""
    today = clock.today()
    young = lane.rows(sql("disclosure", "minors"), people=[person_id], since=minus_months(today, _ADULT_MONTHS))
    signed = [one for one in all_consents(lane) if one.person_id == person_id]
    shown, rests_on = [], set()
    for line in contacts:
        source, day = sources[line["source"]], line["starts"].date()
        good = [
            one.consent_id for one in signed
            if opens(one, source, receiver.partner_id, purpose, day, today, minor=bool(young))
        ]  # fmt: skip
        if good or not protection_of(source):
            shown.append(line)
            rests_on.update(good)
    return shown, rests_on
