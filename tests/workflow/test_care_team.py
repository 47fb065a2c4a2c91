"""The care team's paper: protected records only by the person's own release, the same words for who has none, a line
in the log; and protected records shown in the window are logged."""

from __future__ import annotations

import io
import random
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader

from ddj_desktop.kernel.errors import Misuse
from ddj_desktop.registers.agreements import add_agreement
from ddj_desktop.registers.consents import ELEMENTS, Terms, keep_consent, revoke_consent
from ddj_desktop.registers.errors import NoSuchPartner, NoSuchPerson
from ddj_desktop.registers.partners import add_partner
from ddj_desktop.store.county_file import County, CountyFile
from ddj_desktop.store.lane import Lane
from ddj_desktop.workflow.care_team import care_partners, write_care
from ddj_desktop.workflow.errors import NoCareAgreement
from ddj_desktop.workflow.lists import person
from ddj_desktop.workflow.looks import protected_were_shown
from ddj_desktop.workflow.project import Project
from tests.measures.small_county import make, put

TODAY = date(2026, 11, 3)
CLINIC, SHELTER = "Pine dispatch 3", "Pine shelter 4"
TERMS = Terms(
    recipients=(1,), purposes=("care coordination",), data_classes=("substance_use",), sources=("treatment",),
    expires=date(2027, 6, 1), signed_on=date(2026, 1, 1), elements=tuple(ELEMENTS), covers_from=date(2020, 1, 1),
)  # fmt: skip


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """Everybody has contacts everywhere; the third source is a clinic under 42 CFR Part 2."""
    monkeypatch.setattr("ddj_desktop.kernel.clock.today", lambda: TODAY)
    file, _ = CountyFile.create(tmp_path / "Pine.ddj", "made-up people only", County("Pine", "KS", 13_500), "tester")
    lane = put(file, make(random.Random(8), 6, 400, date(2025, 12, 1), date(2026, 10, 31)))
    lane.run("UPDATE source SET kind = 'treatment', legal_class = 'part2' WHERE source_id = 3")
    lane.run("UPDATE record SET birth_date = DATE '1980-01-01'")
    add_partner(lane, "Pine care team")
    add_partner(lane, "Nobody yet")
    add_agreement(
        lane, 1, title="Care MOU", level="table", purpose="care coordination", sources=("jail",),
        starts=date(2026, 1, 1), ends=date(2027, 1, 1), signed_on=date(2026, 1, 1),
    )  # fmt: skip
    return Project(file, file.county(), "tester")


def paper(project: Project, folder: Path, purpose: str = "Care coordination", who: int = 1) -> str:
    made = write_care(project, project.file.lane(), who, "Pine care team", purpose, folder).result
    pages = PdfReader(io.BytesIO(made.file.read_bytes())).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def kept(lane: Lane, terms: Terms, who: int = 1) -> int:
    return keep_consent(lane, who, terms, "tester").consent_id


def test_protected_records_stand_on_it_by_release_alone(project: Project, tmp_path: Path) -> None:
    lane = project.file.lane()
    without = paper(project, tmp_path)
    assert CLINIC not in without
    assert SHELTER in without
    assert "Name1" in without
    assert "Identified · care team" in without
    assert "This paper does not say whether there are others" in without
    assert "42 CFR" not in without
    number = kept(lane, TERMS)
    with_release = paper(project, tmp_path)
    assert CLINIC in with_release
    assert "42 CFR" in with_release, "the notice goes with Part 2 records"
    assert CLINIC not in paper(project, tmp_path, who=2), "a release opens nobody else's"
    assert CLINIC not in paper(project, tmp_path, purpose="Eviction defence"), "it was signed for another purpose"
    assert lane.value("SELECT count(*) FROM consent_use WHERE consent_id = $n", n=number) == 1
    revoke_consent(lane, number, TODAY, "in writing")
    assert CLINIC not in paper(project, tmp_path)


def test_a_release_that_lacks_one_thing_opens_nothing(project: Project, tmp_path: Path) -> None:
    lane = project.file.lane()
    lacking = (
        replace(TERMS, recipients=(2,)), replace(TERMS, data_classes=("health", "mental_health")),
        replace(TERMS, sources=("jail",)), replace(TERMS, expires=date(2026, 11, 2)),
        replace(TERMS, signed_on=date(2026, 11, 4)), replace(TERMS, covers_from=date(2026, 11, 3)),
        replace(TERMS, elements=("person",)), replace(TERMS, minor=True),
    )  # fmt: skip
    for terms in lacking:
        kept(lane, terms)
        assert CLINIC not in paper(project, tmp_path), terms
    kept(lane, TERMS)
    assert CLINIC in paper(project, tmp_path), "with all of them in one, it opens"


def test_a_child_needs_somebody_who_signed_for_them(project: Project, tmp_path: Path) -> None:
    lane = project.file.lane()
    lane.run("UPDATE record SET birth_date = DATE '2012-01-01' WHERE record_id = 10")
    kept(lane, TERMS)
    assert CLINIC not in paper(project, tmp_path)
    kept(lane, replace(TERMS, representative="Ann Name1, mother"))
    assert CLINIC in paper(project, tmp_path)


def test_victim_services_never_stand_on_it(project: Project, tmp_path: Path) -> None:
    lane = project.file.lane()
    lane.run("UPDATE source SET legal_class = 'victim_services' WHERE source_id IN (3, 4)")
    kept(
        lane,
        replace(TERMS, data_classes=("substance_use", "mental_health", "housing"), sources=("treatment", "shelter")),
    )
    made = paper(project, tmp_path)
    assert CLINIC not in made
    assert SHELTER not in made


def test_who_has_no_protected_record_has_the_same_words(project: Project, tmp_path: Path) -> None:
    lane = project.file.lane()
    lane.run("DELETE FROM contact WHERE source_id = 3 AND record_id = 12")
    with_none = paper(project, tmp_path)
    assert "This paper does not say whether there are others" in with_none


def test_every_paper_has_its_line_and_its_conditions(project: Project, tmp_path: Path) -> None:
    lane = project.file.lane()
    assert care_partners(lane) == ["Pine care team"]
    for wrong, partner, purpose, who in (
        (Misuse, "Pine care team", " ", 1), (NoSuchPartner, "Elsewhere", "care", 1),
        (NoCareAgreement, "Nobody yet", "care", 1), (NoSuchPerson, "Pine care team", "care", 999),
    ):  # fmt: skip
        with pytest.raises(wrong):
            write_care(project, lane, who, partner, purpose, tmp_path)
    assert not list(tmp_path.glob("Care team*"))
    paper(project, tmp_path)
    (line,) = lane.dicts("SELECT kind, recipient, level, reason FROM release")
    assert line == {
        "kind": "care_team", "recipient": "Pine care team", "level": "identified", "reason": "Care coordination",
    }  # fmt: skip
    protected_were_shown(project, lane, 1)
    events = [event for (event,) in lane.rows("SELECT event FROM audit ORDER BY seq DESC LIMIT 2")]
    assert events == ["protected records shown", "care team paper written"]


def test_the_window_leaves_protected_sources_out_until_asked(project: Project) -> None:
    page = person(project.file.lane(), 1)
    plain = page.plain
    assert page.protected == {CLINIC}
    assert {line["source"] for line in page.contacts} - {line["source"] for line in plain.contacts} == {CLINIC}
    assert {line["source"] for line in page.records} - {line["source"] for line in plain.records} == {CLINIC}
