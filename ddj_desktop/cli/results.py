"""Commands that give figures: measures, packet, share."""

from __future__ import annotations

from pathlib import Path

import click

from ddj_desktop.cli.console import Console, open_project, opens, speaks
from ddj_desktop.kernel.dates import Month
from ddj_desktop.measures.as_json import as_json as figures_as_json
from ddj_desktop.outputs.content import Audience
from ddj_desktop.registers.agreements import LEVELS
from ddj_desktop.screens.share_level import PASSWORD_ONCE, in_the_file
from ddj_desktop.workflow.extracting import Asked
from ddj_desktop.workflow.lists import figures_of_month
from ddj_desktop.workflow.packets import AUDIENCES, build_packet
from ddj_desktop.workflow.sharing import share_with_partner


@click.command()
@opens
@click.option("--month", required=True, help="YYYY-MM.")
@speaks
def measures(file: Path, month: str, passphrase_file: Path | None, as_json: bool) -> None:
    """Every figure of FILE for a month, with numerator, denominator and rows. Not protected: stays in the building."""
    wanted = Month.parse(month)
    console = Console(as_json)
    with open_project(file, passphrase_file) as project, console.progress() as progress:
        found = figures_of_month(project.file.lane(), wanted, progress)
    console.table(
        ["Figure", "Count", "Of"],
        [[f.words, _number(f.count), _number(f.of)] for f in found.figures.values()],
    )
    console.finish(figures_as_json(found), *found.warnings)


def _number(value: float | None) -> str:
    return "no data" if value is None else f"{value:,.0f}"


@click.command()
@opens
@click.option("--month", required=True, help="YYYY-MM.")
@click.option("--audience", type=click.Choice(AUDIENCES), required=True)
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), required=True, help="Folder to write into.")
@speaks
def packet(file: Path, month: str, audience: Audience, out: Path, passphrase_file: Path | None, as_json: bool) -> None:
    """Build the packet of a month: a PDF and its XLSX twin, with small counts hidden."""
    wanted = Month.parse(month)
    console = Console(as_json)
    with open_project(file, passphrase_file) as project, console.progress() as progress:
        made = build_packet(project, project.file.lane(), wanted, audience, out, progress).result
    console.finish(
        {"pdf": str(made.pdf), "xlsx": str(made.xlsx), "pages": made.pages, "hidden": made.hidden,
         "release_id": made.release_id},
        f"{made.pdf} ({made.pages} pages)", f"{made.xlsx}",
    )  # fmt: skip


@click.command()
@opens
@click.option("--partner", required=True, help="Who receives it.")
@click.option("--level", type=click.Choice(LEVELS), required=True)
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), required=True, help="Folder to write into.")
@click.option("--month", default=None, help="YYYY-MM; the latest month with data if absent.")
@click.option("--column", "columns", multiple=True, help="A column of the rows; those of the agreement if absent.")
@click.option("--purpose", default=None, help="One of the agreement's purposes; its first if absent.")
@click.option("--reason", default="", help="Why rows are asked for: keeps the request for a second person to approve.")
@speaks
def share(
    file: Path, partner: str, level: str, out: Path, month: str | None, columns: tuple[str, ...], purpose: str | None,
    reason: str, passphrase_file: Path | None, as_json: bool,
) -> None:  # fmt: skip
    """Make what a partner may receive, through the release gate. A refusal says the rule and who can mend it.

    Rows about people without names (--level extract) and with them (--level identified) are asked for with --reason,
    approved by another person (see approve), and made by asking again. Rows with names are a workbook that opens with
    its password alone; the password is told once, with --json on standard error and never in the object.
    """
    wanted = Month.parse(month) if month else None
    asked = Asked(columns, purpose, reason)
    console = Console(as_json)
    with open_project(file, passphrase_file) as project, console.progress() as progress:
        made = share_with_partner(
            project, project.file.lane(), partner, level, out, progress, wanted, asked=asked
        ).result
    console.finish(
        {
            "files": [str(path) for path in made.files],
            "partner": partner,
            "level": level,
            "release_id": made.release_id,
            "columns": dict(made.transforms),
        },
        *(str(path) for path in made.files),
    )
    if made.password:  # never in the JSON object: what asked for that keeps it, beside the file
        for line in (
            in_the_file([name for name, _ in made.transforms], made.left_out),
            f"The password: {made.password}",
            PASSWORD_ONCE,
        ):
            click.echo(line, err=as_json)
