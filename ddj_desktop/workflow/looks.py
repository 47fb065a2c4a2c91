"""Who looked at whom: each view of identified records is a line of the log, with numbers and never a name."""

from __future__ import annotations

from ddj_desktop.linkage.queue import PairToReview
from ddj_desktop.store.audit import Fact
from ddj_desktop.store.lane import Lane
from ddj_desktop.workflow.line import Done
from ddj_desktop.workflow.project import Project
from ddj_desktop.workflow.proving import must_be_proved

OPENED, CLOSED = "opened", "closed"
LOCKED, UNLOCKED = "window locked", "window unlocked"
LOOKS = (
    OPENED, CLOSED, LOCKED, UNLOCKED, "names shown", "person looked at", "rows looked at", "protected records shown",
)  # fmt: skip
"""Events that changed nothing: many, and seldom what somebody looks for in the history of a county file."""


def names_looked_at(project: Project, lane: Lane, pair: PairToReview | None) -> Done[None]:
    """Keep that somebody had names shown: those of one pair, or of every page where there is none."""
    return _keep(project, lane, "names shown", {"left": pair.left_record, "right": pair.right_record} if pair else {})


def may_show_names(project: Project) -> None:
    """Names on every page need whoever opened the file to be there still. Raises PassphraseAgain."""
    must_be_proved(project)


def window_locked(project: Project, lane: Lane, event: str) -> Done[None]:
    """Keep that the window was covered (`LOCKED`), or uncovered by the passphrase (`UNLOCKED`)."""
    return _keep(project, lane, event, {})


def person_looked_at(project: Project, lane: Lane, person_id: int) -> Done[None]:
    """Keep that somebody opened one person's page."""
    return _keep(project, lane, "person looked at", {"person_id": person_id})


def rows_looked_at(project: Project, lane: Lane, rows: int) -> Done[None]:
    """Keep that somebody opened so many rows about people, behind a number."""
    return _keep(project, lane, "rows looked at", {"rows": rows})


def protected_were_shown(project: Project, lane: Lane, person_id: int) -> Done[None]:
    """Keep that somebody asked for one person's records under special protection."""
    return _keep(project, lane, "protected records shown", {"person_id": person_id})


def packet_given(project: Project, lane: Lane, release_id: int, *, printed: bool) -> Done[None]:
    """Keep that a packet was sent to a printer, or its file saved once more somewhere else."""
    return _keep(project, lane, "packet printed" if printed else "packet saved", {"release_id": release_id})


def _keep(project: Project, lane: Lane, event: str, facts: dict[str, Fact]) -> Done[None]:
    with project.file.act(lane, event, facts):
        pass
    return Done(frozenset(), None)
