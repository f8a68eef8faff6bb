"""Backups: one a day and one before each change of the file's shape or restore, thinned with age, each one checked."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from time import localtime, strftime, time
from typing import TYPE_CHECKING

from reader.model.change import Change
from reader.model.errors import ReaderError
from reader.services import backup_places as places
from reader.services.keeping import kept
from reader.services.targets import checked_target
from reader.services.writing import Writer, counted
from reader.store import backup, settings
from reader.store.backup import Counts, Progress
from reader.store.database import Connection
from reader.store.errors import LibraryReadOnly, StorageError
from reader.store.ids import instant

if TYPE_CHECKING:
    from reader.services.comparing import Preview
    from reader.services.merging import MergeReport

_OLD_SECONDS = 3600.0
_RESTORED = "restored_over"
"""The setting that names the backup of what the library was before the last restore."""
_STAMP = re.compile(r"-(\d{4}-\d\d-\d\d-\d{6})(?:-before-[a-z]+)?(?:-\d+)?\.sqlite$")


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup file: when it was written (UTC instant), its size in bytes, what it holds (None: unreadable)."""

    path: Path
    when: str
    size: int
    counts: Counts | None

    @property
    def words(self) -> str:
        """The backup as a line of a list, in local time: "21 November 2026, 17:02 · 31 documents, 4 annotations"."""
        return f"{local_time(self.when)} · {held(self.counts) if self.counts else 'cannot be read'}"


def held(counts: Counts) -> str:
    """ "31 documents, 4 annotations"."""
    documents = counted(counts.documents, "document", "documents")
    return f"{documents}, {counted(counts.annotations, 'annotation', 'annotations')}"


def local_time(when: str) -> str:
    """An instant as this computer's clock shows it: "21 November 2026, 17:02"."""
    there = localtime(datetime.fromisoformat(when).timestamp())
    return f"{there.tm_mday} {strftime('%B %Y, %H:%M', there)}"


def list_backups(library: Path, now: float | None = None) -> list[Backup]:
    """A library's own backups, newest first; the library itself need not be readable.

    `now`: seconds since 1970 (UTC). What was made later than that comes last: the clock was ahead then, and all that
    follow are newer.
    """
    present = instant(time() if now is None else now)
    found: list[Backup] = []
    for path in places.files(library):
        with suppress(OSError):
            found.append(Backup(path, instant(_made(path)), path.stat().st_size, backup.contents(path)))
    return sorted(found, key=lambda one: (one.when <= present, one.when), reverse=True)


def _made(path: Path) -> float:
    """When a backup was written, in seconds since 1970 (UTC): as its name says, else as the disk does."""
    stamp = _STAMP.search(path.name)
    with suppress(ValueError):
        if stamp:
            return datetime.fromisoformat(f"{stamp[1][:10]}T{stamp[1][11:]}+00:00").timestamp()
    return path.stat().st_mtime


def before_migration(library: Path, connection: Connection, now: str) -> Path:
    """Back up a library whose file is about to change its shape."""
    path, _ = _written(library, connection, now, "-before-migration")
    return path


def _written(library: Path, connection: Connection, now: str, suffix: str = "") -> tuple[Path, str]:
    """Write one of the library's own backups; its path, and a sentence when it is not where it was wanted."""
    folder, notice = places.writable_folder(library)
    target = _free(folder, library, now, suffix)
    try:
        backup.write(connection, target)
    except StorageError as error:
        beside = places.folder_of(library)
        if folder == beside:
            raise
        notice = f"{error} It was written beside the library instead."
        target = _free(beside, library, now, suffix)
        backup.write(connection, target)
    _prune(library, connection, datetime.fromisoformat(now).timestamp())
    return target, notice


def _free(folder: Path, library: Path, now: str, suffix: str) -> Path:
    """A name that no backup has: two in one second are both kept."""
    stamp = now[:19].replace("T", "-").replace(":", "")
    path = folder / f"{library.stem}-{stamp}{suffix}.sqlite"
    number = 2
    while path.exists():
        path = folder / f"{library.stem}-{stamp}{suffix}-{number}.sqlite"
        number += 1
    return path


def _prune(library: Path, connection: Connection, now: float) -> None:
    """Remove backups that are not worth their room, and what was left of one when its program was killed."""
    for folder in places.folders(library):
        for path in folder.glob("*.part*"):
            # Whoever writes one may have come to its end just now.
            with suppress(OSError):
                if path.stat().st_mtime < time() - _OLD_SECONDS:
                    path.unlink()
    files = places.files(library)
    worth = kept([_made(path) for path in files], now)
    undoing = _undoing(settings.value_on(connection, _RESTORED))
    for index, path in enumerate(files):
        if index not in worth and path != undoing:
            with suppress(OSError):
                path.unlink()


def _undoing(text: str | None) -> Path | None:
    """The backup that undoes the last restore."""
    value = json.loads(text) if text else ""
    return Path(value) if isinstance(value, str) and value else None


class Backups(Writer):
    """Backups lie in a folder beside the library, in the one that was chosen, or wherever one is written to.

    `notice` says what went another way than wanted with the last one of the library's own; else it is empty.
    """

    notice = ""

    def daily(self) -> Path | None:
        """Write today's backup unless there is one; its path, or None."""
        if self._store.read_only:
            return None
        today = f"{self._store.path.stem}-{self._store.now()[:10]}"
        if any(path.name.startswith(today) and "-before-" not in path.name for path in places.files(self._store.path)):
            return None
        return self._own()

    def _own(self, suffix: str = "") -> Path:
        path, self.notice = _written(self._store.path, self._store.connection, self._store.now(), suffix)
        return path

    def write(self, path: Path, progress: Progress = lambda _done, _total: None) -> Path:
        """Write a checked copy of the library to `path`, which is also the result.

        ReaderError when there is a file that is no backup, or a library in use.
        """
        target = checked_target(path, self._store.path)
        if target.exists():
            backup.may_be_replaced(target)
        backup.write(self._store.connection, target, progress)
        return path

    def restore(self, path: Path) -> Change:
        """Make the library what it was in a backup; what it is now is backed up first.

        `undo_restore` takes this back: the history that Ctrl+Z goes through is that of the backup.
        """
        return self._replaced(path, "Backup restored")

    def undo_restore(self) -> Change:
        """Make the library again what it was before the last restore; the same again does the restore again."""
        before = self.before_restore()
        if before is None:
            raise ReaderError("There is no restore to undo.")
        if not before.is_file():
            raise ReaderError(f"The backup from before the restore, “{before}”, is not there any more.")
        return self._replaced(before, "Restore undone")

    def before_restore(self) -> Path | None:
        """The backup of what the library was before it was last replaced; None when it never was."""
        return _undoing(settings.value(self._store, _RESTORED))

    def preview(self, path: Path, progress: Progress = lambda _done, _total: None) -> Preview:
        """What merging or restoring a backup would do, by name; nothing is written.

        ReaderError when the backup is not sound; whatever `progress` raises stops it.
        """
        from reader.services.comparing import preview

        self._not_itself(path)
        return preview(self._store, path, progress)

    def merge(
        self,
        path: Path,
        *,
        progress: Callable[[int, int], object] = lambda _done, _total: None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> MergeReport:
        """Add what a backup holds and the library lacks, as one step that undo takes back; nothing is deleted."""
        from reader.services.merging import Merging

        self._not_itself(path)
        return Merging(self._store, self._bus).merge(path, progress=progress, cancelled=cancelled)

    def _replaced(self, path: Path, label: str) -> Change:
        if self._store.read_only:
            raise LibraryReadOnly("The library can only be read here, so nothing can be restored into it.")
        self._not_itself(path)
        backup.check(path)
        before = self._own("-before-restore")
        backup.restore(self._store, path)
        with self._store.transaction() as connection:
            settings.set_value(connection, _RESTORED, json.dumps(os.fspath(before.absolute())))
        change = Change(label, tags=True, categories=True, everything=True, undoable=False)
        return self._bus.publish(change)

    def _not_itself(self, path: Path) -> None:
        if path.exists() and path.samefile(self._store.path):
            raise ReaderError("This is the library itself, not a backup of it; choose another file.")

    def list(self) -> Sequence[Backup]:
        """This library's own backups, newest first."""
        return list_backups(self._store.path, self._store.clock())

    @property
    def folder(self) -> Path | None:
        """The folder that was chosen for backups; None for the one beside the library."""
        return places.chosen_folder(self._store.path)

    def choose_folder(self, folder: Path | None) -> None:
        """Write backups to another folder from now on (None: beside the library). ReaderError when that cannot be."""
        places.choose_folder(self._store.path, folder)
