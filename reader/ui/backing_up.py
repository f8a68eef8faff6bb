"""Backups from the window: writing one, restoring one after a preview, taking that back, proving the newest."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from reader.model.errors import ReaderError
from reader.ui.tasks import Task

if TYPE_CHECKING:
    from reader.services.checking import CheckReport
    from reader.services.comparing import Preview
    from reader.services.merging import MergeReport
    from reader.ui.dialogs.restore import RestoreDialog
    from reader.ui.main_window import MainWindow
    from reader.ui.session import Session

UNDO_HINT = "“Undo the restore” in the File menu takes it back."


class Stopped(ReaderError):
    """The reader has stopped it."""


class BackingUp(QObject):
    """One piece of work at a time, off the interface's thread, with its progress in a dialog."""

    def __init__(self, session: "Session", window: "MainWindow") -> None:
        super().__init__(window)
        self._session, self._window = session, window

    # -- writing and proving

    def back_up(self) -> None:
        """Write a verified backup where the reader says."""
        name, _ = QFileDialog.getSaveFileName(self._window, "Back up the library", "passage-backup.sqlite")
        if name:
            self._window.complete().flush()
            backups = self._session.library.backups
            self._work(
                "Backing up",
                "It is opened and counted when it is written.",
                lambda tell: backups.write(Path(name), tell),
                lambda _path: self._session.say(f"Backed up to {name}"),
            )

    def daily(self) -> None:
        """After the start: today's backup, unseen unless something went another way than wanted."""
        backups = self._session.library.backups

        def done(_path: object) -> None:
            if backups.notice:
                self._session.failed.emit(backups.notice)

        self._session.tasks.start(lambda _task: backups.daily(), done, self._sorry)

    def choose_folder(self, name: str) -> str:
        """Write backups to another folder from now on ("" for beside the library); why not, or an empty string."""
        try:
            self._session.library.backups.choose_folder(Path(name) if name else None)
        except ReaderError as sorry:
            return str(sorry)
        return ""

    def prove(self) -> None:
        """Restore the newest backup into a file for a try, look at all of it, and say what was found."""
        from reader.services.proving import prove

        library = self._session.library
        self._work(
            "Proving the newest backup",
            "It is restored into a file for a try, opened, counted, and each annotation is looked at.",
            lambda tell: prove(library, tell),
            self._proven,
        )

    def _proven(self, report: "CheckReport") -> None:
        from reader.ui.dialogs.check import CheckDialog

        self._session.say("The newest backup was tried." if report.problems else report.found[0])
        CheckDialog(report.found, report.problems, self._window).open()

    # -- restoring

    def restore(self) -> None:
        """Ask which backup is to be restored, and how."""
        from reader.ui.dialogs.restore import RestoreDialog

        backups = self._session.library.backups.list()
        dialog = RestoreDialog([(backup.words, backup.path) for backup in backups], self._window)
        previews: list[Task] = []
        dialog.preview_requested.connect(lambda path: self._preview(dialog, path, previews))
        dialog.merge_requested.connect(lambda path: self._merge(dialog, Path(path)))
        dialog.replace_requested.connect(lambda path: self._replace(dialog, Path(path)))
        dialog.other_requested.connect(lambda: self._add_file(dialog))
        dialog.stop_requested.connect(lambda: [task.cancel() for task in previews])
        dialog.finished.connect(lambda _code: _give_up(previews))
        dialog.begin()
        dialog.open()

    def restore_from(self, path: Path) -> None:
        """Put a backup in the library's place; what is there now is backed up first."""
        self._window.complete().flush()
        backups = self._session.library.backups
        self._session.say("Restoring the backup…")
        self._session.tasks.start(
            lambda _task: backups.restore(path),
            lambda _change: self._restored(f"Restored from {path}. {UNDO_HINT}"),
            self._sorry,
        )

    def undo_restore(self) -> None:
        """Make the library again what it was before the last restore."""
        self._window.complete().flush()
        backups = self._session.library.backups
        self._session.tasks.start(
            lambda _task: backups.undo_restore(),
            lambda _change: self._restored("The library is as it was before the restore."),
            self._sorry,
        )

    def _restored(self, sentence: str) -> None:
        self._session.say(sentence)
        if notice := self._session.library.backups.notice:
            self._session.failed.emit(notice)

    def _preview(self, dialog: "RestoreDialog", path: str, previews: list[Task]) -> None:
        _give_up(previews)
        backups = self._session.library.backups

        def done(seen: "Preview") -> None:
            if task in previews:
                dialog.show_preview(path, seen.merge, seen.replace)

        def failed(error: ReaderError) -> None:
            if task in previews:
                dialog.show_error(str(error))

        task = self._session.tasks.start(lambda task: backups.preview(Path(path), _telling(task)), done, failed)
        previews.append(task)

    def _merge(self, dialog: "RestoreDialog", path: Path) -> None:
        self._window.complete().flush()
        backups, tasks = self._session.library.backups, self._session.tasks

        def tell(done: int, total: int) -> None:
            tasks.report(dialog.line.advance, "Adding what the library lacks", done, total)

        def merged(report: "MergeReport") -> None:
            dialog.accept()
            said = f"Stopped: {report.words}" if report.stopped else f"Backup merged: {report.words}"
            self._session.said.emit(" ".join([f"{said}.", *report.notes]), bool(report.change))

        dialog.start_work("Adding what the library lacks")
        task = tasks.start(
            lambda task: backups.merge(path, progress=tell, cancelled=task.cancelled), merged, _failing(dialog)
        )
        dialog.stop_requested.connect(task.cancel)

    def _replace(self, dialog: "RestoreDialog", path: Path) -> None:
        dialog.accept()
        self.restore_from(path)

    def _add_file(self, dialog: "RestoreDialog") -> None:
        folder = str(self._session.library.path.parent)
        name, _ = QFileDialog.getOpenFileName(dialog, "Restore a backup", folder, "Libraries (*.sqlite);;All files (*)")
        if name:
            dialog.list.add(name, Path(name), first=True)

    # -- all of them

    def _work(
        self,
        title: str,
        hint: str,
        work: Callable[[Callable[[int, int], object]], object],
        done: Callable[..., None],
    ) -> None:
        """Run `work`, which is given what tells how far it is, behind a dialog that can stop it."""
        from reader.ui.dialogs.work import WorkDialog

        dialog, tasks = WorkDialog(title, hint, self._window), self._session.tasks

        def over(result: object) -> None:
            dialog.finish()
            done(result)

        def failed(error: ReaderError) -> None:
            dialog.finish()
            self._session.say("Stopped.") if isinstance(error, Stopped) else self._sorry(error)

        def tell(task: Task, number: int, total: int) -> None:
            _telling(task)(number, total)
            tasks.report(dialog.line.advance, title, number, total)

        task = tasks.start(lambda task: work(lambda number, total: tell(task, number, total)), over, failed)
        dialog.stop_requested.connect(task.cancel)
        dialog.open()

    def _sorry(self, error: ReaderError) -> None:
        self._session.failed.emit(str(error))


def _give_up(previews: list[Task]) -> None:
    """Nobody waits for these any more."""
    for task in previews:
        task.cancel()
    previews.clear()


def _failing(dialog: "RestoreDialog") -> Callable[[ReaderError], None]:
    return lambda error: dialog.show_error(str(error))


def _telling(task: Task) -> Callable[[int, int], object]:
    """What is told how far the work is, and ends it when it is to stop."""

    def tell(_done: int, _total: int) -> None:
        if task.cancelled():
            raise Stopped("Stopped; nothing was changed.")

    return tell
