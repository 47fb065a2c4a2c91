"""Whatever the file: rows that add up, or one plain sentence; in time, and the county file as it was.

The ten thousand found one defect when first run: a cell of 33,000 letters took minutes where headings are looked for.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from ddj_desktop.intake.draft import suggest
from ddj_desktop.intake.read import read_file
from ddj_desktop.intake.stage import stage
from ddj_desktop.kernel.errors import PersonCanFix
from ddj_desktop.store.county_file import CountyFile
from ddj_desktop.store.lane import Lane
from tests.intake.fuzz import text_file, workbook_file
from tests.intake.sheets import add_source

LONGEST = 120
"""Seconds in which any file must be read or refused (issue on intake)."""


@pytest.fixture
def lane(county: CountyFile) -> Iterator[Lane]:
    """A lane of an empty county file."""
    found = county.lane()
    yield found
    found.close()


def outcome(path: Path, lane: Lane) -> str:
    """Take a file in on trial: `rows`, or the name of the error told. Any other error is a defect and is raised."""
    try:
        raw = read_file(path, timeout=LONGEST)
        drafts = suggest(raw)
    except PersonCanFix as told:
        sentence = str(told)
        assert sentence.endswith(".")
        assert "\n" not in sentence
        assert path.name in sentence
        return told.code
    lines = {sheet.name: len(sheet.lines) for sheet in raw.sheets}
    for number, draft in enumerate(drafts, start=1):
        lane.run("BEGIN TRANSACTION")
        try:
            result = stage(lane, draft, add_source(lane, draft.kind, number), "tester", dry_run=True)
        finally:
            lane.run("ROLLBACK")
        parts = result.new + result.changed + result.already_here + result.set_aside + result.not_data
        assert parts == result.rows == lines[draft.sheet]
    return "rows"


def campaign(seeds: range, folder: Path, lane: Lane) -> Counter[str]:
    """Try the workbook and the text of each seed. Returns how each ended."""
    ends: Counter[str] = Counter()
    for seed in seeds:
        for make, name in ((workbook_file, f"f{seed}.xlsx"), (text_file, f"f{seed}.csv")):
            path = folder / name
            path.write_bytes(make(seed))
            began = time.monotonic()
            ends[outcome(path, lane)] += 1
            assert time.monotonic() - began < LONGEST + 10, name
            path.unlink()
    for table in ("source_row", "row_text", "contact", "import", "record"):
        assert lane.value(f"SELECT count(*) FROM {table}") == 0
    return ends


@pytest.mark.usefixtures("warm")
def test_three_hundred_files(tmp_path: Path, lane: Lane) -> None:
    ends = campaign(range(150), tmp_path, lane)
    assert ends.total() == 300
    assert 100 < ends["rows"] < 280  # some are read and some refused, else nothing was tried


@pytest.mark.slow
@pytest.mark.usefixtures("warm")
def test_ten_thousand_files(tmp_path: Path, lane: Lane) -> None:
    ends = campaign(range(1_000, 6_000), tmp_path, lane)
    assert ends.total() == 10_000
    assert ends["rows"] > 3_000
