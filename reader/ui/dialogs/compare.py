"""Two texts of a document side by side, with their differences."""

from bisect import bisect_right
from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from reader.text.differences import Difference
from reader.ui.dialogs.base import PassageDialog, text
from reader.ui.dialogs.compared_text import ComparedText
from reader.ui.theme import Theme

_LEAST, _WANTED, _AROUND = 160, 420, 260
"""Pixels: how high a text is at least and where there is room, and what the rest of the dialog takes of the screen."""


class CompareDialog(PassageDialog):
    """Says that it compares until it is given the texts; they scroll together, difference by difference or freely."""

    def __init__(self, names: tuple[str, str], theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__("Compare texts", parent, width=1100)
        self._differences: Sequence[Difference] = ()
        self._current = -1
        self._following = False
        self.before = ComparedText(names[0], theme, gone=True)
        self.after = ComparedText(names[1], theme, gone=False)
        height = min(_WANTED, max(_LEAST, self.screen().availableGeometry().height() - _AROUND))
        row = QHBoxLayout()
        row.setSpacing(12)
        for name, pane in zip(names, (self.before, self.after), strict=True):
            column = QVBoxLayout()
            column.addWidget(text(name, "heading"))
            column.addWidget(pane, 1)
            pane.setMinimumHeight(height)
            row.addLayout(column, 1)
        self.told = text("Comparing the two…", "quiet")
        self.body.addWidget(self.told)
        self.body.addLayout(row, 1)
        self.next_button = self.add_button("&Next difference", left=True)
        self.previous_button = self.add_button("&Previous difference", left=True)
        self.setTabOrder(self.previous_button, self.next_button)
        self.previous_button.clicked.connect(lambda: self.step(-1))
        self.next_button.clicked.connect(lambda: self.step(1))
        for keys, by in (("F3", 1), ("Shift+F3", -1)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.activated.connect(lambda by=by: self.step(by))
        self.add_close()
        self.before.verticalScrollBar().valueChanged.connect(lambda: self._follow(self.before))
        self.after.verticalScrollBar().valueChanged.connect(lambda: self._follow(self.after))
        self._enable()

    def set_texts(self, before: str, after: str, differences: Sequence[Difference]) -> None:
        """Show both, at the first of their differences."""
        self._differences, self._current = differences, -1
        words = [pair for found in differences for pair in found.words]
        self._following = True
        self.before.set_text(before, [one for one, _ in words])
        self.after.set_text(after, [other for _, other in words])
        self._following = False
        self._fixed = [(found.before[1], found.after[1]) for found in differences]
        self.told.setText("The two texts are the same." if not differences else "")
        self._enable()
        if differences:
            self.step(1)
            self.next_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def say(self, sentence: str) -> None:
        """Say why there is nothing to see."""
        self.told.setText(sentence)

    def step(self, by: int) -> None:
        """Go to the next (1) or the previous (-1) difference; after the last comes the first."""
        count = len(self._differences)
        if not count:
            return
        self._current = (self._current + by) % count if self._current >= 0 else 0
        found = self._differences[self._current]
        self._following = True
        self.before.go_to(found.before)
        self.after.go_to(found.after)
        self._following = False
        self.told.setText(f"Difference {self._current + 1:,} of {count:,}")
        self.told.setAccessibleName(self.told.text())

    _fixed: Sequence[tuple[int, int]] = ()

    def _enable(self) -> None:
        for button in (self.previous_button, self.next_button):
            button.setEnabled(bool(self._differences))

    def _follow(self, pane: ComparedText) -> None:
        """Let the other text come along with the one that was scrolled."""
        if self._following:
            return
        self._following = True
        forwards = pane is self.before
        position, lines = pane.top()
        other = self.after if forwards else self.before
        other.put_at_top(counterpart(self._fixed, position, forwards=forwards), lines)
        self._following = False


def counterpart(fixed: Sequence[tuple[int, int]], position: int, *, forwards: bool) -> int:
    """Where in the other text a code point is; `fixed` are the ends of the differences in the one and in the other."""
    here, there = (0, 1) if forwards else (1, 0)
    number = bisect_right([pair[here] for pair in fixed], position) - 1
    start, other = (fixed[number][here], fixed[number][there]) if number >= 0 else (0, 0)
    end = fixed[number + 1][there] if number + 1 < len(fixed) else None
    found = other + position - start
    return found if end is None else min(found, end)
