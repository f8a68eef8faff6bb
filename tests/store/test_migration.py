"""A library of an earlier schema opens, keeps everything, and its old steps can still be taken back and done again."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlite_utils import Database

from reader.model.annotation import PageRect, Picture
from reader.model.document import Metadata
from reader.services.library import Library
from reader.store.connection import APPLICATION_ID, SCHEMA_VERSION
from reader.store.integrity import missing_triggers
from reader.store.migrations import migrations
from reader.store.triggers import JOURNALLED
from tests.store.helpers import TEXT, dump, open_library

DOCUMENT = "01a1fef7-67cb-75f9-8000-0000000000d0"
MARK = "01a1fef7-67cb-75f9-8000-0000000000a0"
_EARLIER = ((1, "m002_books"), (2, "m003_areas"), (3, "m004_trust"))
DETAILS_OF_TWO = {"subtitle", "publisher", "contributors", "identifiers"}


def earlier_schema(connection: sqlite3.Connection, following: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the migrations before `following` made when they were all: their triggers knew fewer columns then."""
    later = {
        "document": DETAILS_OF_TWO if following == "m002_books" else set[str](),
        "annotation": {"reviewed"} if following == "m004_trust" else {"picture", "reviewed"},
    }
    with monkeypatch.context() as patch:
        for table, names in later.items():
            patch.setitem(JOURNALLED, table, tuple(name for name in JOURNALLED[table] if name not in names))
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        migrations.apply(Database(connection, execute_plugins=False), stop_before=following)


def step(connection: sqlite3.Connection, label: str, *statements: tuple[str, tuple[object, ...]]) -> None:
    """One step of the history, as the program of then wrote it."""
    connection.execute("BEGIN")
    made = connection.execute("INSERT INTO action (label, at, state) VALUES (?, '2026-01-01', 'open')", (label,))
    for sql, parameters in statements:
        connection.execute(sql, parameters)
    connection.execute("UPDATE action SET state = 'done' WHERE id = ?", (made.lastrowid,))
    connection.execute("COMMIT")


def live(connection: sqlite3.Connection) -> None:
    """A page that is added, renamed, marked, binned and taken out again."""
    connection.execute(
        "INSERT INTO document (id, uid, title, format, added, modified) VALUES (1, ?, 'Minutes', 'html', ?, ?)",
        (DOCUMENT, "2026-01-01", "2026-01-01"),
    )
    connection.execute(
        "INSERT INTO text_version (id, document_id, reader, reader_version, normaliser_version, file_sha256, "
        "file_size, file_suffix, text_sha256, length, words, complete) "
        "VALUES (1, 1, 'html', 1, 1, 'f', 9, '.html', 't', ?, 17, 1)",
        (len(TEXT),),
    )
    connection.execute("INSERT INTO text_part (text_version_id, start_position, text) VALUES (1, 0, ?)", (TEXT,))
    connection.execute("INSERT INTO asset (text_version_id, name, data) VALUES (1, 'dam.png', x'00')")
    step(connection, "1 document added", ("UPDATE document SET visible = 1, text_version_id = 1 WHERE id = 1", ()))
    step(connection, "Details edited", ("UPDATE document SET title = 'The dam', modified = '2026-02' WHERE id = 1", ()))
    mark = (
        "INSERT INTO annotation (uid, document_id, start_position, end_position, quote, note) "
        "VALUES (?, 1, 4, 13, ?, ?)"
    )
    step(connection, "Claim added", (mark, (MARK, TEXT[4:13], "A note")))
    step(connection, "1 document removed", ("UPDATE document SET removed = '2026-03' WHERE id = 1", ()))
    step(connection, "1 document restored", ("UPDATE document SET removed = '' WHERE id = 1", ()))


@pytest.fixture(params=_EARLIER, ids=["schema-1", "schema-2", "schema-3"])
def earlier(request: pytest.FixtureRequest) -> tuple[int, str]:
    """The number of an earlier schema, and the migration that followed it."""
    return request.param


@pytest.fixture
def library(earlier: tuple[int, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Library]:
    schema, following = earlier
    connection = sqlite3.connect(tmp_path / "library.sqlite", isolation_level=None)
    earlier_schema(connection, following, monkeypatch)
    assert connection.execute("PRAGMA user_version").fetchone() == (schema,)
    live(connection)
    if schema > 1:
        connection.execute("UPDATE text_version SET view = 'page'")
    connection.close()
    opened = open_library(tmp_path)
    yield opened
    opened.close()


def test_it_opens_whole_with_a_backup_of_what_it_was(library: Library, earlier: tuple[int, str]) -> None:
    assert library.store.row("PRAGMA user_version") == (SCHEMA_VERSION,)
    assert library.integrity() == []
    assert missing_triggers(library.store) == []
    (backup,) = library.backups.list()
    connection = sqlite3.connect(backup.path)
    assert connection.execute("PRAGMA user_version").fetchone() == (earlier[0],)
    connection.close()
    opened = library.documents.open(DOCUMENT)
    assert opened.document.text == TEXT
    assert (opened.view, opened.outdated, opened.masks) == ("page", True, ())
    assert opened.summary.metadata == Metadata("The dam")
    assert [mark.note for mark in opened.annotations] == ["A note"]


def test_old_steps_are_taken_back_and_done_again(library: Library) -> None:
    states = [dump(library.store)]
    labels: list[str] = []
    while change := library.history.undo():
        labels.append(change.label.removeprefix("Undone: "))
        states.append(dump(library.store))
    assert labels == [
        "1 document restored",
        "1 document removed",
        "Claim added",
        "Details edited",
        "1 document added",
    ]
    assert library.documents.list() == []
    while library.history.redo():
        states.pop()
        assert dump(library.store) == states[-1]
    assert len(states) == 1


def test_new_steps_follow_old_ones(library: Library) -> None:
    before = dump(library.store)
    details = Metadata("The dam", subtitle="A letter", publisher="Nobody", contributors=("Ada (editor)",))
    library.documents.edit(DOCUMENT, metadata=details)
    library.masks.hide(DOCUMENT, TEXT, [(4, 13)])
    picture = Picture("image/png", b"a picture")
    (area,) = library.annotate.mark_area(
        DOCUMENT, TEXT, 4, PageRect(0, 0.1, 0.1, 0.5, 0.5), picture=picture
    ).annotations_added
    after = dump(library.store)
    for _ in range(8):
        assert library.history.undo()
    for _ in range(8):
        assert library.history.redo()
    assert dump(library.store) == after
    assert library.documents.get(DOCUMENT).metadata == details
    assert len(library.masks.of_document(DOCUMENT)) == 1
    assert library.annotate.picture(area) == picture
    library.history.undo()
    library.history.undo()
    library.history.undo()
    assert dump(library.store) == before
