"""Errors that nobody expected: a dialog once, a count after that, the window goes on, and what a breakdown leaves."""

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QPushButton, QWidget

from reader.crash_log import CrashLog
from reader.model.errors import ReaderError
from reader.services.library import Library
from reader.ui.crashes import Crashes, offer_logs
from reader.ui.dialogs.crash import BreakdownDialog, FaultDialog
from tests.ui.conftest import Desk

WORDS = "Quixotic zanzibar marmalade, whispered the lighthouse keeper."


@pytest.fixture
def crashes(desk: Desk) -> Iterator[Crashes]:
    heard = Crashes(desk.window)
    heard.begin()
    yield heard
    heard.end()


def boom() -> None:
    raise ValueError("boom")


def faults(desk: Desk) -> list[FaultDialog]:
    return [dialog for dialog in desk.window.findChildren(FaultDialog) if dialog.isVisible()]


def the_fault(desk: Desk) -> FaultDialog:
    desk.qtbot.waitUntil(lambda: bool(faults(desk)))
    (dialog,) = faults(desk)
    return dialog


def press(desk: Desk, dialog: FaultDialog | BreakdownDialog, words: str) -> None:
    (button,) = [b for b in dialog.findChildren(QPushButton) if b.text() == words]
    desk.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def in_a_slot() -> None:
    QTimer.singleShot(0, boom)


def in_a_thread() -> None:
    thread = threading.Thread(target=boom)
    thread.start()
    thread.join()


def in_a_finaliser() -> None:
    class Falling:
        def __del__(self) -> None:
            boom()

    Falling()


@pytest.mark.usefixtures("crashes")
@pytest.mark.parametrize("where", [in_a_slot, in_a_thread, in_a_finaliser])
def test_a_dialog_says_what_happened_and_what_is_saved(desk: Desk, where: Callable[[], None]) -> None:
    desk.drag("forty million")
    desk.press(Qt.Key.Key_1)
    where()
    dialog = the_fault(desk)
    assert dialog.saved.text().startswith("Everything up to ")
    assert "(“Claim added”) is in the library" in dialog.saved.text()
    press(desk, dialog, "Copy")
    assert "in boom" in QApplication.clipboard().text()
    assert QApplication.clipboard().text().rstrip().endswith("ValueError: boom")
    press(desk, dialog, "Continue")
    assert not faults(desk)
    with desk.qtbot.waitActive(desk.window):  # what a window manager does
        desk.window.activateWindow()
    desk.drag("ninety-two")
    desk.press(Qt.Key.Key_2)
    assert len(desk.marks()) == 2


@pytest.mark.usefixtures("crashes")
def test_an_error_in_each_paint_is_told_once_and_counted(desk: Desk) -> None:
    class Failing(QWidget):
        def paintEvent(self, _event: QPaintEvent) -> None:
            boom()

    failing = Failing(desk.window)
    failing.resize(20, 20)
    failing.show()
    dialog = the_fault(desk)
    for times in ("2 times", "3 times"):
        failing.update()
        desk.qtbot.waitUntil(lambda words=times: words in dialog.count.text())
    assert faults(desk) == [dialog]
    press(desk, dialog, "Continue")
    failing.update()
    desk.qtbot.waitUntil(lambda: "times by now" in desk.window.status.message())
    assert not faults(desk)
    failing.hide()
    # Another error is told again.
    QTimer.singleShot(0, lambda: [][1])
    press(desk, the_fault(desk), "Continue")


@pytest.mark.usefixtures("crashes")
def test_what_the_user_can_act_on_is_a_sentence_and_no_dialog(desk: Desk) -> None:
    def gone() -> None:
        raise ReaderError("The drive is gone; connect it again.")

    QTimer.singleShot(0, gone)
    desk.qtbot.waitUntil(lambda: desk.window.status.message().startswith("The drive is gone"))
    assert not faults(desk)


@pytest.mark.usefixtures("crashes")
def test_quitting_from_the_dialog_asks_for_words_that_are_not_saved(desk: Desk) -> None:
    connection = desk.library.store.connection
    connection.execute("PRAGMA query_only = ON")
    desk.drag("forty million")
    desk.trigger("note")
    desk.type("ask them")
    desk.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    QTimer.singleShot(0, boom)
    dialog = the_fault(desk)
    assert "What could not be saved stays where you typed it." in dialog.saved.text()
    press(desk, dialog, "Quit")
    assert desk.window.isVisible()
    assert desk.window.complete().unsaved_bar.close_anyway.isVisible()
    connection.execute("PRAGMA query_only = OFF")
    assert desk.window.close()
    assert [mark.note for mark in desk.marks()] == ["ask them"]


@pytest.mark.usefixtures("crashes")
def test_an_interrupt_from_the_terminal_closes_the_window(desk: Desk) -> None:
    def interrupt() -> None:
        raise KeyboardInterrupt

    QTimer.singleShot(0, interrupt)
    desk.qtbot.waitUntil(lambda: not desk.window.isVisible())


# What is left behind

BREAKING = """
import sys, faulthandler
import reader.app as app
from PySide6.QtCore import QTimer
def go_on(self, go_on=app.Starting._go_on):
    go_on(self)
    pane = self._window.pane
    self._window.session.library.annotate.highlight(
        self._window.session.uid, self._window.session.document.document.text, 0, 8, note="Marzipan")
    QTimer.singleShot(0, lambda: faulthandler._sigsegv())
app.Starting._go_on = go_on
app.run(app.Path(sys.argv[1]), [app.Path(sys.argv[2])])
"""


def test_a_breakdown_leaves_frames_and_no_private_text(tmp_path: Path) -> None:
    file = tmp_path / "Gorgonzola.txt"
    file.write_text(WORDS, "utf-8")
    library = Library.open(tmp_path / "library.sqlite")
    assert [result.document for result in library.adding.add([file])]
    library.close()
    state = tmp_path / "state"
    command = [sys.executable, "-c", BREAKING, str(library.path), str(file)]
    environment = os.environ | {"XDG_STATE_HOME": str(state), "XDG_RUNTIME_DIR": str(tmp_path)}
    ended = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)
    assert ended.returncode < 0, ended.stderr
    (path,) = CrashLog(state / "passage").left_behind()
    assert path.stat().st_mode & 0o777 == 0o600
    log = path.read_text("utf-8")
    assert "Segmentation fault" in log
    assert "app.py" in log
    for word in [*WORDS.replace(",", "").replace(".", "").split(), "Marzipan", "Gorgonzola", "library.sqlite"]:
        if len(word) > 3:
            assert word.lower() not in log.lower()
    again = Library.open(library.path)
    (document,) = again.documents.list()
    assert [mark.note for mark in again.annotate.of_document(document.uid)] == ["Marzipan"]
    again.close()


def test_a_program_that_ends_leaves_no_log_and_one_that_runs_keeps_its_own(tmp_path: Path) -> None:
    own = (
        "import sys; from pathlib import Path; from reader.crash_log import CrashLog; log = CrashLog(Path(sys.argv[1]))"
    )
    waits = "log.begin(); print('begun', flush=True); input(); log.end()"
    command = [sys.executable, "-c", f"{own}; {waits}", str(tmp_path)]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout
    assert process.stdout.readline() == "begun\n"
    (path,) = tmp_path.iterdir()
    path.write_text("half a breakdown", "utf-8")
    assert CrashLog(tmp_path).left_behind() == []
    path.write_text("", "utf-8")
    process.communicate("\n")
    assert process.returncode == 0
    assert list(tmp_path.iterdir()) == []


def test_a_killed_program_leaves_nothing_to_offer(tmp_path: Path) -> None:
    (tmp_path / "crash-12.txt").touch()
    assert CrashLog(tmp_path).left_behind() == []
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("answer", ["Delete", "Keep it"])
def test_the_log_is_offered_at_the_next_start_and_only_then(desk: Desk, tmp_path: Path, answer: str) -> None:
    folder = tmp_path / "state"
    folder.mkdir()
    (folder / "crash-12.txt").write_text("Fatal Python error: Segmentation fault\n", "utf-8")
    log = CrashLog(folder)
    offer_logs(desk.window, log)
    dialog = desk.window.findChild(BreakdownDialog)
    assert isinstance(dialog, BreakdownDialog)
    assert dialog.isVisible()
    (shown,) = dialog.findChildren(QPlainTextEdit)
    assert shown.toPlainText() == "Fatal Python error: Segmentation fault"
    press(desk, dialog, "Copy")
    assert QApplication.clipboard().text() == shown.toPlainText()
    press(desk, dialog, answer)
    assert [path.suffix for path in folder.iterdir()] == ([] if answer == "Delete" else [".seen"])
    offer_logs(desk.window, log)
    assert not [d for d in desk.window.findChildren(BreakdownDialog) if d.isVisible()]
