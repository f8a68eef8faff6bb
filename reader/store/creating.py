"""Making a new library: whole under another name first, so that no other program, and no crash, sees half of one."""

import os
from pathlib import Path
from threading import get_ident

from reader.store.connection import APPLICATION_ID, Access, connect
from reader.store.errors import FILE_ERRORS, StorageError, translate
from reader.store.private import new_file


def create(path: Path) -> None:
    """Make an empty library at `path`; another program that was quicker is no error. Raises StorageError."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}-{get_ident()}.new")
    try:
        _write(temporary)
        _put(temporary, path)
    except FILE_ERRORS as error:
        raise translate(error) or error from error
    except OSError as error:
        reason = error.strerror or str(error)
        raise StorageError(f"No library can be made in “{path.parent}” ({reason}); choose another folder.") from error
    finally:
        for ending in ("", "-wal", "-shm"):
            Path(f"{temporary}{ending}").unlink(missing_ok=True)


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
