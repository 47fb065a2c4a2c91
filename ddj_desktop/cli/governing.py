"""Commands of the registers: partners, agreements, permissions, approvals."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from ddj_desktop.cli.console import Console, open_project, opens, speaks
from ddj_desktop.disclosure.extract_columns import COLUMNS
from ddj_desktop.kernel import clock
from ddj_desktop.registers.agreements import LEVELS
from ddj_desktop.registers.bases import BASES
from ddj_desktop.registers.partners import partner as partner_called
from ddj_desktop.registers.sources import SOURCE_KINDS, source_called
from ddj_desktop.workflow.governing import keep_agreement, keep_partner
from ddj_desktop.workflow.permissions import keep_basis, keep_onward

_DAY = click.DateTime(["%Y-%m-%d"])


def _day(given: datetime | None) -> date | None:
    return given.date() if given else None


@click.command()
@opens
@click.option("--partner", required=True, help="The partner's name; kept if new.")
@click.option("--title", required=True, help="What the paper is called.")
@click.option("--level", type=click.Choice(LEVELS), required=True, help="The widest that may leave under it.")
@click.option("--purpose", required=True, help="As the paper says; several parted by semicolons.")
@click.option("--source", "sources", type=click.Choice(SOURCE_KINDS), multiple=True, required=True)
@click.option(
    "--column",
    "columns",
    multiple=True,
    help="A column of rows about people it covers; 'all' for every one of those without names.",
)
@click.option("--basis", "bases", type=click.Choice(tuple(BASES)), multiple=True, help="A legal basis it names.")
@click.option("--starts", type=_DAY, required=True)
@click.option("--ends", type=_DAY, required=True)
@click.option("--signed-on", type=_DAY, default=None)
@click.option("--signatory", default=None)
@click.option("--privacy-officer", default=None)
@click.option("--document", type=click.Path(path_type=Path), default=None, help="File of the signed paper.")
@click.option(
    "--stable-months", type=int, default=None, help="A person keeps one code for so many months, as the paper says."
)
@click.option(
    "--least-count", type=int, default=None, help="Smallest count of people to be shown, where the paper asks for more."
)
@speaks
def agreement(file: Path, passphrase_file: Path | None, as_json: bool, partner: str, **terms: Any) -> None:
    """Keep an agreement with a partner in FILE, as the paper has it."""
    columns = terms["columns"]
    if "all" in columns:
        columns = (*COLUMNS, *(name for name in columns if name != "all"))
    days = {name: _day(terms.pop(name)) for name in ("starts", "ends", "signed_on")}
    with open_project(file, passphrase_file) as project:
        lane = project.file.lane()
        number = keep_partner(project, lane, partner).result.partner_id
        kept = keep_agreement(project, lane, number, **(terms | days | {"columns": columns})).result
    Console(as_json).finish(
        {"agreement_id": kept.agreement_id, "partner_id": number, "level": kept.level},
        f"Kept as agreement {kept.agreement_id} with {partner}: {kept.level}, to {kept.ends}.",
    )


@click.command()
@opens
@click.option("--partner", required=True)
@click.option("--source", "source_name", default=None, help="Name of a source whose agency lets its data go on.")
@click.option("--level", type=click.Choice(LEVELS), default="extract", show_default=True)
@click.option("--basis", type=click.Choice(tuple(BASES)), default=None, help="Or: a legal basis that was approved.")
@click.option("--until", type=_DAY, default=None, help="Last day the basis holds.")
@click.option("--reference", default=None, help="Number of the paper behind the basis.")
@click.option("--stated-by", required=True, help="Who says so: the agency's head, or the privacy officer.")
@speaks
def allow(
    file: Path, partner: str, source_name: str | None, level: str, basis: str | None, until: datetime | None,
    reference: str | None, stated_by: str, passphrase_file: Path | None, as_json: bool,
) -> None:  # fmt: skip
    """Keep in FILE who allows rows about people: a source's agency, or the privacy officer for a legal basis."""
    last = _day(until)
    if (source_name is None) == (basis is None) or (basis is not None and last is None):
        raise click.UsageError("Give either --source, or --basis with --until.")
    with open_project(file, passphrase_file) as project:
        lane = project.file.lane()
        if basis is not None and last is not None:
            keep_basis(project, lane, basis, stated_by, clock.today(), last, reference)
            said = f"{BASES[basis].words} is approved until {last}."
        else:
            number = partner_called(lane, partner).partner_id
            source = source_called(lane, source_name or "")
            keep_onward(project, lane, source.source_id, number, level, stated_by, clock.today())
            said = f"{source.name} may go on to {partner}: {level}."
    Console(as_json).finish({"partner": partner, "source": source_name, "basis": basis, "level": level}, said)
