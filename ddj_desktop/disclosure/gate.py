"""The one gate to a partner: denied unless every rule says yes (privacy reference 7).

`judge` is the whole of the decision and looks at nothing but its two arguments; `release` gathers the facts from the
registers and makes the permit that the writers ask for. Nothing opens the gate from outside: no setting, no
environment variable, no flag. The one setting it knows, a one-person office, puts a day's wait in place of the second
person. In imminent danger one person's data may go without agreement or consent; that is reviewed within 72 hours.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TypeAlias

from ddj_desktop.disclosure import gate_facts
from ddj_desktop.disclosure.request import BreakGlass, Facts, ReleaseRequest
from ddj_desktop.disclosure.rules import LEVEL_WORDS, Denied, Rule, denied, furthest
from ddj_desktop.kernel.dates import day_in_words
from ddj_desktop.kernel.errors import OurFault
from ddj_desktop.registers.agreements import LEVELS, Agreement
from ddj_desktop.registers.bases import BASES
from ddj_desktop.registers.consents import Consent, is_complete
from ddj_desktop.registers.partners import Partner
from ddj_desktop.registers.sources import Source
from ddj_desktop.store.lane import Lane

LEAST_PEOPLE = 55
"""Five classes of eleven: with fewer people no file of single people can be safe (privacy reference 1.6)."""
FLOOR = 11
APPROVAL_HOLDS = timedelta(days=30)
ALONE_WAITS = timedelta(hours=24)
UNDER_AGREEMENT = frozenset({"justice", "other"})
"""Laws under which rows without names may leave on the agreement alone."""

_KEY = object()


@dataclass(frozen=True)
class Allowed:
    """The gate's yes, before it becomes a permit."""

    partner_id: int
    agreement: Agreement | None
    """None for an emergency release."""
    people: tuple[int, ...]
    """Whose rows may be in it."""
    consents: tuple[int, ...]
    """The releases of information it rests on."""


@dataclass(frozen=True)
class Permit:
    """The gate's yes: for this partner, under this agreement, on this day. Only the gate can make one."""

    request: ReleaseRequest
    partner_id: int
    partner: str
    """Its name as the register has it."""
    agreement_id: int | None
    agreement: str
    purpose: str
    on: date
    people: tuple[int, ...]
    """Whose rows may be in it: those asked for, less those without a consent that they need."""
    left_out: int | None
    """How many were left out; None where that number is itself too small to tell."""
    consents: tuple[int, ...]
    asked: int | None
    """The request it uses up."""
    key: object

    def __post_init__(self) -> None:
        if self.key is not _KEY:
            raise OurFault(what="a permit was made outside the gate")


def release(lane: Lane, request: ReleaseRequest) -> Permit:
    """Ask the gate. Reads only, so ask again inside the transaction that writes: things may have changed.

    Raises Refused, whose sentence names the rule and who can mend it.
    """
    facts = gate_facts.gather(lane, request)
    if facts.partner:
        request = replace(request, partner=facts.partner.name)
    answer = judge(request, facts)
    if isinstance(answer, Denied):
        raise answer.as_error()
    return _permit(request, facts, answer)


def _permit(request: ReleaseRequest, facts: Facts, answer: Allowed) -> Permit:
    agreement = answer.agreement
    return Permit(
        request=request,
        partner_id=answer.partner_id,
        partner=request.partner,
        agreement_id=agreement.agreement_id if agreement else None,
        agreement=agreement.title if agreement else "",
        purpose=request.purpose or (agreement.purpose if agreement else "imminent danger"),
        on=facts.today,
        people=answer.people,
        left_out=tellable(len(request.people) - len(answer.people)),
        consents=answer.consents,
        asked=facts.asked.request_id if facts.asked else None,
        key=_KEY,
    )


def tellable(count: int) -> int | None:
    """A count of people left out, where it may be told: none, or at least eleven (CMS: excluded cases count too)."""
    return count if count == 0 or count >= FLOOR else None


def judge(request: ReleaseRequest, facts: Facts) -> Allowed | Denied:
    """The decision. Where several agreements allow it, the narrowest and then the newest is the one it goes under."""
    partner = facts.partner
    if partner is None:
        return denied(Rule.NO_PARTNER, partner=request.partner)
    no = _before_agreements(request, partner, facts)
    if no:
        return no
    if request.break_glass:
        return _emergency(request, request.break_glass, partner.partner_id)
    refusals = []
    for agreement in sorted(facts.agreements, key=lambda kept: (LEVELS.index(kept.level), -kept.agreement_id)):
        answer = _under(agreement, request, facts)
        if isinstance(answer, Allowed):
            return answer
        refusals.append(answer)
    return furthest(refusals) or denied(Rule.NO_AGREEMENT, partner=request.partner)


def _before_agreements(request: ReleaseRequest, partner: Partner, facts: Facts) -> Denied | None:
    if not partner.active:
        return denied(Rule.PARTNER_ASIDE, partner=partner.name)
    if request.level not in LEVELS:
        return denied(Rule.NO_LEVEL, level=request.level)
    if not request.sources:
        return denied(Rule.NO_SOURCES)
    if request.level == "table":
        return None
    if facts.review_overdue:
        return denied(Rule.REVIEW_OVERDUE)
    return _sources_let_rows_go(request, facts)


def _sources_let_rows_go(request: ReleaseRequest, facts: Facts) -> Denied | None:
    unknown = [kind for kind in request.sources if not any(source.kind == kind for source in facts.sources)]
    if unknown:
        return denied(Rule.NO_SOURCE_KEPT, outside=_kinds(unknown))
    protected = [source for source in _of(request, facts) if source.legal_class == "victim_services"]
    if protected:
        return denied(Rule.PROTECTED_SOURCE, outside=_names(protected))
    return None


def _emergency(request: ReleaseRequest, glass: BreakGlass, partner_id: int) -> Allowed | Denied:
    if request.level != "identified" or len(request.people) != 1:
        return denied(Rule.GLASS_LEVEL)
    if not glass.reason.strip():
        return denied(Rule.GLASS_REASON)
    if not glass.passphrase_again:
        return denied(Rule.GLASS_PASSPHRASE)
    return Allowed(partner_id, None, request.people, ())


Check: TypeAlias = Callable[[Agreement, ReleaseRequest, Facts], Denied | None]


def _under(agreement: Agreement, request: ReleaseRequest, facts: Facts) -> Allowed | Denied:
    """What the gate says under one agreement."""
    for check in _EVERY if request.level == "table" else _EVERY + _ROWS:
        no = check(agreement, request, facts)
        if no:
            return no
    if request.level == "table":
        return Allowed(agreement.partner_id, agreement, (), ())
    answer = _people_who_may(agreement, request, facts)
    if isinstance(answer, Denied):
        return answer
    return _second_person(facts) or answer


# what the agreement must say ----------------------------------------------------------------------------------


def _level(agreement: Agreement, request: ReleaseRequest, facts: Facts) -> Denied | None:
    if LEVELS.index(agreement.level) >= LEVELS.index(request.level):
        return None
    return denied(Rule.LEVEL_NOT_ALLOWED, partner=request.partner, level_words=LEVEL_WORDS[request.level])


def _in_force(agreement: Agreement, request: ReleaseRequest, facts: Facts) -> Denied | None:
    said = {"agreement": agreement.title, "partner": request.partner}
    if agreement.signed_on is None or agreement.signed_on > facts.today:
        return denied(Rule.NOT_SIGNED, **said)
    if facts.today < agreement.starts:
        return denied(Rule.NOT_BEGUN, starts=day_in_words(agreement.starts), **said)
    if facts.today > agreement.ends:
        return denied(Rule.ENDED, ends=day_in_words(agreement.ends), **said)
    return None


def _named(agreement: Agreement, request: ReleaseRequest, facts: Facts) -> Denied | None:
    if (agreement.signatory or "").strip() and (agreement.privacy_officer or "").strip():
        return None
    return denied(Rule.NOT_NAMED, agreement=agreement.title)


def _purpose(agreement: Agreement, request: ReleaseRequest, facts: Facts) -> Denied | None:
    if request.purpose is None or _plain(request.purpose) in agreement.purposes:
        return None
    return denied(Rule.PURPOSE, agreement=agreement.title, partner=request.partner)


def _covers(agreement: Agreement, request: ReleaseRequest, facts: Facts) -> Denied | None:
    outside = [kind for kind in request.sources if kind not in agreement.sources]
    if outside:
        return denied(Rule.SOURCES, agreement=agreement.title, partner=request.partner, outside=_kinds(outside))
    return None


def _on_file(agreement: Agreement, request: ReleaseRequest, facts: Facts) -> Denied | None:
    return None if agreement.document_hash else denied(Rule.NO_DOCUMENT, agreement=agreement.title)


def _columns(agreement: Agreement, request: ReleaseRequest, facts: Facts) -> Denied | None:
    if not request.columns:
        return denied(Rule.NO_COLUMNS)
    outside = [name for name in request.columns if name not in agreement.columns]
    if outside:
        return denied(Rule.COLUMNS, agreement=agreement.title, partner=request.partner, outside=", ".join(outside))
    return None


def _onward(agreement: Agreement, request: ReleaseRequest, facts: Facts) -> Denied | None:
    wanted = LEVELS.index(request.level)
    short = [s for s in _of(request, facts) if LEVELS.index(facts.onward.get(s.source_id, "table")) < wanted]
    return denied(Rule.NOT_ONWARD, outside=_names(short), partner=request.partner) if short else None


def _bases(agreement: Agreement, request: ReleaseRequest, facts: Facts) -> Denied | None:
    lapsed = [name for name in agreement.bases if not _holds(name, facts)]
    if lapsed:
        words = ", ".join(BASES[name].words for name in lapsed)
        return denied(Rule.BASIS_NOT_APPROVED, agreement=agreement.title, outside=words)
    return None


_EVERY: tuple[Check, ...] = (_level, _in_force, _named, _purpose, _covers)
_ROWS: tuple[Check, ...] = (_on_file, _columns, _onward, _bases)


def _holds(name: str, facts: Facts) -> bool:
    kept = facts.bases.get(name)
    return kept is not None and kept.approved_on <= facts.today <= kept.until


# whose rows may be in it --------------------------------------------------------------------------------------


def _people_who_may(agreement: Agreement, request: ReleaseRequest, facts: Facts) -> Allowed | Denied:
    """Everybody, where each source's law is met by the agreement or a basis; else those who signed for the others."""
    least = LEAST_PEOPLE if request.level == "extract" else 1
    too_few = denied(Rule.TOO_FEW if request.level == "extract" else Rule.NOBODY)
    if len(set(request.people)) < least:
        return too_few
    by_consent = [source for source in _of(request, facts) if not _met(source, agreement, request)]
    if not by_consent:
        return Allowed(agreement.partner_id, agreement, request.people, ())
    kinds = frozenset(source.kind for source in by_consent)
    signed = {person: _signed_for(person, kinds, agreement, request, facts) for person in request.people}
    people = tuple(person for person in request.people if signed[person])
    if not people:
        return denied(Rule.NO_BASIS, outside=_names(by_consent))
    if len(set(people)) < least:
        return too_few
    rests_on = {consent.consent_id for found in signed.values() for consent in found}
    return Allowed(agreement.partner_id, agreement, people, tuple(sorted(rests_on)))


def _met(source: Source, agreement: Agreement, request: ReleaseRequest) -> bool:
    if request.level == "extract" and source.legal_class in UNDER_AGREEMENT:
        return True
    named = [BASES[name] for name in agreement.bases]
    return any(request.level in basis.levels and source.legal_class in basis.legal_classes for basis in named)


def _signed_for(
    person: int, kinds: frozenset[str], agreement: Agreement, request: ReleaseRequest, facts: Facts
) -> Sequence[Consent]:
    """The releases of information that cover this person; none where one kind of source stays uncovered."""
    good = [c for c in facts.consents.get(person, ()) if _covered_by(c, person, agreement, request, facts)]
    reached = frozenset(kind for consent in good for kind in consent.terms.sources)
    return good if kinds <= reached else []


def _covered_by(consent: Consent, person: int, agreement: Agreement, request: ReleaseRequest, facts: Facts) -> bool:
    terms = consent.terms
    purpose = _plain(request.purpose) if request.purpose else next(iter(agreement.purposes), None)
    return (
        consent.stands_on(facts.today)
        and is_complete(terms)
        and (bool(terms.representative) or person not in facts.minors)
        and agreement.partner_id in terms.recipients
        and purpose in terms.purposes
        and bool(request.data_classes)
        and set(request.data_classes) <= set(terms.data_classes)
        and terms.reaches(request.data_from)
    )


# the second person --------------------------------------------------------------------------------------------


def _second_person(facts: Facts) -> Denied | None:
    asked = facts.asked
    if asked is None:
        return denied(Rule.NOT_ASKED)
    approver = next((kept for number, kept in facts.approvers.items() if number == asked.approver_id), None)
    if approver and asked.approved_at and not approver.is_called(asked.asked_by):
        fresh = asked.asked_at <= asked.approved_at <= facts.now <= asked.approved_at + APPROVAL_HOLDS
        return None if fresh else denied(Rule.APPROVAL_OLD, number=asked.request_id)
    if not facts.one_person_office:
        return denied(Rule.NOT_APPROVED, number=asked.request_id, asker=asked.asked_by)
    waited = facts.now - asked.asked_at >= ALONE_WAITS
    return None if waited else denied(Rule.NOT_A_DAY, number=asked.request_id)


# words --------------------------------------------------------------------------------------------------------


def _of(request: ReleaseRequest, facts: Facts) -> list[Source]:
    return [source for source in facts.sources if source.kind in request.sources]


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()


def _kinds(kinds: Sequence[str]) -> str:
    return ", ".join(kind.replace("_", " ") for kind in dict.fromkeys(kinds))


def _names(sources: Sequence[Source]) -> str:
    return ", ".join(source.name for source in sources)
