"""Bringing annotations in: what the file holds, and how it would be found here, is shown before anything is written."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QListWidget, QProgressBar, QSizePolicy, QTabWidget, QWidget

from reader.services.import_preview import ImportPreview, Stands
from reader.ui.dialogs.base import PassageDialog, say, text
from reader.ui.dialogs.import_columns import ColumnsPage
from reader.ui.dialogs.import_pages import DocumentsPage, RecordsPage, figures, outcome

if TYPE_CHECKING:
    from reader.services.import_forms import TableHead

_TALL, _EDGES = 620, 60
_FEW = 3
_READING = "Reading the file…"
_LOOKING = "Looking for the quotes in the texts here…"
_HERE = "Everything in this file is here already."
_EMPTY = "There is no annotation in this file."
_NOTHING = "Nothing of this file can be imported as it is; choose documents for it, or add them to the library first."
_TABLE_TOLD = "This table has to be told which of its columns is what."


class ImportDialog(PassageDialog):
    """Comes up at once, is given a preview when the file is read, and stays to say how it went.

    `import_requested` carries whether what is not found is kept as lost; `choice_requested` a document of the file,
    `choice_made` its uid and what it is to be (None: as found, empty: left out), `columns_chosen` what a table's
    columns are, `place_requested` asks to place by hand what was kept as lost, `document_requested` to add the file
    as a document.
    """

    import_requested = Signal(bool)
    stop_requested = Signal()
    choice_requested = Signal(object)
    choice_made = Signal(str, object)
    columns_chosen = Signal(object)
    place_requested = Signal()
    document_requested = Signal()

    def __init__(self, path: str, parent: QWidget | None = None, *, dropped: bool = False) -> None:
        super().__init__("Import annotations", parent, width=860)
        self._working = self._told = True
        self._is_over = False
        self.columns: ColumnsPage | None = None
        self.body.addWidget(text(path.replace("\\", "/").rsplit("/", 1)[-1], "title"))
        self.form, self.state = text("", "quiet"), text(_READING)
        self.state.setObjectName("state")
        self.progress = QProgressBar()
        self.progress.setRange(0, 0)
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName("Import progress")
        self.outcome, self.error = text("", "quiet"), text("", "error")
        self.pages = QTabWidget()
        self.pages.setAccessibleName("What the file holds")
        self.pages.currentChanged.connect(lambda _index: self._give_room())
        self._make_pages()
        self.keep = QCheckBox()
        self.keep.setChecked(True)
        self.keep.hide()
        for widget in (self.form, self.state, self.progress, self.outcome, self.error, self.keep):
            self.body.addWidget(widget)
        self.body.addWidget(self.pages, 1)
        self.body.addStretch(0)
        for label in (self.form, self.outcome, self.error):
            say(label, "")
        self._make_buttons(dropped=dropped)

    def _make_pages(self) -> None:
        self.documents, self.records = DocumentsPage(), RecordsPage()
        self.problems = QListWidget()
        self.problems.setWordWrap(True)
        self.problems.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.problems.setAccessibleName("What is left out, or worth knowing")
        self.documents.choose_requested.connect(self.choice_requested)
        self.documents.leave_requested.connect(lambda uid: self.choice_made.emit(uid, ""))
        self.documents.guess_requested.connect(lambda uid: self.choice_made.emit(uid, None))
        self.pages.hide()

    def _make_buttons(self, *, dropped: bool) -> None:
        self.document_button = self.add_button("Add as a document &instead", left=True)
        self.document_button.setVisible(dropped)
        self.document_button.clicked.connect(self._add_instead)
        self.place_button = self.add_button("")
        self.place_button.hide()
        self.place_button.clicked.connect(self._place)
        self.close_button = self.add_close("Cancel", default=False)
        self.import_button = self.add_button("Import", default=True)
        self.import_button.setEnabled(False)
        self.import_button.clicked.connect(self._import)
        self.finished.connect(lambda _code: self._stop_if_working())

    def sizeHint(self) -> QSize:
        # From the beginning as tall as it is going to be: what grows later grows over the edge of the screen.
        wanted = super().sizeHint()
        if self._is_over and self._says_little():
            return wanted
        room = self.screen().availableGeometry().height() - _EDGES
        return wanted.expandedTo(QSize(0, min(_TALL, room)))

    # -- what it is given

    def set_table(self, head: "TableHead", columns: Mapping[str, str]) -> None:
        """The file is a table with these columns, which was read so, or has to be told."""
        if self.columns is None:
            self.columns = ColumnsPage(head, columns)
            self.columns.columns_chosen.connect(self._read_so)
            self.pages.addTab(self.columns, "&Columns")
        self.columns.set_used(columns)

    def ask_columns(self) -> None:
        """Nobody knows where the quotes of the table are: they have to be chosen first."""
        self._rest()
        self._columns_used({})
        say(self.state, _TABLE_TOLD)
        self.pages.show()
        if self.columns:
            self.pages.setCurrentWidget(self.columns)
            self.columns.boxes["quote"].setFocus()
        self.fit()

    def set_preview(self, preview: ImportPreview, title: str = "", chosen: frozenset[str] = frozenset()) -> None:
        """Show what would happen; the import is offered if anything would. `title` is that of the file's form, `chosen`
        are the documents (uids of the file) that somebody decided on."""
        self._rest()
        say(self.form, title)
        self.documents.set_documents(preview.documents, foreign=preview.foreign, chosen=chosen)
        self.records.set_records(preview.records)
        self._show_pages(preview)
        say(self.outcome, outcome(preview))
        anything = bool(preview.new or preview.newer or preview.masks or preview.documents_new)
        kept = bool(preview.same or preview.older)
        nothing = _EMPTY if not preview.records and not preview.documents else _HERE if kept else _NOTHING
        say(self.state, figures(preview) if anything else nothing)
        lost = preview.count(Stands.LOST)
        self.keep.setText(f"&Keep what is not found as lost, to be placed by hand ({lost:,})")
        self.keep.setVisible(bool(lost and anything))
        self.import_button.setEnabled(anything)
        self.close_button.setText("Cancel" if anything else "Close")
        if not self.pages.isAncestorOf(self.focusWidget()):
            (self.import_button if anything else self.close_button).setFocus()
        self.fit()

    def set_progress(self, done: int, total: int) -> None:
        """`done` of `total` records are looked for, or in."""
        self.progress.setRange(0, max(0, total))
        self.progress.setValue(done)

    def look_again(self) -> None:
        """The file is being looked at again with other choices."""
        self._working = True
        self.import_button.setEnabled(False)
        say(self.state, _LOOKING)
        self._begin()

    def set_result(self, sentence: str, notes: Sequence[str] = (), lost: int = 0) -> None:
        """It is done; `lost` of the records were not found and are kept."""
        self._rest()
        say(self.state, sentence)
        say(self.outcome, "")
        self.document_button.hide()
        for at in reversed(range(self.pages.count())):
            self.pages.removeTab(at)
        self._show_problems(notes, "Worth knowing")
        self.pages.setVisible(bool(notes))
        self.place_button.setText(f"&Place {lost:,} by hand…")
        self.place_button.setVisible(bool(lost))
        self._end()

    def set_error(self, sentence: str) -> None:
        """It could not be read or written; nothing was changed."""
        self._rest()
        say(self.state, "")
        say(self.error, sentence)
        self.close_button.setText("Close")
        # A table that is told otherwise may be read all the same, and a document may be chosen again.
        self.pages.setVisible(self.pages.count() > 0)
        if self.pages.isHidden():
            self._end()
        else:
            self.fit()

    # -- what happens

    def _show_pages(self, preview: ImportPreview) -> None:
        """The tabs that have something to show, in one order, the one that was looked at in front."""
        current = self.pages.currentWidget()
        for page in (self.records, self.documents, self.problems):
            if (at := self.pages.indexOf(page)) >= 0:
                self.pages.removeTab(at)
        if preview.records:
            self.pages.insertTab(0, self.records, f"&Records ({len(preview.records):,})")
        if preview.documents:
            self.pages.insertTab(0, self.documents, f"&Documents ({len(preview.documents):,})")
        self._show_problems((*preview.problems, *preview.notes), "Left out")
        self.pages.setVisible(self.pages.count() > 0)
        if self._told or not current or self.pages.indexOf(current) < 0:
            self.pages.setCurrentIndex(0)
        else:
            self.pages.setCurrentWidget(current)
        self._told = False

    def _give_room(self) -> None:
        """Only the page in front says how much room it needs: the columns of a table are taller than all others."""
        for page in filter(None, map(self.pages.widget, range(self.pages.count()))):
            in_front = page is self.pages.currentWidget()
            policy = QSizePolicy.Policy.Preferred if in_front else QSizePolicy.Policy.Ignored
            page.setSizePolicy(QSizePolicy.Policy.Preferred, policy)

    def _show_problems(self, problems: Sequence[str], name: str) -> None:
        self.problems.clear()
        self.problems.addItems(list(problems))
        if problems:
            self.pages.addTab(self.problems, f"{name} ({len(problems):,})")

    def _read_so(self, columns: Mapping[str, str]) -> None:
        self._columns_used(columns)
        self._told = True
        self.look_again()
        self.columns_chosen.emit(columns)

    def _columns_used(self, columns: Mapping[str, str]) -> None:
        if self.columns:
            self.columns.set_used(columns)

    def _begin(self) -> None:
        say(self.error, "")
        self.progress.setRange(0, 0)
        self.progress.show()

    def _rest(self) -> None:
        self._working = False
        self.progress.hide()
        self.pages.setEnabled(True)
        self.keep.setEnabled(True)
        say(self.error, "")
        self.import_button.setEnabled(False)

    def _import(self) -> None:
        self._working = True
        for part in (self.import_button, self.pages, self.keep, self.document_button):
            part.setEnabled(False)
        self._begin()
        self.close_button.setText("Stop")
        self.close_button.setFocus()
        self.import_requested.emit(self.keep.isChecked())

    def _end(self) -> None:
        """There is nothing to decide any more; with little to look at either, a few lines are enough."""
        self._is_over = True
        self.keep.hide()
        self.import_button.hide()
        self.close_button.setText("Close")
        self.set_default(self.close_button)
        self.close_button.setFocus()
        self.fit(shrink=self._says_little())

    def _says_little(self) -> bool:
        return self.pages.isHidden() or self.problems.count() <= _FEW

    def _add_instead(self) -> None:
        self.reject()
        self.document_requested.emit()

    def _place(self) -> None:
        self.accept()
        self.place_requested.emit()

    def _stop_if_working(self) -> None:
        if self._working:
            self._working = False
            self.stop_requested.emit()
