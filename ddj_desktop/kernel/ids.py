"""Numbers and keys that name things: made once, or derived from what a source itself says."""

from __future__ import annotations

import hashlib
import secrets
import struct
from collections.abc import Iterable


def derived_id(*parts: object) -> int:
    """A 63-bit whole number that the same parts always give (BLAKE2b; parts kept apart by U+001F).

    Used where an id must survive removal and return of an import: records, contacts, rows. Two different
    things among ten million share a number with a chance of about one in 180,000.
    """
    text = "\x1f".join([part if part.__class__ is str else "" if part is None else str(part) for part in parts])
    return derived_ids([text])[0]


def derived_ids(texts: Iterable[str], *before: object) -> list[int]:
    """The ids of many things at once: for each text what `derived_id(*before, text)` gives. `texts` may hold parts
    already joined by U+001F."""
    start = "".join(["\x1f" if part is None else f"{part}\x1f" for part in before])
    # A copy of one begun takes half the time of beginning anew.
    begun = hashlib.blake2b(start.encode("utf-8", "surrogatepass"), digest_size=8).copy
    digests = bytearray()
    for text in texts:
        one = begun()
        one.update(text.encode("utf-8", "surrogatepass"))
        digests += one.digest()
    return [number >> 1 for (number,) in struct.iter_unpack(">Q", digests)]


def person_key() -> str:
    """A random 128-bit key in hexadecimal, made once for a person and never from anything about them."""
    return secrets.token_hex(16)
