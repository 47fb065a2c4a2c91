"""The Import page on what columns and codes mean: problems in three levels, headings by hand, columns mended, codes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtWidgets import QFileDialog, QInputDialog, QWidget

from ddj_desktop.registers.profiles import known_layouts
from ddj_desktop.workflow.layouts import shipped_layouts
from tests.gui.conftest import Robot
from tests.gui.test_flow import drop, take_in
from tests.intake.test_formats import locked
from tests.intake.test_reports import write

HEAD = "Booking No|Name|DOB|Sex|Booked|Released|Booking Type|FBI No"


def jail(folder: Path, name: str = "jail.csv", held: str = "PCX") -> Path:
    rows = [
        f"B{n}|ROE, JA{'ABCDEFGHIJ'[n]}|02/1{n}/1980|F|10/2{n}/2026|10/30/2026|{held}|12345{n}AB1" for n in range(8)
    ]
    return write(folder / name, HEAD, *rows, "B8|MOE, ANN|x2/1980|F||10/30/2026|NEW|")


def test_problems_come_in_three_levels_with_their_effect_and_a_list_for_the_sender(
    robot: Robot, tmp_path: Path
) -> None:
    take_in(robot, (jail(tmp_path),))
    result = robot.space.importing.result
    assert result._levels.text() == "1 must be fixed, 1 to check"
    assert (
        result.problems.chosen_cell(4) == "1 row has no booking date and was set aside. Ask the sender to fill it in."
    )
    assert "counted nowhere" in result._detail.text()
    result.problems.choose(1)
    assert "a9/9999" in result._detail.text()
    assert "x2" not in result._detail.text()
    robot.space.window().resize(1100, 760)
    path = tmp_path / "for the sender.xlsx"
    entry = robot.space.importing.basket.entries[0]
    robot.space.importing.later.save_list(entry.result, path)
    robot.idle()
    assert load_workbook(path)["Rows set aside"]["B2"].value == 10


def test_columns_are_mended_without_the_file_and_codes_are_given_a_meaning(robot: Robot, tmp_path: Path) -> None:
    path = jail(tmp_path)
    take_in(robot, (path,))
    path.unlink()
    page = robot.space.importing
    page.take_out()
    page.so_far.table.choose(0)
    robot.press("Mend its columns")
    robot.until(lambda: bool(page.basket.entries))
    released = next(column for column in page.basket.entries[0].draft.columns if column.header == "Released")
    combo = page.form.combos[released.index]
    combo.setCurrentIndex(0)
    combo.activated.emit(0)
    robot.press("Import 1 file")
    robot.until(lambda: all(entry.result for entry in page.basket.entries))
    robot.idle()
    lane = robot.space.desk.project.file.lane()
    assert lane.rows("SELECT count(*), count(ends) FROM contact") == [(8, 0)]
    page.take_out()
    robot.press("What codes mean")
    robot.until(lambda: bool(page.codes.codes))
    spot = next(place for place, one in enumerate(page.codes.codes) if one.code == "PCX")
    page.codes.table.choose(spot)
    page.codes.meaning.setCurrentIndex(page.codes.meaning.findData("protective_custody"))
    robot.press("Keep this meaning")
    robot.idle()
    assert lane.rows("SELECT kind, count(*) FROM contact GROUP BY 1") == [("protective_custody", 8)]
    robot.until(lambda: page.codes.chosen() is not None and page.codes.chosen().meaning == "protective_custody")
    assert page.codes.isVisible()
    robot.press("Back to the imports")
    assert page.so_far.isVisible()
    lane.close()


def test_the_line_of_the_column_names_is_chosen_by_hand_and_remembered(robot: Robot, tmp_path: Path) -> None:
    head, rows = "A1|A2|A3|A4", [f"B{n}|ROE, JA{'ABCDEFGHIJ'[n]}|10/2{n}/2026|10/30/2026" for n in range(8)]
    page = robot.space.importing
    drop(robot.space, (write(tmp_path / "odd.csv", "key|who|from when|to when", head, *rows),))
    robot.until(lambda: not page.basket.waiting)
    page.form.tabs.setCurrentIndex(1)
    page.form.lines.choose(1)
    robot.press("The column names are in the chosen line")
    robot.until(lambda: not page.basket.waiting)
    draft = page.basket.entries[0].draft
    assert draft is not None
    assert (draft.header_lines, [column.header for column in draft.columns]) == ((2,), ["A1", "A2", "A3", "A4"])


def test_columns_never_wanted_are_named_as_such_and_never_kept(robot: Robot, tmp_path: Path) -> None:
    page = robot.space.importing
    drop(robot.space, (jail(tmp_path),))
    robot.until(lambda: not page.basket.waiting)
    draft = page.basket.entries[0].draft
    assert draft is not None
    number = draft.column_of("never_wanted")
    assert number == 7
    assert page.form.combos[number].currentText() == "Never keep: blank it"
    robot.press("Import 1 file")
    robot.until(lambda: all(entry.result for entry in page.basket.entries))
    robot.idle()
    lane = robot.space.desk.project.file.lane()
    assert lane.value("SELECT count(*) FROM row_text WHERE cells LIKE '%12345%'") == 0
    lane.close()


def test_a_protected_file_asks_for_its_password_until_it_fits(
    robot: Robot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "locked.xlsx"
    path.write_bytes(locked("right"))
    given, asked = iter([("wrong", True), ("right", True)]), []

    def answer(_parent: QWidget, _title: str, sentence: str, _echo: object) -> tuple[str, bool]:
        asked.append(sentence)
        return next(given)

    monkeypatch.setattr(QInputDialog, "getText", answer)
    robot.space.importing.add_files([path])
    robot.until(lambda: not robot.space.importing.basket.entries[0].waiting)
    entry = robot.space.importing.basket.entries[0]
    assert [("protected" in one, "does not open" in one) for one in asked] == [(True, False), (False, True)]
    assert entry.draft is not None


def test_a_protected_file_without_its_password_is_refused_with_what_to_do(
    robot: Robot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "locked.xlsx"
    path.write_bytes(locked("right"))
    monkeypatch.setattr(QInputDialog, "getText", lambda *_: ("", False))
    robot.space.importing.add_files([path])
    robot.until(lambda: not robot.space.importing.basket.entries[0].waiting)
    assert "Give the password" in robot.space.importing.basket.entries[0].refused


def test_a_layout_is_saved_and_one_dropped_on_the_window_is_used(
    robot: Robot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A shipped layout is dropped like any file; the source's own is saved with its button, without a row in it."""
    page = robot.space.importing
    monkeypatch.setattr(QInputDialog, "getText", lambda *_: ("Pine Jail", True))
    drop(robot.space, (shipped_layouts()["coos_jail"],))
    robot.until(lambda: "Pine Jail" in page.message.text)
    robot.idle()
    lane = robot.space.desk.project.file.lane()
    assert [(one.source, one.kind) for one in known_layouts(lane)] == [("Pine Jail", "jail")]
    take_in(robot, (jail(tmp_path),))
    page.take_out()
    path = tmp_path / "Pine jail.ddjlayout"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    page.so_far.table.choose(0)
    robot.press("Save its layout")
    robot.until(path.exists)
    robot.idle()
    told = path.read_text("utf-8")
    assert '"starts": "Booked"' in told
    assert "ROE" not in told
    lane.close()


def test_a_dropped_layout_goes_to_the_source_it_names_and_nowhere_unasked(
    robot: Robot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file's name says nothing of the source; whoever does not name one has changed nothing."""
    page, path = robot.space.importing, tmp_path / "from a friend.ddjlayout"
    monkeypatch.setattr(QInputDialog, "getText", lambda *_: ("", False))
    drop(robot.space, (shipped_layouts()["coos_jail"],))
    facts = json.loads(shipped_layouts()["coos_jail"].read_text("utf-8"))
    path.write_text(json.dumps({**facts, "source": "County Jail"}))
    drop(robot.space, (path,))
    robot.until(lambda: "County Jail" in page.message.text)
    robot.idle()
    path.write_text("{}")
    drop(robot.space, (path,))
    assert "layout" in page.message.text
    assert "County Jail" not in page.message.text
    lane = robot.space.desk.project.file.lane()
    assert [one.source for one in known_layouts(lane)] == ["County Jail"]
    lane.close()
