"""In imminent danger one person's contacts may go; the passphrase, the reason and the review are not waived."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from pypdf import PdfReader

from ddj_desktop.disclosure.errors import Refused
from ddj_desktop.kernel import clock
from ddj_desktop.kernel.dates import minus_months
from ddj_desktop.registers.errors import NoSuchApprover, NoSuchPerson, NoSuchRequest, NotApproved, SamePerson
from ddj_desktop.registers.sources import all_sources, set_legal_class
from ddj_desktop.store.errors import WrongPassphrase
from ddj_desktop.workflow.approving import SecondPerson, enrol_approver
from ddj_desktop.workflow.emergency import break_glass, review_break, to_review
from ddj_desktop.workflow.governing import keep_partner
from ddj_desktop.workflow.lists import releases
from ddj_desktop.workflow.project import Project
from tests.conftest import PASSPHRASE
from tests.workflow.second_person import BOB, bob


@pytest.fixture
def project(finished: Path, tmp_path: Path) -> Iterator[Project]:
    folder = Path(shutil.copytree(finished, tmp_path / "county"))
    opened = Project.open(folder / "Pine.ddj", PASSPHRASE, "ann")
    keep_partner(opened, opened.file.lane(), "Mercy Hospital")
    yield opened
    opened.close()


def test_the_glass_is_broken_reviewed_and_locked_without_review(project: Project, tmp_path: Path) -> None:
    lane, out = project.file.lane(), tmp_path / "out"
    person, last = lane.one(
        "SELECT person_id, last_name FROM person_record JOIN record USING (record_id) JOIN contact USING (record_id) "
        "ORDER BY person_id LIMIT 1"
    )

    def broken(reason: str = "threat to life", words: str = PASSPHRASE, whom: int = person) -> Path:
        return break_glass(project, lane, "mercy hospital", whom, reason, words, out).result.file

    with pytest.raises(WrongPassphrase):
        broken(words="another passphrase")
    with pytest.raises(Refused, match="danger said in words"):
        broken(reason=" ")
    with pytest.raises(NoSuchPerson):
        broken(whom=10**12)
    with pytest.raises(Refused, match="not in the register"):
        break_glass(project, lane, "Nobody", person, "threat", PASSPHRASE, out)
    assert not out.exists() or list(out.iterdir()) == []
    paper = broken()
    said = " ".join(" ".join(page.extract_text() for page in PdfReader(paper).pages).split())
    assert last.casefold() in said.casefold()
    assert "for Mercy Hospital only" in said
    assert "threat to life" in said
    assert paper.stat().st_mode & 0o077 == 0
    days = sorted(d for (d,) in lane.rows("SELECT starts::DATE FROM person_contact WHERE person_id = $p", p=person))
    recent = sum(day > minus_months(days[-1], 12) for day in days)
    assert f"{recent} of {len(days)} contacts" in said
    assert "42 CFR part 2" not in said
    (line,) = releases(lane)
    assert (line["kind"], line["recipient"], line["level"]) == ("emergency", "Mercy Hospital", "identified")
    (waiting,) = to_review(lane)
    with pytest.raises(NoSuchApprover):
        review_break(project, lane, waiting.break_id, "right", BOB)
    who, ann = bob(project), SecondPerson("Ann S.", "ann alone knows this")
    enrol_approver(project, lane, ann.name, "ANN", ann.phrase, by=who)
    with pytest.raises(SamePerson):
        review_break(project, lane, waiting.break_id, "right", ann)
    with clock.standing_at(clock.now() + timedelta(hours=73)), pytest.raises(Refused, match="was not reviewed"):
        broken()
    with pytest.raises(NotApproved):
        review_break(project, lane, waiting.break_id, " ", who)
    review_break(project, lane, waiting.break_id, "the danger was real", who)
    assert to_review(lane) == []
    with pytest.raises(NoSuchRequest):
        review_break(project, lane, waiting.break_id, "again", who)
    with lane.transaction():
        for source in all_sources(lane):
            set_legal_class(lane, source.source_id, "victim_services")
    with pytest.raises(Refused, match="victim services"):
        broken()
