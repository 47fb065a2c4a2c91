"""Define at the window: the grid and its cell, two definitions side by side, states and sign-off, a person's line of
time, the page to sign, and a month closed."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from ddj_desktop.cohort.rule import parse_rule
from ddj_desktop.kernel.dates import Month
from ddj_desktop.screens.definition_effect import grid_rows
from ddj_desktop.screens.definition_form import DefinitionForm
from tests.gui.conftest import Robot
from tests.gui.test_pages import answer


def test_the_grid_marks_the_rule_and_takes_a_cell(worked: Robot) -> None:
    page = worked.space.define
    worked.go("define")
    worked.until(lambda: page.grid.grid is not None)
    alone = page.grid.grid  # one clause: its threshold across, its months down
    assert alone is not None
    assert (alone.values_y[:4], alone.current) == ((3, 6, 9, 12), (3, 3))
    assert list(alone.people[3]) == sorted(alone.people[3], reverse=True)
    assert [row[3] for row in alone.people] == sorted(row[3] for row in alone.people)
    page._take(page.form and page.form.add(("contacts", ("ems",)), 2, 12))
    worked.until(lambda: page.grid.down.count() == 4)
    page.grid.down.setCurrentIndex(1)
    page.grid.ask()
    worked.until(lambda: page.grid.grid is not None and page.grid.grid.clause_y == "2")
    found = page.grid.grid
    assert found is not None
    assert found.current == (1, 3)
    assert page.tried is not None
    assert found.people[1][3] == page.tried.found.members
    assert grid_rows(found)[1][4] == f"[{page.tried.found.members}]"
    page.grid.table.opened.emit(0, 3)  # three bookings, one run
    worked.until(lambda: page.grid.grid is not None and page.grid.grid.current == (0, 2))
    assert page.tried.found.members == found.people[0][2]
    assert [clause.value for clause in page.form.clauses] == [3, 1]  # type: ignore[union-attr]


def test_a_relative_rule_says_its_absolute_cut(worked: Robot) -> None:
    page = worked.space.define
    worked.go("define")
    worked.until(lambda: page.tried is not None)
    assert not page.cut.isVisible(), "a plain rule has none"
    rule = parse_rule('name = "Top"\n[top]\nn = 3\nby = { count = "contacts", window = { trailing_months = 12 } }')
    page._take(DefinitionForm(rule))
    worked.until(lambda: page.cut.isVisible())
    assert page.cut.text().startswith("The top 3 here means ")


def test_two_definitions_side_by_side_and_a_person(worked: Robot) -> None:
    page = worked.space.define
    worked.go("define")
    page._take(page.form and page.form.value(0, 5))
    worked.idle()
    worked.until(lambda: page.compare.other.findText("Four bookings, version 1 (agreed)") > 0)
    page.compare.other.setCurrentIndex(page.compare.other.findText("Four bookings, version 1 (agreed)"))
    page.compare.ask()
    worked.until(lambda: page.compare.found is not None)
    found = page.compare.found
    assert found is not None
    assert not found.found.only_a
    assert found.a is not None
    assert found.b is not None
    assert found.b.bookings.part >= found.a.bookings.part
    assert page.compare.people.rows_model.rowCount() == len(found.found.either)
    assert "*" in page.compare.people.rows_model.text(0, 2)
    page.compare.people.choose(0)
    page.compare.people.setFocus()
    worked.bot.keyClick(page.compare.people, Qt.Key.Key_Return)
    worked.until(lambda: page.sheets.currentWidget() is page.person)
    line = page.person.line
    assert page.person.why.text().startswith("On the list of October 2026")
    last = line.current
    worked.bot.keyClick(line, Qt.Key.Key_Left)
    assert line.current == last - 1
    assert line.events[line.current].words in line.accessibleName()
    assert page.person.told.text() == line.events[line.current].words
    worked.bot.keyClick(line, Qt.Key.Key_Right)
    assert line.current == last
    assert page.person.sequence.rows_model.rowCount() == sum(e.source_kind == "jail" for e in line.events)
    worked.press("Back to the definition")
    assert page.sheets.currentIndex() == 0


def test_states_sign_off_and_the_page_to_sign(worked: Robot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = worked.space.define
    worked.go("define")
    assert "It can not be changed" in page.kept_state.text()
    page._take(page.form and page.form.value(0, 5))
    worked.idle()
    worked.press("Keep as a new version")
    worked.idle()
    assert "Against version 1:" in page.message.text
    page.versions.choose(0)
    worked.press("Propose")
    worked.idle()
    assert page.known[0].state == "proposed"
    page.versions.choose(0)
    page.who.setText("DDJ team")
    page.kept.agencies.setText("Sheriff, EMS")
    page.kept.meeting.setText("November meeting")
    worked.press("Mark as agreed")
    worked.idle()
    kept = page.known[0]
    assert (kept.state, kept.agreed_by, kept.agencies, kept.meeting) == (
        "agreed", "DDJ team", "Sheriff, EMS", "November meeting",
    )  # fmt: skip
    page.versions.choose(0)
    assert not page.agree.isEnabled()
    answer(monkeypatch, "getSaveFileName", tmp_path / "sign.pdf")
    worked.press("Save the page to sign")
    worked.idle()
    assert (tmp_path / "sign.pdf").read_bytes().startswith(b"%PDF")
    page.versions.choose(0)
    worked.press("Retire")
    worked.idle()
    assert [one.state for one in page.known] == ["retired", "agreed"]


def test_a_month_is_closed_and_opened_again(worked: Robot) -> None:
    page = worked.space.this_month
    worked.go("this_month")
    assert page.month == Month(2026, 10)
    worked.press("Close October 2026: Close the month")
    worked.idle()
    assert "is closed with" in page.message.text
    worked.press("Close October 2026: Open it again")
    worked.idle()
    assert worked.find("Close October 2026: Close the month").isEnabled()
