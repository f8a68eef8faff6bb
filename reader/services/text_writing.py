"""Writing a prepared text: at once when it is small, in slices that others can write between when it is not."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from reader.model.errors import ReaderError
from reader.services.preparing import Prepared
from reader.services.sweeping import discard_version
from reader.store import intake, originals, texts
from reader.store.batch import Batch
from reader.store.database import Store

SLICE_LENGTH = 1 << 16
"""Code points written in one transaction of a large text: a few milliseconds."""


def is_row(prepared: Prepared) -> bool:
    """Whether the copy of the file is to be a row of its own: it is small, and not just what its text is."""
    return prepared.version.file_size <= originals.SMALL and not prepared.is_its_file


def keep_original(store: Store, prepared: Prepared) -> None:
    """Copy a large file into the library's folder; a small one goes in with the text."""
    version, data = prepared.version, prepared.source.data
    if len(data) <= originals.SMALL:
        return
    try:
        originals.keep_file(store.path, version.file_sha256, version.file_suffix, data)
    except OSError as error:
        where = originals.folder(store.path)
        reason = error.strerror or str(error)
        raise ReaderError(
            f"The library's copy of the file could not be written to “{where}” ({reason}); make room or check its "
            "rights, then add the file again."
        ) from error


def add_whole(batch: Batch, uid: str, prepared: Prepared) -> int:
    """Add a small document to a batch; its row id."""
    source, document = prepared.source, prepared.document
    document_id = batch.add_document(uid, document.metadata, prepared.kind, source.place)
    batch.add_text(
        prepared.version,
        prepared.structure,
        list(texts.parts_of(document.text, prepared.passages)),
        document.assets,
        hard_wrapped=document.hard_wrapped,
        data=source.data if is_row(prepared) else None,
    )
    batch.add_passages(prepared.passages, prepared.words())
    return document_id


def write_in_slices(
    store: Store, document_id: int, prepared: Prepared, cancelled: Callable[[], bool], written: Callable[[], object]
) -> int | None:
    """Write a text in transactions of its own; the version's row id, not complete yet, or None when cancelled.

    `written` is called after each of the transactions.
    """
    with store.transaction(urgent=False) as connection:
        if is_row(prepared):
            originals.keep_row(connection, prepared.source.sha256, prepared.source.data)
        version_id = texts.insert_version(
            connection,
            document_id,
            replace(prepared.version, created=store.now()),
            structure=prepared.structure,
            hard_wrapped=prepared.document.hard_wrapped,
        )
    try:
        finished = True
        for first, last in _slices(prepared):
            if cancelled():
                finished = False
                break
            _write_slice(store, version_id, prepared, first, last)
            written()
    except BaseException:
        discard_version(store, version_id)
        raise
    if not finished:
        discard_version(store, version_id)
        return None
    for asset in prepared.document.assets:
        with store.transaction(urgent=False) as connection:
            texts.insert_assets(connection, version_id, [asset])
    return version_id


def _slices(prepared: Prepared) -> Iterator[tuple[int, int]]:
    """Ranges of passages of about SLICE_LENGTH code points together."""
    passages = prepared.passages
    first = 0
    while first < len(passages):
        start, last = passages[first][0], first + 1
        while last < len(passages) and passages[last][1] - start <= SLICE_LENGTH:
            last += 1
        yield first, last
        first = last


def _write_slice(store: Store, version_id: int, prepared: Prepared, first: int, last: int) -> None:
    passages, words = prepared.passages[first:last], prepared.words(first, last)
    start, end = passages[0][0], passages[-1][1]
    with store.transaction(urgent=False) as connection:
        texts.insert_parts(connection, version_id, [(start, prepared.document.text[start:end])])
        first_id = intake.add_passages(connection, version_id, passages)
        intake.index_passages(connection, list(enumerate(words, first_id)))
