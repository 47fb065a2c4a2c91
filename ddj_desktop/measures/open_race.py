"""From a number of the race tables to the people, contacts or records it counts."""

from __future__ import annotations

from typing import Any

from ddj_desktop.kernel.dates import Span
from ddj_desktop.measures.people import Everyone
from ddj_desktop.measures.race import NOT_RECORDED
from ddj_desktop.measures.race_tables import lists_of, standard_groups
from ddj_desktop.store.lane import Lane
from ddj_desktop.store.sql import sql

RACE_PEOPLE = ("race_by_rule", "race_standard", "race_pair")
"""Queries that open to people."""
RACE_ROWS = ("race_records", "race_at_contact")
"""Queries that open to rows of their own."""


def people_of_race(people: Everyone, query: str, values: dict[str, Any]) -> list[int]:
    """The people behind a number, by the query and values of its key."""
    said = people.said
    if query == "race_pair":
        left, right = said.by_source(values["one"]), said.by_source(values["other"])
        return sorted(
            person for person in left.keys() & right.keys()
            if values["left"] in ("", left[person]) and values["right"] in ("", right[person])
        )  # fmt: skip
    if query == "race_by_rule":
        settled = said.settled(values["rule"])
        groups, kind = values["group"].split("|"), values.get("kind", "")
        return [
            p.person_id for p in people.on_list
            if settled.get(p.person_id, NOT_RECORDED) in groups and (not kind or kind in p.kinds.split("+"))
        ]  # fmt: skip
    side = [p.person_id for p in people.people if p.on_list == (values["side"] == "list")]
    if values["standard"] == "named":
        return sorted(set(side) & set(said.named(values["group"]).tolist()))
    settled = standard_groups(said, values["standard"])
    return [person for person in side if settled.get(person, NOT_RECORDED) == values["group"]]


def rows_of_race(
    lane: Lane, people: Everyone, query: str, values: dict[str, Any], window: Span
) -> list[dict[str, Any]]:
    """The records or contacts behind a number, one line each."""
    chosen = [code for code in people.said.codes if code.group == values["group"]]
    if query == "race_records":
        chosen = [code for code in chosen if code.source_id == values["source_id"]]
        lists = lists_of(chosen)
        del lists["sources"]
        return lane.dicts(sql("measures", "rows_race_records"), source_id=values["source_id"], **lists)
    return lane.dicts(
        sql("measures", "rows_race_at_contact"), kind=values["kind"], first=window.first, last=window.last,
        **lists_of(chosen),
    )  # fmt: skip
