"""Decisions bind for ever: whatever is taken in, taken away, corrected, brought back, matched and taught, in whatever
order, what people last said of two bookings holds, and what contradicts itself is shown. Against a model that is a
dictionary."""

from __future__ import annotations

import shutil
from itertools import combinations, count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule, run_state_machine_as_test

from ddj_desktop.kernel.progress import Progress
from ddj_desktop.linkage.contradictions import contradictions
from ddj_desktop.linkage.errors import NoEarlierTraining
from ddj_desktop.store.county_file import CountyFile
from ddj_desktop.store.keys import key_path
from ddj_desktop.workflow.actions import decide, match_people
from ddj_desktop.workflow.matching import back_to_earlier_teaching, take_record_out
from ddj_desktop.workflow.project import Project
from ddj_desktop.workflow.taking_in import import_files, remove_import
from tests.workflow.test_decisions_last import write

NAMES = [("ORTEGA", "RAMON"), ("VILLEGAS", "HECTOR"), ("NAVARRO", "ELISEO")]
FILES = 3
BOOKINGS = [f"{letter}{spot}" for letter in "ABCD" for spot in range(len(NAMES))]
"""A to D are four bookings of one name with birth dates a slip apart: each could be anybody's."""
Pair = frozenset[str]


def row(booking: str, version: int) -> list[str]:
    spot, day = int(booking[1]), 11 + "ABCD".index(booking[0])
    last, first = NAMES[spot]
    return [booking, "", last, first, f"0{1 + spot}/{day}/{1961 + 9 * spot}", "M", "05/01/2026", "05/04/2026",
            f"{10 * version + spot} ELM ST"]  # fmt: skip


class Bind(RuleBasedStateMachine):
    """A small real county file, and what was said of its bookings."""

    def __init__(self, empty: tuple[Path, bytes], folders: Path, numbers: count[int]) -> None:
        super().__init__()
        made, data_key = empty
        self.folder = folders / f"county{next(numbers)}"
        self.folder.mkdir()
        for path in (made, key_path(made)):
            shutil.copyfile(path, self.folder / path.name)
        self.file = CountyFile(self.folder / made.name, data_key, "Sam")
        self.project, self.lane = Project(self.file, self.file.county(), "Sam"), self.file.lane()
        self.imports: dict[int, tuple[int, list[tuple[str, int]]]] = {}
        """File to its import and the bookings it holds, each with its version."""
        self.said: dict[Pair, str] = {}
        self.numbers = count(FILES)
        self.matched = True
        for number in range(FILES):
            self._take_in(number, [(booking, 1) for booking in BOOKINGS[number::FILES]])
        self.match(False)

    def teardown(self) -> None:
        self.file.close()
        shutil.rmtree(self.folder)

    def _take_in(self, number: int, rows: list[tuple[str, int]]) -> None:
        path = write(self.folder / f"{number}.csv", [row(*each) for each in rows])
        (done,) = import_files(
            self.project, self.lane, [path], Progress(), source="Jail", kind="jail"
        ).result.taken  # fmt: skip
        assert done.import_id is not None
        self.imports[number] = (done.import_id, rows)
        self.matched = False

    def _records(self) -> dict[str, int]:
        return dict(self.lane.rows("SELECT contact_key, record_id FROM contact ORDER BY 1"))

    def _people(self) -> dict[str, int]:
        return dict(self.lane.rows("SELECT contact_key, person_id FROM person_contact ORDER BY 1"))

    @rule(data=st.data(), verdict=st.sampled_from(["same", "same", "different", "different", "not_sure", "withdrawn"]))
    @precondition(lambda self: self.matched and len(self._records()) > 1)
    def say(self, data: st.DataObject, verdict: str) -> None:
        here = self._records()
        one, other = data.draw(st.sampled_from(list(combinations(sorted(here), 2))))
        decide(self.project, self.lane, here[one], here[other], verdict)
        self.said[frozenset({one, other})] = verdict

    @rule(data=st.data())
    @precondition(lambda self: self.matched and len(self._records()) > 0)
    def take_out(self, data: st.DataObject) -> None:
        people, here = self._people(), self._records()
        booking = data.draw(st.sampled_from(sorted(here)))
        mates = [each for each in people if people[each] == people[booking] and each != booking]
        assert take_record_out(self.project, self.lane, here[booking]).result == len(mates)
        self.said |= {frozenset({booking, mate}): "different" for mate in mates}

    @rule(data=st.data())
    @precondition(lambda self: self.imports)
    def remove(self, data: st.DataObject) -> None:
        number = data.draw(st.sampled_from(sorted(self.imports)))
        remove_import(self.project, self.lane, self.imports.pop(number)[0])
        self.matched = False

    @rule(data=st.data())
    @precondition(lambda self: set(range(FILES)) - set(self.imports))
    def bring_back(self, data: st.DataObject) -> None:
        number = data.draw(st.sampled_from(sorted(set(range(FILES)) - set(self.imports))))
        self._take_in(number, [(booking, 1) for booking in BOOKINGS[number::FILES]])

    @rule(data=st.data())
    @precondition(lambda self: self._records())
    def correct(self, data: st.DataObject) -> None:
        number = next(self.numbers)
        self._take_in(number, [(data.draw(st.sampled_from(sorted(self._records()))), number)])

    @rule(teach=st.booleans())
    def match(self, teach: bool) -> None:
        match_people(self.project, self.lane, Progress(), teach=teach)
        self.matched = True
        self.holds()

    @rule()
    def unteach(self) -> None:
        try:
            back_to_earlier_teaching(self.project, self.lane)
        except NoEarlierTraining:
            return
        self.match(False)

    def holds(self) -> None:
        """Each `different` is kept; each `same` too, unless a `different` stands against it, which is then shown."""
        people = self._people()
        here = {pair: verdict for pair, verdict in self.said.items() if pair <= set(people)}
        group = {booking: booking for booking in people}
        for pair in (pair for pair, verdict in here.items() if verdict == "same"):
            one, other = (group[booking] for booking in pair)
            group = {booking: one if name == other else name for booking, name in group.items()}
        against = {
            pair for pair, verdict in here.items() if verdict == "different" and len(self._named(pair, group)) < 2
        }
        torn = {group[booking] for pair in against for booking in pair}
        for pair, verdict in here.items():
            one, other = pair
            if verdict == "different":
                assert people[one] != people[other], pair
            elif verdict == "same" and group[one] not in torn:
                assert people[one] == people[other], pair
        keys = {record: booking for booking, record in self._records().items()}
        shown = {frozenset({keys[c.different.left], keys[c.different.right]}) for c in contradictions(self.lane)}
        assert shown == against

    @staticmethod
    def _named(pair: Pair, group: dict[str, str]) -> set[str]:
        return {group[booking] for booking in pair}


def bind(empty: tuple[Path, bytes], folders: Path, examples: int, steps: int) -> None:
    numbers = count()
    run_state_machine_as_test(
        lambda: Bind(empty, folders, numbers),
        settings=settings(
            max_examples=examples, stateful_step_count=steps, deadline=None, print_blob=True,
            suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip


def test_decisions_bind_whatever_comes(empty_county: tuple[Path, bytes], tmp_path: Path) -> None:
    bind(empty_county, tmp_path, 2, 8)


@pytest.mark.slow
def test_decisions_bind_whatever_comes_for_long(empty_county: tuple[Path, bytes], tmp_path: Path) -> None:
    bind(empty_county, tmp_path, 60, 25)
