"""Registers as sheets: written out, filled in with a spreadsheet program, taken back in as a whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from ddj_desktop.intake.draft import read_file
from ddj_desktop.kernel import clock
from ddj_desktop.kernel.errors import PersonCanFix
from ddj_desktop.measures.race_definitions import race_definitions
from ddj_desktop.outputs.rows_csv import write_rows
from ddj_desktop.registers import crosswalks, race_rules, residents
from ddj_desktop.registers.costs import UnitCost, all_unit_costs, set_unit_cost
from ddj_desktop.registers.errors import BadRegisterSheet, NotARegisterSheet, UnknownRegister
from ddj_desktop.registers.programmes import (
    Enrolment,
    all_enrolments,
    all_programmes,
    enrol,
    fix_outcome,
    keep_programme,
    programme,
)
from ddj_desktop.registers.sources import all_sources
from ddj_desktop.store.lane import Lane
from ddj_desktop.workflow.line import Done, Step, changed_at
from ddj_desktop.workflow.project import Project

Line = dict[str, str]


@dataclass(frozen=True)
class Register:
    """One register as a sheet."""

    words: str
    headings: tuple[str, ...]
    needed: tuple[str, ...]
    """Columns a sheet must have to be taken in; the others are for reading."""
    rows: Callable[[Lane], list[tuple[Any, ...]]]
    take: Callable[[Lane, Line, str], object]
    """Takes one line in: the lane, the cells by heading, who decides."""


def rows_of(lane: Lane, name: str) -> list[tuple[Any, ...]]:
    """A register's lines, in the order of its headings. Raises UnknownRegister."""
    return register(name).rows(lane)


def register(name: str) -> Register:
    """A register by its name. Raises UnknownRegister."""
    if name not in REGISTERS:
        raise UnknownRegister(name=name, known=", ".join(REGISTERS))
    return REGISTERS[name]


def write_register(project: Project, lane: Lane, name: str, out: Path) -> int:
    """Write a register as CSV; returns its lines. Raises UnknownRegister, CannotSave."""
    found = register(name)
    rows = found.rows(lane)
    with project.file.act(lane, "register written", {"register": name, "lines": len(rows)}):
        pass
    write_rows(out, found.headings, rows)
    return len(rows)


def take_register(
    project: Project, lane: Lane, name: str, path: Path, *, year: int | None = None, source: str | None = None
) -> Done[int]:
    """Take a register's sheet in: every line, or none. Returns how many lines said something.

    Residents may also come as a census download, of `year` and `source`. Raises UnknownRegister, NotARegisterSheet,
    BadRegisterSheet with the line as a spreadsheet program shows it, and the sentences of intake.
    """
    found = register(name)
    lines = [[*cells] for _, cells in read_file(path).sheets[0].lines]
    with project.file.act(lane, "register taken in", {"register": name}) as act:
        if name == "residents":
            taken = _take_residents(lane, lines, year, source or path.stem, project.actor)
        else:
            taken = _take_lines(lane, found, lines, project.actor)
        act.facts["lines"] = taken
    return Done(changed_at(Step.DEFINED), taken)


def keep_line(project: Project, lane: Lane, name: str, line: Line) -> Done[int]:
    """Keep one line of a register, as a form gives it. Raises what taking its sheet in would, without its number."""
    with project.file.act(lane, "register changed", {"register": name}):
        register(name).take(lane, line, project.actor)
    return Done(changed_at(Step.DEFINED), 1)


def _take_lines(lane: Lane, found: Register, lines: Sequence[Sequence[str]], actor: str) -> int:
    heads = [cell.strip().lower() for cell in lines[0]] if lines else []
    for column in found.needed:
        if column not in heads:
            raise NotARegisterSheet(column=column)
    taken = 0
    for number, cells in enumerate(lines[1:], start=2):
        line = {head: cells[at].strip() if at < len(cells) else "" for at, head in enumerate(heads)}
        if not any(line.values()):
            continue
        try:
            found.take(lane, line, actor)
        except PersonCanFix as error:
            raise BadRegisterSheet(line=number, why=str(error)) from None
        taken += 1
    return taken


def _take_residents(lane: Lane, lines: list[list[str]], year: int | None, source: str, actor: str) -> int:
    heads = [cell.strip().lower() for cell in lines[0]] if lines else []
    if {"group", "people", "year", "source"} <= set(heads):
        rows = [dict(zip(heads, (cell.strip() for cell in cells), strict=False)) for cells in lines[1:]]
        rows = [row for row in rows if row.get("people")]
        people = {row["group"].lower(): _whole(row["people"], "people") for row in rows}
        year = year or next((_whole(row["year"], "year") for row in rows if row.get("year")), None)
        source = next((row["source"] for row in rows if row.get("source")), source)
    else:
        people = residents.read_residents(lines)
    residents.set_residents(lane, people, year or clock.today().year, source, actor)
    return len(people)


def _whole(text: str, what: str) -> int:
    plain = text.replace(",", "").removesuffix(".0")
    if not plain.isdigit():
        raise _Unreadable(what=what, wanted="a whole number")
    return int(plain)


class _Unreadable(PersonCanFix):
    sentence = "The {what} is not {wanted}."


def _dollars(text: str, what: str) -> Decimal | None:
    try:
        return Decimal(text.replace("$", "").replace(",", "")) if text else None
    except InvalidOperation:
        raise _Unreadable(what=what, wanted="an amount of dollars") from None


def _day(text: str, what: str) -> date | None:
    for form in ("%Y-%m-%d", "%m/%d/%Y", "%m/%d/%y"):
        try:
            return datetime.strptime(text.split(" ")[0], form).date() if text else None
        except ValueError:
            continue
    raise _Unreadable(what=what, wanted="a day like 2026-03-31 or 3/31/2026")


def _must(value: date | Decimal | None, what: str) -> Any:
    if value is None:
        raise _Unreadable(what=what, wanted="there")
    return value


def _source_called(lane: Lane, name: str) -> int:
    found = {source.name: source.source_id for source in all_sources(lane)}
    if name not in found:
        raise _Unreadable(what="source", wanted="one of this county file")
    return found[name]


def _code_rows(lane: Lane) -> list[tuple[Any, ...]]:
    """Every code of race and of ethnicity each source writes, those nobody decided on first."""
    rows = [
        (one.source.name, code.field, code.code, code.says, code.meaning, code.records, code.last_seen, code.decided_by,
         code.decided_on)
        for one in race_definitions(lane).sources for code in one.codes
    ]  # fmt: skip
    return sorted(rows, key=lambda row: (bool(row[4]), row[0], row[1] != "race", -row[5], row[2]))


def _take_code(lane: Lane, line: Line, actor: str) -> None:
    source_id = _source_called(lane, line["source"])
    if not line["meaning"]:
        crosswalks.forget_meaning(lane, source_id, line["field"], line["code"])
        return
    kept = crosswalks.meanings_of(lane, source_id).get(line["field"], {}).get(crosswalks.as_code(line["code"]))
    if kept != line["meaning"]:  # who decided, and when, stays with what did not change
        crosswalks.set_meaning(lane, source_id, line["field"], line["code"], line["meaning"], actor)


def _rule_rows(lane: Lane) -> list[tuple[Any, ...]]:
    now = race_rules.race_rule(lane)
    return [(rule, words, "yes" if rule == now else "") for rule, words in race_rules.RULES.items()]


def _take_rule(lane: Lane, line: Line, _actor: str) -> None:
    if line["in_force"].lower() in ("yes", "y", "x", "true", "1"):
        race_rules.set_race_rule(lane, line["rule"])


def _asked_rows(lane: Lane) -> list[tuple[Any, ...]]:
    asked = race_rules.self_reported_sources(lane)
    return [(s.name, s.kind, "yes" if asked[s.source_id] else "no") for s in all_sources(lane)]


def _take_asked(lane: Lane, line: Line, actor: str) -> None:
    said = line["self_reported"].lower()
    if said not in ("yes", "no"):
        raise _Unreadable(what="column self_reported", wanted="yes or no")
    race_rules.set_self_reported(lane, _source_called(lane, line["source"]), said == "yes", actor)


def _resident_rows(lane: Lane) -> list[tuple[Any, ...]]:
    kept = {one.race: one for one in residents.all_residents(lane)}
    return [
        (race, residents.in_words(race), *((kept[race].people, kept[race].year, kept[race].source, kept[race].stated_by)
                                           if race in kept else (None, None, "", "")))
        for race in residents.GROUPS
    ]  # fmt: skip


def _take_resident(lane: Lane, line: Line, actor: str) -> None:
    """One group changed: the others stay."""
    kept = {one.race: one for one in residents.all_residents(lane)}
    people = {race: one.people for race, one in kept.items()} | {line["group"]: _whole(line["people"], "people")}
    residents.set_residents(lane, people, _whole(line["year"], "year"), line["source"], actor)


def _cost_rows(lane: Lane) -> list[tuple[Any, ...]]:
    return [
        (c.source_kind, c.unit, c.basis, *(float(d) if d is not None else None for d in (c.dollars, c.low, c.high)),
         c.year, c.payer, c.source, c.stated_by)
        for c in all_unit_costs(lane)
    ]  # fmt: skip


def _take_cost(lane: Lane, line: Line, actor: str) -> None:
    set_unit_cost(
        lane,
        UnitCost(
            line["source_kind"], line["unit"], _must(_dollars(line["dollars"], "dollars"), "dollars"),
            _whole(line["year"], "year"), line.get("payer") or None, line.get("stated_by") or actor,
            line.get("basis") or "average", _dollars(line.get("low", ""), "low"),
            _dollars(line.get("high", ""), "high"), line.get("source") or None,
        ),
    )  # fmt: skip


def _programme_rows(lane: Lane) -> list[tuple[Any, ...]]:
    return [
        (p.name, p.agency, p.starts, p.ends, p.outcome_kind, p.outcome_unit, p.outcome_days,
         p.outcome_fixed_at.date() if p.outcome_fixed_at else None, p.outcome_fixed_by)
        for p in all_programmes(lane)
    ]  # fmt: skip


def _take_programme(lane: Lane, line: Line, actor: str) -> None:
    keep_programme(
        lane, line["name"], line.get("agency"), _must(_day(line["starts"], "first day"), "first day"),
        _day(line.get("ends", ""), "last day"),
    )  # fmt: skip
    if line.get("outcome_kind"):
        days = _whole(line.get("outcome_days", ""), "number of outcome days")
        fix_outcome(lane, line["name"], line["outcome_kind"], line.get("outcome_unit", ""), days, actor)


def _enrolment_rows(lane: Lane) -> list[tuple[Any, ...]]:
    names = {p.programme_id: p.name for p in all_programmes(lane)}
    return [(names[e.programme_id], e.person_id, e.starts, e.ends, e.left_because) for e in all_enrolments(lane)]


def _take_enrolment(lane: Lane, line: Line, _actor: str) -> None:
    enrol(
        lane,
        Enrolment(
            programme(lane, line["programme"]).programme_id, _whole(line["person_id"], "person_id"),
            _must(_day(line["starts"], "first day"), "first day"), _day(line.get("ends", ""), "last day"),
            line.get("left_because"),
        ),
    )  # fmt: skip


REGISTERS: dict[str, Register] = {
    "race-codes": Register(
        "Race codes",
        ("source", "field", "code", "read_as", "meaning", "records", "last_seen", "decided_by", "decided_on"),
        ("source", "field", "code", "meaning"), _code_rows, _take_code),
    "race-rule": Register("Race rule", ("rule", "words", "in_force"), ("rule", "in_force"), _rule_rows, _take_rule),
    "race-sources": Register(
        "Who says race", ("source", "kind", "self_reported"), ("source", "self_reported"), _asked_rows, _take_asked),
    "residents": Register(
        "Residents", ("group", "words", "people", "year", "source", "stated_by"), ("group", "people", "year", "source"),
        _resident_rows, _take_resident),
    "costs": Register(
        "Unit costs",
        ("source_kind", "unit", "basis", "dollars", "low", "high", "year", "payer", "source", "stated_by"),
        ("source_kind", "unit", "dollars", "year"), _cost_rows, _take_cost),
    "programmes": Register(
        "Programmes",
        ("name", "agency", "starts", "ends", "outcome_kind", "outcome_unit", "outcome_days", "outcome_fixed_on",
         "outcome_fixed_by"),
        ("name", "starts"), _programme_rows, _take_programme),
    "enrolments": Register(
        "Enrolments", ("programme", "person_id", "starts", "ends", "left_because"),
        ("programme", "person_id", "starts"), _enrolment_rows, _take_enrolment),
}  # fmt: skip
