"""Opening, making and building county files beside the window: each takes a second or more."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from ddj_desktop.gui.doorbell import Doorbell
from ddj_desktop.kernel.errors import Misuse
from ddj_desktop.kernel.progress import Progress
from ddj_desktop.screens.new_county import NewCounty
from ddj_desktop.store.county_file import County
from ddj_desktop.workflow import demo_line
from ddj_desktop.workflow.project import Project, recovery_sheet_path, renew_key


class Opening:
    """One thing at a time; told in the window's thread."""

    def __init__(self) -> None:
        self._bell = Doorbell()
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="opening")
        self._progress: Progress | None = None

    def start(
        self,
        work: Callable[[Progress], Any],
        done: Callable[[Any], None],
        failed: Callable[[Exception], None],
        watch: Callable[[Progress], None] | None = None,
    ) -> None:
        """Carry out `work(progress)`, then call `done` or `failed`."""
        progress = self._progress = Progress(
            (lambda p: self._bell.deliver(lambda: watch(p))) if watch else None  # what it says is read when shown
        )

        def run() -> None:
            try:
                result = work(progress)
            except Exception as error:
                self._bell.deliver(lambda error=error: failed(error))  # type: ignore[misc]
            else:
                self._bell.deliver(lambda: done(result))

        self._pool.submit(run)

    def stop(self) -> None:
        """Ask the work to stop."""
        if self._progress:
            self._progress.stop()

    def close(self) -> None:
        """Stop and wait."""
        self.stop()
        self._bell.close()
        self._pool.shutdown(wait=True, cancel_futures=True)


def open_county(path: Path, passphrase: str, recovery_code: str = "") -> Project:
    """Open a county file; with the recovery code the passphrase is a new one. Raises the sentences of the store."""
    if recovery_code:
        renew_key(path, recovery_code, passphrase)
    return Project.open(path, passphrase, session=True)


def make_county(answers: NewCounty) -> tuple[Project, Path]:
    """Make a county file and its recovery sheet. Returns both. Raises AlreadyThere, CannotWrite, WeakPassphrase."""
    path = answers.path
    if path is None or answers.missing:
        raise Misuse(what=answers.missing)
    path.parent.mkdir(parents=True, exist_ok=True)
    project = Project.create(path, answers.passphrase, County(answers.name.strip(), answers.state, answers.people))
    return project, recovery_sheet_path(path)


def open_demo(folder: Path, progress: Progress) -> Project:
    """Open the made-up county under a folder; build it first where it is not there yet, which takes a minute."""
    path = folder / "Pine.ddj"
    if not path.is_file():
        half = folder.with_name(folder.name + " (unfinished)")
        shutil.rmtree(half, ignore_errors=True)
        half.mkdir(parents=True)
        try:
            demo_line.run_demo(half, demo_line.SEED, progress, lambda _stage: None)
            shutil.rmtree(folder, ignore_errors=True)
            half.rename(folder)  # a demo that was stopped half way is never opened as if whole
        finally:
            shutil.rmtree(half, ignore_errors=True)
    return Project.open(path, demo_line.PASSPHRASE)
