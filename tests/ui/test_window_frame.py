"""The frame of the window: panels, sizes, themes, what is remembered."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QMenu

from reader.ui.actions import MENUS
from reader.ui.main_window import MainWindow
from tests.ui.conftest import Desk

CONTROL = Qt.KeyboardModifier.ControlModifier


def test_both_panels_stand_beside_the_text_in_a_wide_window(desk: Desk) -> None:
    left, centre, right = (w.geometry() for w in (desk.window.left, desk.window.centre, desk.window.right))
    assert left.right() < centre.left()
    assert centre.right() < right.left()
    assert (left.width(), right.width()) == pytest.approx((272, 322), abs=4)


def test_a_narrow_window_lets_the_right_panel_float_when_asked(desk: Desk) -> None:
    desk.window.resize(860, 600)
    desk.qtbot.waitUntil(lambda: not desk.window.right.isVisible())
    assert not desk.window.actions_["right_panel"].isChecked()
    width = desk.window.pane.width()
    desk.press(Qt.Key.Key_3, CONTROL)
    assert desk.window.right.isVisible()
    assert desk.window.pane.width() == width
    assert desk.window.right.geometry().right() == desk.window.frame.rect().right()
    desk.window.resize(1300, 800)
    desk.qtbot.waitUntil(lambda: desk.window.right.geometry().left() >= desk.window.centre.geometry().right())


def test_the_floating_panel_goes_when_a_hit_is_gone_to(desk: Desk) -> None:
    desk.window.resize(860, 600)
    desk.qtbot.waitUntil(lambda: not desk.window.right.isVisible())
    desk.press(Qt.Key.Key_F, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    assert desk.window.right.isVisible()
    desk.type("ninety")
    desk.wait_idle()
    desk.qtbot.waitUntil(lambda: desk.window.complete().search.model.rowCount() > 0)
    desk.press(Qt.Key.Key_Down)
    desk.press(Qt.Key.Key_Return)
    assert desk.window.pane.hasFocus()
    assert not desk.window.right.isVisible()
    assert not desk.window.actions_["right_panel"].isChecked()
    desk.press(Qt.Key.Key_3, CONTROL)
    assert desk.window.right.isVisible()


def test_the_panels_fold_away_and_the_choice_is_kept(desk: Desk, open_desk: Callable[..., Desk]) -> None:
    desk.press(Qt.Key.Key_1, CONTROL)
    assert not desk.window.left.isVisible()
    again = open_desk(desk.uid)
    assert not again.window.left.isVisible()
    again.press(Qt.Key.Key_1, CONTROL)
    assert again.window.left.isVisible()


def test_the_text_alone_and_back(desk: Desk) -> None:
    desk.press(Qt.Key.Key_F11)
    assert not desk.window.left.isVisible()
    assert not desk.window.right.isVisible()
    desk.press(Qt.Key.Key_F11)
    assert desk.window.left.isVisible()
    assert desk.window.right.isVisible()


def test_after_the_text_alone_no_panel_covers_a_narrow_text(desk: Desk) -> None:
    desk.window.resize(860, 600)
    desk.qtbot.waitUntil(lambda: not desk.window.right.isVisible())
    desk.press(Qt.Key.Key_F11)
    desk.press(Qt.Key.Key_F11)
    assert desk.window.left.isVisible()
    assert not desk.window.right.isVisible()
    assert not desk.window.actions_["right_panel"].isChecked()
    desk.window.resize(1300, 800)
    desk.qtbot.waitUntil(desk.window.right.isVisible)


@pytest.mark.parametrize("name", ["light", "sepia", "dark"])
def test_a_theme_reaches_the_paper_and_is_remembered(desk: Desk, open_desk: Callable[..., Desk], name: str) -> None:
    desk.trigger(f"theme_{name}")
    theme = desk.window.appearance.theme
    picture = desk.window.pane.viewport().grab().toImage()
    assert picture.pixelColor(5, picture.height() // 2) == QColor(theme.paper)
    assert desk.library.settings.get("theme", "") == name


def test_text_grows_and_the_line_at_the_top_stays(desk: Desk) -> None:
    pane = desk.window.pane
    desk.window.resize(1200, 300)
    pane.go_to(desk.span("But a lake")[0], flash=False)
    before = pane.top_position()
    small = pane.view.rects(before, before + 1)[0].height()
    desk.trigger("zoom_in")
    desk.trigger("zoom_in")
    large = pane.view.rects(pane.top_position(), pane.top_position() + 1)[0].height()
    assert large > small
    assert abs(pane.top_position() - before) < 80
    desk.trigger("zoom_reset")
    assert desk.window.appearance.typography.zoom == 1.0


def test_every_action_is_in_a_menu_and_has_a_key(desk: Desk) -> None:
    hung = {action for menu in desk.window.menuBar().findChildren(QMenu) for action in menu.actions()}
    assert all(action in hung for action in desk.window.actions_.all())
    assert not [s.name for specs in MENUS.values() for s in specs if s.name and not s.keys]


def test_the_menus_are_those_that_the_actions_hang_in(desk: Desk) -> None:
    assert [menu.title() for menu in desk.window.menus] == list(MENUS)


def test_no_two_actions_share_a_key(desk: Desk) -> None:
    keys = [k.toString() for action in desk.window.actions_.all() for k in action.shortcuts()]
    assert len(keys) == len(set(keys))


def test_everything_that_takes_the_keyboard_has_a_name(desk: Desk) -> None:
    from PySide6.QtWidgets import QAbstractButton, QLineEdit, QWidget

    nameless = [
        widget
        for widget in desk.window.findChildren(QWidget)
        if widget.isVisible()
        and widget.focusPolicy() != Qt.FocusPolicy.NoFocus
        and not widget.accessibleName()
        and not (isinstance(widget, QAbstractButton) and widget.text())
        and not (isinstance(widget, QLineEdit) and widget.placeholderText())
    ]
    assert not nameless


def test_closing_while_the_text_is_alone_keeps_the_panels_for_the_next_time(
    desk: Desk, open_desk: Callable[..., Desk]
) -> None:
    desk.press(Qt.Key.Key_F11)
    assert not desk.window.left.isVisible()
    again = open_desk(desk.uid)
    assert again.window.left.isVisible()
    assert again.window.right.isVisible()


def test_a_window_that_was_larger_than_this_screen_fits_into_it(desk: Desk) -> None:
    desk.library.settings.set("window", {"size": [90_000, 80_000]})
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    window = MainWindow(desk.library, app)
    room = window.screen().availableSize()
    assert window.width() <= room.width()
    assert window.height() < room.height()
    window.close()
    window.deleteLater()


def test_a_window_that_comes_up_dark_is_dark_all_over(desk: Desk, open_desk: Callable[..., Desk]) -> None:
    desk.window.appearance.choose_theme("dark")
    again = open_desk(desk.uid, theme="dark")
    picture = again.window.grab().toImage()
    for column in (again.window.left, again.window.right):
        rect = column.geometry()
        at = column.mapTo(again.window, column.rect().topLeft())
        edge = at.x() + rect.width() - 8
        colors = {picture.pixelColor(edge, at.y() + y).name() for y in range(180, rect.height() - 80, 40)}
        assert colors == {again.window.appearance.theme.panel}
    again.window.appearance.choose_theme("light")
