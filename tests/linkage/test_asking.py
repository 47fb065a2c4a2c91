"""How much is asked, and the second look: what a place of the slider means, and what two people say."""

from __future__ import annotations

from itertools import pairwise

import pytest

from ddj_desktop.kernel.progress import Progress
from ddj_desktop.linkage import asking, decisions, second_look
from ddj_desktop.linkage.county import match
from ddj_desktop.linkage.errors import NoSecondLook, NoSuchPlace
from ddj_desktop.linkage.queue import queue
from ddj_desktop.store.county_file import CountyFile
from ddj_desktop.store.lane import Lane
from tests.linkage.made_up import add_records, crowd
from tests.linkage.test_month_by_month import FIRST_SEEN, SEEN_AGAIN

ROWS = crowd(30, seed=21)


def run(lane: Lane) -> None:
    with lane.transaction():
        match(lane, "tester", Progress())


@pytest.fixture
def lane(county: CountyFile) -> Lane:
    lane = county.lane()
    with lane.transaction():
        add_records(lane, [*ROWS, *FIRST_SEEN, *SEEN_AGAIN])
    run(lane)
    return lane


def pairs(lane: Lane) -> list[tuple[int, int, float, str, bool, bool]]:
    """Every kept pair, and whether its two records are of one person: by hand, not by the query under test."""
    person = dict(lane.rows("SELECT record_id, person_id FROM person_record"))
    found = lane.rows("SELECT left_record, right_record, weight, band, askable FROM match_pair ORDER BY ALL")
    return [(*row, person[row[0]] == person[row[1]]) for row in found]


@pytest.mark.parametrize("place", asking.PLACES, ids=lambda place: place.name)
def test_each_place_asks_what_it_says_and_people_stay(lane: Lane, place: asking.Place) -> None:
    people = lane.rows("SELECT record_id, person_id FROM person_record ORDER BY 1")
    told = next(each for each in asking.bands(lane) if each.place is place)
    with lane.transaction():
        asking.keep_place(lane, place)
    assert asking.standing_place(lane) is place
    for _, _, weight, band, askable, together in pairs(lane):
        asked = askable and (weight < place.sure if together else weight >= place.far)
        assert band == ("review" if asked else "same" if together else "apart")
    assert len(queue(lane)) == told.asked
    before = pairs(lane)
    lane.run("UPDATE match_run SET training_id = -1")  # everybody is looked at anew
    run(lane)
    assert pairs(lane) == before
    assert lane.rows("SELECT record_id, person_id FROM person_record ORDER BY 1") == people


def test_more_care_asks_more_and_leaves_fewer_mistakes(lane: Lane) -> None:
    found = asking.bands(lane)
    assert [each.asked for each in found] == sorted(each.asked for each in found)
    assert found[0].asked < found[-1].asked
    for less, more in pairwise(found):
        assert (more.accepted, more.apart) <= (less.accepted, less.apart)
        assert more.wrong <= less.wrong
        assert more.missed <= less.missed
    shipped = found[2]
    kept = lane.rows("SELECT probability FROM match_pair WHERE band = 'same'")
    assert shipped.wrong == pytest.approx(sum(1 - p for (p,) in kept))
    assert shipped.words[1] == f"Asked about: {shipped.asked} pairs."


def test_a_decided_pair_is_in_no_band_and_an_unknown_place_is_refused(lane: Lane) -> None:
    before = asking.bands(lane)[2].asked
    left, right = (queue(lane)[0].left_record, queue(lane)[0].right_record)
    with lane.transaction():
        decisions.decide(lane, left, right, "different", "Sam")
    assert asking.bands(lane)[2].asked == before - 1
    with pytest.raises(NoSuchPlace, match="fewest, fewer, usual, more, most"):
        asking.place_called("a bit")


def test_a_file_of_an_older_program_is_looked_at_whole_once(lane: Lane) -> None:
    wanted = pairs(lane)
    with lane.transaction():
        lane.run("DELETE FROM setting WHERE name = 'questions_asked'")
        lane.run("DELETE FROM match_pair WHERE band <> 'review'")
    run(lane)
    assert pairs(lane) == wanted
    assert asking.was_ever_kept(lane)


def decided(lane: Lane, verdicts: list[str], actor: str = "Sam") -> list[int]:
    chosen = [(a, b, v) for (a, b, *_), v in zip(pairs(lane), verdicts, strict=False)]
    with lane.transaction():
        return [decisions.decide(lane, a, b, v, actor) for a, b, v in chosen]


def test_a_second_person_sees_what_others_decided_and_not_how(lane: Lane) -> None:
    numbers = decided(lane, ["same", "different", "not_sure", "same"])
    with lane.transaction():
        decisions.decide_batch(lane, "a pattern", [(pairs(lane)[9][0], pairs(lane)[9][1], "same")], "Sam")
    assert second_look.waiting(lane, "Sam") == []
    shown = second_look.waiting(lane, "Kim")
    assert {each.place for each in shown} == {numbers[0], numbers[1], numbers[3]}
    assert all(each.pair.weights == () and not each.verdict for each in shown)
    for number, verdict in zip((numbers[0], numbers[1], numbers[3]), ("same", "same", "not_sure"), strict=True):
        second_look.answer(lane, number, verdict, "Kim")
    assert second_look.waiting(lane, "Kim") == second_look.waiting(lane, "Ann") == []
    assert second_look.agreement(lane) == second_look.Agreement(2, 1, 1)
    (differs,) = second_look.disagreements(lane)
    assert (differs.decision_id, differs.first, differs.first_by, differs.second, differs.second_by) == (
        numbers[1], "different", "Sam", "same", "Kim",
    )  # fmt: skip
    for number, actor in ((numbers[0], "Sam"), (numbers[0], "Ann"), (999, "Kim")):
        with pytest.raises(NoSecondLook):
            second_look.answer(lane, number, "same", actor)


@pytest.mark.parametrize("verdict", ["same", "different"])
def test_a_difference_is_settled_by_either_answer(lane: Lane, verdict: str) -> None:
    (number,) = decided(lane, ["different"])
    second_look.answer(lane, number, "same", "Kim")
    (differs,) = second_look.disagreements(lane)
    with lane.transaction():
        second_look.settle(lane, differs, verdict, "Ann")
    assert second_look.disagreements(lane) == []
    (standing,) = decisions.standing(lane)
    assert standing.verdict == verdict
    assert (standing.decision_id == number) == (verdict == "different")
    assert second_look.agreement(lane) == second_look.Agreement(1, 0, 0)
