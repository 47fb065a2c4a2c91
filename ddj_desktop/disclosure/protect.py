"""Figures to figures that may leave: every number of a month made safe as one system, rounded as it is printed again
next month."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from ddj_desktop.disclosure import need, safe
from ddj_desktop.disclosure.errors import BadThreshold, CannotProtect
from ddj_desktop.disclosure.held import Held
from ddj_desktop.disclosure.joint import Joint
from ddj_desktop.disclosure.names import WAS, key_of, meanings, plain
from ddj_desktop.disclosure.own_data import known_by_owners, told_again, told_by_others
from ddj_desktop.disclosure.release import Release
from ddj_desktop.disclosure.safe import SafeMonth, SafeTable
from ddj_desktop.disclosure.standing import Series, as_told
from ddj_desktop.disclosure.suppress import Suppression, TooHard
from ddj_desktop.measures.people import kind_words
from ddj_desktop.measures.types import At, CountTable, MonthFigures

WAITING = (
    "This month is printed as an earlier packet of it was: with the late records since, small numbers could be worked "
    "out from the two. They come in with the months that follow."
)
"""The sentence on a month that can not be told anew."""


def protect(table: CountTable, threshold: int = need.FLOOR, *, population: int | None = None) -> SafeTable:
    """One table made safe by itself, printed once and as it is; numbers known elsewhere are not looked at
    (`protect_month` does).

    Counts of 1 to threshold-1 people are hidden, sums with fewer people behind them or made by one or two of them
    (`need`), and whatever gives those away. Raises BadThreshold below the floor of 11, CannotProtect where no proof
    is found within 20 seconds.
    """
    release = Release(_checked(threshold), population, [], [table])
    system, names = release.builder.done()
    hidden = _solved(Suppression(system).solve_least, f"The table “{table.words}”", "one with fewer rows or columns")
    quantities = system.quantities
    printed = {name: None if place in hidden else quantities[place].value for name, place in names.items()}
    return release.table(table, printed)


@dataclass(frozen=True)
class _Said:
    """A month as it may leave: its figures as they stand, and by the name of each number what is printed of it."""

    figures: MonthFigures
    release: Release
    printed: Mapping[str, int | None]
    kept: int
    held: Held


def protect_month(
    figures: MonthFigures, threshold: int = need.FLOOR, *, earlier: Sequence[Held] = (),
    list_makers: Mapping[int, frozenset[str]] = MappingProxyType({}),
) -> SafeMonth:  # fmt: skip
    """Every figure and table of a month made safe together, with all that left the building `earlier`. Tables that stay
    in the building and estimates are no part of it.

    A packet comes again next month, so it is made with the threshold of recurring packets (13 for 11) and rounded to
    the nearest five (privacy reference 1.5). Safe for everybody, and for each agency that knows its own system's
    numbers of every month; `list_makers` are, by definition, the kinds of source it looks at. A number that late
    records changed by no more than the threshold since an earlier packet is printed as it was there, and a month that
    was told before and can not be told anew as it was then. A higher `threshold`, as a partner's agreement may ask for,
    hides more of this month's own numbers; what earlier packets told stays told. The same input gives the same output.
    Raises BadThreshold below the floor of 11, CannotProtect after 20 seconds.
    """
    k = need.recurring(need.FLOOR)
    makes = need.recurring(_checked(threshold))
    said = _said(_that_may_leave(figures, told_by_others(figures, list_makers, k)), k, earlier, list_makers)
    if makes > k:
        said = _raised(said, makes, list_makers)
    return _safe_month(said)


def _said(
    figures: MonthFigures, k: int, earlier: Sequence[Held], list_makers: Mapping[int, frozenset[str]]
) -> _Said:  # fmt: skip
    stands = as_told(figures, earlier, k)
    if stands.most > k:
        try:
            return _as_one(Series(figures), k, earlier, list_makers)
        except CannotProtect:
            pass  # then the months before stand, and late records wait
    try:
        return _as_one(stands, k, earlier, list_makers)
    except CannotProtect:
        told = [
            held for held in earlier if (held.month, held.definition_id) == (str(figures.month), figures.definition_id)
        ]
        if not told:
            raise
        return _once_more(figures, k, told[-1])


def _as_one(
    series: Series, k: int, earlier: Sequence[Held], list_makers: Mapping[int, frozenset[str]]
) -> _Said:  # fmt: skip
    """The month with all that was told before, as one system."""
    figures = series.figures
    release = _release(figures, k)
    joint = Joint(figures, release, k, earlier, series.again)
    readers = (frozenset[int](), told_again(joint), *known_by_owners(figures, joint, list_makers, k))
    hidden = _solved_month(figures, Suppression(joint.system, readers, own_data=True))
    return _Said(figures, release, joint.printed(hidden), joint.kept_count, joint.held(hidden))


def _once_more(figures: MonthFigures, k: int, told: Held) -> _Said:
    """What an earlier packet of the month printed, word for word: it tells nothing new. A number it did not hold is
    hidden."""
    release, names = _release(figures, k), meanings(figures)
    before = {plain(meaning): number.printed for number in told.numbers for meaning in number.meanings
              if not meaning.startswith(WAS)}  # fmt: skip
    printed = {key: before.get(names.get(key, "")) for key in release.builder.names}
    return _Said(replace(figures, warnings=(*figures.warnings, WAITING)), release, printed, 0, told)


def _raised(said: _Said, k: int, list_makers: Mapping[int, frozenset[str]]) -> _Said:
    """The same month with a higher threshold: what is hidden stays hidden, and of what is left all that is below it and
    whatever gives that away. Rows that become one under it and not without it are not told, their sum being new."""
    release = _release(said.figures, k)
    joint = Joint(said.figures, release, k, ())
    # A number that is printed as an earlier packet had it may be below the threshold where its truth is not.
    gone = {key for key in joint.places if (number := said.printed.get(key)) is None
            or (0 < number < k and release.units[key] not in need.FACTS_OF_WORK)}  # fmt: skip
    gone |= {key_of(At(name, len(said.figures.tables[name].rows), 0)) for name, small in release.pooled.items()
             if small != said.release.pooled[name]}  # fmt: skip
    readers = (frozenset[int](), *known_by_owners(said.figures, joint, list_makers, k))
    besides = frozenset(joint.places[key] for key in gone if key in joint.places)
    hidden = _solved_month(said.figures, Suppression(joint.system, readers, own_data=True, besides=besides))
    shown = joint.printed(hidden)
    printed = {key: None if shown[key] is None or key in gone else said.printed.get(key) for key in shown}
    return replace(said, release=release, printed=printed)


def _release(figures: MonthFigures, k: int) -> Release:
    return Release(
        k, figures.population, list(figures.figures.values()), list(figures.tables.values()), figures.links,
        rounding=True,
    )  # fmt: skip


def _safe_month(said: _Said) -> SafeMonth:
    figures, release, printed = said.figures, said.release, said.printed
    return SafeMonth(
        county=figures.county, state=figures.state, population=figures.population, month=figures.month,
        as_of=figures.as_of, definition_name=figures.definition_name,
        definition_version=figures.definition_version, definition_state=figures.definition_state,
        definition_sentence=figures.definition_sentence, agreed=figures.agreed, threshold=release.threshold,
        rounded_to=need.ROUNDED_TO, kept=said.kept,
        figures={name: release.figure(figure, printed) for name, figure in figures.figures.items()},
        tables={name: release.table(table, printed) for name, table in figures.tables.items()},
        warnings=figures.warnings, held=said.held, key=safe._KEY,
    )  # fmt: skip


def _that_may_leave(figures: MonthFigures, told_by: Mapping[str, str]) -> MonthFigures:
    """Without tables that stay in the building, and without those that would tell a maker of the list what its own
    records do not hold; a sentence says which."""
    left_out = [name for name in told_by if name in figures.tables]
    kept = {name: t for name, t in figures.tables.items() if not t.inside and name not in left_out}
    said = [
        f"“{figures.tables[name].words}” is not shown: {kind_words(told_by[name])} records alone make the list and do "
        "not say it of everybody, so the table would tell their agency about people it knows by name."
        for name in left_out
    ]
    return replace(figures, tables=kept, warnings=(*figures.warnings, *said))


def _checked(threshold: int) -> int:
    if threshold < need.FLOOR:
        raise BadThreshold(threshold=threshold, why=f"Nothing from a county file leaves below {need.FLOOR}.")
    return threshold


def _solved_month(figures: MonthFigures, work: Suppression) -> frozenset[int]:
    what = f"The packet of {figures.month.in_words()}"
    return _solved(work.solve, what, "a packet with fewer tables, or wider groups")


def _solved(solve: Callable[[], frozenset[int]], what: str, coarser: str) -> frozenset[int]:
    """The numbers to hide."""
    try:
        return solve()
    except TooHard as error:
        raise CannotProtect(table=what, why=str(error), coarser=coarser) from None
