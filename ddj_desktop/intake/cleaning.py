"""Cleaning of whole columns: each distinct text is read once, and every problem is noted with its lines."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import partial

import numpy as np

from ddj_desktop.intake import cleaning_dates as dates
from ddj_desktop.intake import cleaning_names as names
from ddj_desktop.intake import cleaning_text as texts
from ddj_desktop.intake.cleaning_names import Name
from ddj_desktop.intake.coded import Coded, combined, together
from ddj_desktop.intake.fields import FLAGS, HMIS_RACES
from ddj_desktop.intake.kinds import OUTREACH, one_night_a_line
from ddj_desktop.intake.lines import Reading
from ddj_desktop.intake.words import LONGEST, words
from ddj_desktop.registers.crosswalks import as_code
from ddj_desktop.store.columns import Array
from ddj_desktop.store.columns import moments as as_moments

Reader = Callable[[str], tuple[object, str | None]]

_NAMES = ("first_name", "middle_name", "last_name", "second_last_name", "suffix")
_READERS: Mapping[str, Reader] = {
    "contact_key": texts.key, "parent_key": texts.key, "record_key": texts.key,
    "sex": texts.sex, "ssn": texts.ssn, "ssn_last4": texts.last_four,
    "phone": texts.phone, "zip": texts.zip_code, "state": texts.state, "age": texts.age,
    "charge_number": texts.key, "living_situation": texts.text,
    **{flag: texts.flag for flag in FLAGS},
}  # fmt: skip
_WHOLE: frozenset[Reader] = frozenset({texts.text, texts.key})
"""Readers that take a text however long; no date, number or code is longer than a heading may be."""
_JUSTICE = frozenset({"jail", "arrest", "court", "probation"})
_HMIS_WORDS = {
    "hmis_am_ind_ak_native": "AmIndAKNative", "hmis_asian": "Asian", "hmis_black": "BlackAfAmerican",
    "hmis_hispanic": "HispanicLatinao", "hmis_mid_east": "MidEastNAfrican", "hmis_native_hi_pacific": "NativeHIPacific",
    "hmis_white": "White",
}  # fmt: skip


@dataclass
class Clean:
    """Rows as read: for each field a column over the rows, None where nothing is said.

    `name` holds Name, `birth` dates.Birth, `starts` and `ends` datetime, flags yes or no; the rest text, age a number.
    """

    size: int
    values: dict[str, Coded] = field(default_factory=dict)
    problems: dict[tuple[str, str], Array] = field(default_factory=dict)
    """(code, field) to the rows that have it."""

    def of(self, name: str) -> Coded:
        """The column of a field; all None where no column gives it."""
        found = self.values.get(name)
        return found if found is not None else Coded.same(None, self.size)

    def at(self, places: Array) -> Clean:
        """The rows at these places, without their problems."""
        return Clean(len(places), {name: column.only(places) for name, column in self.values.items()})

    def note(self, code: str, name: str, rows: Array) -> None:
        """Add a problem's rows: their places."""
        if rows.size:
            before = self.problems.get((code, name))
            self.problems[code, name] = rows if before is None else np.concatenate((before, rows))


def clean(columns: Mapping[str, Coded], size: int, reading: Reading, sexes: Mapping[str, str] | None = None) -> Clean:
    """Read every column taken in by what its field is. `sexes`: what the source's own codes for sex mean."""
    done = Clean(size)
    readers: Mapping[str, Reader] = {**_READERS, "sex": partial(_sex, sexes)} if sexes else _READERS
    for name in columns:
        if name not in _DATED and name not in _NAMES and name != "full_name" and name not in HMIS_RACES:
            done.values[name] = _column(done, name, columns[name], readers.get(name, texts.text))
    blank = Coded.same("", size)
    _names(done, columns, blank)
    _births(done, columns.get("birth_date", blank), reading)
    _moments(done, columns, blank, reading)
    _address(done)
    _races(done, columns)
    if reading.kind == "shelter" and set(words(reading.headers.get("starts", ""))) == {"information", "date"}:
        done.values.setdefault("kind_code", Coded.same(OUTREACH, size))
    if "parent_key" in done.values:  # LAW, EMS and FIRE incidents of one event are one contact
        done.values["contact_key"] = together(_either, done.of("parent_key"), done.of("contact_key"))
    if "ssn" not in done.values and "ssn_last4" in done.values:
        done.values["ssn"] = done.values["ssn_last4"]
    return done


def _either(one: str | None, other: str | None) -> str | None:
    return one or other


def _sex(meanings: Mapping[str, str], text: str) -> tuple[object, str | None]:
    """A code for sex as the county said this source means it, else as it is usually read."""
    said = meanings.get(as_code(text))
    return (None if said == "unknown" else said, None) if said else texts.sex(text)


_DATED = frozenset({"birth_date", "starts", "starts_time", "starts_half", "ends", "ends_time", "ends_half"})


def _column(done: Clean, name: str, column: Coded, read: Reader) -> Coded:
    """Read a column, each distinct text once."""
    found: list[tuple[object, str | None]] = []
    for text in column.words:
        tidied = texts.tidy(text)
        found.append((None, None) if texts.is_nothing(tidied) else read(_cut(tidied) if read not in _WHOLE else tidied))
    told = [code for _, code in found]
    for code in sorted({code for code in told if code}):
        has = np.fromiter((one == code for one in told), bool, len(told))
        done.note(code, name, np.flatnonzero(has[column.codes]))
    return column.onto([value for value, _ in found])


def _names(done: Clean, columns: Mapping[str, Coded], blank: Coded) -> None:
    """Names from their parts, else from the whole name; cells with a unit or business instead are noted."""
    parts = [columns.get(name, blank).change(_cut) for name in _NAMES]
    whole = _without_roles(done, columns.get("full_name", blank).change(_cut))
    codes, firsts = combined([*parts, whole])
    found: list[Name] = []
    other = np.zeros(len(firsts), bool)
    written = zip(*(column.at(firsts).whole() for column in (*parts, whole)), strict=True)
    for place, (first, middle, last, second, suffix, full) in enumerate(written):
        name = names.from_parts(first, middle, last, second, suffix)
        if name.empty:
            name = names.parse_full(full)
        if names.names_nobody(name) or names.is_no_person(full if not (first or last) else (last if not first else "")):
            other[place] = True
            name = Name()
        found.append(name)
    done.values["name"] = Coded(codes, found).onto(found)
    column = "full_name" if "full_name" in columns else "last_name"
    done.note("not_a_person", column, np.flatnonzero(other[codes]))
    done.note("look_alike", column, np.flatnonzero(done.values["name"].where(names.mixes_alphabets)))


def _cut(cell: str) -> str:
    """A cell no longer than any name or date: what is longer stays whole in the row's words and is compared by this."""
    return cell[:LONGEST]


def _without_roles(done: Clean, whole: Coded) -> Coded:
    """Whole names without a role written beside them; it counts where the role's own column says nothing."""
    known = [names.role_in(texts.tidy(text)) for text in whole.words]
    if any(role for _, role in known):
        done.values["role"] = together(_either, done.of("role"), whole.onto([role for _, role in known]))
    return whole.onto([name for name, _ in known])


def _births(done: Clean, said: Coded, reading: Reading) -> None:
    newest = int(reading.read_on[:4]) - (10 if reading.kind in _JUSTICE else 0)
    read = partial(dates.birth, order=reading.date_order, newest=newest)
    done.values["birth"] = _column(done, "birth_date", said, read)
    done.note("short_years", "birth_date", np.flatnonzero(said.where(dates.SHORT_YEAR.match)))


def _moments(done: Clean, columns: Mapping[str, Coded], blank: Coded, reading: Reading) -> None:
    """Starts and ends, each from its date and time columns; an end before the start is none."""
    newest = int(reading.read_on[:4])
    columns = _with_halves(columns)
    clocks = {name: _column(done, name, columns.get(name, blank), dates.time_of_day)
              for name in ("starts_time", "ends_time")}  # fmt: skip
    start_days = _column(done, "starts", columns.get("starts", blank),
                         partial(dates.start, order=reading.date_order, newest=newest))  # fmt: skip
    end_days = _column(done, "ends", columns.get("ends", blank),
                       partial(dates.end, order=reading.date_order, newest=newest))  # fmt: skip
    starts = together(_moment, start_days, clocks["starts_time"])
    ends = together(_moment, end_days, clocks["ends_time"])
    ends, unknown = _after(starts, ends, end_days.where(_has_clock) | clocks["ends_time"].where(_says_clock))
    done.note("end_before_start", "ends", np.flatnonzero(unknown))
    if one_night_a_line(reading.kind, reading.headers):
        ends = starts  # one line a night: a list of who slept there
    elif "ends" not in columns:
        unknown[:] = True  # no end is told, which is not the same as still open
    unreadable = done.problems.get(("unreadable_end", "ends"))
    if unreadable is not None:
        unknown[unreadable] = True
    done.values.update(starts=starts, ends=ends, end_unknown=Coded(unknown.astype(np.int32), [None, True]))
    late = datetime.combine(date.fromisoformat(reading.read_on), time(23, 59, 59))
    done.note("start_in_future", "starts", np.flatnonzero(starts.where(lambda start: start and start > late)))


def _with_halves(columns: Mapping[str, Coded]) -> Mapping[str, Coded]:
    """The columns, with AM or PM that stands in a column of its own behind each time of day."""
    said = dict(columns)
    for side in ("starts", "ends"):
        half = columns.get(f"{side}_half")
        for name in (side, f"{side}_time"):
            if half is not None and name in columns:
                said[name] = together(dates.with_half, columns[name], half)
    return said


def _has_clock(day: dates.Moment | None) -> bool:
    return day is not None and day.clock is not None


def _says_clock(clock: tuple[time | None, bool] | None) -> bool:
    return bool((clock or [None])[0])


def _after(starts: Coded, ends: Coded, timed: Array) -> tuple[Coded, Array]:
    """The ends without those before their start, and the rows of these. `timed`: rows whose end says a time of day.

    A release day without its time, on the day of the booking, ends when it starts.
    """
    early = np.flatnonzero(moments(ends) < moments(starts))
    backwards = np.zeros(len(starts), bool)
    if not early.size:
        return ends, backwards
    told = ends.whole()
    for row, start in zip(early.tolist(), starts.at(early).whole(), strict=True):
        end = told[row]
        same_day = end.date() == start.date()
        backwards[row] = not (same_day and (not timed[row] or end.time() == time(0, 0)))
        told[row] = None if backwards[row] else start
    return Coded.of(told), backwards


def moments(column: Coded) -> Array:
    """The moments of a column as the machine's own, in microseconds; not-a-time where there is none."""
    return as_moments(column.words)[column.codes]


def _moment(day: dates.Moment | None, clock: tuple[time | None, bool] | None) -> datetime | None:
    if day is None:
        return None
    return dates.joined(day, *(clock or (None, False)))


def _address(done: Clean) -> None:
    """One address from its house number, street and apartment, where the source parts them."""
    pieces = ("address", "house_number", "street", "apartment")
    if set(pieces[1:]) & done.values.keys():
        done.values["address"] = together(_joined, *(done.of(name) for name in pieces))


def _joined(address: str | None, number: str | None, street: str | None, apartment: str | None) -> str | None:
    base = address or " ".join(part for part in (number, street) if part)
    return " ".join(part for part in (base, apartment) if part) or None


def _races(done: Clean, columns: Mapping[str, Coded]) -> None:
    """The HMIS race columns (0 and 1) as one text of their own names; a race column beside them goes first."""
    ticked = [name for name in HMIS_RACES if name in columns]

    def race(own: str | None, *ticks: str) -> str | None:
        return own or ",".join(
            _HMIS_WORDS[name] for name, tick in zip(ticked, ticks, strict=True) if tick in ("1", "1.0")
        ) or None  # fmt: skip

    if ticked:
        done.values["race"] = together(race, done.of("race"), *(columns[name] for name in ticked))
