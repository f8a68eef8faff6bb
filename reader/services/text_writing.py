"""Writing a prepared text: at once when it is small, in slices that others can write between when it is not."""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import replace
from operator import itemgetter
from time import perf_counter

from reader.model.errors import ReaderError
from reader.services.preparing import Prepared, Source
from reader.services.sweeping import discard_version
from reader.store import intake, originals, texts
from reader.store.batch import Batch
from reader.store.database import Store
from reader.store.upkeep import together

SHORTEST, LONGEST = 1 << 16, 1 << 19
"""Code points written in one transaction: at least, at most."""
WRITE_SECONDS = 0.01
"""How long a transaction may keep others waiting. Ten times as long would make adding some 6 % faster, no more."""


def fitting_length(length: int, written: int, seconds: float) -> int:
    """How many code points to write next, so that it takes the time allowed on this machine.

    `length` is what was meant to be written last, `written` what was, in `seconds`. It halves or doubles at most.
    """
    fitting = int(written * WRITE_SECONDS / max(seconds, 1e-6))
    return min(max(fitting, length // 2, SHORTEST), length * 2, LONGEST)


def is_row(prepared: Prepared) -> bool:
    """Whether the copy of the file is to be a row of its own: it is small, and not just what its text is."""
    return prepared.version.file_size <= originals.SMALL and not prepared.is_its_file


def keep_original(store: Store, item: Prepared | Source) -> None:
    """Copy a large file into the library's folder; a small one goes in with the text.

    Of a file that is known, by its bytes alone, a copy that is gone or damaged is put right.
    """
    source = item.source if isinstance(item, Prepared) else item
    if len(source.data) <= originals.SMALL:
        return
    try:
        if isinstance(item, Prepared):
            originals.keep_file(store.path, source.sha256, item.version.file_suffix, source.data)
        else:
            originals.mend(store, source.sha256, source.data)
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
        prepared.structure.rest,
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

    `written` is called after each of the transactions. They are on the disk for good with the one that completes it.
    """
    with together(store):
        return _write_in_slices(store, document_id, prepared, cancelled, written)


def _write_in_slices(
    store: Store, document_id: int, prepared: Prepared, cancelled: Callable[[], bool], written: Callable[[], object]
) -> int | None:
    with store.transaction(urgent=False) as connection:
        if is_row(prepared):
            originals.keep_row(connection, prepared.source.sha256, prepared.source.data)
        version_id = texts.insert_version(
            connection,
            document_id,
            replace(prepared.version, created=store.now()),
            structure=prepared.structure.rest,
            hard_wrapped=prepared.document.hard_wrapped,
        )
    try:
        finished = True
        first, length = 0, SHORTEST
        while first < len(prepared.passages):
            if cancelled():
                finished = False
                break
            last = _slice_end(prepared.passages, first, length)
            length = fitting_length(length, *_write_slice(store, version_id, prepared, first, last))
            first = last
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


def _slice_end(passages: Sequence[tuple[int, int]], first: int, length: int) -> int:
    """The passage after those from `first` on that have about `length` code points together."""
    return max(bisect_right(passages, passages[first][0] + length, key=itemgetter(1)), first + 1)


def _write_slice(store: Store, version_id: int, prepared: Prepared, first: int, last: int) -> tuple[int, float]:
    """Write some passages with their text and words; how many code points, and in how many seconds."""
    passages, words = prepared.passages[first:last], prepared.words(first, last)
    start, end = passages[0][0], passages[-1][1]
    ends = [(0, stop - start) for _, stop in passages]
    parts = [(start + at, text) for at, text in texts.parts_of(prepared.document.text[start:end], ends)]
    structure = [part for part in prepared.structure.parts if start <= part.start < end]
    with store.transaction(urgent=False) as connection:
        began = perf_counter()
        texts.insert_parts(connection, version_id, parts)
        texts.insert_structure(connection, version_id, structure)
        first_id = intake.add_passages(connection, version_id, passages)
        intake.index_passages(connection, list(enumerate(words, first_id)))
    return end - start, perf_counter() - began
