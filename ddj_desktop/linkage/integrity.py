"""Check these people: what hardly can be true of one person, each in one sentence, the worst first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ddj_desktop.kernel import clock
from ddj_desktop.linkage.contradictions import contradictions
from ddj_desktop.store.lane import Lane
from ddj_desktop.store.sql import sql

LARGE = 12
"""A person with more different mentions than this (name, birth date and number taken together) is looked at."""
MOST_NUMBERS = 2
"""Full social security numbers one person may have: the right one and one slip."""


@dataclass(frozen=True)
class ToCheck:
    """One person and what is odd."""

    person_id: int
    flag: str
    """One of ORDER."""
    size: int
    """How much of it there is: contacts, nights, numbers, dates, mentions, decisions."""
    words: str


_WORDS = {
    "two_nights": "In two jails on one night, {n}",
    "numbers": "{n} different social security numbers",
    "births": "{n} birth dates that are no slip of one another",
    "after_death": "Met {n} after a source said they had died",
    "large": "{n} different mentions: names, birth dates and numbers taken together",
}
ORDER = ("contradiction", "after_death", "two_nights", "numbers", "births", "large")


def people_to_check(lane: Lane, after_death: Mapping[int, int]) -> list[ToCheck]:
    """Everybody with something that hardly can be true of one person, by kind, then the most first.

    `after_death`: people met after a source said they had died, and how often (who is dead the cohort knows).
    Two jails on one night: stays in two different jail sources that share a whole night (midnight to midnight is not
    needed: one ends on a later day than the other starts, and both last past that midnight). Birth dates count as two
    where they share fewer than two of year, month and day, and are not day and month changed over.
    """
    found = lane.rows(sql("linkage", "integrity"), large=LARGE, numbers=MOST_NUMBERS)
    found += [(person, "after_death", times) for person, times in after_death.items()]
    out = [ToCheck(int(person), flag, int(size), _said(flag, int(size))) for person, flag, size in found]
    fine = {tuple(row) for row in lane.rows("SELECT DISTINCT person_id, flag, size FROM checked_person")}
    left = [each for each in out if (each.person_id, each.flag, each.size) not in fine]
    return sorted([*_contradicted(lane), *left], key=lambda each: (ORDER.index(each.flag), -each.size, each.person_id))


def all_is_well(lane: Lane, person_id: int, flag: str, size: int, actor: str) -> None:
    """Keep that somebody looked at this and all is well: it is asked again only when there is more of it."""
    lane.run(
        "INSERT INTO checked_person VALUES ($person, $flag, $size, $actor, $at)",
        person=person_id, flag=flag, size=size, actor=actor, at=clock.now(),
    )  # fmt: skip


def _said(flag: str, size: int) -> str:
    count = f"{size:,} time{'s' if size != 1 else ''}" if flag in ("two_nights", "after_death") else f"{size:,}"
    return _WORDS[flag].format(n=count) + "."


def _contradicted(lane: Lane) -> list[ToCheck]:
    """People of whom decisions say two things: `different`, and a chain of `same` from one record to the other."""
    person = {int(r): int(p) for r, p in lane.rows("SELECT record_id, person_id FROM person_record")}
    out = []
    for found in contradictions(lane):
        chain = len(found.chain)
        words = (
            f"Two records were said to be different people, and by {chain} other decision{'s' if chain != 1 else ''} "
            "the same person. They are kept apart until one of the decisions is taken back."
        )
        if found.different.left in person:
            out.append(ToCheck(person[found.different.left], "contradiction", chain, words))
    return out
