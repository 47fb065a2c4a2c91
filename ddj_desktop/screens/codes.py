"""The codes of the sources as the page shows them, and the meanings one may be given."""

from __future__ import annotations

from collections.abc import Iterable

from ddj_desktop.intake.codes import CodeInUse
from ddj_desktop.registers.crosswalks import MEANINGS

FIELD_WORDS = {
    "race": "Race", "ethnicity": "Ethnicity", "sex": "Sex", "charge": "Charge", "kind_code": "Type or hold",
    "nature": "Call type or reason", "disposition": "Disposition", "living_situation": "Living situation",
}  # fmt: skip


def in_order_of_need(codes: Iterable[CodeInUse]) -> list[CodeInUse]:
    """New codes nobody has given a meaning first, then by source, field and rows."""
    fields = list(FIELD_WORDS)
    return sorted(
        codes,
        key=lambda one: (not (one.is_new and one.meaning is None), one.source, fields.index(one.field), -one.rows,
                         one.code),
    )  # fmt: skip


def code_cells(one: CodeInUse) -> tuple[object, ...]:
    """Source, field, code, rows, whether it is new, what it is taken for, what the county says."""
    names = MEANINGS[one.field]
    said = ", ".join(names[part] for part in one.meaning.split(";")) if one.meaning else ""
    taken = names.get(one.taken_for or "", "") if not one.meaning else ""
    return one.source, FIELD_WORDS[one.field], one.code, one.rows, "New" if one.is_new else "", taken, said


def meaning_choices(one: CodeInUse) -> list[tuple[str, str]]:
    """The meanings a code may be given, as (name, words); blank leaves it to the program."""
    return [("", "(leave it to the program)"), *MEANINGS[one.field].items()]
