"""Phrases that people keep to themselves: only what checks them is kept, and slowly made (Argon2id)."""

from __future__ import annotations

from argon2 import PasswordHasher, Type
from argon2.exceptions import InvalidHashError, VerificationError

from ddj_desktop.store.errors import WeakPassphrase
from ddj_desktop.store.keys import LANES, LEAST_PASSPHRASE, MEMORY_KIB, TIME_COST

_HASHER = PasswordHasher(TIME_COST, MEMORY_KIB, LANES, type=Type.ID)


def verifier_of(phrase: str) -> str:
    """What checks a phrase later, with its salt and costs. Raises WeakPassphrase."""
    if len(phrase) < LEAST_PASSPHRASE:
        raise WeakPassphrase
    return _HASHER.hash(phrase)


def is_phrase(verifier: str, phrase: str) -> bool:
    """True where it is the phrase the verifier was made of."""
    try:
        return _HASHER.verify(verifier, phrase)
    except (VerificationError, InvalidHashError):
        return False
