"""Work that keeps the file fast, in steps so short that nobody waits for them.

SQLite would do both inside whatever write comes along: the merging of the word index and the copying of the
write-ahead log then make single marks and small imports wait for tens of milliseconds.
"""

from collections.abc import Generator
from contextlib import contextmanager

from reader.store.database import Store

_MERGE_PAGES = 64
_LOG_PAGES = 1000
_COPY_EACH = 16
_MERGE_AFTER = 32


@contextmanager
def together(store: Store) -> Generator[None]:
    """Let writes of this thread reach the disk with the next one after them, not each by itself.

    For what means nothing before that one: should the power fail first, some of it may be gone, and the file is sound.
    """
    store.connection.execute("PRAGMA synchronous = NORMAL")
    try:
        yield
    finally:
        store.connection.execute("PRAGMA synchronous = FULL")


def merge_some(store: Store) -> bool:
    """Merge a few pages of the passage index; whether there may be more to merge."""
    with store.transaction(urgent=False) as connection:
        before = connection.total_changes
        connection.execute("INSERT INTO passage_search (passage_search, rank) VALUES ('merge', ?)", (_MERGE_PAGES,))
        return connection.total_changes - before >= 2


class BulkUpkeep:
    """Goes with a run of many writes in this thread: between them it copies the log and merges the index."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._writes = 0

    def __enter__(self) -> "BulkUpkeep":
        self._store.connection.execute("PRAGMA wal_autocheckpoint = 0")
        return self

    def __exit__(self, *_error: object) -> None:
        self._store.connection.execute(f"PRAGMA wal_autocheckpoint = {_LOG_PAGES}")

    def written(self) -> None:
        """To be called after each transaction of the run."""
        self._writes += 1
        if self._writes % _COPY_EACH == 0:
            self._store.row("PRAGMA wal_checkpoint(PASSIVE)")
        if self._writes > _MERGE_AFTER:
            merge_some(self._store)
