"""The password of a protected spreadsheet, as a command is given it."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from ddj_desktop.kernel.errors import Misuse

takes_password = click.option(
    "--password-file", type=click.Path(path_type=Path), default=None,
    help="File with the password of protected spreadsheets; else it is asked for where a terminal is there.",
)  # fmt: skip


def sheet_password(password_file: Path | None, sentence: str) -> str:
    """The password of a protected spreadsheet: from its file, else asked for; empty where nobody can be asked."""
    if password_file:
        try:
            return password_file.read_text("utf-8").rstrip("\r\n")
        except (OSError, UnicodeDecodeError):
            raise Misuse(what=f"The password file {password_file.name} can not be read.") from None
    if not sys.stdin.isatty():
        return ""
    said: str = click.prompt(f"{sentence}\nPassword", hide_input=True, default="", show_default=False, err=True)
    return said
