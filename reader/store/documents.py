"""Document rows: the list, the details, the bin, reading positions and known places."""

from collections.abc import Iterable, Sequence
from sqlite3 import Connection

from reader.model.document import Metadata
from reader.model.library import DocumentSummary
from reader.store.database import Store
from reader.store.ids import clean
from reader.store.rows import DOCUMENT_COLUMNS, DOCUMENT_TABLES, json_array, summary

PLACE = (
    "INSERT INTO file_place (path, document_id, size, modified_ns) VALUES (?, ?, ?, ?) "
    "ON CONFLICT (path) DO UPDATE SET document_id = excluded.document_id, size = excluded.size, "
    "modified_ns = excluded.modified_ns"
)
_VISIBLE = "d.visible = 1"


def all_summaries(store: Store, *, removed: bool) -> list[DocumentSummary]:
    """The documents of the library or of its bin, last opened (or added) first."""
    sql = (
        f"SELECT {DOCUMENT_COLUMNS} FROM {DOCUMENT_TABLES} WHERE {_VISIBLE} AND (d.removed <> '') = ? "
        "ORDER BY max(d.opened, d.added) DESC, d.id DESC"
    )
    return [summary(row) for row in store.rows(sql, (removed,))]


def by_uid(store: Store, uid: str) -> DocumentSummary | None:
    """One document, also from the bin."""
    row = store.row(f"SELECT {DOCUMENT_COLUMNS} FROM {DOCUMENT_TABLES} WHERE d.uid = ? AND {_VISIBLE}", (uid,))
    return summary(row) if row else None


def by_uids(store: Store, uids: Sequence[str]) -> list[DocumentSummary]:
    """The documents of these uids that exist, in the order asked."""
    where = "d.uid IN (SELECT value FROM json_each(?))"
    rows = store.rows(
        f"SELECT {DOCUMENT_COLUMNS} FROM {DOCUMENT_TABLES} WHERE {where} AND {_VISIBLE}", (json_array(uids),)
    )
    found = {row[1]: summary(row) for row in rows}
    return [found[uid] for uid in uids if uid in found]


def by_ids(store: Store, row_ids: Sequence[int]) -> dict[int, DocumentSummary]:
    """The visible documents of these row ids."""
    where = "d.id IN (SELECT value FROM json_each(?))"
    sql = f"SELECT {DOCUMENT_COLUMNS} FROM {DOCUMENT_TABLES} WHERE {where} AND {_VISIBLE}"
    return {row[0]: summary(row) for row in store.rows(sql, (json_array(row_ids),))}


def row_id(store: Store, uid: str) -> int | None:
    """The row id of a visible document."""
    row = store.row("SELECT id FROM document WHERE uid = ? AND visible = 1", (uid,))
    return row[0] if row else None


def shown_row(store: Store, document_id: int) -> int:
    """The row id of the text version that a document has, whole or not; 0 when it has none."""
    row = store.row("SELECT text_version_id FROM document WHERE id = ?", (document_id,))
    return row[0] if row and row[0] else 0


def shown_text(store: Store, uid: str) -> int:
    """The row id of the text version that a document shows; 0 when none is there."""
    sql = (
        "SELECT v.id FROM document AS d JOIN text_version AS v ON v.id = d.text_version_id "
        "WHERE d.uid = ? AND d.visible = 1 AND v.complete"
    )
    row = store.row(sql, (uid,))
    return row[0] if row else 0


def rows_of(store: Store, uids: Iterable[str]) -> dict[str, int]:
    """The row ids of these documents."""
    sql = "SELECT uid, id FROM document WHERE uid IN (SELECT value FROM json_each(?))"
    return dict(store.rows(sql, (json_array(uids),)))


def matching_uids(store: Store, text: str) -> list[str]:
    """The uids that are `text`, begin with it, or end with it (the short id)."""
    sql = (
        "SELECT uid FROM document WHERE visible = 1 AND (uid = :text OR substr(uid, 1, length(:text)) = :text "
        "OR substr(uid, -length(:text)) = :text) LIMIT 3"
    )
    return [row[0] for row in store.rows(sql, {"text": text})]


def metadata_values(metadata: Metadata) -> dict[str, str]:
    """The columns of a document's details."""
    return {
        "title": clean(metadata.title),
        "authors": _lines(metadata.authors),
        "source": clean(metadata.source),
        "date": clean(metadata.date),
        "language": clean(metadata.language),
        "url": clean(metadata.url),
        "subtitle": clean(metadata.subtitle),
        "publisher": clean(metadata.publisher),
        "contributors": _lines(metadata.contributors),
        "identifiers": _lines(metadata.identifiers),
    }


def _lines(values: Iterable[str]) -> str:
    return "\n".join(clean(" ".join(value.split())) for value in values)


def set_columns(connection: Connection, uid: str, modified: str, **columns: str) -> None:
    """Set columns of a document; `modified` only where a value is new."""
    assignments = ", ".join(f"{name} = :{name}" for name in columns)
    differs = " OR ".join(f"{name} IS NOT :{name}" for name in columns)
    connection.execute(
        f"UPDATE document SET {assignments}, modified = :modified WHERE uid = :uid AND ({differs})",
        {**columns, "modified": modified, "uid": uid},
    )


def refresh(connection: Connection, document_id: int, metadata: Metadata) -> None:
    """Set the details of a document, unless somebody has edited them since it was added."""
    columns = metadata_values(metadata)
    assignments = ", ".join(f"{name} = :{name}" for name in columns)
    connection.execute(
        f"UPDATE document SET {assignments} WHERE id = :id AND modified = added", {**columns, "id": document_id}
    )


def touch(connection: Connection, document_id: int, modified: str) -> None:
    """Set when a document's details were last changed (its tags are rows of another table)."""
    connection.execute("UPDATE document SET modified = ? WHERE id = ?", (modified, document_id))


def set_removed(connection: Connection, uids: Sequence[str], removed: str) -> None:
    """Put documents into the bin at the instant `removed`, or take them out with an empty one."""
    connection.executemany(
        "UPDATE document SET removed = ? WHERE uid = ? AND (removed <> '') <> ?",
        [(removed, uid, bool(removed)) for uid in uids],
    )


def set_opened(connection: Connection, uid: str, opened: str) -> None:
    """Record when a document was opened."""
    connection.execute("UPDATE document SET opened = ? WHERE uid = ?", (opened, uid))


def set_position(connection: Connection, uid: str, position: int, progress: float) -> None:
    """Record the code point at the top of the window and the progress (0..1)."""
    connection.execute("UPDATE document SET position = ?, progress = ? WHERE uid = ?", (position, progress, uid))


def at_place(store: Store, path: str) -> tuple[str, int, int] | None:
    """What was last seen at a path: the document's uid, the file's size in bytes and its time in nanoseconds."""
    return store.row(
        "SELECT d.uid, f.size, f.modified_ns FROM file_place AS f JOIN document AS d ON d.id = f.document_id "
        "WHERE f.path = ? AND d.visible = 1 AND d.removed = ''",
        (path,),
    )


def seen_at(store: Store, uid: str) -> tuple[str, int, int] | None:
    """Where the file of a visible document was seen last: path, size in bytes, time in nanoseconds."""
    return store.row(
        "SELECT f.path, f.size, f.modified_ns FROM document AS d JOIN file_place AS f ON f.path = d.path "
        "AND f.document_id = d.id WHERE d.uid = ? AND d.visible = 1 AND d.removed = ''",
        (uid,),
    )


def format_of(store: Store, document_id: int) -> str:
    """The format of a document, one of `FORMATS`."""
    return store.row("SELECT format FROM document WHERE id = ?", (document_id,))[0]


def set_format(connection: Connection, document_id: int, kind: str) -> None:
    """Record the format of the file that a document's text was read from."""
    connection.execute("UPDATE document SET format = ? WHERE id = ? AND format <> ?", (kind, document_id, kind))


def places(store: Store, document_id: int) -> list[str]:
    """The paths at which files of a document were seen."""
    return [row[0] for row in store.rows("SELECT path FROM file_place WHERE document_id = ?", (document_id,))]


def row_at_place(store: Store, path: str) -> int | None:
    """The row id of the visible document last seen at a path, also from the bin."""
    row = store.row(
        "SELECT d.id FROM file_place AS f JOIN document AS d ON d.id = f.document_id WHERE f.path = ? AND d.visible",
        (path,),
    )
    return row[0] if row else None


def set_place(connection: Connection, document_id: int, path: str, size: int, modified_ns: int) -> None:
    """Remember that a document's file was seen at a path."""
    connection.execute(PLACE, (path, document_id, size, modified_ns))
    connection.execute("UPDATE document SET path = ? WHERE id = ?", (path, document_id))
