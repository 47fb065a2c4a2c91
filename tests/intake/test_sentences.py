"""Sentences about rows agree with their number, whether one or many."""

from __future__ import annotations

import re

import pytest

from ddj_desktop.intake.tidy import LONGEST, Tidy
from ddj_desktop.store.county_file import CountyFile
from tests.intake.sheets import draft_of, take_in

JAIL = ("contact_key", "full_name", "birth_date", "starts", "ends", "homeless")
BAD = (
    ("DOE, JOHN", "someday", "5/1/2026", "5/3/2026", "Y"),
    ("DOE, JOHN", "", "25/12/2026", "", "N"),
    ("DOE, JOHN", "", "", "", "N"),
    ("", "", "5/2/2026", "", "N"),
    ("ROE, JANE", "", "5/3/2026", "5/1/2026", "N"),
    ("ROE, JANE", "", "5/4/2026", "time served", "N"),
    ("ROE, JANE", "01/01/1900", "5/5/2026", "5/6/2026", "perhaps"),
)
"""One line for each fault; used once, and three times over."""
_OF_ONE = re.compile(r"\b1 row (have|name|end|start)\b|\b1 row\b.*\b(were|say|They|they|their)\b")
_OF_MANY = re.compile(r"\b3 rows (has|names|ends|starts)\b|\b3 rows\b.*\b(was|says|It)\b")


@pytest.mark.parametrize(("times", "wrong"), [(1, _OF_ONE), (3, _OF_MANY)])
def test_rows_are_spoken_of_as_one_or_as_many(county: CountyFile, times: int, wrong: re.Pattern[str]) -> None:
    rows = [(f"B{nth}{place}", *line) for nth in range(times) for place, line in enumerate(BAD)]
    result = take_in(county, draft_of("jail", JAIL, rows))
    said = {problem.code: problem.sentence for problem in result.problems if problem.count == times}
    assert len(said) >= 6
    assert [sentence for sentence in said.values() if wrong.search(sentence)] == []


@pytest.mark.parametrize(("times", "verb"), [(1, "was"), (2, "were")])
def test_what_was_tidied_is_spoken_of_as_one_or_as_many(times: int, verb: str) -> None:
    tidy = Tidy()
    for _ in range(times):
        tidy.text("A\x07B")
        tidy.text("x" * (LONGEST + 1))
    removed, cut = tidy.notes()
    s = "" if times == 1 else "s"
    assert removed == f"{times} control character{s} that no one can see {verb} left out."
    assert cut == f"{times} cell{s} {verb} longer than 32,767 characters and cut there."
