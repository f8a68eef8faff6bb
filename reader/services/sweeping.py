"""Taking out what nobody can see any more: the remains of a crash or of adding that was stopped, and dropped texts."""

from collections.abc import Callable, Iterator
from contextlib import suppress

from reader.store import intake, originals, texts, versions
from reader.store.database import Store
from reader.store.ids import instant

_SLICE = 200
_OLD_SECONDS = 3600.0


def sweep(store: Store) -> None:
    """Drop what nobody can see any more; another program may just now be adding, so only what is an hour old."""
    before = instant(store.clock() - _OLD_SECONDS)
    for document_id in intake.unreachable(store, before):
        discard(store, document_id)
    for version_id in intake.unfinished(store, before):
        discard_version(store, version_id)
    sweep_texts(store)


def sweep_texts(store: Store, cancelled: Callable[[], bool] = lambda: False) -> int:
    """Forget for good the dropped texts that no step of the history can bring back, with the copies of their files.

    Their number. Each is several short transactions; `cancelled` is asked between two texts.
    """
    gone = 0
    for version_id in versions.forgettable(store):
        if cancelled():
            break
        sha256, suffix = versions.file_of(store, version_id)
        discard_version(store, version_id)
        with store.transaction(urgent=False) as connection:
            unused = versions.forget_row(connection, sha256)
        if unused:
            with suppress(OSError):
                originals.place(store.path, sha256, suffix).unlink(missing_ok=True)
        gone += 1
    return gone


def discard(store: Store, document_id: int) -> None:
    """Drop a document that was never shown, with its texts."""
    for version_id in intake.versions_of(store, document_id):
        _forget(store, version_id)
    with store.transaction(urgent=False) as connection:
        intake.drop(connection, document_id)


def discard_version(store: Store, version_id: int) -> None:
    """Drop a text version that was never shown."""
    _forget(store, version_id)
    with store.transaction(urgent=False) as connection:
        intake.drop_version(connection, version_id)


def _forget(store: Store, version_id: int) -> None:
    for words in _indexed(store, version_id):
        with store.transaction(urgent=False) as connection:
            intake.forget_passages(connection, words)


def _indexed(store: Store, version_id: int) -> Iterator[list[tuple[int, str]]]:
    """The passages of a version in slices: row id and words."""
    from reader.text.folding import index_text

    text = texts.text_of(store, version_id)
    found = intake.passages_of(store, version_id)
    for at in range(0, len(found), _SLICE):
        yield [(row_id, index_text(text[start:end])) for row_id, start, end in found[at : at + _SLICE]]
