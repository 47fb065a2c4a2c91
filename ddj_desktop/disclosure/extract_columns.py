"""The columns a file of rows about people may have: a fixed list, each with its role and the steps it is coarsened by.

What is not in the list can not leave: names, birth dates, numbers, addresses, dates, ZIP codes, free text and
sequences of events are not in it (privacy reference 1.6). A *quasi-identifier* is something a reader may know of a
person already, a *sensitive* one is what they would learn. A partner knows its own counts exactly, so every count of
contacts is a quasi-identifier, for everybody.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from ddj_desktop.measures.people import KIND_WORDS

K = 11
"""Rows that must look alike in every quasi-identifier (the floor of design section 7)."""
CLASS_OF_KIND = {
    "jail": "justice", "arrest": "justice", "court": "justice", "probation": "justice", "dispatch": "contacts",
    "co_responder": "mental_health", "ems": "health", "hospital": "health", "shelter": "housing",
    "treatment": "substance_use",
}  # fmt: skip
"""What contacts with a kind of source tell, from `registers.consents.DATA_CLASSES`."""
NOT_RECORDED = "Not recorded"
POOLED = "Another or not recorded"
CODE = "code"
"""Heading of the pseudonym."""

Values = Sequence[str]
Step = Callable[[Values], list[str]]


@dataclass(frozen=True)
class Column:
    """One column: heading, role, what it tells, and its steps from the finest to the coarsest that is still shown."""

    name: str
    words: str
    role: str
    """quasi or sensitive."""
    data_class: str
    """From `registers.consents.DATA_CLASSES`."""
    steps: tuple[tuple[str, Step], ...]
    """What each step does, in words for the codebook, and the step. After the last one the column is left out."""
    kind: str = ""
    """Source kind whose contacts it counts; '' for others."""


def _each(change: Callable[[str], str]) -> Step:
    return lambda values: [change(value) for value in values]


def _as_is(value: str) -> str:
    return value


def _banded(edges: Sequence[tuple[int, str]]) -> Step:
    """Counts as bands: the first whose upper edge is not exceeded."""

    def band(value: str) -> str:
        count = int(value)
        return next(words for upto, words in edges if count <= upto)

    return _each(band)


_MOST = 10**9
_BINS = (
    ("0, 1-2, 3-5, 6-10, 11 or more", _banded(((0, "0"), (2, "1-2"), (5, "3-5"), (10, "6-10"), (_MOST, "11+")))),
    ("0, 1-5, 6 or more", _banded(((0, "0"), (5, "1-5"), (_MOST, "6+")))),
    ("none or some", _banded(((0, "none"), (_MOST, "some")))),
)


def _half_age(value: str) -> str:
    known = {"Under 18": "Under 45", "18 to 29": "Under 45", "30 to 44": "Under 45"}
    return known.get(value, value if value == NOT_RECORDED else "45 and over")


def pool_small(values: Values) -> list[str]:
    """Groups of fewer than eleven become one with those not recorded; where that is still too few, the next smallest
    joins, until it is not."""
    sizes = Counter(values)
    pooled = {value for value, size in sizes.items() if size < K}
    if not pooled:
        return list(values)
    pooled |= {NOT_RECORDED} & set(sizes)
    for value, _ in sorted(sizes.items(), key=lambda item: (item[1], item[0])):
        if sum(sizes[name] for name in pooled) >= K:
            break
        pooled.add(value)
    return [POOLED if value in pooled else value for value in values]


def _violent_or_not(value: str) -> str:
    return value if value in ("violent", "none") else "other than violent"


_ASKED = (("Yes, No or Not recorded", _each(_as_is)),)


def _counts_of(kind: str, words: str) -> Column:
    return Column(
        f"{kind}_contacts", f"{words} contacts in the twelve months", "quasi", CLASS_OF_KIND[kind], _BINS, kind
    )


_LIST = (
    Column("age", "Age on the month's last day", "quasi", "identity",
           (("under 18, 18 to 29, 30 to 44, 45 to 59, 60 and over", _each(_as_is)),
            ("under 45, or 45 and over", _each(_half_age)))),
    Column("sex", "Sex as recorded last", "quasi", "identity", (("as recorded", _each(_as_is)),)),
    Column("race", "Race or ethnicity as recorded last", "quasi", "identity",
           ((f"groups of fewer than {K} are pooled", pool_small),)),
    Column("first_quarter", "Quarter first on the list", "quasi", "contacts",
           (("calendar quarter, of the last twelve months", _each(_as_is)),
            ("before or in the last twelve months", _each(lambda v: v if v == NOT_RECORDED or v.startswith("before")
                                                          else "in the last twelve months")))),
    *(_counts_of(kind, words) for kind, words in KIND_WORDS.items()),
    Column("mental_health", "Mental health need recorded", "sensitive", "mental_health", _ASKED),
    Column("substance_use", "Alcohol or drug use recorded", "sensitive", "substance_use", _ASKED),
    Column("housing", "Housing", "sensitive", "housing", (("Homeless, Not homeless or Not recorded", _each(_as_is)),)),
    Column("charge_class", "Gravest charge at a booking in the twelve months", "sensitive", "justice",
           (("group of the charge", _each(_as_is)), ("violent, other than violent, or none", _each(_violent_or_not)))),
)  # fmt: skip
COLUMNS: Mapping[str, Column] = {column.name: column for column in _LIST}
"""Every column that may leave, in the order of the file."""


def in_order(names: Sequence[str]) -> tuple[str, ...]:
    """Known names in the file's order, once each."""
    return tuple(name for name in COLUMNS if name in names)


def unknown(names: Sequence[str]) -> list[str]:
    """Names that no column of the list has: they can not leave."""
    return [name for name in names if name not in COLUMNS]


def data_classes(names: Sequence[str]) -> tuple[str, ...]:
    """What these columns tell, sorted; that somebody is on the list tells their use of services."""
    return tuple(sorted({"contacts", *(COLUMNS[name].data_class for name in names)}))
