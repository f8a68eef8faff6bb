"""Drawing what a search through the library found: documents, and under each its hits with the words marked."""

from bisect import bisect_right
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QTextCharFormat, QTextLayout
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from reader.ui.lists.rows import ROW_ROLE
from reader.ui.lists.search import GroupRow, HitRow
from reader.ui.panels.drawn_text import LEFT, DrawnText, draw_line
from reader.ui.theme import Theme
from reader.ui.typography import Typography, interface_font, reading_font

if TYPE_CHECKING:
    from reader.services.search import Hit

AnyIndex = QModelIndex | QPersistentModelIndex

_LEFT, _RIGHT = 16, 14
_GROUP_HEIGHT = 38
_LINES = 3
_KIND_HEIGHT = 16


class HitDelegate(QStyledItemDelegate):
    """A title with its count; under it snippets of up to three lines, the hits on the colour of the find bar."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._title = interface_font(13)
        self._title.setWeight(QFont.Weight.Bold)
        self._small = interface_font(11)
        self._text = reading_font(Typography(size_px=14))
        self._kept: dict[tuple[int, int], tuple[HitRow, DrawnText]] = {}

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._kept.clear()

    def forget(self) -> None:
        """Another answer is shown: what was laid out is of no more use."""
        self._kept.clear()

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        row: GroupRow | HitRow = index.data(ROW_ROLE)
        width = option.rect.width()
        if isinstance(row, GroupRow):
            return QSize(width, _GROUP_HEIGHT)
        kind = _KIND_HEIGHT if row.kind else 0
        return QSize(width, self._snippet(row, width, index.row()).height + kind + 14)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        row: GroupRow | HitRow = index.data(ROW_ROLE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(row, GroupRow):
            self._group(painter, option.rect, row)
        else:
            self._hit(painter, option, row, index.row())
        painter.restore()

    def _group(self, painter: QPainter, rect: QRect, row: GroupRow) -> None:
        theme = self._theme
        count = f"{row.count:,}"
        painter.setFont(self._title)
        metrics = QFontMetrics(self._title)
        line = rect.adjusted(_LEFT, 10, -_RIGHT, 0)
        room = line.width() - metrics.horizontalAdvance(count) - 10
        painter.setPen(QColor(theme.text))
        draw_line(painter, QRect(line.left(), line.top(), room, line.height()), row.document.title or "Untitled")
        painter.setPen(QColor(theme.muted))
        painter.drawText(line, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, count)

    def _hit(self, painter: QPainter, option: QStyleOptionViewItem, row: HitRow, number: int) -> None:
        rect, state, theme = option.rect, option.state, self._theme
        ground = QRectF(rect).adjusted(8.5, 1.5, -6.5, -1.5)
        if state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
            selected = state & QStyle.StateFlag.State_Selected
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.selected if selected else theme.hover))
            painter.drawRoundedRect(ground, 5, 5)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QColor(theme.accent))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(ground, 5, 5)
        y = rect.top() + 7
        if row.kind:
            painter.setFont(self._small)
            painter.setPen(QColor(theme.error if row.hit.lost else theme.muted))
            painter.drawText(QRect(rect.left() + _LEFT, y - 1, 200, _KIND_HEIGHT), LEFT, row.kind)
            y += _KIND_HEIGHT
        self._snippet(row, rect.width(), number).draw(painter, rect.left() + _LEFT, y, theme.text)

    def _snippet(self, row: HitRow, width: int, number: int) -> DrawnText:
        kept = self._kept.get((number, width))
        if kept is not None and kept[0] is row:
            return kept[1]
        font = self._text if row.hit.kind in ("passage", "quote") else interface_font(13)
        text, formats = self._marked(row.hit)
        drawn = DrawnText(text, font, max(width - _LEFT - _RIGHT, 40), _LINES, formats)
        self._kept[(number, width)] = (row, drawn)
        return drawn

    def _marked(self, hit: "Hit") -> tuple[str, list[QTextLayout.FormatRange]]:
        """The snippet in one line of text, and its matches as formats. `matches` are code points into the snippet."""
        text = "".join(" " if letter.isspace() else letter for letter in hit.snippet)
        astral = [place for place, letter in enumerate(text) if ord(letter) > 0xFFFF]
        form = QTextCharFormat()
        form.setBackground(QColor(self._theme.find))
        form.setFontWeight(QFont.Weight.DemiBold)
        ranges: list[QTextLayout.FormatRange] = []
        for start, end in hit.matches:
            part = QTextLayout.FormatRange()
            part.start = start + bisect_right(astral, start - 1)
            part.length = end + bisect_right(astral, end - 1) - part.start
            part.format = form
            ranges.append(part)
        return text, ranges
