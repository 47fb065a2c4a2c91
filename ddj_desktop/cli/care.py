"""The command for one person's paper for the county's own care team."""

from __future__ import annotations

from pathlib import Path

import click

from ddj_desktop.cli.console import Console, open_project, opens, speaks
from ddj_desktop.workflow.care_team import write_care


@click.command()
@opens
@click.option("--person", type=int, required=True, help="The person's number, as in the list.")
@click.option("--partner", required=True, help="The partner whose agreement the care team works under.")
@click.option("--purpose", required=True, help="What the paper is for; kept in the log.")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), required=True, help="Folder to write into.")
@speaks
def care(
    file: Path, person: int, partner: str, purpose: str, out: Path, passphrase_file: Path | None, as_json: bool
) -> None:
    """One person's contacts of twelve months from FILE on a paper for the care team, kept in the log.

    Substance use and mental health records stand on it only where the person signed a release for this partner and
    purpose; victim services records never do.
    """
    console = Console(as_json)
    with open_project(file, passphrase_file) as project:
        made = write_care(project, project.file.lane(), person, partner, purpose, out).result
    console.finish(
        {"file": str(made.file), "contacts": made.contacts, "release_id": made.release_id},
        f"{made.file}. It stays with the care team.",
    )
