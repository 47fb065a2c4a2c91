"""A lane: one cursor on the county file, used by one thread at a time, speaking our errors."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import Any

import duckdb
import numpy as np

from ddj_desktop.kernel.errors import OurFault, Stopped
from ddj_desktop.store.columns import incoming
from ddj_desktop.store.errors import Damaged, DiskFull

Row = tuple[Any, ...]


@contextmanager
def in_our_words(file: str) -> Iterator[None]:
    """Turn the engine's errors into ours. The engine's text may quote cells, so it is never carried over."""
    try:
        yield
    except duckdb.InterruptException:
        raise Stopped from None
    except duckdb.Error as error:
        text = str(error).lower()
        if "no space left" in text or ("disk" in text and "full" in text):
            raise DiskFull from None
        if "checksum" in text or "aes tag" in text or "corrupt" in text or "could not read enough" in text:
            raise Damaged(file=file, where="a block of it") from None
        raise OurFault(what=type(error).__name__) from error


class Lane:
    """Reads and writes of one thread. Statements take named values: `lane.rows(sql, month="2026-10")`."""

    def __init__(self, cursor: duckdb.DuckDBPyConnection, file: str) -> None:
        self._cursor = cursor
        self._file = file
        with in_our_words(file):
            self._cursor.execute("USE county")

    def run(self, sql: str, **values: object) -> None:
        """Carry out one statement (or several without values)."""
        with in_our_words(self._file):
            self._cursor.execute(sql, values or None)

    def rows(self, sql: str, **values: object) -> list[Row]:
        """All rows of one query."""
        with in_our_words(self._file):
            return self._cursor.execute(sql, values or None).fetchall()

    def one(self, sql: str, **values: object) -> Row:
        """The only row of a query. Raises OurFault when there is none."""
        found = self.rows(sql, **values)
        if not found:
            raise OurFault(what="a row that must be there is not")
        return found[0]

    def value(self, sql: str, **values: object) -> Any:
        """The only value of a query."""
        return self.one(sql, **values)[0]

    def dicts(self, sql: str, **values: object) -> list[dict[str, Any]]:
        """All rows, each as a dict by column name."""
        with in_our_words(self._file):
            found = self._cursor.execute(sql, values or None)
            names = [column[0] for column in found.description or ()]
            return [dict(zip(names, row, strict=True)) for row in found.fetchall()]

    def columns(self, sql: str, **values: object) -> dict[str, np.ndarray[Any, Any]]:
        """Whole columns as numpy arrays (masked arrays where a number or date is missing)."""
        with in_our_words(self._file):
            return self._cursor.execute(sql, values or None).fetchnumpy()

    def append(self, table: str, columns: Mapping[str, Sequence[object] | np.ndarray[Any, Any]]) -> None:
        """Add rows given as whole columns; about eighty times faster than row by row.

        `table` and the column names are ours, never a file's. None becomes NULL.
        """
        if not columns or not len(next(iter(columns.values()))):
            return
        arrays, given = incoming(columns)
        with in_our_words(self._file):
            self._cursor.register("incoming_columns", arrays)
            try:
                self._cursor.execute(
                    f"INSERT INTO {table} ({', '.join(columns)}) SELECT {', '.join(given)} FROM incoming_columns"
                )
            finally:
                self._cursor.unregister("incoming_columns")
                arrays.clear()  # the engine holds the mapping until the transaction ends; the columns need not wait

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing. An error inside leaves the file as it was."""
        self.run("BEGIN TRANSACTION")
        try:
            yield
        except BaseException:
            with in_our_words(self._file):
                self._cursor.execute("ROLLBACK")
            raise
        self.run("COMMIT")

    def interrupt(self) -> None:
        """Stop the statement that is running on this lane, from another thread. A closed lane has nothing to stop."""
        with suppress(duckdb.ConnectionException):
            self._cursor.interrupt()

    def close(self) -> None:
        """Give the cursor back."""
        self._cursor.close()
