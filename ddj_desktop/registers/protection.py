"""Records under special protection: which sources hold them, and when a signed release of information opens them.

Substance use treatment is under 42 CFR Part 2; mental health treatment and crisis response are held as strictly;
providers to victims of violence are closed altogether (VAWA, FVPSA, VOCA: 34 U.S.C. 12291(b)(2)). Whether somebody has
such records at all is protected too, so nothing may say "some are hidden here" of one person and not of another.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from ddj_desktop.registers.consents import Consent, is_complete
from ddj_desktop.registers.sources import Source

CLOSED = "victim_services"
MENTAL_HEALTH_KINDS = frozenset({"treatment", "co_responder"})


def protection_of(source: Source) -> str:
    """What a release must name to open the source: `substance_use`, `mental_health`; `victim_services` where none
    can; '' where it is under no special protection."""
    if source.legal_class == CLOSED:
        return CLOSED
    if source.legal_class == "part2":
        return "substance_use"
    return "mental_health" if source.kind in MENTAL_HEALTH_KINDS else ""


def opens(consent: Consent, source: Source, partner_id: int, purpose: str, day: date, on: date, *, minor: bool) -> bool:
    """True where a release opens a source's contact of `day` to a partner for a purpose on the day `on`."""
    wanted, terms = protection_of(source), consent.terms
    return (
        wanted not in ("", CLOSED)
        and consent.stands_on(on)
        and is_complete(terms)
        and (bool(terms.representative) or not minor)
        and partner_id in terms.recipients
        and " ".join(purpose.split()).casefold() in terms.purposes
        and wanted in terms.data_classes
        and source.kind in terms.sources
        and terms.reaches(day)
    )


def protected_names(sources: Iterable[Source]) -> frozenset[str]:
    """The names of the sources under special protection."""
    return frozenset(source.name for source in sources if protection_of(source))
