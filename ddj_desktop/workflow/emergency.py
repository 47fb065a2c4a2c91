"""Breaking the glass: one person's contacts on one paper, in imminent danger, without agreement or consent.

The passphrase is entered again, the reason is kept, and until somebody else reviews it within 72 hours the Govern
page says so; after that no rows about people leave at all. The paper is to be handed over, not mailed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from ddj_desktop.disclosure.gate import release
from ddj_desktop.disclosure.ledger import record_release
from ddj_desktop.disclosure.request import BreakGlass, ReleaseRequest
from ddj_desktop.kernel import clock
from ddj_desktop.kernel.dates import minus_months
from ddj_desktop.outputs.emergency_paper import EmergencyFacts, write_emergency_paper
from ddj_desktop.outputs.wording import place_words
from ddj_desktop.registers.errors import NoSuchPerson, NoSuchRequest, NotApproved
from ddj_desktop.registers.sources import all_sources
from ddj_desktop.store import audit
from ddj_desktop.store.audit import Fact
from ddj_desktop.store.lane import Lane
from ddj_desktop.store.sql import sql
from ddj_desktop.workflow.approving import SecondPerson, second_person
from ddj_desktop.workflow.line import Done, Step, changed_at
from ddj_desktop.workflow.lists import person
from ddj_desktop.workflow.project import Project
from ddj_desktop.workflow.proving import prove
from ddj_desktop.workflow.refusals import refusals_logged
from ddj_desktop.workflow.staging import staged


@dataclass(frozen=True)
class Broken:
    """What was made, and what must follow."""

    file: Path
    break_id: int
    release_id: int


def break_glass(
    project: Project, lane: Lane, partner: str, person_id: int, reason: str, passphrase: str, folder: Path
) -> Done[Broken]:
    """Write one person's contacts for a partner in imminent danger (45 CFR 164.512(j), 42 CFR 2.51).

    Raises WrongPassphrase, TooManyPassphrases, NoSuchPerson, and Refused (the danger not said, a victim services
    source, an earlier one not reviewed, a partner not in the register).
    """
    prove(project, lane, passphrase)
    found = person(lane, person_id)
    if not found.contacts:
        raise NoSuchPerson(number=person_id)
    recent = _of_twelve_months(found.contacts)
    kinds = tuple(sorted({str(contact["source_kind"]) for contact in recent}))
    request = ReleaseRequest(
        partner, "identified", kinds, (person_id,), break_glass=BreakGlass(reason, passphrase_again=True)
    )
    with refusals_logged(project, lane, "identified"):
        permit = release(lane, request)
    with staged(folder) as place:
        name = f"Emergency release {clock.wall():%Y-%m-%d %H%M}.pdf"
        under_part2 = {source.kind for source in all_sources(lane) if source.legal_class == "part2"}
        facts = EmergencyFacts(
            place_words(project.county.name, project.county.state), reason.strip(), clock.wall(), project.actor,
            len(found.contacts), bool(under_part2 & set(kinds)), audit.head(lane), project.is_demo,
        )  # fmt: skip
        write_emergency_paper(permit, facts, found.records, recent, place.inside / name)
        with project.file.act(lane, "glass broken") as act:
            permit = release(lane, request)
            number = record_release(
                lane, actor=project.actor, kind="emergency", recipient=permit.partner, level="identified",
                reason="imminent danger", files=place.described(),
            )  # fmt: skip
            break_id = int(lane.value("SELECT coalesce(max(break_id), 0) + 1 FROM break_glass"))
            lane.run(
                "INSERT INTO break_glass (break_id, partner_id, reason, actor, done_at, release_id) "
                "VALUES ($id, $partner, $reason, $actor, $at, $release)",
                id=break_id, partner=permit.partner_id, reason=reason.strip(), actor=project.actor, at=clock.now(),
                release=number,
            )  # fmt: skip
            act.facts |= {"break_id": break_id, "release_id": number, "partner_id": permit.partner_id}
        (path,) = place.name_all()
    return Done(changed_at(Step.RELEASED), Broken(path, break_id, number))


def _of_twelve_months(contacts: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Those of the twelve months to the newest one: more is not needed for the danger (45 CFR 164.502(b))."""
    since = minus_months(contacts[0]["starts"].date(), 12)
    return [contact for contact in contacts if contact["starts"].date() > since]


@dataclass(frozen=True)
class Waiting:
    """An emergency release that nobody reviewed yet."""

    break_id: int
    partner_id: int
    reason: str
    actor: str
    done_at: datetime


def to_review(lane: Lane) -> list[Waiting]:
    """Emergency releases that wait for their review, oldest first."""
    return [Waiting(*row) for row in lane.rows(
        "SELECT break_id, partner_id, reason, actor, done_at FROM break_glass WHERE reviewed_at IS NULL ORDER BY 1"
    )]  # fmt: skip


def review_break(project: Project, lane: Lane, break_id: int, finding: str, who: SecondPerson) -> Done[None]:
    """Keep what an approver's review found. Raises NoSuchRequest, NotApproved (no finding), and what `second_person`
    raises: SamePerson for the one who broke the glass."""
    found = next((one for one in to_review(lane) if one.break_id == break_id), None)
    if found is None:
        raise NoSuchRequest(number=break_id)
    if not finding.strip():
        raise NotApproved(thing="review, nor what it found")
    approver = second_person(project, lane, who, found.actor)
    facts: dict[str, Fact] = {"break_id": break_id, "approver_id": approver.approver_id}
    with project.file.act(lane, "emergency release reviewed", facts):
        lane.run(
            sql("workflow", "keep_review"), by=approver.name, at=clock.now(), finding=finding.strip(),
            reviewer=approver.approver_id, id=break_id,
        )  # fmt: skip
    return Done(changed_at(Step.REGISTERS), None)
