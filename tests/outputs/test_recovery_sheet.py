"""The recovery sheet: every group on one page, in order, and for the writer alone."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

from pypdf import PdfReader

from ddj_desktop.outputs.recovery_sheet import write_recovery_sheet
from ddj_desktop.store.keys import data_key_from, new_data_key, recovery_groups


def test_the_code_on_paper_gives_the_key_back(tmp_path: Path) -> None:
    key = new_data_key()
    groups = recovery_groups(key)
    sheet = tmp_path / "Pine recovery sheet.pdf"
    write_recovery_sheet(sheet, "Pine County", "KS", "Pine.ddj", groups, datetime(2026, 11, 3, 9, 42))
    pdf = PdfReader(sheet)
    assert len(pdf.pages) == 1
    text = pdf.pages[0].extract_text().split()
    printed = [word for word in text if word in set(groups)]
    assert data_key_from(" ".join(printed)) == key
    assert {"Pine", "County,", "KS", "Pine.ddj"} <= set(text)
    if os.name != "nt":
        assert sheet.stat().st_mode & 0o077 == 0


def test_a_long_county_name_keeps_it_on_one_page(tmp_path: Path) -> None:
    groups = recovery_groups(bytes(32))
    made = tmp_path / "sheet.pdf"
    write_recovery_sheet(
        made, "Saint Bartholomew-on-the-Prairie " * 6, "KS", "a" * 120 + ".ddj", groups, datetime(2026, 1, 1)
    )
    assert len(PdfReader(made).pages) == 1
