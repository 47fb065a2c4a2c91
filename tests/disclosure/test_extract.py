"""Rows about people: coarsened until every rule holds, codes that tell nothing, the file measured as it was written."""

from __future__ import annotations

from collections import Counter, defaultdict

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ddj_desktop.disclosure.errors import NotSafeAsRows
from ddj_desktop.disclosure.extract import SafeExtract, make_safe
from ddj_desktop.disclosure.extract_columns import CODE, COLUMNS, data_classes, in_order, pool_small, unknown
from ddj_desktop.disclosure.extract_risk import measure_file
from ddj_desktop.disclosure.pseudonyms import code, codes
from ddj_desktop.kernel.errors import OurFault
from ddj_desktop.kernel.ids import person_key
from ddj_desktop.measures.people import AGES
from ddj_desktop.store.county_file import CountyFile
from ddj_desktop.store.pseudonym_key import rotate

SENSITIVE = ("mental_health", "substance_use", "housing", "charge_class")
VALUES = {
    "age": st.sampled_from(AGES), "sex": st.sampled_from(("Female", "Male", "Another", "Not recorded")),
    "race": st.sampled_from(("White", "White", "White", "Black or African American", "Asian", "Not recorded")),
    "jail_contacts": st.integers(0, 14).map(str), "ems_contacts": st.integers(0, 14).map(str),
    "mental_health": st.sampled_from(("Yes", "No", "Not recorded")),
    "charge_class": st.sampled_from(("violent", "property", "none")),
}  # fmt: skip


def broken_rules(headings: tuple[str, ...], rows: tuple[tuple[str, ...], ...], people_in: int) -> list[str]:
    """The rules of the specification that a table breaks, counted without the code under test."""
    quasi = [i for i, name in enumerate(headings) if name not in SENSITIVE]
    groups: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for row in rows:
        groups["\x1f".join(row[i] for i in quasi)].append(row)
    found = [f"class of {len(group)}" for group in groups.values() if len(group) < 11]
    for group in groups.values():
        for i, name in enumerate(headings):
            if name in SENSITIVE:
                most = Counter(row[i] for row in group).most_common()
                if len(most) < 2 or most[0][1] * 5 > 4 * len(group):
                    found.append(f"{name} gives a class away")
    out = people_in - len(rows)
    if out and not 11 <= out <= people_in / 5:
        found.append(f"{out} left out of {people_in}")
    return found


@st.composite
def counties(draw: st.DrawFn) -> dict[str, list[str]]:
    names = draw(st.lists(st.sampled_from(sorted(VALUES)), min_size=1, max_size=5, unique=True))
    size = draw(st.integers(55, 140))
    lumps = draw(st.integers(1, 12))
    rows = [{name: draw(VALUES[name]) for name in names} for _ in range(lumps)]
    chosen = draw(st.lists(st.integers(0, lumps - 1), min_size=size, max_size=size))
    return {name: [rows[at][name] for at in chosen] for name in names}


@settings(max_examples=60, deadline=None)
@given(counties())
def test_whatever_the_county_what_comes_out_keeps_every_rule(values: dict[str, list[str]]) -> None:
    people = list(range(1000, 1000 + len(next(iter(values.values())))))
    try:
        made = make_safe(people, values)
    except NotSafeAsRows:
        return
    assert broken_rules(made.headings, made.rows, len(people)) == []
    assert made == make_safe(people, values), "the same rows give the same file"
    assert {name for name, _ in made.transforms} == set(values)
    assert set(made.people) <= set(people)
    written = tuple((f"C{n}", *row) for n, row in enumerate(made.rows))
    risk = measure_file((CODE, *made.headings), written)
    assert risk.rows == len(made.rows)
    assert risk.largest_risk <= 1 / 11


def two_kinds(first: int, second: int, **columns: tuple[str, str]) -> dict[str, list[str]]:
    return {name: [one] * first + [other] * second for name, (one, other) in columns.items()}


def test_safe_as_it_stands_is_left_as_it_stands() -> None:
    values = two_kinds(44, 11, sex=("Male", "Female"), age=("18 to 29", "45 to 59"), ems_contacts=("1", "7"))
    made = make_safe(range(55), values)
    assert made.headings == ("age", "sex", "ems_contacts")
    assert Counter(made.rows) == {("18 to 29", "Male", "1-2"): 44, ("45 to 59", "Female", "6-10"): 11}
    assert made.left_out == 0


def test_ten_who_look_alike_never_show() -> None:
    made = make_safe(range(60), two_kinds(50, 10, sex=("Male", "Male"), age=("30 to 44", "45 to 59")))
    assert made.headings == ("sex",), "age is left out: ten are 45 and over, and ten may not be left out either"
    assert dict(made.transforms)["age"].startswith("left out")
    with pytest.raises(NotSafeAsRows):
        make_safe(range(60), two_kinds(50, 10, age=("30 to 44", "45 to 59")))


def test_eleven_may_be_left_out_of_fifty_five_and_of_no_fewer() -> None:
    scattered = [str(n) for n in range(11)]
    kept = {"ems_contacts": ["0"] * 48 + scattered[:0], "sex": ["Male"] * 48}
    assert make_safe(range(48), kept).left_out == 0
    odd = {"first_quarter": ["2026 Q1"] * 44 + [f"2026 Q{n}" for n in (2, 3)] * 5 + ["2026 Q4"]}
    made = make_safe(range(55), odd)
    assert (made.left_out, len(made.rows)) in ((11, 44), (0, 55))
    assert broken_rules(made.headings, made.rows, 55) == []


def test_a_sensitive_column_that_tells_of_a_whole_class_goes() -> None:
    values = two_kinds(30, 30, sex=("Male", "Female"), mental_health=("Yes", "No"))
    made = make_safe(range(60), values)
    assert made.headings == ("sex",), "not both: every man said yes"
    with pytest.raises(NotSafeAsRows):
        make_safe(range(60), {"mental_health": ["Yes"] * 49 + ["No"] * 11})
    assert make_safe(range(60), {"mental_health": ["Yes"] * 48 + ["No"] * 12}).headings == ("mental_health",)


def test_small_groups_are_pooled_until_there_are_eleven() -> None:
    values = ["White"] * 30 + ["Asian"] * 4 + ["Not recorded"] * 3 + ["Other"] * 12
    assert Counter(pool_small(values)) == {"White": 30, "Another or not recorded": 19}
    assert pool_small(["White"] * 30 + ["Asian"] * 11) == ["White"] * 30 + ["Asian"] * 11


def test_columns_are_a_fixed_list_without_anything_that_names() -> None:
    forbidden = ("name", "birth", "ssn", "zip", "address", "phone", "date", "number", "key", "officer", "city")
    assert not [name for name in COLUMNS for word in forbidden if word in name]
    assert unknown(("age", "zip")) == ["zip"]
    assert in_order(("sex", "age", "sex")) == ("age", "sex")
    assert data_classes(("mental_health", "ems_contacts")) == ("contacts", "health", "mental_health")
    assert {column.role for column in COLUMNS.values()} == {"quasi", "sensitive"}


@pytest.mark.parametrize(
    ("headings", "change"),
    [
        (("code", "sex"), lambda rows: rows[:10]), (("code", "sex"), lambda rows: [*rows, rows[0]]),
        (("code", "zip"), lambda rows: rows), (("sex", "age"), lambda rows: rows), (("code", "sex"), lambda rows: []),
        (("code", "sex"), lambda rows: [*rows, ("X", "Female")]),
        (("code", "mental_health"), lambda rows: rows),
    ],
)  # fmt: skip
def test_a_file_that_is_not_safe_is_never_passed(headings: tuple[str, ...], change) -> None:  # type: ignore[no-untyped-def]
    rows = [(f"C{n}", "Male") for n in range(40)]
    assert measure_file(("code", "sex"), rows).smallest_class == 40
    with pytest.raises(OurFault):
        measure_file(headings, change(rows))


def test_nobody_else_makes_rows_that_may_leave() -> None:
    with pytest.raises(OurFault):
        SafeExtract(("sex",), (("Male",),), (1,), (), 1, "sex")


def test_codes_are_of_one_partner_and_one_release_alone(county: CountyFile) -> None:
    lane, keys = county.lane(), [person_key() for _ in range(2_000)]

    def made(partner: str, release: str) -> list[str]:
        return codes(county.release_key(lane, partner, release), keys)

    one = made("partner 1", "request 1")
    assert one == made("partner 1", "request 1")
    assert len(set(one)) == 2_000
    assert {len(each) for each in one} == {16}
    for other in (made("partner 2", "request 1"), made("partner 1", "request 2")):
        assert not set(one) & set(other)
    assert made("partner 1", "request 1")[:5] == codes(county.release_key(lane, "partner 1", "request 1"), keys[:5])
    rotate(lane)
    assert not set(one) & set(made("partner 1", "request 1")), "a destroyed key makes its codes no more"
    assert lane.rows("SELECT version, salt IS NULL FROM pseudonym_key ORDER BY 1") == [(1, True), (2, False)]


def test_two_people_never_share_a_code(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ddj_desktop.disclosure.pseudonyms.LETTERS", 1)
    with pytest.raises(OurFault, match="one code"):
        codes(b"k" * 32, [person_key() for _ in range(100)])


@pytest.mark.slow
def test_a_million_codes_without_a_clash() -> None:
    key = b"k" * 32
    assert len({code(key, f"{n:032x}") for n in range(1_000_000)}) == 1_000_000
