"""Rows about people without names, for one partner: asked for, approved, made safe, measured on the file, recorded."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from ddj_desktop.cohort.coverage import coverage, fall_short
from ddj_desktop.disclosure.errors import ColumnMayNotLeave, NotSafeAsRows, NotSafeTogether, Refused
from ddj_desktop.disclosure.extract import LEAST_CLASSES, SafeExtract, classes, make_safe
from ddj_desktop.disclosure.extract_columns import COLUMNS, data_classes, in_order, unknown
from ddj_desktop.disclosure.extract_risk import measure_file
from ddj_desktop.disclosure.extract_values import data_span, sources_in, values_of
from ddj_desktop.disclosure.gate import Permit, release
from ddj_desktop.disclosure.ledger import record_release
from ddj_desktop.disclosure.pseudonyms import Scope, codes, of_request, person_keys, scope_of
from ddj_desktop.disclosure.request import ReleaseRequest
from ddj_desktop.disclosure.told_before import Before, before, keep_told
from ddj_desktop.kernel import clock
from ddj_desktop.kernel.dates import Month, trailing_months
from ddj_desktop.kernel.errors import OurFault
from ddj_desktop.kernel.progress import Progress
from ddj_desktop.measures.frame import WINDOW_MONTHS
from ddj_desktop.outputs.extract_files import (
    ExtractFacts,
    Rows,
    read_extract_csv,
    read_extract_workbook,
    with_codes,
    write_codebook,
    write_extract_csv,
    write_extract_workbook,
)
from ddj_desktop.outputs.manifest import write_manifest
from ddj_desktop.outputs.risk_page import MISSING_IS_NOT_ZERO, NOT_SAFE_HARBOR, basis_words, ground, write_risk_page
from ddj_desktop.registers import consents, requests
from ddj_desktop.registers.agreements import LEVELS, Agreement, all_agreements, least_count
from ddj_desktop.registers.bases import approved_bases
from ddj_desktop.registers.partners import all_partners, partner_numbered
from ddj_desktop.registers.sources import all_sources
from ddj_desktop.store import audit
from ddj_desktop.store.lane import Lane
from ddj_desktop.store.sql import sql
from ddj_desktop.workflow.line import Done, Step, changed_at
from ddj_desktop.workflow.lists import NamedList, people_on_list
from ddj_desktop.workflow.project import Project
from ddj_desktop.workflow.proving import must_be_proved
from ddj_desktop.workflow.staging import Staging, staged


@dataclass(frozen=True)
class Asked:
    """What somebody asked for beside partner and month."""

    columns: tuple[str, ...] = ()
    """Columns of the list; none: those the agreement covers."""
    purpose: str | None = None
    reason: str = ""
    """Why it is asked for; needed the first time, when the request is kept for a second person to approve."""


@dataclass(frozen=True)
class Shared:
    """What was made for a partner."""

    files: tuple[Path, ...]
    release_id: int
    month: Month
    left_out: int | None = 0
    """People left out for want of a signed release of information; None where too few to tell."""
    transforms: tuple[tuple[str, str], ...] = field(default=())
    """Each column and what it says or what was done to it."""
    password: str = field(default="", repr=False)
    """What alone opens a workbook with names. It is kept nowhere: to be shown once to the person who made it."""


def share_extract(
    project: Project, lane: Lane, partner: str, folder: Path, progress: Progress, month: Month, asked: Asked
) -> Done[Shared]:
    """Make the rows of a month's list for a partner, or keep the request for them.

    Raises Refused (the rule and who can mend it), ColumnMayNotLeave, NotSafeAsRows, NotSafeTogether (codes that stay),
    NotMatched, NoDefinition, PassphraseAgain.
    """
    must_be_proved(project)
    found = people_on_list(lane, month.span.last)
    request = extract_request(lane, partner, month, found, asked)
    permit = permit_or_ask(project, lane, request, asked.reason, lambda: release(lane, request))
    progress.step("Making the rows safe")
    coding = _coding(project, lane, permit, month)
    extract = _safe(lane, permit, found, month, coding)
    progress.step("Writing the files")
    with staged(folder) as place:
        rows = _write(project, lane, permit, extract, found, month, coding, place)
        progress.check()
        with project.file.act(lane, "shared", {"level": "extract", "month": str(month)}) as act:
            again = release(lane, request)
            same = (again.people, again.agreement_id) == (permit.people, permit.agreement_id)
            if not same or before(lane, coding.scope.name).files != coding.before.files:
                raise Refused(
                    rule="What may leave changed while it was written.", mend="Share it again.", name="CHANGED"
                )
            release_id = _record(project, lane, permit, extract, found, month, place)
            if coding.scope.first:
                keep_told(lane, release_id, coding.scope.name, extract.headings, rows)
            act.facts |= {
                "release_id": release_id, "partner_id": permit.partner_id, "agreement_id": permit.agreement_id,
                "request_id": permit.asked, "rows": len(extract.rows), "columns": list(extract.headings),
            }  # fmt: skip
        made = place.name_all()
    result = Shared(tuple(made), release_id, month, permit.left_out, extract.transforms)
    return Done(changed_at(Step.RELEASED), result)


def extract_request(lane: Lane, partner: str, month: Month, found: NamedList, asked: Asked) -> ReleaseRequest:
    """The request as the gate reads it. Raises ColumnMayNotLeave."""
    outside = unknown(asked.columns)
    if outside:
        raise ColumnMayNotLeave(columns=", ".join(outside), known=", ".join(COLUMNS))
    with_contacts = {kind for (kind,) in lane.rows(sql("disclosure", "kinds_with_contacts"))}
    wanted = in_order(asked.columns or columns_of(narrowest_agreement(lane, partner, "extract")))
    columns = tuple(name for name in wanted if not COLUMNS[name].kind or COLUMNS[name].kind in with_contacts)
    rule = found.definition.rule
    return ReleaseRequest(
        partner=partner,
        level="extract",
        sources=sources_in(lane, rule, columns),
        people=tuple(member.person_id for member in found.members),
        columns=columns,
        data_classes=data_classes(columns),
        purpose=asked.purpose,
        data_from=data_span(lane, rule, month).first,
        month=str(month),
    )


def narrowest_agreement(lane: Lane, partner: str, level: str) -> Agreement | None:
    """The partner's narrowest agreement that allows this level and stands today; None where there is none."""
    wanted = " ".join(partner.split()).casefold()
    kept = next((p for p in all_partners(lane) if p.name.casefold() == wanted), None)
    papers = all_agreements(lane, kept.partner_id) if kept else []
    enough = LEVELS[LEVELS.index(level) :]
    fit = [paper for paper in papers if paper.level in enough and paper.stands_on(clock.today())]
    fit.sort(key=lambda paper: (LEVELS.index(paper.level), -paper.agreement_id))
    return fit[0] if fit else None


def columns_of(agreement: Agreement | None) -> tuple[str, ...]:
    """The columns an agreement names; none where there is no agreement."""
    return agreement.columns if agreement else ()


Yes = TypeVar("Yes")


def permit_or_ask(project: Project, lane: Lane, request: ReleaseRequest, reason: str, ask: Callable[[], Yes]) -> Yes:
    """The gate's yes, as `ask` gets it; where only the request itself is missing and there is a reason for it, it is
    kept and the gate's next answer is given. Raises Refused."""
    try:
        return ask()
    except Refused as no:
        if no.facts["name"] != "NOT_ASKED" or not reason.strip():
            raise
    partner_id = next(p.partner_id for p in all_partners(lane) if p.name.casefold() == _plain(request.partner))
    with project.file.act(lane, "sharing asked for", {"partner_id": partner_id, "month": request.month}) as act:
        kept = requests.ask(
            lane, fingerprint=request.fingerprint, partner_id=partner_id, level=request.level, month=request.month,
            reason=reason, actor=project.actor,
        )  # fmt: skip
        codes_key(project, lane, partner_id, of_request(kept.request_id).name)  # makes the salt where there is none yet
        act.facts["request_id"] = kept.request_id
    return ask()


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()


def codes_key(project: Project, lane: Lane, partner_id: int, scope: str) -> bytes:
    """The key of the codes a partner gets in one scope."""
    return project.file.release_key(lane, f"partner {partner_id}", scope)


@dataclass(frozen=True)
class _Coding:
    """The codes of a file in the making: where they hold, their key, and what was told of them before."""

    scope: Scope
    key: bytes
    before: Before

    def codes(self, lane: Lane, people: Sequence[int]) -> list[str]:
        return codes(self.key, person_keys(lane, people))


def _coding(project: Project, lane: Lane, permit: Permit, month: Month) -> _Coding:
    if permit.asked is None:
        raise OurFault(what="an extract without a request")
    scope = scope_of(agreement_of(lane, permit), month, permit.asked)
    return _Coding(scope, codes_key(project, lane, permit.partner_id, scope.name), before(lane, scope.name))


def _safe(lane: Lane, permit: Permit, found: NamedList, month: Month, coding: _Coding) -> SafeExtract:
    least = least_count(lane, permit.partner_id, permit.on)
    if len(permit.people) < LEAST_CLASSES * least:
        raise NotSafeAsRows
    values = values_of(lane, found.definition, month, permit.people, permit.request.columns)
    try:
        return make_safe(permit.people, values, coding.before.history(coding.codes(lane, permit.people)), least)
    except NotSafeAsRows:
        if coding.before.files:
            raise NotSafeTogether(files=coding.before.words) from None
        raise


def _write(
    project: Project, lane: Lane, permit: Permit, extract: SafeExtract, found: NamedList, month: Month,
    coding: _Coding, place: Staging,
) -> Rows:  # fmt: skip
    """All five files, the rows read back from the disk and measured before the page about them is written."""
    rows = with_codes(extract, coding.codes(lane, extract.people))
    facts = _facts(project, lane, permit, found, month, coding)
    bases = bases_of(lane, agreement_of(lane, permit))
    name = f"{month} DDJ rows for {file_words(permit.partner)}"
    inside = place.inside
    write_extract_csv(permit, extract, rows, inside / f"{name}.csv")
    headings, read = read_extract_csv(inside / f"{name}.csv")
    risk = measure_file(headings, read, coding.before.history([row[0] for row in read]), facts.least)
    about = [f"{what}: {said}" for what, said in ground(permit, facts.definition, bases)] + [f"Period: {facts.period}"]
    about += [*facts.gaps, MISSING_IS_NOT_ZERO] if facts.gaps else []
    write_extract_workbook(permit, extract, rows, facts, [*about, NOT_SAFE_HARBOR], inside / f"{name}.xlsx")
    if read_extract_workbook(inside / f"{name}.xlsx") != (headings, read) or read != rows:
        raise OurFault(what="the files of an extract did not hold the same rows")
    write_codebook(permit, extract, facts, inside / f"{name} codebook.csv")
    write_risk_page(permit, extract, risk, facts, bases, inside / f"{name} risk page.pdf")
    said = {
        "what": "rows about people without names, one person a row", "period": facts.period, "rows": len(read),
        "definition": facts.definition, "columns": dict(extract.transforms), "smallest_class": risk.smallest_class,
        "largest_risk": round(risk.largest_risk, 4), "legal_basis": list(bases), "log": facts.audit_head,
        "notice": NOT_SAFE_HARBOR, "codes": facts.codes, "not_covered": list(facts.gaps),
    }  # fmt: skip
    write_manifest(permit, place.described(), said, inside / f"{name} manifest.json")
    return rows


def _facts(
    project: Project, lane: Lane, permit: Permit, found: NamedList, month: Month, coding: _Coding
) -> ExtractFacts:  # fmt: skip
    under_part2 = {source.kind for source in all_sources(lane) if source.legal_class == "part2"}
    period = trailing_months(month.span.last, WINDOW_MONTHS)
    told = [source for source in coverage(lane, period.last) if source.source.kind in permit.request.sources]
    return ExtractFacts(
        county=project.county.name,
        state=project.county.state,
        period=period.in_words(),
        definition=f"{found.definition.name}, version {found.definition.version}",
        made_at=clock.wall(),
        audit_head=audit.head(lane),
        part2=bool(under_part2 & set(permit.request.sources)),
        demo=project.is_demo,
        codes=coding.scope.words,
        gaps=fall_short(told, period),
        least=least_count(lane, permit.partner_id, permit.on),
        beside=coding.before.words if coding.scope.first else "",
    )


def agreement_of(lane: Lane, permit: Permit) -> Agreement:
    """The agreement a permit goes under."""
    return next(paper for paper in all_agreements(lane) if paper.agreement_id == permit.agreement_id)


def bases_of(lane: Lane, agreement: Agreement) -> tuple[str, ...]:
    """The legal bases it names, in words with the numbers of the county's own papers."""
    return basis_words(agreement.bases, {kept.basis: kept.reference for kept in approved_bases(lane)})


def _record(
    project: Project, lane: Lane, permit: Permit, extract: SafeExtract, found: NamedList, month: Month, place: Staging
) -> int:
    """The ledger's line, the consents it rested on, and the request used up; inside the caller's act."""
    release_id = record_release(
        lane, actor=project.actor, kind="extract", recipient=partner_numbered(lane, permit.partner_id).name,
        level="extract", month=str(month), definition_id=found.definition.definition_id, reason=permit.purpose,
        files=place.described(), extract=_told(extract),
    )  # fmt: skip
    consents.uses(lane, release_id, permit.consents)
    if permit.asked is not None:
        requests.use_up(lane, permit.asked, release_id)
    return release_id


def _told(extract: SafeExtract) -> dict[str, object]:
    """What the file says of classes of people: the quasi-identifiers and how many rows say so."""
    quasi = [name for name in extract.headings if COLUMNS[name].role == "quasi"]
    sizes: Sequence[tuple[list[str], int]] = [
        (list(said[0]), len(places)) for said, places in sorted(classes(extract.headings, extract.rows).items())
    ]
    return {"columns": quasi, "classes": sizes, "people_in": extract.people_in}


def file_words(name: str) -> str:
    """A partner's name as part of a file's name: letters, digits, spaces and hyphens."""
    kept = "".join(letter if letter.isalnum() or letter in " -" else " " for letter in name)
    return " ".join(kept.split())[:60] or "partner"
