"""What matching keeps: numbers of people through any undo, and a log of every merge and split with its cause."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ddj_desktop.kernel.progress import Progress
from ddj_desktop.linkage import decisions
from ddj_desktop.linkage.changes import changes, undo_change
from ddj_desktop.linkage.contradictions import contradictions
from ddj_desktop.linkage.county import match
from ddj_desktop.linkage.errors import NoSuchBatch, NoSuchChange
from ddj_desktop.store.county_file import CountyFile
from ddj_desktop.store.lane import Lane
from tests.linkage.made_up import add_records, crowd

ROWS = crowd(14, seed=8)
IDS = [int(str(row["id"])) + 1 for row in ROWS]


def people(lane: Lane) -> dict[int, int]:
    return {int(a): int(b) for a, b in lane.rows("SELECT record_id, person_id FROM person_record")}


def run(lane: Lane) -> None:
    with lane.transaction():
        match(lane, "tester", Progress())


@pytest.fixture
def lane(county: CountyFile) -> Lane:
    """A matched county of 14 people, each in two records."""
    lane = county.lane()
    with lane.transaction():
        add_records(lane, ROWS)
    run(lane)
    return lane


@given(st.data())
@settings(deadline=None, max_examples=4, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_undo_restores_the_very_same_people_and_numbers(lane: Lane, data: st.DataObject) -> None:
    """Whatever was decided, taking it back in reverse order gives every earlier state, numbers and all."""
    before, steps = [people(lane)], []
    pair = st.tuples(st.sampled_from(IDS), st.sampled_from(IDS)).filter(lambda p: p[0] != p[1])
    many = st.lists(st.tuples(pair, st.sampled_from(["same", "different"])), min_size=1, max_size=4)
    for chosen in data.draw(st.lists(many, min_size=1, max_size=2)):
        decided = [(a, b, verdict) for (a, b), verdict in chosen]
        standing = {(d.left, d.right): d.verdict for d in decisions.standing(lane)}
        back = {(min(a, b), max(a, b)): standing.get((min(a, b), max(a, b)), "withdrawn") for a, b, _ in decided}
        with lane.transaction():
            decisions.decide_all(lane, decided, "Sam")
        run(lane)
        steps.append([(a, b, verdict) for (a, b), verdict in back.items()])
        before.append(people(lane))
    for back in reversed(steps):
        assert people(lane) == before.pop()
        with lane.transaction():
            decisions.decide_all(lane, back, "Sam")
        run(lane)
    assert people(lane) == before.pop()


def two_people(lane: Lane) -> tuple[list[int], list[int]]:
    of = people(lane)
    first, second = sorted(set(of.values()))[:2]
    return [r for r in of if of[r] == first], [r for r in of if of[r] == second]


def test_a_merge_by_decision_is_logged_and_its_undo_withdraws_the_decision(lane: Lane) -> None:
    before = people(lane)
    one, other = two_people(lane)
    with lane.transaction():
        decisions.decide(lane, one[0], other[0], "same", "Sam")
    run(lane)
    (logged,) = changes(lane)
    assert (logged.kind, logged.cause) == ("merge", "decision")
    assert (logged.from_person, logged.to_person) == (before[other[0]], before[one[0]])
    assert logged.words.startswith(f"Person {before[other[0]]} became part of person {before[one[0]]}")
    with lane.transaction():
        assert undo_change(lane, logged.change_id, "Sam") == 1
    assert decisions.standing(lane) == []
    run(lane)
    assert people(lane) == before
    assert [each.undone for each in changes(lane)] == [False, True]
    with pytest.raises(NoSuchChange), lane.transaction():
        undo_change(lane, logged.change_id, "Sam")


def test_a_split_by_decision_is_logged_and_its_undo_withdraws_it(lane: Lane) -> None:
    before = people(lane)
    one, _ = two_people(lane)
    with lane.transaction():
        decisions.take_out(lane, one[0], "Sam")
    run(lane)
    (logged,) = changes(lane)
    assert (logged.kind, logged.cause) == ("split", "decision")
    with lane.transaction():
        undo_change(lane, logged.change_id, "Sam")
    run(lane)
    assert people(lane) == before


def test_a_merge_the_program_found_is_undone_for_good(lane: Lane) -> None:
    """Two people of one name, known apart by a decision nobody made: a later row joins them."""
    anna = {"first": "Anna", "last": "Underwood", "sex": "F", "birth": 19790411}
    with lane.transaction():
        add_records(lane, [{**anna, "id": 900_000, "address": "4 Fir St", "birth": 0, "met": True},
                           {**anna, "id": 900_001, "ssn": "412556789"}])  # fmt: skip
        decisions.decide(lane, 900_001, 900_002, "different", "Sam")
    run(lane)
    before = people(lane)
    assert before[900_001] != before[900_002]
    with lane.transaction():
        decisions.withdraw(lane, 900_001, 900_002, "Sam")
        lane.run("DELETE FROM link_decision")
        add_records(lane, [{**anna, "id": 900_002, "address": "4 Fir St", "ssn": "412556789"}])
    run(lane)
    joined = people(lane)
    assert joined[900_001] == joined[900_002] == joined[900_003]
    logged = changes(lane)[0]
    assert (logged.kind, logged.cause) == ("merge", "new_records")
    assert logged.reason.startswith("For: ")
    with lane.transaction():
        assert undo_change(lane, logged.change_id, "Sam") >= 1
    run(lane)
    after = people(lane)
    assert {r: after[r] for r in before} == before
    run(lane)
    assert people(lane) == after


def test_a_person_whose_only_record_was_corrected_keeps_the_number(lane: Lane) -> None:
    alone = {"first": "Zora", "last": "Quimby", "birth": 19610203, "id": 950_000}
    with lane.transaction():
        add_records(lane, [alone])
        lane.run("INSERT INTO current_row VALUES (1, 77, 1, NULL, 950001)")
    run(lane)
    before = people(lane)[950_001]
    with lane.transaction():
        lane.run("DELETE FROM record WHERE record_id = 950001")
        add_records(lane, [{**alone, "last": "Quinby", "id": 950_100}])
        lane.run("UPDATE current_row SET record_id = 950101 WHERE row_key = 77")
    run(lane)
    assert people(lane)[950_101] == before
    cause = lane.value("SELECT cause FROM person_history WHERE record_id = 950101")
    assert cause == "corrected"
    assert changes(lane) == []


def test_a_batch_has_one_undo_and_leaves_later_decisions_alone(lane: Lane) -> None:
    one, other = two_people(lane)
    pairs = [(a, b, "same") for a in one for b in other]
    with lane.transaction():
        batch = decisions.decide_batch(lane, "a pattern", pairs, "Sam")
        decisions.decide(lane, one[0], other[0], "different", "Kim")
    with lane.transaction():
        assert decisions.withdraw_batch(lane, batch, "Kim") == len(pairs) - 1
    assert [(d.left, d.right, d.verdict) for d in decisions.standing(lane)] == [
        (min(one[0], other[0]), max(one[0], other[0]), "different")
    ]
    with pytest.raises(NoSuchBatch), lane.transaction():
        decisions.withdraw_batch(lane, batch, "Kim")


def test_contradictions_are_shown_with_the_chain_that_makes_them(lane: Lane) -> None:
    a, b, c, d = IDS[0], IDS[2], IDS[4], IDS[6]
    with lane.transaction():
        decisions.decide_all(lane, [(a, b, "same"), (c, b, "same"), (c, d, "same"), (a, d, "different")], "Sam")
    (shown,) = contradictions(lane)
    assert (shown.different.left, shown.different.right) == (min(a, d), max(a, d))
    assert [(step.left, step.right) for step in shown.chain] == [
        (min(x, y), max(x, y)) for x, y in ((a, b), (b, c), (c, d))
    ]
    with lane.transaction():
        decisions.withdraw(lane, c, b, "Sam")
    assert contradictions(lane) == []
