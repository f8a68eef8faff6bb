"""The tables of a library, as SQL. `resources/schema/library.md` explains each of them.

Only migrations import this module. Triggers are made from lists of columns, so that a migration which rebuilds
a table can make them again (`create_triggers`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3

TOKENIZER = """tokenize="unicode61 remove_diacritics 0 categories 'L* M* N* Co'\""""
"""Words are letters, marks and digits; folding has been done before."""

TABLES = """
CREATE TABLE document (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL DEFAULT '',
    authors TEXT NOT NULL DEFAULT '',
    source TEXT NOT NULL DEFAULT '',
    date TEXT NOT NULL DEFAULT '',
    language TEXT NOT NULL DEFAULT '',
    url TEXT NOT NULL DEFAULT '',
    format TEXT NOT NULL DEFAULT 'text',
    text_version_id INTEGER REFERENCES text_version(id),
    visible INTEGER NOT NULL DEFAULT 0,
    removed TEXT NOT NULL DEFAULT '',
    modified TEXT NOT NULL DEFAULT '',
    added TEXT NOT NULL DEFAULT '',
    path TEXT NOT NULL DEFAULT '',
    opened TEXT NOT NULL DEFAULT '',
    position INTEGER NOT NULL DEFAULT 0,
    progress REAL NOT NULL DEFAULT 0,
    annotation_count INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE text_version (
    id INTEGER PRIMARY KEY,
    document_id INTEGER NOT NULL REFERENCES document(id) ON DELETE CASCADE,
    reader TEXT NOT NULL DEFAULT '',
    reader_version INTEGER NOT NULL DEFAULT 0,
    normaliser_version INTEGER NOT NULL DEFAULT 0,
    file_sha256 TEXT NOT NULL DEFAULT '',
    file_size INTEGER NOT NULL DEFAULT 0,
    file_suffix TEXT NOT NULL DEFAULT '',
    text_sha256 TEXT NOT NULL DEFAULT '',
    length INTEGER NOT NULL DEFAULT 0,
    words INTEGER NOT NULL DEFAULT 0,
    complete INTEGER NOT NULL DEFAULT 0,
    created TEXT NOT NULL DEFAULT '',
    hard_wrapped INTEGER NOT NULL DEFAULT 0,
    structure TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX text_version_document ON text_version(document_id);
CREATE INDEX text_version_file ON text_version(file_sha256);
CREATE INDEX text_version_text ON text_version(text_sha256);

CREATE TABLE text_part (
    id INTEGER PRIMARY KEY,
    text_version_id INTEGER NOT NULL REFERENCES text_version(id) ON DELETE CASCADE,
    start_position INTEGER NOT NULL,
    text TEXT NOT NULL,
    UNIQUE (text_version_id, start_position)
) STRICT;

CREATE TABLE file_copy (
    sha256 TEXT PRIMARY KEY,
    data BLOB NOT NULL
) STRICT;

CREATE TABLE asset (
    id INTEGER PRIMARY KEY,
    text_version_id INTEGER NOT NULL REFERENCES text_version(id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    media_type TEXT NOT NULL DEFAULT '',
    alt TEXT NOT NULL DEFAULT '',
    data BLOB NOT NULL,
    UNIQUE (text_version_id, name)
) STRICT;

CREATE TABLE file_place (
    path TEXT PRIMARY KEY,
    document_id INTEGER NOT NULL REFERENCES document(id) ON DELETE CASCADE,
    size INTEGER NOT NULL,
    modified_ns INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX file_place_document ON file_place(document_id);

CREATE TABLE annotation (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    document_id INTEGER NOT NULL REFERENCES document(id),
    start_position INTEGER,
    end_position INTEGER,
    quote TEXT NOT NULL DEFAULT '',
    quote_before TEXT NOT NULL DEFAULT '',
    quote_after TEXT NOT NULL DEFAULT '',
    page_rects TEXT NOT NULL DEFAULT '',
    color TEXT NOT NULL DEFAULT 'yellow',
    style TEXT NOT NULL DEFAULT 'highlight',
    note TEXT NOT NULL DEFAULT '',
    created TEXT NOT NULL DEFAULT '',
    modified TEXT NOT NULL DEFAULT '',
    state TEXT NOT NULL DEFAULT 'exact',
    score REAL NOT NULL DEFAULT 1.0
) STRICT;
CREATE INDEX annotation_document ON annotation(document_id, start_position);

CREATE TABLE tag (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    key TEXT NOT NULL UNIQUE,
    color TEXT NOT NULL DEFAULT '',
    description TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE TABLE annotation_tag (
    id INTEGER PRIMARY KEY,
    annotation_id INTEGER NOT NULL REFERENCES annotation(id) ON DELETE CASCADE,
    tag_id INTEGER NOT NULL REFERENCES tag(id) ON DELETE CASCADE,
    position INTEGER NOT NULL DEFAULT 0,
    UNIQUE (annotation_id, tag_id)
) STRICT;
CREATE INDEX annotation_tag_tag ON annotation_tag(tag_id);

CREATE TABLE document_tag (
    id INTEGER PRIMARY KEY,
    document_id INTEGER NOT NULL REFERENCES document(id) ON DELETE CASCADE,
    tag_id INTEGER NOT NULL REFERENCES tag(id) ON DELETE CASCADE,
    position INTEGER NOT NULL DEFAULT 0,
    UNIQUE (document_id, tag_id)
) STRICT;
CREATE INDEX document_tag_tag ON document_tag(tag_id);

CREATE TABLE category (
    id INTEGER PRIMARY KEY,
    color TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL
) STRICT;

CREATE TABLE action (
    id INTEGER PRIMARY KEY,
    label TEXT NOT NULL,
    at TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('open', 'done', 'undone', 'dropped')),
    merge_key TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE UNIQUE INDEX action_open ON action(state) WHERE state = 'open';
CREATE INDEX action_undone ON action(id) WHERE state = 'undone';

CREATE TABLE change (
    id INTEGER PRIMARY KEY,
    action_id INTEGER NOT NULL REFERENCES action(id) ON DELETE CASCADE,
    table_name TEXT NOT NULL,
    row_id INTEGER NOT NULL,
    before TEXT,
    after TEXT
) STRICT;
CREATE INDEX change_action ON change(action_id);

CREATE TABLE passage (
    id INTEGER PRIMARY KEY,
    text_version_id INTEGER NOT NULL REFERENCES text_version(id) ON DELETE CASCADE,
    start_position INTEGER NOT NULL,
    end_position INTEGER NOT NULL
) STRICT;
CREATE INDEX passage_text_version ON passage(text_version_id);

CREATE TABLE annotation_search_queue (
    annotation_id INTEGER PRIMARY KEY
) STRICT;

CREATE TABLE document_search_queue (
    document_id INTEGER PRIMARY KEY
) STRICT;

CREATE TABLE setting (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
"""

SEARCH_TABLES = f"""
CREATE VIRTUAL TABLE passage_search USING fts5(words, content='', {TOKENIZER});
CREATE VIRTUAL TABLE annotation_search USING fts5(quote, note, tags, {TOKENIZER});
CREATE VIRTUAL TABLE document_search USING fts5(title, about, tags, {TOKENIZER});
INSERT INTO passage_search (passage_search, rank) VALUES ('automerge', 0);
INSERT INTO passage_search (passage_search, rank) VALUES ('crisismerge', 64);
"""

JOURNALLED: dict[str, tuple[str, ...]] = {
    "annotation": (
        "uid", "document_id", "start_position", "end_position", "quote", "quote_before", "quote_after", "page_rects",
        "color", "style", "note", "created", "modified", "state", "score",
    ),
    "annotation_tag": ("annotation_id", "tag_id", "position"),
    "document_tag": ("document_id", "tag_id", "position"),
    "tag": ("uid", "name", "key", "color", "description"),
    "category": ("color", "name"),
    "document": (
        "uid", "title", "authors", "source", "date", "language", "url", "format", "text_version_id", "visible",
        "removed", "modified",
    ),
}  # fmt: skip
"""The tables whose rows the journal follows, and the columns. Documents appear and vanish by `visible` alone."""

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
    if table == "document":
        return update
    return (
        f"CREATE TRIGGER journal_{table}_insert AFTER INSERT ON {table} "
        f"BEGIN {_record(table, 'NEW', 'NULL', new)} END;\n{update}\n"
        f"CREATE TRIGGER journal_{table}_delete AFTER DELETE ON {table} "
        f"BEGIN {_record(table, 'OLD', old, 'NULL')} END;"
    )


def trigger_script() -> str:
    """The SQL that creates every trigger of a library."""
    journal = "\n".join(_journal_triggers(table, columns) for table, columns in JOURNALLED.items())
    return f"{_queue_triggers()}\n{_COUNTS}\n{journal}"


def run_script(connection: sqlite3.Connection, script: str) -> None:
    """Execute the statements of `script` in the transaction that is open (`executescript` would commit it)."""
    import sqlite3

    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            connection.execute(statement)
            statement = ""
