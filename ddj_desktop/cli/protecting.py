"""The command that protects any cross-table; it needs no county file."""

from __future__ import annotations

from pathlib import Path

import click

from ddj_desktop.cli.console import Console, speaks
from ddj_desktop.kernel.errors import Misuse
from ddj_desktop.workflow.protecting import protect_table

FLOOR = 11


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
            "of_one_kind": list(made.of_one_kind),
        },
        f"{made.hidden:,} of {made.cells:,} numbers are hidden. See {out}.",
        *made.of_one_kind,
    )
