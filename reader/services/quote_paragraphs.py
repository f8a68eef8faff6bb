"""Where the paragraphs begin in the quotes of a library's documents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.model.document import Document
from reader.store import texts
from reader.store.errors import LibraryDamaged
from reader.text.paragraphs import breaks

if TYPE_CHECKING:
    from reader.model.annotation import Annotation
    from reader.store.database import Store


class ParagraphBreaks:
    """Reads a document when it is first asked about; that one is kept, so ask for one document after the other."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._uid: str = ""
        self._document = Document("")

    def of(self, mark: Annotation) -> tuple[int, ...]:
        """As `text.paragraphs.breaks` has it; of a document whose structure is damaged, what the quote itself tells."""
        try:
            return breaks(self._document_of(mark.document_uid), mark)
        except LibraryDamaged:
            self._document = Document("", hard_wrapped=True)
            return breaks(self._document, mark)

    def _document_of(self, uid: str) -> Document:
        if uid != self._uid:
            self._uid = uid
            loaded = texts.load(self._store, uid)
            self._document = loaded.document if loaded else Document("", hard_wrapped=True)
        return self._document
