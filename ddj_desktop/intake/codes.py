"""The codes a source writes in its coded columns: counted with each import, so that new ones are seen each month."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from ddj_desktop.intake import cleaning_text as texts
from ddj_desktop.intake import problems as trouble
from ddj_desktop.intake.charges import charge_group
from ddj_desktop.intake.coded import Coded
from ddj_desktop.intake.kinds import contact_kind
from ddj_desktop.intake.lines import Reading
from ddj_desktop.intake.types import Problem
from ddj_desktop.registers.crosswalks import as_code
from ddj_desktop.store.lane import Lane
from ddj_desktop.store.sql import sql

COLUMNS = {
    "race": ("race",), "ethnicity": ("ethnicity",), "sex": ("sex",), "kind_code": ("kind_code",),
    "nature": ("nature",), "disposition": ("disposition",), "living_situation": ("living_situation",),
    "charge": ("charge_description", "charge_code"),
}  # fmt: skip
"""Coded field of the crosswalk to the columns that give it, the first that is there."""
_MOST = 400
"""Different codes kept of one column of one import, the commonest: more is free text."""


def codes_in(columns: Mapping[str, Coded]) -> dict[str, Counter[str]]:
    """Each coded field's codes with their rows. `columns`: field to its texts, row by row."""
    found: dict[str, Counter[str]] = {}
    for name, ways in COLUMNS.items():
        column = next((columns[way] for way in ways if way in columns), None)
        if column is None:
            continue
        codes: Counter[str] = Counter()
        for text, often in column.counts().items():
            tidied = texts.tidy(text)
            if not texts.is_nothing(tidied):
                codes[as_code(tidied)[:200]] += often
        found[name] = Counter(dict(sorted(codes.items(), key=lambda item: (-item[1], item[0]))[:_MOST]))
    return found


def new_codes(lane: Lane, source_id: int, codes: Mapping[str, Counter[str]], reading: Reading) -> list[Problem]:
    """A problem for each coded field with codes no earlier import of the source had. None for a field's first file."""
    seen: dict[str, set[str]] = {}
    for name, code in lane.rows(sql("intake", "codes_seen"), source=source_id):
        seen.setdefault(name, set()).add(code)
    found = []
    for name, mine in codes.items():
        fresh = [code for code in mine if code not in seen[name]] if name in seen else []
        if fresh:
            column = next(way for way in COLUMNS[name] if way in reading.columns)
            rows = sum(mine[code] for code in fresh)
            codes_said = "1 code" if len(fresh) == 1 else f"{len(fresh):,} codes"
            found.append(trouble.of_sheet("new_codes", column, reading, rows, codes=codes_said))
    return found


def keep_codes(lane: Lane, import_id: int, codes: Mapping[str, Counter[str]]) -> None:
    """Keep the codes of an import with their rows."""
    lines = [(name, code, often) for name, mine in codes.items() for code, often in mine.items()]
    lane.append("code_seen", {
        "import_id": [import_id] * len(lines), "field": [line[0] for line in lines],
        "code": [line[1] for line in lines], "rows": [line[2] for line in lines],
    })  # fmt: skip


@dataclass(frozen=True)
class CodeInUse:
    """One code a source writes: how many rows had it in the imports that stand, and what it is taken for."""

    source_id: int
    source: str
    field: str
    code: str
    rows: int
    last_import: int
    is_new: bool
    """Only the source's newest import has it, and there are older ones."""
    meaning: str | None
    """What the county said it means; None where nobody has."""
    taken_for: str | None
    """What the program takes it for by itself, as a meaning of the field; None where it makes nothing of it."""


def codes_in_use(lane: Lane, source_id: int | None = None) -> list[CodeInUse]:
    """The codes of one source or of all, by source and field, the commonest first."""
    found = lane.dicts(sql("intake", "codes_in_use"), source=source_id)
    kinds = [line.pop("kind") for line in found]
    return [
        CodeInUse(**line, taken_for=_taken_for(kind, line["field"], line["code"]))
        for kind, line in zip(kinds, found, strict=True)
    ]


def _taken_for(kind: str, field: str, code: str) -> str | None:
    """The program's own reading of a code. Race and ethnicity are read by the measures, calls by their words."""
    if field == "sex":
        return str(texts.sex(code)[0] or "unknown")
    if field == "charge":
        return charge_group(code)
    if field == "kind_code":
        return contact_kind(kind, [code], [], [])
    if field == "living_situation":
        homeless = texts.homeless_by_living(code)[0]
        return "unsheltered" if homeless == "yes" else "housed" if homeless == "no" else "unknown"
    return None
