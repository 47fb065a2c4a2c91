"""A training kept: the same answer with it as without, and new records matched as in a full run."""

from __future__ import annotations

import json
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ddj_desktop.kernel.progress import Progress
from ddj_desktop.linkage import blocking, engine
from ddj_desktop.linkage.model import starting_model
from ddj_desktop.linkage.trained import Trained, model_from_facts
from ddj_desktop.linkage.types import Constraints, Ints
from tests.linkage.made_up import crowd, mentions_of, partition

ROWS = crowd(90, seed=21, copies=3)
MENTIONS = mentions_of(ROWS)
SIZE = len(ROWS)


@pytest.fixture(scope="module")
def training() -> engine.Training:
    return engine.train(MENTIONS, Constraints(), Progress())


def test_with_its_own_training_a_run_gives_what_it_gave(training: engine.Training) -> None:
    again = engine.link_all(MENTIONS, Constraints(), Progress(), training.trained())
    assert again.group.tolist() == training.linked.group.tolist()
    assert again.total == pytest.approx(training.linked.total)


def test_a_model_comes_back_from_what_is_kept_of_it(training: engine.Training) -> None:
    model = training.trained().model
    back = model_from_facts(json.loads(json.dumps(model.as_facts())))
    assert back.prior == model.prior
    assert all(back.m[name].tolist() == model.m[name].tolist() for name in model.m)
    assert all(back.u[name].tolist() == model.u[name].tolist() for name in model.u)


def test_a_model_of_other_fields_is_not_taken() -> None:
    facts = starting_model().as_facts()
    facts["m"] = {"given": [1.0]}
    with pytest.raises(KeyError):
        model_from_facts(facts)


def in_slices(cuts: list[int], chosen: Constraints, trained: Trained) -> Ints:
    """Groups after the rows came in slices: the first in a full run, each next one as new records."""
    edges = [0, *sorted(cuts), SIZE]
    group = np.empty(0, np.int64)
    for start, stop in pairwise(edges):
        there = mentions_of(ROWS[:stop])
        known = Constraints(*(tuple(p for p in pairs if max(p) < stop) for pairs in (chosen.same, chosen.different)))
        earlier = np.concatenate([group, np.full(stop - start, -1)])
        new = np.arange(stop) >= start
        for a, b in (*known.same, *known.different):
            new[[a, b]] = True
        group = engine.link_new(there, earlier, new, known, Progress(), trained).group
    return group


@given(st.lists(st.integers(1, SIZE - 1), max_size=4), st.data())
@settings(deadline=None, max_examples=12)
@pytest.mark.parametrize("in_full", [0, 1_500])
def test_in_any_slices_the_people_are_those_of_a_full_run(
    training: engine.Training, in_full: int, cuts: list[int], data: st.DataObject
) -> None:
    place = st.integers(0, SIZE - 1)
    pairs = data.draw(st.lists(st.tuples(place, place).filter(lambda p: p[0] != p[1]), max_size=4))
    chosen = Constraints(tuple(pairs[::2]), tuple(pairs[1::2]))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(blocking, "COMPARED_IN_FULL", in_full)
        trained = training.trained()
        whole = engine.link_all(MENTIONS, chosen, Progress(), trained)
        assert partition(range(SIZE), in_slices(cuts, chosen, trained)) == partition(range(SIZE), whole.group)


def test_only_those_near_new_records_are_looked_at(training: engine.Training) -> None:
    new = np.zeros(SIZE, np.bool_)
    new[7] = True
    linked = engine.link_new(
        MENTIONS, training.linked.group, new, Constraints(), Progress(), training.trained()
    )  # fmt: skip
    assert linked.group.tolist() == training.linked.group.tolist()
    assert 1 <= linked.looked_at.sum() < 30
