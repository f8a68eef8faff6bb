"""The pop-up in which a note is written."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from reader.ui.widgets.floating import SHADOW, Popup

_SIZE = QSize(380, 190)


class NoteEditor(Popup):
    """Plain text, meant as Markdown. Commits with Ctrl+Enter or going elsewhere; Escape leaves all as it was."""

    committed = Signal(str)
    cancelled = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName("Note")
        self._edit = QPlainTextEdit(self)
        self._edit.setPlaceholderText("Write a note; Markdown is kept")
        self._edit.setAccessibleName("Note")
        self._edit.setProperty("role", "field")
        self._edit.setTabChangesFocus(True)
        self._edit.installEventFilter(self)
        self._hint = QLabel("Ctrl+Enter saves · Esc cancels", self)
        self._hint.setProperty("role", "quiet")
        self._save = QPushButton("Save", self)
        self._save.setObjectName("save")
        self._save.clicked.connect(self.leave)
        self._arrange()

    def sizeHint(self) -> QSize:
        room = self.host.size()
        return QSize(min(_SIZE.width(), room.width()), min(_SIZE.height(), room.height()))

    def set_text(self, text: str) -> None:
        """Show `text` with the caret at its end."""
        self._edit.setPlainText(text)
        self._edit.moveCursor(QTextCursor.MoveOperation.End)

    def text(self) -> str:
        return self._edit.toPlainText()

    def take_keyboard(self) -> None:
        self._edit.setFocus(Qt.FocusReason.PopupFocusReason)

    def leave(self) -> None:
        text = self.text()
        if self.dismiss():
            self.committed.emit(text)

    def cancel(self) -> None:
        if self.dismiss():
            self.cancelled.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._edit and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and control:
                self.leave()
                return True
        return super().eventFilter(watched, event)

    def _arrange(self) -> None:
        row = QHBoxLayout()
        row.addWidget(self._hint)
        row.addStretch(1)
        row.addWidget(self._save)
        column = QVBoxLayout(self)
        column.setContentsMargins(SHADOW + 10, SHADOW + 10, SHADOW + 10, SHADOW + 8)
        column.setSpacing(6)
        column.addWidget(self._edit, 1)
        column.addLayout(row)
