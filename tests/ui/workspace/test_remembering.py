"""The workspace comes back as it was left: with its filter, which says so and is easily cleared, and its tab."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from reader.model.annotation import Color
from reader.model.filters import Condition, Filter, Key
from reader.model.seeing import Matrix
from reader.model.workspace import View
from reader.services.library import Library
from reader.text.filter_words import parse
from reader.ui.workspace.filter_line import FROM_LAST_TIME
from reader.ui.workspace.remembering import KEY, remembered, remembered_tab
from tests.store.helpers import add_text
from tests.ui.conftest import TEXT, Desk
from tests.ui.workspace.facet_helpers import Workspace, marked

LEFT = Qt.MouseButton.LeftButton
Left = Callable[..., Desk]
"""Open the window on a library whose workspace was left with these words in its filter, at this tab."""


def kept(words: str, tab: str) -> dict[str, object]:
    """What is remembered of a workspace in its usual order."""
    return {"where": words, "order": "document", "descending": False, "group": "", "tab": tab}


@pytest.fixture
def left(open_desk: Callable[..., Desk], library_path: Path) -> Left:
    library = Library.open(library_path)
    uid = add_text(library, TEXT, "reservoir")
    marked(library, uid)

    def opened(words: str, tab: str = "List", meanwhile: Callable[[Library, str], object] = lambda *_: None) -> Desk:
        library.settings.set(KEY, kept(words, tab))
        meanwhile(library, uid)
        library.close()
        return open_desk(uid)

    return opened


def test_the_filter_comes_back_says_so_and_is_cleared_by_its_button(desk: Desk, open_desk: Callable[..., Desk]) -> None:
    marked(desk.library, desk.uid)
    before = Workspace(desk)
    before.page.filter.field.set_text("tag:cost category:figure")
    before.wait()
    before.page.tabs.setCurrentIndex(1)
    again = Workspace(open_desk(desk.uid))
    assert again.desk.library.settings.get(KEY, {}) == kept("tag:cost category:figure", "Matrix")
    assert again.page.tabs.currentIndex() == 1
    again.page.tabs.setCurrentIndex(0)
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


def test_another_filter_or_none_is_not_of_last_time(left: Left) -> None:
    again = Workspace(left("tag:doubt"))
    assert again.page.filter.sentence.text() == FROM_LAST_TIME
    again.page.filter.field.set_text("tag:doubt lake")
    again.wait()
    assert again.page.filter.sentence.text() != FROM_LAST_TIME
    again.page.filter.field.set_text("tag:doubt")
    again.wait()
    assert not again.page.filter.sentence.isVisible()


def test_a_filter_from_outside_wins_and_is_shown_as_a_list(left: Left) -> None:
    desk = left("tag:doubt", "Matrix")
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


def test_the_tab_comes_back_and_counts_what_the_filter_finds_only(left: Left, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = left("tag:doubt", "Matrix")
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


@pytest.mark.parametrize("tab", ["List", "Matrix"])
def test_a_category_that_is_gone_is_said_with_a_way_out(left: Left, tab: str) -> None:
    desk = left("category:figure", tab, lambda library, _: library.categories.rename(Color.ORANGE, "Number"))
    desk.window.show_workspace()
    page = desk.window.workspace
    assert page is not None
    desk.qtbot.waitUntil(lambda: "There is no category “figure”" in page.filter.sentence.text())
    empty = page.list.empty if tab == "List" else page.ways[0].empty
    assert empty.isVisible()
    (button,) = empty.buttons()
    assert page.list.count.text() == ""
    desk.qtbot.mouseClick(button, LEFT)
    desk.qtbot.waitUntil(lambda: page.list.count.text() == "4 annotations")
    assert page.filter.field.text() == ""


def test_a_tag_and_a_document_that_are_gone_find_nothing_and_break_nothing(left: Left) -> None:
    def lose(library: Library, uid: str) -> None:
        library.tags.delete("doubt")
        library.documents.remove([uid])

    page = Workspace(left("tag:doubt document:reservoir", meanwhile=lose)).page
    assert page.filter.field.text() == "tag:doubt document:reservoir"
    assert [button.text() for button in page.list.empty.buttons()] == ["Clear the filter"]


def test_what_makes_no_sense_is_as_if_it_were_not_there(left: Left) -> None:
    desk = left("has:what", "Maps")
    page = Workspace(desk).page
    for stored in (None, {"where": 7, "tab": "List", "order": 1}, {"where": "has:what", "tab": 3}, {"tab": None}, [1]):
        if stored is not None:
            desk.library.settings.set(KEY, stored)
            remembered(page, desk.library.settings)
            remembered_tab(page, desk.library.settings)
        assert (page.inquiry.view, page.tabs.currentIndex()) == (View(), 0), stored
        assert not page.filter.sentence.isVisible()


def test_the_clear_button_is_reached_by_tab_and_clears_words_that_are_no_filter(left: Left) -> None:
    desk = left("")
    line = Workspace(desk).page.filter
    assert not line.clear_button.isVisible()
    line.field.setFocus()
    desk.type("has:what")
    assert line.clear_button.isVisible()
    desk.press(Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is line.clear_button
    assert line.clear_button.accessibleName() == "Clear the filter"
    desk.press(Qt.Key.Key_Space)
    assert (line.field.text(), line.sentence.isVisible()) == ("", False)
