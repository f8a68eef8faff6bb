"""Tags that occur together, as a list of pairs, those that do most often first."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from reader.model.seeing import Pair
from reader.ui.theme import Theme, load_theme
from reader.ui.widgets.tip_text import tip_text
from reader.ui.workspace.seeing.shades import shade

HEADS = ("Tag", "With", "Together", "Share")
_COUNT, _SHARE = 2, 3
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_NO_INDEX = QModelIndex()


class PairsModel(QAbstractTableModel):
    """A row a pair."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.pairs: Sequence[Pair] = ()

    def show(self, pairs: Sequence[Pair]) -> None:
        """Show other pairs."""
        self.beginResetModel()
        self.pairs = pairs
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self.pairs)

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(HEADS)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        pair = self.pairs[index.row()]
        cells = (pair.first.label, pair.second.label, f"{pair.count:,}", f"{pair.share:.0%}")
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            words = cells[index.column()]
            return tip_text(words) if role == Qt.ItemDataRole.ToolTipRole else words
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() >= _COUNT:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{cells[0]} with {cells[1]}: {cells[2]}, {cells[3]}"
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return HEADS[section]
        if role == Qt.ItemDataRole.TextAlignmentRole and section >= _COUNT:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.ToolTipRole and section == _SHARE:
            return "How often both are there where either is"
        return None


class PairsView(QTableView):
    """A double click or Enter asks for the annotations of a pair, by its row."""

    chosen = Signal(int)

    def __init__(self, model: PairsModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = load_theme("light")
        self.setModel(model)
        self.setItemDelegateForColumn(_COUNT, _Bar(self))
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        for column in range(2):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        for column in (_COUNT, _SHARE):
            header.resizeSection(column, 110)
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.viewport().setAutoFillBackground(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setAccessibleName("Tags that occur together")
        self.clicked.connect(lambda index: self.chosen.emit(index.row()))

    def set_theme(self, theme: Theme) -> None:
        self.theme = theme
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER and self.currentIndex().isValid():
            self.chosen.emit(self.currentIndex().row())
        else:
            super().keyPressEvent(event)


class _Bar(QStyledItemDelegate):
    """The count with a bar under it, as long as it is large."""

    def __init__(self, view: PairsView) -> None:
        super().__init__(view)
        self._view = view

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().paint(painter, option, index)
        model = index.model()
        assert isinstance(model, PairsModel)
        most, count = max(1, model.pairs[0].count), model.pairs[index.row()].count
        rect = option.rect
        width = round((rect.width() - 12) * count / most)
        painter.fillRect(rect.right() - 6 - width, rect.bottom() - 4, width, 3, shade(count, most, self._view.theme))
