"""One of two texts that are compared: read-only, with what the other does not have marked where it is on the screen."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor, QTextCharFormat, QTextCursor, QTextFormat
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QTextEdit, QWidget

from reader.model.annotation import Color
from reader.text.offsets import Utf16Map
from reader.ui.theme import Theme

Stretch = tuple[int, int]
"""Start and end in code points, end exclusive."""

# What Qt would take for the end of a block or for a border of its own, one code point each.
SHOWN = str.maketrans({"\u2029": " ", "\u2028": " ", "\r": " ", "\f": " ", "\0": "\ufffd", "\ufdd0": "\ufffd",
                       "\ufdd1": "\ufffd"})  # fmt: skip


class ComparedText(QPlainTextEdit):
    """`gone` says that what is marked is missing in the other text, else it is new there; the look tells them apart."""

    def __init__(self, name: str, theme: Theme, *, gone: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setReadOnly(True)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)
        self.setTextInteractionFlags(self.textInteractionFlags() | self.textInteractionFlags().TextSelectableByKeyboard)
        self._format = difference_look(theme, gone=gone)
        self._here = QTextCharFormat()
        self._here.setBackground(QColor(theme.selected))
        self._here.setProperty(QTextFormat.Property.FullWidthSelection, True)
        self._units: list[Stretch] = []
        self._starts: list[int] = []
        self._map = Utf16Map("")
        self._current: Stretch | None = None
        self._drawn: tuple[object, ...] = ()
        self.updateRequest.connect(lambda *_: self._mark())

    def set_text(self, text: str, stretches: Sequence[Stretch]) -> None:
        """Show a text, with these stretches of it, in order, marked."""
        # Nothing is marked while the text comes: its places are not there yet.
        self._units, self._starts, self._current, self._drawn = [], [], None, ()
        self.setPlainText(text.translate(SHOWN))
        self._map = Utf16Map(text)
        unit = self._map.to_utf16
        self._units = [(unit(start), unit(end)) for start, end in stretches if start < end]
        self._starts = [start for start, _ in self._units]
        self._drawn = ()
        self._mark()

    def go_to(self, stretch: Stretch) -> None:
        """Bring a stretch to the upper third, and show its paragraphs as those that are meant."""
        start, end = self._map.to_utf16(stretch[0]), self._map.to_utf16(stretch[1])
        self._current = (start, end)
        cursor = self._cursor(start, start)
        self.setTextCursor(cursor)
        block = cursor.block()
        self.verticalScrollBar().setValue(max(block.firstLineNumber() - self._lines() // 3, 0))
        self._mark()

    def top(self) -> tuple[int, int]:
        """The code point that begins the first paragraph on the screen, and how many of its lines are above."""
        block = self.firstVisibleBlock()
        return self._map.to_code_point(block.position()), self.verticalScrollBar().value() - block.firstLineNumber()

    def put_at_top(self, position: int, lines: int) -> None:
        """Have the paragraph of a code point first on the screen, with so many of its lines above."""
        block = self.document().findBlock(self._map.to_utf16(position))
        self.verticalScrollBar().setValue(block.firstLineNumber() + min(lines, max(block.lineCount() - 1, 0)))

    def marked(self) -> list[str]:
        """The words that are marked on the screen at present."""
        return [str(s.cursor.selectedText()) for s in self.extraSelections() if s.format == self._format]

    def _lines(self) -> int:
        return max(self.viewport().height() // max(self.fontMetrics().lineSpacing(), 1), 1)

    def _cursor(self, start: int, end: int) -> QTextCursor:
        cursor = QTextCursor(self.document())
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        return cursor

    def _mark(self) -> None:
        """Mark what is on the screen: all of it at once would take long where there is much."""
        first = self.firstVisibleBlock().position()
        corner = QPoint(self.viewport().width(), self.viewport().height())
        last = self.cursorForPosition(corner).block()
        end = last.position() + last.length()
        low = max(bisect_right(self._starts, first) - 1, 0)
        high = bisect_left(self._starts, end)
        wanted = (low, high, self._current)
        if wanted == self._drawn:
            return
        self._drawn = wanted
        selections = [self._selection(*self._current, self._here)] if self._current else []
        self.setExtraSelections(
            selections + [self._selection(*stretch, self._format) for stretch in self._units[low:high]]
        )

    def _selection(self, start: int, end: int, look: QTextCharFormat) -> QTextEdit.ExtraSelection:
        selection = QTextEdit.ExtraSelection()
        selection.cursor = self._cursor(start, end)
        selection.format = look
        return selection


def difference_look(theme: Theme, *, gone: bool) -> QTextCharFormat:
    """Not by the colour alone: what has gone is struck out, what is new is underlined."""
    look = QTextCharFormat()
    look.setBackground(QColor(theme.ground(Color.PINK if gone else Color.GREEN)))
    look.setForeground(QColor(theme.text))
    look.setFontStrikeOut(gone)
    look.setFontUnderline(not gone)
    return look
