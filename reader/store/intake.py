"""How documents get in: found by their hashes, written hidden, shown by one journalled update."""

from collections.abc import Sequence
from dataclasses import dataclass
from sqlite3 import Connection

from reader.model.document import Metadata
from reader.store.database import Store
from reader.store.documents import metadata_values
from reader.store.versions import SHOWN_BY_A_STEP


@dataclass(frozen=True, slots=True)
class Found:
    """A document that has a text with the hash asked for.

    `current`: it is the text that is shown now, or, of a document whose text is elsewhere, the one that this corrects.
    """

    document_id: int
    uid: str
    version_id: int
    visible: bool
    removed: bool
    complete: bool
    current: bool


_EXISTS = {
    column: f"SELECT 1 FROM text_version WHERE {column} = ? LIMIT 1" for column in ("file_sha256", "text_sha256")
}
_MET = (
    "SELECT EXISTS (SELECT 1 FROM text_version WHERE file_sha256 = ?1) "
    "OR EXISTS (SELECT 1 FROM text_version WHERE text_sha256 = ?1) OR EXISTS (SELECT 1 FROM file_place WHERE path = ?2)"
)
_FIND = """
SELECT d.id, d.uid, v.id, d.visible, d.removed <> '', v.complete, coalesce(d.text_version_id = v.id, 0) OR EXISTS (
    SELECT 1 FROM text_version AS w WHERE w.id = d.text_version_id AND w.corrects = v.id AND NOT w.complete)
FROM text_version AS v JOIN document AS d ON d.id = v.document_id
WHERE v.{column} = ? AND (v.complete OR d.visible) AND v.dropped = ''
ORDER BY 7 DESC, d.visible DESC, d.removed, d.id LIMIT 1
"""


def find(store: Store, file_sha256: str, text_sha256: str = "") -> Found | None:
    """The document with that file (hex), else with that text, unless it was given up; one that shows it comes first."""
    for column, value in (("file_sha256", file_sha256), ("text_sha256", text_sha256)):
        if value and store.row(_EXISTS[column], (value,)):
            row = store.row(_FIND.format(column=column), (value,))
            if row:
                return Found(row[0], row[1], row[2], *map(bool, row[3:]))
    return None


def is_met(store: Store, sha256: str, path: str) -> bool:
    """Whether the library has ever held a file or a text with that hash (hex), or seen a file at that path."""
    return bool(store.row(_MET, (sha256, path))[0])


SHOW = "UPDATE document SET visible = 1, removed = '', text_version_id = ? WHERE id = ?"


def insert_hidden(connection: Connection, uid: str, metadata: Metadata, kind: str, added: str) -> int:
    """Insert a document that nobody sees yet; its row id."""
    columns = {"uid": uid, **metadata_values(metadata), "format": kind, "added": added, "modified": added}
    names = ", ".join(columns)
    places = ", ".join(f":{name}" for name in columns)
    row_id = connection.execute(f"INSERT INTO document ({names}) VALUES ({places})", columns).lastrowid
    assert row_id is not None
    return row_id


def set_complete(connection: Connection, version_id: int) -> None:
    """Text, pictures and passages of a version are all there."""
    connection.execute("UPDATE text_version SET complete = 1 WHERE id = ?", (version_id,))


def show(connection: Connection, document_id: int, version_id: int) -> None:
    """Make a document visible, out of the bin, with that text."""
    connection.execute(SHOW, (version_id, document_id))


def restore(connection: Connection, document_id: int) -> None:
    """Take a document out of the bin."""
    connection.execute("UPDATE document SET removed = '' WHERE id = ?", (document_id,))


def next_passage(connection: Connection) -> int:
    """The row id of the next passage. The index must never meet an id twice, even if rows vanished here."""
    return connection.execute(
        "SELECT 1 + max((SELECT coalesce(max(id), 0) FROM passage_search_docsize), "
        "(SELECT coalesce(max(id), 0) FROM passage))"
    ).fetchone()[0]


def add_passages(connection: Connection, version_id: int, ranges: Sequence[tuple[int, int]]) -> int:
    """Insert passages by their code point ranges; the row id of the first, the others follow it.

    Their words go in by `index_passages`, at the end of the transaction: SQLite writes what the word index holds
    in memory to the file before each statement that could fail half-way, and each time that is one more piece
    to be merged later.
    """
    first = next_passage(connection)
    connection.executemany(
        "INSERT INTO passage (id, text_version_id, start_position, end_position) VALUES (?, ?, ?, ?)",
        [(row_id, version_id, start, end) for row_id, (start, end) in enumerate(ranges, first)],
    )
    return first


def index_passages(connection: Connection, words: Sequence[tuple[int, str]]) -> None:
    """Put the words of passages into the index, by row id."""
    connection.executemany("INSERT INTO passage_search (rowid, words) VALUES (?, ?)", words)


def passages_of(store: Store, version_id: int) -> list[tuple[int, int, int]]:
    """Row id, start and end of the passages of a version."""
    sql = "SELECT id, start_position, end_position FROM passage WHERE text_version_id = ? ORDER BY id"
    return store.rows(sql, (version_id,))


def forget_passages(connection: Connection, words: Sequence[tuple[int, str]]) -> None:
    """Take passages out of the index: row id and exactly the words that were put in."""
    connection.executemany(
        "INSERT INTO passage_search (passage_search, rowid, words) VALUES ('delete', ?, ?)", list(words)
    )


def unreachable(store: Store, before: str) -> list[int]:
    """Row ids of documents begun before an instant that were never shown and that no step of the history can show."""
    sql = (
        "SELECT d.id FROM document AS d WHERE d.visible = 0 AND d.added < ? "
        "AND NOT EXISTS (SELECT 1 FROM annotation AS a WHERE a.document_id = d.id) "
        "AND d.id NOT IN (SELECT c.row_id FROM change AS c JOIN action AS a ON a.id = c.action_id "
        "WHERE c.table_name = 'document' AND a.state <> 'dropped')"
    )
    return [row[0] for row in store.rows(sql, (before,))]


def unfinished(store: Store, before: str) -> list[int]:
    """Row ids of text versions begun before an instant that never became whole, and that nothing shows or can show.

    One that an import told of is known, not here, and shown again where the coming of its file is taken back.
    """
    sql = (
        "SELECT v.id FROM text_version AS v WHERE v.complete = 0 AND v.created < ? "
        "AND NOT EXISTS (SELECT 1 FROM document AS d WHERE d.text_version_id = v.id) "
        f"AND NOT EXISTS (SELECT 1 FROM text_version AS w WHERE w.corrects = v.id) AND NOT {SHOWN_BY_A_STEP}"
    )
    return [row[0] for row in store.rows(sql, (before,))]


def versions_of(store: Store, document_id: int) -> list[int]:
    """Row ids of a document's text versions."""
    return [row[0] for row in store.rows("SELECT id FROM text_version WHERE document_id = ?", (document_id,))]


def drop_version(connection: Connection, version_id: int) -> None:
    """Delete a text version that nothing shows."""
    connection.execute("DELETE FROM text_version WHERE id = ?", (version_id,))


def drop(connection: Connection, document_id: int) -> None:
    """Delete a document that was never shown."""
    connection.execute("DELETE FROM document WHERE id = ? AND visible = 0", (document_id,))
