"""The columns a file of rows with names may have: a fixed list, for handing a person over from one service to another.

What is not in the list can not leave: addresses, telephone and Social Security numbers, agencies' own numbers, days,
charges and free text are not in it. A column leaves only where the agreement names it (minimum necessary, 45 CFR
164.502(b)), so none has the name of a column of rows without names.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ddj_desktop.disclosure.extract_columns import CLASS_OF_KIND, COLUMNS
from ddj_desktop.measures.people import KIND_WORDS

LAST_MONTH = "_last_month"
"""End of the name of a column that says when somebody was last seen; the others about a kind count contacts."""


@dataclass(frozen=True)
class NamedColumn:
    """One column: heading, what it says, what it tells, and the kind of source whose contacts it is about."""

    name: str
    words: str
    data_class: str
    """From `registers.consents.DATA_CLASSES`."""
    kind: str = ""
    """Source kind; '' for what a row says of the person or the list."""


def _of_kind(kind: str, words: str) -> tuple[NamedColumn, NamedColumn]:
    data_class = CLASS_OF_KIND[kind]
    return (
        NamedColumn(f"{kind}_count", f"{words}: number of contacts in the twelve months", data_class, kind),
        NamedColumn(f"{kind}{LAST_MONTH}", f"{words}: month of the last contact of those", data_class, kind),
    )


_LIST = (
    NamedColumn("last_name", "Last name", "identity"),
    NamedColumn("first_name", "First name", "identity"),
    NamedColumn("middle_name", "Middle name", "identity"),
    NamedColumn("suffix", "Suffix of the name", "identity"),
    NamedColumn("birth_date", "Birth date", "identity"),
    NamedColumn("tier", "Tier on the list", "contacts"),
    NamedColumn("list_reason", "Why the definition puts the person on the list", "contacts"),
    *(column for kind, words in KIND_WORDS.items() for column in _of_kind(kind, words)),
)
NAMED_COLUMNS: Mapping[str, NamedColumn] = {column.name: column for column in _LIST}
"""Every column that may leave beside a name, in the order of the file."""


def agreed_columns(level: str) -> tuple[str, ...]:
    """Columns an agreement of this level can name: those of rows without names, and where it is one for names, of those
    with them."""
    return (*COLUMNS, *NAMED_COLUMNS) if level == "identified" else tuple(COLUMNS)


def in_file_order(names: Sequence[str], kinds: Sequence[str]) -> tuple[str, ...]:
    """Known names in the file's order, once each; of columns about a kind of source, those of `kinds`."""
    return tuple(
        name for name, column in NAMED_COLUMNS.items() if name in names and (not column.kind or column.kind in kinds)
    )
