"""Agreements: what a partner may receive, of which sources, for what, and from when to when."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ddj_desktop.kernel.dates import Span, day_in_words
from ddj_desktop.registers.bases import BASES
from ddj_desktop.registers.errors import (
    CodesCanNotStay,
    EndsBeforeStart,
    NoPurpose,
    NotBelowTheFloor,
    UnknownBasis,
    UnknownKind,
    UnknownLevel,
)
from ddj_desktop.registers.partners import partner_numbered
from ddj_desktop.registers.sources import SOURCE_KINDS
from ddj_desktop.store.lane import Lane

LONGEST_STABLE = 24
"""Months a code may stay the same: as far back as earlier releases are looked at (privacy reference 1.5)."""
LEVELS = ("table", "extract", "identified")
"""From the least to the most that may leave: protected tables, rows without names, identified records."""
LEAST_COUNT = 11
"""No agreement can ask for less: CMS cell size policy (privacy reference 1.2)."""
_COLUMNS = (
    "agreement_id, partner_id, title, level, purpose, sources, starts, ends, signed_on, document_hash, signatory, "
    "privacy_officer, columns, bases, stable_months, least_count"
)


@dataclass(frozen=True)
class Agreement:
    """One agreement with one partner."""

    agreement_id: int
    partner_id: int
    title: str
    level: str
    purpose: str
    sources: tuple[str, ...]
    """Source kinds it covers."""
    starts: date
    ends: date
    signed_on: date | None
    document_hash: str | None
    """SHA-256 of the signed paper's file, where the county keeps one."""
    signatory: str | None
    privacy_officer: str | None
    columns: tuple[str, ...] = ()
    """Columns of a file of rows about people it covers; none for tables."""
    bases: tuple[str, ...] = ()
    """Legal bases it names for rows about people, from `registers.bases`."""
    stable_months: int | None = None
    """For how many months a person keeps one code in its files; None where every file has codes of its own."""
    least_count: int | None = None
    """The smallest count of people its papers may show, where it asks for more than the county's own 11."""

    @property
    def purposes(self) -> tuple[str, ...]:
        """The purposes it was made for: its words parted at semicolons, in small letters."""
        return tuple(" ".join(part.split()).casefold() for part in self.purpose.split(";") if part.strip())

    @property
    def period(self) -> Span:
        """The days on which it holds, both ends included."""
        return Span(self.starts, self.ends)

    def stands_on(self, day: date) -> bool:
        """True where it is signed by that day and the day lies in its period."""
        return self.signed_on is not None and self.signed_on <= day and day in self.period


def add_agreement(
    lane: Lane,
    partner_id: int,
    *,
    title: str,
    level: str,
    purpose: str,
    sources: Sequence[str],
    starts: date,
    ends: date,
    signed_on: date | None = None,
    signatory: str | None = None,
    privacy_officer: str | None = None,
    document_hash: str | None = None,
    columns: Sequence[str] = (),
    bases: Sequence[str] = (),
    stable_months: int | None = None,
    least_count: int | None = None,
) -> Agreement:
    """Keep an agreement as the paper has it. One without `signed_on` is kept and does not stand.

    Raises NoSuchPartner, UnknownLevel, UnknownKind, UnknownBasis, EndsBeforeStart, NoPurpose, CodesCanNotStay,
    NotBelowTheFloor.
    """
    partner_numbered(lane, partner_id)
    if stable_months is not None and (level == "table" or not 2 <= stable_months <= LONGEST_STABLE):
        raise CodesCanNotStay(most=LONGEST_STABLE)
    if least_count is not None and least_count < LEAST_COUNT:
        raise NotBelowTheFloor(floor=LEAST_COUNT)
    _check(title, level, purpose, sources, bases, Span(starts, ends))
    number = lane.value("SELECT coalesce(max(agreement_id), 0) + 1 FROM agreement")
    lane.run(
        f"INSERT INTO agreement ({_COLUMNS}) VALUES ($number, $partner, $title, $level, $purpose, $sources, $starts, "
        "$ends, $signed_on, $document_hash, $signatory, $privacy_officer, $columns, $bases, $stable, $least)",
        number=number, partner=partner_id, title=title.strip(), level=level, purpose=purpose.strip(),
        sources=json.dumps(list(dict.fromkeys(sources))), starts=starts, ends=ends, signed_on=signed_on,
        document_hash=document_hash, signatory=signatory, privacy_officer=privacy_officer,
        columns=json.dumps(list(dict.fromkeys(columns))), bases=json.dumps(list(dict.fromkeys(bases))),
        stable=stable_months, least=least_count,
    )  # fmt: skip
    return next(found for found in all_agreements(lane) if found.agreement_id == number)


def _check(title: str, level: str, purpose: str, sources: Sequence[str], bases: Sequence[str], period: Span) -> None:
    if level not in LEVELS:
        raise UnknownLevel(level=level)
    for missing, said in (("title", title.strip()), ("purpose", purpose.strip()), ("sources", tuple(sources))):
        if not said:
            raise NoPurpose(missing=missing)
    for kind in sources:
        if kind not in SOURCE_KINDS:
            raise UnknownKind(kind=kind, known=", ".join(SOURCE_KINDS))
    for basis in bases:
        if basis not in BASES:
            raise UnknownBasis(basis=basis, known=", ".join(BASES))
    if period.last < period.first:
        raise EndsBeforeStart(starts=day_in_words(period.first), ends=day_in_words(period.last))


def all_agreements(lane: Lane, partner_id: int | None = None) -> list[Agreement]:
    """Every agreement, or those of one partner, the one that ends last first."""
    found = lane.dicts(
        f"SELECT {_COLUMNS} FROM agreement WHERE $partner IS NULL OR partner_id = $partner "
        "ORDER BY ends DESC, agreement_id DESC",
        partner=partner_id,
    )
    lists = ("sources", "columns", "bases")
    return [Agreement(**row | {name: tuple(json.loads(row[name] or "[]")) for name in lists}) for row in found]


def standing_agreements(lane: Lane, partner_id: int, on: date) -> list[Agreement]:
    """The agreements with an active partner that stand on that day, the most permissive level first; none for a
    partner that was put aside. Raises NoSuchPartner."""
    if not partner_numbered(lane, partner_id).active:
        return []
    standing = [found for found in all_agreements(lane, partner_id) if found.stands_on(on)]
    return sorted(standing, key=lambda found: (-LEVELS.index(found.level), -found.agreement_id))


def least_count(lane: Lane, partner_id: int, on: date) -> int:
    """The smallest count of people a partner may be shown: the largest that any of its agreements in force asks for,
    and never below eleven. Raises NoSuchPartner."""
    asked = [found.least_count or LEAST_COUNT for found in standing_agreements(lane, partner_id, on)]
    return max(asked, default=LEAST_COUNT)


def due_within(lane: Lane, on: date, days: int) -> list[Agreement]:
    """Agreements that stand on that day and end within so many days after it, the first to end first."""
    standing = [found for found in all_agreements(lane) if found.stands_on(on)]
    due = [found for found in standing if (found.ends - on).days <= days]
    return sorted(due, key=lambda found: (found.ends, found.agreement_id))
