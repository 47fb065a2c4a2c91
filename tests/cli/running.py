"""Running commands as other people's scripts do, in a real process; or in this one, for the steps of a long story."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from ddj_desktop.cli import main

ROOT = Path(__file__).resolve().parents[2]
PASSPHRASE = "made-up people only"


@dataclass(frozen=True)
class Ran:
    """How a command ended and what it said."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one JSON object on standard output; nothing else may be there."""
        return json.loads(self.out)

    @property
    def sentence(self) -> str:
        """The one sentence on standard error."""
        lines = self.err.strip().splitlines()
        assert len(lines) == 1, self.err
        return lines[0]


def recovery_code(folder: Path) -> list[str]:
    """The groups of the code as the recovery sheet of `Pine.ddj` prints them."""
    page = PdfReader(folder / "Pine recovery sheet.pdf").pages[0].extract_text()
    return re.findall(r"\b[A-Z2-7]{5}\b", page)[:13]


def ddj(*words: str | Path, passphrase: str | None = PASSPHRASE, cwd: Path | None = None) -> Ran:
    """Run `main.py` with these words; the passphrase goes in by standard input where the command opens a file."""
    command = [sys.executable, str(ROOT / "main.py"), *(str(word) for word in words)]
    if passphrase is not None:
        command += ["--passphrase-file", "-"]
    environment = {**os.environ, "PYTHONWARNINGS": "error", "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        command, input=(passphrase or "") + "\n", capture_output=True, text=True, encoding="utf-8", check=False,
        cwd=cwd or ROOT, env=environment, timeout=600,
    )  # fmt: skip
    return Ran(done.returncode, done.stdout, done.stderr)


def here(*words: str | Path, passphrase: str | None = PASSPHRASE) -> Ran:
    """The same words by the same entry in this process: each step of a story then does not read the program anew, which
    is two thirds of what a short command takes. Every command is also run as a process of its own somewhere."""
    given = [str(word) for word in words] + ([] if passphrase is None else ["--passphrase-file", "-"])
    out, err = io.StringIO(), io.StringIO()
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(err):
        patch.setattr(sys, "stdin", io.StringIO((passphrase or "") + "\n"))
        code = main(given)
    return Ran(code, out.getvalue(), err.getvalue())
