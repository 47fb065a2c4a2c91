"""Taking files in."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

import click

from ddj_desktop.cli.console import Console, open_project, opens, speaks
from ddj_desktop.cli.sheet_password import sheet_password, takes_password
from ddj_desktop.intake.fields import KINDS
from ddj_desktop.intake.types import ImportResult
from ddj_desktop.kernel.errors import PersonCanFix
from ddj_desktop.workflow.layouts import save_layout, shipped_layouts, use_layout
from ddj_desktop.workflow.taking_in import import_files as take_in


@click.command("import")
@opens
@click.argument("spreadsheets", type=click.Path(path_type=Path), nargs=-1, required=True)
@click.option("--source", default=None, help="Name of the system the files come from.")
@click.option("--kind", type=click.Choice(list(KINDS)), default=None, help="Kind of that system.")
@click.option("--date-order", type=click.Choice(["mdy", "dmy", "ymd"]), default=None, help="How the files write dates.")
@click.option("--replace", is_flag=True, help="Each file replaces all its source said of the days in it.")
@click.option("--dry-run", is_flag=True, help="Say what would happen; change nothing.")
@takes_password
@speaks
def import_files(
    file: Path, spreadsheets: tuple[Path, ...], source: str | None, kind: str | None, date_order: str | None,
    replace: bool, dry_run: bool, password_file: Path | None, passphrase_file: Path | None, as_json: bool,
) -> None:  # fmt: skip
    """Take SPREADSHEETS into FILE."""
    console = Console(as_json)
    with open_project(file, passphrase_file) as project, console.progress() as progress:
        done = take_in(
            project, project.file.lane(), list(spreadsheets), progress,
            source=source, kind=kind, date_order=date_order, replace_period=replace,
            dry_run=dry_run, ask_password=partial(sheet_password, password_file),
        )  # fmt: skip
    taken, refused = done.result.taken, done.result.refused
    facts = {"files": [as_facts(result) for result in taken]}
    if refused:
        facts["refused"] = [{"file": one.file.name, "sentence": one.sentence} for one in refused]
    console.finish(facts, *(in_words(result) for result in taken))
    if refused:
        raise SomeRefused(sentences=" ".join(one.sentence for one in refused))


@click.command("layout")
@opens
@click.option("--source", required=True, help="Name of the source.")
@click.option("--save", type=click.Path(path_type=Path), default=None, help="Write its layout and codes to this file.")
@click.option(
    "--use", type=click.Path(path_type=Path), default=None,
    help=f"Take the layout of this file for it, or one that comes along: {', '.join(shipped_layouts())}.",
)  # fmt: skip
@speaks
def layout(
    file: Path, source: str, save: Path | None, use: Path | None, passphrase_file: Path | None, as_json: bool
) -> None:
    """Save a source's layout in FILE for another county, or use one that another county saved. It holds no rows."""
    if (save is None) == (use is None):
        raise click.UsageError("Give either --save or --use.")
    console = Console(as_json)
    with open_project(file, passphrase_file) as project:
        lane = project.file.lane()
        if save is not None:
            path = save_layout(project, lane, source, save).result
            console.finish({"source": source, "layout": str(path)}, f"The layout of {source} was saved as {path.name}.")
        elif use is not None:
            kept = use_layout(project, lane, use, source).result
            facts = {"source": kept.source, "kind": kept.kind, "columns": kept.mapping, "date_order": kept.date_order}
            console.finish(facts, f"The next file of {kept.source} is read by this layout.")


class SomeRefused(PersonCanFix):
    """Some of the files could not be taken in; the others were."""

    sentence = "{sentences}"


def as_facts(result: ImportResult) -> dict[str, Any]:
    """One file's result as the documented JSON."""
    return {
        "file": result.file_name, "import_id": result.import_id, "rows": result.rows, "new": result.new,
        "changed": result.changed, "already_here": result.already_here, "set_aside": result.set_aside,
        "not_data": result.not_data, "source": result.source, "kind": result.kind, "mapping": result.mapping,
        "problems": [
            {"level": p.level, "code": p.code, "column": p.column, "count": p.count, "sentence": p.sentence,
             "lines": list(p.lines), "examples": list(p.examples), "effect": p.effect, "ask": p.ask}
            for p in result.problems
        ],
        "notes": result.notes, "replaced": result.replaced,
    }  # fmt: skip


def in_words(result: ImportResult) -> str:
    """One file's result for a person."""
    line = (
        f"{result.file_name} ({result.source}, {result.kind}): {result.rows:,} rows in file = {result.new:,} new + "
        f"{result.changed:,} changed + {result.already_here:,} already here + {result.set_aside:,} set aside + "
        f"{result.not_data:,} not data"
    )
    return "\n".join([line, *(f"  {p.level}: {p.sentence}" for p in result.problems)])
