"""The engine: mentions in, groups of mentions out, each pair with its evidence. Knows no file and no table of ours."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from ddj_desktop.kernel.errors import OurFault
from ddj_desktop.kernel.progress import Progress
from ddj_desktop.linkage.agreement import compare_all
from ddj_desktop.linkage.blocking import StandingBlocks, candidate_pairs
from ddj_desktop.linkage.camps import taken_apart
from ddj_desktop.linkage.cluster import JOIN, JOIN_STRANGERS, cluster, components
from ddj_desktop.linkage.compare import Vocabularies
from ddj_desktop.linkage.frequency import as_counted, by_people, counted, stand_in_people
from ddj_desktop.linkage.grouping import distinct, stretches
from ddj_desktop.linkage.keys import passes
from ddj_desktop.linkage.learn import learn_families, learn_m, learn_prior, learn_u, most_by_names, random_pairs
from ddj_desktop.linkage.model import Model, starting_model
from ddj_desktop.linkage.rivals import without_rivals
from ddj_desktop.linkage.score import Scored, Scorer, contradicted, in_groups, own_facts, tied
from ddj_desktop.linkage.standardise import standardise
from ddj_desktop.linkage.trained import Trained
from ddj_desktop.linkage.types import (
    Bits,
    Compared,
    Constraints,
    Flags,
    Floats,
    Ints,
    Levels,
    Linked,
    Mentions,
    Pairs,
    Standard,
    Weights,
    probability,
)


@dataclass(frozen=True)
class Training:
    """A full run that learned, and what it learned."""

    linked: Linked
    trained: Callable[[], Trained]
    """What to keep of it, so that later runs weigh as this one did."""


def link(mentions: Mentions, constraints: Constraints, progress: Progress) -> Linked:
    """Learn from the mentions and find who is one person. See `train`."""
    return train(mentions, constraints, progress).linked


def train(mentions: Mentions, constraints: Constraints, progress: Progress) -> Training:
    """Learn from the mentions and find who is one person among them.

    Mentions come in the ascending order of `stable`, so that the answer depends on what they say alone and not on how
    a file happened to be sorted. `constraints` name positions in `mentions`. Raises Stopped.
    """
    run = _Run.of(mentions, constraints, progress)
    pairs = candidate_pairs(run.standard, passes(), progress)
    vocabularies = Vocabularies(run.standard)
    strangers = random_pairs(np.flatnonzero(run.standard.linkable))
    of_strangers, compared = run.compared([(strangers, vocabularies.forgetful()), (pairs, vocabularies)])
    del vocabularies  # what they know of words is large, and of no more use
    progress.step("Learning how records agree")
    levels = of_strangers.at(slice(None))

    def learned(person: Ints, believed: Floats | None = None) -> _Weighed:
        apart = person[strangers.left] != person[strangers.right]
        return _learned(run, pairs, compared, levels, apart, person, believed)

    guessed = learned(stand_in_people(run.standard))
    person, believed = (
        guessed.tied_together(run.standard.size),
        guessed.matches() if guessed.scorer.model.untold else None,
    )
    del guessed  # the weights of millions of pairs
    held = learned(person, believed)
    return Training(run.answered(held), lambda: Trained(held.scorer.model, counted(run.standard, person)))


def _learned(
    run: _Run,
    pairs: Pairs,
    compared: Compared,
    strangers: dict[str, Levels],
    apart: Flags,
    person: Ints,
    believed: Floats | None,
) -> _Weighed:
    """The pairs weighed by a model learned from them and from random pairs (`strangers`: their levels), as far as these
    are `apart`, of two people. Value frequencies count people: `person` is a guess at them, at first by the start of
    names and the year of birth, then whoever the first turn's pairs for joining tie together; `believed` are that
    turn's matches by pattern, where a field can be learned from nothing else."""
    run.progress.check()
    model = starting_model(bool((run.standard.birth > 0).any()))
    learn_u(model, strangers, apart)
    learn_m(model, pairs, compared, passes(), believed)
    learn_families(model, compared)
    model.most_by_names = most_by_names(len(distinct(person[run.standard.surname.codes >= 0])[0]))
    run.progress.check()
    scorer = Scorer(model, by_people(run.standard, person))
    found = scorer.score(pairs, compared, contradicted(compared.levels, model), run.progress)
    run.progress.check()
    model.prior = learn_prior(found.bits, int(run.standard.linkable.sum()))
    return _Weighed(pairs, compared, scorer, found, found.total(model))


def link_all(mentions: Mentions, constraints: Constraints, progress: Progress, trained: Trained) -> Linked:
    """Find who is one person as an earlier training weighs it. Raises Stopped."""
    run = _Run.of(mentions, constraints, progress)
    pairs = candidate_pairs(run.standard, passes(), progress)
    scorer = Scorer(trained.model, as_counted(run.standard, trained.counts))
    return run.answered(run.held(pairs, scorer, Vocabularies(run.standard)))


def link_new(
    mentions: Mentions, earlier: Ints, new: Flags, constraints: Constraints, progress: Progress, trained: Trained
) -> Linked:
    """Find the people of new mentions among earlier ones, with the same answer as `link_all` on all of them.

    `earlier` is the group of each mention as the last run left it (any numbers; what new ones have does not matter).
    `new` marks the mentions that came since, and any whose decisions or companions changed. Looked at are these and
    whoever is joined to them, directly or through others, by a pair that is for joining; all others stay.

    The pairs of the answer are those of whoever is looked at, with others too. Raises Stopped.
    """
    run = _Run.of(mentions, constraints, progress)
    scorer = Scorer(trained.model, as_counted(run.standard, trained.counts))
    blocks = StandingBlocks(run.standard, passes(), progress)
    progress.step("Looking near the new records")
    region, every = _region(run, blocks, scorer, earlier, new)
    inside = every.at(np.flatnonzero(region[every.pairs.left] & region[every.pairs.right]))
    linked = run.answered(inside)
    group = _named_by_first(np.where(region, linked.group, earlier + mentions.size))
    return replace(
        linked, group=group, looked_at=region, pairs=every.pairs, compared=every.compared, total=every.total,
        weigh=every.weights_at,
    )  # fmt: skip


def _region(run: _Run, blocks: StandingBlocks, scorer: Scorer, earlier: Ints, new: Flags) -> tuple[Flags, _Weighed]:
    """New mentions and whoever is joined to them by pairs for joining and by decisions, directly or through others;
    and every pair with one of these in it, weighed once.

    An earlier group is taken whole: its members are nearly always joined so, and are then found in one round.
    """
    region, fresh = np.zeros(len(new), np.bool_), new.copy()
    names, group = distinct(earlier)
    vocabularies = Vocabularies(run.standard)
    found: list[_Weighed] = []
    while fresh.any() or not found:
        run.progress.check()
        pairs = blocks.pairs_of(fresh)
        held = run.held(pairs.at(~(region[pairs.left] | region[pairs.right])), scorer, vocabularies)
        found.append(held)
        region |= fresh
        joining = held.total >= JOIN
        fresh = region.copy()
        fresh[held.pairs.left[joining]] = fresh[held.pairs.right[joining]] = True
        for a, b in run.constraints.same:
            fresh[[a, b]] |= fresh[a] | fresh[b]
        of_group = np.zeros(len(names), np.bool_)
        of_group[group[fresh & ~new]] = True
        fresh |= of_group[group] & ~new
        fresh &= ~region
    return region, _Weighed.all_of(found)


def _named_by_first(names: Ints) -> Ints:
    """Groups named by their first mention."""
    _, first, back = np.unique(names, return_index=True, return_inverse=True)
    return np.asarray(first[back], np.int64)


@dataclass(frozen=True)
class _Weighed:
    """Pairs with everything that was found about them."""

    pairs: Pairs
    compared: Compared
    scorer: Scorer
    found: Scored
    total: Bits

    def at(self, places: Ints) -> _Weighed:
        """The pairs at the given places."""
        pairs, compared = self.pairs.at(places), self.compared.of(places)
        return _Weighed(pairs, compared, self.scorer, self.found.at(places), self.total[places])

    def tied_together(self, size: int) -> Ints:
        """People among so many mentions by the pairs for joining alone."""
        at = np.flatnonzero(self.total >= JOIN)
        return components(size, self.pairs.left[at], self.pairs.right[at])

    def matches(self) -> Floats:
        """By agreement pattern, how many of its pairs are one person, as far as their weights can say."""
        out = np.zeros(self.compared.different)
        for part in stretches(len(self.total)):
            sure = probability(self.total[part])
            out += np.bincount(self.compared.pattern[part], weights=sure, minlength=len(out))
        return out

    @staticmethod
    def all_of(parts: list[_Weighed]) -> _Weighed:
        """Pairs weighed in several turns, in order."""
        pairs = Pairs.all_of([part.pairs for part in parts])
        every = _Weighed(
            pairs, Compared.all_of([part.compared for part in parts]), parts[0].scorer,
            Scored.all_of([part.found for part in parts]), np.concatenate([part.total for part in parts]),
        )  # fmt: skip
        packed = pairs.left.astype(np.int64) << 32 | pairs.right
        return every.at(np.argsort(packed, kind="stable"))  # quick where sorted parts follow one another

    def weights_at(self, at: Ints) -> Weights:
        """Everything that was added up for the pairs at the given places."""
        out = self.scorer.weigh(self.compared.of(at), self.pairs.left[at], self.pairs.right[at])
        out["names alone"], out["contradiction"] = self.found.at(at).beyond(self.scorer.model)
        return out


@dataclass(frozen=True)
class _Run:
    """One run over mentions: what every way of matching does with them."""

    standard: Standard
    constraints: Constraints
    progress: Progress

    @staticmethod
    def of(mentions: Mentions, constraints: Constraints, progress: Progress) -> _Run:
        if np.any(np.diff(mentions.stable) < 0):
            raise OurFault(what="mentions came in no stable order")
        progress.step("Reading names and dates")
        standard = standardise(mentions, progress)
        progress.step("Finding pairs to compare")
        return _Run(standard, constraints, progress)

    def compared(self, lots: Sequence[tuple[Pairs, Vocabularies]]) -> list[Compared]:
        """Every pair of some lots compared."""
        self.progress.step("Comparing pairs", sum(len(pairs) for pairs, _ in lots))
        return compare_all(lots, self.progress)

    def answered(self, held: _Weighed) -> Linked:
        """Groups by pairs weighed."""
        person, refused = self.grouped(held.pairs, held.total, held.compared, held.scorer.model)
        return self.settled(held, person, refused)

    def held(self, pairs: Pairs, scorer: Scorer, vocabularies: Vocabularies) -> _Weighed:
        """Pairs compared and weighed."""
        (compared,) = self.compared([(pairs, vocabularies)])
        found = scorer.score(pairs, compared, contradicted(compared.levels, scorer.model), self.progress)
        return _Weighed(pairs, compared, scorer, found, found.total(scorer.model))

    def grouped(
        self, pairs: Pairs, total: Bits, compared: Compared, model: Model
    ) -> tuple[Ints, tuple[tuple[int, int], ...]]:
        """Groups of mentions, those that hold a contradiction taken apart; and decisions that contradict each other."""
        self.progress.step("Putting people together")
        bits, join = in_groups(total, compared, model), JOIN if model.families else JOIN_STRANGERS
        person, refused = cluster(
            self.standard.size, pairs.left, pairs.right, bits, self.constraints, self.progress, join
        )  # fmt: skip
        facts = own_facts(compared.levels, model)
        tie = tied(compared, total, facts)
        return taken_apart(person, pairs, total, compared.pattern, facts, tie, self.constraints, self.progress), refused

    def settled(self, w: _Weighed, person: Ints, refused: tuple[tuple[int, int], ...]) -> Linked:
        """The answer, once mentions that fit two people are taken out of both."""
        model = w.scorer.model
        found = w.found
        group = without_rivals(person, w.pairs, w.total, found.home, w.compared, found.against, self.constraints)
        return Linked(
            group, w.pairs, w.compared, w.total, model.prior, self.standard, model.as_facts(), tuple(model.notes),
            refused, np.ones(self.standard.size, np.bool_), w.weights_at,
        )  # fmt: skip
