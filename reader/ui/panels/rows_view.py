"""The list of rows of any height: keyboard, selection, changes of the model, painting, mouse."""

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    Qt,
)
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QMouseEvent, QPainter, QPaintEvent, QRegion
from PySide6.QtWidgets import QAbstractItemView, QStyle

from reader.ui.panels.rows_scroll import ScrolledRows

AnyIndex = QModelIndex | QPersistentModelIndex


class RowsView(ScrolledRows):
    """What is common to lists of cards and of hits; `claims` says which keys are the list's own."""

    # The keyboard and the selection.

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> QModelIndex:
        del modifiers
        count = self.row_count()
        if not count:
            return QModelIndex()
        move = QAbstractItemView.CursorAction
        current = self.currentIndex()
        row = current.row() if current.isValid() else -1
        match action:
            case move.MoveUp | move.MovePrevious:
                return self._stop(max(row - 1, 0), -1)
            case move.MoveDown | move.MoveNext:
                return self._stop(row + 1, 1)
            case move.MoveHome:
                return self._stop(0, 1)
            case move.MoveEnd:
                return self._stop(count - 1, -1)
            case move.MovePageUp:
                return self._stop(self._a_page_from(row, -1), -1)
            case move.MovePageDown:
                return self._stop(self._a_page_from(row, 1), 1)
            case _:
                return current

    def _stop(self, row: int, step: int) -> QModelIndex:
        """The nearest row that can be current, from `row` on in the direction of `step`; else the one that is."""
        count, model = self.row_count(), self.model()
        while 0 <= row < count:
            index = model.index(row, 0)
            if index.flags() & Qt.ItemFlag.ItemIsSelectable:
                return index
            row += step
        return self.currentIndex()

    def _a_page_from(self, row: int, step: int) -> int:
        """The row one screen further; always at least one row, never past the ends."""
        left, last = self.viewport().height(), self.row_count() - 1
        row = min(max(row, 0), last)
        start = row
        while 0 <= row + step <= last:
            left -= self.row_height(row)
            if left < self.row_height(row + step) and row != start:
                break
            row += step
        return row

    def setSelection(self, rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:
        if not self.row_count():
            return
        rows = sorted((self._row_near(rect.top()), self._row_near(rect.bottom())))
        first, last = (self.model().index(row, 0) for row in rows)
        self.selectionModel().select(QItemSelection(first, last), command)

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        region = QRegion()
        for row, y, height in self.visible_rows():
            if selection.contains(self.model().index(row, 0)):
                region += QRect(0, y, self.viewport().width(), height)
        return region

    def selected_rows(self) -> list[int]:
        """The selected rows from the top down."""
        return sorted(index.row() for index in self.selectionModel().selectedIndexes())

    def currentChanged(self, current: AnyIndex, previous: AnyIndex) -> None:
        # Qt would scroll there. But a row also becomes current because its neighbour was removed, far from the eye:
        # whoever moves the current row on purpose scrolls to it.
        self.held = True
        super().currentChanged(current, previous)
        self.held = False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        before = self.currentIndex()
        super().keyPressEvent(event)
        if self.currentIndex() != before:
            self.scrollTo(self.currentIndex())

    def go_to_row(self, row: int) -> None:
        """Make that row the current and only selected one, and show it."""
        index = self.model().index(row, 0)
        self.setCurrentIndex(index)
        self.scrollTo(index)

    def focusInEvent(self, event: QFocusEvent) -> None:
        # Qt would make the first row of all current, wherever the list stands.
        if not self.currentIndex().isValid() and self.row_count():
            visible = next((row for row, y, _ in self.visible_rows() if y >= 0), self.top()[0])
            self.selectionModel().setCurrentIndex(self._stop(visible, 1), QItemSelectionModel.SelectionFlag.NoUpdate)
        super().focusInEvent(event)

    def shows(self, row: int) -> bool:
        """Whether any of that row is on the screen."""
        return any(row == visible for visible, _, _ in self.visible_rows())

    def claims(self, event: QKeyEvent) -> bool:
        """Whether a key is the list's own, though the window may have a shortcut on it."""
        return event.matches(QKeySequence.StandardKey.SelectAll)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self.claims(event):
            event.accept()
            return True
        return super().event(event)

    def keyboardSearch(self, search: str) -> None:
        """Letters are commands in these lists, as they are in the text: nothing is searched by them."""
        del search

    # What the model says.

    def rowsInserted(self, parent: AnyIndex, start: int, end: int) -> None:
        # At the very top a new first row shows itself; anywhere else the rows on the screen stay where they are.
        if start < self._top or (start == self._top and self.top() != (0, 0)):
            self._top += end - start + 1
        super().rowsInserted(parent, start, end)
        self._stale()

    def setModel(self, model: QAbstractItemModel | None) -> None:
        super().setModel(model)
        if model is not None:
            model.rowsRemoved.connect(self._rows_removed)
            model.rowsMoved.connect(self._rows_moved)

    def _rows_removed(self, _parent: QModelIndex, start: int, end: int) -> None:
        if end < self._top:
            self._top -= end - start + 1
        elif start <= self._top:
            self._top, self._cut = start, 0
        self._stale()

    def _rows_moved(self, _parent: QModelIndex, start: int, end: int, _to: QModelIndex, row: int) -> None:
        count = end - start + 1
        if end < self._top < row:
            self._top -= count
        elif row <= self._top < start:
            self._top += count
        self._stale()

    def dataChanged(self, first: AnyIndex, last: AnyIndex, roles: list[int] = []) -> None:  # noqa: B006 - as in Qt
        super().dataChanged(first, last, roles)
        visible = self._visible
        if visible and first.row() <= visible[-1][0] and last.row() >= visible[0][0]:
            self._stale()

    def _stale(self) -> None:
        """What is on the screen is to be measured again: at the latest when it is painted, once for many changes."""
        self._visible_known = False
        self.scheduleDelayedItemsLayout()
        self.viewport().update()

    def reset(self) -> None:
        self._top = self._cut = 0
        self._visible_known = False
        super().reset()

    # Painting and the mouse.

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        selection, current = self.selectionModel(), self.currentIndex()
        for row, y, height in self.visible_rows():
            rect = QRect(0, y, self.viewport().width(), height)
            if not rect.intersects(event.rect()):
                continue
            index = self.model().index(row, 0)
            option = self._option()
            option.rect = rect
            option.state = self._state(index, current, selected=selection.isSelected(index))
            self.itemDelegate().paint(painter, option, index)
        painter.end()

    def _state(self, index: QModelIndex, current: QModelIndex, *, selected: bool) -> QStyle.StateFlag:
        state = QStyle.StateFlag.State_Enabled
        if selected:
            state |= QStyle.StateFlag.State_Selected
        if index.row() == self._hovered:
            state |= QStyle.StateFlag.State_MouseOver
        if index == current:
            state |= QStyle.StateFlag.State_Active
            if self.hasFocus():
                state |= QStyle.StateFlag.State_HasFocus
        return state

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        # Dragging over rows selects nothing: a click whose hand trembles must not become a selection.
        self._hover(self.indexAt(event.position().toPoint()).row())
        event.accept()

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave:
            self._hover(-1)
        return super().viewportEvent(event)

    def _hover(self, row: int) -> None:
        if row != self._hovered:
            self._hovered = row
            self.viewport().update()
