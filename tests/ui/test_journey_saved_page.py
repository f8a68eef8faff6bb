"""A saved page from adding to an equal library: as its article, as a whole and back, with debris out of sight."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QToolButton

from reader.model.annotation import AnchorState, Color
from reader.resources import samples
from reader.services.library import Library
from tests.ui.conftest import Desk

PAGE = "nobody-cut-a-ribbon.html"
BODY = "a noise like a kettle in the next house but one"
SOURCE = "annual return for 2019"
OUTSIDE = "he’s not retiring he’s been told"
DEBRIS = ("Heifer", "Subscribe to the Lenn", "Share this article", "Source »", "Most read", "3 comments")
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def page_desk(open_desk: Callable[..., Desk]) -> Desk:
    """The page as a person adds it: the window opens it when it has been read."""
    desk = open_desk()
    desk.window.complete().adding.add([samples() / PAGE], then_open=True)
    desk.wait_idle()
    (document,) = desk.library.documents.list()
    return open_desk(document.uid)


def press(desk: Desk, name: str) -> None:
    (button,) = [b for b in desk.window.findChildren(QToolButton, name) if b.isVisible()]
    desk.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def shows(desk: Desk) -> tuple[str, str]:
    """The view, and what is on the page of it."""
    document = desk.window.session.document
    assert document
    return document.view, desk.window.pane.view.shown_text(0, len(desk.text))


def switch(desk: Desk, view: str) -> None:
    press(desk, f"view:{view}")
    desk.wait_idle()
    assert shows(desk)[0] == view


def states(desk: Desk) -> dict[str, AnchorState]:
    return {mark.quote: mark.state for mark in desk.marks()}


def places(desk: Desk) -> list[tuple[str, int, int]]:
    return sorted((mark.uid, mark.anchor.start, mark.anchor.end) for mark in desk.marks() if mark.anchor)


def found(library: Library, words: str) -> list[str]:
    return [hit.snippet for group in library.search.search(words, scope="text").groups for hit in group.hits]


def test_the_whole_journey(page_desk: Desk, open_desk: Callable[..., Desk], tmp_path: Path) -> None:
    desk = page_desk
    assert shows(desk)[0] == "article"
    assert OUTSIDE not in desk.text
    desk.drag(BODY)
    desk.type("1")
    desk.drag(SOURCE)
    desk.type("3")
    in_article = places(desk)

    switch(desk, "page")
    # A share bar stands before the source here; its words are the same, what is around them is not.
    assert states(desk) == {BODY: AnchorState.EXACT, SOURCE: AnchorState.MOVED}
    desk.drag(OUTSIDE)
    desk.type("5")
    in_page = places(desk)

    switch(desk, "article")
    assert states(desk) == {BODY: AnchorState.EXACT, SOURCE: AnchorState.EXACT, OUTSIDE: AnchorState.LOST}
    assert set(in_article) < set(places(desk))
    switch(desk, "page")
    assert states(desk) == {BODY: AnchorState.EXACT, SOURCE: AnchorState.MOVED, OUTSIDE: AnchorState.EXACT}
    assert places(desk) == in_page

    assert all(words in shows(desk)[1] for words in DEBRIS)
    press(desk, "debris:hide")
    assert not any(words in shows(desk)[1] for words in DEBRIS)
    assert shows(desk)[1].count("We did not have a scheme") == 1
    assert found(desk.library, "Heifer") == []
    assert found(desk.library, "kettle")
    assert places(desk) == in_page, "hiding moves no mark"
    desk.press(Qt.Key.Key_A, CONTROL)
    desk.press(Qt.Key.Key_C, CONTROL)
    assert "Heifer" not in QApplication.clipboard().text()
    assert BODY in QApplication.clipboard().text()

    desk = open_desk(desk.uid)
    desk.press(Qt.Key.Key_Z, CONTROL)
    assert found(desk.library, "Heifer")
    assert "Heifer" in shows(desk)[1]
    desk.press(Qt.Key.Key_Z, CONTROL | SHIFT)
    assert found(desk.library, "Heifer") == []

    exported, again = tmp_path / "out.json", tmp_path / "again.json"
    desk.library.exchange.export(exported)
    other = Library.open(tmp_path / "other.sqlite")
    assert other.exchange.import_file(exported).added == 3
    # The marks and what is hidden wait for the file, and stand where they stood when it comes.
    (result,) = other.adding.add([samples() / PAGE])
    assert result.document
    opened = other.documents.open(result.document.uid)
    assert (opened.view, opened.document.text) == ("page", desk.text)
    assert found(other, "Heifer") == []
    other.exchange.export(again)
    other.close()
    assert again.read_bytes() == exported.read_bytes()


def test_by_the_keyboard_alone(page_desk: Desk) -> None:
    desk = page_desk
    desk.press(Qt.Key.Key_Home, CONTROL)
    desk.press(Qt.Key.Key_S)
    desk.press(Qt.Key.Key_2)
    desk.press(Qt.Key.Key_Escape)
    (mark,) = desk.marks()
    assert mark.color is Color.GREEN
    desk.press(Qt.Key.Key_P, CONTROL | ALT)
    desk.wait_idle()
    assert shows(desk)[0] == "page"
    assert [m.quote for m in desk.marks()] == [mark.quote]
    desk.press(Qt.Key.Key_I, CONTROL | ALT)
    for _ in range(2):
        desk.press(Qt.Key.Key_Tab)
    desk.press(Qt.Key.Key_Return)
    assert desk.window.status.message() == "7 passages hidden"
    assert "Heifer" not in shows(desk)[1]
    desk.press(Qt.Key.Key_Escape)
    assert QApplication.focusWidget() is desk.window.pane
    desk.press(Qt.Key.Key_Z, CONTROL)
    assert "Heifer" in shows(desk)[1]
