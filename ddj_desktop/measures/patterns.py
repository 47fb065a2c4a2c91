"""Patterns of jail use: kinds of contact, length of stay, charges, return; and Stepping Up's four measures."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np

from ddj_desktop.kernel.dates import Span, day_in_words, minus_months, trailing_months
from ddj_desktop.measures.crosstab import Mask, Numbers, cells
from ddj_desktop.measures.frame import WINDOW_MONTHS, Frame
from ddj_desktop.measures.jail import (
    BOOKING,
    CHARGE_LABELS,
    KIND_LABELS,
    LENGTH_LABELS,
    NOT_BACK,
    RETURN_LABELS,
    RETURNS,
    JailUse,
    Releases,
    among,
    jail_use,
)
from ddj_desktop.measures.people import ON_LIST, OTHERS
from ddj_desktop.measures.types import TOTAL, At, CountTable, Estimate, Link
from ddj_desktop.store.lane import Lane
from ddj_desktop.store.sql import sql

GROUP = "Time in jail"
JAIL = "jail"
RELEASE_MONTHS = 24
"""Releases of two years are followed, so that the share back within a year rests on a whole year's releases."""
SELECTED = (
    "People are on the list because they were booked again and again: that they come back sooner is in part how they "
    "were chosen."
)
CURVE = "By Kaplan-Meier: people followed for a shorter time count for as long as they were followed."


@dataclass
class Patterns:
    """One month's jail use, and who is on which side of a comparison."""

    use: JailUse
    window: Span
    members: Sequence[int]
    mental_health: Sequence[int]
    """People with a mental health need recorded in the window."""
    mental_health_before: Sequence[int]
    """Those with one recorded in the year before it. Flags of the window itself would pick out who came back."""
    sides: dict[str, Callable[[Numbers], Mask]] = field(init=False)

    def __post_init__(self) -> None:
        self.sides = {
            "list": lambda person: among(person, self.members),
            "others": lambda person: ~among(person, self.members),
            "mental_health": lambda person: among(person, self.mental_health),
            "mental_health_before": lambda person: among(person, self.mental_health_before),
            "no_mental_health": lambda person: ~among(person, self.mental_health),
            "known": lambda person: np.ones(len(person), np.bool_),
        }

    def started(self, *, bookings: bool) -> Mask:
        """Contacts that started in the window: of any kind, or bookings only."""
        found = self.use.started(self.window)
        return found & self.use.is_booking if bookings else found

    @property
    def released_in(self) -> Span:
        """The days whose releases are followed for `returns`."""
        return trailing_months(self.window.last, RELEASE_MONTHS)

    @property
    def ended(self) -> Mask:
        """Bookings that ended in the window."""
        return self.use.ended(self.window) & self.use.is_booking

    def of_table(self, table: str) -> tuple[Mask, Numbers, tuple[str, ...]]:
        """The contacts a table counts, each contact's row, and the rows' labels."""
        use = self.use
        return {
            "jail_kinds": (self.started(bookings=False), use.kind, KIND_LABELS),
            "jail_stay_lengths": (self.ended, use.length, LENGTH_LABELS),
            "jail_charges": (self.started(bookings=True), use.charge, CHARGE_LABELS),
        }[table]

    def contacts_of(self, table: str, row: str, side: str) -> list[int]:
        """The contacts of a cell."""
        counted, rows, labels = self.of_table(table)
        found = counted & (rows == labels.index(row)) & self.sides[side](self.use.person)
        return [int(contact) for contact in self.use.contact_id[found]]

    def bookings_of(self, which: str, side: str) -> list[int]:
        """Bookings of one side that `started` or `ended` in the window."""
        counted = self.ended if which == "ended" else self.started(bookings=True)
        found = counted & self.sides[side](self.use.person)
        return [int(contact) for contact in self.use.contact_id[found]]

    def releases(self, side: str, span: Span | None = None) -> Releases:
        """First releases of RELEASE_MONTHS, or of other days."""
        found = self.use.first_releases(span or self.released_in)
        return found.of(self.sides[side](found.person))

    def rebooked(self) -> Releases:
        """First releases of people with a mental health need in the year before: all are followed for a year."""
        return self.releases("mental_health_before", year_before(self.window))


def year_before(window: Span) -> Span:
    """The twelve months before the window."""
    return trailing_months(minus_months(window.last, WINDOW_MONTHS), WINDOW_MONTHS)


def patterns(lane: Lane, members: Sequence[int], window: Span) -> Patterns:
    """Load what the patterns of a month are counted from."""
    flagged = lane.rows(
        sql("measures", "people_flagged"), flag="mental_health", first=year_before(window).first, since=window.first,
        last=window.last,
    )  # fmt: skip
    now, before = [one for one, since, _ in flagged if since], [one for one, _, before in flagged if before]
    return Patterns(jail_use(lane, window.last), window, members, now, before)


def add_patterns(lane: Lane, frame: Frame) -> Patterns | None:
    """jail_kinds, jail_stay_lengths, jail_charges, returns, and the estimates drawn from them; what they were counted
    from, None where the jail has no data."""
    whole = frame.figures.get(f"contacts_{JAIL}")
    if whole is None or whole.count is None:
        return None
    found = patterns(lane, frame.members, frame.window)
    for name, words, title, note in _TABLES:
        _add_table(frame, found, name, words, title, note)
    _link_kinds(frame)
    _add_returns(frame, found)
    _add_stay_lengths(frame, found)
    return found


_TABLES = (
    ("jail_kinds", "What brought people into jail", "Kind of contact",
     "Holds are told apart from bookings: nobody was charged for a protective custody hold."),
    ("jail_stay_lengths", "How long stays that ended lasted", "Length of stay",
     "Bookings that ended in these months, whenever they began; holds left out. Days are those from one date to the "
     "other."),
    ("jail_charges", "Gravest charge of each booking", "Charge",
     "One charge a booking, the gravest group first; the groups are read from the charge's own words."),
)  # fmt: skip


def _add_table(frame: Frame, found: Patterns, name: str, words: str, title: str, note: str) -> None:
    counted, rows, labels = found.of_table(name)
    place = np.flatnonzero(counted)
    side = np.where(found.sides["list"](found.use.person[place]), 0, 1)
    said = cells(found.use.person[place], rows[place], side, (len(labels), 2))
    kept = [r for r in range(len(labels)) if any(said.counts[r]) or name == "jail_stay_lengths"]
    frame.add_table(
        CountTable(
            name=name, words=words, row_title=title, rows=tuple(labels[r] for r in kept), column_title="",
            columns=(ON_LIST, OTHERS), counts=tuple(said.counts[r] for r in kept), unit="contacts",
            period=frame.window, rows_add_up=True, columns_add_up=True,
            people=tuple(said.people[r] for r in kept), top_two=tuple(said.top_two[r] for r in kept),
            keys=tuple(
                tuple(frame.opens("jail", table=name, row=labels[r], side=s) for s in ("list", "others")) for r in kept
            ),
            note=note, sources=jail_sources(frame),
        )
    )  # fmt: skip


def jail_sources(frame: Frame) -> tuple[str, ...]:
    """The names of the county's jails."""
    return tuple(source.source.name for source in frame.sources_of(JAIL))


def _link_kinds(frame: Frame) -> None:
    """All kinds together are the jail's contacts; the charges are those of its bookings."""
    sides = (At("jail_kinds", TOTAL, 0), At("jail_kinds", TOTAL, 1))
    frame.links.append(Link((At(f"contacts_{JAIL}"),), sides[:1]))
    frame.links.append(Link((At(f"contacts_{JAIL}", of=True),), sides))
    rows = frame.tables["jail_kinds"].rows
    if BOOKING in rows:
        for c in (0, 1):
            booked = At("jail_kinds", rows.index(BOOKING), c)
            frame.links.append(Link((booked,), (At("jail_charges", TOTAL, c),)))


def _add_returns(frame: Frame, found: Patterns) -> None:
    """returns: people by the time to their next booking; returned_within_<days>_<side>: by the curve."""
    releases = found.releases("known")
    side = np.where(found.sides["list"](releases.person), 0, 1)
    counts = np.zeros((len(RETURN_LABELS), 2), np.int64)
    np.add.at(counts, (releases.bins, side), 1)
    kept = [r for r in range(len(RETURN_LABELS)) if counts[r].any() or RETURN_LABELS[r] in _ALWAYS]
    frame.add_table(
        CountTable(
            name="returns", words="How soon people released from jail were booked again", row_title="Booked again",
            rows=tuple(RETURN_LABELS[r] for r in kept), column_title="", columns=(ON_LIST, OTHERS),
            counts=tuple(tuple(counts[r].tolist()) for r in kept), unit="people", period=found.released_in,
            rows_add_up=True, columns_add_up=True,
            keys=tuple(
                tuple(frame.opens("returns", row=RETURN_LABELS[r], side=s) for s in ("list", "others")) for r in kept
            ),
            note=f"From each person's first release in the {RELEASE_MONTHS} months. Those not back were followed to "
                 f"{day_in_words(frame.as_of)} only. {SELECTED}",
            sources=jail_sources(frame),
        )
    )  # fmt: skip
    for name, words in (("list", "people on the list"), ("others", "everyone else")):
        _add_curve(frame, found.released_in, releases.of(side == (0 if name == "list" else 1)), name, words)


_ALWAYS = (*(words for _, words in RETURNS), NOT_BACK)


def _add_curve(frame: Frame, span: Span, releases: Releases, side: str, words: str) -> None:
    curve = releases.curve()
    for days, _ in RETURNS:
        step = curve.at(days)
        everybody = bool(curve.steps) and curve.steps[-1].survival == 0
        reached = bool(curve.people) and (curve.followed >= days or everybody)
        back = None if not reached else 0.0 if step is None else 1 - step.survival
        inside = int((releases.back & (releases.days <= days)).sum())
        frame.add_estimate(
            Estimate(
                name=f"returned_within_{days}_{side}", words=f"Booked again within {days} days of release, {words}",
                group=GROUP, unit="%", value=None if back is None else 100 * back,
                low=None if not reached or step is None else 100 * (1 - step.interval.high),
                high=None if not reached or step is None else 100 * (1 - step.interval.low), spread="95% interval",
                count=inside, of=curve.people, counted="people back by then, of people released", period=span,
                rows=frame.opens("returned", days=days, side=side), opens=inside, unstable=inside < 20,
                note=CURVE + (f" {SELECTED}" if side == "list" else ""),
                sources=jail_sources(frame),
            )
        )  # fmt: skip


def _add_stay_lengths(frame: Frame, found: Patterns) -> None:
    """stay_mean_<side>: days of stays that ended, over the stays that ended."""
    for side, words in (("list", "people on the list"), ("others", "everyone else")):
        frame.add_estimate(mean_stay(frame, found, side, f"stay_mean_{side}", words, GROUP))


def mean_stay(frame: Frame, found: Patterns, side: str, name: str, words: str, group: str) -> Estimate:
    """Average days of a side's stays that ended in the window: days of those stays over their number."""
    nights = found.use.nights[found.ended & found.sides[side](found.use.person)]
    some = len(nights) > 0
    low, middle, high = np.percentile(nights, (25, 50, 75)).tolist() if some else (0, 0, 0)
    said = f"Median {middle:g} days, longest {nights.max():,} days. " if some else ""
    return Estimate(
        name=name, words=f"Average length of a stay, {words}", group=group, unit="days",
        value=float(nights.mean()) if some else None, low=low if some else None, high=high if some else None,
        spread="half of the stays lie between", count=int(nights.sum()), of=len(nights),
        counted="days of stays that ended, over those same stays", period=frame.window,
        rows=frame.opens("jail_bookings", which="ended", side=side), opens=len(nights), unstable=len(nights) < 20,
        note=f"{said}Bookings that ended in these months, whenever they began; holds left out.",
        sources=jail_sources(frame),
    )  # fmt: skip
