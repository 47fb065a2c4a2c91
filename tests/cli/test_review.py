"""The command line of looking over: people to check, merges and splits with their undo, kinds, the blind sample."""

from __future__ import annotations

import csv
from pathlib import Path

from ddj_desktop.linkage import decisions
from ddj_desktop.store.county_file import CountyFile
from tests.cli.running import ddj, here
from tests.conftest import PASSPHRASE


def test_a_merge_is_listed_and_taken_back(county_folder: Path) -> None:
    file = county_folder / "Pine.ddj"
    opened = CountyFile.open(file, PASSPHRASE, "tester")
    lane = opened.lane()
    before = lane.rows("SELECT record_id, person_id FROM person_record ORDER BY 1")
    one, other = before[0][0], next(record for record, person in before if person != before[0][1])
    with opened.act(lane, "decision"):
        decisions.decide(lane, one, other, "same", "tester")
    opened.close()
    assert here("match", file, "--json").code == 0
    listed = ddj("review", file, "--changes", "--json").json["changes"]
    assert [(each["kind"], each["cause"]) for each in listed] == [("merge", "decision")]
    undone = here("review", file, "--undo", str(listed[0]["change_id"]), "--json")
    assert (undone.code, undone.json["decisions"]) == (0, 1)
    assert here("match", file, "--json").code == 0
    opened = CountyFile.open(file, PASSPHRASE, "tester")
    assert opened.lane().rows("SELECT record_id, person_id FROM person_record ORDER BY 1") == before
    opened.close()
    again = here("review", file, "--undo", str(listed[0]["change_id"]))
    assert (again.code, "can be undone" in again.err) == (1, True)


def test_the_blind_sample_goes_out_without_the_answer_and_comes_back(county_folder: Path) -> None:
    file, out = county_folder / "Pine.ddj", county_folder / "sample.csv"
    made = here("review", file, "--sample", out, "--month", "2026-10", "--json")
    assert made.code == 0, made.err
    with open(out, newline="", encoding="utf-8-sig") as sheet:
        lines = list(csv.DictReader(sheet))
    assert len(lines) == made.json["pairs"] >= 20
    assert not {"probability", "reason", "joined", "left_record"} & set(lines[0])
    for line in lines:
        line["answer"] = "same"
    with open(out, "w", newline="", encoding="utf-8") as sheet:
        writer = csv.DictWriter(sheet, list(lines[0]))
        writer.writeheader()
        writer.writerows(lines)
    back = here("review", file, "--answers", out, "--month", "2026-10", "--json")
    assert back.code == 0, back.err
    assert back.json["answers"] == len(lines)
    assert (back.json["joined"]["looked_at"], back.json["joined"]["share"]) == (20, 1.0)
    assert 0.83 < back.json["joined"]["low"] < 0.85  # Wilson: 20 / (20 + 1.96 squared)
    assert back.json["apart"]["right"] == 0


def test_people_to_check_and_kinds_are_listed(county_folder: Path) -> None:
    file = county_folder / "Pine.ddj"
    checked = here("review", file, "--check", "--json")
    assert (checked.code, isinstance(checked.json["people"], list)) == (0, True)
    kinds = here("review", file, "--patterns", "--json")
    assert (kinds.code, isinstance(kinds.json["patterns"], list)) == (0, True)
    unknown = here("review", file, "--pattern", "no such kind")
    assert (unknown.code, "no open pairs" in unknown.err) == (2, True)


def test_what_to_do_must_be_said_once(county_folder: Path) -> None:
    file = county_folder / "Pine.ddj"
    assert here("review", file, "--check", "--changes").code == 2
    assert here("review", file, "--sample", county_folder / "s.csv").code == 2


def test_training_anew_tells_what_it_changed_and_can_be_taken_back(county_folder: Path) -> None:
    file = county_folder / "Pine.ddj"
    first = here("match", file, "--json").json
    trained = ddj("match", file, "--train", "--json")
    assert trained.code == 0, trained.err
    assert trained.json["training"]["people_before"] == first["people"]
    back = here("match", file, "--undo-training", "--json")
    assert (back.code, back.json["people"]) == (0, first["people"])
    assert here("match", file, "--train", "--undo-training").code == 2
