"""Export and import from the window: the dialogs ask, the pool works, the dialogs say how it went."""

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from reader.model.errors import ReaderError
from reader.ui.export_places import FOLDER_KEY, export_folder
from reader.ui.importing import Importing
from reader.ui.keeping_folders import KeepingFolders
from reader.ui.tasks import Task

if TYPE_CHECKING:
    from reader.model.filters import Filter
    from reader.services.pdf_copies import CopyReport
    from reader.ui.dialogs.import_ import ImportDialog
    from reader.ui.editing_templates import EditingTemplates
    from reader.ui.exporting import Exporting
    from reader.ui.session import Session


class Exchanging(QObject):
    """`set_filtered` is told which marks the panel's filter leaves, for "the annotations that the filter shows"."""

    def __init__(self, session: "Session", parent: QWidget) -> None:
        super().__init__(parent)
        self._session, self._parent = session, parent
        self._filtered: list[str] | None = None
        self._task: Task | None = None
        self.importing = Importing(session, parent)
        self.keeping = KeepingFolders(session, parent)

    @cached_property
    def _exporting(self) -> "Exporting":
        # Made when it is first asked for, as its dialog has much to load.
        from reader.ui.exporting import Exporting

        exporting = Exporting(self._session, self._parent)
        exporting.folder_kept.connect(self.keeping.written)
        exporting.templates_wanted.connect(lambda name: self.templates.open(name))
        return exporting

    @cached_property
    def templates(self) -> "EditingTemplates":
        """Templates of export, made when they are first asked for."""
        from reader.ui.editing_templates import EditingTemplates

        templates = EditingTemplates(self._session, self._parent)
        templates.export_wanted.connect(lambda form: self._exporting.ask(self._filtered, form=form))
        return templates

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
        from reader.ui.exporting import copied

        self._session.library.settings.set(FOLDER_KEY, str(target.parent))
        exchange = self._session.library.exchange

        def work(task: Task) -> "CopyReport":
            return exchange.save_pdf_copy(uid, target, cancelled=task.cancelled)

        def sorry(error: ReaderError) -> None:
            self._session.failed.emit(str(error))

        self._session.say("Saving a copy with annotations…")
        self._task = self._session.tasks.start(work, lambda report: self._session.say(copied(report)), sorry)

    # -- in

    def ask_import(self) -> None:
        self.importing.ask()

    def preview(self, source: Path) -> "ImportDialog":
        """Show what importing `source` would do; nothing is written before the reader says so."""
        return self.importing.preview(source)
