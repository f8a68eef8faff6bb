"""Saved views: saved, asked for from both windows' columns, renamed and deleted."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QToolButton

from reader.model.workspace import Grouping, Order, View
from reader.text.filter_words import parse
from reader.ui.workspace.view_dialogs import NameView
from reader.ui.workspace.views_list import ViewsList
from tests.ui.conftest import Desk
from tests.ui.workspace.facet_helpers import Workspace, marked

BY_TAG = View(parse("has:tag"), Order.CHANGED, descending=True, group=Grouping.TAG)


@pytest.fixture
def workspace(desk: Desk) -> Workspace:
    marked(desk.library, desk.uid)
    return Workspace(desk)


def dialog(desk: Desk, kind: type[NameView]) -> NameView:
    """What is asked, once it has the keyboard."""
    (found,) = [each for each in desk.window.findChildren(kind) if each.isVisible()]
    desk.qtbot.waitUntil(lambda: found.isAncestorOf(QApplication.focusWidget() or desk.window))
    return found


def shown(views: ViewsList) -> list[str]:
    rows = range(views.views.rowCount())
    return [views.views.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole) for row in rows]


def keyboard_at(desk: Desk, views: ViewsList, row: int) -> None:
    """Put the keyboard on a row, once the window has it again."""
    desk.window.activateWindow()
    views.setFocus()
    desk.qtbot.waitUntil(views.hasFocus)
    views.setCurrentIndex(views.views.index(row, 0))


def click(desk: Desk, views: ViewsList, row: int) -> None:
    place = views.visualRect(views.views.index(row, 0)).center()
    desk.qtbot.mouseClick(views.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_a_view_is_saved_with_order_and_groups_and_shown_in_both_columns(workspace: Workspace) -> None:
    desk, page = workspace.desk, workspace.page
    button, views = page.sides.save_button, page.sides.views
    assert not button.isEnabled()
    assert views.isHidden()
    page.inquiry.ask(BY_TAG)
    workspace.wait()
    desk.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    asked = dialog(desk, NameView)
    assert not asked.button.isEnabled()
    desk.type("Tagged ones")
    desk.press(Qt.Key.Key_Return)
    assert desk.library.filters.views() == {"Tagged ones": BY_TAG}
    assert views.isVisible()
    desk.qtbot.waitUntil(lambda: shown(views.list) == ["Tagged ones, 3 annotations"])
    page.inquiry.ask(View())
    desk.trigger("workspace")
    beside = desk.window.parts.views.panel
    assert beside.isVisible()
    assert desk.window.left.isAncestorOf(beside)
    assert beside.height() < desk.window.parts.documents.height() / 4
    click(desk, beside.list, 0)
    assert desk.window.in_workspace()
    assert page.inquiry.view == BY_TAG
    workspace.wait()


def test_counts_follow_the_library(workspace: Workspace) -> None:
    desk, library = workspace.desk, workspace.desk.library
    library.filters.save("Notes", "has:note")
    desk.window.parts.views.saved.read()
    views = workspace.page.sides.views.list
    desk.qtbot.waitUntil(lambda: shown(views) == ["Notes, 2 annotations"])
    mark = next(mark for mark in desk.marks() if mark.note)
    library.annotate.edit_note(mark.uid, "")
    desk.qtbot.waitUntil(lambda: shown(views) == ["Notes, 1 annotation"])


def test_renamed_and_deleted_by_keys(workspace: Workspace) -> None:
    desk, library = workspace.desk, workspace.desk.library
    for name, words in (("One", "tag:cost"), ("Two", "no:note")):
        library.filters.save(name, words)
    desk.window.parts.views.saved.read()
    views = workspace.page.sides.views.list
    keyboard_at(desk, views, 0)
    desk.press(Qt.Key.Key_F2)
    asked = dialog(desk, NameView)
    desk.type("two")
    assert not asked.button.isEnabled()
    assert "choose another name" in asked.taken.text()
    asked.field.selectAll()
    desk.type("First")
    desk.press(Qt.Key.Key_Return)
    assert list(library.filters.all()) == ["First", "Two"]
    keyboard_at(desk, views, 1)
    desk.press(Qt.Key.Key_Delete)
    assert list(library.filters.all()) == ["First"]
    assert len(desk.marks()) == 4
    assert views.currentIndex().data() == "First"


def test_a_view_that_was_deleted_comes_back_at_its_place_by_undo(workspace: Workspace) -> None:
    desk, library = workspace.desk, workspace.desk.library
    for name, words in (("One", "tag:cost"), ("Two", "no:note"), ("Three", "has:note")):
        library.filters.save(name, words)
    before = library.filters.views()
    desk.window.parts.views.saved.read()
    views = workspace.page.sides.views.list
    keyboard_at(desk, views, 1)
    desk.press(Qt.Key.Key_Delete)
    assert list(library.filters.views()) == ["One", "Three"]
    undo = desk.window.status.findChild(QToolButton, "undo")
    assert isinstance(undo, QToolButton)
    assert undo.isVisible()
    desk.qtbot.mouseClick(undo, Qt.MouseButton.LeftButton)
    assert list(library.filters.views().items()) == list(before.items())
    assert desk.window.status.message() == "View “Two” is back"
    assert [name.split(",")[0] for name in shown(views)] == ["One", "Two", "Three"]
    assert len(desk.marks()) == 4


def test_ctrl_z_takes_back_a_rename_and_what_was_replaced_before_any_mark(workspace: Workspace) -> None:
    desk, library = workspace.desk, workspace.desk.library
    library.filters.save("Mine", "tag:cost")
    saved, edit = desk.window.parts.views.saved, desk.window.parts.library_actions
    saved.read()
    saved.rename("Mine", "Ours")
    edit.name_steps()
    assert "renamed" in desk.window.actions_["undo"].text()
    desk.trigger("undo")
    assert list(library.filters.all()) == ["Mine"]
    saved.save("mine", View(parse("no:note")))
    desk.trigger("undo")
    assert library.filters.all() == {"Mine": "tag:cost"}
    assert len(desk.marks()) == 4
    desk.trigger("undo")
    assert len(desk.marks()) == 3


def test_after_another_change_undo_is_about_that_and_a_name_taken_meanwhile_is_kept(workspace: Workspace) -> None:
    desk, library = workspace.desk, workspace.desk.library
    library.filters.save("Mine", "tag:cost")
    saved = desk.window.parts.views.saved
    saved.read()
    saved.delete("Mine")
    desk.window.session.perform(lambda: library.annotate.delete([desk.marks()[0].uid]))
    desk.trigger("undo")
    assert (len(desk.marks()), library.filters.all()) == (4, {})
    library.filters.save("Mine", "tag:cost")
    saved.read()
    saved.delete("Mine")
    library.filters.save("mine", "has:note")
    desk.trigger("undo")
    assert library.filters.all() == {"mine": "has:note"}
    assert "There is a view “mine” already" in desk.window.status.message()


def test_saving_under_a_name_that_is_taken_says_so_and_replaces(workspace: Workspace) -> None:
    desk, library = workspace.desk, workspace.desk.library
    library.filters.save("Mine", "tag:cost")
    page = workspace.page
    desk.window.parts.views.saved.read()
    page.inquiry.ask(replace(BY_TAG, filter=parse("tag:doubt")))
    workspace.wait()
    desk.qtbot.mouseClick(page.sides.save_button, Qt.MouseButton.LeftButton)
    asked = dialog(desk, NameView)
    desk.type("mine")
    assert (asked.button.text(), "takes its place" in asked.taken.text()) == ("Replace", True)
    desk.press(Qt.Key.Key_Return)
    assert library.filters.words("Mine") == "tag:doubt"


def test_the_view_that_is_shown_is_marked_and_the_panel_is_there_after_a_restart(
    workspace: Workspace, open_desk: Callable[..., Desk]
) -> None:
    library = workspace.desk.library
    library.filters.save("Doubts", "tag:doubt")
    desk = open_desk(workspace.desk.uid)
    desk.qtbot.waitUntil(lambda: desk.window.parts.views.panel is not None)
    panel = desk.window.parts.views.panel
    assert panel.isVisible()
    panel.list.setFocus()
    panel.list.setCurrentIndex(panel.list.views.index(0, 0))
    assert QApplication.focusWidget() is panel.list
    desk.press(Qt.Key.Key_Return)
    page = desk.window.workspace
    assert page.inquiry.view == View(parse("tag:doubt"))
    assert page.sides.views.list.here == View(parse("tag:doubt"))
    desk.qtbot.waitUntil(lambda: len(page.inquiry.listing.ids) == 1)
