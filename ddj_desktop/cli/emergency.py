"""The command for imminent danger, and for the review that must follow."""

from __future__ import annotations

from pathlib import Path

import click

from ddj_desktop.cli.console import Console, open_project, opens, passphrase_from, secret_from, speaks
from ddj_desktop.workflow.approving import SecondPerson
from ddj_desktop.workflow.emergency import break_glass, review_break, to_review


@click.command()
@opens
@click.option("--partner", default=None, help="Who must know.")
@click.option("--person", type=int, default=None, help="The person's number, as in the list.")
@click.option("--reason", default="", help="What the danger is; kept and printed.")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), default=None, help="Folder to write into.")
@click.option("--review", "reviewed", type=int, default=None, help="Keep the review of this emergency release.")
@click.option("--finding", default="", help="What the review found.")
@click.option("--approver", default=None, help="Who reviews it: an approver's name, not the one who made it.")
@click.option(
    "--phrase-file", type=click.Path(path_type=Path, allow_dash=True), default=None,
    help="File with that approver's phrase; asked for otherwise.",
)  # fmt: skip
@speaks
def emergency(
    file: Path, partner: str | None, person: int | None, reason: str, out: Path | None, reviewed: int | None,
    finding: str, approver: str | None, phrase_file: Path | None, passphrase_file: Path | None, as_json: bool,
) -> None:  # fmt: skip
    """One person's contacts from FILE in imminent danger, without agreement or consent; reviewed within 72 hours.

    The passphrase is asked for a second time. Without --person, lists what waits for review.
    """
    console = Console(as_json)
    with open_project(file, passphrase_file) as project:
        lane = project.file.lane()
        if person is not None:
            if partner is None or out is None:
                raise click.UsageError("Give --partner and --out too.")
            again = passphrase_from(passphrase_file)
            made = break_glass(project, lane, partner, person, reason, again, out).result
            console.finish(
                {"file": str(made.file), "break_id": made.break_id, "release_id": made.release_id},
                f"{made.file}. An approver must review this within 72 hours (emergency --review {made.break_id}).",
            )
            return
        if reviewed is not None:
            if approver is None:
                raise click.UsageError("Give --approver: an approver reviews it, with a phrase of their own.")
            who = SecondPerson(approver, secret_from(phrase_file, "phrase"))
            review_break(project, lane, reviewed, finding, who)
        waiting = to_review(lane)
    console.finish(
        {"to_review": [{"break_id": one.break_id, "actor": one.actor, "done_at": one.done_at} for one in waiting]},
        f"{len(waiting)} emergency releases wait for review.",
        *(f"{one.break_id}: by {one.actor} on {one.done_at:%Y-%m-%d %H:%M} UTC" for one in waiting),
    )
