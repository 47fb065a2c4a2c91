"""Whether a county file agrees with itself: every block read, the log verified, and what must always hold, held."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ddj_desktop.store.county_file import CountyFile
from ddj_desktop.store.sql import sql
from ddj_desktop.workflow.errors import Inconsistent
from ddj_desktop.workflow.project import Project

CHECKS: dict[str, str] = {
    "import_adds_up": "rows of an import do not add up",
    "import_rows_kept": "rows of an import are missing",
    "row_has_words": "a row has lost its words",
    "current_row_is_real": "a current row belongs to no standing import",
    "contact_has_record": "a contact names a record that is not there",
    "contact_is_supported": "a contact rests on no row",
    "record_is_supported": "a record rests on no row",
    "part_has_contact": "a charge or flag belongs to no contact",
    "record_has_one_person": "a record belongs to a person that is not there",
    "stay_ends_after_it_starts": "a stay ends before it starts",
    "one_of_each_id": "two things have one number",
}
"""Each is a file in `workflow/sql/checks` that gives the offending rows: none, when all is well."""


@dataclass(frozen=True)
class CheckedCounty:
    """What was read and held."""

    rows: dict[str, int]
    acts: int
    head: str
    checks: list[str]
    sealed: int = 0


def check_county(file: CountyFile, seals: Sequence[str] = ()) -> CheckedCounty:
    """Read everything and check it; the log's seals too, where the codes of the privacy officer's sheets are given.

    Raises Damaged, BadRecoveryCode, Inconsistent naming the first thing that does not hold."""
    read = file.check(seals)
    lane = file.lane()
    try:
        for name, words in CHECKS.items():
            if lane.value(f"SELECT count(*) FROM ({check_sql(name)})"):
                raise Inconsistent(file=file.path.name, what=words)
    finally:
        lane.close()
    return CheckedCounty(read.rows, read.acts, read.head, list(CHECKS), read.sealed)


def check_and_say(project: Project, seals: Sequence[str] = ()) -> CheckedCounty:
    """`check_county`, and a line of the log that it was done and held. The head is that of the line before it."""
    found, lane = check_county(project.file, seals), project.file.lane()
    try:
        with project.file.act(lane, "checked", {"acts": found.acts, "sealed": found.sealed}):
            pass
    finally:
        lane.close()
    return found


def check_sql(name: str) -> str:
    """The text of one check."""
    return sql("workflow", f"checks/{name}")
