"""Small made-up export files for flow tests, written from a seed."""

from __future__ import annotations

import csv
import random
from datetime import datetime, timedelta
from pathlib import Path

from openpyxl import Workbook

FIRST = ["James", "Maria", "Robert", "Linda", "Jose", "Carmen", "Walter", "Ruth", "Dale", "Norma", "Luis", "Beth"]
LAST = ["Abbott", "Garcia", "Larsen", "Whitehorse", "Novak", "Pruitt", "Okafor", "Delgado", "Stamper", "Yoder", "Quill"]


def made_up_people(count: int, seed: int) -> list[tuple[str, str, str, str]]:
    """(first, last, birth date as MM/DD/YYYY, sex), all different."""
    chance = random.Random(seed)
    found: dict[tuple[str, str, str], tuple[str, str, str, str]] = {}
    while len(found) < count:
        first, last = chance.choice(FIRST), chance.choice(LAST)
        born = f"{chance.randint(1, 12):02d}/{chance.randint(1, 28):02d}/{chance.randint(1950, 2004)}"
        found[first, last, born] = (first, last, born, chance.choice("MF"))
    return sorted(found.values())


def write_jail(path: Path, people: list[tuple[str, str, str, str]], bookings: int, seed: int) -> list[str]:
    """A booking export: banner, headings, one line a booking, a total. Returns the booking numbers."""
    chance = random.Random(seed)
    book = Workbook()
    sheet = book.active
    sheet.append(["PINE COUNTY SHERIFF"])
    sheet.append(["Booking report, run 11/01/2026"])
    sheet.append([])
    sheet.append(["Booking #", "Name", "DOB", "Sex", "Race", "Booking Date", "Release Date", "Charge Description"])
    numbers = []
    for index in range(bookings):
        first, last, born, sex = chance.choice(people)
        start = datetime(2025, 11, 1) + timedelta(hours=chance.randint(0, 360 * 24))
        end = start + timedelta(hours=chance.randint(5, 900))
        numbers.append(f"{seed % 100:02d}-{index:05d}")
        sheet.append([
            numbers[-1], f"{last.upper()}, {first.upper()}", born, sex, "W", f"{start:%m/%d/%Y %H:%M}",
            f"{end:%m/%d/%Y %H:%M}" if end < datetime(2026, 11, 1) else "", chance.choice(["TRESPASS", "THEFT", "DUI"]),
        ])  # fmt: skip
    sheet.append(["Total:", bookings])
    book.save(path)
    return numbers


def write_ems(path: Path, people: list[tuple[str, str, str, str]], runs: int, seed: int) -> None:
    """An ambulance export as comma-separated text."""
    chance = random.Random(seed)
    with open(path, "w", newline="", encoding="utf-8") as out:
        sheet = csv.writer(out)
        sheet.writerow(["Incident Number", "Incident Date", "Patient Last Name", "Patient First Name", "Date of Birth",
                        "Gender", "Primary Impression", "Disposition"])  # fmt: skip
        for index in range(runs):
            first, last, born, sex = chance.choice(people)
            day = datetime(2025, 11, 1) + timedelta(hours=chance.randint(0, 360 * 24))
            sheet.writerow([f"E{seed}{index:05d}", f"{day:%m/%d/%Y %H:%M}", last, first, born, sex,
                            chance.choice(["Fall", "Overdose", "Chest pain"]), "Transported"])  # fmt: skip
