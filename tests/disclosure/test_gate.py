"""The gate says no unless everything says yes, and says why and who can mend it."""

from __future__ import annotations

import json
from dataclasses import FrozenInstanceError, replace
from datetime import date, datetime, timedelta

import pytest

from ddj_desktop.disclosure.errors import Refused
from ddj_desktop.disclosure.gate import Permit, release
from ddj_desktop.disclosure.ledger import record_release
from ddj_desktop.disclosure.protect import protect_month
from ddj_desktop.disclosure.request import BreakGlass, ReleaseRequest
from ddj_desktop.disclosure.safe import SafeFigure
from ddj_desktop.kernel import clock
from ddj_desktop.kernel.dates import Month
from ddj_desktop.kernel.errors import OurFault
from ddj_desktop.measures.types import Figure, MonthFigures, RowsKey
from ddj_desktop.registers.agreements import add_agreement
from ddj_desktop.registers.approvers import Approver, add_approver
from ddj_desktop.registers.consents import ELEMENTS, Terms, keep_consent, revoke_consent
from ddj_desktop.registers.errors import SamePerson
from ddj_desktop.registers.onward import allow_onward
from ddj_desktop.registers.partners import add_partner, put_aside
from ddj_desktop.registers.requests import approve, ask, use_up
from ddj_desktop.registers.sources import source
from ddj_desktop.store.county_file import CountyFile
from ddj_desktop.store.lane import Lane

NOON = datetime(2026, 11, 3, 12)
TABLE = ReleaseRequest("Mercy Hospital", "table", ("jail", "ems"))


def agree(lane: Lane, **changed: object) -> int:
    """A partner with an agreement that allows tables of jail and EMS data, unless `changed`."""
    facts: dict[str, object] = {
        "title": "Data sharing", "level": "table", "purpose": "planning", "sources": ("jail", "ems"),
        "starts": date(2026, 1, 1), "ends": date(2026, 12, 31), "signed_on": date(2025, 12, 20),
        "signatory": "Administrator", "privacy_officer": "Officer",
    }  # fmt: skip
    with lane.transaction():
        partner = add_partner(lane, "Mercy Hospital")
        add_agreement(lane, partner.partner_id, **(facts | changed))  # type: ignore[arg-type]
    return partner.partner_id


def asked(lane: Lane, request: ReleaseRequest = TABLE, at: datetime = NOON) -> Permit:
    with clock.standing_at(at):
        return release(lane, request)


def test_tables_under_an_agreement_in_force(county: CountyFile) -> None:
    lane = county.lane()
    partner = agree(lane)
    permit = asked(lane)
    assert (permit.partner_id, permit.agreement, permit.purpose) == (partner, "Data sharing", "planning")
    assert permit.on == date(2026, 11, 3)
    with pytest.raises(FrozenInstanceError):
        permit.people = (1,)  # type: ignore[misc]
    assert asked(lane, replace(TABLE, partner=" mercy  HOSPITAL ")).partner_id == partner


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"signed_on": None}, "not signed yet"),
        ({"signed_on": date(2026, 11, 4)}, "not signed yet"),
        ({"starts": date(2026, 11, 4)}, "begins on Nov 4, 2026"),
        ({"ends": date(2026, 11, 2)}, "ended on Nov 2, 2026"),
        ({"signatory": ""}, "does not say who signed it"),
        ({"privacy_officer": None}, "does not say who signed it"),
        ({"sources": ("jail",)}, "does not cover these sources: ems"),
    ],
)
def test_each_thing_that_is_not_right_refuses(county: CountyFile, changed: dict[str, object], says: str) -> None:
    lane = county.lane()
    agree(lane, **changed)
    with pytest.raises(Refused, match=says) as caught:
        asked(lane)
    assert "privacy officer" in str(caught.value).lower()
    assert str(caught.value).startswith("Nothing was shared.")


def test_the_first_and_last_day_count(county: CountyFile) -> None:
    lane = county.lane()
    agree(lane, starts=date(2026, 11, 3), ends=date(2026, 11, 3))
    assert asked(lane, at=datetime(2026, 11, 3, 0, 0))
    assert asked(lane, at=datetime(2026, 11, 3, 23, 59))
    with pytest.raises(Refused):
        asked(lane, at=datetime(2026, 11, 4, 0, 0))


def test_partners_unknown_or_put_aside(county: CountyFile) -> None:
    lane = county.lane()
    with pytest.raises(Refused, match="not in the register of partners"):
        asked(lane)
    partner = agree(lane)
    with lane.transaction():
        put_aside(lane, partner)
    with pytest.raises(Refused, match="put aside"):
        asked(lane)


def test_a_partner_without_an_agreement(county: CountyFile) -> None:
    lane = county.lane()
    with lane.transaction():
        add_partner(lane, "Mercy Hospital")
    with pytest.raises(Refused, match="has no agreement"):
        asked(lane)


def test_requests_that_say_nothing_of_sources_or_an_unknown_level(county: CountyFile) -> None:
    lane = county.lane()
    agree(lane)
    with pytest.raises(Refused, match="whose data"):
        asked(lane, replace(TABLE, sources=()))
    with pytest.raises(Refused, match="no level of sharing"):
        asked(lane, replace(TABLE, level="everything"))


def test_rows_about_single_people_need_an_agreement_for_them(county: CountyFile) -> None:
    lane = county.lane()
    agree(lane)
    with lane.transaction():
        for name in ("jail", "ems"):
            source(lane, name, name)
    rows = replace(TABLE, level="extract", people=tuple(range(500)), columns=("sex",))
    with pytest.raises(Refused, match="no agreement that allows rows about single people"):
        asked(lane, rows)
    agree(lane, level="identified", columns=("sex",), document_hash="ab")
    assert asked(lane).agreement_id == 1, "the narrowest agreement that allows it is the one used"
    with pytest.raises(Refused, match="agency of jail, ems has not said"):
        asked(lane, rows)


def good_extract(lane: Lane) -> tuple[int, ReleaseRequest]:
    """A partner that may have an extract of jail rows, but for the second person's yes; the request for it."""
    partner = agree(lane, level="extract", columns=("sex",), document_hash="ab", sources=("jail",))
    with lane.transaction():
        jail = source(lane, "jail", "jail")
        allow_onward(lane, jail.source_id, partner, "extract", stated_by="sheriff", stated_on=date(2026, 1, 2))
    return partner, ReleaseRequest("mercy hospital", "extract", ("jail",), tuple(range(60)), ("sex",), ("contacts",))


def test_an_extract_waits_for_the_second_person_and_uses_the_yes_up(county: CountyFile) -> None:
    lane = county.lane()
    partner, rows = good_extract(lane)
    with pytest.raises(Refused, match="was not asked for yet"):
        asked(lane, rows)
    with clock.standing_at(NOON), lane.transaction():
        number = ask(
            lane, fingerprint=rows.fingerprint, partner_id=partner, level="extract", month=None, reason="study",
            actor="ann",
        ).request_id  # fmt: skip
    with pytest.raises(Refused, match=f"Request {number} waits"):
        asked(lane, rows)
    with pytest.raises(SamePerson), lane.transaction():
        approve(lane, number, _approver(lane, "Ann", " ANN"))
    with clock.standing_at(NOON), lane.transaction():
        approve(lane, number, _approver(lane, "bob"))
    permit = asked(lane, rows)
    assert (permit.asked, permit.people, permit.left_out, permit.agreement_id) == (number, rows.people, 0, 1)
    assert (permit.partner, permit.request.partner, permit.purpose) == ("Mercy Hospital", "Mercy Hospital", "planning")
    with pytest.raises(Refused, match="was not asked for yet"):
        asked(lane, replace(rows, columns=("sex",), purpose="planning"))
    with lane.transaction():
        use_up(lane, number, 1)
    with pytest.raises(Refused, match="was not asked for yet"):
        asked(lane, rows)


def test_a_one_person_office_and_an_overdue_review_are_read_from_the_file(county: CountyFile) -> None:
    lane = county.lane()
    partner, rows = good_extract(lane)
    with clock.standing_at(NOON), lane.transaction():
        ask(lane, fingerprint=rows.fingerprint, partner_id=partner, level="extract", month=None, reason="s", actor="a")
        lane.run("INSERT INTO setting VALUES ('one_person_office', 'yes')")
    tomorrow = NOON + timedelta(hours=24)
    with pytest.raises(Refused, match="24 hours"):
        asked(lane, rows, tomorrow - timedelta(seconds=1))
    assert asked(lane, rows, tomorrow)
    lane.run("INSERT INTO break_glass VALUES (1, 1, 'danger', 'ann', $at, 1, NULL, NULL, NULL, NULL)", at=NOON)
    assert asked(lane, rows, NOON + timedelta(hours=72))
    with pytest.raises(Refused, match="was not reviewed"):
        asked(lane, rows, NOON + timedelta(hours=72, seconds=1))
    lane.run("UPDATE break_glass SET reviewed_at = $at", at=NOON)
    assert asked(lane, rows, NOON + timedelta(hours=80))


def test_the_purpose_asked_for_is_the_one_permitted_and_danger_has_its_own(county: CountyFile) -> None:
    lane = county.lane()
    agree(lane, purpose="planning; research")
    assert asked(lane, replace(TABLE, purpose="research")).purpose == "research"
    assert asked(lane).purpose == "planning; research"
    with lane.transaction():
        source(lane, "jail", "jail")
    glass = ReleaseRequest("mercy hospital", "identified", ("jail",), (1,), break_glass=BreakGlass("danger", True))
    permit = asked(lane, glass)
    assert (permit.agreement_id, permit.agreement, permit.purpose, permit.asked) == (None, "", "imminent danger", None)
    assert (permit.partner_id, permit.people, permit.consents, permit.left_out) == (1, (1,), (), 0)


def test_a_revocation_between_asking_and_writing(county: CountyFile) -> None:
    lane = county.lane()
    partner = agree(lane, level="identified", columns=("name",), document_hash="ab", sources=("jail",))
    with clock.standing_at(NOON), lane.transaction():
        jail = source(lane, "jail", "jail")
        allow_onward(lane, jail.source_id, partner, "identified", stated_by="sheriff", stated_on=date(2026, 1, 2))
        for person, born in ((1, date(1980, 1, 1)), (2, date(2008, 11, 4))):
            lane.run("INSERT INTO record (record_id, source_id, birth_date) VALUES ($p, 1, $b)", p=person, b=born)
            lane.run("INSERT INTO person_record VALUES ($p, $p)", p=person)
            keep_consent(lane, person, signed((partner,)), "ann")
        names = ReleaseRequest(
            "Mercy Hospital", "identified", ("jail",), (1, 2), ("name",), ("contacts",), data_from=date(2026, 9, 1)
        )
        number = ask(
            lane, fingerprint=names.fingerprint, partner_id=partner, level="identified", month=None, reason="care",
            actor="ann",
        ).request_id  # fmt: skip
        approve(lane, number, _approver(lane, "bob"))
    permit = asked(lane, names)
    assert (permit.people, permit.consents, permit.left_out) == ((1,), (1,), None), "person 2 is under 18"
    assert asked(lane, names, NOON + timedelta(days=1)).people == (1, 2), "18 today"
    with lane.transaction():
        revoke_consent(lane, 1, date(2026, 11, 3), "letter")
    with pytest.raises(Refused, match="nobody has signed"):
        asked(lane, names)


def signed(recipients: tuple[int, ...]) -> Terms:
    return Terms(
        recipients, ("planning",), ("contacts",), ("jail",), date(2027, 1, 1), date(2026, 10, 1), tuple(ELEMENTS),
        date(2026, 1, 1),
    )  # fmt: skip


def test_an_agreement_that_lapses_between_asking_and_writing(county: CountyFile) -> None:
    lane = county.lane()
    agree(lane)
    assert asked(lane)
    lane.run("UPDATE agreement SET ends = DATE '2026-11-02'")
    with pytest.raises(Refused):
        asked(lane)


def test_only_the_gate_makes_permits_and_only_disclosure_makes_safe_numbers() -> None:
    for key in (None, object(), 0):
        with pytest.raises(OurFault, match=r"\(a permit was made outside the gate\)"):
            Permit(TABLE, 1, "", 1, "", "", date(2026, 11, 3), (), 0, (), None, key)
    with pytest.raises(OurFault):
        SafeFigure("a", "a", "people", 1, 2, Month(2026, 10).span, False, "")


def test_the_ledger_keeps_what_was_printed_and_nothing_hidden(county: CountyFile) -> None:
    october = Month(2026, 10)
    people = [Figure(name, name, "people", count, 90, count, 90, october.span, RowsKey("people"))
              for name, count in (("people_ems", 40), ("people_new", 7))]  # fmt: skip
    safe = protect_month(
        MonthFigures(
            "Pine",
            "KS",
            14_000,
            october,
            october.span.last,
            1,
            "Rule",
            2,
            "agreed",
            "People who",
            "",
            {figure.name: figure for figure in people},
        )
    )
    lane = county.lane()
    with clock.standing_at(NOON), lane.transaction():
        first = record_release(
            lane, actor="tester", kind="packet", recipient="meeting", level="table", reason="November meeting",
            files=[{"name": "a.pdf", "sha256": "00"}], month="2026-10", safe=safe,
        )  # fmt: skip
        second = record_release(
            lane, actor="tester", kind="list", recipient="tester", level="identified", reason="care team",
            files=[{"name": "list.csv"}],
        )  # fmt: skip
    assert (first, second) == (1, 2)
    row = lane.dicts("SELECT * FROM release WHERE release_id = 1")[0]
    assert row["released_at"] == NOON
    assert json.loads(row["files"]) == [{"name": "a.pdf", "sha256": "00"}]
    kept = json.loads(row["figures"])
    assert kept["definition"] == "Rule, version 2"
    assert kept["figures"]["people_ems"]["count"] == 40
    assert kept["figures"]["people_new"]["count"] is None


def _approver(lane: Lane, name: str, login: str | None = None) -> Approver:
    return add_approver(lane, name, login=login, verifier="-", enrolled_by="ann", vouched_by="the recovery sheet")
