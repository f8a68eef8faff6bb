"""The tables of a library, as SQL. `resources/schema/library.md` explains each of them.

Only migrations import this module; the triggers are in `reader.store.triggers`.
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


# Steps recorded before know nothing of the new details: replaying them must leave these empty, not fail.
BOOKS = """
ALTER TABLE document ADD COLUMN subtitle TEXT NOT NULL DEFAULT '';
ALTER TABLE document ADD COLUMN publisher TEXT NOT NULL DEFAULT '';
ALTER TABLE document ADD COLUMN contributors TEXT NOT NULL DEFAULT '';
ALTER TABLE document ADD COLUMN identifiers TEXT NOT NULL DEFAULT '';
ALTER TABLE text_version ADD COLUMN view TEXT NOT NULL DEFAULT '';
ALTER TABLE asset ADD COLUMN source TEXT NOT NULL DEFAULT '';
UPDATE text_version SET view = 'page' WHERE reader = 'html';
UPDATE change SET
    before = json_insert(before, '$.subtitle', '', '$.publisher', '', '$.contributors', '', '$.identifiers', ''),
    after = json_insert(after, '$.subtitle', '', '$.publisher', '', '$.contributors', '', '$.identifiers', '')
WHERE table_name = 'document';

CREATE TABLE structure_part (
    id INTEGER PRIMARY KEY,
    text_version_id INTEGER NOT NULL REFERENCES text_version(id) ON DELETE CASCADE,
    start_position INTEGER NOT NULL,
    block_count INTEGER NOT NULL,
    span_count INTEGER NOT NULL,
    blocks TEXT NOT NULL,
    spans TEXT NOT NULL,
    UNIQUE (text_version_id, start_position)
) STRICT;

CREATE TABLE mask (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    document_id INTEGER NOT NULL REFERENCES document(id),
    start_position INTEGER NOT NULL,
    end_position INTEGER NOT NULL,
    quote TEXT NOT NULL DEFAULT '',
    quote_before TEXT NOT NULL DEFAULT '',
    quote_after TEXT NOT NULL DEFAULT '',
    state TEXT NOT NULL DEFAULT 'hidden' CHECK (state IN ('hidden', 'kept')),
    anchor_state TEXT NOT NULL DEFAULT 'exact',
    created TEXT NOT NULL DEFAULT '',
    modified TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX mask_document ON mask(document_id, start_position);
"""

# Pictures are named by their content and never change: a step of the history needs no more of them than the name.
AREAS = """
ALTER TABLE annotation ADD COLUMN picture TEXT NOT NULL DEFAULT '';
UPDATE change SET before = json_insert(before, '$.picture', ''), after = json_insert(after, '$.picture', '')
WHERE table_name = 'annotation';

CREATE TABLE annotation_picture (
    sha256 TEXT PRIMARY KEY,
    media_type TEXT NOT NULL,
    data BLOB NOT NULL
) STRICT;
"""

# Texts made by correcting another one, texts given up, what a person has decided of a lost mark, who did what.
TRUST = """
ALTER TABLE annotation ADD COLUMN reviewed TEXT NOT NULL DEFAULT '';
UPDATE change SET before = json_insert(before, '$.reviewed', ''), after = json_insert(after, '$.reviewed', '')
WHERE table_name = 'annotation';
ALTER TABLE text_version ADD COLUMN corrects INTEGER REFERENCES text_version(id) ON DELETE SET NULL;
CREATE INDEX text_version_corrects ON text_version(corrects);
ALTER TABLE text_version ADD COLUMN edits TEXT NOT NULL DEFAULT '';
ALTER TABLE text_version ADD COLUMN dropped TEXT NOT NULL DEFAULT '';
CREATE INDEX text_version_dropped ON text_version(id) WHERE dropped <> '';
ALTER TABLE action ADD COLUMN device TEXT NOT NULL DEFAULT '';
CREATE INDEX change_row ON change(table_name, row_id);
"""


def run_script(connection: sqlite3.Connection, script: str) -> None:
    """Execute the statements of `script` in the transaction that is open (`executescript` would commit it)."""
    import sqlite3

    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            connection.execute(statement)
            statement = ""
