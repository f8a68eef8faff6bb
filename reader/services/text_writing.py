"""Writing a prepared text: at once when it is small, in slices that others can write between when it is not."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from reader.model.errors import ReaderError
from reader.services.preparing import Prepared
from reader.services.sweeping import discard_version
from reader.store import intake, originals, texts
from reader.store.database import Connection, Store

SLICE_LENGTH = 1 << 16
"""Code points written in one transaction of a large text: a few milliseconds."""


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


def write_whole(
    connection: Connection, document_id: int, prepared: Prepared, created: str
) -> tuple[int, list[tuple[int, str]]]:
    """Write everything but the words in the transaction that is open.

    The version's row id, and the words that are still to be indexed, by the row ids of their passages.
    """
    version_id = _insert(connection, document_id, prepared, created, complete=True)
    text, passages = prepared.document.text, prepared.passages
    texts.insert_parts(connection, version_id, texts.parts_of(text, passages))
    if prepared.document.assets:
        texts.insert_assets(connection, version_id, prepared.document.assets)
    first = intake.add_passages(connection, version_id, passages)
    return version_id, list(enumerate(prepared.words(), first))


def write_in_slices(
    store: Store, document_id: int, prepared: Prepared, cancelled: Callable[[], bool], written: Callable[[], object]
) -> int | None:
    """Write a text in transactions of its own; the version's row id, not complete yet, or None when cancelled.

    `written` is called after each of the transactions.
    """
    with store.transaction(urgent=False) as connection:
        version_id = _insert(connection, document_id, prepared, store.now(), complete=False)
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


def _insert(connection: Connection, document_id: int, prepared: Prepared, created: str, *, complete: bool) -> int:
    if len(prepared.source.data) <= originals.SMALL:
        originals.keep_row(connection, prepared.source.sha256, prepared.source.data)
    return texts.insert_version(
        connection,
        document_id,
        replace(prepared.version, created=created),
        structure=prepared.structure,
        hard_wrapped=prepared.document.hard_wrapped,
        complete=complete,
    )
