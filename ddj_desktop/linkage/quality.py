"""The blind sample: pairs drawn at random, answered by a person who does not see what the program said.

Of every match the pairs that hold people together (each record's strongest pair within its person) and the nearest
strangers (each record's strongest pair outside it) are the two lots. A month draws JOINED from the first and APART from
the second, in an order made from a seed kept in the file, so that nobody chooses and the draw can be repeated. The
share answered as the program said estimates how often it is right on each lot (acceptance sampling; a simple random
sample without replacement).
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass

import numpy as np

from ddj_desktop.kernel import clock
from ddj_desktop.kernel.dates import Month
from ddj_desktop.linkage.decisions import VERDICTS
from ddj_desktop.linkage.errors import NoSample
from ddj_desktop.linkage.queue import PairToReview, SamplePair, side_by_side
from ddj_desktop.linkage.types import Ints
from ddj_desktop.store.lane import Lane
from ddj_desktop.store.sql import sql

JOINED, APART = 20, 10
"""Pairs a month draws of those the program joined, and of those it left apart."""
POOL = 300
"""Nearest strangers kept after a match for the month to draw from, drawn at random themselves."""
_SEED = "quality_seed"


@dataclass(frozen=True)
class Answers:
    """What was answered on one lot: pairs drawn, answered, answered as the program said, and not sure."""

    drawn: int
    right: int
    wrong: int
    not_sure: int
    drawn_from: int
    """Pairs in the lot when it was last drawn from."""

    @property
    def looked(self) -> int:
        """Pairs answered same or different: what the estimate rests on."""
        return self.right + self.wrong


@dataclass(frozen=True)
class Quality:
    """The answers of some months."""

    joined: Answers
    apart: Answers


def pool_of(strangers: Ints, share: float, run_id: int, seed: str) -> Ints:
    """At most POOL of the nearest strangers, drawn at random by the file's seed and the run; of a run that looked at a
    share of all records, that share of POOL."""
    room = int(np.ceil(POOL * share))
    if len(strangers) <= room:
        return strangers
    chance = np.random.default_rng([int(seed, 16), run_id])
    return np.sort(chance.choice(strangers, room, replace=False))


def seed_of(lane: Lane) -> str:
    """The file's own seed, made once: 16 hexadecimal digits."""
    found = lane.rows("SELECT value FROM setting WHERE name = $name", name=_SEED)
    if found:
        return str(found[0][0])
    seed = secrets.token_hex(8)
    lane.run("INSERT INTO setting VALUES ($name, $seed)", name=_SEED, seed=seed)
    return seed


def draw(lane: Lane, month: Month) -> int:
    """Draw the sample of a month, once; drawn already, it stays as it is. Returns its pairs.

    Pairs a person has decided are not drawn: they say nothing about the program. Raises NoSample before a match.
    """
    have = int(lane.value("SELECT count(*) FROM quality_pair WHERE month = $month", month=str(month)))
    if have:
        return have
    found = lane.rows(sql("linkage", "quality_draw"), seed=seed_of(lane), month=str(month), joined=JOINED, apart=APART)
    if not found:
        raise NoSample
    lane.append(
        "quality_pair",
        {
            "month": [str(month)] * len(found), "place": list(range(1, len(found) + 1)),
            "left_record": [row[0] for row in found], "right_record": [row[1] for row in found],
            "joined": [row[2] for row in found], "drawn_from": [row[3] for row in found],
        },
    )  # fmt: skip
    return len(found)


def sample(lane: Lane, month: Month) -> list[SamplePair]:
    """The month's pairs in the order drawn; one of which a record has left the file since is left out."""
    rows = lane.dicts(sql("linkage", "quality_pairs"), month=str(month))
    verdict = {(row["left_record"], row["right_record"]): (row["place"], row["verdict"]) for row in rows}
    return [
        SamplePair(*_place(verdict[pair.left_record, pair.right_record], pair)) for pair in side_by_side(lane, rows)
    ]


def _place(found: tuple[int, str], pair: PairToReview) -> tuple[int, PairToReview, str]:
    return found[0], pair, found[1]


def answer(lane: Lane, month: Month, place: int, verdict: str, actor: str) -> None:
    """Keep an answer; it is no decision and changes nobody. Raises NoSample where there is no such pair."""
    if verdict not in VERDICTS:
        raise ValueError("an answer is same, different or not_sure")
    there = lane.rows(
        "SELECT 1 FROM quality_pair WHERE month = $month AND place = $place", month=str(month), place=place
    )
    if not there:
        raise NoSample
    lane.run(
        "UPDATE quality_pair SET verdict = $verdict, answered_by = $actor, answered_at = $at "
        "WHERE month = $month AND place = $place",
        verdict=verdict, actor=actor, at=clock.now(), month=str(month), place=place,
    )  # fmt: skip


def quality(lane: Lane, last: Month, months: int = 12) -> Quality:
    """What the samples of some months up to `last` say."""
    rows = {
        bool(row["joined"]): Answers(
            int(row["drawn"]), int(row["agreed"]), int(row["wrong"]), int(row["not_sure"]), int(row["drawn_from"])
        )
        for row in lane.dicts(sql("linkage", "quality_answers"), first=str(last.plus(1 - months)), last=str(last))
    }
    nothing = Answers(0, 0, 0, 0, 0)
    return Quality(rows.get(True, nothing), rows.get(False, nothing))
