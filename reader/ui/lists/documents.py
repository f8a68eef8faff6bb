"""The documents of the library: their order, and the filter over title, author, source and tags."""

from enum import StrEnum
from typing import Any

from PySide6.QtCore import QObject

from reader.model.library import DocumentSummary
from reader.ui.lists.rows import RowsModel


class SortOrder(StrEnum):
    """What the documents are ordered by; the value is what settings keep."""

    OPENED = "opened"
    TITLE = "title"
    ADDED = "added"
    DATE = "date"
    MARKS = "marks"
    PROGRESS = "progress"


SORT_LABELS: dict[SortOrder, str] = {
    SortOrder.OPENED: "Last opened",
    SortOrder.TITLE: "Title",
    SortOrder.ADDED: "Last added",
    SortOrder.DATE: "Date",
    SortOrder.MARKS: "Annotations",
    SortOrder.PROGRESS: "Progress",
}

FORMAT_LABELS = {
    "text": "TXT",
    "markdown": "MD",
    "latex": "LaTeX",
    "notebook": "Notebook",
}
"""What a format is called in the list, where that is not its name in capitals."""


def format_label(name: str) -> str:
    """A format in the words of the list: "EPUB", "MD"."""
    return FORMAT_LABELS.get(name, name.upper())


def second_line(document: DocumentSummary) -> list[str]:
    """What stands under a title: format, source, authors; the parts that are there."""
    metadata = document.metadata
    return [part for part in (format_label(document.format), metadata.source, ", ".join(metadata.authors)) if part]


class DocumentModel(RowsModel[DocumentSummary]):
    """One row a document."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._order = SortOrder.OPENED
        self._folded: dict[str, tuple[DocumentSummary, str, str]] = {}

    @property
    def order(self) -> SortOrder:
        return self._order

    def key(self, row: DocumentSummary) -> Any:
        """Newest, most and furthest first; titles and uids by the alphabet."""
        # The first two are what a window opens with: they do without folding, whose tables take time to load.
        if self._order is SortOrder.OPENED:
            return (_descending(max(row.opened, row.added)), row.uid)  # what is new is looked for at the top
        if self._order is SortOrder.ADDED:
            return (_descending(row.added), row.uid)
        title = self._words(row)[0]
        match self._order:
            case SortOrder.DATE:
                return (_descending(row.metadata.date), title, row.uid)
            case SortOrder.MARKS:
                return (-row.annotations, title, row.uid)
            case SortOrder.PROGRESS:
                return (-row.progress, title, row.uid)
            case _:
                return (title, row.uid)

    def text(self, row: DocumentSummary) -> str:
        return row.title

    def set_documents(self, documents: list[DocumentSummary]) -> None:
        """Another list altogether, in any order."""
        self._folded = {}
        self.set_rows(sorted(documents, key=self.key))

    def sort_by(self, order: SortOrder) -> None:
        """Put the rows in another order; what is selected stays selected."""
        if order != self._order:
            self._order = order
            self._reorder()

    def ask(self, query: str) -> None:
        """Show the documents in which every word of `query` is found."""
        from reader.text.folding import fold

        words = [fold(word) for word in query.split()]
        self.set_filter((lambda row: _holds(self._words(row)[1], words)) if words else None)

    def _words(self, row: DocumentSummary) -> tuple[str, str]:
        """The folded title, and all that is searched, folded; kept while the row stays the same."""
        known = self._folded.get(row.uid)
        if known is not None and known[0] is row:
            return known[1], known[2]
        from reader.text.folding import fold

        metadata = row.metadata
        title = fold(row.title)
        parts = (*metadata.authors, metadata.source, *row.tags, FORMAT_LABELS.get(row.format, row.format))
        words = "\n".join((title, *(fold(part) for part in parts)))
        self._folded[row.uid] = (row, title, words)
        return title, words


def _holds(text: str, words: list[str]) -> bool:
    return all(word in text for word in words)


def _descending(instant: str) -> tuple[int, ...]:
    """A key that puts later ISO dates first and missing ones last."""
    return (*(-ord(letter) for letter in instant), 0)
