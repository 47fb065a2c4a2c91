"""Codes that stay the same: all files together are held to the rules, by a reader who lays them side by side."""

from __future__ import annotations

import random
from collections import Counter, defaultdict

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ddj_desktop.disclosure.errors import NotSafeAsRows
from ddj_desktop.disclosure.extract import make_safe
from ddj_desktop.disclosure.extract_columns import CODE
from ddj_desktop.disclosure.extract_risk import measure_file
from ddj_desktop.disclosure.told_before import side_by_side
from ddj_desktop.kernel.errors import OurFault

SENSITIVE = {"mental_health", "housing"}
VALUES = {
    "sex": ("Female", "Male"), "age": ("18 to 29", "30 to 44", "45 to 59"), "ems_contacts": ("0", "1", "7"),
    "mental_health": ("Yes", "No"), "housing": ("Homeless", "Not homeless"),
}  # fmt: skip

File = dict[str, dict[str, str]]


def given_away(files: list[File]) -> list[str]:
    """What somebody learns who holds all files and knows of everybody which files they are in and what they say but
    for the sensitive columns; counted without the code under test."""
    alike: dict[str, list[str]] = defaultdict(list)
    for code in sorted({code for file in files for code in file}):
        seen = [sorted((n, v) for n, v in file[code].items() if n not in SENSITIVE) if code in file else "absent"
                for file in files]  # fmt: skip
        alike[repr(seen)].append(code)
    found = [f"{len(codes)} alike" for codes in alike.values() if len(codes) < 11]
    for codes in alike.values():
        for file in files:
            for name in SENSITIVE:
                said = Counter(file[code][name] for code in codes if code in file and name in file[code])
                if said and (len(said) < 2 or max(said.values()) * 5 > 4 * said.total()):
                    found.append(f"{name} of {len(codes)}")
    return found


def share(files: list[File], now: dict[str, dict[str, str]]) -> bool:
    """Make one more file of these people as the county would. False where it is refused."""
    codes, earlier = sorted(now), side_by_side(files)
    names = sorted({name for said in now.values() for name in said})
    try:
        made = make_safe(
            range(len(codes)), {name: [now[code][name] for code in codes] for name in names}, earlier.history(codes)
        )
    except NotSafeAsRows:
        return False
    rows = sorted((codes[at], *row) for at, row in zip(made.people, made.rows, strict=True))
    risk = measure_file((CODE, *made.headings), rows, earlier.history([row[0] for row in rows]))
    assert risk.smallest_class >= 11
    files.append({code: dict(zip(made.headings, said, strict=True)) for code, *said in rows})
    assert len(rows) == len(now) or len(now) / 5 >= len(now) - len(rows) >= 11
    return True


@settings(max_examples=120, deadline=None)
@given(st.integers(0, 10**6), st.integers(2, 5), st.sampled_from((0.0, 0.05, 0.25)), st.sampled_from((0.0, 0.03, 0.2)))
def test_all_files_together_keep_every_rule(seed: int, months: int, moves: float, changes: float) -> None:
    chance = random.Random(seed)
    size = chance.choice((80, 150, 400))
    names = chance.sample(sorted(VALUES), chance.randint(1, 3))
    kinds = [{name: chance.choice(VALUES[name]) for name in names} for _ in range(chance.randint(1, 4))]
    kinds += [{name: chance.choice(VALUES[name]) for name in names} for _ in range(2)]
    said = {f"P{n:04d}": dict(chance.choice(kinds)) for n in range(2 * size)}
    on, files = set(chance.sample(sorted(said), size)), list[File]()
    for _ in range(months):
        share(files, {code: said[code] for code in on})
        assert given_away(files) == []
        for code in sorted(said):
            if chance.random() < moves:
                on ^= {code}
            if chance.random() < changes:
                said[code] = dict(chance.choice(kinds))


def people(first: int, last: int, **said: str) -> File:
    return {f"P{n:03d}": dict(said) for n in range(first, last)}


def test_one_who_left_is_not_the_only_code_that_is_missing() -> None:
    files: list[File] = []
    start = people(0, 60, sex="Male") | people(60, 75, sex="Female")
    assert share(files, start)
    later = {code: said for code, said in start.items() if code != "P060"}
    assert share(files, later)
    assert len(files[1]) == 60, "fourteen women are left out too: fifteen codes are missing, not one"
    assert given_away(files) == []


def test_newcomers_too_few_to_look_alike_stop_it() -> None:
    files: list[File] = []
    start = people(0, 60, sex="Male")
    assert share(files, start)
    assert not share(files, start | people(90, 93, sex="Male"))
    assert share(files, start | people(90, 101, sex="Male"))


def test_what_an_earlier_file_told_is_not_given_away_by_a_later_one() -> None:
    files: list[File] = []
    said = people(0, 30, mental_health="Yes") | people(30, 60, mental_health="No")
    assert share(files, said)
    now = people(0, 30, sex="Male") | people(30, 60, sex="Female")
    assert not share(files, now), "by sex every man would have said yes"
    mixed = {code: {"sex": "Male" if n % 2 else "Female"} for n, code in enumerate(sorted(said))}
    assert share(files, mixed)
    assert given_away(files) == []


def test_a_file_that_breaks_a_rule_beside_earlier_ones_does_not_leave() -> None:
    files: list[File] = []
    start = people(0, 60, sex="Male")
    assert share(files, start)
    rows = [(code, "Male") for code in sorted(start)][:-1]
    earlier = side_by_side(files)
    assert measure_file((CODE, "sex"), rows).smallest_class == 59
    with pytest.raises(OurFault):
        measure_file((CODE, "sex"), rows, earlier.history([code for code, _ in rows]))
