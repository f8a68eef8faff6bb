"""The samples' dossier is marked as a reader would: by mouse and by keys, with tags and notes."""

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from tests.ui.conftest import Desk

KEY, LEFT = Qt.Key, Qt.MouseButton.LeftButton
CONTROL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)

ARTICLE = "The reservoir the valley cannot afford"
MINUTES = "Minutes of the water board, 14 March"
PAPER = "Seepage under the east bank of the Lenn at the Narrows"
EDITORIAL = "Why Upper Lenn needs the dam"
NOTE = "Note on the east bank"
PERSIAN = "سد و دره"
GAUGE = "The gauge at Sallow Ford — messages 💧"


@dataclass(frozen=True)
class Wanted:
    """A passage to mark: its category as the key for it, its tag and its note."""

    title: str
    words: str
    color: str
    tag: str = ""
    note: str = ""


BY_MOUSE = (
    Wanted(ARTICLE, "forty million", "5", "cost"),
    Wanted(ARTICLE, "We have not measured the east bank,” Ilse Brandt told", "3", "bank", "Her *own* words?"),
    Wanted(MINUTES, "92.4 million", "5", "costs"),
    Wanted(EDITORIAL, "The2013estimate was about fifty million", "5", "costs", "=1+1 is no sum"),
    Wanted(PERSIAN, "سد", "1"),
)
BY_KEYS = (
    Wanted(MINUTES, "the east bank had not been surveyed", "3", "bank"),
    Wanted(NOTE, "We have not measured the east bank", "3", "bank"),
    Wanted(GAUGE, "Brandtさん 👩🏼\u200d🔬.", "6", "", "<b>who</b> & why"),
    Wanted(PAPER, "Six standpipe tubes were sunk on the east bank", "2", "bank/seepage", "Six of them"),
)


def open_document(desk: Desk, title: str) -> None:
    """By its title, typed into the filter of the documents."""
    field = desk.window.complete().documents.field
    desk.press(KEY.Key_L, CONTROL)
    desk.qtbot.mouseClick(field.line, LEFT)
    desk.press(KEY.Key_A, CONTROL)
    put(desk, title)
    desk.press(KEY.Key_Return)
    desk.qtbot.waitUntil(lambda: desk.window.windowTitle().startswith(title))
    desk.uid = desk.window.session.uid
    desk.wait_idle()


def put(desk: Desk, words: str) -> None:
    """Type words, or where the keyboard of the tests has no keys for them, paste them."""
    if words.isascii():
        desk.type(words)
    else:
        QGuiApplication.clipboard().setText(words)
        desk.press(KEY.Key_V, CONTROL)


def find(desk: Desk, words: str) -> None:
    """Select the first place of `words`, by keys."""
    desk.press(KEY.Key_F, CONTROL)
    put(desk, words)
    desk.wait_idle()
    desk.press(KEY.Key_Escape)
    assert desk.window.pane.selection()


def say_why(desk: Desk, wanted: Wanted) -> None:
    """Category, tag and note of what is selected, by keys."""
    before = len(desk.marks())
    desk.type(wanted.color)
    assert len(desk.marks()) == before + 1, wanted.words
    if wanted.tag:
        desk.type("t")
        desk.type(wanted.tag)
        desk.press(KEY.Key_Return)
        desk.press(KEY.Key_Return, CONTROL)
    if wanted.note:
        desk.type("n")
        desk.type(wanted.note)
        desk.press(KEY.Key_Return, CONTROL)
    for _ in range(2):
        desk.press(KEY.Key_Escape)


def mark_the_dossier(desk: Desk) -> None:
    for wanted in (*BY_MOUSE, *BY_KEYS):
        if not desk.window.windowTitle().startswith(wanted.title):
            open_document(desk, wanted.title)
        desk.window.pane.setFocus()
        if wanted in BY_MOUSE:
            desk.drag(wanted.words)
        else:
            find(desk, wanted.words)
        say_why(desk, wanted)
