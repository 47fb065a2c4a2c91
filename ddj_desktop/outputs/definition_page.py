"""The page of a definition that agencies sign: the rule read aloud, how it counts, who agreed, lines to sign on.

It holds no figures and nobody's name, so that it may hang on a wall.
"""

from __future__ import annotations

import hashlib
from datetime import datetime
from pathlib import Path
from typing import Any

from reportlab.platypus import Spacer

from ddj_desktop.cohort.definitions import Definition
from ddj_desktop.cohort.types import Rule
from ddj_desktop.cohort.words import clause_in_words
from ddj_desktop.kernel.dates import day_in_words
from ddj_desktop.outputs import wording
from ddj_desktop.outputs.fonts import para
from ddj_desktop.outputs.paper import SECTION, SMALL, SUBTITLE, TITLE, style
from ddj_desktop.outputs.signing import agreement, numbered, write_to_sign

_ALOUD = style(13, leading=18.5, spaceAfter=8)
_COUNTING = (
    "A contact (a booking, call, run, visit or stay) counts on the day it starts, and only where that day is not after "
    "the date of the list.",
    "A stay counts every calendar day it touches, first and last included; days of one person that overlap count once. "
    "A stay without an end lasts to the date of the list.",
    "A window of 12 months up to October 31 holds November 1 to October 31.",
    "Whoever is on the list is told apart by matching records of all sources; possible matches that nobody has decided "
    "are not taken as one person.",
    "Where a source does not cover the days the rule looks at, every page that prints the list says so. Nobody is said "
    "to have left the list in a month a source did not cover.",
)
_STATES = {
    "draft": "Draft: nobody has agreed to it yet.",
    "proposed": "Proposed: before the agencies for agreement.",
    "agreed": "Agreed. This version can not be changed; a change makes a new version.",
    "retired": "Retired: no longer in use.",
}


def write_definition_page(
    path: Path, county: str, state: str, kept: Definition, made_at: datetime, *, demo: bool = False
) -> str:
    """Write the page as PDF in one step. Gives the file's SHA-256. Raises CannotSave, NoRoom, NotAsWritten."""
    title = f"{kept.name}, version {kept.version}"
    return write_to_sign(path, title, county, _story(wording.place_words(county, state), title, kept, made_at, demo))


def fingerprint(kept: Definition) -> str:
    """Sixteen characters that stand for the rule's very words: two copies with the same ones hold the same rule."""
    return hashlib.sha256(kept.rule_text.encode("utf-8")).hexdigest()[:16]


def _story(place: str, title: str, kept: Definition, made_at: datetime, demo: bool) -> list[Any]:
    made_up = " · made-up people" if demo else ""
    story = [
        para(title, TITLE),
        para(f"{place} · {_STATES[kept.state]}{made_up}", SUBTITLE),
        para("Who is on the list", SECTION),
        para(kept.sentence, _ALOUD),
    ]
    parts = _parts(kept.rule)
    if len(parts) > 1:
        story += [para("Part by part", SECTION), numbered(parts)]
    story += [para("How it is counted", SECTION), numbered(list(_COUNTING)), Spacer(0, 6)]
    story += agreement(kept.agreed_by, kept.agencies, kept.meeting, kept.agreed_on)
    said = f"Version {kept.version} kept {day_in_words(kept.created_at.date())} by {kept.created_by}"
    foot = f"{said} · rule {fingerprint(kept)} · printed {day_in_words(made_at.date())}"
    return [*story, Spacer(0, 8), para(foot, SMALL)]


def _parts(rule: Rule) -> list[str]:
    joined = {"all": "all of these must hold", "any": "any of these is enough", "none": "none of these may hold"}
    how = joined.get(str(rule.combine), "")
    return [
        f"{clause_in_words(clause)}{f' ({how})' if how and not place else ''}"
        for place, clause in enumerate(rule.clauses)
    ]
