"""A person's contacts as a line of time: what each event says, what is shown, what lay around a booking."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from ddj_desktop.cohort.standing import Standing
from ddj_desktop.kernel.dates import Month, Span
from ddj_desktop.screens.timeline import around, events_of, lanes_of, span_shown, standing_words, step

TODAY = date(2026, 11, 3)


def contact(number: int, source: str, kind: str, starts: datetime, ends: datetime | None = None,
            length: bool = False, what: str = "x", charges: str | None = None) -> dict[str, Any]:  # fmt: skip
    return {
        "contact_id": number, "source": source, "source_kind": kind, "kind": what, "starts": starts, "ends": ends,
        "has_length": length, "charges": charges,
    }  # fmt: skip


LINES = [
    contact(1, "County Jail", "jail", datetime(2026, 10, 2, 22), datetime(2026, 10, 6, 8), True, "booking", "trespass"),
    contact(2, "EMS", "ems", datetime(2026, 9, 29, 3), what="run"),
    contact(3, "EMS", "ems", datetime(2026, 10, 6, 20), what="run"),
    contact(4, "911", "dispatch", datetime(2026, 9, 24, 3), what="call"),
    contact(5, "Shelter", "shelter", datetime(2026, 9, 1), datetime(2026, 10, 2), True, "stay"),
    contact(6, "County Jail", "jail", datetime(2026, 10, 20, 9), None, True, "booking"),
    contact(7, "911", "dispatch", datetime(2026, 10, 14, 9), what="call"),
]


def test_each_event_says_itself_in_words() -> None:
    events = events_of(LINES, TODAY)
    assert [event.contact_id for event in events] == [5, 4, 2, 1, 3, 7, 6]
    assert lanes_of(events) == ["Shelter", "911", "EMS", "County Jail"]
    said = {event.contact_id: event.words for event in events}
    assert said[1] == "Oct 2, 2026 to Oct 6, 2026, County Jail, booking, 5 days, charge: trespass"
    assert said[6] == "Oct 20, 2026 to Nov 3, 2026, County Jail, booking, 15 days so far, not ended"
    assert said[2] == "Sep 29, 2026, EMS, run"
    assert {event.lane: event.shape for event in events} == {
        "Shelter": "bar", "County Jail": "bar", "EMS": "triangle", "911": "circle",
    }  # fmt: skip


def test_what_lay_around_each_booking() -> None:
    """Seven days before the start, seven after the end, counted in days on the calendar; nearest first."""
    second, first = around(events_of(LINES, TODAY))
    assert first.event.contact_id == 1
    assert first.before == ("in shelter: Shelter, stay", "3 days before: EMS, run")  # the call was 8 days before
    assert first.after == ("the same day: EMS, run",)
    assert second.event.open
    assert second.before == ("6 days before: 911, call",)
    assert second.after == ()


def test_zoom_and_steps() -> None:
    events = events_of(LINES, TODAY)
    month = span_shown(events, "30 days", date(2026, 10, 31))
    assert month == Span(date(2026, 10, 2), date(2026, 10, 31))
    assert span_shown(events, "12 months", date(2026, 10, 31)) == Span(date(2025, 11, 1), date(2026, 10, 31))
    assert span_shown(events, "All", date(2026, 10, 31)) == Span(date(2026, 9, 1), TODAY)
    walked, at = [], step(events, -1, 1, month)
    for _ in range(9):
        walked.append(events[at].contact_id)
        at = step(events, at, 1, month)
    assert walked == [5, 1, 3, 7, 6, 6, 6, 6, 6]  # the shelter stay ended on the first day shown
    assert step([], -1, 1, month) == -1
    assert span_shown([], "All", date(2026, 10, 31)) == Span(date(2025, 11, 1), date(2026, 10, 31))


def test_why_somebody_is_on_the_list() -> None:
    month, why = Month(2026, 10), "4 jail bookings (needs 4)"
    new = Standing(month, True, why, month, False, None)
    old = Standing(month, True, why, Month(2024, 10), True, None)
    off = Standing(month, False, "2 jail bookings (needs 4)", None, False, None)
    assert standing_words(new, "D") == f"On the list of October 2026, newly, under D: {why}."
    assert standing_words(old, "D") == f"On the list of October 2026, since October 2024 or longer, under D: {why}."
    assert standing_words(off, "D") == "Not on the list of October 2026 under D: 2 jail bookings (needs 4)."
    assert standing_words(None, "") == "No definition is kept yet, so nobody is on a list."
