"""The whole window on a library of its own, with two texts in it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from unicodedata import bidirectional

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from reader.services.library import Library
from reader.ui.main_window import MainWindow

TEXT = """The reservoir

The board has promised the town a lake. It has now promised a price as well, and neither will hold.

The first estimate was forty million; the paper says ninety-two. The1988crisis is not mentioned 😀 at all.

سد بر دره ساخته نشد و کسی نپرسید چرا.

But a lake is not the only way to keep water, and it is the dearest.
"""


@dataclass
class Desk:
    """A window, its library, and hands to use them with."""

    window: MainWindow
    library: Library
    qtbot: QtBot
    uid: str

    @property
    def text(self) -> str:
        document = self.window.session.document
        assert document
        return document.document.text

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """A key where the keyboard is."""
        self.qtbot.keyClick(QApplication.focusWidget() or self.window, key, modifiers)

    def type(self, words: str) -> None:
        self.qtbot.keyClicks(QApplication.focusWidget(), words)

    def trigger(self, name: str) -> None:
        self.window.actions_[name].trigger()

    def span(self, words: str) -> tuple[int, int]:
        start = self.text.index(words)
        return start, start + len(words)

    def point(self, position: int, *, after: bool = False) -> QPoint:
        """Where the code point at `position` begins (or, `after`, ends) on the viewport, in its own direction."""
        rect = self.window.pane.view.rects(position, position + 1)[0]
        leftwards = bidirectional(self.text[position]) in ("R", "AL")
        return QPoint(rect.right() if leftwards != after else rect.left() + 1, rect.center().y())

    def drag(self, words: str) -> None:
        """Select `words` with the mouse."""
        start, end = self.span(words)
        pane, view = self.window.pane, self.window.pane.viewport()
        pane.go_to(start, end=end, flash=False)
        begin, finish = self.point(start), self.point(end - 1, after=True)
        with self.qtbot.waitSignal(pane.selection_made):
            self.qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=begin)
            for step in (1, 2, 3):
                move(view, begin + (finish - begin) * step / 3)
            self.qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=finish)
        assert pane.selection() == (start, end)

    def click(self, position: int) -> None:
        self.qtbot.mouseClick(self.window.pane.viewport(), Qt.MouseButton.LeftButton, pos=self.point(position))

    def marks(self):
        return self.library.annotate.of_document(self.uid)

    def wait_idle(self) -> None:
        self.qtbot.waitUntil(lambda: not self.window.tasks.busy())


def move(widget, to: QPoint) -> None:
    where = QPointF(to)
    on_screen = QPointF(widget.mapToGlobal(to))
    buttons = Qt.MouseButton.NoButton, Qt.MouseButton.LeftButton
    event = QMouseEvent(QEvent.Type.MouseMove, where, on_screen, *buttons, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(widget, event)


@pytest.fixture
def library_path(tmp_path: Path) -> Path:
    return tmp_path / "library.sqlite"


@pytest.fixture
def open_desk(qtbot: QtBot, library_path: Path) -> Iterator[Callable[..., Desk]]:
    """Open the window on the library; called again, the first is closed: a restart."""
    desks: list[Desk] = []

    def close(desk: Desk) -> None:
        if not desk.window.close():  # a test that failed has left words that cannot be written
            desk.window.close_without_saving()
        desk.window.deleteLater()
        QApplication.sendPostedEvents(desk.window, QEvent.Type.DeferredDelete)
        desk.library.close()

    def opened(
        uid: str = "", *, size: tuple[int, int] = (1200, 800), theme: str = "light", path: Path = library_path
    ) -> Desk:
        if desks:
            close(desks.pop())
        library = Library.open(path)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        library.settings.set("theme", theme)
        window = MainWindow(library, app)
        window.resize(*size)
        if uid:
            window.session.open(uid)
        window.complete()
        with qtbot.waitActive(window):
            window.show()
            window.activateWindow()
        if uid:
            window.pane.setFocus()
        desks.append(Desk(window, library, qtbot, uid))
        return desks[-1]

    yield opened
    for desk in desks:
        close(desk)


@pytest.fixture
def desk(open_desk: Callable[..., Desk], library_path: Path, tmp_path: Path) -> Desk:
    """The window with the text above open and the keyboard in it."""
    file = tmp_path / "reservoir.txt"
    file.write_text(TEXT, encoding="utf-8")
    library = Library.open(library_path)
    (result,) = library.adding.add([file])
    assert result.document, result.reason
    library.close()
    return open_desk(result.document.uid)
