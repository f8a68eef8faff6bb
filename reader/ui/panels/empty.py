"""What a panel shows when it has nothing to show: one sentence, and what to do about it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from reader.ui.theme import Theme


class EmptyState(QWidget):
    """A sentence in the middle with buttons under it; `chosen` carries the number of the button pressed."""

    chosen = Signal(int)

    def __init__(self, sentence: str = "", buttons: tuple[str, ...] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._label = QLabel()
        self._label.setWordWrap(True)
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self._label.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom)
        self._buttons: list[QPushButton] = []
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(24, 16, 24, 32)
        self._layout.setSpacing(10)
        self._layout.addStretch(2)
        self._layout.addWidget(self._label)
        self._layout.addSpacing(4)
        self._layout.addStretch(3)
        self.say(sentence, buttons)

    def say(self, sentence: str, buttons: tuple[str, ...] = ()) -> None:
        """Another sentence and other buttons."""
        self._label.setText(sentence)
        if [button.text() for button in self._buttons] == list(buttons):
            return
        for button in self._buttons:
            button.hide()
            button.deleteLater()
        self._buttons = [self._button(number, words) for number, words in enumerate(buttons)]

    def set_theme(self, theme: Theme) -> None:
        palette = self._label.palette()
        palette.setColor(QPalette.ColorRole.WindowText, QColor(theme.muted))
        self._label.setPalette(palette)

    def sentence(self) -> str:
        return self._label.text()

    def buttons(self) -> list[QPushButton]:
        return list(self._buttons)

    def _button(self, number: int, words: str) -> QPushButton:
        button = QPushButton(words)
        button.clicked.connect(lambda: self.chosen.emit(number))
        self._layout.insertWidget(3 + number, button, 0, Qt.AlignmentFlag.AlignHCenter)
        return button
