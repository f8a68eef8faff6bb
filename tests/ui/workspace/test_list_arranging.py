"""The list of the workspace in order, in groups that fold, in columns, as it was left."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QPoint, Qt

from reader.model.workspace import Grouping, Order
from reader.ui.workspace.list_columns import Column
from tests.ui.conftest import Desk
from tests.ui.workspace.facet_helpers import marked
from tests.ui.workspace.hands import CONTROL, KEY, QUOTES, Hands


def test_a_click_on_a_head_sorts_and_again_the_other_way_round(hands: Hands) -> None:
    header = hands.table.header
    viewport, where = header.viewport(), QPoint(header.sectionViewportPosition(Column.QUOTE) + 20, 10)
    for expected in (sorted(QUOTES), sorted(QUOTES, reverse=True)):
        hands.desk.qtbot.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=where)
        hands.settle()
        assert hands.shown() == expected
    assert hands.page.inquiry.view.order is Order.QUOTE
    assert header.sortIndicatorOrder() == Qt.SortOrder.DescendingOrder


def test_order_groups_and_columns_are_chosen_by_keys_from_menus(hands: Hands) -> None:
    menus = {button: button.menu() for button in (hands.list.sort_button, hands.list.group_button)}
    for menu in menus.values():
        assert menu
        menu.aboutToShow.emit()
    sort, group = menus.values()
    assert [action.text() for action in sort.actions()][:2] == ["By document and place", "By category"]
    sort.actions()[1].trigger()
    group.actions()[2].trigger()
    hands.settle()
    assert hands.page.inquiry.view == replace(
        hands.page.inquiry.view, order=Order.CATEGORY, group=Grouping.TAG, descending=False
    )


def test_nested_tags_fold_by_keys(hands: Hands) -> None:
    desk = hands.desk
    hands.list.group_by(Grouping.TAG)
    hands.settle()
    whole = [
        "[cost 3]", "forty million", "[dam 1]", "first estimate", "[paper 1]", "ninety-two",
        "[doubt 1]", "first estimate", "[Without a tag 1]", "a lake",
    ]  # fmt: skip
    assert hands.shown() == whole
    hands.table.go_to_line(3)
    desk.press(KEY.Key_Left)
    assert hands.current() == "dam"
    desk.press(KEY.Key_Left)
    assert hands.shown() == whole[:3] + whole[4:]
    desk.press(KEY.Key_Left)
    assert hands.current() == "cost"
    desk.press(KEY.Key_Space)
    assert hands.shown() == ["[cost 3]", *whole[6:]]
    desk.press(KEY.Key_Right)
    desk.press(KEY.Key_Asterisk)
    assert hands.shown() == whole
    assert hands.page.inquiry.rows == ()
    desk.press(KEY.Key_A, CONTROL)
    assert sorted(hands.chosen()) == sorted(QUOTES), "an annotation under two heads is one"


def test_a_fold_stays_while_the_list_is_answered_anew(hands: Hands) -> None:
    hands.list.group_by(Grouping.CATEGORY)
    hands.settle()
    hands.click_row(0)
    folded = hands.shown()
    assert folded[:2] == ["[Claim 1]", "[Quote 1]"]
    hands.desk.library.annotate.edit_note(hands.mark("a lake").uid, "x")
    hands.settle()
    assert hands.shown() == folded


def test_columns_order_and_groups_are_remembered(hands: Hands, open_desk: Callable[..., Desk]) -> None:
    header = hands.table.header
    header.show_column(Column.NOTE, shown=False)
    header.moveSection(header.visualIndex(Column.TAGS), 0)
    header.resizeSection(Column.TAGS, 222)
    hands.desk.qtbot.waitUntil(lambda: bool(hands.desk.library.settings.get("workspace_columns", {})))
    hands.list.sort_by(Order.QUOTE)
    hands.list.group_by(Grouping.CATEGORY)
    hands.settle()
    again = Hands(open_desk(hands.desk.uid))
    header = again.table.header
    assert header.isSectionHidden(Column.NOTE)
    assert header.first_shown() == Column.TAGS
    assert header.sectionSize(Column.TAGS) == 222
    assert (again.page.inquiry.view.order, again.page.inquiry.view.group) == (Order.QUOTE, Grouping.CATEGORY)


def test_settings_that_make_no_sense_are_as_none(desk: Desk) -> None:
    settings = desk.library.settings
    settings.set("workspace_columns", {"order": ["x", 3], "widths": [1], "hidden": [c.name.lower() for c in Column]})
    settings.set("workspace_order", {"order": "weight", "group": 7, "descending": "yes"})
    settings.set("workspace_sides", {"shown": 3})
    marked(desk.library, desk.uid)
    hands = Hands(desk)
    assert hands.shown() == QUOTES
    assert not hands.table.header.isSectionHidden(Column.QUOTE)
