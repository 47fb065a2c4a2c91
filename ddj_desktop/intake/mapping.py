"""Which column holds which field: what the heading says and what the values look like, each with its reason.

Sure: a known heading, and the values agree. Likely: one of the two says so and the other does not object. Guess: less.
A heading that merely contains a known name is never Sure (reference: IM-8, where such hits imported names `1001`).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import combinations, pairwise

from ddj_desktop.intake import looks
from ddj_desktop.intake.by_content import content_claims
from ddj_desktop.intake.columns import ROWS, Column
from ddj_desktop.intake.fields import FIELDS, FLAGS, NEVER, Field, is_usual, known_names, label, stand_ins, unmet
from ddj_desktop.intake.types import ColumnGuess, Sure
from ddj_desktop.intake.words import WHOSE, key, word_set, words

Key = tuple[str, ...]

AGREE = 0.8
"""Share of values that must pass the test for the content to agree."""
OBJECT = 0.5
"""Below this share the content objects."""

# Words that, beside a known name, speak of something else.
_ELSEWHERE: Mapping[str, frozenset[str]] = {
    "ethnicity": word_set("additional other"),
    "state": word_set("birth b license plate tag issuing court case school"),
    "city": word_set("birth court school"),
    "address": word_set("email mail ip court school"),
    "zip": word_set("court school"),
    "birth_date": word_set("place state city country county"),
    "race": word_set("none additional other"),
    "phone": word_set("type back"),
    "facility": word_set("days"),
    "last_name": word_set("case"),
    "starts": word_set(
        "birth court trial hearing warrant offense release end close exit discharge bond sentence create"
    ),
    "ends": word_set("birth court start entry booking admit sentence bond create"),
    "full_name": word_set("first last middle court facility agency project program street city file department unit"),
    "charge_code": word_set("agency court"),
    "age": word_set("group range"),
    "kind_code": word_set("authority court"),
    "severity": word_set("custody cust security risk care service classification"),
}
_VAGUE = word_set(
    "name type status location date time charge id number code class level reason description address service unit "
    "city state street start end case call program result section category count release first last middle"
)

_WHO_AND_WHEN = word_set("record_key full_name first_name last_name birth_date contact_key starts ends")
"""Fields of which a sheet holds one column; where two columns could be it, neither is Sure."""
_TIMES = {"starts_time": "starts", "ends_time": "ends"}

_HALVES = {"starts": "starts_half", "starts_time": "starts_half", "ends": "ends_half", "ends_time": "ends_half"}

_NOUNS: Mapping[Callable[[str], bool], str] = {
    looks.date_or_serial: "dates",
    looks.time: "times of day",
    looks.full_name: "names",
    looks.name_part: "names",
    looks.ssn: "nine-digit numbers",
    looks.street_address: "addresses",
    looks.phone: "phone numbers",
    looks.state: "states",
    looks.zip_code: "ZIP codes",
    looks.age: "ages",
    looks.yes_no: "yes or no",
    looks.key_like: "numbers or codes",
}


@dataclass(frozen=True)
class _Claim:
    """One column's claim to one field."""

    column: Column
    field: Field
    how: str
    """known, whose, stand in, words, content."""
    share: float
    score: float


def suggest_columns(columns: Sequence[Column], kind: str, fixed: Mapping[int, str] | None = None) -> list[ColumnGuess]:
    """A suggestion for each column. `fixed` maps columns to fields the person or a remembered layout has settled."""
    settled = dict(fixed or {})
    claims = [claim for column in columns if column.index not in settled for claim in _claims(column, kind)]
    order = list(FIELDS)
    claims.sort(key=lambda claim: (-claim.score, order.index(claim.field.name), claim.column.index))
    claims = _without_false_keys(claims, _choose(claims, set(settled.values())), kind)
    chosen = _choose(claims, set(settled.values()))
    _make_do(chosen, claims, kind, set(settled.values()))
    _leave_out_event_town(chosen, kind, set(settled.values()))
    halves = _halves(columns, {**{index: claim.field.name for index, claim in chosen.items()}, **settled})
    rivals = {claim.field.name for claim in claims if _is_rival(claim, chosen)}
    return [
        halves.get(column.index)
        or _guess(column, kind, settled.get(column.index), chosen.get(column.index), claims, rivals)
        for column in columns
    ]


def _halves(columns: Sequence[Column], fields: Mapping[int, str]) -> dict[int, ColumnGuess]:
    """Columns of AM and PM alone, right of the time they belong to: without them half of all times are wrong."""
    found = {}
    for before, column in pairwise(columns):
        of = _HALVES.get(fields.get(before.index, ""))
        if of and of not in fields.values() and column.index not in fields and column.share(looks.half_of_day) >= AGREE:
            why = f'The values are AM or PM, right of "{before.header}".'
            found[column.index] = ColumnGuess(column.index, column.header, of, Sure.LIKELY, why, column.examples)
    return found


def _is_rival(claim: _Claim, chosen: Mapping[int, _Claim]) -> bool:
    """A column left without a field that could have been this one as well as the column that is."""
    return (
        claim.field.name in _WHO_AND_WHEN
        and claim.how in ("known", "whose")
        and claim.share >= AGREE
        and claim.column.filled > 0
        and claim.column.index not in chosen
    )


def _choose(claims: Sequence[_Claim], taken: set[str]) -> dict[int, _Claim]:
    """The strongest claims, one field to a column and one column to a field; any number may be not wanted."""
    chosen: dict[int, _Claim] = {}
    taken = set(taken)
    for claim in claims:
        name = claim.field.name
        if claim.column.index in chosen or (name in taken and name != "never_wanted"):
            continue
        chosen[claim.column.index] = claim
        taken.add(name)
    return chosen


def _without_false_keys(claims: Sequence[_Claim], chosen: Mapping[int, _Claim], kind: str) -> list[_Claim]:
    """Drop, or doubt, a contact number that stands with several start dates: it numbers people, not contacts.

    A person's number stands in for a contact's only where the values show that it changes with each contact.
    """
    starts = next((claim.column for claim in chosen.values() if claim.field.name == "starts"), None)
    kept = []
    for claim in claims:
        if claim.field.name == "contact_key" and starts is not None:
            repeated, torn = claim.column.with_several(starts)
            unproven = claim.column.filled < 20 or claim.column.distinct_share < 0.3
            if claim.how == "stand in" and (
                torn > 0.05 or (unproven and not repeated and _may_be_of_a_person(claim, kind))
            ):
                continue
            if torn > 0.3:
                claim = replace(claim, share=0.0, score=claim.score - 70)
        kept.append(claim)
    return sorted(kept, key=lambda claim: -claim.score)


def _may_be_of_a_person(claim: _Claim, kind: str) -> bool:
    """An inmate's number, or a bare `ID` in a source about people: taken for a contact's, it would join visits."""
    said = set(words(claim.column.header))
    bare = said <= {"id", "number", "record"} and kind not in ("dispatch", "ems", "co_responder", "arrest")
    return bare or bool(said & (WHOSE | {"sysid"}))


def _make_do(chosen: dict[int, _Claim], claims: Sequence[_Claim], kind: str, settled: set[str]) -> None:
    """Where a need is not met, a column that only stands in for one field may stand in for the missing one."""
    for claim in claims:
        now = chosen.get(claim.column.index)
        held = settled | {one.field.name for one in chosen.values()}
        if claim.how != "stand in" or now is None or now.how != "stand in" or claim.field.name in held:
            continue
        if len(unmet(kind, (held - {now.field.name}) | {claim.field.name})) < len(unmet(kind, held)):
            chosen[claim.column.index] = claim


def _leave_out_event_town(chosen: dict[int, _Claim], kind: str, settled: set[str]) -> None:
    """In a dispatch export without home addresses, town, state, ZIP and apartment are those of the event."""
    held = settled | {claim.field.name for claim in chosen.values()}
    if kind != "dispatch" or held & {"address", "street"}:
        return
    for index, claim in list(chosen.items()):
        if claim.field.name in ("city", "state", "zip", "apartment"):
            del chosen[index]


def _claims(column: Column, kind: str) -> list[_Claim]:
    found = []
    for name, (how, strength) in _header_claims(column.header if column.named else "", kind).items():
        field = FIELDS[name]
        share = _share(column, field)
        objects = column.filled > 0 and share < OBJECT
        if objects and how not in ("known", "whose"):
            continue
        if how == "known time":  # `Call received` over times of day: only the values make it the time
            if share < AGREE or column.share(looks.date_or_serial) >= OBJECT:
                continue
            how = "known"
        score = strength + 5 * share - (70 if objects else 0) + 2 * min(column.filled / max(column.rows, 1), 1)
        found.append(_Claim(column, field, how, share, score + _tie(column, field)))
    if not any(claim.score > 40 for claim in found):
        said = set(words(column.header)) if column.named else set()
        for name, share, strength in content_claims(column):
            if not _speaks_of_else(said, name):
                found.append(_Claim(column, FIELDS[name], "content", share, strength))
    return found


def _tie(column: Column, field: Field) -> float:
    """Small differences that settle what headings leave open."""
    if field.name == "contact_key":
        return 2 * column.distinct_share
    if field.name == "record_key":
        return 2 * (1 - column.distinct_share)
    if field.name in ("starts", "ends"):
        return 3 * column.share(looks.has_clock)
    if field.name == "nature":
        return 3 * column.share(looks.several_words)  # a description says more than its code
    if field.name == "address":
        return 3 * column.share(looks.house_and_street)
    if field.name == "street":
        return 3 * (1 - column.share(looks.house_and_street))
    return 0.0


def _share(column: Column, field: Field) -> float:
    """Share of a column's values that fit a field, with what only the whole column can show."""
    share = column.share(field.fits)
    if field.name in ("contact_key", "record_key") and column.filled >= 20:
        longest = max((len(text) for text, _ in column.sample), default=0)
        if longest <= 2 and column.different < 0.5 * column.filled:
            return 0.0  # how often someone was booked, not which booking (seen in a Mississippi jail)
    return share


@cache
def _header_claims(header: str, kind: str) -> Mapping[str, tuple[str, float]]:
    """Fields a heading speaks for, with how and how strongly."""
    whole = key(header)
    if not whole:
        return {}
    bare = tuple(word for word in whole if word not in WHOSE)
    found: dict[str, tuple[str, float]] = {}
    within = _contained(whole, kind)
    for name in FIELDS:
        known = known_names(name, kind)
        if whole in known:
            found[name] = ("known", 101.0 if FIELDS[name].is_date and is_usual(whole, name, kind) else 100.0)
        elif bare and bare in known and not _speaks_of_else(set(whole), name):
            found[name] = ("whose", 90.0)
        elif name in _TIMES and whole in known_names(_TIMES[name], kind):
            found[name] = ("known time", 100.0)
        elif whole in stand_ins(name, kind):
            found[name] = ("stand in", 50.0)
        elif name in within:
            found[name] = ("words", within[name])
    return found


_MOST_WORDS = 10
"""Headings up to so long are looked up by every choice of their words; longer ones are held against every name."""


def _contained(whole: Key, kind: str) -> Mapping[str, float]:
    """For each field the strength of its longest known name whose words all stand in the heading among others."""
    index, said = _fields_of_names(kind), set(whole)
    if len(whole) <= _MOST_WORDS:
        parts = (part for size in range(1, len(whole)) for part in combinations(whole, size))
        names = [part for part in parts if part in index]
    else:
        names = [name for name in index if len(name) < len(whole) and said.issuperset(name)]
    best: dict[str, float] = {}
    for part in names:
        vague = len(part) == 1 and (len(part[0]) < 3 or part[0] in _VAGUE)
        short = len(part) == 1 and len(part[0]) < 3
        for name in index[part]:
            if (short if name == "charge_description" else vague) or _speaks_of_else(said.difference(part), name):
                continue
            best[name] = max(best.get(name, 0.0), 25 + 40 * len(part) / len(whole))
    return best


@cache
def _fields_of_names(kind: str) -> Mapping[Key, list[str]]:
    """The fields each known heading of a kind names."""
    found: dict[Key, list[str]] = {}
    for name in FIELDS:
        for heading in known_names(name, kind):
            found.setdefault(heading, []).append(name)
    return found


def _speaks_of_else(said: set[str], name: str) -> bool:
    never = NEVER - {"flag"} if name in FLAGS else NEVER
    return bool(said & never or said & _ELSEWHERE.get(name, frozenset()))


def _guess(
    column: Column,
    kind: str,
    settled: str | None,
    claim: _Claim | None,
    claims: Sequence[_Claim],
    rivals: Collection[str],
) -> ColumnGuess:
    if settled is not None:
        name = label(settled, kind)
        why = f'"{column.header}" was taken as {name} before.'
        return ColumnGuess(column.index, column.header, settled, Sure.SURE, why, column.examples)
    if claim is None:
        why = _why_not(column, kind, claims)
        return ColumnGuess(column.index, column.header, None, Sure.LIKELY, why, column.examples)
    sure, why = _sure(claim), _why(claim, kind)
    if sure == Sure.SURE and claim.field.name in rivals:
        sure, why = Sure.LIKELY, f"{why} Another column could be it as well."
    return ColumnGuess(column.index, column.header, claim.field.name, sure, why, column.examples)


def _sure(claim: _Claim) -> Sure:
    blank = claim.column.filled == 0
    if claim.how in ("known", "whose"):
        if blank:
            return Sure.LIKELY
        return Sure.SURE if claim.share >= AGREE else Sure.LIKELY if claim.share >= OBJECT else Sure.GUESS
    if claim.how == "stand in":
        return Sure.LIKELY if claim.share >= AGREE else Sure.GUESS
    if claim.how == "words":
        near = claim.score >= 50 or claim.field.telling
        return Sure.LIKELY if near and claim.share >= AGREE and not blank else Sure.GUESS
    unmistakable = not claim.column.named and claim.share >= 0.98 and claim.column.filled >= 3
    return Sure.LIKELY if unmistakable else Sure.GUESS


def _why(claim: _Claim, kind: str) -> str:
    name, header = label(claim.field.name, kind), claim.column.header
    said = {
        "known": f'Header "{header}" is a known name for {name}',
        "whose": f'Header "{header}" is a known name for {name}',
        "stand in": f'Header "{header}" can stand for {name}, and no other column is better',
        "words": f'Header "{header}" contains a known name for {name}',
        "content": f"The values look like {name}",
    }[claim.how]
    if claim.column.filled == 0:
        return f"{said}; the column is blank."
    noun = _NOUNS.get(claim.field.fits)
    fit = round(claim.share * claim.column.filled)
    first = "the first " if claim.column.rows == ROWS else ""
    return f"{said}; {fit:,} of {first}{claim.column.filled:,} values {'are ' + noun if noun else 'fit'}."


def _why_not(column: Column, kind: str, claims: Sequence[_Claim]) -> str:
    mine = [claim for claim in claims if claim.column is column and claim.score > 40]
    if mine:
        return f"Could be {label(mine[0].field.name, kind)}, but another column fits better."
    if column.filled == 0:
        return "The column is blank."
    return f'Header "{column.header}" is not one that is needed.' if column.named else "Not recognised."
