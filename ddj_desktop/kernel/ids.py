"""Numbers and keys that name things: made once, or derived from what a source itself says."""

from __future__ import annotations

import hashlib
import secrets


def derived_id(*parts: object) -> int:
    """A 63-bit whole number that the same parts always give (BLAKE2b; parts kept apart by U+001F).

    Used where an id must survive removal and return of an import: records, contacts, rows. Two different
    things among ten million share a number with a chance of about one in 180,000.
    """
    text = "\x1f".join([part if part.__class__ is str else "" if part is None else str(part) for part in parts])
    return int.from_bytes(hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big") >> 1


def person_key() -> str:
    """A random 128-bit key in hexadecimal, made once for a person and never from anything about them."""
    return secrets.token_hex(16)
