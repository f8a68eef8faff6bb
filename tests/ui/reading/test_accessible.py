"""What a screen reader is told, asked through Qt's own interface."""

import gc

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QAccessible, QAccessibleInterface, QAccessibleTextInterface
from pytestqt.qtbot import QtBot

from reader.model.document import Document
from reader.ui.reading.accessible import install
from reader.ui.reading.pane import ReadingPane
from tests.ui.reading.samples import Show, article, middle_of


def text_of(pane: ReadingPane) -> QAccessibleTextInterface:
    install()
    interface = QAccessible.queryAccessibleInterface(pane)
    assert interface.role() == QAccessible.Role.Document
    assert interface.text(QAccessible.Text.Name) == "Text"
    # The C++ method, as Qt's bridges call it.
    text = QAccessibleInterface.textInterface(interface)
    assert isinstance(text, QAccessibleTextInterface)
    return text


def test_text_caret_and_selection_are_told_in_utf16_units(qtbot: QtBot, show: Show) -> None:
    pane = show(Document("😀 one\ntwo 😀 three"))
    text = text_of(pane)
    assert text.characterCount() == len("😀 one\ntwo 😀 three") + 2
    assert text.text(3, 6) == "one"
    assert text.text(0, 2) == "😀"
    pane.place_caret(2)
    assert text.cursorPosition() == 3
    text.setCursorPosition(7)
    assert pane.view.selection.caret == 6
    with qtbot.waitSignal(pane.selection_made) as told:
        text.addSelection(3, 6)
    assert told.args == [2, 5]
    assert pane.selection() == (2, 5)
    text.removeSelection(0)
    assert pane.selection() is None


def test_characters_have_their_place_on_the_screen(show: Show) -> None:
    document = article()
    pane = show(document)
    text = text_of(pane)
    position = document.text.index("dry")
    rect = text.characterRect(position)
    expected = pane.viewport().mapToGlobal(middle_of(pane, position))
    assert rect.contains(expected)
    assert text.offsetAtPoint(expected) == position
    assert text.offsetAtPoint(pane.viewport().mapToGlobal(QPoint(2, 300))) == -1


def test_a_place_far_away_is_scrolled_to(show: Show) -> None:
    document = article(300)
    pane = show(document)
    text_of(pane).scrollToSubstring(50_000, 50_020)
    start, end = pane.visible_range()
    assert start < 50_000 < end


def test_panes_come_and_go_with_their_interfaces(qtbot: QtBot) -> None:
    install()
    gc.freeze()  # so that each collection looks at what this test makes only, and takes no tenth of a second
    try:
        for number in range(40):
            pane = ReadingPane()
            pane.set_document(Document(f"Text {number}"), ())
            text = QAccessibleInterface.textInterface(QAccessible.queryAccessibleInterface(pane))
            assert text.text(0, 4) == "Text"
            del text
            pane.deleteLater()
            del pane
            qtbot.wait(0)
            gc.collect()
    finally:
        gc.unfreeze()


def test_a_reader_that_asked_too_early_is_given_the_text_later(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    QAccessible.setActive(True)
    monkeypatch.setattr(ReadingPane, "accessible_interface", lambda self: None)
    pane = ReadingPane()
    qtbot.addWidget(pane)
    pane.set_document(article(), ())
    QAccessible.queryAccessibleInterface(pane)
    monkeypatch.undo()
    with qtbot.waitSignal(pane.first_painted):
        pane.show()
    qtbot.waitUntil(lambda: pane._scroll_tip is not None)
    assert text_of(pane).text(0, 3) == "The"


def test_interfaces_that_are_not_there_are_null_for_qt(show: Show) -> None:
    pane = show(article())
    text_of(pane)
    interface = QAccessible.queryAccessibleInterface(pane)
    assert QAccessibleInterface.valueInterface(interface) is None
    assert QAccessibleInterface.actionInterface(interface) is None
    assert QAccessibleInterface.editableTextInterface(interface) is None
