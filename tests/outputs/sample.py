"""Made-up months for the packet's tests, protected by the real rules. Numbers are drawn from a seed."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, datetime
from itertools import combinations

from ddj_desktop.disclosure.protect import protect_month
from ddj_desktop.disclosure.safe import SafeMonth, SafeTable
from ddj_desktop.kernel.dates import Month, Span, trailing_months
from ddj_desktop.measures.types import CountTable, Figure, MonthFigures, RowsKey
from ddj_desktop.outputs.content import MatchFacts, PacketFacts, SourceFacts

MONTH = Month(2026, 10)
AS_OF = date(2026, 10, 31)
WINDOW = trailing_months(AS_OF, 12)
KINDS = ("jail", "dispatch", "ems", "hospital", "shelter", "co_responder")
LABELS = ("jail", "911", "EMS", "hospital", "shelter", "co-responder")
ROWS = RowsKey("none")
YES_NO = ("Yes", "No", "Not recorded")
GROUPS = (
    ("by_age", "Age", ("Under 18", "18 to 29", "30 to 44", "45 to 59", "60 and over", "Not recorded")),
    ("by_sex", "Sex", ("Female", "Male", "Another", "Not recorded")),
    ("by_race", "Race and ethnicity", ("Hispanic", "American Indian", "Asian", "Black", "White", "Not recorded")),
    ("by_housing", "Housing", ("Homeless", "Not homeless", "Not recorded")),
    ("by_mental_health", "Mental health need recorded", YES_NO),
    ("by_substance_use", "Alcohol or drug use recorded", YES_NO),
)


def figure(
    name: str, count: float | None, of: float | None = None, unit: str = "people", people: int | None = None
) -> Figure:
    behind = people if people is not None else int(count or 0)
    whole = None if of is None else int(of) if unit == "people" else behind * 20
    return Figure(name, name.replace("_", " "), unit, count, of, behind, whole, WINDOW, ROWS)


def table(
    name: str,
    words: str,
    rows: tuple[str, ...],
    columns: tuple[str, ...],
    counts: list[list[int | None]],
    adds_up: bool = True,
    unit: str = "people",
    period: Span = WINDOW,
    row_title: str = "",
    across: bool = False,
    first_alone: bool = False,
) -> CountTable:
    people = None
    if unit not in ("people", "months"):
        people = tuple(tuple((n or 0) // 4 for n in row) for row in counts)
    return CountTable(
        name, words, row_title, rows, "", columns, tuple(map(tuple, counts)), unit, period, adds_up, across, people,
        first_alone=first_alone,
    )  # fmt: skip


def month_figures(listed: int = 93, seed: int = 1, late: bool = False) -> MonthFigures:
    """A county's month with about `listed` people on the list; `late` leaves October out of EMS."""
    pick = random.Random(seed)
    stayed = listed - listed // 6 - listed // 20
    before = stayed + listed // 7
    figures = [
        figure("people_on_list", listed, 4200 + listed),
        figure("people_on_list_last_month", before),
        figure("people_new", listed // 6, listed),
        figure("people_continuing", stayed, before),
        figure("people_returned", listed // 20, listed),
        figure("people_left", listed // 7, before),
        figure("people_known", 4293),
    ]
    for what, words in (("bookings", "Jail bookings of the"), ("jail_days", "Days in jail of the")):
        for percent, share in ((1, 0.09), (5, 0.27), (10, 0.41)):
            top = figure(f"concentration_{what}_top_{percent}", round(3800 * share), 3800, "days", 11 + 12 * percent)
            figures.append(replace(top, words=f"{words} {percent} % who had most"))
    for kind in KINDS:
        whole = pick.randint(400, 4000)
        share = pick.uniform(0.05, 0.4)
        missing = late and kind == "ems"
        contacts = None if missing else round(whole * share * min(1.0, listed / 60))
        figures.append(figure(f"contacts_{kind}", contacts, whole, "contacts", listed))
        figures.append(figure(f"people_{kind}", round(listed * pick.uniform(0.3, 1.0)), listed))
        if kind in ("jail", "shelter", "hospital"):
            figures.append(figure(f"days_{kind}", round(whole * 4 * share * 0.9), whole * 4, "days", listed))
    return MonthFigures(
        county="Pine", state="KS", population=14021, month=MONTH, as_of=AS_OF, definition_id=3,
        definition_name="Pine County definition", definition_version=3, definition_state="agreed",
        definition_sentence="People aged 18 or over with 4 or more jail bookings in the 12 months up to the date, "
        "leaving out protective custody and federal holds, or 2 or more EMS runs and any shelter stay.",
        agreed="Jun 12, 2025 by 6 agencies",
        figures={f.name: f for f in figures},
        tables={t.name: t for t in month_tables(listed, pick)},
        warnings=("EMS data end on Sep 30, 2026: figures of EMS use are as of that day.",) if late else (),
    )  # fmt: skip


def month_tables(listed: int, pick: random.Random) -> list[CountTable]:
    labels = tuple(f"{MONTH.plus(back).in_words()[:3]} {MONTH.plus(back).year}" for back in range(-12, 1))
    course = [max(0, listed + pick.randint(-9, 4) - 2 * (12 - i)) for i in range(12)] + [listed]
    by_month: list[list[int | None]] = [[n, n - n // 6 - n // 20, n // 6, n // 20, n // 7] for n in course]
    by_month[4] = [None] * 5
    jail: list[list[int | None]] = [[pick.randint(3, 5) * n // 4, pick.randint(900, 1200)] for n in course]

    def split(total: int, parts: int) -> list[int]:
        cuts = sorted(pick.randint(0, total) for _ in range(parts - 1))
        return [b - a for a, b in zip([0, *cuts], [*cuts, total], strict=True)]

    def two(name: str, words: str, title: str, rows: tuple[str, ...]) -> CountTable:
        here, there = split(listed, len(rows)), split(4200, len(rows))
        columns = ("On the list", "Everyone else")
        return table(name, words, rows, columns, [[a, b] for a, b in zip(here, there, strict=True)], row_title=title)

    names = tuple(label[:1].upper() + label[1:] for label in LABELS)
    pairs = tuple(f"{one} and {other}" for one, other in combinations(names, 2))
    combos = (*names, "Jail + 911", "Jail + EMS", "Jail + 911 + EMS", "911 + EMS + Hospital")
    return [
        table("by_month", "The list, month by month", labels, ("On the list", "Stayed", "New", "Returned", "Left"),
              by_month, adds_up=False, row_title="Month"),
        table("jail_days_by_month", "Days in jail, by month", labels, ("On the list", "Everyone else"), jail,
              adds_up=False, row_title="Month", unit="days", across=True, first_alone=True),
        table("attrition", "How the definition makes the list",
              ("Everyone with a contact", "Aged 18 or over", "Met at least one of the two clauses"), ("People",),
              [[4293], [3810], [listed]], adds_up=False, row_title="Step"),
        *(two(name, words, words, rows) for name, words, rows in GROUPS),
        two("systems", "How many systems people were in contact with", "Systems",
            ("One", "Two", "Three", "Four or more", "None in these months")),
        table("combinations", "Which systems people on the list were in contact with", combos, ("On the list",),
              [[n] for n in split(listed, len(combos))], row_title="Systems"),
        table("pairs", "People on the list known to both of two systems", pairs, ("On the list",),
              [[pick.randint(0, listed)] for _ in pairs], adds_up=False, row_title="Two systems"),
    ]  # fmt: skip


def facts(sources: int = 6, demo: bool = True, late: bool = False) -> PacketFacts:
    """What stands beside the figures; one month of 911 is missing."""
    found = []
    for place in range(sources):
        name = ("Pine County Jail", "911 dispatch", "Pine EMS", "Mercy Hospital", "Harbor Shelter", "Co-responder")[
            place % 6
        ] + ("" if place < 6 else f" {place}")
        months = [(MONTH.plus(back), "full") for back in range(-12, 1)]
        if place == 1:
            months[4] = (months[4][0], "none")
        if late and place == 2:
            months[12] = (months[12][0], "none")
            months[11] = (months[11][0], "part")
        last = date(2026, 9, 30) if late and place == 2 else AS_OF
        found.append(SourceFacts(name, 4310 * (place + 1), 3 * place * place, last, tuple(months)))
    return PacketFacts(
        made_at=datetime(2026, 11, 3, 9, 42),
        audit_head="128-9f3ab21c44d0e7aa",
        decisions=("Agree version 4 of the definition (adds shelter stays).", "Ask EMS for September again."),
        sources=tuple(found),
        matching=MatchFacts(21877, 4293, 214, 37, date(2026, 11, 2)),
        demo=demo,
    )


def safe_month(listed: int = 93, seed: int = 1, late: bool = False) -> SafeMonth:
    """The same month protected."""
    return protect_month(month_figures(listed, seed, late))


def hidden(safe: SafeMonth) -> SafeMonth:
    """The same month with every number hidden, totals too."""
    return replace(
        safe,
        figures={name: replace(figure, count=None, of=None) for name, figure in safe.figures.items()},
        tables={name: _blank(table) for name, table in safe.tables.items()},
    )


def missing(safe: SafeMonth) -> SafeMonth:
    """The same month without any data."""
    tables = {}
    for name, table in safe.tables.items():
        places = frozenset((r, c) for r in range(len(table.rows)) for c in range(len(table.columns)))
        tables[name] = replace(_blank(table), missing=places)
    figures = {name: replace(one, count=None, of=None, missing=True) for name, one in safe.figures.items()}
    return replace(safe, figures=figures, tables=tables)


def _blank(table: SafeTable) -> SafeTable:
    columns = len(table.columns)
    return replace(
        table,
        cells=tuple((None,) * columns for _ in table.rows),
        row_totals=None if table.row_totals is None else (None,) * len(table.rows),
        column_totals=None if table.column_totals is None else (None,) * columns,
        total=None,
    )
