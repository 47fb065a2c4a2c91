"""The engine: mentions in, groups of mentions out, each pair with its evidence. Knows no file and no table of ours."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ddj_desktop.kernel.errors import OurFault
from ddj_desktop.kernel.progress import Progress
from ddj_desktop.linkage.blocking import candidate_pairs
from ddj_desktop.linkage.camps import taken_apart
from ddj_desktop.linkage.cluster import cluster
from ddj_desktop.linkage.compare import compare
from ddj_desktop.linkage.frequency import Frequencies, stand_in_people
from ddj_desktop.linkage.keys import passes
from ddj_desktop.linkage.learn import learn_m, learn_prior, learn_u, random_pairs
from ddj_desktop.linkage.model import FIELDS, starting_model
from ddj_desktop.linkage.rivals import without_rivals
from ddj_desktop.linkage.score import contradicted, own_facts, tied, total_bits, weigh
from ddj_desktop.linkage.standardise import standardise
from ddj_desktop.linkage.types import Constraints, Floats, Ints, Levels, Linked, Mentions, Pairs, Standard, Weights
from ddj_desktop.store.lane import Lane

AT_ONCE = 400_000
"""Pairs compared at a time: keeps memory even and the Cancel button quick."""
TURNS = 2
"""First with stand-ins for people, then with the people the first turn found: value frequencies count people."""


def link(mentions: Mentions, constraints: Constraints, scratch: Lane, progress: Progress) -> Linked:
    """Find who is one person. Mentions come in the ascending order of `stable`, so that the answer depends on what
    they say alone and not on how a file happened to be sorted.

    `constraints` name positions in `mentions`. The scratch lane is used for blocking and sees only numbers.
    """
    if np.any(np.diff(mentions.stable) < 0):
        raise OurFault(what="mentions came in no stable order")
    progress.step("Reading names and dates")
    standard = standardise(mentions)
    progress.step("Finding pairs to compare")
    ways = passes()
    pairs = candidate_pairs(standard, ways, scratch)
    levels = compare_all(standard, pairs, progress)
    progress.step("Learning how records agree")
    strangers, person = _Random.of(standard), stand_in_people(standard)
    for _ in range(TURNS):
        progress.check()
        model = starting_model()
        learn_u(model, strangers.levels, person[strangers.left] != person[strangers.right])
        learn_m(model, pairs, levels, ways)
        weights = weigh(model, pairs, levels, Frequencies(standard, person))
        model.prior = learn_prior(_sum(weights, len(pairs)), int(standard.linkable.sum()))
        facts = own_facts(levels, model)
        total = total_bits(weights, model.prior, levels, facts)
        progress.step("Putting people together")
        person, refused = cluster(standard.size, pairs.left, pairs.right, total, constraints)
        person = taken_apart(person, pairs, total, facts, tied(levels, total, facts), constraints)
    person = without_rivals(person, pairs, total, weights, levels, contradicted(levels, facts), constraints)
    return Linked(
        person, pairs, levels, weights, total, model.prior, standard, model.as_facts(), tuple(model.notes), refused
    )


def compare_all(standard: Standard, pairs: Pairs, progress: Progress) -> dict[str, Levels]:
    """Levels of every pair, compared in slices."""
    progress.step("Comparing pairs", len(pairs))
    out = {field.name: np.zeros(len(pairs), np.int8) for field in FIELDS}
    for start in range(0, len(pairs), AT_ONCE):
        stop = min(start + AT_ONCE, len(pairs))
        for name, levels in compare(standard, pairs.left[start:stop], pairs.right[start:stop]).items():
            out[name][start:stop] = levels
        progress.at(stop)
    return out


@dataclass(frozen=True)
class _Random:
    """Random pairs with their levels: what strangers agree on."""

    left: Ints
    right: Ints
    levels: dict[str, Levels]

    @staticmethod
    def of(standard: Standard) -> _Random:
        left, right = random_pairs(np.flatnonzero(standard.linkable))
        return _Random(left, right, compare(standard, left, right))


def _sum(weights: Weights, size: int) -> Floats:
    return np.asarray(sum(weights.values(), np.zeros(size)), np.float64)
