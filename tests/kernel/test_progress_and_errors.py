"""Progress tells and stops; errors carry their sentence."""

from __future__ import annotations

from datetime import datetime

import pytest

from ddj_desktop.kernel import clock
from ddj_desktop.kernel.errors import PersonCanFix, Stopped
from ddj_desktop.kernel.ids import derived_id, person_key
from ddj_desktop.kernel.progress import Progress


class TooWide(PersonCanFix):
    sentence = "{file} has {count} columns. Leave some out."


def test_an_error_is_its_sentence() -> None:
    error = TooWide(file="a.xlsx", count=600)
    assert str(error) == "a.xlsx has 600 columns. Leave some out."
    assert (error.code, error.facts) == ("TooWide", {"file": "a.xlsx", "count": 600})


def test_a_missing_fact_is_found_at_once() -> None:
    with pytest.raises(KeyError):
        TooWide(file="a.xlsx")


def test_a_stopped_progress_raises_at_its_next_word() -> None:
    called = []
    progress = Progress()
    progress.when_stopped(lambda: called.append(1))
    progress.step("One", 5)
    progress.stop()
    assert called == [1]
    with pytest.raises(Stopped):
        progress.at(1)


def test_time_left_waits_until_there_is_something_to_go_by() -> None:
    progress = Progress()
    progress.step("One", 100)
    progress.at(1)
    assert progress.seconds_left is None
    progress.at(50)
    left = progress.seconds_left
    assert left is not None
    assert 0 <= left < 5


def test_derived_ids_are_the_same_for_the_same_and_keep_parts_apart() -> None:
    assert derived_id("a", "bc") == derived_id("a", "bc") != derived_id("ab", "c")
    assert derived_id(1, None) == derived_id("1", "")
    assert 0 <= derived_id("x") < 2**63


def test_person_keys_are_random_128_bits() -> None:
    keys = {person_key() for _ in range(1000)}
    assert len(keys) == 1000
    assert {len(key) for key in keys} == {32}


def test_the_clock_stands_where_it_is_told() -> None:
    with clock.standing_at(datetime(2026, 11, 3, 9, 42)):
        assert clock.now() == datetime(2026, 11, 3, 9, 42)
        assert clock.today().isoformat() == "2026-11-03"
    assert clock.now() != datetime(2026, 11, 3, 9, 42)
