"""Copies of the library file through SQLite's own backup, each one opened, checked and counted before it counts."""

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from reader.store.connection import APPLICATION_ID, SCHEMA_VERSION
from reader.store.database import Store, storage_errors
from reader.store.errors import LibraryDamaged, StorageError
from reader.store.integrity import damage

Progress = Callable[[int, int], object]
"""Is told how many pages are done and how many there are; whatever it raises stops the work."""

_PAGES = 2000
"""Pages copied between two reports: about 8 MB."""


@dataclass(frozen=True, slots=True)
class Counts:
    """What a library holds: documents that can be seen, annotations, tags, text versions."""

    documents: int
    annotations: int
    tags: int
    versions: int


def counts(connection: sqlite3.Connection) -> Counts:
    """What the library of this connection holds."""
    shown = "SELECT count(*) FROM document WHERE visible = 1 AND removed = ''"
    others = (f"SELECT count(*) FROM {table}" for table in ("annotation", "tag", "text_version"))
    return Counts(*(connection.execute(sql).fetchone()[0] for sql in (shown, *others)))


def write(source: sqlite3.Connection, target: Path, progress: Progress = lambda _done, _total: None) -> Counts:
    """Copy a library to `target`, which appears under its name only when it is whole and sound; what it holds.

    The copy is opened anew, checked, and must hold as much as the source did at that moment.
    """
    temporary = target.with_name(f"{target.name}.{os.getpid()}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        temporary.unlink(missing_ok=True)
        os.close(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        with storage_errors():
            wanted = _copied(source, temporary, progress)
            verify(temporary, wanted)
        to_disk(temporary)
        os.replace(temporary, target)
    except OSError as error:
        reason = error.strerror or str(error)
        raise StorageError(f"No backup could be written to “{target}” ({reason}); choose another place.") from error
    finally:
        temporary.unlink(missing_ok=True)
    return wanted


def _copied(source: sqlite3.Connection, target: Path, progress: Progress) -> Counts:
    """Copy everything as it is at one moment, whatever others write meanwhile; what there was at that moment."""
    with closing(sqlite3.connect(target, isolation_level=None)) as copy:
        source.execute("BEGIN")
        try:
            wanted = counts(source)
            source.backup(copy, pages=_PAGES, progress=lambda _status, left, total: progress(total - left, total))
        finally:
            source.execute("ROLLBACK")
        copy.execute("PRAGMA journal_mode = DELETE")
    return wanted


def verify(path: Path, wanted: Counts) -> None:
    """Raise LibraryDamaged unless the file is sound and holds what was wanted."""
    with closing(reading(path)) as copy:
        if damage(copy) or counts(copy) != wanted:
            raise LibraryDamaged("The backup is not sound, so the library may be damaged; restore an older backup.")


def copy(source: Path, target: Path, progress: Progress = lambda _done, _total: None) -> Counts:
    """Write a backup file to another place; what it holds."""
    with storage_errors(), closing(reading(source)) as connection:
        return write(connection, target, progress)


def unpack(source: Path, target: Path, progress: Progress = lambda _done, _total: None) -> None:
    """Copy a backup to a file that is soon to be deleted again, without checking it."""
    try:
        target.unlink(missing_ok=True)
        os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    except OSError as error:
        reason = error.strerror or str(error)
        raise StorageError(f"There is no place for a copy of the backup at “{target}” ({reason}).") from error
    with (
        storage_errors(),
        closing(reading(source)) as connection,
        closing(sqlite3.connect(target, isolation_level=None)) as copy,
    ):
        connection.backup(copy, pages=_PAGES, progress=lambda _status, left, total: progress(total - left, total))


def to_disk(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def check(path: Path) -> Counts:
    """What a backup holds. Raises LibraryDamaged when it is not sound, StorageError when too new."""
    with storage_errors(), closing(reading(path)) as connection:
        if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID or damage(connection):
            raise LibraryDamaged(f"“{path}” is not a sound backup of a library; choose another one.")
        if connection.execute("PRAGMA user_version").fetchone()[0] > SCHEMA_VERSION:
            raise StorageError("This backup was made by a newer version of Passage; restore it there.")
        return counts(connection)


def may_be_replaced(path: Path) -> None:
    """Raise StorageError unless the file at `path` is empty or a library's, and no program has it open."""
    if Path(f"{path}-wal").exists():
        raise StorageError(f"“{path}” is a library that is in use; choose another file.")
    if contents(path) is None and path.stat().st_size:
        raise StorageError(f"“{path}” is there and is no backup; choose another file, or delete it first.")


def contents(path: Path) -> Counts | None:
    """What a backup holds, without checking it; None when it cannot be read."""
    try:
        with closing(reading(path)) as connection:
            return counts(connection)
    except (sqlite3.Error, StorageError):
        return None


def reading(path: Path) -> sqlite3.Connection:
    """A connection that only reads. StorageError when there is no such file."""
    if not path.is_file():
        raise StorageError(f"There is no backup “{path}”; choose another one.")
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None)


def restore(store: Store, path: Path) -> None:
    """Make the open library what it was in a backup that has been checked."""
    with store.ours.replaced():
        with store.gate.entered(urgent=True), storage_errors(), closing(reading(path)) as source:
            source.backup(store.connection)
        store.bring_up_to_date()
