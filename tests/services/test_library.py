"""The façade: documents, categories, settings, history, bus, backups."""

import _sqlite3
import ctypes
import sqlite3
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from reader.model.annotation import DEFAULT_CATEGORY_NAMES, Color
from reader.model.change import Change
from reader.model.document import Metadata
from reader.model.errors import ReaderError
from reader.services import backups
from reader.services.bus import Bus
from reader.services.library import Library, LibraryDamaged, StorageError
from reader.services.replacing import put_in_place
from reader.store.connection import SCHEMA_VERSION
from tests.store.helpers import TEXT, Clock, add_text, dump, open_library

NEXT = SCHEMA_VERSION + 1


def test_documents_last_opened_first(library: Library, clock: Clock) -> None:
    uids = []
    for number in range(3):
        clock.now += 10
        uids.append(add_text(library, f"Letter number {number}."))
    clock.now += 10
    change = library.documents.opened(uids[0])
    assert not change.undoable
    assert change.documents_updated[0].opened == library.store.now()
    assert [d.uid for d in library.documents.list()] == [uids[0], uids[2], uids[1]]


def test_positions_are_kept_but_are_no_step(library: Library) -> None:
    uid = add_text(library)
    library.documents.set_position(uid, 17, 1.5)
    assert (library.documents.get(uid).position, library.documents.get(uid).progress) == (17, 1.0)
    library.history.undo()
    library.history.redo()
    assert library.documents.get(uid).position == 17
    assert len(library.history.list()) == 1


def test_details_are_edited_in_one_step(library: Library) -> None:
    uid = add_text(library)
    before = library.documents.get(uid)
    metadata = Metadata("T", ("A. One", "B.\nTwo"), "S", "2026-11", "en", "https://example.org")
    (edited,) = library.documents.edit(uid, metadata=metadata, tags=["b", "a", "B"]).documents_updated
    assert edited.metadata == replace(metadata, authors=("A. One", "B. Two"))
    assert edited.tags == ("b", "a")
    assert not library.documents.edit(uid, metadata=edited.metadata, tags=["b", "a"])
    (back,) = (library.history.undo() or Change()).documents_updated
    assert back == before


def test_the_bin(library: Library) -> None:
    uid = add_text(library)
    library.annotate.highlight(uid, TEXT, 0, 3)
    change = library.documents.remove([uid])
    assert [d.uid for d in change.documents_removed] == [uid]
    assert change.documents_removed[0].removed
    assert not library.documents.remove([uid])
    assert library.documents.list() == []
    assert [d.uid for d in library.documents.list(removed=True)] == [uid]
    assert len(library.annotate.of_document(uid)) == 1
    assert [d.uid for d in library.documents.restore([uid]).documents_added] == [uid]
    assert library.history.undo_label() == "1 document restored"
    change = library.history.undo()
    assert change
    assert [d.uid for d in change.documents_removed] == [uid]
    change = library.history.undo()
    assert change
    assert [d.uid for d in change.documents_added] == [uid]


def test_what_is_not_there_says_so(library: Library) -> None:
    for verb in (library.documents.get, library.documents.open):
        with pytest.raises(ReaderError, match="not in the library"):
            verb("nowhere")
    with pytest.raises(ReaderError, match="not in the library"):
        library.documents.edit("nowhere", tags=[])
    assert not library.documents.opened("nowhere")
    assert not library.documents.set_position("nowhere", 1, 0.1)
    assert library.annotate.of_document("nowhere") == []
    assert library.documents.original("nowhere") is None


def test_categories(library: Library) -> None:
    assert library.categories.names() == DEFAULT_CATEGORY_NAMES
    assert library.categories.rename(Color.PINK, "  Doubt \n").categories
    assert library.categories.names()[Color.PINK] == "Doubt"
    assert not library.categories.rename(Color.PINK, "Doubt")
    with pytest.raises(ReaderError, match="needs a name"):
        library.categories.rename(Color.PINK, " ")
    change = library.history.undo()
    assert change
    assert change.categories
    assert library.categories.names() == DEFAULT_CATEGORY_NAMES


def test_pages_of_the_file_are_kept_by_no_thread_once_they_are_let_go(library: Library) -> None:
    used: Callable[[], int] | None = getattr(ctypes.CDLL(_sqlite3.__file__), "sqlite3_memory_used", None)
    uid = add_text(library, "A letter on the price of water. " * 60_000)
    if used is None or not used():
        pytest.skip("this SQLite does not say what it uses")
    asked, over = threading.Event(), threading.Event()

    def read() -> None:
        library.documents.open(uid)
        asked.set()
        over.wait(10)

    reader = threading.Thread(target=read)
    reader.start()
    assert asked.wait(10)
    library.documents.open(uid)
    before = used()
    library.let_go()
    assert used() < before - 2_500_000
    over.set()
    reader.join()
    assert len(library.documents.open(uid).document.text) == 1_920_000


def test_settings_are_kept_across_a_restart(library: Library, tmp_path: Path) -> None:
    assert library.settings.get("window", {"x": 1}) == {"x": 1}
    library.settings.set("window", {"x": [1, 2.5, None, "é"]})
    library.settings.set("empty", None)
    library.close()
    library = open_library(tmp_path)
    assert library.settings.get("window", 0) == {"x": [1, 2.5, None, "é"]}
    assert library.settings.get("empty", 5) is None
    assert library.history.list() == []
    library.close()


def test_history_lists_and_names(library: Library) -> None:
    assert (library.history.undo_label(), library.history.redo_label()) == ("", "")
    assert library.history.undo() is None
    uid = add_text(library)
    library.annotate.highlight(uid, TEXT, 0, 3)
    change = library.history.undo()
    assert change
    assert change.label == "Undone: Claim added"
    assert (library.history.undo_label(), library.history.redo_label()) == ("1 document added", "Claim added")
    assert [(step.label, step.undone) for step in library.history.list()] == [
        ("Claim added", True), ("1 document added", False),
    ]  # fmt: skip
    library.annotate.note_document(uid, "A branch of its own")
    assert library.history.redo() is None
    assert [step.undone for step in library.history.list()] == [False, True, False]
    assert len(library.history.list(1)) == 1


def test_a_step_over_very_many_rows_asks_views_to_read_again(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    from reader.services import row_changes

    monkeypatch.setattr(row_changes, "MANY", 3)
    uid = add_text(library)
    marks = [library.annotate.highlight(uid, TEXT, n, n + 5).annotations_added[0].uid for n in range(5)]
    library.annotate.delete(marks)
    change = library.history.undo()
    assert change
    assert change.everything
    assert len(library.annotate.of_document(uid)) == 5


def test_undo_over_rows_that_another_program_changed(library: Library, tmp_path: Path) -> None:
    uid = add_text(library)
    marked = library.annotate.highlight(uid, TEXT, 0, 3).annotations_added[0].uid
    library.annotate.delete([marked])
    with sqlite3.connect(tmp_path / "library.sqlite") as other:
        other.execute("INSERT INTO annotation (uid, document_id) SELECT ?, id FROM document", (marked,))
    other.close()
    before = dump(library.store)
    with pytest.raises(ReaderError, match="another program"):
        library.history.undo()
    assert dump(library.store) == before
    assert library.history.undo_label() == "1 mark deleted"


def test_listeners_hear_in_order_and_nothing_after_they_left() -> None:
    bus, heard = Bus(), []
    one, two, three = (Change(label=str(n), tags=True) for n in range(3))

    def first(change: Change) -> None:
        heard.append(("first", change.label))
        if change is one:
            bus.publish(two)

    leave = bus.subscribe(first)
    bus.subscribe(lambda change: heard.append(("second", change.label)))
    bus.publish(one)
    assert heard == [("first", "0"), ("second", "0"), ("first", "1"), ("second", "1")]
    leave()
    leave()
    bus.publish(three)
    bus.publish(Change(label="nothing"))
    assert heard[4:] == [("second", "2")]


def test_a_listener_that_fails_does_not_silence_the_bus() -> None:
    bus, heard = Bus(), []

    def failing(change: Change) -> None:
        heard.append(change.label)
        raise ValueError(change.label)

    bus.subscribe(failing)
    for label in ("a", "b"):
        with pytest.raises(ValueError, match=label):
            bus.publish(Change(label, tags=True))
    assert heard == ["a", "b"]


def test_changes_are_delivered_in_the_thread_that_wrote(library: Library) -> None:
    heard: list[int] = []
    library.bus.subscribe(lambda _change: heard.append(threading.get_ident()))
    worker = threading.Thread(target=lambda: add_text(library))
    worker.start()
    worker.join()
    assert heard
    assert heard[0] != threading.get_ident()
    assert len(library.documents.list()) == 1


def test_restoring_brings_back_and_keeps_what_was(library: Library, tmp_path: Path) -> None:
    uid = add_text(library)
    target = library.backups.write(tmp_path / "copy.sqlite")
    with sqlite3.connect(target) as copy:
        assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    copy.close()
    library.annotate.highlight(uid, TEXT, 0, 3)
    heard: list[Change] = []
    library.bus.subscribe(heard.append)
    library.backups.restore(target)
    assert heard[0].everything
    assert library.annotate.of_document(uid) == []
    assert library.history.undo_label() == "1 document added"
    assert library.integrity() == []
    library.annotate.highlight(uid, TEXT, 0, 3)
    (safety,) = library.backups.list()
    assert "before-restore" in safety.path.name
    library.backups.restore(safety.path)
    assert len(library.annotate.of_document(uid)) == 1


def test_what_is_no_sound_backup_is_refused(library: Library, tmp_path: Path) -> None:
    add_text(library)
    bad = tmp_path / "bad.sqlite"
    bad.write_bytes(b"not a backup at all")
    with pytest.raises(LibraryDamaged):
        library.backups.restore(bad)
    with pytest.raises(StorageError, match="There is no backup"):
        library.backups.restore(tmp_path / "gone.sqlite")
    with pytest.raises(ReaderError, match="belongs to the library itself"):
        library.backups.write(library.path)
    newer = library.backups.write(tmp_path / "newer.sqlite")
    with sqlite3.connect(newer) as copy:
        copy.execute("PRAGMA user_version = 99")
    copy.close()
    with pytest.raises(StorageError, match="newer version"):
        library.backups.restore(newer)
    assert len(library.documents.list()) == 1


def test_a_damaged_library_is_set_aside_for_its_backup(library: Library, tmp_path: Path) -> None:
    uid = add_text(library)
    kept = library.backups.daily()
    assert kept
    library.close()
    library.path.write_bytes(b"damaged " * 1000)
    with pytest.raises(LibraryDamaged):
        Library.open(library.path)
    (found,) = backups.list_backups(library.path)
    aside = put_in_place(library.path, found.path)
    assert aside
    assert aside.read_bytes() == b"damaged " * 1000
    again = open_library(tmp_path)
    assert again.documents.get(uid).uid == uid
    again.annotate.highlight(uid, TEXT, 0, 3)
    assert again.store.row("PRAGMA journal_mode") == ("wal",)
    again.close()


def test_an_older_library_is_backed_up_before_it_changes(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from reader.store import connection, database, migrations

    uid = add_text(library)
    library.close()
    monkeypatch.setattr(database, "SCHEMA_VERSION", NEXT)
    monkeypatch.setattr(connection, "SCHEMA_VERSION", NEXT)
    later = migrations.Migrations("passage")
    later._migrations = list(migrations.migrations._migrations)

    @later()
    def m999_more(db: migrations.Database) -> None:
        db.conn.execute("CREATE TABLE more (id INTEGER PRIMARY KEY)")
        db.conn.execute(f"PRAGMA user_version = {NEXT}")

    monkeypatch.setattr(migrations, "migrations", later)
    newer = open_library(tmp_path)
    assert newer.store.row("PRAGMA user_version") == (NEXT,)
    assert newer.documents.get(uid)
    (kept,) = newer.backups.list()
    assert "before-migration" in kept.path.name
    newer.close()


def test_a_migration_that_fails_leaves_the_file_as_it_was(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from reader.store import connection, database, migrations

    add_text(library)
    before = dump(library.store)
    library.close()
    monkeypatch.setattr(database, "SCHEMA_VERSION", NEXT)
    monkeypatch.setattr(connection, "SCHEMA_VERSION", NEXT)
    later = migrations.Migrations("passage")
    later._migrations = list(migrations.migrations._migrations)

    @later()
    def m999_wrong(db: migrations.Database) -> None:
        db.conn.execute("DROP TABLE passage")
        raise sqlite3.OperationalError("this migration is wrong")

    monkeypatch.setattr(migrations, "migrations", later)
    with pytest.raises(sqlite3.OperationalError, match="is wrong"):
        Library.open(library.path)
    monkeypatch.undo()
    again = open_library(tmp_path)
    assert dump(again.store) == before
    assert again.integrity() == []
    again.close()
