"""By Tab alone one comes to every control of the workspace, in the order in which they stand, and round again."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QToolButton, QWidget

from reader.ui.workspace.page import WorkspacePage
from tests.ui.conftest import Desk
from tests.ui.workspace.facet_helpers import Workspace, marked


@pytest.fixture
def page(desk: Desk) -> WorkspacePage:
    marked(desk.library, desk.uid)
    desk.library.filters.save("Doubts", "tag:doubt")
    workspace = Workspace(desk)
    workspace.page.filter.field.set_text("has:tag")
    workspace.wait()
    workspace.page.to_list()
    desk.qtbot.waitUntil(lambda: workspace.page.sides.preview.shown() is not None)
    return workspace.page


def turn(desk: Desk, page: WorkspacePage, tab: int) -> None:
    page.tabs.setCurrentIndex(tab)
    if tab:
        desk.qtbot.waitUntil(lambda: page.ways[tab - 1].stack.currentIndex() == 1)


def walk(desk: Desk, page: WorkspacePage, key: Qt.Key) -> list[QWidget]:
    """What gets the keyboard, from the line of the filter on, until it is there again."""
    page.filter.field.setFocus()
    found: list[QWidget] = []
    for _ in range(60):
        focus = QApplication.focusWidget()
        assert focus is not None
        found.append(focus)
        desk.press(key)
        if QApplication.focusWidget() is page.filter.field.line:
            return found
    raise AssertionError(f"never round: {found[-4:]}")


def of_tab(page: WorkspacePage, tab: int) -> list[QWidget]:
    """What has the keyboard in a tab, in the order in which it stands."""
    if tab == 0:
        return [page.list.sort_button, page.list.group_button, page.list.columns_button, page.list.table]
    by_document, together, weeks = page.ways
    ways: list[list[QWidget]] = [
        [by_document.order, by_document.save, by_document.view],
        [together.form, together.where, together.save, together.list],
        [weeks.save, weeks.view],
    ]
    return ways[tab - 1]


def test_every_control_is_reached_in_the_order_in_which_they_stand(desk: Desk, page: WorkspacePage) -> None:
    line, sides = page.filter, page.sides
    facets, preview = sides.facets, sides.preview
    chips = preview.tags.findChildren(QToolButton)
    assert {chip.accessibleName() for chip in chips} == {"Tag cost/dam", "Tag doubt"}
    left = [sides.views.list, facets.field.line, facets.view, facets.dates.since, facets.dates.until]
    right = [preview.pane, preview.note, *chips, preview.open_button]
    head = [line.field.line, line.clear_button, page.export_button, sides.save_button, page.tabs]
    for tab in range(4):
        turn(desk, page, tab)
        reached = walk(desk, page, Qt.Key.Key_Tab)
        assert reached == [*head, *of_tab(page, tab), *left, *right], tab
        assert reached == [reached[0], *reversed(walk(desk, page, Qt.Key.Key_Backtab)[1:])], tab
        assert all(widget.accessibleName() or getattr(widget, "text", str)() for widget in reached), tab


def test_a_tab_turned_by_the_mouse_takes_the_keyboard_along(desk: Desk, page: WorkspacePage) -> None:
    page.to_list()
    assert page.list.table.hasFocus()
    place = page.tabs.tabRect(1).center()
    desk.qtbot.mouseClick(page.tabs, Qt.MouseButton.LeftButton, pos=place)
    desk.qtbot.waitUntil(page.ways[0].view.hasFocus)
    desk.qtbot.mouseClick(page.tabs, Qt.MouseButton.LeftButton, pos=page.tabs.tabRect(0).center())
    assert page.list.table.hasFocus()
    page.tabs.setFocus()
    desk.press(Qt.Key.Key_Right)
    assert page.tabs.hasFocus()
