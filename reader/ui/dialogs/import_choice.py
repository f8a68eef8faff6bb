"""Choosing the document of the library that a document of a file is."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from reader.model.library import DocumentSummary
from reader.text.folding import fold
from reader.ui.dialogs.base import PassageDialog, say, text
from reader.ui.dialogs.import_models import CellsModel
from reader.ui.dialogs.import_pages import rows_view

_EMPTY = "There is no document with a text here yet; add one first."
_NONE = "No document is called that; take away a letter or two."


class ChoiceDialog(PassageDialog):
    """Lists documents, those whose title, authors or file have the words typed; `chosen` carries the uid of one."""

    chosen = Signal(str)

    def __init__(self, title: str, documents: Sequence[DocumentSummary], parent: QWidget | None = None) -> None:
        super().__init__("Choose the document", parent, width=620)
        self._all = [(fold(f"{one.title} {' '.join(one.metadata.authors)} {one.path}"), one) for one in documents]
        self._shown: list[DocumentSummary] = []
        self.body.addWidget(text(f"Which document here is “{title or 'without a title'}” in the file?"))
        self.words = _Line()
        self.words.setPlaceholderText("Title, author or file")
        self.words.setAccessibleName("Words of its title")
        self.words.setClearButtonEnabled(True)
        self.view = rows_view(self._model(), "Documents of the library", (0,))
        self.view.setMinimumHeight(220)
        # It asks for its room, or the dialog opens with none for it.
        self.view.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.empty = text("", "quiet")
        for widget, stretch in ((self.words, 0), (self.view, 1), (self.empty, 0)):
            self.body.addWidget(widget, stretch)
        self.add_close("Cancel", default=False)
        self.choose_button = self.add_button("Choose", default=True)
        self.choose_button.clicked.connect(self._choose)
        self.words.textChanged.connect(lambda _words: self._list())
        self.words.stepped.connect(self._step)
        self.view.doubleClicked.connect(lambda _index: self._choose())
        self._list()
        self.words.setFocus()

    def _model(self) -> CellsModel:
        rows = [(one.title, ", ".join(one.metadata.authors), one.short_id) for one in self._shown]
        return CellsModel(("Title", "Authors", "Id"), rows)

    def _list(self) -> None:
        wanted = fold(self.words.text()).split()
        self._shown = [one for words, one in self._all if all(word in words for word in wanted)]
        model = self._model()
        model.setParent(self.view)
        self.view.setModel(model)
        self.view.setCurrentIndex(model.index(0, 0))
        self.choose_button.setEnabled(bool(self._shown))
        say(self.empty, "" if self._shown else _NONE if self._all else _EMPTY)

    def _step(self, by: int) -> None:
        row = min(max(self.view.currentIndex().row() + by, 0), len(self._shown) - 1)
        self.view.setCurrentIndex(self.view.model().index(row, 0))

    def _choose(self) -> None:
        row = self.view.currentIndex().row()
        if 0 <= row < len(self._shown):
            self.chosen.emit(self._shown[row].uid)
            self.accept()


class _Line(QLineEdit):
    """A line in which the arrow keys move in the list under it."""

    stepped = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 10, Qt.Key.Key_PageUp: -10}
        if event.key() in steps:
            self.stepped.emit(steps[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)
