"""Every set the bench knows: its sheet on disk, the truth of its rows, and which of Splink's demos it resembles."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from tests.bench.linkage.historical import few_fields, historical
from tests.bench.linkage.jail_like import jail_like, without_numbers
from tests.bench.linkage.labelled import FEW_FIELDS, shared_sets, truth_of
from tests.bench.linkage.made_set import MadeSet

KINDS = {"fake_1000": "fake", "febrl3": "febrl", "pseudopeople_default": "town", "pseudopeople_noisy": "town"}
MAKERS: dict[str, tuple[Callable[[int, int], MadeSet], str]] = {
    "jail-like": (jail_like, "jail"),
    "jail, no own numbers": (without_numbers, "jail"),
    "historical": (historical, "historical"), "parts of dates": (few_fields, "parts"),
}  # fmt: skip
ORDINARY = (
    "jail-like 10000 seed 7", "jail-like 100000 seed 7", "jail, no own numbers 100000 seed 23",
    "historical 50000 seed 7", "historical 50000 seed 23", "parts of dates 10000 seed 7",
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


def labelled_set(name: str, folder: Path) -> LabelledSet:
    """Make the set ready; what has to be written goes to `folder`."""
    found = _MADE.fullmatch(name)
    if found:
        make, kind = MAKERS[found[1]]
        made = make(int(found[2]), int(found[3]))
        path = folder / "sheet.csv"
        made.write(path)
        return LabelledSet(path, kind, made.person.tolist(), made)
    if name == "few fields":
        whole = next(path for path in shared_sets() if path.stem == "pseudopeople_default")
        path = folder / "few.csv"
        with whole.open(encoding="utf-8", newline="") as rows, path.open("w", encoding="utf-8", newline="") as out:
            writer = csv.DictWriter(out, FEW_FIELDS, extrasaction="ignore")
            writer.writeheader()
            writer.writerows(csv.DictReader(rows))
        return LabelledSet(path, "few", truth_of(whole))
    path = next(path for path in shared_sets() if path.stem == name)
    return LabelledSet(path, KINDS[name], truth_of(path))


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
