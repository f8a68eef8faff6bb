"""A field for a template: numbered lines, what Jinja does set off from what is written, and the line that is wrong."""

import re

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFontDatabase,
    QPainter,
    QPaintEvent,
    QPalette,
    QResizeEvent,
    QSyntaxHighlighter,
    QTextCharFormat,
    QTextDocument,
    QTextFormat,
)
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit, QWidget

_PADDING = 6
_MARK_OPACITY = 70
_OPENINGS = re.compile(r"\{#|\{%|\{\{")
_CLOSINGS = {"{#": "#}", "{%": "%}", "{{": "}}"}
_STATES = {"{#": 1, "{%": 2, "{{": 3}


class CodeEdit(QPlainTextEdit):
    """Fixed letters, lines that are not wrapped; `mark_line` shows which line is wrong."""

    def __init__(self) -> None:
        super().__init__()
        self.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.setTabChangesFocus(True)
        self._marked = 0
        self._numbers = _Numbers(self)
        self._colors = _Colors(self.document(), self)
        self.blockCountChanged.connect(self._make_room)
        self.updateRequest.connect(self._follow)
        self._make_room()

    def mark_line(self, line: int) -> None:
        """Show that this line (from 1) is wrong; 0: none is."""
        self._marked = line
        block = self.document().findBlockByNumber(line - 1)
        if line < 1 or not block.isValid():
            self.setExtraSelections([])
            return
        selection = QTextEdit.ExtraSelection()
        color = QColor(self.palette().color(QPalette.ColorRole.Accent))
        color.setAlpha(_MARK_OPACITY)
        selection.format.setBackground(color)
        selection.format.setProperty(QTextFormat.Property.FullWidthSelection, True)
        cursor = self.textCursor()
        cursor.setPosition(block.position())
        selection.cursor = cursor
        self.setExtraSelections([selection])

    def go_to_line(self, line: int) -> None:
        """Put the caret at the beginning of a line (from 1)."""
        cursor = self.textCursor()
        cursor.setPosition(self.document().findBlockByNumber(max(0, line - 1)).position())
        self.setTextCursor(cursor)
        self.setFocus()

    def numbers_width(self) -> int:
        """Pixels that the numbers of the lines take."""
        digits = max(2, len(str(self.blockCount())))
        return self.fontMetrics().horizontalAdvance("9") * digits + 2 * _PADDING

    def paint_numbers(self, event: QPaintEvent) -> None:
        """Paint the numbers of the lines that are seen."""
        painter = QPainter(self._numbers)
        painter.setFont(self.font())
        block, top = self.firstVisibleBlock(), 0.0
        top = self.blockBoundingGeometry(block).translated(self.contentOffset()).top()
        while block.isValid() and top <= event.rect().bottom():
            height = self.blockBoundingRect(block).height()
            is_marked = block.blockNumber() + 1 == self._marked
            role = QPalette.ColorRole.Text if is_marked else QPalette.ColorRole.PlaceholderText
            painter.setPen(self.palette().color(role))
            room = QRect(0, int(top), self._numbers.width() - _PADDING, int(height))
            painter.drawText(room, Qt.AlignmentFlag.AlignRight, str(block.blockNumber() + 1))
            block, top = block.next(), top + height
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        inside = self.contentsRect()
        self._numbers.setGeometry(QRect(inside.left(), inside.top(), self.numbers_width(), inside.height()))
        if self.hasFocus():
            self.ensureCursorVisible()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_colors"):
            self._colors.rehighlight()
            self.mark_line(self._marked)

    def _make_room(self) -> None:
        self.setViewportMargins(self.numbers_width(), 0, 0, 0)

    def _follow(self, area: QRect, by: int) -> None:
        if by:
            self._numbers.scroll(0, by)
        else:
            self._numbers.update(0, area.y(), self._numbers.width(), area.height())


class _Numbers(QWidget):
    def __init__(self, field: CodeEdit) -> None:
        super().__init__(field)
        self._field = field

    def sizeHint(self) -> QSize:
        return QSize(self._field.numbers_width(), 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        self._field.paint_numbers(event)


class _Colors(QSyntaxHighlighter):
    """Sets off `{{ }}`, `{% %}` and comments, over lines too."""

    def __init__(self, document: QTextDocument, field: CodeEdit) -> None:
        super().__init__(document)
        self._field = field

    def highlightBlock(self, text: str) -> None:
        opening = next((sign for sign, state in _STATES.items() if state == self.previousBlockState()), "")
        at = 0
        self.setCurrentBlockState(0)
        while True:
            if not opening:
                found = _OPENINGS.search(text, at)
                if found is None:
                    return
                opening, at = found[0], found.start()
            end = text.find(_CLOSINGS[opening], at)
            stop = len(text) if end < 0 else end + 2
            self.setFormat(at, stop - at, self._format(opening))
            if end < 0:
                self.setCurrentBlockState(_STATES[opening])
                return
            opening, at = "", stop

    def _format(self, opening: str) -> QTextCharFormat:
        role = QPalette.ColorRole.PlaceholderText if opening == "{#" else QPalette.ColorRole.Link
        made = QTextCharFormat()
        made.setForeground(self._field.palette().color(role))
        return made
