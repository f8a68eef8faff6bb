"""The text versions of one document: listed, given up, taken back, and forgotten for good."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from sqlite3 import Connection

from reader.store.database import Store
from reader.store.texts import VERSION_COLUMNS, TextVersion


@dataclass(frozen=True, slots=True)
class KnownVersion:
    """A complete text of a document that was not dropped: its row id, where it comes from, whether it is shown now.

    `corrects` is the row id of the text that it corrects, else 0.
    """

    id: int
    about: TextVersion
    shown: bool
    corrects: int


_KNOWN = (
    f"SELECT v.id, v.id IS d.text_version_id, coalesce(v.corrects, 0), {VERSION_COLUMNS} "
    "FROM text_version AS v JOIN document AS d ON d.id = v.document_id "
    "WHERE d.uid = ? AND d.visible = 1 AND v.complete AND v.dropped = ''"
)


def of_document(store: Store, uid: str) -> list[KnownVersion]:
    """The texts of a visible document, the newest first."""
    rows = store.rows(f"{_KNOWN} ORDER BY v.id DESC", (uid,))
    return [KnownVersion(row[0], TextVersion(*row[3:]), bool(row[1]), row[2]) for row in rows]


def drop(connection: Connection, version_id: int, now: str) -> None:
    """Give a text up; all of it stays until no step of the history can bring it back."""
    connection.execute("UPDATE text_version SET dropped = ? WHERE id = ?", (now, version_id))


_STEPS = "SELECT 1 FROM change AS c JOIN action AS a ON a.id = c.action_id AND a.state <> 'dropped'"

SHOWN_BY_A_STEP = (
    f"EXISTS ({_STEPS} WHERE c.table_name = 'document' AND c.row_id = v.document_id "
    "AND v.id IN (json_extract(c.before, '$.text_version_id'), json_extract(c.after, '$.text_version_id')))"
)
"""Whether undo or redo of any step would have a document show the text version `v`."""


def take_back(connection: Connection, version_id: int) -> None:
    """What is shown again is not given up any more."""
    connection.execute("UPDATE text_version SET dropped = '' WHERE id = ? AND dropped <> ''", (version_id,))


def forgettable(store: Store) -> list[int]:
    """Row ids of dropped texts that nothing shows, that no text corrects, and that no step of the history needs."""
    sql = (
        "SELECT v.id FROM text_version AS v WHERE v.dropped <> '' "
        "AND NOT EXISTS (SELECT 1 FROM document AS d WHERE d.text_version_id = v.id) "
        "AND NOT EXISTS (SELECT 1 FROM text_version AS w WHERE w.corrects = v.id) "
        f"AND NOT EXISTS ({_STEPS} WHERE c.table_name = 'text_version' AND c.row_id = v.id) "
        f"AND NOT {SHOWN_BY_A_STEP} ORDER BY v.id"
    )
    return [row[0] for row in store.rows(sql)]


def file_of(store: Store, version_id: int) -> tuple[str, str]:
    """Sha256 (hex) and suffix of the file that a text was read from."""
    row = store.row("SELECT file_sha256, file_suffix FROM text_version WHERE id = ?", (version_id,))
    return row or ("", "")


def forget_row(connection: Connection, sha256: str) -> bool:
    """Drop the small copy of a file that no text was read from any more; whether that is so."""
    if not sha256 or connection.execute("SELECT 1 FROM text_version WHERE file_sha256 = ?", (sha256,)).fetchone():
        return False
    connection.execute("DELETE FROM file_copy WHERE sha256 = ?", (sha256,))
    return True


def correction(store: Store, version_id: int) -> tuple[int, list[tuple[int, int, str]]]:
    """The row id of the text that a text corrects, and how: start, end (in that text) and the words instead.

    0 and nothing when it is no correction.
    """
    row = store.row("SELECT corrects, edits FROM text_version WHERE id = ?", (version_id,))
    if not row or not row[0] or not row[1]:
        return 0, []
    return row[0], [(start, end, words) for start, end, words in json.loads(row[1])]


def set_correction(
    connection: Connection, version_id: int, corrects: int, edits: Iterable[tuple[int, int, str]]
) -> None:
    """Say which text a new one corrects, and how; it has the same pictures."""
    text = json.dumps([list(edit) for edit in edits], ensure_ascii=False, separators=(",", ":"))
    connection.execute("UPDATE text_version SET corrects = ?, edits = ? WHERE id = ?", (corrects, text, version_id))
    connection.execute(
        "INSERT INTO asset (text_version_id, name, media_type, alt, source, data) "
        "SELECT ?, name, media_type, alt, source, data FROM asset WHERE text_version_id = ? ORDER BY id",
        (version_id, corrects),
    )


def corrections(store: Store, uids: Iterable[str]) -> list[tuple[str, str, list[tuple[int, int, str]]]]:
    """Of the documents of these uids that show a corrected text: uid, sha256 (hex) of the text corrected, and how."""
    sql = (
        "SELECT d.uid, w.text_sha256, v.edits FROM document AS d JOIN text_version AS v ON v.id = d.text_version_id "
        "JOIN text_version AS w ON w.id = v.corrects "
        "WHERE v.edits <> '' AND d.uid IN (SELECT value FROM json_each(?))"
    )
    rows = store.rows(sql, (json.dumps(list(uids)),))
    return [
        (uid, sha256, [(start, end, words) for start, end, words in json.loads(edits)]) for uid, sha256, edits in rows
    ]


def is_here(store: Store, version_id: int) -> tuple[bool, str]:
    """Whether a text is in the library whole, and its sha256 (hex)."""
    row = store.row("SELECT complete, text_sha256 FROM text_version WHERE id = ?", (version_id,))
    return (bool(row[0]), row[1]) if row else (False, "")
