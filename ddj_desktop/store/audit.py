"""The audit chain: each act leaves a row that holds the hash of the row before it.

h_i = SHA-256(h_(i-1) | canonical JSON), m_i = HMAC-SHA-256(k, h_i), k from the data key by HKDF. The chain shows
edits, deletions and swaps; a cut-off end shows only against a head that was printed elsewhere, which is why every
packet prints one. Facts hold internal numbers, counts and hashes; never names, birth dates or cells.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterator
from dataclasses import dataclass

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from ddj_desktop.kernel import clock
from ddj_desktop.store.lane import Lane, Row

GENESIS = "0" * 64
Fact = str | int | float | bool | None | list[str] | list[int] | dict[str, int]


@dataclass(frozen=True)
class Verdict:
    """What checking the chain found: how many rows, the head, and the first bad row (None when all hold)."""

    rows: int
    head: str
    first_bad: int | None


def audit_key(data_key: bytes) -> bytes:
    """The key of the chain's MAC, derived from the data key (HKDF-SHA-256)."""
    return HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=b"ddj-audit-1").derive(data_key)


def add(lane: Lane, key: bytes, actor: str, event: str, facts: dict[str, Fact]) -> str:
    """Add one row inside the caller's transaction. Returns the new head (64 hexadecimal digits)."""
    last = lane.rows("SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1")
    seq, before = (last[0][0] + 1, last[0][1]) if last else (1, GENESIS)
    at = clock.now()
    text = json.dumps(facts, sort_keys=True, ensure_ascii=True)
    now = _hash(before, seq, at.isoformat(), actor, event, text)
    lane.run(
        "INSERT INTO audit VALUES ($seq, $at, $actor, $event, $facts, $hash, $mac)",
        seq=seq, at=at, actor=actor, event=event, facts=text, hash=now, mac=_mac(key, now),
    )  # fmt: skip
    return now


def head(lane: Lane) -> str:
    """Number and first 16 digits of the last row's hash, as printed in footers: `41-9f3c…`."""
    last = lane.rows("SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1")
    return f"{last[0][0]}-{last[0][1][:16]}" if last else "0-" + GENESIS[:16]


def verify(lane: Lane, key: bytes) -> Verdict:
    """Check every row from the first."""
    before, rows = GENESIS, 0
    for seq, at, actor, event, facts, hashed, mac in _every_row(lane):
        rows += 1
        now = _hash(before, seq, at.isoformat(), actor, event, facts)
        if seq != rows or now != hashed or not hmac.compare_digest(mac, _mac(key, now)):
            return Verdict(rows, before, rows)
        before = now
    return Verdict(rows, before, None)


def lines(lane: Lane) -> Iterator[str]:
    """The log as lines of JSON, as `resources/verify_log.py` checks them: hash, MAC, and the very text that was
    hashed: hash before, number, moment (UTC), who, event, facts."""
    before = GENESIS
    for seq, at, actor, event, facts, hashed, mac in _every_row(lane):
        row = _text(before, seq, at.isoformat(), actor, event, facts)
        yield f'{{"hash": "{hashed}", "mac": "{mac}", "row": {row}}}'
        before = hashed


_AT_ONCE = 50_000


def _every_row(lane: Lane) -> Iterator[Row]:
    """All rows in order, some thousands at a time: a log of many years needs no more memory than a short one."""
    after: int | None = None
    while True:
        found = lane.rows(
            "SELECT * FROM audit WHERE $after IS NULL OR seq > $after ORDER BY seq LIMIT $most",
            after=after,
            most=_AT_ONCE,
        )
        yield from found
        if len(found) < _AT_ONCE:
            return
        after = found[-1][0]


def _text(before: str, *parts: object) -> str:
    return json.dumps([before, *(str(part) for part in parts)], ensure_ascii=True)


def _hash(before: str, *parts: object) -> str:
    return hashlib.sha256(_text(before, *parts).encode("ascii")).hexdigest()


def _mac(key: bytes, hashed: str) -> str:
    return hmac.digest(key, hashed.encode("ascii"), "sha256").hex()
