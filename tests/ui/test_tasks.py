"""Work off the interface's thread."""

import threading
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from reader.model.errors import ReaderError
from reader.ui.tasks import Task, Tasks


@pytest.fixture
def tasks(qapp: QApplication) -> Iterator[Tasks]:
    pool = Tasks()
    yield pool
    pool.close()


def test_the_result_arrives_on_the_interface_thread(tasks: Tasks, qtbot: QtBot) -> None:
    worked: list[str] = []
    heard: list[tuple[int, str]] = []

    def work(_task: Task) -> int:
        worked.append(threading.current_thread().name)
        return 42

    with qtbot.waitSignal(tasks.idle):
        tasks.start(work, lambda result: heard.append((result, threading.current_thread().name)))
    assert heard == [(42, "MainThread")]
    assert worked != ["MainThread"]


def test_an_error_for_the_user_is_handed_over(tasks: Tasks, qtbot: QtBot) -> None:
    heard: list[str] = []

    def work(_task: Task) -> None:
        raise ReaderError("The disk is full; make room and try again.")

    with qtbot.waitSignal(tasks.idle):
        tasks.start(work, failed=lambda error: heard.append(str(error)))
    assert heard == ["The disk is full; make room and try again."]


def test_progress_comes_in_order_and_before_the_end(tasks: Tasks, qtbot: QtBot) -> None:
    heard: list[object] = []

    def work(_task: Task) -> str:
        for step in range(5):
            tasks.report(heard.append, step)
        return "end"

    with qtbot.waitSignal(tasks.idle):
        tasks.start(work, heard.append)
    assert heard == [0, 1, 2, 3, 4, "end"]


def test_closing_cancels_waits_and_delivers_nothing(qapp: QApplication) -> None:
    tasks, began, ended, heard = Tasks(), threading.Event(), threading.Event(), []

    def work(task: Task) -> str:
        began.set()
        while not task.cancelled():
            ended.wait(0.001)
        ended.set()
        return "late"

    tasks.start(work, heard.append)
    assert began.wait(10)
    tasks.close()
    assert ended.is_set()
    qapp.processEvents()
    assert heard == []


def test_what_is_kept_for_a_thread_is_there_at_the_next_task(qapp: QApplication, qtbot: QtBot) -> None:
    """The library keeps a connection, and what it sorted, for each thread that asks."""
    tasks, kept, found = Tasks(threads=1), threading.local(), []

    def work(_task: Task) -> int:
        kept.times = getattr(kept, "times", 0) + 1
        return kept.times

    for _ in range(3):
        with qtbot.waitSignal(tasks.idle):
            tasks.start(work, found.append)
    tasks.close()
    assert found == [1, 2, 3]


def test_no_more_threads_work_at_once_than_there_may_be(qapp: QApplication, qtbot: QtBot) -> None:
    tasks, names, meet = Tasks(threads=2), set[str](), threading.Barrier(2)

    def work(_task: Task) -> None:
        names.add(threading.current_thread().name)
        meet.wait(timeout=10)

    with qtbot.waitSignal(tasks.idle):
        for _ in range(6):
            tasks.start(work)
    tasks.close()
    assert len(names) == 2
