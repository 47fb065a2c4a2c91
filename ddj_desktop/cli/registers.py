"""Commands for what the county keeps beside its data: race codes and rule, residents, unit costs, programmes; and for
the race and ethnicity definitions that agencies agree on."""

from __future__ import annotations

from pathlib import Path

import click

from ddj_desktop.cli.console import Console, open_project, opens, speaks
from ddj_desktop.kernel.errors import Misuse
from ddj_desktop.workflow.race_defining import agree_on_race, print_race_page, race_state
from ddj_desktop.workflow.register_sheets import REGISTERS, take_register, write_register


@click.command()
@opens
@click.argument("register", type=click.Choice(list(REGISTERS)))
@click.option("--export", "export_to", type=click.Path(path_type=Path), default=None, help="Write it as a sheet.")
@click.option("--apply", "apply_from", type=click.Path(path_type=Path), default=None, help="Take a sheet back in.")
@click.option("--year", type=int, default=None, help="For residents from a census file: the year they are of.")
@click.option("--source", default=None, help="For residents from a census file: where they are from.")
@speaks
def register(
    file: Path, register: str, export_to: Path | None, apply_from: Path | None, year: int | None, source: str | None,
    passphrase_file: Path | None, as_json: bool,
) -> None:  # fmt: skip
    """Write a REGISTER of FILE as a sheet, or take the sheet back in, filled in: all of its lines or none."""
    if (export_to is None) == (apply_from is None):
        raise Misuse(what="Give either --export or --apply.")
    console = Console(as_json)
    with open_project(file, passphrase_file) as project:
        lane = project.file.lane()
        if export_to is not None:
            lines = write_register(project, lane, register, export_to)
            console.finish(
                {"register": register, "lines": lines, "file": str(export_to)}, f"{lines:,} lines are in {export_to}."
            )
        elif apply_from is not None:
            taken = take_register(project, lane, register, apply_from, year=year, source=source).result
            console.finish({"register": register, "lines": taken}, f"Took {taken:,} lines in.")


@click.command()
@opens
@click.option("--agree", "agreed", default=None, help='Mark them as agreed: "who, when".')
@click.option("--agencies", default="", help="With --agree: which agencies agreed.")
@click.option("--meeting", default="", help="With --agree: in which meeting.")
@click.option("--page", type=click.Path(path_type=Path), default=None, help="Write the page that agencies sign (PDF).")
@speaks
def race(
    file: Path, agreed: str | None, agencies: str, meeting: str, page: Path | None, passphrase_file: Path | None,
    as_json: bool,
) -> None:  # fmt: skip
    """Say whether the race and ethnicity definitions of FILE are agreed; agree on them; write the page to sign."""
    if (agencies or meeting) and agreed is None:
        raise Misuse(what="--agencies and --meeting say more of an agreement; give --agree as well.")
    console = Console(as_json)
    with open_project(file, passphrase_file) as project:
        lane = project.file.lane()
        if agreed is not None:
            agree_on_race(project, lane, agreed, agencies, meeting)
        if page is not None:
            print_race_page(project, lane, page)
        state, words = race_state(lane)
    console.finish(
        {"state": state, "words": words, "page": None if page is None else str(page)},
        words, *([] if page is None else [f"The page to sign is in {page}."]),
    )  # fmt: skip
