"""The rows of the facets as Qt asks for them."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, Qt

from reader.ui.lists.numbered_tree import AnyIndex, NumberedTree
from reader.ui.widgets.tip_text import tip_text
from reader.ui.workspace.facet_tree import Node, said

_SHOWN = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole)


class FacetModel(NumberedTree):
    """A row for each node."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._nodes: Sequence[Node] = ()
        self._order: Sequence[object] = ()
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
        self.hang([node.parent for node in nodes])
        self._keys = {key: number for number, (key, _) in enumerate(order)}
        self.endResetModel()
        return True

    def node(self, index: AnyIndex) -> Node | None:
        """The row of an index; None where it is none."""
        return self._nodes[index.internalId()] if index.isValid() else None

    def find(self, key: object) -> QModelIndex:
        """The row of a key; invalid where there is none."""
        number = self._keys.get(key)
        return QModelIndex() if number is None else self.at(number)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        node = self.node(index)
        if node is None:
            return None
        if role in _SHOWN:
            tip = node.value is not None and role == Qt.ItemDataRole.ToolTipRole
            return tip_text(node.value.label) if node.value and tip else node.label
        return said(node) if role == Qt.ItemDataRole.AccessibleTextRole else None
