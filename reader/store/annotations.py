"""Annotation rows."""

from collections.abc import Iterable, Iterator, Sequence
from sqlite3 import Connection
from typing import Any

from reader.model.annotation import Anchor, Annotation, PageRect
from reader.store.database import Store
from reader.store.ids import clean
from reader.store.rows import ANNOTATION_COLUMNS, annotation, json_array, rects_text

_FROM = "annotation AS a JOIN document AS d ON d.id = a.document_id"
_ORDER = "a.start_position, a.end_position, a.uid"
_INSERT = (
    "INSERT INTO annotation (uid, document_id, start_position, end_position, quote, quote_before, quote_after, "
    "page_rects, color, style, note, created, modified, state, score, picture, reviewed) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_UPDATE = (
    "UPDATE annotation SET document_id = ?, start_position = ?, end_position = ?, quote = ?, quote_before = ?, "
    "quote_after = ?, page_rects = ?, color = ?, style = ?, note = ?, created = ?, modified = ?, state = ?, score = ?, "
    "picture = ?, reviewed = ? WHERE uid = ?"
)
SCORE_DIGITS = 4
"""Scores are kept to four decimals: enough to show, and exact in the journal's JSON."""


def _anchor_values(anchor: Anchor | None) -> tuple[Any, ...]:
    if anchor is None:
        return (None, None, "", "", "", "")
    return (anchor.start, anchor.end, anchor.exact, anchor.prefix, anchor.suffix, rects_text(anchor.rects))


def values(mark: Annotation, document_id: int) -> tuple[Any, ...]:
    """The row of an annotation without its uid, in the order of the table."""
    return (
        document_id,
        *_anchor_values(mark.anchor),
        mark.color.value,
        mark.style.value,
        clean(mark.note),
        mark.created,
        mark.modified,
        mark.state.value,
        round(mark.score, SCORE_DIGITS),
        mark.picture,
        mark.reviewed,
    )


def insert(connection: Connection, mark: Annotation, document_id: int) -> int:
    """Insert one annotation without its tags; its row id."""
    row_id = connection.execute(_INSERT, (mark.uid, *values(mark, document_id))).lastrowid
    assert row_id is not None
    return row_id


def insert_many(connection: Connection, marks: Iterable[tuple[Annotation, int]]) -> None:
    """Insert annotations, each with its document's row id, without their tags."""
    connection.executemany(_INSERT, [(mark.uid, *values(mark, document_id)) for mark, document_id in marks])


def update_many(connection: Connection, marks: Iterable[tuple[Annotation, int]]) -> None:
    """Bring the rows of these uids to what the annotations say, without their tags."""
    connection.executemany(_UPDATE, [(*values(mark, document_id), mark.uid) for mark, document_id in marks])


def set_columns(connection: Connection, uids: Sequence[str], modified: str, **columns: Any) -> None:
    """Set columns of several annotations; `modified` only where a value is new."""
    assignments = ", ".join(f"{name} = :{name}" for name in columns)
    differs = " OR ".join(f"{name} IS NOT :{name}" for name in columns)
    connection.executemany(
        f"UPDATE annotation SET {assignments}, modified = :modified WHERE uid = :uid AND ({differs})",
        [{**columns, "modified": modified, "uid": uid} for uid in uids],
    )


def set_anchor(connection: Connection, uid: str, anchor: Anchor, modified: str) -> None:
    """Move a mark to another passage: it is exact there."""
    names = ("start_position", "end_position", "quote", "quote_before", "quote_after", "page_rects")
    columns = dict(zip(names, _anchor_values(anchor), strict=True))
    set_columns(connection, [uid], modified, **columns, state="exact", score=1.0, reviewed="")


def set_places(connection: Connection, places: Iterable[tuple[int, int, str, float, str]]) -> None:
    """Record where marks stand in another text: start, end, state, score (0..1) and uid of each.

    What a person has decided of a mark was about the former text; what was to stay lost stays so while it is lost.
    """
    connection.executemany(
        "UPDATE annotation SET start_position = :start, end_position = :end, state = :state, score = :score, "
        "reviewed = iif(state = 'lost' AND :state = 'lost', reviewed, '') WHERE uid = :uid",
        [
            {"start": start, "end": end, "state": state, "score": round(score, SCORE_DIGITS), "uid": uid}
            for start, end, state, score, uid in places
        ],
    )


def set_rects(connection: Connection, rects: Iterable[tuple[str, Sequence[PageRect]]]) -> None:
    """Record where marks are on the pages: uid and rectangles of each."""
    connection.executemany(
        "UPDATE annotation SET page_rects = ? WHERE uid = ?", [(rects_text(places), uid) for uid, places in rects]
    )


def set_picture(connection: Connection, uid: str, picture: str) -> None:
    """Record the name (sha256, hex) of the picture that an area is kept with."""
    connection.execute("UPDATE annotation SET picture = ? WHERE uid = ?", (picture, uid))


def with_bare_areas(store: Store) -> list[str]:
    """The uids of the documents that have areas without a picture, and the file that they are of."""
    sql = (
        f"SELECT DISTINCT d.uid FROM {_FROM} JOIN text_version AS t ON t.id = d.text_version_id "
        "WHERE a.style = 'area' AND a.picture = '' AND a.page_rects <> '' AND a.state <> 'lost' "
        "AND d.removed = '' AND t.file_sha256 <> '' ORDER BY d.id"
    )
    return [row[0] for row in store.rows(sql)]


def touch(connection: Connection, row_ids: Iterable[int], modified: str) -> None:
    """Set when annotations were last changed (their tags are rows of another table)."""
    connection.executemany("UPDATE annotation SET modified = ? WHERE id = ?", [(modified, row) for row in row_ids])


def delete(connection: Connection, uids: Sequence[str]) -> None:
    """Delete annotations; their links to tags go with them."""
    connection.executemany("DELETE FROM annotation WHERE uid = ?", [(uid,) for uid in uids])


def _tags_of(store: Store, where: str, parameters: Sequence[Any]) -> dict[int, tuple[str, ...]]:
    sql = (
        "SELECT l.annotation_id, t.name FROM annotation AS a JOIN annotation_tag AS l ON l.annotation_id = a.id "
        f"JOIN tag AS t ON t.id = l.tag_id WHERE {where} ORDER BY l.annotation_id, l.position, l.id"
    )
    tags: dict[int, tuple[str, ...]] = {}
    for row_id, name in store.iterate(sql, parameters):
        tags[row_id] = (*tags.get(row_id, ()), name)
    return tags


def _select(store: Store, where: str, parameters: Sequence[Any], order: str = _ORDER) -> list[Annotation]:
    rows = store.rows(f"SELECT {ANNOTATION_COLUMNS} FROM {_FROM} WHERE {where} ORDER BY {order}", parameters)
    if not rows:
        return []
    tags = _tags_of(store, where, parameters)
    return [annotation(row, tags.get(row[0], ())) for row in rows]


def of_document(store: Store, document_id: int) -> list[Annotation]:
    """A document's annotations in text order, notes on the whole document first."""
    return _select(store, "a.document_id = ?", (document_id,))


def between(store: Store, document_id: int, start: int, end: int) -> list[Annotation]:
    """A document's annotations that stand in the text somewhere between two code points, in text order."""
    where = "a.document_id = ? AND a.start_position < ? AND a.end_position > ? AND a.state <> 'lost'"
    return _select(store, where, (document_id, end, start))


def by_uid(store: Store, uids: Sequence[str]) -> list[Annotation]:
    """The annotations of these uids that exist, in the order asked."""
    if len(uids) == 1:
        return _select(store, "a.uid = ?", (uids[0],))
    found = _select(store, "a.uid IN (SELECT value FROM json_each(?))", (json_array(uids),))
    place = {uid: index for index, uid in enumerate(uids)}
    return sorted(found, key=lambda mark: place[mark.uid])


def by_id(store: Store, row_ids: Sequence[int]) -> dict[int, Annotation]:
    """The annotations of these row ids that exist."""
    where, parameters = "a.id IN (SELECT value FROM json_each(?))", (json_array(row_ids),)
    tags = _tags_of(store, where, parameters)
    rows = store.rows(f"SELECT {ANNOTATION_COLUMNS} FROM {_FROM} WHERE {where}", parameters)
    return {row[0]: annotation(row, tags.get(row[0], ())) for row in rows}


def row_ids(store: Store, uids: Sequence[str]) -> dict[str, int]:
    """The row ids of these uids."""
    sql = "SELECT uid, id FROM annotation WHERE uid IN (SELECT value FROM json_each(?))"
    return dict(store.rows(sql, (json_array(uids),)))


def uids(store: Store, row_ids: Sequence[int]) -> list[str]:
    """The uids of these row ids, in the order given; what is not there any more is left out."""
    found = dict(
        store.rows(
            "SELECT id, uid FROM annotation WHERE id IN (SELECT value FROM json_each(?))", (json_array(row_ids),)
        )
    )
    return [found[row_id] for row_id in row_ids if row_id in found]


def iterate(store: Store, where: str, parameters: Sequence[Any], order: str) -> Iterator[Annotation]:
    """Annotations one by one, for results of any length."""
    tags = _tags_of(store, f"a.id IN (SELECT a.id FROM {_FROM} WHERE {where})", parameters)
    for row in store.iterate(f"SELECT {ANNOTATION_COLUMNS} FROM {_FROM} WHERE {where} ORDER BY {order}", parameters):
        yield annotation(row, tags.get(row[0], ()))


def matching_uids(store: Store, text: str) -> list[str]:
    """The uids that are `text`, begin with it, or end with it (the short id)."""
    return [
        row[0]
        for row in store.rows(
            "SELECT uid FROM annotation WHERE uid = :text OR substr(uid, 1, length(:text)) = :text "
            "OR substr(uid, -length(:text)) = :text LIMIT 3",
            {"text": text},
        )
    ]
