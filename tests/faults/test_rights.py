"""A library that may not be written, or not even be seen, and one of a newer version: read where that is possible,
never written, and always with a sentence."""

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from reader.services.library import Library
from tests.faults.conftest import Window
from tests.faults.programs import new_library, reader, whole, writes_again

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="rights of a file are not its mode there")

DROPPED = ["setpriv", "--bounding-set", "-dac_override,-dac_read_search"]
"""Root may write everywhere; so started it may only do what the owner may."""


@pytest.fixture
def common(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, ...]]:
    """What a program has to be started with so that rights hold for it."""
    if os.geteuid():
        yield ()
    elif (
        not shutil.which(DROPPED[0]) or subprocess.run([*DROPPED, "true"], capture_output=True, check=False).returncode
    ):
        pytest.skip("the tests run as root, and rights cannot be given up here")
    else:
        yield tuple(DROPPED)


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    place = tmp_path / "place"
    place.mkdir()
    yield place
    place.chmod(0o755)


def protect(folder: Path, what: str) -> None:
    """Take away the right to write the library's file, or its folder."""
    if what == "file":
        (folder / "library.sqlite").chmod(0o444)
    else:
        folder.chmod(0o555)


@pytest.mark.parametrize("what", ["file", "folder"])
def test_a_window_on_what_can_only_be_read(
    folder: Path, common: tuple[str, ...], windows: Callable[..., Window], what: str
) -> None:
    path, document = new_library(folder)
    library = Library.open(path)
    text = library.documents.open(document).document.text
    library.annotate.highlight(document, text, 0, 9)
    library.close()
    before = path.read_bytes()
    protect(folder, what)
    window = windows(path, before=common).ready()
    window.wait("seen('can only be read')")
    window.do("mark('full in 1901')")
    window.wait("seen('can only be read')")
    assert len(window.do("marks()")) == 1
    window.leave()
    assert path.read_bytes() == before
    refused = reader(path, "annotate", document, "--exact", "Paragraph 7", before=common, XDG_RUNTIME_DIR="/tmp")
    assert refused.returncode == 1
    assert "can only be read" in refused.stderr


def test_rights_that_are_taken_away_under_the_window(
    folder: Path, common: tuple[str, ...], windows: Callable[..., Window]
) -> None:
    """What is open stays open: each mark is either in the file or refused with a sentence."""
    path, document = new_library(folder)
    window = windows(path, before=common).ready()
    window.do("mark('full in 1900')")
    (folder / "library.sqlite").chmod(0o444)
    folder.chmod(0o555)
    window.do("mark('full in 1901')")
    uids = window.do("marks()")
    assert len(uids) == 2 or window.do("seen('try again')")
    window.leave()
    folder.chmod(0o755)
    path.chmod(0o644)
    library = Library.open(path)
    assert sorted(mark.uid for mark in library.annotate.of_document(document)) == uids
    whole(library)
    library.close()
    writes_again(path, document)


def test_a_folder_that_may_not_be_entered(
    folder: Path, common: tuple[str, ...], windows: Callable[..., Window]
) -> None:
    path, document = new_library(folder)
    folder.chmod(0o000)
    window = windows(path, before=common)
    window.wait("seen('cannot be reached')")
    assert not window.do("press('Recover')")
    assert window.do("press('Quit')")
    assert window.ended() == (1, "")
    refused = reader(path, "list", before=common, XDG_RUNTIME_DIR="/tmp")
    assert refused.returncode == 1
    assert refused.stderr.strip().endswith(".")
    folder.chmod(0o755)
    writes_again(path, document)


def test_a_library_of_a_newer_version(tmp_path: Path, windows: Callable[..., Window]) -> None:
    path, document = new_library(tmp_path)
    assert reader(path, "annotate", document, "--exact", "Paragraph 7").returncode == 0
    connection = sqlite3.connect(path)
    connection.execute("ALTER TABLE annotation ADD COLUMN mood TEXT NOT NULL DEFAULT 'glad'")
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    before = path.read_bytes()
    window = windows(path).ready()
    window.wait("seen('newer version of Passage')")
    window.do("mark('full in 1901')")
    window.wait("seen('newer version of Passage')")
    assert len(window.do("marks()")) == 1
    window.leave()
    refused = reader(path, "annotate", document, "--exact", "Paragraph 8")
    assert refused.returncode == 1
    assert "newer version" in refused.stderr
    assert path.read_bytes() == before
