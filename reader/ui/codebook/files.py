"""Codebooks as files: where they go and come from is asked, the work is done off the interface's thread."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from reader.model.change import Change
from reader.model.errors import ReaderError
from reader.ui.codebook.importing import CodebookImportDialog
from reader.ui.export_places import FOLDER_KEY, export_folder
from reader.ui.tasks import Task, while_open

if TYPE_CHECKING:
    from reader.services.codebook import CodebookReport
    from reader.ui.codebook.window import CodebookWindow
    from reader.ui.session import Session

FILES = "Codebooks (*.csv *.tsv *.qdc)"
CSV, QDC = "Table (*.csv)", "REFI-QDA codebook (*.qdc)"
FILE_NAME = "codebook"


class CodebookFiles(QObject):
    """`write` carries out an import, and tells whether it could be done; why not is what the session said last."""

    def __init__(
        self, session: "Session", book: "CodebookWindow", write: Callable[[Callable[[], Change]], bool]
    ) -> None:
        super().__init__(book)
        self._session, self._book, self._write = session, book, write
        self._said = ""
        session.failed.connect(self._hear)

    def _hear(self, sentence: str) -> None:
        self._said = sentence

    def ask_export(self) -> None:
        """Ask where the codebook goes, and in which form."""
        start = str(export_folder(self._session) / f"{FILE_NAME}.csv")
        chosen, kind = QFileDialog.getSaveFileName(self._book, "Export the codebook", start, f"{CSV};;{QDC}")
        if chosen:
            self.export(Path(chosen), "qdc" if kind == QDC or chosen.lower().endswith(".qdc") else "csv")

    def export(self, target: Path, form: Literal["csv", "qdc"]) -> None:
        """Write the codebook to a file, off the interface's thread, and say how it went."""
        target = target if target.suffix else target.with_suffix(f".{form}")
        codebook, session = self._session.library.codebook, self._session
        session.library.settings.set(FOLDER_KEY, str(target.parent))

        def done(count: int) -> None:
            session.say(f"{count:,} tag{'' if count == 1 else 's'} exported to {target}")

        session.tasks.start(lambda _task: codebook.export(target, form), done, self._sorry)

    def _sorry(self, error: ReaderError) -> None:
        self._session.failed.emit(str(error))
        while_open(self._book, self._book.show_error)(str(error))

    def ask_import(self) -> None:
        """Ask for the file of a codebook."""
        start = str(export_folder(self._session))
        chosen, _ = QFileDialog.getOpenFileName(self._book, "Import a codebook", start, FILES)
        if chosen:
            self.import_file(Path(chosen))

    def import_file(self, source: Path) -> None:
        """Show what the tags of a file would change, and take them if that is wanted."""
        dialog = CodebookImportDialog(source.name, self._book)
        codebook, tasks = self._session.library.codebook, self._session.tasks
        refuse = while_open(dialog, lambda error: dialog.set_error(str(error)))

        def preview(wins: bool) -> None:
            def work(_task: Task) -> "CodebookReport":
                return codebook.import_data(_read(source), replace=wins, dry_run=True)

            tasks.start(work, while_open(dialog, dialog.set_preview), refuse)

        def take(wins: bool) -> None:
            def write() -> Change:
                return codebook.import_data(_read(source), replace=wins).change

            if self._write(write):
                dialog.accept()
            else:
                dialog.set_error(self._said)

        dialog.preview_wanted.connect(preview)
        dialog.import_requested.connect(take)
        dialog.open()
        preview(False)


def _read(source: Path) -> bytes:
    from reader.services.codebook import LARGEST_FILE

    try:
        with source.open("rb") as file:
            return file.read(LARGEST_FILE + 1)
    except OSError as error:
        reason = error.strerror or str(error)
        raise ReaderError(f"“{source.name}” could not be read ({reason}); choose another file.") from error
