"""A passage with what stands round it, and what of it the other passage does not have."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QTextBlockFormat, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QFrame, QTextEdit, QWidget

from reader.ui.dialogs.compared_text import SHOWN, difference_look
from reader.ui.panels.drawn_text import reads_right_to_left
from reader.ui.theme import Theme
from reader.ui.typography import Typography, reading_font

if TYPE_CHECKING:
    from reader.services.reviewing import Passage

Stretch = tuple[int, int]
_MOST = 20_000


class PassageBox(QTextEdit):
    """Read-only. `gone` says that what is marked is missing in the other passage, else it is new in this one."""

    def __init__(self, name: str, theme: Theme, *, gone: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setReadOnly(True)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)
        self.setTextInteractionFlags(self.textInteractionFlags() | self.textInteractionFlags().TextSelectableByKeyboard)
        self.setFont(reading_font(Typography(size_px=15)))
        self._plain, self._round = QTextCharFormat(), QTextCharFormat()
        self._plain.setForeground(QColor(theme.text))
        self._round.setForeground(QColor(theme.muted))
        self._other = difference_look(theme, gone=gone)

    def show_passage(self, passage: "Passage", others: Sequence[Stretch]) -> None:
        """Show a passage; `others` are the stretches of its words that differ, in order."""
        cursor = self._emptied(passage.words)
        words, at = passage.words[:_MOST], 0
        cursor.insertText(f"…{passage.before}".translate(SHOWN), self._round)
        for start, end in others:
            cursor.insertText(words[at:start].translate(SHOWN), self._plain)
            cursor.insertText(words[start:end].translate(SHOWN), self._other)
            at = max(at, end)
        cursor.insertText(words[at:].translate(SHOWN), self._plain)
        more = " …" if len(passage.words) > _MOST else ""
        cursor.insertText(f"{more}{passage.after}…".translate(SHOWN), self._round)
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def say(self, sentence: str) -> None:
        """Say why there is no passage."""
        self._emptied(sentence).insertText(sentence, self._round)

    def _emptied(self, words: str) -> QTextCursor:
        """Where to write in the direction of `words`, whatever stands round them."""
        self.clear()
        cursor, block = QTextCursor(self.document()), QTextBlockFormat()
        directions = Qt.LayoutDirection
        block.setLayoutDirection(directions.RightToLeft if reads_right_to_left(words) else directions.LeftToRight)
        cursor.setBlockFormat(block)
        return cursor
