"""Rows with names, for one partner: asked for, approved, written into one workbook that only its password opens.

The workbook is made and locked in memory; what lies on the disk, the log, the ledger and the manifest hold no name and
no password. The password is given back once, for the person to hand over by another way than the file.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ddj_desktop.cohort.coverage import coverage, fall_short
from ddj_desktop.disclosure.errors import ColumnMayNotLeave, Refused
from ddj_desktop.disclosure.extract_values import data_span, sources_in
from ddj_desktop.disclosure.gate import Permit
from ddj_desktop.disclosure.ledger import next_release, record_release
from ddj_desktop.disclosure.named_columns import NAMED_COLUMNS, in_file_order
from ddj_desktop.disclosure.named_release import NamesAllowed, NamesQuestion, closed_kinds, release_names
from ddj_desktop.disclosure.named_rows import Listed, NamedRows, named_rows
from ddj_desktop.disclosure.request import ReleaseRequest
from ddj_desktop.kernel import clock
from ddj_desktop.kernel.dates import Month, trailing_months
from ddj_desktop.kernel.progress import Progress
from ddj_desktop.measures.frame import WINDOW_MONTHS
from ddj_desktop.outputs.manifest import write_manifest
from ddj_desktop.outputs.names_workbook import NamesFacts, new_password, write_names_workbook
from ddj_desktop.registers import consents, requests
from ddj_desktop.registers.agreements import least_count
from ddj_desktop.registers.sources import all_sources
from ddj_desktop.store import audit
from ddj_desktop.store.lane import Lane
from ddj_desktop.store.sql import sql
from ddj_desktop.workflow.extracting import (
    Asked,
    Shared,
    agreement_of,
    bases_of,
    columns_of,
    file_words,
    narrowest_agreement,
    permit_or_ask,
)
from ddj_desktop.workflow.line import Done, Step, changed_at
from ddj_desktop.workflow.lists import NamedList, names_of, people_on_list
from ddj_desktop.workflow.project import Project
from ddj_desktop.workflow.proving import must_be_proved
from ddj_desktop.workflow.staging import Staging, staged


def share_names(
    project: Project, lane: Lane, partner: str, folder: Path, progress: Progress, month: Month, asked: Asked
) -> Done[Shared]:
    """Write the names of a month's list for a partner, or keep the request for them.

    Raises Refused (the rule and who can mend it), ColumnMayNotLeave, NotMatched, NoDefinition, PassphraseAgain.
    """
    must_be_proved(project)
    found = people_on_list(lane, month.span.last)
    question = names_question(lane, partner, month, found, asked)
    allowed = permit_or_ask(project, lane, question.request, asked.reason, lambda: release_names(lane, question))
    progress.step("Taking the rows together")
    rows = named_rows(lane, question, allowed, _listed(lane, found, question))
    number, password = next_release(lane), new_password()
    progress.step("Writing the files")
    with staged(folder) as place:
        facts = _facts(project, lane, question, allowed, found, number)
        _write(allowed.permit, question, rows, facts, password, place, month)
        progress.check()
        with project.file.act(lane, "shared", {"level": "identified", "month": str(month)}) as act:
            if release_names(lane, question) != allowed or next_release(lane) != number:
                raise Refused(
                    rule="What may leave changed while it was written.", mend="Share it again.", name="CHANGED"
                )
            _record(project, lane, allowed, found, month, place)
            act.facts |= {
                "release_id": number, "partner_id": allowed.permit.partner_id,
                "agreement_id": allowed.permit.agreement_id, "request_id": allowed.permit.asked,
                "rows": len(rows.rows), "columns": list(question.request.columns),
            }  # fmt: skip
        made = place.name_all()
    said = tuple((name, NAMED_COLUMNS[name].words) for name in question.request.columns)
    return Done(changed_at(Step.RELEASED), Shared(tuple(made), number, month, facts.left_out, said, password))


def names_question(lane: Lane, partner: str, month: Month, found: NamedList, asked: Asked) -> NamesQuestion:
    """What the gate is asked. Where no purpose is given, it is the agreement's first, and the file says no other: a
    release of information is for the purpose it names. Where no columns are asked for, they are those of the agreement,
    less those about sources that may be told of nobody. Raises ColumnMayNotLeave; Refused for a list of addresses."""
    outside = [name for name in asked.columns if name not in NAMED_COLUMNS]
    if outside:
        raise ColumnMayNotLeave(columns=", ".join(outside), known=", ".join(NAMED_COLUMNS))
    if found.definition.rule.unit == "address":
        raise Refused(
            rule="The definition in force lists addresses, and rows with names are about people.",
            mend="The coordinator can put a definition of people in force.", name="NOT_PEOPLE",
        )  # fmt: skip
    agreement = narrowest_agreement(lane, partner, "identified")
    purpose = asked.purpose or next(iter(agreement.purposes), None) if agreement else asked.purpose
    if asked.columns:
        return _question(lane, partner, month, found, asked.columns, purpose)
    columns = columns_of(agreement)
    closed = closed_kinds(lane, _question(lane, partner, month, found, columns, purpose))
    told = [name for name in columns if name in NAMED_COLUMNS and NAMED_COLUMNS[name].kind not in closed]
    return _question(lane, partner, month, found, told, purpose)


def _question(
    lane: Lane, partner: str, month: Month, found: NamedList, wanted: Sequence[str], purpose: str | None
) -> NamesQuestion:  # fmt: skip
    rule = found.definition.rule
    with_contacts = [kind for (kind,) in lane.rows(sql("disclosure", "kinds_with_contacts"))]
    columns, listed = in_file_order(wanted, with_contacts), sources_in(lane, rule, ())
    told = {NAMED_COLUMNS[name].kind for name in columns} - {""}
    request = ReleaseRequest(
        partner=partner,
        level="identified",
        sources=tuple(sorted({*listed, *told})),
        people=tuple(member.person_id for member in found.members),
        columns=columns,
        purpose=purpose,
        data_from=data_span(lane, rule, month).first,
        month=str(month),
    )
    return NamesQuestion(request, listed, trailing_months(month.span.last, WINDOW_MONTHS))


def _listed(lane: Lane, found: NamedList, question: NamesQuestion) -> dict[int, Listed]:
    """What the list says of everybody on it. Names are those that sources of the definition have, since what another
    source calls somebody is a record of that source."""
    names = names_of(lane, list(question.request.people), question.listed)
    made = {}
    for member in found.members:
        last, first, middle, suffix, born, _ = names.get(member.person_id, (None,) * 6)
        made[member.person_id] = Listed(last, first, middle, suffix, born, member.tier, member.reason)
    return made


def _facts(
    project: Project, lane: Lane, question: NamesQuestion, allowed: NamesAllowed, found: NamedList, number: int
) -> NamesFacts:  # fmt: skip
    agreement, kinds = agreement_of(lane, allowed.permit), question.request.sources
    told = [source for source in coverage(lane, question.period.last) if source.source.kind in kinds]
    return NamesFacts(
        county=project.county.name,
        state=project.county.state,
        period=question.period.in_words(),
        definition=f"{found.definition.name}, version {found.definition.version}",
        release_id=number,
        asked=len(question.request.people),
        left_out=_tellable(lane, allowed.permit),
        bases=bases_of(lane, agreement),
        rests_on_releases=bool(allowed.consents),
        ends=agreement.ends,
        made_at=clock.wall(),
        audit_head=audit.head(lane),
        part2=any(source.legal_class == "part2" and source.kind in kinds for source in all_sources(lane)),
        demo=project.is_demo,
        gaps=fall_short(told, question.period),
    )


def _tellable(lane: Lane, permit: Permit) -> int | None:
    """How many were left out, where none of the partner's agreements asks for more than the gate to tell it."""
    least = least_count(lane, permit.partner_id, permit.on)
    return permit.left_out if not permit.left_out or permit.left_out >= least else None


def _write(
    permit: Permit, question: NamesQuestion, rows: NamedRows, facts: NamesFacts, password: str, place: Staging,
    month: Month,
) -> None:  # fmt: skip
    name = f"{month} DDJ rows with names for {file_words(permit.partner)}"
    write_names_workbook(permit, rows, facts, password, place.inside / f"{name}.xlsx")
    said = {
        "what": "rows with names, in a workbook that opens with its password alone", "period": facts.period,
        "rows": len(rows.rows), "release": facts.release_id, "definition": facts.definition,
        "columns": list(question.request.columns), "sources": list(question.request.sources),
        "legal_basis": list(facts.bases), "releases_of_information": facts.rests_on_releases, "log": facts.audit_head,
        "not_covered": list(facts.gaps), "password": "given by telephone or in person, never with the file",
    }  # fmt: skip
    write_manifest(permit, place.described(), said, place.inside / f"{name} manifest.json")


def _record(
    project: Project, lane: Lane, allowed: NamesAllowed, found: NamedList, month: Month, place: Staging
) -> None:
    """The ledger's line with whose rows went out, the releases it rested on, and the request used up; inside the
    caller's act."""
    permit = allowed.permit
    number = record_release(
        lane, actor=project.actor, kind="names", recipient=permit.partner, level="identified", month=str(month),
        definition_id=found.definition.definition_id, reason=permit.purpose, files=place.described(),
        people=permit.people,
    )  # fmt: skip
    consents.uses(lane, number, allowed.consents)
    if permit.asked is not None:
        requests.use_up(lane, permit.asked, number)
