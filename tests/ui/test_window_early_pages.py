"""A long PDF whose text is still being read: its pages are there to be looked at, and nothing can go wrong on them."""

from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event

import psutil
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton

from reader.formats.errors import FormatError
from reader.model.document import Document
from reader.model.errors import Cancelled
from reader.services import pages
from reader.services.preparing import Prepared, Source
from reader.ui.finding import NOT_YET
from reader.ui.opening import Opening
from reader.ui.reading.pages.stage import wanted_of
from reader.ui.widgets.task_bar import TaskBar
from tests.ui.conftest import Desk, move
from tests.ui.reading.pages.conftest import settle
from tests.ui.test_window_pages import on_page, paper

OpenDesk = Callable[..., Desk]


class Held:
    """Reads the text of a file when it is told to, or fails."""

    def __init__(self, desk: Desk, file: Path) -> None:
        self.desk, self.file = desk, file
        self.go, self.error = Event(), ""
        self.stopped = False

    def __call__(self, cancelled: Callable[[], bool]) -> Document:
        while not self.go.wait(0.01):
            if cancelled():
                self.stopped = True
                raise Cancelled
        if self.error:
            raise FormatError(self.error)
        return self.desk.library.adding.look(self.file, cancelled)


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(pages, "LONG", 0)
    path = tmp_path / "long.pdf"
    path.write_bytes(paper())
    return path


@pytest.fixture
def early(open_desk: OpenDesk, file: Path) -> Iterator[tuple[Desk, Opening, Held]]:
    """A window that shows the pages of a file whose text is held back."""
    desk = open_desk()
    desk.window.complete()
    held = Held(desk, file)
    opening = Opening(desk.window, file.name, held, file)
    opening.start()
    desk.qtbot.waitUntil(lambda: bool(opening.early and opening.early.shown))
    drawn(desk)
    yield desk, opening, held
    held.go.set()


def drawn(desk: Desk) -> None:
    """Wait until the pages in view are sharp."""
    pane = desk.window.pane

    def done() -> bool:
        flow, stage = pane.view.page_flow, pane.view.stage
        if flow is None:
            return False
        pane.viewport().repaint()
        window, ratio = pane.viewport().rect(), pane.devicePixelRatioF()
        shown = flow.pages_between(0, window.height())
        return all(stage.tiles.is_sharp(wanted_of(flow, page, window, ratio)) for page in shown)

    desk.qtbot.waitUntil(done)


def bars(desk: Desk) -> list[str]:
    return [bar.text() for bar in desk.window.centre.findChildren(TaskBar) if bar.isVisible()]


def press_and_drag(desk: Desk, start: QPoint, end: QPoint, modifiers: Qt.KeyboardModifier) -> None:
    view = desk.window.pane.viewport()
    QTest.mousePress(view, Qt.MouseButton.LeftButton, modifiers, start)
    move(view, (start + end) / 2)
    move(view, end)
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, modifiers, end)


def add(desk: Desk, opening: Opening, held: Held) -> None:
    """Let the text come, and add the file as the start of the program does."""
    with desk.qtbot.waitSignal(opening.arrived):
        held.go.set()
    desk.window.complete().adding.add([held.file], then_open=True)
    desk.qtbot.waitUntil(lambda: bool(desk.window.session.uid))
    settle(desk.qtbot, desk.window.pane)
    desk.wait_idle()
    desk.uid = desk.window.session.uid


def test_the_pages_are_sharp_before_their_text_is_read(early: tuple[Desk, Opening, Held]) -> None:
    desk, opening, _held = early
    assert desk.window.pane.isVisible()
    assert not opening.state.isVisible()
    assert bars(desk) == ["Reading the text, to select, find and mark words…"]
    picture, start = desk.window.pane.viewport().grab().toImage(), on_page(desk, 50, 500)
    ink = [picture.pixelColor(start.x() + x, start.y() - 3).lightness() for x in range(200)]
    assert min(ink) < 100, "a line of words can be seen"
    assert not desk.window.session.uid
    assert not desk.library.documents.list()


def test_place_and_process_stay_when_the_text_comes_and_words_are_marked_then(
    early: tuple[Desk, Opening, Held],
) -> None:
    desk, opening, held = early
    desk.window.pane.go_to_page(2, down=0.25)
    drawn(desk)
    place = desk.window.pane.page_place()
    drawing = desk.window.pane.view.stage.source
    add(desk, opening, held)
    assert desk.window.pane.view.stage.source is drawing, "no other process was started"
    assert desk.window.pane.page_place() == place
    assert not bars(desk)
    desk.window.pane.go_to_page(0)
    settle(desk.qtbot, desk.window.pane)
    desk.drag("promised the town")
    desk.type("1")
    (mark,) = desk.marks()
    assert mark.anchor.exact == "promised the town"
    assert mark.anchor.rects[0].page == 0


@pytest.mark.parametrize("modifiers", [Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.AltModifier])
def test_nothing_is_marked_before_there_are_words(
    early: tuple[Desk, Opening, Held], modifiers: Qt.KeyboardModifier
) -> None:
    desk, opening, held = early
    pane = desk.window.pane
    press_and_drag(desk, on_page(desk, 50, 505), on_page(desk, 250, 470), modifiers)
    desk.type("1")
    QTest.mouseDClick(pane.viewport(), Qt.MouseButton.LeftButton, pos=on_page(desk, 100, 505))
    desk.type("2")
    desk.press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    desk.type("1")
    assert not pane.selected_text().strip("\f\n ")
    add(desk, opening, held)
    assert desk.marks() == []


def test_what_is_looked_for_is_found_when_the_text_is_there(early: tuple[Desk, Opening, Held]) -> None:
    desk, opening, held = early
    desk.trigger("find")
    desk.type("promised")
    bar = desk.window.complete().find_bar
    desk.qtbot.waitUntil(lambda: any(label.text() == NOT_YET for label in bar.findChildren(QLabel)))
    add(desk, opening, held)
    desk.qtbot.waitUntil(lambda: any("of 12" in label.text() for label in bar.findChildren(QLabel)))


def test_stopping_takes_the_pages_away(early: tuple[Desk, Opening, Held]) -> None:
    desk, opening, held = early
    (bar,) = [bar for bar in desk.window.centre.findChildren(TaskBar) if bar.isVisible()]
    (stop,) = bar.findChildren(QPushButton)
    with desk.qtbot.waitSignal(opening.ended):
        stop.click()
    desk.wait_idle()
    assert held.stopped
    assert desk.window.complete().nothing.isVisible()
    assert desk.window.status.message() == "Stopped; the file is not added."
    assert not bars(desk)
    assert not desk.window.pane.isVisible()
    desk.qtbot.waitUntil(lambda: not psutil.Process().children())


def test_a_text_that_cannot_be_read_takes_the_pages_away_and_says_why(early: tuple[Desk, Opening, Held]) -> None:
    desk, opening, held = early
    held.error = "“long.pdf” was not read within a second: split it."
    with desk.qtbot.waitSignal(opening.ended):
        held.go.set()
    assert opening.state.isVisible()
    assert opening.state.sentence() == held.error
    assert not desk.window.pane.isVisible()
    assert not bars(desk)


def test_another_document_takes_their_place(early: tuple[Desk, Opening, Held], tmp_path: Path) -> None:
    desk, opening, held = early
    other = tmp_path / "other.txt"
    other.write_text("Another text.", encoding="utf-8")
    with desk.qtbot.waitSignal(opening.ended):
        desk.window.complete().adding.add([other], then_open=True)
    desk.wait_idle()
    assert held.stopped
    assert desk.text == "Another text."
    assert desk.window.pane.view.stage is None
    assert not bars(desk)


def test_pages_that_come_after_their_text_are_not_taken(open_desk: OpenDesk, file: Path) -> None:
    desk = open_desk()
    held = Held(desk, file)
    held.go.set()
    opening = Opening(desk.window, file.name, held, file)
    with desk.qtbot.waitSignal(opening.arrived):
        opening.start()
    settle(desk.qtbot, desk.window.pane)
    desk.wait_idle()
    assert "promised the town" in desk.window.pane.view.document.text
    assert not bars(desk)


def test_the_window_closes_while_the_text_is_read(early: tuple[Desk, Opening, Held]) -> None:
    desk, _opening, held = early
    desk.window.close()
    assert held.stopped


@pytest.fixture
def adding(open_desk: OpenDesk, file: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Desk, Event]]:
    """A window with nothing open in which the file is being added; its text is held back."""
    desk, go = open_desk(), Event()
    begin = desk.library.readings.begin

    def held(source: Source, path: Path, cancelled: Callable[[], bool]) -> Callable[[], Prepared]:
        def found() -> Prepared:
            while not go.wait(0.01):
                if cancelled():
                    raise Cancelled
            return begin(source, path, cancelled)()

        return found

    monkeypatch.setattr(desk.library.readings, "begin", held)
    desk.window.complete().adding.add([file], then_open=True)
    desk.qtbot.waitUntil(lambda: desk.window.pane.view.stage is not None)
    drawn(desk)
    yield desk, go
    go.set()


def test_a_file_that_is_added_shows_its_pages_and_keeps_them_and_the_place(adding: tuple[Desk, Event]) -> None:
    desk, go = adding
    pane = desk.window.pane
    assert pane.isVisible()
    assert not desk.window.complete().nothing.isVisible()
    pane.go_to_page(2, down=0.25)
    place, drawing = pane.page_place(), pane.view.stage.source
    go.set()
    desk.qtbot.waitUntil(lambda: bool(desk.window.session.uid))
    settle(desk.qtbot, pane)
    desk.wait_idle()
    desk.uid = desk.window.session.uid
    assert pane.view.stage.source is drawing
    assert pane.page_place() == place
    pane.go_to_page(0)
    settle(desk.qtbot, pane)
    desk.drag("promised the town")
    desk.type("1")
    assert [mark.anchor.exact for mark in desk.marks()] == ["promised the town"]


def test_stopping_to_add_it_takes_its_pages_away(adding: tuple[Desk, Event]) -> None:
    desk, _go = adding
    desk.window.complete().adding.stop()
    desk.wait_idle()
    assert desk.window.complete().nothing.isVisible()
    assert not desk.window.pane.isVisible()
    assert desk.window.pane.view.stage is None
    assert not desk.library.documents.list()


def test_another_document_opened_meanwhile_stays_until_it_is_there(adding: tuple[Desk, Event], tmp_path: Path) -> None:
    desk, go = adding
    (result,) = desk.library.adding.add([write(tmp_path)])
    assert result.document
    desk.window.complete().places.open(result.document.uid)
    assert desk.text == "Another text."
    assert desk.window.pane.view.stage is None
    go.set()
    desk.wait_idle()
    settle(desk.qtbot, desk.window.pane)
    assert "promised the town" in desk.text


def test_the_document_that_is_read_stays_while_another_is_added(desk: Desk, file: Path) -> None:
    text = desk.text
    desk.window.complete().adding.add([file], then_open=True)
    assert desk.window.pane.view.document.text == text
    desk.wait_idle()
    settle(desk.qtbot, desk.window.pane)
    assert "promised the town" in desk.text


def write(folder: Path) -> Path:
    path = folder / "another.txt"
    path.write_text("Another text.", encoding="utf-8")
    return path
