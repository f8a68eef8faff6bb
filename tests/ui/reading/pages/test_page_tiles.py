"""Pictures of pages: what is asked for, in which order, how much of it is kept, and that nobody waits for it."""

import threading
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from reader.ui.reading.pages.stage import wanted_of
from reader.ui.reading.pane import ReadingPane
from tests.ui.reading.pages.conftest import settle
from tests.ui.reading.pages.fake import FakePage, FakeSource, FakeTicket, prose

ShowPages = Callable[..., tuple[ReadingPane, FakeSource]]


def test_no_more_memory_is_kept_than_was_given(qtbot: QtBot, show_pages: ShowPages) -> None:
    pane, _source = show_pages([prose(page) for page in range(30)])
    pane.set_tile_memory(8)
    tiles = pane.view.stage.tiles
    for page in range(30):
        pane.go_to_page(page)
        settle(qtbot, pane)
        assert tiles.used <= 8 << 20
    assert tiles.used > 4 << 20, "what is there is used"


def test_large_pages_are_drawn_in_pieces_of_what_is_seen(qtbot: QtBot, show_pages: ShowPages) -> None:
    pane, source = show_pages([prose(0)])
    source.tiles.clear()
    pane.set_zoom(8.0)
    settle(qtbot, pane)
    pieces = [rect for _page, _scale, rect, _rotation, _urgent in source.tiles]
    assert pieces
    assert all(width <= 1024 and height <= 1024 for _x, _y, width, height in pieces)
    assert sum(width * height for _x, _y, width, height in pieces) < 3200 * 4267 * 0.7
    whole = pane.viewport().grab().toImage()
    colors = {whole.pixelColor(x, y).name() for x in range(0, 700, 13) for y in range(0, 600, 13)}
    assert {"#ffffff", "#000000"} <= colors


def test_what_is_seen_comes_before_what_is_near(show_pages: ShowPages) -> None:
    pane, source = show_pages([prose(page) for page in range(20)], at_once=False)
    source.answer(2)
    for _ in range(30):
        QApplication.processEvents()
        source.answer(1)
    now = pane.view.page_flow.scale * pane.devicePixelRatioF()
    order = [(page, urgent) for page, scale, _rect, _rotation, urgent in source.tiles if scale == now]
    shown = pane.view.page_flow.pages_between(0, pane.viewport().height())
    assert {page for page, urgent in order if urgent} == set(shown)
    firsts = [urgent for _page, urgent in order]
    assert firsts == sorted(firsts, reverse=True)
    assert {page for page, _urgent in order} > set(shown), "the next page is drawn before it is seen"


def test_what_is_seen_no_more_is_given_up(qtbot: QtBot, show_pages: ShowPages) -> None:
    pane, source = show_pages([prose(page) for page in range(60)], at_once=False)
    first = [ticket for ticket in source.waiting if isinstance(ticket, FakeTicket) and not ticket.cancelled]
    pane.go_to_page(50)
    pane.viewport().repaint()
    assert sum(ticket.cancelled for ticket in first) == 2
    assert [page for page, *_ in source.tiles[-2:]] == [50, 51]


def test_only_a_few_requests_are_under_way(show_pages: ShowPages) -> None:
    pane, source = show_pages([prose(page) for page in range(60)], at_once=False)
    for page in range(0, 60, 7):
        pane.go_to_page(page)
        pane.viewport().repaint()
        alive = [ticket for ticket in source.waiting if not ticket.cancelled]
        texts = 2 * 60
        assert len(alive) <= 2 + texts
    assert len(source.tiles) <= 2 * 11


class SlowSource(FakeSource):
    """Draws in a thread of its own, and there only when it is let."""

    def __init__(self, pages: list[FakePage]) -> None:
        super().__init__(pages, at_once=False)
        self.let = threading.Event()
        self.ended = False
        self.thread = threading.Thread(target=self._run, daemon=True)
        self.thread.start()

    def _run(self) -> None:
        self.let.wait(20)
        while not self.ended:
            if self.waiting:
                ticket = self.waiting.pop(0)
                if not ticket.cancelled:
                    ticket.work()
            else:
                threading.Event().wait(0.002)


def test_scrolling_goes_on_while_a_page_takes_its_time(qtbot: QtBot, show_pages: ShowPages) -> None:
    source = SlowSource([prose(page) for page in range(40)])
    pane, _ = show_pages([prose(0)])
    pane.set_document(source.document, (), pages=source)
    pane.viewport().repaint()
    for page in range(0, 40, 3):
        pane.go_to_page(page)
        pane.viewport().repaint()
        assert pane.page_at_top() == page
    source.let.set()
    settle(qtbot, pane)
    source.ended = True
    source.thread.join(5)


def test_answers_that_come_after_the_document_has_gone_are_let_go(qtbot: QtBot, show_pages: ShowPages) -> None:
    pane, source = show_pages([prose(page) for page in range(3)], at_once=False)
    waiting = list(source.waiting)
    stage = pane.view.stage
    assert isinstance(stage.tiles, QObject)
    pane.clear()
    for ticket in waiting:
        ticket.work()
    QApplication.processEvents()
    assert stage.tiles.used == 0
    pane.viewport().repaint()


def test_on_a_screen_of_more_pixels_pages_are_drawn_with_them(qtbot: QtBot, show_pages: ShowPages) -> None:
    pane, source = show_pages([prose(0)])
    source.tiles.clear()
    stage, flow = pane.view.stage, pane.view.page_flow
    stage.ask(flow, pane.viewport().height(), 2.0)
    qtbot.waitUntil(lambda: bool(source.tiles))
    scales = {scale for _page, scale, _rect, _rotation, _urgent in source.tiles}
    assert flow.scale * 2 in scales


def test_a_page_that_was_drawn_ahead_is_sharp_in_the_event_that_shows_it(qtbot: QtBot, show_pages: ShowPages) -> None:
    pane, source = show_pages([prose(page) for page in range(12)])
    shown = pane.view.page_flow.pages_between(0, pane.viewport().height())
    qtbot.waitUntil(lambda: {page for page, *_ in source.tiles} > {*shown, max(shown) + 1})
    source.at_once = False
    QTest.keyClick(pane, Qt.Key.Key_PageDown)
    pages = pane.view.page_flow.pages_between(0, pane.viewport().height())
    assert set(pages) != set(shown)
    window, ratio = pane.viewport().rect(), pane.devicePixelRatioF()
    tiles, flow = pane.view.stage.tiles, pane.view.page_flow
    assert all(tiles.is_sharp(wanted_of(flow, page, window, ratio)) for page in pages)


def test_a_page_that_would_not_stop_is_not_drawn_ahead_again_nor_in_trouble(
    qtbot: QtBot, show_pages: ShowPages
) -> None:
    pane, source = show_pages([prose(page) for page in range(12)], height=700)
    source.stubborn = {6}
    pane.go_to_page(4)
    qtbot.waitUntil(lambda: 6 in {page for page, *_ in source.tiles})
    QApplication.processEvents()
    source.tiles.clear()
    pane.go_to_page(5)
    settle(qtbot, pane)
    pane.view.stage.ask(pane.view.page_flow, pane.viewport().height(), pane.devicePixelRatioF())
    assert 6 not in {page for page, *_ in source.tiles}, source.tiles
    assert pane.view.stage.tiles.trouble(6) == ""
    source.stubborn = set()
    pane.go_to_page(6)
    settle(qtbot, pane)
