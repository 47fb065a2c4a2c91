"""What a partner may receive: through the gate, written in a hidden place, asked again before it gets its name."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ddj_desktop.disclosure.gate import ReleaseRequest, release
from ddj_desktop.disclosure.ledger import record_release
from ddj_desktop.disclosure.safe import SafeMonth
from ddj_desktop.kernel.dates import Month
from ddj_desktop.kernel.progress import Progress
from ddj_desktop.outputs.packet import packet_content
from ddj_desktop.outputs.pdf import write_pdf
from ddj_desktop.outputs.workbook import write_workbook
from ddj_desktop.store.lane import Lane
from ddj_desktop.workflow.errors import NoContacts
from ddj_desktop.workflow.line import Done, Step, changed_at
from ddj_desktop.workflow.lists import default_month, people_on_list
from ddj_desktop.workflow.packets import packet_facts, protected_month
from ddj_desktop.workflow.project import Project
from ddj_desktop.workflow.staging import staged


@dataclass(frozen=True)
class Shared:
    """What was made for a partner."""

    files: tuple[Path, ...]
    release_id: int
    month: Month


def share_with_partner(
    project: Project, lane: Lane, partner: str, level: str, folder: Path, progress: Progress,
    month: Month | None = None, safe: SafeMonth | None = None,
) -> Done[Shared]:  # fmt: skip
    """Make the summary of a month for a partner. Raises Refused with the rule and who can mend it.

    The gate is asked twice: before anything is counted, and again in the act that records the release, because an
    agreement may end or be taken back in between.
    """
    wanted = month or default_month(lane)
    if wanted is None:
        raise NoContacts
    request = _request(lane, partner, level, wanted)
    permit = release(lane, request)
    safe = safe or protected_month(lane, wanted, progress)
    progress.step("Laying out the summary")
    packet = packet_content(safe, packet_facts(project, lane, wanted), "public")
    name = f"{wanted} DDJ summary for {_file_words(permit.partner)}"
    with staged(folder) as place:
        write_pdf(packet, place.inside / f"{name}.pdf")
        write_workbook(packet, place.inside / f"{name}.xlsx")
        progress.check()
        with project.file.act(lane, "shared", {"level": level, "month": str(wanted)}) as act:
            permit = release(lane, request)
            release_id = record_release(
                lane, actor=project.actor, kind=level, recipient=permit.partner, level=level, month=str(wanted),
                reason=permit.purpose, files=place.described(), safe=safe,
            )  # fmt: skip
            act.facts |= {
                "release_id": release_id, "partner_id": permit.partner_id, "agreement_id": permit.agreement_id,
            }  # fmt: skip
        made = place.name_all()
    return Done(changed_at(Step.RELEASED), Shared(tuple(made), release_id, wanted))


def _request(lane: Lane, partner: str, level: str, month: Month) -> ReleaseRequest:
    kinds = lane.rows("SELECT DISTINCT s.kind FROM source AS s SEMI JOIN contact AS c USING (source_id) ORDER BY 1")
    people = len(people_on_list(lane, month.span.last).members) if level == "extract" else 0
    return ReleaseRequest(partner, level, tuple(kind for (kind,) in kinds), people)


def _file_words(name: str) -> str:
    """A partner's name as part of a file's name: letters, digits, spaces and hyphens."""
    kept = "".join(letter if letter.isalnum() or letter in " -" else " " for letter in name)
    return " ".join(kept.split())[:60] or "partner"
