"""What people on the list used: contacts and days by kind of source, by month, and how concentrated use is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ddj_desktop.kernel.dates import Month, Span
from ddj_desktop.measures.crosstab import Numbers
from ddj_desktop.measures.frame import Frame, short_month
from ddj_desktop.measures.people import ON_LIST, OTHERS, kind_words, kinds_in_order
from ddj_desktop.measures.stays import PersonDays, Stays
from ddj_desktop.measures.types import At, CountTable, Figure, Link, RowsKey
from ddj_desktop.store.lane import Lane
from ddj_desktop.store.sql import sql

TOP_PERCENTS = (1, 5, 10)
BOOKED = "jail"
"""Concentration and days by month are of the jail: the one system every county in the network has."""


def kinds_of(frame: Frame) -> list[str]:
    """Kinds of source the county has, in the order they are printed."""
    return kinds_in_order([source.source.kind for source in frame.covered])


def add_use(lane: Lane, frame: Frame, stays: Stays) -> None:
    """contacts_<kind> and days_<kind>: of people on the list, of everyone known."""
    window = {"members": frame.members, "first": frame.window.first, "last": frame.window.last}
    for line in lane.dicts(sql("measures", "contacts_by_kind"), **window):
        frame.add(_use_figure(frame, "contacts", line))
    for kind in sorted(stays.kinds):
        if stays.has(kind):
            frame.add(_use_figure(frame, "days", _days_line(frame, kind, stays.days(kind, frame.window))))


def _days_line(frame: Frame, kind: str, found: PersonDays) -> dict[str, Any]:
    mine = found.of(np.isin(found.person, np.asarray(frame.members, np.int64)))
    return {
        "kind": kind, "of_all": int(found.days.sum()), "of_people": len(found.person), "of_list": int(mine.days.sum()),
        "people": len(mine.person), "stays": int(mine.stays.sum()), "top": mine.top_two,
    }  # fmt: skip


def _use_figure(frame: Frame, unit: str, line: dict[str, Any]) -> Figure:
    kind = line["kind"]
    short = [f"{s.source.name} {' and '.join(s.shortfalls(frame.window))}." for s in frame.sources_of(kind)
             if s.shortfalls(frame.window)]  # fmt: skip
    has_data = any(frame.has_any(kind, month) for month in frame.months[1:])
    top = [*line["top"], 0, 0]
    words = "Days in" if unit == "days" else "Contacts with"
    return Figure(
        name=f"{unit}_{kind}", words=f"{words} {kind_words(kind)}, people on the list", unit=unit,
        count=line["of_list"] if has_data else None, of=line["of_all"] if has_data else None,
        people=line["people"], of_people=line["of_people"], period=frame.window,
        rows=frame.opens(unit, side="list", kind=kind, first=frame.window.first, last=frame.window.last),
        sources=tuple(source.source.name for source in frame.sources_of(kind)), note=" ".join(short),
        top_two=(float(top[0]), float(top[1])), stays=line.get("stays"),
    )  # fmt: skip


def add_contacts_by_month(lane: Lane, frame: Frame) -> None:
    """contacts_by_month: contacts of people on the list, by kind of source, thirteen months. It stays in the building:
    no page prints it, and late records would tell each month anew in every packet."""
    kinds = kinds_of(frame)
    found = {
        (line["kind"], Month.of(line["month"])): line
        for line in lane.dicts(
            sql("measures", "contacts_by_month"),
            members=frame.members,
            first=frame.series.first,
            last=frame.series.last,
        )
    }
    none: dict[str, Any] = {"of_list": 0, "people": 0, "top": []}
    lines = [[found.get((kind, month), none) for kind in kinds] for month in frame.months]
    frame.add_table(
        _series(
            frame, "contacts_by_month", "Contacts of people on the list, by month", kinds, lines, "of_list",
            [[frame.opens("contacts", side="list", kind=kind, first=month.span.first, last=month.span.last)
              for kind in kinds] for month in frame.months],
        )
    )  # fmt: skip


def _series(
    frame: Frame, name: str, words: str, kinds: Sequence[str], lines: list[list[dict[str, Any]]], amount: str,
    keys: list[list[RowsKey]],
) -> CountTable:  # fmt: skip
    counts = tuple(
        tuple(line[amount] if frame.has_any(kind, month) else None for kind, line in zip(kinds, row, strict=True))
        for month, row in zip(frame.months, lines, strict=True)
    )
    return CountTable(
        name=name, words=words, row_title="Month", rows=tuple(short_month(month) for month in frame.months),
        column_title="System", columns=tuple(kind_words(kind) for kind in kinds), counts=counts, unit="contacts",
        period=frame.series, rows_add_up=False, columns_add_up=False,
        people=tuple(tuple(line["people"] for line in row) for row in lines),
        top_two=tuple(tuple(_two(line["top"]) for line in row) for row in lines),
        keys=tuple(tuple(row) for row in keys), sources=tuple(s.source.name for s in frame.covered),
        note="It stays in the building.", inside=True,
    )  # fmt: skip


def _two(top: Sequence[Any]) -> tuple[float, float]:
    first, second = [*top, 0, 0][:2]
    return float(first), float(second)


def add_jail_days(frame: Frame, stays: Stays) -> None:
    """jail_days_by_month: days in jail, of people on the list and of everyone else, thirteen months. Only the first are
    printed: everyone's are the same in every packet but for late records, and each packet would tell how many came."""
    if f"days_{BOOKED}" not in frame.figures:
        return
    members = np.asarray(frame.members, np.int64)
    lines = []
    for month in frame.months:
        found = stays.days(BOOKED, month.span)
        inside = np.isin(found.person, members)
        lines.append([_sum(found.of(inside)), _sum(found.of(~inside))])
    frame.add_table(
        CountTable(
            name="jail_days_by_month", words="Days in jail, by month", row_title="Month",
            rows=tuple(short_month(month) for month in frame.months), column_title="", columns=(ON_LIST, OTHERS),
            counts=tuple(
                tuple(line["days"] if frame.has_any(BOOKED, month) else None for line in row)
                for month, row in zip(frame.months, lines, strict=True)
            ),
            unit="days", period=frame.series, rows_add_up=False, columns_add_up=True, first_alone=True,
            people=tuple(tuple(line["people"] for line in row) for row in lines),
            top_two=tuple(tuple(_two(line["top"]) for line in row) for row in lines),
            keys=tuple(
                tuple(
                    frame.opens("days", side=side, kind=BOOKED, first=month.span.first, last=month.span.last)
                    for side in ("list", "others")
                )
                for month in frame.months
            ),
            sources=tuple(source.source.name for source in frame.sources_of(BOOKED)),
        )
    )  # fmt: skip
    _link_jail_days(frame, lines)


def _sum(found: PersonDays) -> dict[str, Any]:
    return {"days": int(found.days.sum()), "people": len(found.person), "top": found.top_two}


def _link_jail_days(frame: Frame, lines: list[list[dict[str, Any]]]) -> None:
    """A year's jail days are those of its months; people in a month called missing may have days in it all the same."""
    counts = frame.tables["jail_days_by_month"].counts
    there = [r for r in range(1, len(counts)) if counts[r][0] is not None]
    lost = [sum(lines[r][c]["days"] for r in range(1, len(counts)) if r not in there) for c in (0, 1)]
    if not there or frame.figures[f"days_{BOOKED}"].count is None:
        return
    of_list = tuple(At("jail_days_by_month", r, 0) for r in there)
    of_others = tuple(At("jail_days_by_month", r, 1) for r in there)
    figure = f"days_{BOOKED}"
    frame.links.append(Link((At(figure),), of_list, rest=lost[0] > 0))
    frame.links.append(Link((At(figure, of=True),), (*of_list, *of_others), rest=sum(lost) > 0))


def add_coverage(lane: Lane, frame: Frame) -> None:
    """coverage: all contacts by source and month, named or not; what came in, and what is missing. It stays in the
    building: a packet shows of each source and month whether there are data, and never how many."""
    found = {
        (line["source_id"], Month.of(line["month"])): line
        for line in lane.dicts(sql("measures", "coverage"), first=frame.series.first, last=frame.series.last)
    }
    none: dict[str, Any] = {"contacts": 0, "people": 0, "unnamed": 0}
    lines = [[found.get((s.source.source_id, month), none) for month in frame.months] for s in frame.covered]
    frame.add_table(
        CountTable(
            name="coverage", words="Contacts taken in, by source and month", row_title="Source",
            rows=tuple(source.source.name for source in frame.covered), column_title="Month",
            columns=tuple(short_month(month) for month in frame.months),
            counts=tuple(
                tuple(line["contacts"] if source.has_any(month) else None
                      for month, line in zip(frame.months, row, strict=True))
                for source, row in zip(frame.covered, lines, strict=True)
            ),
            unit="contacts", period=frame.series, rows_add_up=False, columns_add_up=False,
            people=tuple(tuple(line["people"] + line["unnamed"] for line in row) for row in lines),
            keys=tuple(
                tuple(frame.opens("source_contacts", source_id=source.source.source_id, first=month.span.first,
                                  last=month.span.last) for month in frame.months)
                for source in frame.covered
            ),
            note="Contacts that name nobody are counted, each as one person. It stays in the building.", inside=True,
            sources=tuple(source.source.name for source in frame.covered),
        )
    )  # fmt: skip


def add_concentration(lane: Lane, frame: Frame, stays: Stays) -> None:
    """concentration_bookings_top_<p> and concentration_jail_days_top_<p>: the share of the p % who used most.

    The top p % of the people who were booked (or spent a day in jail) in the window: the number rounded up, those
    level with the last one in order of their number in the county file.
    """
    if f"contacts_{BOOKED}" not in frame.figures:
        return
    found = ranked(lane, frame.window, stays)
    for name, words, count in (
        ("concentration_bookings", "Jail bookings of the", "contacts"),
        ("concentration_jail_days", "Days in jail of the", "days"),
    ):
        figure = f"{count}_{BOOKED}"
        if figure in frame.figures and frame.figures[figure].count is not None:
            _add_tops(frame, name, words, count, found[count])
            whole = At(f"{name}_top_{TOP_PERCENTS[0]}", of=True)
            frame.links.append(Link((At(figure, of=True),), (whole,)))


@dataclass(frozen=True)
class Ranked:
    """Everyone who has any of what is ranked, the highest first; those level in order of their number."""

    person: Numbers
    amount: Numbers
    rows: Numbers
    """In how many contacts or stays."""

    def top(self, percent: int) -> Ranked:
        """The top so many percent of the people, rounded up."""
        upto = -(-len(self.person) * percent // 100)
        return Ranked(self.person[:upto], self.amount[:upto], self.rows[:upto])


def ranked(lane: Lane, window: Span, stays: Stays) -> dict[str, Ranked]:
    """For `contacts` and `days` in jail, everyone who has any."""
    found = lane.columns(sql("measures", "contacts_by_person"), kind=BOOKED, first=window.first, last=window.last)
    booked = tuple(np.asarray(found[name], np.int64) for name in ("person_id", "contacts", "contacts"))
    jailed = stays.days(BOOKED, window)
    out = {}
    for count, (person, amount, rows) in (("contacts", booked), ("days", (jailed.person, jailed.days, jailed.stays))):
        order = np.lexsort((person, -amount))
        out[count] = Ranked(person[order], amount[order], rows[order])
    return out


def _add_tops(frame: Frame, name: str, words: str, count: str, found: Ranked) -> None:
    total, before = int(found.amount.sum()), 0
    for percent in TOP_PERCENTS:
        top = found.top(percent)
        first, second = [*top.amount[:2].tolist(), 0, 0][:2]
        frame.add(
            Figure(
                name=f"{name}_top_{percent}", words=f"{words} {percent} % who had most", unit=count,
                count=int(top.amount.sum()), of=total, people=len(top.person), of_people=len(found.person),
                period=frame.window, rows=frame.opens("concentration", count=count, percent=percent),
                sources=tuple(source.source.name for source in frame.sources_of(BOOKED)),
                top_two=(float(first), float(second)),
                stays=int(top.rows.sum()) if count == "days" else None,
            )
        )  # fmt: skip
        if percent != TOP_PERCENTS[0]:
            inner = TOP_PERCENTS[TOP_PERCENTS.index(percent) - 1]
            wholes, parts = (At(f"{name}_top_{percent}"),), (At(f"{name}_top_{inner}"),)
            frame.links.append(Link(wholes, parts, rest=True, rest_people=len(top.person) - before))
            frame.links.append(Link((At(f"{name}_top_{percent}", of=True),), (At(f"{name}_top_{inner}", of=True),)))
        before = len(top.person)
