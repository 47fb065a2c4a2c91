"""Ids of many things at once are those each has alone, for files made before keep theirs."""

from __future__ import annotations

from datetime import datetime

from hypothesis import given
from hypothesis import strategies as st

from ddj_desktop.kernel.ids import derived_id, derived_ids

PARTS = st.none() | st.integers() | st.text() | st.datetimes()


@given(st.lists(st.text()), st.lists(PARTS, max_size=3))
def test_many_at_once_are_as_one_by_one(texts: list[str], before: list[object]) -> None:
    assert derived_ids(texts, *before) == [derived_id(*before, text) for text in texts]


def test_an_id_never_changes() -> None:
    assert derived_id(12, None, "a", datetime(2026, 1, 2, 3, 4)) == EXPECTED
    assert derived_ids(["event"], 3) != derived_ids(["event"], 4)


EXPECTED = 354786084518114522
"""BLAKE2b of `12`, nothing, `a` and the moment, parted by U+001F, reckoned by `b2sum -l 64`; the first 63 bits."""
