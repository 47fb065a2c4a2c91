"""What contacts say of people besides housing, mental health and alcohol or drugs: veterans, and whatever else systems
record as yes or no. These tables stay in the building."""

from __future__ import annotations

from ddj_desktop.kernel.dates import Span
from ddj_desktop.measures.frame import Frame
from ddj_desktop.measures.people import FLAG_NOTE, ON_LIST, OTHERS, YES_NO, Everyone
from ddj_desktop.measures.types import CountTable
from ddj_desktop.store.lane import Lane
from ddj_desktop.store.sql import sql

OWN_TABLE = ("homeless", "mental_health", "substance_use")
SIDES = {ON_LIST: "list", OTHERS: "others"}
YES, NO, NOT_RECORDED = YES_NO.values()


def flags_said(lane: Lane, window: Span) -> dict[str, dict[int, str]]:
    """By flag and person: YES where any contact of the window says yes, NO where only no is said."""
    found: dict[str, dict[int, str]] = {}
    for name, person, yes in lane.rows(
        sql("measures", "flags_other"), known=list(OWN_TABLE), first=window.first, last=window.last
    ):
        found.setdefault(name, {})[person] = YES if yes else NO
    return found


def add_flags(lane: Lane, frame: Frame, people: Everyone) -> None:
    """flag_<flag>: people on the list against everyone else known, by what their contacts say."""
    for name, said in flags_said(lane, frame.window).items():
        sides = {side: people.chosen(side) for side in SIDES.values()}
        counts = {
            answer: tuple(sum(said.get(one, NOT_RECORDED) == answer for one in sides[side]) for side in SIDES.values())
            for answer in YES_NO.values()
        }
        words = name.replace("_", " ").capitalize()
        frame.add_table(
            CountTable(
                name=f"flag_{name}", words=f"{words} recorded", row_title=words, rows=tuple(counts), column_title="",
                columns=tuple(SIDES), counts=tuple(counts.values()), unit="people", period=frame.window,
                rows_add_up=True, columns_add_up=True, inside=True, note=f"{FLAG_NOTE} It stays in the building.",
                keys=tuple(
                    tuple(frame.opens("flag", flag=name, answer=answer, side=side) for side in SIDES.values())
                    for answer in counts
                ),
            )
        )  # fmt: skip
