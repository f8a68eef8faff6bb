"""The list that measures only what is on the screen."""

from itertools import pairwise
from typing import Any

import pytest
from PySide6.QtCore import QAbstractItemModel, QItemSelectionModel, QModelIndex, QPoint, QSize, Qt
from PySide6.QtGui import QAccessible, QPainter, QWheelEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QStyledItemDelegate, QStyleOptionViewItem
from pytestqt.qtbot import QtBot

from reader.ui.lists.annotations import AnnotationModel
from reader.ui.panels.rows_view import RowsView
from tests.ui.builders import mark, marks
from tests.ui.panels.conftest import Stage

HEIGHT, WIDTH = 600, 300


class Tall(QStyledItemDelegate):
    """Rows 40, 70, 100 or 130 pixels high; remembers what was measured and painted."""

    def __init__(self) -> None:
        super().__init__()
        self.measured: set[int] = set()
        self.painted: list[int] = []

    def sizeHint(self, option: QStyleOptionViewItem, index: Any) -> QSize:
        self.measured.add(index.row())
        return QSize(option.rect.width(), height_of(index.data(Qt.ItemDataRole.UserRole).uid))

    def paint(self, _painter: QPainter, _option: QStyleOptionViewItem, index: Any) -> None:
        self.painted.append(index.row())


def height_of(uid: str) -> int:
    return 40 + 30 * (sum(map(ord, uid)) % 4)


class Scene:
    def __init__(self, stage: Stage, count: int) -> None:
        self.model = AnnotationModel()
        self.model.set_rows(marks(count))
        self.tall = Tall()
        self.view = RowsView()
        self.view.setItemDelegate(self.tall)
        self.view.setModel(self.model)
        stage.show(self.view, WIDTH, HEIGHT)

    def on_screen(self) -> list[tuple[str, int]]:
        return [(self.model.shown_rows()[row].uid, y) for row, y, _ in self.view.visible_rows()]

    def rects(self) -> list[tuple[int, int]]:
        return [(y, y + height) for _, y, height in self.view.visible_rows()]


@pytest.fixture
def scene(stage: Stage) -> Scene:
    return Scene(stage, 500)


@pytest.mark.parametrize("count", [100, 100_000])
def test_only_rows_on_the_screen_are_measured_and_painted(stage: Stage, count: int) -> None:
    scene = Scene(stage, count)
    scene.view.viewport().repaint()
    shown = len(scene.view.visible_rows())
    assert set(scene.tall.painted) == set(range(shown))
    assert len(scene.tall.measured) <= 3 * shown, "the first screen and the last one"


def test_rows_touch_each_other_and_fill_the_screen(scene: Scene) -> None:
    scene.view.scroll_by(777)
    rects = scene.rects()
    assert rects[0][0] <= 0 < rects[0][1]
    assert all(above[1] == below[0] for above, below in pairwise(rects))
    assert rects[-1][1] >= HEIGHT


def test_pixels_down_and_up_again_is_the_same_place(scene: Scene) -> None:
    scene.view.scroll_by(3333)
    before = scene.on_screen()
    scene.view.scroll_by(1234)
    assert scene.on_screen() != before
    scene.view.scroll_by(-1234)
    assert scene.on_screen() == before


def test_the_end_is_the_last_row_at_the_bottom_and_no_further(scene: Scene) -> None:
    scene.view.verticalScrollBar().setValue(scene.view.verticalScrollBar().maximum())
    assert scene.on_screen()[-1][0] == "m000499"
    assert scene.rects()[-1][1] == HEIGHT
    before = scene.on_screen()
    scene.view.scroll_by(500)
    assert scene.on_screen() == before


def test_the_bar_says_where_it_is_and_goes_there(scene: Scene) -> None:
    bar = scene.view.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    assert abs(scene.view.top()[0] - 250) < 10
    value = bar.value()
    scene.view.scroll_by(40)
    assert bar.value() > value


def test_a_wheel_goes_by_pixels_whatever_the_rows(scene: Scene) -> None:
    scene.view.scroll_by(500)
    uid, y = scene.on_screen()[3]
    center = scene.view.viewport().rect().center()
    event = QWheelEvent(
        center, scene.view.viewport().mapToGlobal(center), QPoint(), QPoint(0, -120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(scene.view.viewport(), event)
    assert (uid, y - 90) in scene.on_screen()


def test_the_keyboard_coming_in_begins_where_the_list_stands(scene: Scene) -> None:
    scene.view.clearFocus()
    scene.view.setCurrentIndex(QModelIndex())
    scene.view.scroll_by(9050)
    before = scene.on_screen()
    scene.view.setFocus()
    assert scene.view.currentIndex().row() == first_whole_row(before)
    assert scene.on_screen() == before


def first_whole_row(on_screen: list[tuple[str, int]]) -> int:
    return next(int(uid[1:]) for uid, y in on_screen if y >= 0)


def test_few_rows_need_no_bar(stage: Stage) -> None:
    scene = Scene(stage, 3)
    assert scene.view.verticalScrollBar().maximum() == 0
    scene.view.scroll_by(100)
    assert scene.view.top() == (0, 0)


def test_no_rows_at_all(stage: Stage, qtbot: QtBot) -> None:
    scene = Scene(stage, 0)
    scene.view.viewport().repaint()
    for key in (Qt.Key.Key_Down, Qt.Key.Key_End, Qt.Key.Key_PageDown, Qt.Key.Key_Space):
        qtbot.keyClick(scene.view, key)
    qtbot.mouseClick(scene.view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(20, 20))
    assert not scene.view.currentIndex().isValid()


def test_what_comes_or_goes_above_leaves_the_screen_as_it_is(scene: Scene) -> None:
    scene.view.scroll_by(9000)
    before = scene.on_screen()
    scene.model.change(added=[mark("new", 150), mark("newer", 350)])
    assert scene.on_screen() == before
    scene.model.change(removed=[mark("new", 150), scene.model.shown_rows()[0]])
    assert scene.on_screen() == before
    scene.model.change(updated=[mark("m000007", 700, note="longer")])
    assert scene.on_screen() == before
    scene.model.change(updated=[mark("m000007", 40_000)])
    assert scene.on_screen() == before, "a row moved from above to below"
    scene.model.change(updated=[mark("m000007", 700)])
    assert scene.on_screen() == before, "and back"


def test_at_the_very_top_a_new_first_row_shows_itself(scene: Scene) -> None:
    scene.model.change(added=[mark("new", 0, "a")])
    assert scene.on_screen()[0] == ("new", 0)


def test_removing_everything_on_the_screen_shows_what_is_next(scene: Scene) -> None:
    scene.view.scroll_by(4000)
    gone = [uid for uid, _ in scene.on_screen()]
    following = scene.model.shown_rows()[scene.model.row_of(gone[-1]) + 1].uid
    scene.model.change(removed=[row for row in scene.model.shown_rows() if row.uid in gone])
    assert scene.on_screen()[0] == (following, 0)


def test_removing_the_end_while_at_the_end_keeps_the_screen_full(scene: Scene) -> None:
    scene.view.scroll_by(10**7)
    scene.model.change(removed=scene.model.shown_rows()[-20:])
    assert scene.on_screen()[-1][0] == "m000479"
    assert scene.rects()[-1][1] == HEIGHT


def test_keys_walk_and_keep_the_current_row_in_view(scene: Scene, qtbot: QtBot) -> None:
    view = scene.view
    view.setFocus()
    for key, row in [
        (Qt.Key.Key_Down, 1),
        (Qt.Key.Key_Up, 0),
        (Qt.Key.Key_Up, 0),
        (Qt.Key.Key_End, 499),
        (Qt.Key.Key_Home, 0),
    ]:
        qtbot.keyClick(view, key)
        assert view.currentIndex().row() == row
        assert view.viewport().rect().contains(view.visualRect(view.currentIndex()))


def test_page_down_and_up_go_by_a_screen(scene: Scene, qtbot: QtBot) -> None:
    view = scene.view
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_Home)
    qtbot.keyClick(view, Qt.Key.Key_PageDown)
    row = view.currentIndex().row()
    rows = scene.model.shown_rows()
    assert HEIGHT - 130 <= sum(height_of(r.uid) for r in rows[: row + 1]) <= HEIGHT + 130
    qtbot.keyClick(view, Qt.Key.Key_PageDown)
    assert view.currentIndex().row() > row
    qtbot.keyClick(view, Qt.Key.Key_PageUp)
    assert abs(view.currentIndex().row() - row) <= 2


def test_shift_and_control_select_by_keys(stage: Stage, qtbot: QtBot) -> None:
    scene = Scene(stage, 20_000)
    view = scene.view
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_Home)
    qtbot.keyClick(view, Qt.Key.Key_Down)
    qtbot.keyClick(view, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert view.selected_rows() == [1, 2]
    qtbot.keyClick(view, Qt.Key.Key_End, Qt.KeyboardModifier.ShiftModifier)
    assert view.selected_rows() == list(range(1, 20_000)), "over rows far off the screen too"
    qtbot.keyClick(view, Qt.Key.Key_Home, Qt.KeyboardModifier.ShiftModifier)
    assert view.selected_rows() == [0, 1]
    qtbot.keyClick(view, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert len(view.selected_rows()) == 20_000


def test_shift_and_control_select_by_mouse(scene: Scene, qtbot: QtBot) -> None:
    view = scene.view

    def click(row: int, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        index = scene.model.index(row, 0)
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, modifier, view.visualRect(index).center())

    click(1)
    click(3, Qt.KeyboardModifier.ShiftModifier)
    assert view.selected_rows() == [1, 2, 3]
    click(5, Qt.KeyboardModifier.ControlModifier)
    assert view.selected_rows() == [1, 2, 3, 5]
    click(2, Qt.KeyboardModifier.ControlModifier)
    assert view.selected_rows() == [1, 3, 5]
    click(1)
    view.scrollTo(scene.model.index(300, 0), QAbstractItemView.ScrollHint.PositionAtTop)
    click(301, Qt.KeyboardModifier.ShiftModifier)
    assert view.selected_rows() == list(range(1, 302))


def test_a_trembling_hand_selects_one_row_only(scene: Scene, qtbot: QtBot) -> None:
    view = scene.view
    one, two = (view.visualRect(scene.model.index(row, 0)).center() for row in (1, 2))
    qtbot.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=one)
    qtbot.mouseMove(view.viewport(), two)
    qtbot.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=two)
    assert view.selected_rows() == [1]


@pytest.mark.parametrize(
    ("hint", "edge"),
    [
        (QAbstractItemView.ScrollHint.PositionAtTop, "top"),
        (QAbstractItemView.ScrollHint.PositionAtBottom, "bottom"),
        (QAbstractItemView.ScrollHint.PositionAtCenter, "center"),
    ],
)
def test_scrolling_to_a_row(scene: Scene, hint: QAbstractItemView.ScrollHint, edge: str) -> None:
    index = scene.model.index(250, 0)
    scene.view.scrollTo(index, hint)
    rect = scene.view.visualRect(index)
    places = {
        "top": rect.top() == 0,
        "bottom": rect.bottom() == HEIGHT - 1,
        "center": abs(rect.center().y() - HEIGHT // 2) <= 1,
    }
    assert places[edge]


def test_showing_rows_moves_as_little_as_needed(scene: Scene) -> None:
    view = scene.view
    view.scroll_by(6000)
    before = scene.on_screen()
    inside = [row for row, y, height in view.visible_rows() if y >= 0 and y + height <= HEIGHT]
    view.show_rows(range(inside[0], inside[-1] + 1))
    assert scene.on_screen() == before
    view.show_rows(range(inside[-1] + 3, inside[-1] + 5))
    assert scene.rects()[-1][1] == HEIGHT
    view.show_rows(range(10, 400))
    assert scene.on_screen()[0] == ("m000010", 0), "more rows than fit: the first ones"
    view.show_rows(range(100, 400))
    assert scene.on_screen()[0] == ("m000100", 0)


def test_a_row_at_a_place_and_the_place_of_a_row_agree(scene: Scene) -> None:
    scene.view.scroll_by(5123)
    for row, y, height in scene.view.visible_rows():
        index = scene.model.index(row, 0)
        assert scene.view.visualRect(index).getRect() == (0, y, scene.view.viewport().width(), height)
        for inside in (max(y, 0), min(y + height, HEIGHT) - 1):
            assert scene.view.indexAt(QPoint(5, inside)) == index


def test_a_reset_starts_at_the_top(scene: Scene) -> None:
    scene.view.scroll_by(5000)
    scene.model.set_rows(marks(50))
    assert scene.on_screen()[0] == ("m000000", 0)


def test_what_a_screen_reader_is_told(scene: Scene) -> None:
    interface = QAccessible.queryAccessibleInterface(scene.view)
    assert interface is not None
    assert interface.childCount() == 500
    assert interface.child(1).text(QAccessible.Text.Name).startswith("Evidence. quote number 1 ")


def test_selecting_paints_only_selected_rows(scene: Scene) -> None:
    selection = scene.view.selectionModel()
    selection.select(scene.model.index(1, 0), QItemSelectionModel.SelectionFlag.Select)
    region = scene.view.visualRegionForSelection(selection.selection())
    assert region.boundingRect() == scene.view.visualRect(scene.model.index(1, 0))
    assert isinstance(scene.view.model(), QAbstractItemModel)
    assert scene.view.visualRect(QModelIndex()).isEmpty()
