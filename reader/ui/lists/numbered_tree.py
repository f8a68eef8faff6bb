"""A tree of rows that are counted through: an index carries the number of its row."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex

AnyIndex = QModelIndex | QPersistentModelIndex


class NumberedTree(QAbstractItemModel):
    """One column; each row hangs under an earlier one or under none. What a row says is told by who inherits it."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._parents: Sequence[int] = ()
        self._children: dict[int, list[int]] = {}
        self._places: list[int] = []

    def hang(self, parents: Sequence[int]) -> None:
        """Take other rows, for each the number of the one it hangs under, -1 for none; within a reset of the model."""
        self._parents, self._children, self._places = parents, {-1: []}, []
        for number, parent in enumerate(parents):
            siblings = self._children.setdefault(parent, [])
            self._places.append(len(siblings))
            siblings.append(number)

    def at(self, number: int) -> QModelIndex:
        """The index of a row."""
        return self.createIndex(self._places[number], 0, number)

    def folding(self) -> list[QModelIndex]:
        """The rows that others hang under."""
        return [self.at(number) for number in self._children if number >= 0]

    def index(self, row: int, column: int, parent: AnyIndex = QModelIndex()) -> QModelIndex:  # noqa: B008 - invalid
        siblings = self._under(parent)
        if column != 0 or not 0 <= row < len(siblings):
            return QModelIndex()
        return self.at(siblings[row])

    def parent(self, index: AnyIndex) -> QModelIndex:
        number = self._parents[index.internalId()] if index.isValid() else -1
        return self.at(number) if number >= 0 else QModelIndex()

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - an invalid index is a constant
        return len(self._under(parent))

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - an invalid index is a constant
        del parent
        return 1

    def _under(self, parent: AnyIndex) -> Sequence[int]:
        return self._children.get(parent.internalId() if parent.isValid() else -1, ())
