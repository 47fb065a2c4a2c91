"""The whole way by the window: files dropped, columns looked at, taken in, matched, reviewed by keys, defined, figures,
packet; then taken back again."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from ddj_desktop.cohort.templates import templates
from ddj_desktop.gui.pdf_document import PdfDocument
from ddj_desktop.intake.types import Sure
from ddj_desktop.screens.definition_form import DefinitionForm
from ddj_desktop.screens.import_draft import adds_up
from tests.gui.conftest import Robot


def drop(widget: QWidget, files: tuple[Path, ...]) -> None:
    """Drag files onto a widget and let go, as the system does."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in files])
    where, keys, mouse = QPoint(400, 300), Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton
    enter = QDragEnterEvent(where, Qt.DropAction.CopyAction, data, mouse, keys)
    QApplication.sendEvent(widget, enter)
    assert enter.isAccepted()
    let_go = QDropEvent(QPointF(where), Qt.DropAction.CopyAction, data, mouse, keys)
    QApplication.sendEvent(widget, let_go)
    assert let_go.isAccepted()


def take_in(robot: Robot, sheets: tuple[Path, ...]) -> None:
    """Drop files, answer what is asked, take them in."""
    page = robot.space.importing
    drop(robot.space, sheets)
    robot.until(lambda: not page.basket.waiting)
    for spot, entry in enumerate(page.basket.entries):
        page.table.choose(spot)
        assert not entry.refused, entry.refused
        if entry.asks_date_order:
            page.form.month_first.click()
    robot.press(f"Import {len(sheets)} files" if len(sheets) > 1 else "Import 1 file")
    robot.until(lambda: all(entry.result for entry in page.basket.entries))
    robot.idle()


def test_from_files_to_packet_and_back(robot: Robot, sheets: tuple[Path, Path]) -> None:
    take_in(robot, sheets)
    for entry in robot.space.importing.basket.entries:
        assert entry.result is not None
        assert adds_up(entry.result)
    jail, ems = (entry.result for entry in robot.space.importing.basket.entries)
    assert jail is not None
    assert ems is not None
    assert (jail.kind, jail.new, jail.not_data) == ("jail", 8 * 5 + 16, 3)
    assert (ems.kind, ems.new) == ("ems", 8 * 3 + 16)

    robot.go("match")
    robot.press("Match people")
    robot.idle()
    state = robot.space.match.state
    assert state is not None
    assert state.records_not_matched == 0
    assert 20 <= state.people <= state.records

    robot.go("define")
    define(robot)
    robot.press("Keep as a new version")
    robot.idle()
    assert robot.space.define.known[0].state == "draft"
    robot.space.define.versions.choose(0)
    robot.space.define.who.setText("3 agencies")
    robot.press("Mark as agreed")
    robot.idle()
    assert robot.space.define.known[0].state == "agreed"

    robot.go("understand")
    figures = robot.space.understand.figures
    assert figures is not None
    on_list = figures.figures["people_on_list"]
    assert on_list.count == robot.space.define.tried.found.members  # type: ignore[union-attr]
    assert on_list.count >= 6
    robot.space.understand.measures.choose("people_on_list")
    robot.press("See the rows behind it")
    robot.idle()
    assert robot.space.understand.rows.rows_model.rowCount() == on_list.count

    robot.go("report")
    robot.press("Build the packet")
    robot.until(lambda: robot.space.report.document is not None)
    built = robot.space.report.built
    assert built is not None
    assert built.pdf.is_file()
    assert built.xlsx.is_file()
    document = PdfDocument(built.pdf)
    assert len(document) == built.pages == robot.space.report.view.thumbnails.count()
    document.close()

    robot.go("history")
    assert robot.space.history.acts[0].words == "Built the meeting packet of 2026-10"
    spot = next(s for s, act in enumerate(robot.space.history.acts) if act.import_id == jail.import_id)
    robot.space.history.table.choose(spot)
    robot.press("Remove this import")
    robot.idle()
    robot.press("Remove it")
    robot.idle()
    assert robot.space.this_month.state is not None
    assert robot.space.this_month.state.imports == 1
    assert not any(act.import_id == jail.import_id for act in robot.space.history.acts)


def define(robot: Robot) -> None:
    """A definition with four bookings in twelve months, chosen on the page."""
    page = robot.space.define
    spot = next(
        s
        for s, template in enumerate(templates())
        if template.rule.unit == "person" and all(form.can_change for form in DefinitionForm(template.rule).clauses)
    )
    page.begin.setCurrentIndex(len(page.known) + spot)
    page.begin.activated.emit(len(page.known) + spot)
    assert page.form is not None
    while len(page.form.clauses) > 1:
        page.form = page.form.remove(1)
    page._take(page.form.what(0, ("contacts", ("jail",))).value(0, 4).window(0, 12, "months").without_top())
    page.tried = None
    page._settle.start()
    robot.until(lambda: page.tried is not None)


def test_pairs_are_reviewed_by_keys_and_undone(robot: Robot, sheets: tuple[Path, Path]) -> None:
    take_in(robot, sheets)
    robot.go("match")
    robot.press("Match people")
    robot.idle()
    page = robot.space.match
    waiting = page.review.left
    assert waiting >= 3, "the made-up files must leave pairs to look at"
    robot.window.carry_out("review")
    first = page.review.current
    assert first is not None
    robot.keys(page.card, "Y")
    robot.keys(page.card, "N")
    robot.keys(page.card, "U")
    assert page.review.left == waiting - 3
    assert [made.verdict for made in page.review.made] == ["same", "different", "not_sure"]
    robot.idle()
    robot.bot.keyClick(page.card, Qt.Key.Key_Backspace)
    assert page.review.left == waiting - 2
    robot.keys(page.card, "N")
    robot.idle()
    lane = robot.window.desk.project.file.lane()  # type: ignore[union-attr]
    verdicts = lane.rows("SELECT verdict FROM standing_decision ORDER BY decision_id")
    lane.close()
    assert [verdict for (verdict,) in verdicts] == ["same", "different", "different"]
    robot.press("Use these decisions")
    robot.idle()
    assert not {(first.left_record, first.right_record)} & {
        (pair.left_record, pair.right_record) for pair in page.review.pairs
    }


def test_names_stay_hidden_until_asked_for(robot: Robot, sheets: tuple[Path, Path]) -> None:
    take_in(robot, sheets)
    robot.go("match")
    robot.press("Match people")
    robot.idle()
    page = robot.space.match
    pair = page.review.current
    assert pair is not None
    last = str(pair.left["last_name"])

    def shown() -> str:
        QApplication.processEvents()
        return " ".join(part.text() for part in page.card.findChildren(QLabel) if part.isVisible())

    assert last not in shown()
    robot.keys(page.card, "R")
    assert last in shown()
    robot.keys(page.card, "R")
    assert last not in shown()
    robot.window.actions_by_name["names"].trigger()
    assert last in shown()


def test_a_column_can_be_changed_and_the_import_waits_for_what_it_needs(
    robot: Robot, sheets: tuple[Path, Path]
) -> None:
    page = robot.space.importing
    drop(robot.space, sheets[:1])
    robot.until(lambda: not page.basket.waiting)
    draft = page.basket.entries[0].draft
    assert draft is not None
    assert draft.header_lines == (3,)
    starts = draft.column_of("starts")
    assert starts is not None
    combo = page.form.combos[starts]
    assert combo.currentText() == "Booking date"
    combo.setCurrentIndex(0)
    combo.activated.emit(0)
    assert not robot.find("Import").isEnabled()
    assert page.basket.entries[0].state[0] == "look"
    combo.setCurrentIndex(combo.findData("starts"))
    combo.activated.emit(combo.currentIndex())
    changed = page.basket.entries[0].draft
    assert changed is not None
    assert changed.columns[starts].sure is Sure.SURE
    assert robot.find("Import 1 file").isEnabled()


def test_check_first_says_what_would_happen_and_changes_nothing(robot: Robot, sheets: tuple[Path, Path]) -> None:
    page = robot.space.importing
    drop(robot.space, sheets)
    robot.until(lambda: not page.basket.waiting)
    robot.press("Check first, change nothing")
    robot.until(lambda: all(entry.tried for entry in page.basket.entries))
    robot.idle()
    assert all(adds_up(entry.tried) for entry in page.basket.entries if entry.tried)
    assert robot.space.this_month.state is not None
    assert robot.space.this_month.state.imports == 0


def test_a_file_that_can_not_be_read_says_why_and_the_rest_goes_on(robot: Robot, sheets: tuple[Path, Path]) -> None:
    empty = sheets[0].with_name("empty.csv")
    empty.write_text("")
    page = robot.space.importing
    drop(robot.space, (empty, sheets[1]))
    robot.until(lambda: not page.basket.waiting)
    assert page.basket.entries[0].refused.startswith("empty.csv")
    assert page.basket.ready == [1]
    assert robot.find("Import 1 file").isEnabled()


def test_the_same_file_again_brings_nothing_new(robot: Robot, sheets: tuple[Path, Path]) -> None:
    take_in(robot, sheets[1:])
    page = robot.space.importing
    page.take_out()
    take_in(robot, sheets[1:])
    assert page.basket.entries[0].state == ("done", "Nothing new")


def test_an_import_can_be_removed_where_it_was_made(robot: Robot, sheets: tuple[Path, Path]) -> None:
    take_in(robot, sheets[1:])
    robot.press("Remove this import")
    robot.idle()
    robot.press("Remove it")
    robot.idle()
    assert robot.space.importing.basket.entries == ()
    assert robot.space.this_month.state is not None
    assert robot.space.this_month.state.imports == 0


@pytest.mark.parametrize("way", ["stop", "close"])
def test_cancel_leaves_everything_as_it_was(robot: Robot, sheets: tuple[Path, Path], way: str) -> None:
    take_in(robot, sheets)
    desk, project = robot.window.desk, robot.window.desk.project  # type: ignore[union-attr]
    assert desk is not None
    robot.go("match")
    robot.space.match.run()
    if way == "close":
        robot.window.close_county()
        assert robot.window.desk is None
        return
    desk.stop()
    robot.idle()
    lane = project.file.lane()
    assert lane.value("SELECT count(*) FROM person") == 0
    assert lane.value("SELECT count(*) FROM audit WHERE event = 'match'") == 0
    lane.close()
    assert robot.space.match.message.text.startswith("Stopped")
    assert project.file.check().acts >= 3
