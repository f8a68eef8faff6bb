"""Copies of the library file through SQLite's own backup, each one checked before it counts."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from reader.store.connection import APPLICATION_ID, SCHEMA_VERSION
from reader.store.database import Store, storage_errors
from reader.store.errors import LibraryDamaged, StorageError
from reader.store.integrity import damage


def write(source: sqlite3.Connection, target: Path) -> None:
    """Copy a library to `target`, which appears under its name only when it is whole and sound."""
    temporary = target.with_name(f"{target.name}.{os.getpid()}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        temporary.unlink(missing_ok=True)
        with storage_errors(), closing(sqlite3.connect(temporary, isolation_level=None)) as copy:
            source.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")
            if damage(copy):
                raise LibraryDamaged("The backup is not sound, so the library may be damaged; restore an older backup.")
        _to_disk(temporary)
        os.replace(temporary, target)
    except OSError as error:
        reason = error.strerror or str(error)
        raise StorageError(f"No backup could be written to “{target}” ({reason}); choose another place.") from error
    finally:
        temporary.unlink(missing_ok=True)


def copy(source: Path, target: Path) -> None:
    """Write a backup file to another place."""
    with closing(_reading(source)) as connection:
        write(connection, target)


def _to_disk(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def check(path: Path) -> int:
    """How many documents a backup holds. Raises LibraryDamaged when it is not sound, StorageError when too new."""
    with storage_errors(), closing(_reading(path)) as connection:
        if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID or damage(connection):
            raise LibraryDamaged(f"“{path}” is not a sound backup of a library; choose another one.")
        if connection.execute("PRAGMA user_version").fetchone()[0] > SCHEMA_VERSION:
            raise StorageError("This backup was made by a newer version of Passage; restore it there.")
        return _documents(connection)


def may_be_replaced(path: Path) -> None:
    """Raise StorageError unless the file at `path` is empty or a library's, and no program has it open."""
    if Path(f"{path}-wal").exists():
        raise StorageError(f"“{path}” is a library that is in use; choose another file.")
    if documents_in(path) < 0 and path.stat().st_size:
        raise StorageError(f"“{path}” is there and is no backup; choose another file, or delete it first.")


def documents_in(path: Path) -> int:
    """How many documents a backup holds, without checking it; -1 when it cannot be read."""
    try:
        with closing(_reading(path)) as connection:
            return _documents(connection)
    except (sqlite3.Error, StorageError):
        return -1


def _documents(connection: sqlite3.Connection) -> int:
    return connection.execute("SELECT count(*) FROM document WHERE visible = 1 AND removed = ''").fetchone()[0]


def _reading(path: Path) -> sqlite3.Connection:
    if not path.is_file():
        raise StorageError(f"There is no backup “{path}”; choose another one.")
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None)


def restore(store: Store, path: Path) -> None:
    """Make the open library what it was in a backup that has been checked."""
    with store.gate.entered(urgent=True), storage_errors(), closing(_reading(path)) as source:
        source.backup(store.connection)
    store.bring_up_to_date()
