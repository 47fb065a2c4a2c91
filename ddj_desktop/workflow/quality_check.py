"""What the blind samples of a year say about matching: the share that is right, with its interval."""

from __future__ import annotations

from dataclasses import dataclass

from ddj_desktop.kernel.dates import Month
from ddj_desktop.linkage.quality import Answers, quality
from ddj_desktop.measures.statistics import Interval, wilson
from ddj_desktop.store.lane import Lane

WARN_BELOW = 0.90
"""A share of joined pairs that are right below this is told as a warning (ux reference MA-11)."""


@dataclass(frozen=True)
class Share:
    """One lot: its answers and the interval of the share where the program was right; None where none was answered."""

    answers: Answers
    interval: Interval | None

    def as_facts(self) -> dict[str, float | int | None]:
        """For JSON: counts, share and interval."""
        looked = self.answers.looked
        return {
            "drawn": self.answers.drawn, "looked_at": looked, "right": self.answers.right,
            "not_sure": self.answers.not_sure, "drawn_from": self.answers.drawn_from,
            "share": round(self.answers.right / looked, 4) if looked else None,
            "low": round(self.interval.low, 4) if self.interval else None,
            "high": round(self.interval.high, 4) if self.interval else None,
        }  # fmt: skip

    def sentence(self, lot: str, truth: str) -> str:
        """`Of 19 pairs the program joined, 17 are one person: 89% (95% interval 69% to 97%).`"""
        if self.interval is None:
            return f"No pair {lot} was answered yet."
        share = 100 * self.answers.right / self.answers.looked
        return (
            f"Of {self.answers.looked:,} pairs {lot}, {self.answers.right:,} {truth}: {share:.0f}% "
            f"(95% interval {100 * self.interval.low:.0f}% to {100 * self.interval.high:.0f}%)."
        )


@dataclass(frozen=True)
class QualityOfYear:
    """Both lots over twelve months."""

    joined: Share
    apart: Share

    @property
    def words(self) -> tuple[str, ...]:
        """The sentences a person reads; a warning where joined pairs are right too seldom."""
        said = [
            self.joined.sentence("the program joined", "are one person"),
            self.apart.sentence("it left apart", "are two people"),
        ]
        looked = self.joined.answers.looked
        if looked and self.joined.answers.right / looked < WARN_BELOW:
            said.append("That is below 90%: look at the queue and at the people to check before the list is used.")
        return tuple(said)


def last_year(lane: Lane, month: Month) -> QualityOfYear:
    """The twelve months up to and including `month`."""
    found = quality(lane, month)
    return QualityOfYear(_share(found.joined), _share(found.apart))


def _share(answers: Answers) -> Share:
    return Share(answers, wilson(answers.right, answers.looked))
