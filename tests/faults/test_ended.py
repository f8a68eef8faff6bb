"""Somebody ends the window from outside, as the desktop does at logout. What is being written is kept."""

import signal
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from reader.services.library import Library
from tests.faults.conftest import Window
from tests.faults.programs import new_library, whole

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there are no such signals there")


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP", "SIGINT"])
def test_a_note_that_is_still_open_is_written(tmp_path: Path, windows: Callable[..., Window], name: str) -> None:
    path, document = new_library(tmp_path)
    window = windows(path).ready()
    window.do("mark('full in 1900')")
    window.do("keys('N')")
    window.do("type('Half a thought')")
    window.process.send_signal(getattr(signal, name))
    assert window.ended() == (0, "")
    library = Library.open(path)
    assert [mark.note for mark in library.annotate.of_document(document)] == ["Half a thought"]
    whole(library)
    library.close()
