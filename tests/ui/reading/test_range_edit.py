"""Handles at the ends of a mark: dragged, or moved by keys."""

from dataclasses import replace

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from reader.ui.reading.pane import ReadingPane
from tests.ui.reading.samples import Color, Show, article, left_of, mark_words, pixels

KEY = Qt.Key
BOTH = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.AltModifier
LEFT = Qt.MouseButton.LeftButton


def editing(show: Show) -> tuple[ReadingPane, str, int, int]:
    document = article()
    annotation = mark_words(document, "point to the dry", "m", color=Color.GREEN)
    pane = show(document, [annotation])
    pane.begin_range_edit("m")
    assert annotation.anchor
    return pane, document.text, annotation.anchor.start, annotation.anchor.end


def pull(pane: ReadingPane, number: int, to: QPoint) -> None:
    """Drag a handle by its knob so that its end comes to a point of the text."""
    knob = pane.pointer.range_edit._grip(number).center()
    lift = QPoint(0, -10 if number == 0 else 10)
    QTest.mousePress(pane.viewport(), LEFT, pos=knob)
    for step in (1, 2, 3):
        QTest.mouseMove(pane.viewport(), knob + (to + lift - knob) * step / 3)
    QTest.mouseRelease(pane.viewport(), LEFT, pos=to + lift)


def test_the_end_is_dragged(qtbot: QtBot, show: Show) -> None:
    pane, text, start, _ = editing(show)
    with qtbot.waitSignal(pane.range_changed) as told, qtbot.assertNotEmitted(pane.selection_made):
        pull(pane, 1, left_of(pane, text.index("and they")))
    assert told.args == ["m", start, text.index("and they")]


def test_the_beginning_is_dragged_but_not_past_the_end(qtbot: QtBot, show: Show) -> None:
    pane, text, _, end = editing(show)
    with qtbot.waitSignal(pane.range_changed) as told:
        pull(pane, 0, left_of(pane, text.index("want")))
    assert told.args == ["m", text.index("want"), end]
    with qtbot.waitSignal(pane.range_changed) as told:
        pull(pane, 0, left_of(pane, text.index("Paragraph 3")))
    assert told.args == ["m", end - 1, end]


def test_shift_alt_arrows_move_the_ends_by_words(qtbot: QtBot, show: Show) -> None:
    pane, text, start, end = editing(show)
    told: list[tuple[int, int]] = []
    pane.range_changed.connect(lambda _uid, low, high: told.append((low, high)))
    QTest.keyClick(pane, KEY.Key_Right, BOTH)
    assert told[-1][0] == start
    assert told[-1][1] > end
    QTest.keyClick(pane, KEY.Key_Left, BOTH)
    QTest.keyClick(pane, KEY.Key_Left, BOTH)
    assert told[-1][1] < end
    QTest.keyClick(pane, KEY.Key_Up, BOTH)
    assert told[-1][0] == text.index("dam point")
    QTest.keyClick(pane, KEY.Key_Down, BOTH)
    assert told[-1][0] == start
    assert pane.selection() is None


def test_escape_and_a_click_elsewhere_take_the_handles_away(show: Show) -> None:
    pane, text, _, _ = editing(show)
    QTest.keyClick(pane, KEY.Key_Escape)
    assert not pane.pointer.range_edit.active
    pane.begin_range_edit("m")
    QTest.mouseClick(pane.viewport(), LEFT, pos=left_of(pane, text.index("Paragraph 2")))
    assert not pane.pointer.range_edit.active


def test_the_handles_are_seen_and_follow_the_mark(show: Show) -> None:
    pane, *_ = editing(show)
    accent = pane.view.theme.accent
    knob = pane.pointer.range_edit._grip(1).center()
    assert pixels(pane, [knob]) == [accent]
    longer = mark_words(pane.view.document, "point to the dry summers", "m")
    pane.set_annotations_changed([], [replace(longer, color=Color.GREEN)], [])
    assert pane.pointer.range_edit._grip(1).center() != knob
    pane.set_annotations_changed([], [], [longer])
    assert not pane.pointer.range_edit.active


def test_an_unknown_mark_has_no_handles(show: Show) -> None:
    pane = show(article())
    pane.begin_range_edit("nothing")
    assert not pane.pointer.range_edit.active
