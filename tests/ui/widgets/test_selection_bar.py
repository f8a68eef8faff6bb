"""The selection bar, by mouse and by keyboard."""

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QAbstractButton, QToolButton
from pytestqt.qtbot import QtBot

from reader.model.annotation import Anchor, Annotation, Color, Style
from reader.ui.theme import THEME_NAMES, load_theme
from reader.ui.widgets.floating import SHADOW
from reader.ui.widgets.selection_bar import SelectionBar
from reader.ui.widgets.swatch import Swatch
from tests.ui.widgets.conftest import Page

NEAR = QRect(200, 200, 200, 30)
MARK = Annotation("u", "d", Anchor(0, 5, "words"), color=Color.BLUE, style=Style.UNDERLINE)


@pytest.fixture
def bar(page: Page) -> SelectionBar:
    return SelectionBar(page.widget)


def swatches(bar: SelectionBar) -> list[Swatch]:
    return bar.findChildren(Swatch)


def button(bar: SelectionBar, name: str) -> QToolButton:
    found = bar.findChild(QToolButton, name)
    assert isinstance(found, QToolButton)
    return found


def test_it_costs_nothing_before_it_is_wanted(bar: SelectionBar) -> None:
    bar.set_theme(load_theme("dark"))
    bar.set_category_names({Color.BLUE: "Said"})
    assert not bar.isVisible()
    assert bar.children() == []


@pytest.mark.parametrize("number", range(6))
def test_a_click_on_a_circle_gives_its_color(bar: SelectionBar, page: Page, qtbot: QtBot, number: int) -> None:
    bar.show_for_selection(NEAR, page.widget.rect())
    with qtbot.waitSignal(bar.color_chosen) as chosen:
        qtbot.mouseClick(swatches(bar)[number], Qt.MouseButton.LeftButton)
    assert chosen.args == [list(Color)[number]]


def test_the_mouse_leaves_the_keyboard_where_it_is(bar: SelectionBar, page: Page, qtbot: QtBot) -> None:
    bar.show_for_selection(NEAR, page.widget.rect())
    qtbot.mouseClick(swatches(bar)[0], Qt.MouseButton.LeftButton)
    qtbot.mouseClick(button(bar, "copy"), Qt.MouseButton.LeftButton)
    assert page.field.hasFocus()


@pytest.mark.parametrize("name", ["underline", "tag", "note", "copy", "range", "delete"])
def test_each_button_says_its_own(bar: SelectionBar, page: Page, qtbot: QtBot, name: str) -> None:
    bar.show_for_annotation(NEAR, page.widget.rect(), MARK)
    with qtbot.waitSignal(getattr(bar, f"{name}_chosen")):
        qtbot.mouseClick(button(bar, name), Qt.MouseButton.LeftButton)


def test_range_and_delete_are_there_at_a_mark_only(bar: SelectionBar, page: Page) -> None:
    bar.show_for_selection(NEAR, page.widget.rect())
    assert not button(bar, "delete").isVisible()
    bar.show_for_annotation(NEAR, page.widget.rect(), MARK)
    assert button(bar, "delete").isVisible()
    assert button(bar, "range").isVisible()
    bar.show_for_selection(NEAR, page.widget.rect())
    assert not button(bar, "range").isVisible()


def test_a_mark_shows_its_color_and_style(bar: SelectionBar, page: Page) -> None:
    bar.show_for_annotation(NEAR, page.widget.rect(), MARK)
    assert [s.color for s in swatches(bar) if s.isChecked()] == [Color.BLUE]
    assert button(bar, "underline").isChecked()
    bar.show_for_selection(NEAR, page.widget.rect())
    assert not any(s.isChecked() for s in swatches(bar))
    assert not button(bar, "underline").isChecked()


def test_it_ends_up_near_the_selection_and_not_on_it(bar: SelectionBar, page: Page, qtbot: QtBot) -> None:
    bar.show_for_selection(NEAR, page.widget.rect())
    goal = bar.place(NEAR, page.widget.rect())
    qtbot.waitUntil(lambda: bar.pos() == goal)
    visible = bar.body().translated(bar.pos())
    assert not visible.intersects(NEAR)
    assert page.widget.rect().contains(visible)


def test_while_it_comes_up_it_is_not_on_the_selection_either(bar: SelectionBar, page: Page) -> None:
    bar.show_for_selection(NEAR, page.widget.rect())
    assert not bar.body().translated(bar.pos()).intersects(NEAR)


def test_it_follows_at_once_when_it_is_there(bar: SelectionBar, page: Page) -> None:
    bar.show_for_selection(NEAR, page.widget.rect())
    lower = NEAR.translated(0, 100)
    bar.show_for_selection(lower, page.widget.rect())
    assert bar.pos() == bar.place(lower, page.widget.rect())


def test_in_a_narrow_window_it_drops_its_words_and_stays_whole(bar: SelectionBar, page: Page) -> None:
    page.widget.resize(400, 400)
    bar.show_for_annotation(QRect(10, 50, 50, 20), page.widget.rect(), MARK)
    assert bar.width() - 2 * SHADOW <= 400
    assert button(bar, "tag").toolButtonStyle() == Qt.ToolButtonStyle.ToolButtonIconOnly
    page.widget.resize(800, 600)
    bar.show_for_annotation(QRect(10, 50, 50, 20), page.widget.rect(), MARK)
    assert button(bar, "tag").toolButtonStyle() == Qt.ToolButtonStyle.ToolButtonTextBesideIcon


def test_keyboard_alone(bar: SelectionBar, page: Page, qtbot: QtBot) -> None:
    bar.show_for_annotation(NEAR, page.widget.rect(), MARK)
    swatches(bar)[2].setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(swatches(bar)[2], Qt.Key.Key_Right)
    assert swatches(bar)[3].hasFocus()
    with qtbot.waitSignal(bar.color_chosen) as chosen:
        qtbot.keyClick(swatches(bar)[3], Qt.Key.Key_Return)
    assert chosen.args == [Color.PINK]
    with qtbot.waitSignal(bar.closed):
        qtbot.keyClick(bar.focusWidget(), Qt.Key.Key_Escape)
    assert not bar.isVisible()


def test_arrows_go_round(bar: SelectionBar, page: Page, qtbot: QtBot) -> None:
    bar.show_for_selection(NEAR, page.widget.rect())
    swatches(bar)[0].setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(swatches(bar)[0], Qt.Key.Key_Left)
    assert button(bar, "copy").hasFocus()
    qtbot.keyClick(button(bar, "copy"), Qt.Key.Key_Right)
    assert swatches(bar)[0].hasFocus()


def test_everything_has_a_name_and_the_names_are_the_users(bar: SelectionBar, page: Page) -> None:
    bar.show_for_annotation(NEAR, page.widget.rect(), MARK)
    bar.set_category_names({Color.BLUE: "Said"})
    assert all(b.accessibleName() and b.toolTip() for b in bar.findChildren(QAbstractButton))
    assert swatches(bar)[2].accessibleName() == "Said, key 3"
    assert swatches(bar)[0].toolTip() == "Claim  (1)"


@pytest.mark.parametrize("name", THEME_NAMES)
def test_circles_wear_the_theme(bar: SelectionBar, page: Page, name: str) -> None:
    theme = load_theme(name)
    bar.show_for_selection(NEAR, page.widget.rect())
    bar.set_theme(theme)
    image = swatches(bar)[1].grab().toImage()
    seen = {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}
    assert theme.ground(Color.GREEN) in seen
    assert theme.ink(Color.GREEN) in seen
