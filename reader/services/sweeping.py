"""Taking out what was never shown: the remains of a crash, or of adding that was stopped."""

from collections.abc import Iterator

from reader.store import intake, texts
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
