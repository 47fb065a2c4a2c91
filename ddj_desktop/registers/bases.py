"""Legal bases on which rows about people may leave without each one's signature, as the privacy officer approved them.

The list is short and fixed, so that nobody writes a basis of their own into a request. Which basis fits is for the
county's counsel to say; the program only checks that one was approved, covers the law a source is under, and has not
lapsed. Sources: 45 CFR 164.512 and 164.514, 42 CFR Part 2 subparts D and E, HUD's HMIS standards.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ddj_desktop.kernel.dates import day_in_words
from ddj_desktop.registers.errors import EndsBeforeStart, NotApproved, UnknownBasis
from ddj_desktop.store.lane import Lane


@dataclass(frozen=True)
class Basis:
    """One legal basis: what it is called, where it stands, for which levels and under which laws it may be used."""

    words: str
    citation: str
    levels: frozenset[str]
    legal_classes: frozenset[str]


def _basis(words: str, citation: str, levels: str, classes: str) -> Basis:
    return Basis(words, citation, frozenset(levels.split()), frozenset(classes.split()))


BASES: dict[str, Basis] = {
    "limited_data_set": _basis(
        "limited data set under a data use agreement", "45 CFR 164.514(e)", "extract", "hipaa"
    ),
    "expert_determination": _basis(
        "expert determination", "45 CFR 164.514(b)(1)", "extract", "hipaa part2 hmis"
    ),
    "research": _basis(
        "research with its board's approval or waiver", "45 CFR 164.512(i), 42 CFR 2.52", "extract identified",
        "hipaa part2",
    ),
    "audit_evaluation": _basis(
        "audit and evaluation", "45 CFR 164.512(d), 42 CFR 2.53", "extract identified", "hipaa part2"
    ),
    "hmis_notice": _basis(
        "uses named in the HMIS privacy notice", "69 FR 45888 (HMIS standards)", "extract", "hmis"
    ),
    "court_order": _basis(
        "court order", "45 CFR 164.512(e), 42 CFR 2.61 to 2.67", "identified", "hipaa part2 hmis justice other"
    ),
    "justice_duties": _basis(
        "duties of criminal justice agencies", "state law named in the agreement", "identified", "justice other"
    ),
}  # fmt: skip
"""By short name."""


@dataclass(frozen=True)
class ApprovedBasis:
    """A basis the privacy officer approved, until when, and the number of the paper behind it."""

    basis: str
    reference: str | None
    approved_by: str
    approved_on: date
    until: date


def approve_basis(
    lane: Lane, basis: str, *, approved_by: str, approved_on: date, until: date, reference: str | None = None
) -> ApprovedBasis:
    """Keep that the privacy officer approved a basis; an earlier approval of the same one is replaced.

    Raises UnknownBasis, NotApproved (no name), EndsBeforeStart.
    """
    if basis not in BASES:
        raise UnknownBasis(basis=basis, known=", ".join(BASES))
    if not approved_by.strip():
        raise NotApproved(thing="legal basis")
    if until < approved_on:
        raise EndsBeforeStart(starts=day_in_words(approved_on), ends=day_in_words(until))
    lane.run("DELETE FROM legal_basis WHERE basis = $basis", basis=basis)
    lane.run(
        "INSERT INTO legal_basis VALUES ($basis, $reference, $by, $on, $until)",
        basis=basis, reference=(reference or "").strip() or None, by=approved_by.strip(), on=approved_on, until=until,
    )  # fmt: skip
    return next(kept for kept in approved_bases(lane) if kept.basis == basis)


def approved_bases(lane: Lane) -> list[ApprovedBasis]:
    """Every approved basis, lapsed ones too, by name."""
    found = lane.rows("SELECT basis, reference, approved_by, approved_on, until FROM legal_basis ORDER BY basis")
    return [ApprovedBasis(*row) for row in found]
