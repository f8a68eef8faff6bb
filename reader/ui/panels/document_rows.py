"""Drawing documents as rows: title and count, format, source and authors, how far one has read."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from reader.model.library import DocumentSummary
from reader.ui.lists.documents import second_line
from reader.ui.lists.rows import ROW_ROLE
from reader.ui.panels.drawn_text import draw_line, isolated
from reader.ui.theme import Theme
from reader.ui.typography import interface_font

AnyIndex = QModelIndex | QPersistentModelIndex

HEIGHT = 68
_LEFT, _RIGHT = 17, 14
_BAR = 3


class DocumentDelegate(QStyledItemDelegate):
    """Two lines and a bar of progress; the open document carries the accent at its edge."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.open_uid = ""
        self._title = interface_font(14)
        self._title.setWeight(QFont.Weight.Bold)
        self._count = interface_font(14)
        self._second = interface_font(12)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, _index: AnyIndex) -> QSize:
        return QSize(option.rect.width(), HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        document: DocumentSummary = index.data(ROW_ROLE)
        painter.save()
        self._ground(painter, option, document)
        row = option.rect.adjusted(_LEFT, 0, -_RIGHT, 0)
        count_width = self._draw_count(painter, row, document.annotations)
        title = QRect(row.left(), row.top() + 9, row.width() - count_width, 22)
        self._line(painter, title, document.title or "Untitled", self._title, self._theme.text)
        second = QRect(row.left(), row.top() + 30, row.width(), 18)
        self._line(painter, second, isolated(second_line(document)), self._second, self._theme.muted)
        self._progress(painter, QRectF(row.left(), row.top() + 53, row.width(), _BAR), document.progress)
        painter.restore()

    def _ground(self, painter: QPainter, option: QStyleOptionViewItem, document: DocumentSummary) -> None:
        rect, state, theme = option.rect, option.state, self._theme
        is_open = document.uid == self.open_uid
        if is_open or state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, QColor(theme.selected))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, QColor(theme.hover))
        if is_open:
            painter.fillRect(QRect(rect.left(), rect.top(), _BAR, rect.height()), QColor(theme.accent))
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QColor(theme.accent))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(rect.adjusted(0, 0, -1, -1))

    def _draw_count(self, painter: QPainter, row: QRect, count: int) -> int:
        """The number of annotations at the right; returns the pixels it takes from the title."""
        if not count:
            return 0
        words = f"{count:,}"
        painter.setFont(self._count)
        painter.setPen(QColor(self._theme.muted))
        line = QRect(row.left(), row.top() + 9, row.width(), 22)
        painter.drawText(line, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, words)
        return QFontMetrics(self._count).horizontalAdvance(words) + 9

    def _line(self, painter: QPainter, rect: QRect, text: str, font: QFont, color: str) -> None:
        painter.setFont(font)
        painter.setPen(QColor(color))
        draw_line(painter, rect, text)

    def _progress(self, painter: QPainter, rect: QRectF, progress: float) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._theme.line))
        painter.drawRoundedRect(rect, 1.5, 1.5)
        if progress > 0:
            rect.setWidth(max(rect.width() * min(progress, 1.0), float(_BAR)))
            painter.setBrush(QColor(self._theme.accent))
            painter.drawRoundedRect(rect, 1.5, 1.5)
