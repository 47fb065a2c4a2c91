"""Work without a county file: protect any cross-table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ddj_desktop.disclosure.sheet import protect_csv
from ddj_desktop.outputs.atomic import Sink, write_whole
from ddj_desktop.outputs.audit_page import write_audit_page


@dataclass(frozen=True)
class ProtectMade:
    """What protecting a table gave."""

    hidden: int
    cells: int
    of_one_kind: tuple[str, ...]
    """A sentence for each group of which one thing is told of everybody."""


def protect_table(
    table: Path, out: Path, threshold: int, known: Sequence[str], audit: Path | None,
    page: Path | None = None,
) -> ProtectMade:  # fmt: skip
    """Write the table with its small counts hidden, and the audit if asked for, as JSON and as a page (PDF).

    Raises the sentences of disclosure, and CannotSave: either file is there whole or not at all.
    """
    protected = protect_csv(table, threshold=threshold, known=known)
    if audit is not None:  # first, so that no protected table stands without the audit that was asked for
        _write(audit, protected.audit_bytes())
    if page is not None:
        write_audit_page(protected, page)
    _write(out, protected.table_bytes())
    return ProtectMade(protected.hidden, protected.hidden + protected.shown, protected.of_one_kind)


def _write(path: Path, data: bytes) -> None:
    def fill(sink: Sink) -> None:
        sink.write(data)

    write_whole(path, fill)
