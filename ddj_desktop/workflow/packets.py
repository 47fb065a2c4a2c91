"""The packet of a month: figures, protected, laid out as PDF and XLSX, frozen in the ledger."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ddj_desktop.cohort.coverage import SourceCoverage, coverage
from ddj_desktop.disclosure.ledger import earlier_releases, record_release
from ddj_desktop.disclosure.need import FLOOR
from ddj_desktop.disclosure.protect import protect_month
from ddj_desktop.disclosure.safe import SafeMonth
from ddj_desktop.kernel import clock
from ddj_desktop.kernel.dates import Month
from ddj_desktop.kernel.progress import Progress
from ddj_desktop.measures.race import OF_MEANING
from ddj_desktop.outputs.content import Audience, Checked, Completeness, MatchFacts, PacketFacts, SourceFacts
from ddj_desktop.outputs.packet import packet_content
from ddj_desktop.outputs.pdf import write_pdf
from ddj_desktop.outputs.workbook import write_workbook
from ddj_desktop.registers.costs import BASES, all_unit_costs, prices_of
from ddj_desktop.registers.programmes import all_programmes
from ddj_desktop.registers.residents import all_residents
from ddj_desktop.store import audit
from ddj_desktop.store.lane import Lane
from ddj_desktop.workflow.line import Done, Step, changed_at
from ddj_desktop.workflow.lists import figures_of_month, kinds_that_make_lists, line_state, sources
from ddj_desktop.workflow.project import Project
from ddj_desktop.workflow.quality_check import Share, last_year
from ddj_desktop.workflow.staging import staged

AUDIENCES: tuple[Audience, ...] = ("meeting", "leadership", "public")
MONTHS_SHOWN = 13


@dataclass(frozen=True)
class PacketFiles:
    """A packet that was built."""

    pdf: Path
    xlsx: Path
    pages: int
    hidden: int
    release_id: int


def build_packet(
    project: Project, lane: Lane, month: Month, audience: Audience, folder: Path, progress: Progress,
    safe: SafeMonth | None = None,
) -> Done[PacketFiles]:  # fmt: skip
    """Build both files of a packet and record them. `safe` saves counting again for a second audience.

    Raises NotMatched, NoDefinition, NoPackets, FolderMissing, CannotProtect and the sentences of outputs.
    """
    safe = safe or protected_month(lane, month, progress)
    progress.step("Laying out the packet")
    packet = packet_content(safe, packet_facts(project, lane, month), audience)
    name = packet_name(month, audience)
    with staged(folder) as place:
        pages = write_pdf(packet, place.inside / f"{name}.pdf")
        progress.check()
        write_workbook(packet, place.inside / f"{name}.xlsx")
        progress.check()
        with project.file.act(lane, "packet", {"month": str(month), "audience": audience}) as act:
            release_id = record_release(
                lane, actor=project.actor, kind="packet", recipient=audience, level="table", month=str(month),
                reason=f"{audience} packet", files=place.described(), safe=safe,
            )  # fmt: skip
            act.facts |= {"release_id": release_id, "pages": pages}
        pdf, xlsx = place.name_all()
    return Done(changed_at(Step.RELEASED), PacketFiles(pdf, xlsx, pages, hidden_numbers(safe), release_id))


def protected_month(lane: Lane, month: Month, progress: Progress, threshold: int = FLOOR) -> SafeMonth:
    """The month's figures, counted and made safe together with all that left the building before; under the threshold
    a partner's agreement asks for, where it is higher than the county's own."""
    progress.step("Counting")
    figures = figures_of_month(lane, month, progress)
    progress.step("Hiding small counts")
    return protect_month(figures, threshold, earlier=earlier_releases(lane), list_makers=kinds_that_make_lists(lane))


def packet_name(month: Month, audience: str) -> str:
    """The name both files share: `2026-10 DDJ packet Meeting`."""
    return f"{month} DDJ packet {audience.capitalize()}"


def hidden_numbers(safe: SafeMonth) -> int:
    """How many numbers are printed as the marker."""
    figures = sum(1 for figure in safe.figures.values() if figure.count is None and not figure.missing)
    return figures + sum(table.hidden for table in safe.tables.values())


def packet_facts(project: Project, lane: Lane, month: Month) -> PacketFacts:
    """What a packet prints besides figures: sources, matching, the log's head, when it was made."""
    state = line_state(lane)
    covered = {known.source.name: known for known in coverage(lane)}
    facts = [
        SourceFacts(
            name=str(source["name"]), rows=int(source["rows"]), set_aside=int(source["set_aside"]),
            last_day=source["last_day"], months=months_of(covered.get(str(source["name"])), month),
        )
        for source in sources(lane)
    ]  # fmt: skip
    decided = int(lane.value("SELECT count(*) FROM standing_decision WHERE verdict <> 'withdrawn'"))
    checks = last_year(lane, month)
    lived, costs = all_residents(lane), all_unit_costs(lane)
    return PacketFacts(
        made_at=clock.wall(),
        audit_head=audit.head(lane),
        sources=tuple(facts),
        matching=MatchFacts(
            records=state.records, people=state.people, pairs_decided=decided, pairs_to_review=state.pairs_to_review,
            run_on=state.matched_at.date() if state.matched_at else None,
            joined=_checked(checks.joined), apart=_checked(checks.apart),
        ),
        demo=project.is_demo,
        residents={OF_MEANING[one.race]: one.people for one in lived},
        residents_from=f"Residents: {lived[0].source}, {lived[0].year}." if lived else "",
        programmes=tuple(one for one in all_programmes(lane) if one.outcome_fixed_at is not None),
        prices=tuple(price for basis in BASES for price in prices_of(costs, basis, month.year).values()),
    )  # fmt: skip


def _checked(share: Share) -> Checked | None:
    if share.interval is None:
        return None
    return Checked(share.answers.looked, share.answers.right, share.interval.low, share.interval.high)


def months_of(source: SourceCoverage | None, month: Month) -> tuple[tuple[Month, Completeness], ...]:
    """How complete a source is in each of the thirteen months up to `month`."""
    shown = [month.plus(back) for back in range(1 - MONTHS_SHOWN, 1)]
    return tuple((one, _completeness(source, one)) for one in shown)


def _completeness(source: SourceCoverage | None, month: Month) -> Completeness:
    if source is None or not source.has_any(month):
        return "none"
    return "full" if source.covers(month) else "part"
