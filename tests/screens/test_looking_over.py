"""Lines and states of what matching lays before a person beside the queue."""

from __future__ import annotations

from datetime import datetime

from ddj_desktop.linkage.changes import LoggedChange
from ddj_desktop.linkage.integrity import ToCheck
from ddj_desktop.linkage.patterns import Alike, Pattern
from ddj_desktop.linkage.queue import PairToReview, SamplePair
from ddj_desktop.screens.looking_over import (
    EXAMPLE_HEADINGS,
    EXAMPLES,
    Blind,
    change_rows,
    check_rows,
    examples,
    held,
    kind_rows,
    pair_of,
)
from ddj_desktop.screens.past import past_acts
from tests.screens.test_review import PAIRS, pair


def kind_of(*pairs: PairToReview) -> Alike:
    """A kind that every pair is of."""
    return Alike(Pattern("any pair", "different", "Any pair at all.", {}, {}), pairs)


def blind() -> Blind:
    return Blind("2026-10", tuple(SamplePair(n, one, "") for n, one in enumerate(PAIRS, 1)))


def test_the_blind_check_goes_pair_by_pair_and_back() -> None:
    first = blind()
    assert (first.place, pair_of(first)) == ("1 of 5", PAIRS[0])
    third = first.answer("same").answer("not_sure")
    assert (third.place, third.answered, pair_of(third)) == ("3 of 5", 2, PAIRS[2])
    again = third.back()
    assert pair_of(again) == PAIRS[1]
    again = again.answer("different")
    assert [each.verdict for each in again.pairs] == ["same", "different", "", "", ""]
    assert pair_of(again) == PAIRS[2]
    assert first.back() is first
    assert first.answer("perhaps") is first
    done = again.answer("same").answer("same").answer("same")
    assert (done.current, pair_of(done), done.answered) == (None, None, 5)
    assert done.answer("same") is done


def test_names_shown_for_one_blind_pair_are_hidden_for_the_next() -> None:
    assert blind().reveal().revealed
    assert not blind().reveal().answer("same").revealed


def test_ten_examples_of_a_kind_the_same_each_time() -> None:
    kind = kind_of(*(pair(number) for number in range(40)))
    assert examples(kind) == examples(kind)
    assert len(examples(kind)) == EXAMPLES
    assert {len(line) for line in examples(kind)} == {len(EXAMPLE_HEADINGS)}
    assert len(examples(kind_of(PAIRS[0]))) == 1
    assert kind_rows([kind]) == [("Any pair at all.", "40", "Different people")]


def test_lines_of_people_to_check_and_of_changes() -> None:
    assert check_rows([ToCheck(7, "numbers", 3, "3 numbers.")]) == [("7", "3 numbers.")]
    change = LoggedChange(4, datetime(2026, 11, 3), "merge", 41, 12, 3, "new_records", 1, 2, "For: this.", False)
    (line,) = change_rows([change])
    assert line[2] == "Person 41 became part of person 12 (3 records), because new records came in."
    assert line[4] == "Stands"


def test_how_strongly_a_record_is_held_is_a_word() -> None:
    assert [held({"held": bits}) for bits in (12.0, 7.0, 1.0, None)] == ["strongly", "fairly", "! weakly", ""]


def test_a_batch_in_the_log_can_be_undone_once() -> None:
    when = datetime(2026, 11, 3)
    lines = [
        {"seq": 3, "done_at": when, "actor": "a", "event": "batch taken back", "facts": {"batch": 1, "pairs": 2}},
        {"seq": 2, "done_at": when, "actor": "a", "event": "record taken out",
         "facts": {"batch": 2, "pairs": 3, "record": 5}},
        {"seq": 1, "done_at": when, "actor": "a", "event": "pairs decided together",
         "facts": {"batch": 1, "pairs": 2, "pattern": "one name, two suffixes", "verdict": "different"}},
    ]  # fmt: skip
    _, out, together = past_acts(lines, [])
    assert (out.batch, out.can_undo, out.words) == (2, True, "Took a record out of its person (3 pairs)")
    assert (together.undone, together.can_undo) == (True, False)
    assert together.words == "Decided a kind: one name, two suffixes (2 pairs)"
