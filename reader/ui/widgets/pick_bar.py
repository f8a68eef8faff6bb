"""The bar above the text while another place is picked for an annotation."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from reader.ui.widgets.elided import ElidedLabel

_SHORT = 80


class PickBar(QFrame):
    """Says what is wanted. `taken` asks for the selection, `given_up` for an end, `stepped` for a rough match."""

    taken = Signal()
    given_up = Signal()
    stepped = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "bar")
        self.setAccessibleName("Picking another place")
        self.label = QLabel(self)
        self.label.setTextFormat(Qt.TextFormat.PlainText)
        self.label.setWordWrap(True)
        self.count = ElidedLabel(self)
        self.count.setProperty("role", "quiet")
        self.previous_button = self._button("Previous", "Shift+F8")
        self.next_button = self._button("Next", "F8")
        self.take_button = self._button("Take", "Enter")
        self.give_up_button = self._button("Give up", "Escape")
        row = QHBoxLayout()
        row.setSpacing(4)
        for widget in (self.count, self.previous_button, self.next_button):
            row.addWidget(widget)
        row.addStretch(1)
        for widget in (self.take_button, self.give_up_button):
            row.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 6, 8, 4)
        column.setSpacing(2)
        column.addWidget(self.label)
        column.addLayout(row)
        self.previous_button.clicked.connect(lambda: self.stepped.emit(-1))
        self.next_button.clicked.connect(lambda: self.stepped.emit(1))
        self.take_button.clicked.connect(self.taken)
        self.give_up_button.clicked.connect(self.given_up)
        self.hide()

    def begin(self, quote: str) -> None:
        """Ask for a passage for an annotation with that quote."""
        words = " ".join(quote.split())
        words = words if len(words) <= _SHORT else f"{words[: _SHORT - 1]}…"
        self.label.setText(f"Select the passage for “{words}”; Enter takes it, Escape gives up")
        self.label.setAccessibleName(self.label.text())
        self.set_matches("Looking for rough matches…", any_match=False)
        self.show()

    def set_matches(self, words: str, *, any_match: bool) -> None:
        """What there is to say of rough matches, and whether one can step through them."""
        self.count.setText(words)
        self.count.updateGeometry()
        for button in (self.previous_button, self.next_button):
            button.setVisible(any_match)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        focus = QApplication.focusWidget()
        if event.key() == Qt.Key.Key_Escape:
            self.given_up.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(focus, QToolButton):
            focus.click()
        else:
            super().keyPressEvent(event)

    def _button(self, words: str, keys: str) -> QToolButton:
        button = QToolButton(self)
        button.setProperty("role", "link")
        button.setText(words)
        button.setAccessibleName(words)
        button.setToolTip(keys)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        return button
