"""What the county keeps in its registers: one function each, each one act with its audit row."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from ddj_desktop.disclosure.errors import ColumnMayNotLeave
from ddj_desktop.disclosure.named_columns import agreed_columns
from ddj_desktop.registers.agreements import Agreement, add_agreement
from ddj_desktop.registers.partners import Partner, add_partner, put_aside
from ddj_desktop.registers.sources import Source, set_legal_class
from ddj_desktop.store.lane import Lane
from ddj_desktop.workflow.errors import CannotRead
from ddj_desktop.workflow.line import Done, Step, changed_at
from ddj_desktop.workflow.project import Project


def keep_partner(
    project: Project, lane: Lane, name: str, agency: str | None = None, contact: str | None = None
) -> Done[Partner]:
    """Add a partner, or bring what is kept of it up to date. Raises NoName."""
    with project.file.act(lane, "partner kept") as act:
        partner = add_partner(lane, name, agency, contact)
        act.facts["partner_id"] = partner.partner_id
    return Done(changed_at(Step.REGISTERS), partner)


def put_partner_aside(project: Project, lane: Lane, partner_id: int) -> Done[Partner]:
    """Stop sharing with a partner; what was shared stays on record. Raises NoSuchPartner."""
    with project.file.act(lane, "partner put aside", {"partner_id": partner_id}):
        partner = put_aside(lane, partner_id)
    return Done(changed_at(Step.REGISTERS), partner)


def keep_agreement(
    project: Project, lane: Lane, partner_id: int, *, title: str, level: str, purpose: str, sources: Sequence[str],
    starts: date, ends: date, signed_on: date | None, signatory: str | None, privacy_officer: str | None,
    columns: Sequence[str] = (), bases: Sequence[str] = (), document: Path | None = None,
    stable_months: int | None = None, least_count: int | None = None,
) -> Done[Agreement]:  # fmt: skip
    """Add an agreement as the paper has it. `document` is the file of the signed paper: its SHA-256 is kept, not the
    file. Raises CannotRead where it can not be read, ColumnMayNotLeave, and the sentences of the register."""
    known = agreed_columns(level)
    outside = [name for name in columns if name not in known]
    if outside:
        raise ColumnMayNotLeave(columns=", ".join(outside), known=", ".join(known))
    fingerprint = fingerprint_of(document) if document else None
    with project.file.act(lane, "agreement kept", {"partner_id": partner_id, "level": level}) as act:
        agreement = add_agreement(
            lane, partner_id, title=title, level=level, purpose=purpose, sources=sources, starts=starts, ends=ends,
            signed_on=signed_on, signatory=signatory, privacy_officer=privacy_officer, columns=columns, bases=bases,
            document_hash=fingerprint, stable_months=stable_months, least_count=least_count,
        )  # fmt: skip
        act.facts |= {
            "agreement_id": agreement.agreement_id,
            "stable_months": stable_months,
            "least_count": least_count,
        }
    return Done(changed_at(Step.REGISTERS), agreement)


def keep_legal_class(project: Project, lane: Lane, source_id: int, legal_class: str) -> Done[Source]:
    """Say which law a source's records are under. Raises NoSuchSource, UnknownLegalClass."""
    with project.file.act(lane, "legal class kept", {"source_id": source_id, "legal_class": legal_class}):
        source = set_legal_class(lane, source_id, legal_class)
    return Done(changed_at(Step.REGISTERS), source)


def fingerprint_of(document: Path) -> str:
    """SHA-256 of a signed paper's file. Raises CannotRead."""
    try:
        return hashlib.sha256(document.read_bytes()).hexdigest()
    except OSError:
        raise CannotRead(file=document.name) from None
