"""Of how many people on the list a system's own records do not say a fixed trait: what tells whether its agency would
learn it from a table of that trait."""

from __future__ import annotations

from ddj_desktop.measures.frame import Frame
from ddj_desktop.measures.people import Everyone
from ddj_desktop.measures.use import kinds_of
from ddj_desktop.store.lane import Lane
from ddj_desktop.store.sql import sql


def silent(lane: Lane, frame: Frame, people: Everyone) -> dict[tuple[str, str], int]:
    """By the table of a fixed trait and the kind of source: people on the list of whom no record of that kind says
    it clearly."""
    members = frozenset(frame.members)
    sexes: dict[str, int] = dict(lane.rows(sql("measures", "sex_said"), members=frame.members))
    found = {}
    for kind in kinds_of(frame):
        named = {person for one in frame.sources_of(kind) for person in people.said.by_source(one.source.source_id)}
        found["by_sex", kind] = len(members) - int(sexes.get(kind, 0))
        found["by_race", kind] = len(members - named)
    return found
