"""The pages of the import dialog: documents and what they were taken for, records by how they stand, problems."""

from collections import Counter
from collections.abc import Callable, Sequence

from PySide6.QtCore import QAbstractItemModel, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QSizePolicy,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from reader.services.differences import changed_words
from reader.services.import_preview import ImportPreview, SeenDocument, SeenRecord, Stands
from reader.ui.dialogs.import_models import BECOMES, STANDS, DocumentsModel, RecordsModel

_REPEATED = "Stands several times, and nothing tells which is meant"
_CHOOSE_RECORD = "Choose a record to read all of it."


class DocumentsPage(QWidget):
    """The documents of the file. `choose_requested` carries the one whose counterpart is to be chosen,
    `leave_requested` and `guess_requested` (what was found is to hold) the uid of one."""

    choose_requested = Signal(object)
    leave_requested = Signal(str)
    guess_requested = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.model = DocumentsModel()
        self.view = rows_view(self.model, "Documents of the file", (0, 2))
        self.choose_button = QPushButton("Choose &another…")
        self.leave_button = QPushButton("&Leave out")
        self.guess_button = QPushButton("As &found")
        row = QHBoxLayout()
        for button in (self.choose_button, self.leave_button, self.guess_button):
            button.setAutoDefault(False)
            row.addWidget(button)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.addWidget(self.view, 1)
        column.addLayout(row)
        self.choose_button.clicked.connect(lambda: self._ask(self.choose_requested.emit))
        self.leave_button.clicked.connect(lambda: self._ask(lambda one: self.leave_requested.emit(one.uid)))
        self.guess_button.clicked.connect(lambda: self._ask(lambda one: self.guess_requested.emit(one.uid)))
        self.view.doubleClicked.connect(lambda _index: self.choose_button.click())
        self.view.selectionModel().currentChanged.connect(lambda *_: self._enable())
        self._chosen: frozenset[str] = frozenset()
        self._enable()

    def set_documents(self, documents: Sequence[SeenDocument], *, foreign: bool, chosen: frozenset[str]) -> None:
        """Show them; `chosen` are the uids of those that somebody decided on. The current row stays."""
        row = max(0, self.view.currentIndex().row())
        self._chosen = chosen
        self.model.set_documents(documents, foreign=foreign)
        self.view.setCurrentIndex(self.model.index(min(row, len(documents) - 1), 0))
        self._enable()

    def current(self) -> SeenDocument | None:
        row = self.view.currentIndex().row()
        return self.model.documents[row] if 0 <= row < len(self.model.documents) else None

    def _ask(self, ask: Callable[[SeenDocument], object]) -> None:
        if one := self.current():
            ask(one)

    def _enable(self) -> None:
        one = self.current()
        self.choose_button.setEnabled(one is not None)
        self.leave_button.setEnabled(one is not None and not (one.uid in self._chosen and not one.here))
        self.guess_button.setEnabled(one is not None and one.uid in self._chosen)


class RecordsPage(QWidget):
    """The records of the file, those that stand in one way or all, and the current one to the last word."""

    def __init__(self) -> None:
        super().__init__()
        self.model = RecordsModel()
        self.kind = QComboBox()
        self.kind.setAccessibleName("Which records")
        label = QLabel("&Show")
        label.setBuddy(self.kind)
        self.view = rows_view(self.model, "Records of the file", (0,))
        self.whole = QPlainTextEdit(_CHOOSE_RECORD)
        self.whole.setReadOnly(True)
        self.whole.setTabChangesFocus(True)
        self.whole.setAccessibleName("The whole record")
        self.whole.setFixedHeight(5 * self.fontMetrics().lineSpacing())
        row = QHBoxLayout()
        row.addWidget(label)
        row.addWidget(self.kind)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.addLayout(row)
        column.addWidget(self.view, 1)
        column.addWidget(self.whole)
        self.kind.currentIndexChanged.connect(lambda _index: self._turn())
        self.view.selectionModel().currentChanged.connect(lambda *_: self._show_current())

    def set_records(self, records: Sequence[SeenRecord]) -> None:
        """Show them, and how many stand in each way; what was asked for stays asked for, while there are such."""
        wanted = self.kind.currentData()
        counts = Counter(record.stands for record in records)
        self.kind.blockSignals(True)
        self.kind.clear()
        self.kind.addItem(f"All ({len(records):,})", None)
        for stands, words in STANDS.items():
            if counts[stands]:
                self.kind.addItem(f"{words} ({counts[stands]:,})", stands)
        self.kind.setCurrentIndex(max(0, self.kind.findData(wanted)) if wanted else 0)
        self.kind.blockSignals(False)
        self.model.set_records(records, self._wanted())
        self._show_first()

    def _turn(self) -> None:
        self.model.show_only(self._wanted())
        self._show_first()

    def _show_first(self) -> None:
        self.view.setCurrentIndex(self.model.index(0, 0))
        self._show_current()

    def _wanted(self) -> Stands | None:
        # Qt keeps a word of an enumeration as a mere word.
        word = self.kind.currentData()
        return Stands(word) if word else None

    def _show_current(self) -> None:
        row = self.view.currentIndex().row()
        found = 0 <= row < len(self.model.records)
        self.whole.setPlainText(told(self.model.records[row]) if found else _CHOOSE_RECORD)


def told(one: SeenRecord) -> str:
    """A record in a few lines: its words, what stands in the text in their place, its note, what becomes of it."""
    lines = [f"“{one.quote}”" if one.quote else "", one.note]
    if one.there:
        lines.insert(1, f"In the text: {changed_words(one.quote, one.there)} ({round(one.score * 100)} % alike)")
    stands = _REPEATED if one.repeated else STANDS[one.stands]
    return "\n".join([*filter(None, lines), f"{stands}; {BECOMES[one.becomes]}."])


def figures(preview: ImportPreview) -> str:
    """How many of a file's records stand in which way: "Of 12 records, 10 are found exactly, 2 are not found"."""
    total = len(preview.records)
    words = {
        Stands.EXACTLY: "found word for word",
        Stands.ROUGHLY: "found roughly",
        Stands.LOST: "not found",
        Stands.NOT_HERE: "of documents that are not here",
        Stands.WHOLE: "on whole documents",
    }
    counts = Counter(record.stands for record in preview.records)
    parts = [f"{counts[stands]:,} {said}" for stands, said in words.items() if counts[stands]]
    return f"{total:,} record{'' if total == 1 else 's'}: {', '.join(parts)}." if total else ""


def outcome(preview: ImportPreview) -> str:
    """What would become of the library: "10 are added, 2 stay as they are"."""
    parts = [
        (preview.new, "added"),
        (preview.newer, "in the place of older ones"),
        (preview.same, "here already"),
        (preview.older, "changed later here and left"),
        (preview.masks, "hidden passages taken over"),
    ]
    said = [f"{count:,} {words}" for count, words in parts if count]
    return f"Importing: {', '.join(said)}." if said else ""


def rows_view(model: QAbstractItemModel, name: str, stretched: Sequence[int]) -> QTreeView:
    """A view of rows, with the columns in which the words are taking the room."""
    view = QTreeView()
    view.setModel(model)
    view.setAccessibleName(name)
    view.setRootIsDecorated(False)
    view.setUniformRowHeights(True)
    view.setAllColumnsShowFocus(True)
    view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    # What room there is, never more than that: the dialog around it scrolls else.
    view.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
    view.setMinimumHeight(96)
    header = view.header()
    header.setStretchLastSection(False)
    header.setMinimumSectionSize(60)
    for column in range(model.columnCount()):
        # The widths of five thousand rows are not worth waiting for: the first ones tell.
        mode = QHeaderView.ResizeMode.Stretch if column in stretched else QHeaderView.ResizeMode.ResizeToContents
        header.setSectionResizeMode(column, mode)
    header.setResizeContentsPrecision(50)
    return view
