"""What a partner may receive: through the gate, written in a hidden place, asked again before it gets its name."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from ddj_desktop.disclosure.gate import release
from ddj_desktop.disclosure.ledger import record_release
from ddj_desktop.disclosure.need import FLOOR
from ddj_desktop.disclosure.request import ReleaseRequest
from ddj_desktop.disclosure.safe import SafeMonth
from ddj_desktop.kernel.dates import Month
from ddj_desktop.kernel.progress import Progress
from ddj_desktop.outputs.content import Recipient
from ddj_desktop.outputs.manifest import write_manifest
from ddj_desktop.outputs.packet import packet_content
from ddj_desktop.outputs.pdf import write_pdf
from ddj_desktop.outputs.workbook import write_workbook
from ddj_desktop.registers.agreements import least_count
from ddj_desktop.store.lane import Lane
from ddj_desktop.store.sql import sql
from ddj_desktop.workflow.errors import NoContacts
from ddj_desktop.workflow.extracting import Asked, Shared, file_words, share_extract
from ddj_desktop.workflow.line import Done, Step, changed_at
from ddj_desktop.workflow.lists import default_month
from ddj_desktop.workflow.packets import packet_facts, protected_month
from ddj_desktop.workflow.project import Project
from ddj_desktop.workflow.refusals import refusals_logged
from ddj_desktop.workflow.staging import staged
from ddj_desktop.workflow.with_names import share_names


def share_with_partner(
    project: Project, lane: Lane, partner: str, level: str, folder: Path, progress: Progress,
    month: Month | None = None, safe: SafeMonth | None = None, asked: Asked | None = None,
) -> Done[Shared]:  # fmt: skip
    """Make what a partner may have of a month: a summary of tables, rows about people without names, or with them.

    The gate is asked twice: before anything is counted, and again in the act that records the release, because an
    agreement may end or be taken back in between. `asked` matters for rows only. Raises Refused with the rule and who
    can mend it, NotSafeAsRows, ColumnMayNotLeave, NoContacts, NotMatched, NoDefinition.
    """
    wanted = month or default_month(lane)
    if wanted is None:
        raise NoContacts
    with refusals_logged(project, lane, level):
        if level == "extract":
            return share_extract(project, lane, partner, folder, progress, wanted, asked or Asked())
        if level == "identified":
            return share_names(project, lane, partner, folder, progress, wanted, asked or Asked())
        request = ReleaseRequest(partner, level, _kinds(lane))
        return _share_tables(project, lane, request, folder, progress, wanted, safe)


def _share_tables(
    project: Project, lane: Lane, request: ReleaseRequest, folder: Path, progress: Progress, month: Month,
    safe: SafeMonth | None,
) -> Done[Shared]:  # fmt: skip
    permit = release(lane, request)
    least = least_count(lane, permit.partner_id, permit.on)
    if safe is None or least > FLOOR:
        safe = protected_month(lane, month, progress, least)
    progress.step("Laying out the summary")
    recipient = Recipient(permit.partner, permit.agreement, permit.purpose)
    facts = replace(packet_facts(project, lane, month), recipient=recipient)
    packet = packet_content(safe, facts, "partner")
    name = f"{month} DDJ summary for {file_words(permit.partner)}"
    with staged(folder) as place:
        write_pdf(packet, place.inside / f"{name}.pdf")
        write_workbook(packet, place.inside / f"{name}.xlsx")
        about = {
            "what": "summary tables, small counts hidden", "period": str(month), "threshold": safe.threshold,
            "definition": f"{safe.definition_name}, version {safe.definition_version}", "log": facts.audit_head,
        }  # fmt: skip
        write_manifest(permit, place.described(), about, place.inside / f"{name} manifest.json")
        progress.check()
        with project.file.act(lane, "shared", {"level": request.level, "month": str(month)}) as act:
            permit = release(lane, request)
            release_id = record_release(
                lane, actor=project.actor, kind=request.level, recipient=permit.partner, level=request.level,
                month=str(month), reason=permit.purpose, files=place.described(), safe=safe,
            )  # fmt: skip
            act.facts |= {
                "release_id": release_id, "partner_id": permit.partner_id, "agreement_id": permit.agreement_id,
            }  # fmt: skip
        made = place.name_all()
    return Done(changed_at(Step.RELEASED), Shared(tuple(made), release_id, month))


def _kinds(lane: Lane) -> tuple[str, ...]:
    return tuple(kind for (kind,) in lane.rows(sql("disclosure", "kinds_with_contacts")))
