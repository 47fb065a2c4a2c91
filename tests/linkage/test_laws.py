"""Laws of the whole engine."""

from __future__ import annotations

import random
import weakref
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ddj_desktop.kernel import side_by_side
from ddj_desktop.kernel.errors import OurFault, Stopped
from ddj_desktop.kernel.progress import Progress
from ddj_desktop.linkage import blocking, cluster, compare_words, engine, grouping
from ddj_desktop.linkage.evidence import from_json, sentence, to_json, total_of, waterfalls
from ddj_desktop.linkage.keys import passes, sound
from ddj_desktop.linkage.score import Scored, Scorer
from ddj_desktop.linkage.standardise import standardise
from ddj_desktop.linkage.types import Constraints
from tests.linkage.made_up import crowd, link, mentions_of, partition

ROWS = crowd(60, seed=5, copies=3)
TRUE = [row["true"] for row in ROWS]


def test_people_are_found_again() -> None:
    linked = link(ROWS)
    found = partition(range(len(ROWS)), linked.group)
    right = partition(range(len(ROWS)), np.array(TRUE))
    assert len(found & right) >= 0.95 * len(right)
    assert all(len({TRUE[at] for at in group}) == 1 for group in found)


def test_mentions_in_no_stable_order_are_refused() -> None:
    with pytest.raises(OurFault):
        engine.link(mentions_of(ROWS[::-1]), Constraints(), Progress())


@pytest.mark.parametrize("seed", [1, 2])
def test_an_unrelated_record_changes_nobody(seed: int) -> None:
    stranger = {"id": 999_999, "first": "Zebulon", "last": f"Xanthos{seed}", "birth": 19310509, "ssn": "201334567"}
    before = partition(range(len(ROWS)), link(ROWS).group)
    after = partition(range(len(ROWS) + 1), link([*ROWS, stranger]).group)
    assert after == before | {frozenset({len(ROWS)})}


@given(st.randoms(use_true_random=False))
@settings(deadline=None, max_examples=5)
def test_two_runs_agree_to_the_bit(chance: random.Random) -> None:
    rows = crowd(30, seed=chance.randint(0, 10_000))
    one, two = link(rows), link(rows)
    assert one.group.tolist() == two.group.tolist()
    assert one.total.tolist() == two.total.tolist()


@given(st.data())
@settings(deadline=None, max_examples=10)
def test_decisions_hold_in_the_whole_engine(data: st.DataObject) -> None:
    place = st.integers(0, len(ROWS) - 1)
    pairs = data.draw(st.lists(st.tuples(place, place).filter(lambda p: p[0] != p[1]), min_size=2, max_size=8))
    same, different = tuple(pairs[::2]), tuple(pairs[1::2])
    linked = link(ROWS, Constraints(same, different))
    assert all(linked.group[a] != linked.group[b] for a, b in different)
    assert all(linked.group[a] == linked.group[b] for a, b in same if (a, b) not in linked.contradictions)


def test_the_waterfall_adds_up_to_the_weight() -> None:
    linked = link(ROWS)
    parts = sum(linked.weigh(np.arange(len(linked.pairs))).values()) + linked.prior
    assert linked.total == pytest.approx(parts)
    places = np.arange(0, len(linked.pairs), 97)
    for at, weights in zip(places.tolist(), waterfalls(linked, places), strict=True):
        assert total_of(weights) == pytest.approx(sum(w.bits for w in weights), abs=1e-9)
        assert total_of(weights) == pytest.approx(float(linked.total[at]), abs=0.08)
        assert from_json(to_json(weights)) == weights
        assert sentence(weights).endswith(".")


def test_a_sentence_names_no_value() -> None:
    linked = link(ROWS)
    told = " ".join(map(sentence, waterfalls(linked, np.arange(0, len(linked.pairs), 41)))).lower()
    assert not any(str(row["last"]).lower() in told or str(row["birth"]) in told for row in ROWS)


def test_every_pair_comes_once_and_a_small_file_is_compared_whole() -> None:
    standard = standardise(mentions_of(ROWS), Progress())
    pairs = blocking.candidate_pairs(standard, passes(), Progress())
    assert len(pairs) == len(ROWS) * (len(ROWS) - 1) // 2
    assert (pairs.left < pairs.right).all()
    assert len({*zip(pairs.left.tolist(), pairs.right.tolist(), strict=True)}) == len(pairs)


def test_blocks_too_large_are_capped_and_get_a_second_chance(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blocking, "COMPARED_IN_FULL", 0)
    monkeypatch.setattr(blocking, "PAIRS_ALWAYS", 500)
    monkeypatch.setattr(blocking, "PAIRS_A_MENTION", 1)
    rows = [{**row, "birth": 19800202} for row in ROWS]  # one block of everybody by date
    standard = standardise(mentions_of(rows), Progress())
    pairs = blocking.candidate_pairs(standard, passes(), Progress())
    found = {*zip(pairs.left.tolist(), pairs.right.tolist(), strict=True)}
    assert len(found) < len(rows) * 25
    twice = [(i, j) for i in range(len(rows)) for j in range(i + 1, len(rows)) if TRUE[i] == TRUE[j]]
    assert sum(pair in found for pair in twice) >= 0.95 * len(twice)


def test_stopping_stops() -> None:
    progress = Progress()
    progress.stop()
    with pytest.raises(Stopped):
        engine.link(mentions_of(ROWS), Constraints(), progress)


@pytest.mark.parametrize("rows", [[], [{"first": "Ann", "last": "Alone"}], [{}, {}, {}]])
def test_hardly_anything_to_link(rows: list[dict[str, object]]) -> None:
    linked = link(rows)
    assert len(set(linked.group.tolist())) == len(rows)


def test_names_that_sound_alike_meet() -> None:
    assert sound("SCHMIDT") == sound("SMITT")
    assert sound("PHILIPS") == sound("FILIPS")
    assert sound("GARCIA") != sound("MARTINEZ")


@pytest.mark.parametrize("some", [1, 20, 150])
def test_standing_blocks_give_every_pair_of_the_mentions_asked_for(some: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blocking, "COMPARED_IN_FULL", 0)
    standard = standardise(mentions_of(ROWS), Progress())
    asked = np.random.default_rng(some).permutation(standard.size) < some
    every = blocking.candidate_pairs(standard, passes(), Progress())
    found = blocking.StandingBlocks(standard, passes(), Progress()).pairs_of(asked)
    wanted = every.at(asked[every.left] | asked[every.right])
    assert 0 < len(found) == len(wanted)
    assert found.left.tolist() == wanted.left.tolist()
    assert found.right.tolist() == wanted.right.tolist()


def test_the_first_turn_of_learning_is_let_go_before_the_second(monkeypatch: pytest.MonkeyPatch) -> None:
    """It holds the weights of every pair: at a million records a fifth of a gigabyte."""
    turns: list[weakref.ref[Scored]] = []
    score = Scorer.score

    def watched(*words: Any) -> Scored:
        assert all(turn() is None for turn in turns)
        found = score(*words)
        turns.append(weakref.ref(found))
        return found

    monkeypatch.setattr(Scorer, "score", watched)
    link(ROWS)
    assert len(turns) == 2


def test_one_thread_or_two_give_the_same_people(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blocking, "COMPARED_IN_FULL", 0)
    monkeypatch.setattr(grouping, "AT_ONCE", 50)
    monkeypatch.setattr(cluster, "AT_ONCE", 20)
    found = []
    for threads in (1, 2):
        monkeypatch.setattr(compare_words, "THREADS", threads)
        monkeypatch.setattr(side_by_side, "THREADS", threads)
        found.append(engine.link(mentions_of(ROWS), Constraints(), Progress()))
    assert found[0].group.tolist() == found[1].group.tolist()
    assert found[0].total.tolist() == found[1].total.tolist()
