"""Titles state what is so: for every number, and for none."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ddj_desktop.disclosure import safe
from ddj_desktop.disclosure.safe import SafeFigure
from ddj_desktop.kernel.dates import Month
from ddj_desktop.outputs import wording
from ddj_desktop.outputs.content import SourceFacts
from ddj_desktop.outputs.findings import stands_out
from tests.outputs.sample import MONTH, WINDOW
from tests.outputs.test_grids import table

COUNTS = st.one_of(st.none(), st.sampled_from([0, 1, 2, 10, 11, 93]), st.integers(0, 10**7))


def figure(count: float | None, of: float | None = None, missing: bool = False) -> SafeFigure:
    return SafeFigure("f", "words", "people", None if missing else count, of, WINDOW, missing, "", safe._KEY)


def ok(title: str) -> bool:
    return (0 < len(title.split()) <= wording.LONGEST_TITLE and title[0].isupper()) or title[0].isdigit()


@settings(deadline=None)
@given(COUNTS, COUNTS, COUNTS, st.booleans())
def test_titles_are_short_and_hold_no_number_that_is_not_shown(
    first: int | None, second: int | None, whole: int | None, missing: bool
) -> None:
    one, two = figure(first, whole, missing), figure(second)
    titles = [
        wording.list_title(one, MONTH),
        wording.flow_title(one, two, MONTH),
        wording.use_title([("jail days", one)] if whole is None or first is None or first <= whole else []),
        wording.overlap_title(first, whole, "three or more systems"),
    ]
    allowed = {0, first, second, whole, MONTH.year, *range(0, 101)}
    for title in titles:
        assert ok(title), title
        numbers = {int(word.replace(",", "")) for word in re.findall(r"\d[\d,]*", title)}
        assert numbers <= allowed, title


@pytest.mark.parametrize(
    ("count", "title"),
    [
        (95, "About 95 people met the definition in October 2026"),
        (0, "No one met the definition in October 2026"),
        (None, "Frequent use across systems in October 2026"),
    ],
)
def test_the_first_title(count: float | None, title: str) -> None:
    assert wording.list_title(figure(count), MONTH) == title
    assert wording.list_title(figure(count, missing=True), MONTH).startswith("No data say")
    assert wording.list_title(None, MONTH).startswith("No data say")


def test_who_joined_and_left_in_every_state() -> None:
    for joined, gone in itertools.product((0, 1, 15, None), repeat=2):
        title = wording.flow_title(figure(joined), figure(gone), MONTH)
        assert ("joined" in title) == (joined is not None)
        assert ("left" in title.split()) == (gone is not None)
    assert (
        wording.flow_title(figure(15), figure(13), MONTH) == "About 15 people joined the list and about 13 people left"
    )
    assert wording.flow_title(figure(0), figure(15), MONTH) == "No one joined the list and about 15 people left"


def test_the_largest_share_is_the_finding_and_small_bases_give_none() -> None:
    shares = [("EMS contacts", figure(10, 100)), ("jail days", figure(40, 100)), ("shelter days", figure(20, 21))]
    assert wording.use_title(shares) == "People on the list account for 40% of jail days"
    assert wording.use_title(shares[2:]) == "What people on the list used"
    assert wording.use_title([("jail days", figure(0, 500))]) == "People on the list had no jail days"
    assert wording.use_title([("jail days", figure(None, 500))]) == "What people on the list used"


def test_a_small_change_is_not_put_into_words_as_a_change() -> None:
    assert wording.change_sentence(figure(93), figure(88), "last month").startswith("The list is about as long")
    assert wording.change_sentence(figure(93), figure(60), "last month").startswith("The list is longer")
    assert wording.change_sentence(figure(60), figure(93), "last month").startswith("The list is shorter")
    assert wording.change_sentence(figure(93), figure(None), "last month") == ""


def test_a_long_county_word_gives_the_plain_title() -> None:
    assert wording.who_title("A group with a very long name that the county itself has chosen", "50%", "9%") == (
        "Who is on the list, beside everyone else"
    )


def test_the_method_title_counts_whole_sources() -> None:
    months = (Month(2026, 9), Month(2026, 10))
    full = SourceFacts("Jail", 10, 0, date(2026, 10, 31), tuple((m, "full") for m in months))
    late = SourceFacts("EMS", 10, 0, date(2026, 9, 30), ((months[0], "full"), (months[1], "none")))
    assert wording.method_title([full], months) == "The one source has data for every month"
    assert wording.method_title([full, full], months) == "All 2 sources have data for every month"
    assert wording.method_title([full, late], months) == "1 of 2 sources has data for every month"
    assert wording.method_title([late, late], months) == "No source has data for every month"
    assert wording.method_title([], months) == "How these numbers were made"


def test_no_word_that_belittles_people() -> None:
    source = "".join(str(value) for value in vars(wording).values() if isinstance(value, str)).lower()
    for banned in ("inmate", "offender", "frequent flyer", "superutilizer"):
        assert banned not in source


def test_a_group_is_a_finding_only_where_most_people_were_asked() -> None:
    columns, totals = ("On the list", "Everyone else"), (100, 1000)
    asked = table(
        ((60, 60), (30, 900), (10, 40)), rows=("Yes", "No", "Not recorded"), words="Need", column_totals=totals
    )
    assert asked.columns == columns
    found = stands_out([asked])
    assert found is not None
    assert (found.label, found.on_list, found.others, found.count) == ("Need", "60%", "6%", "60 of 100")
    rarely = replace(asked, cells=((60, 60), (30, 40), (10, 900)))
    assert stands_out([rarely]) is None
    assert stands_out([replace(asked, cells=((60, 60), (30, 900), (10, None)))]) is None
    assert stands_out([replace(asked, name="by_race")]) is None
    assert stands_out([replace(asked, column_totals=(None, 1000))]) is None
