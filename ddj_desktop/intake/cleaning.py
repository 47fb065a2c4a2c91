"""Cleaning of whole columns: each distinct text is read once, and every problem is noted with its lines."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import partial
from typing import Any

from ddj_desktop.intake import cleaning_dates as dates
from ddj_desktop.intake import cleaning_names as names
from ddj_desktop.intake import cleaning_text as texts
from ddj_desktop.intake.cleaning_names import Name
from ddj_desktop.intake.fields import FLAGS, HMIS_RACES
from ddj_desktop.intake.kinds import OUTREACH, one_night_a_line
from ddj_desktop.intake.lines import Reading
from ddj_desktop.intake.words import LONGEST, words
from ddj_desktop.registers.crosswalks import as_code

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
    """Rows as read: for each field a list over the rows, None where nothing is said.

    `name` holds Name, `birth` dates.Birth, `starts` and `ends` datetime, flags yes or no; the rest text, age a number.
    """

    size: int
    values: dict[str, list[Any]] = field(default_factory=dict)
    problems: dict[tuple[str, str], list[int]] = field(default_factory=dict)
    """(code, field) to the rows that have it."""

    def of(self, name: str) -> list[Any]:
        """The values of a field; all None where no column gives it."""
        found = self.values.get(name)
        return found if found is not None else [None] * self.size

    def note(self, code: str, name: str, rows: Sequence[int]) -> None:
        """Add a problem's rows."""
        if rows:
            self.problems.setdefault((code, name), []).extend(rows)


def clean(
    columns: Mapping[str, Sequence[str]], size: int, reading: Reading, sexes: Mapping[str, str] | None = None
) -> Clean:
    """Read every column taken in by what its field is. `sexes`: what the source's own codes for sex mean."""
    done = Clean(size)
    readers: Mapping[str, Reader] = {**_READERS, "sex": partial(_sex, sexes)} if sexes else _READERS
    for name in columns:
        if name not in _DATED and name not in _NAMES and name != "full_name" and name not in HMIS_RACES:
            done.values[name] = _column(done, name, columns[name], readers.get(name, texts.text))
    _names(done, columns)
    _births(done, columns, reading)
    _moments(done, columns, reading)
    _address(done)
    _races(done, columns)
    if reading.kind == "shelter" and set(words(reading.headers.get("starts", ""))) == {"information", "date"}:
        done.values.setdefault("kind_code", [OUTREACH] * size)
    if "parent_key" in done.values:  # LAW, EMS and FIRE incidents of one event are one contact
        pairs = zip(done.of("parent_key"), done.of("contact_key"), strict=True)
        done.values["contact_key"] = [parent or own for parent, own in pairs]
    if "ssn" not in done.values and "ssn_last4" in done.values:
        done.values["ssn"] = done.values["ssn_last4"]
    return done


def _sex(meanings: Mapping[str, str], text: str) -> tuple[object, str | None]:
    """A code for sex as the county said this source means it, else as it is usually read."""
    said = meanings.get(as_code(text))
    return (None if said == "unknown" else said, None) if said else texts.sex(text)


_DATED = frozenset({"birth_date", "starts", "starts_time", "ends", "ends_time"})


def _column(done: Clean, name: str, values: Sequence[str], read: Reader) -> list[Any]:
    """Read a column, each distinct text once."""
    known: dict[str, tuple[object, str | None]] = {}
    for text in set(values):
        tidied = texts.tidy(text)
        known[text] = (None, None) if texts.is_nothing(tidied) else read(tidied if read in _WHOLE else tidied[:LONGEST])
    for code in sorted({code for _, code in known.values() if code}):
        those = {text for text, (_, told) in known.items() if told == code}
        done.note(code, name, [row for row, text in enumerate(values) if text in those])
    return list(map({text: value for text, (value, _) in known.items()}.__getitem__, values))


def _names(done: Clean, columns: Mapping[str, Sequence[str]]) -> None:
    """Names from their parts, else from the whole name; cells with a unit or business instead are noted."""
    blank = [""] * done.size
    parts = list(zip(*(_cut(columns.get(name, blank)) for name in _NAMES), strict=True))
    whole = _without_roles(done, _cut(columns.get("full_name", blank)))
    known: dict[tuple[tuple[str, ...], str], Name] = {}
    other: set[tuple[tuple[str, ...], str]] = set()
    for pair in set(zip(parts, whole, strict=True)):
        (first, middle, last, second, suffix), full = pair
        name = names.from_parts(first, middle, last, second, suffix)
        if name.empty:
            name = names.parse_full(full)
        if names.names_nobody(name) or names.is_no_person(full if not (first or last) else (last if not first else "")):
            other.add(pair)
            name = Name()
        known[pair] = name
    pairs = list(zip(parts, whole, strict=True))
    done.values["name"] = [known[pair] for pair in pairs]
    column = "full_name" if "full_name" in columns else "last_name"
    done.note("not_a_person", column, [row for row, pair in enumerate(pairs) if pair in other])
    mixed = {pair for pair, name in known.items() if names.mixes_alphabets(name)}
    done.note("look_alike", column, [row for row, pair in enumerate(pairs) if pair in mixed] if mixed else [])


def _cut(cells: Sequence[str]) -> Sequence[str]:
    """The cells, none longer than any name: what is longer stays whole in the row's words and is compared by this."""
    return [cell[:LONGEST] for cell in cells] if max(map(len, cells), default=0) > LONGEST else cells


def _without_roles(done: Clean, whole: Sequence[str]) -> list[str]:
    """Whole names without a role written beside them; it counts where the role's own column says nothing."""
    known = {text: names.role_in(texts.tidy(text)) for text in set(whole)}
    if any(role for _, role in known.values()):
        own = done.of("role")
        done.values["role"] = [said or known[text][1] for said, text in zip(own, whole, strict=True)]
    return [known[text][0] for text in whole]


def _births(done: Clean, columns: Mapping[str, Sequence[str]], reading: Reading) -> None:
    newest = int(reading.read_on[:4]) - (10 if reading.kind in _JUSTICE else 0)
    read = partial(dates.birth, order=reading.date_order, newest=newest)
    said = columns.get("birth_date", [""] * done.size)
    done.values["birth"] = _column(done, "birth_date", said, read)
    short = {text for text in set(said) if dates.SHORT_YEAR.match(text)}
    done.note("short_years", "birth_date", [row for row, text in enumerate(said) if text in short] if short else [])


def _moments(done: Clean, columns: Mapping[str, Sequence[str]], reading: Reading) -> None:
    """Starts and ends, each from its date and time columns; an end before the start is none."""
    blank = [""] * done.size
    newest = int(reading.read_on[:4])
    clocks = {
        name: _column(done, name, columns.get(name, blank), dates.time_of_day) for name in ("starts_time", "ends_time")
    }
    start_days = _column(done, "starts", columns.get("starts", blank),
                         partial(dates.start, order=reading.date_order, newest=newest))  # fmt: skip
    end_days = _column(done, "ends", columns.get("ends", blank),
                       partial(dates.end, order=reading.date_order, newest=newest))  # fmt: skip
    starts = [_moment(day, clock) for day, clock in zip(start_days, clocks["starts_time"], strict=True)]
    ends = [_moment(day, clock) for day, clock in zip(end_days, clocks["ends_time"], strict=True)]
    backwards = []
    for row, (start, end) in enumerate(zip(starts, ends, strict=True)):
        if start is None or end is None or end >= start:
            continue
        if end.date() == start.date() and end_days[row].clock is None and not (clocks["ends_time"][row] or [None])[0]:
            ends[row] = start  # a release day without its time, on the day of the booking
        elif end.time() == time(0, 0) and end.date() == start.date():
            ends[row] = start
        else:
            ends[row] = None
            backwards.append(row)
    unknown = set(backwards)
    if one_night_a_line(reading.kind, reading.headers):
        ends = starts  # one line a night: a list of who slept there
    elif "ends" not in columns:
        unknown = set(range(done.size))  # no end is told, which is not the same as still open
    unknown.update(done.problems.get(("unreadable_end", "ends"), []))
    done.values.update(starts=starts, ends=ends, end_unknown=[row in unknown or None for row in range(done.size)])
    done.note("end_before_start", "ends", backwards)
    late = datetime.combine(date.fromisoformat(reading.read_on), time(23, 59, 59))
    done.note("start_in_future", "starts", [row for row, start in enumerate(starts) if start and start > late])


def _moment(day: dates.Moment | None, clock: tuple[time | None, bool] | None) -> datetime | None:
    if day is None:
        return None
    return dates.joined(day, *(clock or (None, False)))


def _address(done: Clean) -> None:
    """One address from its house number, street and apartment, where the source parts them."""
    if not {"house_number", "street", "apartment"} & done.values.keys():
        return
    pieces = zip(*(done.of(name) for name in ("address", "house_number", "street", "apartment")), strict=True)
    joined = []
    for address, number, street, apartment in pieces:
        base = address or " ".join(part for part in (number, street) if part)
        joined.append(" ".join(part for part in (base, apartment) if part) or None)
    done.values["address"] = joined


def _races(done: Clean, columns: Mapping[str, Sequence[str]]) -> None:
    """The HMIS race columns (0 and 1) as one text of their own names; a race column beside them goes first."""
    ticked = [name for name in HMIS_RACES if name in columns]
    if not ticked:
        return
    own = done.of("race")
    rows = zip(*(columns[name] for name in ticked), strict=True)
    said = [
        ",".join(_HMIS_WORDS[name] for name, tick in zip(ticked, row, strict=True) if tick in ("1", "1.0"))
        for row in rows
    ]
    done.values["race"] = [race or text or None for race, text in zip(own, said, strict=True)]
