"""What the county keeps beside its data, on the Understand page: race codes and rule, residents, costs, programmes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QComboBox, QFileDialog, QLabel, QTabWidget, QWidget

from ddj_desktop.gui.desk import Desk
from ddj_desktop.gui.item_model import Column
from ddj_desktop.gui.pages.race_sheet import RaceAgreementCard
from ddj_desktop.gui.widgets.parts import allow, button, choice_box, column, heading, label, named, row
from ddj_desktop.gui.widgets.table import Table
from ddj_desktop.registers.crosswalks import MEANINGS
from ddj_desktop.registers.race_rules import RULES
from ddj_desktop.screens.wording import many, sentence_case
from ddj_desktop.workflow.race_defining import race_state
from ddj_desktop.workflow.register_sheets import REGISTERS, Line, keep_line, rows_of, take_register, write_register

CODES, RULE, SAID_BY = "race-codes", "race-rule", "race-sources"
TOLD = {
    CODES: "One line a code of one source: the same letter may mean another thing in another system. Codes nobody has "
    "decided on stand first; until then they are read as the column Read as says.",
    RULE: "What counts where systems say different things of one person. Understand shows the list under every rule.",
    SAID_BY: "Whether people said it of themselves, or staff wrote down what they saw.",
    "residents": "How many people of each group live in the county. Take in a census download (table B03002, P2 or "
    "P9), or save the sheet, fill it in and take it back.",
    "costs": "What a contact or a day costs. Average and marginal are two questions and never added. Save the sheet, "
    "fill it in, take it back.",
    "programmes": "Programmes and what each is judged by. An outcome is fixed once, before anybody looks.",
    "enrolments": "Who was enrolled from when to when, by the person's number in this county file.",
}


class RegistersSheet(QWidget):
    """One tab a register: its lines, what can be decided here, and the way out to a sheet and back."""

    def __init__(self, desk: Desk, say: Callable[[str, str], None], back: Callable[[], object]) -> None:
        super().__init__()
        self.desk, self.say = desk, say
        self.tabs = named(QTabWidget(), self.tr("Registers"))
        self.tables: dict[str, Table] = {}
        self.choices: dict[str, QComboBox] = {}
        self.said: dict[str, QLabel] = {}
        self.agreement = RaceAgreementCard(desk, say, self.reload)
        for name, register in REGISTERS.items():
            self.tabs.addTab(self._tab(name), self.tr(register.words))
        self.tabs.currentChanged.connect(lambda _index: self._allow())
        self.back = button(self.tr("Back to the measures"), back)
        title = heading(self.tr("What the figures rest on"), 1.2)
        title.setWordWrap(False)
        top = row(title, None, self.back)
        self.setLayout(column(top, self.tabs))

    @property
    def name(self) -> str:
        """The register in front."""
        return list(REGISTERS)[self.tabs.currentIndex()]

    def _tab(self, name: str) -> QWidget:
        register = REGISTERS[name]
        columns = [
            Column(sentence_case(head), right=head in ("records", "people", "dollars", "low", "high"))
            for head in register.headings
        ]
        self.tables[name] = Table(self.tr(register.words), columns)
        self.tables[name].moved.connect(lambda _row: self._allow())
        self.said[name] = label(self.tr(TOLD[name]), muted=True)
        save = button(self.tr("Save as a sheet…"), self.save)
        take = button(self.tr("Take a sheet in…"), self.take)
        parts: list[QWidget | None] = [*self._choice(name), None, save, take]
        sheet = QWidget()
        under = [self.agreement] if name == CODES else []
        sheet.setLayout(column(self.said[name], self.tables[name], row(*parts), *under))
        return sheet

    def _choice(self, name: str) -> list[QWidget]:
        """What can be decided line by line: a code's meaning, the rule, who says race."""
        words = {CODES: self.tr("The chosen code means"), RULE: self.tr("The rule is"),
                 SAID_BY: self.tr("In the chosen source")}  # fmt: skip
        if name not in words:
            return []
        box = choice_box(words[name])
        answers: dict[str, str] = {
            CODES: {"": self.tr("what the program reads it as")},
            RULE: RULES,
            SAID_BY: {"yes": self.tr("people say it of themselves"), "no": self.tr("staff write what they see")},
        }[name]
        for value, shown in answers.items():
            box.addItem(shown, value)
        self.choices[name] = box
        return [label(words[name], wrap=False), box, button(self.tr("Keep this"), self.keep)]

    # reading --------------------------------------------------------------------------------------------------

    def reload(self) -> None:
        """Read every register anew."""
        self.desk.read(
            lambda lane: ({name: rows_of(lane, name) for name in REGISTERS}, race_state(lane)),
            lambda found: self._came(*found),
        )

    def _came(self, found: dict[str, list[tuple[Any, ...]]], state: tuple[str, str]) -> None:
        self.agreement.show_state(state)
        for name, rows in found.items():
            self.tables[name].set_rows(rows)
        open_codes = sum(1 for line in found[CODES] if not line[REGISTERS[CODES].headings.index("meaning")])
        told = many(open_codes, self.tr("code nobody decided on"), self.tr("codes nobody decided on"))
        self.said[CODES].setText(f"{self.tr(TOLD[CODES])} {told}.")
        self._allow()

    def _line(self) -> Line:
        """The chosen line by its headings; {} where none is chosen."""
        table = self.tables[self.name]
        spot = table.currentIndex().row()
        cells = table.rows_model.row(spot) if spot >= 0 else None
        heads = REGISTERS[self.name].headings
        return {} if cells is None else {h: "" if c is None else str(c) for h, c in zip(heads, cells, strict=True)}

    def _allow(self) -> None:
        name, line = self.name, self._line()
        box = self.choices.get(name)
        if box is None:
            return
        if name == CODES and line:
            field = line["field"]
            if box.property("field") != field:
                while box.count() > 1:
                    box.removeItem(1)
                for value, shown in MEANINGS[field].items():
                    box.addItem(shown, value)
                box.setProperty("field", field)
            box.setCurrentIndex(max(0, box.findData(line["meaning"])))
        allow(box, bool(line) or name == RULE, self.tr("Choose a line in the table first."))

    # keeping --------------------------------------------------------------------------------------------------

    def keep(self) -> None:
        """Keep what is chosen for the chosen line."""
        name, line, project = self.name, self._line(), self.desk.project
        value = self.choices[name].currentData()
        if name == RULE:
            line = {"rule": value, "in_force": "yes"}
        elif line:
            line["meaning" if name == CODES else "self_reported"] = value
        if not line:
            self.say("look", self.tr("Choose a line in the table first."))
            return
        self.desk.write(
            self.tr("Keeping the decision"),
            lambda lane, _p: keep_line(project, lane, name, line),
            lambda _n: self.reload(),
        )

    def save(self) -> None:
        """Write the register in front as a sheet."""
        name, project = self.name, self.desk.project
        chosen, _ = QFileDialog.getSaveFileName(
            self, self.tr("Save the register as a sheet"), f"{name}.csv", self.tr("Sheets (*.csv)")
        )
        if chosen:
            self.desk.write(
                self.tr("Writing the sheet"),
                lambda lane, _p: write_register(project, lane, name, Path(chosen)),
                lambda lines: self.say("done", self.tr("{n} are in {file}.").format(
                    n=many(lines, self.tr("line"), self.tr("lines")), file=Path(chosen).name)),
            )  # fmt: skip

    def take(self) -> None:
        """Take a sheet of the register in front in: all of it, or nothing."""
        name, project = self.name, self.desk.project
        chosen, _ = QFileDialog.getOpenFileName(
            self, self.tr("Take a sheet in"), "", self.tr("Sheets (*.csv *.xlsx *.xls *.txt)")
        )

        def taken(lines: int) -> None:
            self.reload()
            self.say("done", self.tr("Took {n} in.").format(n=many(lines, self.tr("line"), self.tr("lines"))))

        if chosen:
            self.desk.write(
                self.tr("Taking the sheet in"),
                lambda lane, _p: take_register(project, lane, name, Path(chosen)),
                taken,
            )
