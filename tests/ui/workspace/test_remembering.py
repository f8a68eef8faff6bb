"""The workspace comes back as it was left: with its filter, which says so and is easily cleared, and its tab."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from reader.model.annotation import Color
from reader.model.filters import Condition, Filter, Key
from reader.model.seeing import Matrix
from reader.text.filter_words import parse
from reader.ui.workspace.filter_line import FROM_LAST_TIME
from tests.ui.conftest import Desk
from tests.ui.workspace.facet_helpers import Workspace, marked

Open = Callable[..., Desk]
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def workspace(desk: Desk) -> Workspace:
    marked(desk.library, desk.uid)
    return Workspace(desk)


def left_with(workspace: Workspace, words: str, tab: int = 0) -> None:
    workspace.page.filter.field.set_text(words)
    workspace.wait()
    workspace.page.tabs.setCurrentIndex(tab)


def test_the_filter_comes_back_says_so_and_is_cleared_by_its_button(workspace: Workspace, open_desk: Open) -> None:
    left_with(workspace, "tag:cost category:figure")
    again = Workspace(open_desk(workspace.desk.uid))
    line = again.page.filter
    assert (line.field.text(), line.sentence.text()) == ("tag:cost category:figure", FROM_LAST_TIME)
    assert line.sentence.isVisible()
    assert again.page.list.count.text() == "2 annotations"
    again.page.list.table.setFocus()
    again.desk.qtbot.mouseClick(line.clear_button, LEFT)
    again.wait()
    assert again.page.list.count.text() == "4 annotations"
    assert (line.field.text(), line.sentence.isVisible(), line.clear_button.isVisible()) == ("", False, False)
    assert QApplication.focusWidget() is line.field.line


def test_the_clear_button_is_reached_by_tab_and_clears_words_that_are_no_filter(workspace: Workspace) -> None:
    desk, line = workspace.desk, workspace.page.filter
    assert not line.clear_button.isVisible()
    line.field.setFocus()
    desk.type("has:what")
    assert line.clear_button.isVisible()
    desk.press(Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is line.clear_button
    assert line.clear_button.accessibleName() == "Clear the filter"
    desk.press(Qt.Key.Key_Space)
    assert (line.field.text(), line.sentence.isVisible()) == ("", False)


def test_another_filter_or_none_is_not_of_last_time(workspace: Workspace, open_desk: Open) -> None:
    left_with(workspace, "tag:doubt")
    again = Workspace(open_desk(workspace.desk.uid))
    again.page.filter.field.set_text("tag:doubt lake")
    again.wait()
    assert again.page.filter.sentence.text() != FROM_LAST_TIME
    again.page.filter.field.set_text("tag:doubt")
    again.wait()
    assert not again.page.filter.sentence.isVisible()


def test_a_filter_from_outside_wins_and_is_shown_as_a_list(workspace: Workspace, open_desk: Open) -> None:
    left_with(workspace, "tag:doubt", tab=1)
    desk = open_desk(workspace.desk.uid)
    wanted = Filter((Condition(Key.TAG, "cost/paper"),))
    desk.window.show_workspace(wanted)
    page = desk.window.workspace
    assert page is not None
    assert (page.filter.field.text(), page.inquiry.view.filter) == ("tag:cost/paper", wanted)
    assert page.views.currentWidget() is page.list
    desk.qtbot.waitUntil(lambda: page.list.count.text() == "1 annotation")
    assert not page.filter.sentence.isVisible()
    page.tabs.setCurrentIndex(2)
    desk.window.show_workspace(parse("tag:doubt"))
    assert page.tabs.currentIndex() == 0


def test_the_tab_comes_back_and_counts_what_the_filter_finds_only(
    workspace: Workspace, open_desk: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    left_with(workspace, "tag:doubt", tab=1)
    desk = open_desk(workspace.desk.uid)
    counted: list[Filter] = []
    seeing = desk.library.seeing
    matrix = seeing.by_document

    def counting(wanted: Filter) -> Matrix:
        counted.append(wanted)
        return matrix(wanted)

    monkeypatch.setattr(seeing, "by_document", counting)
    desk.window.show_workspace()
    page = desk.window.workspace
    assert page is not None
    assert page.tabs.currentIndex() == 1
    way = page.ways[0]
    desk.qtbot.waitUntil(lambda: way.stack.currentIndex() == 1)
    assert counted == [parse("tag:doubt")]
    assert page.views.currentWidget() is way


@pytest.mark.parametrize("tab", [0, 1], ids=["list", "matrix"])
def test_a_category_that_is_gone_is_said_with_a_way_out(workspace: Workspace, open_desk: Open, tab: int) -> None:
    left_with(workspace, "category:figure", tab)
    workspace.desk.library.categories.rename(Color.ORANGE, "Number")
    desk = open_desk(workspace.desk.uid)
    desk.window.show_workspace()
    page = desk.window.workspace
    assert page is not None
    desk.qtbot.waitUntil(lambda: "There is no category “figure”" in page.filter.sentence.text())
    empty = page.list.empty if tab == 0 else page.ways[0].empty
    assert empty.isVisible()
    (button,) = empty.buttons()
    assert page.list.count.text() == ""
    desk.qtbot.mouseClick(button, LEFT)
    desk.qtbot.waitUntil(lambda: page.list.count.text() == "4 annotations")
    assert page.filter.field.text() == ""


def test_a_tag_and_a_document_that_are_gone_find_nothing_and_break_nothing(
    workspace: Workspace, open_desk: Open
) -> None:
    left_with(workspace, "tag:doubt document:reservoir")
    workspace.desk.library.tags.delete("doubt")
    workspace.desk.library.documents.remove([workspace.desk.uid])
    page = Workspace(open_desk()).page
    assert page.filter.field.text() == "tag:doubt document:reservoir"
    assert [button.text() for button in page.list.empty.buttons()] == ["Clear the filter"]


@pytest.mark.parametrize("stored", [{"where": "has:what", "tab": 3}, {"where": 7, "tab": "Maps"}, {"tab": None}, [1]])
def test_what_makes_no_sense_is_as_if_it_were_not_there(desk: Desk, stored: object) -> None:
    marked(desk.library, desk.uid)
    desk.library.settings.set("workspace_order", stored)
    page = Workspace(desk).page
    assert (page.inquiry.view.filter, page.tabs.currentIndex()) == (Filter(), 0)
    assert not page.filter.sentence.isVisible()
