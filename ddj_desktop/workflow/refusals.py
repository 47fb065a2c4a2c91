"""What the gate refused, in the log of acts: the level and the rule, and nothing of what was asked for."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from ddj_desktop.disclosure.errors import Refused
from ddj_desktop.store.lane import Lane
from ddj_desktop.workflow.project import Project


@contextmanager
def refusals_logged(project: Project, lane: Lane, level: str) -> Iterator[None]:
    """Keep a refusal inside the block as an act of its own, and pass it on. Outside of any transaction."""
    try:
        yield
    except Refused as no:
        with project.file.act(lane, "sharing refused", {"level": level, "rule": str(no.facts["name"])}):
            pass
        raise
