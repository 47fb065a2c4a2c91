"""Where the files shipped beside the code lie: fonts, help, pictures."""

from __future__ import annotations

import sys
from pathlib import Path

from ddj_desktop.kernel.errors import OurFault


def resource(name: str) -> Path:
    """The path of `resources/<name>`, in the tree and in the frozen program alike.

    `name` uses forward slashes, for example `fonts/DejaVuSansCondensed.ttf`. Raises OurFault where the file is
    missing, which means the program's own folder is not whole.
    """
    frozen = getattr(sys, "_MEIPASS", None)  # where PyInstaller's one-folder program keeps its data
    home = Path(frozen) if frozen else Path(__file__).resolve().parents[2]
    path = home / "resources" / Path(*name.split("/"))
    if not path.exists():
        raise OurFault(what=f"the file {name} is missing from the program's folder")
    return path
