"""Export and import from the window: the dialogs ask, the pool works, the dialogs say how it went."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget
from shiboken6 import isValid

from reader.model.errors import ReaderError
from reader.ui.dialogs.export import ExportDialog, Scope
from reader.ui.tasks import Task

if TYPE_CHECKING:
    from reader.services.exchange import ExportReport, ImportPreview, ImportReport
    from reader.services.pdf_copies import CopyReport
    from reader.ui.dialogs.import_ import ImportDialog
    from reader.ui.session import Session

FILE_NAME = "passage-annotations.json"


class Exchanging(QObject):
    """`set_filtered` is told which marks the panel's filter leaves, for "the annotations that the filter shows"."""

    def __init__(self, session: "Session", parent: QWidget) -> None:
        super().__init__(parent)
        self._session, self._parent = session, parent
        self._filtered: list[str] | None = None
        self._task: Task | None = None

    def set_filtered(self, uids: Sequence[str] | None) -> None:
        self._filtered = None if uids is None else list(uids)

    # -- out

    def ask_export(self) -> None:
        document = self._session.document
        dialog = ExportDialog(
            self._folder() / FILE_NAME,
            everything=sum(d.annotations for d in self._session.library.documents.list()),
            document_title=document.summary.title if document else "",
            document=len(self._session.annotations),
            filtered=None if self._filtered is None else len(self._filtered),
            parent=self._parent,
        )
        dialog.export_requested.connect(lambda scope, target: self._export(dialog, Scope(scope), Path(target)))
        dialog.stop_requested.connect(self._stop)
        dialog.reveal_requested.connect(
            lambda file: QDesktopServices.openUrl(QUrl.fromLocalFile(str(Path(file).parent)))
        )
        dialog.open()

    def _export(self, dialog: ExportDialog, scope: Scope, target: Path) -> None:
        self._session.library.settings.set("export_folder", str(target.parent))
        tasks, exchange = self._session.tasks, self._session.library.exchange
        chosen: dict[str, Any] = {}
        if scope is Scope.DOCUMENT:
            chosen["documents"] = [self._session.uid]
        elif scope is Scope.FILTERED:
            chosen["annotations"] = self._filtered or []

        def work(task: Task) -> "ExportReport":
            def progress(done: int, total: int) -> None:
                tasks.report(while_open(dialog, dialog.set_progress), done, total)

            return exchange.export(target, progress=progress, cancelled=task.cancelled, **chosen)

        def done(report: "ExportReport") -> None:
            sentence = exported(report, target)
            while_open(dialog, dialog.set_result)(sentence)
            self._session.say(sentence)

        self._task = tasks.start(work, done, lambda error: self._sorry(dialog, error))

    def ask_copy(self) -> None:
        """Ask where a copy of the open PDF goes that has its marks as annotations for other programs."""
        document = self._session.document
        if not document or document.summary.format != "pdf":
            self._session.say("Open a PDF first: only of these a copy with annotations can be saved.")
            return
        name = f"{Path(document.summary.path or document.summary.title).stem} (annotated).pdf"
        chosen, _ = QFileDialog.getSaveFileName(
            self._parent, "Save a copy with annotations", str(self._folder() / name), "PDF (*.pdf)"
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
        name, _ = QFileDialog.getOpenFileName(self._parent, "Import annotations", str(self._folder()), "JSON (*.json)")
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

    def _sorry(self, dialog: "ExportDialog | ImportDialog", error: ReaderError) -> None:
        self._session.failed.emit(str(error))
        while_open(dialog, dialog.set_error)(str(error))

    def _stop(self) -> None:
        if self._task:
            self._task.cancel()

    def _folder(self) -> Path:
        return Path(str(self._session.library.settings.get("export_folder", str(Path.home()))))


def while_open(dialog: QWidget, call: Callable[..., None]) -> Callable[..., None]:
    """`call`, but nothing once the dialog is closed: the work it asked for may end after it."""

    def guarded(*values: object) -> None:
        if isValid(dialog):
            call(*values)

    return guarded


def exported(report: "ExportReport", target: Path) -> str:
    """What an export wrote, in a sentence."""
    if report.path is None:
        return "The export was stopped; nothing was written."
    marks = f"{report.annotations:,} annotation{'' if report.annotations == 1 else 's'}"
    documents = f"{report.documents:,} document{'' if report.documents == 1 else 's'}"
    return f"{marks} of {documents} exported to {target}"


def copied(report: "CopyReport") -> str:
    """What became of a copy with annotations, in a sentence."""
    if report.path is None:
        return "Stopped; no copy was written."
    marks = f"{report.written:,} annotation{'' if report.written == 1 else 's'}"
    left = f"; {report.left_out:,} without a place in it left out" if report.left_out else ""
    return f"A copy with {marks} was saved to {report.path}{left}"


def imported(report: "ImportReport") -> str:
    """What an import did, in a sentence."""
    left = f", {report.skipped:,} left as they are" if report.skipped else ""
    passed = f", {len(report.problems):,} passed over" if report.problems else ""
    return f"{report.added:,} annotations added, {report.updated:,} updated{left}{passed}"
