"""Very many selected annotations: what has to be looked up of them keeps nobody waiting, and goes on afterwards."""

from threading import Event

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu

from reader.model.annotation import Color
from reader.model.change import Change
from reader.ui.dialogs.export import ExportDialog
from reader.ui.dialogs.export_scope import Scope
from reader.ui.theme import load_theme
from tests.ui.conftest import Desk
from tests.ui.workspace.facet_helpers import marked
from tests.ui.workspace.hands import CONTROL, KEY, Hands


@pytest.fixture
def hands(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Hands:
    monkeypatch.setattr("reader.ui.workspace.list_verbs.MANY", 2)
    marked(desk.library, desk.uid)
    found = Hands(desk)
    desk.press(KEY.Key_A, CONTROL)
    return found


def test_their_tags_are_asked_for_and_changed(hands: Hands) -> None:
    desk = hands.desk
    desk.press(KEY.Key_T)
    desk.qtbot.waitUntil(lambda: isinstance(QApplication.focusWidget(), QLineEdit))
    desk.type("late")
    desk.press(KEY.Key_Return, CONTROL)
    desk.wait_idle()
    assert all("late" in mark.tags for mark in desk.marks())


def filled(hands: Hands) -> QMenu:
    """The menu that a selection has, before anything was looked up."""
    menu = QMenu(hands.table)
    tag, _note = menu.addAction("Tag"), menu.addAction("Note")
    hands.page.rows.fill(menu, after=tag)
    return menu


def test_their_tags_come_into_the_menu(hands: Hands) -> None:
    menu = filled(hands)
    (off,) = [action for action in menu.actions() if action.menu()]
    assert not off.isEnabled()
    hands.desk.qtbot.waitUntil(off.isEnabled)
    menu.deleteLater()


def test_a_menu_that_was_closed_meanwhile_gets_none(hands: Hands) -> None:
    menu = filled(hands)
    menu.deleteLater()
    QApplication.sendPostedEvents(menu, QEvent.Type.DeferredDelete)
    hands.desk.wait_idle()


def test_they_are_offered_for_export(hands: Hands) -> None:
    hands.desk.qtbot.mouseClick(hands.page.export_button, Qt.MouseButton.LeftButton)
    window = hands.desk.window
    hands.desk.qtbot.waitUntil(lambda: window.findChild(ExportDialog) is not None)
    dialog = window.findChild(ExportDialog)
    assert dialog
    assert dialog.scope() is Scope.SELECTION
    dialog.close()


def test_copying_meanwhile_lets_no_second_change_begin(hands: Hands, monkeypatch: pytest.MonkeyPatch) -> None:
    desk, going_on = hands.desk, Event()
    recolor = desk.library.annotate.recolor
    said: list[str] = []

    def later(uids: list[str], color: Color) -> Change:
        going_on.wait(10)
        return recolor(uids, color)

    monkeypatch.setattr(desk.library.annotate, "recolor", later)
    desk.window.session.said.connect(lambda words, _undo: said.append(words))
    desk.press(KEY.Key_6)
    desk.press(KEY.Key_C, CONTROL)
    desk.qtbot.waitUntil(lambda: "first estimate" in QGuiApplication.clipboard().text())
    desk.press(KEY.Key_3)
    going_on.set()
    desk.wait_idle()
    copied, refused, _changed = said[-3:]
    assert "copied" in copied
    assert refused.startswith("The last change is still being written")
    assert {mark.color for mark in desk.marks()} == {Color.PURPLE}


def test_the_text_shows_very_many_changed_marks_as_they_are(hands: Hands, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reader.ui.reading.marks._MANY", 3)
    desk, view = hands.desk, hands.desk.window.pane.view
    before = [view.scene.marks.get(mark.uid) for mark in desk.marks()]
    desk.press(KEY.Key_6)
    desk.wait_idle()
    desk.press(KEY.Key_Escape)
    pane = desk.window.pane
    changed = pane.grab().toImage()
    assert {mark.color for mark in before if mark} != {"purple"}
    assert {mark.color for shown in desk.marks() if (mark := view.scene.marks.get(shown.uid))} == {"purple"}
    pane.set_theme(load_theme("dark"))
    pane.set_theme(load_theme("light"))
    assert pane.grab().toImage() == changed, "nothing is left of what was painted before"
