"""When people on the list are in contact: day of the week and time of day, for each kind of source."""

from __future__ import annotations

from ddj_desktop.measures.frame import Frame
from ddj_desktop.measures.people import kind_words
from ddj_desktop.measures.types import CountTable
from ddj_desktop.measures.use import kinds_of
from ddj_desktop.store.lane import Lane
from ddj_desktop.store.sql import sql

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
BLOCKS = ("Midnight to 3", "3 to 6", "6 to 9", "9 to noon", "Noon to 3", "3 to 6 pm", "6 to 9 pm", "9 to midnight")
NO_TIME = "No time given"


def add_hours(lane: Lane, frame: Frame) -> None:
    """hours_<kind>: contacts of people on the list by weekday and three-hour block. They stay in the building: spread
    over 56 cells hardly one is large enough to leave it."""
    found: dict[str, dict[tuple[int, int], int]] = {}
    for kind, weekday, block, contacts in lane.rows(
        sql("measures", "hours"), members=frame.members, first=frame.window.first, last=frame.window.last
    ):
        found.setdefault(kind, {})[weekday, block] = contacts
    for kind in kinds_of(frame):
        if kind in found:
            _add_hours(frame, kind, found[kind])


def _add_hours(frame: Frame, kind: str, counts: dict[tuple[int, int], int]) -> None:
    blocks = [*range(len(BLOCKS)), *([-1] if any(block == -1 for _, block in counts) else [])]
    days = range(1, len(WEEKDAYS) + 1)
    frame.add_table(
        CountTable(
            name=f"hours_{kind}", words=f"When people on the list were in contact: {kind_words(kind)}",
            row_title="Day", rows=WEEKDAYS, column_title="Time of day",
            columns=tuple(NO_TIME if block == -1 else BLOCKS[block] for block in blocks),
            counts=tuple(tuple(counts.get((day, block), 0) for block in blocks) for day in days), unit="contacts",
            period=frame.window, rows_add_up=True, columns_add_up=True,
            keys=tuple(
                tuple(frame.opens("hours", kind=kind, weekday=day, block=block) for block in blocks) for day in days
            ),
            note="By the time a contact started. Stays in the building.", inside=True,
            sources=tuple(source.source.name for source in frame.sources_of(kind)),
        )
    )  # fmt: skip
