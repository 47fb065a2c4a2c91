"""The command that lays doubtful matches before a person and takes the decisions in: `review`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import click

from ddj_desktop.cli.console import Console, open_project, opens, speaks
from ddj_desktop.kernel.dates import Month
from ddj_desktop.kernel.errors import Misuse
from ddj_desktop.linkage.asking import bands, standing_place
from ddj_desktop.linkage.changes import changes
from ddj_desktop.linkage.patterns import alike, pattern_called
from ddj_desktop.store.lane import Lane
from ddj_desktop.workflow.actions import apply_review
from ddj_desktop.workflow.identified import export_review, export_sample
from ddj_desktop.workflow.looking_over import check_list
from ddj_desktop.workflow.matching import answer_sheet, ask, decide_pattern, undo_change
from ddj_desktop.workflow.project import Project
from ddj_desktop.workflow.quality_check import last_year
from ddj_desktop.workflow.review_order import review_queue

_PATH = click.Path(path_type=Path)


@dataclass(frozen=True)
class _Desk:
    """What every part of the command works with."""

    console: Console
    project: Project
    lane: Lane


@click.command()
@opens
@click.option("--export", "export_to", type=_PATH, default=None, help="Write the queue as a sheet.")
@click.option("--apply", "apply_from", type=_PATH, default=None, help="Take decisions back in.")
@click.option("--check", is_flag=True, help="List people of whom something hardly can be true.")
@click.option("--changes", "show_changes", is_flag=True, help="List merges and splits with their cause.")
@click.option("--undo", "undo", type=int, default=None, help="Take the merge or split of that number back.")
@click.option("--patterns", is_flag=True, help="List the kinds of doubtful pairs that can be decided together.")
@click.option("--pattern", "pattern", default=None, help="Decide every pair of that kind.")
@click.option("--sample", "sample_to", type=_PATH, default=None, help="Write the month's blind sample as a sheet.")
@click.option("--answers", "answers_from", type=_PATH, default=None, help="Take the answers of a blind sample in.")
@click.option("--asking", is_flag=True, help="Tell how much can be asked, and what is left unasked.")
@click.option("--ask", "ask_place", default=None, help="Ask that much: fewest, fewer, usual, more, most.")
@click.option("--month", default=None, help="YYYY-MM, with --sample and --answers.")
@speaks
def review(
    file: Path, export_to: Path | None, apply_from: Path | None, check: bool, show_changes: bool, undo: int | None,
    patterns: bool, pattern: str | None, sample_to: Path | None, answers_from: Path | None, asking: bool,
    ask_place: str | None, month: str | None, passphrase_file: Path | None, as_json: bool,
) -> None:  # fmt: skip
    """Look at the possible matches of FILE, decide them by sheet or by kind, and check how good matching is."""
    asked = (export_to, apply_from, check or None, show_changes or None, undo, patterns or None, pattern, sample_to,
             answers_from, asking or None, ask_place)  # fmt: skip
    if sum(one is not None for one in asked) != 1:
        raise Misuse(what="Give one of --export, --apply, --check, --changes, --undo, --patterns, --pattern, --sample, "
                          "--answers, --asking or --ask.")  # fmt: skip
    if (sample_to or answers_from) and month is None:
        raise Misuse(what="Say which month with --month YYYY-MM.")
    wanted = Month.parse(month) if month else None
    with open_project(file, passphrase_file) as project:
        desk = _Desk(Console(as_json), project, project.file.lane())
        if export_to is not None:
            _export(desk, export_to)
        elif apply_from is not None:
            _apply(desk, apply_from)
        elif check:
            _check(desk)
        elif show_changes:
            _changes(desk)
        elif undo is not None:
            _undo(desk, undo)
        elif patterns or pattern is not None:
            _patterns(desk, pattern)
        elif asking or ask_place is not None:
            _asking(desk, ask_place)
        elif sample_to is not None and wanted:
            pairs = export_sample(project, desk.lane, wanted, sample_to)
            words = f"{pairs:,} pairs are in {sample_to}. Its answer column takes same, different, not_sure."
            desk.console.finish({"pairs": pairs, "file": str(sample_to)}, words)
        elif answers_from is not None and wanted:
            _answers(desk, wanted, answers_from)


def _export(desk: _Desk, out: Path) -> None:
    pairs, matter = export_review(desk.project, desk.lane, out)
    desk.console.finish(
        {"pairs": pairs, "can_change_list": matter, "file": str(out)},
        f"{pairs:,} possible matches are in {out}, {matter:,} of them can change the list and stand first. "
        "Its decision column takes same, different, not_sure.",
    )


def _apply(desk: _Desk, path: Path) -> None:
    done = apply_review(desk.project, desk.lane, path).result
    desk.console.finish(
        {"decisions": done.same + done.different + done.not_sure, "same": done.same, "different": done.different,
         "not_sure": done.not_sure, "left_open": done.left_open},
        f"Kept: {done.same:,} same, {done.different:,} different, {done.not_sure:,} not sure. "
        f"{done.left_open:,} lines left open. Match again to use them.",
    )  # fmt: skip


def _check(desk: _Desk) -> None:
    found = check_list(desk.lane)
    desk.console.finish(
        {"people": [{"person_id": each.person_id, "flag": each.flag, "size": each.size} for each in found]},
        *(f"Person {each.person_id}: {each.words}" for each in found), f"{len(found):,} to check.",
    )  # fmt: skip


def _changes(desk: _Desk) -> None:
    found = changes(desk.lane)
    told = [
        {"change_id": each.change_id, "kind": each.kind, "from_person": each.from_person, "to_person": each.to_person,
         "records": each.records, "cause": each.cause, "reason": each.reason, "undone": each.undone}
        for each in found
    ]  # fmt: skip
    lines = (f"{each.change_id}: {each.words} {each.reason}{' Taken back.' if each.undone else ''}" for each in found)
    desk.console.finish({"changes": told}, *lines, f"{len(found):,} merges and splits.")


def _undo(desk: _Desk, change: int) -> None:
    pairs = undo_change(desk.project, desk.lane, change).result
    desk.console.finish(
        {"change_id": change, "decisions": pairs}, "Taken back. Match again, and people have the numbers they had."
    )


def _patterns(desk: _Desk, name: str | None) -> None:
    kinds = alike(review_queue(desk.lane).pairs)
    if name is None:
        told = [{"name": k.pattern.name, "verdict": k.pattern.verdict, "pairs": len(k.pairs)} for k in kinds]
        lines = (f"{k.pattern.name}: {len(k.pairs):,} pairs, {k.pattern.verdict}. {k.pattern.words}" for k in kinds)
        desk.console.finish({"patterns": told}, *lines)
        return
    pattern = pattern_called(name)
    chosen = next((kind for kind in kinds if kind.pattern is pattern), None)
    if pattern is None or chosen is None:
        raise Misuse(what=f"There are no open pairs of the kind {name}. See --patterns.")
    batch = decide_pattern(desk.project, desk.lane, pattern, chosen.pairs).result
    desk.console.finish(
        {"batch": batch, "pairs": len(chosen.pairs), "verdict": pattern.verdict},
        f"{len(chosen.pairs):,} pairs decided together: {pattern.verdict}. Match again to use them.",
    )


def _asking(desk: _Desk, place: str | None) -> None:
    if place is not None:
        ask(desk.project, desk.lane, place)
    counts, found = standing_place(desk.lane), bands(desk.lane)
    told = [
        {"place": each.place.name, "counts": each.place is counts, "joined_unasked": each.accepted, "asked": each.asked,
         "apart_unasked": each.apart, "wrong_expected": round(each.wrong, 1), "missed_expected": round(each.missed, 1)}
        for each in found
    ]  # fmt: skip
    lines = [
        f"{each.place.name}{' (counts now)' if each.place is counts else ''}: {' '.join(each.words)}" for each in found
    ]
    desk.console.finish({"place": counts.name, "places": told}, *lines)


def _answers(desk: _Desk, month: Month, path: Path) -> None:
    given = answer_sheet(desk.project, desk.lane, month, path).result
    found = last_year(desk.lane, month)
    desk.console.finish(
        {"answers": given, "joined": found.joined.as_facts(), "apart": found.apart.as_facts()},
        f"{given:,} answers kept.", *found.words,
    )  # fmt: skip
