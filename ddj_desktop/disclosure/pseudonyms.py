"""Codes for people in an extract: of one partner and one release alone, and from nothing about the person.

code = base32(HMAC-SHA-256(key of the release, the person's random key)), cut to 16 letters (80 bits; privacy reference
2). The key of the release comes from `CountyFile.release_key`; the person's key is 128 random bits made once. The same
person has another code in every release and at every partner.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Sequence

from ddj_desktop.kernel.errors import OurFault
from ddj_desktop.store.lane import Lane

LETTERS = 16


def codes(release_key: bytes, person_keys: Sequence[str]) -> list[str]:
    """A code for each person key (128 bits in hexadecimal). Raises OurFault where two people would share one."""
    made = [code(release_key, key) for key in person_keys]
    if len(set(made)) != len(set(person_keys)):
        raise OurFault(what="two people would have one code")
    return made


def code(release_key: bytes, person_key: str) -> str:
    """One person's code in one release."""
    digest = hmac.digest(release_key, bytes.fromhex(person_key), hashlib.sha256)
    return base64.b32encode(digest).decode("ascii")[:LETTERS]


def person_keys(lane: Lane, people: Sequence[int]) -> list[str]:
    """The random keys of these people, in their order. Raises OurFault where one is not known."""
    found: dict[int, str] = dict(lane.rows("SELECT person_id, person_key FROM person"))
    if any(person not in found for person in people):
        raise OurFault(what="a person in an extract is not known any more")
    return [found[person] for person in people]
