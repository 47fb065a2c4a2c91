"""A reader that is warm: one process that has everything imported and forks a child for each file.

The child is the program's own (`intake.worker`), with its own limits; only its start is spared, which takes ten times
as long as reading a small file. For campaigns over many files, where a system can fork.
"""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any, Self


class WarmChild:
    """What `subprocess.Popen` is to `intake.read`: something that speaks, and can be ended."""

    stdin = None

    def __init__(self, pid: int, stdout: IO[bytes]) -> None:
        self._pid = pid
        self.stdout = stdout

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stdout.close()

    def kill(self) -> None:
        """End the child; it may have ended already."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self._pid, signal.SIGKILL)


class WarmReader:
    """Starts children that read, in place of `intake.read._started`."""

    def __init__(self, cold: Callable[..., Any]) -> None:
        self._cold = cold
        self._end, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        root = Path(__file__).parents[2]
        self._server = subprocess.Popen(
            [sys.executable, "-m", "tests.intake.warm_reader", str(theirs.fileno())],
            pass_fds=[theirs.fileno()], cwd=root, stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        theirs.close()

    def start(self, path: Path, timeout: int, password: str | None) -> Any:
        """A child that reads a file; a cold one where a password has to be handed over."""
        if password:
            return self._cold(path, timeout, password)
        ours, its = os.pipe()
        socket.send_fds(self._end, [f"{timeout} {path}".encode()], [its])
        os.close(its)
        return WarmChild(int(self._end.recv(100)), os.fdopen(ours, "rb"))

    def stop(self) -> int:
        """End the server. Returns the most memory a child has held, in MB."""
        self._end.send(b"most")
        most = int(self._end.recv(100))
        self._end.close()
        self._server.wait(30)
        return most // 1024


def _serve(end: socket.socket) -> None:
    from ddj_desktop.intake import read_html, read_text, read_workbook, read_xml, unlock, worker  # noqa: F401

    pid = most = 0
    while True:
        said, given, _, _ = socket.recv_fds(end, 65_536, 1)
        if pid:
            most = max(most, os.wait4(pid, 0)[2].ru_maxrss)
            pid = 0
        if said in (b"most", b""):
            end.send(str(most).encode())
            return
        pid = os.fork()
        if not pid:
            os.dup2(given[0], 1)
            seconds, _, path = said.decode().partition(" ")
            end.close()
            os.closerange(3, 64)
            os._exit(worker.main(path, int(seconds)))
        os.close(given[0])
        end.send(str(pid).encode())


if __name__ == "__main__":
    _serve(socket.socket(fileno=int(sys.argv[1])))
