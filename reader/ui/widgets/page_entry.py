"""The pop-up that asks for a page of the printed book."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QVBoxLayout, QWidget

from reader.ui.widgets.floating import SHADOW, Popup

_WIDTH = 220


class PageEntry(Popup):
    """Enter goes to the page if there is one of that name, Escape goes nowhere.

    `find` gives the number of a page (from 0) by its label, or None; `chosen` carries it.
    """

    chosen = Signal(int)

    def __init__(self, find: Callable[[str], int | None], first: str, last: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName("Go to a page")
        self._find, self._range = find, f"Pages {first} to {last} · Enter goes there"
        self.field = QLineEdit(self)
        self.field.setPlaceholderText("Page")
        self.field.setAccessibleName("Page")
        self.hint = QLabel(self._range, self)
        self.hint.setProperty("role", "quiet")
        self.hint.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(SHADOW + 10, SHADOW + 10, SHADOW + 10, SHADOW + 8)
        column.setSpacing(6)
        column.addWidget(self.field)
        column.addWidget(self.hint)
        self.setFixedWidth(_WIDTH + 2 * SHADOW)
        self.field.textEdited.connect(lambda _text: self.hint.setText(self._range))

    def sizeHint(self) -> QSize:
        layout, width = self.layout(), _WIDTH + 2 * SHADOW
        return QSize(width, layout.totalHeightForWidth(width) if layout else 0)

    def take_keyboard(self) -> None:
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)

    def leave(self) -> None:
        self.dismiss()

    def cancel(self) -> None:
        self.dismiss()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._go()
        else:
            super().keyPressEvent(event)

    def _go(self) -> None:
        number = self._find(self.field.text())
        if number is None:
            self.hint.setText(f"There is no page “{self.field.text().strip()}”.")
            self.field.selectAll()
        elif self.dismiss():
            self.chosen.emit(number)
