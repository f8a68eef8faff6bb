"""Export from the window: the dialog asks and shows how it begins, the pool works, the dialog says how it went."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from reader.model.errors import ReaderError
from reader.ui.dialogs.export import ExportDialog, Scope, Wanted, remembered
from reader.ui.dialogs.export_fields import Place
from reader.ui.tasks import Task

if TYPE_CHECKING:
    from reader.services.exchange import ExportReport
    from reader.services.folders import FolderReport
    from reader.services.pdf_copies import CopyReport
    from reader.ui.session import Session

FILE_NAME = "passage-annotations.json"
NOTES_NAME = "passage-notes"
CHOICE_KEY, FOLDER_KEY, NOTES_KEY = "export", "export_folder", "export_notes"
"""The settings: what was chosen last, the folder of the last file, the folder of the last notes."""
NOTHING = "There are no annotations here yet; mark a passage first."
STOPPED = "The export was stopped; nothing was written."

Progress = Callable[[int, int], object]


class Exporting(QObject):
    """One export at a time, and one preview of the next."""

    def __init__(self, session: "Session", parent: QWidget) -> None:
        super().__init__(parent)
        self._session, self._parent = session, parent
        self._filtered: list[str] | None = None
        self._task: Task | None = None
        self._preview: Task | None = None

    def ask(self, filtered: list[str] | None) -> None:
        """Show the dialog; `filtered` are the uids of the annotations that the filter leaves, None without one."""
        from reader.services.export_text import forms

        self._filtered = filtered
        session = self._session
        document, settings, folder = session.document, session.library.settings, export_folder(session)
        dialog = ExportDialog(
            folder / FILE_NAME,
            forms=forms(),
            folder=Path(str(settings.get(NOTES_KEY, str(folder / NOTES_NAME)))),
            everything=sum(d.annotations for d in session.library.documents.list()),
            document_title=document.summary.title if document else "",
            document=len(session.annotations),
            filtered=None if filtered is None else len(filtered),
            is_pdf=bool(document and document.summary.format == "pdf"),
            parent=self._parent,
        )
        dialog.export_requested.connect(lambda wanted: self._export(dialog, wanted))
        dialog.preview_requested.connect(lambda wanted: self._show_beginning(dialog, wanted))
        dialog.stop_requested.connect(self._stop)
        dialog.reveal_requested.connect(reveal)
        dialog.finished.connect(lambda _code: self._stop_preview())
        dialog.choose(**_remembered(settings.get(CHOICE_KEY, {})))
        dialog.open()

    def _show_beginning(self, dialog: ExportDialog, wanted: Wanted) -> None:
        from reader.services.export_text import beginning

        self._stop_preview()
        if wanted.form == "pdf":
            return dialog.set_preview("A copy of the file in which other programs show your marks.")
        exchange, chosen = self._session.library.exchange, self._chosen(wanted.scope)

        def work(task: Task) -> tuple[Task, str]:
            return task, beginning(exchange, wanted.form, by=wanted.by, cancelled=task.cancelled, **chosen)

        def done(made: tuple[Task, str]) -> None:
            if not made[0].cancelled():
                while_open(dialog, dialog.set_preview)(made[1] or NOTHING)

        failed = while_open(dialog, lambda error: dialog.set_preview(str(error)))
        self._preview = self._session.tasks.start(work, done, failed)
        return None

    def _export(self, dialog: ExportDialog, wanted: Wanted) -> None:
        self._remember(wanted)
        tasks, make = self._session.tasks, self._maker(wanted)

        def work(task: Task) -> tuple[str, str | None]:
            def progress(done: int, total: int) -> None:
                tasks.report(while_open(dialog, dialog.set_progress), done, total)

            return make(progress, task.cancelled)

        def done(made: tuple[str, str | None]) -> None:
            sentence, copied_text = made
            if copied_text is not None:
                QGuiApplication.clipboard().setText(copied_text)
            while_open(dialog, dialog.set_result)(sentence)
            self._session.say(sentence)

        def sorry(error: ReaderError) -> None:
            self._session.failed.emit(str(error))
            while_open(dialog, dialog.set_error)(str(error))

        self._task = tasks.start(work, done, sorry)

    def _maker(self, wanted: Wanted) -> Callable[[Progress, Callable[[], bool]], tuple[str, str | None]]:
        """What does the work off this thread: gives the sentence on it, and the text for the clipboard if any."""
        library, chosen, uid = self._session.library, self._chosen(wanted.scope), self._session.uid

        def make(progress: Progress, cancelled: Callable[[], bool]) -> tuple[str, str | None]:
            if wanted.form == "pdf":
                return copied(library.exchange.save_pdf_copy(uid, wanted.target, cancelled=cancelled)), None
            limits: dict[str, Any] = {**chosen, "by": wanted.by, "progress": progress, "cancelled": cancelled}
            if wanted.place is Place.FOLDER:
                return in_folder(library.folders.export(wanted.target, **limits)), None
            if wanted.place is Place.FILE:
                report = library.exchange.export(wanted.target, form=wanted.form, **limits)
                return exported(report, wanted.target), None
            from reader.services.export_text import whole

            made = whole(library.exchange, wanted.form, **limits)
            if made is None:
                return "The export was stopped; nothing was copied.", None
            return f"{_counted(made.annotations, made.documents, made.left_out)} copied to the clipboard", made.text

        return make

    def _chosen(self, scope: Scope) -> dict[str, Any]:
        if scope is Scope.DOCUMENT:
            return {"documents": [self._session.uid]}
        return {"annotations": self._filtered or []} if scope is Scope.FILTERED else {}

    def _remember(self, wanted: Wanted) -> None:
        settings = self._session.library.settings
        settings.set(CHOICE_KEY, dict(remembered(wanted)))
        if wanted.place is Place.FILE:
            settings.set(FOLDER_KEY, str(wanted.target.parent))
        elif wanted.place is Place.FOLDER:
            settings.set(NOTES_KEY, str(wanted.target))

    def _stop(self) -> None:
        if self._task:
            self._task.cancel()

    def _stop_preview(self) -> None:
        if self._preview:
            self._preview.cancel()


def export_folder(session: "Session") -> Path:
    """Where files were exported to last, at first the user's home."""
    return Path(str(session.library.settings.get(FOLDER_KEY, str(Path.home()))))


def reveal(path: str) -> None:
    """Show the folder that was written to, or that of the file."""
    there = Path(path)
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(there if there.is_dir() else there.parent)))


def while_open(dialog: QWidget, call: Callable[..., None]) -> Callable[..., None]:
    """`call`, but nothing once the dialog is closed: the work it asked for may end after it."""

    def guarded(*values: object) -> None:
        if isValid(dialog):
            call(*values)

    return guarded


def exported(report: "ExportReport", target: Path) -> str:
    """What an export wrote, in a sentence."""
    if report.path is None:
        return STOPPED
    return f"{_counted(report.annotations, report.documents, report.left_out)} exported to {target}"


def in_folder(report: "FolderReport") -> str:
    """What was done in a folder, in a line."""
    begun = "Stopped; what was done until then stays. " if report.stopped else ""
    left = len(report.problems)
    more = f" (and {left - 1:,} more)" if left > 1 else ""
    return f"{begun}{report.sentence()}" + (f"; {report.problems[0]}{more}" if left else "")


def _counted(annotations: int, documents: int, left_out: int) -> str:
    marks = f"{annotations:,} annotation{'' if annotations == 1 else 's'}"
    left = f" ({left_out:,} without words left out)" if left_out else ""
    return f"{marks} of {documents:,} document{'' if documents == 1 else 's'}{left}"


def copied(report: "CopyReport") -> str:
    """What became of a copy with annotations, in a sentence."""
    if report.path is None:
        return "Stopped; no copy was written."
    marks = f"{report.written:,} annotation{'' if report.written == 1 else 's'}"
    left = f"; {report.left_out:,} without a place in it left out" if report.left_out else ""
    return f"A copy with {marks} was saved to {report.path}{left}"


def _remembered(value: object) -> dict[str, str]:
    """What `ExportDialog.choose` takes, of what the settings have under a name."""
    known = cast("dict[str, object]", value) if isinstance(value, dict) else {}
    return {key: str(known[key]) for key in ("form", "by", "scope", "place") if key in known}
