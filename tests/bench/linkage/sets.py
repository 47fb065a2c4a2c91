"""Every set the bench knows: its sheet on disk, the truth of its rows, and which of Splink's demos it resembles."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from tests.bench.linkage.encyclopaedia import encyclopaedia
from tests.bench.linkage.historical import few_fields, historical
from tests.bench.linkage.jail_like import jail_like, without_numbers
from tests.bench.linkage.labelled import FEW_FIELDS, shared_sets, truth_of
from tests.bench.linkage.made_set import MadeSet

FEW = ", few fields"
"""Behind the name of a town's set: the same with two names and a birth date alone."""
MAKERS: dict[str, tuple[Callable[[int, int], MadeSet], str]] = {
    "jail-like": (jail_like, "jail"),
    "jail, no own numbers": (without_numbers, "jail"),
    "historical": (historical, "historical"), "encyclopaedia": (encyclopaedia, "historical"),
    "parts of dates": (few_fields, "parts"),
}  # fmt: skip
ORDINARY = (
    "jail-like 10000 seed 7", "jail-like 100000 seed 7", "jail, no own numbers 100000 seed 23",
    "historical 50000 seed 7", "historical 50000 seed 23", "encyclopaedia 50000 seed 7",
    "encyclopaedia 50000 seed 23", "parts of dates 10000 seed 7",
    "parts of dates 10000 seed 23",
)  # fmt: skip
"""Made-up sets measured by default."""
GROWTH = ("jail-like 100000 seed 5", "jail-like 300000 seed 5", "jail-like 1000000 seed 5")
_MADE = re.compile(r"(.+) (\d+) seed (\d+)")


@dataclass
class LabelledSet:
    """A sheet with the truth of its rows."""

    path: Path
    kind: str
    """Which practice of Splink it is given."""
    truth: Sequence[Hashable]
    made: MadeSet | None = None


def names() -> list[str]:
    """The sets of the ordinary run."""
    shared = [path.stem for path in shared_sets()]
    return shared + (["few fields"] if "pseudopeople_default" in shared else []) + list(ORDINARY)


def names_in(folder: Path) -> list[str]:
    """The sets of a folder of labelled sheets: its files, and towns once more with few fields."""
    paths = sorted(folder.glob("*.csv"))
    return [path.stem for path in paths] + [path.stem + FEW for path in paths if _kind_of(path) == "town"]


def labelled_set(name: str, folder: Path, others: Path | None = None) -> LabelledSet:
    """Make the set ready; what has to be written goes to `folder`. `others`: a folder of labelled sheets beside the
    shared ones."""
    found = _MADE.fullmatch(name)
    if found:
        make, kind = MAKERS[found[1]]
        made = make(int(found[2]), int(found[3]))
        path = folder / "sheet.csv"
        made.write(path)
        return LabelledSet(path, kind, made.person.tolist(), made)
    sheets = {path.stem: path for path in [*shared_sets(), *(others.glob("*.csv") if others else ())]}
    if name == "few fields" or name.endswith(FEW):
        whole = sheets[name.removesuffix(FEW) if name.endswith(FEW) else "pseudopeople_default"]
        path = folder / "few.csv"
        with whole.open(encoding="utf-8", newline="") as rows, path.open("w", encoding="utf-8", newline="") as out:
            writer = csv.DictWriter(out, FEW_FIELDS, extrasaction="ignore")
            writer.writeheader()
            writer.writerows(csv.DictReader(rows))
        return LabelledSet(path, "few", truth_of(whole))
    return LabelledSet(sheets[name], _kind_of(sheets[name]), truth_of(sheets[name]))


def _kind_of(path: Path) -> str:
    """Which of Splink's demos a public sheet resembles, by its columns."""
    with path.open(encoding="utf-8", newline="") as rows:
        head = next(csv.reader(rows))
    return "febrl" if "rec_id" in head else "town" if "street_no" in head else "fake"


def shuffled(one: LabelledSet, folder: Path, seed: int, files: int = 3) -> tuple[list[Path], list[int]]:
    """The sheet's lines in another order, dealt to several files; with the place in the sheet of each line."""
    with one.path.open(encoding="utf-8", newline="") as stream:
        head, *rows = list(csv.reader(stream))
    order = np.random.default_rng(seed).permutation(len(rows))
    paths, places = [], []
    for number, part in enumerate(np.array_split(order, files)):
        path = folder / f"part{number}.csv"
        with path.open("w", encoding="utf-8", newline="") as out:
            writer = csv.writer(out)
            writer.writerow(head)
            writer.writerows(rows[at] for at in part.tolist())
        paths.append(path)
        places += part.tolist()
    return paths, places
