"""The figures of a month against plain Python, and every figure against the rows it opens to."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest

from ddj_desktop.cohort.definitions import Definition, save_definition
from ddj_desktop.kernel.dates import Month, Span, minus_months, trailing_months
from ddj_desktop.measures.as_json import as_json
from ddj_desktop.measures.catalogue import CATALOGUE, LIST_FIGURES, entry
from ddj_desktop.measures.errors import CountsAddresses, NoSuchRows
from ddj_desktop.measures.month import month_figures
from ddj_desktop.measures.rows import Opener, open_rows
from ddj_desktop.measures.types import TOTAL, At, MonthFigures, RowsKey
from ddj_desktop.store.county_file import County, CountyFile
from ddj_desktop.store.lane import Lane
from tests.measures.small_county import RULE, Contact, Made, Record, make, put

MONTH = Month(2026, 10)
AS_OF = date(2026, 10, 31)
WINDOW = trailing_months(AS_OF, 12)


class World:
    """A made-up county, its file, and the month counted."""

    def __init__(self, file: CountyFile, seed: int, contacts: int = 500) -> None:
        rng = random.Random(seed)
        self.made: Made = make(rng, 60, contacts, date(2023, 9, 1), AS_OF)
        self.lane: Lane = put(file, self.made)
        with self.lane.transaction():
            self.definition: Definition = save_definition(self.lane, RULE, "tester")
        self.figures: MonthFigures = month_figures(self.lane, self.definition, MONTH)

    def named(self, first: date, last: date) -> list[Contact]:
        return [c for c in self.made.contacts if c.person is not None and first <= c.day <= last]

    def on_list(self, as_of: date) -> set[int]:
        """Three contacts or more in the twelve months up to the date."""
        after = minus_months(as_of, 12)
        found = Counter(c.person for c in self.made.contacts if c.person is not None and after < c.day <= as_of)
        return {person for person, number in found.items() if person is not None and number >= 3}

    def days(self, kind: str, span: Span, people: set[int] | None = None) -> int:
        """Person-days by listing every single day of every person."""
        touched = set()
        for c in self.made.contacts:
            if c.source_kind == kind and c.has_length and c.person is not None:
                end = min(c.ends.date() if c.ends else AS_OF, span.last)
                day = max(c.day, span.first)
                while day <= end:
                    touched.add((c.person, day))
                    day += timedelta(days=1)
        return sum(1 for person, _ in touched if people is None or person in people)


@pytest.fixture(scope="module", params=[1, 2])
def world(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    path = tmp_path_factory.mktemp("county") / "Pine.ddj"
    file, _ = CountyFile.create(path, "made-up people only", County("Pine", "KS", 14_000), "tester")
    yield World(file, request.param)
    file.close()


def test_the_list_and_how_it_moved(world: World) -> None:
    ends = [MONTH.plus(-back).span.last for back in range(26)]
    lists = [world.on_list(day) for day in ends]
    now, last, earlier = lists[0], lists[1], set().union(*lists[2:])
    counts = {name: world.figures.figures[name].count for name in LIST_FIGURES}
    assert counts == {
        "people_on_list": len(now), "people_on_list_last_month": len(last), "people_continuing": len(now & last),
        "people_new": len(now - last - earlier), "people_returned": len((now - last) & earlier),
        "people_left": len(last - now),
    }  # fmt: skip
    known = {c.person for c in world.named(WINDOW.first, WINDOW.last)} | now
    assert world.figures.figures["people_on_list"].of == len(known)
    table = world.figures.tables["by_month"]
    assert [row[0] for row in table.counts] == [len(world.on_list(MONTH.plus(-b).span.last)) for b in range(12, -1, -1)]
    assert table.rows[-1] == "Oct 2026"
    flow = world.figures.tables["list_flow"]
    assert flow.inside
    assert (flow.rows[0], flow.rows[-1], len(flow.rows)) == ("Nov 2024", "Oct 2026", 24)
    assert flow.counts[-13:] == table.counts


def test_contacts_and_days_of_the_year(world: World) -> None:
    members = world.on_list(AS_OF)
    named = world.named(WINDOW.first, WINDOW.last)
    for kind in ("jail", "ems", "dispatch", "shelter"):
        figure = world.figures.figures[f"contacts_{kind}"]
        mine = Counter(c.person for c in named if c.source_kind == kind and c.person in members)
        assert figure.count == sum(mine.values())
        assert figure.people == len(mine)
        assert figure.of == sum(c.source_kind == kind for c in named)
        assert figure.of_people == len({c.person for c in named if c.source_kind == kind})
        assert list(figure.top_two) == [*sorted(mine.values(), reverse=True), 0, 0][:2]
    for kind in ("jail", "shelter"):
        figure = world.figures.figures[f"days_{kind}"]
        assert (figure.count, figure.of) == (world.days(kind, WINDOW, members), world.days(kind, WINDOW))
    assert "days_ems" not in world.figures.figures


def test_series_by_month(world: World) -> None:
    members = world.on_list(AS_OF)
    jail, use = world.figures.tables["jail_days_by_month"], world.figures.tables["contacts_by_month"]
    coverage = world.figures.tables["coverage"]
    for at, back in enumerate(range(12, -1, -1)):
        span = MONTH.plus(-back).span
        mine, all_of_it = world.days("jail", span, members), world.days("jail", span)
        assert jail.counts[at] == (mine, all_of_it - mine)
        named = [c for c in world.named(span.first, span.last) if c.person in members]
        assert use.counts[at] == tuple(
            sum(c.source_kind == kind for c in named) for kind in ("jail", "dispatch", "ems", "shelter")
        )
        for r, name in enumerate(coverage.rows):
            there = [c for c in world.made.contacts if f"Pine {c.source_kind} {c.source_id}" == name and c.day in span]
            assert coverage.counts[r][at] == len(there)


def test_characteristics_and_overlap(world: World) -> None:
    members, tables = world.on_list(AS_OF), world.figures.tables
    named = world.named(WINDOW.first, WINDOW.last)
    known = {c.person for c in named} | members
    kinds = {person: frozenset(c.source_kind for c in named if c.person == person) for person in known}
    for r, words in enumerate(tables["systems"].rows):
        size = ("None in these months", "One", "Two", "Three", "Four or more").index(words)
        mine = [p for p in known if min(len(kinds[p]), 4) == size]
        assert tables["systems"].counts[r] == (sum(p in members for p in mine), sum(p not in members for p in mine))
    flags = {p: {c.flags.get("homeless") for c in named if c.person == p} for p in known}
    said = Counter(("Homeless" if "yes" in f else "Not homeless" if "no" in f else "Not recorded", p in members)
                   for p, f in flags.items())  # fmt: skip
    for r, words in enumerate(tables["by_housing"].rows):
        assert tables["by_housing"].counts[r] == (said[words, True], said[words, False])
    veterans = {p: {c.flags.get("veteran") for c in named if c.person == p} for p in known}
    served = Counter(("Yes" if "yes" in f else "No" if "no" in f else "Not recorded", p in members)
                     for p, f in veterans.items())  # fmt: skip
    assert tables["flag_veteran"].inside
    assert dict(zip(tables["flag_veteran"].rows, tables["flag_veteran"].counts, strict=True)) == {
        words: (served[words, True], served[words, False]) for words in ("Yes", "No", "Not recorded")
    }
    combos = Counter(kinds[p] for p in members)
    assert sorted(c for (c,) in tables["combinations"].counts) == sorted(combos.values())
    jail_and_ems = tables["pairs"].rows.index("Jail and EMS")
    assert tables["pairs"].counts[jail_and_ems] == (sum({"jail", "ems"} <= kinds[p] for p in members),)
    assert world.figures.figures["people_shelter"].count == sum("shelter" in kinds[p] for p in members)


def last_seen(world: World, record: Record) -> float:
    """When a record's last contact started; 0 for none."""
    return max((c.starts.timestamp() for c in world.made.contacts
                if c.person == record.person and c.source_id == record.source_id), default=0.0)  # fmt: skip


def test_age_sex_and_race_by_the_last_record(world: World) -> None:
    members, tables = world.on_list(AS_OF), world.figures.tables
    known = {c.person for c in world.named(WINDOW.first, WINDOW.last)} | members
    bands = (
        ("Under 18", 0, 17),
        ("18 to 29", 18, 29),
        ("30 to 44", 30, 44),
        ("45 to 59", 45, 59),
        ("60 and over", 60, 200),
    )
    ages, races = Counter(), Counter()
    groups = {"W": "White", "B": "Black or African American", "H": "Hispanic or Latino", "C": "Unclear code"}
    for person in known:
        records = [r for r in world.made.records if r.person == person]
        births = Counter(r.birth for r in records if r.birth)
        born = max(births, key=lambda day: (births[day], day)) if births else None
        age = None if born is None else AS_OF.year - born.year - ((AS_OF.month, AS_OF.day) < (born.month, born.day))
        ages[
            next((w for w, low, high in bands if age is not None and low <= age <= high), "Not recorded"),
            person in members,
        ] += 1
        order = sorted(records, key=lambda r: (-last_seen(world, r), r.record_id))
        # One letter H means Hispanic in a jail's export and is unclear in an ambulance's.
        said = [("Unclear code" if r.race == "H" and r.source_kind != "jail" else groups[r.race])
                for r in order if r.race not in (None, "UNK")]  # fmt: skip
        said.sort(key="Unclear code".__eq__)  # what is clear goes before what is not
        races[said[0] if said else "Not recorded", person in members] += 1
    for name, counts in (("by_age", ages), ("by_race", races)):
        table = tables[name]
        assert {row: c for row, c in zip(table.rows, table.counts, strict=True) if any(c)} == {
            row: (counts[row, True], counts[row, False]) for row in {row for row, _ in counts}
        }


def test_concentration(world: World) -> None:
    named = [c for c in world.named(WINDOW.first, WINDOW.last) if c.source_kind == "jail"]
    bookings = sorted(Counter(c.person for c in named).values(), reverse=True)
    for percent in (1, 5, 10):
        figure = world.figures.figures[f"concentration_bookings_top_{percent}"]
        top = -(-len(bookings) * percent // 100)
        assert (figure.people, figure.of_people) == (top, len(bookings))
        assert (figure.count, figure.of) == (sum(bookings[:top]), sum(bookings))
    days = sorted((world.days("jail", WINDOW, {p}) for p in range(1, 61)), reverse=True)
    days = [number for number in days if number]
    figure = world.figures.figures["concentration_jail_days_top_10"]
    assert (figure.count, figure.of) == (sum(days[: -(-len(days) * 10 // 100)]), sum(days))


def test_every_figure_opens_to_rows_that_make_it(world: World) -> None:
    opener = Opener(world.lane)
    for figure in world.figures.figures.values():
        if figure.count is None:
            continue
        opened = opener.rows((figure.rows,))
        assert opened.amount == figure.count, figure.name
        assert opened.total == len(opened.rows) == (figure.count if figure.stays is None else figure.stays), figure.name
        if figure.unit == "people":
            assert (
                len({row[opened.columns.index("person_id")] for row in opened.rows} if opened.rows else ())
                == figure.count
            )
        if figure.unit in ("contacts", "days") and opened.rows:
            people = {row[opened.columns.index("person_id")] for row in opened.rows}
            assert len(people) == figure.people, figure.name


def test_every_cell_opens_to_rows_that_make_it(world: World) -> None:
    rng, opener = random.Random(3), Opener(world.lane)
    for table in world.figures.tables.values():
        assert table.keys is not None
        cells = [(r, c) for r in range(len(table.rows)) for c in range(len(table.columns))]
        answered = [(r, c) for r, c in cells if table.counts[r][c] is not None]
        for r, c in rng.sample(answered, min(12, len(answered))):
            opened = opener.rows((table.keys[r][c],))
            assert opened.amount == table.counts[r][c], (table.name, table.rows[r], table.columns[c])


def test_totals_open_to_the_rows_of_their_cells(world: World) -> None:
    opener = Opener(world.lane)
    for name in ("by_age", "by_housing", "jail_days_by_month"):
        table = world.figures.tables[name]
        assert table.keys is not None
        for column in range(len(table.columns)):
            opened = opener.rows([row[column] for row in table.keys])
            assert opened.amount == sum(row[column] or 0 for row in table.counts), name
            if table.unit == "people":
                assert len({row[opened.columns.index("person_id")] for row in opened.rows}) == opened.total, name


def value_at(figures: MonthFigures, at: At) -> int | None:
    """A number of the month by its place; margins are sums."""
    if at.row is None:
        figure = figures.figures.get(at.name)
        found = None if figure is None else figure.of if at.of else figure.count
        return None if found is None else int(found)
    table = figures.tables[at.name]
    rows = range(len(table.rows)) if at.row == TOTAL else [at.row]
    columns = range(len(table.columns)) if at.column == TOTAL else [at.column or 0]
    cells = [table.counts[r][c] for r in rows for c in columns]
    return None if None in cells else sum(cell for cell in cells if cell is not None)


def test_the_ties_between_numbers_hold(world: World) -> None:
    kinds_of_tie = set()
    for link in world.figures.links:
        left = [value_at(world.figures, at) for at in link.wholes]
        right = [value_at(world.figures, at) for at in link.parts]
        if None in left or None in right:
            continue
        whole, parts = sum(left), sum(right)  # type: ignore[arg-type]
        assert whole >= parts if link.rest else whole == parts, link
        kinds_of_tie.add(link.wholes[0].name)
    assert {"people_on_list", "by_month", "systems", "pairs", "contacts_jail", "days_jail"} <= kinds_of_tie


def test_missing_months_are_no_data_and_never_zero(county: CountyFile) -> None:
    rng = random.Random(9)
    made = make(rng, 60, 900, date(2023, 9, 1), AS_OF)
    gap = Month(2026, 3)
    made = replace(made, contacts=[c for c in made.contacts if not (c.source_kind == "dispatch" and c.day in gap.span)])
    lane = put(county, made)
    with lane.transaction():
        definition = save_definition(lane, RULE, "tester")
    figures = month_figures(lane, definition, MONTH)
    use, coverage = figures.tables["contacts_by_month"], figures.tables["coverage"]
    at = use.rows.index("Mar 2026")
    assert use.counts[at][use.columns.index("911")] is None
    assert coverage.counts[coverage.rows.index("Pine dispatch 3")][at] is None
    assert all(cell is not None for cell in coverage.counts[coverage.rows.index("Pine jail 1")])
    assert any("Pine dispatch 3" in warning and "March 2026" in warning for warning in figures.warnings)


def test_months_before_the_data_reach_have_no_answer(county: CountyFile) -> None:
    made = make(random.Random(4), 40, 600, date(2025, 9, 1), AS_OF)
    lane = put(county, made)
    with lane.transaction():
        definition = save_definition(lane, RULE, "tester")
    table = month_figures(lane, definition, MONTH).tables["by_month"]
    on_list = [row[0] for row in table.counts]
    assert on_list[:10] == [None] * 10, "the window of July 2026 begins in July 2025, before any data"
    assert None not in on_list[11:]
    assert table.counts[-1][2] is not None


def test_a_county_without_contacts(county: CountyFile) -> None:
    lane = county.lane()
    with lane.transaction():
        definition = save_definition(lane, RULE, "tester")
    figures = month_figures(lane, definition, MONTH)
    assert figures.figures["people_on_list"].count == 0
    assert figures.figures["people_new"].count is None


def test_a_definition_of_addresses_is_refused(county: CountyFile) -> None:
    lane = county.lane()
    with lane.transaction():
        definition = save_definition(lane, RULE.replace('"person"', '"address"'), "tester")
    with pytest.raises(CountsAddresses, match="list of addresses"):
        month_figures(lane, definition, MONTH)


def test_keys_of_nothing_are_refused(world: World) -> None:
    with pytest.raises(NoSuchRows):
        open_rows(world.lane, RowsKey("people", (("definition_id", 99), ("as_of", AS_OF))))
    with pytest.raises(NoSuchRows):
        open_rows(world.lane, RowsKey("nothing", (("definition_id", 1), ("as_of", AS_OF))))


def test_a_relative_rule_says_what_it_came_to_where_many_are_chosen(world: World) -> None:
    by = 'by = { count = "contacts", window = { since = 2020-01-01 } }'
    for size, told in (("n = 20", True), ("n = 5", False)):
        with world.lane.transaction():
            definition = save_definition(world.lane, f'name = "Top, {size}"\n[top]\n{size}\n{by}\n', "tester")
        figures = month_figures(world.lane, definition, MONTH)
        held = Counter(c.person for c in world.named(date(2020, 1, 1), AS_OF))
        least = sorted(held.values(), reverse=True)[19]
        said = (
            f"{definition.sentence} Here that means {least} or more contacts with any source."
            if told
            else definition.sentence
        )
        assert figures.definition_sentence == said


def test_limits_only_what_is_given(world: World) -> None:
    figure = world.figures.figures["contacts_jail"]
    opened = open_rows(world.lane, figure.rows, limit=5)
    assert (len(opened.rows), opened.total, opened.amount) == (5, figure.count, figure.count)


def test_the_same_county_gives_the_same_figures(world: World) -> None:
    assert month_figures(world.lane, world.definition, MONTH) == world.figures


def test_the_catalogue_has_every_figure_and_table(world: World) -> None:
    for name in [*world.figures.figures, *world.figures.tables]:
        found = entry(name)
        assert found is not None, name
        number = world.figures.figures.get(name) or world.figures.tables[name]
        assert found.unit == number.unit
    assert len({found.name for found in CATALOGUE}) == len(CATALOGUE)


def test_as_json_holds_every_figure(world: World) -> None:
    told = as_json(world.figures)
    by_name = {figure["name"]: figure for figure in told["figures"]}
    assert set(by_name) == set(world.figures.figures)
    jail = by_name["contacts_jail"]
    assert jail["numerator"] == jail["rows"] == world.figures.figures["contacts_jail"].count
    assert jail["denominator"] == world.figures.figures["contacts_jail"].of
    days = by_name["days_jail"]
    assert days["rows"] == open_rows(world.lane, world.figures.figures["days_jail"].rows).total
