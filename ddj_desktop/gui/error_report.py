"""The last resort: an error nobody caught is shown as our fault, and a report can be kept for the helper.

The report is an allow-list: version, system, page, class of the error, places in the code. No values, no names,
no paths, not even the error's own text.
"""

from __future__ import annotations

import platform
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from ddj_desktop import __version__
from ddj_desktop.kernel import clock


def report_text(error: BaseException, page: str) -> str:
    """What the helper needs, and nothing of the county's."""
    lines = [
        "DDJ desktop: report of a fault",
        f"Version: {__version__}",
        f"System: {platform.system()} {platform.release()}, Python {platform.python_version()}",
        f"When: {clock.now():%Y-%m-%d %H:%M} UTC",
        f"Page: {page}",
    ]
    seen: set[int] = set()
    current: BaseException | None = error
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        lines.append(f"Error: {type(current).__module__}.{type(current).__name__}")
        lines += [
            f"  {Path(frame.filename).name} line {frame.lineno} in {frame.name}"
            for frame in traceback.extract_tb(current.__traceback__, limit=-30)
        ]
        current = current.__cause__ or current.__context__
    return "\n".join(lines) + "\n"


def write_report(error: BaseException, page: str, folder: Path) -> Path:
    """Keep the report in a folder. Returns its path."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"ddj-report-{clock.now():%Y%m%d-%H%M%S}.txt"
    path.write_text(report_text(error, page), encoding="utf-8")
    return path


def catch_all(show: Callable[[BaseException], None]) -> None:
    """From now on, errors nobody caught are shown by `show`; the program goes on."""

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        show(error.with_traceback(trace))

    sys.excepthook = hook
