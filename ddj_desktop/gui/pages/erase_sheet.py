"""The tab from which one person's data are erased: on what ground, by whose order, confirmed by typed words."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QLineEdit, QWidget

from ddj_desktop.gui.desk import Desk
from ddj_desktop.gui.theme import PAD
from ddj_desktop.gui.widgets.parts import allow, button, choice_box, column, label, named, row
from ddj_desktop.workflow.erasing import GROUNDS, Erased, erase_person


class EraseSheet(QWidget):
    """Says what it does before it does it; `gone` is called when the person is no more."""

    def __init__(self, desk: Desk, gone: Callable[[], object]) -> None:
        super().__init__()
        self.desk, self._gone, self._person = desk, gone, 0
        self.ground = choice_box(self.tr("Ground for erasing"))
        for name, words in GROUNDS.items():
            self.ground.addItem(words, name)
        self.authority = self._line(self.tr("Who ordered it, and the number of the order"))
        self.words = self._line(self.tr("The words that confirm it"))
        self.erase = button(self.tr("Erase this person for good"), self.erase_it)
        told = label(
            self.tr(
                "Takes the rows, contacts, records and signed forms of this person out of the county file and removes "
                "every backup made before, because they hold them too. It can not be undone. "
            )
            + self.tr(
                "What is kept says when, on what ground and by whose order, and nothing that says whose data they "
                "were. If the source sends the person again, the rows come in again: have it stop first."
            )
        )
        self.asked = label(wrap=False)
        inside = column(
            told,
            row(label(self.tr("Because"), wrap=False), self.ground, None),
            row(label(self.tr("Ordered by"), wrap=False), self.authority),
            row(self.asked, self.words, self.erase),
            None,
        )
        inside.setContentsMargins(PAD, PAD, PAD, PAD)
        self.setLayout(inside)

    def _line(self, name: str) -> QLineEdit:
        made = named(QLineEdit(), name)
        made.textChanged.connect(lambda _text: self._allow())
        return made

    def show_person(self, person: int) -> None:
        """Offer to erase this person from now on."""
        self._person = person
        for box in (self.authority, self.words):
            box.clear()
        self.asked.setText(self.tr("To confirm, type: {words}").format(words=self.confirming))
        self._allow()

    @property
    def confirming(self) -> str:
        """The words to type."""
        return self.tr("erase person {n}").format(n=self._person)

    def _allow(self) -> None:
        why = "" if self.authority.text().strip() else self.tr("Say who ordered it first.")
        if not why and " ".join(self.words.text().split()).casefold() != self.confirming.casefold():
            why = self.tr("Type the words that confirm it first.")
        allow(self.erase, not why, why)

    def erase_it(self) -> None:
        """Erase the person and say who must be told."""
        project, person = self.desk.project, self._person
        ground, authority = self.ground.currentData(), self.authority.text()

        def erased(made: Erased) -> None:
            self._gone()
            words = self.tr("Erased: {rows} rows, {contacts} contacts, {records} records; {backups} backups removed.")
            said = words.format(rows=made.rows, contacts=made.contacts, records=made.records, backups=made.backups)
            if made.to_tell:
                said += " " + self.tr("Tell {who}: they may hold data of this person.").format(
                    who=", ".join(made.to_tell)
                )
            self.desk.told.emit(said)

        self.desk.write(
            self.tr("Erasing a person"),
            lambda lane, _p: erase_person(project, lane, person, ground, authority),
            erased,
        )
