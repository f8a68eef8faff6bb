"""A backup opened as a library of its own: a copy in a file that vanishes, so that the backup stays as it is."""

import os
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from threading import get_ident

from reader.services import backup_places as places
from reader.services.library import Library
from reader.store import backup
from reader.store.backup import Progress
from reader.store.database import Store


@contextmanager
def opened_backup(path: Path, library: Path, progress: Progress = lambda _done, _total: None) -> Generator[Library]:
    """The library in the backup at `path`, brought up to date; whatever is written to it is forgotten.

    Raises LibraryDamaged when the backup is not sound, StorageError when it is too new or there is no room.
    """
    backup.check(path)
    copy = _place(library)
    try:
        backup.unpack(path, copy, progress)
        opened = Library(Store(copy))
        try:
            yield opened
        finally:
            opened.close()
    finally:
        for ending in ("", "-wal", "-shm", "-journal"):
            Path(f"{copy}{ending}").unlink(missing_ok=True)


def _place(library: Path) -> Path:
    """Where the copy is made: with the backups, where what a killed program leaves is swept; else for a while."""
    folder = places.folder_of(library)
    name = f"{library.stem}.{os.getpid()}-{get_ident()}.part"
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
    except OSError:
        return Path(tempfile.gettempdir()) / name
    return (folder if os.access(folder, os.W_OK) else Path(tempfile.gettempdir())) / name
