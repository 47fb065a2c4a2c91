"""Whose rows with names may leave, and from which day on what each source says of them: asked of the gate in parts.

That somebody is on the list tells of every kind of source the definition looks at, so nobody is in the file for whom
the gate does not allow all of those. Of each further kind the gate is asked by itself: whoever has not signed for it
(and is under no basis for it) stays in the file with its columns blank, and of whoever signed for data from a later day
only contacts from that day on are in it. A blank says nothing of whether there were contacts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from ddj_desktop.disclosure.errors import Refused
from ddj_desktop.disclosure.extract_columns import CLASS_OF_KIND
from ddj_desktop.disclosure.gate import Permit, release
from ddj_desktop.disclosure.named_columns import NAMED_COLUMNS
from ddj_desktop.disclosure.request import ReleaseRequest
from ddj_desktop.disclosure.rules import Rule
from ddj_desktop.kernel.dates import Span
from ddj_desktop.registers.consents import all_consents
from ddj_desktop.registers.protection import protection_of
from ddj_desktop.registers.sources import all_sources
from ddj_desktop.store.lane import Lane

_SECOND_PERSON = {rule.name for rule in (Rule.NOT_ASKED, Rule.NOT_APPROVED, Rule.APPROVAL_OLD, Rule.NOT_A_DAY)}

Since = Mapping[str, Mapping[int, date]]
"""Kind of source to person to the first day of whose contacts may be told; whoever is not in it has blanks there."""


@dataclass(frozen=True)
class NamesQuestion:
    """What the gate is asked about a file of rows with names."""

    request: ReleaseRequest
    """The whole file: all its source kinds, columns and the people of the list."""
    listed: tuple[str, ...]
    """Kinds of source the definition looks at."""
    period: Span
    """The days whose contacts are told."""

    @property
    def further(self) -> tuple[str, ...]:
        """Kinds that columns are about and the definition does not look at."""
        return tuple(kind for kind in self.request.sources if kind not in self.listed)


@dataclass(frozen=True)
class NamesAllowed:
    """The gate's yes to a file of rows with names."""

    permit: Permit
    """For the list itself: whose rows may be in it."""
    since: Since
    consents: tuple[int, ...]
    """Every release of information the file rests on."""


def closed_kinds(lane: Lane, question: NamesQuestion) -> tuple[str, ...]:
    """Further kinds of which nothing may be told of anybody: no basis covers them, and nobody signed. Reads only; what
    else stands in the way is for `release_names` to say."""
    found = []
    for kind in question.further:
        try:
            release(lane, _about(lane, question, kind))
        except Refused as no:
            found += [kind] if no.facts["name"] == Rule.NO_BASIS.name else []
    return tuple(found)


def release_names(lane: Lane, question: NamesQuestion) -> NamesAllowed:
    """Ask the gate about the list and about each further kind of source. Reads only, so ask again in the act.

    Raises Refused: what the registers lack first, for whichever part, then the second person's yes.
    """
    parts_asked = [_about(lane, question, kind) for kind in question.further]
    permit, *parts = _permits(lane, [_about_list(lane, question), *parts_asked])
    if any(part.agreement_id != permit.agreement_id for part in parts):
        raise Refused(
            rule=f"No one agreement with {permit.partner} covers all that would be in the file.",
            mend="The privacy officer can mend this by extending one; or leave columns out.", name="ONE_AGREEMENT",
        )  # fmt: skip
    since: dict[str, dict[int, date]] = {
        kind: dict.fromkeys(permit.people, question.period.first) for kind in question.listed
    }
    rests_on = set(permit.consents)
    for kind, part in zip(question.further, parts, strict=True):
        since[kind], signed = {}, _signed(lane, kind, part)
        for person in set(part.people) & set(permit.people):
            earliest = min(signed[person].values()) if part.consents else question.period.first
            since[kind][person] = max(question.period.first, earliest)
            rests_on |= signed[person].keys()
    return NamesAllowed(permit, since, tuple(sorted(rests_on)))


def _permits(lane: Lane, requests: Sequence[ReleaseRequest]) -> list[Permit]:
    permits, waits = [], None
    for request in requests:
        try:
            permits.append(release(lane, request))
        except Refused as no:
            if no.facts["name"] not in _SECOND_PERSON:
                raise
            waits = waits or no
    if waits:
        raise waits
    return permits


def _about_list(lane: Lane, question: NamesQuestion) -> ReleaseRequest:
    return replace(
        question.request, sources=question.listed, data_classes=_told(lane, question, question.listed),
        whole=question.request.sources,
    )  # fmt: skip


def _about(lane: Lane, question: NamesQuestion, kind: str) -> ReleaseRequest:
    """Whoever may have anything of this kind told: data of the last day is the least there can be."""
    return replace(
        question.request, sources=(kind,), data_classes=_told(lane, question, (kind,)), whole=question.request.sources,
        data_from=question.period.last,
    )  # fmt: skip


def _told(lane: Lane, question: NamesQuestion, kinds: Sequence[str]) -> tuple[str, ...]:
    """What is told with these kinds of source: that services were used, what the kinds stand for, and who it is."""
    found = {"contacts", *(CLASS_OF_KIND[kind] for kind in kinds)}
    found |= {protection_of(source) for source in all_sources(lane) if source.kind in kinds} - {""}
    found |= {NAMED_COLUMNS[name].data_class for name in question.request.columns if not NAMED_COLUMNS[name].kind}
    return tuple(sorted(found))


def _signed(lane: Lane, kind: str, part: Permit) -> defaultdict[int, dict[int, date]]:
    """By person, the releases the gate's yes to this kind rests on, each with the first day of the data it covers; none
    of anybody where it rests on the agreement's bases."""
    found: defaultdict[int, dict[int, date]] = defaultdict(dict)
    for consent in all_consents(lane):
        earliest = consent.terms.earliest
        if consent.consent_id in part.consents and kind in consent.terms.sources and earliest and consent.person_id:
            found[consent.person_id][consent.consent_id] = earliest
    return found
