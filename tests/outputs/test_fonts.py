"""Text on paper: nothing of a text is read as mark-up, nothing vanishes, nothing hides."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from reportlab import rl_config

from ddj_desktop.outputs.fonts import BOLD, clean, fit, lines, para, width
from ddj_desktop.outputs.paper import RUNNING


def test_no_picture_is_ever_fetched() -> None:
    para("x", RUNNING)
    assert rl_config.trustedHosts == []
    assert rl_config.trustedSchemes == ["data"]


def test_marks_that_hide_or_turn_text_are_taken_out() -> None:
    assert clean("a\u202eb\u2066c\x00d\x85e\u200bf\ud800g") == "abcd efg"
    assert clean(" two\n lines\t") == "two lines"


def test_letters_of_many_languages_print_and_an_unknown_one_is_visible() -> None:
    assert clean("Nguyễn Łukasz Zoë Ñandú Владимир Ελένη") == "Nguyễn Łukasz Zoë Ñandú Владимир Ελένη"
    assert clean("王") == "\ufffd"


@given(st.text())
def test_a_paragraph_holds_the_text_and_never_fails(text: str) -> None:
    made = para(text, RUNNING, lead=text)
    made.wrap(500, 700)
    assert made.getPlainText().split() == (clean(text) + " " + clean(text)).split()


@given(st.text(min_size=1), st.integers(20, 400), st.integers(1, 4))
def test_lines_fit_their_room(text: str, room: int, most: int) -> None:
    broken = lines(text, room, 9.5, BOLD, most)
    assert len(broken) <= most
    assert all(width(line, 9.5, BOLD) <= room or line == "…" for line in broken)
    whole = " ".join(broken)
    assert whole == clean(text) or "…" in whole
    assert width(fit(text, room, 9.5), 9.5) <= max(room, width("…", 9.5))
