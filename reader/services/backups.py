"""Backups: one a day and one before each change of the file's shape, the last ten kept, each one checked."""

import os
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from time import time

from reader.model.change import Change
from reader.model.errors import ReaderError
from reader.services.targets import checked_target
from reader.services.writing import Writer, counted
from reader.store import backup
from reader.store.database import Connection
from reader.store.errors import LibraryReadOnly
from reader.store.ids import instant

KEPT = 10
_OLD_SECONDS = 3600.0


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup file: when it was written (UTC instant), its size in bytes, its documents (-1: unreadable)."""

    path: Path
    when: str
    size: int
    documents: int

    @property
    def words(self) -> str:
        """The backup as a line of a list: "2026-11-21 16:02 UTC · 31 documents"."""
        held = counted(self.documents, "document", "documents") if self.documents >= 0 else "cannot be read"
        return f"{self.when[:10]} {self.when[11:16]} UTC · {held}"


def folder_of(library: Path) -> Path:
    """Where a library's own backups are."""
    return library.with_name(library.name + ".backups")


def list_backups(library: Path) -> list[Backup]:
    """A library's own backups, newest first; the library itself need not be readable."""
    found: list[Backup] = []
    for path in _files(library):
        status = path.stat()
        found.append(Backup(path, instant(status.st_mtime), status.st_size, backup.documents_in(path)))
    return sorted(found, key=lambda kept: kept.when, reverse=True)


def put_in_place(library: Path, source: Path) -> Path | None:
    """Put a backup where a library is that cannot be opened; the old file is set aside, its new path is the result."""
    backup.check(source)
    aside = _free_name(library)
    try:
        moved = _set_aside(library, aside)
        backup.copy(source, library)
    except OSError as error:
        reason = error.strerror or str(error)
        raise ReaderError(
            f"The backup could not be put in place ({reason}); check the rights of the folder."
        ) from error
    return aside if moved else None


def _set_aside(library: Path, aside: Path) -> bool:
    for suffix in ("-wal", "-shm", ""):
        part = Path(f"{library}{suffix}")
        if part.exists():
            os.replace(part, f"{aside}{suffix}")
    return aside.exists()


def _free_name(library: Path) -> Path:
    number = 1
    while (path := library.with_name(f"{library.name}.damaged-{number}")).exists():
        number += 1
    return path


def _files(library: Path) -> list[Path]:
    return [path for path in folder_of(library).glob("*.sqlite") if path.is_file()]


def before_migration(library: Path, connection: Connection, now: str) -> Path:
    """Back up a library whose file is about to change its shape."""
    path = _target(library, now, "-before-migration")
    backup.write(connection, path)
    _prune(library)
    return path


def _target(library: Path, now: str, suffix: str = "") -> Path:
    stamp = now[:19].replace("T", "-").replace(":", "")
    return folder_of(library) / f"{library.stem}-{stamp}{suffix}.sqlite"


def _prune(library: Path) -> None:
    """Remove the oldest backups, and what was left of one when its program was killed."""
    for path in folder_of(library).glob("*.part*"):
        # Whoever writes one may have come to its end just now.
        with suppress(FileNotFoundError):
            if path.stat().st_mtime < time() - _OLD_SECONDS:
                path.unlink()
    files = sorted(_files(library), key=lambda path: path.stat().st_mtime)
    for path in files[:-KEPT]:
        path.unlink(missing_ok=True)


class Backups(Writer):
    """Backups lie in a folder beside the library, or wherever one is written to."""

    def daily(self) -> Path | None:
        """Write today's backup unless there is one; its path, or None."""
        if self._store.read_only:
            return None
        now, library = self._store.now(), self._store.path
        if any(path.name.startswith(f"{library.stem}-{now[:10]}") for path in _files(library)):
            return None
        path = _target(library, now)
        backup.write(self._store.connection, path)
        _prune(library)
        return path

    def write(self, path: Path) -> Path:
        """Write a checked copy of the library to `path`, which is also the result.

        ReaderError when there is a file that is no backup, or a library in use.
        """
        target = checked_target(path, self._store.path)
        if target.exists():
            backup.may_be_replaced(target)
        backup.write(self._store.connection, target)
        return path

    def restore(self, path: Path) -> Change:
        """Make the library what it was in a backup; what it is now is backed up first."""
        if self._store.read_only:
            raise LibraryReadOnly("The library can only be read here, so nothing can be restored into it.")
        if path.exists() and path.samefile(self._store.path):
            raise ReaderError("This is the library itself, not a backup of it; choose another file.")
        backup.check(path)
        backup.write(self._store.connection, _target(self._store.path, self._store.now(), "-before-restore"))
        backup.restore(self._store, path)
        _prune(self._store.path)
        change = Change("Backup restored", tags=True, categories=True, everything=True, undoable=False)
        return self._published(change, None)

    def list(self) -> Sequence[Backup]:
        """This library's own backups, newest first."""
        return list_backups(self._store.path)
