"""The engine, opened and locked down: AES-256-GCM, no network, no other files, spill files encrypted.

The settings are the tested list of the security policy (reference: lock-down of the pinned engine). A file is
parsed and an output written in Python, never by the engine.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import cast

import duckdb
import duckdb_extension_httpfs

from ddj_desktop.store.errors import Damaged, NotACountyFile, WrongKey
from ddj_desktop.store.keys import key_text

MEMORY = "2GB"

# For every value of a list given to a statement the engine asks for pandas, and where that is not installed Python
# looks through all its folders anew: two seconds for four thousand numbers. Told once that there is none, it is free.
if "pandas" not in sys.modules and find_spec("pandas") is None:
    cast(dict[str, ModuleType | None], sys.modules)["pandas"] = None


def locked_down(temporary: str) -> dict[str, str | bool | int | float | list[str]]:
    """The settings every engine starts with: nothing is fetched or loaded by itself; it spills only to `temporary`."""
    return {
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
        "allow_community_extensions": "false",
        "allow_unsigned_extensions": "false",
        "allow_persistent_secrets": "false",
        "python_enable_replacements": "false",
        "temp_directory": temporary,
        "memory_limit": MEMORY,
    }


def open_engine(
    file: Path, data_key: bytes, *, temporary: Path, backups: Path | None = None, read_only: bool = False
) -> duckdb.DuckDBPyConnection:
    """An engine with the county file attached as `county` and everything else shut.

    `temporary` is wiped first. `backups` is the only folder the engine may write another file into.
    Raises WrongKey, NotACountyFile, Damaged.
    """
    wipe(temporary)
    temporary.mkdir(mode=0o700, parents=True, exist_ok=True)
    engine = duckdb.connect(":memory:", config=locked_down(str(temporary)) | {"preserve_insertion_order": "true"})
    try:
        engine.execute(f"LOAD {_quoted(_cipher())}")
        engine.execute("SET enable_progress_bar = false")
        # Columns of Python objects are text (store.columns); sampling them to find out costs 0.2 s a column.
        engine.execute("SET GLOBAL pandas_analyze_sample = 0")
        engine.execute("SET temp_file_encryption = true")
        engine.execute("SET disabled_filesystems = 'HTTPFileSystem,S3FileSystem,HuggingFaceFileSystem'")
        options = f"ENCRYPTION_KEY '{key_text(data_key)}'" + (", READ_ONLY" if read_only else "")
        engine.execute(f"ATTACH {_quoted(file)} AS county ({options})")
        if backups is not None:
            engine.execute(f"SET allowed_directories = [{_quoted(backups)}]")
        engine.execute("SET enable_external_access = false")
        engine.execute("SET lock_configuration = true")
    except duckdb.Error as error:
        engine.close()
        raise _opening_error(file, str(error).lower()) from None  # the engine's text may echo the key
    return engine


def wipe(folder: Path) -> None:
    """Remove a folder of spill files, if it is there."""
    shutil.rmtree(folder, ignore_errors=True)


def copy_database(cursor: duckdb.DuckDBPyConnection, target: Path, data_key: bytes) -> None:
    """Write the whole county database into a new file under the same key; reads every block on the way.

    A copy that is interrupted lets go of the new file, so that the next one can be made: the statement leaves its
    transaction open, and a second cursor, which nobody interrupts, attaches and detaches.
    """
    beside = cursor.cursor()
    try:
        beside.execute(f"ATTACH {_quoted(target)} AS copy_of_county (ENCRYPTION_KEY '{key_text(data_key)}')")
        try:
            cursor.execute("COPY FROM DATABASE county TO copy_of_county")
            cursor.execute("CHECKPOINT copy_of_county")
        finally:
            with suppress(duckdb.TransactionException):  # none is open where the copy went well
                cursor.execute("ROLLBACK")
            beside.execute("DETACH copy_of_county")
    finally:
        beside.close()


@contextmanager
def opened_beside(cursor: duckdb.DuckDBPyConnection, file: Path, data_key: bytes) -> Iterator[str]:
    """A file under the same key, attached to be read from its blocks; gives the name it goes by.

    The cheaper way beside an engine that is there: a second one loads the cipher anew.
    """
    beside, name = cursor.cursor(), "read_beside"
    try:
        beside.execute(f"ATTACH {_quoted(file)} AS {name} (ENCRYPTION_KEY '{key_text(data_key)}', READ_ONLY)")
        try:
            yield name
        finally:
            with suppress(duckdb.TransactionException):
                cursor.execute("ROLLBACK")
            beside.execute(f"DETACH {name}")
    finally:
        beside.close()


def _cipher() -> Path:
    folder = Path(duckdb_extension_httpfs.__file__).parent / "extensions" / f"v{duckdb.__version__}"
    return folder / "httpfs.duckdb_extension"


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"


def _opening_error(file: Path, text: str) -> Exception:
    if "wrong encryption key" in text or "aes tag" in text:
        return WrongKey(file=file.name)
    if "not a valid duckdb" in text or "not encrypted" in text or "could not read enough" in text:
        return NotACountyFile(file=file.name)
    return Damaged(file=file.name, where="it")
