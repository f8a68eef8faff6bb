"""Folders that follow the library: written to soon after each change, off the interface's thread, quietly."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from reader.model.errors import ReaderError
from reader.services.kept_folders import KeptFolder, documents_of
from reader.ui.tasks import Task

if TYPE_CHECKING:
    from reader.model.change import Change
    from reader.services.folders import FolderReport
    from reader.services.library import Library
    from reader.ui.dialogs.kept_folders import KeptFoldersDialog
    from reader.ui.session import Session

PAUSE = 1500
"""Milliseconds without a change until the folders are written to."""
LONGEST_WAIT_S = 10.0
"""Seconds after which they are written to though changes go on."""


@dataclass(frozen=True, slots=True)
class FolderState:
    """How a folder was found at last: a sentence, and whether it is one of trouble."""

    sentence: str
    is_trouble: bool = False


@dataclass(frozen=True, slots=True)
class _Written:
    """What came of one folder; `error` where nothing could be written."""

    kept: KeptFolder
    report: "FolderReport | None" = None
    error: str = ""


class KeepingFolders(QObject):
    """`told` says that the state of a folder is another one. Trouble with a folder is said once in the window."""

    told = Signal()

    def __init__(self, session: "Session", parent: QWidget) -> None:
        super().__init__(parent)
        self._session, self._window = session, parent
        self._states: dict[str, FolderState] = {}
        self._documents: frozenset[str] | None = frozenset()
        """Those in which something has changed since the last writing; None: there is no telling which."""
        self._behind: set[str] = set()
        """The folders to which all of theirs is to be written, whatever has changed."""
        self._task: Task | None = None
        self._since = 0.0
        self._timer = QTimer(self, singleShot=True, interval=PAUSE)
        self._timer.timeout.connect(self._write)
        self._is_shut = session.library.read_only
        session.changed.connect(self._changed)

    def begin(self) -> None:
        """After the start: what was changed by others, or just before the last end, is written."""
        self._documents = None
        self._later()

    def shut(self) -> None:
        """Write nothing any more; what is not written is at the next start."""
        self._is_shut = True
        self._timer.stop()

    def update(self, folder: str) -> None:
        """Write all that belongs in a folder, now."""
        self._behind.add(folder)
        self._timer.start(0)

    def written(self, folder: str) -> None:
        """Take note that all that belongs in a folder has just been written to it."""
        self._tell(folder, FolderState(f"Up to date since {datetime.now().astimezone():%H:%M}."))

    def state(self, folder: str) -> FolderState:
        return self._states.get(folder, FolderState("Not written since the start."))

    def show(self) -> "KeptFoldersDialog":
        """List the folders, with what can be done with them."""
        from reader.ui.dialogs.kept_folders import KeptFoldersDialog
        from reader.ui.exporting import reveal

        kept = self._session.library.kept_folders
        dialog = KeptFoldersDialog(self._window)

        def refill() -> None:
            library = self._session.library
            dialog.set_folders([(one, _of(library, one), self.state(one.folder)) for one in kept.all()])

        def do(act: Callable[[Path], object], folder: str) -> None:
            try:
                act(Path(folder))
            except ReaderError as error:
                self._session.failed.emit(str(error))
            refill()

        def go_on(folder: Path) -> None:
            kept.pause(folder, paused=False)
            self.update(str(folder))

        dialog.pause_requested.connect(lambda folder: do(kept.pause, folder))
        dialog.go_on_requested.connect(lambda folder: do(go_on, folder))
        dialog.stop_requested.connect(lambda folder: do(kept.stop, folder))
        dialog.update_requested.connect(self.update)
        dialog.reveal_requested.connect(reveal)
        self.told.connect(refill)
        dialog.finished.connect(lambda _code: self.told.disconnect(refill))
        refill()
        dialog.open()
        return dialog

    # -- what happens

    def _changed(self, change: "Change") -> None:
        if self._is_shut or not change:
            return
        changed = documents_of(change)
        self._documents = None if changed is None or self._documents is None else self._documents | changed
        self._later()

    def _later(self) -> None:
        if self._is_shut:
            return
        if not self._timer.isActive():
            self._since = monotonic()
        if not self._timer.isActive() or monotonic() - self._since < LONGEST_WAIT_S:
            self._timer.start(PAUSE)

    def _write(self) -> None:
        if self._is_shut:
            return None
        if self._task:
            # What is being written may be of before; it goes on with the rest right after.
            return self._timer.start(PAUSE)
        folders = self._session.library.kept_folders.all()
        behind, documents = self._behind, self._documents
        self._behind, self._documents = {kept.folder for kept in folders if kept.paused}, frozenset()
        wanted = [
            (kept, None if kept.folder in behind else documents)
            for kept in folders
            if not kept.paused and (kept.folder in behind or documents is None or documents)
        ]
        if wanted:
            library = self._session.library
            self._task = self._session.tasks.start(
                lambda task: [_written(library, kept, among, task) for kept, among in wanted], self._done, self._failed
            )
        return None

    def _done(self, written: Iterable[_Written]) -> None:
        self._task = None
        for one in written:
            folder, report = one.kept.folder, one.report
            if one.error:
                self._trouble(folder, one.error)
            elif report and (report.problems or report.stopped):
                self._trouble(folder, report.problems[0] if report.problems else "It was stopped.")
            elif report:
                self.written(folder)

    def _failed(self, _error: ReaderError) -> None:
        self._task = None
        self._documents = None

    def _trouble(self, folder: str, sentence: str) -> None:
        # With the next change all of it is tried again.
        self._behind.add(folder)
        if self._states.get(folder) != FolderState(sentence, is_trouble=True):
            self._session.failed.emit(sentence)
        self._tell(folder, FolderState(sentence, is_trouble=True))

    def _tell(self, folder: str, state: FolderState) -> None:
        self._states[folder] = state
        self.told.emit()


def _written(library: "Library", kept: KeptFolder, documents: frozenset[str] | None, task: Task) -> _Written:
    try:
        return _Written(kept, library.kept_folders.update(kept, documents, cancelled=task.cancelled))
    except ReaderError as error:
        return _Written(kept, error=str(error))


def _of(library: "Library", kept: KeptFolder) -> str:
    """What a folder is kept up to date with, in words."""
    try:
        return kept.choice.sentence(library)
    except ReaderError as error:
        return str(error)
