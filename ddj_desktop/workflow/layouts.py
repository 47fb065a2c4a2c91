"""Layouts given from county to county as small files."""

from __future__ import annotations

import os
from pathlib import Path

from ddj_desktop.intake.remove import rederive
from ddj_desktop.kernel.resources import resource
from ddj_desktop.registers import layout_file
from ddj_desktop.registers.errors import NoSuchSource, NotALayout
from ddj_desktop.registers.layout_file import keep_layout_text, layout_text
from ddj_desktop.registers.profiles import Profile
from ddj_desktop.registers.sources import all_sources
from ddj_desktop.store.lane import Lane
from ddj_desktop.workflow.errors import FolderMissing
from ddj_desktop.workflow.line import Done, Step, changed_at
from ddj_desktop.workflow.project import Project

ENDING = ".ddjlayout"


def shipped_layouts() -> dict[str, Path]:
    """The layouts that come with the program, by name: makers' and open formats of the reference on exports."""
    return {path.stem: path for path in sorted(resource("layouts").glob(f"*{ENDING}"))}


def save_layout(project: Project, lane: Lane, source_name: str, path: Path) -> Done[Path]:
    """Write the layout a source used last and the meanings of its codes, for another county. It holds headings and
    codes, no rows. Raises NoSuchSource, NoLayout, FolderMissing."""
    found = next((one for one in all_sources(lane) if one.name.casefold() == source_name.strip().casefold()), None)
    if found is None:
        raise NoSuchSource(which=source_name)
    text = layout_text(lane, found.source_id)
    with project.file.act(lane, "layout saved", {"source_id": found.source_id}):
        unfinished = path.with_name(f".{path.name}.part")
        try:
            unfinished.write_text(text, "utf-8")
            os.replace(unfinished, path)
        except OSError:
            raise FolderMissing(folder=path.parent.name) from None
    return Done(changed_at(Step.REGISTERS), path)


def source_named_in(path: Path) -> str:
    """The name a layout file gives its source; empty where it gives none. Raises NotALayout."""
    return layout_file.source_named_in(_text_of(path))


def _text_of(path: Path) -> str:
    try:
        return (path if path.exists() else shipped_layouts().get(path.name, path)).read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise NotALayout from None


def use_layout(project: Project, lane: Lane, path: Path, source_name: str) -> Done[Profile]:
    """Take a layout file in for a source, made if new; what it holds already follows the meanings of the codes.

    `path`: a file, or the name of a layout that comes with the program where there is no such file.
    Raises NotALayout, NoName, KeptUnderOtherKind, UnknownMeaning.
    """
    text = _text_of(path)
    with project.file.act(lane, "layout taken in") as act:
        profile = keep_layout_text(lane, text, source_name, project.actor)
        kept = next(one for one in all_sources(lane) if one.name == profile.source)
        rederive(lane, kept.source_id)
        act.facts["source_id"] = kept.source_id
    return Done(changed_at(Step.IMPORTED), profile)
