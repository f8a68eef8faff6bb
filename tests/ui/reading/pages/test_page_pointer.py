"""The mouse on pages: what is dragged, clicked and doubly clicked is what comes out."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QNativeGestureEvent, QPointingDevice, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from reader.model.annotation import Anchor, Annotation, PageRect, Style
from reader.model.page import PageLink
from reader.ui.reading.pane import ReadingPane
from reader.ui.theme import load_theme
from tests.ui.reading.pages.conftest import settle
from tests.ui.reading.pages.fake import FakePage, FakeSource, column, prose
from tests.ui.reading.pages.test_page_text import two_columns
from tests.ui.reading.samples import drag, left_of, mark_words, middle_of

LEFT = Qt.MouseButton.LeftButton
ALT = Qt.KeyboardModifier.AltModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ShowPages = Callable[..., tuple[ReadingPane, FakeSource]]


def test_a_drag_over_lines_selects_and_what_is_copied_is_joined(qtbot: QtBot, show_pages: ShowPages) -> None:
    pane, source = show_pages([FakePage(column(["the reser-", "voir was never", "built at all"]))])
    text = source.document.text
    start, end = text.index("reser"), text.index(" at all")
    with qtbot.waitSignal(pane.selection_made) as told:
        drag(pane, left_of(pane, start), left_of(pane, end))
    assert told.args == [start, end]
    assert pane.selected_text() == "reservoir was never built"


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_a_drag_selects_the_same_however_pages_are_turned(qtbot: QtBot, show_pages: ShowPages, rotation: int) -> None:
    pane, source = show_pages([prose(0)], width=900, height=900)
    pane.set_fit("page")
    pane.set_rotation(rotation)
    settle(qtbot, pane)
    text = source.document.text
    start, end = text.index("line 02"), text.index("line 04 of")
    first, last = middle_of(pane, start), middle_of(pane, end)
    drag(pane, first, last)
    selected = pane.selection()
    assert selected
    assert selected[0] in (start, start + 1)
    assert selected[1] in (end, end + 1)


def test_a_drag_within_a_column_leaves_the_other_column_alone(show_pages: ShowPages) -> None:
    pane, source = show_pages([two_columns()])
    text = source.document.text
    start, end = text.index("left line 02"), text.index("left line 07") + 5
    drag(pane, left_of(pane, start), left_of(pane, end) + QPoint(0, 9))
    assert pane.selection() == (start, end)


def test_a_drag_held_below_the_window_goes_on_over_the_page_border(qtbot: QtBot, show_pages: ShowPages) -> None:
    pane, source = show_pages([prose(0), prose(1), prose(2)], height=500)
    start = source.document.text.index("line 03")
    below = QPoint(300, pane.viewport().height() + 300)
    second = source.document.sheets[1].start
    drag(pane, left_of(pane, start), below, release=False)
    qtbot.waitUntil(lambda: (pane.selection() or (0, 0))[1] > second + 40)
    with qtbot.waitSignal(pane.selection_made):
        QTest.mouseRelease(pane.viewport(), LEFT, pos=below)
    selected = pane.selection()
    assert selected
    assert selected[0] == start
    assert "\f" in source.document.text[selected[0] : selected[1]]
    assert "\f" not in pane.selected_text()


def test_a_double_click_takes_the_word_and_a_third_click_the_paragraph(qtbot: QtBot, show_pages: ShowPages) -> None:
    pane, source = show_pages([prose(0), prose(1)])
    text = source.document.text
    start = text.index("words")
    point = middle_of(pane, start + 4)
    QTest.mouseDClick(pane.viewport(), LEFT, pos=point)
    assert pane.selection() == (start, start + 5)
    QTest.mouseRelease(pane.viewport(), LEFT, pos=point)
    QTest.mouseClick(pane.viewport(), LEFT, pos=point)
    assert pane.selection() == (0, text.index("\f"))


def test_a_click_on_a_mark_offers_it_and_its_handles_move_its_end(qtbot: QtBot, show_pages: ShowPages) -> None:
    source = FakeSource([prose(0)])
    mark = mark_words(source.document, "line 03", "m")
    pane, _ = show_pages([prose(0)], [mark])
    with qtbot.waitSignal(pane.annotation_activated) as told:
        QTest.mouseClick(pane.viewport(), LEFT, pos=middle_of(pane, mark.anchor.start + 2))
    assert told.args[0] == ["m"]
    pane.begin_range_edit("m")
    rect = pane.annotation_rect("m")
    grip = QPoint(rect.right() + 1, rect.bottom() + 5)
    target = left_of(pane, mark.anchor.end + 3) + QPoint(0, 12)
    with qtbot.waitSignal(pane.range_changed) as told:
        drag(pane, grip, target)
    assert told.args == ["m", mark.anchor.start, mark.anchor.end + 3]


def test_an_area_is_drawn_with_alt_and_told_in_fractions_of_its_page(qtbot: QtBot, show_pages: ShowPages) -> None:
    pane, _source = show_pages([prose(0), prose(1)])
    sheet = pane.view.page_flow.page_rect(0)
    first = sheet.topLeft() + QPoint(sheet.width() // 4, 100)
    last = QPoint(sheet.left() + sheet.width() * 3 // 4, 400)
    with qtbot.waitSignal(pane.area_made) as told, qtbot.assertNotEmitted(pane.selection_made):
        QTest.mousePress(pane.viewport(), LEFT, ALT, first)
        QTest.mouseMove(pane.viewport(), last)
        before = pane.viewport().grab().toImage()
        QTest.mouseRelease(pane.viewport(), LEFT, ALT, last)
    page, rect = told.args
    assert page == 0
    assert rect.left() == pytest.approx(0.25, abs=0.01)
    assert rect.right() == pytest.approx(0.75, abs=0.01)
    assert rect.bottom() == pytest.approx((401 - sheet.top()) / sheet.height(), abs=0.01)
    assert pane.selection() is None
    assert pane.viewport().grab().toImage() != before, "the frame is gone"


def test_an_area_ends_at_its_page_and_escape_gives_it_up(qtbot: QtBot, show_pages: ShowPages) -> None:
    pane, _source = show_pages([prose(0), prose(1)])
    pane.set_fit("page")
    settle(qtbot, pane)
    sheet = pane.view.page_flow.page_rect(0)
    with qtbot.waitSignal(pane.area_made) as told:
        pane.set_area_mode(True)
        drag(pane, sheet.center(), QPoint(pane.viewport().width() - 1, pane.viewport().height() - 1))
    assert told.args[1].right() == pytest.approx(1.0)
    pane.set_area_mode(True)
    with qtbot.assertNotEmitted(pane.area_made):
        QTest.mousePress(pane.viewport(), LEFT, pos=sheet.center())
        QTest.mouseMove(pane.viewport(), sheet.center() + QPoint(60, 60))
        QTest.keyClick(pane, Qt.Key.Key_Escape)
        QTest.mouseRelease(pane.viewport(), LEFT, pos=sheet.center() + QPoint(60, 60))
    with qtbot.waitSignal(pane.selection_made):
        start = pane.view.document.text.index("line 03")
        drag(pane, middle_of(pane, start), middle_of(pane, start + 9))


def test_an_area_mark_is_seen_clicked_and_has_its_place(qtbot: QtBot, show_pages: ShowPages) -> None:
    area = Annotation("a", "d", Anchor(0, 0, "", rects=(PageRect(0, 0.2, 0.6, 0.6, 0.8),)), style=Style.AREA)
    pane, _source = show_pages([prose(0)], [area], height=1100)
    sheet, rect = pane.view.page_flow.page_rect(0), pane.annotation_rect("a")
    assert rect.left() == pytest.approx(sheet.left() + sheet.width() * 0.2, abs=2)
    assert rect.height() == pytest.approx(sheet.height() * 0.2, abs=2)
    with qtbot.waitSignal(pane.annotation_activated) as told:
        QTest.mouseClick(pane.viewport(), LEFT, pos=rect.center())
    assert told.args[0] == ["a"]
    pane.set_annotations_changed([], [], [area])
    assert pane.annotation_rect("a").isEmpty()
    with qtbot.waitSignal(pane.text_clicked):
        QTest.mouseClick(pane.viewport(), LEFT, pos=rect.center())


def test_links_of_a_page_are_shown_and_followed(qtbot: QtBot, show_pages: ShowPages) -> None:
    links = [
        PageLink((30.0, 300.0, 100.0, 330.0), "#page=2&y=100"),
        PageLink((150.0, 300.0, 200.0, 330.0), "https://a.org"),
    ]
    pages = [prose(0), prose(1), prose(2), prose(3)]
    pages[0].links = links
    pane, _source = show_pages(pages, height=1000)
    flow = pane.view.page_flow
    turn, corner = flow.page(0).turn, flow.page_rect(0).topLeft()
    inside, outside = (turn.rect(link.rect).center() + corner for link in links)
    qtbot.waitUntil(lambda: pane.page_link_at(inside) == "#page=2&y=100")
    QTest.mouseMove(pane.viewport(), inside)
    assert pane.viewport().cursor().shape() == Qt.CursorShape.PointingHandCursor
    for point, href in ((inside, "#page=2&y=100"), (outside, "https://a.org")):
        with qtbot.waitSignal(pane.link_activated) as told:
            QTest.mouseClick(pane.viewport(), LEFT, pos=point)
        assert told.args == [href]
    assert not pane.go_to_link("https://a.org")
    assert pane.go_to_link("#page=2&y=100")
    assert flow.page_rect(2).top() + turn.rect((0, 100, 1, 100)).top() == pytest.approx(8, abs=2)


def wheel(pane: ReadingPane, point: QPoint, modifiers: Qt.KeyboardModifier, delta: int) -> None:
    where = QPointF(point)
    event = QWheelEvent(
        where,
        pane.viewport().mapToGlobal(where),
        QPoint(),
        QPoint(0, delta),
        Qt.MouseButton.NoButton,
        modifiers,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(pane.viewport(), event)


def test_the_wheel_with_control_enlarges_about_the_pointer(qtbot: QtBot, show_pages: ShowPages) -> None:
    pane, source = show_pages([prose(0), prose(1)])
    position = source.document.text.index("05 of words") + 6
    point = middle_of(pane, position)
    before = pane.zoom()
    with qtbot.assertNotEmitted(pane.zoom_requested):
        for _ in range(4):
            wheel(pane, point, Qt.KeyboardModifier.ControlModifier, 120)
    assert pane.zoom() > before * 1.6
    settle(qtbot, pane)
    rect = pane.view.rects(position, position + 1)[0]
    assert rect.adjusted(-3, -3, 3, 3).contains(point), "what was under the pointer still is"
    left = pane.view.page_flow.left
    wheel(pane, point, SHIFT, -120)
    assert pane.view.page_flow.left > left
    for _ in range(40):
        wheel(pane, point, Qt.KeyboardModifier.ControlModifier, -120)
    assert pane.zoom() == pytest.approx(0.1)
    assert pane.horizontalScrollBar().maximum() == 0
    for _ in range(60):
        wheel(pane, point, Qt.KeyboardModifier.ControlModifier, 120)
    assert pane.zoom() == pytest.approx(8.0)


def test_an_area_has_a_position_a_picture_and_is_gone_to(qtbot: QtBot, show_pages: ShowPages) -> None:
    pages = [prose(page) for page in range(4)]
    pages[2].figures = [((60.0, 300.0, 240.0, 360.0), "#c03020")]
    area = Annotation("a", "d", Anchor(0, 0, "", rects=(PageRect(2, 0.2, 0.75, 0.8, 0.9),)), style=Style.AREA)
    pane, source = show_pages(pages, [area])
    pane.set_theme(load_theme("dark"))
    assert pane.go_to_area("a")
    assert not pane.go_to_area("none")
    settle(qtbot, pane)
    assert pane.viewport().rect().contains(pane.annotation_rect("a"))
    rect = QRectF(0.2, 0.75, 0.6, 0.15)
    text = source.document.text
    assert text[pane.area_position(2, rect) :].startswith(tuple("page 2 line 11 of words"))
    assert text.index("page 2 line 11") <= pane.area_position(2, rect) <= text.index("page 2 line 11") + 23
    (glyphs,) = pane.page_glyphs(text.index("page 2 line 03"), text.index("page 2 line 05"))
    assert (glyphs.page, glyphs.start, glyphs.end) == (2, source.document.sheets[2].start, text.index("page 3") - 1)


def test_small_turns_of_a_pad_add_up(show_pages: ShowPages) -> None:
    pane, _source = show_pages([prose(0)])
    pane.set_zoom(1.0)
    for _ in range(20):
        wheel(pane, QPoint(300, 200), Qt.KeyboardModifier.ControlModifier, 12)
    assert pane.zoom() == pytest.approx(1.44, abs=0.01)


def test_a_pinch_enlarges(show_pages: ShowPages) -> None:
    pane, _source = show_pages([prose(0)])
    pane.set_zoom(1.0)
    where = QPointF(200, 200)
    kind = Qt.NativeGestureType.ZoomNativeGesture
    device = QPointingDevice.primaryPointingDevice()
    event = QNativeGestureEvent(kind, device, 2, where, where, pane.viewport().mapToGlobal(where), 0.5, QPointF())
    QApplication.sendEvent(pane.viewport(), event)
    assert pane.zoom() == pytest.approx(1.5)
