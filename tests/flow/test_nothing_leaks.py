"""Strings that stand for names, numbers and addresses, planted in the files of a county, are in nothing that comes out.

Looked for in every export, in the text and properties of PDFs, in every part of workbooks, in the log of acts, in what
is said, in temporary folders, in the county file, its backups and what lies beside them, and in a fault's report.
"""

from __future__ import annotations

import csv
import logging
import random
import re
import string
import tempfile
import zipfile
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from pathlib import Path

import pytest
from pypdf import PdfReader

from ddj_desktop.disclosure.errors import Refused
from ddj_desktop.gui.error_report import report_text
from ddj_desktop.intake.unlock import unlocked
from ddj_desktop.kernel import clock
from ddj_desktop.kernel.dates import Month
from ddj_desktop.kernel.progress import Progress
from ddj_desktop.outputs.content import Audience
from ddj_desktop.registers.consents import ELEMENTS, Terms
from ddj_desktop.registers.sources import source_called
from ddj_desktop.store.county_file import County
from ddj_desktop.store.lane import Lane
from ddj_desktop.workflow import (
    actions,
    approving,
    erasing,
    governing,
    identified,
    lists,
    logs,
    packets,
    permissions,
    release_forms,
    sharing,
    taking_in,
)
from ddj_desktop.workflow.extracting import Asked
from ddj_desktop.workflow.project import Project
from tests.conftest import PASSPHRASE
from tests.workflow.second_person import BOB, bob
from tests.workflow.sharing_rows import PARTNER, may_have_rows

MONTH = Month(2026, 9)
RULE = """
name = "Four bookings"
[[clause]]
count = "contacts"
sources = ["jail"]
op = ">="
value = 4
window = { trailing_months = 12 }
"""
TOKEN = re.compile(rb"[A-Za-z0-9]{7,}")


class Seeds:
    """Made-up strings, each used once: no two people share one, and nothing else can hold one by chance."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.all: set[str] = set()

    def word(self) -> str:
        """Nine letters, begun like no word of the program."""
        return self._new("Zq" + "".join(self.chance.choices(string.ascii_lowercase, k=7)))

    def digits(self, many: int) -> str:
        return self._new("".join(self.chance.choices("123456789", k=many)))

    def _new(self, made: str) -> str:
        self.all.add(made.upper())
        return made


def plant(folder: Path, people: int, seeds: Seeds) -> list[Path]:
    """A jail's and an ambulance service's export. The first 80 people are on the list; some lines can not be read."""
    folder.mkdir()
    jail, ems = folder / "jail.csv", folder / "ems.csv"
    with jail.open("w", newline="") as out, ems.open("w", newline="") as out_ems:
        booked, carried = csv.writer(out), csv.writer(out_ems)
        booked.writerow(["Booking Number", "Last Name", "First Name", "DOB", "Sex", "SSN", "Address", "Phone",
                         "Booking Date", "Release Date", "Charge"])  # fmt: skip
        carried.writerow(["Incident Number", "Patient Last Name", "Patient First Name", "DOB", "Gender",
                          "Home Address", "Incident Date"])  # fmt: skip
        for number in range(people):
            last, first, street, ssn = seeds.word(), seeds.word(), seeds.word(), seeds.digits(9)
            born = date(1950, 1, 1) + timedelta(days=7 * number % 18_000)
            sex = "MF"[number % 2]
            for time in range(5 if number < 80 else 1):
                day = date(2025, 10, 3) + timedelta(days=(number + 60 * time) % 350)
                key = seeds.digits(11)
                booked.writerow([key, last, first, born, sex, ssn, f"{number} {street} St", "", day,
                                 day + timedelta(days=2), "Theft"])  # fmt: skip
                carried.writerow([seeds.digits(12), last, first, born, sex, f"{number} {street} St", day])
            if number % 50 == 0:
                booked.writerow([seeds.digits(11), last, first, "31/31/9999", sex, ssn, street, "", "no day", "", ""])
    return [jail, ems]


def found_in(paths: Iterable[Path], seeds: Seeds) -> list[str]:
    """Files that hold a planted string, in any of the ways a file of its kind can."""
    return [path.name for path in paths if path.is_file() and any(_hits(piece, seeds) for piece in _pieces(path))]


def _hits(data: bytes, seeds: Seeds) -> set[str]:
    return {token.decode().upper() for token in TOKEN.findall(data)} & seeds.all


def _pieces(path: Path) -> Iterable[bytes]:
    data = path.read_bytes()
    yield data
    yield data.replace(b"\x00", b"")  # two-byte letters
    if path.suffix == ".xlsx" and zipfile.is_zipfile(path):  # one under a password is none
        with zipfile.ZipFile(path) as book:
            yield from (book.read(name) for name in book.namelist())
    if path.suffix == ".pdf":
        reader = PdfReader(path)
        yield str(reader.metadata).encode()
        for page in reader.pages:
            text = page.extract_text()
            yield text.encode()
            yield re.sub(r"\s", "", text).encode()


def take_down_the_line(project: Project, sheets: list[Path], out: Path, audiences: Sequence[Audience]) -> list[str]:
    """Everything that can be made of the county; gives every sentence that was said on the way."""
    lane, said, progress = project.file.lane(), list[str](), Progress(lambda p: said.append(p.name))
    batch = taking_in.import_files(project, lane, sheets, progress).result
    said += [refused.sentence for refused in batch.refused] + [str(result) for result in batch.taken]
    assert len(batch.taken) == 2, said
    actions.match_people(project, lane, progress)
    kept = actions.keep_definition(project, lane, RULE).result
    actions.agree_definition(project, lane, kept.definition_id, "us, 2026-09-01")
    for audience in audiences:
        packets.build_packet(project, lane, MONTH, audience, out / "packets", progress)
    may_have_rows(project, lane, out.parent / "paper.txt")
    asked = Asked(reason="a study")
    for actor in ("tester", "second"):
        try:
            sharing.share_with_partner(project, lane, PARTNER, "extract", out / "rows", progress, MONTH, asked=asked)
        except Exception as error:
            said += [str(error), report_text(error, "share")]
        if actor == "tester":
            approving.approve_request(project, lane, 1, bob(project))
    said += share_names(project, lane, out, progress)
    sharing.share_with_partner(project, lane, PARTNER, "table", out / "tables", progress, MONTH)
    person = lane.value("SELECT min(person_id) FROM person_record")
    today = clock.today()
    signed = Terms((1,), ("care",), ("contacts",), ("jail",), today, today, tuple(ELEMENTS))
    erasing.keep_consent(project, lane, person, signed)
    release_forms.make_release_form(project, lane, out / "form.pdf")
    erasing.erase_person(project, lane, person, "expunged", "court")
    said += [str(act) for act in lists.history(lane)] + [str(line) for line in lists.releases(lane)]
    logs.export_logs(project, lane, out / "logs")
    project.file.back_up("request")
    identified.export_list(
        project, lane, MONTH.span.last, None, out.parent / "identified.csv", "to see that it is found"
    )
    return said


def share_names(project: Project, lane: Lane, out: Path, progress: Progress) -> list[str]:
    """Rows with names, whose workbook holds them behind its password alone; gives what was said on the way."""
    governing.keep_agreement(
        project, lane, 1, title="MOU", level="identified", purpose="care", sources=("jail",), starts=date(2026, 1, 1),
        ends=date(2199, 1, 1), signed_on=date(2026, 1, 1), signatory="A", privacy_officer="B",
        columns=("last_name", "first_name", "birth_date", "jail_count"), bases=("justice_duties",),
        document=out.parent / "paper.txt",
    )  # fmt: skip
    jail = source_called(lane, lane.value("SELECT name FROM source WHERE kind = 'jail'"))
    permissions.keep_onward(project, lane, jail.source_id, 1, "identified", "its head", clock.today())
    permissions.keep_basis(project, lane, "justice_duties", "B", date(2026, 1, 1), date(2199, 1, 1), "7")
    asked, said = Asked(reason="a hand-over"), list[str]()
    try:
        sharing.share_with_partner(project, lane, PARTNER, "identified", out / "names", progress, MONTH, asked=asked)
    except Refused as error:
        said += [str(error), report_text(error, "share")]
    approving.approve_request(project, lane, 2, BOB)
    made = sharing.share_with_partner(project, lane, PARTNER, "identified", out / "names", progress, MONTH, asked=asked)
    (book,) = (path for path in made.result.files if path.suffix == ".xlsx")
    behind = out.parent / "behind the password.xlsx"
    behind.write_bytes(unlocked(book.read_bytes(), book.name, made.result.password))
    assert made.result.password not in str(made)
    return [*said, str(made)]


def campaign(
    folder: Path, people: int, audiences: Sequence[Audience], monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> int:  # fmt: skip
    seeds, temporary, out = Seeds(people), folder / "temporary", folder / "out"
    temporary.mkdir()
    out.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    caplog.set_level(logging.DEBUG)
    sheets = plant(folder / "sheets", people, seeds)
    assert found_in(sheets, seeds) == ["jail.csv", "ems.csv"]
    county = folder / "county"
    county.mkdir()
    project = Project.create(county / "Pine.ddj", PASSPHRASE, County("Pine", "KS", 14_000), "tester")
    try:
        said = take_down_the_line(project, sheets, out, audiences)
        held = found_in([*county.rglob("*"), *temporary.rglob("*")], seeds)
    finally:
        project.close()
    made = [path for path in out.rglob("*") if path.is_file()]
    assert {path.suffix for path in made} == {".pdf", ".xlsx", ".csv", ".json", ".jsonl", ".txt", ".py"}
    assert len([path for path in made if path.parent.name == "rows"]) == 5, said[-20:]
    assert len([path for path in made if path.parent.name == "names"]) == 2, said[-20:]
    assert found_in(made, seeds) == []
    assert held == []
    assert found_in([*county.rglob("*"), *temporary.rglob("*")], seeds) == []
    assert _hits("\n".join([*said, caplog.text]).encode(), seeds) == set()
    found = found_in([folder / "identified.csv", folder / "behind the password.xlsx"], seeds)
    assert found == ["identified.csv", "behind the password.xlsx"], "the search itself must find names"
    return len(seeds.all)


def test_no_planted_string_comes_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    assert campaign(tmp_path, 150, ("public",), monkeypatch, caplog) > 1_000
    assert capfd.readouterr() == ("", "")


@pytest.mark.slow
def test_none_of_twenty_thousand_planted_strings_comes_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    assert campaign(tmp_path, 3_300, packets.AUDIENCES, monkeypatch, caplog) >= 20_000
