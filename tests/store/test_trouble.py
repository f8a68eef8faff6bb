"""Files that cannot be read or written: one sentence, and nothing is touched."""

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from reader.services.library import Library, LibraryBusy, LibraryDamaged, LibraryFull, LibraryReadOnly, StorageError
from reader.store import connection as connections
from tests.store.helpers import TEXT, add_text, dump, open_library


def test_a_file_that_is_no_database_is_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "library.sqlite"
    path.write_bytes(b"This is a letter, not a library. " * 100)
    before = path.read_bytes()
    with pytest.raises(LibraryDamaged, match="not a library"):
        Library.open(path)
    assert path.read_bytes() == before


def test_the_database_of_another_program_is_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "other.sqlite"
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE recipe (name)")
    other.close()
    before = path.read_bytes()
    with pytest.raises(LibraryDamaged, match="not a library"):
        Library.open(path)
    assert path.read_bytes() == before


def test_a_damaged_page_is_reported_and_not_overwritten(tmp_path: Path) -> None:
    library = open_library(tmp_path)
    uid = add_text(library, TEXT * 500)
    library.close()
    path = tmp_path / "library.sqlite"
    data = bytearray(path.read_bytes())
    data[8192:] = os.urandom(len(data) - 8192)
    path.write_bytes(data)
    with pytest.raises(LibraryDamaged, match="damaged"):
        _look_into(path, uid)
    assert path.read_bytes() == bytes(data)


def _look_into(path: Path, uid: str) -> None:
    """Open a library and a document of it; the first that meets the damage raises."""
    library = Library.open(path)
    try:
        assert "damaged" in library.integrity()[0]
        library.documents.open(uid)
    finally:
        library.close()


def test_a_folder_is_no_library(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="is a folder"):
        Library.open(tmp_path)


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="choose a folder"):
        Library.open(tmp_path / "nowhere" / "library.sqlite")


def test_a_locked_library_says_so_and_works_afterwards(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "BUSY_SECONDS", 0.05)
    library = open_library(tmp_path)
    uid = add_text(library)
    heard: list[object] = []
    library.bus.subscribe(heard.append)
    other = sqlite3.connect(tmp_path / "library.sqlite", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(LibraryBusy, match="in use by another program"):
        library.annotate.highlight(uid, TEXT, 4, 13)
    assert heard == []
    assert library.search.search("reservoir", scope="text").total == 1  # reading goes on
    other.execute("ROLLBACK")
    other.close()
    library.annotate.highlight(uid, TEXT, 4, 13)
    assert len(library.annotate.of_document(uid)) == 1
    library.close()


def test_a_full_disk_changes_nothing_and_says_so(tmp_path: Path) -> None:
    library = open_library(tmp_path)
    uid = add_text(library)
    library.annotate.highlight(uid, TEXT, 4, 13)
    before = dump(library.store)
    connection = library.store.connection
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    connection.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(LibraryFull, match="disk is full"):
        library.annotate.note_document(uid, "x" * 200_000)
    with pytest.raises(LibraryFull):
        library.adding.add_text("Another text. " * 50_000)
    assert dump(library.store) == before
    assert [document.uid for document in library.documents.list()] == [uid]
    connection.execute("PRAGMA max_page_count = 1000000")
    library.annotate.note_document(uid, "x" * 200_000)
    assert library.history.undo() is not None
    assert dump(library.store) == before
    library.close()


def _read_all(path: Path) -> str:
    """Read what can be read, try to write; the sentence that says why it cannot be written."""
    library = Library.open(path)
    try:
        assert library.read_only
        (document,) = library.documents.list()
        assert "reservoir" in library.documents.open(document.uid).document.text
        assert library.search.search("reservoir", scope="text").total == 1
        assert library.integrity() == []
        with pytest.raises(LibraryReadOnly):
            library.annotate.note_document(document.uid, "No")
        return library.notices[0]
    finally:
        library.close()


@pytest.fixture
def another_user() -> Iterator[Callable[[bool], None]]:
    """Root may write everywhere: `become(True)` lets somebody else do the reading, where the tests run as root."""
    is_root = os.geteuid() == 0

    def become(other: bool) -> None:
        if is_root:
            os.seteuid(65534 if other else 0)

    yield become
    become(False)


@pytest.mark.skipif(sys.platform == "win32", reason="rights of a folder are not its mode there")
def test_a_write_protected_folder_can_be_read(another_user: Callable[[bool], None]) -> None:
    place = Path(tempfile.mkdtemp())
    path = place / "library.sqlite"
    try:
        library = open_library(place)
        add_text(library)
        assert (
            library.search.search("reservoir", scope="text").total == 1
        )  # loads what another user may not be able to load
        assert library.integrity() == []
        library.close()
        path.chmod(0o444)
        place.chmod(0o555)
        another_user(True)
        assert "can only be read" in _read_all(path)
    finally:
        another_user(False)
        place.chmod(0o755)
        shutil.rmtree(place)


@pytest.mark.skipif(sys.platform == "win32", reason="rights of a file are not its mode there")
def test_a_write_protected_file_can_be_read(another_user: Callable[[bool], None]) -> None:
    place = Path(tempfile.mkdtemp())
    path = place / "library.sqlite"
    try:
        library = open_library(place)
        add_text(library)
        assert library.search.search("reservoir", scope="text").total == 1
        assert library.integrity() == []
        library.close()
        place.chmod(0o777)
        path.chmod(0o444)
        another_user(True)
        assert "can only be read" in _read_all(path)
    finally:
        another_user(False)
        shutil.rmtree(place)


KILLED = """
import os, signal, sys
from pathlib import Path
from reader.services.library import Library
library = Library.open(Path(sys.argv[1]))
(document,) = library.documents.list()
text = library.documents.open(document.uid).document.text
library.annotate.highlight(document.uid, text, 0, 3)
with library.store.transaction() as connection:
    connection.execute("DELETE FROM annotation")
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL there")
def test_a_mark_survives_a_kill_and_half_a_write_does_not(tmp_path: Path) -> None:
    library = open_library(tmp_path)
    uid = add_text(library)
    library.close()
    killed = subprocess.run([sys.executable, "-c", KILLED, str(tmp_path / "library.sqlite")], check=False, timeout=60)
    assert killed.returncode == -9
    library = open_library(tmp_path)
    assert [mark.quote for mark in library.annotate.of_document(uid)] == ["The"]
    assert library.integrity() == []
    library.close()


MAKER = """
import sys
from pathlib import Path
from reader.services.library import Library
library = Library.open(Path(sys.argv[1]))
library.adding.add_text("A text of " + sys.argv[2])
library.close()
"""


def test_many_programs_may_make_the_library_at_once(tmp_path: Path) -> None:
    path = tmp_path / "library.sqlite"
    makers = [
        subprocess.Popen([sys.executable, "-c", MAKER, str(path), str(number)], stderr=subprocess.PIPE)
        for number in range(6)
    ]
    for maker in makers:
        _, said = maker.communicate(timeout=60)
        assert (maker.returncode, said) == (0, b"")
    library = open_library(tmp_path)
    assert len(library.documents.list()) == 6
    assert library.integrity() == []
    library.close()
    assert [left.name for left in tmp_path.iterdir()] == ["library.sqlite"]


def test_a_library_that_could_not_be_made_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_room(_connection: sqlite3.Connection) -> None:
        error = sqlite3.OperationalError("database or disk is full")
        error.sqlite_errorcode = 13
        raise error

    with monkeypatch.context() as full:
        full.setattr("reader.store.migrations.migrate", no_room)
        with pytest.raises(LibraryFull):
            Library.open(tmp_path / "library.sqlite")
    assert list(tmp_path.iterdir()) == []
    open_library(tmp_path).close()


def test_a_library_is_made_where_there_are_no_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_links(_source: Path, _target: Path) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", no_links)
    open_library(tmp_path).close()
    assert [left.name for left in tmp_path.iterdir()] == ["library.sqlite"]
