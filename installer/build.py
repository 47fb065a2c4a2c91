"""Build the program for this system, let the built program test itself, and pack it with its checksum."""

from __future__ import annotations

import hashlib
import os
import platform
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BUILT = ROOT / "dist" / "ddj-desktop"


def main() -> int:
    """Clean, freeze, self-test, pack. Returns 0, or 1 with the step that failed."""
    for step in (clean, freeze, try_the_line, try_the_window, pack):
        began = time.monotonic()
        step()
        sys.stdout.write(f"{step.__name__}: {time.monotonic() - began:.0f} s\n")
    return 0


def program() -> Path:
    """The built program."""
    return BUILT / ("ddj-desktop.exe" if os.name == "nt" else "ddj-desktop")


def clean() -> None:
    """Remove what an earlier build left."""
    for folder in ("build", "dist"):
        shutil.rmtree(ROOT / folder, ignore_errors=True)


def freeze() -> None:
    """Run PyInstaller on the spec."""
    spec = ROOT / "installer" / "ddj.spec"
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN", str(spec)]
    subprocess.run(command, cwd=ROOT, check=True)


def try_the_line() -> None:
    """The built program takes the made-up county down the whole line, without Qt."""
    _must_be_quiet([str(program()), "self-test"])


def try_the_window() -> None:
    """The built program opens its window without a screen, shows every page, and ends."""
    _must_be_quiet([str(program()), "--window-self-test"], QT_QPA_PLATFORM="offscreen")


def _must_be_quiet(command: list[str], **more: str) -> None:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")} | more
    done = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=600, check=False)
    if done.returncode != 0 or done.stderr.strip():
        sys.stderr.write(f"{' '.join(command)} ended with {done.returncode}\n{done.stdout}\n{done.stderr}\n")
        raise SystemExit(1)


def pack() -> None:
    """A zip of the folder and its SHA-256 beside it."""
    name = f"ddj-desktop-{platform.system().lower()}-{platform.machine().lower()}"
    archive = Path(shutil.make_archive(str(ROOT / "dist" / name), "zip", BUILT.parent, BUILT.name))
    digest = hashlib.sha256(archive.read_bytes()).hexdigest()
    archive.with_suffix(".zip.sha256").write_text(f"{digest}  {archive.name}\n", "utf-8")


if __name__ == "__main__":
    sys.exit(main())
