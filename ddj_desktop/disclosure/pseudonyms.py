"""Codes for people in an extract: of one partner and one release, or one agreement, and from nothing about the person.

code = base32(HMAC-SHA-256(key of the release, the person's random key)), cut to 16 letters (80 bits; privacy reference
2). The key of the release comes from `CountyFile.release_key`; the person's key is 128 random bits made once. The same
person has another code in every release and at every partner; only where an agreement says so, a code stays the same in
its releases about some months.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass

from ddj_desktop.kernel.dates import Month
from ddj_desktop.kernel.errors import OurFault
from ddj_desktop.registers.agreements import Agreement
from ddj_desktop.store.lane import Lane

LETTERS = 16


@dataclass(frozen=True)
class Scope:
    """In which files a person has one code: the name of the key's scope, and the months the files are about, where
    they are several."""

    name: str
    first: Month | None = None
    last: Month | None = None

    @property
    def words(self) -> str:
        """For codebook and manifest."""
        if self.first is None or self.last is None:
            return "another in every file"
        return f"the same in every file under this agreement about {self.first.in_words()} to {self.last.in_words()}"


def of_request(request_id: int) -> Scope:
    """Codes of one file: one request makes one release, so its number stands for the release."""
    return Scope(f"request {request_id}")


def scope_of(agreement: Agreement, month: Month, request_id: int) -> Scope:
    """The codes of a file about a month: its own, or those of the agreement's period that holds the month. Periods are
    counted from the month in which the agreement starts."""
    if not agreement.stable_months:
        return of_request(request_id)
    begins = Month.of(agreement.starts)
    period = ((month.year - begins.year) * 12 + month.number - begins.number) // agreement.stable_months
    first = begins.plus(period * agreement.stable_months)
    name = f"agreement {agreement.agreement_id} from {first}"
    return Scope(name, first, first.plus(agreement.stable_months - 1))


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
