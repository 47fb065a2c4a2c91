"""Bring a county file to this program's schema: numbered steps, each in one transaction; a newer file is refused."""

from __future__ import annotations

from importlib.resources import files

from ddj_desktop.kernel import clock
from ddj_desktop.store.errors import FileTooNew
from ddj_desktop.store.lane import Lane

_STEPS_TABLE = "CREATE TABLE IF NOT EXISTS schema_step (n INTEGER PRIMARY KEY, done_at TIMESTAMP NOT NULL)"


def steps() -> list[tuple[int, str]]:
    """Every step as (number, SQL), in order."""
    folder = files("ddj_desktop.store").joinpath("migrations")
    found = [
        (int(entry.name[:4]), entry.read_text("utf-8")) for entry in folder.iterdir() if entry.name.endswith(".sql")
    ]
    return sorted(found)


def version_of(lane: Lane) -> int:
    """The last step the file has had; 0 for an empty file."""
    there = lane.rows("SELECT 1 FROM duckdb_tables() WHERE database_name = 'county' AND table_name = 'schema_step'")
    return int(lane.value("SELECT coalesce(max(n), 0) FROM schema_step")) if there else 0


def is_old(lane: Lane, file: str) -> bool:
    """True when steps are missing. Raises FileTooNew when the file has steps this program does not know."""
    have, newest = version_of(lane), steps()[-1][0]
    if have > newest:
        raise FileTooNew(file=file)
    return have < newest


def bring_up_to_date(lane: Lane, upto: int | None = None) -> None:
    """Apply every missing step, up to `upto` where given (for tests of old files)."""
    have = version_of(lane)
    for number, text in steps():
        if have < number <= (upto or number):
            with lane.transaction():
                lane.run(_STEPS_TABLE)
                lane.run(text)
                lane.run("INSERT INTO schema_step VALUES ($n, $at)", n=number, at=clock.now())
