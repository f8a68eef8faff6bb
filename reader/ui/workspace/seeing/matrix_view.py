"""A matrix on the screen: shaded cells under headings that stay, for mouse and keys."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from reader.model.filters import Part
from reader.ui.theme import Theme, load_theme
from reader.ui.workspace.seeing.matrix_model import MatrixModel
from reader.ui.workspace.seeing.shades import shade

WIDTH, HEIGHT = 40, 24
"""Pixels of a cell."""
_HEAD = 170
"""The longest that the names of columns may be, in pixels."""
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class MatrixView(QTableView):
    """A click or Enter on a cell or a heading asks for its annotations."""

    chosen = Signal(tuple)

    def __init__(self, model: MatrixModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = load_theme("light")
        self._matrix = model
        self._cells = _Cells(self)
        self.setItemDelegate(self._cells)
        self.setHorizontalHeader(_Upright(self))
        self.setModel(model)
        rows, columns = self.verticalHeader(), self.horizontalHeader()
        for header, size in ((rows, HEIGHT), (columns, WIDTH)):
            header.setMinimumSectionSize(size)
            header.setDefaultSectionSize(size)
            header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
            header.setSectionsClickable(True)
            header.setHighlightSections(True)
        rows.setDefaultAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        rows.setMaximumWidth(260)
        rows.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setShowGrid(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.viewport().setAutoFillBackground(False)
        self.setCornerButtonEnabled(False)
        self.setWordWrap(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.clicked.connect(self._choose)
        rows.sectionClicked.connect(lambda at: self.chosen.emit(self._parts(at, Qt.Orientation.Vertical)))
        columns.sectionClicked.connect(lambda at: self.chosen.emit(self._parts(at, Qt.Orientation.Horizontal)))

    def set_theme(self, theme: Theme) -> None:
        self.theme = theme
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER and self.currentIndex().isValid():
            self._choose(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _choose(self, index: QModelIndex) -> None:
        """Ask for what the cell counts; nothing where it is empty."""
        if self._matrix.count(index.row(), index.column()):
            rows = self._parts(index.row(), Qt.Orientation.Vertical)
            self.chosen.emit((*rows, *self._parts(index.column(), Qt.Orientation.Horizontal)))

    def _parts(self, section: int, orientation: Qt.Orientation) -> tuple[Part, ...]:
        return self._matrix.line(section, orientation).parts


class _Cells(QStyledItemDelegate):
    def __init__(self, view: MatrixView) -> None:
        super().__init__(view)
        self._view = view

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        view, model = self._view, index.model()
        assert isinstance(model, MatrixModel)
        rect = QRect(option.rect)
        draw_cell(painter, rect, model.count(index.row(), index.column()), model.most, view.theme)
        if index == view.currentIndex() and view.hasFocus():
            painter.setPen(QPen(QColor(view.theme.accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(rect.adjusted(1, 1, -2, -2))


class _Upright(QHeaderView):
    """Columns' names from the bottom up, so that cells can be narrow."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)

    def sizeHint(self) -> QSize:
        model, metrics = self.model(), self.fontMetrics()
        names = (str(model.headerData(at, Qt.Orientation.Horizontal) or "") for at in range(min(self.count(), 500)))
        longest = max((metrics.horizontalAdvance(name) for name in names), default=0)
        return QSize(super().sizeHint().width(), min(_HEAD, longest + 16))

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        painter.save()
        words = str(self.model().headerData(logicalIndex, Qt.Orientation.Horizontal) or "")
        painter.setFont(self.font())
        painter.setPen(self.palette().color(self.foregroundRole()))
        draw_upright(painter, rect, words)
        painter.restore()


def draw_cell(painter: QPainter, rect: QRect, count: int, most: int, theme: Theme) -> None:
    """A cell with its shade, a gap around it and its count."""
    ground = shade(count, most, theme)
    painter.fillRect(rect.adjusted(0, 0, -1, -1), ground)
    if count:
        painter.setPen(QColor(theme.text))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, f"{count:,}")


def draw_upright(painter: QPainter, rect: QRect, words: str) -> None:
    """Words from the bottom of a rectangle up, cut in the middle where there is no room."""
    painter.translate(rect.left(), rect.bottom() - 6)
    painter.rotate(-90)
    room = rect.height() - 10
    shown = QFontMetrics(painter.font()).elidedText(words, Qt.TextElideMode.ElideMiddle, room)
    painter.drawText(
        QRect(QPoint(0, 0), QSize(room, rect.width())),
        Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
        shown,
    )
