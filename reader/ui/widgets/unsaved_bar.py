"""The one bar that says what could not be saved and why, and offers to try again and to copy the words."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLabel, QSizePolicy, QToolButton, QVBoxLayout, QWidget

COPIED = "Copied"
_COPY = "Copy my text"
_CLOSING = "If the window closes now, this text is lost."


class UnsavedBar(QFrame):
    """Hidden until `tell`. `again_requested` asks to write once more, `close_requested` to close the window without it.

    A click on it leaves the keyboard where it is: in the editor with the words.
    """

    again_requested = Signal()
    close_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "bar")
        self.setAccessibleName("Not saved")
        self._words = ""
        self._label = QLabel(self)
        self._label.setObjectName("unsaved")
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self._label.setProperty("role", "error")
        self._label.setWordWrap(True)
        self._label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        self.again = self._button("again", "Try again")
        self.copy = self._button("copy", _COPY)
        self.close_anyway = self._button("close_anyway", "Close without saving")
        self.again.clicked.connect(self.again_requested)
        self.copy.clicked.connect(self._copy)
        self.close_anyway.clicked.connect(self.close_requested)
        row = QHBoxLayout()
        row.setSpacing(4)
        for button in (self.again, self.copy, self.close_anyway):
            row.addWidget(button)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setSpacing(2)
        column.setContentsMargins(12, 6, 8, 4)
        column.addWidget(self._label)
        column.addLayout(row)
        self.hide()

    def tell(self, reason: str, words: str) -> None:
        """Say that `words` could not be saved, and why; without words there is nothing to copy."""
        self._words = words
        self._say(f"Not saved. {reason}")
        self.copy.setText(_COPY)
        self.copy.setVisible(bool(words))
        self.close_anyway.hide()
        self.show()

    def ask_closing(self) -> None:
        """The window was to be closed: say what that would cost, and offer it."""
        if not self._label.text().endswith(_CLOSING):
            self._say(f"{self._label.text()} {_CLOSING}")
        self.close_anyway.show()

    def text(self) -> str:
        return self._label.text()

    def _say(self, sentence: str) -> None:
        self._label.setText(sentence)
        self.setAccessibleDescription(sentence)

    def _copy(self) -> None:
        QApplication.clipboard().setText(self._words)
        self.copy.setText(COPIED)

    def _button(self, name: str, words: str) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(name)
        button.setProperty("role", "link")
        button.setText(words)
        button.setAccessibleName(words)
        # By Tab, not by click: a click would take the keyboard from the editor, which then writes again.
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        return button
