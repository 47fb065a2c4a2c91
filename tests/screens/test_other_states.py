"""The month's checklist, results, history, a new county, and how numbers are written."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from ddj_desktop.cohort.closing import MOVEMENTS, ClosedMonth, Revision
from ddj_desktop.cohort.definitions import Definition
from ddj_desktop.kernel.dates import Month, Span
from ddj_desktop.measures.types import CountTable, Figure, RowsKey
from ddj_desktop.screens import wording
from ddj_desktop.screens.agreement_form import AgreementForm
from ddj_desktop.screens.month_checklist import checklist, headline, next_line
from ddj_desktop.screens.new_county import NewCounty
from ddj_desktop.screens.past import past_acts
from ddj_desktop.screens.results import (
    Opened,
    as_bars,
    finding,
    opened_at,
    rows_sentence,
    table_headings,
    table_rows,
)
from ddj_desktop.workflow.lists import Closing, ImportLine, LineState

OCTOBER = Month(2026, 10)
NOTHING = LineState(0, 0, 0, 0, 0, 0, 0, None, 0, None, None, None, None, None)
AT = datetime(2026, 11, 3, 15, 42)
TAKEN_IN = replace(NOTHING, imports=2, sources=2, rows=100, contacts=90, records=40, records_not_matched=40,
                   last_contact=datetime(2026, 10, 31, 8))  # fmt: skip
MATCHED = replace(TAKEN_IN, matched_at=AT, people=30, records_not_matched=0, pairs_to_review=3)
DRAFT = Definition(1, "Ours", 1, "draft", "", "People.", AT, "tester", None, None, None)


def states(state: LineState) -> list[str]:
    return [line.state for line in checklist(state, OCTOBER)]


def test_the_month_goes_from_top_to_bottom() -> None:
    assert states(NOTHING) == [*["todo"] * 5, "wait"]
    assert next_line(checklist(NOTHING, None)) == 0
    assert states(TAKEN_IN)[:2] == ["done", "todo"]
    assert next_line(checklist(TAKEN_IN, OCTOBER)) == 1
    assert states(MATCHED)[:3] == ["done", "done", "look"]
    assert checklist(MATCHED, OCTOBER)[2].button == "Review 3"
    agreed = replace(MATCHED, pairs_to_review=0, standing=replace(DRAFT, state="agreed"))
    assert states(agreed) == ["done", "done", "done", "done", "todo", "todo"]
    built = replace(agreed, last_packet_at=AT, last_packet_month="2026-10")
    assert states(built) == [*["done"] * 5, "todo"]
    assert next_line(checklist(built, OCTOBER)) == 5
    people = {name: frozenset({1, 2} if name == "continuing" else ()) for name in MOVEMENTS}
    closed = ClosedMonth(1, OCTOBER, AT, "Dana", 1, OCTOBER.span.last, 90, True, (), {}, people)
    same = Closing(closed, Revision(closed, frozenset({1, 2}), {}, {}, {}))
    line = checklist(built, OCTOBER, same)[-1]
    assert (line.state, line.text) == ("done", "Closed Nov 3, 2026 by Dana with 2 people. Nothing has changed since.")
    assert next_line(checklist(built, OCTOBER, same)) == -1
    revised = Closing(closed, Revision(closed, frozenset({1, 4, 5}), {4: "a file came late", 5: "a file came late"},
                                       {2: "a row was corrected"}, {}))  # fmt: skip
    line = checklist(built, OCTOBER, revised)[-1]
    assert (line.state, line.word) == ("look", "Revised")
    assert line.text.endswith(
        "Revised: it would have 3 people now: 2 people more (2 because a file came late), 1 person fewer (1 because "
        "a row was corrected)."
    )


def test_a_line_that_can_not_be_done_yet_says_why() -> None:
    for state in (NOTHING, TAKEN_IN, MATCHED):
        for line in checklist(state, OCTOBER):
            assert line.text
            assert line.button
            if line.why_not:
                assert line.why_not.endswith("first.")
    assert checklist(replace(MATCHED, standing=None), OCTOBER)[4].why_not == "Choose a definition first."


def test_late_files_and_drafts_ask_for_a_look() -> None:
    late = replace(MATCHED, last_contact=datetime(2026, 9, 12))
    assert checklist(late, OCTOBER)[0].word == "Late"
    assert checklist(replace(MATCHED, standing=DRAFT), OCTOBER)[3].word == "Draft"
    assert checklist(replace(MATCHED, records_not_matched=5), OCTOBER)[1].word == "Match again"
    assert headline(NOTHING, None) == "Add the first files to begin"
    assert headline(MATCHED, OCTOBER) == "October 2026"


SPAN = Span(date(2026, 10, 1), date(2026, 10, 31))
KEY = RowsKey("people")


def figure(count: float | None, of: float | None, unit: str = "people") -> Figure:
    return Figure("people_x", "People", unit, count, of, 0, None, SPAN, KEY)


def test_a_finding_is_n_of_n_and_never_a_percent_on_a_small_base() -> None:
    assert finding(figure(67, 180)) == "67 of 180 people (37 %)"
    assert finding(figure(6, 21)) == "6 of 21 people"
    assert finding(figure(1, 1000)) == "1 of 1,000 people (under 1 %)"
    assert finding(figure(None, 21)) == "The data do not allow an answer"
    assert finding(figure(1250, None, "dollars")) == "$1,250"


TABLE = CountTable(
    "sex", "Sex", "Sex", ("Female", "Male"), "List", ("On the list", "Not"), ((10, 20), (30, None)), "people", SPAN,
    True, True, keys=((KEY, KEY), (KEY, KEY)),
)  # fmt: skip


def test_totals_stand_only_where_they_are_true_and_known() -> None:
    assert table_headings(TABLE) == ["Sex", "On the list", "Not", "All"]
    assert table_rows(TABLE) == [("Female", 10, 20, 30), ("Male", 30, "-", "-"), ("All", 40, "-", "-")]
    open_rows = replace(TABLE, rows_add_up=False, columns_add_up=False)
    assert table_headings(open_rows) == ["Sex", "On the list", "Not"]
    assert table_rows(open_rows) == [("Female", 10, 20), ("Male", 30, "-")]


def test_cells_and_totals_open() -> None:
    """Every number of `table_rows`, said as it stands there, with the cells it is made of."""
    assert opened_at(TABLE, 0, 2) == Opened("Sex · Female · Not", 20, (KEY,))
    assert opened_at(TABLE, 1, 2) == Opened("Sex · Male · Not", None, (KEY,))
    assert opened_at(TABLE, 2, 1) == Opened("Sex · All · On the list", 40, (KEY, KEY))
    assert opened_at(TABLE, 0, 3) == Opened("Sex · Female · All", 30, (KEY, KEY))
    assert opened_at(TABLE, 2, 3) == Opened("Sex · All · All", None, (KEY, KEY, KEY, KEY))
    for row, column in ((0, 0), (3, 1), (0, 4), (-1, 1)):
        assert opened_at(TABLE, row, column) is None
    assert opened_at(replace(TABLE, keys=None), 0, 1) is None
    assert opened_at(replace(TABLE, rows_add_up=False), 2, 1) is None


def test_bars_are_drawn_where_they_mean_something() -> None:
    assert as_bars(TABLE) == [("Female", 30, "30"), ("Male", None, "-")]
    assert as_bars(replace(TABLE, columns_add_up=False)) == []
    one = replace(TABLE, columns=("",), counts=((10,), (None,)))
    assert as_bars(one) == [("Female", 10, "10"), ("Male", None, "-")]


def test_the_rows_say_that_they_are_the_number() -> None:
    assert rows_sentence("On the list", 93, 93, 93, "people") == "On the list: 93 people = these 93 rows"
    assert rows_sentence("Days", 250, 40, 250, "days") == "Days: 250 days = the sum of these 40 rows"
    assert rows_sentence("Cost", 250, 40, 40, "dollars") == "Cost: $250; 40 rows stand behind it"


def line(seq: int, event: str, **facts: object) -> dict[str, object]:
    return {"seq": seq, "done_at": AT, "actor": "tester", "event": event, "facts": facts}


def imported(number: int, removed: datetime | None) -> ImportLine:
    return ImportLine(number, "jail.csv", 1, "Jail", "jail", "csv", AT, "tester", 9, 5, 1, 2, 0, 1, None, None, removed,
                      None)  # fmt: skip


def test_history_knows_what_can_be_taken_back() -> None:
    lines = [
        line(7, "decision", left=1, right=2, verdict="withdrawn"),
        line(6, "decision", left=3, right=4, verdict="different"),
        line(5, "decision", left=1, right=2, verdict="same"),
        line(4, "import removed", import_id=2, rows=9),
        line(3, "import", import_id=2, rows=9, new=5, changed=1),
        line(2, "import", import_id=1, rows=9, new=5, changed=1),
        line(1, "created"),
    ]
    acts = past_acts(lines, [imported(1, None), imported(2, AT)])
    assert [act.can_undo for act in acts] == [False, True, False, False, False, True, False]
    assert [act.undone for act in acts] == [False, False, True, False, True, False, False]
    assert acts[1].pair == (3, 4)
    assert acts[5].import_id == 1
    assert acts[5].words == "Imported jail.csv: 5 new, 1 changed of 9 rows"
    assert acts[2].words == "Decided a possible match: same person"


def test_a_new_county_asks_for_what_is_missing_one_at_a_time(tmp_path: Path) -> None:
    county = NewCounty(folder=tmp_path)
    asked = []
    for answer in (
        {"name": "Pine"},
        {"state": "KS"},
        {"passphrase": "four plain words"},
        {"again": "four plain words"},
    ):
        asked.append(county.missing)
        assert not county.can_continue
        county = county.choose(**answer)
    assert county.can_continue
    assert len(set(asked)) == 4
    assert county.path == tmp_path / "Pine.ddj"
    assert county.choose(population="14,000").people == 14_000
    assert county.choose(population="many").missing.startswith("The population")
    assert county.choose(name="../Pine/..").path == tmp_path / "Pine.ddj"


def test_an_agreement_asks_for_what_the_paper_must_say() -> None:
    form = AgreementForm(date(2026, 1, 1), date(2026, 12, 31))
    for answer in ({"partner": " Pine  Hospital "}, {"title": "Sharing"}, {"purpose": "planning"}):
        assert form.missing.startswith("Enter")
        form = form.choose(**answer)
    assert form.missing.startswith("Tick")
    form = form.cover("jail", True).cover("ems", True).cover("jail", False)
    assert form.missing == ""
    assert (form.partner_name, form.terms["sources"]) == ("Pine Hospital", ("ems",))
    assert form.choose(ends=date(2025, 1, 1)).missing == "It ends before it begins."
    signed = form.choose(signed_on=date(2026, 1, 1))
    assert signed.missing == "Enter who signed it."
    assert signed.choose(signatory="A").missing == "Enter the privacy officer."
    assert signed.choose(signatory="A", privacy_officer="B").missing == ""


@pytest.mark.parametrize(
    ("value", "shown"),
    [(None, "-"), ("", "-"), (0, "0"), (4991, "4,991"), (12.5, "12.5"), (True, "yes"),
     (date(2025, 1, 4), "Jan 4, 2025"),
     (datetime(2025, 1, 4), "Jan 4, 2025"), (datetime(2025, 1, 4, 9, 5), "Jan 4, 2025, 9:05"), ("x", "x")],
)  # fmt: skip
def test_cells_are_written_plainly(value: object, shown: str) -> None:
    assert wording.cell(value) == shown


def test_moments_are_shown_on_the_clock_of_the_place() -> None:
    here = wording.local(AT)
    assert here is not None
    assert here.astimezone(UTC).replace(tzinfo=None) == AT
    assert wording.local(None) is None
