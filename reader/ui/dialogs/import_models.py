"""What a file holds, as tables to show: its documents, its records, the first rows of a table."""

from collections.abc import Mapping, Sequence
from typing import Any, overload

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from reader.services.import_preview import Becomes, SeenDocument, SeenRecord, Stands
from reader.services.recognising import How

AnyIndex = QModelIndex | QPersistentModelIndex

HOW: Mapping[How, str] = {
    How.ID: "the same document",
    How.FILE: "the same file or text",
    How.ADDRESS: "its address",
    How.NUMBER: "its ISBN or DOI",
    How.TITLE: "its title",
    How.NAME: "its file’s name",
    How.QUOTES: "its quotes",
    How.MARKS: "what is here",
    How.CHOSEN: "your choice",
    How.NOT_HERE: "",
}
STANDS: Mapping[Stands, str] = {
    Stands.EXACTLY: "Found exactly",
    Stands.ROUGHLY: "Found roughly",
    Stands.LOST: "Not found",
    Stands.NOT_HERE: "Document not here",
    Stands.WHOLE: "On a whole document",
}
BECOMES: Mapping[Becomes, str] = {
    Becomes.NEW: "is added",
    Becomes.NEWER: "replaces an older one",
    Becomes.SAME: "is here already",
    Becomes.OLDER: "is newer here",
    Becomes.LEFT_OUT: "is left out",
}


class CellsModel(QAbstractTableModel):
    """Rows of words under names of columns."""

    def __init__(self, names: Sequence[str], rows: Sequence[Sequence[str]] = ()) -> None:
        super().__init__()
        self._names, self._rows = tuple(names), rows

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - an invalid index is a constant
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._names)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        return self.cell(index.row(), index.column())

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        across = orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole
        return self._names[section] if across else None

    def cell(self, row: int, column: int) -> str:
        """What is shown there."""
        cells = self._rows[row]
        return cells[column] if column < len(cells) else ""


class DocumentsModel(CellsModel):
    """The documents of a file, and those of the library that they were taken for."""

    def __init__(self) -> None:
        super().__init__(("In the file", "Annotations", "In this library", "Known by"))
        self.documents: Sequence[SeenDocument] = ()

    def set_documents(self, documents: Sequence[SeenDocument], *, foreign: bool) -> None:
        """Show others; a foreign document that is not here is left out, one of ours is kept without its text."""
        self.beginResetModel()
        self.documents = documents
        self._rows = [_document_cells(one, foreign=foreign) for one in documents]
        self.endResetModel()


class RecordsModel(CellsModel):
    """The records of a file that stand as is asked; `stands` None shows all."""

    def __init__(self) -> None:
        super().__init__(("Words", "In the text", "In the library"))
        self._all: Sequence[SeenRecord] = ()
        self.records: Sequence[SeenRecord] = ()

    def set_records(self, records: Sequence[SeenRecord], stands: Stands | None = None) -> None:
        """Show those of these records that stand so."""
        self._all = records
        self.show_only(stands)

    def show_only(self, stands: Stands | None) -> None:
        """Show those that stand so."""
        self.beginResetModel()
        self.records = [one for one in self._all if one.stands is stands] if stands else self._all
        self._rows = _Cells(self.records)
        self.endResetModel()


class _Cells(Sequence[Sequence[str]]):
    """The cells of records, each made when somebody looks at it."""

    def __init__(self, records: Sequence[SeenRecord]) -> None:
        self._records = records

    def __len__(self) -> int:
        return len(self._records)

    @overload
    def __getitem__(self, at: int) -> Sequence[str]: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Sequence[str]]: ...
    def __getitem__(self, at: int | slice) -> Sequence[str] | Sequence[Sequence[str]]:
        if isinstance(at, slice):
            return _Cells(self._records[at])
        one = self._records[at]
        return one.quote or one.note, STANDS[one.stands], BECOMES[one.becomes]


def _document_cells(one: SeenDocument, *, foreign: bool) -> tuple[str, ...]:
    title = one.title or one.origin or "(without a title)"
    if one.here:
        here = one.here_title
    elif one.how is How.CHOSEN:
        here = "Left out"
    elif one.comes_along:
        here = "Its text comes along"
    else:
        here = "Not here: left out" if foreign else "Not here: kept without its text"
    return title, f"{one.annotations:,}", here, HOW[one.how]
