"""Race: the same letter in two sources, the county's decisions, the rules, disparity with its limits, agreement."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime

import pytest

from ddj_desktop.cohort.definitions import save_definition
from ddj_desktop.kernel.dates import Month, trailing_months
from ddj_desktop.measures.catalogue import entry
from ddj_desktop.measures.month import month_figures
from ddj_desktop.measures.race import codes
from ddj_desktop.measures.race_said import race_said
from ddj_desktop.measures.rows import Opener
from ddj_desktop.measures.statistics import cohens_kappa, garwood, rate_ratio, wilson
from ddj_desktop.measures.types import MonthFigures
from ddj_desktop.registers.crosswalks import set_meaning
from ddj_desktop.registers.race_rules import set_self_reported
from ddj_desktop.registers.residents import set_residents
from ddj_desktop.store.county_file import County, CountyFile
from ddj_desktop.store.lane import Lane
from tests.measures.small_county import RULE, Contact, Made, Record, make, put

MONTH = Month(2026, 10)
AS_OF = date(2026, 10, 31)
WINDOW = trailing_months(AS_OF, 12)
RESIDENTS = {"white": 9_000, "black": 1_200, "hispanic": 2_000}
WHITE, BLACK, HISPANIC = "White", "Black or African American", "Hispanic or Latino"


def one_person(county: CountyFile, *said: tuple[str, str, str | None, int]) -> Lane:
    """One person with a record in each source: (kind of source, race, ethnicity, day of October of its contact)."""
    records = [Record(10 + at, at + 1, kind, 1, "F", None, race) for at, (kind, race, _, _) in enumerate(said)]
    contacts = [
        Contact(at + 1, at + 1, kind, 1, datetime(2026, 10, day), None, False)
        for at, (kind, _, _, day) in enumerate(said)
    ]
    lane = put(county, Made(contacts, records))
    with lane.transaction():
        for at, (_, _, ethnicity, _) in enumerate(said):
            lane.run("UPDATE record SET ethnicity = $e WHERE record_id = $r", e=ethnicity, r=10 + at)
    return lane


def settled(lane: Lane) -> dict[str, str]:
    said = race_said(lane, [1], WINDOW)
    rules = ("most_recent", "self_reported", "most_frequent", "any_mention", "conflicting")
    return {rule: said.settled(rule).get(1, "Not recorded") for rule in rules}


def test_one_letter_means_one_thing_in_one_source_only(county: CountyFile) -> None:
    """H is Hispanic in the jail's export, and Hawaiian in this county's ambulance once the county has said so."""
    lane = one_person(county, ("jail", "H", None, 1), ("ems", "H", None, 2))
    assert [code.group for code in codes(lane)] == [HISPANIC, "Unclear code"]
    with lane.transaction():
        set_meaning(lane, 2, "race", "h", "nhpi", "tester")
    assert [code.group for code in codes(lane)] == [HISPANIC, "Native Hawaiian or Pacific Islander"]
    with lane.transaction():
        set_meaning(lane, 1, "race", "H", "black;hispanic", "tester")
    jail = codes(lane)[0]
    assert (jail.group, jail.race_1997, jail.ethnicity_1997) == (HISPANIC, BLACK, HISPANIC)
    assert jail.every_group == {BLACK, HISPANIC}


@pytest.mark.parametrize(
    ("race", "ethnicity", "group", "race_1997", "ethnicity_1997"),
    [
        ("W", "H", HISPANIC, WHITE, HISPANIC), ("W", "N", WHITE, WHITE, "Not Hispanic or Latino"),
        ("W", None, WHITE, WHITE, "Not recorded"), ("W", "NOT HISPANIC", WHITE, WHITE, "Not Hispanic or Latino"),
        ("White,Black", None, "More than one", "More than one", "Not recorded"),
        ("Middle Eastern or North African", "No", "Middle Eastern or North African", WHITE, "Not Hispanic or Latino"),
        ("Hispanic", None, HISPANIC, "Not recorded", HISPANIC),
        ("U", "U", "Not recorded", "Not recorded", "Not recorded"),
    ],
)  # fmt: skip
def test_both_standards(
    county: CountyFile, race: str, ethnicity: str | None, group: str, race_1997: str, ethnicity_1997: str
) -> None:
    (code,) = codes(one_person(county, ("jail", race, ethnicity, 1)))
    assert (code.group, code.race_1997, code.ethnicity_1997) == (group, race_1997, ethnicity_1997)


def test_the_five_rules_where_systems_disagree(county: CountyFile) -> None:
    """The shelter asked and was told Black; the jail wrote White twice; the ambulance wrote something unclear last."""
    lane = one_person(county, ("shelter", "B", None, 1), ("jail", "W", None, 2), ("dispatch", "W", None, 3),
                      ("ems", "C", None, 4))  # fmt: skip
    assert settled(lane) == {
        "most_recent": WHITE, "self_reported": BLACK, "most_frequent": WHITE, "any_mention": "More than one",
        "conflicting": "Systems disagree",
    }  # fmt: skip
    with lane.transaction():
        set_self_reported(lane, 1, False, "tester")
    assert settled(lane)["self_reported"] == WHITE


def test_what_is_unclear_counts_only_where_nothing_clear_is_said(county: CountyFile) -> None:
    assert set(settled(one_person(county, ("ems", "C", None, 4))).values()) == {"Unclear code"}


class World:
    def __init__(self, file: CountyFile) -> None:
        self.made: Made = make(random.Random(11), 400, 3000, date(2024, 9, 1), AS_OF)
        rng = random.Random(12)
        contacts = [c for c in self.made.contacts if c.person is not None]
        for c in contacts:
            c.person = rng.randint(1, 400)  # spread over everybody, so that groups are large enough to compare
        self.lane: Lane = put(file, self.made)
        with self.lane.transaction():
            definition = save_definition(self.lane, RULE.replace("value = 3", "value = 5"), "tester")
            set_residents(self.lane, RESIDENTS, 2024, "made up", "tester")
        self.figures: MonthFigures = month_figures(self.lane, definition, MONTH)
        year = Counter(c.person for c in contacts if c.day in WINDOW)
        self.members = {person for person, number in year.items() if number >= 5}
        self.known = set(year)
        self.booked = {c.person for c in contacts if c.day in WINDOW and c.source_kind == "jail"}
        self.race = {person: self.last_said(person) for person in range(1, 401)}

    def last_said(self, person: int) -> str:
        words = {"W": WHITE, "B": BLACK, "H": HISPANIC}
        last = {c.source_id: c.starts for c in sorted(self.made.contacts, key=lambda c: c.starts) if c.person == person}
        said = [
            (last.get(r.source_id, datetime.min), -r.record_id, words[r.race])
            for r in self.made.records if r.person == person
            and r.race in words and (r.race != "H" or r.source_kind == "jail")
        ]  # fmt: skip
        return max(said)[2] if said else "other"


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    path = tmp_path_factory.mktemp("county") / "Pine.ddj"
    file, _ = CountyFile.create(path, "made-up people only", County("Pine", "KS", 14_000), "tester")
    yield World(file)
    file.close()


def test_stages_rates_and_ratios(world: World) -> None:
    table, said = world.figures.tables["race_stages"], world.figures.estimates
    counts = {}
    for label, name in ((WHITE, "white"), (BLACK, "black"), (HISPANIC, "hispanic")):
        group = {person for person, race in world.race.items() if race == label}
        counts[name] = (len(group & world.known), len(group & world.booked), len(group & world.booked & world.members))
        assert table.counts[table.rows.index(label)] == counts[name]
        booked = said[f"race_booked_{name}"]
        assert booked.value == pytest.approx(1000 * counts[name][1] / RESIDENTS[name])
        assert booked.low == pytest.approx(1000 * garwood(counts[name][1]).low / RESIDENTS[name])
        listed = said[f"race_listed_{name}"]
        interval = wilson(counts[name][2], counts[name][1])
        assert interval is not None
        assert (listed.count, listed.of) == counts[name][2:0:-1]
        assert (listed.low, listed.high) == (pytest.approx(100 * interval.low), pytest.approx(100 * interval.high))
    for stage, name, base, other in (
        (1, "race_ratio_booked_black", RESIDENTS["black"], RESIDENTS["white"]),
        (2, "race_ratio_listed_black", counts["black"][1], counts["white"][1]),
    ):
        ratio = rate_ratio(counts["black"][stage], base, counts["white"][stage], other)
        assert ratio is not None
        assert (said[name].value, said[name].low, said[name].high) == (ratio.value, ratio.low, ratio.high)
        assert ("Cannot be distinguished" in said[name].note) is not ratio.differs
        assert said[name].unstable is (min(counts["black"][stage], counts["white"][stage]) < 20)
    assert "race_ratio_listed_black_by_self_reported" in said


def test_agreement_is_counted_person_by_person(world: World) -> None:
    table, said = world.figures.tables["race_agreement_1_3"], world.figures.estimates["race_kappa_1_3"]
    words = {"W": WHITE, "B": BLACK, "H": HISPANIC}
    pairs: Counter[tuple[str, str]] = Counter()
    for person in world.known | world.members:
        jail, dispatch = (
            next(r.race for r in world.made.records if r.person == person and r.source_id == source)
            for source in (1, 3)
        )
        if jail in words and dispatch in ("W", "B"):
            pairs[words[jail], words[dispatch]] += 1
    found = {(row, column): table.counts[r][c] for r, row in enumerate(table.rows)
             for c, column in enumerate(table.columns) if table.counts[r][c]}  # fmt: skip
    assert found == dict(pairs)
    labels = sorted({label for pair in pairs for label in pair})
    oracle = cohens_kappa([[pairs[row, column] for column in labels] for row in labels])
    assert oracle is not None
    assert (said.value, said.of, said.opens) == (pytest.approx(oracle.kappa), sum(pairs.values()), sum(pairs.values()))


def test_a_source_that_never_says_hispanic_is_named(world: World) -> None:
    note = world.figures.tables["race_capability"].note
    assert "Pine dispatch 3 has never said: Hispanic or Latino" in note
    assert "Pine jail 1 has never said: Middle Eastern" in note


def test_the_catalogue_has_every_table_and_estimate(world: World) -> None:
    for name, number in [*world.figures.tables.items(), *world.figures.estimates.items()]:
        found = entry(name)
        assert found is not None, name
        assert found.unit == number.unit, name


def test_every_number_about_race_opens_to_its_rows(world: World) -> None:
    rng, opener = random.Random(4), Opener(world.lane)
    for name, table in world.figures.tables.items():
        if not name.startswith(("race_", "ethnicity_")):
            continue
        assert table.keys is not None
        cells = [(r, c) for r in range(len(table.rows)) for c in range(len(table.columns))]
        for r, c in rng.sample(cells, min(12, len(cells))):
            opened = opener.rows((table.keys[r][c],))
            assert opened.amount == table.counts[r][c], (name, table.rows[r], table.columns[c])
    for name, estimate in world.figures.estimates.items():
        if name.startswith("race_"):
            assert estimate.rows is not None, name
            assert opener.rows((estimate.rows,)).total == estimate.opens, name
