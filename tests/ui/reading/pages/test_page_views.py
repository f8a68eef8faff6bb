"""How large pages are shown and which: fitting, zoom, rotation, two side by side, going to a page."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from reader.model.document import Document
from reader.ui.reading.pages.arrangement import GAP, MARGIN
from reader.ui.reading.pane import ReadingPane
from tests.ui.reading.pages.conftest import settle
from tests.ui.reading.pages.fake import FakePage, FakeSource, prose
from tests.ui.reading.samples import article

ShowPages = Callable[..., tuple[ReadingPane, FakeSource]]


def test_pages_are_drawn_for_the_size_alone_with_which_they_come_up(qtbot: QtBot) -> None:
    holder, pane, source = QWidget(), ReadingPane(), FakeSource([prose(page) for page in range(4)])
    qtbot.addWidget(holder)
    QVBoxLayout(holder).addWidget(pane)
    pane.set_document(source.document, (), pages=source)
    holder.resize(500, 420)
    with qtbot.waitExposed(holder):
        holder.show()
    settle(qtbot, pane)
    assert pane.width() < 500
    assert {scale for page, scale, *_ in source.tiles if page == 0} == {pane.view.page_flow.scale}
    source.tiles.clear()
    pane.resize(400, 400)
    pane.viewport().repaint()
    settle(qtbot, pane)
    assert {scale for page, scale, *_ in source.tiles if page == 0} == {pane.view.page_flow.scale}


def test_pages_are_as_wide_as_the_window_and_stay_so(qtbot: QtBot, show_pages: ShowPages) -> None:
    pane, _source = show_pages([prose(page) for page in range(4)])
    flow = pane.view.page_flow
    for width in (760, 500, 900):
        pane.resize(width, 640)
        settle(qtbot, pane)
        assert flow.page_rect(0).width() == pane.viewport().width() - 2 * MARGIN
        assert pane.horizontalScrollBar().maximum() == 0


def test_whole_pages_fit(qtbot: QtBot, show_pages: ShowPages) -> None:
    pane, _source = show_pages([prose(page) for page in range(4)])
    with qtbot.waitSignal(pane.fit_changed) as told:
        pane.set_fit("page")
    assert told.args == ["page", pytest.approx(pane.zoom(), abs=0.001)]
    rect = pane.view.page_flow.page_rect(0)
    assert rect.height() == pytest.approx(pane.viewport().height() - 2 * MARGIN, abs=1)
    pane.resize(760, 400)
    settle(qtbot, pane)
    assert pane.view.page_flow.page_rect(0).height() == pytest.approx(pane.viewport().height() - 2 * MARGIN, abs=1)
    zoom = pane.zoom()
    pane.set_fit("")
    pane.resize(760, 600)
    settle(qtbot, pane)
    assert pane.zoom() == zoom


def test_resizing_keeps_the_place(qtbot: QtBot, show_pages: ShowPages) -> None:
    pane, source = show_pages([prose(page, 20) for page in range(6)])
    position = source.document.text.index("page 3 line 10")
    pane.go_to(position, at_top=True, flash=False)
    settle(qtbot, pane)
    pane.scroll_by(0)
    before = pane.view.rects(position, position + 1)[0].top()
    for width in (500, 1000, 420, 760):
        pane.resize(width, 640)
        settle(qtbot, pane)
    assert pane.view.rects(position, position + 1)[0].top() == pytest.approx(before, abs=2)
    assert pane.top_position() == position


def test_two_pages_stand_side_by_side(qtbot: QtBot, show_pages: ShowPages) -> None:
    pane, _source = show_pages([prose(page) for page in range(5)])
    pane.set_two_pages(True)
    settle(qtbot, pane)
    flow = pane.view.page_flow
    first, second, third = (flow.page_rect(page) for page in range(3))
    assert (first.top(), first.right() + 1 + GAP) == (second.top(), second.left())
    assert third.left() == first.left()
    assert third.top() > first.bottom()
    assert second.right() < pane.viewport().width() - MARGIN + 2
    pane.go_to_page(4)
    assert pane.page_at_top() == 4
    pane.set_two_pages(False)
    settle(qtbot, pane)
    assert flow.page_rect(0).left() == flow.page_rect(1).left()


def test_rotation_keeps_the_page_and_changes_its_sides(qtbot: QtBot, show_pages: ShowPages) -> None:
    pane, _source = show_pages([prose(page) for page in range(5)])
    pane.go_to_page(2)
    pane.set_fit("page")
    for degrees in (90, 180, 270, 0):
        pane.set_rotation(degrees)
        settle(qtbot, pane)
        rect = pane.view.page_flow.page_rect(pane.page_at_top())
        assert (rect.width() > rect.height()) == (degrees in (90, 270))
        assert pane.page_at_top() == 2


def test_the_page_one_is_on_is_told(qtbot: QtBot, show_pages: ShowPages) -> None:
    pane, _source = show_pages([prose(page) for page in range(5)])
    told: list[int] = []
    pane.page_changed.connect(told.append)
    pane.go_to_page(3)
    assert pane.page_at_top() == 3
    assert told == [3]
    assert pane.view.page_flow.page_rect(3).top() == MARGIN // 2
    pane.verticalScrollBar().setValue(pane.verticalScrollBar().maximum())
    assert told == [3, 4]
    pane.go_to_page(99)
    assert pane.page_at_top() == 4
    pane.go_to_page(-1)
    assert told[-1] == 0
    assert pane.verticalScrollBar().value() <= MARGIN


def test_pages_of_different_sizes_are_scrolled_across(qtbot: QtBot, show_pages: ShowPages) -> None:
    pages = [prose(0), prose(1), prose(2), FakePage(prose(3).lines, width=900.0)]
    pane, source = show_pages(pages)
    bar = pane.horizontalScrollBar()
    assert bar.maximum() > 0
    flow = pane.view.page_flow
    middle = flow.page_rect(0).center().x()
    assert middle == pytest.approx(pane.viewport().width() // 2, abs=2), "what is not too wide is in the middle"
    pane.go_to(source.document.text.index("page 3 line 04"))
    settle(qtbot, pane)
    before = flow.page_rect(3).left()
    bar.setValue(bar.value() + 50)
    assert flow.page_rect(3).left() == before - 50
    position = source.document.text.index("page 3 line 04")
    bar.setValue(bar.maximum())
    pane.go_to(position, end=position + 1)
    settle(qtbot, pane)
    assert pane.viewport().rect().contains(pane.view.rects(position, position + 1)[0])


def test_zoom_holds_what_is_in_the_middle(qtbot: QtBot, show_pages: ShowPages) -> None:
    pane, source = show_pages([prose(page, 20) for page in range(4)])
    position = source.document.text.index("page 1 line 10")
    pane.go_to(position, flash=False)
    settle(qtbot, pane)
    flow = pane.view.page_flow
    center = pane.viewport().rect().center()
    before = flow.place_at(center)
    for zoom in (3.0, 0.5, 8.0, 1.0):
        pane.set_zoom(zoom)
        after = flow.place_at(center)
        assert after.page == before.page
        assert (after.x, after.y) == pytest.approx((before.x, before.y), abs=0.02)
    assert pane.zoom() == 1.0


def test_a_scan_without_text_is_scrolled_and_read_to_its_end(qtbot: QtBot, show_pages: ShowPages) -> None:
    pane, _source = show_pages([FakePage([]) for _ in range(6)])
    assert 0 < pane.view.progress() < 0.5
    pane.go_to_page(5)
    pane.verticalScrollBar().setValue(pane.verticalScrollBar().maximum())
    settle(qtbot, pane)
    assert pane.view.progress() == 1.0
    assert pane.top_position() in (4, 5)
    assert pane.selection() is None
    pane.select(0, 3)
    pane.viewport().grab()


def test_the_same_document_is_read_as_text_and_as_pages_again(qtbot: QtBot, show_pages: ShowPages) -> None:
    pane, source = show_pages([prose(0), prose(1)])
    pane.set_document(source.document, (), position=30)
    pane.viewport().repaint()
    assert pane.view.page_flow is None
    assert pane.view.rects(30, 31)
    assert pane.horizontalScrollBar().maximum() == 0
    pane.set_document(source.document, (), pages=source)
    settle(qtbot, pane)
    assert pane.view.page_flow
    pane.set_document(article(), ())
    pane.viewport().repaint()
    assert pane.page_at_top() == 0
    assert pane.annotation_rect("none").isEmpty()
    pane.zoom_about(QPoint(5, 5), 1)
    pane.clear()
    assert pane.view.document == Document("")


def test_1500_pages_cost_what_is_on_the_screen(qtbot: QtBot, show_pages: ShowPages) -> None:
    pane, source = show_pages([prose(page % 10, 3) for page in range(1_500)])
    source.tiles.clear()
    pane.go_to_page(1_499)
    settle(qtbot, pane)
    assert {page for page, *_ in source.tiles} <= set(range(1_485, 1_500))
    flow = pane.view.page_flow
    assert len(flow._pages) <= 32
    assert pane.visible_range()[1] == len(source.document.text)


def test_on_the_last_page_one_stays_on_it_without_the_page_beside(show_pages: ShowPages) -> None:
    pane, _source = show_pages([prose(number) for number in range(4)], height=700)
    pane.set_two_pages(True)
    pane.go_to_page(3)
    assert pane.page_at_top() == 3
    pane.set_two_pages(False)
    assert pane.page_at_top() == 3
    assert pane.view.page_flow
    assert abs(pane.view.page_flow.page_rect(3).top()) < 40
