"""Possible matches, one pair at a time: the decisions of this sitting, their undo, and what they do to the list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import median

from ddj_desktop.kernel import clock
from ddj_desktop.kernel.dates import day_in_words
from ddj_desktop.linkage.contradictions import Contradiction
from ddj_desktop.linkage.queue import PairToReview
from ddj_desktop.screens.wording import many, number
from ddj_desktop.workflow.review_order import Queue

VERDICTS = {"same": "Same person", "different": "Different people", "not_sure": "Not sure"}
KNOWN_PACE = 4
"""Decisions of a sitting from which it is told how long the others take."""
A_BREAK = timedelta(minutes=10)
"""Time without a decision that begins another sitting."""
LONG = timedelta(minutes=25)
"""Looking at pairs for so long is told: care wears off."""


@dataclass(frozen=True)
class Made:
    """One decision of this sitting."""

    pair: PairToReview
    verdict: str
    at: datetime = field(default_factory=clock.now)

    def change(self, effect: Mapping[tuple[int, int], int]) -> int:
        """How many more people the list holds by it; `effect` is that of the answer the pair does not stand at now."""
        together = self.pair.left.get("person_id") == self.pair.right.get("person_id")
        otherwise = self.verdict == ("different" if together else "same")
        return effect.get(key(self.pair), 0) if otherwise else 0


@dataclass(frozen=True)
class Review:
    """The queue and where one is in it. Every choice gives a new Review."""

    pairs: tuple[PairToReview, ...] = ()
    made: tuple[Made, ...] = ()
    revealed: bool = False
    """The names of the pair in front are shown."""
    how: bool = False
    """The steps of the reckoning are shown."""

    @property
    def current(self) -> PairToReview | None:
        """The pair on the table."""
        return self.pairs[0] if self.pairs else None

    @property
    def left(self) -> int:
        """How many pairs are waiting, this one too."""
        return len(self.pairs)

    @property
    def place(self) -> str:
        """`3 of 8`."""
        return f"{number(len(self.made) + 1)} of {number(len(self.made) + len(self.pairs))}"

    @property
    def pace(self) -> str:
        """`about 2 minutes at your pace`: the usual time from one decision to the next, for all that wait. Empty before
        it is known."""
        gaps = [later.at - earlier.at for earlier, later in pairwise(self.made) if later.at - earlier.at < A_BREAK]
        if len(gaps) < KNOWN_PACE - 1 or not self.pairs:
            return ""
        minutes = round(median(gap.total_seconds() for gap in gaps) * self.left / 60)
        return (
            f"about {many(minutes, 'minute', 'minutes')} at your pace" if minutes else "a minute or less at your pace"
        )

    @property
    def long(self) -> str:
        """`You have been looking at pairs for 25 minutes.` Empty before, and after a break."""
        begins = [0, *(n for n, (a, b) in enumerate(pairwise(self.made), start=1) if b.at - a.at >= A_BREAK)]
        if not self.made or self.made[-1].at - self.made[begins[-1]].at < LONG:
            return ""
        minutes = (self.made[-1].at - self.made[begins[-1]].at) // timedelta(minutes=1)
        return f"You have been looking at pairs for {number(minutes)} minutes."

    def decide(self, verdict: str) -> Review:
        """Decide the pair on the table and turn to the next."""
        if self.current is None or verdict not in VERDICTS:
            return self
        return Review(self.pairs[1:], (*self.made, Made(self.current, verdict)))

    def undo(self) -> tuple[Review, Made | None]:
        """Back to the pair decided last. Also gives what was taken back; None where nothing was decided."""
        if not self.made:
            return self, None
        last = self.made[-1]
        return Review((last.pair, *self.pairs), self.made[:-1]), last

    def reveal(self) -> Review:
        """Show or hide the names of this pair."""
        return replace(self, revealed=not self.revealed)

    def show_how(self) -> Review:
        """Show or hide the steps of the reckoning."""
        return replace(self, how=not self.how)

    def fresh(self, pairs: Sequence[PairToReview]) -> Review:
        """The queue was read anew: what was decided in this sitting stays out of it, and in front stays in front."""
        settled = {key(made.pair) for made in self.made}
        open_now = [pair for pair in pairs if key(pair) not in settled]
        front = [pair for pair in open_now if self.current is not None and key(pair) == key(self.current)]
        rest = [pair for pair in open_now if pair not in front]
        return replace(self, pairs=tuple(front + rest))

    def said(self, queue: Queue) -> str:
        """`Your 3 decisions so far: 2 same person, 1 different people. The list of Oct 31, 2026 goes from 91 to 92.`"""
        if not self.made:
            return ""
        counts = [(words, sum(1 for made in self.made if made.verdict == name)) for name, words in VERDICTS.items()]
        told = ", ".join(f"{count} {words.lower()}" for words, count in counts if count)
        words = f"Your {many(len(self.made), 'decision', 'decisions')} so far: {told}."
        if queue.as_of is None:
            return words
        more = sum(made.change(queue.effect) for made in self.made)
        day, before = day_in_words(queue.as_of), number(queue.on_list)
        if not more:
            return f"{words} The list of {day} keeps its {before} people."
        return f"{words} The list of {day} goes from {before} to {number(queue.on_list + more)} people."


def key(pair: PairToReview) -> tuple[int, int]:
    """What names a pair."""
    return pair.left_record, pair.right_record


def contradiction_words(found: Contradiction) -> str:
    """What to say when a decision does not go together with earlier ones."""
    chain = many(len(found.chain), "decision says", "decisions together say")
    return (
        "This does not go together with what was decided before: one decision says two people, and "
        f"{chain} one person. They stay apart until one of these is taken back: press Backspace for the last one, or "
        "see Check these people."
    )
