"""The editor of a note inside its card: several lines, written as Markdown."""

from PySide6.QtCore import QEvent, QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QWidget

from reader.ui.theme import Theme
from reader.ui.typography import interface_font

_LEAST_LINES, _MOST_LINES = 3, 12
_PADDING = 14


class NoteField(QPlainTextEdit):
    """Commits by Ctrl+Enter or when the keyboard goes elsewhere, gives up by Escape."""

    committed = Signal()
    cancelled = Signal()
    height_changed = Signal(int)

    def __init__(self, text: str, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFont(interface_font(13))
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setStyleSheet(
            f"QPlainTextEdit {{ background: {theme.paper}; border: 1px solid {theme.accent}; border-radius: 4px; }}"
        )
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabChangesFocus(True)
        self.setPlaceholderText("Note")
        self.setAccessibleName("Note")
        self.setAccessibleDescription("Control Enter keeps it, Escape gives up")
        self.setPlainText(text)
        self.moveCursor(self.textCursor().MoveOperation.End)
        self._said = self.wanted_height()
        self.document().documentLayout().documentSizeChanged.connect(self._say_height)

    def wanted_height(self) -> int:
        """Pixels for the lines there are, within limits."""
        lines = round(self.document().size().height())
        return min(max(lines, _LEAST_LINES), _MOST_LINES) * self.fontMetrics().lineSpacing() + _PADDING

    def place(self, rect: QRect) -> None:
        if rect != self.geometry():
            self.setGeometry(rect)

    def event(self, event: QEvent) -> bool:
        # The window's shortcuts would otherwise take these two keys first.
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _is_end(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()
        elif _is_commit(event):
            self.committed.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        # A menu of the editor's own, or an input method's window, is not elsewhere.
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.committed.emit()

    def _say_height(self) -> None:
        height = self.wanted_height()
        if height != self._said:
            self._said = height
            self.height_changed.emit(height)


def _is_end(event: QKeyEvent) -> bool:
    return event.key() == Qt.Key.Key_Escape or _is_commit(event)


def _is_commit(event: QKeyEvent) -> bool:
    enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
    return enter and bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
