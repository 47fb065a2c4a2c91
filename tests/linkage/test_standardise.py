"""Names, addresses and numbers in their standard form."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ddj_desktop.kernel.progress import Progress
from ddj_desktop.linkage.grouping import combined, distinct, holders, mixed
from ddj_desktop.linkage.loose_dates import birth, births
from ddj_desktop.linkage.name_columns import name_columns
from ddj_desktop.linkage.nickname_table import forms_of, nickname_pairs
from ddj_desktop.linkage.nonpersons import is_role, part_of
from ddj_desktop.linkage.placeholders import names_of_too_many, placeholder_days, shared_by_too_many
from ddj_desktop.linkage.standardise_names import (
    NO_NAME,
    SUFFIXES,
    TITLES,
    Aside,
    Name,
    fold,
    given_part,
    last_part,
    whole_name,
)
from ddj_desktop.linkage.standardise_numbers import standard_phone, standard_ssn
from ddj_desktop.linkage.standardise_places import standard_address, standard_zip
from ddj_desktop.linkage.types import coded
from tests.linkage.made_up import crowd, link, mentions_of


@pytest.mark.parametrize(
    ("full", "expected"),
    [
        ("O'BRIEN JR, JAMES PATRICK", Name("JAMES", "PATRICK", ("OBRIEN",), "JR")),
        ("James P. O’Brien, Jr.", Name("JAMES", "P", ("OBRIEN",), "JR")),
        ("GARCIA-LOPEZ, MARÍA", Name("MARIA", "", ("GARCIA", "LOPEZ"), "")),
        ("Juan de la Cruz", Name("JUAN", "", ("DELACRUZ",), "")),
        ("MR JOHN Q PUBLIC III", Name("JOHN", "Q", ("PUBLIC",), "III")),
        ("SMITH, BOB (AKA BOBBY JONES)", Name("BOB", "", ("SMITH",), "", Aside("BOBBY", "JONES"))),
        ("RP WEBER, ANNA", Name("ANNA", "", ("WEBER",), "")),
        ("Nguyễn, Thị Ánh", Name("THI", "ANH", ("NGUYEN",), "")),
    ],
)
def test_a_whole_name_is_parted(full: str, expected: Name) -> None:
    assert whole_name(full) == expected


def test_parts_win_over_the_whole_name() -> None:
    row = {"full_name": "SOMEBODY ELSE", "first": "Ann Marie", "last": "Van Der Berg Sr"}
    assert written(row) == ("ANN", "MARIE", "VANDERBERG", "SR")


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({"full_name": "O'BRIEN JR, JAMES PATRICK"}, ("JAMES", "PATRICK", "OBRIEN", "JR")),
        ({"last": "Ruiz Soto, Ana"}, ("ANA", "", "RUIZSOTO", "")),
        ({"first": "Bob Jr", "middle": "Lee Sr", "last": "Ray III"}, ("BOB", "LEE", "RAY", "III")),
        ({"first": "Bob Jr", "middle": "Lee Sr", "last": "Ray", "suffix": "IV"}, ("BOB", "LEE", "RAY", "IV")),
        ({"first": "INMATE", "last": "UNKNOWN"}, ("", "", "", "")),
    ],
)
def test_cells_of_a_name_go_together(row: dict[str, object], expected: tuple[str, str, str, str]) -> None:
    assert written(row) == expected


def written(row: dict[str, object]) -> tuple[str, str, str, str]:
    """The parts of one mention's name, standing between two others."""
    names = name_columns(mentions_of([{"first": "Zoe", "last": "Zoll"}, row, {"full_name": "Ann Ash"}]), Progress())
    columns = (names.given, names.middle, names.surname, names.suffix)
    first, middle, last, suffix = ([*column.words, ""][column.codes[1]] for column in columns)
    return first, middle, last, suffix


def nobody(full: str, first: str, last: str) -> bool:
    """Whether one mention names nobody."""
    return bool(name_columns(mentions_of([{"full_name": full, "first": first, "last": last}]), Progress()).nobody[0])


@pytest.mark.parametrize("word", ["ЖУКОВ", "李", "ΠΑΠΑΣ", "अमित"])
def test_names_in_any_script_survive(word: str) -> None:
    assert fold(word)


@given(st.text(max_size=40))
@settings(deadline=None, max_examples=200)
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    "name",
    [("", "JOHN", "DOE"), ("", "JANE", "DOE"), ("DOE, JOHN #2", "", ""), ("", "UNKNOWN", "UNKNOWN"), ("", "", "UNK"),
     ("", "BABY BOY", "BABY"), ("BABY BOY", "", ""), ("VERIZON WIRELESS", "", ""), ("", "MALE", "UNKNOWN"),
     ("ENGINE 2", "", ""), ("COUNTY JAIL", "", ""), ("", "Anonymous", "Caller")],
)  # fmt: skip
def test_placeholders_name_nobody(name: tuple[str, str, str]) -> None:
    assert nobody(*name)


@pytest.mark.parametrize(
    "name",
    [("", "John", "Church"), ("", "Ann", "Bank"), ("", "Theodore", "Doerksen"), ("", "Jack", "House"),
     ("", "Maria", "State"), ("", "Boyd", "Ladder"), ("", "Unity", "Mann")],
)  # fmt: skip
def test_people_with_such_surnames_are_people(name: tuple[str, str, str]) -> None:
    assert not nobody(*name)


def test_roles_in_place_of_a_name_are_worth_nothing() -> None:
    assert is_role("INMATE")
    assert is_role("XXX")
    assert not is_role("ANNA")


@pytest.mark.parametrize(
    ("text", "expected"),
    [("123-45-6788", "123456788"), ("000-12-3456", ""), ("999999999", ""), ("123456789", ""), ("6781", "6781"),
     ("6789", ""),     ("0000", ""), ("9999", ""), ("45678912", "045678912"), ("123450000", ""),
     ("", "")],
)  # fmt: skip
def test_social_security_placeholders_are_nothing(text: str, expected: str) -> None:
    assert standard_ssn(text) == expected


def test_addresses_meet_in_one_form() -> None:
    first = standard_address("456 North Main Street, Apt. 2")
    assert first == standard_address("456 N MAIN ST #2")
    assert (first.house, first.street) == ("456", "MAIN ST N")
    assert first.said == "456 N MAIN ST"


@pytest.mark.parametrize("text", ["TRANSIENT", "Homeless", "GENERAL DELIVERY", "Pine County Jail", "unknown", ""])
def test_no_address_is_no_address(text: str) -> None:
    assert standard_address(text).street == ""


def test_phone_and_zip() -> None:
    assert standard_phone("(620) 555-0136") == standard_phone("620-555-0136 ") == "5550136"
    assert standard_phone("0000000000") == ""
    assert standard_zip("00000") == ""
    assert standard_zip("67114-1234") == "67114"


def test_nicknames_both_ways_and_spanish() -> None:
    words = sorted(["ROBERT", "BOB", "FRANCISCO", "PANCHO", "PACO", "ANNA"])
    pairs = nickname_pairs(words)
    code = {word: np.array([at]) for at, word in enumerate(words)}
    assert pairs.hold(code["BOB"], code["ROBERT"])[0]
    assert pairs.hold(code["PANCHO"], code["PACO"])[0]
    assert not pairs.hold(code["ANNA"], code["ROBERT"])[0]
    assert "GUADALUPE" in forms_of("LUPITA")


def test_a_day_hundreds_share_is_a_placeholder_and_january_1_only_a_year() -> None:
    chance = np.random.default_rng(3)
    plain = (
        chance.integers(1950, 2005, 3000) * 10000 + chance.integers(1, 13, 3000) * 100 + chance.integers(2, 29, 3000)
    )
    birth = np.concatenate([plain, np.full(60, 19850704), np.full(30, 19720101), [19000101]])
    nothing, year_only = placeholder_days(birth, np.arange(len(birth)))
    assert nothing[3000:3060].all()
    assert year_only[3060:3090].all()
    assert nothing[-1]
    assert not nothing[:3000].any()


def test_a_value_of_too_many_families_is_crowded_and_of_one_family_is_not() -> None:
    codes = np.array([0] * 12 + [1] * 12)
    surnames = np.array([*range(12), *[99] * 12])
    assert shared_by_too_many(codes, surnames, 4).tolist() == [True] * 12 + [False] * 12


@given(st.lists(st.tuples(st.integers(-1, 4), st.integers(-1, 4)), min_size=1, max_size=60))
@settings(deadline=None)
def test_combined_is_equal_exactly_where_all_parts_are(pairs: list[tuple[int, int]]) -> None:
    a, b = (np.array(column, np.int64) for column in zip(*pairs, strict=True))
    out = combined(a, b)
    for i, left in enumerate(pairs):
        assert (out[i] < 0) == (min(left) < 0)
        for j, right in enumerate(pairs):
            if min(left) >= 0 and min(right) >= 0:
                assert (out[i] == out[j]) == (left == right)


NUMBERS = st.lists(st.tuples(st.integers(-1, 5), st.integers(-1, 2**40)), min_size=1, max_size=30)


@given(NUMBERS)
@settings(deadline=None, max_examples=100)
def test_grouping_says_what_plain_python_says(rows: list[tuple[int, int]]) -> None:
    a, b = (np.array(column, np.int64) for column in zip(*rows, strict=True))
    values, back = distinct(b)
    assert values.tolist() == sorted(set(b.tolist()))
    assert values[back].tolist() == b.tolist()
    for number in (combined(a, b), combined(b, b, a), mixed(a, b)):
        assert [(n < 0) for n in number.tolist()] == [min(row) < 0 for row in rows]
        known = [(n, row) for n, row in zip(number.tolist(), rows, strict=True) if n >= 0]
        assert len({n for n, _ in known}) == len({row for _, row in known}) == len(set(known))
    expected = [len({y for x, y in rows if x == row[0] and y >= 0}) if row[0] >= 0 else 0 for row in rows]
    assert holders(a, b).tolist() == expected


NOBODIES = """
DOE, JOHN 2||
N/A, N/A||
NOT GIVEN||
REFUSED TO GIVE||
STATE OF KANSAS||
UNKNOWN SUBJECT||
UNKNOWN, FEMALE||
|3RD PARTY|CALLER
|ANON|CALLER
|BABY BOY|DOE
|BABY GIRL|UNKNOWN
|DECEASED|UNKNOWN
|ENGINE|2
|FNU|LNU
|HOMELESS|MALE
|JANE|DOE
|JOHN|DOE
|JOHN|DOE #3
|JUVENILE|JUVENILE
|MALE|1
|MEDIC|51
|NAME|UNKNOWN
|NO|NAME
|ONSTAR|
|PATIENT|UNKNOWN
|SUBJECT|2
|TEST|PATIENT
|TRANSIENT|
|TRAUMA|PATIENT
|UNKNOWN|MALE
|UNK|UNK
|WOULD NOT|GIVE
|XXX|XXX
|ZZTEST|PATIENT
||911 HANGUP
||ABANDONED CALL
||ADT ALARM
||AT&T
||BRINKS HOME SECURITY
||CAR 12
||CASEYS GENERAL STORE
||CITY OF MARLOW
||COMFORT INN
||DOLLAR GENERAL
||EMS
||FIRST BAPTIST CHURCH
||GOOD SAMARITAN SOCIETY
||LADDER 3
||LIFE ALERT
||LIFELINE
||LOVES TRUCK STOP
||MCDONALDS
||MEADOWLARK NURSING HOME
||OPEN LINE
||PASSER BY
||PASSERBY
||PCSO
||PINE COUNTY DETENTION CENTER
||PINE COUNTY SHERIFFS OFFICE
||PINE ELEMENTARY SCHOOL
||PRAIRIE VIEW MANOR
||QUIK TRIP
||STATE OF KANSAS
||T-MOBILE
||TRAUMA ALPHA
||UNIT 4
||VERIZON
||WALMART #2213
||ZZZTEST
"""
"""One a line: whole name, first name, last name, as dispatch, jails and hospitals write where nobody is named."""
PEOPLE = """
ABBEY, LIFE||
|Al|Boy
|Ann|Bank
|Ann|Parent
|An|Do
|April|May
|Art|School
|Baby|Ruiz
|Bill|Bell
|Boyd|Ladder
|Carl|Street
|Carol|King
|Christian|Day
|Dan|Driver
|Dean|Patient
|Ella|Manor
|Frank|Medic
|Grace|Hall
|Guy|Fawkes
|Hal|Young
|Hope|Young
|Ida|View
|Jack|House
|Jay|Walker
|Joe|General
|John|Church
|John|Guest
|Judy|Law
|Justice|Brown
|Kay|English
|Kim|So
|Lynn|Office
|Major|Brown
|Maria|State
|Mark|Engine
|Mary|Child
|Mary|Store
|Mason|Officer
|Nurse|Jones
|Park|Lee
|Pat|Resident
|Paul|Friend
|Penny|Cash
|Precious|Love
|Ray|Lodge
|Robert|Dollar
|Rose|Inn
|Sam|Cousins
|Sherry|Sheriff
|Star|Johnson
|Sue|Person
|Sunny|Day
|Tex|Ranch
|Theodore|Doerksen
|Thi|No
|Tom|Market
|Unity|Mann
|Van|Ngo
|Will|Power
"""


def test_what_names_nobody_is_told_from_people_with_such_names() -> None:
    for text, expected in ((NOBODIES, True), (PEOPLE, False)):
        names = [line.split("|") for line in text.split("\n") if line]
        rows = [dict(zip(("full_name", "first", "last"), parts, strict=True)) for parts in names]
        flags = name_columns(mentions_of(rows), Progress()).nobody.tolist()
        assert [row for row, flag in zip(rows, flags, strict=True) if flag != expected] == []


@pytest.mark.parametrize(
    ("full", "expected"),
    [
        ("SMITH, BOB (AKA BOBBY JONES)", Aside("BOBBY", "JONES")),
        ("Jones, Mary (nee Smith)", Aside("", "SMITH")),
        ("Mary Jones nee Smith", Aside("", "SMITH")),
        ("GARCIA (SMITH), ANA", Aside("", "SMITH")),
        ('Robert "Bob" Smith', Aside("BOB", "")),
        ("SMITH, JOHN A/K/A JOHNNY", Aside("JOHNNY", "")),
        ("SMITH, JOHN (JUVENILE)", Aside()),
        ("KANE, AKANE", Aside()),
    ],
)
def test_a_further_name_is_kept(full: str, expected: Aside) -> None:
    assert whole_name(full).other == expected


@pytest.mark.parametrize(
    "other",
    [{"first": "Mary", "last": "Pruett"}, {"full_name": "PRUETT, MARY"}, {"first": "Mary", "last": "Tolliver"}],
)
def test_a_maiden_or_other_surname_finds_its_person(other: dict[str, object]) -> None:
    person = {"full_name": "Tolliver, Mary (nee Pruett)", "birth": 19850703, "sex": "F", "address": "31 Aspen Ct"}
    rows = [*(dict(row) for row in crowd(150, seed=9)), {**person, "id": 900_000}]
    rows.append({**other, "birth": 19850703, "sex": "F", "address": "31 Aspen Ct", "id": 900_001})
    assert len(set(link(rows).group[-2:].tolist())) == 1


def test_a_given_alias_stands_in_the_place_of_a_middle_name_only_where_that_is_free() -> None:
    rows = [{"full_name": "SMITH, BOB (AKA WALDO)"}, {"full_name": "SMITH, BOB LEE (AKA WALDO)"},
            {"full_name": "SMITH, BOB (AKA BOBBY)"}]  # fmt: skip
    middle = name_columns(mentions_of(rows), Progress()).middle
    assert [[*middle.words, ""][code] for code in middle.codes] == ["WALDO", "LEE", ""]


@pytest.mark.parametrize(
    ("full", "expected"),
    [
        ("SMITH, JOHN JR", ("JOHN", ("SMITH",), "JR")), ("SMITH, JR, JOHN", ("JOHN", ("SMITH",), "JR")),
        ("James P. O’Brien, Jr.", ("JAMES", ("OBRIEN",), "JR")), ("John Smith, Esq", ("JOHN", ("SMITH",), "")),
        ("Dr. Ann Lee PhD", ("ANN", ("LEE",), "")), ("Łukasz Wałęsa", ("LUKASZ", ("WALESA",), "")),
    ],
)  # fmt: skip
def test_suffixes_titles_and_letters_wherever_they_stand(full: str, expected: tuple[str, tuple[str, ...], str]) -> None:
    name = whole_name(full)
    assert (name.first, name.last, name.suffix) == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("456 N. Main St., Marlow, KS 67114", "456 NORTH MAIN STREET"), ("456-B Main St", "456 1/2 MAIN ST"),
        ("Main St & Oak Ave", "OAK AVENUE / MAIN STREET"), ("MAIN ST AT OAK AVE", "Oak Ave & Main St"),
        ("789 Main St N", "789 N MAIN ST"), ("1450 US-50", "1450 U.S. Highway 50"), ("P.O. Box 12", "BOX 12"),
        ("900 Elm St Unit B-12", "900 ELM ST LOT 4"), ("35O5 Pine Dr", "3505 PINE DRIVE"),
        ("4455 CR 12", "4455 County Road 12"), ("12XX N MAIN ST", "1200 Block of N Main St"),
    ],
)  # fmt: skip
def test_addresses_written_apart_are_one(one: str, other: str) -> None:
    assert standard_address(one) == standard_address(other)
    assert standard_address(one).street


@pytest.mark.parametrize(
    ("text", "street"), [("12 No Man Rd", "NO MAN RD"), ("12 1st St", "1ST ST"), ("145th St", "145TH ST")]
)
def test_words_that_look_like_units_and_numbers_stay_streets(text: str, street: str) -> None:
    assert standard_address(text).street == street


def test_dates_of_the_past_count_where_many_are_of_the_past() -> None:
    few = np.array([19400509 + 10000 * at for at in range(60)] + [16300801])
    many = np.array([16300801, 17450203, 18700712] * 20)
    assert placeholder_days(few, np.arange(61))[0].tolist() == [False] * 60 + [True]
    assert not placeholder_days(many, np.arange(60) % 6)[0].any()
    assert placeholder_days(np.array([6142022] * 3), np.arange(3))[0].all()


def test_a_name_of_too_many_birthdays_or_both_sexes_is_nobodys() -> None:
    """An unlisted placeholder is found; a person who came sixty times, and a common name, are not."""
    chance = np.random.default_rng(5)
    crowd_given, crowd_family = chance.integers(0, 60, 4000), chance.integers(0, 400, 4000)
    days = 19500101 + chance.integers(0, 50, 4000) * 10000 + chance.integers(0, 28, 4000)
    sixty = [np.full(60, value) for value in (900, 901, 902)]
    given = np.concatenate([crowd_given, *sixty])
    family = np.concatenate([crowd_family, *sixty])
    years = 19600101 + np.arange(60) * 10000 % 400_000
    birth = np.concatenate([days, np.full(60, 19700302), years, np.zeros(60, np.int64)])
    sex = np.concatenate([chance.integers(0, 2, 4000), np.zeros(120, np.int64), np.arange(60) % 2])
    found = names_of_too_many(given, family, birth, sex)
    assert not found[:4060].any()
    assert found[4060:].all()


@pytest.mark.parametrize(
    ("short", "formal"),
    [("NACHO", "IGNACIO"), ("CHUY", "JESUS"), ("MEMO", "GUILLERMO"), ("CHAVA", "SALVADOR"), ("CHELA", "GRACIELA")],
)
def test_spanish_short_forms_stand_for_their_names(short: str, formal: str) -> None:
    assert formal in forms_of(short)


@pytest.mark.parametrize("text", [*sorted(NO_NAME), *sorted(TITLES), *SUFFIXES, "DOE", "Inmate", "Garcia", "nee", "DE",
                                  "Caller", "TEST", "VERIZON", "BANK", "TCSO", "X", "aka", "Church", "Rp"])  # fmt: skip
def test_one_plain_word_is_read_as_it_is_among_blanks(text: str) -> None:
    """Most cells of names are one word, and are read without a closer look."""
    spaced = f" {text} "
    assert given_part(text) == given_part(spaced)
    assert last_part(text) == last_part(spaced)
    assert part_of(text) == part_of(spaced)


ADDRESS_WORDS = (
    "123", "0", "007", "57TH", "N", "SW", "MAIN", "LAKE", "STREET", "AVENUE", "APT", "UNIT", "LOT", "#", "5", "12", "B",
    "A-5", "HWY", "US", "COUNTY", "ROAD", "CR", "K", "1/2", "BLK", "OF", "REAR", "BOX", "HOMELESS", "MC'KAY", "ST.",
    ",", "&", "é",
)  # fmt: skip


@given(st.lists(st.sampled_from(ADDRESS_WORDS), max_size=6))
@settings(deadline=None, max_examples=150)
def test_an_address_is_read_the_same_with_a_mark_before_it(words: list[str]) -> None:
    """Plain addresses take a short way; a mark that says nothing makes them take the long one."""
    text = " ".join(["9876", *words])
    assert standard_address(text) == standard_address(f"'{text}")


def test_dates_of_ten_signs_are_read_as_one_by_one() -> None:
    dates = ["01/31/1980", "31/01/1980", "1980-01-31", "1980.31.01", "99/99/9999", "01/3 /1980", "O1/3l/1980",
             "01-31-1980", "0131198000", "00/00/1980", "01/31/1490", "٠١/٣١/١٩٨٠", "1980/01/00"]  # fmt: skip
    for order in ("mdy", "dmy"):
        some = [date for date in dates for _ in range(3)]
        usual = ["12/30/1970" if order == "mdy" else "30/12/1970"] * 60
        found, _ = births(coded([*some, *usual]), np.zeros(len(some) + 60, np.int64), 2026)
        assert found[: len(some)].tolist() == [birth(date, order, 2026) for date in some]
