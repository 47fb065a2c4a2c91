"""People somebody met after a source had said they were dead: two people taken for one, or a mistaken death."""

from __future__ import annotations

from ddj_desktop.store.lane import Lane
from ddj_desktop.store.sql import sql


def met_after_death(lane: Lane) -> dict[int, int]:
    """For each such person how many contacts began on a later day than the first death told of: bookings, arrests,
    runs, calls, visits and stays. A court or probation file may speak of the dead."""
    deaths = lane.rows(sql("cohort", "deaths"))
    if not deaths:
        return {}
    contacts, days = ("[" + ",".join(map(str, column)) + "]" for column in zip(*deaths, strict=True))
    found = lane.rows(sql("cohort", "after_death"), contacts=contacts, days=days)
    return {int(person): int(times) for person, times in found}
