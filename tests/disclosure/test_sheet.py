"""`protect` on CSV files."""

from __future__ import annotations

import csv
import itertools
import json
import random
import time
from pathlib import Path

import pytest

from ddj_desktop.disclosure.errors import BadThreshold, CannotProtect, NoSuchHeading, NotACountTable
from ddj_desktop.disclosure.safe import HIDDEN
from ddj_desktop.disclosure.sheet import ProtectedSheet, protect_csv
from tests.disclosure.attack import Attack
from tests.disclosure.oracle import every_fill, random_table, unsafe

AGES = "Age,Jail,EMS,Shelter,Total\n18-29,3,20,15,38\n30-44,14,25,9,48\n45+,20,31,12,63\nTotal,37,76,36,149\n"


def protected(tmp_path: Path, text: str, **options: object) -> ProtectedSheet:
    path = tmp_path / "table.csv"
    path.write_text(text, "utf-8")
    return protect_csv(path, **options)  # type: ignore[arg-type]


def cells(text: str) -> list[list[str]]:
    return list(csv.reader(text.splitlines()))


def test_shape_order_and_labels_stay(tmp_path: Path) -> None:
    made = protected(tmp_path, AGES)
    before, after = cells(AGES), cells(made.text)
    assert [row[0] for row in after] == [row[0] for row in before]
    assert after[0] == before[0]
    for old, new in zip(before[1:], after[1:], strict=True):
        assert all(a in (b, HIDDEN) for a, b in zip(new, old, strict=True))
    assert made.text.count(HIDDEN) == made.hidden == 4
    assert (made.cells, made.shown) == (16, 12)


def test_the_audit_holds_every_hidden_number_and_its_exact_range(tmp_path: Path) -> None:
    rng = random.Random(77)
    for _ in range(8):
        grid = random_table(rng, rng.randint(60, 120), 3, 3)
        lines = ["Group,A,B,C,Total"] + [
            ",".join([label, *map(str, row)]) for label, row in zip(("x", "y", "z", "TOTAL"), grid, strict=True)
        ]
        made = protected(tmp_path, "\n".join(lines) + "\n")
        out = tmp_path / "out.csv"
        out.write_bytes(made.table_bytes())
        (tmp_path / "audit.json").write_bytes(made.audit_bytes())
        rows = cells(out.read_text("utf-8"))[1:]
        hidden = {(r, c) for r in range(4) for c in range(4) if rows[r][c + 1] == HIDDEN}
        told = json.loads((tmp_path / "audit.json").read_text("utf-8"))
        assert told["safe"] is True
        assert len(told["hidden"]) == len(hidden) == made.hidden
        if any(r == 3 or c == 3 for r, c in hidden):
            continue
        ranges = every_fill(grid, hidden, 1000)
        assert unsafe(grid, ranges, 11) == []
        place = {"x": 0, "y": 1, "z": 2, "A": 0, "B": 1, "C": 2}
        for one in told["hidden"]:
            assert (one["low"], one["high"]) == ranges.ends[place[one["row"]], place[one["column"]]]


def test_a_partner_who_knows_a_column(tmp_path: Path) -> None:
    made = protected(tmp_path, AGES, known=["jail"])
    grid = [[3, 20, 15, 38], [14, 25, 9, 48], [20, 31, 12, 63], [37, 76, 36, 149]]
    rows = cells(made.text)[1:]
    hidden = {(r, c) for r in range(4) for c in range(4) if rows[r][c + 1] == HIDDEN}
    assert unsafe(grid, every_fill(grid, {cell for cell in hidden if cell[1] != 0}, 200), 11) == []
    assert made.hidden > protected(tmp_path, AGES).hidden
    assert made.audit["readers"] == ["anyone", "a partner who knows jail"]


def test_a_table_without_totals_hides_the_small_cells_alone(tmp_path: Path) -> None:
    made = protected(tmp_path, "Age,Jail,EMS\n18-29,3,20\n30-44,14,0\n")
    assert made.text == f"Age,Jail,EMS\n18-29,{HIDDEN},20\n30-44,14,0\n"


@pytest.mark.parametrize("label", ["Total", "TOTAL", " total ", "All people"])
def test_totals_are_known_by_label_and_by_adding_up(tmp_path: Path, label: str) -> None:
    made = protected(tmp_path, f"Age,Jail\n18-29,3\n30-44,14\n45+,20\n{label},37\n")
    rows = cells(made.text)
    assert rows[1][1] == HIDDEN
    assert sum(row[1] == HIDDEN for row in rows) == 2, "the total would give a lone hidden cell away"


THREE = """Sex,Race,Jail,EMS,Total
Female,Black,4,20,24
Female,White,30,15,45
Female,Total,34,35,69
Male,Black,25,18,43
Male,White,40,12,52
Male,Total,65,30,95
Total,Black,29,38,67
Total,White,70,27,97
Total,Total,99,65,164
"""


def test_three_groupings_have_totals_in_every_direction(tmp_path: Path) -> None:
    """Female Black 4 has a total to be taken from in each of three directions; every one of them is used against it."""
    rows = cells(protected(tmp_path, THREE).text)[1:]
    assert [row[:2] for row in rows] == [row[:2] for row in cells(THREE)[1:]]
    attack, kinds = Attack(), ("Jail", "EMS", "Total")
    for sex, race, *texts in rows:
        for kind, text in zip(kinds, texts, strict=True):
            attack.learn((sex, race, kind), *((0, 20_000) if text == HIDDEN else (int(text), int(text))))
    for one, other in itertools.product(("Female", "Male", "Total"), kinds):
        races = ("Black", "White", "Total")
        attack.tie([*(((one, race, other), 1) for race in races[:2]), ((one, "Total", other), -1)])
    for race, kind in itertools.product(("Black", "White", "Total"), kinds):
        attack.tie([*(((sex, race, kind), 1) for sex in ("Female", "Male")), (("Total", race, kind), -1)])
    for sex, race in itertools.product(("Female", "Male", "Total"), ("Black", "White", "Total")):
        attack.tie([*(((sex, race, kind), 1) for kind in kinds[:2]), ((sex, race, "Total"), -1)])
    assert rows[0][2] == HIDDEN
    assert attack.too_narrow([("Female", "Black", "Jail")], 12, 10) == {}
    assert sum(text != HIDDEN for row in rows for text in row[2:]) >= 12


def test_a_pivot_table_leaves_names_out(tmp_path: Path) -> None:
    lines = (
        THREE.replace("Female,White", ",White").replace("Male,White", ",White").replace("Female,Total", "Female Total,")
    )
    lines = lines.replace("\nMale,Total", "\nMale Total,").replace("Total,Total", "Grand Total,")
    first, again = cells(protected(tmp_path, THREE).text), cells(protected(tmp_path, lines).text)
    assert [row[2:] for row in first] == [row[2:] for row in again]
    assert [row[:2] for row in again] == [row[:2] for row in cells(lines)]


def test_one_row_one_column_and_nothing_but_zeros(tmp_path: Path) -> None:
    assert protected(tmp_path, "Age,Jail,EMS\nAll,3,20\n").text == f"Age,Jail,EMS\nAll,{HIDDEN},20\n"
    assert protected(tmp_path, "Age,Jail\n18-29,3\n30+,20\n").text == f"Age,Jail\n18-29,{HIDDEN}\n30+,20\n"
    none = "Age,Jail,Total\n18-29,0,0\n30+,0,0\nTotal,0,0\n"
    assert protected(tmp_path, none).text == none


def test_order_of_rows_does_not_matter(tmp_path: Path) -> None:
    rng = random.Random(5)
    lines = [*AGES.strip().split("\n")[1:4], "60+,11,30,2,43"]
    rng.shuffle(lines)
    first = {row[0]: row for row in cells(protected(tmp_path, "\n".join(["Age,Jail,EMS,Shelter,Total", *lines])).text)}
    lines.reverse()
    again = {row[0]: row for row in cells(protected(tmp_path, "\n".join(["Age,Jail,EMS,Shelter,Total", *lines])).text)}
    assert first == again


def test_other_spreadsheets_marks(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes("Âge;Jail;Total\n18-29;3;1,203\n30-44;1,200;1,200\n".replace("1,203", "3").encode("utf-8-sig"))
    made = protect_csv(path)
    assert made.table_bytes().startswith(b"\xef\xbb\xbf")
    assert cells(made.text.replace(";", "\t"))[0] == ["Âge\tJail\tTotal"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "no counts"),
        ("Age,Jail\n", "no counts"),
        ("Age\n18-29\n", "no counts"),
        ("Age,Jail\n18-29,3.5\n", "line 2, column “Jail” holds something that is not a whole number"),
        ("Age,Jail\n18-29,many\n", "not a whole number"),
        ("Age,Jail\n18-29,-3\n", "below zero"),
        ("Age,Jail\n18-29,45%\n", "a percentage. Give the counts"),
        ("Age,Jail,EMS\n18-29,<11,14\n", "a mark of a hidden count. Take the table before"),
        ("Age,Jail,EMS\n18-29,*,14\n", "a mark of a hidden count"),
        ("Age,Jail,EMS\n18-29,—,14\n", "a mark of a hidden count"),
        ("Age,Jail,EMS\n18-29,suppressed,14\n", "a mark of a hidden count"),
        ("Age,Jail\n18-29,3.25\n", "amounts of money can not be protected"),
        ("Sex,Race,Jail\nF,B,4\nF,W,20\nF,Total,25\n", "on line 4 is not the sum"),
        ("Age,Jail\n18-29,\n", "holds nothing"),
        ("Age,Jail\n18-29,3,4\n", "line 2 has 3 cells"),
        ("Age,Jail\n18-29,99999999999999\n", "too large"),
        ("Age,Jail,EMS,Total\n18-29,3,20,24\n", "the total on line 2 is not the sum"),
        ("Age,Jail\n18-29,3\n30-44,9\nTotal,13\n", "the total of column “Jail” on line 4 is not the sum"),
        ("Age,Total\n18-29,3\n", "totals of"),
        ("a\x00b,c\n1,2\n", "not text"),
    ],
)
def test_what_is_no_table_of_counts_is_said_in_a_sentence(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(NotACountTable) as caught:
        protected(tmp_path, text)
    assert says in str(caught.value)
    assert "table.csv" in str(caught.value)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(NotACountTable, match="can not be opened"):
        protect_csv(tmp_path / "nothing.csv")


def test_a_column_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(NoSuchHeading, match=r"no column Court.*Jail, EMS, Shelter, Total"):
        protected(tmp_path, AGES, known=["Court"])


def test_thresholds(tmp_path: Path) -> None:
    with pytest.raises(BadThreshold):
        protected(tmp_path, AGES, threshold=10)
    assert protected(tmp_path, AGES, threshold=21).hidden > 4


def test_what_can_not_be_proved_in_time_is_refused_and_a_coarser_table_offered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ddj_desktop.disclosure.sheet.SECONDS", 0.0)
    offered = r"next coarser table instead: its column “Total” alone, where [1-4] of 4 numbers can be shown\."
    with pytest.raises(CannotProtect, match=r"table\.csv can not be made safe.*" + offered):
        protected(tmp_path, AGES)
    monkeypatch.setattr("ddj_desktop.disclosure.sheet.SECONDS_COARSER", 0.0)
    with pytest.raises(CannotProtect, match=r"instead: one with fewer rows or columns\."):
        protected(tmp_path, AGES)


def large_table() -> str:
    """25 places by 8 kinds with totals, small counts all over it."""
    rng = random.Random(3)
    body = [[rng.choice((0, 2, 7, 15, 40)) for _ in range(8)] for _ in range(25)]
    rows = [[*row, sum(row)] for row in body]
    rows.append([sum(column) for column in zip(*rows, strict=True)])
    lines = [",".join(["Place", *(f"k{c}" for c in range(8)), "Total"])]
    lines += [",".join([f"p{r}" if r < 25 else "Total", *map(str, row)]) for r, row in enumerate(rows)]
    return "\n".join(lines) + "\n"


def test_a_large_table_is_proved_within_the_cap(tmp_path: Path) -> None:
    made = protected(tmp_path, large_table())
    assert made.audit["safe"] is True
    assert 0 < made.shown < made.cells


def test_a_table_that_takes_twenty_seconds_is_refused_half_way_and_its_totals_are_offered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A clock that runs half a second each time it is looked at: the cap is met in the middle of the work."""
    looked = itertools.count()
    monkeypatch.setattr(time, "thread_time", lambda: next(looked) / 2)
    with pytest.raises(
        CannotProtect, match=r"it takes more than 20 seconds.*its column “Total” alone, where \d+ of 26"
    ):
        protected(tmp_path, large_table())
    assert next(looked) > 40


def test_a_group_of_one_kind_is_told(tmp_path: Path) -> None:
    """Nothing small is in it, and still a reader learns one thing of all 30 (the group rule, privacy reference 1.3)."""
    table = tmp_path / "table.csv"
    table.write_text("x,A,B,Total\nYes,30,25,55\nNo,0,20,20\nTotal,30,45,75\n", "utf-8")
    made = protect_csv(table)
    assert made.hidden == 0
    assert [said.split(":")[0] for said in made.of_one_kind] == [
        "All 30 in column “A” are “Yes”", "All 20 in row “No” are “B”",
    ]  # fmt: skip
    assert made.audit["of_one_kind"] == list(made.of_one_kind)
    table.write_text("x,A,B\nYes,30,25\nNo,12,5\nMaybe,0,0\n", "utf-8")
    assert protect_csv(table).of_one_kind == ()
