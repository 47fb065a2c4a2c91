"""Stepping Up's four measures of people with a mental health need in jail."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np

from ddj_desktop.measures.frame import Frame
from ddj_desktop.measures.jail import BOOKING, DAY
from ddj_desktop.measures.patterns import JAIL, Patterns, jail_sources, mean_stay, year_before
from ddj_desktop.measures.types import TOTAL, At, Figure, Link
from ddj_desktop.store.lane import Lane
from ddj_desktop.store.sql import sql

STEPPING_UP = "Stepping Up"
TREATMENT = "treatment"
FOLLOW_DAYS = 30
"""Days after release within which a connection to treatment counts."""
MENTAL_HEALTH = "Mental health need: recorded at any contact of the twelve months."


def add_stepping_up(lane: Lane, frame: Frame, found: Patterns) -> None:
    """Stepping Up's four: bookings of people with a mental health need, their stays, their connection to treatment,
    their return. Each has the same unit above and below the line.

    Council of State Governments Justice Center, Stepping Up: In Focus, Collecting and Analyzing Baseline Data.
    """
    booked = found.use.person[found.started(bookings=True)]
    ill = booked[found.sides["mental_health"](booked)]
    each = np.sort(np.unique(ill, return_counts=True)[1])[::-1]
    frame.add(
        Figure(
            name="bookings_mental_health", words="Bookings of people with a mental health need recorded",
            unit="contacts", count=len(ill), of=len(booked), people=len(each), of_people=len(np.unique(booked)),
            period=frame.window, rows=frame.opens("jail_bookings", which="started", side="mental_health"),
            sources=jail_sources(frame), note=MENTAL_HEALTH,
            top_two=tuple(float(n) for n in [*each[:2].tolist(), 0, 0][:2]),  # type: ignore[arg-type]
        )
    )  # fmt: skip
    rows = frame.tables["jail_kinds"].rows
    if BOOKING in rows:
        parts = tuple(At("jail_charges", TOTAL, c) for c in (0, 1))
        frame.links.append(Link((At("bookings_mental_health", of=True),), parts))
    for side, words in (("mental_health", "people with a mental health need"), ("no_mental_health", "others booked")):
        frame.add_estimate(mean_stay(frame, found, side, f"stay_mean_{side}", words, STEPPING_UP))
    _add_connected(lane, frame, found)
    _add_rebooked(frame, found)


def connected(lane: Lane, found: Patterns) -> tuple[list[int], list[int]]:
    """People with a mental health need released in the window early enough to be followed, and those of them with a
    treatment contact from the day of release to FOLLOW_DAYS later."""
    releases = found.releases("mental_health", found.window)
    latest = (found.window.last - timedelta(days=FOLLOW_DAYS) - date(1970, 1, 1)).days
    releases = releases.of(releases.released // DAY <= latest)
    starts: dict[int, list[int]] = {}
    for person, day in lane.rows(
        sql("measures", "days_of_kind"), people=releases.person.tolist(), kind=TREATMENT, first=found.window.first,
        last=found.window.last,
    ):  # fmt: skip
        starts.setdefault(person, []).append((day - date(1970, 1, 1)).days)
    seen = [
        person
        for person, left in zip(releases.person.tolist(), (releases.released // DAY).tolist(), strict=True)
        if any(left <= day <= left + FOLLOW_DAYS for day in starts.get(person, ()))
    ]
    return releases.person.tolist(), seen


def _add_connected(lane: Lane, frame: Frame, found: Patterns) -> None:
    people, seen = connected(lane, found)
    has_data = any(frame.has_any(TREATMENT, month) for month in frame.months[1:])
    frame.add(
        Figure(
            name="connected_mental_health", words=f"Seen by treatment within {FOLLOW_DAYS} days of release",
            unit="people",
            count=len(seen) if has_data else None, of=len(people) if has_data else None, people=len(seen),
            of_people=len(people), period=frame.window, rows=frame.opens("connected"),
            note=f"People with a mental health need, from their first release. {MENTAL_HEALTH}"
                 + ("" if has_data else " No treatment source is in the county file."),
            sources=tuple(source.source.name for source in frame.sources_of(TREATMENT)),
        )
    )  # fmt: skip


def _add_rebooked(frame: Frame, found: Patterns) -> None:
    releases, begins = found.rebooked(), year_before(frame.window)
    has_data = not any(source.begins_after(begins.first) for source in frame.sources_of(JAIL))
    back = int((releases.back & (releases.days <= 365)).sum())
    frame.add(
        Figure(
            name="rebooked_mental_health", words="Booked again within a year, people with a mental health need",
            unit="people",
            count=back if has_data else None, of=len(releases.person) if has_data else None, people=back,
            of_people=len(releases.person), period=begins, rows=frame.opens("rebooked"),
            note="First release in the twelve months before these, so that everyone is followed for a year. Mental "
                 "health need: recorded at any contact of those earlier months."
                 + ("" if has_data else " The jail's data do not reach back so far."),
            sources=jail_sources(frame),
        )
    )  # fmt: skip
