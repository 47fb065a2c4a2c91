"""Every command of the contract, each through a real process."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from tests.cli.running import PASSPHRASE, ddj, here, recovery_code
from tests.flow.sheets import made_up_people, write_jail
from tests.intake.test_formats import locked


def lines_of(path: Path) -> list[dict[str, str]]:
    with open(path, newline="", encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))


def fingerprint(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.glob("*.ddj")}


def test_new_makes_three_files_and_never_overwrites(tmp_path: Path) -> None:
    file = tmp_path / "Oak.ddj"
    ran = ddj("new", file, "--county", "Oak", "--state", "ks", "--json")
    assert ran.code == 0, ran.err
    assert set(ran.json) == {"file", "key_file", "recovery_sheet"}
    sheet = PdfReader(ran.json["recovery_sheet"])
    assert "Oak" in sheet.pages[0].extract_text()
    again = ddj("new", file, "--county", "Oak", "--state", "KS")
    assert again.code == 1
    assert "already there" in again.sentence


@pytest.mark.parametrize(
    "words",
    [
        ["new", "x.ddj"], ["frobnicate"], ["measures", "x.ddj", "--month", "October"], ["import", "x.ddj"],
        ["packet", "x.ddj", "--month", "2026-10", "--audience", "press", "--out", "o"], ["review", "x.ddj"],
        ["link", "--out", "x.csv"], ["new", "x.ddj", "--county", "A", "--state", "Kansas"], ["define"],
        ["protect", "x.csv", "--out", "y.csv", "--threshold", "1"],
    ],
)  # fmt: skip
def test_misuse_ends_with_2_and_changes_nothing(words: list[str], tmp_path: Path) -> None:
    ran = ddj(*words, passphrase=None if words[0] in ("frobnicate", "link", "protect") else PASSPHRASE, cwd=tmp_path)
    assert ran.code == 2
    assert ran.out == ""
    assert ran.err.strip()
    assert "Traceback" not in ran.err
    assert list(tmp_path.iterdir()) == []


def test_a_wrong_passphrase_is_one_sentence(county_folder: Path) -> None:
    ran = ddj("check", county_folder / "Pine.ddj", passphrase="not this one")
    assert ran.code == 1
    assert "passphrase does not open" in ran.sentence


def test_import_adds_up_and_the_same_file_adds_nothing(county_folder: Path) -> None:
    ran = ddj("import", county_folder / "Pine.ddj", county_folder / "jail.xlsx", "--json")
    assert ran.code == 0, ran.err
    (told,) = ran.json["files"]
    assert told["rows"] == told["already_here"] + told["not_data"]
    assert (told["new"], told["changed"], told["set_aside"]) == (0, 0, 0)
    assert told["kind"] == "jail"


def test_each_imports_counts_add_up(tmp_path: Path) -> None:
    here("new", tmp_path / "A.ddj", "--county", "A", "--state", "KS")
    numbers = write_jail(tmp_path / "bookings.xlsx", made_up_people(40, 9), 120, 9)
    dry = here("import", tmp_path / "A.ddj", tmp_path / "bookings.xlsx", "--dry-run", "--json")
    wet = ddj("import", tmp_path / "A.ddj", tmp_path / "bookings.xlsx", "--json")
    for ran in (dry, wet):
        (told,) = ran.json["files"]
        parts = ("new", "changed", "already_here", "set_aside", "not_data")
        assert told["rows"] == sum(told[part] for part in parts)
        assert told["new"] == len(numbers)
        assert {"source", "kind", "mapping", "problems"} <= set(told)
    assert dry.json["files"][0]["import_id"] is None


def test_a_file_without_what_is_needed_is_refused_and_named(county_folder: Path) -> None:
    before = fingerprint(county_folder)
    sheet = county_folder / "cars.csv"
    sheet.write_text("Make,Model,Colour\n" + "Ford,F150,Red\n" * 30)
    ran = ddj("import", county_folder / "Pine.ddj", sheet, "--kind", "jail")
    assert ran.code == 1
    assert "cars.csv" in ran.sentence
    assert fingerprint(county_folder) == before
    assert here("check", county_folder / "Pine.ddj").code == 0


def test_one_bad_file_does_not_keep_the_others_out(county_folder: Path) -> None:
    write_jail(county_folder / "more.xlsx", made_up_people(30, 4), 50, 4)
    (county_folder / "empty.xlsx").write_bytes(b"")
    ran = ddj(
        "import", county_folder / "Pine.ddj", county_folder / "empty.xlsx", county_folder / "more.xlsx",
        "--source", "Jail", "--json",
    )  # fmt: skip
    assert ran.code == 1
    assert "empty.xlsx" in ran.sentence
    assert [told["file"] for told in ran.json["files"]] == ["more.xlsx"]
    assert [told["file"] for told in ran.json["refused"]] == ["empty.xlsx"]


def test_match_says_its_figures(county_folder: Path) -> None:
    ran = ddj("match", county_folder / "Pine.ddj", "--json")
    assert ran.code == 0, ran.err
    assert set(ran.json) == {"records", "people", "pairs_to_review", "changed_people", "seconds"}
    assert 0 < ran.json["people"] <= ran.json["records"]
    assert ran.json["changed_people"] == 0


def test_crosswalk_has_a_line_for_every_data_row(county_folder: Path) -> None:
    out = county_folder / "crosswalk.csv"
    ran = ddj("crosswalk", county_folder / "Pine.ddj", "--out", out, "--reason", "a test", "--json")
    assert ran.code == 0, ran.err
    lines = lines_of(out)
    assert list(lines[0]) == ["person_id", "source", "file", "sheet", "row", "contact_key", "record_key"]
    assert len(lines) == ran.json["rows"] == 700 + 420
    sheet = load_workbook(county_folder / "jail.xlsx").active
    assert sheet is not None
    for line in lines:
        if line["file"] == "jail.xlsx":
            assert str(sheet.cell(int(line["row"]), 1).value) == line["contact_key"]


def test_the_list_is_logged_and_holds_reasons(county_folder: Path) -> None:
    out = county_folder / "list.csv"
    words = ("list", county_folder / "Pine.ddj", "--as-of", "2026-10-31", "--out", out)
    assert here(*words).code == 2
    assert here(*words, "--reason", " ").code == 2
    ran = ddj(*words, "--reason", "care meeting", "--json")
    assert ran.code == 0, ran.err
    lines = lines_of(out)
    assert len(lines) == ran.json["people"] > 0
    assert all("needs 4" in line["reason"] for line in lines)
    log = here("audit", county_folder / "Pine.ddj", "--json").json
    assert log["acts"][0]["event"] == "list exported"
    assert log["acts"][0]["facts"]["reason"] == "care meeting"
    assert not any(line["last_name"] in json.dumps(log) for line in lines)


def test_a_list_of_addresses_holds_the_addresses(county_folder: Path) -> None:
    file, out, calls = county_folder / "Pine.ddj", county_folder / "list.csv", county_folder / "calls.csv"
    lines = [f"C{n},10/{n % 28 + 1:02d}/2026 08:00,Welfare check,{homes}" for n, homes in enumerate(
        ["412 N. Elm Street"] * 5 + ["412 N ELM ST APT 2"] * 4 + [f"{n} Oak Ave" for n in range(100, 130)]
    )]  # fmt: skip
    calls.write_text("\n".join(["Incident Number,Call Received,Call Type,Incident Address", *lines]), "utf-8")
    assert here("import", file, calls, "--kind", "dispatch").code == 0
    assert here("match", file).code == 0
    assert here("define", file, "--template", "Addresses with most contacts").code == 0
    words = ("--definition", "Addresses with most contacts", "--as-of", "2026-10-31", "--reason", "care meeting")
    ran = here("list", file, *words, "--out", out)
    assert "addresses meet" in ran.out
    (line, *others) = lines_of(out)
    assert list(line) == ["address_id", "address", "tier", "reason", "definition", "as_of"]
    found = {each["address"]: each["reason"] for each in (line, *others)}
    assert found["412 N ELM ST"].startswith("9 "), "flats of one building are one address"
    assert len(found) == len(others) + 1


def test_review_goes_out_as_a_sheet_and_comes_back(county_folder: Path) -> None:
    out = county_folder / "review.csv"
    ran = ddj("review", county_folder / "Pine.ddj", "--export", out, "--json")
    assert ran.code == 0, ran.err
    lines = lines_of(out)
    assert len(lines) == ran.json["pairs"]
    if lines:
        for line in lines:
            line["decision"] = "different"
        with open(out, "w", newline="", encoding="utf-8") as file:
            sheet = csv.DictWriter(file, list(lines[0]))
            sheet.writeheader()
            sheet.writerows(lines)
    back = ddj("review", county_folder / "Pine.ddj", "--apply", out, "--json")
    assert back.code == 0, back.err
    assert back.json["decisions"] == len(lines)
    again = here("review", county_folder / "Pine.ddj", "--export", out, "--json")
    assert again.json["pairs"] == 0


def test_define_from_a_file_and_by_template(county_folder: Path) -> None:
    rule = county_folder / "rule.toml"
    rule.write_text(
        'name = "Busy"\n[[clause]]\ncount = "contacts"\nsources = ["jail"]\nop = ">="\nvalue = 2\n'
        "window = { trailing_months = 12 }\n"
    )
    ran = ddj("define", county_folder / "Pine.ddj", "--rule", rule, "--json")
    assert ran.code == 0, ran.err
    assert (ran.json["name"], ran.json["version"], ran.json["state"]) == ("Busy", 1, "draft")
    agreed = ddj("define", county_folder / "Pine.ddj", "--rule", rule, "--agree", "all, 2026-10-01", "--json")
    assert (agreed.json["version"], agreed.json["state"]) == (2, "agreed")
    rule.write_text('name = "Bad"\n[[clause]]\ncount = "visits"\n')
    bad = here("define", county_folder / "Pine.ddj", "--rule", rule)
    assert bad.code == 1
    assert "count must be" in bad.sentence


def test_a_new_version_says_its_effect_and_a_closed_month_its_revisions(county_folder: Path, tmp_path: Path) -> None:
    file, rule, page, out = (
        county_folder / "Pine.ddj",
        tmp_path / "rule.toml",
        tmp_path / "sign.pdf",
        tmp_path / "a.csv",
    )
    head = 'name = "Busy"\n[[clause]]\ncount = "contacts"\nsources = ["jail"]\n'
    rule.write_text(head + "value = 2\nwindow = { trailing_months = 12 }")
    agree = ("--agree", "team, 2026-10-01", "--agencies", "Sheriff, EMS", "--meeting", "October", "--page", page)
    first = here("define", file, "--rule", rule, *agree, "--json")
    assert first.code == 0, first.err
    assert (first.json["agencies"], first.json["meeting"], first.json["effect"]) == ("Sheriff, EMS", "October", None)
    assert "Sheriff, EMS" in PdfReader(page).pages[0].extract_text()
    words = ("--definition", "Busy", "--as-of", "2026-09-30", "--out", out, "--reason", "t", "--json")
    listed = here("list", file, *words).json
    assert 0 < listed["on_sound_links"] <= listed["of"]
    assert 0 < listed["with_possible_matches"] <= listed["of"]
    rule.write_text(head + "value = 1\nwindow = { trailing_months = 12 }")
    effect = here("define", file, "--rule", rule, "--json").json["effect"]
    assert (effect["against"], effect["leaves"]) == (1, 0)
    closed = ddj("close", file, "--month", "2026-09", "--json").json
    assert (closed["closed"], closed["people"], closed["revised"]) == (True, listed["people"], False)
    assert closed["new"] + closed["continuing"] + closed["returned"] == closed["people"]
    shown = ddj("close", file, "--month", "2026-09", "--show", "--json")
    assert shown.json["figures_revised"] == [], "counted again at once, nothing reads otherwise"
    assert "closed already" in here("close", file, "--month", "2026-09").sentence
    assert here("close", file, "--month", "2026-09", "--reopen", "--json").json == {"month": "2026-09", "closed": False}


def test_templates_are_listed_without_a_county_file() -> None:
    ran = ddj("define", "--templates", "--json", passphrase=None)
    assert ran.code == 0, ran.err
    names = [template["name"] for template in ran.json["templates"]]
    assert len(names) >= 18
    assert "Pine County definition" in names


def test_measures_come_with_numerator_denominator_and_rows(finished: Path) -> None:
    ran = ddj("measures", finished / "Pine.ddj", "--month", "2026-09", "--json")
    assert ran.code == 0, ran.err
    figures = {figure["name"]: figure for figure in ran.json["figures"]}
    assert {"numerator", "denominator", "rows"} <= set(figures["people_on_list"])
    assert figures["people_on_list"]["numerator"] <= figures["people_on_list"]["denominator"]


@pytest.mark.parametrize("audience", ["meeting", "leadership", "public"])
def test_a_packet_is_a_pdf_and_its_twin(county_folder: Path, audience: str) -> None:
    out = county_folder / "packets"
    words = ("packet", county_folder / "Pine.ddj", "--month", "2026-09", "--audience", audience, "--out", out, "--json")
    ran = ddj(*words)
    assert ran.code == 0, ran.err
    assert len(PdfReader(ran.json["pdf"]).pages) == ran.json["pages"] >= 2
    assert len(load_workbook(ran.json["xlsx"]).sheetnames) >= 2
    assert sorted(path.name for path in out.iterdir()) == sorted(
        [Path(ran.json["pdf"]).name, Path(ran.json["xlsx"]).name]
    )


def test_sharing_without_an_agreement_is_refused_with_the_rule(county_folder: Path) -> None:
    before = fingerprint(county_folder)
    ran = ddj(
        "share", county_folder / "Pine.ddj", "--partner", "State U.", "--level", "table", "--out", county_folder / "o"
    )
    assert ran.code == 1
    assert "State U." in ran.sentence
    assert not (county_folder / "o").exists() or list((county_folder / "o").iterdir()) == []
    assert len(fingerprint(county_folder)) == len(before)


def test_link_answers_every_row(tmp_path: Path) -> None:
    sheet = tmp_path / "people.csv"
    rows = [(f"{i}", first, last, born) for i, (first, last, born, _) in enumerate(made_up_people(60, 8))]
    with open(sheet, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "first_name", "surname", "dob"])
        writer.writerows(rows + rows[:20])
    ran = ddj("link", sheet, "--out", tmp_path / "out.csv", "--json", passphrase=None)
    assert ran.code == 0, ran.err
    lines = lines_of(tmp_path / "out.csv")
    assert list(lines[0]) == ["file", "row", "person_id", "match_probability"]
    assert [int(line["row"]) for line in lines] == list(range(2, 82))
    assert [line["person_id"] for line in lines[60:]] == [line["person_id"] for line in lines[:20]]


def test_link_opens_a_protected_sheet_with_its_password_file(tmp_path: Path) -> None:
    sheet, word = tmp_path / "locked.xlsx", tmp_path / "word.txt"
    sheet.write_bytes(locked("pine tree"))
    word.write_text("pine tree\n")
    ran = ddj("link", sheet, "--out", tmp_path / "out.csv", passphrase=None)
    assert (ran.code, (tmp_path / "out.csv").exists()) == (1, False)
    assert "locked.xlsx is protected with a password" in ran.err
    ran = ddj("link", sheet, "--out", tmp_path / "out.csv", "--password-file", word, "--json", passphrase=None)
    assert ran.code == 0, ran.err
    assert len(lines_of(tmp_path / "out.csv")) == 30


def test_protect_hides_and_audits(tmp_path: Path) -> None:
    table = tmp_path / "t.csv"
    table.write_text("Group,Yes,No,Total\nA,5,40,45\nB,30,60,90\nC,22,33,55\nTotal,57,133,190\n")
    words = ("protect", table, "--out", tmp_path / "o.csv", "--audit", tmp_path / "a.json", "--json", "--page",
             tmp_path / "a.pdf")  # fmt: skip
    ran = ddj(*words, passphrase=None)
    assert ran.code == 0, ran.err
    out = lines_of(tmp_path / "o.csv")
    assert [line["Group"] for line in out] == ["A", "B", "C", "Total"]
    assert not out[0]["Yes"].isdigit()
    told = json.loads((tmp_path / "a.json").read_text("utf-8"))
    said = " ".join(PdfReader(tmp_path / "a.pdf").pages[0].extract_text().split())
    assert f"Hidden {len(told['hidden'])} of 12, totals included" in said
    for one in told["hidden"]:
        assert f"{one['row']} {one['column']} {one['low']} to {one['high']} yes" in said
    assert ("Keep this page" in said, told["keep_inside"]) == (False, False)
    assert ddj(*words, "--known", "no", passphrase=None).code == 0
    assert "Keep this page in the building" in PdfReader(tmp_path / "a.pdf").pages[0].extract_text()


def test_check_backup_restore(county_folder: Path) -> None:
    file = county_folder / "Pine.ddj"
    made = ddj("backup", file, "--json")
    assert made.code == 0, made.err
    before = here("check", file, "--json").json
    assert here("define", file, "--template", "Pine County definition").code == 0
    assert ddj("check", file, "--json").json != before
    back = ddj("restore", file, made.json["backup"], "--json")
    assert back.code == 0, back.err
    assert here("check", file, "--json").json == before
    assert Path(back.json["kept"]).exists()


def test_a_lost_passphrase_is_mended_with_the_recovery_sheet(county_folder: Path) -> None:
    file = county_folder / "Pine.ddj"
    code = county_folder / "code.txt"
    code.write_text(" ".join(recovery_code(county_folder)))
    ran = ddj("restore", file, "--recovery-code-file", code, passphrase="another long one")
    assert ran.code == 0, ran.err
    assert here("check", file, passphrase="another long one").code == 0
    assert here("check", file).code == 1


def test_two_processes_can_not_hold_one_file(county_folder: Path) -> None:
    from ddj_desktop.store.county_file import CountyFile

    held = CountyFile.open(county_folder / "Pine.ddj", PASSPHRASE, "dana")
    try:
        ran = ddj("check", county_folder / "Pine.ddj")
    finally:
        held.close()
    assert ran.code == 1
    assert "dana" in ran.sentence


BAD_FILES: dict[str, bytes] = {
    "empty.xlsx": b"",
    "truncated.xlsx": b"",  # filled in by the test from a real workbook
    "picture.xlsx": b"\x89PNG\r\n\x1a\n" + bytes(200),
    "report.pdf": b"%PDF-1.4\n" + b"x" * 500,
    "noheader.csv": b"\n".join(b"1,2" for _ in range(5)),
    "quote.csv": b'Booking #,Name,Booking Date\n"1,SMITH,01/02/2026\n' + b"2,JONES,01/03/2026\n" * 50,
    "password.xlsx": bytes.fromhex("d0cf11e0a1b11ae1") + bytes(3000),
}


@pytest.mark.parametrize("name", sorted(BAD_FILES))
def test_bad_input_is_one_plain_sentence_and_changes_nothing(county_folder: Path, name: str) -> None:
    bad = county_folder / name
    content = BAD_FILES[name]
    if name == "truncated.xlsx":
        content = (county_folder / "jail.xlsx").read_bytes()
        content = content[: len(content) // 2]
    bad.write_bytes(content)
    before = fingerprint(county_folder)
    ran = ddj("import", county_folder / "Pine.ddj", bad)
    assert ran.code == 1, ran.out
    assert "Traceback" not in ran.err
    assert name in ran.sentence
    assert fingerprint(county_folder) == before
    assert here("check", county_folder / "Pine.ddj").code == 0


def test_help_is_there_for_every_command() -> None:
    ran = ddj("--help", passphrase=None)
    assert ran.code == 0
    for command in ("demo", "new", "import", "match", "review", "define", "close", "list", "crosswalk", "measures",
                    "packet", "share", "link", "protect", "check", "backup", "restore", "audit",
                    "self-test"):  # fmt: skip
        assert f"  {command} " in ran.out


def test_a_sign_off_is_kept_as_said_and_one_that_names_nobody_leaves_no_version(county_folder: Path) -> None:
    file = county_folder / "Pine.ddj"
    before = fingerprint(county_folder)
    refused = ddj("define", file, "--template", "wake", "--agree", "6/12/2026", "--json")
    assert (refused.code, refused.out) == (1, "")
    assert "names nobody" in refused.sentence
    assert fingerprint(county_folder) == before
    agreed = ddj("define", file, "--template", "wake", "--agree", "DDJ team, June 2026", "--json")
    assert (agreed.code, agreed.json["state"], agreed.json["version"]) == (0, "agreed", 1)


def test_a_year_without_a_contact_gives_no_figures(county_folder: Path, tmp_path: Path) -> None:
    for words in (("measures",), ("packet", "--audience", "meeting", "--out", tmp_path / "p")):
        for month in ("2019-01", "2045-01"):
            ran = here(words[0], county_folder / "Pine.ddj", *words[1:], "--month", month)
            assert ran.code == 1
            assert "hold no contacts" in ran.sentence
    assert not (tmp_path / "p").exists()


def test_protect_says_where_it_can_not_write_and_leaves_nothing_behind(tmp_path: Path) -> None:
    table = tmp_path / "table.csv"
    table.write_text("Age,Jail,ER\n18-29,5,30\n30-44,20,11\n", "utf-8")
    ran = ddj("protect", table, "--out", tmp_path / "missing" / "out.csv", passphrase=None)
    assert ran.code == 1
    assert "out.csv can not be written" in ran.sentence
    ran = ddj(
        "protect", table, "--out", tmp_path / "o.csv", "--audit", tmp_path / "missing" / "a.json", passphrase=None
    )
    assert ran.code == 1
    assert "a.json can not be written" in ran.sentence
    assert [path.name for path in tmp_path.iterdir()] == ["table.csv"]


def test_the_demo_never_removes_a_county_file_of_somebodys_own(tmp_path: Path) -> None:
    made = ddj("new", tmp_path / "Pine.ddj", "--county", "Pine", "--state", "KS", passphrase="a word of their own")
    assert made.code == 0
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    ran = ddj("demo", "--out", tmp_path, passphrase=None)
    assert ran.code == 1
    assert "Pine.ddj is already there" in ran.sentence
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_a_protected_workbook_is_opened_with_its_password(tmp_path: Path) -> None:
    file, sheet, word = tmp_path / "Oak.ddj", tmp_path / "locked.xlsx", tmp_path / "word.txt"
    assert ddj("new", file, "--county", "Oak", "--state", "KS").code == 0
    sheet.write_bytes(locked("from the sender"))
    refused = ddj("import", file, sheet, "--kind", "jail")
    assert refused.code == 1
    assert "Give the password" in refused.sentence
    word.write_text("from the sender\n")
    ran = ddj("import", file, sheet, "--kind", "jail", "--password-file", word, "--json")
    assert ran.code == 0, ran.err
    assert ran.json["files"][0]["rows"] == 31
    assert "from the sender" not in ran.out + ran.err
