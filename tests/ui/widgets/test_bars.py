"""The task bar and the status bar."""

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QTextDocumentFragment
from PySide6.QtWidgets import QLabel, QProgressBar, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from reader.ui.reading_progress import Progress
from reader.ui.theme import load_theme
from reader.ui.widgets.elided import ElidedLabel
from reader.ui.widgets.status_bar import PassageStatus, time_left
from reader.ui.widgets.task_bar import TaskBar, megabytes


@pytest.fixture
def tasks(qtbot: QtBot) -> TaskBar:
    bar = TaskBar(delay=0)
    qtbot.addWidget(bar)
    bar.set_theme(load_theme("dark"))
    return bar


@pytest.fixture
def status(qtbot: QtBot) -> PassageStatus:
    bar = PassageStatus()
    qtbot.addWidget(bar)
    bar.set_theme(load_theme("light"))
    bar.resize(800, 28)
    bar.show()
    return bar


def test_work_shows_itself_counts_and_goes(tasks: TaskBar, qtbot: QtBot) -> None:
    tasks.start("Adding", 0)
    qtbot.waitUntil(tasks.isVisible)
    assert tasks.text() == "Adding…"
    tasks.advance(37, 1000, "winter.md")
    assert tasks.text() == "Adding 37 of 1,000 · winter.md"
    progress = tasks.findChildren(QProgressBar)[0]
    assert (progress.value(), progress.maximum()) == (37, 1000)
    tasks.finish("1,000 documents added")
    assert not tasks.isVisible()


def test_bytes_move_the_bar_and_are_told_when_they_are_many(tasks: TaskBar, qtbot: QtBot) -> None:
    tasks.start("Adding", 0)
    progress = tasks.findChildren(QProgressBar)[0]
    tasks.advance(1, 3, "a.epub", 1_500_000, 6_000_000_000)
    assert tasks.text() == "Adding 1 of 3, 1.5 of 6,000 MB · a.epub"
    tasks.advance(2, 3, "b.epub", 3_000_000_000, 6_000_000_000)
    assert progress.value() * 2 == progress.maximum()
    tasks.advance(2, 3, "b.txt", 30, 60)
    assert tasks.text() == "Adding 2 of 3 · b.txt"
    assert progress.value() * 2 == progress.maximum()
    tasks.finish("")


@pytest.mark.parametrize(
    ("count", "words"), [(0, "0.0"), (1_240_000, "1.2"), (9_960_000, "10"), (1_234_567_890, "1,235")]
)
def test_megabytes(count: int, words: str) -> None:
    assert megabytes(count) == words


def test_short_work_never_shows(qtbot: QtBot) -> None:
    bar = TaskBar(delay=60_000)
    qtbot.addWidget(bar)
    bar.start("Adding", 1)
    assert not bar.isVisible()
    bar.finish("")
    assert not bar.isVisible()


def test_stop_is_asked_once_and_offered_again_next_time(tasks: TaskBar, qtbot: QtBot) -> None:
    tasks.start("Adding", 3)
    qtbot.waitUntil(tasks.isVisible)
    stop = tasks.findChildren(QPushButton)[0]
    with qtbot.waitSignal(tasks.stop_requested):
        qtbot.mouseClick(stop, Qt.MouseButton.LeftButton)
    assert not stop.isEnabled()
    tasks.start("Adding", 3)
    assert stop.isEnabled()
    assert stop.text() == "Stop"
    tasks.finish("")


def test_message_with_undo(status: PassageStatus, qtbot: QtBot) -> None:
    status.show_message("Quote added", True)
    undo = status.findChild(QToolButton, "undo")
    assert undo.isVisible()
    with qtbot.waitSignal(status.undo_requested):
        qtbot.mouseClick(undo, Qt.MouseButton.LeftButton)
    assert not undo.isVisible()
    status.show_message("Undone: Quote added", False)
    assert status.message() == "Undone: Quote added"
    assert not undo.isVisible()


def test_a_message_goes_after_a_while_but_not_from_under_the_hand(qtbot: QtBot) -> None:
    bar = PassageStatus(patience=1)
    qtbot.addWidget(bar)
    bar.set_theme(load_theme("light"))
    undo = bar.findChild(QToolButton, "undo")
    with qtbot.waitActive(bar):
        bar.show()
        bar.activateWindow()
    bar.show_message("“Winter” added", True)
    qtbot.waitUntil(lambda: bar.message() == "")
    assert not undo.isVisible()
    undo.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    bar.show_message("“Winter” added", True)
    undo.setFocus()
    timer = bar.findChild(QTimer)
    with qtbot.waitSignal(timer.timeout):
        pass
    assert bar.message() == "“Winter” added"
    undo.clearFocus()
    qtbot.waitUntil(lambda: bar.message() == "")


@pytest.mark.parametrize("stays", ["Checking the library…", "error"])
def test_what_is_under_way_and_what_went_wrong_stay(stays: str, qtbot: QtBot) -> None:
    bar = PassageStatus(patience=0)
    qtbot.addWidget(bar)
    bar.set_theme(load_theme("light"))
    bar.show_message("“Winter” added", True)
    (bar.show_error if stays == "error" else bar.show_message)(stays)
    bar.move_on()
    timer = bar.findChild(QTimer)
    assert not timer.isActive()
    assert bar.message() == stays


def test_an_error_has_its_own_color_until_the_next_message(status: PassageStatus) -> None:
    label = status.findChild(ElidedLabel, "message")

    def colors() -> set[str]:
        image = label.grab().toImage()
        return {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}

    status.show_error("The disk is full; nothing was written.")
    assert load_theme("light").error in colors()
    status.show_message("Quote added")
    assert load_theme("light").error not in colors()


def test_a_long_message_gives_way_and_is_whole_in_the_tooltip(status: PassageStatus) -> None:
    status.set_reading(Progress(0.5, 1_000_000, 12))
    long = "What could not be done, told at length, " * 20
    status.show_message(long, True)
    assert status.findChild(QToolButton, "undo").geometry().right() < status.width()
    label = status.findChild(ElidedLabel, "message")
    label.grab()
    assert QTextDocumentFragment.fromHtml(label.toolTip()).toPlainText().strip() == long.strip()
    reading = status.findChild(QLabel, "reading")
    assert reading.geometry().right() < status.width()
    assert reading.width() >= reading.sizeHint().width()


def test_reading_in_words(status: PassageStatus) -> None:
    status.set_reading(Progress(0.62, 1284, 3))
    assert status.findChild(QLabel, "reading").text().split("      ") == ["62 %", "3 minutes left", "1,284 words"]
    status.set_reading(Progress(1.0, 1, 0))
    assert status.findChild(QLabel, "reading").text().split("      ") == ["100 %", "1 word"]
    status.clear_reading()
    assert status.findChild(QLabel, "reading").text() == ""


def test_chapters_are_what_is_counted_and_the_whole_is_in_the_tooltip(status: PassageStatus) -> None:
    label = status.findChild(QLabel, "reading")
    status.set_reading(Progress(0.2, 90_000, 312, 7))
    assert label.text().split("      ") == ["20 %", "about 7 minutes left in this chapter", "90,000 words"]
    assert label.toolTip() == "In the whole document: 5 h 12 min left"
    status.set_reading(Progress(0.2, 90_000, 312, 0))
    assert "less than a minute left in this chapter" in label.text()
    status.set_reading(Progress(1.0, 90_000, 0, 0))
    assert label.text().split("      ") == ["100 %", "90,000 words"]
    assert label.toolTip() == ""


@pytest.mark.parametrize(
    ("progress", "minutes", "words"),
    [
        (0.1, 0, "less than a minute left"),
        (0.1, 1, "1 minute left"),
        (0.1, 59, "59 minutes left"),
        (0.1, 60, "1 h left"),
        (0.1, 125, "2 h 5 min left"),
        (1.0, 0, ""),
    ],
)
def test_time_left(progress: float, minutes: int, words: str) -> None:
    assert time_left(progress, minutes) == words
