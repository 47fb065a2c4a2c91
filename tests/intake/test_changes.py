"""A layout that changed: only the differences are told, in the next file of the same source."""

from __future__ import annotations

from pathlib import Path

import pytest

from ddj_desktop.kernel.progress import Progress
from ddj_desktop.store.county_file import CountyFile
from ddj_desktop.workflow.project import Project
from ddj_desktop.workflow.taking_in import import_files
from tests.intake.test_reports import take_in, write

pytestmark = pytest.mark.usefixtures("warm", "on_nov_3")

HEAD = "Booking No|Name|DOB|Sex|Booking Date|Release Date|Cell"


def month(path: Path, first: int, head: str = HEAD, row: str = "M|10/0{d}/2026|10/09/2026|A1") -> Path:
    """Seven bookings."""
    return write(path, head, *(
        f"B{first + n}|ROE{'ABCDEFG'[n]}, JAN|02/1{n}/1980|{row.format(d=n + 1)}" for n in range(7)
    ))  # fmt: skip


def told(county: CountyFile, path: Path) -> list[str]:
    """What is told of the layout of the next file."""
    (result,) = take_in(county, path).taken
    assert result.source == "Jail"
    return [note for note in result.notes if "earlier files" in note]


def test_the_same_layout_again_says_nothing(county: CountyFile, tmp_path: Path) -> None:
    take_in(county, month(tmp_path / "a.csv", 100))
    assert told(county, month(tmp_path / "b.csv", 200)) == []


def test_columns_gone_and_new_are_told_and_no_others(county: CountyFile, tmp_path: Path) -> None:
    take_in(county, month(tmp_path / "a.csv", 100))
    head = "Booking No|Name|DOB|Booking Date|Release Date|Cell|Race|Xqz"
    found = told(county, month(tmp_path / "b.csv", 200, head, "10/0{d}/2026|10/09/2026|A1|W|7"))
    assert found == [
        'The column "Sex", which held Sex in earlier files of Jail, is not here.',
        '2 columns were not in earlier files of Jail: "Race" (Race), "Xqz" (not needed). '
        "Look at what they are taken for.",
    ]


def test_a_column_whose_content_is_of_another_kind_is_told(county: CountyFile, tmp_path: Path) -> None:
    """Name and number keep their headings and change over: the worst change, for nothing is missing."""
    take_in(county, month(tmp_path / "a.csv", 100))
    path = write(tmp_path / "b.csv", HEAD, *(
        f"B{n}|M|02/1{n}/1980|ROE{'ABCDEFG'[n]}, JAN|10/0{n + 1}/2026|10/09/2026|A1" for n in range(7)))  # fmt: skip
    lane = county.lane()
    done = import_files(Project(county, county.county(), "tester"), lane, [path], Progress(), dry_run=True).result
    lane.close()
    said = " ".join([*(note for one in done.taken for note in one.notes), *(one.sentence for one in done.refused)])
    assert 'The column "Name" held Name in earlier files of Jail; most of its values do not look like that now.' in said
    assert 'The column "Sex" held Sex in earlier files of Jail' in said
    assert "DOB" not in said
