"""The word indexes: asked, and kept up to date.

Terms are words as the index holds them, with a mark whether the last one may go on: `(("ab", "cd"), True)`.
"""

from collections.abc import Callable, Generator, Iterable, Sequence
from contextlib import contextmanager
from sqlite3 import OperationalError

from reader.store.database import Connection, Store
from reader.store.rows import json_array

Term = tuple[Sequence[str], bool]
_INTERRUPTED = 9
_STEPS = 20_000


def match_expression(terms: Iterable[Term]) -> str:
    """The FTS5 expression that asks for all terms."""
    return " ".join(
        '"' + " ".join(token.replace('"', '""') for token in tokens) + '"' + ("*" if prefix else "")
        for tokens, prefix in terms
    )


class Interrupted(Exception):
    """The search was cancelled."""


@contextmanager
def interruptible(store: Store, cancelled: Callable[[], bool]) -> Generator[None]:
    """Let `cancelled` end the queries within; Interrupted is raised then."""
    connection = store.connection
    connection.set_progress_handler(lambda: int(cancelled()), _STEPS)
    try:
        yield
    except OperationalError as error:
        if getattr(error, "sqlite_errorcode", 0) & 0xFF == _INTERRUPTED:
            raise Interrupted from error
        raise
    finally:
        connection.set_progress_handler(None, 0)


_MATCHING = "SELECT rowid FROM passage_search WHERE passage_search MATCH ?{within} LIMIT ?"
_RANKED = "SELECT rowid FROM passage_search WHERE passage_search MATCH ?{within} ORDER BY rank"
_SHOWN = """
SELECT p.text_version_id, d.id, p.start_position, p.end_position
FROM json_each(?) AS hit CROSS JOIN passage AS p ON p.id = hit.value JOIN text_version AS v ON v.id = p.text_version_id
JOIN document AS d ON d.id = v.document_id AND d.text_version_id = v.id
WHERE d.visible = 1 AND d.removed = '' AND NOT EXISTS (
    SELECT 1 FROM mask AS m WHERE m.document_id = d.id AND m.state = 'hidden' AND m.anchor_state <> 'lost'
    AND m.start_position <= p.start_position AND m.end_position >= p.end_position
) ORDER BY hit.key LIMIT ?
"""
_MANY = 2000
_MOST = 20_000


def passages(
    store: Store, match: str, limit: int, within: tuple[int, int] | None = None
) -> tuple[list[tuple[int, int, int, int]], bool]:
    """Text version, document, start and end of the best passages, and whether there are more.

    `within` are the first and last row id of the passages of one text. Up to 2,000 passages are ranked; of more,
    which are the hits of a common word or of its first letters, some from all over the library are taken: ranking
    them would cost many times the query itself. Passages that one mask hides wholly are left out.
    """
    condition = " AND rowid BETWEEN ? AND ?" if within else ""
    found = store.rows(_MATCHING.format(within=condition), (match, *(within or ()), _MOST))
    if len(found) > _MANY:
        ids = _spread([row[0] for row in found], limit + 1)
    elif len(found) > 1:
        ids = [row[0] for row in store.rows(_RANKED.format(within=condition), (match, *(within or ())))]
    else:
        ids = [row[0] for row in found]
    rows = store.rows(_SHOWN, (json_array(ids), limit + 1))
    return rows[:limit], len(rows) > limit or len(found) > _MANY


def _spread(ids: Sequence[int], count: int) -> list[int]:
    """About `count` of the ids, evenly taken."""
    return [ids[at * len(ids) // count] for at in range(count)]


def passage_ids(store: Store, document_id: int) -> tuple[int, int]:
    """The first and last row id of the passages of a document's present text."""
    row = store.row(
        "SELECT coalesce(min(p.id), 0), coalesce(max(p.id), -1) FROM document AS d "
        "JOIN passage AS p ON p.text_version_id = d.text_version_id WHERE d.id = ?",
        (document_id,),
    )
    return row[0], row[1]


def annotation_ids(store: Store, match: str, limit: int, document_id: int | None = None) -> list[int]:
    """Row ids of the best annotations of documents outside the bin."""
    within = "" if document_id is None else " AND d.id = :document"
    sql = (
        "SELECT a.id FROM annotation_search AS s JOIN annotation AS a ON a.id = s.rowid "
        "JOIN document AS d ON d.id = a.document_id WHERE annotation_search MATCH :match "
        f"AND d.visible = 1 AND d.removed = ''{within} ORDER BY s.rank LIMIT :limit"
    )
    return [row[0] for row in store.rows(sql, {"match": match, "limit": limit, "document": document_id})]


def document_ids(store: Store, match: str, limit: int) -> list[int]:
    """Row ids of the best documents outside the bin by title, authors, source and tags."""
    sql = (
        "SELECT d.id FROM document_search AS s JOIN document AS d ON d.id = s.rowid "
        "WHERE document_search MATCH ? AND d.visible = 1 AND d.removed = '' ORDER BY s.rank LIMIT ?"
    )
    return [row[0] for row in store.rows(sql, (match, limit))]


def piece(store: Store, version_id: int, start: int, end: int) -> str:
    """`text[start:end]` of a passage, without reading the whole text."""
    row = store.row(
        "SELECT start_position, text FROM text_part WHERE text_version_id = ? AND start_position <= ? "
        "ORDER BY start_position DESC LIMIT 1",
        (version_id, start),
    )
    return row[1][start - row[0] : end - row[0]] if row else ""


# Keeping up


def is_queued(store: Store) -> bool:
    """Whether annotations or documents wait to be indexed."""
    sql = "SELECT EXISTS (SELECT 1 FROM annotation_search_queue) OR EXISTS (SELECT 1 FROM document_search_queue)"
    return bool(store.row(sql)[0])


def take_queued(connection: Connection, kind: str, limit: int) -> list[tuple[int, str, str, str]]:
    """Take up to `limit` rows from a queue ("annotation" or "document"), out of the index too.

    Row id and the three texts to be indexed of those that still exist; an empty result says the queue is empty.
    """
    taken = connection.execute(
        f"DELETE FROM {kind}_search_queue WHERE {kind}_id IN (SELECT {kind}_id FROM {kind}_search_queue LIMIT ?) "
        f"RETURNING {kind}_id",
        (limit,),
    ).fetchall()
    connection.executemany(f"DELETE FROM {kind}_search WHERE rowid = ?", taken)
    texts = "a.quote, a.note" if kind == "annotation" else "a.title, a.authors || ' ' || a.source"
    sql = (
        f"SELECT a.id, {texts}, coalesce((SELECT group_concat(t.name, char(10)) FROM {kind}_tag AS l "
        f"JOIN tag AS t ON t.id = l.tag_id WHERE l.{kind}_id = a.id), '') FROM {kind} AS a WHERE a.id = ?"
    )
    return [connection.execute(sql, row_id).fetchone() or (row_id[0], "", "", "") for row_id in taken]


def index(connection: Connection, kind: str, words: Iterable[tuple[int, str, str, str]]) -> None:
    """Put rows into an index ("annotation" or "document"): row id and the words of its three columns."""
    connection.executemany(f"INSERT INTO {kind}_search (rowid, {_COLUMNS[kind]}) VALUES (?, ?, ?, ?)", list(words))


_COLUMNS = {"annotation": "quote, note, tags", "document": "title, about, tags"}


def clear_passages(connection: Connection) -> int:
    """Empty the index of passages; the highest row id that is to be put in again."""
    connection.execute("INSERT INTO passage_search (passage_search) VALUES ('delete-all')")
    return connection.execute("SELECT coalesce(max(id), 0) FROM passage").fetchone()[0]


def passages_after(store: Store, row_id: int, last: int, limit: int) -> list[tuple[int, int, int, int]]:
    """Row id, text version, start and end of the next passages up to `last`."""
    sql = (
        "SELECT id, text_version_id, start_position, end_position FROM passage WHERE id > ? AND id <= ? "
        "ORDER BY id LIMIT ?"
    )
    return store.rows(sql, (row_id, last, limit))
