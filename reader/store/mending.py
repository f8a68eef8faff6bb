"""A file of salvaged rows made into a library again: what the history knows, owners for what has none, sound counts."""

import json
import sqlite3
from typing import Any

from reader.model.annotation import DEFAULT_CATEGORY_NAMES
from reader.store.database import Store
from reader.store.triggers import JOURNALLED

_OWNERS_FIRST = ("tag", "document", "annotation", "mask", "annotation_tag", "document_tag")
_UNTITLED = "A document whose details were lost"


def from_history(store: Store) -> dict[str, int]:
    """Make rows anew that are missing and that the history, whose steps hold every row as it was, still knows.

    How many of each table. A row whose last step was its deletion, or was undone, stays away.
    """
    done: dict[str, int] = {}
    connection = store.connection
    connection.execute("PRAGMA foreign_keys = OFF")
    with store.transaction() as connection:
        for table in _OWNERS_FIRST:
            before = connection.total_changes
            for row_id, text in _lost(connection, table):
                _insert(connection, table, row_id, text)
            if made := connection.total_changes - before:
                done[table] = made
    return done


def _lost(connection: sqlite3.Connection, table: str) -> list[tuple[int, str]]:
    sql = (
        "SELECT c.row_id, c.after, max(c.id) FROM change AS c JOIN action AS a ON a.id = c.action_id "
        f"WHERE c.table_name = ? AND a.state = 'done' AND c.row_id NOT IN (SELECT id FROM {table}) GROUP BY c.row_id"
    )
    return [(row_id, after) for row_id, after, _ in connection.execute(sql, (table,)).fetchall() if after]


def _insert(connection: sqlite3.Connection, table: str, row_id: int, text: str) -> None:
    try:
        known: dict[str, Any] = json.loads(text)
    except ValueError:
        return
    values = {"id": row_id} | {name: known[name] for name in JOURNALLED[table] if name in known}
    if table == "document":
        values |= {"added": known.get("modified", "")}
    sql = f"INSERT OR IGNORE INTO {table} ({', '.join(values)}) VALUES ({', '.join('?' * len(values))})"
    try:
        connection.execute(sql, list(values.values()))
    except sqlite3.Error:
        return


def mend(store: Store) -> None:
    """Give every annotation and text a document, every document a text, and every count its number.

    What belongs to nothing any more goes: a tag that was put on a mark which is not there.
    """
    now = store.now()
    store.connection.execute("PRAGMA foreign_keys = OFF")
    with store.transaction() as connection:
        _make_owners(connection, store, now)
        connection.execute(
            "UPDATE document SET text_version_id = (SELECT max(v.id) FROM text_version AS v WHERE v.document_id = "
            "document.id AND v.dropped = '') WHERE text_version_id IS NOT NULL "
            "AND text_version_id NOT IN (SELECT id FROM text_version)"
        )
        connection.executemany(
            "INSERT OR IGNORE INTO category (color, name) VALUES (?, ?)",
            [(color.value, name) for color, name in DEFAULT_CATEGORY_NAMES.items()],
        )
        connection.execute("UPDATE action SET state = 'done' WHERE state = 'open'")
        connection.execute("DELETE FROM change WHERE NOT json_valid(coalesce(before, after, '-'))")
        for table, owner in (
            ("annotation_tag", "annotation"), ("annotation_tag", "tag"), ("document_tag", "document"),
            ("document_tag", "tag"), ("text_part", "text_version"), ("structure_part", "text_version"),
            ("asset", "text_version"), ("passage", "text_version"), ("file_place", "document"), ("change", "action"),
        ):  # fmt: skip
            connection.execute(f"DELETE FROM {table} WHERE {owner}_id NOT IN (SELECT id FROM {owner})")
        connection.execute(
            "UPDATE text_version SET corrects = NULL WHERE corrects NOT IN (SELECT id FROM text_version)"
        )
        connection.execute(
            "UPDATE document SET annotation_count = (SELECT count(*) FROM annotation WHERE document_id = document.id)"
        )
        for kind in ("annotation", "document"):
            connection.execute(f"INSERT INTO {kind}_search_queue SELECT id FROM {kind} WHERE 1 ON CONFLICT DO NOTHING")
        connection.execute("DELETE FROM setting WHERE key = 'search_index' OR NOT json_valid(value)")
    store.connection.execute("PRAGMA foreign_keys = ON")


def _make_owners(connection: sqlite3.Connection, store: Store, now: str) -> None:
    """Documents for what belongs to one that could not be read."""
    sql = (
        "SELECT document_id FROM annotation WHERE document_id NOT IN (SELECT id FROM document) UNION "
        "SELECT document_id FROM mask WHERE document_id NOT IN (SELECT id FROM document) UNION "
        "SELECT document_id FROM text_version WHERE complete AND document_id NOT IN (SELECT id FROM document)"
    )
    for (document_id,) in connection.execute(sql).fetchall():
        connection.execute(
            "INSERT INTO document (id, uid, title, added, modified, visible, text_version_id) VALUES (?, ?, ?, ?, ?, "
            "1, (SELECT max(id) FROM text_version WHERE document_id = ? AND complete))",
            (document_id, store.new_uid(), _UNTITLED, now, now, document_id),
        )


def name_like(store: Store, backup: Store) -> None:
    """Give documents whose details were lost the uid that the document with the same row id has in a backup."""
    lost = store.rows("SELECT id FROM document WHERE title = ? AND added = modified", (_UNTITLED,))
    for (document_id,) in lost:
        known = backup.row("SELECT uid FROM document WHERE id = ?", (document_id,))
        if known and not store.row("SELECT 1 FROM document WHERE uid = ?", known):
            with store.transaction() as connection:
                connection.execute("UPDATE document SET uid = ? WHERE id = ?", (*known, document_id))


def incomplete(store: Store) -> list[tuple[int, int, str, int, bool, str]]:
    """As `versions`, of the texts that are not whole."""
    return _versions(store, complete=False)


def versions(store: Store) -> list[tuple[int, int, str, int, bool, str]]:
    """Every whole text: row id, its document's, its sha256 (hex) and length, whether it is shown, the title."""
    return _versions(store, complete=True)


def _versions(store: Store, *, complete: bool) -> list[tuple[int, int, str, int, bool, str]]:
    return [
        (version, document, sha256, length, bool(shown), title)
        for version, document, sha256, length, shown, title in store.rows(
            "SELECT v.id, d.id, v.text_sha256, v.length, v.id IS d.text_version_id AND d.visible, d.title "
            "FROM text_version AS v JOIN document AS d ON d.id = v.document_id WHERE v.complete = ? ORDER BY v.id",
            (complete,),
        )
    ]


def set_hurt(store: Store, version_ids: list[int]) -> None:
    """Texts of which something is missing are not whole."""
    with store.transaction() as connection:
        connection.executemany("UPDATE text_version SET complete = 0 WHERE id = ?", [(row,) for row in version_ids])


def still_shown(store: Store, version_ids: list[int]) -> list[int]:
    """Those of these texts that their documents show."""
    shown = {row[0] for row in store.rows("SELECT text_version_id FROM document WHERE visible = 1")}
    return [version for version in version_ids if version in shown]


def parts(store: Store, version_id: int) -> list[tuple[int, str]]:
    """Where the parts of a text begin, and the parts."""
    sql = "SELECT start_position, text FROM text_part WHERE text_version_id = ? ORDER BY start_position"
    return store.rows(sql, (version_id,))


def set_parts(connection: sqlite3.Connection, version_id: int, pieces: list[tuple[int, str]], sha256: str) -> None:
    """Let a text consist of these parts, without any structure of its own."""
    for table in ("text_part", "structure_part", "passage"):
        connection.execute(f"DELETE FROM {table} WHERE text_version_id = ?", (version_id,))
    connection.executemany(
        "INSERT INTO text_part (text_version_id, start_position, text) VALUES (?, ?, ?)",
        [(version_id, start, text) for start, text in pieces],
    )
    connection.execute("UPDATE text_version SET text_sha256 = ?, structure = '' WHERE id = ?", (sha256, version_id))


def set_passages(connection: sqlite3.Connection, version_id: int, ranges: list[tuple[int, int]]) -> None:
    """Let a text have these passages; their words are indexed later."""
    connection.execute("DELETE FROM passage WHERE text_version_id = ?", (version_id,))
    connection.executemany(
        "INSERT INTO passage (text_version_id, start_position, end_position) VALUES (?, ?, ?)",
        [(version_id, start, end) for start, end in ranges],
    )


def drop_structure(connection: sqlite3.Connection, version_id: int) -> None:
    """A text whose structure cannot be read is plain."""
    connection.execute("DELETE FROM structure_part WHERE text_version_id = ?", (version_id,))
    connection.execute("UPDATE text_version SET structure = '' WHERE id = ?", (version_id,))


def passage_end(store: Store, version_id: int) -> int:
    """Where the last passage of a text ends; 0 when it has none."""
    return store.row("SELECT coalesce(max(end_position), 0) FROM passage WHERE text_version_id = ?", (version_id,))[0]


def removed(store: Store, document_id: int) -> str:
    """The instant at which a document was put into the bin; empty when it is not there."""
    return store.row("SELECT removed FROM document WHERE id = ?", (document_id,))[0]


def set_removed(connection: sqlite3.Connection, document_id: int, instant: str) -> None:
    """Put a document into the bin as it was."""
    connection.execute("UPDATE document SET removed = ? WHERE id = ?", (instant, document_id))
