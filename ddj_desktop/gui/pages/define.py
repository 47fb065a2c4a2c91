"""Define: the rule as sentences, the count of people as it changes, versions and who agreed."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLineEdit, QSpinBox, QVBoxLayout, QWidget

from ddj_desktop.cohort.certainty import CertaintyBench
from ddj_desktop.cohort.definitions import Definition
from ddj_desktop.cohort.templates import Template
from ddj_desktop.cohort.types import AtLeast, Rule
from ddj_desktop.cohort.workbench import Workbench
from ddj_desktop.gui.desk import Desk
from ddj_desktop.gui.pages.define_effect import CompareCard, ThresholdGrid
from ddj_desktop.gui.pages.define_rows import RuleRow, TopRow
from ddj_desktop.gui.pages.define_versions import VersionsCard
from ddj_desktop.gui.pages.person_sheet import PersonSheet
from ddj_desktop.gui.preferences import Preferences
from ddj_desktop.gui.theme import PAD
from ddj_desktop.gui.widgets.bars import Bar, Bars
from ddj_desktop.gui.widgets.no_wheel import NoWheel
from ddj_desktop.gui.widgets.page import Page, Stack
from ddj_desktop.gui.widgets.parts import (
    GLYPHS,
    allow,
    button,
    card,
    choice_box,
    column,
    empty,
    heading,
    in_order,
    label,
    named,
    row,
    scrolling,
)
from ddj_desktop.kernel.dates import Month, day_in_words
from ddj_desktop.kernel.errors import DdjError, Stopped
from ddj_desktop.screens.definition_effect import Axis, effect_words, grid_of, state_words, sure_words
from ddj_desktop.screens.definition_form import MONTHS, DefinitionForm, best_to_begin, offered
from ddj_desktop.screens.wording import many
from ddj_desktop.workflow import actions, comparing, lists
from ddj_desktop.workflow.jobs import Job
from ddj_desktop.workflow.lists import PersonPage, Tried

SETTLE = 120
"""Milliseconds without a change before the count is asked for."""


class DefinePage(Page):
    """The workbench of the definition."""

    name = "define"

    def __init__(self, desk: Desk, preferences: Preferences) -> None:
        super().__init__(
            desk,
            preferences,
            self.tr(
                "Say in one sentence who is on the list. The count changes as you change a number. A version the "
                "agencies agreed on is never changed; a change is kept as a new version."
            ),
        )
        self.form: DefinitionForm | None = None
        self.month: Month | None = None
        self.known: list[Definition] = []
        self.templates: tuple[Template, ...] = ()
        self.tried: Tried | None = None
        self.bench, self.doubts = Workbench(), CertaintyBench()
        self._asking: Job | None = None
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLE)
        self._settle.timeout.connect(self._ask)
        self._make_parts()
        self._lay_out()
        self.title(self.tr("Define: who is on the list"))

    # parts ----------------------------------------------------------------------------------------------------

    def _make_parts(self) -> None:
        self.begin = choice_box(self.tr("Begin from"))
        self.begin.activated.connect(self._begun)
        self.called = named(QLineEdit(), self.tr("Name of the definition"))
        self.called.textEdited.connect(lambda text: self._take(self.form and self.form.name_it(text), rows=False))
        self.how = choice_box(self.tr("All rules or any"))
        self.how.activated.connect(lambda _index: self._take(self.form and self.form.combine(self.how.currentData())))
        self.age = named(QSpinBox(), self.tr("Least age"))
        self.age.setRange(0, 99)
        self.age.setSpecialValueText(self.tr("any age"))
        self.age.valueChanged.connect(lambda age: self._take(self.form and self.form.min_age(age or None), rows=False))
        NoWheel(self.age)
        self.rows = QVBoxLayout()
        self.rows.setSpacing(6)
        self.add = button(self.tr("+ Add a rule"), lambda: self._take(self.form and self.form.add()))
        self.sentence = label()
        self.count = heading("", 2.0)
        self.of = label(muted=True)
        self.cut = label()
        self.steps = Bars()
        self.warnings = label()
        self.keep = button(self.tr("Keep as a new version"), self.save, primary=True)
        self.sure = label(muted=True)
        self.kept_state = label(muted=True)
        self.grid = ThresholdGrid()
        self.grid.asked.connect(self._ask_grid)
        self.grid.picked.connect(self._picked)
        self.compare = CompareCard()
        self.compare.asked.connect(self._ask_comparison)
        self.compare.opened.connect(self.open_person)
        self.kept = VersionsCard(self.desk, self.message)
        self.kept.opened.connect(self._open)
        self.versions, self.who, self.agree = self.kept.table, self.kept.who, self.kept.agree
        self.when = self.kept.agreed_by.when

    def _lay_out(self) -> None:
        rule_card, inside = card()
        top = row(
            label(self.tr("Begin from"), wrap=False), self.begin, label(self.tr("called"), wrap=False), self.called
        )
        top.setStretch(3, 1)
        inside.addLayout(top)
        inside.addLayout(
            row(
                label(self.tr("People of"), wrap=False),
                self.age,
                label(self.tr("or older with"), wrap=False),
                self.how,
                None,
            )
        )
        inside.addLayout(self.rows)
        inside.addLayout(row(self.add, None, self.keep))
        inside.addWidget(self.kept_state)
        result, seen = card()
        seen.addWidget(self.count)
        seen.addWidget(self.of)
        seen.addWidget(self.cut)
        seen.addWidget(self.sure)
        seen.addWidget(self.steps)
        seen.addWidget(self.sentence)
        seen.addWidget(self.warnings)
        sheet = QWidget()
        sheet.setLayout(column(rule_card, result, self.grid, self.compare, self.kept, None, spacing=PAD + 4))
        self.person = PersonSheet(self.desk, self.close_person, back_to=self.tr("Back to the definition"))
        self.sheets = Stack()
        for part in (scrolling(sheet, self.tr("The definition")), self.person):
            self.sheets.addWidget(part)
        self.body.addWidget(self.sheets, 1)

    def open_person(self, person: int) -> None:
        """Open somebody's page over the definition."""
        month, shown = self.month, self.desk.names_shown

        def came(page: PersonPage) -> None:
            self.person.show_person(page, names_shown=shown)
            self.sheets.setCurrentWidget(self.person)
            self.person.line.setFocus()

        self.desk.read(lambda lane: lists.person(lane, person, month), came)

    def close_person(self) -> None:
        """Back to the definition."""
        self.sheets.setCurrentIndex(0)
        self.compare.people.setFocus()

    # reading --------------------------------------------------------------------------------------------------

    def reload(self) -> None:
        self.bench, self.doubts = Workbench(), CertaintyBench()
        self.desk.read(lambda lane: (lists.definitions(lane), lists.templates(), lists.default_month(lane)), self._came)

    def _came(self, found: tuple[list[Definition], tuple[Template, ...], Month | None]) -> None:
        self.known, self.templates, self.month = found
        self.begin.clear()
        for definition in self.known:
            self.begin.addItem(f"{definition.name}, {self.tr('version')} {definition.version}", definition.rule)
        for template in self.templates:
            self.begin.addItem(self.tr("Template: {name}").format(name=template.name), template.rule)
        self.kept.fill(self.known)
        if self.form is None and self.begin.count():
            agreed = next((spot for spot, kept in enumerate(self.known) if kept.state == "agreed"), 0)
            best = agreed if self.known else best_to_begin([template.rule for template in self.templates])
            self.begin.setCurrentIndex(best)
            self._begun(best)
        else:
            self._ask()

    def _begun(self, index: int) -> None:
        rule: Rule = self.begin.itemData(index)
        self.form = DefinitionForm(rule, rule if index < len(self.known) else None)
        self._show_form()
        kept = self.known[index] if index < len(self.known) else None
        self.kept_state.setText(state_words(kept) if kept else self.tr("A template. Nothing is kept yet."))
        self._settle.start()

    def _open(self, definition: Definition) -> None:
        self._begun(self.known.index(definition))
        self.begin.setCurrentIndex(self.known.index(definition))

    # editing --------------------------------------------------------------------------------------------------

    def _take(self, form: DefinitionForm | None, *, rows: bool = True) -> None:
        if form is None:
            return
        self.form = form
        if rows:
            self._show_form()
        else:
            self._show_keep()
        self._settle.start()

    def _show_form(self) -> None:
        form = self.form
        if form is None:
            return
        if self.called.text() != form.rule.name:
            self.called.setText(form.rule.name)
        self.age.blockSignals(True)
        self.age.setValue(form.rule.min_age or 0)
        self.age.blockSignals(False)
        self._fill_how(form)
        empty(self.rows)
        joined = {"all": self.tr("and"), "any": self.tr("or")}.get(str(form.rule.combine), "")
        for spot, clause in enumerate(form.clauses):
            line = RuleRow(spot, clause, offered(form.rule), joined if spot else "", locked=False)
            line.value.connect(lambda spot, value: self._take(self.form and self.form.value(spot, value), rows=False))
            line.what.connect(lambda spot, what: self._take(self.form and self.form.what(spot, what), rows=False))
            line.back_changed.connect(
                lambda spot, amount, unit: self._take(self.form and self.form.window(spot, amount, unit), rows=False)
            )
            line.removed.connect(lambda spot: self._take(self.form and self.form.remove(spot)))
            self.rows.addWidget(line)
        if form.rule.top:
            top = TopRow(form.rule.top, form.top_words, alone=not form.rule.clauses)
            top.size_chosen.connect(lambda size: self._take(self.form and self.form.top_size(size), rows=False))
            top.removed.connect(lambda: self._take(self.form and self.form.without_top()))
            self.rows.addWidget(top)
        in_order([self.how, *(part for line in self._shown_rows() for part in line.stops()), self.add, self.keep])
        self._show_keep()

    def _shown_rows(self) -> list[RuleRow | TopRow]:
        items = [self.rows.itemAt(spot) for spot in range(self.rows.count())]
        found = [item.widget() for item in items if item is not None]
        return [widget for widget in found if isinstance(widget, RuleRow | TopRow)]

    def _fill_how(self, form: DefinitionForm) -> None:
        self.how.clear()
        self.how.addItem(self.tr("all of these"), "all")
        self.how.addItem(self.tr("any of these"), "any")
        self.how.addItem(self.tr("none of these"), "none")
        for number in range(2, len(form.rule.clauses)):
            self.how.addItem(self.tr("at least {n} of these").format(n=number), AtLeast(number))
        spot = next((s for s in range(self.how.count()) if self.how.itemData(s) == form.rule.combine), 0)
        self.how.setCurrentIndex(spot)

    def _show_keep(self) -> None:
        form = self.form
        why_not = form.missing if form else self.tr("Begin from a template first.")
        if form and not form.changed:
            why_not = self.tr("This version is kept already; change something first.")
        if self.desk.busy:
            why_not = self.tr("Something else is being saved; it will be free in a moment.")
        allow(self.keep, not why_not, why_not)
        if form and not form.missing:
            self.sentence.setText(form.sentence)

    # counting -------------------------------------------------------------------------------------------------

    def _ask(self) -> None:
        if self.form is None or self.form.missing or self.month is None:
            self.count.setText(self.tr("No count yet"))
            why = self.tr("People are counted once files are in and matched.") if self.month is None else ""
            self.of.setText(why or (self.form.missing if self.form else ""))
            for part in (self.cut, self.steps, self.warnings):
                part.hide()
            return
        if self._asking:
            self._asking.stop()
        text, as_of, bench = self.form.text, self.month.span.last, self.bench
        self._asking = self.desk.read(
            lambda lane: lists.try_rule(lane, text, as_of, bench), self._counted, self._not_counted
        )

    def _counted(self, tried: Tried) -> None:
        self.tried = tried
        found = tried.found
        self.count.setText(many(found.members, self.tr("person on the list"), self.tr("people on the list")))
        day = day_in_words(self.month.span.last) if self.month else ""
        self.of.setText(self.tr("of {n} with any contact, on {day}").format(n=f"{found.base:,}", day=day))
        self.cut.setText(" ".join(found.came_to))
        self.cut.setVisible(bool(found.came_to))
        steps = [Bar(step.words, step.people, f"{step.people:,}") for step in found.attrition]
        self.steps.show_bars(steps, self.tr("How many are left after each rule"))
        self.steps.setVisible(len(steps) > 1)
        self.warnings.setText("\n".join(f"{GLYPHS['look']} {sentence}" for sentence in found.warnings))
        self.warnings.setVisible(bool(found.warnings))
        self._ask_more(found.members)

    def _ask_more(self, members: int) -> None:
        """What follows the count: how sure it is, the grid, the comparison."""
        form, month, doubts = self.form, self.month, self.doubts
        if form is None or month is None or form.missing:
            return
        rule, as_of = form.rule, month.span.last
        self.desk.read(
            lambda lane: doubts.counts(lane, rule, as_of, members),
            lambda found: self.sure.setText(sure_words(found)),
            lambda _error: self.sure.clear(),
        )
        self.grid.fill(rule)
        self.compare.fill(self.known, self.templates, rule)

    def _ask_grid(self, across: Axis, down: Axis) -> None:
        form, month, bench = self.form, self.month, self.bench
        if form is None or month is None or form.missing:
            return
        rule, as_of = form.rule, month.span.last
        self.desk.read(
            lambda lane: grid_of(lane, rule, as_of, across, down, bench.material(lane, rule)), self.grid.show_grid
        )

    def _picked(self, across: tuple[Axis, float], down: tuple[Axis, float]) -> None:
        form = self.form
        for axis, value in (across, down):
            if form is not None:
                form = form.window(axis.spot, int(value), MONTHS) if axis.months else form.value(axis.spot, value)
        self._take(form)

    def _ask_comparison(self, other: Rule) -> None:
        form, month, bench = self.form, self.month, self.bench
        if form is None or month is None or form.missing:
            return
        rule, as_of = form.rule, month.span.last
        self.desk.read(
            lambda lane: (
                comparing.side_by_side(lane, rule, other, as_of, bench),
                comparing.people_compared(lane, rule, other, as_of, bench),
            ),
            lambda found: self.compare.show_comparison(found[0], found[1], rule.name, self.desk.names_shown),
        )

    def names_shown(self, shown: bool) -> None:
        self.compare.names_shown(shown)
        self.person.names_shown(shown)

    def _not_counted(self, error: Exception) -> None:
        if isinstance(error, DdjError) and not isinstance(error, Stopped):
            self.count.setText(self.tr("No count yet"))
            self.of.setText(str(error))

    # keeping --------------------------------------------------------------------------------------------------

    def save(self) -> None:
        """Keep the rule as a new version."""
        if self.form is None or not self.keep.isEnabled():
            return
        project, text, rule, month = self.desk.project, self.form.text, self.form.rule, self.month
        before = next((kept for kept in self.known if kept.name == rule.name and kept.rule.unit == rule.unit), None)

        def kept(definition: Definition) -> None:
            self.form = DefinitionForm(rule, rule)
            self._show_form()
            self.kept_state.setText(state_words(definition))
            said = self.tr("Kept as {name}, version {n}: a draft until it is agreed.").format(
                name=definition.name, n=definition.version
            )
            self.message.say("done", said)
            if before and month:
                self.desk.read(
                    lambda lane: comparing.side_by_side(lane, rule, before.rule, month.span.last),
                    lambda found: self.message.say(
                        "done", f"{said} {effect_words(found, self.tr('version {n}').format(n=before.version))}"
                    ),
                )

        self.desk.write(
            self.tr("Keeping the definition"), lambda lane, _p: actions.keep_definition(project, lane, text), kept
        )
        self._show_keep()
