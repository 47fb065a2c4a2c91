"""The shared table, the bell between threads, the report of a fault, the preview, printing."""

from __future__ import annotations

import threading
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from ddj_desktop.gui.doorbell import Doorbell
from ddj_desktop.gui.error_report import report_text, write_report
from ddj_desktop.gui.item_model import PAGE, Column, TableModel
from ddj_desktop.gui.pdf_document import PdfDocument
from ddj_desktop.gui.preferences import MOST_RECENT, Preferences
from ddj_desktop.gui.printing import print_to
from ddj_desktop.gui.widgets.pdf_view import PdfView
from ddj_desktop.gui.widgets.table import Table
from ddj_desktop.kernel.errors import OurFault

COLUMNS = (Column("Name", identifies=True), Column("Bookings", right=True), Column("Born"))
ROWS = [("ROE, Ann", 3, date(1990, 1, 2)), ("Doe, Bob", None, date(1985, 5, 6)), ("ABLE, Cy", 11, None)]


def column(model: TableModel, at: int) -> list[str]:
    return [model.text(row, at) for row in range(model.rowCount())]


def test_the_model_keeps_qts_rules(qtmodeltester: ModelTester) -> None:
    model = TableModel(COLUMNS)
    model.set_rows(ROWS)
    qtmodeltester.check(model)


def test_names_are_masked_until_shown_and_stay_so_on_the_clipboard(qtbot: QtBot) -> None:
    table = Table("People", COLUMNS)
    qtbot.addWidget(table)
    table.set_rows(ROWS)
    table.selectAll()
    table.copy(headings=True)
    copied = QGuiApplication.clipboard().text().split("\n")
    assert copied[0] == "Name\tBookings\tBorn"
    assert copied[1] == "R**, A**\t3\tJan 2, 1990"
    assert copied[2] == "D**, B**\t-\tMay 6, 1985"
    table.rows_model.hide_names(False)
    assert column(table.rows_model, 0) == ["ROE, Ann", "Doe, Bob", "ABLE, Cy"]


@pytest.mark.parametrize("order", [Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder])
def test_sorting_puts_blanks_last_either_way(order: Qt.SortOrder) -> None:
    model = TableModel(COLUMNS)
    model.set_rows(ROWS)
    model.sort(1, order)
    assert column(model, 1)[-1] == "-"
    assert column(model, 1)[:2] == (["3", "11"] if order == Qt.SortOrder.AscendingOrder else ["11", "3"])
    assert model.was_sorted


def test_a_long_table_reads_only_the_pages_it_shows() -> None:
    asked: list[int] = []
    model = TableModel((Column("Number"),))

    def ask(page: int, ids: list[int]) -> None:
        asked.append(page)
        model.page_came(page, [(each,) for each in ids])

    model.set_ids(range(100_000), ask)
    assert model.rowCount() == 100_000
    assert model.text(50_000, 0) == "…"
    assert model.text(50_000, 0) == "50,000"
    assert model.text(50_001, 0) == "50,001"
    assert asked == [50_000 // PAGE]


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_tab_leaves_a_table_at_once_and_enter_opens(qtbot: QtBot) -> None:
    holder = QWidget()
    inside = QVBoxLayout(holder)
    table, after = Table("People", COLUMNS), QLineEdit()
    inside.addWidget(table)
    inside.addWidget(after)
    qtbot.addWidget(holder)
    table.set_rows(ROWS)
    with qtbot.waitActive(holder):
        holder.show()
        holder.activateWindow()
    table.setFocus()
    table.choose(1)
    with qtbot.waitSignal(table.opened) as opened:
        qtbot.keyClick(table, Qt.Key.Key_Return)
    assert opened.args == [1, 0]
    qtbot.keyClick(table, Qt.Key.Key_Tab)
    assert after.hasFocus()


def test_a_call_from_another_thread_is_answered_in_the_windows_own(qtbot: QtBot) -> None:
    bell, heard = Doorbell(), []
    worker = threading.Thread(target=lambda: bell.deliver(lambda: heard.append(threading.current_thread())))
    worker.start()
    worker.join()
    assert heard == []
    qtbot.waitUntil(lambda: bool(heard))
    assert heard == [threading.main_thread()]


def test_a_closed_bell_drops_what_comes_late(qapp: QApplication) -> None:
    bell, heard = Doorbell(), []
    bell.deliver(lambda: heard.append(1))
    bell.close()
    qapp.processEvents()
    assert heard == []


SECRET = "Zebulon Quackenbush 1991-03-04"


def fault() -> BaseException:
    """An error whose text, chain and places hold a made-up person's name."""
    try:
        try:
            raise ValueError(SECRET)
        except ValueError as error:
            raise OurFault(what=SECRET) from error
    except OurFault as error:
        return error


def test_a_report_says_where_and_nothing_about_anybody(tmp_path: Path) -> None:
    path = write_report(fault(), "match", tmp_path / SECRET)
    text = path.read_text("utf-8")
    assert "Page: match" in text
    assert "OurFault" in text
    assert "ValueError" in text
    assert "test_parts.py line" in text
    for hidden in (*SECRET.split(), str(tmp_path), str(Path.home()), "/"):
        assert hidden not in text.replace("made/up", "")
    assert len(report_text(fault(), "x").splitlines()) < 30


def test_preferences_keep_eight_files_and_a_text_size(tmp_path: Path) -> None:
    kept = Preferences(QSettings(str(tmp_path / "s.ini"), QSettings.Format.IniFormat))
    for number in range(10):
        path = tmp_path / f"{number}.ddj"
        path.touch()
        kept.opened(path)
    assert len(kept.recent) == MOST_RECENT
    assert kept.recent[0].name == "9.ddj"
    (tmp_path / "9.ddj").unlink()
    assert kept.recent[0].name == "8.ddj"
    for _ in range(20):
        kept.step_text(1)
    assert kept.text_factor == 2.0
    kept.step_text(0)
    assert kept.text_factor == 1.0


@pytest.fixture
def pdf(tmp_path: Path) -> Path:
    """Three pages, the last one lying."""
    from reportlab.lib.colors import HexColor
    from reportlab.lib.pagesizes import landscape, letter
    from reportlab.pdfgen.canvas import Canvas

    path = tmp_path / "pages.pdf"
    canvas = Canvas(str(path), pagesize=letter)
    for page in range(3):
        canvas.setPageSize(landscape(letter) if page == 2 else letter)
        canvas.setFillColor(HexColor(0xCC2200))
        canvas.rect(0, 0, 300, 300, fill=1)
        canvas.showPage()
    canvas.save()
    return path


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_the_preview_shows_the_pages_and_their_greys(qtbot: QtBot, pdf: Path) -> None:
    document, view = PdfDocument(pdf), PdfView()
    qtbot.addWidget(view)
    assert len(document) == 3
    assert document.size(2) == (792.0, 612.0)
    colour = document.picture(0, 0.5).pixelColor(20, 380)
    assert (colour.red() > 150, colour.green() < 100) == (True, True)
    grey = document.picture(0, 0.5, grey=True).pixelColor(20, 380)
    assert grey.red() == grey.green() == grey.blue() < 200
    view.show_document(document)
    view.show()
    qtbot.waitUntil(lambda: view._thumbnails_made == 3)
    qtbot.keyClick(view, Qt.Key.Key_PageDown)
    assert view.page == 1
    before = view._scale()
    view.zoom_by(1.25)
    assert view.zoom == pytest.approx(min(4.0, before * 1.25))
    view.set_grey(True)
    view.close_document()


def test_printing_draws_the_pages_asked_for(qapp: QApplication, pdf: Path, tmp_path: Path) -> None:
    document = PdfDocument(pdf)
    printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    assert print_to(document, printer) == 3
    printed = PdfDocument(tmp_path / "printed.pdf")
    assert len(printed) == 3
    width, height = printed.size(2)
    assert width > height
    corner = printed.picture(0, 0.5).pixelColor(40, 370)
    assert corner.red() > 150
    assert corner.green() < 120
    document.close()
    printed.close()
