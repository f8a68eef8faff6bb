"""Rows out of a damaged file into a sound one: whatever can be read, around whatever cannot."""

import sqlite3
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from reader.store.connection import APPLICATION_ID, Access, connect
from reader.store.errors import FILE_ERRORS

TABLES = (
    "document", "text_version", "text_part", "structure_part", "asset", "file_copy", "file_place", "annotation",
    "annotation_picture", "tag", "annotation_tag", "document_tag", "mask", "category", "action", "change", "passage",
    "setting",
)  # fmt: skip
"""What is salvaged; the word indexes and their queues are made anew."""

_KEYED = {"file_place": "path", "setting": "key"}
"""Tables without row ids, by their keys."""
_FAILURES = 20_000
"""So many places of one table may be unreadable before the rest of it is given up."""
_BARREN = 2000
"""So many of them one after the other, without a row between."""
_ADDED_BY = {2: ("mask", ""), 3: ("annotation", "picture"), 4: ("annotation", "reviewed")}
"""By which table, or column of it, each version of the schema is known."""


@dataclass(slots=True)
class Salvaged:
    """How many rows of each table were taken over, and in how many places (or rows) of it something was not."""

    rows: dict[str, int] = field(default_factory=dict[str, int])
    failures: dict[str, int] = field(default_factory=dict[str, int])

    def add(self, other: "Salvaged") -> None:
        """Count what another look at the same file has brought."""
        for table, count in other.rows.items():
            self.rows[table] = self.rows.get(table, 0) + count


def schema_version(source: sqlite3.Connection) -> int:
    """The version of the schema, known by the columns that are there: the number in the header may be wrong."""
    found = 1
    for version, (table, column) in _ADDED_BY.items():
        names = _names(source, table)
        if (column in names) if column else names:
            found = version
    return found


def new_library(path: Path, version: int) -> None:
    """Make an empty library of an older shape, or of the present one, without any category in it."""
    from sqlite_utils import Database

    from reader.store.migrations import migrations

    connection = connect(Access(f"{path.absolute().as_uri()}?mode=rwc"))
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        later = [step.name for step in migrations.pending(Database(connection)) if int(step.name[1:4]) > version]
        migrations.apply(Database(connection, execute_plugins=False), stop_before=later)
    finally:
        connection.close()


@contextmanager
def filling(path: Path) -> Generator[sqlite3.Connection]:
    """A connection for writing rows as they come; what belongs to what is looked at later."""
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("PRAGMA synchronous = OFF")
        yield connection
    finally:
        connection.close()


def take_over(
    source: sqlite3.Connection, target: sqlite3.Connection, cancelled: Callable[[], bool], *, all_new: bool = True
) -> Salvaged:
    """Copy every readable row that `target` does not have yet.

    `all_new`: nothing is there yet but the names of the categories, which give way to those of the file.
    """
    done = Salvaged()
    if all_new:
        target.execute("DELETE FROM category")
    for table in TABLES:
        if cancelled():
            break
        columns = [name for name in _names(target, table) if name in _names(source, table)]
        if columns:
            _take_table(source, target, table, columns, done)
    return done


def _take_table(
    source: sqlite3.Connection, target: sqlite3.Connection, table: str, columns: list[str], done: Salvaged
) -> None:
    keyed = table in _KEYED
    names = columns if keyed or columns[0] == "id" else ["rowid", *columns]
    sql = f"INSERT OR IGNORE INTO {table} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"
    reader = _Reader(source, table, names)
    before = target.total_changes
    target.execute("BEGIN")
    for row in reader.by_key(_KEYED[table]) if keyed else reader.by_row_id():
        try:
            target.execute(sql, row)
        except sqlite3.Error:
            reader.failures += 1
    target.execute("COMMIT")
    done.rows[table] = target.total_changes - before
    if reader.failures:
        done.failures[table] = reader.failures


def _names(connection: sqlite3.Connection, table: str) -> list[str]:
    try:
        return [row[0] for row in connection.execute("SELECT name FROM pragma_table_info(?)", (table,))]
    except FILE_ERRORS:
        return []


class _Reader:
    """Reads a table around the places that cannot be read, and counts these."""

    def __init__(self, source: sqlite3.Connection, table: str, columns: list[str]) -> None:
        self.failures = 0
        self._source, self._table = source, table
        self._columns = ", ".join(columns)

    def by_row_id(self) -> Iterator[tuple[Any, ...]]:
        """The rows of a range from both ends up to what cannot be read; then the halves of what lies between."""
        bounds = self._bounds()
        ranges = [bounds] if bounds else []
        fruitful = 0
        while ranges and self.failures < min(_FAILURES, fruitful + _BARREN):
            low, high = ranges.pop()
            last = low - 1
            for row in self._rows("rowid BETWEEN ? AND ? ORDER BY rowid", (low, high)):
                if row is None:
                    break
                last = row[0]
                yield row
            else:
                continue
            first = high + 1
            for row in self._rows("rowid BETWEEN ? AND ? ORDER BY rowid DESC", (last + 1, high)):
                if row is None:
                    break
                first = row[0]
                yield row
            if last >= low or first <= high:
                fruitful = self.failures
            low, high = last + 1, first - 1
            if low < high:
                middle = (low + high) // 2
                ranges += [(middle + 1, high), (low, middle)]

    def by_key(self, key: str) -> Iterator[tuple[Any, ...]]:
        """The rows from both ends up to what cannot be read."""
        for order in ("", " DESC"):
            for row in self._rows(f"1 ORDER BY {key}{order}", ()):
                if row is None:
                    break
                yield row
            else:
                return

    def _rows(self, condition: str, parameters: tuple[int, ...]) -> Iterator[tuple[Any, ...] | None]:
        """The rows of a query; None in the end when it failed."""
        try:
            yield from self._source.execute(f"SELECT {self._columns} FROM {self._table} WHERE {condition}", parameters)
        except (*FILE_ERRORS, OverflowError):
            self.failures += 1
            yield None

    def _bounds(self) -> tuple[int, int] | None:
        found: list[int] = []
        for order in ("", " DESC"):
            try:
                row = self._source.execute(f"SELECT rowid FROM {self._table} ORDER BY rowid{order} LIMIT 1").fetchone()
            except FILE_ERRORS:
                self.failures += 1
                row = self._by_index(order)
            if row and isinstance(row[0], int):
                found.append(row[0])
        return (min(found), max(found)) if found else None

    def _by_index(self, order: str) -> tuple[int] | None:
        """The row id at one end of the table as any of its indexes knows it; else as far as one may have to look."""
        try:
            for (name,) in self._source.execute("SELECT name FROM pragma_index_list(?)", (self._table,)).fetchall():
                end = "max" if order else "min"
                sql = f"SELECT {end}(rowid) FROM {self._table} INDEXED BY {name}"
                row = self._source.execute(sql).fetchone()
                if row[0] is not None:
                    return row
        except FILE_ERRORS:
            pass
        return (1 << 16 if order else 1,)
