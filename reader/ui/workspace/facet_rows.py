"""Drawing the rows of the facets: titles, values with their counts, what is chosen and what is left out."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from reader.ui.panels.drawn_text import draw_line
from reader.ui.theme import Theme
from reader.ui.typography import interface_font
from reader.ui.workspace.facet_choices import Choice
from reader.ui.workspace.facet_model import FacetModel
from reader.ui.workspace.facet_tree import Node

AnyIndex = QModelIndex | QPersistentModelIndex

HEIGHT = 26
_RIGHT = 10
_SIGN, _DOT = 16, 9
_SIGNS = {Choice.ON: "✓", Choice.OUT: "−"}


class FacetDelegate(QStyledItemDelegate):
    """One line a row. A chosen value has a tick and is bold; one that is left out has a minus and is struck out."""

    def __init__(self, theme: Theme, model: FacetModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._model = model
        self.target = QPersistentModelIndex()
        """The row that what is dragged would be dropped on."""
        self._plain, self._title = interface_font(13), interface_font(12)
        self._title.setWeight(QFont.Weight.Bold)
        self._on, self._out = interface_font(13), interface_font(13)
        self._on.setWeight(QFont.Weight.Bold)
        self._out.setStrikeOut(True)

    def sizeHint(self, option: QStyleOptionViewItem, _index: AnyIndex) -> QSize:
        return QSize(option.rect.width(), HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        node = self._model.node(index)
        if node is None:
            return
        painter.save()
        self._ground(painter, option, dropping=self.target == index)
        line = option.rect.adjusted(2, 0, -_RIGHT, 0)
        if node.value is not None:
            line.setRight(line.right() - self._draw_count(painter, line, node.value.count))
            line.setLeft(line.left() + self._draw_signs(painter, line, node))
        painter.setFont(self._font(node))
        painter.setPen(QColor(self._color(node)))
        draw_line(painter, line, node.label)
        painter.restore()

    def _font(self, node: Node) -> QFont:
        if node.kind == "title":
            return self._title
        return {Choice.ON: self._on, Choice.OUT: self._out, Choice.OPEN: self._plain}[node.choice]

    def _color(self, node: Node) -> str:
        if node.kind == "more" or node.choice is Choice.ON:
            return self.theme.accent
        return self.theme.muted if node.kind == "title" or node.choice is Choice.OUT else self.theme.text

    def _ground(self, painter: QPainter, option: QStyleOptionViewItem, *, dropping: bool) -> None:
        rect, state, theme = option.rect, option.state, self.theme
        if dropping:
            painter.fillRect(rect, QColor(theme.selected))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, QColor(theme.hover))
        if dropping or state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QColor(theme.accent))
            painter.drawRect(rect.adjusted(0, 0, -1, -1))

    def _draw_count(self, painter: QPainter, line: QRect, count: int) -> int:
        """The number of annotations at the right; the pixels that it takes from the name."""
        words = f"{count:,}"
        painter.setFont(self._plain)
        painter.setPen(QColor(self.theme.muted))
        painter.drawText(line, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, words)
        return QFontMetrics(self._plain).horizontalAdvance(words) + 8

    def _draw_signs(self, painter: QPainter, line: QRect, node: Node) -> int:
        """The sign of what is chosen and the dot of a category; the pixels that they take."""
        taken = 0
        if node.choice is not Choice.OPEN:
            painter.setFont(self._on)
            painter.setPen(QColor(self.theme.accent if node.choice is Choice.ON else self.theme.muted))
            sign = QRect(line.left(), line.top(), _SIGN, line.height())
            painter.drawText(sign, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, _SIGNS[node.choice])
            taken = _SIGN
        if node.color is not None:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(self.theme.ink(node.color)))
            top = line.center().y() + 1 - _DOT / 2
            painter.drawEllipse(QRectF(line.left() + taken, top, _DOT, _DOT))
            taken += _DOT + 7
        return taken
