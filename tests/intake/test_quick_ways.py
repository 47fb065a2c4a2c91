"""What is done quickly for ordinary texts gives what the slow way gives for every text."""

from __future__ import annotations

import json
import re
import unicodedata
from datetime import datetime

from hypothesis import given
from hypothesis import strategies as st

from ddj_desktop.intake.cleaning_text import tidy
from ddj_desktop.intake.keys import _texts
from ddj_desktop.intake.lines import Lines
from ddj_desktop.intake.types import RawSheet

ODD = st.text(st.sampled_from("a B9\"\\',\t\n\u00a0\u2003\u200b\ufeff\u202e[]{}\u00e9\x7f"), max_size=12)


@given(st.lists(ODD | st.text(max_size=12), max_size=6))
def test_the_words_of_a_line_are_read_back_as_they_were(cells: list[str]) -> None:
    lines = Lines(RawSheet("S", False, ((1, tuple(cells)),)), frozenset(), [1], {}, [0], [None])
    assert lines.text(0) == json.dumps(cells, ensure_ascii=False)


@given(ODD | st.text())
def test_blanks_of_every_kind_are_made_single(text: str) -> None:
    plain = unicodedata.normalize("NFKC", text)
    seen = "".join(mark for mark in plain if unicodedata.category(mark) != "Cf")
    assert tidy(text) == re.sub(r"\s+", " ", seen).strip()


@given(st.lists(st.none() | st.datetimes() | st.datetimes().map(lambda one: one.replace(second=0, microsecond=0))))
def test_what_a_moment_says_is_what_it_says_alone(moments: list[datetime | None]) -> None:
    assert _texts(moments) == ["" if moment is None else str(moment) for moment in moments]
