"""Which fields of a table go out, and in which order."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QPushButton, QVBoxLayout, QWidget

from reader.ui.dialogs.base import PassageDialog, text

_HINT = "Space takes one in or out; Alt+Up and Alt+Down move it. The fields go out in this order."


class _Fields(QListWidget):
    """Rows that can be ticked, and moved by dragging or with Alt and the arrows."""

    moved = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if step and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.moved.emit(step)
        else:
            super().keyPressEvent(event)


class ColumnsDialog(PassageDialog):
    """`names` are all fields in their own order, `chosen` those wanted, first ones first; none of them means all."""

    def __init__(self, names: Sequence[str], chosen: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__("Fields of the table", parent, width=460)
        self._names = tuple(names)
        self.list = _Fields()
        self.list.setAccessibleName("Fields of the table")
        self.list.setDragDropMode(QListWidget.DragDropMode.InternalMove)
        self.list.setMinimumHeight(220)
        self._fill(chosen or names)
        self.body.addWidget(text(_HINT, "quiet"))
        row = QHBoxLayout()
        row.addWidget(self.list, 1)
        row.addLayout(self._buttons())
        self.body.addLayout(row, 1)
        self.add_close("Cancel", default=False)
        self.done_button = self.add_button("Take these", default=True)
        self.done_button.clicked.connect(self.accept)
        self.list.moved.connect(self._move)
        self.list.itemChanged.connect(lambda _item: self.done_button.setEnabled(bool(self._ticked())))
        self.list.setFocus()

    def fields(self) -> tuple[str, ...]:
        """The names chosen, in order; empty when it is all of them in their own."""
        ticked = self._ticked()
        return () if ticked == self._names else ticked

    def _ticked(self) -> tuple[str, ...]:
        rows = (self.list.item(row) for row in range(self.list.count()))
        return tuple(row.text() for row in rows if row.checkState() is Qt.CheckState.Checked)

    def _fill(self, chosen: Sequence[str]) -> None:
        self.list.clear()
        for name in (*chosen, *(name for name in self._names if name not in chosen)):
            row = QListWidgetItem(name)
            row.setFlags(row.flags() & ~Qt.ItemFlag.ItemIsDropEnabled | Qt.ItemFlag.ItemIsUserCheckable)
            row.setCheckState(Qt.CheckState.Checked if name in chosen else Qt.CheckState.Unchecked)
            self.list.addItem(row)
        self.list.setCurrentRow(0)

    def _buttons(self) -> QVBoxLayout:
        column = QVBoxLayout()
        acts: tuple[tuple[str, Callable[[], None]], ...] = (
            ("&All", lambda: self._fill(self._names)),
            ("&None", self._tick_none),
            ("Move &up", lambda: self._move(-1)),
            ("Move &down", lambda: self._move(1)),
        )
        for words, act in acts:
            button = QPushButton(words)
            button.setAutoDefault(False)
            button.clicked.connect(lambda _checked=False, act=act: self._act(act))
            column.addWidget(button)
        column.addStretch(1)
        return column

    def _act(self, act: Callable[[], None]) -> None:
        act()
        self.done_button.setEnabled(bool(self._ticked()))

    def _tick_none(self) -> None:
        for row in range(self.list.count()):
            self.list.item(row).setCheckState(Qt.CheckState.Unchecked)

    def _move(self, step: int) -> None:
        row = self.list.currentRow()
        to = row + step
        if row >= 0 and 0 <= to < self.list.count():
            self.list.insertItem(to, self.list.takeItem(row))
            self.list.setCurrentRow(to)
