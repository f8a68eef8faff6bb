"""The tag manager asks for each change as it is made."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from reader.model.library import Tag
from reader.ui.dialogs.tags import TagsDialog
from reader.ui.theme import load_theme
from tests.ui.dialogs.conftest import Shown

TAGS = [Tag("1", "survey", "", "", 2), Tag("2", "cost", "yellow", "Money", 12), Tag("3", "board/promise", "", "", 3)]


@pytest.fixture
def dialog(shown: Shown) -> TagsDialog:
    return shown(TagsDialog(TAGS, load_theme("light")))


def choose(dialog: TagsDialog, name: str) -> None:
    for row in range(dialog.list.count()):
        if dialog.list.item(row).data(Qt.ItemDataRole.UserRole) == name:
            dialog.list.setCurrentRow(row)


def test_in_order_with_counts(dialog: TagsDialog) -> None:
    shown = [dialog.list.item(row).text().split("   ·   ") for row in range(3)]
    assert shown == [["board/promise", "3"], ["cost", "12"], ["survey", "2"]]


def test_rename_with_enter_keeps_the_renamed_in_sight(dialog: TagsDialog, qtbot: QtBot) -> None:
    choose(dialog, "cost")
    dialog.name.setFocus()
    dialog.name.selectAll()
    qtbot.keyClicks(dialog.name, " money / spent ")
    with qtbot.waitSignal(dialog.rename_requested) as asked:
        qtbot.keyClick(dialog.name, Qt.Key.Key_Return)
    assert asked.args == ["cost", "money/spent"]
    assert dialog.isVisible()
    dialog.set_tags([TAGS[0], Tag("2", "money/spent", "yellow", "Money", 12), TAGS[2]])
    assert dialog.current() == "money/spent"


def test_an_empty_name_is_not_asked_for(dialog: TagsDialog, qtbot: QtBot) -> None:
    dialog.name.setText(" / ")
    with qtbot.assertNotEmitted(dialog.rename_requested):
        qtbot.mouseClick(dialog.rename, Qt.MouseButton.LeftButton)


def test_merge_offers_the_others(dialog: TagsDialog, qtbot: QtBot) -> None:
    choose(dialog, "survey")
    names = [dialog.target.itemText(row) for row in range(dialog.target.count())]
    assert names == ["board/promise", "cost"]
    dialog.target.setCurrentText("cost")
    with qtbot.waitSignal(dialog.merge_requested) as asked:
        qtbot.mouseClick(dialog.merge, Qt.MouseButton.LeftButton)
    assert asked.args == ["survey", "cost"]
    dialog.set_tags(TAGS[1:])
    assert dialog.current() == "cost"


def test_delete(dialog: TagsDialog, qtbot: QtBot) -> None:
    choose(dialog, "survey")
    with qtbot.waitSignal(dialog.delete_requested) as asked:
        qtbot.mouseClick(dialog.delete, Qt.MouseButton.LeftButton)
    assert asked.args == ["survey"]
    dialog.set_tags(TAGS[1:])
    assert dialog.current() in ("board/promise", "cost")


def test_color_and_description(dialog: TagsDialog, qtbot: QtBot) -> None:
    choose(dialog, "cost")
    assert dialog.color.currentData() == "yellow"
    dialog.description.setFocus()
    dialog.description.selectAll()
    qtbot.keyClicks(dialog.description, "What it costs")
    with qtbot.waitSignal(dialog.edited) as asked:
        qtbot.keyClick(dialog.description, Qt.Key.Key_Tab)
    assert asked.args == ["cost", "yellow", "What it costs"]
    choose(dialog, "survey")
    dialog.color.setFocus()
    with qtbot.waitSignal(dialog.edited) as asked:
        qtbot.keyClick(dialog.color, Qt.Key.Key_Down)
        dialog.color.activated.emit(dialog.color.currentIndex())
    assert asked.args[0::2] == ["survey", ""]
    assert asked.args[1] != ""


def test_filter_and_what_it_says_when_nothing_is_left(dialog: TagsDialog, qtbot: QtBot) -> None:
    qtbot.keyClicks(dialog.filter, "BOARD")
    assert [dialog.list.item(r).isHidden() for r in range(3)] == [False, True, True]
    qtbot.keyClicks(dialog.filter, "zzz")
    assert dialog._empty.isVisible()


def test_without_tags_it_says_how_to_make_one(shown: Shown) -> None:
    dialog = shown(TagsDialog([], load_theme("dark")))
    assert dialog._empty.isVisible()
    assert not dialog.delete.isEnabled()
    assert dialog.current() == ""


def test_an_error_is_shown_and_goes_with_the_next_change(dialog: TagsDialog) -> None:
    dialog.show_error("There is a tag of this name; merge them.")
    assert dialog._error.isVisible()
    dialog.set_tags(TAGS)
    assert not dialog._error.isVisible()
