"""The table of what left the building, on the Share and the Govern page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QCoreApplication

from ddj_desktop.gui.item_model import Column
from ddj_desktop.gui.widgets.table import Table
from ddj_desktop.screens.wording import local, sentence_case


def releases_table(name: str) -> Table:
    """An empty table of releases."""
    titles = (("When", 11.0), ("Who", 7.0), ("What", 7.0), ("For", 12.0), ("Month", 5.5), ("Reason", 0.0))
    return Table(name, [Column(QCoreApplication.translate("Releases", words), width=width) for words, width in titles])


def release_rows(lines: Sequence[dict[str, Any]]) -> list[tuple[Any, ...]]:
    """Releases as `workflow.lists.releases` gives them, as rows of that table."""
    return [
        (
            local(line["released_at"]),
            line["actor"],
            sentence_case(line["kind"]),
            line["recipient"],
            line["month"],
            line["reason"],
        )
        for line in lines
    ]
