"""The open library file: connections, reads, and the transactions that writes go through."""

import sqlite3
import weakref
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import local
from time import time
from typing import Any

from reader.store.connection import SCHEMA_VERSION, connect, open_file
from reader.store.errors import FILE_ERRORS, LibraryReadOnly, translate
from reader.store.gate import WriteGate
from reader.store.ids import instant, new_uuid7
from reader.store.ours import Ours
from reader.store.presence import Presence
from reader.store.private import tighten

Connection = sqlite3.Connection
"""What a transaction hands out; only this package puts SQL on it."""
Parameters = Sequence[Any] | dict[str, Any]


class _Handle:
    """One thread's connection; closed with the thread."""

    __slots__ = ("__weakref__", "connection")

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection

    def __del__(self) -> None:
        self.connection.close()


@contextmanager
def storage_errors() -> Generator[None]:
    """Turn SQLite's errors about the file into StorageError; a fault of ours passes through."""
    try:
        yield
    except FILE_ERRORS as error:
        translated = translate(error)
        if translated is None:
            raise
        raise translated from error


@contextmanager
def _atomic(connection: sqlite3.Connection) -> Generator[sqlite3.Connection]:
    """All of it or nothing. The lock is taken at once, so that a reader never has to become a writer.

    Not sqlite-utils' `atomic()`, which does the same: importing that library takes 0.1 s and 12 MB, on the
    interface's thread and right after the first page. It is imported where a file's shape is made or changed.
    """
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield connection
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


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
        self.ours = Ours()
        self._local = local()
        self._handles: weakref.WeakSet[_Handle] = weakref.WeakSet()
        connection, self._access, version = open_file(path)
        self._presence = Presence(path)
        self._adopt(connection)
        self.made_private = "" if self.read_only else tighten(path)
        """The sentence that others could read the library until now; else empty."""
        self.first_version = self.data_version()
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

    def let_go(self) -> None:
        """Free the pages that SQLite keeps for the next question, up to 2 MB of each thread: a text just read is there.

        Where a thread works with its connection just now, this waits for it.
        """
        for handle in list(self._handles):
            handle.connection.execute("PRAGMA shrink_memory")

    # Reading

    @property
    def connection(self) -> sqlite3.Connection:
        """This thread's connection."""
        return self._handle().connection

    def rows(self, sql: str, parameters: Parameters = ()) -> list[Any]:
        """All rows of a query, as tuples."""
        try:
            return self._handle().connection.execute(sql, parameters).fetchall()
        except FILE_ERRORS as error:
            raise translate(error) or error from error

    def row(self, sql: str, parameters: Parameters = ()) -> Any:
        """The first row of a query as a tuple; None when there is none."""
        try:
            return self._handle().connection.execute(sql, parameters).fetchone()
        except FILE_ERRORS as error:
            raise translate(error) or error from error

    def iterate(self, sql: str, parameters: Parameters = ()) -> Iterator[Any]:
        """The rows of a query one by one, for long results."""
        with storage_errors():
            yield from self._handle().connection.execute(sql, parameters)

    @contextmanager
    def reading(self) -> Generator[None]:
        """Several reads of one state of the file, whatever others write meanwhile. Nothing may be written in it."""
        with storage_errors():
            connection = self.connection
            connection.execute("BEGIN")
            try:
                yield
            finally:
                if connection.in_transaction:
                    connection.execute("COMMIT")

    def data_version(self) -> int:
        """A number that changes when another program or thread has written."""
        return self.row("PRAGMA data_version")[0]

    def changes(self) -> int:
        """How many rows this thread has written."""
        return self.connection.total_changes

    # Writing

    @contextmanager
    def transaction(self, *, urgent: bool = True) -> Generator[sqlite3.Connection]:
        """A transaction outside the journal.

        Background work passes `urgent=False` and lets a person's actions go first.
        """
        if self.read_only:
            raise LibraryReadOnly(self.notice)
        with self.gate.entered(urgent=urgent), storage_errors(), _atomic(self.connection) as connection:
            self._presence.check()
            yield connection

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
