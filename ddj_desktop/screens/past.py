"""History: each act of the log as a sentence, and whether it can be taken back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from ddj_desktop.screens.review import VERDICTS
from ddj_desktop.screens.wording import many, number, sentence_case
from ddj_desktop.workflow.lists import ImportLine

BATCHES = ("pairs decided together", "record taken out")
"""Acts that made several decisions under one number."""


@dataclass(frozen=True)
class PastAct:
    """One line of History."""

    seq: int
    done_at: datetime
    actor: str
    words: str
    undone: bool = False
    import_id: int | None = None
    """Set where the act is an import that can be removed."""
    pair: tuple[int, int] | None = None
    """Set where the act is a decision that can be taken back."""
    batch: int | None = None
    """Set where the act is a batch of decisions that can be taken back."""

    place: str | None = None
    """Set where the act chose how much to ask: the place to go back to."""

    @property
    def can_undo(self) -> bool:
        """True when the act can be taken back from here."""
        return any(one is not None for one in (self.import_id, self.pair, self.batch, self.place))

    @property
    def state(self) -> str:
        """A word for the last column."""
        return "undone" if self.undone else "can be undone" if self.can_undo else "on record"


def past_acts(lines: Sequence[Mapping[str, Any]], imports: Sequence[ImportLine]) -> list[PastAct]:
    """The log, newest first, in words. A decision made again later, or withdrawn, can be undone no more."""
    by_id = {line.import_id: line for line in imports}
    settled: set[tuple[int, int]] = set()
    taken_back = {line["facts"].get("batch") for line in lines if line["event"] == "batch taken back"}
    acts, asked = [], False
    for line in lines:
        facts = line["facts"]
        act = PastAct(line["seq"], line["done_at"], line["actor"], _words(line["event"], facts, by_id))
        if line["event"] == "import" and facts.get("import_id") in by_id:
            taken = by_id[facts["import_id"]]
            gone = taken.removed_at is not None
            act = PastAct(act.seq, act.done_at, act.actor, act.words, gone, None if gone else taken.import_id)
        elif line["event"] == "decision":
            pair = (facts["left"], facts["right"])
            if facts["verdict"] != "withdrawn":
                later = pair in settled
                act = PastAct(act.seq, act.done_at, act.actor, act.words, later, None, None if later else pair)
            settled.add(pair)
        elif line["event"] in BATCHES and facts.get("batch"):
            gone = facts["batch"] in taken_back
            act = replace(act, undone=gone, batch=None if gone else int(facts["batch"]))
        elif line["event"] == "questions asked":
            act = replace(act, undone=asked, place=None if asked else str(facts["before"]))
            asked = True  # only the last choice can be gone back from
        acts.append(act)
    return acts


def _words(event: str, facts: Mapping[str, Any], imports: Mapping[int, ImportLine]) -> str:
    if event == "import":
        return _import(facts, imports)
    if event == "import removed":
        taken = imports.get(int(facts.get("import_id", 0)))
        return (
            f"Removed the import {taken.file_name if taken else ''}: {many(int(facts.get('rows', 0)), 'row', 'rows')}"
        )
    if event in ("match", "matching taught"):
        records = many(int(facts.get("records", 0)), "record", "records")
        people = many(int(facts.get("people", 0)), "person", "people")
        how = "Taught matching anew; " if event == "matching taught" else ""
        return f"{how}Matched {records} into {people}; {number(int(facts.get('pairs_to_review', 0)))} to review"
    if event == "decision":
        said = VERDICTS.get(str(facts.get("verdict")))
        return f"Decided a possible match: {said.lower()}" if said else "Took a decision on a possible match back"
    if event in BATCHES:
        pairs = many(int(facts.get("pairs", 0)), "pair", "pairs")
        what = (
            "Took a record out of its person" if event == "record taken out" else f"Decided a kind: {facts['pattern']}"
        )
        return f"{what} ({pairs})"
    rows = many(int(facts.get("rows", 0)), "row", "rows")
    if event == "shared":
        return f"Made {_SHARED[str(facts['level'])].format(rows=rows)} of {facts['month']} for a partner"
    said = _SAID.get(event, sentence_case(event))
    return said.format_map(defaultdict(str, {**facts, "rows": rows}))


_SHARED = {
    "table": "a summary",
    "extract": "a file of {rows} without names",
    "identified": "a file of {rows} with names",
}
"""What was made for a partner, by level."""
_SAID = {
    "packet": "Built the {audience} packet of {month}", "definition kept": "Kept a definition as version {version}",
    "import mended": "Settled the columns of an import anew: {rows} read again",
    "code": "Said what a code of the field {field} means", "list for the sender": "Saved a list for the sender: {rows} "
    "set aside", "agreement": "Kept an agreement with {partner}",
    "created": "Made the county file", "definition agreed": "Marked a definition as agreed",
    "setting": "Set how this county file is used", "definition proposed": "Proposed a definition to the agencies",
    "definition retired": "Retired a definition", "month closed": "Closed the month {month}",
    "month opened again": "Opened the month {month} again", "questions asked": "Chose how much to ask: {place}",
    "second look": "Answered a decided pair a second time", "second look settled": "Settled a pair two people answered "
    "differently", "names shown": "Had names shown",
    "opened": "Opened the county file", "closed": "Closed the county file",
    "person looked at": "Looked at the page of person {person_id}", "rows looked at": "Looked at {rows} about people",
    "protected records shown": "Had the protected records of person {person_id} shown", "backup": "Made a backup",
    "packet printed": "Printed the packet of release {release_id}", "passphrase changed": "Changed the passphrase",
    "packet saved": "Saved the packet of release {release_id} once more", "checked": "Checked the county file",
    "wrong passphrase": "A wrong passphrase was entered", "brought up to date": "Brought an older file up to date",
}  # fmt: skip
"""Acts said in one sentence with their facts."""


def _import(facts: Mapping[str, Any], imports: Mapping[int, ImportLine]) -> str:
    taken = imports.get(int(facts.get("import_id") or 0))
    name = taken.file_name if taken else "a file that was here before"
    new, changed = number(int(facts.get("new", 0))), number(int(facts.get("changed", 0)))
    return f"Imported {name}: {new} new, {changed} changed of {many(int(facts.get('rows', 0)), 'row', 'rows')}"
