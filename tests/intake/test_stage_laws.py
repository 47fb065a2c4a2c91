"""What always holds of taking in, on small sheets made at random: it adds up, nothing doubles, nothing is lost, and
what is taken back leaves no trace."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ddj_desktop.intake.remove import rederive, remove_import
from ddj_desktop.intake.types import ImportResult
from ddj_desktop.store.county_file import CountyFile
from tests.intake.sheets import DERIVED, derived, draft_of, take_in

FIELDS = ("contact_key", "record_key", "full_name", "birth_date", "starts", "ends", "charge_number",
          "charge_description",
          "role", "homeless", "")  # fmt: skip
Line = tuple[str, ...]

cell = st.sampled_from
line = st.tuples(
    cell(["B1", "B2", "B3", "210498250.0", ""]),
    cell(["P1", "P2", ""]),
    cell(["DOE, JOHN", "ROE, JANE A", "ROE, JANE JR", "ENGINE 5", "UNKNOWN", ""]),
    cell(["1/2/1980", "3/4/1990", "01/01/1900", ""]),
    cell(["5/1/2026", "5/2/2026 10:30", "46143", "13/45/2026", ""]),
    cell(["5/3/2026", "4/1/2026", "12/31/9999", "soon", ""]),
    cell(["1", "2", ""]),
    cell(["THEFT", "ASSAULT 3", ""]),
    cell(["SUBJECT", "VICTIM", ""]),
    cell(["Y", "N", "99"]),
    cell(["", "run 1", "run 2"]),
)
sheets = st.lists(line, min_size=0, max_size=7)
kinds = st.sampled_from(["jail", "dispatch", "ems", "shelter"])
law = settings(
    max_examples=25, deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)  # fmt: skip


def empty(county: CountyFile) -> None:
    """A county file as if new: every table of intake without rows."""
    lane = county.lane()
    for table in (*DERIVED, "import", "source_row", "row_text", "source"):
        lane.run(f"DELETE FROM {table}")
    lane.close()


def put(county: CountyFile, kind: str, rows: Sequence[Line], name: str = "a.csv") -> ImportResult:
    return take_in(county, draft_of(kind, FIELDS, rows, name=name, after=[("Total: 99",)]))


def remove(county: CountyFile, import_id: int | None) -> None:
    assert import_id is not None
    lane = county.lane()
    with lane.transaction():
        remove_import(lane, import_id, "tester")
    lane.close()


def contacts(county: CountyFile) -> dict[str, list[object]]:
    """What the rows became, without the row numbers of imports."""
    found: dict[str, list[object]] = dict(derived(county, ("contact", "record", "contact_flag", "charge")))
    lane = county.lane()
    found["links"] = sorted(lane.rows("SELECT row_key, contact_id, record_id FROM current_row"), key=repr)
    lane.close()
    return found


def adds_up(result: ImportResult, rows: Sequence[Line]) -> None:
    assert result.rows == len(rows) + 2  # the headings and the footer
    assert result.not_data == 2
    assert result.rows == sum((result.new, result.changed, result.already_here, result.set_aside, result.not_data))


def sound(county: CountyFile) -> None:
    """Every link leads somewhere, and nothing stands that no row stands for."""
    lane = county.lane()
    nowhere = lane.value(
        "SELECT count(*) FROM current_row WHERE contact_id IS NULL "
        "OR contact_id NOT IN (SELECT contact_id FROM contact) "
        "OR (record_id IS NOT NULL AND record_id NOT IN (SELECT record_id FROM record))"
    )
    idle = lane.value(
        "SELECT count(*) FROM contact WHERE contact_id NOT IN (SELECT contact_id FROM current_row) "
        "OR (record_id IS NOT NULL AND record_id NOT IN (SELECT record_id FROM record))"
    )
    loose = lane.value(
        "SELECT count(*) FROM record WHERE record_id NOT IN "
        "(SELECT record_id FROM current_row WHERE record_id IS NOT NULL)"
    )
    backwards = lane.value("SELECT count(*) FROM contact WHERE ends < starts")
    lane.close()
    assert (nowhere, idle, loose, backwards) == (0, 0, 0, 0)


def test_rows_add_up_and_the_same_rows_again_add_nothing(county: CountyFile) -> None:
    @law
    @given(kinds, sheets)
    def holds(kind: str, rows: list[Line]) -> None:
        empty(county)
        first = put(county, kind, rows)
        adds_up(first, rows)
        assert (first.changed, first.already_here) == (0, 0)
        sound(county)
        before = contacts(county)
        same = put(county, kind, rows)
        assert (same.import_id, same.new, same.changed, same.already_here) == (None, 0, 0, first.new)
        adds_up(same, rows)
        resaved = put(county, kind, rows, name="resaved.csv")
        assert (resaved.new, resaved.changed, resaved.already_here) == (0, 0, first.new)
        adds_up(resaved, rows)
        assert contacts(county) == before

    holds()


def test_an_import_taken_back_leaves_all_as_it_was(county: CountyFile) -> None:
    @law
    @given(kinds, sheets, sheets)
    def holds(kind: str, first_rows: list[Line], rows: list[Line]) -> None:
        empty(county)
        put(county, kind, first_rows)
        before = derived(county)
        result = put(county, kind, rows, name="b.csv")
        adds_up(result, rows)
        sound(county)
        after = contacts(county)
        remove(county, result.import_id)
        assert derived(county) == before
        again = put(county, kind, rows, name="b.csv")
        assert again.import_id != result.import_id
        assert (again.new, again.changed, again.already_here) == (result.new, result.changed, result.already_here)
        assert contacts(county) == after

    holds()


def test_taking_back_the_older_of_two_leaves_what_the_younger_alone_gives(county: CountyFile) -> None:
    @law
    @given(kinds, sheets, sheets)
    def holds(kind: str, older: list[Line], younger: list[Line]) -> None:
        empty(county)
        put(county, kind, younger, name="b.csv")
        alone = derived(county, ("contact", "record", "contact_flag", "charge"))
        empty(county)
        result = put(county, kind, older)
        put(county, kind, younger, name="b.csv")
        remove(county, result.import_id)
        sound(county)
        assert derived(county, ("contact", "record", "contact_flag", "charge")) == alone

    holds()


def test_the_order_of_files_and_lines_does_not_matter_where_nothing_changed(county: CountyFile) -> None:
    @law
    @given(kinds, sheets, sheets, st.randoms(use_true_random=False))
    def holds(kind: str, one: list[Line], two: list[Line], chance: object) -> None:
        empty(county)
        put(county, kind, one)
        changed = put(county, kind, two, name="b.csv").changed
        forth = derived(county, ("contact", "record", "contact_flag", "charge"))
        empty(county)
        chance.shuffle(two)  # type: ignore[attr-defined]
        put(county, kind, two, name="b.csv")
        changed += put(county, kind, one).changed
        if not changed:
            assert derived(county, ("contact", "record", "contact_flag", "charge")) == forth

    holds()


def test_all_made_again_from_the_kept_words_is_the_same(county: CountyFile) -> None:
    @law
    @given(kinds, sheets, sheets)
    def holds(kind: str, one: list[Line], two: list[Line]) -> None:
        empty(county)
        put(county, kind, one)
        put(county, kind, two, name="b.csv")
        before = derived(county)
        lane = county.lane()
        with lane.transaction():
            rederive(lane, 1)
        lane.close()
        assert derived(county) == before

    holds()


def test_every_line_is_kept_word_for_word(county: CountyFile) -> None:
    @law
    @given(sheets)
    def holds(rows: list[Line]) -> None:
        empty(county)
        put(county, "jail", rows)
        lane = county.lane()
        kept = lane.rows(
            "SELECT row_number, cells::JSON->>'$[2]', cells::JSON->>'$[10]' FROM source_row "
            "JOIN row_text USING (text_id) "
            "WHERE row_number BETWEEN 2 AND 1 + $n ORDER BY row_number", n=len(rows)
        )  # fmt: skip
        lane.close()
        assert kept == [(number, row[2], row[10]) for number, row in enumerate(rows, start=2)]

    holds()
