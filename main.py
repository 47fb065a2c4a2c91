"""Starts the window, or carries out one command of the same line without it."""

from __future__ import annotations

import sys


def start(words: list[str]) -> int:
    """Open the window when no words are given, else carry out the command. Returns the exit code."""
    if words[:1] == ["--read-worker"]:  # the frozen program is its own child for reading spreadsheets
        from ddj_desktop.intake.worker import main as read_worker

        return read_worker(words[1], int(words[2]), "--locked" in words[3:])
    if words == ["--window-self-test"]:
        from ddj_desktop.app import window_self_test

        return window_self_test()
    if words:
        from ddj_desktop.cli import main

        return main(words)
    from ddj_desktop.app import run

    return run()


if __name__ == "__main__":
    sys.exit(start(sys.argv[1:]))
