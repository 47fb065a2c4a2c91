"""What the tests of the made-up county share: its files read with other parts than it is made with, and the
definition counted by hand."""

from __future__ import annotations

import csv
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from python_calamine import CalamineWorkbook

from ddj_desktop.workflow.demo.county import MadeUpCounty

WINDOW = ("2025-11-01", "2026-10-31")
NOT_COUNTED = ("protective_custody", "federal_hold")


@dataclass
class Made:
    county: MadeUpCounty
    rows: list[dict[str, str]]
    contacts: list[dict[str, str]]
    people: dict[str, dict[str, str]]

    def file(self, part: str) -> Path:
        return next(file.path for file in self.county.exports if part in file.path.name)


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def lines_of(path: Path) -> dict[tuple[str, int], list[str]]:
    """Every line that holds anything, by sheet and line number, read with parts the county is not made with."""
    found: dict[tuple[str, int], list[str]] = {}
    if path.suffix == ".xlsx":
        book = CalamineWorkbook.from_path(path)
        for sheet in book.sheet_names:
            for number, row in enumerate(book.get_sheet_by_name(sheet).to_python(skip_empty_area=False), 1):
                if any(cell != "" for cell in row):
                    found[sheet, number] = [str(cell) for cell in row]
        return found
    encoding = "cp1252" if "cad" in path.name else "utf-8-sig"
    delimiter = "|" if path.suffix == ".txt" else ","
    with path.open(encoding=encoding, newline="") as stream:
        for number, row in enumerate(csv.reader(stream, delimiter=delimiter), 1):
            found["", number] = row
    return found


def members(contacts: list[dict[str, str]]) -> tuple[set[str], Counter[str], Counter[str]]:
    """The agreed definition of the demo, counted by hand: four bookings and two runs in the twelve months."""
    booked: Counter[str] = Counter()
    carried: Counter[str] = Counter()
    for contact in contacts:
        inside = WINDOW[0] <= contact["starts"][:10] <= WINDOW[1]
        if inside and contact["system"] == "jail" and contact["kind"] not in NOT_COUNTED:
            booked[contact["true_person"]] += 1
        if inside and contact["system"] == "ems" and contact["true_person"]:
            carried[contact["true_person"]] += 1
    return {person for person in booked if booked[person] >= 4 and carried[person] >= 2}, booked, carried


def year_of(moment: str) -> int:
    return int(moment[:4]) - 2023 - (moment[5:7] < "11")
