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
from reader.services.kept_folders import KeptFolder, Written
from reader.ui.export_places import reveal
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
SAID_AFTER_S = 2.0
"""Seconds after which the window says that a folder is being written to."""
STOPPED = "Stopped before all was written; the rest is written when it goes on."


@dataclass(frozen=True, slots=True)
class FolderState:
    """How a folder was found at last: a sentence, and whether it is one of trouble, or of work that goes on."""

    sentence: str
    is_trouble: bool = False
    is_work: bool = False


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What came of one folder: what to go on from, and what was done; `error` where nothing could be written."""

    kept: KeptFolder
    written: Written | None = None
    report: "FolderReport | None" = None
    error: str = ""


class KeepingFolders(QObject):
    """`told` says that the state of a folder is another one, `worked` how far the writing to that one is.

    Trouble with a folder is said once in the window. A folder that is paused, or kept no longer, is not written on.
    """

    told = Signal()
    worked = Signal(str)

    def __init__(self, session: "Session", parent: QWidget) -> None:
        super().__init__(parent)
        self._session, self._window = session, parent
        self._states: dict[str, FolderState] = {}
        self._written: dict[str, Written] = {}
        """From where each folder goes on; all of theirs is written to the others."""
        self._anew: set[str] = set()
        """Those to which all of theirs is to be written though it is known where they could go on."""
        self._held: set[str] = set()
        """Those in which the writing that goes on is to stop."""
        self._told_of: set[str] = set()
        """Those of which the window said that they are being written to."""
        self._task: Task | None = None
        self._since = self._begun = 0.0
        self._timer = QTimer(self, singleShot=True, interval=PAUSE)
        self._timer.timeout.connect(self._write)
        self._is_shut = session.library.read_only
        session.changed.connect(self._changed)

    def begin(self) -> None:
        """After the start: what was changed by others, or just before the last end, is written."""
        self._later()

    def shut(self) -> None:
        """Write nothing any more; what is not written is at the next start."""
        self._is_shut = True
        self._timer.stop()

    def update(self, folder: str) -> None:
        """Write all that belongs in a folder, now."""
        self._anew.add(folder)
        self._timer.start(0)

    def written(self, folder: str) -> None:
        """Take note that all that belongs in a folder has just been written to it."""
        self._tell(folder, FolderState(f"Up to date since {datetime.now().astimezone():%H:%M}."))

    def state(self, folder: str) -> FolderState:
        return self._states.get(folder, FolderState("Not written since the start."))

    def show(self) -> "KeptFoldersDialog":
        """List the folders, with what can be done with them."""
        from reader.ui.dialogs.kept_folders import KeptFoldersDialog

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

        def pause(folder: Path) -> None:
            kept.pause(folder)
            self._hold(str(folder))

        def go_on(folder: Path) -> None:
            kept.pause(folder, paused=False)
            self.update(str(folder))

        def stop(folder: Path) -> None:
            kept.stop(folder)
            self._hold(str(folder))

        def work(folder: str) -> None:
            dialog.set_state(folder, self.state(folder))

        dialog.pause_requested.connect(lambda folder: do(pause, folder))
        dialog.go_on_requested.connect(lambda folder: do(go_on, folder))
        dialog.stop_requested.connect(lambda folder: do(stop, folder))
        dialog.update_requested.connect(self.update)
        dialog.reveal_requested.connect(reveal)
        self.told.connect(refill)
        self.worked.connect(work)
        dialog.finished.connect(lambda _code: (self.told.disconnect(refill), self.worked.disconnect(work)))
        refill()
        dialog.open()
        return dialog

    # -- what happens

    def _changed(self, change: "Change") -> None:
        if change:
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
        library = self._session.library
        known = {folder: written for folder, written in self._written.items() if folder not in self._anew}
        self._anew.clear()
        self._held.clear()
        self._told_of.clear()
        wanted = [(kept, known.get(kept.folder)) for kept in library.kept_folders.all() if not kept.paused]
        if wanted:
            self._begun = monotonic()
            self._task = self._session.tasks.start(
                lambda task: [self._written_to(library, kept, since, task) for kept, since in wanted],
                self._done,
                self._failed,
            )
        return None

    def _written_to(self, library: "Library", kept: KeptFolder, since: Written | None, task: Task) -> _Outcome:
        """In a worker: bring one folder up to date."""

        def progress(done: int, total: int) -> None:
            self._session.tasks.report(self._at_work, kept.folder, done, total)

        def cancelled() -> bool:
            return task.cancelled() or kept.folder in self._held

        try:
            return _Outcome(kept, *library.kept_folders.update(kept, since, progress=progress, cancelled=cancelled))
        except ReaderError as error:
            return _Outcome(kept, error=str(error))

    def _at_work(self, folder: str, done: int, total: int) -> None:
        if folder in self._held:
            return
        self._states[folder] = FolderState(f"Writing: {done:,} of {total:,} annotations. Pause stops it.", is_work=True)
        self.worked.emit(folder)
        if folder not in self._told_of and monotonic() - self._begun > SAID_AFTER_S:
            self._told_of.add(folder)
            self._session.say(f"The folder “{Path(folder).name}” is being brought up to date…")

    def _hold(self, folder: str) -> None:
        """Write on no more in a folder."""
        self._held.add(folder)
        if self.state(folder).is_work:
            self._tell(folder, FolderState(STOPPED))
            if folder in self._told_of:
                self._session.say(f"The folder “{Path(folder).name}” is not written on.")

    def _done(self, outcomes: Iterable[_Outcome]) -> None:
        self._task = None
        for one in outcomes:
            folder, report = one.kept.folder, one.report
            if folder in self._held:
                # With the next change all of it is looked at again.
                self._written.pop(folder, None)
            elif one.error:
                self._trouble(folder, one.error)
            elif report and (report.problems or report.stopped):
                self._trouble(folder, report.problems[0] if report.problems else "It was stopped.")
            elif one.written:
                self._written[folder] = one.written
                if report:
                    self.written(folder)
                if folder in self._told_of:
                    self._session.say(f"The folder “{Path(folder).name}” is up to date.")

    def _failed(self, _error: ReaderError) -> None:
        self._task = None

    def _trouble(self, folder: str, sentence: str) -> None:
        # With the next change all of it is tried again.
        self._written.pop(folder, None)
        if self._states.get(folder) != FolderState(sentence, is_trouble=True):
            self._session.failed.emit(sentence)
        self._tell(folder, FolderState(sentence, is_trouble=True))

    def _tell(self, folder: str, state: FolderState) -> None:
        self._states[folder] = state
        self.told.emit()


def _of(library: "Library", kept: KeptFolder) -> str:
    """What a folder is kept up to date with, in words."""
    try:
        return kept.choice.sentence(library)
    except ReaderError as error:
        return str(error)
