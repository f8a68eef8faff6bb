"""A note to be read: its simple Markdown shown as what it means, nothing loaded, nothing to be changed."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QTextBlockFormat, QTextCursor
from PySide6.QtWidgets import QFrame, QTextEdit, QWidget

from reader.ui.panels.drawn_text import WHOLE, formats_of, reads_right_to_left
from reader.ui.panels.note_text import shown_note
from reader.ui.theme import Theme, load_theme
from reader.ui.typography import interface_font

_HIGHEST = 180


class NoteView(QTextEdit):
    """As high as its note, up to some lines; then it scrolls. Without a note it is not there."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._note, self._theme = "", load_theme("light")
        self.setReadOnly(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName("Note")
        self.setTabChangesFocus(True)
        self.setTextInteractionFlags(self.textInteractionFlags() | Qt.TextInteractionFlag.TextSelectableByKeyboard)
        self.setFont(interface_font(13))
        self.document().setDocumentMargin(0)
        self.document().documentLayout().documentSizeChanged.connect(lambda _size: self.updateGeometry())
        self.hide()

    def show_note(self, note: str) -> None:
        """Show another note."""
        if note != self._note:
            self._note = note
            self._write()
        self.setVisible(bool(note.strip()))

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._write()

    def sizeHint(self) -> QSize:
        frame = self.height() - self.viewport().height() if self.isVisible() else 2
        return QSize(super().sizeHint().width(), min(_HIGHEST, round(self.document().size().height()) + frame))

    def minimumSizeHint(self) -> QSize:
        return QSize(40, min(self.sizeHint().height(), 60))

    def _write(self) -> None:
        self.clear()
        text, stretches = shown_note(self._note[:WHOLE])
        cursor, block = QTextCursor(self.document()), QTextBlockFormat()
        directions = Qt.LayoutDirection
        block.setLayoutDirection(directions.RightToLeft if reads_right_to_left(text) else directions.LeftToRight)
        cursor.setBlockFormat(block)
        cursor.insertText(text)
        for part in formats_of(stretches, self._theme):
            cursor.setPosition(part.start)
            cursor.setPosition(part.start + part.length, QTextCursor.MoveMode.KeepAnchor)
            cursor.mergeCharFormat(part.format)
        self.moveCursor(QTextCursor.MoveOperation.Start)
