"""The real program with its window, in a process of its own, driven through its standard input by keys and mouse.

`python -m tests.faults.window [WORD ...]` starts it as `reader WORD ...` does. Each line of the input is an expression
in Python, worked out on the window's thread with the functions of `Hands` and the names `window` and `session`; the
answer is one line of JSON. `PATIENCE` in the environment is how many seconds it waits for the lock of another program.
"""

import json
import os
import sys
import traceback
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QDeadlineTimer, QPoint, QSocketNotifier, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget

import reader.app
from reader.store import connection
from reader.ui.main_window import MainWindow
from tests.ui.conftest import move

WAIT_MS = 30_000
LOOK_MS = 20


class Hands:
    """What can be done with the program, and what can be seen of it."""

    @property
    def window(self) -> MainWindow | None:
        shown = [widget for widget in QApplication.topLevelWidgets() if isinstance(widget, MainWindow)]
        return shown[0] if shown else None

    def wait(self, what: str) -> object:
        """Until an expression is true; what it is then."""
        deadline = QDeadlineTimer(WAIT_MS)
        while not (found := self.worked_out(what)) and not deadline.hasExpired():
            QTest.qWait(LOOK_MS)
        return found

    def worked_out(self, what: str) -> Any:
        window = self.window
        names = {"window": window, "session": window.session if window else None, "app": QApplication.instance()}
        verbs = {name: getattr(self, name) for name in dir(type(self)) if not name.startswith("_") and name != "window"}
        return eval(what, names | verbs)  # only the test writes to our input

    # -- seeing

    def ready(self) -> bool:
        """Whether the window is there with all its parts, and has a document open."""
        window = self.window
        return bool(window and window.isVisible() and window.parts and window.session.document)

    def words(self) -> list[str]:
        """Every sentence on the screen."""
        found: list[str] = []
        for top in self._tops():
            found += [label.text() for label in top.findChildren(QLabel) if label.isVisible() and label.text()]
        if window := self.window:
            found.append(window.status.message())
        return found

    def seen(self, words: str) -> bool:
        """Whether these words are on the screen."""
        return any(words in text for text in self.words())

    def marks(self) -> list[str]:
        """The uids of the annotations that the window shows of its document."""
        assert self.window
        return sorted(self.window.session.annotations)

    def listed(self) -> int:
        """How many annotations the panel lists."""
        assert self.window
        assert self.window.parts
        return self.window.parts.notes.model.rowCount()

    def settled(self) -> bool:
        """Whether nothing is being done off the interface's thread."""
        return bool(self.window and not self.window.tasks.busy())

    # -- doing

    def drag(self, words: str) -> bool:
        """Select words of the text with the mouse."""
        window = self.window
        assert window
        document = window.session.document
        assert document
        pane, view = window.pane, window.pane.viewport()
        first = document.document.text.index(words)
        last = first + len(words)
        pane.go_to(first, end=last, flash=False)
        ends = [pane.view.rects(place, place + 1)[0] for place in (first, last - 1)]
        begin = QPoint(ends[0].left() + 1, ends[0].center().y())
        end = QPoint(ends[1].right(), ends[1].center().y())
        QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=begin)
        for step in (1, 2, 3):
            move(view, begin + (end - begin) * step / 3)
        QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=end)
        return pane.selection() == (first, last)

    def keys(self, keys: str) -> str:
        """Press keys, such as "Ctrl+Z", where the keyboard is."""
        target = QApplication.activeModalWidget() or QApplication.focusWidget() or self.window
        assert target
        QTest.keySequence(target, QKeySequence(keys))
        return self.said()

    def mark(self, words: str) -> str:
        """Drag over words and press the key of the first category; what the program says."""
        assert self.drag(words)
        assert self.window
        self.window.pane.setFocus()
        return self.keys("1")

    def type(self, words: str) -> None:
        QTest.keyClicks(QApplication.focusWidget(), words)

    def said(self) -> str:
        return self.window.status.message() if self.window else ""

    def press(self, name: str) -> bool:
        """Click a button by its words, in the topmost window first."""
        for top in reversed(self._tops()):
            for button in top.findChildren(QAbstractButton):
                if button.isVisible() and button.isEnabled() and button.text().replace("&", "") == name:
                    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
                    return True
        return False

    def can(self, name: str) -> bool:
        """Whether the window offers an action."""
        assert self.window
        action = self.window.findChild(QAction, name)
        return bool(action and action.isEnabled())

    def leave(self) -> bool:
        """Close the window, as a click on its cross does."""
        assert self.window
        return self.window.close()

    def _tops(self) -> list[QWidget]:
        return [widget for widget in QApplication.topLevelWidgets() if widget.isVisible()]


class Ear:
    """Hears the commands and answers them."""

    def __init__(self) -> None:
        self._hands = Hands()
        self._rest = b""
        self._notifier = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read)
        self._notifier.activated.connect(self._hear)

    def _hear(self) -> None:
        data = os.read(sys.stdin.fileno(), 1 << 16)
        if not data:
            self._notifier.setEnabled(False)
            return
        *lines, self._rest = (self._rest + data).split(b"\n")
        for line in lines:
            try:
                answer = {"is": self._hands.worked_out(line.decode())}
            except Exception:
                answer = {"failed": traceback.format_exc()}
            print(json.dumps(answer, default=str), flush=True)


def listening(application: Callable[[], QApplication]) -> Callable[[], QApplication]:
    ears: list[Ear] = []

    def made() -> QApplication:
        app = application()
        ears.append(Ear())
        return app

    return made


def main() -> int:
    from reader.__main__ import main as start

    connection.BUSY_SECONDS = float(os.environ.get("PATIENCE", connection.BUSY_SECONDS))
    reader.app.application = listening(reader.app.application)
    return start()


if __name__ == "__main__":
    sys.exit(main())
