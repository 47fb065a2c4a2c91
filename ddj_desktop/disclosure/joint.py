"""A new release and every earlier one as one system, because their readers lay them side by side.

Privacy reference 1.5: the same number printed again is one number; a number that late records changed a little is
printed as it was; who joined and who left tie a fixed trait of one month to that of the month before; two definitions
of which one list lies within the other tell the people between them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from ddj_desktop.disclosure import need
from ddj_desktop.disclosure.held import Held, HeldNumber
from ddj_desktop.disclosure.names import FIXED_TRAITS, FOLLOWED, OF_LIST, TRUE, WAS, meanings, programme_of
from ddj_desktop.disclosure.release import Release
from ddj_desktop.disclosure.system import Builder, Quantity, Term
from ddj_desktop.kernel.dates import Month
from ddj_desktop.measures.types import MonthFigures

MOST_MONTHS = 24
"""How far back a reader is supposed to keep packets (privacy reference 1.5, rule 2)."""
MOST_WHOLE = 6
"""So many releases are taken whole: last month's, and this month's under this and another definition, as often as late
records make it be told again."""
WITHIN_A_LIST = ("people_on_list", "by_", "systems", "combinations", "pairs", "contacts_", "days_", "people_")
NOT_WITHIN = ("people_known", "people_new", "people_left", "people_returned", "people_continuing", "by_month",
              "people_on_list_last_month")  # fmt: skip


@dataclass(frozen=True)
class _Between:
    """The people between a number of this release and an earlier one of which one lies within the other."""

    place: int
    then: HeldNumber
    grows: bool
    rest: HeldNumber


class Joint:
    """The system of a release and of all that was held before it."""

    def __init__(
        self, figures: MonthFigures, release: Release, threshold: int, earlier: Sequence[Held],
        again: Mapping[str, str] = MappingProxyType({}),
    ) -> None:  # fmt: skip
        """`earlier`, oldest first, are releases that some reader may hold; those over 24 months old are left out.
        `again`: by the name of a number, what an earlier release said of the same (`standing`)."""
        self._figures, self._release, self._k = figures, release, threshold
        self.own, self._own_places = release.builder.done()
        self._meanings: dict[int, list[str]] = {}
        self._key: dict[int, str] = {}
        names = meanings(figures)
        for key, place in self._own_places.items():
            self._key.setdefault(place, key)
            if key in names:
                self._meanings.setdefault(place, []).append(names[key])
            if key in again:
                self._meanings.setdefault(place, []).append(again[key])
        self._earlier = _that_matter(figures, earlier)
        self._past, self._since = _told_last(self._earlier)
        self._waiting = self._that_wait()
        self._kept: dict[int, int | None] = {}
        self._told_before: set[int] = set()
        self._betweens: list[_Between] = []
        self._builder = Builder()
        self._put_together()
        self.system, joined = self._builder.done()
        self.places = {key: joined[_now(place)] for key, place in self._own_places.items()}
        self.meanings = self._all_meanings(joined)
        """By what numbers say, their places in `system`, those of earlier releases among them."""

    @property
    def kept_count(self) -> int:
        """How many numbers are printed as an earlier packet had them, because late records changed them a little."""
        return len(self._kept)

    def printed(self, hidden: frozenset[int]) -> dict[str, int | None]:
        """By the name of each number, what may be printed of it."""
        found: dict[str, int | None] = {}
        for key, place in self._own_places.items():
            number = self.own.quantities[place]
            if place in self._kept:
                found[key] = self._kept[place]
            elif self.places[key] in hidden or not number.printed:
                found[key] = None
            else:
                found[key] = self._as_printed(place)
        return found

    def held(self, hidden: frozenset[int]) -> Held:
        """This release, as the next one has to be held against it: its numbers, and what lies between them and those of
        earlier releases, which stays hidden whatever is told later."""
        shown = self.printed(hidden)
        numbers = [replace(b.then, meanings=tuple(WAS + m for m in b.then.meanings)) for b in self._betweens]
        for place, number in enumerate(self.own.quantities):
            key, kept = self._key[place], place in self._kept
            names = tuple(TRUE + name if kept else name for name in self._meanings.get(place, ()))
            out = shown[key] is not None and not kept
            low, high = number.when_printed if out else number.when_hidden
            people, unit = self._release.people[key], self._release.units[key]
            wanted = None if place in self._told_before else number.need
            numbers.append(HeldNumber(names, number.value, people, unit, shown[key], low, high, wanted))
        numbers += [between.rest for between in self._betweens]
        return Held(str(self._figures.month), self._figures.definition_id, tuple(numbers), self._held_equations())

    def _held_equations(self) -> tuple[tuple[Term, ...], ...]:
        """The equations of what is held, by place in it: earlier numbers first, then this release's, then what lies
        between the two."""
        before, own = len(self._betweens), len(self.own.quantities)
        found = [tuple((before + place, factor) for place, factor in each) for each in self.own.equations]
        for n, between in enumerate(self._betweens):
            now, then = before + between.place, n
            more, less = (now, then) if between.grows else (then, now)
            found.append(((more, -1), (less, 1), (before + own + n, 1)))
        return tuple(found)

    def _all_meanings(self, joined: Mapping[str, int]) -> dict[str, set[int]]:
        found: dict[str, set[int]] = {}
        for place, names in self._meanings.items():
            for name in names:
                found.setdefault(name, set()).add(joined[_now(place)])
        for h, held in enumerate(self._earlier):
            for n, number in enumerate(held.numbers):
                for name in number.meanings:
                    found.setdefault(name, set()).add(joined[_before(h, n)])
        return found

    def _as_printed(self, place: int) -> int:
        value = self.own.quantities[place].value
        return value if self._release.units[self._key[place]] in need.FACTS_OF_WORK else need.rounded(value)

    def _put_together(self) -> None:
        before: dict[tuple[int, int], int] = {}
        for h, held in enumerate(self._earlier):
            for n, number in enumerate(held.numbers):
                before[h, n] = self._builder.add(_quantity(_before(h, n), number))
            for equation in held.equations:
                self._builder.equation([(before[h, n], factor) for n, factor in equation])
        latest: dict[str, int] = {}
        for (h, n), added in before.items():
            for meaning in self._earlier[h].numbers[n].meanings:
                same = latest.get(meaning.removeprefix(WAS))
                if same is not None and self._builder.value(same) == self._builder.value(added):
                    self._builder.tie([same], [added])
                if not meaning.startswith(WAS):
                    latest[meaning] = added
        now = [self._add_now(place, quantity, before) for place, quantity in enumerate(self.own.quantities)]
        for equation in self.own.equations:
            self._builder.equation([(now[place], factor) for place, factor in equation])
        self._tie_traits(now, before)
        self._tie_definitions(now, before)

    def _that_wait(self) -> frozenset[str]:
        """Programmes of whose people enrolled no more than the threshold more, or fewer, are followed than when their
        outcome was printed last. Whoever serves them knows who was added, so all their numbers wait together, and a
        rate never mixes old people with new."""
        found = set()
        for place, names in self._meanings.items():
            for meaning in names:
                name = meaning.split("|")[2]
                if name.startswith(FOLLOWED) and meaning.endswith("_enrolled|count") and meaning in self._past:
                    held, number = self._past[meaning]
                    then = self._earlier[held].numbers[number].value
                    if abs(self.own.quantities[place].value - then) <= self._k:
                        found.add(programme_of(name))
        return frozenset(found)

    def _waits(self, place: int) -> bool:
        return any(programme_of(meaning.split("|")[2]) in self._waiting for meaning in self._meanings.get(place, ()))

    def _add_now(self, place: int, quantity: Quantity, before: Mapping[tuple[int, int], int]) -> int:
        came = [(self._past[meaning], self._since[meaning])
                for meaning in self._meanings.get(place, ()) if meaning in self._past]  # fmt: skip
        old, since = max(came, default=(None, (0, 0)))
        then = None if old is None else self._earlier[old[0]].numbers[old[1]]
        change = 0 if then is None else quantity.value - then.value
        fact = self._release.units[self._key[place]] in need.FACTS_OF_WORK
        small = then is not None and not fact and quantity.printed and change != 0
        small = small and (abs(change) <= self._k or self._waits(place))
        if small and then is not None:
            self._kept[place] = then.printed
            quantity = replace(quantity, printed=False)
        elif then is not None and change == 0 and then.printed is not None:
            quantity = replace(quantity, need=None)  # what an earlier packet told, a 0 say, nothing can hide any more
            self._told_before.add(place)
        now = self._builder.add(replace(quantity, key=_now(place)))
        if old is None or then is None or fact:
            return now
        self._hold_against_truth(place, now, before, since)
        if change == 0:
            self._builder.tie([now], [before[old]])
        elif small:
            self._between(place, now, before[old], then, grows=change > 0)
        return now

    def _hold_against_truth(
        self, place: int, now: int, before: Mapping[tuple[int, int], int], since: tuple[int, int]
    ) -> None:
        """Where a release since the printed number was told first had it in place of the truth, the people between that
        truth and this one are a number as well: equations may lead to it."""
        found = [self._past[TRUE + name] for name in self._meanings.get(place, ()) if TRUE + name in self._past]
        if not found or max(found) < since:
            return
        held, number = max(found)
        then = self._earlier[held].numbers[number]
        change = self.own.quantities[place].value - then.value
        if change == 0:
            self._builder.tie([now], [before[held, number]])
        elif abs(change) < self._k:
            self._between(place, now, before[held, number], then, grows=change > 0)

    def _between(self, place: int, now: int, before: int, then: HeldNumber, *, grows: bool) -> None:
        """The people between two numbers of which one lies within the other are a number as well, be it nobody."""
        unit, key = self._release.units[self._key[place]], self._key[place]
        more, less = (now, before) if grows else (before, now)
        amount = self._builder.value(more) - self._builder.value(less)
        people = amount if unit == "people" else abs(self._release.people[key] - then.people)
        wanted = need.of_people(amount, self._k) if unit == "people" else need.of_sum(amount, people, self._k)
        cap = max(self.own.quantities[place].cap, then.high)
        rest = self._builder.add(Quantity(f"between {more:06d} {less:06d}", amount, cap, wanted, False, 0.0))
        self._builder.tie([more], [less, rest])
        self._betweens.append(_Between(place, then, grows, HeldNumber((), amount, people, unit, None, 0, cap, wanted)))

    def _tie_traits(self, now: list[int], before: Mapping[tuple[int, int], int]) -> None:
        """A group now is the group a month ago, with those of it who came and without those who left; so each month."""
        sides: dict[tuple[int, Month], dict[str, int]] = {}
        for h, held in enumerate(self._earlier):
            found = {meaning: before[h, n] for n, number in enumerate(held.numbers) for meaning in number.meanings}
            sides[held.definition_id, Month.parse(held.month)] = found
        here = self._figures.definition_id, self._figures.month
        sides[here] = {meaning: now[place] for place, found in self._meanings.items() for meaning in found}
        for (definition, month), newer in sides.items():
            older = sides.get((definition, month.plus(-1)), {})
            start, then = f"{definition}|{month}|", f"{definition}|{month.plus(-1)}|"
            came = [newer.get(f"{start}{name}|count") for name in ("people_new", "people_returned", "people_left")]
            numbers = [number for number in came if number is not None]
            for name in FIXED_TRAITS if len(numbers) == 3 else ():
                groups = (
                    _groups(newer, f"{start}{name}|row "),
                    _groups(older, f"{then}{name}|row "),
                )
                if all(groups):
                    both = [(groups[0].get(row), groups[1].get(row)) for row in sorted({*groups[0], *groups[1]})]
                    self._tie_groups(f"{start}{name}", both, numbers[:2], numbers[2])

    def _tie_groups(self, name: str, groups: list[tuple[int | None, int | None]], came: list[int], left: int) -> None:
        value = self._builder.value
        ends = [(value(one) if one is not None else 0, value(two) if two is not None else 0) for one, two in groups]
        joined = [max(new - old, 0) for new, old in ends]
        gone = [max(old - new, 0) for new, old in ends]
        spare = sum(map(value, came)) - sum(joined)
        if spare < 0 or spare != value(left) - sum(gone) or spare > sum(min(end) for end in ends):
            return  # the groups did not only change by who came and left: records changed, and nothing is tied
        for g, (new, old) in enumerate(ends):  # any way to place them will do: these numbers are the readers' unknowns
            both = min(spare, min(new, old))
            joined[g], gone[g], spare = joined[g] + both, gone[g] + both, spare - both
        cap = max(value(number) for number in (*came, left)) * 10 + 1000
        ins = [self._unknown(f"came {name} {g:04d}", amount, cap) for g, amount in enumerate(joined)]
        outs = [self._unknown(f"gone {name} {g:04d}", amount, cap) for g, amount in enumerate(gone)]
        self._builder.equation([*((number, -1) for number in came), *((number, 1) for number in ins)])
        self._builder.equation([(left, -1), *((number, 1) for number in outs)])
        for (one, two), entered, out in zip(groups, ins, outs, strict=True):
            self._builder.equation(
                [*(((one, -1),) if one is not None else ()), *(((two, 1),) if two is not None else ()),
                 (entered, 1), (out, -1)]
            )  # fmt: skip

    def _unknown(self, key: str, amount: int, cap: int) -> int:
        return self._builder.add(Quantity(key, amount, cap, None, False, 0.0))

    def _tie_definitions(self, now: list[int], before: Mapping[tuple[int, int], int]) -> None:
        """Another definition's list of the same month, where one lies within the other."""
        here = f"{self._figures.definition_id}|{self._figures.month}|"
        others = {
            held.definition_id: h
            for h, held in enumerate(self._earlier)
            if held.month == str(self._figures.month) and held.definition_id != self._figures.definition_id
        }
        for definition, h in sorted(others.items()):
            there = f"{definition}|{self._figures.month}|"
            then = {m: n for n, number in enumerate(self._earlier[h].numbers) for m in number.meanings}
            pairs = dict.fromkeys(
                (place, then[there + meaning.removeprefix(here)])
                for place, found in sorted(self._meanings.items())
                for meaning in found
                if meaning.startswith(here) and _of_the_list(meaning) and there + meaning.removeprefix(here) in then
            )
            numbers = self._earlier[h].numbers
            changes = {pair: self.own.quantities[pair[0]].value - numbers[pair[1]].value for pair in pairs}
            grows, shrinks = (any(sign * change > 0 for change in changes.values()) for sign in (1, -1))
            if grows != shrinks:
                for place, n in changes:
                    self._between(place, now[place], before[h, n], numbers[n], grows=grows)


def _that_matter(figures: MonthFigures, earlier: Sequence[Held]) -> list[Held]:
    """The releases of the last 24 months: whole where their tables are tied to these (the same month, and the month
    before under the same definition), else what they say of single months."""
    oldest = figures.month.plus(-MOST_MONTHS)
    found, whole = [], 0
    for held in reversed(list(dict.fromkeys(earlier))):
        before = held.month == str(figures.month.plus(-1)) and held.definition_id == figures.definition_id
        if whole < MOST_WHOLE and (before or held.month == str(figures.month)):
            found.append(held)
            whole += 1
        elif Month.parse(held.month) >= oldest:
            found.append(held.series_alone())
    return found[::-1]


def _told_last(earlier: Sequence[Held]) -> tuple[dict[str, tuple[int, int]], dict[str, tuple[int, int]]]:
    """By meaning, the number that said it last, and the first that said the same without another between them."""
    last: dict[str, tuple[int, int]] = {}
    since: dict[str, tuple[int, int]] = {}
    for h, held in enumerate(earlier):
        for n, number in enumerate(held.numbers):
            for meaning in number.meanings:
                old = last.get(meaning)
                if old is None or earlier[old[0]].numbers[old[1]].value != number.value:
                    since[meaning] = h, n
                last[meaning] = h, n
    return last, since


def _groups(side: Mapping[str, int], start: str) -> dict[str, int]:
    """By row, the numbers of people on the list in a table of one release."""
    return {
        meaning[len(start) : -len(OF_LIST)]: number
        for meaning, number in side.items()
        if meaning.startswith(start) and meaning.endswith(OF_LIST)
    }


def _of_the_list(meaning: str) -> bool:
    """Whether it counts people on the list, or what they had: such numbers of a narrower list are never larger."""
    _, _, name, *where = meaning.split("|")
    if name.startswith(NOT_WITHIN) or not name.startswith(WITHIN_A_LIST):
        return False
    return where == ["count"] or (len(where) == 2 and where[1] == "column On the list")


def _quantity(key: str, number: HeldNumber) -> Quantity:
    """A number of an earlier release: nothing can be hidden of it any more, and what it hid must stay hidden."""
    return Quantity(key, number.value, number.high, number.need, False, 0.0, (number.low, number.high), number.low)


def _before(held: int, number: int) -> str:
    return f"before {held:03d} {number:06d}"


def _now(place: int) -> str:
    return f"now {place:06d}"
