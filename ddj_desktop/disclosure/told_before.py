"""What a partner already holds of each code, where codes stay the same from one file to the next.

A reader of such files sees every month of a person side by side. So people look alike only where all files together
say the same of them, a file that a code is not in among them: who came and who left may be known. Those whose code is
missing from a new file are a class of their own, left off the list or left out of the file alike.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ddj_desktop.disclosure.extract_columns import COLUMNS, K
from ddj_desktop.store.lane import Lane

MOST_OF_A_CLASS = 0.8
LEAST_VALUES = 2


@dataclass(frozen=True)
class Told:
    """What the earlier files said of one code, file by file; an empty part where the code was not in it."""

    quasi: tuple[tuple[str, ...], ...] = ()
    sensitive: tuple[tuple[str, ...], ...] = ()

    @property
    def was_there(self) -> bool:
        """True where some file held the code."""
        return any(self.quasi)


NEVER = Told()


@dataclass(frozen=True)
class History:
    """What was told of those who can be in a new file, in their order, and of codes that can not."""

    seen: tuple[Told, ...] = ()
    gone: tuple[Told, ...] = ()

    def of(self, place: int) -> Told:
        """What was told of the person at this place."""
        return self.seen[place] if self.seen else NEVER

    def broken(self, left_out: Iterable[int], least: int = K) -> list[Told]:
        """Of each group of codes that are missing from the new file and would break a rule, `least` being the smallest
        group that may be told, one; in a fixed order."""
        missing: dict[tuple[tuple[str, ...], ...], list[Told]] = defaultdict(list)
        for told in (*self.gone, *(told for told in map(self.of, left_out) if told.was_there)):
            missing[told.quasi].append(told)
        return [group[0] for _, group in sorted(missing.items()) if len(group) < least or not are_mixed(group)]


NOTHING = History()


@dataclass(frozen=True)
class Before:
    """Everything told under one scope, by code."""

    by_code: Mapping[str, Told]
    files: int

    def history(self, codes: Sequence[str]) -> History:
        """As it bears on a new file that could hold these codes."""
        if not self.by_code:
            return NOTHING
        there = set(codes)
        seen = tuple(self.by_code.get(code, NEVER) for code in codes)
        return History(seen, tuple(told for code, told in sorted(self.by_code.items()) if code not in there))

    @property
    def words(self) -> str:
        """How many files there were before, for the risk page."""
        return "no earlier file" if not self.files else f"{self.files} earlier file{'s' if self.files > 1 else ''}"


def is_mixed(values: Sequence[str]) -> bool:
    """True where a sensitive column does not give a class away: two values at least, none on more than 80 % of it."""
    said = Counter(values)
    return len(said) >= LEAST_VALUES and max(said.values()) <= MOST_OF_A_CLASS * len(values)


def are_mixed(group: Sequence[Told]) -> bool:
    """True where no sensitive column of an earlier file gives a group away whose quasi-identifiers are the same."""
    return all(is_mixed(values) for parts in zip(*(told.sensitive for told in group), strict=True)
               for values in zip(*parts, strict=True))  # fmt: skip


def before(lane: Lane, scope: str) -> Before:
    """What was told under a scope so far."""
    files: dict[int, dict[str, dict[str, str]]] = defaultdict(dict)
    for release_id, code, said in lane.rows(
        "SELECT release_id, code, said FROM stable_row WHERE scope = $scope ORDER BY release_id, code", scope=scope
    ):
        files[release_id][code] = json.loads(said)
    return side_by_side(list(files.values()))


def side_by_side(files: Sequence[Mapping[str, Mapping[str, str]]]) -> Before:
    """Files laid side by side: each gives, by code, what it says by column."""
    codes = sorted({code for file in files for code in file})
    told = {
        code: Told(*(tuple(_part(file.get(code), role) for file in files) for role in ("quasi", "sensitive")))
        for code in codes
    }
    return Before(told, len(files))


def _part(said: Mapping[str, str] | None, role: str) -> tuple[str, ...]:
    """What one file said in the columns of a role; () where the code was not in it."""
    if said is None:
        return ()
    values = tuple(value for name, value in said.items() if COLUMNS[name].role == role)
    return ("here", *values) if role == "quasi" else values


def keep_told(
    lane: Lane, release_id: int, scope: str, headings: Sequence[str], rows: Iterable[Sequence[str]]
) -> None:  # fmt: skip
    """Keep what a new file says, inside the caller's act; `rows` with their code first."""
    lines = [(code, json.dumps(dict(zip(headings, said, strict=True)))) for code, *said in rows]
    lane.run(
        "INSERT INTO stable_row SELECT $release, $scope, unnest($codes), unnest($said)",
        release=release_id, scope=scope, codes=[code for code, _ in lines], said=[said for _, said in lines],
    )  # fmt: skip
