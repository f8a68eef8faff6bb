"""Keys on pages: the caret goes by lines, columns and pages; what it selects crosses page borders."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from reader.ui.reading.pane import ReadingPane
from tests.ui.reading.pages.conftest import settle
from tests.ui.reading.pages.fake import FakePage, FakeSource, prose
from tests.ui.reading.pages.test_page_text import two_columns
from tests.ui.reading.samples import mark_words

Key = Qt.Key
SHIFT, CONTROL, ALT = (
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
)
ShowPages = Callable[..., tuple[ReadingPane, FakeSource]]


def press(pane: ReadingPane, *keys: Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> int:
    for key in keys:
        QTest.keyClick(pane, key, modifiers)
    return pane.view.selection.caret


def test_shift_and_arrows_select_across_a_page_border_and_the_caret_stays_in_view(
    qtbot: QtBot, show_pages: ShowPages
) -> None:
    pane, source = show_pages([prose(0), prose(1)], height=400)
    text = source.document.text
    start = text.index("page 0 line 10")
    pane.place_caret(start)
    settle(qtbot, pane)
    told: list[tuple[int, int]] = []
    pane.selection_made.connect(lambda *stretch: told.append(stretch))
    press(pane, Key.Key_Down, Key.Key_Down, Key.Key_Down, modifiers=SHIFT)
    settle(qtbot, pane)
    end = text.index("page 1 line 01")
    assert told[-1] == (start, end)
    assert pane.selected_text() == "page 0 line 10 of words page 0 line 11 of words page 1 line 00 of words"
    caret = pane.view.flow.view_rect(end)
    assert pane.viewport().rect().contains(caret)


def test_right_and_left_pass_through_every_position(show_pages: ShowPages) -> None:
    pane, source = show_pages([FakePage([("ab", 30, 40), ("cd", 30, 60)]), FakePage([]), FakePage([("e", 30, 40)])])
    assert source.document.text == "ab\ncd\f\fe"
    pane.place_caret(0)
    forward = [press(pane, Key.Key_Right) for _ in range(8)]
    assert forward == [1, 2, 3, 4, 5, 6, 7, 8]
    assert [press(pane, Key.Key_Left) for _ in range(9)] == [7, 6, 5, 4, 3, 2, 1, 0, 0]


def test_down_keeps_its_column_and_goes_on_at_the_head_of_the_next(show_pages: ShowPages) -> None:
    pane, source = show_pages([two_columns()])
    text = source.document.text
    pane.place_caret(text.index("left line 07") + 4)
    assert press(pane, Key.Key_Down) == text.index("left line 08") + 4
    assert press(pane, Key.Key_Down) == text.index("short") + 4
    assert press(pane, Key.Key_Down) == text.index("right line 00")
    assert press(pane, Key.Key_Up) == text.index("short") + 5 or press(pane, Key.Key_Up)


def test_words_lines_and_ends(show_pages: ShowPages) -> None:
    pane, source = show_pages([prose(0), prose(1)])
    text = source.document.text
    pane.place_caret(text.index("line 03"))
    assert press(pane, Key.Key_End) == text.index("\n", text.index("line 03"))
    assert press(pane, Key.Key_Home) == text.index("page 0 line 03")
    assert press(pane, Key.Key_Right, modifiers=CONTROL) == text.index("page 0 line 03") + 5
    assert press(pane, Key.Key_End, modifiers=CONTROL) == len(text)
    assert press(pane, Key.Key_Home, modifiers=CONTROL) == 0
    with_all = press(pane, Key.Key_A, modifiers=CONTROL)
    assert pane.selection() == (0, len(text)) or with_all


def test_page_down_without_a_caret_scrolls_and_with_one_takes_it_along(qtbot: QtBot, show_pages: ShowPages) -> None:
    pane, _source = show_pages([prose(page, 20) for page in range(5)], height=500)
    press(pane, Key.Key_PageDown)
    scrolled = pane.verticalScrollBar().value()
    assert 300 < scrolled < 500
    settle(qtbot, pane)
    pane.place_caret(pane.top_position())
    before = pane.view.selection.caret
    for _ in range(3):
        press(pane, Key.Key_PageDown)
        settle(qtbot, pane)
    assert pane.view.selection.caret > before + 100
    assert pane.viewport().rect().contains(pane.view.flow.view_rect(pane.view.selection.caret))


def test_a_place_whose_text_has_not_come_is_shown_when_it_has(qtbot: QtBot, show_pages: ShowPages) -> None:
    pages = [prose(page, 20) for page in range(8)]
    text = FakeSource(pages).document.text
    target = text.index("page 6 line 17")
    pane, source = show_pages(pages, at_once=False, height=300, position=0)
    pane.viewport().repaint()
    pane.go_to(target, end=target + 6)
    pane.viewport().repaint()
    assert pane.page_at_top() in (5, 6)
    assert pane.view.rects(target, target + 6) == []

    def is_there() -> bool:
        source.answer()
        return bool(pane.view.rects(target, target + 6))

    qtbot.waitUntil(is_there)
    rect = pane.view.rects(target, target + 6)[0]
    assert pane.viewport().rect().contains(rect)


def test_the_place_where_reading_ended_is_taken_up_again(qtbot: QtBot, show_pages: ShowPages) -> None:
    pages = [prose(page, 20) for page in range(8)]
    position = FakeSource(pages).document.text.index("page 5 line 09")
    pane, _source = show_pages(pages, height=300, position=position)
    assert pane.top_position() == position
    assert pane.view.rects(position, position + 1)[0].top() < 40


def test_hits_are_stepped_through_over_pages(qtbot: QtBot, show_pages: ShowPages) -> None:
    pane, source = show_pages([prose(page) for page in range(6)])
    text = source.document.text
    hits = [(at, at + 7) for page in range(6) if (at := text.index(f"page {page} line 07") + 7)]
    for number in (0, 3, 5, 1):
        pane.set_find_hits(hits, number)
        settle(qtbot, pane)
        (rect,) = pane.view.rects(*hits[number])
        assert pane.viewport().rect().contains(rect)


def test_shift_alt_and_arrows_move_the_end_of_a_mark(qtbot: QtBot, show_pages: ShowPages) -> None:
    document = FakeSource([prose(0)]).document
    mark = mark_words(document, "line 03", "m")
    pane, _source = show_pages([prose(0)], [mark])
    pane.set_current_annotation("m")
    with qtbot.waitSignal(pane.range_changed) as told:
        press(pane, Key.Key_Right, modifiers=SHIFT | ALT)
    assert told.args == ["m", mark.anchor.start, mark.anchor.end + 1]


def test_a_screen_reader_is_told_where_a_character_stands(show_pages: ShowPages) -> None:
    pane, source = show_pages([prose(0)])
    position = source.document.text.index("line 04")
    words = pane.accessible_text()
    rect = words.characterRect(position)
    assert not rect.isEmpty()
    assert words.offsetAtPoint(rect.center()) == position
    assert words.text(position, position + 7) == "line 04"


@pytest.mark.parametrize("two", [False, True])
def test_the_caret_leaves_a_page_by_its_foot(qtbot: QtBot, show_pages: ShowPages, two: bool) -> None:
    pane, source = show_pages([prose(page) for page in range(4)])
    pane.set_two_pages(two)
    settle(qtbot, pane)
    text = source.document.text
    pane.place_caret(text.index("page 0 line 11"))
    assert press(pane, Key.Key_Down) == text.index("page 1 line 00")
    assert press(pane, Key.Key_Up) == text.index("page 0 line 11")


def test_selected_pages_that_were_never_looked_at_tell_where_their_words_stand(
    qtbot: QtBot, show_pages: ShowPages
) -> None:
    pane, source = show_pages([prose(number) for number in range(12)], height=300)
    pane.choose(source.document.text.index("page 1 line 03"), source.document.text.index("page 10 line 03"))
    selection = pane.selection()
    assert selection
    qtbot.waitUntil(lambda: [glyphs.page for glyphs in pane.page_glyphs(*selection)] == list(range(1, 11)))
