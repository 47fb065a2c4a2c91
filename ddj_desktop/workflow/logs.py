"""The log of acts and the log of disclosures, written out with a program that checks them on any computer."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ddj_desktop.kernel.resources import resource
from ddj_desktop.outputs.atomic import Sink, write_whole
from ddj_desktop.outputs.rows_csv import write_rows
from ddj_desktop.store import audit
from ddj_desktop.store.lane import Lane
from ddj_desktop.workflow.project import Project
from ddj_desktop.workflow.staging import staged

DISCLOSURE_HEADINGS = (
    "release", "when (UTC)", "who", "kind", "recipient", "level", "month", "purpose or reason", "file", "sha256",
)  # fmt: skip


@dataclass(frozen=True)
class LogsMade:
    """What was written, and the log's head then."""

    files: tuple[Path, ...]
    head: str


def export_logs(project: Project, lane: Lane, folder: Path) -> LogsMade:
    """Write the log of acts (JSON lines), its head, the disclosure log (CSV) and the checking program.

    The export is an act itself and is in the log it writes. Raises FolderMissing and the sentences of outputs.
    """
    with project.file.act(lane, "log exported"):
        pass
    head = audit.head(lane)
    with staged(folder) as place:
        inside = place.inside
        write_whole(inside / "audit log.jsonl", lambda sink: _lines(lane, sink), private=True)
        write_whole(inside / "heads.txt", lambda sink: _one(sink, f"{head}\n".encode("ascii")))
        write_rows(inside / "disclosure log.csv", DISCLOSURE_HEADINGS, _disclosures(lane))
        checker = resource("verify_log.py").read_bytes()
        write_whole(inside / "verify_log.py", lambda sink: _one(sink, checker))
        made = place.name_all()
    return LogsMade(tuple(made), head)


def _lines(lane: Lane, sink: Sink) -> None:
    for line in audit.lines(lane):
        sink.write(line.encode("ascii") + b"\n")


def _one(sink: Sink, data: bytes) -> None:
    sink.write(data)


def _disclosures(lane: Lane) -> Iterator[tuple[object, ...]]:
    """One line a file that left, oldest first."""
    for *facts, files in lane.rows(
        "SELECT release_id, released_at, actor, kind, recipient, level, month, reason, files FROM release ORDER BY 1"
    ):
        for file in json.loads(files) or [{}]:
            yield (*facts, file.get("name"), file.get("sha256"))
