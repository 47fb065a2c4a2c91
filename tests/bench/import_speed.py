"""How long taking in a large workbook takes, beside only reading it; and the memory both need.

Run: .venv/bin/python -m tests.bench.import_speed [ROWS]. Columns are 25. Prints seconds, the ratio, peak memory.
"""

from __future__ import annotations

import random
import resource
import subprocess
import sys
import time
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from openpyxl import Workbook

from tests.cli.running import PASSPHRASE, ROOT, ddj
from tests.flow.sheets import made_up_people

HEADINGS = [
    "Booking #", "Inmate ID", "Last Name", "First Name", "Middle Name", "Suffix", "DOB", "Sex", "Race", "SSN",
    "Address", "City", "State", "Zip", "Phone", "Booking Date", "Release Date", "Charge Description", "Statute",
    "Severity", "Bond", "Agency", "Housing", "Release Type", "Notes",
]  # fmt: skip
ONLY_READ = (
    "import sys; from ddj_desktop.intake.read import read_file; from pathlib import Path; read_file(Path(sys.argv[1]))"
)


def write_large(path: Path, rows: int, seed: int = 7) -> None:
    """A booking export of so many lines by 25 columns: two charges a booking, one line a charge."""
    chance = random.Random(seed)
    people = made_up_people(2_500, seed)
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Bookings")
    sheet.append(HEADINGS)
    for index in range(rows):
        if index % 2 == 0:
            person = chance.randrange(len(people))
            first, last, born, sex = people[person]
            start = datetime(2023, 1, 1) + timedelta(minutes=chance.randint(0, 3 * 525_600))
            end = start + timedelta(hours=chance.randint(2, 900))
        sheet.append([
            f"{index // 2:07d}", f"P{person:05d}", last, first, "", "", born, sex, "W", f"9{person:08d}",
            f"{person % 900} Main St", "Pine", "KS", "67000", f"620-555-{person % 10_000:04d}",
            f"{start:%m/%d/%Y %H:%M}", f"{end:%m/%d/%Y %H:%M}", f"CHARGE {index % 40}", f"21-{index % 90}", "M", 500,
            "PCSO", "A-1", "BOND", "x" * (index % 20),
        ])  # fmt: skip
    book.save(path)


def timed(command: list[str], given: str = "") -> tuple[float, float]:
    """Wall seconds and peak memory in MB of a command (the largest of its processes)."""
    began = time.monotonic()
    done = subprocess.run(command, input=given, text=True, capture_output=True, cwd=ROOT, check=False)
    spent = time.monotonic() - began
    if done.returncode:
        raise SystemExit(done.stderr)
    return spent, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def main(rows: int) -> None:
    """Measure and print."""
    with TemporaryDirectory() as folder:
        home = Path(folder)
        sheet = home / "large.xlsx"
        write_large(sheet, rows)
        assert ddj("new", home / "Pine.ddj", "--county", "Pine", "--state", "KS").code == 0
        read, read_peak = timed([sys.executable, "-c", ONLY_READ, str(sheet)])
        command = [sys.executable, "main.py", "import", str(home / "Pine.ddj"), str(sheet), "--passphrase-file", "-"]
        took, peak = timed(command, PASSPHRASE + "\n")
        print(f"{rows:,} x {len(HEADINGS)}: only read {read:.1f} s, {read_peak:.0f} MB")
        print(f"taken in to contacts: {took:.1f} s, {peak:.0f} MB, {took / read:.1f} times only reading")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
