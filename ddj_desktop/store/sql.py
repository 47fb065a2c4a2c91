"""SQL kept in files beside the module that runs it."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def sql(package: str, name: str) -> str:
    """The text of `ddj_desktop/<package>/sql/<name>.sql`. The first lines say what it reads and gives."""
    return files(f"ddj_desktop.{package}").joinpath("sql", f"{name}.sql").read_text("utf-8")
