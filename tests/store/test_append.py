"""What goes in as whole columns comes out the same, whatever is missing and wherever."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ddj_desktop.store.columns import moments
from ddj_desktop.store.county_file import CountyFile

KINDS: dict[str, Any] = {
    "BIGINT": st.integers(-(2**63), 2**63 - 1),
    "VARCHAR": st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00\ue000"), max_size=90),
    "TIMESTAMP": st.datetimes(datetime(1200, 1, 1), datetime(9999, 12, 31)),
    "DATE": st.dates(date(1200, 1, 1)),
    "BOOLEAN": st.booleans(),
    "DOUBLE": st.floats(allow_nan=False, allow_infinity=False),
}


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_value_comes_back_as_it_went_in(county: CountyFile, kind: str) -> None:
    lane = county.lane()
    lane.run(f"CREATE TABLE tried (n INTEGER, v {kind})")

    @settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(st.lists(st.none() | KINDS[kind], max_size=12))
    def law(values: list[object]) -> None:
        lane.run("DELETE FROM tried")
        lane.append("tried", {"n": list(range(len(values))), "v": values})
        assert [value for (value,) in lane.rows("SELECT v FROM tried ORDER BY n")] == values

    law()


@pytest.mark.parametrize("late", ["a word", datetime(2026, 1, 2, 3, 4), date(2026, 1, 2), 7])
def test_a_column_may_begin_with_thousands_of_missing_values(county: CountyFile, late: object) -> None:
    lane = county.lane()
    kind = {str: "VARCHAR", datetime: "TIMESTAMP", date: "DATE", int: "BIGINT"}[type(late)]
    lane.run(f"CREATE TABLE tried (v {kind})")
    lane.append("tried", {"v": [*[None] * 5_000, late]})
    assert lane.one("SELECT count(*), count(v), max(v) FROM tried") == (5_001, 1, late)


def test_rows_with_nothing_in_them_are_still_rows(county: CountyFile) -> None:
    lane = county.lane()
    lane.run("CREATE TABLE tried (a BIGINT, b VARCHAR)")
    lane.append("tried", {"a": [None, None], "b": [None, None]})
    assert lane.rows("SELECT a, b FROM tried") == [(None, None), (None, None)]


def test_typed_arrays_go_in_as_they_are(county: CountyFile) -> None:
    lane = county.lane()
    lane.run("CREATE TABLE tried (a BIGINT, d DATE)")
    days = np.array(["2026-01-01", "NaT"], dtype="datetime64[D]")
    lane.append("tried", {"a": np.ma.MaskedArray([1, 2], mask=[False, True]), "d": days})
    assert lane.rows("SELECT a, d FROM tried") == [(1, date(2026, 1, 1)), (None, None)]
    lane.append("tried", {"a": np.array([], dtype=np.int64)})
    assert lane.value("SELECT count(*) FROM tried") == 2
    lane.append("tried", {"d": [date(2026, 1, 1) + timedelta(days=n) for n in range(3)]})
    assert lane.value("SELECT max(d) FROM tried") == date(2026, 1, 3)


@given(st.lists(st.none() | st.datetimes(datetime(1, 1, 1), datetime(9999, 12, 31)), max_size=12))
def test_moments_are_those_numpy_makes(values: list[datetime | None]) -> None:
    made = moments(values)
    assert made.dtype == "datetime64[us]"
    assert np.array_equal(made, np.array(values, "datetime64[us]"), equal_nan=True)
