"""The rectangle of an area mark is changed: by its edges and corners, as a whole, by keys; undone as any step."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QImage, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from reportlab.pdfgen.canvas import Canvas

from reader.model.annotation import PageRect, Style
from reader.services.library import Library
from reader.ui.reading.pages.area_edit import AreaEdit, knobs
from tests.formats.pdf.makers import drawn, together, written
from tests.ui.conftest import Desk, move
from tests.ui.reading.pages.conftest import settle

KEY, LEFT = Qt.Key, Qt.MouseButton.LeftButton
CONTROL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)
AREA = PageRect(0, 0.2, 0.3, 0.6, 0.5)


@pytest.fixture
def desk(open_desk: Callable[..., Desk], library_path: Path, tmp_path: Path) -> Desk:
    """A page with an area mark, whose handles are shown; its left half is red."""

    def red(canvas: Canvas) -> None:
        canvas.setFillColorRGB(1, 0, 0)
        canvas.rect(0, 0, 298, 842, stroke=0, fill=1)

    path = tmp_path / "figure.pdf"
    path.write_bytes(drawn(together(red, written("Words"))))
    library = Library.open(library_path)
    (result,) = library.adding.add([path])
    assert result.document
    uid = result.document.uid
    text = library.documents.open(uid).document.text
    library.annotate.mark_area(uid, text, 0, AREA)
    library.close()
    desk = open_desk(uid)
    desk.window.pane.set_fit("page")
    settle(desk.qtbot, desk.window.pane)
    return desk


def edit(desk: Desk) -> AreaEdit:
    """Handles on the mark, by click and key."""
    pane = desk.window.pane
    settle(desk.qtbot, pane)
    (uid,) = (mark.uid for mark in desk.marks())
    desk.window.complete().marking.set_current(uid)
    desk.press(KEY.Key_R)
    assert pane._hand
    assert pane._hand.area_edit.active
    return pane._hand.area_edit


def rect(desk: Desk) -> tuple[float, ...]:
    (mark,) = desk.marks()
    assert mark.style is Style.AREA
    assert mark.anchor
    (found,) = mark.anchor.rects
    return found.left, found.top, found.right, found.bottom


def pull(desk: Desk, start: QPoint, by: QPoint) -> None:
    view = desk.window.pane.viewport()
    QTest.mousePress(view, LEFT, pos=start)
    for step in (1, 2, 3):
        move(view, start + by * step / 3)
    QTest.mouseRelease(view, LEFT, pos=start + by)


def page(desk: Desk) -> QRect:
    flow = desk.window.pane.view.page_flow
    assert flow
    return flow.page_rect(0)


def reds(desk: Desk) -> float:
    """The share of red in the mark's picture, once it is there."""
    desk.qtbot.waitUntil(lambda: bool(desk.library.annotate.picture(desk.marks()[0])))
    picture = desk.library.annotate.picture(desk.marks()[0])
    assert picture
    image = QImage.fromData(picture.data)
    row = [image.pixelColor(x, image.height() // 2).green() < 100 for x in range(image.width())]
    return sum(row) / len(row)


def test_a_corner_is_dragged_the_picture_is_renewed_and_undo_takes_it_back(desk: Desk) -> None:
    assert reds(desk) == pytest.approx(0.75, abs=0.02)
    area = edit(desk)
    before, size = area.rect(), page(desk)
    pull(desk, before.bottomRight(), QPoint(40, -30))
    left, top, right, bottom = rect(desk)
    assert (left, top) == (AREA.left, AREA.top)
    assert right == pytest.approx(AREA.right + 40 / size.width(), abs=0.002)
    assert bottom == pytest.approx(AREA.bottom - 30 / size.height(), abs=0.002)
    assert area.active
    assert reds(desk) == pytest.approx(0.3 / (right - left), abs=0.02)
    desk.press(KEY.Key_Z, CONTROL)
    assert rect(desk) == (AREA.left, AREA.top, AREA.right, AREA.bottom)
    assert area.rect() == before, "the handles follow"
    assert reds(desk) == pytest.approx(0.75, abs=0.02)
    desk.press(KEY.Key_Z, CONTROL | SHIFT)
    assert rect(desk) == (left, top, right, bottom)


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
@pytest.mark.parametrize("side", ["left", "top", "right", "bottom"])
def test_an_edge_moves_alone_however_the_page_is_turned(desk: Desk, rotation: int, side: str) -> None:
    pane = desk.window.pane
    pane.set_rotation(rotation)
    area = edit(desk)
    before = area.rect()
    edges = {
        "left": (QPoint(before.left(), before.center().y()), QPoint(-20, 7)),
        "top": (QPoint(before.center().x(), before.top()), QPoint(7, -20)),
        "right": (QPoint(before.right(), before.center().y()), QPoint(20, 7)),
        "bottom": (QPoint(before.center().x(), before.bottom()), QPoint(7, 20)),
    }
    start, by = edges[side]
    pull(desk, start, by)
    after = area.rect()
    moved = {
        "left": after.left() - before.left(),
        "top": after.top() - before.top(),
        "right": after.right() - before.right(),
        "bottom": after.bottom() - before.bottom(),
    }
    assert abs(moved.pop(side) - (by.x() if side in ("left", "right") else by.y())) <= 1
    assert set(moved.values()) == {0}
    changed = [
        one != other for one, other in zip(rect(desk), (AREA.left, AREA.top, AREA.right, AREA.bottom), strict=True)
    ]
    assert changed.count(True) == 1


def test_it_is_moved_as_a_whole_and_stays_on_its_page(desk: Desk) -> None:
    area = edit(desk)
    pull(desk, area.rect().center(), QPoint(15, 10))
    left, top, right, bottom = rect(desk)
    assert (right - left, bottom - top) == pytest.approx((0.4, 0.2))
    assert left > AREA.left
    pull(desk, area.rect().center(), QPoint(3000, 10))
    assert rect(desk)[2] == pytest.approx(1.0)
    assert rect(desk)[2] - rect(desk)[0] == pytest.approx(0.4)


def test_it_never_turns_inside_out(desk: Desk) -> None:
    area = edit(desk)
    pull(desk, area.rect().topLeft(), QPoint(900, 900))
    left, top, right, bottom = rect(desk)
    assert (right, bottom) == (AREA.right, AREA.bottom)
    assert 0 < right - left < 0.02
    assert 0 < bottom - top < 0.02


def test_arrows_move_and_size_it_and_are_one_step(desk: Desk) -> None:
    area = edit(desk)
    before = area.rect()
    steps = len(desk.library.history.list())
    for _ in range(3):
        desk.press(KEY.Key_Right)
    desk.press(KEY.Key_Down, SHIFT)
    desk.press(KEY.Key_Left, SHIFT | ALT)
    after = area.rect()
    assert abs(after.left() - before.left() - 8) <= 1
    assert abs(after.right() - before.right() - 12) <= 1
    assert after.top() == before.top()
    assert abs(after.bottom() - before.bottom() - 4) <= 1
    assert len(desk.library.history.list()) == steps + 1
    desk.press(KEY.Key_Z, CONTROL)
    assert rect(desk) == (AREA.left, AREA.top, AREA.right, AREA.bottom)
    desk.press(KEY.Key_Return)
    assert not area.active
    scrolled = desk.window.pane.verticalScrollBar().value()
    desk.press(KEY.Key_Right)
    assert rect(desk) == (AREA.left, AREA.top, AREA.right, AREA.bottom)
    assert desk.window.pane.verticalScrollBar().value() == scrolled


@pytest.mark.parametrize("how", ["escape", "click", "delete"])
def test_what_ends_it(desk: Desk, how: str) -> None:
    area = edit(desk)
    if how == "escape":
        desk.press(KEY.Key_Escape)
    elif how == "click":
        QTest.mouseClick(desk.window.pane.viewport(), LEFT, pos=page(desk).topLeft() + QPoint(12, 12))
    else:
        desk.library.annotate.delete([desk.marks()[0].uid])
    assert not area.active


def test_shift_alt_arrows_begin_it_on_the_current_mark(desk: Desk) -> None:
    settle(desk.qtbot, desk.window.pane)
    desk.window.complete().marking.set_current(desk.marks()[0].uid)
    desk.press(KEY.Key_Up, SHIFT | ALT)
    assert rect(desk)[1] < AREA.top
    assert rect(desk)[3] == AREA.bottom


def test_the_handles_are_seen_and_the_pointer_says_so(desk: Desk) -> None:
    area = edit(desk)
    pane = desk.window.pane
    image = pane.viewport().grab().toImage()
    accent = pane.view.flow.style.color("accent").name()
    for knob in knobs(area.rect()):
        assert image.pixelColor(knob).name() == accent
    shapes = Qt.CursorShape
    wanted = (
        (area.rect().topLeft(), shapes.SizeFDiagCursor), (area.rect().topRight(), shapes.SizeBDiagCursor),
        (area.rect().center(), shapes.SizeAllCursor),
        (QPoint(area.rect().left(), area.rect().center().y()), shapes.SizeHorCursor),
        (QPoint(area.rect().center().x(), area.rect().bottom()), shapes.SizeVerCursor),
    )  # fmt: skip
    for point, shape in wanted:
        move_idle(desk, point)
        assert pane.viewport().cursor().shape() == shape
    move_idle(desk, page(desk).topLeft() + QPoint(12, 12))
    assert pane.viewport().cursor().shape() not in (shapes.SizeAllCursor, shapes.SizeHorCursor)


def move_idle(desk: Desk, to: QPoint) -> None:
    view, none = desk.window.pane.viewport(), Qt.MouseButton.NoButton
    event = QMouseEvent(
        QEvent.Type.MouseMove, QPointF(to), QPointF(view.mapToGlobal(to)), none, none, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(view, event)
