"""Keys of the user's own give tags to what is selected, in the text and in the workspace."""

import sqlite3
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QTreeWidget

from reader.services.library import Library
from reader.ui.codebook.asking import MergeDialog
from reader.ui.codebook.tree_model import KEY
from reader.ui.dialogs.shortcuts import ShortcutsDialog
from reader.ui.tag_keys import why_not
from tests.ui.codebook.conftest import mark, open_book
from tests.ui.conftest import Desk


def give(desk: Desk, name: str, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> str:
    """Press a key in the field of a tag; what was said of it."""
    window = open_book(desk, name)
    window.fields.key.setFocus()
    desk.press(key, held)
    said, shown = window.fields.error.text(), window.tree.tags.index_of(name, KEY).data()
    assert shown == window.fields.key.text()
    with desk.qtbot.waitActive(desk.window):
        window.close()
        desk.window.activateWindow()
    desk.wait_idle()
    return said


def tags(desk: Desk, uid: str) -> tuple[str, ...]:
    return desk.library.annotate.get(uid).tags


def test_a_key_marks_the_selection_with_its_tag(desk: Desk) -> None:
    desk.library.tags.add("cost")
    assert give(desk, "cost", Qt.Key.Key_7) == ""
    desk.window.pane.setFocus()
    desk.drag("forty million")
    desk.press(Qt.Key.Key_7)
    assert [(m.quote, m.tags) for m in desk.marks()] == [("forty million", ("cost",))]


def test_on_a_mark_it_adds_the_tag_and_takes_it_off(desk: Desk) -> None:
    uid = mark(desk, "ninety-two", "board")
    desk.library.tags.add("cost")
    give(desk, "cost", Qt.Key.Key_C, Qt.KeyboardModifier.ShiftModifier)
    desk.window.pane.setFocus()
    desk.click(desk.span("ninety-two")[0] + 2)
    desk.press(Qt.Key.Key_C, Qt.KeyboardModifier.ShiftModifier)
    assert tags(desk, uid) == ("board", "cost")
    desk.press(Qt.Key.Key_C, Qt.KeyboardModifier.ShiftModifier)
    assert tags(desk, uid) == ("board",)
    desk.trigger("undo")
    assert tags(desk, uid) == ("board", "cost")


def test_in_the_workspace_it_tags_the_selected_rows_as_one_action(desk: Desk) -> None:
    uids = [mark(desk, "ninety-two", "cost"), mark(desk, "forty million")]
    give(desk, "cost", Qt.Key.Key_F9)
    desk.window.show_workspace()
    page = desk.window.workspace
    assert page
    with sqlite3.connect(desk.library.path) as there:
        ids = [row[0] for row in there.execute("SELECT id FROM annotation ORDER BY id")]
    page.inquiry.select((), 0)
    desk.press(Qt.Key.Key_F9)
    assert "select" in desk.window.status.message().lower()
    page.inquiry.select(ids, ids[0])
    desk.press(Qt.Key.Key_F9)
    assert [tags(desk, uid) for uid in uids] == [("cost",), ("cost",)]
    desk.press(Qt.Key.Key_F9)
    assert [tags(desk, uid) for uid in uids] == [(), ()]
    desk.library.history.undo()
    assert [tags(desk, uid) for uid in uids] == [("cost",), ("cost",)]


def test_it_follows_its_tag_through_a_rename_and_a_restart(desk: Desk, open_desk: Callable[..., Desk]) -> None:
    desk.library.tags.add("cost")
    give(desk, "cost", Qt.Key.Key_9)
    desk.library.tags.rename("cost", "money/spent")
    again = open_desk(desk.uid)
    again.drag("a lake")
    again.press(Qt.Key.Key_9)
    assert [m.tags for m in again.marks()] == [("money/spent",)]
    again.trigger("shortcuts")
    dialog = again.window.findChild(ShortcutsDialog)
    assert isinstance(dialog, ShortcutsDialog)
    again.qtbot.keyClicks(dialog.filter, "money")
    found = shown(dialog.list)
    dialog.reject()
    assert found == [("Tag “money/spent”", "9")]


def shown(tree: QTreeWidget) -> list[tuple[str, str]]:
    groups = [tree.topLevelItem(row) for row in range(tree.topLevelItemCount())]
    items = [group.child(row) for group in groups if group for row in range(group.childCount())]
    return [(item.text(0), item.text(1)) for item in items if not item.isHidden()]


def test_a_key_of_the_menus_is_refused(desk: Desk) -> None:
    desk.library.tags.add("cost")
    desk.library.tags.add("water")
    assert "“Tag”" in give(desk, "cost", Qt.Key.Key_T)
    assert "“Undo”" in give(desk, "cost", Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert "the text and the lists" in give(desk, "cost", Qt.Key.Key_Home)
    assert give(desk, "cost", Qt.Key.Key_8) == ""
    assert "the tag “cost”" in give(desk, "water", Qt.Key.Key_8)
    desk.library.tags.delete("cost")
    assert give(desk, "water", Qt.Key.Key_8) == ""
    assert give(desk, "water", Qt.Key.Key_Backspace) == ""
    assert desk.library.settings.get("tag_keys", {}) == {}


def test_typed_into_a_field_it_is_a_letter(desk: Desk) -> None:
    mark(desk, "ninety-two", "cost")
    give(desk, "cost", Qt.Key.Key_9)
    field = desk.window.complete().documents.field
    field.setFocus()
    desk.qtbot.keyClicks(field.line, "1989")
    assert field.text() == "1989"
    assert [m.tags for m in desk.marks()] == [("cost",)]


@pytest.mark.parametrize(
    ("key", "wrong"),
    [("7", ""), ("Ctrl+7", ""), ("F7", ""), ("Alt+7", "Alt"), ("Shift+Up", "lists"), ("", "lists"), ("A, B", "lists")],
)
def test_which_keys_may_be_had(qapp: object, key: str, wrong: str) -> None:
    action = QAction("&Other…")
    action.setShortcuts([QKeySequence("Ctrl+8"), QKeySequence("8")])
    said = why_not(key, [action], {"cost": "9"})
    assert wrong in said
    assert bool(said) is bool(wrong)
    assert "“Other”" in why_not("8", [action], {})
    assert "“cost”" in why_not("9", [action], {"cost": "9"})


def test_a_merged_tag_hands_its_key_on_and_undo_gives_it_back(desk: Desk) -> None:
    mark(desk, "ninety-two", "cost")
    mark(desk, "forty million", "costs")
    give(desk, "costs", Qt.Key.Key_7)
    window = open_book(desk, "costs")
    with desk.qtbot.waitSignal(window.ask_merge):
        window.merge.click()
    dialog = window.findChildren(MergeDialog)[-1]
    dialog.target.setText("cost")
    dialog.go.click()
    keys = desk.window.parts.tag_keys
    desk.qtbot.waitUntil(lambda: keys.named() == [("Tag “cost”", "7")])
    for step, owner in (("undo", "costs"), ("redo", "cost"), ("undo", "costs")):
        desk.trigger(step)
        desk.qtbot.waitUntil(lambda owner=owner: keys.named() == [(f"Tag “{owner}”", "7")])
    window.close()
    desk.wait_idle()


def test_a_tag_that_stays_keeps_its_own_key(desk: Desk) -> None:
    for name, key in (("cost", Qt.Key.Key_8), ("costs", Qt.Key.Key_7)):
        mark(desk, "ninety-two", name)
        give(desk, name, key)
    keys = desk.window.parts.tag_keys
    desk.library.tags.merge("costs", "cost")
    assert keys.named() == [("Tag “cost”", "8")]
    desk.library.history.undo()
    assert keys.named() == [("Tag “costs”", "7"), ("Tag “cost”", "8")]
    desk.wait_idle()


def test_an_undo_after_a_restart_gives_the_key_back_too(desk: Desk, open_desk: Callable[..., Desk]) -> None:
    mark(desk, "ninety-two", "cost")
    mark(desk, "forty million", "costs")
    give(desk, "costs", Qt.Key.Key_7)
    desk.library.tags.merge("costs", "cost")
    again = open_desk(desk.uid)
    assert again.window.parts.tag_keys.named() == [("Tag “cost”", "7")]
    again.trigger("undo")
    assert again.window.parts.tag_keys.named() == [("Tag “costs”", "7")]
    again.library.history.redo()
    third = open_desk(desk.uid)
    third.library.history.undo()
    fourth = open_desk(desk.uid)
    assert fourth.window.parts.tag_keys.named() == [("Tag “costs”", "7")]


def test_a_key_given_after_a_merge_is_the_tags_own(desk: Desk) -> None:
    mark(desk, "ninety-two", "cost")
    mark(desk, "forty million", "costs")
    give(desk, "costs", Qt.Key.Key_7)
    keys = desk.window.parts.tag_keys
    uids = {tag.name: tag.uid for tag in desk.library.tags.list()}
    desk.library.tags.merge("costs", "cost")
    assert keys.assign(uids["cost"], "9") == ""
    desk.library.history.undo()
    assert keys.named() == [("Tag “cost”", "9")]
    desk.wait_idle()


def test_a_merge_by_another_program_hands_the_key_on_too(desk: Desk) -> None:
    mark(desk, "ninety-two", "cost")
    mark(desk, "forty million", "costs")
    give(desk, "costs", Qt.Key.Key_7)
    keys = desk.window.parts.tag_keys
    other = Library.open(desk.library.path)
    other.tags.merge("costs", "cost")
    desk.window.session.look_about()
    assert keys.named() == [("Tag “cost”", "7")]
    other.history.undo()
    other.close()
    desk.window.session.look_about()
    assert keys.named() == [("Tag “costs”", "7")]
    desk.wait_idle()


@pytest.mark.parametrize("stored", [7, {"a": 7, "b": ["c"], "d": [1, True], "e": {}}, ["x"]])
def test_merges_that_make_no_sense_are_as_none(desk: Desk, open_desk: Callable[..., Desk], stored: object) -> None:
    desk.library.settings.set("tag_heirs", stored)
    assert open_desk(desk.uid).window.complete().tag_keys.named() == []
