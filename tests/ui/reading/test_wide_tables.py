"""Tables wider than the page: they slide by themselves, and everything on them stays where it belongs."""

import pytest
from PySide6.QtCore import QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from reader.model.document import BlockKind, Document
from reader.ui.reading.pane import ReadingPane
from reader.ui.reading.slide import Slide
from reader.ui.theme import load_theme
from tests.ui.reading.samples import SENTENCE, Show, Writer, drag, left_of, mark_words, middle_of, pixels

LIGHT = load_theme("light")
LEFT = Qt.MouseButton.LeftButton
COLUMNS = 14


def wide(columns: int = COLUMNS, rows: int = 6, word: str = "considerable") -> Document:
    """A paragraph, a table of `word`s with their row and column, a paragraph."""
    writer = Writer()
    writer.add(BlockKind.PARAGRAPH, SENTENCE)
    for row in range(rows):
        for column in range(columns):
            text = f"{word}{row:03}x{column:02}"
            writer.add(BlockKind.TABLE_CELL, text, table=0, row=row, column=column, header=row == 0)
    writer.add(BlockKind.PARAGRAPH, SENTENCE)
    return writer.document()


def slide_of(pane: ReadingPane) -> Slide:
    return next(slide for shown in pane.view.flow.shown(pane.view.height) for slide in shown.page.slides)


def on_screen(pane: ReadingPane, rect: QRect) -> QRect:
    """A rectangle of the first chunk, in the viewport."""
    return rect.translated(pane.view.flow.style.left, pane.view.flow.y_of(0))


def turn(pane: ReadingPane, at: QPoint, notches: int, *, sideways: bool) -> None:
    where = QPointF(at)
    delta = QPoint(notches * 120, 0) if sideways else QPoint(0, notches * 120)
    shift = Qt.KeyboardModifier.NoModifier if sideways else Qt.KeyboardModifier.ShiftModifier
    phase = Qt.ScrollPhase.NoScrollPhase
    event = QWheelEvent(
        where, pane.viewport().mapToGlobal(where), QPoint(), delta, Qt.MouseButton.NoButton, shift, phase, False
    )
    QApplication.sendEvent(pane.viewport(), event)


def word(document: Document, row: int, column: int) -> int:
    return document.text.index(f"{row:03}x{column:02}") - len("considerable")


def test_the_letters_keep_their_size_and_the_first_columns_are_whole(show: Show) -> None:
    document = wide()
    pane = show(document)
    face = pane.view.flow.style.face(BlockKind.TABLE_CELL)
    box = pane.view.flow.box_of(word(document, 1, 0))
    assert box is not None
    assert box.layout.font().pixelSize() == face.font.pixelSize()
    assert len(box.line_tops) == 1
    assert slide_of(pane).content > pane.view.flow.style.room


def test_nothing_is_drawn_beside_the_page(show: Show) -> None:
    pane = show(wide())
    window = on_screen(pane, slide_of(pane).window)
    image = pane.viewport().grab().toImage()
    for x in (window.left() - 2, window.right() + 4):
        assert {image.pixelColor(x, y).name() for y in range(window.top(), window.bottom())} == {LIGHT.paper}


@pytest.mark.parametrize("sideways", [True, False])
def test_the_wheel_slides_the_table_and_leaves_the_page(show: Show, sideways: bool) -> None:
    document = wide()
    pane = show(document, height=300)
    far = word(document, 1, 5)
    assert pane.view.rects(far, far + 5) == []
    before = pane.verticalScrollBar().value()
    for _ in range(20):
        turn(pane, middle_of(pane, word(document, 1, 0)), -1, sideways=sideways)
    assert slide_of(pane).offset == slide_of(pane).limit > 0
    last = word(document, 1, COLUMNS - 1)
    assert pane.view.rects(last, last + 5)
    assert pane.verticalScrollBar().value() == before
    for _ in range(20):
        turn(pane, middle_of(pane, word(document, 1, 0)), 1, sideways=sideways)
    assert slide_of(pane).offset == 0


def test_the_wheel_beside_a_table_or_downwards_is_the_page_s(show: Show) -> None:
    pane = show(wide(rows=60), height=300)
    turn(pane, QPoint(200, 60), -1, sideways=True)
    assert slide_of(pane).offset == 0
    event_at = on_screen(pane, slide_of(pane).window).center()
    where = QPointF(event_at.x(), 200)
    down = QWheelEvent(
        where,
        pane.viewport().mapToGlobal(where),
        QPoint(),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(pane.viewport(), down)
    assert pane.verticalScrollBar().value() > 0
    assert slide_of(pane).offset == 0


def test_the_first_column_stays_in_its_place(show: Show) -> None:
    document = wide()
    pane = show(document)
    first, second = word(document, 2, 0), word(document, 2, 1)
    before = pane.view.rects(first, first + 5)
    beside = pane.view.rects(second, second + 5)[0]
    turn(pane, middle_of(pane, first), -1, sideways=True)
    assert pane.view.rects(first, first + 5) == before
    assert pane.view.rects(second, second + 5) != [beside]
    frozen = on_screen(pane, slide_of(pane).window).left() + slide_of(pane).frozen
    assert all(rect.left() >= frozen for rect in pane.view.rects(second, second + 19))


def test_a_first_column_of_long_texts_slides_with_the_others(show: Show) -> None:
    writer = Writer()
    for row in range(3):
        for column in range(12):
            text = SENTENCE * 3 if column == 0 else f"considerable {column}"
            writer.add(BlockKind.TABLE_CELL, text, table=0, row=row, column=column)
    pane = show(writer.document(), width=500)
    assert slide_of(pane).frozen == 0


def test_the_bar_is_dragged(show: Show) -> None:
    document = wide()
    pane = show(document)
    slide = slide_of(pane)
    handle = on_screen(pane, slide.handle())
    assert pixels(pane, [handle.center()]) == [LIGHT.control]
    end = on_screen(pane, slide.bar()).right()
    for y in (100, 0):
        QTest.mouseMove(pane.viewport(), handle.center() + QPoint(0, y))
    assert pane.viewport().cursor().shape() == Qt.CursorShape.ArrowCursor
    drag(pane, handle.center(), QPoint(end + 200, handle.center().y()))
    assert slide.offset == slide.limit
    assert abs(on_screen(pane, slide.handle()).right() - end) <= 1
    assert pane.selection() is None


def test_a_click_beside_the_handle_brings_it_there(show: Show) -> None:
    pane = show(wide())
    slide = slide_of(pane)
    bar = on_screen(pane, slide.bar())
    QTest.mouseClick(pane.viewport(), LEFT, pos=QPoint(bar.right() - 3, bar.center().y()))
    assert slide.offset == slide.limit


def test_the_caret_brings_its_cell_into_view(show: Show) -> None:
    document = wide()
    pane = show(document)
    pane.place_caret(word(document, 1, 0))
    for column in range(1, COLUMNS):
        QTest.keyClick(pane, Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)
        start = word(document, 1, column)
        assert pane.view.selection.caret == start
        (rect,) = pane.view.rects(start, start + 18)
        box = pane.view.flow.box_of(start)
        assert box is not None
        assert rect.width() > 100, "the whole word is seen"
    for _ in range(COLUMNS - 1):
        QTest.keyClick(pane, Qt.Key.Key_Up, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(pane, Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)
    assert slide_of(pane).offset == 0


def test_a_hit_far_to_the_right_is_brought_into_view(show: Show) -> None:
    document = wide()
    start = word(document, 3, 10)
    pane = show(document)
    pane.set_find_hits([(start, start + 12)], 0)
    (rect,) = pane.view.rects(start, start + 12)
    assert pixels(pane, [rect.topLeft() + QPoint(2, 0)]) == [LIGHT.find_current]


def test_after_sliding_a_double_click_selects_the_word_under_it(qtbot: QtBot, show: Show) -> None:
    document = wide()
    pane = show(document)
    start = word(document, 2, 9)
    pane.go_to(start, flash=False)
    with qtbot.waitSignal(pane.selection_made) as told:
        QTest.mouseDClick(pane.viewport(), LEFT, pos=middle_of(pane, start + 3))
        QTest.mouseRelease(pane.viewport(), LEFT, pos=middle_of(pane, start + 3))
    assert told.args == [start, start + len("considerable002x09")]


def test_after_sliding_dragging_selects_what_is_seen(show: Show) -> None:
    document = wide()
    pane = show(document)
    start = word(document, 2, 9)
    pane.go_to(start, flash=False)
    drag(pane, left_of(pane, start), left_of(pane, start + 6))
    assert pane.selection() == (start, start + 6)


def test_marks_move_with_their_cells_and_are_clicked_there(qtbot: QtBot, show: Show) -> None:
    document = wide()
    annotation = mark_words(document, "considerable002x01", "m")
    pane = show(document, [annotation])
    before = pane.annotation_rect("m")
    pane.grab()
    turn(pane, middle_of(pane, word(document, 2, 0)), -1, sideways=True)
    after = pane.annotation_rect("m")
    assert after != before
    foot = QPoint(after.right() - 2, after.bottom())
    assert pixels(pane, [foot]) == [LIGHT.inks["yellow"]]
    with qtbot.waitSignal(pane.annotation_activated) as told:
        QTest.mouseClick(pane.viewport(), LEFT, pos=QPoint(after.right() - 2, after.center().y()))
    assert told.args[0] == ["m"]
    for _ in range(20):
        turn(pane, middle_of(pane, word(document, 2, 0)), -1, sideways=True)
    assert pane.annotation_rect("m").isEmpty()


def test_the_place_is_kept_when_the_window_is_resized_or_the_chunk_was_dropped(show: Show) -> None:
    pane = show(wide(rows=300))
    turn(pane, QPoint(300, 300), -3, sideways=True)
    offset = slide_of(pane).offset
    assert offset > 0
    pane.verticalScrollBar().setValue(pane.verticalScrollBar().maximum())
    pane.viewport().repaint()
    assert slide_of(pane).offset == offset
    pane.resize(pane.width() - 40, pane.height())
    pane.viewport().repaint()
    assert slide_of(pane).offset == offset


def test_a_table_from_right_to_left_slides_the_other_way(show: Show) -> None:
    document = wide(word="خلية")
    pane = show(document)
    slide = slide_of(pane)
    assert slide.mirrored
    first = document.text.index("خلية001x00")
    assert pane.view.rects(first, first + 4)
    window = on_screen(pane, slide.window)
    for _ in range(20):
        turn(pane, window.center(), 1, sideways=True)
    assert slide.offset == slide.limit
    last = document.text.index(f"خلية001x{COLUMNS - 1:02}")
    assert pane.view.rects(last, last + 4)
    assert abs(on_screen(pane, slide.handle()).left() - window.left()) <= 1


def test_a_table_that_fits_has_no_bar(show: Show) -> None:
    pane = show(wide(columns=3))
    assert not any(shown.page.slides for shown in pane.view.flow.shown(pane.view.height))
