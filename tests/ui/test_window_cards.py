"""What is asked of marks while the keyboard is in their cards, in the whole window."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from reader.model.annotation import Style
from tests.ui.conftest import Desk

PRICE = "It has now promised a price as well"
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier


def test_copying_in_the_cards_takes_the_quotes_of_the_selected_ones(desk: Desk) -> None:
    for words in ("forty million", PRICE):
        desk.drag(words)
        desk.type("5")
    desk.window.pane.select(0, 5)
    desk.trigger("focus_marks")
    desk.press(Qt.Key.Key_A, CONTROL)
    desk.press(Qt.Key.Key_C, CONTROL)
    assert QGuiApplication.clipboard().text() == f"{PRICE}\n\nforty million"
    desk.press(Qt.Key.Key_C, CONTROL | SHIFT)
    assert QGuiApplication.clipboard().text().count("The reservoir") == 2


def test_changing_the_range_from_the_cards_brings_the_keyboard_to_the_text(desk: Desk) -> None:
    desk.drag("forty million")
    desk.type("5")
    desk.trigger("focus_marks")
    desk.type("r")
    assert QApplication.focusWidget() is desk.window.pane
    desk.press(Qt.Key.Key_Left, SHIFT | ALT)
    assert [m.quote.strip() for m in desk.marks()] == ["forty"]


def test_underlining_from_the_cards_is_one_step_for_all_of_them(desk: Desk) -> None:
    for words in ("forty million", PRICE):
        desk.drag(words)
        desk.type("5")
    desk.window.pane.select(0, 5)
    desk.trigger("focus_marks")
    desk.press(Qt.Key.Key_A, CONTROL)
    desk.type("u")
    assert [m.style for m in desk.marks()] == [Style.UNDERLINE] * 2
    desk.press(Qt.Key.Key_Z, CONTROL)
    assert [m.style for m in desk.marks()] == [Style.HIGHLIGHT] * 2
