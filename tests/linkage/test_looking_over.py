"""What is laid before a person: the blind sample, people to check, pairs of one kind."""

from __future__ import annotations

from datetime import datetime

import pytest

from ddj_desktop.cohort.after_death import met_after_death
from ddj_desktop.kernel.dates import Month
from ddj_desktop.kernel.progress import Progress
from ddj_desktop.linkage import decisions, quality
from ddj_desktop.linkage.county import match
from ddj_desktop.linkage.errors import NoSample
from ddj_desktop.linkage.evidence import Weight
from ddj_desktop.linkage.integrity import all_is_well, people_to_check
from ddj_desktop.linkage.patterns import PATTERNS, alike, pattern_called
from ddj_desktop.linkage.queue import FIELDS, PairToReview
from ddj_desktop.store.county_file import CountyFile
from ddj_desktop.store.lane import Lane
from tests.linkage.made_up import add_records, crowd

ROWS = crowd(40, seed=21)
MONTH = Month(2026, 10)


@pytest.fixture
def lane(county: CountyFile) -> Lane:
    lane = county.lane()
    with lane.transaction():
        add_records(lane, ROWS)
        match(lane, "tester", Progress())
    return lane


def drawn(lane: Lane) -> list[tuple[int, int, bool]]:
    return lane.rows("SELECT left_record, right_record, joined FROM quality_pair ORDER BY month, place")


def test_a_month_draws_20_joined_and_10_apart_in_an_order_that_tells_nothing(lane: Lane) -> None:
    person = {int(r): int(p) for r, p in lane.rows("SELECT record_id, person_id FROM person_record")}
    with lane.transaction():
        assert quality.draw(lane, MONTH) == quality.JOINED + quality.APART
    found = drawn(lane)
    assert all((person[left] == person[right]) == joined for left, right, joined in found)
    assert sum(joined for *_, joined in found) == quality.JOINED
    assert len({(left, right) for left, right, _ in found}) == len(found)
    answers = [joined for *_, joined in found]
    assert answers not in (sorted(answers), sorted(answers, reverse=True))
    shown = quality.sample(lane, MONTH)
    assert [each.place for each in shown] == list(range(1, 31))
    assert all(each.pair.weight == 0 and each.pair.weights == () for each in shown)


def test_a_draw_is_made_once_and_another_month_draws_others(lane: Lane) -> None:
    with lane.transaction():
        quality.draw(lane, MONTH)
    first = drawn(lane)
    with lane.transaction():
        quality.draw(lane, MONTH)
        assert drawn(lane) == first
        quality.draw(lane, MONTH.plus(1))
    assert drawn(lane)[: len(first)] == first
    assert set(drawn(lane)[len(first) :]) != set(first)


def test_pairs_a_person_decided_are_not_drawn(lane: Lane) -> None:
    pairs = lane.rows("SELECT left_record, right_record FROM match_pair")
    with lane.transaction():
        decisions.decide_all(lane, [(int(a), int(b), "not_sure") for a, b in pairs[1:]], "Sam")
        assert quality.draw(lane, MONTH) == 1


def test_answers_estimate_how_often_the_program_is_right(lane: Lane) -> None:
    with lane.transaction():
        quality.draw(lane, MONTH)
        joined_places = [place for place, (*_, joined) in enumerate(drawn(lane), 1) if joined]
        for place in range(1, 31):
            said = "same" if place in joined_places[:17] else "not_sure" if place == joined_places[17] else "different"
            quality.answer(lane, MONTH, place, said, "Sam")
    found = quality.quality(lane, MONTH)
    assert (found.joined.right, found.joined.wrong, found.joined.not_sure, found.joined.looked) == (17, 2, 1, 19)
    assert (found.apart.right, found.apart.wrong) == (10, 0)
    assert found.joined.drawn_from == lane.value(
        "SELECT count(*) FROM match_pair JOIN person_record AS l ON l.record_id = left_record "
        "JOIN person_record AS r ON r.record_id = right_record WHERE l.person_id = r.person_id"
    )
    assert found.apart.drawn_from >= 10
    assert quality.quality(lane, MONTH.plus(11)) == found
    assert quality.quality(lane, MONTH.plus(12)).joined.drawn == 0
    assert lane.value("SELECT count(*) FROM link_decision") == 0


def test_before_a_match_there_is_nothing_to_draw(county: CountyFile) -> None:
    lane = county.lane()
    with pytest.raises(NoSample), lane.transaction():
        quality.draw(lane, MONTH)
    with pytest.raises(NoSample), lane.transaction():
        quality.answer(lane, MONTH, 1, "same", "Sam")


ANN = {"first": "Ann", "last": "Underwood", "sex": "F"}


def one_person(lane: Lane, rows: list[dict[str, object]], source: int = 1) -> None:
    """Records that a decision makes one person, whatever they say."""
    with lane.transaction():
        add_records(lane, rows, source)
        ids = [int(str(row["id"])) + 1 for row in rows]
        lane.append("person_record", {"record_id": ids, "person_id": [7000] * len(ids)})


def flags(lane: Lane) -> dict[str, int]:
    return {each.flag: each.size for each in people_to_check(lane, {}) if each.person_id == 7000}


@pytest.mark.parametrize(
    ("births", "size"),
    [((19790411, 19790411), 0), ((19790411, 19790412), 0), ((19790411, 19791104), 0), ((19790411, 19620907), 2),
     ((19790411, 19620907, 19900101), 3)],
)  # fmt: skip
def test_two_birth_dates_that_are_no_slip(county: CountyFile, births: tuple[int, ...], size: int) -> None:
    lane = county.lane()
    one_person(lane, [{**ANN, "id": n, "birth": birth} for n, birth in enumerate(births)])
    assert flags(lane).get("births", 0) == size


def test_more_than_two_numbers_and_very_many_mentions(county: CountyFile) -> None:
    lane = county.lane()
    one_person(lane, [{**ANN, "id": n, "ssn": f"41255678{n % 3}", "last": f"Underwood{n}"} for n in range(13)])
    assert flags(lane) == {"numbers": 3, "large": 13}


def test_two_jails_on_one_night_and_one_jail_twice(county: CountyFile) -> None:
    lane = county.lane()
    one_person(lane, [{**ANN, "id": 0}])
    one_person(lane, [{**ANN, "id": 1}], source=2)
    for record, starts, ends in ((1, (1, 8), (3, 9)), (2, (2, 7), (4, 10))):
        lane.run(
            "UPDATE contact SET starts = $starts, ends = $ends WHERE record_id = $record",
            record=record, starts=datetime(2026, 3, *starts), ends=datetime(2026, 3, *ends),
        )  # fmt: skip
    (found,) = people_to_check(lane, {})
    assert (found.flag, found.words) == ("two_nights", "In two jails on one night, 1 time.")
    lane.run(
        "UPDATE contact SET starts = TIMESTAMP '2026-03-03 07:00' WHERE record_id = 2"
    )  # moved on the day of release
    assert people_to_check(lane, {}) == []


def test_what_was_looked_at_is_asked_again_only_when_there_is_more(county: CountyFile) -> None:
    lane = county.lane()
    one_person(lane, [{**ANN, "id": n, "birth": birth} for n, birth in enumerate((19790411, 19620907))])
    (found,) = people_to_check(lane, {})
    all_is_well(lane, found.person_id, found.flag, found.size, "Sam")
    assert people_to_check(lane, {}) == []
    one_person(lane, [{**ANN, "id": 5, "birth": 19900101}])
    assert flags(lane) == {"births": 3}


def test_contradicting_decisions_come_first(lane: Lane) -> None:
    with lane.transaction():
        decisions.decide_all(lane, [(1, 3, "same"), (3, 5, "same"), (1, 5, "different")], "Sam")
    assert people_to_check(lane, {})[0].flag == "contradiction"
    assert "by 2 other decisions" in people_to_check(lane, {})[0].words


def pair(number: int, **levels: str) -> PairToReview:
    blank = dict.fromkeys(FIELDS)
    weights = tuple(Weight(field, level, 1.0) for field, level in levels.items())
    return PairToReview(number, number + 1, dict(blank), dict(blank), 0.0, 0.5, "", weights, False)


MARRIED = {"ssn": "exact", "birth": "exact", "given": "exact", "surname": "different"}


def test_pairs_of_one_kind_are_found_by_what_they_have_in_common() -> None:
    pairs = [
        pair(1, **MARRIED), pair(3, **MARRIED, sex="different"), pair(5, given="exact", surname="exact"),
        pair(7, **{**MARRIED, "ssn": "last four"}), pair(9, given="different", surname="exact", birth="exact"),
        pair(11, **MARRIED, address="exact"),
    ]  # fmt: skip
    found = {each.pattern.name: [one.left_record for one in each.pairs] for each in alike(pairs)}
    assert found == {
        "same number, same birth date, surname changed": [1, 11],
        "one birth date and last name, two first names": [9],
    }
    assert all(pattern_called(pattern.name) is pattern for pattern in PATTERNS)
    assert pattern_called("no such kind") is None


def test_somebody_met_after_their_death_is_asked_about(county: CountyFile) -> None:
    lane = county.lane()
    one_person(lane, [{**ANN, "id": n, "address": f"{n} Fir St"} for n in range(4)])
    for record, day in enumerate((1, 5, 5, 9), 1):
        lane.run(
            "UPDATE contact SET starts = $starts, ends = $starts WHERE record_id = $record",
            starts=datetime(2026, 3, day, 8), record=record,
        )  # fmt: skip
    assert met_after_death(lane) == {}
    lane.run('UPDATE contact SET attributes = \'{"release_type": "Deceased"}\' WHERE record_id = 2')
    assert met_after_death(lane) == {7000: 1}
    (found,) = people_to_check(lane, met_after_death(lane))
    assert (found.flag, found.words) == ("after_death", "Met 1 time after a source said they had died.")
    lane.run("UPDATE source SET kind = 'court'")
    assert met_after_death(lane) == {}
