"""An attack on printed packets, drawn up anew from the types of the figures: everything printed as ranges, every
equation, and the widest and narrowest each small number can be. It shares no code with what it attacks."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field

import highspy
import numpy as np

from ddj_desktop.disclosure.safe import SafeMonth
from ddj_desktop.measures.types import TOTAL, At, CountTable, MonthFigures

WORK = ("records", "pairs")
MOST = 20_000

Name = Hashable


def numbers_of(figures: MonthFigures) -> dict[At, int]:
    """Every number that has data, by its place; margins are not among them yet."""
    values: dict[At, int] = {}
    for name, f in figures.figures.items():
        for at, value in ((At(name), f.count), (At(name, of=True), f.of)):
            if value is not None:
                values[at] = int(value)
    for name, t in figures.tables.items():
        for r, row in enumerate(t.counts):
            values |= {At(name, r, c): amount for c, amount in enumerate(row) if amount is not None}
    return values


def sums_of(t: CountTable) -> list[tuple[At, list[At]]]:
    """Every total a table prints, with its parts."""
    down, across = range(len(t.rows)), range(len(t.columns))
    sums = [(At(t.name, TOTAL, c), [At(t.name, r, c) for r in down]) for c in across] if t.rows_add_up else []
    if t.columns_add_up and len(t.columns) > 1:
        sums += [(At(t.name, r, TOTAL), [At(t.name, r, c) for c in across]) for r in down]
        if t.rows_add_up:
            sums.append((At(t.name, TOTAL, TOTAL), [At(t.name, TOTAL, c) for c in across]))
    return sums


def equations_of(figures: MonthFigures) -> tuple[dict[At, int], list[dict[At, int]]]:
    """Every number of the month by its place, and every equation, drawn up anew from the types alone."""
    values, rows = numbers_of(figures), []
    for whole, parts in [pair for t in figures.tables.values() for pair in sums_of(t)]:
        if all(part in values for part in parts):
            values[whole] = sum(values[part] for part in parts)
            rows.append({whole: -1, **dict.fromkeys(parts, 1)})
    for link in figures.links:
        if not link.rest and all(at in values for at in (*link.wholes, *link.parts)):
            terms: dict[At, int] = {}
            for at, sign in [*((at, -1) for at in link.wholes), *((at, 1) for at in link.parts)]:
                terms[at] = terms.get(at, 0) + sign
            rows.append(terms)
    return values, rows


def small_numbers(figures: MonthFigures, values: Mapping[At, int], least: int = 13) -> set[At]:
    """Counts of too few people, and sums that too few people stand behind."""
    everything = {**figures.figures, **figures.tables}
    small = {at for at, value in values.items() if everything[at.name].unit == "people" and 0 < value < least}
    for name, f in figures.figures.items():
        if f.unit in ("contacts", "days") and f.count and f.people < least:
            small.add(At(name))
    for name, t in figures.tables.items():
        for r, row in enumerate(t.people or ()):
            small |= {At(name, r, c) for c, people in enumerate(row) if t.counts[r][c] and people < least}
    return small


def printed_at(safe: SafeMonth, at: At, labels: Mapping[str, tuple[str, ...]]) -> float | None:
    """The number printed at this place; None where it is hidden or has gone into a pooled row."""
    if at.row is None:
        shown = safe.figures[at.name]
        return shown.of if at.of else shown.count
    if at.name not in safe.tables:
        return None
    table = safe.tables[at.name]
    assert at.column is not None
    if at.row == TOTAL:
        if at.column == TOTAL:
            return table.total
        return table.column_totals[at.column] if table.column_totals is not None else None
    label = labels[at.name][at.row]
    if label not in table.rows:
        return None
    place = table.rows.index(label)
    if at.column == TOTAL:
        return table.row_totals[place] if table.row_totals is not None else None
    if at.column >= len(table.columns):  # the first column alone is printed
        return None
    return table.cells[place][at.column]


def truths(printed: float | None, work: bool = False) -> tuple[int, int]:
    """Lowest and highest truth behind what is printed."""
    if printed is None:
        return 0, MOST
    number = int(printed)
    return (number, number) if work or not number else (number - 2, number + 2)


@dataclass
class Attack:
    """Unknowns with their ranges, and equations between them; as many packets as one likes."""

    low: dict[Name, int] = field(default_factory=dict)
    high: dict[Name, int] = field(default_factory=dict)
    rows: list[dict[Name, int]] = field(default_factory=list)

    def learn(self, name: Name, low: int, high: int) -> None:
        """A number lies in this range as well."""
        self.low[name] = max(self.low.get(name, 0), low)
        self.high[name] = min(self.high.get(name, MOST), high)

    def tie(self, terms: Iterable[tuple[Name, int]]) -> None:
        """These add up to nothing."""
        row: dict[Name, int] = {}
        for name, factor in terms:
            row[name] = row.get(name, 0) + factor
            self.learn(name, 0, MOST)
        self.rows.append(row)

    def rest(self, whole: Name, part: Name, name: Name) -> None:
        """`part` is no more than `whole`; what is left is a number too."""
        self.tie([(whole, -1), (part, 1), (name, 1)])

    def ranges(self, targets: Iterable[Name]) -> dict[Name, tuple[int, int]]:
        """Lowest and highest whole-number value of each target over all that agrees."""
        model, places = self._model()
        found = {}
        for target in targets:
            ends = [round(self._end(model, places[target], sense)[places[target]]) for sense in (1.0, -1.0)]
            found[target] = (ends[0], ends[1])
        return found

    def too_narrow(self, targets: Iterable[Name], high: int = 14, width: int = 12) -> dict[Name, tuple[int, int]]:
        """The targets whose range does not reach `high` or is not `width` wide, with their range.

        Everything that agrees and was found for one target is a possible world for the others as well, so most are
        proved wide enough by what was found before.
        """
        model, places = self._model()
        lowest = np.full(len(places), np.inf)
        highest = np.full(len(places), -np.inf)
        short = {}
        for target in targets:
            at = places[target]
            for sense in (-1.0, 1.0):
                if highest[at] < high or highest[at] - lowest[at] < width:
                    world = np.rint(self._end(model, at, sense))
                    lowest, highest = np.minimum(lowest, world), np.maximum(highest, world)
            if highest[at] < high or highest[at] - lowest[at] < width:
                short[target] = (int(lowest[at]), int(highest[at]))
        return short

    def _model(self) -> tuple[highspy.Highs, dict[Name, int]]:
        places = {name: at for at, name in enumerate(self.low)}
        model = highspy.Highs()
        for option, value in (("output_flag", False), ("threads", 1), ("mip_rel_gap", 0.0)):
            model.setOptionValue(option, value)
        for name in places:
            model.addVar(float(self.low[name]), float(self.high[name]))
        for row in self.rows:
            index = np.array([places[name] for name in row], dtype=np.int32)
            model.addRow(0.0, 0.0, len(row), index, np.array(list(row.values()), dtype=np.float64))
        every = np.arange(len(places), dtype=np.int32)
        model.changeColsIntegrality(len(every), every, np.full(len(every), highspy.HighsVarType.kInteger))
        return model, places

    def _end(self, model: highspy.Highs, at: int, sense: float) -> np.ndarray:
        """A world in which the number at this place is as low (1.0) or as high (-1.0) as it can be."""
        model.changeColCost(at, sense)
        model.run()
        assert model.getModelStatus() == highspy.HighsModelStatus.kOptimal, at
        model.changeColCost(at, 0.0)
        return np.asarray(model.getSolution().col_value)
