"""Export and import from the window: the dialogs ask, the pool works, the dialogs say how it went."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from reader.model.errors import ReaderError
from reader.ui.exporting import Exporting, copied, export_folder, while_open
from reader.ui.keeping_folders import KeepingFolders
from reader.ui.tasks import Task

if TYPE_CHECKING:
    from reader.model.filters import Filter
    from reader.services.exchange import ImportPreview, ImportReport
    from reader.services.pdf_copies import CopyReport
    from reader.ui.dialogs.import_ import ImportDialog
    from reader.ui.session import Session

IMPORTED = "Annotations (*.json *.jsonld)"


class Exchanging(QObject):
    """`set_filtered` is told which marks the panel's filter leaves, for "the annotations that the filter shows"."""

    def __init__(self, session: "Session", parent: QWidget) -> None:
        super().__init__(parent)
        self._session, self._parent = session, parent
        self._filtered: list[str] | None = None
        self._task: Task | None = None
        self._exporting = Exporting(session, parent)
        self.keeping = KeepingFolders(session, parent)
        self._exporting.folder_kept.connect(self.keeping.written)

    def set_filtered(self, uids: Sequence[str] | None) -> None:
        self._filtered = None if uids is None else list(uids)

    # -- out

    def ask_export(self, *, selection: Sequence[str] | None = None, filter: "Filter | None" = None) -> None:
        """Ask what goes out where; with uids of annotations, or what a filter wants, chosen to begin with."""
        self._exporting.ask(self._filtered, selection=selection, wanted=filter)

    def ask_copy(self) -> None:
        """Ask where a copy of the open PDF goes that has its marks as annotations for other programs."""
        document = self._session.document
        if not document or document.summary.format != "pdf":
            self._session.say("Open a PDF first: only of these a copy with annotations can be saved.")
            return
        name = f"{Path(document.summary.path or document.summary.title).stem} (annotated).pdf"
        chosen, _ = QFileDialog.getSaveFileName(
            self._parent, "Save a copy with annotations", str(export_folder(self._session) / name), "PDF (*.pdf)"
        )
        if chosen:
            self.save_copy(document.summary.uid, Path(chosen))

    def save_copy(self, uid: str, target: Path) -> None:
        """Write a copy of a PDF with its marks; the original is never written to."""
        self._session.library.settings.set("export_folder", str(target.parent))
        exchange = self._session.library.exchange

        def work(task: Task) -> "CopyReport":
            return exchange.save_pdf_copy(uid, target, cancelled=task.cancelled)

        def sorry(error: ReaderError) -> None:
            self._session.failed.emit(str(error))

        self._session.say("Saving a copy with annotations…")
        self._task = self._session.tasks.start(work, lambda report: self._session.say(copied(report)), sorry)

    # -- in

    def ask_import(self) -> None:
        folder = str(export_folder(self._session))
        name, _ = QFileDialog.getOpenFileName(self._parent, "Import annotations", folder, IMPORTED)
        if name:
            self.preview(Path(name))

    def preview(self, source: Path) -> "ImportDialog":
        """Show what importing `source` would do; nothing is written before the reader says so."""
        from reader.ui.dialogs.import_ import ImportDialog

        dialog = ImportDialog(str(source), self._parent)
        exchange = self._session.library.exchange

        def show(preview: "ImportPreview") -> None:
            while_open(dialog, dialog.set_preview)(preview)

        self._task = self._session.tasks.start(
            lambda _task: exchange.preview(source), show, lambda error: self._sorry(dialog, error)
        )
        dialog.import_requested.connect(lambda _path: self._import(dialog, source))
        dialog.stop_requested.connect(self._stop)
        dialog.open()
        return dialog

    def _import(self, dialog: "ImportDialog", source: Path) -> None:
        tasks, exchange = self._session.tasks, self._session.library.exchange

        def work(task: Task) -> "ImportReport":
            def progress(done: int, total: int) -> None:
                tasks.report(while_open(dialog, dialog.set_progress), done, total)

            return exchange.import_file(source, progress=progress, cancelled=task.cancelled)

        def done(report: "ImportReport") -> None:
            while_open(dialog, dialog.set_result)(imported(report), (*report.problems, *report.notes))
            self._session.said.emit(imported(report), bool(report.change))

        self._task = tasks.start(work, done, lambda error: self._sorry(dialog, error))

    # -- both

    def _sorry(self, dialog: "ImportDialog", error: ReaderError) -> None:
        self._session.failed.emit(str(error))
        while_open(dialog, dialog.set_error)(str(error))

    def _stop(self) -> None:
        if self._task:
            self._task.cancel()


def imported(report: "ImportReport") -> str:
    """What an import did, in a sentence."""
    left = f", {report.skipped:,} left as they are" if report.skipped else ""
    passed = f", {len(report.problems):,} passed over" if report.problems else ""
    return f"{report.added:,} annotations added, {report.updated:,} updated{left}{passed}"
