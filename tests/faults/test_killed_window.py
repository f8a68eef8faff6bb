"""The window is killed right after the mouse button is up: the mark is there, and the next window comes up."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from reader.services.library import Library
from tests.faults.conftest import Window
from tests.faults.programs import new_library, whole

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL there")


@pytest.mark.timeout(1800)
def test_one_window_after_the_other(tmp_path: Path, windows: Callable[..., Window], long: bool) -> None:
    path, document = new_library(tmp_path)
    for killed in range(50 if long else 3):
        window = windows(path, XDG_RUNTIME_DIR=str(tmp_path)).ready()  # where the last one's socket still is
        assert len(window.do("marks()")) == window.do("listed()") == killed
        assert not window.do("seen('damaged') or seen('cannot')")
        window.do(f"mark('full in {1900 + killed}')")
        uids = window.do("marks()")
        window.kill()
        library = Library.open(path)
        assert sorted(mark.uid for mark in library.annotate.of_document(document)) == uids
        assert len(uids) == killed + 1
        whole(library)
        library.close()


def test_a_command_meets_the_socket_of_a_window_that_was_killed(tmp_path: Path, windows: Callable[..., Window]) -> None:
    path, _ = new_library(tmp_path)
    file = tmp_path / "another.txt"
    file.write_text("Another text, opened after the death.\n", "utf-8")
    windows(path, XDG_RUNTIME_DIR=str(tmp_path)).ready().kill()
    window = windows(path, XDG_RUNTIME_DIR=str(tmp_path), files=[file])
    window.wait("ready() and 'Another' in window.windowTitle()")
    window.wait("settled()")
    window.leave()
