"""Memory that is free goes back to the system a while after a document has come up."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QTimer
from pytestqt.qtbot import QtBot

from reader.ui.trimming import Trimming, give_back

only_linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the C library of Linux is asked")


def held() -> int:
    """Bytes of this process that are in memory."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096


@only_linux
def test_what_was_freed_is_no_longer_held() -> None:
    # Many small pieces with one in use behind them: the C library alone keeps these.
    pieces = [bytes(5000) for _ in range(8000)]
    last = bytes(5000)
    before = held()
    del pieces
    give_back()
    assert held() < before - 20_000_000
    assert len(last) == 5000


def trimming(parent: QObject, let_go: Callable[[], object], busy: Callable[[], bool] = lambda: False) -> Trimming:
    """One that takes 20 ms for settled."""
    made = Trimming(parent, let_go, busy)
    (timer,) = made.findChildren(QTimer)
    timer.setInterval(20)
    return made


def test_it_is_done_once_after_the_last_of_several_beginnings(qtbot: QtBot) -> None:
    parent, done = QObject(), list[str]()
    made = trimming(parent, lambda: done.append("let go"))
    made.begins()
    made.begins()
    qtbot.waitUntil(lambda: bool(done))
    assert not made.findChildren(QTimer)[0].isActive()
    assert done == ["let go"]
    parent.deleteLater()


def test_work_under_way_is_waited_for(qtbot: QtBot) -> None:
    parent, asked, done = QObject(), list[bool](), list[int]()

    def busy() -> bool:
        asked.append(len(asked) < 2)
        return asked[-1]

    trimming(parent, lambda: done.append(len(asked)), busy).begins()
    qtbot.waitUntil(lambda: bool(done))
    assert (asked, done) == ([True, True, False], [3])
    parent.deleteLater()


def test_what_a_window_seldom_needs_is_not_loaded_with_it() -> None:
    seldom = (
        "('PySide6.QtNetwork', 'platform', '_strptime', 'reader.text.anchoring', 'reader.formats.registry', "
        "'reader.ui.dialogs.base')"
    )
    code = (
        "import sys, reader.app, reader.ui.parts, reader.ui.wiring, reader.ui.server\n"
        "from reader.services import backups, text_versions, versions\n"
        f"print([name for name in {seldom} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.strip() == "[]"
