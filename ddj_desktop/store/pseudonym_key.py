"""Keys that make codes for people in extracts: from the data key and a random salt of this county file.

K_release = HKDF-SHA-256(HKDF-SHA-256(data key, salt of the version), "partner|release"). The county file and its
backups hold the salt and not the data key, the key file and the recovery sheet the data key and not the salt, so that
neither alone gives a code back. A version whose salt was destroyed can make its codes no more.
"""

from __future__ import annotations

import secrets

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from ddj_desktop.kernel import clock
from ddj_desktop.store.lane import Lane


def release_key(lane: Lane, data_key: bytes, partner: str, release: str) -> bytes:
    """32 bytes for one partner and one release, under the newest salt; the first one is made inside the caller's
    transaction."""
    found = lane.rows("SELECT version, salt FROM pseudonym_key WHERE salt IS NOT NULL ORDER BY version DESC LIMIT 1")
    version, salt = found[0] if found else _new_salt(lane)
    master = _hkdf(data_key, bytes.fromhex(salt), f"ddj-pseudonyms-{version}".encode())
    return _hkdf(master, None, f"fu-pid|v{version}|{partner}|{release}".encode())


def rotate(lane: Lane) -> int:
    """Destroy the salts there are and make a new one: earlier codes can not be made again. Gives the new version."""
    lane.run("UPDATE pseudonym_key SET salt = NULL, destroyed_at = $at WHERE salt IS NOT NULL", at=clock.now())
    return _new_salt(lane)[0]


def _new_salt(lane: Lane) -> tuple[int, str]:
    version = int(lane.value("SELECT coalesce(max(version), 0) + 1 FROM pseudonym_key"))
    salt = secrets.token_hex(32)
    lane.run(
        "INSERT INTO pseudonym_key VALUES ($version, $salt, $at, NULL)", version=version, salt=salt, at=clock.now()
    )
    return version, salt


def _hkdf(key: bytes, salt: bytes | None, info: bytes) -> bytes:
    return HKDF(algorithm=hashes.SHA256(), length=32, salt=salt, info=info).derive(key)
