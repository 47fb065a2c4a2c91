"""Names hidden: masks that keep a value's length in sight and its letters out of it. A courtesy, not a lock."""

from __future__ import annotations

import re

IDENTIFYING = (
    "name", "full_name", "first_name", "middle_name", "last_name", "suffix", "birth_date", "dob", "ssn",
    "address", "phone", "record_key", "person_key", "city", "zip",
)  # fmt: skip
"""Columns that say who somebody is."""

_WORD = re.compile(r"[^\W_]+")


def is_identifying(column: str) -> bool:
    """True for a column that says who somebody is, by its name."""
    plain = column.strip().lower().replace(" ", "_")
    return plain in IDENTIFYING or plain.endswith(("_name", "birth_date", "ssn", "address", "phone"))


def mask(value: object) -> str:
    """A value with all but the first letter of each word hidden: `S**** J**`; digits are hidden whole."""
    text = "" if value is None else str(value)
    return _WORD.sub(_hide, text)


def _hide(found: re.Match[str]) -> str:
    word = found.group()
    return "*" * len(word) if word[0].isdigit() else word[0] + "*" * (len(word) - 1)


def mask_pair(left: object, right: object) -> tuple[str, str]:
    """Two values masked, with the letters in which they differ left to see (least disclosure, ux MA-13).

    Where the two are equal only the first letters show; where they differ, the letters that differ show too, so
    that a slip of one letter can be told from another name. Where less than half of the letters agree they are two
    names anyway, and there is no slip to see.
    """
    a, b = ("" if value is None else str(value) for value in (left, right))
    if a.count(" ") == b.count(" ") > 0:  # word by word, so that one other word does not show the rest
        words = [mask_pair(one, other) for one, other in zip(a.split(" "), b.split(" "), strict=True)]
        return " ".join(one for one, _ in words), " ".join(other for _, other in words)
    if not a or not b or a.casefold() == b.casefold():
        return mask(a), mask(b)
    if 2 * differing(a, b).count(False) < max(len(a), len(b)):
        return mask(a), mask(b)
    return _show(a, b), _show(b, a)


def differing(text: str, other: str) -> list[bool]:
    """For each letter of `text`, True where it is not part of the longest common run with `other`."""
    a, b = text.casefold(), other.casefold()
    if len(a) != len(text):  # a few letters change length when folded
        a, b = text, other
    reach = [[0] * (len(b) + 1) for _ in range(len(a) + 1)]
    for i in range(len(a) - 1, -1, -1):
        for j in range(len(b) - 1, -1, -1):
            reach[i][j] = reach[i + 1][j + 1] + 1 if a[i] == b[j] else max(reach[i + 1][j], reach[i][j + 1])
    marks, i, j = [True] * len(a), 0, 0
    while i < len(a) and j < len(b):
        if a[i] == b[j]:
            marks[i] = False
            i, j = i + 1, j + 1
        elif reach[i + 1][j] >= reach[i][j + 1]:
            i += 1
        else:
            j += 1
    return marks


def _show(text: str, other: str) -> str:
    marks = differing(text, other)
    return "".join(
        letter if letter_differs or not letter.isalnum() or (spot == 0 and not letter.isdigit()) else "*"
        for spot, (letter, letter_differs) in enumerate(zip(text, marks, strict=True))
    )
