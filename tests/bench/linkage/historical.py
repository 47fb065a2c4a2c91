"""Sets with few fields: people of the past as encyclopaedias write them, and a register of names and birth dates.

`historical` has ten rows a person and heavy variants: forms of the given name, parts of the surname, titles, dates
often wrong or missing, postcodes of the neighbourhood. `few_fields` has each person once and a tenth of them twice,
the second time with one error; names and birth dates come from short lists, so that many strangers share them.
"""

from __future__ import annotations

import numpy as np

from tests.bench.linkage.made_set import MadeSet
from tests.bench.linkage.slips import changed, heard, scanned, typed
from tests.bench.linkage.vocabulary import (
    TOWNS,
    Draw,
    Numbers,
    Words,
    drawn,
    given_names,
    listed,
    surnames,
    usual_names,
    words,
)

OCCUPATIONS = listed(
    "politician writer cricketer painter footballer actor clergyman lawyer soldier engineer botanist composer "
    "physician journalist architect poet judge merchant sculptor economist explorer astronomer diplomat printer"
)
_TITLES = ("sir", "lord", "dr", "1st baron", "2nd earl", "rev", "captain")
_ISSUED = listed("bs cf ex gl hr ip ln me nr pl tq yo")


def historical(size: int, seed: int) -> MadeSet:
    """So many rows of people born between 1600 and 1990."""
    draw = np.random.default_rng([seed, size, 1])
    counts = np.clip(draw.poisson(9, size), 1, 30)
    people = int(np.searchsorted(np.cumsum(counts), size)) + 1
    owner = np.repeat(np.arange(people), counts[:people])[:size]
    male, none = draw.random(people) < 0.8, np.zeros(people, np.bool_)
    year = np.clip(draw.normal(1865, 60, people).astype(np.int64), 1600, 1990)
    given, second = (given_names(male, none, year, draw) for _ in range(2))
    surname, other = surnames(none, draw), surnames(none, draw)
    birth = year * 10000 + draw.integers(1, 13, people) * 100 + draw.integers(1, 29, people)
    villages = [f"{town} {end}" for town in TOWNS for end in ("magna", "parva", "regis", "green", "cross")]
    born_in = drawn(TOWNS + villages, (1 / (np.arange(72) + 5.0)).tolist(), people, draw)
    work = drawn(OCCUPATIONS, (1 / (np.arange(len(OCCUPATIONS)) + 3.0)).tolist(), people, draw)
    area = words([f"{_ISSUED[int(a)]}{b}" for a, b in zip(draw.integers(0, 12, people), draw.integers(1, 30, people),
                                                         strict=True)])  # fmt: skip
    home = words(
        [f"{a} {b}{c}" for a, b, c in zip(area, draw.integers(1, 10, people), _pairs(people, draw), strict=True)]
    )
    slips: dict[str, np.ndarray[tuple[int], np.dtype[np.bool_]]] = {}

    def some(kind: str, share: float) -> Numbers:
        slips[kind] = draw.random(size) < share
        return np.flatnonzero(slips[kind])

    first, last = given[owner].copy(), surname[owner].copy()
    called = usual_names()
    at = some("nickname", 0.12)
    first[at] = words([called[n][int(draw.integers(0, len(called[n])))] if n in called else n for n in first[at]])
    at = some("second name", 0.08)
    first[at] = second[owner[at]]
    at = some("other surname", 0.07)
    last[at] = other[owner[at]]
    for kind, change, share in (("typo", typed, 0.08), ("by ear", heard, 0.06)):
        at = some(kind, share)
        changed(first, at[: len(at) // 2], change, draw)
        changed(last, at[len(at) // 2 :], change, draw)
    at = some("initial only", 0.04)
    first[at] = words([name[:1] for name in first[at]])
    dates = words([f"{d // 10000}-{d // 100 % 100:02d}-{d % 100:02d}" for d in birth[owner].tolist()])
    at = some("birth year only", 0.12)
    dates[at] = words([text[:4] + "-01-01" for text in dates[at]])
    changed(dates, some("birth slip", 0.10), scanned, draw)
    dates[some("no birth date", 0.18)] = ""
    codes, places, jobs = home[owner].copy(), born_in[owner].copy(), work[owner].copy()
    at = some("other postcode", 0.35)
    codes[at] = words([f"{text.split()[0]} {int(draw.integers(1, 10))}{end}" for text, end in
                       zip(codes[at], _pairs(len(at), draw), strict=True)])  # fmt: skip
    codes[some("no postcode", 0.08)] = ""
    places[some("no birth place", 0.1)] = ""
    jobs[some("no occupation", 0.25)] = ""
    title = np.where(draw.random(size) < 0.12, words(list(_TITLES))[draw.integers(0, len(_TITLES), size)] + " ", "")
    middle = np.where(draw.random(size) < 0.3, second[owner] + " ", "")
    rows = {
        "unique_id": words([f"H{n:06d}" for n in range(size)]), "full_name": title + first + " " + middle + last,
        "first_and_surname": first + " " + last, "first_name": first, "surname": last, "dob": dates,
        "birth_place": places, "postcode_fake": codes, "occupation": jobs,
    }  # fmt: skip
    low = {name: column if name == "unique_id" else _lower(column) for name, column in rows.items()}
    return MadeSet(low, owner, slips).reordered(draw.permutation(size))


def _pairs(size: int, draw: Draw) -> list[str]:
    letters = "abdefghjlnpqrstuwxyz"
    return [letters[a] + letters[b] for a, b in draw.integers(0, len(letters), (size, 2)).tolist()]


def _lower(column: Words) -> Words:
    return words([str(text).lower() for text in column])


def few_fields(size: int, seed: int) -> MadeSet:
    """So many rows: first name, last name, year, month and day of birth; a tenth are second rows with one error."""
    draw = np.random.default_rng([seed, size, 2])
    people = size - size // 10
    none = np.zeros(people, np.bool_)
    year = np.clip(draw.normal(1966, 18, people).astype(np.int64), 1920, 2006)
    pool = given_names(np.arange(160) % 2 == 0, np.zeros(160, np.bool_), np.full(160, 1966), draw)
    given = drawn(sorted(set(pool.tolist())), (1 / (np.arange(len(set(pool.tolist()))) + 6.0)).tolist(), people, draw)
    last = surnames(none, draw)
    common = sorted(set(surnames(np.zeros(900, np.bool_), draw).tolist()))
    last = np.where(
        draw.random(people) < 0.8, drawn(common, (1 / (np.arange(len(common)) + 10.0)).tolist(), people, draw), last
    )
    person = np.concatenate([np.arange(people), draw.permutation(people)[: size // 10]])
    columns = {
        "fname_c1": given[person].copy(), "fname_c2": words([""] * size), "lname_c1": last[person].copy(),
        "lname_c2": words([""] * size), "by": words(year.astype(str).tolist())[person],
        "bm": words(draw.integers(1, 13, people).astype(str).tolist())[person],
        "bd": words(draw.integers(1, 29, people).astype(str).tolist())[person],
    }  # fmt: skip
    slips = {kind: np.zeros(size, np.bool_) for kind in ("typo", "by ear", "birth slip")}
    again = np.arange(people, size)
    which = draw.integers(0, 5, len(again))
    for number, (name, kind) in enumerate((("fname_c1", "typo"), ("lname_c1", "typo"), ("lname_c1", "by ear"))):
        at = again[which == number]
        changed(columns[name], at, typed if kind == "typo" else heard, draw)
        slips[kind][at] = True
    at = again[which >= 3]
    slips["birth slip"][at] = True
    part = draw.integers(0, 3, len(at))
    columns["by"][at[part == 0]] = words(
        [str(int(y) + int(draw.choice([-10, -1, 1, 10]))) for y in columns["by"][at[part == 0]]]
    )
    columns["bm"][at[part == 1]] = words([str(int(m) % 12 + 1) for m in columns["bm"][at[part == 1]]])
    columns["bd"][at[part == 2]] = words([str(int(d) % 28 + 1) for d in columns["bd"][at[part == 2]]])
    extra = np.flatnonzero(draw.random(size) < 0.08)
    columns["fname_c2"][extra] = given_names(
        extra % 2 == 0, np.zeros(len(extra), np.bool_), np.full(len(extra), 1966), draw
    )
    upper = {name: words([str(text).upper() for text in column]) for name, column in columns.items()}
    return MadeSet(upper, person, slips).reordered(draw.permutation(size))
