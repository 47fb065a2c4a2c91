"""What a source means by its codes: never another source's, replaced when decided anew, refused when unknown."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from ddj_desktop.registers.crosswalks import MEANINGS, all_meanings, forget_meaning, meanings_of, set_meaning
from ddj_desktop.registers.errors import NoCode, NoSuchSource, UnknownCodedField, UnknownMeaning
from ddj_desktop.registers.sources import source
from ddj_desktop.store import audit, migrate
from ddj_desktop.store.county_file import County, CountyFile
from tests.conftest import PASSPHRASE


def test_the_same_letter_means_what_its_own_source_means(county: CountyFile) -> None:
    lane = county.lane()
    with lane.transaction():
        jail = source(lane, "Jail", "jail").source_id
        ems = source(lane, "Ambulance", "ems").source_id
        set_meaning(lane, jail, "race", "H", "hispanic", "A. Clerk")
        set_meaning(lane, ems, "race", " h ", "nhpi", "A. Clerk")
        set_meaning(lane, jail, "race", "K", "hispanic;black", "A. Clerk")
    assert meanings_of(lane, jail) == {"race": {"H": "hispanic", "K": "black;hispanic"}}
    assert meanings_of(lane, ems) == {"race": {"H": "nhpi"}}
    assert [one.parts for one in all_meanings(lane, "race") if one.code == "K"] == [("black", "hispanic")]


def test_a_code_decided_anew_is_replaced_and_one_forgotten_is_gone(county: CountyFile) -> None:
    lane = county.lane()
    with lane.transaction():
        jail = source(lane, "Jail", "jail").source_id
        set_meaning(lane, jail, "disposition", "10-8  Cleared", "settled", "A. Clerk")
        set_meaning(lane, jail, "disposition", "10-8 CLEARED", "no_event", "B. Clerk")
    assert [(one.code, one.meaning, one.decided_by) for one in all_meanings(lane)] == [
        ("10-8 CLEARED", "no_event", "B. Clerk")
    ]
    with lane.transaction():
        forget_meaning(lane, jail, "disposition", "10-8 cleared")
    assert all_meanings(lane) == []


@pytest.mark.parametrize(
    ("field", "code", "meaning", "error"),
    [
        ("colour", "H", "white", UnknownCodedField), ("race", "  ", "white", NoCode),
        ("race", "H", "whitish", UnknownMeaning), ("race", "H", "", UnknownMeaning),
        ("sex", "B", "M;F", UnknownMeaning),
    ],
)  # fmt: skip
def test_what_can_not_be_kept_is_refused(
    county: CountyFile, field: str, code: str, meaning: str, error: type[Exception]
) -> None:
    lane = county.lane()
    jail = source(lane, "Jail", "jail").source_id
    with pytest.raises(error):
        set_meaning(lane, jail, field, code, meaning, "A. Clerk")
    with pytest.raises(NoSuchSource):
        set_meaning(lane, 99, "race", "H", "hispanic", "A. Clerk")
    assert all_meanings(lane) == []


def test_every_meaning_has_words_to_read() -> None:
    assert all(words and words[0].isupper() for names in MEANINGS.values() for words in names.values())


def test_an_older_file_gets_the_table_and_keeps_its_sources(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    steps = migrate.steps()
    with monkeypatch.context() as older:
        older.setattr(migrate, "steps", lambda: [(number, text) for number, text in steps if number < 4])
        older.setattr(audit, "_next_key", lambda _lane: None)  # there were no seals then
        file, _ = CountyFile.create(tmp_path / "Old.ddj", PASSPHRASE, County("Pine", "KS", 14_000), "tester")
        source(file.lane(), "Jail", "jail")
        file.close()
    with closing(CountyFile.open(tmp_path / "Old.ddj", PASSPHRASE, "tester")) as file:
        set_meaning(file.lane(), 1, "race", "H", "hispanic", "A. Clerk")
        assert meanings_of(file.lane(), 1) == {"race": {"H": "hispanic"}}
