"""The same line without a window. Never imports Qt."""

from ddj_desktop.cli.entry import main

__all__ = ["main"]
