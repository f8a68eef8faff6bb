"""The hits of a search through the library, grouped under their documents."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from reader.model.library import DocumentSummary
from reader.ui.lists.rows import ROW_ROLE

if TYPE_CHECKING:
    from reader.services.search import Hit, SearchResult

AnyIndex = QModelIndex | QPersistentModelIndex

KIND_LABELS = {"passage": "", "quote": "quote", "note": "note", "tag": "tag", "title": "title"}


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A document above its hits."""

    document: DocumentSummary
    count: int


@dataclass(frozen=True, slots=True)
class HitRow:
    """One hit and the document it is in."""

    document: DocumentSummary
    hit: "Hit"

    @property
    def kind(self) -> str:
        """What the words were found in; empty for the text itself."""
        kind = KIND_LABELS.get(self.hit.kind, self.hit.kind)
        return f"{kind}, not in the present text" if self.hit.lost else kind


class SearchModel(QAbstractListModel):
    """Groups and hits one under the other; only hits can be chosen."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[GroupRow | HitRow] = []

    def set_result(self, result: "SearchResult | None") -> None:
        """Another answer, None for no question."""
        self.beginResetModel()
        self._rows = []
        for group in result.groups if result else ():
            self._rows.append(GroupRow(group.document, len(group.hits)))
            self._rows += [HitRow(group.document, hit) for hit in group.hits]
        self.endResetModel()

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - an invalid index is a constant
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row = self._rows[index.row()]
        if role == ROW_ROLE:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return _words(row)
        return None

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        if isinstance(self._rows[index.row()], HitRow):
            return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemNeverHasChildren

    def first_hit(self) -> QModelIndex:
        """The first row that can be chosen."""
        return self.index(1, 0) if len(self._rows) > 1 else QModelIndex()


def _words(row: GroupRow | HitRow) -> str:
    if isinstance(row, GroupRow):
        return f"{row.document.title}, {row.count:,} found"
    return f"{row.kind}: {row.hit.snippet}" if row.kind else row.hit.snippet
