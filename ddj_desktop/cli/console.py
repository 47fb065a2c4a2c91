"""How a command speaks: figures on standard output, progress and mistakes on standard error."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from ddj_desktop.kernel.progress import Progress

if TYPE_CHECKING:
    from rich.progress import TaskID

    from ddj_desktop.workflow.project import Project

Command = TypeVar("Command", bound=Callable[..., Any])


@dataclass
class Console:
    """One command's voice. With `--json`, standard output holds one JSON object and nothing else."""

    as_json: bool

    def finish(self, facts: dict[str, Any], *lines: str) -> None:
        """Say what the command did: `facts` as JSON, or the lines for a person."""
        if self.as_json:
            json.dump(facts, sys.stdout, ensure_ascii=False, default=str)
            sys.stdout.write("\n")
        else:
            for line in lines:
                click.echo(line)

    def say(self, line: str) -> None:
        """One line for a person, at once; silent with `--json`."""
        if not self.as_json:
            click.echo(line)

    def table(self, headings: list[str], rows: list[list[str]]) -> None:
        """A table for a person; silent with `--json`."""
        if self.as_json or not rows:
            return
        from rich.console import Console as Screen  # here: what draws takes as long to start as a short command
        from rich.table import Table

        table = Table(*headings)
        for row in rows:
            table.add_row(*row)
        Screen().print(table)

    @contextmanager
    def progress(self) -> Iterator[Progress]:
        """Progress with time left on standard error when that is a terminal, else silent."""
        if not sys.stderr.isatty():
            yield Progress()
            return
        from rich.console import Console as Screen  # here, for the same reason
        from rich.progress import BarColumn, TextColumn, TimeRemainingColumn
        from rich.progress import Progress as Bars

        bars = Bars(
            TextColumn("{task.description}"), BarColumn(), TimeRemainingColumn(),
            console=Screen(stderr=True), transient=True,
        )  # fmt: skip
        shown: dict[str, TaskID] = {}

        def watch(progress: Progress) -> None:
            if progress.name not in shown:
                shown[progress.name] = bars.add_task(progress.name, total=progress.total or None)
            bars.update(shown[progress.name], completed=progress.done, total=progress.total or None)

        with bars:
            yield Progress(watch)


class Stopwatch:
    """Seconds since it was made or last read."""

    def __init__(self) -> None:
        self._since = time.monotonic()

    def lap(self) -> float:
        """Seconds since the last lap."""
        now = time.monotonic()
        spent, self._since = now - self._since, now
        return spent


def speaks(command: Command) -> Command:
    """Give a command the `--json` switch."""
    return click.option("--json", "as_json", is_flag=True, help="One JSON object on standard output.")(command)


def opens(command: Command) -> Command:
    """Give a command its county file and the ways to say the passphrase."""
    command = click.option(
        "--passphrase-file", type=click.Path(path_type=Path, allow_dash=True), default=None,
        help="File that holds the passphrase; - reads it from standard input. Asked for otherwise.",
    )(command)  # fmt: skip
    return click.argument("file", type=click.Path(path_type=Path))(command)


def passphrase_from(path: Path | None, *, twice: bool = False) -> str:
    """The passphrase: first line of the file, of standard input for `-`, or asked for without showing it."""
    return secret_from(path, "passphrase", twice=twice)


def secret_from(path: Path | None, what: str, *, twice: bool = False) -> str:
    """A passphrase or phrase: first line of the file, the next line of standard input for `-`, or asked for without
    showing it. `what` is its name, and of its option: `--passphrase-file`."""
    option = f"--{what.replace(' ', '-')}-file"
    if path is None:
        if not sys.stdin.isatty():
            raise click.UsageError(f"No {what}: give {option}, or - to read it from standard input.")
        return str(click.prompt(what.capitalize(), hide_input=True, confirmation_prompt=twice, err=True))
    if str(path) == "-":
        return sys.stdin.readline().rstrip("\r\n")
    try:
        return path.read_text("utf-8").splitlines()[0]
    except (OSError, UnicodeDecodeError, IndexError):
        raise click.UsageError(f"The {what} file {path.name} can not be read or is empty.") from None


@contextmanager
def open_project(file: Path, passphrase_file: Path | None, *, session: bool = False) -> Iterator[Project]:
    """The county file, open for the length of the block; `session` as `Project.open` has it."""
    from ddj_desktop.workflow.project import Project  # here: `link` and `protect` open no county file

    project = Project.open(file, passphrase_from(passphrase_file), session=session)
    try:
        yield project
    finally:
        project.close()
