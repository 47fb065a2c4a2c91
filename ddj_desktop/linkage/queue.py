"""The pairs a person should look at, most doubtful first, each with its reason; as a sheet, out and in again."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from ddj_desktop.linkage.decisions import VERDICTS, decide_all
from ddj_desktop.linkage.errors import NotAReviewSheet, UnknownRecord, UnknownVerdict
from ddj_desktop.linkage.evidence import Weight, from_json, sentence
from ddj_desktop.store.lane import Lane
from ddj_desktop.store.sql import sql

FIELDS = (
    "source", "record_key", "full_name", "first_name", "middle_name", "last_name", "suffix", "birth_date",
    "birth_year_low", "birth_year_high", "sex", "ssn", "address", "city", "phone",
)  # fmt: skip
SHEET_FIELDS = ("source", "first_name", "middle_name", "last_name", "suffix", "birth_date", "sex", "address", "phone")
QUEUE_HEADINGS = (
    "left_record", "right_record", "probability", "reason", "can_change_list",
    *(f"{side}_{name}" for name in SHEET_FIELDS for side in ("left", "right")), "decision",
)  # fmt: skip
"""Headings of the queue as a sheet. `decision` takes same, different or not_sure; empty means later."""
SAMPLE_HEADINGS = ("pair", *(f"{side}_{name}" for name in SHEET_FIELDS for side in ("left", "right")), "answer")
"""Headings of the blind sample as a sheet. `answer` takes same, different or not_sure; empty means later."""
Value = str | int | date | None


@dataclass(frozen=True)
class PairToReview:
    """Two records that may be one person. `left` and `right` hold the values of `FIELDS` by name."""

    left_record: int
    right_record: int
    left: dict[str, Value]
    right: dict[str, Value]
    weight: float
    """Bits; the weights below add up to it."""
    probability: float
    reason: str
    weights: tuple[Weight, ...]
    not_sure: bool
    """Somebody looked and was not sure."""


@dataclass(frozen=True)
class SamplePair:
    """One pair of a month's blind sample. What the program said is not in it."""

    place: int
    pair: PairToReview
    verdict: str
    """same, different, not_sure; '' while it waits."""


def queue(lane: Lane, limit: int | None = None) -> list[PairToReview]:
    """Open pairs, most doubtful first; those somebody was not sure of come last."""
    return side_by_side(lane, lane.dicts(sql("linkage", "review") + ("" if limit is None else f"\nLIMIT {int(limit)}")))


def side_by_side(lane: Lane, rows: Sequence[Mapping[str, Any]]) -> list[PairToReview]:
    """Pairs with what both records say. Rows hold left_record, right_record, weight, probability, evidence, not_sure;
    a pair of which a record is gone is left out."""
    known = records_shown(lane, {row[side] for row in rows for side in ("left_record", "right_record")})
    out = []
    for row in rows:
        left, right = known.get(row["left_record"]), known.get(row["right_record"])
        if left is None or right is None:
            continue
        weights = tuple(from_json(row["evidence"]))
        out.append(
            PairToReview(
                row["left_record"], row["right_record"], left, right, row["weight"], row["probability"],
                sentence(list(weights)), weights, row["not_sure"],
            )
        )  # fmt: skip
    return out


def records_shown(lane: Lane, records: Collection[int]) -> dict[int, dict[str, Value]]:
    """What each of some records says, by record id: the values of `FIELDS`; `person_id`; `surname_people`, how many
    people of the county have its last name; `times`, `first_met` and `last_met` of its contacts."""
    text = "[" + ",".join(map(str, sorted(records))) + "]"
    found = lane.dicts(sql("linkage", "shown_records"), records=text)
    return {int(row.pop("record_id")): row for row in found}


def queue_rows(pairs: Sequence[PairToReview], matter: Collection[tuple[int, int]] = ()) -> list[list[str]]:
    """The queue as rows under `QUEUE_HEADINGS`, with an empty column `decision` to be filled in. Holds names.

    `matter` are the pairs that can change the list.
    """
    return [
        [
            str(pair.left_record), str(pair.right_record), f"{pair.probability:.3f}", pair.reason,
            "yes" if (pair.left_record, pair.right_record) in matter else "no", *_both_sides(pair), "",
        ]
        for pair in pairs
    ]  # fmt: skip


def sample_rows(pairs: Sequence[SamplePair]) -> list[list[str]]:
    """The blind sample as rows under `SAMPLE_HEADINGS`. Holds names."""
    return [[str(one.place), *_both_sides(one.pair), one.verdict] for one in pairs]


def _both_sides(pair: PairToReview) -> list[str]:
    return [_text(side[name]) for name in SHEET_FIELDS for side in (pair.left, pair.right)]


def _text(value: Value) -> str:
    return "" if value is None else str(value)


@dataclass(frozen=True)
class Applied:
    """What a sheet of decisions did."""

    same: int
    different: int
    not_sure: int
    left_open: int


def apply_rows(lane: Lane, headings: Sequence[str], rows: Sequence[Sequence[str]], actor: str) -> Applied:
    """Take the decisions of a sheet in: same, different, not_sure, or empty for later. All rows or none.

    Raises NotAReviewSheet, UnknownVerdict, UnknownRecord (with the line as a spreadsheet program shows it).
    """
    at = _places(headings, ("left_record", "right_record", "decision"))
    known = {int(row[0]) for row in lane.rows("SELECT record_id FROM record")}
    decided: list[tuple[int, int, str]] = []
    empty = 0
    for line, row in enumerate(rows, start=2):
        cells = {name: row[index].strip() if index < len(row) else "" for name, index in at.items()}
        verdict = _verdict(cells["decision"], line)
        if not verdict:
            empty += 1
            continue
        decided.append(
            (_record(cells["left_record"], known, line), _record(cells["right_record"], known, line), verdict)
        )
    decide_all(lane, decided, actor, "review sheet")
    counts = {verdict: sum(1 for *_, v in decided if v == verdict) for verdict in VERDICTS}
    return Applied(counts["same"], counts["different"], counts["not_sure"], empty)


def answers_of(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> list[tuple[int, str]]:
    """Place and answer of each line of a blind sample's sheet that holds one.

    Raises NotAReviewSheet, UnknownVerdict, UnknownRecord (where the first column is no number of a pair).
    """
    at = _places(headings, ("pair", "answer"))
    out = []
    for line, row in enumerate(rows, start=2):
        cells = {name: row[index].strip() if index < len(row) else "" for name, index in at.items()}
        verdict = _verdict(cells["answer"], line)
        if verdict and not cells["pair"].isdigit():
            raise UnknownRecord(line=line)
        if verdict:
            out.append((int(cells["pair"]), verdict))
    return out


def _places(headings: Sequence[str], wanted: Sequence[str]) -> dict[str, int]:
    for column in wanted:
        if column not in headings:
            raise NotAReviewSheet(column=column)
    return {column: list(headings).index(column) for column in wanted}


def _verdict(cell: str, line: int) -> str:
    verdict = cell.lower().replace(" ", "_")
    if verdict and verdict not in VERDICTS:
        raise UnknownVerdict(line=line)
    return verdict


def _record(text: str, known: set[int], line: int) -> int:
    if not text.isdigit() or int(text) not in known:
        raise UnknownRecord(line=line)
    return int(text)
