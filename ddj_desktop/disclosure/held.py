"""What a release told its readers, number by number, as the next one has to be held against it."""

from __future__ import annotations

import json
from dataclasses import dataclass

from ddj_desktop.disclosure.names import FIXED_TRAITS, OF_LIST, plain
from ddj_desktop.disclosure.need import MOVES
from ddj_desktop.disclosure.system import Need, Term


@dataclass(frozen=True)
class HeldNumber:
    """One number of an earlier release."""

    meanings: tuple[str, ...]
    """Under which names it may come again."""
    value: int
    """The truth at that time; it never left the county file."""
    people: int
    unit: str
    printed: int | None
    """As printed; None where it was hidden or printed nowhere."""
    low: int
    high: int
    """What the release left possible of it, before any equation is used."""
    need: Need | None


@dataclass(frozen=True)
class Held:
    """One earlier release."""

    month: str
    definition_id: int
    numbers: tuple[HeldNumber, ...]
    equations: tuple[tuple[Term, ...], ...]
    """Each `sum of coefficient x number = 0`, by place in `numbers`."""

    def series_alone(self) -> Held:
        """What it says of single months, and so is tied to every later release that says it of the same months, with
        what lies between two tellings of them; and the fixed traits of people on the list, which are tied from month to
        month by who came and left."""
        named = {n for n, number in enumerate(self.numbers) if any(map(_goes_on, number.meanings))}
        rests = [{n for n, _ in tie} - named for tie in self.equations]
        named |= {n for rest in rests if len(rest) == 1 for n in rest if not self.numbers[n].meanings}
        kept = sorted(named)
        place = {n: at for at, n in enumerate(kept)}
        ties = tuple(
            tuple((place[n], factor) for n, factor in tie) for tie in self.equations if all(n in place for n, _ in tie)
        )
        return Held(self.month, self.definition_id, tuple(self.numbers[n] for n in kept), ties)

    def to_json(self) -> str:
        """As the county file keeps it."""
        numbers = [
            [list(n.meanings), n.value, n.people, n.unit, n.printed, n.low, n.high,
             [n.need.high, n.need.width] if n.need else None]
            for n in self.numbers
        ]  # fmt: skip
        facts = {"month": self.month, "definition": self.definition_id, "numbers": numbers, "ties": self.equations}
        return json.dumps(facts, separators=(",", ":"), ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> Held:
        """The other way round."""
        facts = json.loads(text)
        numbers = tuple(
            HeldNumber(tuple(meanings), value, people, unit, printed, low, high, Need(*need) if need else None)
            for meanings, value, people, unit, printed, low, high, need in facts["numbers"]
        )
        ties = tuple(tuple((place, factor) for place, factor in tie) for tie in facts["ties"])
        return cls(facts["month"], facts["definition"], numbers, ties)


def _goes_on(meaning: str) -> bool:
    _, month, name, *_ = plain(meaning).split("|")
    return not month or name in MOVES or (name in FIXED_TRAITS and meaning.endswith(OF_LIST))
