"""Memory that is free goes back to the system a while after a document has come up."""

import sys
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


def test_it_is_done_once_after_the_last_of_several_beginnings(qtbot: QtBot) -> None:
    parent = QObject()
    trimming = Trimming(parent)
    (timer,) = trimming.findChildren(QTimer)
    timer.setInterval(20)
    ends: list[int] = []
    timer.timeout.connect(lambda: ends.append(1))
    trimming.begins()
    trimming.begins()
    qtbot.waitUntil(lambda: bool(ends))
    assert not timer.isActive()
    assert ends == [1]
    parent.deleteLater()
