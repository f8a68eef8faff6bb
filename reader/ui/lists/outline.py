"""The contents of a document as a tree, built once from its outline."""

from bisect import bisect_right
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, Qt

from reader.model.document import OutlineEntry
from reader.ui.lists.numbered_tree import AnyIndex, NumberedTree


class OutlineModel(NumberedTree):
    """A row for each entry. An entry hangs under the last one of a lower level."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._entries: tuple[OutlineEntry, ...] = ()
        self._by_position: list[tuple[int, int]] = []

    def set_outline(self, entries: Sequence[OutlineEntry]) -> None:
        """Another document's contents."""
        self.beginResetModel()
        self._entries = tuple(entries)
        self.hang(_parents(self._entries))
        self._by_position = sorted((entry.position, number) for number, entry in enumerate(self._entries))
        self.endResetModel()

    def entries(self) -> tuple[OutlineEntry, ...]:
        return self._entries

    def entry(self, index: AnyIndex) -> OutlineEntry:
        """The entry of a valid index."""
        return self._entries[index.internalId()]

    def index_at(self, position: int) -> QModelIndex:
        """The entry in whose stretch of text the code point lies; invalid before the first one."""
        place = bisect_right(self._by_position, (position, len(self._entries))) - 1
        return self.at(self._by_position[place][1]) if place >= 0 else QModelIndex()

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if index.isValid() and role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return " ".join(self.entry(index).title.split()) or "Untitled"
        return None


def _parents(entries: Sequence[OutlineEntry]) -> list[int]:
    """For each entry the number of the one it hangs under, -1 for none; levels that are skipped do no harm."""
    parents: list[int] = []
    path: list[int] = []
    for number, entry in enumerate(entries):
        while path and entries[path[-1]].level >= entry.level:
            path.pop()
        parents.append(path[-1] if path else -1)
        path.append(number)
    return parents
