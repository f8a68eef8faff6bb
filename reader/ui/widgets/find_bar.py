"""The bar over the text that finds words in it."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QToolButton, QVBoxLayout, QWidget

from reader.text.find import FindOptions
from reader.ui.theme import Theme, icon

_TOGGLES = (
    ("case", "match-case", "Match case  (Alt+C)", "Alt+C"),
    ("accents", "match-accents", "Match accents  (Alt+D)", "Alt+D"),
    ("whole_word", "whole-word", "Whole words  (Alt+W)", "Alt+W"),
    ("regex", "regex", "Regular expression  (Alt+X)", "Alt+X"),
)


_NARROW = 520
"""Pixels of the bar under which switches and count stand in a row of their own: the words need the room."""
_LEAST = 300
"""Pixels that the bar can do with, told by itself: what one row needs must not keep it from becoming two."""


class FindBar(QFrame):
    """Asks at every key. Enter and Shift+Enter step through the hits, Escape closes."""

    query_changed = Signal(str, object)
    next_requested = Signal()
    previous_requested = Signal()
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "bar")
        self.setMinimumWidth(_LEAST)
        self.setAccessibleName("Find in the document")
        self._field = QLineEdit(self)
        self._count = QLabel(self)
        self._error = QLabel(self)
        self._icons: list[tuple[QToolButton, str]] = []
        self._toggles: dict[str, QToolButton] = {}
        self._fill()
        self._field.textChanged.connect(self._ask)
        self._field.installEventFilter(self)

    def set_theme(self, theme: Theme) -> None:
        for button, name in self._icons:
            button.setIcon(icon(name, theme))

    def open(self, text: str = "") -> None:
        """Show the bar with the keyboard in it and everything selected; `text` replaces what was asked before."""
        self.show()
        self._field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if text and text != self._field.text():
            self._field.setText(text)
        else:
            self.ask_again()
        self._field.selectAll()

    def stops(self) -> list[QWidget]:
        """Where Tab stops, in order."""
        return [self._field, *(button for button, _icon in self._icons)]

    def ask_again(self) -> None:
        """Say the present query once more, as when another document has come up."""
        self._ask()

    def query(self) -> str:
        return self._field.text()

    def options(self) -> FindOptions:
        """What the four switches say; True means that it must match."""
        on = {name: button.isChecked() for name, button in self._toggles.items()}
        return FindOptions(**on)

    def set_count(self, current: int, total: int, truncated: bool = False) -> None:
        """`current` from 1; `truncated` says that there are more than `total`."""
        if not self._field.text() or self._error.isVisibleTo(self):
            text = ""
        elif total == 0:
            text = "No match"
        else:
            text = f"{current:,} of {total:,}{'+' if truncated else ''}"
        self._count.setText(text)
        self._count.setAccessibleName(text)

    def set_busy(self) -> None:
        """The answer takes long enough to say so."""
        self._count.setText("Searching…")
        self._count.setAccessibleName("Searching")

    def set_error(self, sentence: str) -> None:
        """What is wrong with the expression; empty when nothing is."""
        self._error.setText(sentence)
        self._error.setVisible(bool(sentence))
        if sentence:
            self._count.clear()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._field and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._key(event)
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._close()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = event.size().width() < _NARROW
        if narrow == self._is_narrow:
            return
        self._is_narrow = narrow
        if narrow:
            self._row.removeWidget(self._side)
            self._column.insertWidget(1, self._side, 0, Qt.AlignmentFlag.AlignLeft)
        else:
            self._column.removeWidget(self._side)
            self._row.insertWidget(1, self._side)

    _is_narrow = False

    def _key(self, event: QKeyEvent) -> bool:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            back = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            (self.previous_requested if back else self.next_requested).emit()
            return True
        if event.key() == Qt.Key.Key_Escape:
            self._close()
            return True
        return False

    def _ask(self) -> None:
        if not self._field.text():
            self.set_error("")
            self._count.clear()
        self.query_changed.emit(self._field.text(), self.options())

    def _close(self) -> None:
        self.hide()
        self.closed.emit()

    # -- building

    def _fill(self) -> None:
        self._field.setPlaceholderText("Find in the document")
        self._field.setAccessibleName("Find in the document")
        self._field.setClearButtonEnabled(True)
        self._field.setMinimumWidth(120)
        self._field.setMaximumWidth(360)
        self._count.setObjectName("count")
        self._count.setProperty("role", "quiet")
        self._count.setMinimumWidth(84)
        self._error.setObjectName("error")
        self._error.setProperty("role", "error")
        self._error.setWordWrap(True)
        self._error.setVisible(False)
        self._side = QWidget(self)
        beside = QHBoxLayout(self._side)
        beside.setSpacing(4)
        beside.setContentsMargins(0, 0, 0, 0)
        for name, picture, tip, key in _TOGGLES:
            button = self._button(picture, tip)
            button.setCheckable(True)
            button.setShortcut(key)
            button.toggled.connect(self._ask)
            self._toggles[name] = button
            beside.addWidget(button)
        beside.addWidget(self._count)
        row = self._row = QHBoxLayout()
        row.setSpacing(4)
        row.addWidget(self._field, 1)
        row.addWidget(self._side)
        for picture, tip, signal in (
            ("up", "Previous  (Shift+Enter)", self.previous_requested),
            ("down", "Next  (Enter)", self.next_requested),
        ):
            button = self._button(picture, tip)
            button.clicked.connect(lambda _checked=False, signal=signal: signal.emit())
            row.addWidget(button)
        row.addStretch(0)
        close = self._button("close", "Close  (Escape)")
        close.clicked.connect(self._close)
        row.addWidget(close)
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(12, 6, 8, 6)
        column.setSpacing(2)
        column.addLayout(row)
        column.addWidget(self._error)

    def _button(self, picture: str, tip: str) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(picture)
        button.setToolTip(tip)
        button.setAccessibleName(tip.partition("  (")[0])
        button.setIconSize(QSize(20, 20))
        self._icons.append((button, picture))
        return button
