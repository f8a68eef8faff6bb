"""What a write changed: returned by every service call that writes, published after the commit."""

from dataclasses import dataclass, field

from reader.model.annotation import Annotation
from reader.model.library import DocumentSummary

Marks = list[Annotation]


@dataclass(frozen=True, slots=True)
class Change:
    """The rows as they are after the commit.

    `label` says what was done in words for the status bar ("Quote added"). `undoable` is False for reading
    positions and the like. `tags` and `categories` say that those lists changed. `everything` asks views to
    read again: used only where a list of rows would be larger than the screen needs (an import, a merge).
    `masks` are the uids of documents in which other parts of the same text are hidden than before; a document with
    another text is among `documents_updated` and has to be opened again.
    """

    label: str = ""
    annotations_added: tuple[Annotation, ...] = ()
    annotations_updated: tuple[Annotation, ...] = ()
    annotations_removed: tuple[Annotation, ...] = ()
    documents_added: tuple[DocumentSummary, ...] = ()
    documents_updated: tuple[DocumentSummary, ...] = ()
    documents_removed: tuple[DocumentSummary, ...] = ()
    masks: tuple[str, ...] = ()
    tags: bool = False
    categories: bool = False
    everything: bool = False
    undoable: bool = True
    _by_document: dict[str, tuple[Marks, Marks, Marks]] = field(
        default_factory=dict[str, tuple[Marks, Marks, Marks]], init=False, repr=False, compare=False
    )

    def in_document(self, uid: str) -> tuple[Marks, Marks, Marks]:
        """The annotations of a document that were added, updated and removed.

        They are looked for once in all documents, by whoever asks first; those who ask later do not wait.
        """
        found = self._by_document
        if not found:
            for place, marks in enumerate((self.annotations_added, self.annotations_updated, self.annotations_removed)):
                for mark in marks:
                    found.setdefault(mark.document_uid, ([], [], []))[place].append(mark)
        return found.get(uid, ([], [], []))

    def __bool__(self) -> bool:
        return bool(
            self.annotations_added
            or self.annotations_updated
            or self.annotations_removed
            or self.documents_added
            or self.documents_updated
            or self.documents_removed
            or self.masks
            or self.tags
            or self.categories
            or self.everything
        )
