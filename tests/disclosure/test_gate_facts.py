"""What the gate looks at: every register is read, and of each only what is of this request and this moment."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from ddj_desktop.disclosure.gate_facts import gather
from ddj_desktop.disclosure.request import Facts, ReleaseRequest
from ddj_desktop.kernel import clock
from ddj_desktop.registers.agreements import add_agreement, all_agreements
from ddj_desktop.registers.approvers import active_approvers, add_approver, end_approver
from ddj_desktop.registers.bases import approve_basis
from ddj_desktop.registers.consents import all_consents, keep_consent
from ddj_desktop.registers.onward import allow_onward
from ddj_desktop.registers.partners import add_partner
from ddj_desktop.registers.requests import ask, open_request
from ddj_desktop.registers.sources import all_sources, source
from ddj_desktop.store.county_file import CountyFile
from ddj_desktop.store.lane import Lane
from tests.disclosure.test_gate import NOON, signed

TODAY = NOON.date()
NAMES = ReleaseRequest("  mercy HOSPITAL ", "identified", ("jail",), (1, 2, 3), ("name",), ("contacts",))
BORN = {1: date(1980, 1, 1), 2: date(2008, 11, 3), 3: date(2008, 11, 4), 4: date(2015, 1, 1), 5: date(1990, 1, 1)}
"""By person, of whom 2 is 18 today; nobody asks for 4 and 5."""


def fill(lane: Lane) -> None:
    """Two partners with papers of each kind; forms of three people, of whom one is erased; one may approve no more."""
    with clock.standing_at(NOON), lane.transaction():
        for name in ("Abbey Shelter", "Mercy Hospital", "Zia Clinic"):
            partner = add_partner(lane, name)
            add_agreement(
                lane, partner.partner_id, title=name, level="identified", purpose="care", sources=("jail",),
                starts=date(2026, 1, 1), ends=date(2026, 12, 31),
            )  # fmt: skip
        for number, (kind, level) in enumerate((("jail", "identified"), ("ems", "extract")), 1):
            source(lane, kind, kind)
            allow_onward(lane, number, 2, level, stated_by="sheriff", stated_on=date(2026, 1, 2))
        allow_onward(lane, 1, 3, "table", stated_by="sheriff", stated_on=date(2026, 1, 2))
        for person, born in BORN.items():
            lane.run("INSERT INTO record (record_id, source_id, birth_date) VALUES ($p, 1, $b)", p=person, b=born)
            lane.run("INSERT INTO person_record VALUES ($p, $p)", p=person)
        for person in (1, 5, 1):
            keep_consent(lane, person, signed((2,)), "ann")
        lane.run("DELETE FROM person_record WHERE person_id = 5")
        approve_basis(lane, "research", approved_by="officer", approved_on=date(2026, 1, 1), until=date(2026, 2, 1))
        approve_basis(lane, "court_order", approved_by="officer", approved_on=date(2026, 1, 1), until=date(2027, 1, 1))
        for name in ("bob", "cyd"):
            add_approver(lane, name, login=None, verifier="-", enrolled_by="ann", vouched_by="the recovery sheet")
        end_approver(lane, "cyd")
        for wanted in (NAMES, replace(NAMES, columns=("sex",))):
            ask(
                lane,
                fingerprint=wanted.fingerprint,
                partner_id=2,
                level=wanted.level,
                month=None,
                reason="r",
                actor="a",
            )


def facts(lane: Lane, request: ReleaseRequest = NAMES, at: datetime = NOON) -> Facts:
    with clock.standing_at(at):
        return gather(lane, request)


def test_every_register_is_read_for_rows_about_people(county: CountyFile) -> None:
    lane = county.lane()
    fill(lane)
    read = facts(lane)
    assert (read.now, read.today) == (NOON, TODAY)
    assert read.partner is not None
    assert (read.partner.partner_id, read.partner.name) == (2, "Mercy Hospital")
    assert read.agreements == tuple(all_agreements(lane, 2))
    assert [kept.title for kept in read.agreements] == ["Mercy Hospital"]
    assert read.sources == tuple(all_sources(lane))
    assert len(read.sources) == 2
    assert read.onward == {1: "identified", 2: "extract"}
    assert {name: kept.until for name, kept in read.bases.items()} == {
        "research": date(2026, 2, 1), "court_order": date(2027, 1, 1),
    }  # fmt: skip
    kept = {consent.consent_id: consent for consent in all_consents(lane)}
    assert read.consents == {1: (kept[3], kept[1])}, "the erased person's form is nobody's"
    assert read.minors == frozenset({3})
    assert read.asked == open_request(lane, NAMES.fingerprint)
    assert read.asked is not None
    assert list(read.approvers.items()) == [(kept.approver_id, kept) for kept in active_approvers(lane)]
    assert len(read.approvers) == 1
    assert (read.one_person_office, read.review_overdue) == (False, False)
    assert isinstance(read.approvers[1].name, str)


def test_tables_need_the_partner_and_its_agreements_alone(county: CountyFile) -> None:
    lane = county.lane()
    fill(lane)
    table = replace(NAMES, level="table")
    partner = facts(lane).partner
    assert facts(lane, table) == Facts(NOON, TODAY, partner, tuple(all_agreements(lane, 2)))
    assert facts(lane, replace(table, partner="Nobody")) == Facts(NOON, TODAY, None)
    assert facts(lane, replace(NAMES, partner="Nobody")) == Facts(NOON, TODAY, None)


def test_an_office_is_of_one_person_only_where_the_setting_says_yes(county: CountyFile) -> None:
    lane = county.lane()
    fill(lane)
    for name, value, alone in (
        ("one_person_office", "no", False), ("another", "yes", False), ("one_person_office", "yes", True),
    ):  # fmt: skip
        lane.run("DELETE FROM setting")
        lane.run("INSERT INTO setting VALUES ($name, $value)", name=name, value=value)
        assert facts(lane).one_person_office is alone


def test_a_review_is_overdue_after_72_hours_and_one_is_enough(county: CountyFile) -> None:
    lane = county.lane()
    fill(lane)
    for number, done, reviewed in ((1, NOON - timedelta(hours=99), NOON), (2, NOON, None), (3, NOON, None)):
        lane.run(
            "INSERT INTO break_glass VALUES ($n, 2, 'danger', 'ann', $done, 1, NULL, $reviewed, NULL, NULL)",
            n=number, done=done, reviewed=reviewed,
        )  # fmt: skip
    assert facts(lane, at=NOON + timedelta(hours=72)).review_overdue is False
    assert facts(lane, at=NOON + timedelta(hours=72, seconds=1)).review_overdue is True
    lane.run("UPDATE break_glass SET reviewed_at = $at WHERE break_id = 3", at=NOON)
    assert facts(lane, at=NOON + timedelta(hours=72, seconds=1)).review_overdue is True
