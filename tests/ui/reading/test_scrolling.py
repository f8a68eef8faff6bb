"""Where the text stands: nothing jumps when estimates are corrected, sizes change or another face is chosen."""

import itertools
import time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from reader.model.document import Document
from reader.ui.reading.pane import ReadingPane
from reader.ui.theme import load_theme
from reader.ui.typography import Typography
from tests.ui.reading.samples import SENTENCE, Show, article, plain


def top_line(pane: ReadingPane) -> tuple[int, int]:
    """The first visible line: its position and its height in the viewport."""
    position = pane.view.flow.top_position()
    return position, pane.view.flow.view_rect(position).top()


def test_nothing_is_laid_out_before_it_is_asked_for(qtbot: QtBot) -> None:
    pane = ReadingPane()
    qtbot.addWidget(pane)
    pane.set_document(plain(3_000_000), ())
    assert not pane.view.has_flow
    assert pane.top_position() == 0
    assert len(pane.view.flow._pages) <= 2


def test_a_long_text_lays_out_what_is_seen_only(show: Show) -> None:
    document = plain(5_000_000)
    pane = show(document)
    QTest.keyClick(pane, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    flow = pane.view.flow
    assert len(flow._pages) <= 5
    assert pane.visible_range()[1] == len(document.text)
    assert pane.view.progress() == 1.0


def test_scrolling_line_by_line_reads_the_whole_text_in_order(show: Show) -> None:
    document = plain(40_000)
    pane = show(document)
    tops = [pane.view.flow.top_position()]
    while pane.verticalScrollBar().value() < pane.verticalScrollBar().maximum():
        pane.scroll_by(500)
        tops.append(pane.view.flow.top_position())
    assert tops == sorted(tops)
    assert max(b - a for a, b in itertools.pairwise(tops)) < 2_500
    assert pane.visible_range()[1] == len(document.text)
    while pane.verticalScrollBar().value() > 0:
        pane.scroll_by(-500)
    assert pane.view.flow.top_position() == 0


def test_scrolling_by_pixels_moves_the_text_by_as_many(show: Show) -> None:
    pane = show(plain(200_000), position=100_000)
    flow = pane.view.flow
    for delta in (-300, -700, 450, -1500, 90):
        position, before = top_line(pane)
        pane.scroll_by(delta)
        assert flow.view_rect(position).top() == before - delta


@pytest.mark.parametrize("width", [420, 600, 1100])
def test_resizing_keeps_the_line_under_the_eye(show: Show, width: int) -> None:
    pane = show(plain(100_000))
    pane.go_to(50_000, flash=False)
    pane.scroll_by(7)
    position, y = top_line(pane)
    for step in (width + 130, width + 60, width):
        pane.resize(step, 640)
        pane.ensure()
    assert abs(pane.view.flow.view_rect(position).top() - y) <= 1
    pane.resize(760, 640)
    pane.ensure()
    assert top_line(pane) == (position, y)


def test_zoom_theme_and_face_keep_the_line_under_the_eye(show: Show) -> None:
    pane = show(plain(100_000))
    pane.go_to(50_000, flash=False)
    position, _ = top_line(pane)
    for typography in (Typography(zoom=1.5), Typography(family="sans"), Typography(width_chars=40)):
        pane.set_typography(typography)
        start, end = pane.visible_range()
        assert start <= position < end
        assert abs(pane.view.flow.view_rect(position).top()) < 60
    pane.set_theme(load_theme("dark"))
    assert pane.visible_range()[0] <= position


def test_the_position_given_is_at_the_top_and_comes_back(qtbot: QtBot, show: Show) -> None:
    document = article(200)
    wanted = document.blocks[90].start
    pane = show(document, position=wanted)
    assert pane.top_position() == wanted
    with qtbot.waitSignal(pane.position_changed) as told:
        pane.scroll_by(3_000)
    assert told.args[0] == pane.top_position() > wanted
    assert 0.0 < told.args[1] <= 1.0


def test_going_to_a_visible_place_does_not_move_the_text(show: Show) -> None:
    document = article(200)
    pane = show(document)
    pane.go_to(document.blocks[2].start, flash=False)
    assert pane.verticalScrollBar().value() == 0
    pane.go_to(document.blocks[150].start, end=document.blocks[150].end, flash=True)
    rect = pane.view.flow.view_rect(document.blocks[150].start)
    assert 0 < rect.top() < pane.viewport().height() // 2
    assert pane.view.scene.flash is not None


def test_visible_changes_are_told_once(qtbot: QtBot, show: Show) -> None:
    pane = show(plain(50_000))
    qtbot.waitSignal(pane.visible_changed).wait()
    told: list[tuple[int, int]] = []
    pane.visible_changed.connect(lambda start, end: told.append((start, end)))
    for _ in range(20):
        pane.scroll_by(40)
    qtbot.waitUntil(lambda: bool(told))
    assert told == [pane.visible_range()]


def test_first_painted_is_told_once_a_document(qtbot: QtBot, show: Show) -> None:
    pane = show(article())
    told: list[int] = []
    pane.first_painted.connect(lambda: told.append(1))
    with qtbot.waitSignal(pane.first_painted):
        pane.set_document(plain(2_000), ())
    pane.viewport().repaint()
    qtbot.wait(20)
    assert told == [1]


def test_a_short_text_and_none_at_all_do_not_scroll(show: Show) -> None:
    pane = show(Document("Short."))
    assert pane.verticalScrollBar().maximum() == 0
    assert pane.visible_range() == (0, 6)
    pane.clear()
    pane.viewport().repaint()
    assert pane.visible_range() == (0, 0)
    assert pane.selection() is None
    QTest.keyClick(pane, Qt.Key.Key_PageDown)
    QTest.keyClick(pane, Qt.Key.Key_Right)
    QTest.mouseClick(pane.viewport(), Qt.MouseButton.LeftButton)


def test_dragging_the_scroll_bar_reaches_both_ends_exactly(show: Show) -> None:
    document = plain(2_000_000)
    pane = show(document)
    bar = pane.verticalScrollBar()
    for part in (0.3, 0.9, 0.1):
        bar.setValue(round(bar.maximum() * part))
        middle = pane.visible_range()[0] / len(document.text)
        assert abs(middle - part) < 0.05
    bar.setValue(bar.maximum())
    assert pane.visible_range()[1] == len(document.text)
    bar.setValue(0)
    assert pane.visible_range()[0] == 0


def test_one_endless_line_is_read_like_any_text(show: Show) -> None:
    document = Document(SENTENCE * 30_000)
    pane = show(document)
    began = time.monotonic()
    pane.go_to(1_500_000, flash=False)
    pane.viewport().repaint()
    assert time.monotonic() - began < 2.0
    start, end = pane.visible_range()
    assert start <= 1_500_000 < end
    assert end - start < 6_000


def test_the_scroll_bar_is_quiet_while_all_of_the_text_is_shown(show: Show) -> None:
    pane = show(Document("One line."))
    assert not pane.verticalScrollBar().isEnabled()
    pane.set_document(plain(20_000), ())
    pane.viewport().repaint()
    assert pane.verticalScrollBar().isEnabled()


def test_a_short_text_in_full_view_is_read_whole(show: Show) -> None:
    pane = show(Document("A short text.\n\n\n\n"))
    assert pane.view.progress() == 1.0
