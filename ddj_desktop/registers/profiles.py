"""How sources lay out their files, remembered from import to import."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from ddj_desktop.kernel import clock
from ddj_desktop.registers.sources import source_numbered
from ddj_desktop.store.lane import Lane


@dataclass(frozen=True)
class Profile:
    """How a source laid out a file before: recognised again by its signature."""

    source: str
    kind: str
    signature: str
    """What stands for the layout; the same headings always give the same one (made by intake)."""
    mapping: dict[str, str]
    """Field to heading."""
    date_order: str
    """mdy, dmy or ymd."""
    headings: tuple[str, ...] = ()
    """Every heading of the file, mapped or not; none where they were not kept (a layout of another county)."""


def remember_layout(
    lane: Lane, source_id: int, signature: str, mapping: dict[str, str], date_order: str, headings: Sequence[str] = ()
) -> Profile:
    """Keep a layout that was taken in, or the newer meaning of one already kept, and count its use.

    Raises NoSuchSource.
    """
    source = source_numbered(lane, source_id)
    key = {"source": source_id, "signature": signature}
    used = lane.rows("SELECT used FROM layout_profile WHERE source_id = $source AND signature = $signature", **key)
    lane.run("DELETE FROM layout_profile WHERE source_id = $source AND signature = $signature", **key)
    kept = {"fields": mapping, "date_order": date_order, "headings": list(headings)}
    lane.run(
        "INSERT INTO layout_profile VALUES ($source, $signature, $mapping, $used, $at)",
        **key, used=(used[0][0] if used else 0) + 1, at=clock.now(),
        mapping=json.dumps(kept, ensure_ascii=False, sort_keys=True),
    )  # fmt: skip
    return Profile(source.name, source.kind, signature, dict(mapping), date_order, tuple(headings))


def known_layouts(lane: Lane) -> list[Profile]:
    """Every layout kept, the one used last first."""
    found = lane.rows(
        "SELECT s.name, s.kind, p.signature, p.mapping FROM layout_profile AS p JOIN source AS s USING (source_id) "
        "ORDER BY p.last_used DESC, p.source_id, p.signature"
    )
    profiles = []
    for name, kind, signature, text in found:
        kept = json.loads(text)
        headings = tuple(kept.get("headings", ()))  # layouts kept by earlier versions have none
        profiles.append(Profile(name, kind, signature, kept["fields"], kept["date_order"], headings))
    return profiles
