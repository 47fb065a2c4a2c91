"""The engine: mentions in, groups of mentions out, each pair with its evidence. Knows no file and no table of ours."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ddj_desktop.kernel.errors import OurFault
from ddj_desktop.kernel.progress import Progress
from ddj_desktop.linkage.blocking import candidate_pairs
from ddj_desktop.linkage.camps import taken_apart
from ddj_desktop.linkage.cluster import cluster
from ddj_desktop.linkage.compare import Vocabularies, compare
from ddj_desktop.linkage.frequency import Frequencies, stand_in_people
from ddj_desktop.linkage.grouping import stretches
from ddj_desktop.linkage.keys import passes
from ddj_desktop.linkage.learn import learn_m, learn_prior, learn_u, random_pairs
from ddj_desktop.linkage.model import FIELDS, starting_model
from ddj_desktop.linkage.rivals import without_rivals
from ddj_desktop.linkage.score import Scored, Scorer, contradicted, own_facts, tied
from ddj_desktop.linkage.standardise import standardise
from ddj_desktop.linkage.types import Constraints, Ints, Levels, Linked, Mentions, Pairs, Weights

TURNS = 2
"""First with stand-ins for people, then with the people the first turn found: value frequencies count people."""


def link(mentions: Mentions, constraints: Constraints, progress: Progress) -> Linked:
    """Find who is one person. Mentions come in the ascending order of `stable`, so that the answer depends on what
    they say alone and not on how a file happened to be sorted.

    `constraints` name positions in `mentions`. Raises Stopped.
    """
    if np.any(np.diff(mentions.stable) < 0):
        raise OurFault(what="mentions came in no stable order")
    progress.step("Reading names and dates")
    standard = standardise(mentions)
    progress.step("Finding pairs to compare")
    ways = passes()
    pairs = candidate_pairs(standard, ways, progress)
    vocabularies = Vocabularies(standard)
    levels = compare_all(vocabularies, pairs, progress)
    progress.step("Learning how records agree")
    strangers, person = _Random.of(vocabularies), stand_in_people(standard)
    for _ in range(TURNS):
        progress.check()
        model = starting_model()
        learn_u(model, strangers.levels, person[strangers.left] != person[strangers.right])
        learn_m(model, pairs, levels, ways)
        scorer = Scorer(model, Frequencies(standard, person))
        facts = own_facts(levels, model)
        found = scorer.score(pairs, levels, contradicted(levels, facts))
        model.prior = learn_prior(found.bits, int(standard.linkable.sum()))
        total = found.total(model.prior)
        progress.step("Putting people together")
        person, refused = cluster(standard.size, pairs.left, pairs.right, total, constraints)
        person = taken_apart(person, pairs, total, facts, tied(levels, total, facts), constraints)
    against = contradicted(levels, facts)
    person = without_rivals(person, pairs, total, found.home, levels, against, constraints)
    return Linked(
        person, pairs, levels, total, model.prior, standard, model.as_facts(), tuple(model.notes), refused,
        lambda at: _weights_at(scorer, found, model.prior, pairs, levels, at),
    )  # fmt: skip


def _weights_at(
    scorer: Scorer, found: Scored, prior: float, pairs: Pairs, levels: dict[str, Levels], at: Ints
) -> Weights:
    """Everything that was added up for the pairs at the given places."""
    out = scorer.weigh({name: level[at] for name, level in levels.items()}, pairs.left[at], pairs.right[at])
    out["names alone"], out["contradiction"] = found.at(at).beyond(prior)
    return out


def compare_all(vocabularies: Vocabularies, pairs: Pairs, progress: Progress) -> dict[str, Levels]:
    """Levels of every pair, compared in slices."""
    progress.step("Comparing pairs", len(pairs))
    out = {field.name: np.zeros(len(pairs), np.int8) for field in FIELDS}
    for part in stretches(len(pairs)):
        for name, levels in compare(vocabularies, pairs.left[part], pairs.right[part]).items():
            out[name][part] = levels
        progress.at(part.stop)
    return out


@dataclass(frozen=True)
class _Random:
    """Random pairs with their levels: what strangers agree on."""

    left: Ints
    right: Ints
    levels: dict[str, Levels]

    @staticmethod
    def of(vocabularies: Vocabularies) -> _Random:
        left, right = random_pairs(np.flatnonzero(vocabularies.standard.linkable))
        return _Random(left, right, compare(vocabularies, left, right))
