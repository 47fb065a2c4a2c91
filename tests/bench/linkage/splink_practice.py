"""Splink 5 on the bench's sets, with the practice of its own demos for that kind of data.

Comparisons, blocking rules and training follow the public demos: names by Jaro-Winkler levels with term frequency,
dates of birth by the ready-made comparison, numbers by edit distance, u from random pairs, EM on two blocking rules,
connected components at a probability of .95. Run as a process of its own; prints JSON: seconds, processor seconds,
peak memory, and the group of each row.
"""

from __future__ import annotations

import json
import logging
import resource
import sys
import tempfile
import time
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.bench.linkage.waiting import waited

THRESHOLD = 0.95
RANDOM_PAIRS = 1_000_000


@dataclass(frozen=True)
class Practice:
    """How one kind of sheet is linked: columns made ready in SQL, comparisons, blocking, training, sure rules."""

    prepared: str
    comparisons: tuple[Any, ...]
    blocking: tuple[Any, ...]
    sure: tuple[str, ...]
    recall: float
    training: tuple[Any, ...]


def practice(kind: str) -> Practice:
    """The practice for a kind of sheet: febrl, fake, town, few, jail, historical, parts."""
    import splink.comparison_library as cl
    from splink import block_on

    date = "coalesce(try_strptime({0}, '%m/%d/%Y'), try_strptime({0}, '%Y-%m-%d'), try_strptime({0}, '%Y%m%d'))"
    birth = f"strftime({date.format('dob')}, '%Y-%m-%d') AS dob"
    names = (cl.NameComparison("first_name").configure(term_frequency_adjustments=True),
             cl.NameComparison("last_name").configure(term_frequency_adjustments=True),
             cl.DateOfBirthComparison("dob", input_is_string=True))  # fmt: skip
    by_names = (block_on("first_name", "last_name"), block_on("first_name", "dob"), block_on("last_name", "dob"))
    train = (block_on("first_name", "last_name"), block_on("dob"))
    sure = ("l.first_name = r.first_name and l.last_name = r.last_name and l.dob = r.dob",)
    if kind == "febrl":
        return Practice(
            "trim(given_name) AS first_name, trim(surname) AS last_name, "
            "strftime(try_strptime(trim(date_of_birth), '%Y%m%d'), '%Y-%m-%d') AS dob, trim(soc_sec_id) AS ssn, "
            "trim(street_number) AS house, trim(postcode) AS postcode",
            (*names, cl.DamerauLevenshteinAtThresholds("ssn", [2]),
             cl.ExactMatch("house").configure(term_frequency_adjustments=True),
             cl.DamerauLevenshteinAtThresholds("postcode", [1, 2])),
            (block_on("ssn"), *by_names, block_on("house", "postcode")),
            ("l.first_name = r.first_name and levenshtein(r.dob, l.dob) <= 1",
             "l.last_name = r.last_name and levenshtein(r.dob, l.dob) <= 1", "l.ssn = r.ssn"),
            0.9, (block_on("dob"), block_on("postcode")),
        )  # fmt: skip
    if kind == "fake":
        return Practice(
            "first_name, surname AS last_name, dob, city, email",
            (cl.JaroWinklerAtThresholds("first_name", [0.9, 0.7]), cl.JaroWinklerAtThresholds("last_name", [0.9, 0.7]),
             cl.DateOfBirthComparison("dob", input_is_string=True),
             cl.ExactMatch("city").configure(term_frequency_adjustments=True), cl.EmailComparison("email")),
            (*by_names, block_on("email")),
            ("l.first_name = r.first_name and levenshtein(r.dob, l.dob) <= 1",
             "l.last_name = r.last_name and levenshtein(r.dob, l.dob) <= 1",
             "l.first_name = r.first_name and levenshtein(r.last_name, l.last_name) <= 2", "l.email = r.email"),
            0.7, train,
        )  # fmt: skip
    slip = (
        "l.first_name = r.first_name and l.dob = r.dob and levenshtein(l.last_name, r.last_name) <= 2",
        "l.last_name = r.last_name and l.dob = r.dob and levenshtein(l.first_name, r.first_name) <= 2",
        "l.first_name = r.first_name and l.last_name = r.last_name and levenshtein(l.dob, r.dob) <= 1",
    )
    if kind == "few":
        return Practice(f"first_name, last_name, {birth}", names, by_names, slip, 0.9, train)
    if kind == "parts":
        return Practice(
            "fname_c1 AS first_name, lname_c1 AS last_name, "
            "printf('%04d-%02d-%02d', \"by\"::INT, bm::INT, bd::INT) AS dob",
            names, by_names, slip, 0.9, train,
        )  # fmt: skip
    if kind == "historical":
        return Practice(
            "first_name, surname AS last_name, dob, birth_place, postcode_fake, occupation",
            (cl.ForenameSurnameComparison("first_name", "last_name"),
             cl.DateOfBirthComparison("dob", input_is_string=True), cl.PostcodeComparison("postcode_fake"),
             cl.ExactMatch("birth_place").configure(term_frequency_adjustments=True),
             cl.ExactMatch("occupation").configure(term_frequency_adjustments=True)),
            (block_on("substr(first_name, 1, 3)", "substr(last_name, 1, 4)"), block_on("last_name", "dob"),
             block_on("first_name", "dob"), block_on("postcode_fake", "first_name"),
             block_on("postcode_fake", "last_name"), block_on("dob", "birth_place"),
             block_on("substr(postcode_fake, 1, 3)", "dob"), block_on("substr(postcode_fake, 1, 3)", "first_name"),
             block_on("substr(postcode_fake, 1, 3)", "last_name"),
             block_on("substr(first_name, 1, 2)", "substr(last_name, 1, 2)", "substr(dob, 1, 4)")),
            ("l.first_name = r.first_name and l.last_name = r.last_name and l.dob = r.dob",
             "substr(l.first_name, 1, 2) = substr(r.first_name, 1, 2) and l.last_name = r.last_name and "
             "substr(l.postcode_fake, 1, 2) = substr(r.postcode_fake, 1, 2)",
             "l.dob = r.dob and l.postcode_fake = r.postcode_fake"),
            0.6, train,
        )  # fmt: skip
    home = {
        "jail": "address, zip",
        "town": "nullif(trim(coalesce(street_no, '') || ' ' || coalesce(street, '')), '') AS address, zip",
    }[kind]
    return Practice(
        f"first_name, last_name, {birth}, sex, nullif(replace(ssn, '-', ''), '') AS ssn, {home}",
        (*names, cl.DamerauLevenshteinAtThresholds("ssn", [2]), cl.ExactMatch("sex"),
         cl.JaroWinklerAtThresholds("address", [0.92]).configure(term_frequency_adjustments=True),
         cl.ExactMatch("zip")),
        (block_on("ssn"), *by_names, block_on("address", "first_name"),
         block_on("substr(first_name, 1, 3)", "substr(last_name, 1, 4)", "substr(dob, 1, 4)")),
        (*sure, "l.ssn = r.ssn and l.last_name = r.last_name"), 0.7, train,
    )  # fmt: skip


def run(path: Path, kind: str) -> list[int]:
    """The group of each row, in the sheet's order."""
    from splink import DuckDBAPI, Linker, SettingsCreator

    how = practice(kind)
    with tempfile.TemporaryDirectory() as folder:
        backend = DuckDBAPI(connection=str(Path(folder) / "splink.duckdb"))
        engine = backend._con
        engine.execute(f"SET temp_directory = '{folder}'")
        engine.execute(
            f"CREATE TABLE sheet AS SELECT row_number() OVER () AS unique_id, {how.prepared} "
            f"FROM read_csv('{path}', all_varchar = true, header = true)"
        )
        settings = SettingsCreator(
            "dedupe_only", comparisons=list(how.comparisons), retain_matching_columns=False,
            blocking_rules_to_generate_predictions=list(how.blocking),
        )  # fmt: skip
        linker = Linker(backend.register("sheet"), settings)
        linker.training.estimate_probability_two_random_records_match(list(how.sure), recall=how.recall)
        linker.training.estimate_u_using_random_sampling(max_pairs=RANDOM_PAIRS, seed=1)
        for rule in how.training:
            linker.training.estimate_parameters_using_expectation_maximisation(rule)
        pairs = linker.inference.predict(threshold_match_probability=0.5)
        groups = linker.clustering.cluster_pairwise_predictions_at_threshold(pairs, THRESHOLD)
        found = engine.execute(f"SELECT unique_id, cluster_id FROM {groups.physical_name} ORDER BY 1").fetchnumpy()
        return [int(number) for number in found["cluster_id"]]


def main() -> int:
    """Link one sheet and print what it took and gave."""
    logging.disable(logging.WARNING)
    warnings.simplefilter("ignore")
    group = run(Path(sys.argv[1]), sys.argv[2])
    took, spent = waited(), time.process_time()
    used = resource.getrusage(resource.RUSAGE_SELF)
    print(
        json.dumps(
            {"seconds": took, "cpu": spent,
             "peak_mb": used.ru_maxrss / 1024, "group": group}
        )
    )  # fmt: skip
    return 0


if __name__ == "__main__":
    sys.exit(main())
