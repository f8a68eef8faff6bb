"""Templates of export in the window: what is written is kept and tried in a worker, and goes on to the export."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QWidget

from reader.model.errors import Cancelled, ReaderError
from reader.ui.tasks import Task, while_open

if TYPE_CHECKING:
    from reader.services.templates import TemplateFile
    from reader.ui.dialogs.templates import TemplatesDialog
    from reader.ui.session import Session

EMPTY = "It makes nothing of the annotations that there are."


class EditingTemplates(QObject):
    """One dialog at a time. `export_wanted` carries the name of the form that a template is."""

    export_wanted = Signal(str)

    def __init__(self, session: "Session", parent: QWidget) -> None:
        super().__init__(parent)
        self._session, self._parent = session, parent
        self._task: Task | None = None
        self._file: TemplateFile | None = None
        self._source = ""
        self._deleted: tuple[str, str] | None = None

    def open(self, name: str = "") -> None:
        """Show the templates, that of this name, else the one that was shown last."""
        from reader.services.templates import reference
        from reader.ui.dialogs.templates import TemplatesDialog

        templates = self._session.library.templates
        dialog = TemplatesDialog(str(templates.folder), reference(), self._parent)
        dialog.chosen.connect(lambda name: self._show(dialog, name))
        dialog.edited.connect(lambda _name, source: self._keep(dialog, source))
        dialog.preview_requested.connect(lambda name, source: self._try(dialog, name, source))
        dialog.copy_requested.connect(lambda _name: self._copy(dialog))
        dialog.delete_requested.connect(lambda _name: self._delete(dialog))
        dialog.restore_requested.connect(lambda: self._restore(dialog))
        dialog.renamed.connect(lambda _name, to: self._rename(dialog, to))
        dialog.export_requested.connect(lambda name: self._export(dialog, name))
        dialog.folder_requested.connect(self._reveal)
        dialog.finished.connect(lambda _code: self._stop())
        document = self._session.document
        dialog.say_source(document.summary.title if document and self._shown() else "")
        dialog.set_templates(templates.list(), name or (self._file.name if self._file else ""))
        dialog.open()

    def _show(self, dialog: "TemplatesDialog", name: str) -> None:
        templates = self._session.library.templates

        def show() -> None:
            file = templates.find(name)
            self._source = templates.source(file)
            self._file = file
            dialog.show_template(file, self._source)

        self._guarded(dialog, show)

    def _keep(self, dialog: "TemplatesDialog", source: str) -> None:
        """Write what the user has written; where that fails it is on the clipboard too."""
        file = self._file
        if file is None or source == self._source:
            return
        try:
            kept = self._session.library.templates.save(file, self._source, source)
        except ReaderError as error:
            QGuiApplication.clipboard().setText(source)
            self._session.failed.emit(f"{error} It is on the clipboard.")
            dialog.say(f"{error} It is on the clipboard.")
            return
        self._file, self._source = kept, source
        if kept.name == file.name:
            dialog.retitle(kept)
            dialog.say("")
        else:
            dialog.set_templates(self._session.library.templates.list(), kept.name)
            dialog.say(f"Another program changed “{file.name}”; what you wrote is in “{kept.name}” now.")

    def _shown(self) -> list[str] | None:
        """Of which documents a preview is: the open one if anything in it is marked, else all."""
        return [self._session.uid] if self._session.annotations else None

    def _try(self, dialog: "TemplatesDialog", name: str, source: str) -> None:
        self._stop()
        templates, shown = self._session.library.templates, self._shown()

        def work(task: Task) -> tuple[Task, str]:
            return task, templates.preview(source, name, shown, cancelled=task.cancelled)

        def done(made: tuple[Task, str]) -> None:
            if not made[0].cancelled():
                while_open(dialog, dialog.show_preview)(made[1] if made[1].strip() else EMPTY)

        def failed(error: ReaderError) -> None:
            if not isinstance(error, Cancelled):
                while_open(dialog, dialog.show_error)(str(error), getattr(error, "line", 0))

        self._task = self._session.tasks.start(work, done, failed)

    def _copy(self, dialog: "TemplatesDialog") -> None:
        file = self._file
        if file is None:
            return

        def copy() -> None:
            made = self._session.library.templates.create(file.name, self._source)
            dialog.set_templates(self._session.library.templates.list(), made.name)
            dialog.say(f"A copy was made: “{made.name}”.")
            dialog.name_it()

        self._guarded(dialog, copy)

    def _delete(self, dialog: "TemplatesDialog") -> None:
        file, source = self._file, self._source
        if file is None:
            return

        def delete() -> None:
            self._session.library.templates.delete(file)
            self._deleted = file.name, source
            dialog.set_templates(self._session.library.templates.list(), "")
            dialog.say(f"“{file.name}” was deleted.", can_restore=True)

        self._guarded(dialog, delete)

    def _restore(self, dialog: "TemplatesDialog") -> None:
        if self._deleted is None:
            return
        name, source = self._deleted

        def restore() -> None:
            made = self._session.library.templates.create(name, source)
            self._deleted = None
            dialog.set_templates(self._session.library.templates.list(), made.name)
            dialog.say(f"“{made.name}” is here again.")

        self._guarded(dialog, restore)

    def _rename(self, dialog: "TemplatesDialog", to: str) -> None:
        file = self._file
        if file is None:
            return

        def rename() -> None:
            self._file = self._session.library.templates.rename(file, to)
            dialog.set_templates(self._session.library.templates.list(), self._file.name)

        self._guarded(dialog, rename)

    def _guarded(self, dialog: "TemplatesDialog", call: Callable[[], None]) -> None:
        try:
            call()
        except ReaderError as error:
            dialog.say(str(error))

    def _export(self, dialog: "TemplatesDialog", name: str) -> None:
        dialog.accept()
        self.export_wanted.emit(f"template:{name}")

    def _reveal(self) -> None:
        folder = self._session.library.templates.folder
        there = next((place for place in (folder, *folder.parents) if place.is_dir()), folder)
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(there)))

    def _stop(self) -> None:
        if self._task:
            self._task.cancel()
