"""What the county keeps about its partners: each change is one act with its audit row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ddj_desktop.registers.agreements import Agreement, add_agreement
from ddj_desktop.registers.partners import add_partner
from ddj_desktop.store.lane import Lane
from ddj_desktop.workflow.line import Done, Step, changed_at
from ddj_desktop.workflow.project import Project


@dataclass(frozen=True)
class Terms:
    """An agreement as the paper has it."""

    partner: str
    title: str
    level: str
    """table, extract or identified."""
    purpose: str
    sources: Sequence[str]
    """Source kinds it covers."""
    starts: date
    ends: date
    signed_on: date | None
    signatory: str | None = None
    privacy_officer: str | None = None


def keep_agreement(project: Project, lane: Lane, terms: Terms) -> Done[Agreement]:
    """Keep an agreement with a partner; a partner that is new is kept too.

    Raises the sentences of the registers: NoName, UnknownLevel, UnknownKind, EndsBeforeStart, NoPurpose.
    """
    with project.file.act(lane, "agreement", {"partner": terms.partner.strip()}):
        partner = add_partner(lane, terms.partner)
        kept = add_agreement(
            lane, partner.partner_id, title=terms.title, level=terms.level, purpose=terms.purpose,
            sources=terms.sources, starts=terms.starts, ends=terms.ends, signed_on=terms.signed_on,
            signatory=terms.signatory, privacy_officer=terms.privacy_officer,
        )  # fmt: skip
    return Done(changed_at(Step.REGISTERS), kept)
