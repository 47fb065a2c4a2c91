"""Identified sheets for inside the building: list, crosswalk, review queue. Each is logged with its reason."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ddj_desktop.cohort.certainty import Certainty, CertaintyBench
from ddj_desktop.disclosure.ledger import record_release
from ddj_desktop.kernel.dates import Month
from ddj_desktop.kernel.errors import Misuse
from ddj_desktop.linkage.quality import sample
from ddj_desktop.linkage.queue import QUEUE_HEADINGS, SAMPLE_HEADINGS, queue_rows, sample_rows
from ddj_desktop.outputs.rows_csv import write_rows
from ddj_desktop.store.lane import Lane
from ddj_desktop.store.sql import sql
from ddj_desktop.workflow.lists import must_be_matched, people_on_list
from ddj_desktop.workflow.matching import draw_sample
from ddj_desktop.workflow.project import Project
from ddj_desktop.workflow.proving import must_be_proved
from ddj_desktop.workflow.review_order import review_queue

LIST_HEADINGS = (
    "person_id", "last_name", "first_name", "middle_name", "suffix", "birth_date", "sex", "tier", "reason",
    "definition", "as_of",
)  # fmt: skip
ADDRESS_HEADINGS = ("address_id", "address", "tier", "reason", "definition", "as_of")
CROSSWALK_HEADINGS = ("person_id", "source", "file", "sheet", "row", "contact_key", "record_key")


@dataclass(frozen=True)
class ListMade:
    """What the identified list holds."""

    unit: str
    """person or address."""
    people: int
    base: int
    definition: str
    came_to: tuple[str, ...]
    """What a relative rule and its tiers came to, each n of N."""
    warnings: tuple[str, ...]
    sure: Certainty


def export_list(project: Project, lane: Lane, as_of: date, definition: str | None, out: Path, reason: str) -> ListMade:
    """Write the identified list on a date. Raises NotMatched, NoDefinition, NoSuchDefinition, Misuse (no reason)."""
    _must_have(reason)
    found = people_on_list(lane, as_of, definition)
    title = f"{found.definition.name}, version {found.definition.version}"
    places = found.definition.rule.unit == "address"
    rows = [
        [m.person_id, m.address, m.tier, m.reason, title, as_of] if places else
        [m.person_id, m.last_name, m.first_name, m.middle_name, m.suffix, m.birth_date, m.sex, m.tier, m.reason, title,
         as_of]
        for m in found.members
    ]  # fmt: skip
    sure = CertaintyBench().counts(lane, found.definition.rule, as_of, len(found.members))
    _write(project, lane, "list", out, ADDRESS_HEADINGS if places else LIST_HEADINGS, rows, reason)
    return ListMade(
        found.definition.rule.unit, len(found.members), found.base, title, found.came_to, found.warnings, sure
    )


def export_crosswalk(project: Project, lane: Lane, out: Path, reason: str) -> int:
    """Write which row belongs to which person. Returns the number of rows. Raises NotMatched, Misuse (no reason)."""
    _must_have(reason)
    must_be_matched(lane)
    rows = lane.rows(sql("workflow", "crosswalk"))
    _write(project, lane, "crosswalk", out, CROSSWALK_HEADINGS, rows, reason)
    return len(rows)


def export_review(project: Project, lane: Lane, out: Path) -> tuple[int, int]:
    """Write the possible matches as a sheet with an empty decision column, those that can change the list first.

    Returns how many there are, and how many can change the list.
    """
    must_be_matched(lane)
    found = review_queue(lane)
    rows = queue_rows(found.pairs, found.matter)
    _write(project, lane, "review", out, QUEUE_HEADINGS, rows, "review of possible matches")
    return len(found.pairs), len(found.matter)


def export_sample(project: Project, lane: Lane, month: Month, out: Path) -> int:
    """Write the blind sample of a month as a sheet with an empty answer column; the program's answer is not in it.

    Returns the number of pairs. Raises NoSample.
    """
    draw_sample(project, lane, month)
    rows = sample_rows(sample(lane, month))
    _write(project, lane, "sample", out, SAMPLE_HEADINGS, rows, f"blind sample of {month}")
    return len(rows)


def _must_have(reason: str) -> None:
    if not reason.strip():
        raise Misuse(what="Say why the sheet is made: it holds names, and the reason is kept in the log.")


def _write(
    project: Project, lane: Lane, kind: str, out: Path, headings: Sequence[str], rows: Iterable[Sequence[object]],
    reason: str,
) -> None:  # fmt: skip
    """The log first, then the file: a sheet of names that is not in the log must not come about. Raises
    PassphraseAgain."""
    must_be_proved(project)
    with project.file.act(lane, f"{kind} exported", {"reason": reason}):
        record_release(
            lane, actor=project.actor, kind=kind, recipient=project.actor, level="identified", reason=reason,
            files=[{"name": out.name}],
        )  # fmt: skip
    write_rows(out, headings, rows)
