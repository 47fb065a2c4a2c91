"""Definitions kept in the county file: versions, sign-off, and which one stands."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from ddj_desktop.cohort.errors import AgreedIsReadOnly, NoDefinition, NoSuchDefinition, RetiredDefinition, WhoAndWhen
from ddj_desktop.cohort.rule import parse_rule
from ddj_desktop.cohort.types import Rule
from ddj_desktop.cohort.words import in_words
from ddj_desktop.kernel import clock
from ddj_desktop.kernel.dates import day_in_words
from ddj_desktop.store.lane import Lane

_COLUMNS = (
    "definition_id, name, version, state, rule AS rule_text, sentence, created_at, created_by, agreed_at, agreed_on, "
    "agreed_by, agencies, meeting, proposed_at, retired_at"
)
_DAY_FORMS = (
    "%Y-%m-%d",
    "%B %d, %Y",
    "%b %d, %Y",
    "%B %d %Y",
    "%b %d %Y",
    "%m/%d/%Y",
    "%d %B %Y",
    "%d %b %Y",
    "%m/%d/%y",
    "%m-%d-%Y",
)
_PARTING = re.compile(r"[,;:] ?| (?=\S)")
_JOINING = re.compile(r"(?:[\s,;:(]|\bon\b)+$")


@dataclass(frozen=True)
class Definition:
    """One version of a definition. Its rule never changes; only its state does."""

    definition_id: int
    name: str
    version: int
    state: str
    """draft, proposed, agreed, retired."""
    rule_text: str
    sentence: str
    created_at: datetime
    created_by: str
    agreed_at: datetime | None
    """When the sign-off was entered."""
    agreed_on: date | None
    """The day on which they agreed; None where they did not say one."""
    agreed_by: str | None
    agencies: str | None = None
    """Which agencies agreed, as said."""
    meeting: str | None = None
    """In which meeting they agreed, as said."""
    proposed_at: datetime | None = None
    retired_at: datetime | None = None

    @cached_property
    def rule(self) -> Rule:
        """The rule itself."""
        return parse_rule(self.rule_text)

    @property
    def agreed(self) -> str:
        """`Jun 12, 2026 by Pine County DDJ team`, `by DDJ team, June 2026` without a day, '' while nobody agreed."""
        day = f"{day_in_words(self.agreed_on)} " if self.agreed_on else ""
        return f"{day}by {self.agreed_by}" if self.agreed_by else ""


def save_definition(lane: Lane, rule_text: str, actor: str) -> Definition:
    """Keep a rule as a draft: version 1 of its name, or the next version. Raises RuleMistakes."""
    rule = parse_rule(rule_text)
    number = lane.value("SELECT coalesce(max(definition_id), 0) + 1 FROM definition")
    version = lane.value("SELECT coalesce(max(version), 0) + 1 FROM definition WHERE name = $name", name=rule.name)
    lane.run(
        "INSERT INTO definition (definition_id, name, version, state, rule, sentence, created_at, created_by) "
        "VALUES ($number, $name, $version, 'draft', $rule, $sentence, $at, $by)",
        number=number, name=rule.name, version=version, rule=rule_text, sentence=in_words(rule), at=clock.now(),
        by=actor,
    )  # fmt: skip
    return definition(lane, number)


def definition(lane: Lane, definition_id: int) -> Definition:
    """The definition with that number. Raises NoSuchDefinition."""
    found = lane.dicts(f"SELECT {_COLUMNS} FROM definition WHERE definition_id = $number", number=definition_id)
    if not found:
        raise NoSuchDefinition(which=f"number {definition_id}")
    return Definition(**found[0])


def all_definitions(lane: Lane) -> list[Definition]:
    """Every version of every definition, the latest first."""
    return [Definition(**row) for row in lane.dicts(f"SELECT {_COLUMNS} FROM definition ORDER BY definition_id DESC")]


def propose(lane: Lane, definition_id: int) -> Definition:
    """Mark a draft as proposed for sign-off. Raises NoSuchDefinition, AgreedIsReadOnly, RetiredDefinition."""
    _changeable(lane, definition_id)
    lane.run(
        "UPDATE definition SET state = 'proposed', proposed_at = $at WHERE definition_id = $number",
        at=clock.now(), number=definition_id,
    )  # fmt: skip
    return definition(lane, definition_id)


def agree(
    lane: Lane, definition_id: int, who_and_when: str, actor: str, agencies: str = "", meeting: str = ""
) -> Definition:
    """Mark a version as agreed, read-only from then on. `who_and_when` is kept as said, a day at its end apart, and so
    are the agencies and the meeting.

    The `actor` who enters it is named by the audit row of the act. Raises WhoAndWhen, NoSuchDefinition,
    AgreedIsReadOnly (agreed before), RetiredDefinition.
    """
    found = _changeable(lane, definition_id)
    who, when = who_and_day(who_and_when)
    lane.run(
        "UPDATE definition SET state = 'agreed', agreed_at = $at, agreed_on = $day, agreed_by = $who, "
        "agencies = $agencies, meeting = $meeting WHERE definition_id = $number",
        at=clock.now(), day=when, who=who, number=found.definition_id, agencies=" ".join(agencies.split()) or None,
        meeting=" ".join(meeting.split()) or None,
    )  # fmt: skip
    return definition(lane, definition_id)


def who_and_day(text: str) -> tuple[str, date | None]:
    """Take `Pine County DDJ team, 2026-06-12` apart; the day may also be written Jun 12, 2026 or 6/12/2026.

    Words that end with no day (`DDJ team, June 2026`) are kept whole, without one: what people signed is theirs to
    word. Raises WhoAndWhen where nobody is named.
    """
    said = " ".join(text.split())
    who, day = said, None
    for cut in [0, *(mark.end() for mark in _PARTING.finditer(said))]:
        day = _day(said[cut:])
        if day is not None:
            who = _JOINING.sub("", said[:cut])
            break
    if not any(letter.isalnum() for letter in who):
        raise WhoAndWhen
    return who, day


def _day(text: str) -> date | None:
    for form in _DAY_FORMS:
        try:
            return datetime.strptime(text, form).date()
        except ValueError:
            continue
    return None


def retire(lane: Lane, definition_id: int) -> Definition:
    """Take a version out of use; what it was agreed by stays on record. Raises NoSuchDefinition."""
    definition(lane, definition_id)
    lane.run(
        "UPDATE definition SET state = 'retired', retired_at = $at WHERE definition_id = $number",
        at=clock.now(), number=definition_id,
    )  # fmt: skip
    return definition(lane, definition_id)


def standing_definition(lane: Lane, name: str | None = None) -> Definition:
    """The definition that holds, of one name or of all: the version last agreed on, else the latest proposed, else
    the latest draft. Retired ones never stand. Raises NoDefinition, or NoSuchDefinition for a name nobody saved."""
    in_use = [found for found in all_definitions(lane) if found.state != "retired"]
    if name is not None:
        in_use = [found for found in in_use if found.name.casefold() == name.strip().casefold()]
    if not in_use:
        raise NoDefinition() if name is None else NoSuchDefinition(which=f"named {name!r} in use")
    agreed = [found for found in in_use if found.state == "agreed"]
    if agreed:
        return max(agreed, key=lambda found: (found.agreed_at or datetime.min, found.definition_id))
    proposed = [found for found in in_use if found.state == "proposed"]
    return (proposed or in_use)[0]


def _changeable(lane: Lane, definition_id: int) -> Definition:
    found = definition(lane, definition_id)
    if found.state == "agreed":
        raise AgreedIsReadOnly(version=found.version, name=found.name)
    if found.state == "retired":
        raise RetiredDefinition(version=found.version, name=found.name)
    return found
