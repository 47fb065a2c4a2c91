"""Where the files that ship with the program lie, in the tree and in the frozen program."""

from __future__ import annotations

import sys
from pathlib import Path


def resource(name: str) -> Path:
    """The path of a file or folder under `resources/`."""
    frozen = getattr(sys, "_MEIPASS", None)
    root = Path(frozen) if frozen else Path(__file__).resolve().parents[2]
    return root / "resources" / name


def help_text(topic: str) -> str:
    """The help page of a topic, in Markdown."""
    return (resource("help") / f"{topic}.md").read_text(encoding="utf-8")


def help_topics() -> list[str]:
    """Every topic there is, in the order of the work."""
    return sorted(path.stem for path in resource("help").glob("*.md"))
