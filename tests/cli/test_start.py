"""Every command is found under its name, and by itself."""

from __future__ import annotations

import subprocess
import sys

import click

from ddj_desktop.cli.commands import WHERE, Commands
from ddj_desktop.cli.entry import commands


def test_every_command_is_found_under_its_name() -> None:
    assert isinstance(commands, Commands)
    here = click.Context(commands)
    for name, found in WHERE.items():
        command = commands.get_command(here, name)
        assert command is not None
        assert command.name == name
        assert all(WHERE[str(one.name)] is found for one in found()), "a command of the module stands nowhere"
    assert commands.get_command(here, "no such command") is None


def test_linking_sheets_starts_nothing_that_draws_prints_or_opens_a_county_file() -> None:
    """It is what a county tries first, and half a second of its time was spent on starting what it never uses."""
    heavy = ("PySide6", "reportlab", "openpyxl", "highspy", "rich", "cryptography", "duckdb")
    say = "import sys, ddj_desktop.cli.linking as linking, ddj_desktop.linkage.sheets"
    say += f"; print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", say], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "[]"


def test_taking_files_in_starts_nothing_that_draws_matches_or_counts() -> None:
    heavy = ("PySide6", "reportlab", "openpyxl", "highspy", "rapidfuzz", "nicknames")
    ours = ("linkage", "cohort", "measures", "disclosure", "outputs")
    say = "import sys, ddj_desktop.cli.taking_in"
    say += (
        f"; print([name for name in {heavy} + tuple('ddj_desktop.' + part for part in {ours}) if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", say], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "[]"
