"""Drawing the list: cells of annotations, and the heads of groups over all columns."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QHelpEvent, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from reader.model.annotation import AnchorState
from reader.model.workspace import Row
from reader.ui.panels.drawn_text import draw_line
from reader.ui.panels.quiet import between
from reader.ui.typography import interface_font
from reader.ui.workspace.list_columns import SIGNS, Column, text, tip
from reader.ui.workspace.list_lines import Head
from reader.ui.workspace.list_model import ITEM_ROLE

if TYPE_CHECKING:
    from reader.ui.theme import Theme

AnyIndex = QModelIndex | QPersistentModelIndex

PAD = 8
"""Pixels beside the words of a cell."""
DOT = 9
INDENT = 18
_QUIET = frozenset((Column.DOCUMENT, Column.PLACE, Column.CREATED, Column.CHANGED, Column.TAGS))


class RowDelegate(QStyledItemDelegate):
    """Paints what the model has for a line. `drop_line` is the head that a drag is over, -1 for none."""

    def __init__(self, theme: "Theme", view: QTableView) -> None:
        super().__init__(view)
        self._theme, self._view = theme, view
        self.drop_line = -1
        self._font = interface_font(13)
        self._strong = interface_font(13)
        self._strong.setWeight(QFont.Weight.DemiBold)

    def set_theme(self, theme: "Theme") -> None:
        self._theme = theme

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        item = index.data(ITEM_ROLE)
        painter.save()
        painter.setClipRect(option.rect)
        if isinstance(item, Head):
            self._head(painter, option.rect, item, index.row())
        else:
            self._row(painter, option, index, item)
        painter.restore()

    def _row(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex, row: Row | None) -> None:
        theme, rect, column = self._theme, option.rect, Column(index.column())
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.fillRect(rect, QColor(theme.selected if selected else theme.panel))
        self._edges(painter, rect, index.row())
        if row is None:
            painter.fillRect(QRect(rect.left() + PAD, rect.center().y(), 24, 2), QColor(theme.line))
            return
        inner = rect.adjusted(PAD, 0, -PAD, 0)
        painter.setFont(self._font)
        if column is Column.CATEGORY:
            self._category(painter, inner, row)
            return
        lost = column is Column.STATE and row.mark.state is AnchorState.LOST
        quiet = column in _QUIET or (column is Column.STATE and row.mark.state is AnchorState.EXACT)
        wordless = column is Column.QUOTE and not row.quote.strip()
        color = theme.error if lost else theme.muted if quiet or wordless else theme.text
        painter.setPen(QColor(color))
        words = text(row, column)
        # The column of states may be out of view; what is lost is told beside its quote, too.
        sign = SIGNS[row.mark.state] if column is Column.QUOTE and row.mark.state is AnchorState.LOST else ""
        draw_line(painter, inner, f"{sign} {words}" if sign else words)

    def _category(self, painter: QPainter, inner: QRect, row: Row) -> None:
        theme, color = self._theme, row.mark.color
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.ink(color)))
        painter.drawEllipse(QPointF(inner.left() + DOT / 2, inner.center().y() + 0.5), DOT / 2, DOT / 2)
        painter.setPen(QColor(theme.label(color)))
        draw_line(painter, inner.adjusted(DOT + 7, 0, 0, 0), row.category)

    def _head(self, painter: QPainter, rect: QRect, head: Head, line: int) -> None:
        """One slice of the head, which goes over all columns: each cell draws the whole and shows its own part."""
        theme, whole = self._theme, self._across(rect)
        painter.fillRect(rect, QColor(theme.selected if line == self.drop_line else theme.window))
        self._edges(painter, rect, line)
        left = whole.left() + PAD + head.level * INDENT
        middle = QPointF(left + 5, whole.center().y() + 0.5)
        folded = head.key in self._folded()
        points = ((-2, -4), (2, 0), (-2, 4)) if folded else ((-4, -2), (0, 2), (4, -2))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(theme.muted), 1.5))
        painter.drawPolyline([middle + QPointF(x, y) for x, y in points])
        count = f"{head.total:,}"
        painter.setFont(self._strong)
        words = QRect(left + 18, whole.top(), 0, whole.height())
        room = max(whole.right() - words.left() - PAD - painter.fontMetrics().horizontalAdvance(count) - 12, 20)
        words.setWidth(min(room, painter.fontMetrics().horizontalAdvance(head.label) + 4))
        painter.setPen(QColor(theme.text))
        draw_line(painter, words, head.label)
        painter.setFont(self._font)
        painter.setPen(QColor(theme.muted))
        draw_line(painter, QRect(words.right() + 10, whole.top(), 80, whole.height()), count)

    def _edges(self, painter: QPainter, rect: QRect, line: int) -> None:
        theme = self._theme
        painter.setPen(between(theme.panel, theme.line, 0.6))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if line == self._view.currentIndex().row():
            focused = self._view.hasFocus()
            painter.setPen(Qt.PenStyle.NoPen)
            color = QColor(theme.accent if focused else theme.control)
            painter.fillRect(QRectF(self._across(rect).left(), rect.top(), 3, rect.height()), color)

    def _across(self, rect: QRect) -> QRect:
        """The whole line that a cell is in, as far as it is in view."""
        width = min(self._view.viewport().width(), self._view.horizontalHeader().length())
        return QRect(0, rect.top(), width, rect.height())

    def _folded(self) -> frozenset[str]:
        lines = getattr(self._view.model(), "lines", None)
        return lines.folded if lines else frozenset()

    def helpEvent(
        self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: AnyIndex
    ) -> bool:
        """A tooltip only where the cell cannot show all it has."""
        if event.type() == QEvent.Type.ToolTip and self._fits(option.rect, index):
            return False
        return super().helpEvent(event, view, option, index)

    def _fits(self, rect: QRect, index: AnyIndex) -> bool:
        item, column = index.data(ITEM_ROLE), Column(index.column())
        if not isinstance(item, Row):
            return True
        whole, shown = tip(item, column), text(item, column)
        if not whole or whole != shown:
            return not whole
        return self._view.fontMetrics().horizontalAdvance(shown) <= rect.width() - 2 * PAD
