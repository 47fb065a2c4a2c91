"""Addresses as units: one spelling each, and the institutions' own addresses left out.

A jail, a shelter or a hospital is where its own contacts happen, and often the busiest address of the 911 log
(domain research 3.2, item 25: a county jail among the top EMS callers). It is no household.
"""

from __future__ import annotations

import re
from collections import Counter

import numpy as np
from numpy.typing import NDArray

from ddj_desktop.linkage.standardise_places import standard_address

_INSTITUTION = re.compile(r"\b(JAIL|DETENTION|CORRECTIONAL|SHERIFF|HOSPITAL|MEDICAL CENTER|MED CTR|SHELTER)\b", re.I)
_OWN_KINDS = ("jail", "shelter", "hospital")
_OWN_SHARE = 0.2


def one_spelling(text: str) -> str:
    """`456 North Main Street Apt 2` gives `456 N MAIN ST`: a building, without the flat. '' where no place is named
    or the words themselves name an institution."""
    if _INSTITUTION.search(text):
        return ""
    return standard_address(text).said


def institutions(
    address: NDArray[np.object_], source_id: NDArray[np.int64], source_kind: NDArray[np.object_]
) -> set[str]:
    """The own addresses of each jail, shelter and hospital.

    A source's own address is the most frequent one among its contacts, where it holds at least a fifth of those
    that name a place, and more than one (a jail that writes the place of arrest has no such address); of equally
    frequent ones the first in the alphabet.
    """
    own: set[str] = set()
    for source in sorted(set(source_id[np.isin(source_kind, _OWN_KINDS)].tolist())):
        times = Counter(text for text in address[source_id == source].tolist() if text)
        often = max(times.values(), default=0)
        if often > 1 and often >= _OWN_SHARE * sum(times.values()):
            own.add(min(text for text, count in times.items() if count == often))
    return own
