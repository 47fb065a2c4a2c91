"""Everything the page of matching shows, read at once."""

from __future__ import annotations

from dataclasses import dataclass

from ddj_desktop.cohort.after_death import met_after_death
from ddj_desktop.kernel.dates import Month
from ddj_desktop.linkage.asking import Bands, Place, bands, standing_place
from ddj_desktop.linkage.changes import LoggedChange, changes
from ddj_desktop.linkage.integrity import ToCheck, people_to_check
from ddj_desktop.linkage.quality import sample
from ddj_desktop.linkage.queue import SamplePair
from ddj_desktop.linkage.second_look import Agreement, Disagreement, agreement, disagreements, waiting
from ddj_desktop.store.lane import Lane
from ddj_desktop.workflow.lists import LineState, default_month, line_state
from ddj_desktop.workflow.quality_check import QualityOfYear, last_year
from ddj_desktop.workflow.review_order import Queue, review_queue


@dataclass(frozen=True)
class SecondLook:
    """What waits for this person's second answer, how often two people agreed, and where they did not."""

    waiting: list[SamplePair]
    agreement: Agreement
    differs: list[Disagreement]


@dataclass(frozen=True)
class ToLookAt:
    """How far the county is, the queue, people to check, the month's blind sample, and what changed."""

    state: LineState
    queue: Queue
    check: list[ToCheck]
    month: Month | None
    """The month whose blind sample it is; None while there are no contacts or nobody is matched."""
    sample: list[SamplePair]
    quality: QualityOfYear | None
    changes: list[LoggedChange]
    second: SecondLook
    place: Place
    bands: list[Bands]
    """Every place of the slider, and what it means now."""


def check_list(lane: Lane) -> list[ToCheck]:
    """Everybody of whom something can hardly be true, the worst first."""
    return people_to_check(lane, met_after_death(lane))


def all_to_look_at(lane: Lane, actor: str) -> ToLookAt:
    """One look at everything this person can look over."""
    state = line_state(lane)
    month = default_month(lane) if state.people else None
    return ToLookAt(
        state, review_queue(lane), check_list(lane), month, sample(lane, month) if month else [],
        last_year(lane, month) if month else None, changes(lane),
        SecondLook(waiting(lane, actor), agreement(lane), disagreements(lane)), standing_place(lane), bands(lane),
    )  # fmt: skip
