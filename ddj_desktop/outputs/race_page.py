"""The page of the county's race and ethnicity definitions that agencies sign: groups, codes, rule, what is never said.

It holds no figures and nobody's name. A code the program can not read and nobody decided on is counted, not printed: it
may be anything a clerk typed.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from reportlab.platypus import KeepTogether, Spacer, Table, TableStyle

from ddj_desktop.kernel.dates import day_in_words
from ddj_desktop.measures import race
from ddj_desktop.measures.race_definitions import RaceDefinitions, SourceRace
from ddj_desktop.measures.race_tables import CLEAR
from ddj_desktop.outputs import wording
from ddj_desktop.outputs.fonts import LEAST, TEXT, para
from ddj_desktop.outputs.ink import RULE
from ddj_desktop.outputs.paper import EXHIBIT, ROOM, SECTION, SMALL, SUBTITLE, TITLE, style
from ddj_desktop.outputs.signing import agreement, numbered, write_to_sign
from ddj_desktop.registers.race_rules import RULES

PAGE_TITLE = "Race and ethnicity definitions"
_CELL = style(LEAST, leading=11.2)
_GRID = TableStyle(
    [
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
        ("RIGHTPADDING", (0, 0), (-1, -1), 6),
        ("TOPPADDING", (0, 0), (-1, -1), 1.5),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 1.5),
        ("FONTNAME", (0, 0), (-1, -1), TEXT),
        ("LINEBELOW", (0, 0), (-1, -1), 0.4, RULE),
    ]
)
_PRINCIPLES = (
    "Groups are those of the federal standard SPD-15 of 2024: one question, several answers allowed. Older code lists "
    "leave Asian and Pacific Islander undivided; where one of our sources does, the three are shown as one group.",
    "Race and ethnicity are only what a system recorded. They are never inferred from a name, an address or a picture.",
    "Every source's own codes are kept as written. The same letter may mean another thing in another system, so each "
    "meaning below holds for its own source only.",
    "What staff saw or were told at a contact is kept apart from what is best known of a person: whether a response is "
    "fair hangs on what was seen; what somebody needs hangs on who they are.",
    "A group a source has no code for is not asked there, which is never the same as none.",
    "A rate or ratio on fewer than 20 events is called unstable, and every ratio is printed with its interval.",
)


def write_race_page(
    path: Path, county: str, state: str, found: RaceDefinitions, made_at: datetime, *, demo: bool = False
) -> str:
    """Write the page as PDF in one step. Gives the file's SHA-256. Raises CannotSave, NoRoom, NotAsWritten."""
    made_up = " · made-up people" if demo else ""
    agreed = found.agreement
    foot = f"For the agencies that sign · definitions {found.fingerprint} · printed {day_in_words(made_at.date())}"
    story = [
        para(PAGE_TITLE, TITLE),
        para(f"{wording.place_words(county, state)} · {state_words(found)}{made_up}", SUBTITLE),
        para("What we agree on", SECTION),
        numbered(_PRINCIPLES),
        Spacer(0, 6),
        para("Where systems say different things of one person", SECTION),
        numbered(
            [f"{RULES[found.rule]}. Every table about race can be shown under the other rules too.", _asked(found)]
        ),
        Spacer(0, 6),
        KeepTogether([para("Which groups each source has said", SECTION), _capability(found)]),
        Spacer(0, 8),
        para("What each source means by its codes", SECTION),
        *(part for one in found.sources for part in _codes(one)),
        *(
            agreement(agreed.agreed_by, agreed.agencies, agreed.meeting, agreed.agreed_on)
            if agreed and found.state == "agreed"
            else agreement(None, None, None, None)
        ),
        Spacer(0, 8),
        para(foot, SMALL),
    ]
    return write_to_sign(path, PAGE_TITLE, county, story)


def state_words(found: RaceDefinitions) -> str:
    """`Agreed on Jun 12, 2026 by …`, or a draft, and what has changed since the last agreement."""
    agreed = found.agreement
    if agreed is None:
        return "Draft: nobody has agreed to it yet."
    when = f"on {day_in_words(agreed.agreed_on)} " if agreed.agreed_on else ""
    by = f"{when}by {agreed.agreed_by}"
    if not found.changes:
        return f"Agreed {by}."
    return f"Draft: otherwise than agreed {by} are {' and '.join(found.changes)}."


def _asked(found: RaceDefinitions) -> str:
    asked = [one.source.name for one in found.sources if one.self_reported]
    seen = [one.source.name for one in found.sources if not one.self_reported]
    return (
        f"People say their race themselves in: {', '.join(asked) or 'no source'}. Staff mostly write what they see in: "
        f"{', '.join(seen) or 'no source'}."
    )


def _capability(found: RaceDefinitions) -> Any:
    with_codes = [one for one in found.sources if one.codes]
    heads = [para("Group", _CELL), *(para(one.source.name, _CELL) for one in with_codes)]
    rows = [
        [para(group, _CELL), *(para("yes" if group in one.says else "never", _CELL) for one in with_codes)]
        for group in CLEAR
    ]
    first = 150.0
    each = (ROOM - first) / max(1, len(with_codes))
    return Table([heads, *rows], colWidths=[first, *([each] * len(with_codes))], style=_GRID, repeatRows=1)


def _codes(one: SourceRace) -> list[Any]:
    told = [code for code in one.codes if not code.is_unclear]
    unread = len(one.codes) - len(told)
    parts: list[Any] = [para(one.source.name, EXHIBIT)]
    rows = [[para(words, _CELL) for words in ("Code", "Of", "Means", "Decided by")]]
    for code in told:
        by = f"{code.decided_by}, {day_in_words(code.decided_on)}" if code.decided_on else "as the program reads it"
        rows.append([para(text, _CELL) for text in (f"“{code.code}”", code.field, code.says, by)])
    if told:
        widths = [ROOM * part for part in (0.31, 0.1, 0.36, 0.23)]
        parts.append(Table(rows, colWidths=widths, style=_GRID, repeatRows=1))
    else:
        parts.append(para("It writes no code of race or ethnicity that is understood.", SMALL))
    if unread:
        what = "code is" if unread == 1 else "codes are"
        parts.append(para(f"{unread:,} more {what} counted as {race.UNCLEAR.lower()} until somebody decides.", SMALL))
    return [*parts, Spacer(0, 6)]
