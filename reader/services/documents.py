"""The documents of the library: list, open, edit, remove, remember where one was."""

from collections.abc import Sequence
from dataclasses import dataclass
from os import stat
from os.path import abspath
from pathlib import Path

from reader.formats.versions import is_outdated
from reader.model.annotation import Annotation
from reader.model.change import Change
from reader.model.document import Document, Metadata, Sheet
from reader.model.errors import ReaderError
from reader.model.library import DocumentSummary
from reader.model.mask import Mask
from reader.services.writing import Writer, counted, only
from reader.store import annotations, documents, masks, texts
from reader.store.ids import path_text


@dataclass(frozen=True, slots=True)
class OpenedDocument:
    """What a window needs to show a document. `text_version` names the text (0: none is stored).

    Pictures come without their data: `Documents.asset` fetches it. `masks` stand in text order. `view` says which part
    of a web page the text is ("article" or "page", else empty); `outdated`: a newer reader could read the file again.
    """

    summary: DocumentSummary
    document: Document
    annotations: list[Annotation]
    text_version: int
    masks: tuple[Mask, ...] = ()
    view: str = ""
    outdated: bool = False


class Documents(Writer):
    """Documents are named by uid; `path` is only ever a hint."""

    def list(self, *, removed: bool = False) -> list[DocumentSummary]:
        """The documents, last opened or added first; with `removed` those of the bin."""
        return documents.all_summaries(self._store, removed=removed)

    def get(self, uid: str) -> DocumentSummary:
        """One document, also from the bin."""
        return self._summary(uid)

    def resolve_id(self, text: str) -> str:
        """The uid that a short id or a unique beginning of a uid stands for."""
        wanted = text.strip().lower()
        return only(documents.matching_uids(self._store, wanted) if wanted else [], text, "document")

    def known(self, path: Path | str) -> str | None:
        """The document last seen at `path`, if the file's size and time are still the same.

        Nothing is read: adding the file again in the background tells for certain.
        """
        place = documents.at_place(self._store, path_text(abspath(path)))
        if place is None:
            return None
        try:
            status = stat(path)
        except OSError:
            return None
        uid, size, modified = place
        return uid if (status.st_size, status.st_mtime_ns) == (size, modified) else None

    def seen_at(self, uid: str) -> tuple[str, int, int] | None:
        """Where the file of a document was when it was last read: path, size in bytes, time in nanoseconds.

        None for text that came without a file, and for a file that another document has taken the place of.
        """
        return documents.seen_at(self._store, uid)

    def open(self, uid: str) -> OpenedDocument:
        """A document with its text, structure and marks."""
        loaded = texts.load(self._store, uid)
        if loaded is None:
            raise ReaderError("This document is not in the library any more; undo its removal or add it again.")
        marks = annotations.of_document(self._store, loaded.row_id)
        hidden = masks.of_document(self._store, loaded.row_id)
        version = loaded.version
        old = is_outdated(version.reader, version.reader_version, version.normaliser_version)
        return OpenedDocument(loaded.summary, loaded.document, marks, loaded.version_id, hidden, version.view, old)

    def text_version(self, uid: str) -> int:
        """What `OpenedDocument.text_version` would be now: another number means another text."""
        return documents.shown_text(self._store, uid)

    def asset(self, uid: str, name: str) -> bytes:
        """The bytes of a picture; empty when there are none."""
        return texts.asset_data(self._store, uid, name)

    def original(self, uid: str) -> Path | None:
        """The library's own copy of the file; None when there is none."""
        from reader.store.originals import existing

        found = texts.file_of(self._store, uid)
        return existing(self._store, *found) if found else None

    def sheets(self, uid: str) -> tuple[Sheet, ...]:
        """The pages of a document of fixed form; nothing for any other."""
        return texts.sheets_of(self._store, uid)

    def opened(self, uid: str) -> Change:
        """Record that a document was opened now. Not a step of the history."""
        now = self._store.now()
        with self._store.transaction() as connection:
            documents.set_opened(connection, uid, now)
        return self._bus.publish(Change(documents_updated=self._summaries([uid]), undoable=False))

    def set_position(self, uid: str, position: int, progress: float) -> Change:
        """Record the code point at the top of the window and the progress (0..1). Not a step of the history."""
        with self._store.transaction() as connection:
            documents.set_position(connection, uid, position, min(max(progress, 0.0), 1.0))
        return self._bus.publish(Change(documents_updated=self._summaries([uid]), undoable=False))

    def edit(
        self,
        uid: str,
        *,
        metadata: Metadata | None = None,
        tags: Sequence[str] | None = None,
    ) -> Change:
        """Set the details (all but their tags), the tags, or both; what is None stays."""
        from reader.store.journal import action
        from reader.store.tags import clean_names, set_document_tags

        row_id = self._row_id(uid)
        now = self._store.now()
        with action(self._store, "Details edited" if metadata else "Tags set") as step:
            if metadata is not None:
                documents.set_columns(step.connection, uid, now, **documents.metadata_values(metadata))
            retagged = tags is not None and set_document_tags(step.connection, self._store, row_id, clean_names(tags))
            if retagged:
                documents.touch(step.connection, row_id, now)
        if not step.changed:
            return Change()
        return self._bus.publish(Change(step.label, documents_updated=self._summaries([uid]), tags=retagged))

    def add_tags(self, uids: Sequence[str], tags: Sequence[str]) -> Change:
        """Give documents further tags, all in one step."""
        from reader.store.journal import action
        from reader.store.tags import clean_names, set_document_tags

        now, here = self._store.now(), self._summaries(uids)
        with action(self._store, f"{counted(len(here), 'document', 'documents')} tagged") as step:
            for found in here:
                row_id = self._row_id(found.uid)
                if set_document_tags(step.connection, self._store, row_id, clean_names([*found.tags, *tags])):
                    documents.touch(step.connection, row_id, now)
        if not step.changed:
            return Change()
        rows = self._summaries([found.uid for found in here])
        return self._bus.publish(Change(step.label, documents_updated=rows, tags=True))

    def remove(self, uids: Sequence[str]) -> Change:
        """Put documents into the bin; their annotations stay with them."""
        here = [found.uid for found in self._summaries(uids) if not found.removed]
        label = f"{counted(len(here), 'document', 'documents')} removed"
        if not self._set_removed(here, self._store.now(), label):
            return Change()
        return self._bus.publish(Change(label, documents_removed=self._summaries(here)))

    def restore(self, uids: Sequence[str]) -> Change:
        """Take documents out of the bin."""
        binned = [found.uid for found in self._summaries(uids) if found.removed]
        label = f"{counted(len(binned), 'document', 'documents')} restored"
        if not self._set_removed(binned, "", label):
            return Change()
        return self._bus.publish(Change(label, documents_added=self._summaries(binned)))

    def _set_removed(self, uids: Sequence[str], removed: str, label: str) -> bool:
        from reader.store.journal import action

        with action(self._store, label) as step:
            documents.set_removed(step.connection, uids, removed)
        return step.changed

    def _row_id(self, uid: str) -> int:
        row_id = documents.row_id(self._store, uid)
        if row_id is None:
            raise ReaderError("This document is not in the library any more; undo its removal or add it again.")
        return row_id
