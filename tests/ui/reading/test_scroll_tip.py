"""The scroll bar names the chapter and the page where it leads."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QHelpEvent, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QStyle, QStyleOptionSlider, QToolTip
from pytestqt.qtbot import QtBot

from reader.model.document import BlockKind, Document, OutlineEntry, PageBreak
from reader.ui.reading.pane import ReadingPane
from reader.ui.reading.scroll_tip import place_words
from tests.ui.reading.samples import SENTENCE, Show, Writer, article

# The offscreen platform says so of every tooltip that is shown.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support raise", extend=True)


def book(chapters: int = 20) -> Document:
    writer = Writer()
    outline: list[OutlineEntry] = []
    pages: list[PageBreak] = []
    for chapter in range(1, chapters + 1):
        start = writer.add(BlockKind.HEADING, f"Chapter {chapter}", level=1)
        outline.append(OutlineEntry(f"Chapter {chapter}", 1, start))
        pages.append(PageBreak(str(10 * chapter), start))
        for part in ("a", "b"):
            start = writer.add(BlockKind.HEADING, f"Part {part}", level=2)
            outline.append(OutlineEntry(f"Part {part} of {chapter}", 2, start))
            for _ in range(8):
                writer.add(BlockKind.PARAGRAPH, SENTENCE * 4)
    return writer.document(outline=tuple(outline), pages=tuple(pages))


def hover(pane: ReadingPane, share: float) -> None:
    bar = pane.verticalScrollBar()
    at = QPoint(bar.width() // 2, round(bar.height() * share))
    QApplication.sendEvent(bar, QHelpEvent(QEvent.Type.ToolTip, at, bar.mapToGlobal(at)))


@pytest.fixture(autouse=True)
def no_tip(qtbot: QtBot) -> Iterator[None]:
    yield
    QToolTip.hideText()


@pytest.mark.parametrize("share", [0.02, 0.31, 0.52, 0.98])
def test_hovering_names_what_is_about_there(qtbot: QtBot, show: Show, share: float) -> None:
    pane = show(book())
    qtbot.waitUntil(lambda: pane._scroll_tip is not None)
    hover(pane, share)
    chapter, part, page = QToolTip.text().split("\n")
    number = int(chapter.removeprefix("Chapter "))
    assert abs(number - (1 + share * 20)) <= 1
    assert part in (f"Part a of {number}", f"Part b of {number}")
    assert page == f"Page {10 * number}"
    assert len(pane.view.flow._pages) < 4, "nothing is laid out for it"


def test_the_words_follow_the_pointer(qtbot: QtBot, show: Show) -> None:
    pane = show(book())
    qtbot.waitUntil(lambda: pane._scroll_tip is not None)
    hover(pane, 0.1)
    first = QToolTip.text()
    bar = pane.verticalScrollBar()
    at = QPointF(bar.width() / 2, bar.height() * 0.8)
    none = Qt.MouseButton.NoButton
    move = QMouseEvent(QEvent.Type.MouseMove, at, bar.mapToGlobal(at), none, none, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(bar, move)
    assert QToolTip.text() != first
    assert QToolTip.text().startswith("Chapter 1")


def test_dragging_the_handle_names_what_is_at_the_top(qtbot: QtBot, show: Show) -> None:
    document = book()
    pane = show(document)
    qtbot.waitUntil(lambda: pane._scroll_tip is not None)
    bar = pane.verticalScrollBar()
    option = QStyleOptionSlider()
    bar.initStyleOption(option)
    handle = bar.style().subControlRect(
        QStyle.ComplexControl.CC_ScrollBar, option, QStyle.SubControl.SC_ScrollBarSlider, bar
    )
    QTest.mousePress(bar, Qt.MouseButton.LeftButton, pos=handle.center())
    for y in (60, 150, 300):
        QTest.mouseMove(bar, handle.center() + QPoint(0, y))
        at = QPointF(handle.center() + QPoint(0, y))
        left = Qt.MouseButton.LeftButton
        event = QMouseEvent(QEvent.Type.MouseMove, at, bar.mapToGlobal(at), left, left, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(bar, event)
    assert pane.top_position() > 10_000
    assert QToolTip.text() == place_words(document, pane.top_position())
    QTest.mouseRelease(bar, Qt.MouseButton.LeftButton, pos=handle.center() + QPoint(0, 300))


def test_a_text_without_headings_and_pages_says_nothing(qtbot: QtBot, show: Show) -> None:
    pane = show(article(200))
    qtbot.waitUntil(lambda: pane._scroll_tip is not None)
    hover(pane, 0.5)
    assert QToolTip.text() == ""


def test_the_words_for_a_place() -> None:
    document = Document(
        "x" * 100,
        outline=(OutlineEntry("One", 1, 10), OutlineEntry("Deep  \n in it", 3, 20), OutlineEntry("Two" * 40, 1, 50)),
        pages=(PageBreak("xii", 15),),
    )
    assert place_words(document, 5) == ""
    assert place_words(document, 10) == "One"
    assert place_words(document, 30) == "One\nDeep in it\nPage xii"
    assert place_words(document, 99) == f"{('Two' * 40)[:80]}…\nPage xii"
