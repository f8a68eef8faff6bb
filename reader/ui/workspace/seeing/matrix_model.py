"""A matrix as a table: the lines sorted by name or by count, the cells as they are asked for."""

from collections.abc import Iterator

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from reader.model.seeing import Line, Matrix
from reader.ui.widgets.tip_text import tip_text

Index = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()


class MatrixModel(QAbstractTableModel):
    """`symmetric`: rows and columns are the same, and a cell of the matrix stands at both places."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.matrix = Matrix((), (), {}, 0)
        self.most = 0
        """The largest count of a cell: every cell that is painted asks for it."""
        self._symmetric = self._by_count = False
        self._rows: list[int] = []
        self._columns: list[int] = []

    def show(self, matrix: Matrix, *, symmetric: bool = False) -> None:
        """Show another matrix in the order that there is."""
        self.beginResetModel()
        self.matrix, self.most, self._symmetric = matrix, matrix.most, symmetric
        self._arrange()
        self.endResetModel()

    def sort_by(self, *, count: bool) -> None:
        """Have the lines with the most first, or as they were given."""
        self.beginResetModel()
        self._by_count = count
        self._arrange()
        self.endResetModel()

    def line(self, section: int, orientation: Qt.Orientation) -> Line:
        """The row or column that stands there."""
        if orientation == Qt.Orientation.Vertical:
            return self.matrix.rows[self._rows[section]]
        return self.matrix.columns[self._columns[section]]

    def count(self, row: int, column: int) -> int:
        """What the row and the column that stand there have in common."""
        i, j = self._rows[row], self._columns[column]
        if self._symmetric:
            i, j = min(i, j), max(i, j)
        return self.matrix.cells.get((i, j), 0)

    def filled(self) -> Iterator[tuple[int, int, int]]:
        """Row, column and count of every cell that has any, as they stand."""
        rows, columns = ({line: at for at, line in enumerate(order)} for order in (self._rows, self._columns))
        for (i, j), count in self.matrix.cells.items():
            yield rows[i], columns[j], count
            if self._symmetric:
                yield rows[j], columns[i], count

    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        count = self.count(index.row(), index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{count:,}" if count else ""
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            row = self.line(index.row(), Qt.Orientation.Vertical)
            column = self.line(index.column(), Qt.Orientation.Horizontal)
            joint = "and" if self._symmetric else "in"
            words = f"{row.label} {joint} {column.label}: {count:,}"
            return tip_text(words) if role == Qt.ItemDataRole.ToolTipRole else words
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        shown = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole)
        if role not in shown or section >= len(self._rows if orientation == Qt.Orientation.Vertical else self._columns):
            return None
        line = self.line(section, orientation)
        words = f"{line.label}  {line.count:,}"
        return tip_text(words) if role == Qt.ItemDataRole.ToolTipRole else words

    def _arrange(self) -> None:
        self._rows, self._columns = (self._order(lines) for lines in (self.matrix.rows, self.matrix.columns))

    def _order(self, lines: tuple[Line, ...]) -> list[int]:
        order = list(range(len(lines)))
        return sorted(order, key=lambda at: -lines[at].count) if self._by_count else order
