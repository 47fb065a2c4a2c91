"""Parts worked on side by side: their order, their number, their errors."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from ddj_desktop.kernel import side_by_side as module
from ddj_desktop.kernel.side_by_side import side_by_side


@pytest.mark.parametrize("threads", [1, 2, 4])
def test_results_come_in_the_order_of_the_parts(threads: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "THREADS", threads)
    later = threading.Event()

    def work(part: int) -> int:
        if threads > 1 and part == 0:
            assert later.wait(10), "the second part is begun before the first has ended"
        later.set()
        return part * part

    assert list(side_by_side(work, range(20))) == [part * part for part in range(20)]


def test_parts_are_taken_no_sooner_than_they_can_be_begun(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "THREADS", 2)
    taken = []

    def parts() -> Iterator[int]:
        for part in range(50):
            taken.append(part)
            yield part

    for number, _ in enumerate(side_by_side(lambda part: part, parts())):
        assert len(taken) <= number + 3


@pytest.mark.parametrize("threads", [1, 2])
def test_the_first_error_ends_it(threads: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "THREADS", threads)
    begun = []

    def work(part: int) -> int:
        begun.append(part)
        if part == 3:
            raise ValueError("the third")
        return part

    with pytest.raises(ValueError, match="the third"):
        list(side_by_side(work, range(1_000)))
    assert len(begun) < 20


def test_a_part_alone_needs_no_other_thread() -> None:
    here = threading.get_ident()
    assert list(side_by_side(lambda part: (part, threading.get_ident()), [7])) == [(7, here)]
    assert list(side_by_side(lambda part: part, [])) == []
