"""A county that may give rows about people to a partner: what the registers must hold for it."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from ddj_desktop.disclosure.extract_columns import COLUMNS
from ddj_desktop.kernel import clock
from ddj_desktop.registers.sources import all_sources
from ddj_desktop.store.lane import Lane
from ddj_desktop.workflow.governing import keep_agreement, keep_partner
from ddj_desktop.workflow.permissions import keep_basis, keep_onward
from ddj_desktop.workflow.project import Project

PARTNER = "State U."
MONTH_DAYS = timedelta(days=30)
BOOKED = """
name = "Anybody booked"
[[clause]]
count = "contacts"
sources = ["jail"]
op = ">="
value = 1
window = { trailing_months = 12 }
"""
"""A definition with enough people for a file of rows."""


def may_have_rows(
    project: Project, lane: Lane, paper: Path, columns: tuple[str, ...] = tuple(COLUMNS),
    stable_months: int | None = None, least_count: int | None = None,
) -> int:  # fmt: skip
    """Everything but the second person's yes. Gives the partner's number."""
    today = clock.today()
    partner = keep_partner(project, lane, PARTNER, "university", "data office").result.partner_id
    sources = all_sources(lane)
    paper.write_text("the signed paper", "utf-8")
    keep_agreement(
        project, lane, partner, title="DUA", level="extract", purpose="research", columns=columns,
        sources=tuple({source.kind for source in sources}), starts=today - MONTH_DAYS, ends=today + MONTH_DAYS,
        signed_on=today - MONTH_DAYS, signatory="A", privacy_officer="B", bases=("expert_determination",),
        document=paper, stable_months=stable_months, least_count=least_count,
    )  # fmt: skip
    for source in sources:
        keep_onward(project, lane, source.source_id, partner, "extract", "the agency's head", today)
    keep_basis(project, lane, "expert_determination", "B", date(2026, 1, 1), today + MONTH_DAYS, "ED-7")
    return partner
