"""The labelled sets of the bench: shared public ones where present, and the made-up county."""

from __future__ import annotations

import csv
from datetime import datetime
from pathlib import Path

from ddj_desktop.intake.draft import suggest
from ddj_desktop.intake.read import read_file
from ddj_desktop.intake.stage import stage
from ddj_desktop.kernel import clock
from ddj_desktop.kernel.progress import Progress
from ddj_desktop.linkage.county import match
from ddj_desktop.store.county_file import County, CountyFile
from ddj_desktop.workflow.demo.county import MadeUpCounty, make_county

SHARED = Path(__file__).parents[3] / ".." / "shared" / "data"
COUNTY_DAY = datetime(2026, 11, 3, 9, 0)
FEW_FIELDS = ("unique_id", "first_name", "last_name", "dob")


def shared_sets() -> list[Path]:
    """The shared labelled sets, by name; none where the folder is not there."""
    return sorted(SHARED.glob("*.csv")) if SHARED.is_dir() else []


def truth_of(path: Path) -> list[str]:
    """The true person of every row: the column `cluster`, else the number in `rec_id` (`rec-N-…`)."""
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream, skipinitialspace=True))
    return [row["cluster"] if "cluster" in row else row["rec_id"].split("-")[1] for row in rows]


class MatchedCounty:
    """A made-up county taken in and matched: the person found and the true person of each record with a known truth."""

    def __init__(self, folder: Path, seed: int) -> None:
        made = make_county(folder, seed)
        file, _ = CountyFile.create(folder / "Pine.ddj", "made-up people only", County("Pine", "KS", 14_000), "bench")
        try:
            lane = file.lane()
            with clock.standing_at(COUNTY_DAY):
                self._take_in(file, made)
                with file.act(lane, "match"):
                    self.summary = match(lane, "bench", Progress())
            found = {
                (name, sheet, row): (record, person)
                for name, sheet, row, record, person in lane.rows(
                    "SELECT i.file_name, r.sheet, r.row_number, c.record_id, pr.person_id FROM source_row AS r "
                    "JOIN import AS i USING (import_id) JOIN current_row AS c USING (row_key) "
                    "JOIN person_record AS pr USING (record_id)"
                )
            }
        finally:
            file.close()
        self.pairs = _pairs(made.truth_hard_pairs)
        self.rows = [(*found[place], true) for place, true in _truth(made.truth_rows).items() if place in found]
        """Each row's record, person found, true person."""

    def _take_in(self, file: CountyFile, made: MadeUpCounty) -> None:
        lane = file.lane()
        sources: dict[str, int] = {}
        for export in made.exports:
            for draft in suggest(read_file(export.path), ()):
                number = sources.setdefault(draft.source, len(sources) + 1)
                with file.act(lane, "import"):
                    if not lane.rows("SELECT 1 FROM source WHERE source_id = $n", n=number):
                        lane.run(
                            "INSERT INTO source VALUES ($n, $name, $kind, NULL, 'justice', $at)",
                            n=number, name=draft.source, kind=draft.kind, at=clock.now(),
                        )  # fmt: skip
                    stage(lane, draft, number, "bench", Progress())

    def records(self) -> tuple[list[int], list[str]]:
        """Person found and true person of each record."""
        one = {record: (person, true) for record, person, true in self.rows}
        return [person for person, _ in one.values()], [true for _, true in one.values()]

    def traps(self) -> dict[str, tuple[int, int]]:
        """By kind of planted pair of two people: how many share a found person, of how many both in the records."""
        people: dict[str, set[int]] = {}
        for _, person, true in self.rows:
            people.setdefault(true, set()).add(person)
        out: dict[str, tuple[int, int]] = {}
        for kind, left, right in self.pairs:
            if left != right and left in people and right in people:
                merged, both = out.get(kind, (0, 0))
                out[kind] = (merged + bool(people[left] & people[right]), both + 1)
        return out


def _truth(path: Path) -> dict[tuple[str, str, int], str]:
    with path.open(encoding="utf-8", newline="") as stream:
        return {
            (row["file"], row["sheet"], int(row["row"])): row["true_person"]
            for row in csv.DictReader(stream)
            if row["what"] == "data" and row["true_person"]
        }


def _pairs(path: Path) -> list[tuple[str, str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return [(row["kind"], row["left_person"], row["right_person"]) for row in csv.DictReader(stream)]
