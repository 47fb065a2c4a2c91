"""EM against a plain computation of its own, and what happens where there is nothing to learn from."""

from __future__ import annotations

import math

import numpy as np
import pytest

from ddj_desktop.linkage.keys import Pass
from ddj_desktop.linkage.learn import ROUNDS, SHIPPED_M_COUNTS_AS, em, learn_m, learn_prior, shares
from ddj_desktop.linkage.model import BY_NAME, FIELDS, starting_model
from ddj_desktop.linkage.types import Compared, Floats, Levels, Pairs


def simulated(pairs: int, share: float, seed: int) -> dict[str, Levels]:
    """Levels drawn from a model that is not the shipped one."""
    chance = np.random.default_rng(seed)
    match = chance.random(pairs) < share
    out = {}
    for name, m in (("sex", [0.1, 0.9]), ("phone", [0.2, 0.8]), ("middle", [0.1, 0.3, 0.6])):
        u = starting_model().u[name][1:]
        of_match = chance.choice(np.arange(1, len(m) + 1), pairs, p=m)
        of_other = chance.choice(np.arange(1, len(m) + 1), pairs, p=u / u.sum())
        out[name] = np.where(match, of_match, of_other).astype(np.int8)
    return out


def plain_em(levels: dict[str, Levels]) -> dict[str, list[float]]:
    """The same algorithm pair by pair in plain Python, with the shipped values as a third of their weight."""
    model = starting_model()
    m = {name: model.m[name].tolist() for name in levels}
    share, size = 0.3, len(next(iter(levels.values())))
    for _ in range(ROUNDS):
        posterior = []
        for at in range(size):
            a, b = share, 1 - share
            for name, column in levels.items():
                a *= m[name][column[at]]
                b *= model.u[name][column[at]]
            posterior.append(a / (a + b))
        share = sum(posterior) / size
        for name, column in levels.items():
            strength = SHIPPED_M_COUNTS_AS / 3
            counts = [strength * value for value in model.m[name]]
            for at in range(size):
                counts[column[at]] += posterior[at]
            total = sum(counts[1:])
            m[name] = [1.0] + [count / total for count in counts[1:]]
    return m


def test_em_agrees_with_a_plain_computation() -> None:
    levels = simulated(800, 0.4, 7)
    found = em(levels, np.ones(800, np.int64), starting_model())
    assert found is not None
    expected = plain_em(levels)
    for name in levels:
        assert found[0][name] == pytest.approx(np.array(expected[name]), abs=1e-6)


def test_em_finds_the_m_the_pairs_were_drawn_from() -> None:
    found = em(simulated(60_000, 0.4, 8), np.ones(60_000, np.int64), starting_model())
    assert found is not None
    assert found[0]["middle"][1:] == pytest.approx(np.array([0.1, 0.3, 0.6]), abs=0.02)
    assert found[1] == pytest.approx(0.4 * 60_000, rel=0.03)


def test_patterns_and_how_often_they_stand_teach_what_the_pairs_do() -> None:
    levels = simulated(5_000, 0.4, 9)
    rows = np.stack(list(levels.values()))
    patterns, often = np.unique(rows, axis=1, return_counts=True)
    of_pairs = em(levels, np.ones(5_000, np.int64), starting_model())
    of_patterns = em(dict(zip(levels, patterns, strict=True)), often, starting_model())
    assert of_pairs is not None
    assert of_patterns is not None
    assert of_patterns[1] == of_pairs[1]
    assert all(of_patterns[0][name].tolist() == of_pairs[0][name].tolist() for name in levels)


def test_pairs_of_one_field_teach_nothing() -> None:
    assert em({"sex": np.ones(500, np.int8)}, np.ones(500, np.int64), starting_model()) is None


def test_few_observations_stay_near_the_shipped_values() -> None:
    prior = starting_model().m["sex"]
    few = shares(np.array([1, 1], np.int8), None, prior, 60.0)
    many = shares(np.ones(100_000, np.int8), None, prior, 60.0)
    assert abs(few[1] - prior[1]) < 0.04
    assert many[1] > 0.99


@pytest.mark.parametrize("field", FIELDS, ids=lambda f: f.name)
def test_shipped_values_are_probabilities_and_agreement_speaks_for_a_match(field: object) -> None:
    compared = BY_NAME[field.name]  # type: ignore[attr-defined]
    assert math.isclose(sum(compared.m), 1.0, abs_tol=1e-6)
    assert math.isclose(sum(compared.u), 1.0, abs_tol=1e-6)
    assert compared.m[-1] > compared.u[-1]
    assert compared.m[0] < compared.u[0]


def test_prior_agrees_with_the_pairs_it_gives_rise_to() -> None:
    bits = np.concatenate([np.full(400, 30.0), np.full(5000, -20.0)])
    prior = learn_prior(bits, 1000)
    every = 1000 * 999 / 2
    expected = np.sum(1 / (1 + np.exp2(-(bits + prior))))
    assert 2**prior / (1 + 2**prior) * every == pytest.approx(expected, rel=0.01)


def test_a_field_no_pass_can_tell_of_is_learned_from_the_matches_believed_in() -> None:
    chance = np.random.default_rng(3)
    size = 3000
    one = chance.random(size) < 0.3
    exact, other = len(BY_NAME["given"].levels), 1
    levels = {field.name: np.zeros(size, np.int8) for field in FIELDS}
    for name in ("given", "surname"):
        levels[name] = np.where(one, len(BY_NAME[name].levels), other).astype(np.int8)
    digit = BY_NAME["birth"].code("digit")
    levels["birth"] = np.where(one, np.where(chance.random(size) < 0.5, 11, digit), other).astype(np.int8)
    compared = Compared(np.arange(size), levels)
    taught = Pairs(np.zeros(size, np.int64), np.ones(size, np.int64), {0: np.arange(size)})
    on_date = Pass("birth date", frozenset({"birth"}), True, lambda k: [k.birth])

    def learned(believed: Floats | None) -> Floats:
        model = starting_model()
        learn_m(model, taught, compared, [on_date], believed)
        assert model.m["given"][exact] > 0.9
        return model.m["birth"]

    assert learned(None).tolist() == starting_model().m["birth"].tolist()
    assert learned(one.astype(float))[[digit, 11]] == pytest.approx(np.array([0.5, 0.5]), abs=0.06)


def test_where_only_years_are_known_the_shipped_chances_are_those_of_years() -> None:
    field = BY_NAME["birth"]
    years = starting_model(dates=False).m["birth"]
    assert years[1:].sum() == pytest.approx(1.0, abs=1e-6)
    assert years[field.code("age fits")] > 0.8
    assert years[field.code("exact")] < 1e-6
    assert starting_model().m["birth"][1:].tolist() == list(field.m)
