"""Releases of information: what one person signed, for whom, for what, until when, and what the form must hold.

The checklist is that of 45 CFR 164.508(c) and 42 CFR 2.31(a) (rule of Feb 16, 2024). A consent is tied to a mention of
the person in a source, so that it follows the person through merges and splits; where the mention is gone, the consent
holds for nobody.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from ddj_desktop.kernel import clock
from ddj_desktop.kernel.dates import day_in_words
from ddj_desktop.registers.errors import (
    AlreadyRevoked,
    ConsentIncomplete,
    EndsBeforeStart,
    NoSuchConsent,
    NoSuchPerson,
    UnknownKind,
)
from ddj_desktop.registers.sources import SOURCE_KINDS
from ddj_desktop.store.lane import Lane
from ddj_desktop.store.sql import sql

FORM_VERSION = "DDJ 1"
DATA_CLASSES = {
    "identity": "name, birth date and sex",
    "contacts": "when and where services were used",
    "justice": "bookings, charges and custody",
    "health": "health care and ambulance",
    "mental_health": "mental health",
    "substance_use": "alcohol and drug use treatment",
    "housing": "housing and shelter",
}
"""What a person can agree to have shared, in plain words."""


@dataclass(frozen=True)
class Element:
    """One thing a signed form must hold: in plain words, where the law asks for it, and for which records."""

    words: str
    citation: str
    part2_only: bool = False


ELEMENTS: dict[str, Element] = {
    "person": Element("the person's name", "42 CFR 2.31(a)(1)"),
    "discloser": Element("who gives the information out", "45 CFR 164.508(c)(1)(ii), 42 CFR 2.31(a)(2)"),
    "description": Element("which information, specifically", "45 CFR 164.508(c)(1)(i), 42 CFR 2.31(a)(3)"),
    "recipients": Element("who receives it", "45 CFR 164.508(c)(1)(iii), 42 CFR 2.31(a)(4)"),
    "purpose": Element("what it is for", "45 CFR 164.508(c)(1)(iv), 42 CFR 2.31(a)(5)"),
    "revocation": Element("the right to revoke, and how", "45 CFR 164.508(c)(2)(i), 42 CFR 2.31(a)(6)"),
    "expiry": Element("the date or event it ends", "45 CFR 164.508(c)(1)(v), 42 CFR 2.31(a)(7)"),
    "signature": Element("the signature", "45 CFR 164.508(c)(1)(vi), 42 CFR 2.31(a)(8)"),
    "date": Element("the date it was signed", "45 CFR 164.508(c)(1)(vi), 42 CFR 2.31(a)(9)"),
    "authority": Element(
        "where another signs: who, and by what right", "45 CFR 164.508(c)(1)(vi), 42 CFR 2.31(a)(8)"
    ),
    "conditions": Element("whether services depend on signing", "45 CFR 164.508(c)(2)(ii)"),
    "redisclosure": Element("that the receiver may pass it on", "45 CFR 164.508(c)(2)(iii), 42 CFR 2.31(a)(4)(iii)"),
    "proceedings": Element(
        "that records are not used against the person in court", "42 CFR 2.31(a)(4)(iii), 2.31(d)", part2_only=True
    ),
}  # fmt: skip
"""In the order they stand on the form. `authority` is asked for only where somebody else signs."""


@dataclass(frozen=True)
class Terms:
    """What the signed paper says."""

    recipients: tuple[int, ...]
    """Partner numbers."""
    purposes: tuple[str, ...]
    data_classes: tuple[str, ...]
    sources: tuple[str, ...]
    """Source kinds."""
    expires: date
    signed_on: date | None
    elements: tuple[str, ...]
    """Names of the ELEMENTS the form holds."""
    covers_from: date | None = None
    """Earliest day of the data it covers; the day of signing where it says nothing."""
    expires_event: str | None = None
    minor: bool = False
    representative: str | None = None
    """Who signed for the person and by what right."""
    witness: str | None = None
    document_hash: str | None = None
    form_version: str = FORM_VERSION

    @property
    def earliest(self) -> date | None:
        """The first day of the data it covers: the day the form says, else that of its signing."""
        return self.covers_from or self.signed_on

    def reaches(self, day: date | None) -> bool:
        """True where data from that day on are covered."""
        return day is not None and self.earliest is not None and day >= self.earliest


@dataclass(frozen=True)
class Consent:
    """One release of information in the register."""

    consent_id: int
    record_id: int
    person_id: int | None
    """Who the mention belongs to now; None where it is gone."""
    terms: Terms
    kept_by: str
    revoked_on: date | None
    revoked_how: str | None

    def stands_on(self, day: date) -> bool:
        """True where it is signed by that day, not expired, and not revoked."""
        signed = self.terms.signed_on
        return (
            signed is not None
            and signed <= day <= self.terms.expires
            and (self.revoked_on is None or day < self.revoked_on)
        )


def missing_elements(elements: Collection[str], *, part2: bool, signed_by_other: bool) -> list[str]:
    """Names of the elements a form lacks, in the form's order."""
    wanted = [
        name for name, element in ELEMENTS.items()
        if (part2 or not element.part2_only) and (signed_by_other or name != "authority")
    ]  # fmt: skip
    return [name for name in wanted if name not in elements]


def is_complete(terms: Terms) -> bool:
    """True where the form holds every element its data ask for, and a minor's form was signed by somebody else too."""
    by_other = bool((terms.representative or "").strip())
    if terms.minor and not by_other:
        return False
    part2 = "substance_use" in terms.data_classes or "treatment" in terms.sources
    return not missing_elements(terms.elements, part2=part2, signed_by_other=by_other)


def keep_consent(lane: Lane, person_id: int, terms: Terms, actor: str) -> Consent:
    """Keep what a person signed. An incomplete form is kept and opens nothing, so that what is missing can be told.

    Raises NoSuchPerson, ConsentIncomplete (nothing said of recipients, purposes, classes or sources), UnknownKind,
    EndsBeforeStart.
    """
    records = lane.rows("SELECT min(record_id) FROM person_record WHERE person_id = $p", p=person_id)
    if records[0][0] is None:
        raise NoSuchPerson(number=person_id)
    _check(terms)
    number = int(lane.value("SELECT coalesce(max(consent_id), 0) + 1 FROM consent"))
    lane.run(
        sql("registers", "keep_consent"), number=number, record=records[0][0],
        recipients=json.dumps(list(terms.recipients)),
        purposes=json.dumps([_plain(p) for p in terms.purposes if p.strip()]),
        data_classes=json.dumps(list(terms.data_classes)), sources=json.dumps(list(terms.sources)),
        covers_from=terms.covers_from, signed_on=terms.signed_on, expires=terms.expires,
        expires_event=terms.expires_event, minor=terms.minor, representative=terms.representative,
        witness=terms.witness, form_version=terms.form_version, elements=json.dumps(list(terms.elements)),
        document_hash=terms.document_hash, actor=actor, at=clock.now(),
    )  # fmt: skip
    return consent_numbered(lane, number)


def _plain(purpose: str) -> str:
    return " ".join(purpose.split()).casefold()


def _check(terms: Terms) -> None:
    said: tuple[tuple[str, Sequence[object]], ...] = (
        ("recipients", terms.recipients), ("purposes", [p for p in terms.purposes if p.strip()]),
        ("kinds of information", terms.data_classes), ("sources", terms.sources),
    )  # fmt: skip
    for missing, there in said:
        if not there:
            raise ConsentIncomplete(missing=missing)
    for kind in terms.sources:
        if kind not in SOURCE_KINDS:
            raise UnknownKind(kind=kind, known=", ".join(SOURCE_KINDS))
    if any(name not in DATA_CLASSES for name in terms.data_classes):
        raise ConsentIncomplete(missing="kinds of information as the form names them")
    if terms.signed_on and terms.expires < terms.signed_on:
        raise EndsBeforeStart(starts=day_in_words(terms.signed_on), ends=day_in_words(terms.expires))


def revoke_consent(lane: Lane, number: int, on: date, how: str) -> Consent:
    """Revoke from a day on: nothing more leaves under it. What left before stays on record.

    Raises NoSuchConsent, AlreadyRevoked.
    """
    found = consent_numbered(lane, number)
    if found.revoked_on:
        raise AlreadyRevoked(number=number, day=day_in_words(found.revoked_on))
    lane.run(
        "UPDATE consent SET revoked_on = $on, revoked_how = $how WHERE consent_id = $number",
        on=on, how=how.strip() or None, number=number,
    )  # fmt: skip
    return consent_numbered(lane, number)


def all_consents(lane: Lane) -> list[Consent]:
    """Every release of information, newest first, with the person it belongs to now."""
    found = []
    for row in lane.dicts(sql("registers", "consents")):
        lists: dict[str, Any] = {name: tuple(json.loads(row.pop(name))) for name in _LISTS}
        own = {name: row.pop(name) for name in _OWN}
        found.append(Consent(terms=Terms(**lists, **row), **own))
    return found


_LISTS = ("recipients", "purposes", "data_classes", "sources", "elements")
_OWN = ("consent_id", "record_id", "person_id", "kept_by", "revoked_on", "revoked_how")


def consent_numbered(lane: Lane, number: int) -> Consent:
    """The release of information with that number. Raises NoSuchConsent."""
    found = next((kept for kept in all_consents(lane) if kept.consent_id == number), None)
    if found is None:
        raise NoSuchConsent(number=number)
    return found


def consents_ending(lane: Lane, on: date, days: int) -> list[Consent]:
    """Those that stand on that day and end within so many days after it, the first to end first."""
    due = [c for c in all_consents(lane) if c.stands_on(on) and c.terms.expires - on <= timedelta(days=days)]
    return sorted(due, key=lambda c: (c.terms.expires, c.consent_id))


def uses(lane: Lane, release_id: int, consent_ids: Collection[int]) -> None:
    """Keep that a release rested on these, inside the caller's transaction."""
    for number in sorted(consent_ids):
        lane.run("INSERT INTO consent_use VALUES ($release, $consent)", release=release_id, consent=number)


def recipients_to_tell(lane: Lane, consent_ids: Collection[int]) -> list[tuple[int, str, date]]:
    """Who received something under these: release number, recipient, day; oldest first."""
    found = lane.rows(sql("registers", "recipients_to_tell"), consents=sorted(consent_ids))
    return [(number, recipient, at.date()) for number, recipient, at in found]
