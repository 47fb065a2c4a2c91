"""Removing one person's data for good, and taking a release of information back; each says who must be told."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date

from ddj_desktop.intake.erase import erase_rows
from ddj_desktop.kernel import clock
from ddj_desktop.registers import consents
from ddj_desktop.registers.consents import Consent, Terms
from ddj_desktop.registers.errors import NoSuchPerson, NotApproved
from ddj_desktop.store.lane import Lane
from ddj_desktop.store.sql import sql
from ddj_desktop.workflow.errors import UnknownGround
from ddj_desktop.workflow.line import Done, Step, changed_at
from ddj_desktop.workflow.project import Project
from ddj_desktop.workflow.proving import must_be_proved

GROUNDS = {
    "expunged": "the record was expunged",
    "sealed": "the record was sealed",
    "court_order": "a court ordered it",
    "retention": "the time for keeping it is over",
    "withdrawn": "the source took it back",
    "request": "the person asked for it",
}
"""Why data are erased; a choice, so that no free text can say who it was."""

_BY = {
    "record": ("record_id", "left_record", "right_record"),
    "person": ("person_id", "from_person", "to_person", "merged_into"),
    "contact": ("contact_id",),
}
"""Columns, in any table, that tie a line to a record, a person, a contact."""


@dataclass(frozen=True)
class Erased:
    """What was removed; nothing in it says whose."""

    erasure_id: int
    rows: int
    contacts: int
    records: int
    consents: int
    backups: int
    to_tell: tuple[str, ...]
    """Partners who received something on this person's release of information, their row with a name, or rows without
    names that may be theirs: they must be told to remove it."""


def erase_person(project: Project, lane: Lane, person_id: int, ground: str, authority: str) -> Done[Erased]:
    """Remove a person's rows, contacts, records, decisions and releases of information from the county file, and every
    earlier backup, since they hold them too. A new backup is made. It can not be undone.

    `authority` is who ordered it. If the source sends the person again, the rows come in again: have it stop. Raises
    NoSuchPerson, UnknownGround, NotApproved (no authority), PassphraseAgain.
    """
    must_be_proved(project)
    if ground not in GROUNDS:
        raise UnknownGround(ground=ground, known=", ".join(GROUNDS))
    if not authority.strip():
        raise NotApproved(thing="erasure")
    people = [every for now, every, _ in lane.rows(sql("workflow", "people_with_keys")) if now == person_id]
    records = [r for (r,) in lane.rows("SELECT record_id FROM person_record WHERE person_id = $p", p=person_id)]
    if not records:
        raise NoSuchPerson(number=person_id)
    with project.file.act(lane, "person erased", {"ground": ground}) as act:
        made = _erase(project, lane, people, records, ground, authority.strip())
        act.facts |= {"erasure_id": made.erasure_id, "rows": made.rows}
    before = project.file.backups.all()
    fresh = project.file.back_up("erasure")
    for backup in before:
        if backup.path != fresh:
            backup.path.unlink(missing_ok=True)
    return Done(changed_at(Step.IMPORTED), made)


def _erase(project: Project, lane: Lane, people: list[int], records: list[int], ground: str, authority: str) -> Erased:
    contacts = [c for (c,) in lane.rows(
        "SELECT contact_id FROM contact WHERE list_contains($records, record_id)", records=records
    )]  # fmt: skip
    signed = [c.consent_id for c in consents.all_consents(lane) if c.record_id in records]
    to_tell = {name for _, name, _ in consents.recipients_to_tell(lane, signed)}
    to_tell |= {name for (name,) in lane.rows(sql("workflow", "recipients_of_rows"), people=people)}
    rows = erase_rows(lane, records)
    for kind, ids in (("contact", contacts), ("record", records), ("person", people)):
        _remove_everywhere(lane, kind, ids)
    number = int(lane.value("SELECT coalesce(max(erasure_id), 0) + 1 FROM erasure"))
    made = Erased(
        number, rows, len(contacts), len(records), len(signed), len(project.file.backups.all()), tuple(sorted(to_tell))
    )
    lane.run(
        sql("workflow", "keep_erasure"), number=number, at=clock.now(), actor=project.actor, ground=ground,
        authority=authority, rows=rows, contacts=made.contacts, records=made.records, consents=made.consents,
        backups=made.backups, recipients=json.dumps(made.to_tell),
    )  # fmt: skip
    return made


def _remove_everywhere(lane: Lane, kind: str, ids: list[int]) -> None:
    """Remove the lines of these ids from every table of the file that has a column for them, whoever made the table."""
    found = lane.rows(sql("workflow", "tables_with_columns"), columns=list(_BY[kind]))
    for table, column in found:  # names of our own schema, never a file's
        lane.run(f"DELETE FROM {table} WHERE list_contains($ids, {column})", ids=ids)


def keep_consent(project: Project, lane: Lane, person_id: int, terms: Terms) -> Done[Consent]:
    """Keep a person's signed release of information. Raises the sentences of the register."""
    with project.file.act(lane, "release of information kept") as act:
        kept = consents.keep_consent(lane, person_id, terms, project.actor)
        act.facts |= {"consent_id": kept.consent_id, "until": terms.expires.isoformat()}
    return Done(changed_at(Step.REGISTERS), kept)


@dataclass(frozen=True)
class Revoked:
    """A release of information taken back, and what left under it before."""

    consent: Consent
    to_tell: tuple[tuple[int, str, date], ...]
    """Release number, recipient, day: who must be told."""


def revoke_consent(project: Project, lane: Lane, number: int, on: date, how: str) -> Done[Revoked]:
    """Take a release of information back from a day on: the gate lets nothing more go under it.

    Raises NoSuchConsent, AlreadyRevoked.
    """
    with project.file.act(lane, "release of information revoked", {"consent_id": number, "on": on.isoformat()}):
        kept = consents.revoke_consent(lane, number, on, how)
        told = tuple(consents.recipients_to_tell(lane, [number]))
    return Done(changed_at(Step.REGISTERS), Revoked(kept, told))
