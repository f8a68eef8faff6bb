"""The shape of the file: made by the real migrations, open to any SQLite tool."""

import re
import sqlite3
from pathlib import Path

import pytest

from reader.resources import resource
from reader.services.library import Library
from reader.store.connection import APPLICATION_ID, SCHEMA_VERSION
from reader.store.integrity import missing_triggers
from reader.store.migrations import migrations
from reader.store.schema import run_script
from reader.store.triggers import JOURNALLED, trigger_script
from tests.store.helpers import open_library


def tables(connection: sqlite3.Connection) -> dict[str, str]:
    return dict(connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table' AND sql IS NOT NULL"))


def test_a_new_library_is_a_wal_file_with_its_own_mark(tmp_path: Path) -> None:
    library = open_library(tmp_path)
    store = library.store
    assert store.row("PRAGMA application_id") == (APPLICATION_ID,)
    assert store.row("PRAGMA user_version") == (SCHEMA_VERSION,)
    assert store.row("PRAGMA journal_mode") == ("wal",)
    assert store.row("PRAGMA foreign_keys") == (1,)
    assert store.row("PRAGMA synchronous") == (2,)
    assert store.row("PRAGMA busy_timeout")[0] >= 2000
    assert library.integrity() == []
    library.close()


def test_every_migration_raises_the_schema_version() -> None:
    # The start reads one number instead of the list of applied migrations.
    assert len(migrations._migrations) == SCHEMA_VERSION


def test_tables_are_strict_and_foreign_keys_are_indexed(tmp_path: Path) -> None:
    library = open_library(tmp_path)
    connection = library.store.connection
    ours = {
        name: sql
        for name, sql in tables(connection).items()
        if name in re.findall(r"\w+", trigger_script())
        or name
        in (
            "document",
            "text_version",
            "text_part",
            "structure_part",
            "asset",
            "passage",
            "setting",
            "file_place",
            "file_copy",
            "action",
            "change",
        )
    }
    for name, sql in ours.items():
        if "VIRTUAL" not in sql:
            assert "STRICT" in sql, name
    for table in ours:
        for key in connection.execute(f"PRAGMA foreign_key_list({table})"):
            column = key[3]
            plan = " ".join(
                row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN SELECT 1 FROM {table} WHERE {column} = 1")
            )
            assert "SEARCH" in plan or (table, column) == ("document", "text_version_id"), (table, column, plan)
    library.close()


def test_journal_follows_every_column_of_what_the_user_makes(tmp_path: Path) -> None:
    library = open_library(tmp_path)
    for table in ("annotation", "annotation_tag", "document_tag", "tag", "category"):
        columns = {row[1] for row in library.store.rows(f"PRAGMA table_info({table})")}
        assert columns == {"id", *JOURNALLED[table]}, table
    library.close()


def test_a_lost_trigger_is_noticed_and_can_be_made_again(tmp_path: Path) -> None:
    library = open_library(tmp_path)
    connection = library.store.connection
    connection.execute("DROP TRIGGER journal_annotation_update")
    assert missing_triggers(library.store) == ["journal_annotation_update"]
    assert "journal_annotation_update" in library.integrity()[0]
    for name in [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")]:
        connection.execute(f"DROP TRIGGER {name}")
    connection.execute("BEGIN")
    run_script(connection, trigger_script())
    connection.execute("COMMIT")
    assert missing_triggers(library.store) == []
    assert library.integrity() == []
    library.close()


def test_every_table_and_column_is_documented(tmp_path: Path) -> None:
    page = resource("schema", "library.md").read_text("utf-8")
    library = open_library(tmp_path)
    for table in tables(library.store.connection):
        if table.startswith(("sqlite_", "_sqlite")) or re.search(r"_search_(data|idx|content|docsize|config)$", table):
            continue
        assert f"## {table}\n" in page, table
        section = page.split(f"## {table}\n", 1)[1].split("\n## ", 1)[0]
        for row in library.store.rows(f"PRAGMA table_info({table})"):
            assert f"`{row[1]}`" in section, (table, row[1])
    library.close()


def test_sqlite_utils_is_not_imported_to_read(tmp_path: Path) -> None:
    import subprocess
    import sys

    open_library(tmp_path).close()
    code = (
        "import sys\nfrom reader.services.library import Library\n"
        f"library = Library.open({str(tmp_path / 'library.sqlite')!r})\n"
        "library.documents.list(); library.documents.known('/nowhere'); library.history_label = ''\n"
        "heavy = {'sqlite_utils', 'json', 'click', 'logging', 'asyncio', 'platformdirs'} & set(sys.modules)\n"
        "assert 'sqlite_utils' not in heavy and 'asyncio' not in heavy and 'click' not in heavy, heavy\n"
        "library.close()"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)


def test_other_programs_can_write_without_our_functions(tmp_path: Path) -> None:
    library = open_library(tmp_path)
    uid = library.adding.add_text("Some words to read.").document
    assert uid
    library.close()
    with sqlite3.connect(tmp_path / "library.sqlite") as other:
        other.execute(
            "INSERT INTO annotation (uid, document_id, start_position, end_position, quote, created, modified) "
            "SELECT 'by-hand', id, 0, 4, 'Some', '', '' FROM document"
        )
    other.close()
    library = Library.open(tmp_path / "library.sqlite")
    assert [mark.uid for mark in library.annotate.select(query="some")] == ["by-hand"]
    assert library.history.undo_label() == "1 document added"
    assert library.documents.list()[0].annotations == 1
    library.close()


@pytest.mark.parametrize("statement", ["PRAGMA user_version = 99"])
def test_a_newer_library_opens_for_reading_only(tmp_path: Path, statement: str) -> None:
    library = open_library(tmp_path)
    document = library.adding.add_text("Words of the future.").document
    assert document
    library.store.connection.execute(statement)
    library.close()
    newer = Library.open(tmp_path / "library.sqlite")
    assert newer.read_only
    assert "newer version" in newer.notices[0]
    assert newer.documents.open(document.uid).document.text.startswith("Words of the future")
    assert newer.search.search("future").total > 0
    from reader.services.library import LibraryReadOnly

    with pytest.raises(LibraryReadOnly, match="newer version"):
        newer.annotate.note_document(document.uid, "No")
    with pytest.raises(LibraryReadOnly):
        newer.history.undo()
    assert newer.backups.daily() is None
    newer.close()
