"""Rules as sentences that can be read aloud."""

from __future__ import annotations

import pytest

from ddj_desktop.cohort.rule import parse_rule
from ddj_desktop.cohort.templates import template
from ddj_desktop.cohort.words import in_words

WINDOW = "window = { trailing_months = 12 }"


@pytest.mark.parametrize(
    ("key", "sentence"),
    [
        (
            "pine-county",
            "People who, in the 12 months up to the date of the list, had 4 or more jail bookings (not counting "
            "protective custody and federal holds), and 2 or more EMS runs.",
        ),
        (
            "king-county",
            "People who had 4 or more jail bookings in any 12 months in a row within the last 36 months, and ('mental "
            "health' recorded as yes at any time, or 'substance use' recorded as yes at any time).",
        ),
        (
            "new-hampshire",
            "The 10% of people with the most jail bookings in the last 3 whole fiscal years beginning in July, of "
            "those with any; everyone level with the last one is included. In tiers: Tier 1, the top 1%; Tier 2, the "
            "top 5%; Tier 3, the top 10%.",
        ),
        (
            "nyc-hot-spotters",
            "People who, in the 12 months up to the date of the list, had 1 or more jail bookings. Of these, the 800 "
            "with the most jail bookings since Nov 1, 2008; everyone level with the last one is included.",
        ),
        (
            "lake-il",
            "People aged 18 or older (people who can not be shown to be are left out) who, in the 36 months up to any "
            "jail booking of the last 12 months, that one included, had 2 or more jail bookings.",
        ),
        (
            "addressiq",
            "The 10% of addresses with the most EMS runs or 911 calls in the 12 months up to the date of the list, of "
            "those with any; everyone level with the last one is included. Addresses of jails, shelters and hospitals "
            "are left out.",
        ),
    ],
)
def test_templates_as_sentences(key: str, sentence: str) -> None:
    assert in_words(template(key).rule) == sentence


@pytest.mark.parametrize(
    ("clause", "words"),
    [
        (
            f'count = "days"\nsources = ["jail"]\nop = "between"\nvalue = [30, 90]\n{WINDOW}',
            "had 30 to 90 days in jail.",
        ),
        (f'count = "systems"\nop = ">"\nvalue = 2\n{WINDOW}', "had more than 2 kinds of system."),
        (
            f'count = "cost"\nsources = ["jail", "ems"]\nvalue = 10000\n{WINDOW}',
            "had $10,000 or more in costs of jail and EMS.",
        ),
        (
            f'count = "contacts"\nsources = ["jail", "Oak clinic"]\nvalue = 3\n{WINDOW}',
            "had 3 or more jail bookings or contacts with Oak clinic.",
        ),
        (
            'recency_days = 90\nsources = ["ems"]',
            "had an EMS run that began in the 90 days up to the date of the list.",
        ),
        (
            'attribute = "homeless"\nis = "no"\nwhen = "last"\nunknown_counts = true',
            "had 'homeless' last recorded as no or not recorded.",
        ),
        ('attribute = "veteran"\nis = "unknown"\nwhen = "ever"', "had 'veteran' not recorded at any time."),
    ],
)
def test_clauses_as_words(clause: str, words: str) -> None:
    assert in_words(parse_rule(f'name = "x"\n[[clause]]\n{clause}')).endswith(words)


def test_combinations_as_words() -> None:
    text = f'name = "x"\ncombine = {{ at_least = 2 }}\n[[clause]]\ncount = "contacts"\nvalue = 3\n{WINDOW}\n'
    text += "[[clause]]\nrecency_days = 1\n"
    assert in_words(parse_rule(text)) == (
        "People who had at least 2 of these 2: 3 or more contacts with any source in the 12 months up to the date of "
        "the list; a contact with any source that began on the date of the list."
    )
