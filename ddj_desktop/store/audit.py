"""The audit chain: each act leaves a row that holds the hash of the row before it.

h_i = SHA-256(h_(i-1) | canonical JSON), m_i = HMAC-SHA-256(k_i, h_i), k_(i+1) = SHA-256("evolve" | k_i). The chain
shows edits, deletions and swaps. The seals show a log that was made anew from some line on, even by somebody who holds
the file's own key: the file keeps only the key of the next line, and the first key is on the privacy officer's sheet
alone. A cut-off end shows only against a head that was printed elsewhere, which is why every packet prints one. Facts
hold internal numbers, counts and hashes; never names, birth dates or cells.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from ddj_desktop.kernel import clock
from ddj_desktop.store.lane import Lane, Row

GENESIS = "0" * 64
SEAL_BEGUN = "seal begun"
CLOCK_SLACK = timedelta(minutes=5)
"""The computer's clock may be put right by so much; a larger step back is said in the line that comes after it."""
Fact = str | int | float | bool | None | list[str] | list[int] | dict[str, int]


@dataclass(frozen=True)
class Verdict:
    """What checking the chain found: how many rows, the head, and the first bad row (None when all hold)."""

    rows: int
    head: str
    first_bad: int | None
    sealed: int = 0
    """Rows whose seal was checked with a key from outside."""


def audit_key(data_key: bytes) -> bytes:
    """The key of the seals before the first one was begun, derived from the data key (HKDF-SHA-256)."""
    return HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=b"ddj-audit-1").derive(data_key)


def add(lane: Lane, key: bytes, actor: str, event: str, facts: dict[str, Fact]) -> str:
    """Add one row inside the caller's transaction. Returns the new head (64 hexadecimal digits)."""
    last = lane.rows("SELECT seq, hash, done_at FROM audit ORDER BY seq DESC LIMIT 1")
    seq, before = (last[0][0] + 1, last[0][1]) if last else (1, GENESIS)
    at = clock.now()
    if last and last[0][2] - at >= CLOCK_SLACK:
        facts = {**facts, "clock_set_back_minutes": round((last[0][2] - at) / timedelta(minutes=1))}
    text = json.dumps(facts, sort_keys=True, ensure_ascii=True)
    now = _hash(before, seq, at.isoformat(), actor, event, text)
    sealing = _next_key(lane)
    lane.run(
        "INSERT INTO audit VALUES ($seq, $at, $actor, $event, $facts, $hash, $mac)",
        seq=seq, at=at, actor=actor, event=event, facts=text, hash=now, mac=_mac(sealing or key, now),
    )  # fmt: skip
    if sealing:
        lane.run("UPDATE seal SET next_key = $k WHERE next_key IS NOT NULL", k=evolved(sealing).hex())
    return now


def begin_seal(lane: Lane, key: bytes, actor: str) -> tuple[int, bytes]:
    """Begin a new seal inside the caller's transaction: a row that says so under the old seal, so that nobody can put
    one in earlier, and a new key from the next row on.

    Gives that row's number and the first key, which is to be given to the privacy officer and kept nowhere else.
    """
    number = int(lane.value("SELECT coalesce(max(seal), 0) + 1 FROM seal"))
    add(lane, key, actor, SEAL_BEGUN, {"seal": number})
    first, fresh = int(lane.value("SELECT max(seq) + 1 FROM audit")), secrets.token_bytes(32)
    lane.run("UPDATE seal SET next_key = NULL WHERE next_key IS NOT NULL")
    lane.run("INSERT INTO seal VALUES ($n, $first, $at, $k)", n=number, first=first, at=clock.now(), k=fresh.hex())
    return first, fresh


def evolved(key: bytes) -> bytes:
    """The key of the line after the one this key seals. There is no way back."""
    return hashlib.sha256(b"evolve" + key).digest()


def _next_key(lane: Lane) -> bytes | None:
    found = lane.rows("SELECT next_key FROM seal WHERE next_key IS NOT NULL")
    return bytes.fromhex(found[0][0]) if found else None


def head(lane: Lane) -> str:
    """Number and first 16 digits of the last row's hash, as printed in footers: `41-9f3c…`."""
    last = lane.rows("SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1")
    return f"{last[0][0]}-{last[0][1][:16]}" if last else "0-" + GENESIS[:16]


def verify(lane: Lane, key: bytes, first_keys: Mapping[int, bytes] | None = None) -> Verdict:
    """Check every row from the first.

    `first_keys` are keys of seals, from the privacy officer's sheet, by the row each began with: the rows from there
    to the one that begins the next seal are held against them. Rows before the first seal are held against `key`.
    """
    before, rows, sealed, waiting = GENESIS, 0, 0, dict(first_keys or {})
    sealing: bytes | None = key
    evolves = False
    for seq, at, actor, event, facts, hashed, mac in _every_row(lane):
        rows += 1
        now = _hash(before, seq, at.isoformat(), actor, event, facts)
        if seq != rows or now != hashed or (sealing and not hmac.compare_digest(mac, _mac(sealing, now))):
            return Verdict(rows, before, rows, sealed)
        before, sealed = now, sealed + (evolves and sealing is not None)
        if event == SEAL_BEGUN:
            evolves, sealing = True, waiting.pop(rows + 1, None)
        elif evolves and sealing:
            sealing = evolved(sealing)
    return Verdict(rows, before, min(waiting, default=None), sealed)


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
