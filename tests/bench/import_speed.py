"""How long taking in a large file takes, beside only reading it with the library alone in the same run.

Run: .venv/bin/python -m tests.bench.import_speed [ROWS ...]. Columns are 25. For csv, xlsx (up to 100,000 rows) and xls
(up to 65,535, what a sheet of that format holds) it prints processor seconds of the library alone, of our reading (with
the child), and of the whole command to committed contacts; the ratios; the largest process's peak memory; and over
several sizes the exponent by which the whole command grows. Then what the next month's csv costs, nine tenths of whose
rows are here already; and what a rule file of unknown words costs at two sizes. 1000000 rows: about a minute of
processor time and 2 GB for the file written, read and taken in.
"""

from __future__ import annotations

import csv
import math
import os
import random
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time

import xlwt
from openpyxl import Workbook

from ddj_desktop.cohort.errors import RuleMistakes
from ddj_desktop.cohort.rule import parse_rule
from tests.cli.running import PASSPHRASE, ROOT, ddj
from tests.flow.sheets import made_up_people

HEADINGS = [
    "Booking #", "Inmate ID", "Last Name", "First Name", "Middle Name", "Suffix", "DOB", "Sex", "Race", "SSN",
    "Address", "City", "State", "Zip", "Phone", "Booking Date", "Release Date", "Charge Description", "Statute",
    "Severity", "Bond", "Agency", "Housing", "Release Type", "Notes",
]  # fmt: skip
MOST_ROWS = {"csv": 10_000_000, "xlsx": 100_000, "xls": 65_535}
ONLY_LIBRARY = {
    "csv": "import csv,sys; n=sum(1 for _ in csv.reader(open(sys.argv[1], newline='')))",
    "xlsx": "import sys; from python_calamine import CalamineWorkbook as W; "
    "n=sum(1 for _ in W.from_path(sys.argv[1]).get_sheet_by_index(0).iter_rows())",
}
ONLY_LIBRARY["xls"] = ONLY_LIBRARY["xlsx"]
ONLY_READ = "import sys; from ddj_desktop.intake.read import read_file; read_file(sys.argv[1])"


def lines(rows: int, seed: int = 7) -> Iterator[list[object]]:
    """A booking export of so many lines by 25 columns: two charges a booking, one line a charge."""
    chance = random.Random(seed)
    people = made_up_people(2_500, seed)
    yield list(HEADINGS)
    for index in range(rows):
        if index % 2 == 0:
            person = chance.randrange(len(people))
            first, last, born, sex = people[person]
            start = datetime(2023, 1, 1) + timedelta(minutes=chance.randint(0, 3 * 525_600))
            end = start + timedelta(hours=chance.randint(2, 900))
        yield [
            f"{index // 2:07d}", f"P{person:05d}", last, first, "", "", born, sex, "W", f"9{person:08d}",
            f"{person % 900} Main St", "Pine", "KS", "67000", f"620-555-{person % 10_000:04d}",
            f"{start:%m/%d/%Y %H:%M}", f"{end:%m/%d/%Y %H:%M}", f"CHARGE {index % 40}", f"21-{index % 90}", "M", 500,
            "PCSO", "A-1", "BOND", "x" * (index % 20),
        ]  # fmt: skip


def write_large(path: Path, rows: int, seed: int = 7) -> None:
    """Write the export in the format its name ends with."""
    if path.suffix == ".csv":
        with path.open("w", newline="") as out:
            csv.writer(out).writerows(lines(rows, seed))
    elif path.suffix == ".xlsx":
        book = Workbook(write_only=True)
        sheet = book.create_sheet("Bookings")
        for line in lines(rows, seed):
            sheet.append(line)
        book.save(path)
    else:
        old = xlwt.Workbook()
        page = old.add_sheet("Bookings")
        for number, line in enumerate(lines(rows, seed)):
            for column, value in enumerate(line):
                page.write(number, column, value)
        old.save(str(path))


@dataclass(frozen=True)
class Cost:
    """Processor seconds of a command and its children, and the peak of the largest of them in MB."""

    seconds: float
    megabytes: float


def cost(command: list[str], given: str = "") -> Cost:
    """Run a command and say what it cost."""
    child = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}
    )
    assert child.stdin
    child.stdin.write(given.encode())
    child.stdin.close()
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise SystemExit(f"the command ended with {child.returncode}")
    return Cost(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def measured(home: Path, form: str, rows: int) -> Cost:
    """Measure and print one format at one size; the cost of the whole command."""
    path, county = home / f"export.{form}", home / f"{form}{rows}.ddj"
    write_large(path, rows)
    assert ddj("new", county, "--county", "Pine", "--state", "KS").code == 0
    library = cost([sys.executable, "-c", ONLY_LIBRARY[form], str(path)])
    read = cost([sys.executable, "-c", ONLY_READ, str(path)])
    command = [sys.executable, "main.py", "import", str(county), str(path), "--passphrase-file", "-"]
    whole = cost(command, PASSPHRASE + "\n")
    print(
        f"{form} {rows:,} x {len(HEADINGS)}: library {library.seconds:.1f} s, read {read.seconds:.1f} s "
        f"({read.seconds / library.seconds:.1f} times), {read.megabytes:.0f} MB; to contacts {whole.seconds:.1f} s "
        f"({whole.seconds / read.seconds:.1f} times reading), {whole.megabytes:.0f} MB",
        flush=True,
    )
    return whole


def _later(rows: int) -> Iterator[list[object]]:
    """The export again: its first tenth under new numbers, of the rest every hundredth line changed."""
    new, changes = rows // 10 // 2 * 2, HEADINGS.index("Release Type")
    for number, line in enumerate(lines(rows)):
        if 0 < number <= new:
            line[0] = f"N{line[0]}"
        elif number and number % 100 == 0:
            line[changes] = "SERVED"
        yield line


def measured_again(home: Path, rows: int) -> None:
    """Measure and print an export that overlaps an earlier one: nine tenths are here, a hundredth of these changed."""
    first, again, county = home / f"first{rows}.csv", home / f"again{rows}.csv", home / f"again{rows}.ddj"
    write_large(first, rows)
    with again.open("w", newline="") as out:  # line by line: what this process holds would count as the command's peak
        csv.writer(out).writerows(_later(rows))
    assert ddj("new", county, "--county", "Pine", "--state", "KS").code == 0
    costs = [
        cost([sys.executable, "main.py", "import", str(county), str(path), "--passphrase-file", "-"], PASSPHRASE + "\n")
        for path in (first, again)
    ]
    print(
        f"overlap {rows:,}: first {costs[0].seconds:.1f} s, {costs[0].megabytes:.0f} MB; again, nine tenths here "
        f"already, {costs[1].seconds:.1f} s "
        f"({costs[1].seconds / costs[0].seconds:.2f} times), {costs[1].megabytes:.0f} MB",
        flush=True,
    )


def measured_rule(words: int) -> float:
    """Processor seconds to refuse a rule file of so many unknown words."""
    text = "\n".join(f"a{number}=1" for number in range(words))
    begin = process_time()
    with suppress(RuleMistakes):
        parse_rule(text)
    return process_time() - begin


def main(sizes: list[int]) -> None:
    """Measure and print every size, then how the whole command grows."""
    with TemporaryDirectory() as folder:
        for form, most in MOST_ROWS.items():
            fit = sorted({min(rows, most) for rows in sizes})
            found = [measured(Path(folder), form, rows) for rows in fit]
            if len(fit) > 1:
                grown = math.log(found[-1].seconds / found[0].seconds) / math.log(fit[-1] / fit[0])
                print(f"{form}: from {fit[0]:,} to {fit[-1]:,} rows the time grows as rows^{grown:.2f}")
        measured_again(Path(folder), min(max(sizes), 100_000))
    print(f"rule file: 4,000 unknown words {measured_rule(4_000):.3f} s, 8,000 {measured_rule(8_000):.3f} s")


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or [10_000, 100_000])
