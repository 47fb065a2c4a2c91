"""Partners and agreements: who may receive what, and when."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from ddj_desktop.registers.agreements import (
    add_agreement,
    all_agreements,
    due_within,
    least_count,
    standing_agreements,
)
from ddj_desktop.registers.errors import (
    EndsBeforeStart,
    NoName,
    NoPurpose,
    NoSuchPartner,
    NotBelowTheFloor,
    UnknownBasis,
    UnknownKind,
    UnknownLevel,
)
from ddj_desktop.registers.partners import add_partner, all_partners, partner, put_aside
from ddj_desktop.store.county_file import CountyFile
from ddj_desktop.store.lane import Lane
from ddj_desktop.store.migrate import steps

PAPER: dict[str, Any] = {
    "title": "Data use agreement", "level": "table", "purpose": "planning of services", "sources": ("jail", "ems"),
    "starts": date(2026, 1, 1), "ends": date(2026, 12, 31), "signed_on": date(2025, 12, 20),
}  # fmt: skip


def add(lane: Lane, partner_id: int = 1, **other: object) -> int:
    return add_agreement(lane, partner_id, **(PAPER | other)).agreement_id


def test_partners(county: CountyFile) -> None:
    lane = county.lane()
    with lane.transaction():
        hospital = add_partner(lane, " Pine Valley  Hospital", agency="hospital")
        add_partner(lane, "Elm shelter")
        put_aside(lane, hospital.partner_id)
        again = add_partner(lane, "PINE VALLEY HOSPITAL", contact="quality office")
    assert (again.partner_id, again.name, again.agency, again.contact, again.active) == (
        1, "Pine Valley Hospital", "hospital", "quality office", True,
    )  # fmt: skip
    assert [found.name for found in all_partners(lane)] == ["Elm shelter", "Pine Valley Hospital"]
    assert partner(lane, " elm SHELTER ").partner_id == 2
    with pytest.raises(NoSuchPartner):
        partner(lane, "Oak clinic")
    with pytest.raises(NoName):
        add_partner(lane, "")


def test_an_agreement_stands_from_its_start_or_signing_to_its_end(county: CountyFile) -> None:
    lane = county.lane()
    with lane.transaction():
        add_partner(lane, "Pine Valley Hospital")
        kept = add_agreement(lane, 1, **PAPER, signatory="Administrator", privacy_officer="Officer")
        late = add(lane, signed_on=date(2026, 6, 1), level="extract")
        add(lane, signed_on=None, level="identified")
    assert kept.sources == ("jail", "ems")
    assert all_agreements(lane, 1)[-1] == kept

    def standing(day: date) -> list[int]:
        return [found.agreement_id for found in standing_agreements(lane, 1, day)]

    assert standing(date(2025, 12, 31)) == []
    assert standing(date(2026, 1, 1)) == [kept.agreement_id]
    assert standing(date(2026, 6, 1)) == [late, kept.agreement_id]
    assert standing(date(2026, 12, 31)) == [late, kept.agreement_id]
    assert standing(date(2027, 1, 1)) == []
    with lane.transaction():
        put_aside(lane, 1)
    assert standing(date(2026, 6, 1)) == []
    with pytest.raises(NoSuchPartner):
        standing_agreements(lane, 2, date(2026, 6, 1))


def test_what_is_due(county: CountyFile) -> None:
    lane = county.lane()
    with lane.transaction():
        add_partner(lane, "Hospital")
        first, second = add(lane), add(lane, ends=date(2026, 11, 30))
        add(lane, ends=date(2027, 11, 30))
    found = due_within(lane, date(2026, 11, 3), 60)
    assert [agreement.agreement_id for agreement in found] == [second, first]
    assert due_within(lane, date(2026, 11, 3), 20) == []


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"level": "everything"}, UnknownLevel),
        ({"purpose": " "}, NoPurpose),
        ({"title": ""}, NoPurpose),
        ({"sources": ()}, NoPurpose),
        ({"sources": ("jail", "bank")}, UnknownKind),
        ({"ends": date(2025, 12, 31)}, EndsBeforeStart),
        ({"partner_id": 2}, NoSuchPartner),
    ],
)
def test_what_an_agreement_can_not_be(county: CountyFile, change: dict[str, Any], error: type[Exception]) -> None:
    lane = county.lane()
    with lane.transaction():
        add_partner(lane, "Hospital")
    with pytest.raises(error):
        add(lane, **change)
    assert all_agreements(lane) == []


def test_agreements_of_a_file_from_before_columns_and_bases(county: CountyFile) -> None:
    """Step 8 adds them: an older file's agreements cover no column of rows and name no basis."""
    lane = county.lane()
    for table in ("onward", "legal_basis", "consent", "consent_use", "share_request", "break_glass", "erasure",
                  "pseudonym_key", "stable_row"):  # fmt: skip
        lane.run(f"DROP TABLE {table}")
    for column in ("columns", "bases", "stable_months", "least_count"):
        lane.run(f"ALTER TABLE agreement DROP COLUMN {column}")
    lane.run("DELETE FROM schema_step WHERE n >= 8")
    with lane.transaction():
        add_partner(lane, "Clinic")
        lane.run("INSERT INTO agreement VALUES (1, 1, 'DUA', 'extract', 'care', '[\"jail\"]', DATE '2026-01-01', "
                 "DATE '2026-12-31', DATE '2026-01-01', NULL, 'A', 'B')")  # fmt: skip
    with lane.transaction():
        for step in (text for number, text in steps() if number in (8, 15, 16)):
            lane.run(step)
    (kept,) = all_agreements(lane)
    assert (kept.title, kept.sources, kept.columns, kept.bases, kept.stable_months) == ("DUA", ("jail",), (), (), None)
    assert kept.least_count is None
    assert kept.purposes == ("care",)


def test_a_partner_is_held_to_the_largest_count_any_of_its_papers_asks_for(county: CountyFile) -> None:
    lane = county.lane()
    with lane.transaction():
        partner = add_partner(lane, "Clinic").partner_id
        assert least_count(lane, partner, date(2026, 3, 1)) == 11
        for least, ends in ((None, date(2027, 12, 31)), (15, date(2027, 12, 31)), (30, date(2026, 2, 1))):
            add(lane, partner, least_count=least, ends=ends)
        assert least_count(lane, partner, date(2026, 3, 1)) == 15, "the one that ended asks for nothing any more"
        with pytest.raises(NotBelowTheFloor, match="below 11"):
            add(lane, partner, least_count=10)


def test_what_is_kept_for_rows(county: CountyFile) -> None:
    lane = county.lane()
    with lane.transaction():
        partner = add_partner(lane, "Clinic").partner_id
        add(lane, partner, columns=("sex", "sex", "age"), bases=("research",), purpose="Care;  PLANNING of care ;")
        with pytest.raises(UnknownBasis):
            add(lane, partner, bases=("because",))
    (kept,) = all_agreements(lane)
    assert (kept.columns, kept.bases, kept.purposes) == (("sex", "age"), ("research",), ("care", "planning of care"))
