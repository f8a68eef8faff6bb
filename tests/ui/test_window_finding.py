"""Finding in the document and in the library, from the whole window."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QToolButton

from tests.ui.conftest import Desk

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def count(desk: Desk) -> str:
    """What the find bar says of the hits."""
    return " ".join(label.text() for label in desk.window.complete().find_bar.findChildren(QLabel) if label.isVisible())


def find(desk: Desk, words: str) -> None:
    desk.press(Qt.Key.Key_F, CONTROL)
    desk.type(words)
    desk.wait_idle()


def test_typing_goes_to_the_first_hit_and_enter_to_the_next(desk: Desk) -> None:
    find(desk, "PROMISED")
    assert "1 of 2" in count(desk)
    desk.press(Qt.Key.Key_Return)
    assert "2 of 2" in count(desk)
    desk.press(Qt.Key.Key_Return)
    assert "1 of 2" in count(desk)
    desk.press(Qt.Key.Key_Return, SHIFT)
    assert "2 of 2" in count(desk)


def test_escape_leaves_the_hit_selected_in_the_text(desk: Desk) -> None:
    find(desk, "ninety-two")
    desk.press(Qt.Key.Key_Escape)
    assert not desk.window.complete().find_bar.isVisible()
    assert desk.window.pane.selection() == desk.span("ninety-two")
    assert QApplication.focusWidget() is desk.window.pane


def test_a_bad_expression_is_explained_and_harms_nothing(desk: Desk) -> None:
    find(desk, "(")
    toggle = desk.window.complete().find_bar.findChild(QToolButton, "regex")
    desk.qtbot.mouseClick(toggle, Qt.MouseButton.LeftButton)
    desk.wait_idle()
    assert len(count(desk)) > 10
    desk.press(Qt.Key.Key_F, CONTROL)
    desk.type(r"forty|ninety-\w+")
    desk.wait_idle()
    assert "1 of 2" in count(desk)


def test_a_hit_inside_run_together_words_is_found_in_the_library(desk: Desk) -> None:
    desk.press(Qt.Key.Key_F, CONTROL | SHIFT)
    desk.type("1988")
    desk.qtbot.waitUntil(lambda: not desk.window.tasks.busy() and desk.window.complete().search.query() == "1988")
    desk.wait_idle()
    desk.press(Qt.Key.Key_Down)
    desk.press(Qt.Key.Key_Return)
    start, end = desk.window.pane.visible_range()
    assert start <= desk.span("1988")[0] < end


def test_a_note_is_found_and_leads_to_its_mark(desk: Desk) -> None:
    desk.drag("forty million")
    desk.type("n")
    desk.type("beware of this figure")
    desk.press(Qt.Key.Key_Return, CONTROL)
    desk.press(Qt.Key.Key_F, CONTROL | SHIFT)
    desk.type("beware")
    desk.wait_idle()
    desk.qtbot.waitUntil(lambda: "1 found" in " ".join(_labels(desk)))
    desk.press(Qt.Key.Key_Down)
    desk.press(Qt.Key.Key_Return)
    current = desk.window.complete().marking.current
    assert current
    assert current.note == "beware of this figure"


def test_what_is_found_goes_with_its_document(desk: Desk) -> None:
    desk.press(Qt.Key.Key_F, CONTROL | SHIFT)
    desk.type("forty")
    desk.qtbot.waitUntil(lambda: "1 found" in " ".join(_labels(desk)))
    desk.library.documents.remove([desk.uid])
    desk.qtbot.waitUntil(lambda: "Nothing is found" in " ".join(_labels(desk)))
    desk.trigger("undo")
    desk.qtbot.waitUntil(lambda: "1 found" in " ".join(_labels(desk)))
    desk.wait_idle()


def _labels(desk: Desk) -> list[str]:
    return [label.text() for label in desk.window.complete().search.findChildren(QLabel)]


def test_a_long_search_says_that_it_goes_on_and_ends_with_a_sentence(desk: Desk, tmp_path: Path) -> None:
    hard = tmp_path / "hard.txt"
    hard.write_text("a" * 20_000 + "b", encoding="utf-8")
    desk.window.complete().adding.add([hard], then_open=True)
    desk.qtbot.waitUntil(lambda: len(desk.window.pane.view.document.text) == 20_001)
    desk.wait_idle()
    find(desk, "(a+)+$")
    desk.qtbot.mouseClick(desk.window.complete().find_bar.findChild(QToolButton, "regex"), Qt.MouseButton.LeftButton)
    desk.qtbot.waitUntil(lambda: "Searching" in count(desk))
    desk.wait_idle()
    assert "Searching" not in count(desk)
    assert len(count(desk)) > 10
