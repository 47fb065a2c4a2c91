"""The made-up county's export files are read, recognised and mapped as they are meant, line by line."""

from __future__ import annotations

import csv
from collections import defaultdict
from pathlib import Path

import pytest

from ddj_desktop.intake.draft import problems_before_import, read_file, suggest
from ddj_desktop.intake.types import Draft, Sure
from ddj_desktop.workflow.demo.county import MadeUpCounty, make_county

WANTED = {
    "jail": {"contact_key", "record_key", "full_name", "birth_date", "starts", "ends", "charge_description"},
    "arrest": {"contact_key", "last_name", "first_name", "birth_date", "starts", "starts_time"},
    "dispatch": {"contact_key", "starts", "starts_time", "nature", "location", "full_name", "role"},
    "ems": {"contact_key", "last_name", "first_name", "birth_date", "starts", "starts_time"},
    "hospital": {"contact_key", "record_key", "last_name", "first_name", "birth_date", "starts", "ends"},
    "shelter": {"contact_key", "record_key", "last_name", "first_name", "birth_date", "starts", "ends"},
    "co_responder": {"contact_key", "full_name", "age", "starts", "starts_time"},
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, MadeUpCounty]:
    """A county of another seed than the demo's."""
    folder = tmp_path_factory.mktemp("county")
    return folder, make_county(folder, seed=11)


@pytest.fixture(scope="module")
def drafts(made: tuple[Path, MadeUpCounty]) -> dict[str, Draft]:
    """The one draft of each file."""
    return {export.path.name: suggest(read_file(export.path))[0] for export in made[1].exports}


def test_each_file_is_recognised_and_may_go_in(made: tuple[Path, MadeUpCounty], drafts: dict[str, Draft]) -> None:
    for export in made[1].exports:
        draft = drafts[export.path.name]
        assert (draft.kind, draft.kind_sure) == (export.kind, Sure.SURE)
        assert problems_before_import(draft) == []
        assert WANTED[export.kind] <= {column.field for column in draft.columns}


def test_every_line_is_told_apart_as_the_truth_has_it(
    made: tuple[Path, MadeUpCounty], drafts: dict[str, Draft]
) -> None:
    truth: dict[str, set[int]] = defaultdict(set)
    sheets: dict[str, set[str]] = defaultdict(set)
    with (made[0] / "truth" / "rows.csv").open(encoding="utf-8", newline="") as table:
        for line in csv.DictReader(table):
            sheets[line["file"]].add(line["sheet"])
            if line["what"] != "data" and line["sheet"] in ("", drafts[line["file"]].sheet):
                truth[line["file"]].add(int(line["row"]))
    for name, draft in drafts.items():
        assert {one.line for one in draft.not_data} == truth[name], name
