"""What single pages do on a county that was taken down the line: share, govern, report, history, figures, define."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QFileDialog, QLabel
from pytestqt.qtbot import QtBot

from ddj_desktop.gui import printing
from ddj_desktop.gui.main_window import MainWindow
from ddj_desktop.measures.types import CountTable
from ddj_desktop.registers.agreements import add_agreement
from ddj_desktop.registers.partners import add_partner
from ddj_desktop.screens.results import opened_at
from ddj_desktop.store.county_file import CountyFile
from ddj_desktop.workflow.project import Project
from ddj_desktop.workflow.register_sheets import REGISTERS
from tests.gui.conftest import Robot


def answer(monkeypatch: pytest.MonkeyPatch, dialog: str, path: Path) -> None:
    """Stand in for a dialog of the system's own."""
    chosen: Callable[..., object] = (
        (lambda *_a, **_k: str(path)) if dialog == "getExistingDirectory" else (lambda *_a, **_k: (str(path), ""))
    )
    monkeypatch.setattr(QFileDialog, dialog, staticmethod(chosen))


def keep_agreement(robot: Robot, *, signed: bool) -> None:
    """Enter an agreement on the Govern page."""
    robot.go("govern")
    robot.press("Keep an agreement")
    sheet = robot.space.govern.form
    assert sheet is not None
    assert not sheet.keep.isEnabled()
    sheet.partner.setText("Pine Valley Hospital")
    sheet.called.setText("Data sharing agreement")
    sheet.purpose.setText("planning of services")
    for name in ("jail", "ems"):
        sheet.kinds[name].setChecked(True)
    sheet.starts.setDate(QDate(2025, 1, 1))
    sheet.ends.setDate(QDate(2099, 1, 1))
    sheet.signed.setChecked(signed)
    if signed:
        sheet.signed_on.setDate(QDate(2025, 1, 2))
        assert not sheet.keep.isEnabled()
        sheet.signatory.setText("County administrator")
        sheet.officer.setText("Privacy officer")
    robot.press("Keep the agreement")
    robot.idle()
    assert robot.space.govern.form is None


def test_share_goes_through_the_gate_and_says_its_refusal(
    worked: Robot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    answer(monkeypatch, "getExistingDirectory", out)
    worked.go("share")
    assert worked.space.share.sheets.currentWidget() is worked.space.share.empty
    keep_agreement(worked, signed=False)
    worked.go("share")
    worked.press("Make the summary")
    worked.idle()
    assert worked.space.share.message.text
    assert list(out.iterdir()) == []
    keep_agreement(worked, signed=True)
    worked.go("share")
    worked.press("Make the summary")
    worked.idle()
    assert worked.space.share.message.text.startswith("Written for Pine Valley Hospital"), (
        worked.space.share.message.text
    )
    assert {path.suffix for path in out.iterdir()} == {".pdf", ".xlsx", ".json"}
    assert worked.space.share.gone.rows_model.rowCount() == 1


def test_the_packet_is_saved_printed_and_known_to_be_out_of_date(
    worked: Robot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = worked.space.report
    worked.go("report")
    assert not worked.window.actions_by_name["print"].isEnabled()
    assert worked.window.actions_by_name["print"].toolTip() == "Build the packet first."
    worked.press("Build the packet")
    worked.until(lambda: page.document is not None)
    built = page.built
    assert built is not None
    for name, source in (("copy.pdf", built.pdf), ("copy.xlsx", built.xlsx)):
        answer(monkeypatch, "getSaveFileName", tmp_path / name)
        worked.press("Save as")
        assert (tmp_path / name).read_bytes() == source.read_bytes()
    page.save_to(tmp_path / "no such folder" / "copy.pdf")
    assert "isn't available" in page.message.text
    printed: list[int] = []
    monkeypatch.setattr(printing, "ask_and_print", lambda document, _parent: bool(printed.append(len(document)) or 1))
    worked.window.carry_out("print")
    assert printed == [built.pages]
    page.proof.click()
    assert page.view.grey
    worked.idle()
    worked.space.match.state = worked.space.this_month.state
    worked.space.match.run()
    worked.idle()
    assert page.message.text == "Something changed since this packet was built."


def test_partners_end_and_sources_are_put_under_their_law(worked: Robot) -> None:
    keep_agreement(worked, signed=True)
    page = worked.space.govern
    assert page.agreements.rows_model.text(0, 3) == "In force"
    page.tabs.setCurrentIndex(1)
    page.partners.choose(0)
    worked.press("Stop sharing with this partner")
    worked.idle()
    assert page.partners.rows_model.text(0, 3) == "Ended"
    page.tabs.setCurrentIndex(2)
    spot = next(s for s in range(2) if "Ambulance" in page.sources.rows_model.text(s, 1))
    page.sources.choose(spot)
    page.law.setCurrentIndex(page.law.findData("part2"))
    worked.press("Keep this law")
    worked.idle()
    assert "Part 2" in page.sources.rows_model.text(spot, 5)


def test_an_empty_basket_lists_what_was_taken_in(worked: Robot) -> None:
    worked.go("import")
    page = worked.space.importing
    assert page.sheets.currentWidget() is page.so_far
    assert page.so_far.table.rows_model.rowCount() == 2
    page.so_far.table.choose(1)
    worked.press("Remove this import")
    worked.idle()
    assert "Removed" not in [page.so_far.table.rows_model.text(spot, 11) for spot in range(2)], "it is said first"
    worked.press("Remove it")
    worked.idle()
    states = [page.so_far.table.rows_model.text(spot, 11) for spot in range(2)]
    assert sorted(states) == ["In use", "Removed"]
    page.so_far.table.choose(states.index("Removed"))
    assert not worked.find("Remove this import").isEnabled()


def test_every_number_opens_exactly_its_rows(worked: Robot) -> None:
    page = worked.space.understand
    worked.go("understand")
    figures = page.figures
    assert figures is not None
    opened = 0
    for name, figure in figures.figures.items():
        if figure.unit not in ("people", "contacts") or figure.count is None:
            continue
        page.measures.choose(name)
        page.open_rows()
        worked.idle()
        assert page.rows.rows_model.rowCount() == figure.count, name
        page.close_rows()
        opened += 1
    assert opened >= 8
    table = next(t for t in figures.tables.values() if t.keys is not None and t.unit == "people" and t.name)
    assert isinstance(table, CountTable)
    page.measures.choose(table.name)
    known = [spot for spot, counts in enumerate(table.counts) if counts[0] is not None]
    assert opened_at(table, known[-1], 1) is not None
    page.table.choose(known[-1], 1)
    worked.bot.keyClick(page.table, Qt.Key.Key_Return)
    worked.idle()
    assert page.rows.rows_model.rowCount() == table.counts[known[-1]][0]
    page.close_rows()
    ages = figures.tables["by_age"]
    page.measures.choose("by_age")
    page.table.choose(len(ages.rows), 1)
    page.open_rows()
    worked.idle()
    assert page.rows.rows_model.rowCount() == sum(row[0] or 0 for row in ages.counts), "a total opens like a cell"
    page.close_rows()
    page.measures.choose(table.name)
    silent = next((spot for spot, counts in enumerate(table.counts) if counts[0] is None), None)
    if silent is not None:
        page.table.choose(silent, 1)
        page.open_rows()
        assert page.sheets.currentWidget() is page.overview
        assert page.message.text.startswith("The data give no answer")


def test_a_person_opens_from_a_row_with_names_hidden(worked: Robot) -> None:
    page = worked.space.understand
    worked.go("understand")
    page.measures.choose("people_on_list")
    page.open_rows()
    worked.idle()
    worked.bot.keyClick(page.rows, Qt.Key.Key_Return)
    worked.until(lambda: page.sheets.currentWidget() is page.person)
    assert page.person.contacts.rows_model.rowCount() >= 4
    model = page.person.records.rows_model
    spot = [column.title for column in model.columns].index("Last name")
    assert "*" in model.text(0, spot)
    worked.window.actions_by_name["names"].trigger()
    assert "*" not in model.text(0, spot)
    assert not page.person.reveal.isVisible(), "this county has no source under special protection"
    worked.idle()
    assert worked.window.desk is not None
    lane = worked.window.desk.project.file.lane()
    assert lane.value("SELECT count(*) FROM audit WHERE event = 'names shown'") == 1
    page.close_rows()
    assert page.sheets.currentWidget() is page._rows_sheet
    page.close_rows()
    assert page.sheets.currentWidget() is page.overview


def test_protected_records_are_shown_when_asked_for_and_papers_are_for_a_partner(
    worked: Robot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert worked.window.desk is not None
    lane = worked.window.desk.project.file.lane()
    lane.run("UPDATE source SET legal_class = 'part2' WHERE kind = 'ems'")
    page = worked.space.understand
    worked.go("understand")
    page.measures.choose("people_on_list")
    page.open_rows()
    worked.idle()
    worked.bot.keyClick(page.rows, Qt.Key.Key_Return)
    worked.until(lambda: page.sheets.currentWidget() is page.person)
    sheet = page.person

    def sources() -> set[str]:
        model = sheet.contacts.rows_model
        spot = [column.title for column in model.columns].index("Source")
        return {model.text(line, spot) for line in range(model.rowCount())}

    assert sources() == {"Jail"}
    assert "whether or not there are any" in sheet.hidden.text()
    worked.press("Show them")
    worked.idle()
    assert sources() == {"Jail", "Ambulance"}
    assert lane.value("SELECT count(*) FROM audit WHERE event = 'protected records shown'") == 1
    sheet.tabs.setCurrentWidget(sheet.care)
    assert sheet.care.save.toolTip() == "No agreement with a partner is in force. Add one on the Govern page first."
    today = date.today()
    with lane.transaction():
        add_partner(lane, "Pine care team")
        add_agreement(
            lane, 1, title="Care MOU", level="table", purpose="care", sources=("jail",), starts=today, ends=today,
            signed_on=today,
        )  # fmt: skip
    sheet.care.show_person(sheet._whole.person_id if sheet._whole else 0)
    worked.idle()
    sheet.care.purpose.setText("care")
    answer(monkeypatch, "getExistingDirectory", tmp_path)
    worked.press("Save the paper")
    worked.idle()
    (made,) = tmp_path.glob("Care team*.pdf")
    assert sheet.care.said.text() == f"Saved as {made.name}."


def test_the_count_follows_the_rule_and_nothing_is_kept_by_itself(worked: Robot) -> None:
    page = worked.space.define
    worked.go("define")
    worked.until(lambda: page.tried is not None)
    assert page.tried is not None
    four = page.tried.found.members
    assert not page.keep.isEnabled()
    assert page.keep.toolTip() == "This version is kept already; change something first."
    row = page._shown_rows()[0]
    least = row.stops()[0]
    least.setValue(5)  # type: ignore[attr-defined]
    worked.until(lambda: page.tried is not None and "5 or more" in page.tried.sentence)
    assert page.tried.found.members <= four
    assert page.keep.isEnabled()
    assert len(page.known) == 1
    assert page.known[0].agreed_on == date(2026, 10, 1)


def test_a_decision_is_undone_from_history(worked: Robot) -> None:
    page = worked.space.match
    worked.go("match")
    pair = page.review.current
    assert pair is not None
    page.decide("different")
    worked.idle()
    worked.go("history")
    worked.space.history.table.choose(0)
    worked.press("Undo this decision")
    worked.idle()
    assert worked.space.history.acts[0].words == "Took a decision on a possible match back"
    assert worked.space.history.acts[1].undone


def test_backup_and_check_are_told_on_the_page_in_front(worked: Robot) -> None:
    worked.go("govern")
    worked.window.carry_out("back_up")
    worked.idle()
    assert "a backup was made" in worked.space.govern.message.text
    worked.window.carry_out("check")
    worked.idle()
    assert worked.space.govern.message.text.startswith("The county file is sound")


def test_run_this_month_leads_to_where_a_person_is_needed(worked: Robot) -> None:
    worked.go("this_month")
    worked.window.carry_out("run_month")
    worked.idle()
    assert worked.space.current.name == ("match" if worked.space.match.review.left else "report")


def test_the_made_up_county_is_marked_on_every_page(window: MainWindow, qtbot: QtBot, county: CountyFile) -> None:
    lane = county.lane()
    lane.run("INSERT INTO setting VALUES ('made_up', '1')")
    lane.close()
    window.show_project(Project(county, county.county(), county.actor))
    robot = Robot(window, qtbot)
    for page in ("this_month", "match", "report", "history"):
        robot.go(page)
        assert any(each.isVisible() and each.text().startswith("DEMO") for each in window.findChildren(QLabel))
    assert window.preferences.recent == []


def test_a_race_code_is_decided_and_the_figures_follow(
    worked: Robot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert worked.window.desk is not None
    lane = worked.window.desk.project.file.lane()
    with lane.transaction():
        lane.run("UPDATE record SET race = CASE WHEN record_id % 2 = 0 THEN 'W' ELSE 'B' END")
    page = worked.space.understand
    worked.go("understand")
    worked.press("What the figures rest on")
    worked.idle()
    sheet = page.registers
    assert page.sheets.currentWidget() is sheet
    table = sheet.tables["race-codes"]
    before = table.rows_model.rowCount()
    assert before > 0
    table.choose(0)
    code = table.rows_model.text(0, 2)
    sheet.choices["race-codes"].setCurrentIndex(sheet.choices["race-codes"].findData("mena"))
    worked.press("Keep this")
    worked.idle()
    lines = [[table.rows_model.text(line, spot) for spot in (2, 4)] for line in range(table.rows_model.rowCount())]
    assert [code, "mena"] in lines
    assert lines[-1] == [code, "mena"], "codes nobody decided on stand first"
    assert not sheet.agreement.agree.isEnabled(), "nobody is said to have agreed"
    sheet.agreement.fields.who.setText("DDJ team")
    worked.press("Mark as agreed")
    worked.idle()
    assert sheet.agreement.state.text().endswith("by DDJ team.")
    assert not sheet.agreement.agree.isEnabled(), "agreed already"
    answer(monkeypatch, "getSaveFileName", tmp_path / "race.pdf")
    worked.press("Save the page to sign")
    worked.idle()
    assert (tmp_path / "race.pdf").read_bytes().startswith(b"%PDF")
    written = tmp_path / "costs.csv"
    written.write_text("source_kind,unit,dollars,year\njail,day,85.50,2025\n", "utf-8")
    answer(monkeypatch, "getOpenFileName", written)
    sheet.tabs.setCurrentIndex(list(REGISTERS).index("costs"))
    worked.press("Take a sheet in")
    worked.idle()
    assert sheet.tables["costs"].rows_model.rowCount() == 1
    answer(monkeypatch, "getSaveFileName", tmp_path / "out.csv")
    worked.press("Save as a sheet")
    worked.idle()
    assert "85.5" in (tmp_path / "out.csv").read_text("utf-8-sig")
    worked.press("Back to the measures")
    assert page.sheets.currentWidget() is page.overview
    worked.until(lambda: page.figures is not None and "cost_average_jail_day" in page.figures.estimates)
    page.measures.choose("cost_average_jail_day")
    cost = page.figures.estimates["cost_average_jail_day"] if page.figures else None
    assert cost is not None
    assert page.finding.text().startswith("$")
    page.open_rows()
    worked.idle()
    assert page.rows.rows_model.rowCount() == cost.opens
    page.close_rows()
