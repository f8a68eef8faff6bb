"""The mouse: what is dragged, clicked and doubly clicked is what comes out, in code points."""

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from reader.model.document import BlockKind, Document, SpanKind
from tests.ui.reading.samples import (
    Show,
    Writer,
    article,
    drag,
    left_of,
    mark,
    mark_words,
    middle_of,
    plain,
)

LEFT = Qt.MouseButton.LeftButton
SHIFT = Qt.KeyboardModifier.ShiftModifier


def test_a_drag_selects_and_tells_once_when_the_button_is_up(qtbot: QtBot, show: Show) -> None:
    document = article()
    pane = show(document)
    told: list[tuple[int, int]] = []
    pane.selection_made.connect(lambda start, end: told.append((start, end)))
    start, end = document.text.index("want the dam"), document.text.index("dry summers")
    drag(pane, left_of(pane, start), left_of(pane, end), release=False)
    assert told == []
    QTest.mouseRelease(pane.viewport(), LEFT, pos=left_of(pane, end))
    assert told == [(start, end)]
    assert pane.selection() == (start, end)
    assert pane.selected_text() == document.text[start:end]
    assert not pane.selection_rect().isEmpty()


def test_a_drag_upwards_selects_the_same(show: Show) -> None:
    document = article()
    pane = show(document)
    start, end = document.text.index("want the dam"), document.text.index("Paragraph 2") + 4
    drag(pane, left_of(pane, end), left_of(pane, start))
    assert pane.selection() == (start, end)


def test_positions_count_code_points_beside_emoji(qtbot: QtBot, show: Show) -> None:
    document = Document("😀😀 one 🇫🇷 two e\u0301 three 👩‍👩‍👧 four and five")
    pane = show(document)
    start, end = document.text.index("two"), document.text.index("three")
    with qtbot.waitSignal(pane.selection_made) as told:
        drag(pane, left_of(pane, start), left_of(pane, end))
    assert told.args == [start, end]
    assert pane.selected_text() == "two e\u0301 "


def test_a_double_click_takes_the_word_and_a_third_click_the_paragraph(qtbot: QtBot, show: Show) -> None:
    document = article()
    pane = show(document)
    start = document.text.index("summers")
    point = middle_of(pane, start + 6)
    with qtbot.waitSignal(pane.selection_made) as told:
        QTest.mouseDClick(pane.viewport(), LEFT, pos=point)
        QTest.mouseRelease(pane.viewport(), LEFT, pos=point)
    assert told.args == [start, start + len("summers")]
    with qtbot.waitSignal(pane.selection_made) as told:
        QTest.mouseClick(pane.viewport(), LEFT, pos=point)
    block = document.blocks[1]
    assert told.args == [block.start, block.end]


def test_a_drag_after_a_double_click_grows_by_words(show: Show) -> None:
    document = article()
    pane = show(document)
    start = document.text.index("want")
    pane.pointer.double_click(_mouse_event(middle_of(pane, start + 1)))
    target = middle_of(pane, document.text.index("point") + 2)
    pane.pointer.move(_mouse_event(target))
    assert pane.selection() == (start, document.text.index("point") + len("point"))
    backward = middle_of(pane, document.text.index("Those") + 2)
    pane.pointer.move(_mouse_event(backward))
    assert pane.selection() == (document.text.index("Those"), start + len("want"))
    QTest.mouseRelease(pane.viewport(), LEFT, pos=backward)


def _mouse_event(point: QPoint) -> QMouseEvent:
    where = QPointF(point)
    return QMouseEvent(QEvent.Type.MouseMove, where, where, LEFT, LEFT, Qt.KeyboardModifier.NoModifier)


def test_shift_and_click_extends(show: Show) -> None:
    document = article()
    pane = show(document)
    start, end = document.text.index("dam"), document.text.index("Paragraph 1")
    QTest.mouseClick(pane.viewport(), LEFT, pos=left_of(pane, start))
    QTest.mouseClick(pane.viewport(), LEFT, SHIFT, left_of(pane, end))
    assert pane.selection() == (start, end)


def test_a_click_clears_the_selection_and_says_so(qtbot: QtBot, show: Show) -> None:
    document = article()
    pane = show(document)
    pane.select(20, 60)
    with qtbot.waitSignal(pane.selection_cleared), qtbot.assertNotEmitted(pane.selection_made):
        QTest.mouseClick(pane.viewport(), LEFT, pos=middle_of(pane, 100))
    assert pane.selection() is None


def test_a_drag_held_below_the_window_scrolls_over_several_chunks(qtbot: QtBot, show: Show) -> None:
    document = plain(60_000)
    pane = show(document)
    start = left_of(pane, 20)
    below = QPoint(300, pane.viewport().height() + 400)
    drag(pane, start, below, release=False)
    qtbot.waitUntil(lambda: (pane.selection() or (0, 0))[1] > 13_000)
    QTest.mouseRelease(pane.viewport(), LEFT, pos=below)
    selection = pane.selection()
    assert selection
    assert selection[0] == 20
    assert pane.view.flow.chunks.index_of(selection[1]) >= 2
    bar = pane.verticalScrollBar().value()
    qtbot.wait(80)
    assert pane.verticalScrollBar().value() == bar, "scrolls on after the button was let go"


def test_a_click_on_marks_offers_them_shortest_first(qtbot: QtBot, show: Show) -> None:
    document = article()
    outer = mark_words(document, "the dam point to the dry summers", "outer")
    inner = mark_words(document, "point to", "inner")
    pane = show(document, [outer, inner])
    point = middle_of(pane, document.text.index("point to") + 2)
    with qtbot.waitSignal(pane.annotation_activated) as told:
        QTest.mouseClick(pane.viewport(), LEFT, pos=point)
    assert told.args == [["inner", "outer"], point]
    with qtbot.waitSignal(pane.annotation_activated) as told:
        QTest.mouseClick(pane.viewport(), LEFT, pos=middle_of(pane, document.text.index("dry summers")))
    assert told.args[0] == ["outer"]


def test_a_click_beside_the_text_activates_nothing(qtbot: QtBot, show: Show) -> None:
    document = article()
    pane = show(document, [mark(document, 0, len(document.text), "all")])
    with qtbot.assertNotEmitted(pane.annotation_activated):
        QTest.mouseClick(pane.viewport(), LEFT, pos=QPoint(5, 300))


def test_a_link_is_followed_by_a_click_and_shown_by_the_pointer(qtbot: QtBot, show: Show) -> None:
    writer = Writer()
    start = writer.add(BlockKind.PARAGRAPH, "See the second part for more.")
    writer.span(SpanKind.LINK, start + 4, start + 19, "#second")
    pane = show(writer.document())
    QTest.mouseMove(pane.viewport(), middle_of(pane, start + 10))
    assert pane.viewport().cursor().shape() == Qt.CursorShape.PointingHandCursor
    QTest.mouseMove(pane.viewport(), middle_of(pane, start + 25))
    assert pane.viewport().cursor().shape() == Qt.CursorShape.IBeamCursor
    with qtbot.waitSignal(pane.link_activated) as told:
        QTest.mouseClick(pane.viewport(), LEFT, pos=middle_of(pane, start + 10))
    assert told.args == ["#second"]
    with qtbot.assertNotEmitted(pane.link_activated):
        drag(pane, left_of(pane, start + 8), left_of(pane, start + 14))
    assert pane.selection() == (start + 8, start + 14)


@pytest.mark.parametrize(("start", "end", "expected"), [(6, 12, "mark"), (0, 28, "link")])
def test_a_mark_within_a_link_comes_before_it_and_one_around_it_after(
    show: Show, start: int, end: int, expected: str
) -> None:
    writer = Writer()
    writer.add(BlockKind.PARAGRAPH, "See the second part for more.")
    writer.span(SpanKind.LINK, 4, 19, "#second")
    document = writer.document()
    pane = show(document, [mark(document, start, end, "m")])
    told: list[str] = []
    pane.link_activated.connect(lambda _: told.append("link"))
    pane.annotation_activated.connect(lambda *_: told.append("mark"))
    QTest.mouseClick(pane.viewport(), LEFT, pos=middle_of(pane, 9))
    assert told == [expected]


def test_hard_wrapped_lines_are_one_paragraph_with_spaces(show: Show) -> None:
    lines = [
        "The minutes of the water board record that nobody",
        "asked who would pay for the land, and that the chair",
    ]
    document = Document(
        "\n".join(lines * 6) + "\n\nAnother paragraph stands here, of one line only.", hard_wrapped=True
    )
    pane = show(document)
    QTest.mouseDClick(pane.viewport(), LEFT, pos=middle_of(pane, 5))
    QTest.mouseClick(pane.viewport(), LEFT, pos=middle_of(pane, 5))
    selection = pane.selection()
    assert selection
    assert selection == (0, document.text.index("\n\n"))
    assert pane.selected_text() == " ".join(lines * 6)


def test_the_wheel_with_control_asks_for_zoom(qtbot: QtBot, show: Show) -> None:
    pane = show(article())
    where = QPointF(100, 100)
    event = QWheelEvent(
        where,
        pane.viewport().mapToGlobal(where),
        QPoint(),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.ControlModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    with qtbot.waitSignal(pane.zoom_requested) as told:
        QApplication.sendEvent(pane.viewport(), event)
    assert told.args == [-1]
