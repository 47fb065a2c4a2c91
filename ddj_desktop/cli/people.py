"""Commands about people: match, list, crosswalk."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from ddj_desktop.cli.console import Console, open_project, opens, speaks
from ddj_desktop.kernel import clock
from ddj_desktop.kernel.errors import Misuse
from ddj_desktop.workflow.actions import match_people
from ddj_desktop.workflow.identified import export_crosswalk, export_list
from ddj_desktop.workflow.matching import back_to_earlier_teaching


@click.command()
@opens
@click.option("--train", is_flag=True, help="Learn anew from all records first; tells what that changed.")
@click.option("--undo-training", is_flag=True, help="Match as the training before the last one weighs.")
@speaks
def match(file: Path, train: bool, undo_training: bool, passphrase_file: Path | None, as_json: bool) -> None:
    """Match the records of FILE into people: new ones among those there are, weighed as the last training weighs."""
    if train and undo_training:
        raise Misuse(what="Give --train or --undo-training, not both.")
    console = Console(as_json)
    with open_project(file, passphrase_file) as project, console.progress() as progress:
        lane = project.file.lane()
        if undo_training:
            back_to_earlier_teaching(project, lane)
        found = match_people(project, lane, progress, teach=train).result
    facts: dict[str, object] = {
        "records": found.records, "people": found.people, "pairs_to_review": found.pairs_to_review,
        "changed_people": found.changed_people, "seconds": round(found.seconds, 2),
    }  # fmt: skip
    lines = [
        f"{found.records:,} records are {found.people:,} people. {found.pairs_to_review:,} possible matches to review. "
        f"{found.changed_people:,} people changed since the last match.",
        *found.notes,
    ]
    if train and found.report:
        facts["training"] = vars(found.report)
        lines.append(found.report.words)
    if found.contradicting_decisions:
        facts["contradicting_decisions"] = found.contradicting_decisions
        lines.append(f"{found.contradicting_decisions:,} decisions contradict others: see review --check.")
    console.finish(facts, *lines)


@click.command("list")
@opens
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), default=None, help="The date of the list; today if absent.")
@click.option("--definition", default=None, help="Name of the definition; the standing one if absent.")
@click.option("--out", type=click.Path(path_type=Path), required=True, help="The CSV to write.")
@click.option("--reason", required=True, help="Why the identified list is made; kept in the log.")
@speaks
def list_people(
    file: Path, as_of: date | None, definition: str | None, out: Path, reason: str, passphrase_file: Path | None,
    as_json: bool,
) -> None:  # fmt: skip
    """Write the identified list of FILE as CSV. Logged."""
    day = date(as_of.year, as_of.month, as_of.day) if as_of else clock.today()
    with open_project(file, passphrase_file) as project:
        made = export_list(project, project.file.lane(), day, definition, out, reason)
    places = made.unit == "address"
    sure = f"On sound links only they are {made.sure.sound:,}, with every possible match {made.sure.with_possible:,}."
    Console(as_json).finish(
        {"unit": made.unit, "people": made.people, "of": made.base, "as_of": str(day), "definition": made.definition,
         "file": str(out), "on_sound_links": made.sure.sound, "with_possible_matches": made.sure.with_possible,
         "came_to": list(made.came_to), "warnings": list(made.warnings)},
        f"{made.people:,} of {made.base:,} {'addresses' if places else 'people'} meet {made.definition} on {day}. "
        f"The list is in {out}.",
        *(() if places else (sure,)), *made.came_to, *made.warnings,
    )  # fmt: skip


@click.command()
@opens
@click.option("--out", type=click.Path(path_type=Path), required=True, help="The CSV to write.")
@click.option("--reason", required=True, help="Why it is made; kept in the log.")
@speaks
def crosswalk(file: Path, out: Path, reason: str, passphrase_file: Path | None, as_json: bool) -> None:
    """Write which row of which file belongs to which person. Logged."""
    with open_project(file, passphrase_file) as project:
        rows = export_crosswalk(project, project.file.lane(), out, reason)
    Console(as_json).finish({"rows": rows, "file": str(out)}, f"{rows:,} rows are in {out}.")
