"""The open library file: connections, reads, and the transactions that writes go through."""

import sqlite3
import weakref
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import local
from time import time
from typing import TYPE_CHECKING, Any

from reader.store.connection import SCHEMA_VERSION, connect, open_file
from reader.store.errors import LibraryReadOnly, translate
from reader.store.gate import WriteGate
from reader.store.ids import instant, new_uuid7

if TYPE_CHECKING:
    from sqlite_utils import Database

Connection = sqlite3.Connection
"""What a transaction hands out; only this package puts SQL on it."""
Parameters = Sequence[Any] | dict[str, Any]


class _Handle:
    """One thread's connection; closed with the thread."""

    __slots__ = ("__weakref__", "connection", "database")

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self.database: Database | None = None

    def __del__(self) -> None:
        self.connection.close()


@contextmanager
def storage_errors() -> Iterator[None]:
    """Turn SQLite's errors about the file into StorageError; a fault of ours passes through."""
    try:
        yield
    except sqlite3.Error as error:
        translated = translate(error)
        if translated is None:
            raise
        raise translated from error


class Store:
    """One library file. Any thread may use it: each gets a connection of its own on first use.

    `clock` gives seconds since 1970 (UTC), `new_uid` a fresh uid; both are replaced in tests.
    """

    def __init__(
        self,
        path: Path,
        *,
        clock: Callable[[], float] | None = None,
        new_uid: Callable[[], str] | None = None,
        before_migration: Callable[[sqlite3.Connection], object] | None = None,
    ) -> None:
        self.path = path
        self.clock = clock or time
        self.new_uid = new_uid or new_uuid7
        self.gate = WriteGate()
        self._local = local()
        self._handles: weakref.WeakSet[_Handle] = weakref.WeakSet()
        connection, self._access, version = open_file(path)
        self._adopt(connection)
        if version < SCHEMA_VERSION:
            try:
                self.bring_up_to_date(before_migration)
            except BaseException:
                self.close()
                raise

    @property
    def read_only(self) -> bool:
        return self._access.read_only

    @property
    def notice(self) -> str:
        """Why the library may only be read, in one sentence; else empty."""
        return self._access.notice

    def now(self) -> str:
        """The present instant as text."""
        return instant(self.clock())

    def close(self) -> None:
        """Close every thread's connection."""
        for handle in list(self._handles):
            handle.connection.close()
        self._handles.clear()
        self._local = local()

    # Reading

    @property
    def connection(self) -> sqlite3.Connection:
        """This thread's connection."""
        return self._handle().connection

    def rows(self, sql: str, parameters: Parameters = ()) -> list[Any]:
        """All rows of a query, as tuples."""
        try:
            return self._handle().connection.execute(sql, parameters).fetchall()
        except sqlite3.Error as error:
            raise translate(error) or error from error

    def row(self, sql: str, parameters: Parameters = ()) -> Any:
        """The first row of a query as a tuple; None when there is none."""
        try:
            return self._handle().connection.execute(sql, parameters).fetchone()
        except sqlite3.Error as error:
            raise translate(error) or error from error

    def iterate(self, sql: str, parameters: Parameters = ()) -> Iterator[Any]:
        """The rows of a query one by one, for long results."""
        with storage_errors():
            yield from self._handle().connection.execute(sql, parameters)

    # Writing

    @contextmanager
    def transaction(self, *, urgent: bool = True) -> Iterator[sqlite3.Connection]:
        """A transaction outside the journal; its first statement must be a write, which takes the lock.

        Background work passes `urgent=False` and lets a person's actions go first.
        """
        if self.read_only:
            raise LibraryReadOnly(self.notice)
        with self.gate.entered(urgent=urgent), storage_errors():
            database = self._database()
            with database.atomic():
                yield database.conn

    def database(self) -> "Database":
        """This thread's connection as sqlite-utils sees it; the first call imports that library (about 0.1 s)."""
        return self._database()

    def _database(self) -> "Database":
        handle = self._handle()
        if handle.database is None:
            from sqlite_utils import Database

            handle.database = Database(handle.connection, execute_plugins=False)
        return handle.database

    def _handle(self) -> _Handle:
        try:
            return self._local.handle
        except AttributeError:
            return self._adopt(connect(self._access))

    def _adopt(self, connection: sqlite3.Connection) -> _Handle:
        handle = self._local.handle = _Handle(connection)
        self._handles.add(handle)
        return handle

    def bring_up_to_date(self, before: Callable[[sqlite3.Connection], object] | None = None) -> None:
        """Apply the migrations that the file lacks; `before` is called with the connection when it has content."""
        connection = self.connection
        version = self.row("PRAGMA user_version")[0]
        if version >= SCHEMA_VERSION or (self.read_only and version):
            return
        from reader.store.migrations import migrate

        with self.gate.entered(urgent=True), storage_errors():
            if version and before:
                before(connection)
            migrate(connection)
