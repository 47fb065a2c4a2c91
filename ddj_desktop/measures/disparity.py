"""Disparity by race and ethnicity: rates at each stage, ratios to White people, and how far chance alone goes.

Residents are the base of first contact; at a later stage the base is the stage before it, so that what happened earlier
is not counted again (OJJDP, relative rate index; domain research 4.9).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ddj_desktop.measures import race
from ddj_desktop.measures.frame import Frame
from ddj_desktop.measures.patterns import JAIL
from ddj_desktop.measures.people import Everyone
from ddj_desktop.measures.statistics import UNSTABLE_BELOW, Ratio, rate, rate_ratio, wilson
from ddj_desktop.measures.types import TOTAL, At, CountTable, Estimate, Link, RowsKey
from ddj_desktop.registers.race_rules import RULES
from ddj_desktop.registers.residents import Residents, all_residents
from ddj_desktop.store.lane import Lane

GROUP = "Disparity"
STAGES = ("Known to any system", "Booked into jail", "Booked and on the list")
KNOWN, BOOKED, LISTED = range(3)
UNDIVIDED = (race.ASIAN, race.ASIAN_OR_PACIFIC, race.PACIFIC)
NOT_GROUPS = (race.NOT_RECORDED, race.UNCLEAR, race.DISAGREE)
"""Rows that are no group of residents; they stay in the table, and have no rate."""
SAME = "Cannot be distinguished from no difference."
BASE_WORDS = {KNOWN: "residents", BOOKED: "residents", LISTED: "people booked"}


@dataclass(frozen=True)
class Stages:
    """People at each stage by group, at the finest level every source can report."""

    labels: tuple[str, ...]
    parts: tuple[tuple[str, ...], ...]
    """The groups that make each label."""
    counts: tuple[tuple[int, int, int], ...]


def stages(people: Everyone, rule: str | None = None) -> Stages:
    """Count the stages, by the rule in force for what systems say of race or by another one.

    Where some source's code leaves Asian and Pacific Islander undivided, the three are one row: a share of one group
    alone would be too small by those who are somewhere in the other row.
    """
    found = dict.fromkeys(race.GROUPS, (0, 0, 0))
    for (label, kinds, on_list), number in people.by(people.said.settled(rule)).items():
        booked = number if JAIL in kinds.split("+") else 0
        known, into, listed = found[label]
        found[label] = known + number, into + booked, listed + (booked if on_list else 0)
    rows: list[tuple[str, tuple[str, ...]]] = []
    undivided = found[race.ASIAN_OR_PACIFIC][KNOWN] > 0
    for label in race.GROUPS:
        if undivided and label in UNDIVIDED:
            if label == race.ASIAN_OR_PACIFIC:
                rows.append((label, tuple(part for part in UNDIVIDED if found[part][KNOWN])))
        elif found[label][KNOWN] or label == race.NOT_RECORDED:
            rows.append((label, (label,)))
    sums = [tuple(sum(found[part][stage] for part in parts) for stage in range(3)) for _, parts in rows]
    return Stages(tuple(label for label, _ in rows), tuple(parts for _, parts in rows), tuple(sums))  # type: ignore[arg-type]


def resident_counts(residents: list[Residents], labels: tuple[str, ...]) -> dict[str, int]:
    """Residents of each label that has any; the undivided label is the sum of its three."""
    return residents_by_label({race.OF_MEANING[one.race]: one.people for one in residents}, labels)


def residents_by_label(groups: Mapping[str, int], labels: tuple[str, ...]) -> dict[str, int]:
    """The same, from residents by group."""
    found = dict(groups)
    if race.ASIAN_OR_PACIFIC in labels:
        found[race.ASIAN_OR_PACIFIC] = sum(found.pop(part, 0) for part in UNDIVIDED)
    return {label: found[label] for label in labels if found.get(label)}


def add_disparity(lane: Lane, frame: Frame, people: Everyone) -> None:
    """race_stages; rates, shares and ratios of each group; the last ratio under every other rule."""
    if not frame.sources_of(JAIL):
        return
    found = stages(people)
    _add_stages(frame, found)
    residents = all_residents(lane)
    counts = resident_counts(residents, found.labels)
    told = f"Residents: {residents[0].source}, {residents[0].year}." if residents else ""
    for estimate in [*_rates(frame, found, counts, told), *_ratios(frame, found, counts, told)]:
        frame.add_estimate(estimate)
    for rule in RULES:
        if rule != people.said.rule:
            other = stages(people, rule)
            for estimate in _ratios(frame, other, {}, f"Rule: {RULES[rule].lower()}.", rule):
                frame.add_estimate(estimate)


def _add_stages(frame: Frame, found: Stages) -> None:
    values: list[dict[str, str]] = [{"side": "known"}, {"side": "known", "kind": JAIL}, {"side": "list", "kind": JAIL}]
    frame.add_table(
        CountTable(
            name="race_stages", words="Race and ethnicity, stage by stage", row_title="Race or ethnicity",
            rows=found.labels, column_title="", columns=STAGES, counts=found.counts, unit="people",
            period=frame.window, rows_add_up=True, columns_add_up=False,
            keys=tuple(
                tuple(frame.opens("people", by_race="|".join(parts), **value) for value in values)
                for parts in found.parts
            ),
            note="Each column is a part of the one before it. By the county's rule for what systems say.",
            sources=tuple(source.source.name for source in frame.covered),
        )
    )  # fmt: skip
    of_race = frame.tables["by_race"].rows
    for r, parts in enumerate(found.parts):
        cells = [At("race_stages", r, stage) for stage in range(3)]
        both = [tuple(At("by_race", of_race.index(part), c) for part in parts if part in of_race) for c in (0, 1)]
        frame.links += [
            Link((cells[KNOWN],), (*both[0], *both[1])),
            Link((cells[KNOWN],), (cells[BOOKED],), rest=True),
            Link((cells[BOOKED],), (cells[LISTED],), rest=True),
            Link(both[0], (cells[LISTED],), rest=True),
        ]
    if frame.figures[f"people_{JAIL}"].count is not None:
        frame.links.append(Link((At(f"people_{JAIL}"),), (At("race_stages", TOTAL, LISTED),)))


def _key(frame: Frame, found: Stages, r: int, stage: int, rule: str = "") -> RowsKey:
    where = {"kind": JAIL} if stage else {}
    if rule:
        return frame.opens("race_by_rule", rule=rule, group="|".join(found.parts[r]), **where)
    return frame.opens("people", side="list" if stage == LISTED else "known", by_race="|".join(found.parts[r]), **where)


def _groups(found: Stages) -> Iterator[tuple[int, str, str]]:
    for r, label in enumerate(found.labels):
        if label not in NOT_GROUPS:
            yield r, label, race.MEANING_OF[label]


def _rates(frame: Frame, found: Stages, residents: dict[str, int], told: str) -> Iterator[Estimate]:
    """race_known_<group> and race_booked_<group> per 1,000 residents; race_listed_<group> of those booked."""
    for r, label, name in _groups(found):
        counts, base = found.counts[r], residents.get(label, 0)
        for stage, short in ((KNOWN, "known"), (BOOKED, "booked")):
            said = rate(counts[stage], base)
            yield Estimate(
                name=f"race_{short}_{name}", words=f"{label}: {STAGES[stage].lower()}, of residents", group=GROUP,
                unit="per 1,000", value=said.value if said else None, low=said.interval.low if said else None,
                high=said.interval.high if said else None, spread="95% interval", count=counts[stage],
                of=base or None, counted="people, of residents", period=frame.window,
                rows=_key(frame, found, r, stage), opens=counts[stage],
                unstable=counts[stage] < UNSTABLE_BELOW,
                note=told if base else "Residents of this group are not entered: Understand, Residents.",
            )  # fmt: skip
        booked, listed = counts[BOOKED], counts[LISTED]
        share = wilson(listed, booked)
        yield Estimate(
            name=f"race_listed_{name}", words=f"{label}: on the list, of people booked", group=GROUP, unit="%",
            value=100 * listed / booked if booked else None, low=100 * share.low if share else None,
            high=100 * share.high if share else None, spread="95% interval", count=listed, of=booked,
            counted="people, of people booked", period=frame.window, rows=_key(frame, found, r, LISTED), opens=listed,
            unstable=listed < UNSTABLE_BELOW, note="The base is the stage before: people booked into jail.",
        )  # fmt: skip


def _ratios(frame: Frame, found: Stages, residents: dict[str, int], told: str, rule: str = "") -> Iterator[Estimate]:
    """race_ratio_<stage>_<group>: each group's rate over that of White people, at first contact and after it."""
    if race.WHITE not in found.labels:
        return
    white = found.counts[found.labels.index(race.WHITE)]
    for r, label, name in _groups(found):
        if label == race.WHITE:
            continue
        counts = found.counts[r]
        for stage, short in ((BOOKED, "booked"), (LISTED, "listed")):
            if rule and stage != LISTED:
                continue
            base = residents.get(label, 0) if stage == BOOKED else counts[BOOKED]
            other = residents.get(race.WHITE, 0) if stage == BOOKED else white[BOOKED]
            ratio = rate_ratio(counts[stage], base, white[stage], other)
            yield Estimate(
                name=f"race_ratio_{short}_{name}" + (f"_by_{rule}" if rule else ""),
                words=f"{label} to White: {STAGES[stage].lower()}, of {BASE_WORDS[stage]}"
                      + (f" ({RULES[rule].lower()})" if rule else ""),
                group=GROUP, unit="ratio", value=ratio.value if ratio else None, low=ratio.low if ratio else None,
                high=ratio.high if ratio else None, spread="95% interval", count=counts[stage], of=base or None,
                counted=f"people, of {BASE_WORDS[stage]}; White: {white[stage]:,} of {other:,}", period=frame.window,
                rows=_key(frame, found, r, stage, rule), opens=counts[stage],
                unstable=ratio.unstable if ratio else True, note=ratio_note(ratio, told),
            )  # fmt: skip


def ratio_note(ratio: Ratio | None, told: str) -> str:
    """What a ratio may be taken to say."""
    if ratio is None:
        return f"No answer: a base is missing, or neither group has anybody at this stage. {told}".strip()
    said = f"{ratio.method} interval." if ratio.method == "mid-P" else "Interval on the log scale."
    return " ".join(part for part in ("" if ratio.differs else SAME, said, told) if part)
