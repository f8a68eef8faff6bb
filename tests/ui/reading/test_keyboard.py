"""The keyboard alone: a caret that moves by every unit, selections that are told once."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from reader.model.document import BlockKind, Document
from reader.ui.reading.pane import ReadingPane
from tests.ui.reading.samples import SENTENCE, Show, Writer, article, mark_words, plain

KEY = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
NONE = Qt.KeyboardModifier.NoModifier


def caret_at(pane: ReadingPane, position: int) -> None:
    pane.place_caret(position)


def press(pane: ReadingPane, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE, times: int = 1) -> int:
    for _ in range(times):
        QTest.keyClick(pane, key, modifiers)
    return pane.view.selection.caret


def hold(pane: ReadingPane, key: Qt.Key, modifiers: Qt.KeyboardModifier, times: int) -> None:
    """Press a key several times without letting go of Shift in between, as fingers do."""
    for _ in range(times):
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(pane, QKeyEvent(kind, key, modifiers))


def test_a_line_end_inside_a_hard_wrapped_sentence_does_not_stop_it(show: Show) -> None:
    text = "The board has promised the town\na lake. It has now promised\na price as well."
    for wrapped, stop in ((True, "It has"), (False, "a lake")):
        pane = show(Document(text, hard_wrapped=wrapped))
        caret_at(pane, 0)
        assert press(pane, KEY.Key_Right, ALT) == text.index(stop)
        assert press(pane, KEY.Key_Left, ALT) == 0


def test_every_step_leads_where_it_says(show: Show) -> None:
    document = Document("One two three. Four five six.\nSeven eight 😀 nine. Ten.\nLast line of all.")
    pane = show(document)
    text = document.text
    caret_at(pane, 0)
    assert press(pane, KEY.Key_Right) == 1
    assert press(pane, KEY.Key_Left) == 0
    assert press(pane, KEY.Key_Right, CONTROL) == text.index("two")
    assert press(pane, KEY.Key_Left, CONTROL) == 0
    assert press(pane, KEY.Key_Right, ALT) == text.index("Four")
    assert press(pane, KEY.Key_Left, ALT) == 0
    assert press(pane, KEY.Key_End) == text.index("\n")
    assert press(pane, KEY.Key_Home) == 0
    assert press(pane, KEY.Key_Down, CONTROL) == text.index("Seven")
    assert press(pane, KEY.Key_Down, CONTROL) == text.index("Last")
    assert press(pane, KEY.Key_Up, CONTROL) == text.index("Seven")
    assert press(pane, KEY.Key_End, CONTROL) == len(text)
    assert press(pane, KEY.Key_Home, CONTROL) == 0
    caret_at(pane, text.index("😀"))
    assert press(pane, KEY.Key_Right) == text.index("😀") + 1
    assert press(pane, KEY.Key_Left) == text.index("😀")


def test_left_and_right_cross_from_block_to_block(show: Show) -> None:
    document = Document("First\n\nSecond")
    pane = show(document)
    caret_at(pane, 5)
    assert press(pane, KEY.Key_Right) == 7
    assert press(pane, KEY.Key_Left) == 5


def test_up_and_down_keep_their_column_over_short_lines(show: Show) -> None:
    writer = Writer()
    writer.add(BlockKind.PARAGRAPH, "A line that is long enough for this")
    writer.add(BlockKind.PARAGRAPH, "short")
    last = writer.add(BlockKind.PARAGRAPH, "A line that is long enough for this")
    pane = show(writer.document())
    caret_at(pane, 30)
    assert press(pane, KEY.Key_Down) == writer.blocks[1].end
    assert press(pane, KEY.Key_Down) == last + 30
    assert press(pane, KEY.Key_Up, times=2) == 30


def test_down_walks_through_every_line_of_several_chunks(show: Show) -> None:
    pane = show(plain(20_000))
    caret_at(pane, 0)
    seen = [press(pane, KEY.Key_Down) for _ in range(300)]
    assert seen == sorted(set(seen)), "a line was skipped back or repeated"
    assert pane.view.flow.chunks.index_of(seen[-1]) >= 2
    assert press(pane, KEY.Key_Up, times=300) == 0


def test_the_caret_stays_on_the_screen(show: Show) -> None:
    pane = show(plain(20_000))
    caret_at(pane, 0)
    for _ in range(80):
        position = press(pane, KEY.Key_Down)
        rect = pane.view.flow.view_rect(position)
        assert rect.top() >= 0
        assert rect.bottom() <= pane.viewport().height()


def test_a_selection_made_with_shift_is_told_when_shift_is_let_go(qtbot: QtBot, show: Show) -> None:
    document = article()
    pane = show(document)
    start = document.text.index("want")
    caret_at(pane, start)
    with qtbot.assertNotEmitted(pane.selection_made):
        hold(pane, KEY.Key_Right, SHIFT | CONTROL, times=3)
    with qtbot.waitSignal(pane.selection_made) as told:
        QTest.keyRelease(pane, KEY.Key_Shift)
    assert told.args == [start, document.text.index("point")]
    assert pane.selected_text() == "want the dam "


def test_a_selection_whose_shift_is_never_let_go_is_told_after_a_pause(qtbot: QtBot, show: Show) -> None:
    pane = show(article())
    caret_at(pane, 20)
    with qtbot.waitSignal(pane.selection_made) as told:
        hold(pane, KEY.Key_Right, SHIFT, times=4)
    assert told.args == [20, 24]


def test_a_selection_shrinks_and_turns_round(show: Show) -> None:
    pane = show(article())
    caret_at(pane, 30)
    press(pane, KEY.Key_Right, SHIFT, times=3)
    press(pane, KEY.Key_Left, SHIFT, times=5)
    assert pane.selection() == (28, 30)
    QTest.keyRelease(pane, KEY.Key_Shift)


def test_keys_extend_a_word_taken_by_the_mouse(show: Show) -> None:
    document = article()
    pane = show(document)
    start = document.text.index("want")
    pane.change_selection(lambda: pane.view.selection.take_unit((start, start + 4)))
    press(pane, KEY.Key_Left, SHIFT, times=2)
    assert pane.selection() == (start, start + 2)
    QTest.keyRelease(pane, KEY.Key_Shift)


def test_a_step_without_shift_clears_the_selection(qtbot: QtBot, show: Show) -> None:
    pane = show(article())
    pane.select(20, 30)
    with qtbot.waitSignal(pane.selection_cleared):
        press(pane, KEY.Key_Right)
    assert pane.selection() is None


@pytest.mark.parametrize("backwards", [False, True])
@pytest.mark.parametrize(("key", "edge"), [(KEY.Key_Left, 0), (KEY.Key_Right, 1)])
def test_left_and_right_let_go_of_a_selection_at_its_ends(show: Show, key: Qt.Key, edge: int, backwards: bool) -> None:
    pane = show(article())
    caret_at(pane, 30 if backwards else 20)
    hold(pane, KEY.Key_Left if backwards else KEY.Key_Right, SHIFT, 10)
    QTest.keyRelease(pane, KEY.Key_Shift)
    assert pane.selection() == (20, 30)
    assert press(pane, key) == (20, 30)[edge]
    assert pane.selection() is None
    everything = pane.view.flow.first, pane.view.flow.last
    pane.select(*everything)
    assert press(pane, key) == everything[edge]


def test_escape_lets_go_of_the_selection_then_of_the_caret(qtbot: QtBot, show: Show) -> None:
    pane = show(article())
    pane.select(20, 30)
    with qtbot.waitSignal(pane.selection_cleared):
        press(pane, KEY.Key_Escape)
    assert pane.view.selection.active is False


def test_control_a_selects_everything_at_once(qtbot: QtBot, show: Show) -> None:
    document = plain(30_000)
    pane = show(document)
    with qtbot.waitSignal(pane.selection_made) as told:
        press(pane, KEY.Key_A, CONTROL)
    assert told.args == [0, len(document.text)]
    assert pane.selected_text() == document.text


def test_without_a_caret_keys_scroll(show: Show) -> None:
    pane = show(plain(20_000))
    bar = pane.verticalScrollBar()
    press(pane, KEY.Key_Down)
    assert 0 < bar.value() < 100
    before = bar.value()
    press(pane, KEY.Key_PageDown)
    page = bar.value() - before
    assert pane.viewport().height() * 0.7 < page < pane.viewport().height()
    press(pane, KEY.Key_Space)
    press(pane, KEY.Key_Space, SHIFT)
    assert bar.value() == before + page
    press(pane, KEY.Key_End, CONTROL)
    assert bar.value() == bar.maximum()
    press(pane, KEY.Key_Home, CONTROL)
    assert bar.value() == 0
    assert pane.view.selection.active is False


def test_enter_on_a_mark_opens_it(qtbot: QtBot, show: Show) -> None:
    document = article()
    pane = show(document, [mark_words(document, "dry summers", "m")])
    caret_at(pane, document.text.index("summers"))
    with qtbot.waitSignal(pane.annotation_activated) as told:
        press(pane, KEY.Key_Return)
    assert told.args[0] == ["m"]


def test_right_to_left_text_moves_as_it_is_seen(show: Show) -> None:
    pane = show(Document("يولد جميع الناس أحراراً متساوين"))
    caret_at(pane, 5)
    before = pane.view.flow.view_rect(5).left()
    position = press(pane, KEY.Key_Left)
    assert position > 5
    assert pane.view.flow.view_rect(position).left() < before
    assert press(pane, KEY.Key_Right) == 5


@pytest.mark.parametrize("key", [KEY.Key_Q, KEY.Key_1, KEY.Key_Tab])
def test_other_keys_are_left_to_the_window(show: Show, key: Qt.Key) -> None:
    pane = show(Document(SENTENCE))
    event = QKeyEvent(QEvent.Type.KeyPress, key, NONE)
    pane.keyPressEvent(event)
    assert not event.isAccepted()


def test_to_the_beginning_shows_what_stands_above_it(show: Show) -> None:
    pane = show(article(60))
    bar = pane.verticalScrollBar()
    caret_at(pane, 5000)
    press(pane, KEY.Key_Home, CONTROL)
    assert bar.value() == 0
    # Also line by line, and from a place where the first line is in view already.
    press(pane, KEY.Key_PageDown, times=3)
    press(pane, KEY.Key_Up, times=60)
    assert bar.value() == 0
    bar.setValue(pane.view.flow.style.body.pitch // 2)
    press(pane, KEY.Key_Right)
    assert bar.value() == 0
