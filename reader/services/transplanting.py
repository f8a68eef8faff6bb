"""Documents brought over from a backup with their texts: hidden until the merge shows them, in short transactions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reader.model.document import Document
from reader.services.renewing import Renewal, prepare_marks, show_renewed
from reader.services.sweeping import discard, discard_version
from reader.store import exchange as rows
from reader.store import intake, texts
from reader.store import transplant as store_rows

if TYPE_CHECKING:
    from reader.interchange.records import DocumentRecord
    from reader.store.database import Store
    from reader.store.exchange import KnownDocument
    from reader.store.journal import Step

_PASSAGES = 200


@dataclass(frozen=True, slots=True)
class Brought:
    """What came over: documents (row ids) that were not here, and texts of those that had none."""

    documents: tuple[int, ...] = ()
    texts: tuple[tuple[Renewal, int], ...] = ()


def known(store: Store, record: DocumentRecord) -> KnownDocument | None:
    """The document of the library that a record of a backup is: by uid, else by the hash of file or text."""
    here = rows.known_by_uid(store, [record.uid]).get(record.uid)
    if here and here.visible:
        return here
    file_sha256 = record.file.sha256 if record.file else ""
    return rows.known_by_hash(store, file_sha256, record.text.sha256 if record.text else "") or here


def bring(
    store: Store,
    source: Store,
    records: Sequence[DocumentRecord],
    progress: Callable[[int, int], object],
    cancelled: Callable[[], bool],
) -> Brought | None:
    """Bring over the documents and texts that the library lacks; None, with nothing left behind, when cancelled."""
    documents: list[int] = []
    renewed: list[tuple[Renewal, int]] = []
    for number, record in enumerate(records):
        progress(number, len(records))
        here = known(store, record)
        if here is None:
            documents.append(_bring_document(store, source, record.uid, cancelled))
        elif not here.text_version_id:
            renewed += _bring_text(store, source, record, here, cancelled)
        if cancelled():
            _forget(store, documents, renewed)
            return None
    return Brought(tuple(documents), tuple(renewed))


def show_texts(store: Store, step: Step, brought: Brought) -> None:
    """Let documents that had no text show the one that was brought over, with their marks where they stand in it."""
    for renewal, version_id in brought.texts:
        document = Document(texts.text_of(store, version_id))
        carried = prepare_marks(store, renewal, document.text)
        show_renewed(store, step, renewal, version_id, document, carried)


def _forget(store: Store, documents: Sequence[int], renewed: Sequence[tuple[Renewal, int]]) -> None:
    for document_id in documents:
        discard(store, document_id)
    for _, version_id in renewed:
        discard_version(store, version_id)


def _bring_document(store: Store, source: Store, uid: str, cancelled: Callable[[], bool]) -> int:
    there = store_rows.row_id(source, uid)
    with store.transaction(urgent=False) as connection:
        here = store_rows.insert_document(connection, source, there, store.now())
    versions: dict[int, int] = {}
    for version_id in store_rows.versions_of(source, there):
        if cancelled():
            break
        versions[version_id] = _bring_version(store, source, version_id, here, versions, cancelled)
    with store.transaction(urgent=False) as connection:
        shown = versions.get(store_rows.shown_version(source, there) or 0)
        for version_id, copy in versions.items():
            store_rows.finish_version(connection, source, version_id, copy)
        store_rows.finish_document(connection, source, there, here, shown)
    return here


def _bring_text(
    store: Store, source: Store, record: DocumentRecord, here: KnownDocument, cancelled: Callable[[], bool]
) -> list[tuple[Renewal, int]]:
    shown = store_rows.shown_version(source, store_rows.row_id(source, record.uid))
    if shown is None:
        return []
    same = record.text is not None and record.text.sha256 == here.text_sha256
    version_id = _bring_version(store, source, shown, here.row_id, {}, cancelled)
    return [(Renewal(here.row_id, version_id, True, same), version_id)]


def _bring_version(
    store: Store,
    source: Store,
    version_id: int,
    document_id: int,
    corrects: dict[int, int],
    cancelled: Callable[[], bool],
) -> int:
    """A text with its structure, pictures and passages, but not yet called complete; its row id."""
    from reader.text.folding import index_text

    with store.transaction(urgent=False) as connection:
        copy = store_rows.insert_version(connection, source, version_id, document_id, store.now(), corrects)
    for sql, batch in store_rows.slices(source, version_id):
        if cancelled():
            return copy
        with store.transaction(urgent=False) as connection:
            store_rows.write_slice(connection, copy, sql, batch)
    text, passages = texts.text_of(source, version_id), store_rows.passages(source, version_id)
    for at in range(0, len(passages), _PASSAGES):
        if cancelled():
            return copy
        piece = passages[at : at + _PASSAGES]
        words = [index_text(text[start:end]) for start, end in piece]
        with store.transaction(urgent=False) as connection:
            first = intake.add_passages(connection, copy, piece)
            intake.index_passages(connection, list(enumerate(words, first)))
    return copy
