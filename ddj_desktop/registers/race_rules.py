"""How the county settles what its systems say of one person's race: the rule, and which sources let people say it.

Race is never inferred from a name. Every source's own code is kept; these rules only choose among what was said.
"""

from __future__ import annotations

from ddj_desktop.kernel import clock
from ddj_desktop.registers.errors import UnknownRaceRule
from ddj_desktop.registers.sources import source_numbered
from ddj_desktop.store.lane import Lane

RULES = {
    "most_recent": "What was recorded last",
    "self_reported": "What people said of themselves first, then what was recorded last",
    "most_frequent": "What most records say, then what was recorded last",
    "any_mention": "More than one, wherever records name more than one",
    "conflicting": "Systems disagree, wherever records name more than one",
}
"""Domain research 5.4: the Census Bureau orders its sources; New Hampshire set those that disagree to missing."""
DEFAULT = "most_recent"
SELF_REPORTED_KINDS = frozenset({"hospital", "shelter", "treatment", "co_responder"})
"""Kinds whose staff ask; officers and jails mostly write what they see. A county may say otherwise of each source."""
_SETTING = "race_rule"


def race_rule(lane: Lane) -> str:
    """The rule in force."""
    found = lane.rows("SELECT value FROM setting WHERE name = $name", name=_SETTING)
    return str(found[0][0]) if found else DEFAULT


def set_race_rule(lane: Lane, rule: str) -> None:
    """Choose the rule. Raises UnknownRaceRule."""
    if rule not in RULES:
        raise UnknownRaceRule(rule=rule, known=", ".join(RULES))
    lane.run("DELETE FROM setting WHERE name = $name", name=_SETTING)
    lane.run("INSERT INTO setting VALUES ($name, $value)", name=_SETTING, value=rule)


def self_reported_sources(lane: Lane) -> dict[int, bool]:
    """Source to whether people said their race themselves: as decided, else by the source's kind."""
    decided: dict[int, bool] = dict(lane.rows("SELECT source_id, self_reported FROM race_source"))
    return {
        source_id: bool(decided.get(source_id, kind in SELF_REPORTED_KINDS))
        for source_id, kind in lane.rows("SELECT source_id, kind FROM source ORDER BY source_id")
    }


def set_self_reported(lane: Lane, source_id: int, self_reported: bool, decided_by: str) -> None:
    """Decide whether a source holds what people said of themselves. Raises NoSuchSource."""
    source_numbered(lane, source_id)
    lane.run("DELETE FROM race_source WHERE source_id = $source", source=source_id)
    lane.run(
        "INSERT INTO race_source VALUES ($source, $asked, $by, $at)",
        source=source_id, asked=self_reported, by=decided_by, at=clock.now(),
    )  # fmt: skip
