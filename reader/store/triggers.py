"""The triggers of a library: journal, counts and the queues of what is to be indexed again.

They are made from lists of columns, so that a migration which rebuilds a table, and so drops its triggers, can
make them again (`trigger_script`).
"""

from collections.abc import Collection

JOURNALLED: dict[str, tuple[str, ...]] = {
    "annotation": (
        "uid", "document_id", "start_position", "end_position", "quote", "quote_before", "quote_after", "page_rects",
        "color", "style", "note", "created", "modified", "state", "score", "picture",
        "reviewed",
    ),
    "annotation_tag": ("annotation_id", "tag_id", "position"),
    "document_tag": ("document_id", "tag_id", "position"),
    "tag": ("uid", "name", "key", "color", "description"),
    "category": ("color", "name"),
    "document": (
        "uid", "title", "authors", "source", "date", "language", "url", "subtitle", "publisher", "contributors",
        "identifiers", "format", "text_version_id", "visible", "removed", "modified",
    ),
    "mask": (
        "uid", "document_id", "start_position", "end_position", "quote", "quote_before", "quote_after", "state",
        "anchor_state", "created", "modified",
    ),
    "text_version": ("document_id", "dropped"),
}  # fmt: skip
"""The tables whose rows the journal follows, and the columns. Documents appear and vanish by `visible` alone,
texts by `dropped`."""

_QUEUED: tuple[tuple[str, str, str, str], ...] = (
    ("annotation_insert", "AFTER INSERT ON annotation", "annotation", "VALUES (NEW.id)"),
    ("annotation_update", "AFTER UPDATE OF quote, note ON annotation", "annotation", "VALUES (NEW.id)"),
    ("annotation_delete", "AFTER DELETE ON annotation", "annotation", "VALUES (OLD.id)"),
    ("annotation_tag_insert", "AFTER INSERT ON annotation_tag", "annotation", "VALUES (NEW.annotation_id)"),
    ("annotation_tag_update", "AFTER UPDATE OF tag_id ON annotation_tag", "annotation", "VALUES (NEW.annotation_id)"),
    ("annotation_tag_delete", "AFTER DELETE ON annotation_tag", "annotation", "VALUES (OLD.annotation_id)"),
    (
        "annotation_tag_rename",
        "AFTER UPDATE OF name ON tag",
        "annotation",
        "SELECT annotation_id FROM annotation_tag WHERE tag_id = NEW.id",
    ),
    ("document_update", "AFTER UPDATE OF title, authors, source, visible ON document", "document", "VALUES (NEW.id)"),
    ("document_delete", "AFTER DELETE ON document", "document", "VALUES (OLD.id)"),
    ("document_tag_insert", "AFTER INSERT ON document_tag", "document", "VALUES (NEW.document_id)"),
    ("document_tag_update", "AFTER UPDATE OF tag_id ON document_tag", "document", "VALUES (NEW.document_id)"),
    ("document_tag_delete", "AFTER DELETE ON document_tag", "document", "VALUES (OLD.document_id)"),
    (
        "document_tag_rename",
        "AFTER UPDATE OF name ON tag",
        "document",
        "SELECT document_id FROM document_tag WHERE tag_id = NEW.id",
    ),
)
"""Triggers that queue what is to be indexed again: name, event, which queue, which rows."""


def _queue_triggers() -> str:
    return "\n".join(
        f"CREATE TRIGGER queue_{name} {event} BEGIN INSERT INTO {queue}_search_queue {rows}"
        f"{'' if rows.startswith('VALUES') else ' GROUP BY 1'} ON CONFLICT DO NOTHING; END;"
        for name, event, queue, rows in _QUEUED
    )


_COUNTS = """
CREATE TRIGGER count_annotation_insert AFTER INSERT ON annotation BEGIN
    UPDATE document SET annotation_count = annotation_count + 1 WHERE id = NEW.document_id;
END;
CREATE TRIGGER count_annotation_delete AFTER DELETE ON annotation BEGIN
    UPDATE document SET annotation_count = annotation_count - 1 WHERE id = OLD.document_id;
END;
CREATE TRIGGER count_annotation_move AFTER UPDATE OF document_id ON annotation
WHEN OLD.document_id <> NEW.document_id BEGIN
    UPDATE document SET annotation_count = annotation_count - 1 WHERE id = OLD.document_id;
    UPDATE document SET annotation_count = annotation_count + 1 WHERE id = NEW.document_id;
END;
"""


def _row_json(row: str, columns: tuple[str, ...]) -> str:
    return "json_object(" + ", ".join(f"'{name}', {row}.{name}" for name in columns) + ")"


def _record(table: str, row: str, before: str, after: str) -> str:
    return (
        "INSERT INTO change (action_id, table_name, row_id, before, after) "
        f"SELECT id, '{table}', {row}.id, {before}, {after} FROM action WHERE state = 'open';"
    )


def _journal_triggers(table: str, columns: tuple[str, ...]) -> str:
    old, new = _row_json("OLD", columns), _row_json("NEW", columns)
    differs = " OR ".join(f"OLD.{name} IS NOT NEW.{name}" for name in columns)
    update = (
        f"CREATE TRIGGER journal_{table}_update AFTER UPDATE OF {', '.join(columns)} ON {table} WHEN {differs} "
        f"BEGIN {_record(table, 'NEW', old, new)} END;"
    )
    if table in ("document", "text_version"):
        return update
    return (
        f"CREATE TRIGGER journal_{table}_insert AFTER INSERT ON {table} "
        f"BEGIN {_record(table, 'NEW', 'NULL', new)} END;\n{update}\n"
        f"CREATE TRIGGER journal_{table}_delete AFTER DELETE ON {table} "
        f"BEGIN {_record(table, 'OLD', old, 'NULL')} END;"
    )


def trigger_script(tables: Collection[str] = JOURNALLED.keys()) -> str:
    """The SQL that creates every trigger of a library that has these journalled tables."""
    journal = "\n".join(_journal_triggers(table, columns) for table, columns in JOURNALLED.items() if table in tables)
    return f"{_queue_triggers()}\n{_COUNTS}\n{journal}"
