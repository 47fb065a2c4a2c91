"""Beside the queue: a record taken out and the change taken back, the blind check by keys, teaching and going back."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from ddj_desktop.store.county_file import CountyFile
from ddj_desktop.workflow.looks import person_looked_at
from tests.gui.conftest import Robot
from tests.screens.test_looking_over import kind_of


def people(robot: Robot) -> list[tuple[int, int]]:
    lane = robot.window.desk.project.file.lane()  # type: ignore[union-attr]
    found = lane.rows("SELECT record_id, person_id FROM person_record ORDER BY 1")
    lane.close()
    return found


def test_a_record_is_taken_out_and_the_split_taken_back(worked: Robot) -> None:
    worked.go("match")
    page, before = worked.space.match, people(worked)
    lane = worked.window.desk.project.file.lane()  # type: ignore[union-attr]
    person = lane.value("SELECT person_id FROM person_record GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1")
    lane.close()
    page.tabs.setCurrentWidget(page.check)
    worked.window.desk.read(lambda lane: lists_person(lane, person), page.check._show_person)  # type: ignore[union-attr]
    worked.until(lambda: page.check.sheets.currentWidget() is page.check.person)
    page.check.person.records.choose(0)
    worked.press("Take this record out")
    worked.idle()
    assert len({p for _, p in people(worked)}) == len({p for _, p in before}) + 1
    page.tabs.setCurrentWidget(page.changes)
    assert [each.kind for each in page.changes.found] == ["split"]
    page.changes.table.choose(0)
    worked.press("Take this back")
    worked.idle()
    assert people(worked) == before
    assert [each.undone for each in page.changes.found] == [False, True]


def lists_person(lane, person):  # type: ignore[no-untyped-def]
    from ddj_desktop.workflow.lists import person as person_page

    return person_page(lane, person)


def test_the_blind_check_is_answered_by_keys_and_tells_nothing_before(worked: Robot) -> None:
    worked.go("match")
    page = worked.space.match
    page.tabs.setCurrentWidget(page.blind)
    worked.press("Draw the pairs")
    worked.idle()
    drawn = len(page.blind.blind.pairs)
    assert drawn >= 20
    told = " ".join(part.text() for part in page.blind.findChildren(QLabel) if part.isVisible())
    assert "For:" not in told
    assert "%" not in told
    worked.keys(page.blind.card, "Y" * (drawn - 1))
    worked.keys(page.blind.card, "U")
    worked.idle()
    assert page.blind.blind.current is None
    assert page.blind.quality is not None
    assert page.blind.quality.joined.answers.looked >= 19
    said = " ".join(part.text() for part in page.blind.findChildren(QLabel) if part.isVisible())
    assert "95% interval" in said


def test_teaching_tells_what_it_changed_and_can_be_taken_back(worked: Robot) -> None:
    worked.go("match")
    page, before = worked.space.match, people(worked)
    page.tabs.setCurrentWidget(page.changes)
    worked.press("Teach matching anew")
    worked.idle()
    assert "Learned from" in page.message.text
    worked.press("Back to the earlier teaching")
    worked.idle()
    assert people(worked) == before


def test_a_kind_is_decided_only_after_its_examples_were_looked_at(worked: Robot) -> None:
    worked.go("match")
    page = worked.space.match
    pair = page.review.current
    assert pair is not None
    page.tabs.setCurrentWidget(page.kinds)
    page.kinds.show_found([kind_of(pair)])
    page.kinds.table.choose(0)
    assert not page.kinds.decide.isEnabled()
    page.kinds.looked.setChecked(True)
    worked.press("Decide all of this kind")
    worked.idle()
    worked.go("history")
    worked.space.history.table.choose(1)
    worked.press("Undo this decision")
    worked.idle()
    assert worked.space.history.acts[1].words == "Batch taken back" or worked.space.history.acts[0].words == (
        "Batch taken back"
    )


def events(robot: Robot) -> list[str]:
    lane = robot.window.desk.project.file.lane()  # type: ignore[union-attr]
    found = [row[0] for row in lane.rows("SELECT event FROM audit ORDER BY seq")]
    lane.close()
    return found


def test_how_much_is_asked_is_chosen_by_the_slider_and_taken_back_in_history(worked: Robot) -> None:
    worked.go("match")
    page = worked.space.match
    before = len(page.queue.pairs)
    page.tabs.setCurrentWidget(page.asking)
    assert not page.asking.use.isEnabled()
    page.asking.slider.setFocus()
    worked.bot.keyClick(page.asking.slider, Qt.Key.Key_End)
    assert page.asking.chosen.text() == "Most careful"
    worked.press("Ask this much")
    worked.idle()
    asked = page.asking.found[-1].asked
    assert len(page.queue.pairs) == asked > before
    worked.go("history")
    assert worked.space.history.acts[0].words == "Chose how much to ask: most"
    worked.space.history.table.choose(0)
    worked.press("Ask as much as before")
    worked.idle()
    worked.go("match")
    assert len(page.queue.pairs) == before
    assert page.asking.place.name == "usual"


def test_names_shown_are_kept_in_the_log_and_a_comment_with_its_decision(worked: Robot) -> None:
    worked.go("match")
    page = worked.space.match
    worked.keys(page.card, "RC")
    worked.bot.keyClicks(page.comment, "same tattoo")
    worked.bot.keyClick(page.comment, Qt.Key.Key_Return)
    worked.keys(page.card, "RU")
    worked.idle()
    assert events(worked).count("names shown") == 1
    assert page.comment.text() == ""
    lane = worked.window.desk.project.file.lane()  # type: ignore[union-attr]
    assert lane.value("SELECT note FROM link_decision ORDER BY decision_id DESC LIMIT 1") == "same tattoo"
    lane.close()
    worked.window.actions_by_name["names"].trigger()
    worked.idle()
    assert events(worked).count("names shown") == 2


def test_a_second_person_answers_and_a_difference_is_settled(worked: Robot) -> None:
    worked.go("match")
    page, project = worked.space.match, worked.window.desk.project  # type: ignore[union-attr]
    worked.keys(page.card, "N")
    worked.idle()
    assert page.second.waiting == 0
    project.actor = "second"
    page.reload()
    worked.idle()
    page.tabs.setCurrentWidget(page.second)
    assert page.second.waiting == 1
    worked.keys(page.second.card, "Y")
    worked.idle()
    assert [(each.first, each.second) for each in page.second.differs] == [("different", "same")]
    page.second.table.choose(0)
    worked.press("Settle: different people")
    worked.idle()
    assert page.second.differs == []
    assert page.second.agreement.looked == 1


def test_a_look_is_kept_though_the_window_closes_at_once(worked: Robot, empty_county: tuple[Path, bytes]) -> None:
    desk = worked.window.desk
    assert desk is not None
    project = desk.project
    desk.note(lambda lane: person_looked_at(project, lane, 1))
    assert not desk.busy
    worked.window.close()
    file = CountyFile(project.file.path, empty_county[1], "tester")
    lane = file.lane()
    events = [row[0] for row in lane.rows("SELECT event FROM audit ORDER BY 1")]
    lane.close()
    file.close()
    assert "person looked at" in events
