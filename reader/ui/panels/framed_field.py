"""A text field in a frame that has room for other controls at its end."""

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from reader.ui.theme import Theme

_BARE = "QLineEdit, QLineEdit:focus { border: none; background: transparent; padding: 0; min-height: 0; }"


class FramedField(QWidget):
    """Looks as other fields do. Escape empties it, and says so again when it is empty; Down leaves it for the list."""

    text_changed = Signal(str)
    down_pressed = Signal()
    entered = Signal()
    escaped = Signal()

    def __init__(self, placeholder: str, name: str, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.line = QLineEdit()
        self.line.setFrame(False)
        self.line.setStyleSheet(_BARE)
        self.line.setPlaceholderText(placeholder)
        self.line.setAccessibleName(name)
        self.line.textChanged.connect(self.text_changed)
        self.line.installEventFilter(self)
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(10, 0, 8, 0)
        self.row.setSpacing(6)
        self.row.addWidget(self.line, 1)
        self.setFixedHeight(32)
        self.setFocusProxy(self.line)

    def text(self) -> str:
        return self.line.text()

    def set_text(self, text: str) -> None:
        self.line.setText(text)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.update()
        elif event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._key(event)
        elif event.type() == QEvent.Type.ShortcutOverride and _is_escape(event) and self.line.text():
            event.accept()
            return True
        elif event.type() == QEvent.Type.ShortcutOverride and _is_end_of_line(event):
            event.ignore()
            return True
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        match event.key():
            case Qt.Key.Key_Down | Qt.Key.Key_PageDown:
                self.down_pressed.emit()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.entered.emit()
            case Qt.Key.Key_Escape if self.line.text():
                self.line.clear()
            case Qt.Key.Key_Escape:
                self.escaped.emit()
                return False
            case _:
                return False
        return True

    def paintEvent(self, _event: QPaintEvent) -> None:
        focused = self.line.hasFocus()
        width = 2.0 if focused else 1.0
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(self._theme.accent if focused else self._theme.control), width))
        painter.setBrush(QColor(self._theme.raised))
        inset = width / 2
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), 5, 5)
        painter.end()


def _is_end_of_line(event: QEvent) -> bool:
    """Ctrl+E, which Qt takes for "to the end of the line" on some desktops: here it is the window's."""
    control = Qt.KeyboardModifier.ControlModifier
    return isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_E and event.modifiers() == control


def _is_escape(event: QEvent) -> bool:
    return isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
