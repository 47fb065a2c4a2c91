"""Possible matches: places, decisions, undo, masks that still let a slip be seen."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from ddj_desktop.kernel import clock
from ddj_desktop.linkage.evidence import Weight
from ddj_desktop.linkage.queue import FIELDS, PairToReview
from ddj_desktop.screens.masks import differing, is_identifying, mask, mask_pair
from ddj_desktop.screens.review import Review, key
from ddj_desktop.screens.side_by_side import ends_at, field_rows, how_steps, surname_words
from ddj_desktop.workflow.review_order import Queue

WEIGHTS = (
    Weight("start", "two records at random", -10.0),
    Weight("surname", "exact", 7.0),
    Weight("given", "close", 3.0),
    Weight("birth", "different", -4.5),
)


def side(**known: object) -> dict[str, object]:
    return {name: known.get(name) for name in FIELDS}


def pair(number: int, **extra: object) -> PairToReview:
    left = side(source="Jail", first_name="JON", last_name="SMITH", birth_date=date(1991, 3, 4), sex="M", **extra)
    right = side(source="EMS", first_name="JOHN", last_name="SMITH", birth_date=date(1988, 7, 9))
    return PairToReview(number, number + 1000, left, right, -4.5, 0.04, "For: this.", WEIGHTS, False)  # type: ignore[arg-type]


PAIRS = tuple(pair(number) for number in range(5))


def test_deciding_turns_to_the_next_pair_and_counts() -> None:
    review = Review(PAIRS)
    assert review.place == "1 of 5"
    review = review.decide("same").decide("different").decide("same")
    assert review.place == "4 of 5"
    assert review.current == PAIRS[3]
    told = "Your 3 decisions so far: 2 same person, 1 different people."
    assert review.said(Queue((), frozenset(), None)) == told
    assert review.decide("perhaps") is review


def test_the_decisions_of_this_sitting_say_what_they_do_to_the_list() -> None:
    """Pairs 0 and 1 are two people each; pair 2 is one person now. Only what is answered otherwise counts."""
    pairs = tuple(
        replace(each, left={**each.left, "person_id": 1}, right={**each.right, "person_id": 1 if n == 2 else 2})
        for n, each in enumerate(PAIRS[:3])
    )
    queue = Queue(pairs, frozenset(), date(2026, 10, 31), 91, {key(pairs[0]): 1, key(pairs[1]): 1, key(pairs[2]): -3})
    review = Review(pairs).decide("same").decide("not_sure")
    assert review.said(queue).endswith("The list of Oct 31, 2026 goes from 91 to 92 people.")
    assert review.decide("different").said(queue).endswith("The list of Oct 31, 2026 goes from 91 to 89 people.")
    assert review.decide("same").undo()[0].undo()[0].undo()[0].decide("not_sure").said(queue).endswith("its 91 people.")


def test_a_common_last_name_is_told_from_a_rare_one() -> None:
    def told(left: int | None, right: int | None, other: str = "SMITH") -> str:
        sides = PAIRS[0].left | {"surname_people": left}, PAIRS[0].right | {"surname_people": right, "last_name": other}
        return surname_words(replace(PAIRS[0], left=sides[0], right=sides[1]))

    assert told(14, 14) == "14 people have this last name here."
    assert told(1, None) == "1 person has this last name here."
    assert told(14, 2, "SMYTHE") == "14 people have the first last name here, 2 the second."
    assert told(None, 2, "SMYTHE") == "2 people have the second last name here."
    assert told(None, None) == ""


def test_letters_that_differ_are_marked_and_the_days_seen_stand_last() -> None:
    seen = {"times": 3, "first_met": date(2025, 1, 4), "last_met": date(2025, 10, 6)}
    rows = field_rows(replace(PAIRS[0], left={**PAIRS[0].left, **seen}), names_shown=True)
    first = next(row for row in rows if row.words == "First name")
    assert (first.left, first.left_marks) == ("JON", (False, False, False))
    assert (first.right, first.right_marks) == ("JOHN", (False, False, True, False))
    assert (rows[-1].words, rows[-1].left, rows[-1].right, rows[-1].sign) == (
        "Seen", "3 times, Jan 4, 2025 to Oct 6, 2025", "-", "",
    )  # fmt: skip


def test_a_blind_pair_is_compared_by_its_letters_alone() -> None:
    rows = {row.words: row.state for row in field_rows(replace(PAIRS[0], weights=()), names_shown=True)}
    assert (rows["First name"], rows["Last name"], rows["Birth date"]) == ("close", "same", "different")


def test_the_reckoning_says_where_it_ends() -> None:
    assert ends_at(PAIRS[0]) == "Ends at -4.5: of 100 pairs like this, 4 are one person."
    assert ends_at(replace(PAIRS[0], weight=12.0, probability=0.99976)).endswith(
        "of 10,000 pairs like this, 9,998 are one person."
    )


def test_undo_brings_the_last_pair_back() -> None:
    review, taken = Review(PAIRS).decide("same").decide("not_sure").undo()
    assert taken is not None
    assert (taken.pair, taken.verdict) == (PAIRS[1], "not_sure")
    assert review.current == PAIRS[1]
    assert review.left == 4
    assert Review(PAIRS).undo() == (Review(PAIRS), None)


def test_names_shown_for_one_pair_are_hidden_for_the_next() -> None:
    assert Review(PAIRS).reveal().revealed
    assert not Review(PAIRS).reveal().decide("same").revealed


def test_a_fresh_queue_keeps_the_pair_in_front_and_what_was_settled_out() -> None:
    review = Review(PAIRS).decide("same")
    review = review.fresh(list(reversed(PAIRS)))
    assert review.current == PAIRS[1]
    assert [key(each)[0] for each in review.pairs] == [1, 4, 3, 2]


def test_fields_say_how_they_compare() -> None:
    states = {row.words: row.state for row in field_rows(PAIRS[0], names_shown=True)}
    assert states["Last name"] == "same"
    assert states["First name"] == "close"
    assert states["Birth date"] == "different"
    assert states["Sex"] == "only one"
    assert "Address" not in states
    assert "Name as written" not in states


def test_hidden_names_hide_letters_and_days_but_not_the_slip() -> None:
    rows = {row.words: row for row in field_rows(PAIRS[0], names_shown=False)}
    assert rows["Last name"].left == "S****"
    assert rows["First name"].right == "J*H*"
    assert rows["Birth date"].left == "**, 1991"
    for row in rows.values():
        assert "SMITH" not in (row.left, row.right)
        assert "Mar" not in row.left + row.right


def test_numbers_show_their_last_four_at_most() -> None:
    rows = {row.words: row for row in field_rows(pair(9, ssn="987654321", phone="6205551234"), names_shown=False)}
    assert rows["Social Security number"].left == "*****4321"
    assert rows["Phone"].left == "******1234"
    short = {row.words: row for row in field_rows(pair(9, ssn="4321"), names_shown=False)}
    assert short["Social Security number"].left == "****"


def test_the_steps_add_up_to_where_the_pair_stands() -> None:
    steps = how_steps(WEIGHTS)
    assert steps[-1].after == -4.5
    assert steps[0].words == "Two records at random"
    assert [step.push for step in steps] == [-10.0, 7.0, 3.0, -4.5]


NAMES = st.text(alphabet="abcABC' -éñ4", max_size=12)


@settings(deadline=None, max_examples=200)
@given(NAMES, NAMES)
def test_a_masked_pair_keeps_lengths_and_shows_only_what_differs(left: str, right: str) -> None:
    shown = mask_pair(left, right)
    assert tuple(map(len, shown)) == (len(left), len(right))
    for text, seen, other in ((left, shown[0], right), (right, shown[1], left)):
        if text.count(" ") == other.count(" "):
            words = zip(text.split(" "), other.split(" "), strict=True)
            marks = [mark for one, two in words for mark in (*differing(one, two), False)]
        else:
            marks = differing(text, other)
        for spot, (letter, now) in enumerate(zip(text, seen, strict=True)):
            starts_word = spot == 0 or not text[spot - 1].isalnum()
            assert now in (letter, "*")
            if now == letter and letter.isalnum():
                first = starts_word and not letter.isdigit()
                assert first or (text and other and marks[spot])


def test_two_different_names_show_their_first_letters_alone() -> None:
    assert mask_pair("ABBOTT", "BRIGGS") == ("A*****", "B*****")
    assert mask_pair("VILLEGAS ORTEGA", "CHAVEZ ORTEGA") == ("V******* O*****", "C***** O*****")
    assert mask_pair("GARZA", "GARCIA") == ("G**Z*", "G**CI*")


@settings(deadline=None, max_examples=100)
@given(NAMES)
def test_nothing_of_a_masked_word_is_left_but_its_first_letter(text: str) -> None:
    assert mask(mask(text)) == mask(text)
    assert sum(letter.isalnum() for letter in mask(text)) <= len(text.replace("'", " ").replace("-", " ").split())


def test_columns_that_say_who_somebody_is_are_known() -> None:
    for name in ("Last name", "birth_date", "ssn", "Address", "phone", "full_name"):
        assert is_identifying(name)
    for name in ("Sex", "contacts", "person_id", "source", "starts"):
        assert not is_identifying(name)


def decided(minutes: list[float], waiting: int) -> Review:
    """A sitting with a decision at each of the given minutes."""
    review = Review(PAIRS[:1] * (len(minutes) + waiting))
    for minute in minutes:
        with clock.standing_at(datetime(2026, 11, 3, 9) + timedelta(minutes=minute)):
            review = review.decide("same")
    return review


def test_the_pace_is_told_once_it_is_known() -> None:
    assert decided([0, 0.5, 1], 40).pace == ""
    assert decided([0, 0.5, 1, 1.5], 40).pace == "about 20 minutes at your pace"
    assert decided([0, 0.5, 1, 1.5], 2).pace == "about 1 minute at your pace"
    assert decided([0, 0.1, 0.2, 0.3], 3).pace == "a minute or less at your pace"
    assert decided([0, 0.5, 1, 31, 31.5], 40).pace == "about 20 minutes at your pace", "a break is no pace"
    assert decided([0, 0.5, 1, 1.5], 0).pace == ""


def test_a_long_sitting_is_told_and_a_break_ends_it() -> None:
    assert decided([], 3).long == ""
    assert decided([0, 8, 16, 24], 3).long == ""
    assert decided([0, 8, 16, 24, 26], 3).long == "You have been looking at pairs for 26 minutes."
    assert decided([0, 8, 16, 24, 26, 36, 37], 3).long == ""
