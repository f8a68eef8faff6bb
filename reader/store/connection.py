"""Opening the file: one `sqlite3` connection with its pragmas, and what kind of file it is."""

import os
import sqlite3
import stat
from dataclasses import dataclass
from pathlib import Path

from reader.store.errors import FILE_ERRORS, LibraryDamaged, StorageError, translate

APPLICATION_ID = 0x50415353
SCHEMA_VERSION = 4
BUSY_SECONDS = 3.0
"""How long a write waits for another program's: the window stands still meanwhile, and its steps take milliseconds."""


@dataclass(frozen=True, slots=True)
class Access:
    """How the file is opened: the address for SQLite, whether it may only be read, and why in one sentence."""

    uri: str
    read_only: bool = False
    notice: str = ""


def _uri(path: Path, options: str = "") -> str:
    return path.absolute().as_uri() + options


def connect(access: Access) -> sqlite3.Connection:
    """A connection with the library's pragmas. It may be used by one thread at a time."""
    try:
        connection = sqlite3.connect(
            access.uri,
            uri=True,
            timeout=BUSY_SECONDS,
            isolation_level=None,
            check_same_thread=False,
            cached_statements=256,
        )
    except FILE_ERRORS as error:
        raise translate(error) or error from error
    try:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA recursive_triggers = ON")
        connection.execute("PRAGMA synchronous = FULL")
        if access.read_only:
            connection.execute("PRAGMA query_only = ON")
    except FILE_ERRORS as error:
        connection.close()
        raise translate(error) or error from error
    return connection


def open_file(path: Path) -> tuple[sqlite3.Connection, Access, int]:
    """A connection to `path`, how further ones are opened, and the schema version found (0: a new file).

    Raises LibraryDamaged when the file is no library, StorageError when it cannot be opened at all.
    """
    access = _access(path)
    if not path.exists():
        from reader.store.creating import create

        create(path)
    connection = connect(access)
    try:
        version = _identify(connection, access)
    except FILE_ERRORS as error:
        connection.close()
        raise translate(error) or error from error
    except BaseException:
        connection.close()
        raise
    if version > SCHEMA_VERSION and not access.read_only:
        connection.execute("PRAGMA query_only = ON")
        notice = "This library was made by a newer version of Passage; it is open for reading only."
        access = Access(_uri(path, "?mode=ro"), True, notice)
    return connection, access, version


def _access(path: Path) -> Access:
    mode = _mode(path)
    if stat.S_ISDIR(mode):
        raise StorageError(f"“{path}” is a folder; name a library file instead.")
    exists = bool(mode)
    if exists and not stat.S_ISREG(mode):
        raise StorageError(f"“{path}” is not a file; name a library file instead.")
    if _may_write(path.parent) and (not exists or _may_write(path)):
        return Access(_uri(path, "?mode=rwc"))
    if not exists:
        why = "" if path.parent.is_dir() else ", which is not there: connect its drive, or"
        raise StorageError(
            f"No library can be made in “{path.parent}”{why or ';'} choose a folder that may be written."
        )
    # Without write access SQLite cannot make the shared memory of WAL; nobody else can be writing either.
    options = "?mode=ro" if Path(f"{path}-shm").exists() else "?mode=ro&immutable=1"
    return Access(_uri(path, options), True, "This library can only be read: its file or folder is write protected.")


def _mode(path: Path) -> int:
    """What is at the path, as `stat` tells it; 0 when nothing is. StorageError when that cannot be known."""
    try:
        return os.stat(path).st_mode
    except (FileNotFoundError, NotADirectoryError):
        return 0
    except OSError as error:
        reason = error.strerror or str(error)
        raise StorageError(
            f"“{path}” cannot be reached ({reason}); check the rights of its folder and that its drive is connected, "
            "then try again."
        ) from error


def _may_write(path: Path) -> bool:
    return os.access(path, os.W_OK, effective_ids=os.access in os.supports_effective_ids)


def _identify(connection: sqlite3.Connection, access: Access) -> int:
    """The schema version; a new file becomes a library's."""
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    application: int = connection.execute("PRAGMA application_id").fetchone()[0]
    if application == APPLICATION_ID and version:
        if not access.read_only and version <= SCHEMA_VERSION:
            connection.execute("PRAGMA journal_mode = WAL")
        return version
    if connection.execute("SELECT EXISTS (SELECT 1 FROM sqlite_master)").fetchone()[0]:
        raise LibraryDamaged("This file is not a library of Passage; it was left as it is. Choose another file.")
    if access.read_only:
        raise StorageError("This library is empty and may not be written; choose another file.")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    return 0
