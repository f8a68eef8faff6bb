"""Documents with their texts, row by row from one library file into another, as they are there.

Both files have the same shape; row ids are given anew, everything else is taken as it stands.
"""

from collections.abc import Iterable, Iterator, Sequence
from sqlite3 import Connection
from typing import Any

from reader.store.database import Store
from reader.store.rows import json_array

_SLICE = 1 << 18
"""About so many characters or bytes are written in one transaction."""
_OF_TEXT = ("text_part", "structure_part", "asset")
"""The tables whose rows belong to a text version, but for its passages, whose words are indexed anew."""


def _columns(store: Store, table: str, without: Sequence[str]) -> list[str]:
    found = [row[0] for row in store.rows("SELECT name FROM pragma_table_info(?)", (table,))]
    return [name for name in found if name not in without]


def _insert(connection: Connection, table: str, values: dict[str, Any]) -> int:
    sql = f"INSERT INTO {table} ({', '.join(values)}) VALUES ({', '.join('?' * len(values))})"
    row_id = connection.execute(sql, list(values.values())).lastrowid
    assert row_id is not None
    return row_id


def _row(store: Store, table: str, row_id: int, without: Sequence[str]) -> dict[str, Any]:
    names = _columns(store, table, ("id", *without))
    return dict(zip(names, store.row(f"SELECT {', '.join(names)} FROM {table} WHERE id = ?", (row_id,)), strict=True))


def row_id(source: Store, uid: str) -> int:
    """The row id of a document."""
    return source.row("SELECT id FROM document WHERE uid = ?", (uid,))[0]


def insert_document(connection: Connection, source: Store, document_id: int, now: str) -> int:
    """Insert a document of the other library, hidden and without a text; its row id here.

    It counts as begun at the instant `now`, so that nobody takes it for what a crash left; see `finish_document`.
    """
    values = _row(source, "document", document_id, ("text_version_id", "visible", "removed", "annotation_count"))
    return _insert(connection, "document", {**values, "added": now})


def finish_document(connection: Connection, source: Store, there: int, here: int, shown: int | None) -> None:
    """Give a document that was brought over the text it shows, and the instant at which it was added there."""
    added = source.row("SELECT added FROM document WHERE id = ?", (there,))[0]
    connection.execute("UPDATE document SET added = ?, text_version_id = ? WHERE id = ?", (added, shown, here))
    places = source.rows("SELECT path, size, modified_ns FROM file_place WHERE document_id = ?", (there,))
    connection.executemany(
        "INSERT INTO file_place (path, document_id, size, modified_ns) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
        [(path, here, size, time) for path, size, time in places],
    )


def shown_version(source: Store, document_id: int) -> int | None:
    """The row id of the text that a document shows; None when it has none that is whole."""
    row = source.row(
        "SELECT v.id FROM document AS d JOIN text_version AS v ON v.id = d.text_version_id "
        "WHERE d.id = ? AND v.complete",
        (document_id,),
    )
    return row[0] if row else None


def versions_of(source: Store, document_id: int) -> list[int]:
    """The row ids of a document's texts that are whole and not dropped, the oldest first."""
    sql = "SELECT id FROM text_version WHERE document_id = ? AND complete AND dropped = '' ORDER BY id"
    return [row[0] for row in source.rows(sql, (document_id,))]


def insert_version(
    connection: Connection, source: Store, version_id: int, document_id: int, now: str, corrects: dict[int, int]
) -> int:
    """Insert a text version of the other library, not complete yet, with the copy of a small file; its row id here.

    `corrects` are the row ids here of versions brought over before, by those there.
    """
    values = _row(source, "text_version", version_id, ("document_id", "complete"))
    values |= {"document_id": document_id, "created": now, "corrects": corrects.get(values["corrects"])}
    kept = source.rows("SELECT sha256, data FROM file_copy WHERE sha256 = ?", (values["file_sha256"],))
    connection.executemany("INSERT INTO file_copy (sha256, data) VALUES (?, ?) ON CONFLICT DO NOTHING", kept)
    return _insert(connection, "text_version", values)


def finish_version(connection: Connection, source: Store, there: int, here: int) -> None:
    """A version that was brought over is whole, and as old as it was there."""
    created = source.row("SELECT created FROM text_version WHERE id = ?", (there,))[0]
    connection.execute("UPDATE text_version SET complete = 1, created = ? WHERE id = ?", (created, here))


def slices(source: Store, version_id: int) -> Iterator[tuple[str, list[tuple[Any, ...]]]]:
    """Text, structure and pictures of a version in slices: statements for `write_slice`, with rows."""
    for table in _OF_TEXT:
        names = _columns(source, table, ("id", "text_version_id"))
        sql = f"INSERT INTO {table} ({', '.join(names)}, text_version_id) VALUES ({', '.join('?' * len(names))}, ?)"
        rows = source.iterate(f"SELECT {', '.join(names)} FROM {table} WHERE text_version_id = ?", (version_id,))
        for batch in _batches(rows):
            yield sql, batch


def write_slice(connection: Connection, version_id: int, sql: str, rows: Iterable[tuple[Any, ...]]) -> None:
    """Write one of the `slices` for a version here."""
    connection.executemany(sql, [(*row, version_id) for row in rows])


def _batches(rows: Iterator[tuple[Any, ...]]) -> Iterator[list[tuple[Any, ...]]]:
    batch: list[tuple[Any, ...]] = []
    size = 0
    for row in rows:
        batch.append(row)
        size += sum(len(value) for value in row if isinstance(value, (str, bytes)))
        if size >= _SLICE:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def passages(source: Store, version_id: int) -> list[tuple[int, int]]:
    """The passages of a version by their code point ranges, in order."""
    sql = "SELECT start_position, end_position FROM passage WHERE text_version_id = ? ORDER BY id"
    return source.rows(sql, (version_id,))


def out_of_the_bin(source: Store) -> list[str]:
    """Take every document out of the bin of a library that is a copy of one; the uids of those that were in it."""
    with source.transaction() as connection:
        rows = connection.execute(
            "UPDATE document SET removed = '' WHERE visible = 1 AND removed <> '' RETURNING uid"
        ).fetchall()
    return [row[0] for row in rows]


def forget_deleted(store: Store, source: Store) -> None:
    """Take out of a library that is a copy of a backup what the history of `store` says was deleted on purpose."""
    sql = (
        "SELECT DISTINCT json_extract(c.before, '$.uid') FROM change AS c JOIN action AS a ON a.id = c.action_id "
        "WHERE c.table_name = ? AND c.after IS NULL AND a.state = 'done' AND json_valid(c.before)"
    )
    for table in ("annotation", "mask", "tag"):
        uids = [row[0] for row in store.rows(sql, (table,)) if row[0]]
        with source.transaction() as connection:
            connection.execute(
                f"DELETE FROM {table} WHERE uid IN (SELECT value FROM json_each(?))", (json_array(uids),)
            )
