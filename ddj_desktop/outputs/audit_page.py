"""The audit of one protected table as a page: the table as it may leave, and what a reader can find out of each hidden
number."""

from __future__ import annotations

from pathlib import Path

from ddj_desktop.disclosure.sheet import ProtectedSheet
from ddj_desktop.outputs.plain_paper import Grid, Paper, Part, write_paper

WIDEST = 9
"""A table of more columns has no room on the page; its file is beside it."""
LONGEST = 400
"""So many lines of either table are printed; the rest is in the files."""

INSIDE = "Keep this page in the building: its ranges hold what a partner knows and others do not."


def write_audit_page(protected: ProtectedSheet, path: Path) -> str:
    """Write it as a PDF; gives the SHA-256. Raises CannotSave, NoRoom, NotAsWritten."""
    return write_paper(path, audit_paper(protected))


def audit_paper(protected: ProtectedSheet) -> Paper:
    """The page's content, from the audit that goes into the JSON."""
    audit = protected.audit
    facts = (
        ("Numbers shown", f"{protected.shown:,} of {protected.cells:,}"),
        ("Hidden", f"{protected.hidden:,} of {protected.cells:,}, totals included, all as {audit['marker']}"),
        ("Smallest count shown", f"{audit['threshold']}"),
        ("Rule", str(audit["rule"])),
        ("Safe against", "; ".join(map(str, _list(audit["readers"])))),
        ("Result", "every hidden number holds" if audit["safe"] else "a hidden number can be narrowed too much"),
        ("Proved by", f"{audit['solver']}, whole numbers only"),
        ("File that came in", f"{audit['table']}, SHA-256 {str(audit['sha256'])[:16]}…"),
    )
    done = Part("What was done", grid=Grid(("", ""), facts, (3, 7)))
    whole = Part("Groups of one kind", sentences=protected.of_one_kind[:LONGEST])
    parts = [done, *([whole] if protected.of_one_kind else []), *_table(protected), *_ranges(_list(audit["hidden"]))]
    return Paper(
        "Audit of a protected table", str(audit["table"]), "DDJ Desktop", tuple(parts),
        INSIDE if audit["keep_inside"] else "The ranges say no more than anybody can work out from the table.",
    )  # fmt: skip


def _list(value: object) -> list[object]:
    assert isinstance(value, list)
    return value


def _table(protected: ProtectedSheet) -> list[Part]:
    heading, *rows = protected.rows
    if len(heading) > WIDEST:
        return []
    shares = tuple(2.0 if at == 0 else 1.0 for at in range(len(heading)))
    return [Part("The table as it may leave", _cut(len(rows)), Grid(heading, tuple(rows[:LONGEST]), shares))]


def _ranges(hidden: list[object]) -> list[Part]:
    rows = []
    for one in hidden[:LONGEST]:
        assert isinstance(one, dict)
        holds = "yes" if one["safe"] else "no"
        rows.append((str(one["row"]), str(one["column"]), f"{one['low']:,} to {one['high']:,}", holds))
    if not rows:
        return []
    headings = ("Row", "Column", "It could be", "Holds")
    grid = Grid(headings, tuple(rows), (4, 3, 3, 1))
    return [Part("The narrowest range any of these readers can work out", _cut(len(hidden)), grid)]


def _cut(count: int) -> tuple[str, ...]:
    return (f"The first {LONGEST} of {count:,} lines; the files hold all.",) if count > LONGEST else ()
