"""Who is on the list: how it changed, how it came about, what sets the people on it apart, which systems they share."""

from __future__ import annotations

from collections import Counter
from itertools import combinations

from ddj_desktop.cohort.attrition import Step, attrition
from ddj_desktop.cohort.case import Case, Material, work_through
from ddj_desktop.cohort.types import Rule
from ddj_desktop.kernel.dates import Span
from ddj_desktop.measures.frame import Frame, short_month
from ddj_desktop.measures.movement import MONTHS, RETURNED_NOTE, Moved
from ddj_desktop.measures.people import CHARACTERISTICS, ON_LIST, OTHERS, SYSTEMS, Everyone, kind_words, kinds_in_order
from ddj_desktop.measures.types import TOTAL, At, CountTable, Figure, Link, RowsKey
from ddj_desktop.measures.use import kinds_of

MOVES = (
    ("people_continuing", "Stayed on the list since last month", "continuing", "last_month"),
    ("people_new", "New on the list", "new", "on_list"),
    ("people_returned", "Returned to the list", "returned", "on_list"),
    ("people_left", "Left the list since last month", "left", "last_month"),
)
"""Name, words, which of Moved, and which it is out of."""
FIGURE_OF = {"on_list": "people_on_list", "last_month": "people_on_list_last_month"}
NOT_KNOWN = "The data do not reach back far enough to know last month's list, or do not cover the month."
SERIES = (
    ("On the list", "on_list"), ("Stayed", "continuing"), ("New", "new"), ("Returned", "returned"), ("Left", "left"),
)  # fmt: skip


def add_list(frame: Frame, people: Everyone, moves: list[Moved]) -> None:
    """people_on_list, people_on_list_last_month, the four ways it moved, and by_month."""
    now = moves[-1]
    frame.add(
        Figure(
            name="people_on_list", words="People on the list", unit="people", count=now.count("on_list"),
            of=len(people.people), people=len(frame.members), of_people=len(people.people), period=frame.window,
            rows=frame.opens("people", side="list"),
            note="Of everyone with a contact in the twelve months, or on the list.",
        )
    )  # fmt: skip
    last = len(now.people["last_month"])
    frame.add(
        Figure(
            name="people_on_list_last_month", words="People on the list a month ago", unit="people",
            count=now.count("last_month"), of=None, people=last, of_people=None,
            period=frame.month.plus(-1).span, rows=_opens_move(frame, now, "last_month"),
            note="" if "last_month" in now.answered else NOT_KNOWN,
        )
    )  # fmt: skip
    for name, words, which, base in MOVES:
        count = now.count(which)
        frame.add(
            Figure(
                name=name, words=words, unit="people", count=count, of=None if count is None else now.count(base),
                people=len(now.people[which]), of_people=len(now.people[base]), period=frame.month.span,
                rows=_opens_move(frame, now, which), note="" if count is not None else NOT_KNOWN,
            )
        )  # fmt: skip
        frame.links.append(Link((At(FIGURE_OF[base]),), (At(name, of=True),)))
    _add_by_month(frame, moves[-MONTHS:])
    _add_flow(frame, moves)


def _add_flow(frame: Frame, moves: list[Moved]) -> None:
    """list_flow: two years of who came, stayed and left. It stays in the building."""
    frame.add_table(
        CountTable(
            name="list_flow", words="The list over two years: new, returned, stayed, left", row_title="Month",
            rows=tuple(short_month(move.month) for move in moves), column_title="",
            columns=tuple(words for words, _ in SERIES),
            counts=tuple(tuple(move.count(which) for _, which in SERIES) for move in moves), unit="people",
            period=Span(moves[0].month.span.first, frame.as_of), rows_add_up=False, columns_add_up=False,
            keys=tuple(tuple(_opens_move(frame, move, which) for _, which in SERIES) for move in moves),
            note=f"{RETURNED_NOTE} It stays in the building.", inside=True,
        )
    )  # fmt: skip


def _opens_move(frame: Frame, move: Moved, which: str) -> RowsKey:
    return frame.opens("movement", which=which, month=move.month.span.last)


def _add_by_month(frame: Frame, moves: list[Moved]) -> None:
    frame.add_table(
        CountTable(
            name="by_month", words="The list, month by month", row_title="Month",
            rows=tuple(short_month(move.month) for move in moves), column_title="",
            columns=tuple(words for words, _ in SERIES),
            counts=tuple(tuple(move.count(which) for _, which in SERIES) for move in moves),
            unit="people", period=frame.series, rows_add_up=False, columns_add_up=False,
            keys=tuple(tuple(_opens_move(frame, move, which) for _, which in SERIES) for move in moves),
            note=RETURNED_NOTE,
        )
    )  # fmt: skip
    on_list, stayed, new, returned, left = range(5)
    for r, move in enumerate(moves):
        now = tuple(At("by_month", r, c) for c in (stayed, new, returned))
        frame.links.append(Link((At("by_month", r, on_list),), now))
        if r and "left" in move.answered:
            frame.links.append(Link((At("by_month", r - 1, on_list),), (now[0], At("by_month", r, left))))
        elif r:
            frame.links.append(Link((At("by_month", r - 1, on_list),), now[:1], rest=True))
    names = [FIGURE_OF["on_list"], *(name for name, *_ in MOVES)]
    for c, name in enumerate(names):
        frame.links.append(Link((At(name),), (At("by_month", len(moves) - 1, c),)))
    frame.links.append(Link((At(FIGURE_OF["last_month"]),), (At("by_month", len(moves) - 2, on_list),)))


def add_characteristics(frame: Frame, people: Everyone) -> None:
    """Each table of CHARACTERISTICS: people on the list against everyone else known."""
    for place, table in enumerate(CHARACTERISTICS):
        counts = people.table(place)
        # A group nobody known belongs to is no row; 'Not recorded' always is one.
        kept = [r for r, row in enumerate(counts) if any(row) or table.rows[r] == table.rows[-1]]
        frame.add_table(
            CountTable(
                name=table.name, words=table.words, row_title=table.row_title,
                rows=tuple(table.rows[r] for r in kept), column_title="", columns=(ON_LIST, OTHERS),
                counts=tuple(counts[r] for r in kept), unit="people", period=frame.window, rows_add_up=True,
                columns_add_up=True, note=table.note,
                keys=tuple(
                    tuple(
                        frame.opens("people", side=side, **{table.name: table.rows[r]}) for side in ("list", "others")
                    )
                    for r in kept
                ),
            )
        )  # fmt: skip
        sides = (At(table.name, TOTAL, 0), At(table.name, TOTAL, 1))
        frame.links.append(Link((At("people_on_list"),), sides[:1]))
        frame.links.append(Link((At("people_on_list", of=True),), sides))


def add_overlap(frame: Frame, people: Everyone) -> None:
    """combinations, pairs, and people_<kind>: people on the list by the systems they had contact with."""
    combos = people.combinations()
    counts = Counter(person.kinds for person in people.on_list)
    frame.add_table(
        CountTable(
            name="combinations", words="Which systems people on the list were in contact with", row_title="Systems",
            rows=tuple(_combination_words(kinds) for kinds in combos), column_title="", columns=(ON_LIST,),
            counts=tuple((counts[kinds],) for kinds in combos), unit="people", period=frame.window, rows_add_up=True,
            columns_add_up=True, keys=tuple((frame.opens("people", side="list", kinds=kinds),) for kinds in combos),
            pool_small_into="All other combinations",
        )
    )  # fmt: skip
    frame.links.append(Link((At("people_on_list"),), (At("combinations", TOTAL, 0),)))
    having = {kind: [r for r, kinds in enumerate(combos) if kind in kinds.split("+")] for kind in kinds_of(frame)}
    for kind, places in having.items():
        _add_people_of_kind(frame, kind, places, sum(counts[combos[r]] for r in places), len(people.on_list))
    _add_pairs(frame, having, [counts[kinds] for kinds in combos])
    _link_systems(frame, combos)


def _combination_words(kinds: str) -> str:
    return " + ".join(map(kind_words, kinds.split("+"))) if kinds else SYSTEMS[-1]


def _add_people_of_kind(frame: Frame, kind: str, places: list[int], count: int, members: int) -> None:
    has_data = any(frame.has_any(kind, month) for month in frame.months[1:])
    name = f"people_{kind}"
    frame.add(
        Figure(
            name=name, words=f"People on the list with a contact: {kind_words(kind)}", unit="people",
            count=count if has_data else None, of=members, people=count, of_people=members, period=frame.window,
            rows=frame.opens("people", side="list", kind=kind),
            sources=tuple(source.source.name for source in frame.sources_of(kind)),
        )
    )  # fmt: skip
    frame.links.append(Link((At("people_on_list"),), (At(name, of=True),)))
    if has_data and places:
        frame.links.append(Link((At(name),), tuple(At("combinations", r, 0) for r in places)))


def _add_pairs(frame: Frame, having: dict[str, list[int]], counts: list[int]) -> None:
    pairs = [(one, other) for one, other in combinations(having, 2) if having[one] and having[other]]
    both = {pair: sorted(set(having[pair[0]]) & set(having[pair[1]])) for pair in pairs}
    frame.add_table(
        CountTable(
            name="pairs", words="People on the list known to both of two systems", row_title="Two systems",
            rows=tuple(f"{kind_words(one)} and {kind_words(other)}" for one, other in pairs), column_title="",
            columns=(ON_LIST,), counts=tuple((sum(counts[r] for r in both[pair]),) for pair in pairs), unit="people",
            period=frame.window, rows_add_up=False, columns_add_up=True,
            keys=tuple((frame.opens("people", side="list", kind="+".join(kinds_in_order(pair))),) for pair in pairs),
            note="A person known to three systems is in three of these rows.",
        )
    )  # fmt: skip
    for r, pair in enumerate(pairs):
        if both[pair]:
            frame.links.append(Link((At("pairs", r, 0),), tuple(At("combinations", at, 0) for at in both[pair])))


def _link_systems(frame: Frame, combos: list[str]) -> None:
    """How many systems somebody was in contact with follows from which ones they were."""
    rows = frame.tables["systems"].rows
    for r, words in enumerate(rows):
        places = [
            at for at, kinds in enumerate(combos)
            if words == (SYSTEMS[min(len(kinds.split("+")), 4) - 1] if kinds else SYSTEMS[-1])
        ]  # fmt: skip
        if places:
            frame.links.append(Link((At("systems", r, 0),), tuple(At("combinations", at, 0) for at in places)))


def steps(case: Case) -> list[tuple[Step, list[int]]]:
    """The people behind each step of the attrition, in its order."""
    ids = case.material.contacts.ids
    return [(step, ids[mask].tolist()) for step, mask in attrition(case)]


def add_attrition(frame: Frame, rule: Rule, material: Material) -> None:
    """attrition: how many people are left after each step of the definition."""
    found = steps(work_through(rule, frame.as_of, material))
    frame.add_table(
        CountTable(
            name="attrition", words="How the definition makes the list", row_title="Step",
            rows=tuple(step.words for step, _ in found), column_title="", columns=("People",),
            counts=tuple((len(ids),) for _, ids in found), unit="people", period=Span(frame.as_of, frame.as_of),
            rows_add_up=False, columns_add_up=True,
            keys=tuple((frame.opens("attrition", step=r),) for r in range(len(found))),
        )
    )  # fmt: skip
    stands = 0
    for r, (step, _) in enumerate(found):
        if r:
            frame.links.append(Link((At("attrition", stands, 0),), (At("attrition", r, 0),), rest=True))
        stands = r if step.left else stands
    frame.links.append(Link((At("attrition", stands, 0),), (At("people_on_list"),), rest=stands != len(found) - 1))
    frame.links.append(Link((At("attrition", 0, 0),), (At("people_on_list", of=True),), rest=True))
