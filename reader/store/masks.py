"""Mask rows: what of a text is hidden, or was proposed for hiding and is kept."""

from collections.abc import Iterable, Sequence
from sqlite3 import Connection
from typing import Any

from reader.model.annotation import Anchor, AnchorState
from reader.model.mask import Mask, MaskState
from reader.store.database import Store
from reader.store.rows import json_array

_COLUMNS = (
    "d.uid, m.uid, m.start_position, m.end_position, m.quote, m.quote_before, m.quote_after, m.state, m.anchor_state, "
    "m.created, m.modified"
)
_FROM = "mask AS m JOIN document AS d ON d.id = m.document_id"
_ORDER = "m.start_position, m.end_position, m.uid"
_INSERT = (
    "INSERT INTO mask (document_id, start_position, end_position, quote, quote_before, quote_after, state, "
    "anchor_state, created, modified, uid) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_UPDATE = (
    "UPDATE mask SET document_id = ?, start_position = ?, end_position = ?, quote = ?, quote_before = ?, "
    "quote_after = ?, state = ?, anchor_state = ?, created = ?, modified = ? WHERE uid = ?"
)


def _values(mask: Mask, document_id: int) -> tuple[Any, ...]:
    anchor = mask.anchor
    return (
        document_id,
        anchor.start,
        anchor.end,
        anchor.exact,
        anchor.prefix,
        anchor.suffix,
        mask.state.value,
        mask.anchor_state.value,
        mask.created,
        mask.modified,
        mask.uid,
    )


def _mask(row: Sequence[Any]) -> Mask:
    document, uid, start, end, exact, before, after, state, anchor_state, created, modified = row
    anchor = Anchor(start, end, exact, before, after)
    return Mask(uid, document, anchor, MaskState(state), AnchorState(anchor_state), created, modified)


def of_document(store: Store, document_id: int) -> tuple[Mask, ...]:
    """A document's masks in text order."""
    sql = f"SELECT {_COLUMNS} FROM {_FROM} WHERE m.document_id = ? ORDER BY {_ORDER}"
    return tuple([_mask(row) for row in store.rows(sql, (document_id,))])


def of_documents(store: Store, uids: Iterable[str]) -> dict[str, tuple[Mask, ...]]:
    """The masks of these documents in text order, by the document's uid; documents without any are left out."""
    where = "d.uid IN (SELECT value FROM json_each(?))"
    found: dict[str, tuple[Mask, ...]] = {}
    for row in store.rows(f"SELECT {_COLUMNS} FROM {_FROM} WHERE {where} ORDER BY {_ORDER}", (json_array(uids),)):
        found[row[0]] = (*found.get(row[0], ()), _mask(row))
    return found


def hidden_in(store: Store, document_ids: Iterable[int]) -> dict[int, list[tuple[int, int]]]:
    """What is hidden in these documents, start and end, by their row id; documents in which nothing is are left out."""
    sql = (
        "SELECT document_id, start_position, end_position FROM mask WHERE state = 'hidden' AND anchor_state <> 'lost' "
        "AND document_id IN (SELECT value FROM json_each(?))"
    )
    found: dict[int, list[tuple[int, int]]] = {}
    for document_id, start, end in store.rows(sql, (json_array(document_ids),)):
        found.setdefault(document_id, []).append((start, end))
    return found


def modified_times(store: Store, uids: Iterable[str]) -> dict[str, str]:
    """When the masks of these uids that are here were last changed."""
    sql = "SELECT uid, modified FROM mask WHERE uid IN (SELECT value FROM json_each(?))"
    return dict(store.rows(sql, (json_array(uids),)))


def insert(connection: Connection, masks: Iterable[Mask], document_id: int) -> None:
    """Insert masks of a document."""
    connection.executemany(_INSERT, [_values(mask, document_id) for mask in masks])


def update(connection: Connection, masks: Iterable[Mask], document_id: int) -> None:
    """Bring the rows of these uids to what the masks say."""
    connection.executemany(_UPDATE, [_values(mask, document_id) for mask in masks])


def set_places(connection: Connection, places: Iterable[tuple[int, int, str, float, str]]) -> None:
    """Record where masks stand in another text: start, end, state, score (which is not kept) and uid of each."""
    connection.executemany(
        "UPDATE mask SET start_position = ?, end_position = ?, anchor_state = ? WHERE uid = ?",
        [(start, end, state, uid) for start, end, state, _, uid in places],
    )


def delete(connection: Connection, uids: Iterable[str]) -> None:
    """Delete masks: the text is shown there again, or proposed for hiding again."""
    connection.executemany("DELETE FROM mask WHERE uid = ?", [(uid,) for uid in uids])
