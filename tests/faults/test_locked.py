"""Another program holds the library's lock: it is waited for, then said; nothing is lost, and it works again after."""

import sqlite3
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from reader.services.library import Library
from tests.faults.conftest import Window
from tests.faults.programs import new_library, reader, whole

LOCKED_S = 30
IN_USE = "seen('in use by another program')"


@pytest.fixture
def holder(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    new_library(tmp_path)
    connection = sqlite3.connect(tmp_path / "library.sqlite", isolation_level=None, check_same_thread=False)
    yield connection
    connection.close()


def test_a_window_while_another_program_writes(
    tmp_path: Path, holder: sqlite3.Connection, windows: Callable[..., Window], long: bool
) -> None:
    path = tmp_path / "library.sqlite"
    window = windows(path, **({} if long else {"PATIENCE": "0.2"})).ready()
    window.do("mark('full in 1900')")
    holder.execute("BEGIN IMMEDIATE")
    release = threading.Timer(LOCKED_S, holder.execute, ["ROLLBACK"])
    if long:
        release.start()
    window.do("mark('full in 1901')")
    window.wait(IN_USE)
    assert len(window.do("marks()")) == 1
    assert window.do("drag('asked the residents')")  # reading and selecting go on
    if long:
        release.join()
    else:
        holder.execute("ROLLBACK")
    window.do("keys('Escape')")
    window.do("mark('full in 1902')")
    window.wait("len(marks()) == 2 and listed() == 2")
    uids = window.do("marks()")
    window.leave()
    library = Library.open(path)
    (document,) = library.documents.list()
    assert sorted(mark.uid for mark in library.annotate.of_document(document.uid)) == uids
    whole(library)
    library.close()


def test_a_command_waits_for_its_turn(tmp_path: Path, holder: sqlite3.Connection, long: bool) -> None:
    path = tmp_path / "library.sqlite"
    (document,) = holder.execute("SELECT uid FROM document").fetchone()
    holder.execute("BEGIN IMMEDIATE")
    release = threading.Timer(2 if long else 1, holder.execute, ["ROLLBACK"])
    release.start()
    assert reader(path, "list").returncode == 0  # reading does not wait
    assert reader(path, "annotate", document, "--exact", "Paragraph 7").returncode == 0
    release.join()
    if long:
        holder.execute("BEGIN IMMEDIATE")
        refused = reader(path, "annotate", document, "--exact", "Paragraph 8")
        assert refused.returncode == 1
        assert "in use by another program" in refused.stderr
        holder.execute("ROLLBACK")
    library = Library.open(path)
    assert [mark.quote for mark in library.annotate.of_document(document)] == ["Paragraph 7"]
    library.close()


def test_a_start_while_nobody_else_may_even_read(
    tmp_path: Path, holder: sqlite3.Connection, windows: Callable[..., Window]
) -> None:
    """It says so and can be tried again; what is in use is never to be replaced by a backup."""
    path = tmp_path / "library.sqlite"
    library = Library.open(path)
    library.backups.write(tmp_path / "library.sqlite.backups" / "library-2026-01-01.sqlite")
    library.close()
    holder.execute("PRAGMA locking_mode = EXCLUSIVE")
    holder.execute("BEGIN EXCLUSIVE")
    holder.execute("UPDATE document SET title = 'The lake'")
    holder.execute("COMMIT")
    window = windows(path, PATIENCE="0.2")
    window.wait(IN_USE)
    assert not window.do("press('Recover')")
    assert not window.do("press('Restore this backup')")
    assert window.do("press('Try again')")
    window.wait(IN_USE)
    holder.execute("PRAGMA locking_mode = NORMAL")
    holder.execute("SELECT * FROM document").fetchall()
    holder.close()
    assert window.do("press('Try again')")
    window.ready()
    assert "The lake" in window.do("window.windowTitle()")
    window.leave()
