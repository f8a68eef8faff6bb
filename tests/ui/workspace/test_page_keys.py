"""Keys on the page of the workspace: bare ones do something to rows only where the keyboard is at them."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QWidget

from reader.model.annotation import Color
from reader.ui.workspace.page import WorkspacePage
from tests.ui.workspace.facet_helpers import MARKS
from tests.ui.workspace.hands import KEY, Hands


@pytest.mark.parametrize(
    "elsewhere",
    [
        lambda page: page.sides.facets.view,
        lambda page: page.tabs,
        lambda page: page.export_button,
        lambda page: page.list.sort_button,
        lambda page: page.filter.field.line,
    ],
    ids=["facets", "tabs", "export", "sort", "filter"],
)
def test_bare_keys_leave_the_rows_alone_while_the_keyboard_is_elsewhere(
    hands: Hands, elsewhere: Callable[[WorkspacePage], QWidget]
) -> None:
    desk, before = hands.desk, hands.desk.marks()
    hands.click_row(0)
    elsewhere(hands.page).setFocus()
    for key in (KEY.Key_3, KEY.Key_U, KEY.Key_Delete):
        desk.press(key)
    assert desk.marks() == before
    assert elsewhere(hands.page).hasFocus()


def test_bare_keys_work_in_the_list_and_in_the_passage_beside_it(hands: Hands) -> None:
    desk = hands.desk
    hands.click_row(0)
    desk.press(KEY.Key_3)
    assert hands.mark("a lake").color is Color.BLUE
    desk.qtbot.waitUntil(lambda: hands.page.sides.preview.shown() is not None)
    hands.page.sides.preview.pane.setFocus()
    desk.press(KEY.Key_5)
    assert hands.mark("a lake").color is Color.ORANGE
    assert len(desk.marks()) == len(MARKS)
