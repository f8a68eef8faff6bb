"""The panel of contents."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from reader.model.document import OutlineEntry
from reader.ui.panels.outline import OutlinePanel
from tests.ui.panels.conftest import Stage

ENTRIES = tuple(OutlineEntry(f"Chapter {n}", 1 + n % 3, n * 100) for n in range(60))


@pytest.fixture
def panel(stage: Stage) -> OutlinePanel:
    panel = OutlinePanel()
    panel.set_outline(ENTRIES)
    stage.show(panel, 322, 400)
    return panel


def asked(panel: OutlinePanel) -> list[int]:
    seen: list[int] = []
    panel.position_requested.connect(seen.append)
    return seen


def test_a_click_and_enter_ask_for_the_place(panel: OutlinePanel, qtbot: QtBot) -> None:
    seen = asked(panel)
    index = panel.model.index_at(400)
    qtbot.mouseClick(panel.view.viewport(), Qt.MouseButton.LeftButton, pos=panel.view.visualRect(index).center())
    panel.setFocus()
    qtbot.keyClick(panel.view, Qt.Key.Key_Down)
    qtbot.keyClick(panel.view, Qt.Key.Key_Return)
    assert seen == [400, 500]


def test_letters_go_to_the_heading_that_begins_so(panel: OutlinePanel, qtbot: QtBot) -> None:
    panel.setFocus()
    qtbot.keyClicks(panel.view, "Chapter 7")
    assert panel.view.currentIndex().data() == "Chapter 7"


def test_the_heading_being_read_is_shown_without_taking_the_keyboard(panel: OutlinePanel) -> None:
    seen = asked(panel)
    panel.view.clearFocus()
    chosen = panel.view.currentIndex()
    panel.set_position(5050)
    here = panel.here()
    assert here is not None
    assert here.title == "Chapter 50"
    rect = panel.view.visualRect(panel.model.index_at(5050))
    assert panel.view.viewport().rect().contains(rect)
    assert not panel.view.hasFocus()
    assert panel.view.currentIndex() == chosen
    assert seen == []


def test_the_keyboard_starts_from_the_heading_being_read(panel: OutlinePanel, qtbot: QtBot) -> None:
    seen = asked(panel)
    panel.view.clearFocus()
    panel.set_position(5050)
    panel.view.setFocus(Qt.FocusReason.ShortcutFocusReason)
    qtbot.keyClick(panel.view, Qt.Key.Key_Up)
    qtbot.keyClick(panel.view, Qt.Key.Key_Return)
    assert seen == [4900]


def test_a_document_without_headings_says_so(panel: OutlinePanel) -> None:
    panel.set_position(100)
    panel.set_outline(())
    assert panel.empty.isVisible()
    assert not panel.view.isVisible()
    assert panel.here() is None
    panel.set_position(100)
    panel.set_outline(ENTRIES[:2])
    assert panel.view.isVisible()
