"""The layouts that come with the program: each is whole, takes its maker's file in as it says, and can be asked for."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ddj_desktop.intake.draft import problems_before_import, suggest
from ddj_desktop.intake.fields import FIELDS, unmet
from ddj_desktop.intake.types import Sure
from ddj_desktop.registers.layout_file import keep_layout_text, layout_text
from ddj_desktop.registers.profiles import known_layouts
from ddj_desktop.store.county_file import CountyFile
from ddj_desktop.workflow.layouts import shipped_layouts
from tests.cli.running import ddj
from tests.conftest import PASSPHRASE
from tests.intake.layouts import table
from tests.intake.test_mapping_corpus import CORPUS, raw

SHIPPED = shipped_layouts()


def test_the_makers_and_open_formats_of_the_reference_are_there() -> None:
    assert len(SHIPPED) >= 30
    assert {"hmis_client", "hmis_enrollment", "hmis_exit", "hmis_services", "zuercher_jail", "new_world_jail",
            "jims_jail", "middlesex_jail", "iowa_joint_dispatch", "cambridge_rms"} <= set(SHIPPED)  # fmt: skip


@pytest.mark.parametrize("name", SHIPPED)
def test_each_is_whole(name: str) -> None:
    facts = json.loads(SHIPPED[name].read_text("utf-8"))
    assert set(facts["columns"]) <= set(FIELDS)
    assert len(set(facts["columns"].values())) == len(facts["columns"])
    needs = unmet(facts["kind"], facts["columns"])
    assert needs == [] or (name == "hmis_exit" and "contact_key" in facts["columns"])


def test_a_file_of_each_is_read_as_its_layout_says(county: CountyFile) -> None:
    """Files of the corpus whose headings are all of a layout's; none is read by another one's."""
    lane = county.lane()
    for name, path in SHIPPED.items():
        keep_layout_text(lane, path.read_text("utf-8"), f"Source {name}", "tester")
    known = {one.source.removeprefix("Source "): one for one in known_layouts(lane)}
    lane.close()
    assert set(known) == set(SHIPPED)
    met = set()
    for one in CORPUS:
        headings = {heading for heading, *_ in one.columns}
        for name, profile in known.items():
            if one.kind == profile.kind and set(profile.mapping.values()) <= headings:
                met.add(name)
                (draft,) = suggest(raw(table(one, 12), one.file, one.banner), [profile])
                taken = {column.field: column for column in draft.columns if column.field}
                assert {field: taken[field].header for field in profile.mapping} == profile.mapping
                assert {taken[field].sure for field in profile.mapping} == {Sure.SURE}
                assert problems_before_import(draft) == []
    assert met >= set(SHIPPED) - {"hmis_exit"}


def test_one_is_asked_for_by_name_saved_and_given_on(county: CountyFile, tmp_path: Path) -> None:
    county.close()
    said = ("layout", county.path, "--source", "Shelter", "--json")
    ran = ddj(*said, "--use", "hmis_enrollment", passphrase=PASSPHRASE)
    assert ran.code == 0, ran.err
    assert json.loads(ran.out)["columns"]["starts"] == "EntryDate"
    ran = ddj(*said, "--save", tmp_path / "given.ddjlayout", passphrase=PASSPHRASE)
    assert ran.code == 0, ran.err
    assert json.loads((tmp_path / "given.ddjlayout").read_text()) == json.loads(SHIPPED["hmis_enrollment"].read_text())
    ran = ddj(*said, "--use", "no_such_layout", passphrase=PASSPHRASE)
    assert ran.code == 1
    assert "Traceback" not in ran.err
    again = CountyFile.open(county.path, PASSPHRASE, "tester")
    lane = again.lane()
    assert layout_text(lane, 1) == (tmp_path / "given.ddjlayout").read_text()
    lane.close()
    again.close()
