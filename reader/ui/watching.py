"""One file looked at: by the system's own notice where there is one, and every few seconds where there is none."""

import os
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal

if TYPE_CHECKING:
    from reader.ui.tasks import Tasks

Stamp = tuple[int, int]
"""Size in bytes and time of the last change in nanoseconds."""


def stamp_of(path: str) -> Stamp | None:
    """What the directory says of a file; None when it is not there, or cannot be asked."""
    try:
        status = os.stat(path)
    except (OSError, ValueError):
        return None
    return status.st_size, status.st_mtime_ns


class FileWatch(QObject):
    """Tells when a file has come to rest with other contents than those known, and once when it has gone.

    A file that is being written is waited for: only what is the same twice, `settle` ms apart, counts, and never an
    empty one. Editors that put a new file into the old one's place are followed. The file is asked off the interface's
    thread: a network drive that is gone may take its time to say so.
    """

    changed = Signal()
    gone = Signal()

    def __init__(
        self,
        tasks: "Tasks",
        parent: QObject | None = None,
        *,
        settle: int = 300,
        every: int = 3000,
        stamp: Callable[[str], Stamp | None] = stamp_of,
    ) -> None:
        super().__init__(parent)
        self._tasks, self._stamp = tasks, stamp
        self._path = ""
        self._known: Stamp | None = None
        self._last: Stamp | None = None
        self._was_there = self._missed = self._asking = False
        self._system = QFileSystemWatcher(self)
        self._system.fileChanged.connect(self.look_soon)
        self._system.directoryChanged.connect(self.look_soon)
        self._settling = QTimer(self, singleShot=True, interval=settle)
        self._settling.timeout.connect(self.look)
        self._polling = QTimer(self, interval=every)
        self._polling.timeout.connect(self.look)

    def watch(self, path: str, known: Stamp) -> None:
        """Look at that file from now on, and at no other; `known` is what it was when it was last read.

        Of the file that is looked at already, what was told last is known.
        """
        if path != self._path:
            self.stop()
            self._path, self._known, self._last = path, known, None
            self._was_there = self._missed = False
            self._polling.start()
        self.look()

    def stop(self) -> None:
        """Look at nothing any more."""
        self._path = ""
        self._settling.stop()
        self._polling.stop()
        watched = [*self._system.files(), *self._system.directories()]
        if watched:
            self._system.removePaths(watched)

    @property
    def path(self) -> str:
        """What is looked at; empty when nothing is."""
        return self._path

    def look_soon(self, _path: str = "") -> None:
        """Look when whoever writes may be done."""
        if self._path and not self._settling.isActive():
            self._settling.start()

    def look(self) -> None:
        """Look now."""
        if self._path and not self._asking:
            self._asking = True
            path, stamp = self._path, self._stamp
            self._tasks.start(
                lambda _task: stamp(path),
                lambda found: self._found(path, found),
                lambda _error: self._found(path, None),
            )

    def _found(self, path: str, found: Stamp | None) -> None:
        self._asking = False
        if path != self._path:
            self.look()
        elif found is None:
            self._not_there()
        else:
            self._there(found)

    def _not_there(self) -> None:
        """Nothing is there: perhaps only until the new file is in its place."""
        if self._was_there and not self._missed:
            self._missed = True
            self.look_soon()
        elif self._was_there:
            self._was_there = False
            self._last = None
            self.gone.emit()

    def _there(self, found: Stamp) -> None:
        self._was_there, self._missed = True, False
        self._listen()
        if found == self._known:
            self._last = None
        elif found != self._last:
            self._last = found
            self.look_soon()
        elif found[0]:
            # Told once: what cannot be read is not tried again until it changes again.
            self._known, self._last = found, None
            self.changed.emit()

    def _listen(self) -> None:
        """Have the system tell; of a file that was replaced it forgets that it should."""
        folder = os.path.dirname(self._path)
        wanted = [path for path in (self._path,) if path not in self._system.files()]
        wanted += [folder] if folder and folder not in self._system.directories() else []
        if wanted:
            self._system.addPaths(wanted)
