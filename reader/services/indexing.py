"""Keeping the word indexes in step with the rows and with the way words are folded."""

import json
from collections.abc import Callable

from reader.store import search, settings
from reader.store.database import Store
from reader.store.errors import LibraryBusy
from reader.store.intake import index_passages

_BATCH = 100
_STATE = "search_index"
"""The setting that says how the passages are folded, and which of them are still to be put in again."""


def catch_up(store: Store, cancelled: Callable[[], bool] = lambda: False) -> None:
    """Index what waits, in short transactions. Where nothing can be written, the index stays as it is."""
    if store.read_only:
        return
    try:
        _refold(store, cancelled)
        if search.is_queued(store):
            for kind in ("annotation", "document"):
                while not cancelled() and _index_some(store, kind):
                    pass
    except LibraryBusy:
        return


def _index_some(store: Store, kind: str) -> bool:
    from reader.text.folding import index_text

    with store.transaction(urgent=False) as connection:
        taken = search.take_queued(connection, kind, _BATCH)
        words = [(row[0], index_text(row[1]), index_text(row[2]), index_text(row[3])) for row in taken]
        search.index(connection, kind, words)
    return len(taken) == _BATCH


def _refold(store: Store, cancelled: Callable[[], bool]) -> None:
    """Build the index of passages again after the folding has changed; goes on where it was stopped."""
    from reader.text.folding import FOLDING_VERSION

    text = settings.value(store, _STATE)
    version, done, last = json.loads(text) if text else (1, 0, 0)
    if version != FOLDING_VERSION:
        with store.transaction(urgent=False) as connection:
            done, last = 0, search.clear_passages(connection)
            settings.set_value(connection, _STATE, json.dumps([FOLDING_VERSION, done, last]))
    while done < last and not cancelled():
        done = _refold_some(store, done, last)


def _refold_some(store: Store, done: int, last: int) -> int:
    from reader.text.folding import FOLDING_VERSION, index_text

    found = search.passages_after(store, done, last, _BATCH)
    words = [(row, index_text(search.piece(store, version, start, end))) for row, version, start, end in found]
    done = found[-1][0] if found else last
    with store.transaction(urgent=False) as connection:
        index_passages(connection, words)
        settings.set_value(connection, _STATE, json.dumps([FOLDING_VERSION, done, last]))
    return done
