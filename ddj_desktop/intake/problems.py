"""Problems of an import's rows: counted, in plain sentences, with line numbers and never a cell's value."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import numpy as np

from ddj_desktop.intake.cleaning import Clean
from ddj_desktop.intake.coded import Coded
from ddj_desktop.intake.fields import label
from ddj_desktop.intake.guidance import ask, effect, shape
from ddj_desktop.intake.lines import Lines, Reading
from ddj_desktop.intake.structure import ANOTHER_TABLE
from ddj_desktop.intake.types import Problem
from ddj_desktop.store.columns import Array

MUST_FIX, PLEASE_CHECK, FOR_INFORMATION = "must fix", "please check", "for information"
_SHOWN = 20
_EXAMPLES = 3
_LOOKED_AT = 2_000
"""Rows looked at for examples: where all of them look alike, so do the rest, or they are rare."""

# Code: level, sentence. {n} rows, {column} the heading, {field} what it holds.
_SENTENCES: Mapping[str, tuple[str, str]] = {
    "lost_digits": (MUST_FIX, "{n} in the column “{column}” lost digits in the file itself (such as 1.23E+11). Ask the "
                    "sender to export the column as text."),
    "no_start": (MUST_FIX, "{n} have no {field} and were set aside. Ask the sender to fill it in."),
    "unreadable_start": (MUST_FIX, "{n} have a {field} that can not be read and were set aside. Check the order of day "
                         "and month, or ask the sender."),
    "no_person": (MUST_FIX, "{n} name nobody and were set aside: no name and no person number."),
    "no_number": (MUST_FIX, "{n} have no number of a contact and were set aside: this sheet only says more of contacts "
                  "that are here already."),
    "nothing": (PLEASE_CHECK, "{n} have nothing in the columns taken in and were set aside."),
    "end_before_start": (PLEASE_CHECK, "{n} end before they start. They count as contacts; their end is unknown and "
                         "their days are not counted."),
    "unreadable_end": (PLEASE_CHECK, "{n} have a {field} that can not be read. They count as contacts; their days are "
                       "not counted."),
    "unreadable_time": (PLEASE_CHECK, "{n} have a {field} that can not be read; only the date is used."),
    "start_in_future": (PLEASE_CHECK, "{n} start after the day of this import. Check the order of day and month."),
    "unreadable_birth": (PLEASE_CHECK, "{n} have a birth date that can not be read; it counts as not known."),
    "birth_too_late": (PLEASE_CHECK, "{n} have a birth date too late to be true; it counts as not known."),
    "short_years": (FOR_INFORMATION, "{n} write the year of birth with two digits. It is read as the latest year that "
                    "can be meant: nobody is born after the import, nor jailed as a small child."),
    "look_alike": (PLEASE_CHECK, "{n} have a name that mixes our letters with Greek or Cyrillic ones that look alike; "
                   "it is not taken for the same name."),
    "ragged": (PLEASE_CHECK, "{n} have more cells than there are headings. A mark inside a value that should part two "
               "may have moved what follows it one column to the right."),
    "placeholder_birth": (FOR_INFORMATION, "{n} have a birth date of 1900 or before, which stands for not known."),
    "placeholder_ssn": (FOR_INFORMATION, "{n} have a Social Security number that stands for none."),
    "odd_ssn": (PLEASE_CHECK, "{n} have a Social Security number without nine digits; it is not used."),
    "odd_phone": (FOR_INFORMATION, "{n} have a phone number without ten digits; it is not used."),
    "odd_zip": (FOR_INFORMATION, "{n} have a ZIP code without five digits; it is not used."),
    "odd_age": (PLEASE_CHECK, "{n} have an age that can not be read; it is not used."),
    "odd_sex": (PLEASE_CHECK, "{n} have a code for sex that is not known here; it is not used."),
    "odd_flag": (PLEASE_CHECK, "{n} in the column “{column}” say neither yes nor no; they count as not known."),
    "not_a_person": (FOR_INFORMATION, "{n} have a unit, business or carrier where a name should be; nobody is "
                     "counted."),
    "shared_numbers": (PLEASE_CHECK, "The column “{column}” gives one number to several people, so it names no single "
                       "{field}. Person and start date are used with it."),
    "no_end_column": (FOR_INFORMATION, "The sheet has no {field}. Contacts are counted, days are not."),
    "one_night": (FOR_INFORMATION, "The sheet has no {field}. Each row counts as one night."),
    "control_total": (MUST_FIX, "The sheet's own total differs from what was read: it says {said}, read were {n} and "
                      "{events} of their own number. Compare with the sender's report."),
    "at_jail": (FOR_INFORMATION, "{n} took place at a jail. They are kept as a kind of their own, which a "
                "definition can leave out."),
    "same_time_place": (PLEASE_CHECK, "{n} share minute and place with another number: several services at one event, "
                        "or one call keyed in twice. Each is counted."),
    "new_codes": (PLEASE_CHECK, "{codes} in the column “{column}” were in no earlier file of this source ({n})."),
    "volume": (PLEASE_CHECK, "The sheet has {n} of data, {way} than usual: the last {files} files had {usual}, taking "
               "the middle one."),
    "missing_days": (PLEASE_CHECK, "Nothing at all starts on {n_days} inside the sheet’s own period, the longest "
                     "stretch being {when}."),
    "missing_months": (PLEASE_CHECK, "No file covers {first} to {last}."),
    "control_total_agrees": (FOR_INFORMATION, "The sheet's own total agrees with what was read."),
}  # fmt: skip
_OF_ONE = (
    ("1 row have ", "1 row has "), ("1 row write ", "1 row writes "), ("1 row name ", "1 row names "),
    ("1 row start ", "1 row starts "),
    ("1 row end before they start", "1 row ends before it starts"), (" were set aside", " was set aside"),
    ("They count as contacts", "It counts as a contact"), ("their end", "its end"), ("their days", "its days"),
    (" say neither yes nor no; they count", " says neither yes nor no; it counts"),
)  # fmt: skip
"""What the sentences say where the rows are one."""
_LEVELS = (MUST_FIX, PLEASE_CHECK, FOR_INFORMATION)


def of_rows(cleaned: Clean, lines: Lines, reading: Reading, set_aside: Mapping[str, Array]) -> list[Problem]:
    """The problems of the cells and of the rows set aside (reason code to positions), gravest first."""
    numbers = lines.sheet.table.numbers[lines.data]
    found = []
    for code, rows in set_aside.items():
        name = "starts" if "start" in code else ""
        examples = _masked(lines, rows, reading.columns.get(name))
        found.append(_problem(code, name, numbers[rows], reading, examples))
    for (code, name), rows in cleaned.problems.items():
        if code != "unreadable_start":
            examples = _masked(lines, rows, reading.columns.get(name))
            found.append(_problem(code, name, numbers[rows], reading, examples))
    return in_order(found)


def of_lines(code: str, numbers: list[int], reading: Reading) -> list[Problem]:
    """A problem of whole lines, by their numbers; none where there are none."""
    return [_problem(code, "", np.array(numbers), reading, ())] if numbers else []


def in_order(problems: Sequence[Problem]) -> list[Problem]:
    """Gravest first, then the most rows, then by code and column."""
    return sorted(problems, key=lambda one: (_LEVELS.index(one.level), -one.count, one.code, one.column))


def of_sheet(code: str, name: str, reading: Reading, count: int = 0, **facts: object) -> Problem:
    """A problem of a whole column or sheet."""
    level, sentence = _SENTENCES[code]
    column = reading.headers.get(name, "")
    days = "1 day" if count == 1 else f"{count:,} days"
    said = sentence.format(n=_rows(count), n_days=days, column=column, field=_field(name, reading), **facts)
    if said.startswith("1 code "):
        said = said.replace(" were in no", " was in no")
    return Problem(level, code, column, count, said, effect=effect(code), ask=ask(code))


def _masked(lines: Lines, rows: Array, index: int | None) -> tuple[str, ...]:
    """What the first different cells of a column look like on these rows, masked."""
    shapes: dict[str, None] = {}
    column = lines.sheet.table.column(index) if index is not None else Coded.same("", len(lines.numbers))
    for position in lines.data[rows[:_LOOKED_AT]].tolist():
        text = column.words[column.codes[position]].strip()
        if text:
            shapes[shape(text)] = None
        if len(shapes) == _EXAMPLES:
            break
    return tuple(shapes)


def _problem(code: str, name: str, numbers: Array, reading: Reading, examples: tuple[str, ...]) -> Problem:
    level, sentence = _SENTENCES[code]
    column = reading.headers.get(name, "")
    said = sentence.format(n=_rows(len(numbers)), column=column, field=_field(name, reading))
    if len(numbers) == 1:
        for several, one in _OF_ONE:
            said = said.replace(several, one)
    first = tuple(np.sort(numbers)[:_SHOWN].tolist())
    return Problem(level, code, column, len(numbers), said, first, examples, effect(code), ask(code))


def _rows(count: int) -> str:
    return "1 row" if count == 1 else f"{count:,} rows"


def _field(name: str, reading: Reading) -> str:
    return label(name, reading.kind).lower() if name else ""


_TOTAL_WORDS = re.compile(
    r"\b(?:total|count|records?|rows|number of|bookings|incidents|calls|inmates|entries)\b", re.IGNORECASE
)
_MONEY = re.compile(
    r"bond|bail|amount|fine|fee|cost|\$|page|balance|days|hours|average|subtotal|sub-total", re.IGNORECASE
)
_WHOLE = re.compile(r"(?<![\d.,/:-])(\d{1,3}(?:,\d{3})+|\d+)(?:\.0+)?(?![\d.,/:-]*\d)")


def control_totals(lines: Lines) -> list[int]:
    """Numbers a footer gives as its own count (`Total: 312`), from lines after the last data line that are no data."""
    last = int(lines.data[-1]) if len(lines.data) else -1
    totals: list[int] = []
    for position, reason in lines.not_data.items():
        if reason == ANOTHER_TABLE:
            continue
        text = lines.text(position)
        if position < last or not _TOTAL_WORDS.search(text) or _MONEY.search(text):
            continue
        numbers = [int(found[1].replace(",", "")) for found in _WHOLE.finditer(text)]
        if len(numbers) == 1:
            totals.append(numbers[0])
    return totals
