"""How far an agency lets its source's data go on to a partner. Tables may go under an agreement; rows need its word."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ddj_desktop.registers.agreements import LEVELS
from ddj_desktop.registers.errors import NotApproved, UnknownLevel
from ddj_desktop.registers.partners import partner_numbered
from ddj_desktop.registers.sources import source_numbered
from ddj_desktop.store.lane import Lane


@dataclass(frozen=True)
class Onward:
    """What one source's agency lets one partner have."""

    source_id: int
    partner_id: int
    level: str
    """The widest level, of table, extract, identified."""
    stated_by: str
    stated_on: date


def allow_onward(lane: Lane, source_id: int, partner_id: int, level: str, *, stated_by: str, stated_on: date) -> Onward:
    """Keep the agency's word; an earlier one for the same source and partner is replaced.

    Raises NoSuchSource, NoSuchPartner, UnknownLevel, NotApproved (no name).
    """
    source_numbered(lane, source_id)
    partner_numbered(lane, partner_id)
    if level not in LEVELS:
        raise UnknownLevel(level=level)
    if not stated_by.strip():
        raise NotApproved(thing="agency's permission")
    lane.run("DELETE FROM onward WHERE source_id = $s AND partner_id = $p", s=source_id, p=partner_id)
    kept = Onward(source_id, partner_id, level, stated_by.strip(), stated_on)
    lane.run(
        "INSERT INTO onward VALUES ($s, $p, $level, $by, $on)",
        s=source_id, p=partner_id, level=level, by=kept.stated_by, on=stated_on,
    )  # fmt: skip
    return kept


def onward_to(lane: Lane, partner_id: int) -> dict[int, Onward]:
    """What agencies let the partner have, by source number; a source without a line lets tables go."""
    found = lane.rows(
        "SELECT source_id, partner_id, level, stated_by, stated_on FROM onward WHERE partner_id = $p", p=partner_id
    )
    return {row[0]: Onward(*row) for row in found}
