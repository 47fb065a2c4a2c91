"""A county that may give rows with names to a partner: the jail's on a legal basis, others where somebody signed."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from ddj_desktop.disclosure.errors import Refused
from ddj_desktop.intake.unlock import unlocked
from ddj_desktop.kernel.dates import Month
from ddj_desktop.kernel.progress import Progress
from ddj_desktop.outputs.names_workbook import read_names_workbook
from ddj_desktop.registers.agreements import add_agreement
from ddj_desktop.registers.bases import approve_basis
from ddj_desktop.registers.consents import ELEMENTS, Terms, keep_consent
from ddj_desktop.registers.onward import allow_onward
from ddj_desktop.registers.partners import add_partner
from ddj_desktop.registers.requests import all_requests
from ddj_desktop.registers.sources import all_sources
from ddj_desktop.store.county_file import CountyFile
from ddj_desktop.workflow.actions import agree_definition, keep_definition
from ddj_desktop.workflow.approving import SecondPerson, approve_request
from ddj_desktop.workflow.extracting import Asked, Shared
from ddj_desktop.workflow.project import Project
from ddj_desktop.workflow.sharing import share_with_partner
from tests.measures.small_county import make, put
from tests.workflow.sharing_rows import BOOKED

TODAY = date(2026, 11, 3)
MONTH = Month(2026, 10)
PARTNER = "Pine clinic"
COLUMNS = (
    "last_name", "first_name", "birth_date", "list_reason", "jail_count", "jail_last_month", "ems_count",
    "treatment_count", "treatment_last_month",
)  # fmt: skip
KINDS = ("jail", "ems", "treatment", "shelter")
SIGNED = Terms(
    recipients=(1,), purposes=("care",), data_classes=("identity", "contacts", "health", "substance_use"),
    sources=("ems", "treatment"), expires=date(2027, 6, 1), signed_on=date(2026, 1, 1), elements=tuple(ELEMENTS),
    covers_from=date(2020, 1, 1),
)  # fmt: skip


def may_have_names(file: CountyFile, people: int = 8, contacts: int = 500) -> Project:
    """Everything but signed releases and the second person's yes. Eight people booked; the jail, which the definition
    looks at, is under justice rules, an ambulance under HIPAA, a clinic under 42 CFR Part 2."""
    lane = put(file, make(random.Random(8), people, contacts, date(2025, 11, 10), date(2026, 10, 31)))
    for number, kind, law in ((1, "jail", "justice"), (2, "ems", "hipaa"), (3, "treatment", "part2"),
                              (4, "shelter", "hmis")):  # fmt: skip
        lane.run("UPDATE source SET kind = $k, legal_class = $c WHERE source_id = $n", k=kind, c=law, n=number)
    lane.run("UPDATE record SET birth_date = DATE '1980-01-01', first_name = 'Zqgiven' || record_id // 10")
    lane.run("UPDATE record SET last_name = 'Zqclinic' || record_id // 10 WHERE source_id = 3")
    lane.run(
        "UPDATE contact SET starts = TIMESTAMP '2026-10-31 23:59' WHERE contact_id IN "
        "(SELECT max(contact_id) FROM contact WHERE source_id = 3 GROUP BY record_id)"
    )  # the clinic saw them last
    project = Project(file, file.county(), "ann")
    kept = keep_definition(project, lane, BOOKED).result
    agree_definition(project, lane, kept.definition_id, "us, 2026-08-01")
    partner = add_partner(lane, PARTNER).partner_id
    add_agreement(
        lane, partner, title="Care MOU", level="identified", purpose="care; planning", sources=KINDS,
        starts=date(2026, 1, 1), ends=date(2027, 1, 1), signed_on=date(2026, 1, 1), signatory="A", privacy_officer="B",
        columns=COLUMNS, bases=("justice_duties",), document_hash="ab",
    )  # fmt: skip
    for source in all_sources(lane):
        allow_onward(lane, source.source_id, partner, "identified", stated_by="its head", stated_on=TODAY)
    approve_basis(lane, "justice_duties", approved_by="B", approved_on=date(2026, 1, 1), until=date(2027, 1, 1))
    return project


def sign(project: Project, person: int, **other: object) -> int:
    """Keep that somebody signed; gives the number of the release of information."""
    terms = replace(SIGNED, **other)  # type: ignore[arg-type]
    return keep_consent(project.file.lane(), person, terms, "ann").consent_id


def ask(project: Project, out: Path, progress: Progress | None = None, **asked: object) -> Shared:
    """Share, or ask for it."""
    wanted = Asked(**asked)  # type: ignore[arg-type]
    return share_with_partner(
        project, project.file.lane(), PARTNER, "identified", out, progress or Progress(), MONTH, asked=wanted
    ).result


def approved(project: Project, out: Path, who: SecondPerson, **asked: object) -> None:
    """Ask, and have the second person say yes."""
    with pytest.raises(Refused, match="waits for a second person"):
        ask(project, out, reason="a warm hand-over", **asked)
    approve_request(project, project.file.lane(), all_requests(project.file.lane())[0].request_id, who)


def people_in(made: Shared) -> dict[str, dict[str, str]]:
    """The rows behind the password: first name to its cells by heading."""
    (book,) = (path for path in made.files if path.suffix == ".xlsx")
    headings, *rows = read_names_workbook(book.read_bytes(), made.password)
    found = [dict(zip(headings, row, strict=True)) for row in rows]
    return {row["first_name"]: row for row in found}


def plain_bytes(made: Shared) -> bytes:
    """The workbook without its password, to look into."""
    (book,) = (path for path in made.files if path.suffix == ".xlsx")
    return unlocked(book.read_bytes(), book.name, made.password)
