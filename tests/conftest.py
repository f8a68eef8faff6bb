"""What every test stands on: no display, no network, nothing left behind, no warning unheard."""

import gc
import importlib
import logging
import multiprocessing
import os
import sys
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from pytestqt.qtbot import QtBot

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_ACCESSIBILITY", "1")

# Nothing here, and nothing that is started here, opens a socket but a local one: a failure of promise 3.
GUARD = str(Path(__file__).parent / "guard")
if GUARD not in os.environ.get("PYTHONPATH", ""):
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, (GUARD, os.environ.get("PYTHONPATH", ""))))
if getattr(sys.modules.get("sitecustomize"), "__file__", "") != f"{GUARD}/sitecustomize.py":
    sys.path.insert(0, GUARD)
    sys.modules.pop("sitecustomize", None)
guard = importlib.import_module("sitecustomize")

settings.register_profile("reader", deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
settings.load_profile("reader")

PATIENCE = 30_000
"""Milliseconds that a test waits for what must come."""

SHARED = Path(__file__).resolve().parents[2] / "shared"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--long", action="store_true", help="the tests of faults at their full length (up to an hour)")


def pytest_collection_finish() -> None:
    """What the modules hold stays to the end: no look for lost widgets has to go through all of it again."""
    gc.collect()
    gc.freeze()


@pytest.fixture
def long(request: pytest.FixtureRequest) -> bool:
    """Whether a test that can go on for any time is to run at its full length; it sets its own timeout."""
    return bool(request.config.getoption("--long"))


@pytest.fixture
def shared() -> Path:
    """Documents of others beside the checkout; a test that wants them skips where they are absent."""
    if not SHARED.is_dir():
        pytest.skip("the shared documents are not beside this checkout")
    return SHARED


@pytest.fixture(autouse=True, scope="session")
def own_state(tmp_path_factory: pytest.TempPathFactory) -> None:
    """What breaks down in a test, or in a program that it starts, leaves its log in no folder of the user's.

    Nor does a test meet the user's own templates.
    """
    os.environ["XDG_STATE_HOME"] = str(tmp_path_factory.mktemp("state"))
    os.environ["XDG_DATA_HOME"] = str(tmp_path_factory.mktemp("data"))


@pytest.fixture
def may_listen() -> Iterator[None]:
    """For a test that itself waits for what must never come."""
    guard.allowed.add("socket.bind")
    yield
    guard.allowed.clear()


@pytest.fixture
def qtbot(qapp: object, request: pytest.FixtureRequest) -> QtBot:
    """As pytest-qt's, but half a minute patient instead of 5 seconds: that a machine is busy fails no test."""
    bot = QtBot(request)
    for name in ("waitUntil", "waitSignal", "waitSignals", "waitExposed", "waitActive"):
        setattr(bot, name, partial(getattr(bot, name), timeout=PATIENCE))
    return bot


class _Unexpected(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(f"{record.levelname} {record.name}: {record.getMessage()}")


@pytest.fixture(autouse=True)
def no_unexpected_log(request: pytest.FixtureRequest) -> Iterator[None]:
    """A line at WARNING or above fails the test, unless it asked for `caplog` and so looks itself."""
    handler = _Unexpected()
    logging.getLogger().addHandler(handler)
    yield
    logging.getLogger().removeHandler(handler)
    if handler.lines and "caplog" not in request.fixturenames:
        pytest.fail("unexpected log lines:\n" + "\n".join(handler.lines))


@pytest.fixture(autouse=True)
def nothing_left_behind(request: pytest.FixtureRequest) -> Iterator[None]:
    """No thread, process, visible window, running timer or busy pool outlives its test."""
    threads = set(threading.enumerate())
    yield
    left = [thread.name for thread in threading.enumerate() if thread not in threads and not thread.daemon]
    assert not left, f"threads left running: {left}"
    assert not multiprocessing.active_children(), "processes left running"
    if {"qtbot", "qapp"} & set(request.fixturenames):
        _nothing_of_qt_left()


def _nothing_of_qt_left() -> None:
    from PySide6.QtCore import QCoreApplication, QEvent, Qt, QThreadPool, QTimer
    from PySide6.QtGui import QGuiApplication
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication, QWidget

    # Qt takes the keys of the last key event for held until the next one, also in the tests that come after.
    if QGuiApplication.keyboardModifiers() != Qt.KeyboardModifier.NoModifier:
        QTest.keyRelease(QWidget(), Qt.Key.Key_Alt)
    # What one test copied must not be what the next one waits for.
    QGuiApplication.clipboard().clear()
    assert QThreadPool.globalInstance().activeThreadCount() == 0, "the thread pool is still at work"
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    windows = [w for w in QApplication.topLevelWidgets() if w.isVisible()]
    assert not windows, f"windows left open: {windows}"
    gc.collect()
    for widget in QApplication.topLevelWidgets():
        timers = [t for t in widget.findChildren(QTimer) if t.isActive()]
        assert not timers, f"timers left running in {widget}"
