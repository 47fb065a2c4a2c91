"""Approvers: people who may say yes to what another asked for, each known by a phrase of their own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from ddj_desktop.kernel import clock
from ddj_desktop.registers.errors import AlreadyApprover, NoName, NoSuchApprover
from ddj_desktop.store.lane import Lane

_COLUMNS = "approver_id, name, login, enrolled_at, vouched_by, ended_at"


@dataclass(frozen=True)
class Approver:
    """One approver. Times are UTC."""

    approver_id: int
    name: str
    login: str | None
    """Their log-in on this computer: what was asked under it they can not approve."""
    enrolled_at: datetime
    vouched_by: str
    """What let them in: the recovery sheet, or the name of another approver."""
    ended_at: datetime | None = None

    @property
    def is_active(self) -> bool:
        """True until somebody took the right away."""
        return self.ended_at is None

    def is_called(self, name: str) -> bool:
        """True where this is the approver's own name or log-in."""
        return same_name(name, self.name) or (self.login is not None and same_name(name, self.login))


def same_name(one: str, other: str) -> bool:
    """True where two names are one person's log-in: capitals and outer spaces do not matter."""
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()


def add_approver(
    lane: Lane, name: str, *, login: str | None, verifier: str, enrolled_by: str, vouched_by: str
) -> Approver:
    """Keep an approver. `verifier` checks their phrase. Raises NoName, AlreadyApprover."""
    name = " ".join(name.split())
    if not name:
        raise NoName(thing="approver")
    if any(kept.is_called(name) for kept in active_approvers(lane)):
        raise AlreadyApprover(name=name)
    number = int(lane.value("SELECT coalesce(max(approver_id), 0) + 1 FROM approver"))
    lane.run(
        "INSERT INTO approver VALUES ($number, $name, $login, $verifier, $at, $by, $vouched, NULL)",
        number=number, name=name, login=(login or "").strip() or None, verifier=verifier, at=clock.now(),
        by=enrolled_by, vouched=vouched_by,
    )  # fmt: skip
    return next(kept for kept in all_approvers(lane) if kept.approver_id == number)


def all_approvers(lane: Lane) -> list[Approver]:
    """Every approver, those who are no more too, in the order they came."""
    return [Approver(*row) for row in lane.rows(f"SELECT {_COLUMNS} FROM approver ORDER BY approver_id")]


def active_approvers(lane: Lane) -> list[Approver]:
    """Those who may approve now."""
    return [kept for kept in all_approvers(lane) if kept.is_active]


def approver_called(lane: Lane, name: str) -> Approver:
    """The active approver of that name or log-in. Raises NoSuchApprover."""
    found = next((kept for kept in active_approvers(lane) if kept.is_called(name)), None)
    if found is None:
        raise NoSuchApprover
    return found


def verifiers(lane: Lane) -> dict[int, str]:
    """By the number of each active approver: what checks the phrase."""
    return dict(lane.rows("SELECT approver_id, verifier FROM approver WHERE ended_at IS NULL"))


def end_approver(lane: Lane, name: str) -> Approver:
    """Take the right away: neither old nor new approvals of theirs open anything. Raises NoSuchApprover."""
    found = approver_called(lane, name)
    lane.run("UPDATE approver SET ended_at = $at WHERE approver_id = $n", at=clock.now(), n=found.approver_id)
    return found
