"""Making a new library: whole under another name first, so that no other program, and no crash, sees half of one."""

import os
from pathlib import Path
from threading import get_ident

from reader.store.connection import APPLICATION_ID, Access, connect
from reader.store.errors import FILE_ERRORS, StorageError, translate
from reader.store.private import new_file

_BESIDE = ("-wal", "-shm", "-journal")
"""What SQLite appends to the library's name for the files that belong to it."""


def create(path: Path) -> None:
    """Make an empty library at `path`; another program that was quicker is no error. Raises StorageError."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}-{get_ident()}.new")
    left = {ending: _file_at(Path(f"{path}{ending}")) for ending in _BESIDE}
    try:
        _write(temporary)
        if not path.exists():
            _set_aside(path, left)
        _put(temporary, path)
    except FILE_ERRORS as error:
        raise translate(error) or error from error
    except OSError as error:
        reason = error.strerror or str(error)
        raise StorageError(f"No library can be made in “{path.parent}” ({reason}); choose another folder.") from error
    finally:
        for ending in ("", "-wal", "-shm"):
            Path(f"{temporary}{ending}").unlink(missing_ok=True)


def _file_at(path: Path) -> int:
    """Which file is there; 0 for none."""
    try:
        return path.stat().st_ino
    except OSError:
        return 0


def _set_aside(path: Path, left: dict[str, int]) -> None:
    """Keep the log of a library that was deleted under another name: SQLite would write it into the new one.

    `left` are the files that were there when the library was not. Another program may be making it, too: its log is
    another file, and stays.
    """
    number = 1
    while any(Path(f"{path}.left-{number}{ending}").exists() for ending in _BESIDE):
        number += 1
    for ending, known in left.items():
        part, aside = Path(f"{path}{ending}"), Path(f"{path}.left-{number}{ending}")
        if known and _file_at(part) == known:
            os.replace(part, aside)


def _write(path: Path) -> None:
    from reader.store.migrations import migrate

    # What SQLite makes beside it has the same rights.
    new_file(path)
    connection = connect(Access(f"{path.absolute().as_uri()}?mode=rwc"))
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        migrate(connection)
    finally:
        connection.close()


def _put(temporary: Path, path: Path) -> None:
    try:
        os.link(temporary, path)
    except FileExistsError:
        pass
    except OSError:  # a drive without links
        if not path.exists():
            os.replace(temporary, path)
