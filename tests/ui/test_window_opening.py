"""A new file that takes its time: the window is there at once, says what it does, and can be stopped."""

from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from reader.formats.errors import FormatError
from reader.model.document import Document, Metadata
from reader.model.errors import Cancelled
from reader.ui.opening import Opening
from tests.ui.conftest import Desk

BOOK = Document("The lake\n\nIt is dear.", metadata=Metadata("The lake"))


class Slow:
    """A reader that answers when it is told to."""

    def __init__(self, answer: Document | Exception) -> None:
        self.answer, self.go, self.stopped = answer, Event(), False

    def __call__(self, cancelled: Callable[[], bool]) -> Document:
        while not self.go.wait(0.01):
            if cancelled():
                self.stopped = True
                raise Cancelled
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


@pytest.fixture
def slow() -> Iterator[Slow]:
    reader = Slow(BOOK)
    yield reader
    reader.go.set()


@pytest.fixture
def opening(open_desk: Callable[..., Desk], slow: Slow) -> tuple[Desk, Opening]:
    desk = open_desk()
    begun = Opening(desk.window, "lake.epub", slow)
    begun.start()
    return desk, begun


def test_the_window_says_what_it_reads_and_shows_the_page_when_it_comes(
    opening: tuple[Desk, Opening], slow: Slow
) -> None:
    desk, begun = opening
    desk.qtbot.waitUntil(begun.state.isVisible)
    assert begun.state.sentence() == "Reading “lake.epub”…"
    assert not desk.window.pane.isVisible()
    with desk.qtbot.waitSignal(begun.arrived):
        slow.go.set()
    assert desk.window.pane.isVisible()
    assert desk.window.pane.view.document.text == BOOK.text
    assert desk.window.windowTitle() == "The lake — Passage"
    assert desk.window.pane.hasFocus()


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_it_can_be_stopped_with_the_keyboard(opening: tuple[Desk, Opening], slow: Slow, key: Qt.Key) -> None:
    desk, begun = opening
    (stop,) = begun.state.buttons()
    stop.setFocus()
    with desk.qtbot.waitSignal(begun.ended):
        desk.qtbot.keyClick(QApplication.focusWidget(), key)
    desk.wait_idle()
    assert slow.stopped
    assert desk.window.complete().nothing.isVisible()
    assert "Stopped" in desk.window.status.message()
    assert desk.window.windowTitle() == "Passage"


def test_what_cannot_be_read_is_said_where_the_text_would_be(opening: tuple[Desk, Opening], slow: Slow) -> None:
    desk, begun = opening
    slow.answer = FormatError("“lake.epub” is locked by its shop: open it with the shop's own program.")
    with desk.qtbot.waitSignal(begun.ended):
        slow.go.set()
    assert begun.state.sentence() == str(slow.answer)
    assert desk.window.status.message() == str(slow.answer)
    assert [button.text() for button in begun.state.buttons()] == ["Add documents"]


def test_another_document_takes_its_place(desk: Desk, slow: Slow, tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_text("Another text.", encoding="utf-8")
    begun = Opening(desk.window, "lake.epub", slow)
    begun.start()
    with desk.qtbot.waitSignal(begun.ended):
        desk.window.complete().adding.add([other], then_open=True)
    desk.wait_idle()
    assert slow.stopped
    assert desk.window.pane.isVisible()
    assert desk.text == "Another text."


def test_closing_the_window_ends_it(opening: tuple[Desk, Opening], slow: Slow) -> None:
    desk, _begun = opening
    desk.window.close()
    assert slow.stopped
