"""Commands about the definition and the months counted by it: define, close."""

from __future__ import annotations

from pathlib import Path

import click

from ddj_desktop.cli.console import Console, open_project, opens, speaks
from ddj_desktop.cohort.definitions import Definition, who_and_day
from ddj_desktop.kernel.dates import Month
from ddj_desktop.kernel.errors import Misuse
from ddj_desktop.store.lane import Lane
from ddj_desktop.workflow.actions import agree_definition, keep_definition, keep_template
from ddj_desktop.workflow.comparing import effect_of
from ddj_desktop.workflow.defining import close_month, figures_revised, print_definition, reopen_month
from ddj_desktop.workflow.lists import closing, newest_definition, templates
from ddj_desktop.workflow.project import Project


@click.command()
@click.argument("file", type=click.Path(path_type=Path), required=False)
@click.option("--template", default=None, help="Name of a shipped definition.")
@click.option("--rule", type=click.Path(path_type=Path), default=None, help="A definition file (TOML).")
@click.option("--agree", "agreed", default=None, help='Mark it as agreed: "who, when".')
@click.option("--agencies", default="", help="With --agree: which agencies agreed.")
@click.option("--meeting", default="", help="With --agree: in which meeting.")
@click.option("--page", type=click.Path(path_type=Path), default=None, help="Write the page that agencies sign (PDF).")
@click.option("--templates", "show", is_flag=True, help="List the shipped definitions.")
@click.option("--passphrase-file", type=click.Path(path_type=Path, allow_dash=True), default=None)
@speaks
def define(
    file: Path | None, template: str | None, rule: Path | None, agreed: str | None, agencies: str, meeting: str,
    page: Path | None, show: bool, passphrase_file: Path | None, as_json: bool,
) -> None:  # fmt: skip
    """Keep a definition in FILE as a new version, and agree on it."""
    console = Console(as_json)
    if show:
        _show_templates(console)
        return
    if file is None:
        raise Misuse(what="Name the county file.")
    asked = (template, rule, agreed, page)
    if (template is not None) + (rule is not None) > 1 or all(one is None for one in asked):
        raise Misuse(what="Give one of --template, --rule, or --agree or --page for the latest version.")
    if (agencies or meeting) and agreed is None:
        raise Misuse(what="--agencies and --meeting say more of an agreement; give --agree as well.")
    if agreed is not None:
        who_and_day(agreed)  # before a version is kept, so that a refused sign-off leaves none behind
    with open_project(file, passphrase_file) as project:
        lane = project.file.lane()
        kept = _kept(project, lane, template, rule)
        if agreed is not None:
            kept = agree_definition(project, lane, kept.definition_id, agreed, agencies, meeting).result
        if page is not None:
            print_definition(project, lane, kept.definition_id, page)
        effect = effect_of(lane, kept)
    facts = _facts(kept) | {"effect": effect and vars(effect), "page": None if page is None else str(page)}
    words = [f"{kept.name}, version {kept.version}, {kept.state}: {kept.sentence}"]
    if effect:
        words.append(
            f"Against version {effect.against}, on {effect.as_of}: {effect.comes} come on the list, "
            f"{effect.leaves} leave, {effect.stays} stay."
        )
    console.finish(facts, *words, *([] if page is None else [f"The page to sign is in {page}."]))


def _kept(project: Project, lane: Lane, template: str | None, rule: Path | None) -> Definition:
    if template is not None:
        return keep_template(project, lane, template).result
    if rule is not None:
        return keep_definition(project, lane, _rule_text(rule)).result
    return newest_definition(lane)


def _facts(kept: Definition) -> dict[str, object]:
    return {
        "definition_id": kept.definition_id, "name": kept.name, "version": kept.version, "state": kept.state,
        "sentence": kept.sentence, "agreed_by": kept.agreed_by,
        "agreed_on": kept.agreed_on.isoformat() if kept.agreed_on else None, "agencies": kept.agencies,
        "meeting": kept.meeting,
    }  # fmt: skip


def _show_templates(console: Console) -> None:
    found = templates()
    console.finish(
        {
            "templates": [
                {"key": t.key, "name": t.name, "place": t.place, "source": t.source, "note": t.note,
                 "sentence": t.sentence}
                for t in found
            ]
        },
        *(f"{t.key}: {t.name} ({t.place}). {t.sentence}" for t in found),
    )  # fmt: skip


def _rule_text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        raise Misuse(what=f"The definition file {path.name} can not be read.") from None


@click.command()
@opens
@click.option("--month", required=True, help="YYYY-MM.")
@click.option("--reopen", is_flag=True, help="Open a closed month again; what was frozen stays on record.")
@click.option("--show", is_flag=True, help="Only say whether it is closed and what has changed since.")
@speaks
def close(file: Path, month: str, reopen: bool, show: bool, passphrase_file: Path | None, as_json: bool) -> None:
    """Freeze the list and the figures of a month of FILE. Later corrections are shown beside them."""
    wanted = Month.parse(month)
    if reopen and show:
        raise Misuse(what="Give either --reopen or --show.")
    console = Console(as_json)
    with open_project(file, passphrase_file) as project, console.progress() as progress:
        lane = project.file.lane()
        if reopen:
            reopen_month(project, lane, wanted)
        elif not show:
            close_month(project, lane, wanted, progress)
        found = closing(lane, wanted)
        figures = figures_revised(lane, wanted, progress) if found.month and show else ()
    kept, revised = found.month, found.revision
    facts: dict[str, object] = {"month": str(wanted), "closed": kept is not None}
    words = f"{wanted.in_words()} is not closed."
    if kept and revised:
        facts |= {
            "people": len(kept.on_list), **{name: len(people) for name, people in kept.people.items()},
            "definition_id": kept.definition_id, "closed_at": kept.closed_at.isoformat(), "left_known": kept.left_known,
            "notes": list(kept.notes), "revised": revised.is_revised, "people_now": len(revised.now),
            "added": len(revised.added), "gone": len(revised.gone), "joined": len(revised.joined),
        }  # fmt: skip
        facts |= {"figures_revised": [vars(one) for one in figures]} if show else {}
        now = f"today it would have {len(revised.now):,}"
        words = f"{wanted.in_words()} is closed with {len(kept.on_list):,} people; {now}."
        words += f" {len(figures):,} of its numbers would read otherwise." if show else ""
    console.finish(facts, words)
