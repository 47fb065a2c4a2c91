"""People of the past as encyclopaedias write them and copyists change them: ten rows each, hard to tell apart.

Set after what is published about a public set of historical figures (Splink's demo prints its shares of empty cells,
numbers of different values, m and u), not after its rows: a third of the people have a year for a birth date (January
1), half are born within thirteen years, many share both names with relatives or strangers; a row may hold a short form
or another first name, a title's place for a surname, a birth date one digit off, another postal code of the district,
and a quarter of the cells are empty. The people and all their names are made up.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np
from nicknames import NickNamer
from numpy.typing import NDArray

from tests.bench.linkage.made_set import MadeSet
from tests.bench.linkage.slips import changed, heard, typed
from tests.bench.linkage.vocabulary import Draw, Numbers, Words, drawn, given_names, listed, surnames, words

_MEN = listed(
    "john william george thomas james charles henry robert edward arthur frederick joseph alfred walter samuel francis "
    "richard albert ernest herbert david alexander hugh frank harry edwin philip peter augustus benjamin daniel "
    "lewis percy patrick andrew archibald reginald sidney matthew horace edmund leonard donald stephen duncan oswald "
    "cecil isaac ralph theodore gilbert harold evan owen rhys julian lionel hubert godfrey cuthbert"
)
_WOMEN = listed(
    "mary elizabeth margaret alice florence emily annie ellen edith sarah jane helen charlotte agnes ethel catherine "
    "isabella emma frances harriet louisa maud eleanor constance amy beatrice gertrude lucy caroline clara rose susan "
    "grace georgina adelaide blanche henrietta millicent"
)
_WORK = listed(
    "politician writer cricketer painter footballer actor clergyman lawyer military engineer botanist composer "
    "physician journalist architect poet judge merchant sculptor economist explorer astronomer diplomat printer "
    "chemist rower singer historian philosopher illustrator missionary zoologist banker photographer geologist "
    "suffragette novelist jockey mathematician playwright publisher aristocrat naturalist golfer philanthropist"
)
_RANKS = ("1st baron", "2nd baron", "1st earl of", "3rd earl of", "1st viscount", "2nd baronet, of", "5th duke of",
          "1st baronet, of")  # fmt: skip
_START = listed("ash bar bex cam chel dar east ford glen har ilk kes lang mar nor oak pen ral sal tav upp ware wel yar")
_MID = listed("a e i o al en er ing")
_CLOSE = listed("ton ham ford bury leigh combe wick stead mouth field worth minster port ness don")
_LETTERS = "abdefghjlnpqrstuwxyz"
AREAS, PLACES = 110, 520


@cache
def _short_forms(name: str) -> tuple[str, ...]:
    """What bearers of a name are called, by the list that ships with the project."""
    return tuple(sorted(NickNamer().nicknames_of(name)))


def _weighted(values: list[Any], head: float, size: int, draw: Draw) -> Words:
    """So many values, the first ones oftener: the smaller `head`, the steeper."""
    return drawn(values, (1 / (np.arange(len(values)) + head)).tolist(), size, draw)


class _People:
    """So many people. Every array has one entry a person."""

    def __init__(self, size: int, draw: Draw) -> None:
        none = np.zeros(size, np.bool_)
        self.male = draw.random(size) < 0.86
        self.given, self.second, self.called = (self._first_names(size, draw) for _ in range(3))
        kind, of_a_place = draw.random(size), _weighted(_places(), 80, size, draw)
        rare = words([_put_together(draw) for _ in none])
        self.surname = np.where(kind < 0.75, _surnames(none, draw), np.where(kind < 0.88, of_a_place, rare))
        decade = draw.random(size)
        self.year = np.where(
            decade < 0.5, draw.integers(1849, 1862, size),
            np.where(decade < 0.64, draw.integers(1862, 1875, size), np.clip(draw.normal(1790, 70, size), 1500, 1985)),
        ).astype(np.int64)  # fmt: skip
        places = _places()
        self.place = _weighted(list(range(PLACES)), 9, size, draw).astype(np.int64)
        self.area = _area_of(self.place)
        self.work = _weighted(_WORK, 4.0, size, draw)
        self.other_work = np.where(draw.random(size) < 0.4, _weighted(_WORK, 4.0, size, draw), self.work)
        self._relatives(size, draw)
        self._namesakes(size, draw)
        whole = draw.random(size) < 0.38
        self.month = np.where(whole, 1, draw.integers(1, 13, size))
        self.day = np.where(whole, 1, draw.integers(1, 29, size))
        self.born_in = words(places)[self.place]
        self.wider = words([f"{side} {places[at // 3 * 3]}" for side, at in zip(
            draw.choice(np.array(["north", "south", "west", "east"], dtype=object), size), self.place.tolist(),
            strict=True)])  # fmt: skip
        self.code = _codes(self.area, self.place, draw)
        titled = draw.random(size) < 0.09
        ranks = draw.integers(0, len(_RANKS), size)
        seat = _weighted(places, 40, size, draw)
        self.title = np.where(titled, words(list(_RANKS))[ranks], "")
        self.seat = np.where(titled, seat, "")
        self.middles = np.where(titled, 0, draw.choice([0, 0, 0, 1, 1, 2], size))

    def _first_names(self, size: int, draw: Draw) -> Words:
        all_names = given_names(self.male, np.zeros(size, np.bool_), np.full(size, 1925), draw)
        rare = words([name.lower() for name in all_names])
        usual = np.where(self.male, _weighted(_MEN, 2.5, size, draw), _weighted(_WOMEN, 2.0, size, draw))
        return np.where(draw.random(size) < 0.22, rare, usual)

    def _relatives(self, size: int, draw: Draw) -> None:
        """Sons, daughters, brothers and sisters of somebody earlier in the list."""
        at = np.flatnonzero(draw.random(size) < 0.15)
        at = at[at > 0]
        of = (draw.random(len(at)) * at).astype(np.int64)
        self.surname[at] = self.surname[of]
        near = draw.random(len(at)) < 0.35
        for column in (self.place, self.area):
            column[at[near]] = column[of[near]]
        child = draw.random(len(at)) < 0.5
        self.year[at] = self.year[of] + np.where(child, draw.integers(20, 40, len(at)), draw.integers(-6, 7, len(at)))
        one_name = child & (draw.random(len(at)) < 0.4)
        self.given[at[one_name]] = self.given[of[one_name]]
        self.male[at[one_name]] = self.male[of[one_name]]
        trade = draw.random(len(at)) < 0.2
        self.work[at[trade]] = self.work[of[trade]]

    def _namesakes(self, size: int, draw: Draw) -> None:
        """Strangers of one first name and surname."""
        at = np.flatnonzero(draw.random(size) < 0.3)
        of = at[(draw.random(len(at)) ** 2 * len(at) * 0.3).astype(np.int64)]
        self.given[at], self.surname[at], self.male[at] = self.given[of], self.surname[of], self.male[of]


def _put_together(draw: Draw) -> str:
    return "".join((_START[int(draw.integers(0, len(_START)))], _MID[int(draw.integers(0, len(_MID)))],
                    _CLOSE[int(draw.integers(0, len(_CLOSE)))]))  # fmt: skip


def _surnames(people: NDArray[np.bool_], draw: Draw) -> Words:
    return words([name.lower() for name in surnames(np.zeros_like(people), draw)])


@cache
def _places() -> list[str]:
    draw = np.random.default_rng(1850)
    made = sorted({_put_together(draw) for _ in range(4 * PLACES)})
    return [made[at] for at in draw.permutation(len(made))[:PLACES].tolist()]


def _area_of(place: Numbers) -> Numbers:
    """The postal area of a place; the largest ones hold several of the largest places."""
    return np.random.default_rng(1851).integers(0, AREAS, PLACES)[place]


def _codes(area: Numbers, place: Numbers, draw: Draw) -> Words:
    """A postal code in a district of the area that is near the place."""
    district = (place * 7 + draw.integers(0, 4, len(area))) % 45 + 1
    return words([_code(a, d, int(draw.integers(1, 7)), draw) for a, d in zip(area.tolist(), district.tolist(),
                                                                             strict=True)])  # fmt: skip


def _code(area: int, district: int, sector: int, draw: Draw) -> str:
    name = _LETTERS[area % 20] + _LETTERS[(area // 20 + area) % 20]
    unit = _LETTERS[int(draw.integers(0, 4))] + _LETTERS[int(draw.integers(0, 4))]
    return f"{name}{district} {sector}{unit}"


def encyclopaedia(size: int, seed: int) -> MadeSet:
    """So many rows, about ten a person."""
    draw = np.random.default_rng([seed, size, 3])
    counts = np.clip(np.round(draw.normal(9.9, 2.2, size)), 1, 20).astype(np.int64)
    people = int(np.searchsorted(np.cumsum(counts), size)) + 1
    owner = np.repeat(np.arange(people), counts[:people])[:size]
    who = _People(people, draw)
    careless = draw.choice([0.4, 0.95, 2.3], size, p=[0.43, 0.34, 0.23])
    slips: dict[str, NDArray[np.bool_]] = {}

    def some(kind: str, share: float) -> Numbers:
        slips[kind] = draw.random(size) < share * careless
        return np.flatnonzero(slips[kind])

    first, last = who.given[owner].copy(), np.where(who.seat != "", who.seat, who.surname)[owner]
    for kind, share, other in (("second name", 0.1, who.second), ("called otherwise", 0.06, who.called)):
        at = some(kind, share)
        first[at] = other[owner[at]]
    own_short = words([forms[int(draw.integers(0, len(forms)))] if (forms := _short_forms(name)) else name
                       for name in who.given])  # fmt: skip
    at = some("nickname", 0.31)
    first[at] = own_short[owner[at]]
    at = some("other surname", 0.08)
    other = np.where(who.seat != "", who.surname, _surnames(who.male, draw))
    last[at] = other[owner[at]]
    for column, share in ((first, 0.1), (last, 0.115)):
        at = some("typo" if column is first else "typo of the surname", share)
        changed(column, at[: 2 * len(at) // 3], typed, draw)
        changed(column, at[2 * len(at) // 3 :], heard, draw)
    rows = {"unique_id": words([f"E{n:06d}" for n in range(size)]), "full_name": _full(who, owner, first, last, draw),
            "first_and_surname": first + " " + last, "first_name": first, "surname": last}  # fmt: skip
    rows |= _facts(who, owner, some, draw)
    at = some("no first name", 0.0013)
    rows["first_name"][at] = ""
    return MadeSet(rows, owner, slips).reordered(draw.permutation(size))


def _full(who: _People, owner: Numbers, first: Words, last: Words, draw: Draw) -> Words:
    """The name written out, with as much between first and last as the writer cared for."""
    out = []
    for at, one, end in zip(owner.tolist(), first.tolist(), last.tolist(), strict=True):
        parts = [one]
        if who.title[at]:
            keeps = draw.random(3) < (0.6, 0.6, 0.5)
            parts += [f"{who.surname[at]}," if draw.random() < 0.5 else who.surname[at]] if keeps[0] else []
            rank = who.title[at].split()
            parts += rank[:1] if keeps[1] else []
            parts += rank[1:2] if keeps[2] else []
            parts += ["of"] if draw.random() < 0.4 else []
        elif who.middles[at] and draw.random() < 0.6:
            parts.append(who.second[at])
            parts += [who.called[at]] if who.middles[at] > 1 and draw.random() < 0.6 else []
        out.append(" ".join([*parts, end]))
    return words(out)


def _facts(who: _People, owner: Numbers, some: Callable[[str, float], Numbers], draw: Draw) -> dict[str, Words]:
    dates = words([f"{y}-{m:02d}-{d:02d}" for y, m, d in zip(who.year.tolist(), who.month.tolist(), who.day.tolist(),
                                                            strict=True)])[owner]  # fmt: skip
    changed(dates, some("birth slip", 0.31), _one_digit, draw)
    dates[some("no birth date", 0.22)] = ""
    codes, places, jobs = who.code[owner].copy(), who.born_in[owner].copy(), who.work[owner].copy()
    at = some("other postcode", 0.26)
    codes[at] = words([_moved(who, int(person), draw) for person in owner[at].tolist()])
    codes[some("no postcode", 0.22)] = ""
    at = some("wider birth place", 0.12)
    places[at] = who.wider[owner[at]]
    places[some("no birth place", 0.15)] = ""
    at = some("other occupation", 0.22)
    jobs[at] = who.other_work[owner[at]]
    jobs[some("no occupation", 0.2)] = ""
    sex = np.where(who.male[owner], "male", "female").astype(object)
    sex[some("no sex", 0.2)] = ""
    return {"dob": dates, "birth_place": places, "postcode_fake": codes, "gender": sex, "occupation": jobs}


def _one_digit(text: str, draw: Draw) -> str:
    """The date with one digit of year, month or day another, still a date."""
    for _ in range(20):
        at = int(draw.choice([2, 3, 3, 5, 6, 6, 8, 9, 9]))
        new = text[:at] + str(int(draw.integers(0, 10))) + text[at + 1 :]
        if new != text and 1 <= int(new[5:7]) <= 12 and 1 <= int(new[8:]) <= 28:
            return new
    return text


def _moved(who: _People, person: int, draw: Draw) -> str:
    """Another postal code: of the sector, of the district, of the area or of anywhere."""
    code, kind = str(who.code[person]), draw.random()
    front, back = code.split()
    area = int(who.area[person])
    if kind < 0.33:
        return f"{front} {back[0]}" + "".join(_LETTERS[int(n)] for n in draw.integers(0, 20, 2))
    if kind < 0.47:
        return f"{front} {int(draw.integers(1, 10))}" + back[1:]
    if kind < 0.78:
        return _code(area, int(draw.integers(1, 31)), int(draw.integers(1, 7)), draw)
    return _code(int(draw.integers(0, AREAS)), int(draw.integers(1, 31)), int(draw.integers(1, 7)), draw)
