"""Tables about the race codes themselves: what each source can say, how systems agree, every rule and standard beside
each other, and what was seen at each contact. They stay in the building: they are for agreeing on definitions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from itertools import combinations
from typing import Any

import numpy as np

from ddj_desktop.cohort.contacts import SourceInfo
from ddj_desktop.measures import race
from ddj_desktop.measures.frame import Frame
from ddj_desktop.measures.people import ON_LIST, OTHERS, Everyone, kind_words, kinds_in_order
from ddj_desktop.measures.race import Code
from ddj_desktop.measures.race_said import RaceSaid
from ddj_desktop.measures.statistics import cohens_kappa
from ddj_desktop.measures.types import CountTable, Estimate, RowsKey
from ddj_desktop.registers.race_rules import RULES, self_reported_sources
from ddj_desktop.store.lane import Lane
from ddj_desktop.store.sql import sql

GROUP = "Race and ethnicity"
CLEAR = tuple(group for group in race.GROUPS if group not in (race.NOT_RECORDED, race.UNCLEAR, race.DISAGREE))
NEEDS_A_CODE = (race.HISPANIC, race.MIDDLE_EASTERN, race.PACIFIC)
"""Groups that older code lists have no letter for (NCIC: A, B, I, U, W)."""
INSIDE = "It stays in the building."


def add_race_tables(lane: Lane, frame: Frame, people: Everyone) -> None:
    """race_capability, race_rules, race_1997, ethnicity_1997, race_in_combination, race_agreement_<a>_<b> with
    race_kappa_<a>_<b>, race_at_contact."""
    said = people.said
    if not said.codes:
        return
    sources = [source.source for source in frame.covered]
    _add_capability(frame, said, sources)
    _add_rules(frame, people)
    _add_standards(frame, people)
    for one, other in combinations(sources, 2):
        _add_agreement(frame, said, one, other)
    _add_at_contact(lane, frame, said)


def _table(
    frame: Frame, name: str, words: str, title: str, rows: tuple[str, ...], columns: tuple[str, ...],
    count: Callable[[str, str], int], key: Callable[[str, str], RowsKey], note: str, unit: str = "people",
    adds_up: bool = True,
) -> None:  # fmt: skip
    frame.add_table(
        CountTable(
            name=name, words=words, row_title=title, rows=rows, column_title="", columns=columns,
            counts=tuple(tuple(count(row, column) for column in columns) for row in rows), unit=unit,
            period=frame.window, rows_add_up=adds_up, columns_add_up=False,
            keys=tuple(tuple(key(row, column) for column in columns) for row in rows), note=f"{note} {INSIDE}".strip(),
            inside=True, sources=tuple(source.source.name for source in frame.covered),
        )
    )  # fmt: skip


def never_says(codes: tuple[Code, ...], source_id: int) -> tuple[str, ...]:
    """Groups without a code of their own in older lists that none of a source's codes has ever meant."""
    seen = {group for code in codes if code.source_id == source_id for group in code.every_group}
    return tuple(group for group in NEEDS_A_CODE if group not in seen)


def _add_capability(frame: Frame, said: RaceSaid, sources: list[SourceInfo]) -> None:
    found: Counter[tuple[str, str]] = Counter()
    names = {source.source_id: source.name for source in sources}
    for code in said.codes:
        found[code.group, names[code.source_id]] += code.records
    rows = tuple(group for group in race.GROUPS if group != race.DISAGREE)
    silent = [
        f"{source.name} has never said: {', '.join(never)}."
        for source in sources if (never := never_says(said.codes, source.source_id))
    ]  # fmt: skip
    ids = {source.name: source.source_id for source in sources}
    _table(
        frame, "race_capability", "What each source's codes can say", "Race or ethnicity", rows,
        tuple(source.name for source in sources), lambda row, column: found[row, column],
        lambda row, column: frame.opens("race_records", source_id=ids[column], group=row),
        f"Records of any time. A group a source has no code for is never 0 people, it is not asked. {' '.join(silent)}",
        unit="records",
    )  # fmt: skip


def _add_rules(frame: Frame, people: Everyone) -> None:
    members = {person.person_id for person in people.on_list}
    found = {
        rule: Counter(group for person, group in people.said.settled(rule).items() if person in members)
        for rule in RULES
    }
    for counts in found.values():
        counts[race.NOT_RECORDED] += len(members) - sum(counts.values())
    rules = {words: rule for rule, words in RULES.items()}
    rows = tuple(group for group in race.GROUPS if any(found[rule][group] for rule in RULES))
    _table(
        frame, "race_rules", "People on the list by race, under each rule for what systems say", "Race or ethnicity",
        rows, tuple(rules), lambda row, column: found[rules[column]][row],
        lambda row, column: frame.opens("race_by_rule", rule=rules[column], group=row),
        f"The rule in force: {RULES[people.said.rule].lower()}.",
    )  # fmt: skip


def standard_groups(said: RaceSaid, standard: str) -> dict[int, str]:
    """One group for each person under the standard of 1997: `race_1997` or `ethnicity_1997`."""
    return said.settled(labels=[getattr(code, standard) for code in said.codes])


def _add_standards(frame: Frame, people: Everyone) -> None:
    for name, words in (("race_1997", "Race by the standard of 1997, whatever the ethnicity"),
                        ("ethnicity_1997", "Ethnicity by the standard of 1997")):  # fmt: skip
        settled = standard_groups(people.said, name)
        found: Counter[tuple[str, bool]] = Counter()
        for (group, _, on_list), number in people.by(settled).items():
            found[group, on_list] += number
        order = (race.HISPANIC, race.NOT_HISPANIC, race.NOT_RECORDED) if name.startswith("e") else race.GROUPS
        rows = tuple(group for group in order if found[group, True] or found[group, False])
        _table(
            frame, name, words, "Group", rows, (ON_LIST, OTHERS),
            lambda row, column, found=found: found[row, column == ON_LIST],  # type: ignore[misc]
            lambda row, column, name=name: frame.opens(  # type: ignore[misc]
                "race_standard", standard=name, group=row, side="list" if column == ON_LIST else "others"),
            "SPD-15 (1997): race and Hispanic ethnicity are two questions.",
        )  # fmt: skip
    members = np.array([p.person_id for p in people.on_list], np.int64)
    counts: Counter[tuple[str, bool]] = Counter()
    for group in CLEAR:
        inside = np.isin(people.said.named(group), members)
        counts[group, True], counts[group, False] = int(inside.sum()), int((~inside).sum())
    _table(
        frame, "race_in_combination", "Race and ethnicity, alone or in combination", "Group",
        tuple(group for group in CLEAR if counts[group, True] or counts[group, False]), (ON_LIST, OTHERS),
        lambda row, column: counts[row, column == ON_LIST],
        lambda row, column: frame.opens(
            "race_standard", standard="named", group=row, side="list" if column == ON_LIST else "others"),
        "SPD-15 (2024): somebody of whom records name two groups is in both rows.", adds_up=False,
    )  # fmt: skip


def _add_agreement(frame: Frame, said: RaceSaid, one: SourceInfo, other: SourceInfo) -> None:
    left, right = said.by_source(one.source_id), said.by_source(other.source_id)
    both = sorted(left.keys() & right.keys())
    if not both:
        return
    found = Counter((left[person], right[person]) for person in both)
    labels = tuple(group for group in CLEAR if any(group in pair for pair in found))
    name = f"{one.source_id}_{other.source_id}"
    _table(
        frame, f"race_agreement_{name}", f"{one.name} and {other.name}: race of the same people", "Race or ethnicity",
        labels, labels, lambda row, column: found[row, column],
        lambda row, column: frame.opens("race_pair", one=one.source_id, other=other.source_id, left=row, right=column),
        f"Rows: {one.name}. Columns: {other.name}. The last clear code of each.",
    )  # fmt: skip
    said_so = cohens_kappa([[found[row, column] for column in labels] for row in labels])
    assert said_so is not None
    interval = said_so.interval
    frame.add_estimate(
        Estimate(
            name=f"race_kappa_{name}", words=f"{one.name} and {other.name}: agreement on race", group=GROUP,
            unit="kappa", value=said_so.kappa, low=interval.low if interval else None,
            high=interval.high if interval else None, spread="95% interval",
            count=sum(found[label, label] for label in labels), of=len(both),
            counted="people of whom both say the same, of people of whom both say something clear",
            period=frame.window,
            rows=frame.opens("race_pair", one=one.source_id, other=other.source_id, left="", right=""),
            opens=len(both), unstable=len(both) < 20,
            note="Cohen's kappa: agreement beyond what chance alone would give. 1 is full agreement, 0 is none.",
        )
    )  # fmt: skip


def lists_of(codes: list[Code]) -> dict[str, Any]:
    """Codes as the lists a query takes."""
    return {
        "sources": [code.source_id for code in codes], "races": [code.race for code in codes],
        "ethnicities": [code.ethnicity for code in codes],
    }  # fmt: skip


def _add_at_contact(lane: Lane, frame: Frame, said: RaceSaid) -> None:
    """What was seen at the contact itself, in systems whose staff write what they see."""
    asked = self_reported_sources(lane)
    observed = kinds_in_order([s.source.kind for s in frame.covered if not asked[s.source.source_id]])
    found: Counter[tuple[str, str]] = Counter()
    for kind, place, contacts in lane.rows(
        sql("measures", "race_at_contact"), first=frame.window.first, last=frame.window.last,
        **lists_of(list(said.codes)),
    ):  # fmt: skip
        found[said.codes[place].group if place >= 0 else race.NOT_RECORDED, kind] += contacts
    kinds = {kind_words(kind): kind for kind in observed}
    rows = tuple(g for g in race.GROUPS if any(found[g, kind] for kind in observed))
    if rows and kinds:
        _table(
            frame, "race_at_contact", "Race as written down at the contact itself", "Race or ethnicity", rows,
            tuple(kinds), lambda row, column: found[row, kinds[column]],
            lambda row, column: frame.opens("race_at_contact", kind=kinds[column], group=row),
            "What staff saw or were told at that contact, kept apart from a person's best-known race: whether a "
            "response is fair hangs on what was seen.", unit="contacts",
        )  # fmt: skip
