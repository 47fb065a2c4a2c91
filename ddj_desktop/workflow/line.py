"""The line and its order: what is stale after what. Read this first."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar


class Step(StrEnum):
    """The stations of the line, in order, and the registers beside it."""

    IMPORTED = "imported"
    MATCHED = "matched"
    DEFINED = "defined"
    MEASURED = "measured"
    RELEASED = "released"
    REGISTERS = "registers"


LINE = (Step.IMPORTED, Step.MATCHED, Step.DEFINED, Step.MEASURED)
"""A change at one station makes the ones after it stale."""

Result = TypeVar("Result")


def changed_at(step: Step) -> frozenset[Step]:
    """The station that changed and every one whose results rest on it."""
    return frozenset(LINE[LINE.index(step) :]) if step in LINE else frozenset({step})


@dataclass(frozen=True)
class Done(Generic[Result]):
    """What an action did: the stations it touched and its result."""

    changes: frozenset[Step]
    result: Result
