"""The rows of the facets as Qt asks for them."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from reader.ui.widgets.tip_text import tip_text
from reader.ui.workspace.facet_tree import Node, said

AnyIndex = QModelIndex | QPersistentModelIndex
_SHOWN = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole)


class FacetModel(QAbstractItemModel):
    """Rows by number; an index carries its row's number, and each row hangs under an earlier one."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._nodes: Sequence[Node] = ()
        self._order: Sequence[object] = ()
        self._children: dict[int, list[int]] = {}
        self._places: list[int] = []
        self._keys: dict[object, int] = {}

    def show(self, nodes: Sequence[Node]) -> bool:
        """Take other rows; whether they are others than before in more than counts and choices.

        Where they are not, nothing is announced: what shows them paints them again.
        """
        order = [(node.key, node.parent) for node in nodes]
        if order == self._order:
            self._nodes = nodes
            return False
        self.beginResetModel()
        self._nodes, self._order = nodes, order
        self._children, self._places = {-1: []}, []
        for number, node in enumerate(nodes):
            siblings = self._children.setdefault(node.parent, [])
            self._places.append(len(siblings))
            siblings.append(number)
        self._keys = {key: number for number, (key, _) in enumerate(order)}
        self.endResetModel()
        return True

    def node(self, index: AnyIndex) -> Node | None:
        """The row of an index; None where it is none."""
        return self._nodes[index.internalId()] if index.isValid() else None

    def find(self, key: object) -> QModelIndex:
        """The row of a key; invalid where there is none."""
        number = self._keys.get(key)
        return QModelIndex() if number is None else self._index(number)

    def folding(self) -> list[QModelIndex]:
        """The rows that others hang under."""
        return [self._index(number) for number in self._children if number >= 0]

    def _index(self, number: int) -> QModelIndex:
        return self.createIndex(self._places[number], 0, number)

    def index(self, row: int, column: int, parent: AnyIndex = QModelIndex()) -> QModelIndex:  # noqa: B008 - invalid
        siblings = self._children.get(parent.internalId() if parent.isValid() else -1, [])
        if column != 0 or not 0 <= row < len(siblings):
            return QModelIndex()
        return self._index(siblings[row])

    def parent(self, index: AnyIndex) -> QModelIndex:
        number = self._nodes[index.internalId()].parent if index.isValid() else -1
        return self._index(number) if number >= 0 else QModelIndex()

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - an invalid index is a constant
        return len(self._children.get(parent.internalId() if parent.isValid() else -1, []))

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - an invalid index is a constant
        del parent
        return 1

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        node = self.node(index)
        if node is None:
            return None
        if role in _SHOWN:
            tip = node.value is not None and role == Qt.ItemDataRole.ToolTipRole
            return tip_text(node.value.label) if node.value and tip else node.label
        return said(node) if role == Qt.ItemDataRole.AccessibleTextRole else None
