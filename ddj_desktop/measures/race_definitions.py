"""The county's race and ethnicity definitions as one thing that agencies agree on: what every source means by its
codes, which groups a source can never say, the rule where systems disagree; and whether what was agreed is in force."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from ddj_desktop.measures import race
from ddj_desktop.measures.race_tables import CLEAR
from ddj_desktop.registers.crosswalks import Meaning, all_meanings, as_code
from ddj_desktop.registers.race_agreement import RaceAgreement, last_race_agreement
from ddj_desktop.registers.race_rules import race_rule, self_reported_sources
from ddj_desktop.registers.sources import Source, all_sources
from ddj_desktop.store.lane import Lane

SAYS_NONE, SAYS_NEITHER = "Says none", "Says neither"


@dataclass(frozen=True)
class CodeMeaning:
    """One code of one source, as it is read now."""

    field: str
    """race or ethnicity."""
    code: str
    says: str
    """The groups it names, in words."""
    meaning: str
    """What the county decided, as the crosswalk names it; '' where the program's own reading holds."""
    records: int
    last_seen: date | None
    decided_by: str
    decided_on: date | None

    @property
    def is_unclear(self) -> bool:
        """True where nobody has decided and the program can not read it."""
        return not self.meaning and race.UNCLEAR in self.says.split(" and ")


@dataclass(frozen=True)
class SourceRace:
    """One source: its codes, race before ethnicity, the most used first; and the groups it names."""

    source: Source
    self_reported: bool
    codes: tuple[CodeMeaning, ...]
    says: frozenset[str]


@dataclass(frozen=True)
class RaceDefinitions:
    """The definitions in force, and the last agreement on them."""

    rule: str
    sources: tuple[SourceRace, ...]
    agreement: RaceAgreement | None

    @property
    def content(self) -> dict[str, Any]:
        """What agencies agree on, as plain values. A code the program can not read has no meaning to agree on."""
        return {
            "rule": self.rule,
            "asked": {str(one.source.source_id): one.self_reported for one in self.sources},
            "codes": {
                f"{one.source.source_id} {code.field} {code.code}": code.says
                for one in self.sources for code in one.codes if not code.is_unclear
            },
        }  # fmt: skip

    @property
    def fingerprint(self) -> str:
        """Sixteen characters that stand for the content: two pages with the same ones say the same."""
        return hashlib.sha256(json.dumps(self.content, sort_keys=True).encode()).hexdigest()[:16]

    @property
    def changes(self) -> tuple[str, ...]:
        """What is otherwise than agreed, in words; empty where nothing is, or nothing was ever agreed."""
        if self.agreement is None:
            return ()
        then, now = self.agreement.content, self.content
        found = ["the rule where systems disagree"] if then["rule"] != now["rule"] else []
        asked = _differing(then["asked"], now["asked"])
        codes = _differing(then["codes"], now["codes"])
        found += [f"who says race in {asked:,} of the sources"] if asked else []
        found += [f"{codes:,} {'code' if codes == 1 else 'codes'}"] if codes else []
        return tuple(found)

    @property
    def state(self) -> str:
        """agreed, while all that is in force was agreed on; else draft."""
        return "agreed" if self.agreement and not self.changes else "draft"


def _differing(then: Mapping[str, Any], now: Mapping[str, Any]) -> int:
    return sum(then.get(key) != now.get(key) for key in then.keys() | now.keys())


def race_definitions(lane: Lane) -> RaceDefinitions:
    """Read the definitions in force and the last agreement."""
    asked, known = self_reported_sources(lane), race.codes(lane)
    decided = {(m.source_id, m.field, m.code): m for m in all_meanings(lane)}
    sources = []
    for source in all_sources(lane):
        mine = [code for code in known if code.source_id == source.source_id]
        groups = frozenset[str]().union(*(code.every_group for code in mine))
        codes = _codes_of(source, mine, decided)
        sources.append(SourceRace(source, asked[source.source_id], codes, groups & frozenset(CLEAR)))
    return RaceDefinitions(race_rule(lane), tuple(sources), last_race_agreement(lane))


def _codes_of(
    source: Source, known: list[race.Code], decided: Mapping[tuple[int, str, str], Meaning]
) -> tuple[CodeMeaning, ...]:
    found: dict[tuple[str, str], tuple[int, date | None, str]] = {}
    for code in known:
        kept = decided.get((source.source_id, "ethnicity", as_code(code.ethnicity)))
        said = _ethnicity(kept.meaning) if kept else race.shipped_ethnicity(source.kind, code.ethnicity)
        hispanic = {True: race.HISPANIC, False: race.NOT_HISPANIC, None: SAYS_NEITHER}[said]
        for field, text, says in (("race", code.race, " and ".join(sorted(code.meanings)) or SAYS_NONE),
                                  ("ethnicity", code.ethnicity, hispanic)):  # fmt: skip
            key = (field, as_code(text))
            if key[1]:
                records, last_seen, _ = found.get(key, (0, None, says))
                last_seen = max(filter(None, (last_seen, code.last_seen)), default=None)
                found[key] = records + code.records, last_seen, says
    lines = []
    for (field, text), (records, last_seen, says) in found.items():
        kept = decided.get((source.source_id, field, text))
        lines.append(
            CodeMeaning(field, text, says, kept.meaning if kept else "", records, last_seen,
                        kept.decided_by if kept else "", kept.decided_at.date() if kept else None)
        )  # fmt: skip
    return tuple(sorted(lines, key=lambda line: (line.field != "race", -line.records, line.code)))


def _ethnicity(meaning: str) -> bool | None:
    return {"hispanic": True, "not_hispanic": False}.get(meaning)
