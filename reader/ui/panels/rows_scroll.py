"""A list that measures only the rows on the screen, so that rows may differ in height and be 100,000."""

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    Qt,
)
from PySide6.QtGui import (
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QStyleOptionViewItem, QWidget

from reader.ui.widgets.own_viewport import give_viewport

AnyIndex = QModelIndex | QPersistentModelIndex

# The scroll bar counts rows in this many steps each; a row's height is spread over them.
_STEPS = 1024
# Where a row off the screen is said to be, in rows of this height: only its order matters to anyone who asks.
_ASSUMED_HEIGHT = 100
_WHEEL_PIXELS = 90


class ScrolledRows(QListView):
    """One column of rows as tall as their delegate's `sizeHint` says.

    The place is kept as the row at the top and the pixels of it that are out of sight. So there is no sum of
    heights to estimate or correct: what comes, goes or grows above the top row leaves the screen as it is. It is
    a QListView for the sake of screen readers, which know that one as a list; laying out, scrolling and painting
    are its own. While `held`, a new current row is not scrolled to.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        give_viewport(self)
        self._top = 0
        self._cut = 0
        self._visible: list[tuple[int, int, int]] = []
        self._visible_known = False
        self._syncing = False
        self._hovered = -1
        self.held = False
        self.margin = 0
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)

        self.viewport().setMouseTracking(True)

    # Measuring.

    def row_count(self) -> int:
        model = self.model()
        return model.rowCount() if model else 0

    def row_height(self, row: int) -> int:
        """Pixels of a row at the present width."""
        option = self._option()
        return self.itemDelegate().sizeHint(option, self.model().index(row, 0)).height()

    def visible_rows(self) -> list[tuple[int, int, int]]:
        """The rows on the screen as row, top and height in viewport pixels."""
        if not self._visible_known:
            self._lay_out()
        return self._visible

    def top(self) -> tuple[int, int]:
        """The row at the top and how many pixels of it are out of sight."""
        return self._top, self._cut

    def _option(self) -> QStyleOptionViewItem:
        option = QStyleOptionViewItem()
        self.initViewItemOption(option)
        option.rect = QRect(0, 0, self.viewport().width(), 0)
        return option

    def _lay_out(self) -> None:
        self._visible_known = True
        self._visible = []
        count = self.row_count()
        if not count:
            self._top = self._cut = 0
            self._sync_bar(0, 0)
            return
        last = self._last_place()
        self._top, self._cut = min(self._normal(self._top, self._cut), last)
        y, row, height = -self._cut, self._top, self.viewport().height()
        if self._top == 0:
            y += self.margin
        while row < count and y < height:
            tall = self.row_height(row)
            self._visible.append((row, y, tall))
            y += tall
            row += 1
        self._sync_bar(*last)

    def _normal(self, row: int, cut: int) -> tuple[int, int]:
        """The same place with `cut` inside the row, going over rows up or down as needed."""
        count = self.row_count()
        if row >= count:
            row, cut = count - 1, 0
        while cut < 0 and row > 0:
            row -= 1
            cut += self._extent(row)
        while row < count - 1 and cut >= self._extent(row):
            cut -= self._extent(row)
            row += 1
        return row, max(cut, 0)

    def _extent(self, row: int) -> int:
        """A row's height, with the margin above the first one."""
        return self.row_height(row) + (self.margin if row == 0 else 0)

    def _last_place(self) -> tuple[int, int]:
        """The furthest place one can scroll to: the last row ends at the bottom."""
        left, row = self.viewport().height() - self.margin, self.row_count()
        while row > 0 and left > 0:
            row -= 1
            left -= self._extent(row)
        return row, max(-left, 0)

    # Scrolling.

    def scroll_by(self, pixels: int) -> None:
        """Down by so many pixels; up where negative."""
        if self.row_count():
            self._go(*self._normal(self._top, self._cut + pixels))

    def _go(self, row: int, cut: int) -> None:
        self._top, self._cut = row, cut
        self.relayout()

    def relayout(self) -> None:
        """Heights or rows have changed: measure again what is on the screen."""
        self._visible_known = False
        self._lay_out()
        self.updateEditorGeometries()
        self.viewport().update()

    def _sync_bar(self, last_row: int, last_cut: int) -> None:
        bar = self.verticalScrollBar()
        self._syncing = True
        bar.setRange(0, self._bar_value(last_row, last_cut))
        bar.setPageStep(max(1, len(self._visible)) * _STEPS)
        bar.setSingleStep(_STEPS // 4)
        bar.setValue(self._bar_value(self._top, self._cut))
        self._syncing = False

    def _bar_value(self, row: int, cut: int) -> int:
        if not self.row_count():
            return 0
        return row * _STEPS + cut * _STEPS // max(1, self._extent(row))

    def scrollContentsBy(self, _dx: int, _dy: int) -> None:
        if self._syncing or not self.row_count():
            return
        bar = self.verticalScrollBar()
        if bar.value() == bar.maximum():
            self._go(*self._last_place())
            return
        row = bar.value() // _STEPS
        self._go(row, bar.value() % _STEPS * self._extent(row) // _STEPS)

    def wheelEvent(self, event: QWheelEvent) -> None:
        pixels = event.pixelDelta().y() or event.angleDelta().y() * _WHEEL_PIXELS // 120
        self.scroll_by(-pixels)
        event.accept()

    def updateGeometries(self) -> None:
        self.relayout()

    def doItemsLayout(self) -> None:
        # Not QListView's own, which would measure every row.
        QAbstractItemView.doItemsLayout(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._visible_known = False
        QAbstractItemView.resizeEvent(self, event)

    def verticalOffset(self) -> int:
        return 0

    def horizontalOffset(self) -> int:
        return 0

    # Where rows are.

    def visualRect(self, index: AnyIndex) -> QRect:
        if not index.isValid():
            return QRect()
        visible = self.visible_rows()
        width = self.viewport().width()
        if not visible:
            return QRect()
        first, last = visible[0], visible[-1]
        if index.row() < first[0]:
            y = first[1] - (first[0] - index.row()) * _ASSUMED_HEIGHT
            return QRect(0, y, width, _ASSUMED_HEIGHT)
        if index.row() > last[0]:
            y = last[1] + last[2] + (index.row() - last[0] - 1) * _ASSUMED_HEIGHT
            return QRect(0, y, width, _ASSUMED_HEIGHT)
        _, y, height = visible[index.row() - first[0]]
        return QRect(0, y, width, height)

    def indexAt(self, point: QPoint) -> QModelIndex:
        for row, y, height in self.visible_rows():
            if y <= point.y() < y + height:
                return self.model().index(row, 0)
        return QModelIndex()

    def _row_near(self, y: int) -> int:
        """The row at `y`, on or off the screen, or the nearest one."""
        visible = self.visible_rows()
        first, last = visible[0], visible[-1]
        if y < first[1]:
            row = first[0] - 1 - (first[1] - 1 - y) // _ASSUMED_HEIGHT
        elif y >= last[1] + last[2]:
            row = last[0] + 1 + (y - last[1] - last[2]) // _ASSUMED_HEIGHT
        else:
            row = next(row for row, top, height in visible if y < top + height)
        return min(max(row, 0), self.row_count() - 1)

    def scrollTo(
        self, index: AnyIndex, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        # Before it is shown the list has no size that means anything; Qt asks again when it is.
        if not index.isValid() or self.held or not self.isVisible():
            return
        if hint == QAbstractItemView.ScrollHint.PositionAtTop:
            self._go(index.row(), 0)
            return
        if hint == QAbstractItemView.ScrollHint.EnsureVisible:
            self.show_rows(range(index.row(), index.row() + 1))
            return
        free = self.viewport().height() - self.row_height(index.row())
        share = free if hint == QAbstractItemView.ScrollHint.PositionAtBottom else free // 2
        self._go(*self._normal(index.row(), -max(share, 0)))

    def show_rows(self, rows: range) -> None:
        """Scroll as little as needed to have these rows on the screen, the first ones where not all fit."""
        if not rows or not self.row_count() or not self.isVisible():
            return
        first, last, height = rows[0], rows[-1], self.viewport().height()
        if (first, 0) < self.top():
            self._go(first, 0)
            return
        bottom = {row: y + tall for row, y, tall in self.visible_rows()}
        if bottom.get(last, height + 1) > height:
            # The last one ends at the bottom, unless that would push the first one over the top.
            self._go(*min(self._normal(last, self._extent(last) - height), (first, 0)))
