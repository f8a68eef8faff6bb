"""The disk is full, or the file is gone from under the program: nothing acknowledged is lost, and it says so."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from reader.services.library import Library
from tests.faults.conftest import Window
from tests.faults.programs import Acknowledged, new_library, reader, start, whole, writes_again

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="an open file cannot be taken away there")


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Path]:
    """A disk of a few megabytes."""
    place = tmp_path / "disk"
    place.mkdir()
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", place], capture_output=True, check=False)
    if made.returncode:
        pytest.skip("no disk can be mounted here")
    yield place
    subprocess.run(["umount", "--lazy", place], check=True)


def fill(place: Path) -> Path:
    """Leave no room on a disk."""
    filler = place / "filler"
    with filler.open("wb", buffering=0) as file:
        try:
            while file.write(bytes(4096)):
                pass
        except OSError:
            pass
    return filler


def test_a_window_on_a_full_disk(small: Path, windows: Callable[..., Window]) -> None:
    path, document = new_library(small)
    window = windows(path).ready()
    window.do("mark('full in 1900')")
    filler = fill(small)
    shown = 1
    for number in range(1, 40):  # what room there is in the log may still be used
        window.do(f"mark('full in {1900 + number}')")
        if window.do("seen('The disk is full')"):
            break
        shown += 1
    window.wait("seen('The disk is full')")
    assert len(window.do("marks()")) == shown < 39
    assert window.do("drag('asked the residents')")  # reading goes on
    filler.unlink()
    window.do("keys('Escape')")
    window.do("mark('Paragraph 0')")
    window.wait(f"len(marks()) == {shown + 1}")
    uids = window.do("marks()")
    window.leave()
    library = Library.open(path)
    whole(library)
    assert sorted(mark.uid for mark in library.annotate.of_document(document)) == uids
    library.close()
    writes_again(path, document)


def test_a_storm_until_the_disk_is_full(small: Path) -> None:
    path, document = new_library(small)
    storm = start(small, "-m", "tests.faults.storm", path, document, 8)
    out, err = storm.communicate(timeout=100)
    assert "LibraryFull" in err.splitlines()[-1], err
    heard = Acknowledged()
    list(heard.hear(out.splitlines(keepends=True)))
    library = Library.open(path)  # and there is still no room
    assert len(heard.marks) > 20
    heard.check(library, document)
    library.close()
    fill(small)
    refused = reader(path, "annotate", document, "--exact", "Paragraph 7", "--note", "x" * 100_000)
    assert refused.returncode == 1
    assert "disk is full" in refused.stderr
    subprocess.run(["mount", "-o", "remount,size=16m", small], check=True)
    writes_again(path, document)


def test_no_room_for_a_new_library(small: Path) -> None:
    fill(small)
    refused = reader(small / "library.sqlite", "list", XDG_RUNTIME_DIR="/tmp")
    assert refused.returncode == 1
    assert "disk is full" in refused.stderr or "No space left" in refused.stderr, refused.stderr
    assert [left.name for left in small.iterdir()] == ["filler"]


@pytest.mark.parametrize("way", ["the folder", "the file"])
def test_a_drive_that_goes_and_comes_back(tmp_path: Path, windows: Callable[..., Window], way: str) -> None:
    drive, away = tmp_path / "drive", tmp_path / "away"
    drive.mkdir()
    path, document = new_library(drive)
    moved = (drive, away) if way == "the folder" else (path, drive / "elsewhere.sqlite")
    window = windows(path).ready()
    window.do("mark('full in 1900')")
    os.rename(*moved)
    window.do("mark('full in 1901')")
    window.wait("seen('library file is not there')")
    assert len(window.do("marks()")) == 1
    assert window.do("drag('asked the residents')")
    window.do("keys('Escape')")
    os.rename(*reversed(moved))
    window.do("mark('full in 1902')")
    window.wait("len(marks()) == 2")
    uids = window.do("marks()")
    window.leave()
    library = Library.open(path)
    assert sorted(mark.uid for mark in library.annotate.of_document(document)) == uids
    whole(library)
    library.close()


def test_a_file_deleted_under_the_window_can_still_be_backed_up(tmp_path: Path, windows: Callable[..., Window]) -> None:
    path, document = new_library(tmp_path)
    window = windows(path).ready()
    window.do("mark('full in 1900')")
    uids = window.do("marks()")
    for part in tmp_path.glob("library.sqlite*"):
        shutil.rmtree(part) if part.is_dir() else part.unlink()
    window.do("mark('full in 1901')")
    window.wait("seen('library file is not there')")
    backup = tmp_path / "saved.sqlite"
    window.do(f"session.library.backups.write(__import__('pathlib').Path({str(backup)!r}))")
    assert window.do("leave()")
    assert window.ended() == (0, "")
    library = Library.open(backup)
    assert [mark.uid for mark in library.annotate.of_document(document)] == uids
    whole(library)
    library.close()


def test_another_file_in_its_place_is_not_written_to(tmp_path: Path, windows: Callable[..., Window]) -> None:
    (tmp_path / "other").mkdir()
    other, _ = new_library(tmp_path / "other", "Another text.")
    path, _ = new_library(tmp_path)
    window = windows(path).ready()
    window.do("mark('full in 1900')")
    for ending in ("-wal", "-shm"):
        Path(f"{path}{ending}").unlink(missing_ok=True)
    before = other.read_bytes()
    os.replace(other, path)
    window.do("mark('full in 1901')")
    window.wait("seen('Another file is in the place of the library')")
    assert len(window.do("marks()")) == 1
    assert path.read_bytes() == before
    window.kill()
    library = Library.open(path)
    assert [found.annotations for found in library.documents.list()] == [0]
    assert library.integrity() == []
    library.close()
