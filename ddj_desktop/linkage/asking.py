"""How much a person is asked: five places between fewer questions and more care, and what each leaves unasked.

Who is joined does not depend on it. Of the pairs that hold somebody, those below `sure` are asked about; of the pairs
left apart, those that reach `far`. What nobody is asked about is accepted or left apart as the program found it. The
mistakes to be expected in it are the sum of the pairs' own doubts: 1 - p of each accepted, p of each left apart. On
labelled people (README, how sure is sure) there were up to five times as many, so it is said as the least.
"""

from __future__ import annotations

from dataclasses import dataclass

from ddj_desktop.linkage.errors import NoSuchPlace
from ddj_desktop.store.lane import Lane
from ddj_desktop.store.sql import sql

_SETTING = "questions_asked"


@dataclass(frozen=True)
class Place:
    """One place of the slider. Bits are log2 of the odds that the two are one person."""

    name: str
    words: str
    far: float
    """Two people whose best pair reaches this are asked about."""
    sure: float
    """A record held by less than this is asked about."""


PLACES = (
    Place("fewest", "Fewest questions", -1.0, 2.0),
    Place("fewer", "Fewer questions", -2.5, 3.5),
    Place("usual", "As shipped", -4.0, 5.0),
    Place("more", "More careful", -5.5, 7.0),
    Place("most", "Most careful", -7.0, 10.0),
)
"""As shipped: between 6 % and 97 %. Most careful: between 1 in 130 and 999 in 1,000."""
USUAL, WIDEST = PLACES[2], PLACES[-1]


@dataclass(frozen=True)
class Bands:
    """What one place of the slider means for the file as it is matched now."""

    place: Place
    accepted: int
    """Links that hold somebody, nobody is asked about."""
    asked: int
    """Open questions."""
    apart: int
    """Pairs of two people a more careful place would ask about, and this one does not."""
    wrong: float
    """Of the accepted, how many are expected to be wrong."""
    missed: float
    """Of those left apart, how many are expected to be one person."""

    @property
    def words(self) -> tuple[str, str, str]:
        """The three bands, each in a sentence."""
        return (
            f"Joined without asking: {self.accepted:,} links, of which {_about(self.wrong)} or more may be wrong.",
            f"Asked about: {self.asked:,} pairs.",
            f"Left apart without asking: {self.apart:,} doubtful pairs, of which {_about(self.missed)} or more may be "
            "one person.",
        )


def _about(expected: float) -> str:
    return f"{expected:,.0f}" if expected >= 10 else f"{expected:.1f}"


def place_called(name: str) -> Place:
    """The place with that name. Raises NoSuchPlace."""
    found = next((place for place in PLACES if place.name == name), None)
    if found is None:
        raise NoSuchPlace(place=name, known=", ".join(place.name for place in PLACES))
    return found


def standing_place(lane: Lane) -> Place:
    """The place the county chose; as shipped where it never did."""
    found = lane.rows("SELECT value FROM setting WHERE name = $name", name=_SETTING)
    return place_called(str(found[0][0])) if found else USUAL


def was_ever_kept(lane: Lane) -> bool:
    """False for pairs an older program kept: it left out those that only a more careful place asks about."""
    return bool(lane.rows("SELECT 1 FROM setting WHERE name = $name", name=_SETTING))


def keep_place(lane: Lane, place: Place) -> None:
    """Keep the place, and bring the open questions in step."""
    lane.run("DELETE FROM setting WHERE name = $name", name=_SETTING)
    lane.run("INSERT INTO setting VALUES ($name, $value)", name=_SETTING, value=place.name)
    lane.run(sql("linkage", "asked_again"), sure=place.sure, far=place.far)


def bands(lane: Lane) -> list[Bands]:
    """Every place with its three bands, from fewest questions to most care."""
    out = []
    for place in PLACES:
        accepted, asked, apart, wrong, missed = lane.one(sql("linkage", "bands"), sure=place.sure, far=place.far)
        out.append(Bands(place, int(accepted), int(asked), int(apart), float(wrong), float(missed)))
    return out
