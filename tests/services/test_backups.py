"""Backups: verified, thinned with age, where the owner wants them, and restores that are undone by one action."""

import os
import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest

from reader.model.errors import ReaderError
from reader.services import backup_places as places
from reader.services.backups import list_backups
from reader.services.keeping import LAST
from reader.services.library import Library
from reader.store import backup
from reader.store.errors import LibraryDamaged
from tests.store.helpers import TEXT, Clock, add_text, open_library


def test_a_backup_a_day_and_the_last_ten(library: Library, clock: Clock) -> None:
    add_text(library)
    first = library.backups.daily()
    assert first
    assert library.backups.daily() is None
    for _ in range(20):
        clock.now += 86_400
        assert library.backups.daily()
    kept = library.backups.list()
    assert LAST < len(kept) < 15
    assert not (library.path.parent / first.name).exists()
    assert kept[0].counts == backup.Counts(1, 0, 0, 1)
    assert "1 document, 0 annotations" in kept[0].words
    assert not list(places.folder_of(library.path).glob("*.part"))


def test_what_a_killed_backup_left_is_removed(library: Library) -> None:
    """It is as large as the library; one that is being written now is left alone."""
    add_text(library)
    folder = places.folder_of(library.path)
    folder.mkdir()
    for name in ("old.sqlite.1.part", "old.sqlite.1.part-journal", "new.sqlite.2.part"):
        (folder / name).write_bytes(b"x")
        if name.startswith("old"):
            os.utime(folder / name, (0, 0))
    written = library.backups.daily()
    assert written
    assert {path.name for path in folder.iterdir()} == {written.name, "new.sqlite.2.part"}


def test_times_are_those_of_this_computers_clock(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    import time

    library.backups.daily()
    for zone, said in (("UTC", "21 November 2026, 16:02"), ("UTC-5:30", "21 November 2026, 21:32")):
        monkeypatch.setenv("TZ", zone)
        time.tzset()
        assert library.backups.list()[0].words.startswith(said)
    monkeypatch.undo()
    time.tzset()


def test_a_backup_is_of_one_moment_while_others_write(library: Library, tmp_path: Path) -> None:
    uid = add_text(library, TEXT * 2000)
    stop = threading.Event()

    def write() -> None:
        while not stop.is_set():
            library.annotate.highlight(uid, TEXT * 2000, 0, 3)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for number in range(5):
            path = library.backups.write(tmp_path / f"{number}.sqlite")
            assert backup.check(path).documents == 1
    finally:
        stop.set()
        writer.join()


def test_a_backup_that_lost_something_on_its_way_is_refused(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    uid = add_text(library)
    library.annotate.highlight(uid, TEXT, 0, 3)
    verify = backup.verify

    def lose(path: Path, wanted: backup.Counts) -> None:
        with closing(sqlite3.connect(path)) as connection, connection:
            connection.execute("DELETE FROM annotation")
        verify(path, wanted)

    monkeypatch.setattr(backup, "verify", lose)
    with pytest.raises(LibraryDamaged):
        library.backups.write(tmp_path / "copy.sqlite")
    assert not list(tmp_path.glob("copy*"))


def test_backups_are_their_owners_alone(library: Library) -> None:
    path = library.backups.daily()
    assert path
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700


def test_backups_go_to_the_folder_that_was_chosen(library: Library, tmp_path: Path, clock: Clock) -> None:
    drive = tmp_path / "drive"
    drive.mkdir()
    beside = library.backups.daily()
    library.backups.choose_folder(drive)
    assert library.backups.folder == drive
    clock.now += 86_400
    there = library.backups.daily()
    assert there
    assert there.is_relative_to(drive)
    library.close()
    assert [found.path for found in list_backups(library.path, clock.now)] == [there, beside]


def test_two_libraries_of_one_name_share_a_folder(tmp_path: Path) -> None:
    drive = tmp_path / "drive"
    written: list[Path | None] = []
    for name in ("home", "work"):
        (tmp_path / name).mkdir()
        other = open_library(tmp_path / name)
        drive.mkdir(exist_ok=True)
        other.backups.choose_folder(drive)
        written.append(other.backups.daily())
        assert [found.path for found in other.backups.list()] == written[-1:]
        other.close()
    assert len({path and path.parent for path in written}) == 2


def test_a_folder_that_is_gone_is_said_and_the_backup_is_written_beside(library: Library, tmp_path: Path) -> None:
    drive = tmp_path / "drive"
    drive.mkdir()
    library.backups.choose_folder(drive)
    for inner in drive.iterdir():
        inner.rmdir()
    drive.rmdir()
    path = library.backups.daily()
    assert path
    assert path.parent == places.folder_of(library.path)
    assert "it is not there" in library.backups.notice
    assert not drive.exists()
    library.backups.choose_folder(None)
    assert library.backups.folder is None


def test_a_folder_without_room_is_said_and_the_backup_is_written_beside(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drive = tmp_path / "drive"
    drive.mkdir()
    library.backups.choose_folder(drive)
    to_disk = backup.to_disk

    def full(path: Path) -> None:
        if path.is_relative_to(drive):
            raise OSError(28, "No space left on device")
        to_disk(path)

    monkeypatch.setattr(backup, "to_disk", full)
    path = library.backups.daily()
    assert path
    assert path.parent == places.folder_of(library.path)
    assert "No space left on device" in library.backups.notice
    assert "beside the library" in library.backups.notice


def test_a_folder_that_cannot_be_made_is_refused(library: Library, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(ReaderError, match="choose another folder"):
        library.backups.choose_folder(tmp_path / "file")
    assert library.backups.folder is None


def test_a_restore_is_undone_by_one_action_and_that_one_too(library: Library, clock: Clock, tmp_path: Path) -> None:
    uid = add_text(library)
    early = library.backups.write(tmp_path / "early.sqlite")
    library.annotate.highlight(uid, TEXT, 0, 3)
    with pytest.raises(ReaderError, match="no restore"):
        library.backups.undo_restore()
    library.backups.restore(early)
    assert library.annotate.of_document(uid) == []
    library.backups.undo_restore()
    assert len(library.annotate.of_document(uid)) == 1
    library.backups.undo_restore()
    assert library.annotate.of_document(uid) == []
    library.backups.undo_restore()
    for _ in range(40):
        clock.now += 86_400
        library.backups.daily()
    before = library.backups.before_restore()
    assert before
    assert before.exists()
    assert library.integrity() == []


def test_a_restore_of_ones_own_is_no_news_from_another_program(library: Library, tmp_path: Path) -> None:
    uid = add_text(library)
    early = library.backups.write(tmp_path / "early.sqlite")
    library.annotate.highlight(uid, TEXT, 0, 3)
    assert library.following.look() is None
    library.backups.restore(early)
    assert library.following.look() is None
    other = Library.open(library.path)
    other.annotate.highlight(uid, TEXT, 10, 13)
    other.close()
    change = library.following.look()
    assert change
    assert len(change.annotations_added) == 1
