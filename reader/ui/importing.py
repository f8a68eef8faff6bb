"""Import from the window: a dialog shows how a file's records would be found, the pool looks for them and writes."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from reader.model.errors import Cancelled, ReaderError
from reader.ui.export_places import export_folder
from reader.ui.tasks import Task, while_open

if TYPE_CHECKING:
    from reader.services.exchange import ImportReport
    from reader.services.import_forms import TableHead
    from reader.services.import_preview import ImportFile, ImportPreview, SeenDocument
    from reader.ui.dialogs.import_ import ImportDialog
    from reader.ui.session import Session

_FOLDER = "import_folder"
_LARGE = 1 << 23
_SORTING = "Looking whether what was dropped holds annotations"


@dataclass(slots=True)
class _Going:
    """One import that is being asked about: what was chosen so far, and the file once it is read."""

    dialog: "ImportDialog"
    source: Path
    columns: Mapping[str, str] | None = None
    head: "TableHead | None" = None
    file: "ImportFile | None" = None
    choices: dict[str, str] = field(default_factory=dict[str, str])
    task: Task | None = None


class Importing(QObject):
    """Any number of dropped files, one dialog after the other.

    `documents_wanted` carries dropped files that are to be added as documents, `review_requested` the uid of the first
    of the annotations that were kept as lost.
    """

    documents_wanted = Signal(list)
    review_requested = Signal(str)

    def __init__(self, session: "Session", parent: QWidget) -> None:
        super().__init__(parent)
        self._session, self._parent = session, parent
        self._waiting: list[Path] = []
        self._showing = False

    def ask(self) -> None:
        settings = self._session.library.settings
        folder = str(settings.get(_FOLDER, str(export_folder(self._session))))
        name, _ = QFileDialog.getOpenFileName(self._parent, "Import annotations", folder, file_filter())
        if name:
            settings.set(_FOLDER, str(Path(name).parent))
            self.preview(Path(name))

    def take(self, paths: Sequence[Path]) -> None:
        """Offer to import those of the dropped files that hold annotations; the others are documents."""
        from reader.services.import_forms import dropped_form, may_be_import

        doubtful = [path for path in paths if path.is_file() and may_be_import(path)]
        if not doubtful:
            self.documents_wanted.emit(list(paths))
            return

        def done(found: list[Path]) -> None:
            if rest := [path for path in paths if path not in found]:
                self.documents_wanted.emit(rest)
            self._waiting += found
            if not self._showing:
                self._next()

        if sum(path.stat().st_size for path in doubtful) > _LARGE:
            self._sort_slowly(doubtful, done)
        else:
            self._session.tasks.start(
                lambda task: [path for path in doubtful if dropped_form(path, cancelled=task.cancelled)], done
            )

    def _sort_slowly(self, doubtful: Sequence[Path], done: Callable[[list[Path]], None]) -> None:
        """Have `done` told which of large files hold annotations, behind a dialog that says how far it is and stops."""
        from reader.services.import_forms import dropped_form
        from reader.ui.dialogs.work import WorkDialog

        tasks = self._session.tasks
        dialog = WorkDialog(_SORTING, "Then you are asked, or it is added as a document.", self._parent)

        def work(task: Task) -> list[Path]:
            def told(number: int, total: int) -> None:
                tasks.report(while_open(dialog, dialog.line.advance), _SORTING, number, total)

            return [path for path in doubtful if dropped_form(path, told, task.cancelled)]

        def over(found: list[Path]) -> None:
            dialog.finish()
            if task.cancelled():
                self._session.say("Stopped; nothing of what was dropped was added or imported.")
            else:
                done(found)

        def failed(error: ReaderError) -> None:
            dialog.finish()
            self._session.failed.emit(str(error))

        task = tasks.start(work, over, failed)
        dialog.stop_requested.connect(task.cancel)
        dialog.open()

    def preview(self, source: Path, *, dropped: bool = False) -> "ImportDialog":
        """Show what importing `source` would do; nothing is written before the reader says so."""
        from reader.ui.dialogs.import_ import ImportDialog

        dialog = ImportDialog(str(source), self._parent, dropped=dropped)
        going = _Going(dialog, source)
        dialog.import_requested.connect(lambda keep: self._import(going, keep_lost=keep))
        dialog.stop_requested.connect(lambda: _stop(going))
        dialog.columns_chosen.connect(lambda columns: self._read_so(going, columns))
        dialog.choice_requested.connect(lambda document: self._choose(going, document))
        dialog.choice_made.connect(lambda uid, choice: self._chosen(going, uid, choice))
        dialog.document_requested.connect(lambda: self.documents_wanted.emit([source]))
        dialog.finished.connect(lambda _code: _let_go(going))
        self._look(going)
        dialog.open()
        return dialog

    def _next(self) -> None:
        if self._waiting:
            self._showing = True
            self.preview(self._waiting.pop(0), dropped=True).finished.connect(lambda _code: self._shown())

    def _shown(self) -> None:
        self._showing = False
        self._next()

    # -- looking

    def _look(self, going: _Going) -> None:
        """Read the file if that is not done, and look for its records; what is asked last counts."""
        _stop(going)
        session, dialog = self._session, going.dialog
        settings, choices, known = session.library.settings, dict(going.choices), going.file

        def work(task: Task) -> "tuple[ImportFile, ImportPreview] | None":
            def told(done: int, total: int) -> None:
                session.tasks.report(while_open(dialog, dialog.set_progress), done, total)

            def progress(done: int, total: int) -> None:
                if done % 50 == 0 or done == total:
                    told(done, total)

            try:
                file = known or _read(going, session, told, task)
                if file is None:
                    return None
                exchange = session.library.exchange
                return file, exchange.preview(file, choices=choices, progress=progress, cancelled=task.cancelled)
            except Cancelled:
                return None

        def show(seen: "tuple[ImportFile, ImportPreview] | None") -> None:
            if going.task is not task or task.cancelled():
                return
            if going.head:
                dialog.set_table(going.head, going.columns or {})
            if seen is None:
                dialog.ask_columns()
                return
            going.file, preview = seen
            if going.head and going.columns:
                from reader.services.import_forms import remember

                remember(settings, going.head, going.columns)
            dialog.set_preview(preview, _title(preview), frozenset(going.choices))

        def sorry(error: ReaderError) -> None:
            if going.task is task:
                if going.head:
                    while_open(dialog, dialog.set_table)(going.head, going.columns or {})
                self._sorry(dialog, error)

        task = going.task = session.tasks.start(work, while_open(dialog, show), sorry)

    def _read_so(self, going: _Going, columns: Mapping[str, str]) -> None:
        going.columns, going.file = columns, None
        going.choices.clear()
        self._look(going)

    # -- choosing

    def _choose(self, going: _Going, document: "SeenDocument") -> None:
        from reader.ui.dialogs.import_choice import ChoiceDialog

        here = [one for one in self._session.library.documents.list() if one.length]
        chooser = ChoiceDialog(document.title or document.origin, here, going.dialog)
        chooser.chosen.connect(lambda uid: self._chosen(going, document.uid, uid))
        chooser.open()

    def _chosen(self, going: _Going, uid: str, choice: str | None) -> None:
        """A document of the file is another one here (its uid), is left out (empty), or is as found (None)."""
        if choice is None:
            going.choices.pop(uid, None)
        else:
            going.choices[uid] = choice
        going.dialog.look_again()
        self._look(going)

    # -- writing

    def _import(self, going: _Going, *, keep_lost: bool) -> None:
        tasks, exchange, dialog = self._session.tasks, self._session.library.exchange, going.dialog
        file, choices = going.file, dict(going.choices)
        assert file

        def work(task: Task) -> "ImportReport | None":
            def progress(done: int, total: int) -> None:
                tasks.report(while_open(dialog, dialog.set_progress), done, total)

            try:
                return exchange.import_file(
                    file, choices=choices, keep_lost=keep_lost, progress=progress, cancelled=task.cancelled
                )
            except Cancelled:
                return None

        def done(report: "ImportReport | None") -> None:
            if report is None:
                self._session.say("The import was stopped; nothing was written.")
                return
            self._session.said.emit(imported(report), bool(report.change))
            while_open(dialog, self._show_result)(dialog, report)

        going.task = tasks.start(work, done, lambda error: self._sorry(dialog, error))

    def _show_result(self, dialog: "ImportDialog", report: "ImportReport") -> None:
        dialog.set_result(imported(report), (*report.problems, *report.notes), len(report.lost))
        if report.lost:
            dialog.place_requested.connect(lambda: self.review_requested.emit(report.lost[0]))

    def _sorry(self, dialog: "ImportDialog", error: ReaderError) -> None:
        self._session.failed.emit(str(error))
        while_open(dialog, dialog.set_error)(str(error))


def _read(going: _Going, session: "Session", progress: Callable[[int, int], object], task: Task) -> "ImportFile | None":
    """Read the file, in a worker. None when it is a table of which nobody knows what its columns are.

    Cancelled when the task is.
    """
    from reader.services import import_forms

    file = import_forms.given(going.source, progress, task.cancelled)
    if going.columns is None and import_forms.form_of(file) == import_forms.TABLE:
        going.head = import_forms.table_head(file)
        going.columns = import_forms.remembered(session.library.settings, going.head)
    if going.columns is not None and not import_forms.is_enough(going.columns):
        return None
    return session.library.exchange.read(file, columns=going.columns)


def _stop(going: _Going) -> None:
    if going.task:
        going.task.cancel()


def _let_go(going: _Going) -> None:
    """Give up what is under way and free the file: the dialog's own end may be noticed long after."""
    _stop(going)
    going.file = None


def _title(preview: "ImportPreview") -> str:
    from reader.services.import_forms import title_of

    return title_of(preview.form)


def file_filter() -> str:
    """What the file dialog offers: all forms that are read, then form by form, then everything."""
    from reader.services.import_forms import forms

    sorts = [(form.title, " ".join(f"*{suffix}" for suffix in form.suffixes)) for form in forms()]
    every = " ".join(dict.fromkeys(" ".join(suffixes for _, suffixes in sorts).split()))
    plain = [(re.sub(r"\s*\([^)]*\)", "", title), some) for title, some in sorts]
    lines = [f"All annotations ({every})", *(f"{title} ({some})" for title, some in plain)]
    return ";;".join([*lines, "All files (*)"])


def imported(report: "ImportReport") -> str:
    """What an import did, in a sentence."""
    left = f", {report.skipped:,} left as they are" if report.skipped else ""
    passed = f", {len(report.problems):,} passed over" if report.problems else ""
    noun = "annotation" if report.added == 1 else "annotations"
    return f"{report.added:,} {noun} added, {report.updated:,} updated{left}{passed}"
