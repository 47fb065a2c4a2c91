"""A source's layout as a small file, to be given to another county with the same system: headings and codes, no rows.

Text in JSON: `ddj_layout` (1), `kind`, `date_order`, `columns` (field to heading), `codes` (field to code to meaning);
`source` (the name the source is to have) where whoever wrote the file gave one.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

from ddj_desktop.registers.crosswalks import meanings_of, set_meaning
from ddj_desktop.registers.errors import NoLayout, NotALayout
from ddj_desktop.registers.profiles import Profile, known_layouts, remember_layout
from ddj_desktop.registers.sources import SOURCE_KINDS, source, source_numbered
from ddj_desktop.store.lane import Lane

_MOST = 1_000_000
"""Characters of a layout file."""


def layout_text(lane: Lane, source_id: int) -> str:
    """The layout a source used last, and what the county said its codes mean. Raises NoSuchSource, NoLayout."""
    mine = source_numbered(lane, source_id)
    profile = next((one for one in known_layouts(lane) if one.source == mine.name), None)
    if profile is None:
        raise NoLayout(source=mine.name)
    facts = {
        "ddj_layout": 1, "kind": mine.kind, "date_order": profile.date_order, "columns": profile.mapping,
        "codes": meanings_of(lane, source_id),
    }  # fmt: skip
    return json.dumps(facts, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def source_named_in(text: str) -> str:
    """The name a layout file gives its source; empty where it gives none. Raises NotALayout."""
    named: str = _facts(text).get("source", "")
    return named.strip()


def keep_layout_text(lane: Lane, text: str, source_name: str, decided_by: str) -> Profile:
    """Take a layout file in for a source, made if new: its next file is read by it, its codes mean what is said.

    Meanings the county has decided itself stand. Raises NotALayout, NoName, KeptUnderOtherKind, UnknownMeaning.
    """
    facts = _facts(text)
    kept = source(lane, source_name, facts["kind"])
    columns: dict[str, str] = facts["columns"]
    signature = hashlib.sha256(json.dumps(columns, sort_keys=True).encode()).hexdigest()[:32]
    mine = meanings_of(lane, kept.source_id)
    for field, codes in facts["codes"].items():
        for code, meaning in codes.items():
            if code not in mine.get(field, {}):
                set_meaning(lane, kept.source_id, field, code, meaning, decided_by)
    return remember_layout(lane, kept.source_id, signature, columns, facts["date_order"])


def _facts(text: str) -> dict[str, Any]:
    """The file's facts, each of the form it must have. Raises NotALayout."""
    try:
        facts = json.loads(text[:_MOST])
        good = (
            facts["ddj_layout"] == 1
            and facts["kind"] in SOURCE_KINDS
            and facts["date_order"] in ("mdy", "dmy", "ymd")
            and isinstance(facts.get("source", ""), str)
            and len(facts["columns"]) > 0
            and _are_texts(facts["columns"])
            and all(_are_texts(codes) for codes in facts["codes"].values())
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        good = False
    if not good:
        raise NotALayout
    return dict(facts)


def _are_texts(facts: dict[str, Any]) -> bool:
    return all(isinstance(name, str) and isinstance(value, str) for name, value in facts.items())
