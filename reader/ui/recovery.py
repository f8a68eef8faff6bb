"""When the library cannot be opened: say why, and offer to make it whole, its backups, or another library.

The damaged file is never written to.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QFileDialog

from reader.model.errors import ReaderError
from reader.services.backups import list_backups
from reader.services.library import Library, LibraryDamaged
from reader.services.replacing import put_in_place
from reader.ui.dialogs.recovery import RecoveryDialog
from reader.ui.tasks import Task, Tasks
from reader.ui.theme import apply_theme, load_theme, system_theme

if TYPE_CHECKING:
    from reader.services.recovery import Recovery


def recover(path: Path, error: ReaderError) -> Library | None:
    """Ask until a library opens; None when the reader gives up.

    Only a damaged one may be replaced: one that is in use, or whose drive is away, can be opened later as it is.
    """
    app = QApplication.instance()
    if isinstance(app, QApplication):
        apply_theme(app, load_theme(system_theme(app)))
    damaged = isinstance(error, LibraryDamaged)
    backups = [(backup.words, backup.path) for backup in list_backups(path)] if damaged else []
    recovering = Recovering(path, RecoveryDialog(path, str(error), backups, damaged=damaged))
    return recovering.run()


class Recovering(QObject):
    """Carries out what the dialog asks for; `opened` is the library that came of it."""

    def __init__(self, path: Path, dialog: RecoveryDialog) -> None:
        super().__init__(dialog)
        self._path, self._dialog = path, dialog
        self._tasks = Tasks(self)
        self._task: Task | None = None
        self._damage: LibraryDamaged | None = None
        self.opened: Library | None = None
        dialog.recover_requested.connect(self._recover)
        dialog.restore_requested.connect(self._restore)
        dialog.other_requested.connect(self._other)
        dialog.stop_requested.connect(self._stop)
        dialog.open_requested.connect(lambda: self._open(path))
        dialog.finished.connect(lambda _code: self._tasks.close())

    def run(self) -> Library | None:
        """Show the dialog to its end; what was opened."""
        self._dialog.exec()
        return recover(self._path, self._damage) if self._damage else self.opened

    def _open(self, library: Path) -> None:
        try:
            self.opened = Library.open(library)
        except LibraryDamaged as damage:
            if library == self._path and not self._dialog.damaged:
                # Now that it can be reached, there is more to offer.
                self._damage = damage
                self._dialog.accept()
            else:
                self._dialog.show_error(str(damage))
        except ReaderError as sorry:
            self._dialog.show_error(str(sorry))
        else:
            self._dialog.accept()

    def _restore(self, backup: str) -> None:
        self._dialog.start_work("Putting the backup in place")
        self._tasks.start(
            lambda _task: put_in_place(self._path, Path(backup)),
            lambda _aside: self._open(self._path),
            lambda sorry: self._dialog.show_error(str(sorry)),
        )

    def _other(self) -> None:
        folder = str(self._path.parent)
        name, _ = QFileDialog.getOpenFileName(self._dialog, "Open another library", folder, "Libraries (*.sqlite)")
        if name:
            self._open(Path(name))

    def _recover(self) -> None:
        from reader.services.recovery import recover as make_whole

        self._dialog.start_work("Reading what can be read")
        tasks, line = self._tasks, self._dialog.line
        self._task = tasks.start(
            lambda task: make_whole(
                self._path, lambda what, done, total: tasks.report(line.advance, what, done, total), task.cancelled
            ),
            self._recovered,
            lambda sorry: self._dialog.show_error(str(sorry)),
        )

    def _recovered(self, report: "Recovery | None") -> None:
        if report is None:
            self._dialog.show_error("Stopped; nothing was changed.")
        else:
            self._dialog.show_report(report.lines)

    def _stop(self) -> None:
        if self._task:
            self._task.cancel()
