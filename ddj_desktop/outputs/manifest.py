"""The manifest that goes with everything a partner receives: what it is, under which rules, and each file's hash."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from ddj_desktop.disclosure.gate import Permit
from ddj_desktop.outputs.atomic import Sink, write_whole


def write_manifest(permit: Permit, files: Sequence[Mapping[str, str]], facts: Mapping[str, object], path: Path) -> str:
    """Write it as JSON, keys sorted; gives the SHA-256. No path, no log-in name. Raises CannotSave, NoRoom."""
    said = {
        "for": permit.partner, "level": permit.request.level, "agreement": permit.agreement,
        "agreement_number": permit.agreement_id, "purpose": permit.purpose, "made_on": permit.on.isoformat(),
        "sources": sorted(permit.request.sources), "files": [dict(file) for file in files],
        "made_with": "DDJ Desktop", **facts,
    }  # fmt: skip
    data = (json.dumps(said, indent=1, sort_keys=True, ensure_ascii=False) + "\n").encode("utf-8")

    def fill(sink: Sink) -> None:
        sink.write(data)

    return write_whole(path, fill)
