"""One person's contacts on a line of time: lanes by source, stays as bars, contacts as marks, what lay around each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from ddj_desktop.cohort.standing import Standing
from ddj_desktop.kernel.dates import Span, day_in_words, trailing_days, trailing_months
from ddj_desktop.screens.wording import many, sentence_case

ZOOMS = ("30 days", "12 months", "All")
AROUND = 7
"""Days before the start and after the end of a contact in which others are told."""
SHAPES = {
    "ems": "triangle", "dispatch": "circle", "arrest": "square", "hospital": "diamond", "co_responder": "cross",
    "court": "line",
}  # fmt: skip
"""The mark of a contact without length, by source kind, so that none is told by colour alone."""
_HELD = {"jail": "in jail", "shelter": "in shelter", "treatment": "in treatment", "probation": "on probation"}


@dataclass(frozen=True)
class Event:
    """One contact on the line."""

    contact_id: int
    lane: str
    source_kind: str
    kind: str
    first: date
    last: date
    """The day it ended, or the last day shown where it had not."""
    open: bool
    has_length: bool
    words: str
    """`Oct 2, 2026 to Oct 6, 2026, jail, booking, 5 days, charge: trespass`."""

    @property
    def shape(self) -> str:
        """bar for a stay, else the mark of its kind of source."""
        return "bar" if self.has_length else SHAPES.get(self.source_kind, "circle")


def events_of(contacts: Iterable[Mapping[str, Any]], today: date) -> list[Event]:
    """The contacts of a person's page, in order of time. A stay without an end lasts to `today`, and is said to."""
    found = [_event(line, today) for line in contacts]
    return sorted(found, key=lambda event: (event.first, event.lane, event.contact_id))


def _event(line: Mapping[str, Any], today: date) -> Event:
    first, ends, length = line["starts"].date(), line["ends"], bool(line["has_length"])
    still = length and ends is None
    last = max(first, today if still else ends.date() if ends is not None and length else first)
    parts = [day_in_words(first) if last == first else f"{day_in_words(first)} to {day_in_words(last)}"]
    parts += [str(line["source"]), sentence_case(str(line["kind"])).lower()]
    if length:
        parts.append(many((last - first).days + 1, "day", "days") + (" so far, not ended" if still else ""))
    if line.get("charges"):
        parts.append(f"charge: {line['charges']}")
    return Event(
        int(line["contact_id"]), str(line["source"]), str(line["source_kind"]), str(line["kind"]), first, last, still,
        length, ", ".join(parts),
    )  # fmt: skip


def lanes_of(events: Sequence[Event]) -> list[str]:
    """The sources in the order in which they first saw the person."""
    return list(dict.fromkeys(event.lane for event in events))


def span_shown(events: Sequence[Event], zoom: str, until: date) -> Span:
    """The days to show up to `until`: the last 30, the last 12 months, or from the first contact on."""
    if zoom == ZOOMS[0]:
        return trailing_days(until, 30)
    year = trailing_months(until, 12)
    if zoom == ZOOMS[1] or not events:
        return year
    return Span(min(event.first for event in events), max(until, max(event.last for event in events)))


def step(events: Sequence[Event], current: int, by: int, shown: Span) -> int:
    """The place of the event before or after the current one among those shown; the current one at the end of them."""
    inside = [place for place, event in enumerate(events) if event.last >= shown.first and event.first <= shown.last]
    if not inside:
        return -1
    if current not in inside:
        return inside[-1] if by < 0 or current > inside[-1] else inside[0]
    return inside[min(max(inside.index(current) + by, 0), len(inside) - 1)]


@dataclass(frozen=True)
class Around:
    """What lay around one contact of a kind that has a beginning and an end."""

    event: Event
    before: tuple[str, ...]
    """`3 days before: EMS, run`, nearest first."""
    after: tuple[str, ...]
    """`the same day: 911, call`, `2 days after: …`, nearest first; empty for a stay that has not ended."""


def around(events: Sequence[Event], source_kind: str = "jail") -> list[Around]:
    """For each stay of a kind of source, the newest first: the other contacts in the seven days before it began, those
    that were under way then, and those in the seven days after it ended."""
    found = []
    for event in sorted((e for e in events if e.source_kind == source_kind), key=lambda e: e.first, reverse=True):
        others = [other for other in events if other.contact_id != event.contact_id]
        before = [(_apart(other.last, event.first), other) for other in others if other.first <= event.first]
        after = [((other.first - event.last).days, other) for other in others if other.first > event.first]
        found.append(
            Around(
                event,
                tuple(_told(days, other, "before") for days, other in sorted(before, key=_near) if days <= AROUND),
                ()
                if event.open
                else tuple(
                    _told(days, other, "after") for days, other in sorted(after, key=_near) if 0 <= days <= AROUND
                ),
            )
        )
    return found


def _apart(ended: date, began: date) -> int:
    return max(0, (began - ended) // timedelta(days=1))


def _near(pair: tuple[int, Event]) -> tuple[int, int]:
    return pair[0], pair[1].contact_id


def _told(days: int, event: Event, side: str) -> str:
    when = "the same day" if days == 0 else f"{many(days, 'day', 'days')} {side}"
    if event.has_length and side == "before" and days == 0:
        when = _HELD.get(event.source_kind, "under way")
    return f"{when}: {event.lane}, {sentence_case(event.kind).lower()}"


def standing_words(found: Standing | None, definition: str) -> str:
    """`On the list of October 2026 since August 2026 under Pine County definition, version 3: 5 jail bookings …`."""
    if found is None:
        return "No definition is kept yet, so nobody is on a list."
    month = found.month.in_words()
    if not found.why:
        return f"No contact by the end of {month}."
    if not found.on_list:
        return f"Not on the list of {month} under {definition}: {found.why}."
    if found.since == found.month:
        since = "newly"
    else:
        since = f"since {found.since.in_words()}{' or longer' if found.at_least_since else ''}" if found.since else ""
    return f"On the list of {month}, {since}, under {definition}: {found.why}."
