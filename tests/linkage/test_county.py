"""Matching a real county file: ids that last, decisions that bind, the queue and its sheet."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ddj_desktop.kernel.errors import Stopped
from ddj_desktop.kernel.progress import Progress
from ddj_desktop.linkage import decisions
from ddj_desktop.linkage.county import MatchSummary, match
from ddj_desktop.linkage.errors import NotAPair, NotAReviewSheet, UnknownRecord, UnknownVerdict
from ddj_desktop.linkage.people import Earlier, place
from ddj_desktop.linkage.queue import QUEUE_HEADINGS, apply_rows, queue, queue_rows
from ddj_desktop.store.county_file import CountyFile
from ddj_desktop.store.lane import Lane
from tests.linkage.made_up import add_records, crowd

ROWS = crowd(40, seed=21)
COMMON = [name for name, _ in Counter(row["first"] for row in ROWS).most_common(4)]
FAMILIES = [name for name, _ in Counter(row["last"] for row in ROWS).most_common(9)]
ANN = {"first": "Ann", "last": "Underwood", "birth": 19790411, "sex": "F", "ssn": "412556789", "address": "4 Fir St"}


def people(lane: Lane) -> dict[int, int]:
    return {int(a): int(b) for a, b in lane.rows("SELECT record_id, person_id FROM person_record")}


def run(county: CountyFile, lane: Lane) -> MatchSummary:
    with county.act(lane, "match"):
        return match(lane, "tester", Progress())


@pytest.fixture
def lane(county: CountyFile) -> Lane:
    """A lane on a county file with 40 people, each in two records."""
    lane = county.lane()
    with lane.transaction():
        add_records(lane, ROWS)
    return lane


def test_every_record_gets_a_person_and_a_second_match_changes_nothing(county: CountyFile, lane: Lane) -> None:
    first = run(county, lane)
    before = people(lane)
    assert set(before) == {int(str(row["id"])) + 1 for row in ROWS}
    assert first.records == len(ROWS)
    assert first.people == len(set(before.values())) == first.new_people
    second = run(county, lane)
    assert people(lane) == before
    assert (second.changed_people, second.new_people) == (0, 0)
    assert lane.value("SELECT count(*) FROM person_history") == len(ROWS)
    keys = [row[0] for row in lane.rows("SELECT person_key FROM person")]
    assert len(set(keys)) == len(keys)
    assert all(len(key) == 32 for key in keys)


def test_a_removed_and_returned_import_gives_everybody_their_person_back(county: CountyFile, lane: Lane) -> None:
    run(county, lane)
    before = people(lane)
    gone = [row for row in ROWS if int(str(row["true"])) < 20]
    ids = [int(str(row["id"])) + 1 for row in gone]
    with lane.transaction():
        lane.run(
            "DELETE FROM record WHERE list_contains($ids, record_id)", ids=[int(str(row["id"])) + 1 for row in gone]
        )
    away = run(county, lane)
    assert away.changed_people == len({before[record] for record in ids})
    assert people(lane) == {r: p for r, p in before.items() if r not in ids}
    with lane.transaction():
        add_records(lane, gone)
    run(county, lane)
    assert people(lane) == before
    causes = {row[0] for row in lane.rows("SELECT DISTINCT cause FROM person_history")}
    assert causes == {"new", "removed", "returned"}


def test_decisions_bind_and_survive_another_match(county: CountyFile, lane: Lane) -> None:
    run(county, lane)
    before = people(lane)
    one, other = next((a, b) for a in before for b in before if a < b and before[a] == before[b])
    far = next(r for r in before if before[r] != before[one])
    with lane.transaction():
        decisions.decide(lane, other, one, "different", "Sam")
        decisions.decide(lane, one, far, "same", "Sam")
    for _ in range(2):
        run(county, lane)
        now = people(lane)
        assert now[one] != now[other]
        assert now[one] == now[far]
    with lane.transaction():
        decisions.withdraw(lane, one, other, "Sam")
        decisions.withdraw(lane, one, far, "Sam")
    run(county, lane)
    now = people(lane)
    assert now[one] == now[other]
    assert now[one] != now[far]
    assert lane.value("SELECT count(*) FROM link_decision") == 4


def test_decisions_survive_removal_and_return(county: CountyFile, lane: Lane) -> None:
    run(county, lane)
    before = people(lane)
    one, other = next((a, b) for a in before for b in before if a < b and before[a] == before[b])
    with lane.transaction():
        decisions.decide(lane, one, other, "different", "Sam")
        kept = [row for row in ROWS if int(str(row["id"])) + 1 == one]
        lane.run("DELETE FROM record WHERE record_id = $id", id=one)
    run(county, lane)
    with lane.transaction():
        add_records(lane, kept)
    run(county, lane)
    assert people(lane)[one] != people(lane)[other]


def test_a_merge_keeps_the_older_and_parting_it_gives_the_younger_back(county: CountyFile, lane: Lane) -> None:
    run(county, lane)
    before = people(lane)
    a = min(before, key=lambda r: before[r])
    b = max(before, key=lambda r: before[r])
    with lane.transaction():
        decisions.decide(lane, a, b, "same", "Sam")
    merged = run(county, lane)
    assert people(lane)[b] == people(lane)[a] == before[a]
    assert lane.value("SELECT merged_into FROM person WHERE person_id = $p", p=before[b]) == before[a]
    assert merged.changed_people >= 2
    with lane.transaction():
        decisions.decide(lane, a, b, "different", "Sam")
    run(county, lane)
    assert people(lane) == before
    assert lane.value("SELECT merged_into FROM person WHERE person_id = $p", p=before[b]) is None
    causes = [row[0] for row in lane.rows("SELECT cause FROM person_history WHERE record_id = $r ORDER BY run_id", r=b)]
    assert causes == ["new", "merge", "split"]


def test_taking_a_record_out_leaves_it_alone(county: CountyFile, lane: Lane) -> None:
    with lane.transaction():
        add_records(lane, [{**ANN, "id": 900_000 + n} for n in range(3)])
    run(county, lane)
    assert len({people(lane)[900_001 + n] for n in range(3)}) == 1
    with lane.transaction():
        assert decisions.take_out(lane, 900_002, "Sam") == 2
    run(county, lane)
    now = people(lane)
    assert now[900_001] == now[900_003] != now[900_002]
    assert sum(person == now[900_002] for person in now.values()) == 1


def test_contradicting_decisions_are_counted_and_different_is_kept(county: CountyFile, lane: Lane) -> None:
    with lane.transaction():
        decisions.decide_all(lane, [(1, 2, "same"), (2, 3, "same"), (1, 3, "different")], "Sam")
    summary = run(county, lane)
    assert summary.contradicting_decisions == 1
    assert people(lane)[1] != people(lane)[3]


def doubtful(lane: Lane) -> None:
    """Two records of one first name and last four of a number, with two last names and birth dates years apart."""
    taken = {(row["first"], row["last"]) for row in ROWS}
    first, last = next((f, v) for f in COMMON for v in FAMILIES if (f, v) not in taken)
    plain = {"first": first, "sex": "F", "ssn": "5519"}
    one = {**plain, "id": 910_000, "last": last, "birth": 19770612}
    other = {**plain, "id": 910_001, "last": "Quackenbush", "birth": 19820319}
    with lane.transaction():
        add_records(lane, [one, other])


def test_the_queue_explains_each_pair_and_its_weights_add_up(county: CountyFile, lane: Lane) -> None:
    doubtful(lane)
    summary = run(county, lane)
    pairs = queue(lane)
    assert len(pairs) == summary.pairs_to_review >= 1
    assert [abs(pair.weight) for pair in pairs] == sorted(abs(pair.weight) for pair in pairs)
    mine = next(pair for pair in pairs if 910_002 in (pair.left_record, pair.right_record))
    assert mine.left["birth_date"] != mine.right["birth_date"]
    assert mine.reason.startswith("For: the same last four of the social security number")
    assert "against: birth dates years apart" in mine.reason
    for pair in pairs:
        assert round(sum(weight.bits for weight in pair.weights), 2) == pair.weight
        assert 0 < pair.probability < 1


def test_the_review_sheet_goes_out_and_comes_back(county: CountyFile, lane: Lane) -> None:
    doubtful(lane)
    run(county, lane)
    pairs = queue(lane)
    rows = queue_rows(pairs)
    assert all(len(row) == len(QUEUE_HEADINGS) for row in rows)
    at = len(pairs) - 1
    chosen = (pairs[at].left_record, pairs[at].right_record)
    rows[at][-1] = "Same"
    with lane.transaction():
        applied = apply_rows(lane, QUEUE_HEADINGS, rows, "Sam")
    assert (applied.same, applied.different, applied.not_sure, applied.left_open) == (1, 0, 0, len(rows) - 1)
    run(county, lane)
    assert people(lane)[chosen[0]] == people(lane)[chosen[1]]
    assert all((pair.left_record, pair.right_record) != chosen for pair in queue(lane))


def test_not_sure_goes_to_the_end_of_the_queue(county: CountyFile, lane: Lane) -> None:
    doubtful(lane)
    run(county, lane)
    first = queue(lane)[0]
    with lane.transaction():
        decisions.decide(lane, first.left_record, first.right_record, "not_sure", "Sam")
    last = queue(lane)[-1]
    assert (last.left_record, last.right_record, last.not_sure) == (first.left_record, first.right_record, True)


@pytest.mark.parametrize(
    ("row", "error"),
    [
        (["1", "2", "perhaps"], UnknownVerdict),
        (["1", "77777", "same"], UnknownRecord),
        (["x", "2", "same"], UnknownRecord),
        (["2", "2", "same"], NotAPair),
    ],
)
def test_a_bad_review_sheet_changes_nothing(lane: Lane, row: list[str], error: type[Exception]) -> None:
    headings = ["left_record", "right_record", "decision"]
    with pytest.raises(error), lane.transaction():
        apply_rows(lane, headings, [["1", "2", "same"], row], "Sam")
    assert lane.value("SELECT count(*) FROM link_decision") == 0
    with pytest.raises(NotAReviewSheet):
        apply_rows(lane, ["left_record", "right_record"], [], "Sam")


def test_stopping_leaves_the_county_as_it_was(county: CountyFile, lane: Lane) -> None:
    run(county, lane)
    before = people(lane)

    def stop(progress: Progress) -> None:
        if progress.name == "Keeping person numbers":
            progress.stop()

    with pytest.raises(Stopped), county.act(lane, "match"):
        match(lane, "tester", Progress(stop))
    assert people(lane) == before
    assert lane.value("SELECT count(*) FROM match_run") == 1


def test_an_empty_county_matches_to_nobody(county: CountyFile) -> None:
    summary = run(county, county.lane())
    assert (summary.records, summary.people, summary.pairs_to_review) == (0, 0, 0)


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(-1, 5)), min_size=1, max_size=14))
@settings(deadline=None, max_examples=300, suppress_health_check=[HealthCheck.too_slow])
def test_placing_keeps_the_rules_of_person_numbers(records: list[tuple[int, int]]) -> None:
    group, earlier = (np.array(column, np.int64) for column in zip(*records, strict=True))
    found = place(group, Earlier(earlier, earlier, np.full(len(group), -1)), 100)
    by_group: dict[int, int] = {}
    for g, person in zip(group.tolist(), found.person.tolist(), strict=True):
        assert by_group.setdefault(g, person) == person
    assert len(set(by_group.values())) == len(by_group)
    for person in set(earlier.tolist()) - {-1}:
        sizes = {g: int(((group == g) & (earlier == person)).sum()) for g in by_group}
        goes_on = [g for g, p in by_group.items() if p == person]
        if goes_on:
            assert sizes[goes_on[0]] == max(sizes.values())
        else:
            assert found.merged[person] < person
    assert set(found.made.tolist()) == {p for p in by_group.values() if p >= 100}


def test_a_record_without_a_contact_is_never_asked_about(county: CountyFile, lane: Lane) -> None:
    doubtful(lane)
    asked = run(county, lane).pairs_to_review
    assert asked >= 1
    with lane.transaction():
        lane.run("DELETE FROM contact WHERE record_id = 910001")
    assert run(county, lane).pairs_to_review < asked
    assert all(910_001 not in (pair.left_record, pair.right_record) for pair in queue(lane))


def test_the_queue_asks_one_question_between_two_people(county: CountyFile, lane: Lane) -> None:
    doubtful(lane)
    run(county, lane)
    of = people(lane)
    asked = [frozenset((of[pair.left_record], of[pair.right_record])) for pair in queue(lane)]
    apart = [two for two in asked if len(two) == 2]
    assert len(apart) == len(set(apart)) >= 1
