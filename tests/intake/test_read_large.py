"""A large workbook is read whole and within its memory (issue: 100,000 rows of 25 columns); its pace is the bench's."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from ddj_desktop.intake.read import read_file
from tests.intake.bad_files import text_cell, workbook

_MEASURE = """
import json, re, sys
from pathlib import Path
from ddj_desktop.intake.read import read_file
file = read_file(sys.argv[1])
status = Path("/proc/self/status")  # the peak since this program began; getrusage would count its parent's too
peak = re.search(r"VmHWM:\\s+(\\d+) kB", status.read_text()) if status.exists() else None
most = int(peak[1]) // 1024 if peak else 0
print(json.dumps([len(file.sheets[0].lines), len(file.sheets[0].lines[5][1]), most]))
"""


def _large(rows: int) -> bytes:
    """A workbook of 25 columns, every third cell a number, most texts different."""
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXY"
    lines = []
    for row in range(1, rows + 1):
        cells = (
            f'<c r="{letter}{row}"><v>{row * 7 + place}</v></c>'
            if place % 3 == 0
            else text_cell(f"{letter}{row}", f"t{row * place % 9973:05d} {letter}")
            for place, letter in enumerate(letters)
        )
        lines.append(f'<row r="{row}">{"".join(cells)}</row>')
    return workbook("".join(lines))


def _measured(path: Path) -> list[float]:
    root = str(Path(__file__).parents[2])
    ran = subprocess.run(
        [sys.executable, "-c", _MEASURE, str(path)],
        capture_output=True,
        text=True,
        check=True,
        timeout=110,
        env={**os.environ, "PYTHONPATH": root},
    )
    figures: list[float] = json.loads(ran.stdout)
    return figures


@pytest.mark.slow
def test_a_hundred_thousand_rows(tmp_path: Path) -> None:
    path = tmp_path / "large.xlsx"
    path.write_bytes(_large(100_000))
    rows, columns, megabytes = _measured(path)
    assert (rows, columns) == (100_000, 25)
    assert megabytes < 400


def test_ten_thousand_rows_are_all_there(tmp_path: Path) -> None:
    path = tmp_path / "large.xlsx"
    path.write_bytes(_large(10_000))
    rows, columns, megabytes = _measured(path)
    assert (rows, columns) == (10_000, 25)
    assert megabytes < 200


def test_an_open_document_sheet_is_read(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", _MANIFEST)
        archive.writestr("content.xml", _OPEN_DOCUMENT.replace("\n<", "<"))
    path = tmp_path / "rows.ods"
    path.write_bytes(out.getvalue())
    file = read_file(path)
    assert file.format == "ods"
    assert [cells for _, cells in file.sheets[0].lines] == [("Name", "Booked"), ("ROE, JAN", "2024-03-05")]


_MANIFEST = """<?xml version="1.0"?>
<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">
<manifest:file-entry manifest:full-path="/"
 manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/></manifest:manifest>"""
_OPEN_DOCUMENT = """<?xml version="1.0"?>
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2"><office:body><office:spreadsheet>
<table:table table:name="S"><table:table-row>
<table:table-cell office:value-type="string"><text:p>Name</text:p></table:table-cell>
<table:table-cell office:value-type="string"><text:p>Booked</text:p></table:table-cell></table:table-row>
<table:table-row><table:table-cell office:value-type="string"><text:p>ROE, JAN</text:p></table:table-cell>
<table:table-cell office:value-type="date" office:date-value="2024-03-05"><text:p>x</text:p></table:table-cell>
</table:table-row></table:table></office:spreadsheet></office:body></office:document-content>"""
