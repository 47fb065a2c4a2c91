"""The method page says how often matching is right, with its interval, or that nobody knows."""

from __future__ import annotations

from datetime import date

from ddj_desktop.outputs.content import Checked, MatchFacts
from ddj_desktop.outputs.wording_matching import matching_words
from tests.outputs import sample

FACTS = {"records": 900, "people": 400, "pairs_decided": 3, "pairs_to_review": 50, "run_on": date(2026, 11, 1)}


def test_a_check_is_printed_with_its_interval() -> None:
    facts = MatchFacts(**FACTS, joined=Checked(58, 57, 0.909, 0.997), apart=Checked(30, 30, 0.886, 1.0))  # type: ignore[arg-type]
    words = matching_words(facts, sample.safe_month())
    assert "of 58 pairs it had joined, 98% are one person (95% interval 91% to 100%)" in words
    assert "of 30 pairs it had left apart, 100% are two people (95% interval 89% to 100%)" in words
    assert "fewer than 13" in words


def test_no_check_is_said_as_it_is() -> None:
    assert "is not known" in matching_words(MatchFacts(**FACTS), sample.safe_month())  # type: ignore[arg-type]
