"""Time in jail as columns: every jail contact of known people, the stays they make, and who comes back when.

Holds (protective custody, federal holds, holds for other agencies) are told apart from bookings everywhere: in New
Hampshire's county jails one entrance in five was a hold (domain research 0.4).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np

from ddj_desktop.kernel.dates import Span
from ddj_desktop.measures.crosstab import Mask, Numbers
from ddj_desktop.measures.statistics import Survival, kaplan_meier
from ddj_desktop.store.lane import Lane
from ddj_desktop.store.sql import sql

KINDS = ("booking", "weekender", "protective_custody", "federal_hold", "other_hold")
KIND_LABELS = (
    "Bookings", "Weekend sentences", "Protective custody", "Federal holds", "Holds for other agencies", "Other",
)  # fmt: skip
BOOKING = KIND_LABELS[0]
CHARGES = (
    "violent", "property", "drug_alcohol", "public_order", "probation_parole", "failure_to_appear", "hold", "other",
)  # fmt: skip
CHARGE_LABELS = (
    "Violent", "Property", "Drugs or alcohol", "Public order", "Probation or parole", "Failure to appear", "Hold",
    "Other", "No charge recorded",
)  # fmt: skip
"""The gravest charge of a booking, from the gravest group down (CSG Justice Center, New Hampshire, 2022)."""
LENGTHS = ((0, "Same day"), (1, "1 day"), (5, "2 to 5 days"), (10, "6 to 10 days"), (30, "11 to 30 days"),
           (100, "31 to 100 days"))  # fmt: skip
"""Most days of a stay, and the words: edges of the same work, its narrow groups made one."""
LENGTH_LABELS = (*(words for _, words in LENGTHS), "Over 100 days")
RETURNS = ((30, "Within 30 days"), (90, "31 to 90 days"), (180, "91 to 180 days"), (365, "181 to 365 days"))
NOT_BACK = "Not back by the last day"
RETURN_LABELS = (*(words for _, words in RETURNS), "After 365 days", NOT_BACK)
DAY = 86_400
A_STAY_GOES_ON = DAY
"""Seconds. A booking that starts within a day after the one before ended continues it: a transfer out and back."""
_APART = 10**12
"""Seconds that lie between any two people on one line of time: more than any county's files span."""


@dataclass(frozen=True)
class Releases:
    """Each person's first release from a booking in some days, and when they were next booked."""

    person: Numbers
    contact_id: Numbers
    """The booking that ended last in the stay they were released from."""
    released: Numbers
    """Seconds since 1970."""
    days: Numbers
    """Whole days to the next booking, or to the last day where there was none."""
    back: Mask

    def of(self, chosen: Mask) -> Releases:
        """Some of them."""
        return Releases(
            self.person[chosen], self.contact_id[chosen], self.released[chosen], self.days[chosen], self.back[chosen]
        )

    @property
    def bins(self) -> Numbers:
        """Place in RETURN_LABELS."""
        edges = [upto for upto, _ in RETURNS]
        found = np.searchsorted(edges, self.days, side="left")
        return np.where(self.back, found, len(RETURN_LABELS) - 1).astype(np.int64)

    def curve(self) -> Survival:
        """Share not yet back, by days since release."""
        return kaplan_meier(self.days.tolist(), self.back.tolist())


@dataclass(frozen=True)
class JailUse:
    """Every jail contact of a known person started up to a day, by person and start."""

    last: date
    contact_id: Numbers
    person: Numbers
    kind: Numbers
    """Place in KIND_LABELS."""
    starts: Numbers
    ends: Numbers
    """-1 where it had not ended by the last day."""
    charge: Numbers
    """Place in CHARGE_LABELS."""

    @property
    def is_booking(self) -> Mask:
        found: Mask = self.kind == 0
        return found

    def started(self, span: Span) -> Mask:
        """Which started on a day of the span."""
        return _within(self.starts, span)

    def ended(self, span: Span) -> Mask:
        """Which ended on a day of the span."""
        return (self.ends >= 0) & _within(self.ends, span)

    @cached_property
    def nights(self) -> Numbers:
        """Days from the day a stay started to the day it ended: 0 within a day."""
        return self.ends // DAY - self.starts // DAY

    @cached_property
    def length(self) -> Numbers:
        """Place in LENGTH_LABELS of those that ended."""
        return np.searchsorted([upto for upto, _ in LENGTHS], self.nights, side="left").astype(np.int64)

    def first_releases(self, span: Span) -> Releases:
        """Everyone released from a booking on a day of the span, from their first such release.

        Bookings that overlap or follow within a day are one stay. Follow-up ends with the last day.
        """
        mine = np.flatnonzero(self.is_booking)
        person, starts = self.person[mine], self.starts[mine]
        rank = np.cumsum(np.r_[False, person[1:] != person[:-1]]).astype(np.int64) if len(mine) else person
        end = np.where(self.ends[mine] < 0, _APART // 2, self.ends[mine])
        until = np.maximum.accumulate(end + rank * _APART) - rank * _APART if len(mine) else end
        goes_on = (rank[1:] == rank[:-1]) & (starts[1:] <= until[:-1] + A_STAY_GOES_ON)
        closes = np.flatnonzero(np.r_[~goes_on, True][: len(mine)])  # the last booking of each stay
        left = until[closes]
        here = (left < _APART // 2) & _within(left, span)
        here &= left <= _seconds(self.last, after=1)
        following = np.append(starts, 0)[closes + 1]
        back = np.append(rank, -1)[closes + 1] == rank[closes]
        found = np.flatnonzero(here)
        found = found[np.unique(rank[closes[found]], return_index=True)[1]]
        until_then = np.where(back[found], following[found], _seconds(self.last, after=1))
        days = np.maximum((until_then - left[found]) // DAY, 0)
        at = closes[found]
        return Releases(person[at], self.contact_id[mine][at], left[found], days, back[found])


def jail_use(lane: Lane, last: date) -> JailUse:
    """Load it all, seeing nothing after the last day."""
    found = lane.columns(sql("measures", "jail_contacts"), last=last, kinds=list(KINDS), groups=list(CHARGES))
    columns = {name: np.asarray(values, np.int64) for name, values in found.items()}
    return JailUse(
        last, columns["contact_id"], columns["person_id"], _place(columns["kind"], len(KIND_LABELS)),
        columns["starts"], columns["ends"], _place(columns["grade"], len(CHARGE_LABELS)),
    )  # fmt: skip


def among(person: Numbers, people: Sequence[int]) -> Mask:
    """Which belong to some people."""
    return np.isin(person, np.asarray(people, np.int64))


def _place(position: Numbers, labels: int) -> Numbers:
    """The engine's places count from 1 and give 0 for none, which is the last label."""
    return np.where(position == 0, labels - 1, position - 1)


def _within(seconds: Numbers, span: Span) -> Mask:
    return (seconds >= _seconds(span.first)) & (seconds < _seconds(span.last, after=1))


def _seconds(day: date, after: int = 0) -> int:
    return (day.toordinal() + after - date(1970, 1, 1).toordinal()) * DAY
