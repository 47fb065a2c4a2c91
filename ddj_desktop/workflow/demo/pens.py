"""Small ways in which several systems write: dates as text, numbers of their own for a person, text files."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path

from ddj_desktop.workflow.demo.chance import Chance
from ddj_desktop.workflow.demo.mistakes import Mention
from ddj_desktop.workflow.demo.truth import Lines


def us_date(day: date | None) -> str:
    """MM/DD/YYYY."""
    return day.strftime("%m/%d/%Y") if day else ""


def us_moment(moment: datetime | None) -> str:
    """MM/DD/YYYY HH:MM."""
    return moment.strftime("%m/%d/%Y %H:%M") if moment else ""


def short_date(day: date | None) -> str:
    """MM/DD/YY, the year in two digits."""
    return day.strftime("%m/%d/%y") if day else ""


def packed_date(day: date | None) -> str:
    """YYYYMMDD."""
    return day.strftime("%Y%m%d") if day else ""


def dashed_ssn(ssn: str) -> str:
    """000-00-0000; the last four alone as ***-**-0000; blank stays blank."""
    if len(ssn) == 9:
        return f"{ssn[:3]}-{ssn[3:5]}-{ssn[5:]}"
    return f"***-**-{ssn}" if ssn else ""


class OwnNumbers:
    """A system's own number for a person: given at the first contact, now and then given anew by oversight."""

    def __init__(self, chance: Chance, first: int, anew: float) -> None:
        self._chance, self._next, self._anew = chance, first, anew
        self._known: dict[str, int] = {}

    def of(self, person_id: str, said: Mention) -> int:
        """The number for this mention. A false name at the desk is mostly found out by the fingerprints."""
        fresh = self._chance.yes(self._anew)
        if person_id not in self._known or fresh:
            self._next += self._chance.randrange(1, 9)
            self._known[person_id] = self._next
            if fresh:
                said.trouble.append("second own number")
        return self._known[person_id]

    def for_nobody(self) -> int:
        """A number for somebody the system could not name."""
        self._next += self._chance.randrange(1, 9)
        return self._next


def write_text(path: Path, lines: Lines, delimiter: str, encoding: str, quoting: bool = True) -> None:
    """A delimited text file with the line ends of Windows. Signs the encoding lacks are written as a question mark."""
    with path.open("w", encoding=encoding, newline="", errors="replace") as stream:
        if quoting:
            csv.writer(stream, delimiter=delimiter, lineterminator="\r\n").writerows(lines.rows)
        else:
            stream.writelines(_joined(lines.rows, delimiter))


def _joined(rows: Iterable[Iterable[object]], delimiter: str) -> Iterable[str]:
    for row in rows:
        yield delimiter.join("" if cell is None else str(cell).replace(delimiter, " ") for cell in row) + "\r\n"
