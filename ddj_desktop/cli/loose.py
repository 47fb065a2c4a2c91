"""Commands that need no county file: link rows of any sheets, protect any cross-table."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import click

from ddj_desktop.cli.console import Console, speaks
from ddj_desktop.cli.taking_in import sheet_password, takes_password
from ddj_desktop.kernel.errors import Misuse
from ddj_desktop.workflow.loose import link_sheets, protect_table

FLOOR = 11


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


@click.command()
@click.argument("table", type=click.Path(path_type=Path))
@click.option("--out", type=click.Path(path_type=Path), required=True, help="The CSV to write.")
@click.option("--threshold", type=int, default=FLOOR, show_default=True, help="Counts below it are hidden.")
@click.option("--known", multiple=True, help="Heading of a column the receiver knows by heart. May be repeated.")
@click.option("--audit", type=click.Path(path_type=Path), default=None, help="JSON with each hidden cell's interval.")
@click.option("--page", type=click.Path(path_type=Path), default=None, help="The audit as a page to print (PDF).")
@speaks
def protect(
    table: Path, out: Path, threshold: int, known: tuple[str, ...], audit: Path | None, page: Path | None, as_json: bool
) -> None:
    """Hide the small counts of a cross-TABLE (CSV), and whatever would give them away."""
    if threshold < FLOOR:
        raise Misuse(what=f"The threshold is at least {FLOOR}; it can be raised, never lowered.")
    made = protect_table(table, out, threshold, list(known), audit, page)
    Console(as_json).finish(
        {
            "file": str(out),
            "hidden": made.hidden,
            "cells": made.cells,
            "audit": str(audit) if audit else None,
            "page": str(page) if page else None,
        },
        f"{made.hidden:,} of {made.cells:,} numbers are hidden. See {out}.",
    )
