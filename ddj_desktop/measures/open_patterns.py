"""From a number of the patterns of jail use to the contacts or people it counts, by the very rule that counted it."""

from __future__ import annotations

from typing import Any

from ddj_desktop.measures.jail import RETURN_LABELS
from ddj_desktop.measures.patterns import Patterns
from ddj_desktop.measures.stepping_up import connected
from ddj_desktop.store.lane import Lane

PATTERN_QUERIES = ("jail", "jail_bookings", "returns", "returned", "connected", "rebooked")


def open_patterns(lane: Lane, found: Patterns, query: str, values: dict[str, Any]) -> tuple[str, list[int]]:
    """('contacts' or 'people', their ids) behind a number, by the query and values of its key."""
    if query == "jail":
        return "contacts", found.contacts_of(values["table"], values["row"], values["side"])
    if query == "jail_bookings":
        return "contacts", found.bookings_of(values["which"], values["side"])
    if query == "connected":
        return "people", connected(lane, found)[1]
    releases = found.rebooked() if query == "rebooked" else found.releases(values.get("side", "known"))
    if query == "returns":
        chosen = releases.bins == RETURN_LABELS.index(values["row"])
    else:
        chosen = releases.back & (releases.days <= values.get("days", 365))
    return "people", [int(person) for person in releases.person[chosen]]
