"""Which numbers to hide so that no small one can be worked out: hide, cover, give back, audit.

The algorithm of privacy reference 1.4. A hidden number is safe when a reader's best range for it reaches its Need:
upper end at least k + 1 (nobody, not even one of the people counted, can prove the cell small) and width at least
k - 1. Hiding more only widens ranges, so what is safe once stays safe until something is given back. For a table by
itself the cheapest numbers to hide are looked for at the end (`least`).
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass

from ddj_desktop.disclosure.least import Least
from ddj_desktop.disclosure.reader import Reader
from ddj_desktop.disclosure.system import Need, System
from ddj_desktop.kernel.errors import DdjError

SECONDS = 20.0
"""After this the table is refused and a coarser one offered (privacy reference 1.4, step 4)."""


class TooHard(DdjError):
    """Told inside this package only; the caller turns it into a refusal that names the table."""

    sentence = "{why}"


@dataclass(frozen=True)
class Audited:
    """One hidden number after the audit: its range for the reader who can narrow it most."""

    low: int
    high: int
    safe: bool


@dataclass
class Suppression:
    """The work on one system for all its readers. `solve()` gives the numbers to hide."""

    system: System
    knowns: tuple[frozenset[int], ...] = (frozenset(),)
    """What each reader knows besides what is printed; the public knows nothing more."""
    seconds: float = SECONDS
    own_data: bool = False
    """True where what the readers after the first know is their own data: a number that this alone narrows too much,
    with nothing printed at all, must then only not get narrower."""
    besides: frozenset[int] = frozenset()
    """Numbers that are hidden whatever is found here."""

    def __post_init__(self) -> None:
        self._deadline = time.thread_time() + self.seconds
        quantities = self.system.quantities
        self.targets = tuple(place for place, quantity in enumerate(quantities) if quantity.need)
        small = (place for place, quantity in enumerate(quantities) if quantity.need or not quantity.printed)
        self.hidden = self._must = frozenset(small) | self.besides
        self._neighbours: dict[int, frozenset[int]] = {}
        self._readers = [Reader(self.system, known) for known in dict.fromkeys(self.knowns)]
        self._set_hidden(self.hidden)

    def solve(self) -> frozenset[int]:
        """Hide, cover, give back, audit. Raises TooHard after `seconds` or where no cover can be found."""
        self._search()
        self._check_all()
        return self.hidden

    def solve_least(self) -> frozenset[int]:
        """As `solve`, and where cheaper numbers to hide would do, those: for a table by itself. For a packet of 600
        numbers the proof of the cheapest takes ten seconds and more where the search takes half of one."""
        self._search()
        self._exchange_for_cheaper()
        self._check_all()
        return self.hidden

    def _search(self) -> None:
        if self.own_data:
            self._excuse_own_data()
        for reader in self._readers:
            for target in self._worst_first(reader):
                self._make_safe(reader, target)
        self._give_back()

    def _exchange_for_cheaper(self) -> None:
        before, costs = self.hidden, [self.system.quantities[place].cost for place in self.hidden - self._must]
        cheaper = Least(self.system, self._must, self._readers).below(sum(costs)) if costs else None
        if cheaper is not None:
            self._set_hidden(self._must | cheaper)
            if not all(self._all_safe(reader) for reader in self._readers):
                self._set_hidden(before)

    def audit(self, places: list[int]) -> dict[int, Audited]:
        """The narrowest exact range any reader can work out for each of `places`, and whether it is wide enough."""
        found: dict[int, Audited] = {}
        for place in places:
            ranges = [reader.range(place) for reader in self._readers if place not in reader.known]
            if not ranges:
                value = self.system.quantities[place].value
                ranges = [(value, value)]
            low, high = min(ranges, key=lambda ends: (ends[1] - ends[0], ends[1]))
            found[place] = Audited(low, high, all(reader.enough(place) for reader in self._readers))
        return found

    def _excuse_own_data(self) -> None:
        """Ask less where a reader's own data, and zeros that are always printed, narrow a number before anything else
        is told; a zero that is hidden (nobody came) is told to nobody and excuses nothing."""
        quantities = self.system.quantities
        everything = frozenset(range(len(quantities)))
        zeros = frozenset(p for p, q in enumerate(quantities) if q.value == 0 and q.printed and not q.need)
        for reader in self._readers[1:]:
            reader.told(everything - zeros)
            for target in self._open(reader, self.targets):
                if not self._safe(reader, target):
                    low, high = reader.seen(target)
                    need = reader.needs[target]
                    reader.needs[target] = Need(min(need.high, high), min(need.width, high - low))
            reader.told(self.hidden)

    def _worst_first(self, reader: Reader) -> list[int]:
        ranked = []
        for target in self._open(reader, self.targets):
            if not self._safe(reader, target):
                low, high = reader.seen(target)  # `_safe` has just found the exact ends
                ranked.append((high, high - low, target))
        return [target for *_, target in sorted(ranked)]

    def _open(self, reader: Reader, targets: Iterable[int]) -> list[int]:
        """Targets that the fills found so far do not prove safe, after a try at proving them all at once."""
        left = self._unproved(reader, targets)
        for other in self._readers if left else ():
            if other is not reader and other.found:
                for fill in other.found:
                    reader.hear(fill)
                left = self._unproved(reader, left)
        if len(left) > 1:
            self._in_time()
            reader.push(left)
            left = self._unproved(reader, left)
        return left

    def _unproved(self, reader: Reader, targets: Iterable[int]) -> list[int]:
        return [target for target in targets if not reader.enough(target)]

    def _safe(self, reader: Reader, target: int) -> bool:
        self._in_time()
        if not reader.enough(target):
            reader.range(target)
        return reader.enough(target)

    def _make_safe(self, reader: Reader, target: int) -> None:
        value, need = self.system.quantities[target].value, reader.needs[target]
        while not self._safe(reader, target):
            low, high = reader.seen(target)
            if high < need.high:
                found = reader.cover.cheapest(target, need.high - value, self.hidden)
            else:
                short = need.width - (high - low)
                down = min(value, value - low + short)
                found = reader.cover.cheapest(target, -down, self.hidden) or reader.cover.cheapest(
                    target, high - value + short, self.hidden
                )
            self._set_hidden(self.hidden | frozenset(found or self._any_cover(reader, target)))

    def _any_cover(self, reader: Reader, target: int) -> list[int]:
        """Where fractions would do and whole numbers do not: the cheapest shown number tied to the target's block."""
        block = set(reader.block(target))
        tied = {
            place for terms in self.system.equations if any(place in block for place, _ in terms) for place, _ in terms
        }
        quantities = self.system.quantities
        free = [p for p in tied - self.hidden - reader.known if quantities[p].value]
        if not free:
            raise TooHard(why="what is known besides it gives small numbers away whatever is hidden")
        return [min(free, key=lambda place: (quantities[place].cost, quantities[place].value, place))]

    def _set_hidden(self, hidden: frozenset[int]) -> None:
        self.hidden = hidden
        for reader in self._readers:
            reader.found.clear()
            reader.told(hidden)

    def _give_back(self) -> None:
        """Show again each cover that is not needed, the dearest and largest first."""
        quantities = self.system.quantities
        covers = sorted(
            self.hidden - self._must, key=lambda place: (-quantities[place].cost, -quantities[place].value, place)
        )
        for place in covers:
            before, proved = self.hidden, [reader.proved for reader in self._readers]
            self._set_hidden(self.hidden - {place})
            near = self._near(place)
            if not all(self._all_safe(reader, near) for reader in reversed(self._readers)):
                for reader, old in zip(self._readers, proved, strict=True):
                    reader.proved = old
                self._set_hidden(before)

    def _near(self, place: int) -> frozenset[int]:
        """The numbers that stand in an equation with this one: where its loss would show first."""
        near = self._neighbours.get(place)
        if near is None:
            rows = (terms for terms in self.system.equations if any(there == place for there, _ in terms))
            near = self._neighbours[place] = frozenset(there for terms in rows for there, _ in terms)
        return near

    def _all_safe(self, reader: Reader, first: frozenset[int] = frozenset()) -> bool:
        """Whether every target is safe from this reader, those of `first` looked at first."""
        left = self._open(reader, self.targets)
        return all(self._safe(reader, target) for target in sorted(left, key=lambda target: target not in first))

    def _check_all(self) -> None:
        """The last audit, from the start and without earlier findings: nothing leaves on a remembered answer."""
        for reader in self._readers:
            reader.forget()
        for reader in reversed(self._readers):  # what is found for one who knows more holds for the others as well
            if not self._all_safe(reader):
                raise TooHard(why="the last audit found a number that can be worked out")

    def _in_time(self) -> None:
        if time.thread_time() > self._deadline:
            raise TooHard(why=f"it takes more than {self.seconds:.0f} seconds to prove it safe")
