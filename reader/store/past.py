"""What the journal holds of single rows, whoever changed them and whether it was taken back or not."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from reader.model.library import Action
from reader.store.database import Store
from reader.store.replay import RowChange, row_change

_COLUMNS = (
    "c.table_name, c.row_id, c.before, c.after, a.id, a.label, a.at, a.state <> 'done', 0, a.device "
    "FROM change AS c JOIN action AS a ON a.id = c.action_id"
)


@dataclass(frozen=True, slots=True)
class Recorded:
    """A row change and the step that made it."""

    change: RowChange
    action: Action

    @property
    def row(self) -> dict[str, Any]:
        """The row after the change, or before it where it was deleted."""
        return self.change.after or self.change.before or {}


def _recorded(store: Store, where: str, parameters: Sequence[Any]) -> list[Recorded]:
    rows = store.iterate(f"SELECT {_COLUMNS} WHERE {where}", parameters)
    return [Recorded(row_change(row[:4]), Action(row[4], row[5], row[6], bool(row[7]), row[8], row[9])) for row in rows]


def rows_of_mark(store: Store, uid: str) -> list[int]:
    """The row ids that an annotation has had; brought back after a deletion it may have got another one."""
    sql = (
        "SELECT id FROM annotation WHERE uid = :uid UNION SELECT row_id FROM change WHERE table_name = 'annotation' "
        "AND instr(coalesce(after, before), :written)"
    )
    return [row[0] for row in store.rows(sql, {"uid": uid, "written": f'"uid":{json.dumps(uid)}'})]


def row_of_mark(store: Store, uid: str) -> list[int]:
    """The row id that an annotation has now; nothing when it is deleted."""
    return [row[0] for row in store.rows("SELECT id FROM annotation WHERE uid = ?", (uid,))]


def of_rows(store: Store, table: str, row_ids: Iterable[int]) -> list[Recorded]:
    """Every change of these rows of a table, in order."""
    where = "c.table_name = ? AND c.row_id IN (SELECT value FROM json_each(?)) ORDER BY c.id"
    return _recorded(store, where, (table, json.dumps(list(row_ids))))


def links_of_marks(store: Store, row_ids: Iterable[int]) -> list[Recorded]:
    """Every change of the links between tags and the annotations of these row ids, in order."""
    where = (
        "c.table_name = 'annotation_tag' AND json_extract(coalesce(c.after, c.before), '$.annotation_id') "
        "IN (SELECT value FROM json_each(?)) ORDER BY c.id"
    )
    return _recorded(store, where, (json.dumps(list(row_ids)),))


def deletions(store: Store, table: str, limit: int) -> list[Recorded]:
    """The newest deletions of rows of a table that were not taken back, newest first."""
    where = "c.table_name = ? AND c.after IS NULL AND a.state = 'done' ORDER BY c.id DESC LIMIT ?"
    return _recorded(store, where, (table, limit))


def of_action(store: Store, action_id: int, tables: Iterable[str]) -> list[Recorded]:
    """What a step changed in these tables, in order."""
    where = "c.action_id = ? AND c.table_name IN (SELECT value FROM json_each(?)) ORDER BY c.id"
    return _recorded(store, where, (action_id, json.dumps(list(tables))))


def links_now(store: Store, mark_ids: Iterable[int]) -> list[tuple[int, int, int, int]]:
    """The links of annotations to tags: row id of the link and of the annotation, of the tag, and the position."""
    sql = (
        "SELECT id, annotation_id, tag_id, position FROM annotation_tag "
        "WHERE annotation_id IN (SELECT value FROM json_each(?))"
    )
    return store.rows(sql, (json.dumps(list(mark_ids)),))


def tags_now(store: Store, tag_ids: Iterable[int]) -> dict[int, str]:
    """The names of the tags of these row ids that exist."""
    sql = "SELECT id, name FROM tag WHERE id IN (SELECT value FROM json_each(?))"
    return dict(store.rows(sql, (json.dumps(list(tag_ids)),)))


def uids_now(store: Store, table: str, uids: Iterable[str]) -> set[str]:
    """Those of the uids that rows of a table have."""
    sql = f"SELECT uid FROM {table} WHERE uid IN (SELECT value FROM json_each(?))"
    return {row[0] for row in store.rows(sql, (json.dumps(list(uids)),))}


def document_uids(store: Store, row_ids: Iterable[int]) -> dict[int, tuple[str, str]]:
    """Uid and title of the documents of these row ids that are visible, also from the bin."""
    sql = "SELECT id, uid, title FROM document WHERE visible = 1 AND id IN (SELECT value FROM json_each(?))"
    return {row[0]: (row[1], row[2]) for row in store.rows(sql, (json.dumps(list(row_ids)),))}


def matching_uids(store: Store, text: str) -> list[str]:
    """The uids of annotations, also of deleted ones, that are `text`, begin or end with it."""
    sql = (
        "WITH known (uid) AS (SELECT uid FROM annotation UNION SELECT json_extract(before, '$.uid') FROM change "
        "WHERE table_name = 'annotation' AND after IS NULL) "
        "SELECT uid FROM known WHERE uid = :text OR substr(uid, 1, length(:text)) = :text "
        "OR substr(uid, -length(:text)) = :text LIMIT 3"
    )
    return [row[0] for row in store.rows(sql, {"text": text})]


def was_reused(store: Store, table: str, row_id: int, action_id: int) -> bool:
    """Whether the row of this id is gone, or is another one than it was at a step: made anew after it."""
    row = store.row(f"SELECT uid FROM {table} WHERE id = ?", (row_id,))
    if row is None:
        return True
    made = [(one.action.id, one.row["uid"]) for one in of_rows(store, table, [row_id]) if one.change.before is None]
    return bool(made) and (row[0] not in [uid for at, uid in made if at <= action_id]) and made[0][0] > action_id
