"""Which documents have changed since a moment, in what a file about them could say: told by the journal."""

import json
from dataclasses import dataclass

from reader.store.database import Store
from reader.store.following import Position, position, turned

_CHANGED = """
WITH touched AS MATERIALIZED (
    SELECT id, table_name, row_id, before, after FROM change WHERE id > :change
    UNION SELECT id, table_name, row_id, before, after FROM change
    WHERE action_id IN (SELECT value FROM json_each(:turned))
), row (table_name, row_id, value) AS (
    SELECT table_name, row_id, before FROM touched WHERE before IS NOT NULL
    UNION ALL SELECT table_name, row_id, after FROM touched WHERE after IS NOT NULL
), renamed (id) AS (
    SELECT row_id FROM touched WHERE table_name = 'tag' AND before ->> 'name' IS NOT after ->> 'name'
), found (id) AS (
    SELECT row_id FROM row WHERE table_name = 'document'
    UNION SELECT value ->> 'document_id' FROM row
        WHERE table_name IN ('annotation', 'document_tag', 'mask', 'text_version')
    UNION SELECT a.document_id FROM row JOIN annotation AS a ON a.id = row.value ->> 'annotation_id'
        WHERE table_name = 'annotation_tag'
    UNION SELECT a.document_id FROM renamed JOIN annotation_tag AS l ON l.tag_id = renamed.id
        JOIN annotation AS a ON a.id = l.annotation_id
    UNION SELECT l.document_id FROM renamed JOIN document_tag AS l ON l.tag_id = renamed.id
    UNION SELECT document_id FROM annotation
        WHERE color IN (SELECT value ->> 'color' FROM row WHERE table_name = 'category')
)
SELECT uid FROM document WHERE id IN (SELECT id FROM found) ORDER BY uid
"""


@dataclass(frozen=True, slots=True)
class Reached:
    """How far the journal went at a moment; `last` is its newest row then, which no other library has."""

    position: Position
    last: tuple[object, ...]


def reached(store: Store) -> Reached:
    """How far the journal goes now."""
    with store.reading():
        now = position(store)
        return Reached(now, _row(store, now.change))


def changed_since(store: Store, before: Reached) -> list[str] | None:
    """The uids of the documents that may look different since; None when there is no telling which.

    What counts is all that can be exported: marks, their tags by name, the names of their categories, what is known of
    the document, which text it has and what is hidden in it.
    """
    with store.reading():
        now, known = position(store), before.position
        if now.shape != known.shape or now.change < known.change or _row(store, known.change) != before.last:
            return None
        steps = turned(store, known.done)
        if steps is None:
            return None
        parameters = {"change": known.change, "turned": json.dumps([*steps[0], *steps[1]])}
        return [row[0] for row in store.rows(_CHANGED, parameters)]


def _row(store: Store, change: int) -> tuple[object, ...]:
    found = store.row("SELECT action_id, table_name, row_id, before, after FROM change WHERE id = ?", (change,))
    return tuple(found or ())
