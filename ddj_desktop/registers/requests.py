"""Requests to share rows about people: one person asks, another approves, a release uses the approval up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from ddj_desktop.kernel import clock
from ddj_desktop.registers.approvers import Approver
from ddj_desktop.registers.errors import NoSuchRequest, NotApproved, SamePerson
from ddj_desktop.store.lane import Lane

_COLUMNS = (
    "request_id, fingerprint, partner_id, level, month, reason, asked_by, asked_at, approved_by, approved_at, "
    "withdrawn_at, release_id, approver_id"
)


@dataclass(frozen=True)
class ShareRequest:
    """One request and how far it came. Times are UTC."""

    request_id: int
    fingerprint: str
    """What exactly was asked for: any change of it is another request."""
    partner_id: int
    level: str
    month: str | None
    reason: str
    asked_by: str
    asked_at: datetime
    approved_by: str | None
    approved_at: datetime | None
    withdrawn_at: datetime | None
    release_id: int | None
    approver_id: int | None = None
    """Who of the approvers said yes; None where nobody with a phrase of their own did."""

    @property
    def is_open(self) -> bool:
        """True until it was used or withdrawn."""
        return self.release_id is None and self.withdrawn_at is None


def ask(
    lane: Lane, *, fingerprint: str, partner_id: int, level: str, month: str | None, reason: str, actor: str
) -> ShareRequest:
    """Keep a request; the open one for the very same thing is given back instead. Raises NotApproved (no reason)."""
    found = open_request(lane, fingerprint)
    if found:
        return found
    if not reason.strip():
        raise NotApproved(thing="request, nor why it is made")
    number = int(lane.value("SELECT coalesce(max(request_id), 0) + 1 FROM share_request"))
    lane.run(
        "INSERT INTO share_request (request_id, fingerprint, partner_id, level, month, reason, asked_by, asked_at) "
        "VALUES ($number, $fingerprint, $partner, $level, $month, $reason, $actor, $at)",
        number=number, fingerprint=fingerprint, partner=partner_id, level=level, month=month, reason=reason.strip(),
        actor=actor, at=clock.now(),
    )  # fmt: skip
    return request_numbered(lane, number)


def approve(lane: Lane, number: int, approver: Approver) -> ShareRequest:
    """Say yes to an open request, as an approver whose phrase was checked. Raises NoSuchRequest, SamePerson where the
    one who asked tries."""
    found = request_numbered(lane, number)
    if not found.is_open:
        raise NoSuchRequest(number=number)
    if approver.is_called(found.asked_by):
        raise SamePerson(actor=approver.name)
    lane.run(
        "UPDATE share_request SET approved_by = $name, approved_at = $at, approver_id = $id WHERE request_id = $number",
        name=approver.name, at=clock.now(), id=approver.approver_id, number=number,
    )  # fmt: skip
    return request_numbered(lane, number)


def withdraw(lane: Lane, number: int) -> ShareRequest:
    """Take an open request back. Raises NoSuchRequest."""
    if not request_numbered(lane, number).is_open:
        raise NoSuchRequest(number=number)
    lane.run("UPDATE share_request SET withdrawn_at = $at WHERE request_id = $n", at=clock.now(), n=number)
    return request_numbered(lane, number)


def use_up(lane: Lane, number: int, release_id: int) -> None:
    """Mark the request as used by a release, so that one yes is good for one file."""
    lane.run("UPDATE share_request SET release_id = $release WHERE request_id = $n", release=release_id, n=number)


def open_request(lane: Lane, fingerprint: str) -> ShareRequest | None:
    """The open request for exactly this, if there is one."""
    return next((found for found in all_requests(lane) if found.is_open and found.fingerprint == fingerprint), None)


def request_numbered(lane: Lane, number: int) -> ShareRequest:
    """The request with that number. Raises NoSuchRequest."""
    found = next((kept for kept in all_requests(lane) if kept.request_id == number), None)
    if found is None:
        raise NoSuchRequest(number=number)
    return found


def all_requests(lane: Lane) -> list[ShareRequest]:
    """Every request, newest first."""
    return [ShareRequest(*row) for row in lane.rows(f"SELECT {_COLUMNS} FROM share_request ORDER BY request_id DESC")]
