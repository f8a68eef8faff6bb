"""The process that draws an open PDF, from the window: it goes with what it drew; its end costs one page."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest
from PySide6.QtCore import Qt, QTimer

from tests.formats.pdf.makers import drawn, written
from tests.ui.conftest import Desk
from tests.ui.reading.pages.conftest import settle

ROOT = Path(__file__).resolve().parents[2]
OpenDesk = Callable[..., Desk]


def add(library_path: Path, file: Path) -> str:
    from reader.services.library import Library

    file.write_bytes(drawn(*(written(f"Sheet {page}", "with a line") for page in range(40))))
    library = Library.open(library_path)
    (result,) = library.adding.add([file])
    library.close()
    assert result.document, result.reason
    return result.document.uid


def children(of: int | None = None) -> list[psutil.Process]:
    return psutil.Process(of).children(recursive=True)


@pytest.fixture
def paged(open_desk: OpenDesk, library_path: Path, tmp_path: Path) -> Desk:
    desk = open_desk(add(library_path, tmp_path / "sheets.pdf"))
    settle(desk.qtbot, desk.window.pane)
    return desk


def test_it_goes_with_the_document_and_with_the_window(paged: Desk, tmp_path: Path) -> None:
    other = tmp_path / "words.txt"
    other.write_text("Words.\n", "utf-8")
    (result,) = paged.library.adding.add([other])
    assert result.document
    assert len(children()) == 1
    paged.window.session.open(result.document.uid)
    paged.qtbot.waitUntil(lambda: not children())
    paged.window.session.open(paged.uid)
    settle(paged.qtbot, paged.window.pane)
    assert len(children()) == 1
    paged.window.close()
    paged.library.close()
    paged.qtbot.waitUntil(lambda: not children())


def test_the_page_it_died_on_says_so_and_is_drawn_when_tried_again(paged: Desk) -> None:
    pane = paged.window.pane
    (engine,) = children()
    assert pane.view.stage
    # Else it is asked for a coarse picture before it dies, and another process draws that.
    for timer in pane.view.stage.tiles.findChildren(QTimer):
        timer.setInterval(60_000)
    # It answers no more, and is killed while it should draw.
    engine.suspend()
    pane.go_to_page(20)
    pane.viewport().repaint()
    paged.qtbot.wait(100)
    engine.kill()
    stage = pane.view.stage
    assert stage
    troubled: list[int] = []

    def told() -> bool:
        pane.viewport().repaint()
        troubled[:] = [page for page in range(40) if stage.tiles.trouble(page)]
        return bool(troubled)

    paged.qtbot.waitUntil(told)
    assert "broke the program that draws it" in stage.tiles.trouble(troubled[0])
    for page in troubled:
        stage.tiles.try_again(page)
    settle(paged.qtbot, pane)
    assert not any(stage.tiles.trouble(page) for page in range(40))
    (second,) = children()
    assert second.pid != engine.pid


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="signals and psutil as on Linux")
def test_nothing_is_left_of_a_window_that_is_killed(library_path: Path, tmp_path: Path) -> None:
    add(library_path, tmp_path / "sheets.pdf")
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "XDG_RUNTIME_DIR": str(tmp_path)}
    words = [sys.executable, "-m", "reader", "--library", str(library_path), str(tmp_path / "sheets.pdf")]
    window = subprocess.Popen(words, cwd=ROOT, env=environment, stderr=subprocess.DEVNULL)
    end = time.monotonic() + 30
    while not (engines := children(window.pid)) and time.monotonic() < end:
        time.sleep(0.05)
    time.sleep(1)
    engines = children(window.pid) or engines
    assert engines
    window.send_signal(signal.SIGKILL)
    window.wait()
    _, left = psutil.wait_procs(engines, timeout=10)
    assert left == []


@pytest.mark.parametrize("key", [Qt.Key.Key_PageDown])
def test_many_pages_are_gone_through_with_one_process(paged: Desk, key: Qt.Key) -> None:
    pane = paged.window.pane
    pane.setFocus()
    (engine,) = children()
    for _ in range(60):
        paged.qtbot.keyClick(pane, key)
        pane.viewport().repaint()
    settle(paged.qtbot, pane)
    assert [one.pid for one in children()] == [engine.pid]
