"""Failures that readers of other programs tell of, tried in the window: see tests/FAILURES.md for all of them."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QWidget

from reader.services.library import Library
from tests.services.test_stories import WORSE, spoil
from tests.ui.conftest import Desk

CONTROL = Qt.KeyboardModifier.ControlModifier


def compose(widget: QWidget, steps: list[str], words: str) -> None:
    """Type by an input method: what is composed so far, then what it becomes."""
    for step in steps:
        QApplication.sendEvent(widget, QInputMethodEvent(step, []))
    done = QInputMethodEvent()
    done.setCommitString(words)
    QApplication.sendEvent(widget, done)


def mark(desk: Desk, words: str) -> None:
    desk.drag(words)
    desk.type("1")


def test_a_note_that_is_being_typed_is_in_the_file_when_the_window_closes(desk: Desk, library_path: Path) -> None:
    mark(desk, "forty million")
    desk.trigger("focus_marks")
    desk.press(Qt.Key.Key_Return)
    desk.type("Which forty?")
    assert desk.window.close()
    library = Library.open(library_path)
    assert [found.note for found in library.annotate.of_document(desk.uid)] == ["Which forty?"]
    library.close()


def test_words_of_an_input_method_reach_a_note_in_its_card_and_a_tag(desk: Desk) -> None:
    mark(desk, "forty million")
    desk.trigger("focus_marks")
    desk.press(Qt.Key.Key_Return)
    field = QApplication.focusWidget()
    compose(field, ["s", "sh", "水", "水庫"], "水庫的水位")
    desk.press(Qt.Key.Key_Return, CONTROL)
    assert [found.note for found in desk.marks()] == ["水庫的水位"]
    desk.trigger("focus_marks")
    desk.type("t")
    line = QApplication.focusWidget()
    assert line is not field
    compose(line, ["n", "に"], "日本")
    desk.press(Qt.Key.Key_Return)
    desk.press(Qt.Key.Key_Return)
    assert [found.tags for found in desk.marks()] == [("日本",)]


@pytest.mark.parametrize("columns", WORSE.values(), ids=WORSE)
def test_a_malformed_mark_stops_no_document_from_opening(
    desk: Desk, open_desk: Callable[..., Desk], library_path: Path, columns: str
) -> None:
    mark(desk, "forty million")
    mark(desk, "ninety-two")
    first, second = (found.uid for found in desk.marks())
    uid = desk.uid
    desk.window.close()
    spoil(library_path, first, columns)
    desk = open_desk(uid)
    assert "forty million" in desk.text
    assert {first, second} == set(desk.window.session.annotations)
    # The whole of it is painted, and the marks are gone to and listed one after the other.
    pane = desk.window.pane
    for position in (0, len(desk.text) - 1):
        pane.go_to(position, flash=False)
        pane.grab()
    for _ in range(3):
        desk.trigger("next_mark")
        desk.window.grab()
    desk.trigger("focus_marks")
    desk.press(Qt.Key.Key_A, CONTROL)
    desk.type("2")
    assert {found.color.value for found in desk.marks()} == {"green"}
    assert len(desk.window.complete().strip.grab().toImage().size().toTuple()) == 2
