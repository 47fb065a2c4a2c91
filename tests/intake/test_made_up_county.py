"""The made-up county's exports, taken in as they are, give the contacts that truly happened: no more, no fewer."""

from __future__ import annotations

import csv
from collections import defaultdict
from pathlib import Path

from ddj_desktop.intake.draft import problems_before_import, suggest
from ddj_desktop.intake.read import read_file
from ddj_desktop.intake.stage import stage
from ddj_desktop.store.county_file import CountyFile
from ddj_desktop.store.lane import Lane
from ddj_desktop.workflow.demo.county import make_county
from tests.intake.sheets import add_source


def truths(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def minute(moment: object) -> str:
    return str(moment)[:16].replace("T", " ") if moment else ""


def contacts_of_rows(lane: Lane) -> dict[tuple[str, str, int], tuple[str, str, str, int, bool]]:
    """For each data row its contact: kind, start, end, id, and whether it has a person."""
    found = lane.rows(
        "SELECT i.file_name, r.sheet, r.row_number, c.kind, c.starts, c.ends, c.contact_id, c.record_id "
        "FROM source_row r "
        "JOIN import i USING (import_id) JOIN current_row n USING (row_key) JOIN contact c USING (contact_id)"
    )
    return {
        (file, sheet, row): (kind, minute(starts), minute(ends), contact_id, record is not None)
        for file, sheet, row, kind, starts, ends, contact_id, record in found
    }


def test_every_true_contact_is_one_contact_with_its_start_end_and_kind(county: CountyFile, tmp_path: Path) -> None:
    made = make_county(tmp_path / "made_up", seed=41)
    lane = county.lane()
    kinds: dict[str, int] = {}
    data_rows = 0
    with lane.transaction():
        for export in made.exports:
            for draft in suggest(read_file(export.path)):
                assert (draft.kind, problems_before_import(draft)) == (export.kind, [])
                if draft.kind not in kinds:
                    kinds[draft.kind] = add_source(lane, draft.kind, len(kinds) + 1)
                result = stage(lane, draft, kinds[draft.kind], "tester")
                assert (result.set_aside, result.rows - result.not_data) == (0, export.rows)
                data_rows += export.rows
    true = {one["contact_id"]: one for one in truths(made.truth_contacts) if one["exported"] == "yes"}
    ours = contacts_of_rows(lane)
    seen: dict[str, set[int]] = defaultdict(set)
    rows = [row for row in truths(made.truth_rows) if row["what"] == "data"]
    assert len(rows) == data_rows == len(ours)
    wrong = []
    for row in rows:
        kind, starts, ends, contact_id, has_person = ours[row["file"], row["sheet"], int(row["row"])]
        told = true[row["contact_id"]]
        seen[row["contact_id"]].add(contact_id)
        if (kind, starts, ends) != (told["kind"], minute(told["starts"]), minute(told["ends"])):
            wrong.append((row["file"], row["row"]))
        if row["true_person"] and has_person != (row["role"] not in ("caller", "victim")):
            wrong.append((row["file"], row["row"]))
    assert wrong == []
    assert all(len(found) == 1 for found in seen.values())
    assert lane.value("SELECT count(*) FROM contact") == len(true) == len(set().union(*seen.values()))
