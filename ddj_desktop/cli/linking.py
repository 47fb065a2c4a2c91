"""The command that links rows of any sheets; it needs no county file."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import click

from ddj_desktop.cli.console import Console, speaks
from ddj_desktop.cli.sheet_password import sheet_password, takes_password
from ddj_desktop.kernel.errors import Misuse
from ddj_desktop.workflow.linking import link_sheets


@click.command()
@click.argument("spreadsheets", type=click.Path(path_type=Path), nargs=-1, required=True)
@click.option("--out", type=click.Path(path_type=Path), required=True, help="The CSV to write.")
@click.option("--columns", multiple=True, help="field=header, where the suggestion is not right. May be repeated.")
@takes_password
@speaks
def link(
    spreadsheets: tuple[Path, ...], out: Path, columns: tuple[str, ...], password_file: Path | None, as_json: bool
) -> None:
    """Give every row of SPREADSHEETS the person it belongs to."""
    forced: dict[str, str] = {}
    for pair in columns:
        field, mark, header = pair.partition("=")
        if not mark or not field or not header:
            raise Misuse(what=f"Columns are given as field=header; {pair!r} is not.")
        forced[field.strip()] = header.strip()
    console = Console(as_json)
    with console.progress() as progress:
        made = link_sheets(list(spreadsheets), out, forced, progress, partial(sheet_password, password_file))
    console.finish(
        {"rows": made.rows, "people": made.people, "file": str(out), "columns": made.columns,
         "seconds": round(made.seconds, 2)},
        f"{made.rows:,} rows are {made.people:,} people. See {out}.",
    )  # fmt: skip
