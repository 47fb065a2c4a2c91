"""Commands about one person's will and data: releases of information, and erasure."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import click

from ddj_desktop.cli.console import Console, open_project, opens, speaks
from ddj_desktop.kernel import clock
from ddj_desktop.registers.consents import DATA_CLASSES, ELEMENTS, Terms, all_consents
from ddj_desktop.registers.partners import partner as partner_called
from ddj_desktop.registers.sources import SOURCE_KINDS
from ddj_desktop.screens.endings import reminders
from ddj_desktop.workflow.endings import endings
from ddj_desktop.workflow.erasing import GROUNDS, erase_person, keep_consent, revoke_consent
from ddj_desktop.workflow.governing import fingerprint_of
from ddj_desktop.workflow.project import Project
from ddj_desktop.workflow.release_forms import make_release_form

_DAY = click.DateTime(["%Y-%m-%d"])


def _day(given: datetime | None) -> date | None:
    return given.date() if given else None


@click.command()
@opens
@click.option("--form", "form", type=click.Path(path_type=Path), default=None, help="Write the form as this PDF.")
@click.option("--person", type=int, default=None, help="Keep what this person signed (number as in the list).")
@click.option("--revoke", "revoked", type=int, default=None, help="Take back the release with this number.")
@click.option("--partner", "partners", multiple=True, help="Who receives it.")
@click.option("--purpose", "purposes", multiple=True)
@click.option("--class", "classes", type=click.Choice(tuple(DATA_CLASSES)), multiple=True, help="Kind of information.")
@click.option("--source", "sources", type=click.Choice(SOURCE_KINDS), multiple=True)
@click.option("--signed-on", type=_DAY, default=None)
@click.option("--expires", type=_DAY, default=None)
@click.option("--covers-from", type=_DAY, default=None, help="Earliest day of data it covers; the signing if absent.")
@click.option("--lacks", type=click.Choice(tuple(ELEMENTS)), multiple=True, help="An element the signed form lacks.")
@click.option("--lacks-nothing", "whole", is_flag=True, help="Somebody compared the signed form with every element.")
@click.option("--minor", is_flag=True, help="The person was under 18.")
@click.option("--signed-by", default=None, help="Who signed for the person, and by what right.")
@click.option("--document", type=click.Path(path_type=Path), default=None, help="File of the signed form.")
@click.option("--revoke-to", default="", help="Where a revocation is sent; printed on the form.")
@click.option("--how", default="in writing", show_default=True, help="How it was revoked.")
@speaks
def consent(
    file: Path, form: Path | None, person: int | None, revoked: int | None, partners: tuple[str, ...],
    purposes: tuple[str, ...], classes: tuple[str, ...], sources: tuple[str, ...], signed_on: datetime | None,
    expires: datetime | None, covers_from: datetime | None, lacks: tuple[str, ...], whole: bool, minor: bool,
    signed_by: str | None, document: Path | None, revoke_to: str, how: str, passphrase_file: Path | None, as_json: bool,
) -> None:  # fmt: skip
    """Releases of information of FILE: print the form, keep what was signed, take one back, or list them."""
    if sum(given is not None for given in (form, person, revoked)) > 1:
        raise click.UsageError("Give one of --form, --person, --revoke; none of them lists the register.")
    last = _day(expires)
    if person is not None:
        _looked_at(last, lacks, whole)
    console = Console(as_json)
    with open_project(file, passphrase_file) as project:
        lane = project.file.lane()
        if form is not None:
            made = make_release_form(
                project, lane, form, partners=partners, purposes=purposes, data_classes=classes, sources=sources,
                expires=str(last or ""), revoke_to=revoke_to,
            )  # fmt: skip
            said = f"Still missing on it: {'; '.join(made.missing)}." if made.missing else "Nothing is missing on it."
            console.finish({"file": str(form), "missing": list(made.missing)}, f"{form}. {said}")
        elif person is not None and last is not None:
            numbers = tuple(partner_called(lane, name).partner_id for name in partners)
            held = tuple(name for name in ELEMENTS if name not in lacks)
            terms = Terms(
                numbers, purposes, classes, sources, last, _day(signed_on), held, _day(covers_from), None, minor,
                signed_by, None, fingerprint_of(document) if document else None,
            )  # fmt: skip
            kept = keep_consent(project, lane, person, terms).result
            console.finish({"consent_id": kept.consent_id}, f"Kept as release of information {kept.consent_id}.")
        elif revoked is not None:
            told = revoke_consent(project, lane, revoked, clock.today(), how).result.to_tell
            console.finish(
                {"revoked": revoked, "to_tell": [[number, name, str(day)] for number, name, day in told]},
                f"Nothing more leaves under release of information {revoked}.",
                *(f"Tell {name}: received release {number} on {day}." for number, name, day in told),
            )
        else:
            _list(console, project)


def _looked_at(last: date | None, lacks: tuple[str, ...], whole: bool) -> None:
    """A form is kept with its last day, and once somebody said what it lacks: unsaid must not count as whole."""
    if last is None:
        raise click.UsageError("A release of information needs --expires.")
    if bool(lacks) == whole:
        raise click.UsageError(
            "Compare the signed form with the elements that --help lists, then give --lacks for each one it does not "
            "hold, or --lacks-nothing."
        )


def _list(console: Console, project: Project) -> None:
    """The register, without names: numbers and days; then what ends soon, agreements too."""
    today, lane = clock.today(), project.file.lane()
    found, ending = all_consents(lane), endings(lane)
    states = ["in force" if c.stands_on(today) else "revoked" if c.revoked_on else "not in force" for c in found]
    console.table(
        ["Release", "Person", "State", "Signed", "Expires"],
        [[str(c.consent_id), str(c.person_id or "gone"), state, str(c.terms.signed_on or ""), str(c.terms.expires)]
         for c, state in zip(found, states, strict=True)],
    )  # fmt: skip
    console.finish(
        {"consents": [{"consent_id": c.consent_id, "person_id": c.person_id, "state": state, "expires": c.terms.expires}
                      for c, state in zip(found, states, strict=True)],
         "ending": [{"kind": one.kind, "number": one.number, "ends": one.ends, "days": one.days} for one in ending]},
        f"{len(found)} releases of information are kept, {states.count('in force')} are in force.",
        *(f"{line.word}: {line.text}" for line in reminders(ending)),
    )  # fmt: skip


@click.command()
@opens
@click.option("--person", type=int, required=True, help="The person's number, as in the list.")
@click.option("--ground", type=click.Choice(tuple(GROUNDS)), required=True)
@click.option("--authority", required=True, help="Who ordered it.")
@speaks
def erase(file: Path, person: int, ground: str, authority: str, passphrase_file: Path | None, as_json: bool) -> None:
    """Remove one person's data from FILE and from its backups for good. It can not be undone."""
    with open_project(file, passphrase_file) as project:
        made = erase_person(project, project.file.lane(), person, ground, authority).result
    Console(as_json).finish(
        {"erasure_id": made.erasure_id, "rows": made.rows, "contacts": made.contacts, "records": made.records,
         "consents": made.consents, "backups_removed": made.backups, "to_tell": list(made.to_tell)},
        f"Erased: {made.rows:,} rows, {made.contacts:,} contacts, {made.records:,} records. {made.backups} backups "
        "that held them were removed, and a new one was made.",
        *(f"Tell {name}, which may hold data of this person." for name in made.to_tell),
        "If the source sends the person again, the rows come in again: ask it to stop.",
    )  # fmt: skip
