"""What matching lays before a person beside the queue: people to check, merges and splits, kinds of pairs, the blind
check. Each as lines of a table; the blind check as a state."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ddj_desktop.linkage.changes import LoggedChange
from ddj_desktop.linkage.integrity import ToCheck
from ddj_desktop.linkage.patterns import Alike
from ddj_desktop.linkage.queue import PairToReview, SamplePair
from ddj_desktop.linkage.second_look import Agreement, Disagreement
from ddj_desktop.screens.review import VERDICTS
from ddj_desktop.screens.wording import local, many, number, share

EXAMPLES = 10
"""Pairs of a kind somebody looks at before all of it is decided."""
STRONG, MEDIUM = 10.0, 5.0
"""Bits from which a record is held strongly (a thousand to one), or fairly (97 %); below, weakly."""

CHECK_HEADINGS = ("Person", "What can hardly be true")
CHANGE_HEADINGS = ("No.", "When", "What happened", "Why it did", "State")
DIFFER_HEADINGS = ("Decision", "Left record", "Right record", "The first said", "The second said")
KIND_HEADINGS = ("What they have in common", "Pairs", "Said of them")
EXAMPLE_FIELDS = ("source", "last_name", "first_name", "birth_date", "sex", "address")
EXAMPLE_HEADINGS = tuple(
    f"{words} {side}"
    for words in ("Source", "Last name", "First name", "Birth date", "Sex", "Address")
    for side in ("left", "right")
)


def check_rows(found: Sequence[ToCheck]) -> list[tuple[str, ...]]:
    """One line a person and oddity."""
    return [(str(each.person_id), each.words) for each in found]


def change_rows(found: Sequence[LoggedChange]) -> list[tuple[Any, ...]]:
    """One line a merge or split."""
    return [
        (str(each.change_id), local(each.run_at), each.words, each.reason, "Taken back" if each.undone else "Stands")
        for each in found
    ]


def kind_rows(found: Sequence[Alike]) -> list[tuple[str, ...]]:
    """One line a kind of pair."""
    return [(kind.pattern.words, number(len(kind.pairs)), VERDICTS[kind.pattern.verdict]) for kind in found]


def examples(kind: Alike) -> list[tuple[Any, ...]]:
    """At most ten pairs of a kind, drawn at random the same way each time, both sides of each field together."""
    chosen = random.Random(kind.pattern.name).sample(kind.pairs, min(EXAMPLES, len(kind.pairs)))
    return [tuple(side.get(name) for name in EXAMPLE_FIELDS for side in (pair.left, pair.right)) for pair in chosen]


def differ_rows(found: Sequence[Disagreement]) -> list[tuple[str, ...]]:
    """One line a pair on which two people differ."""
    return [
        (
            str(each.decision_id), _where(each.pair.left), _where(each.pair.right),
            f"{VERDICTS[each.first]} ({each.first_by})", f"{VERDICTS[each.second]} ({each.second_by})",
        )
        for each in found
    ]  # fmt: skip


def _where(side: Mapping[str, Any]) -> str:
    """A record without a name: its source, and the person it belongs to."""
    return f"{side.get('source') or ''}, person {side.get('person_id') or '-'}"


def agreement_words(found: Agreement) -> str:
    """How often two people agreed."""
    if not found.looked:
        return (
            "Pairs another person decided one by one come here, to be answered again without seeing how. "
            "It shows how far two careful people agree. Nobody has looked a second time yet."
        )
    return (
        f"Of {many(found.looked, 'pair', 'pairs')} two people looked at, they agreed on {number(found.agreed)}"
        f"{share_of(found.agreed, found.looked)}."
    )


def share_of(count: int, of: int) -> str:
    """` (95 %)`; '' on a base too small for a percent."""
    words = share(count, of)
    return f" ({words})" if words else ""


def held(record: Mapping[str, Any]) -> str:
    """How strongly a record is held by its person, in a word; '' for one that stands alone."""
    bits = record.get("held")
    if bits is None:
        return ""
    return "strongly" if bits >= STRONG else "fairly" if bits >= MEDIUM else "! weakly"


@dataclass(frozen=True)
class Blind:
    """A month's blind check: its pairs, in the order drawn, and what was answered."""

    month: str = ""
    pairs: tuple[SamplePair, ...] = ()
    revealed: bool = False
    back_to: int | None = None
    """Place of the pair that was gone back to."""

    @property
    def current(self) -> SamplePair | None:
        """The pair on the table: the one gone back to, else the first not answered."""
        again = next((each for each in self.pairs if each.place == self.back_to), None)
        return again or next((each for each in self.pairs if not each.verdict), None)

    @property
    def answered(self) -> int:
        """How many pairs have an answer."""
        return sum(1 for each in self.pairs if each.verdict)

    @property
    def place(self) -> str:
        """`3 of 30`."""
        return f"{number(min(self.answered + 1, len(self.pairs)))} of {number(len(self.pairs))}"

    def answer(self, verdict: str) -> Blind:
        """Answer the pair on the table and turn to the next."""
        now = self.current
        if now is None or verdict not in VERDICTS:
            return self
        pairs = tuple(replace(each, verdict=verdict) if each is now else each for each in self.pairs)
        return replace(self, pairs=pairs, revealed=False, back_to=None)

    def back(self) -> Blind:
        """Go back to the pair before the one on the table, to answer it again."""
        now = self.current
        before = [each for each in self.pairs if each.verdict and (now is None or each.place < now.place)]
        return replace(self, back_to=before[-1].place, revealed=False) if before else self

    def reveal(self) -> Blind:
        """Show or hide the names of this pair."""
        return replace(self, revealed=not self.revealed)


def pair_of(blind: Blind) -> PairToReview | None:
    """The two records on the table; they carry no weights, so nothing tells what the program said."""
    return blind.current.pair if blind.current else None
