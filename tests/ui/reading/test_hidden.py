"""Hidden and faded text: drawn otherwise, stepped over, left out of what is copied; positions stay."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface, QColor, QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from reader.model.document import Block, BlockKind, Document
from reader.ui.reading.accessible import install
from reader.ui.reading.folds import FoldedMap
from reader.ui.reading.pane import ReadingPane
from reader.ui.reading.stretches import Stretches
from reader.ui.theme import load_theme
from tests.ui.reading.samples import Show, Writer, article, drag, left_of, mark, pixels, plain

LIGHT = load_theme("light")
KEY = Qt.Key
NONE, SHIFT, CONTROL = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
)


def paragraph(document: Document, number: int) -> tuple[int, int]:
    block = document.blocks[number + 1]
    return block.start, block.end


def top_of(pane: ReadingPane, position: int) -> int:
    return pane.view.flow.view_rect(position).top()


def colours(pane: ReadingPane, position: int, length: int = 12) -> set[str]:
    """Every colour on the first characters from `position` on."""
    rects = pane.view.rects(position, position + length)
    image: QImage = pane.viewport().grab(rects[0]).toImage()
    return {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}


# Stretches and the map of folded text


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60))), st.integers(0, 60), st.integers(0, 60))
def test_stretches_answer_as_a_set_of_positions_would(ranges: list[tuple[int, int]], a: int, b: int) -> None:
    stretches = Stretches(ranges, "x" * 61)
    inside = {place for start, end in ranges for place in range(start, end)}
    start, end = min(a, b), max(a, b)
    assert (stretches.at(a) is not None) == (a in inside)
    assert {p for low, high in stretches.within(start, end) for p in range(low, high)} == inside & set(
        range(start, end)
    )
    first, last = stretches.trimmed(start, end)
    visible = [p for p in range(start, end) if p not in inside]
    assert (first, last) == ((visible[0], visible[-1] + 1) if visible else (first, first))


@given(st.text(max_size=40), st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=4))
def test_a_folded_text_maps_every_visible_position_there_and_back(text: str, ranges: list[tuple[int, int]]) -> None:
    folds = list(Stretches([(start, min(end, len(text))) for start, end in ranges]))
    folded = FoldedMap(text, folds, "<sign>")
    for position in range(len(text) + 1):
        hidden = next((fold for fold in folds if fold[0] < position < fold[1]), None)
        unit = folded.to_utf16(position)
        assert folded.to_code_point(unit) == (hidden[0] if hidden else position)
        if position < len(text) and not any(s <= position < e for s, e in folds):
            drawn = folded.text.encode("utf-16-le", "surrogatepass")[2 * unit :]
            assert drawn.startswith(text[position].encode("utf-16-le", "surrogatepass"))


def test_stretches_with_only_white_space_between_them_are_one() -> None:
    text = "one\n\ntwo and three"
    assert list(Stretches([(0, 3), (5, 8)], text)) == [(0, 8)]
    assert list(Stretches([(0, 3), (9, 12)], text)) == [(0, 3), (9, 12)]


# Hidden blocks


def test_hidden_paragraphs_take_the_room_of_one_line(show: Show) -> None:
    document = article()
    pane = show(document)
    second, fifth = paragraph(document, 2), paragraph(document, 5)
    before, above = top_of(pane, fifth[0]), top_of(pane, second[0])
    pane.set_hidden([(second[0], paragraph(document, 4)[1])])
    style = pane.view.flow.style
    after = top_of(pane, fifth[0])
    assert after - above < style.body.pitch + 2 * style.gap < before - above
    assert top_of(pane, second[0]) == above
    pane.set_hidden([])
    assert top_of(pane, fifth[0]) == before


def test_the_line_of_hidden_text_says_how_much_it_is(show: Show) -> None:
    document = article()
    pane = show(document, hidden=[(paragraph(document, 1)[0], paragraph(document, 3)[1])])
    box = pane.view.flow.box_of(paragraph(document, 2)[0])
    assert box is not None
    assert box.layout.text() == "⋯ 3 paragraphs hidden"
    pane.set_hidden([paragraph(document, 1), paragraph(document, 3)])
    texts = [box.layout.text() for box in pane.view.flow.page(0).boxes if box.folded]
    assert texts == ["⋯ 1 paragraph hidden", "⋯ 1 paragraph hidden"]


def test_paragraphs_hidden_one_by_one_are_one_line(show: Show) -> None:
    document = article()
    pane = show(document, hidden=[paragraph(document, 1), paragraph(document, 2)])
    assert [box.layout.text() for box in pane.view.flow.page(0).boxes if box.folded] == ["⋯ 2 paragraphs hidden"]


@pytest.mark.parametrize("part", [0.05, 0.5, 0.95])
def test_a_click_anywhere_on_that_line_names_what_is_hidden(qtbot: QtBot, show: Show, part: float) -> None:
    document = article()
    hidden = (paragraph(document, 1)[0], paragraph(document, 3)[1])
    pane = show(document, hidden=[hidden])
    (rect,) = pane.view.rects(*hidden)
    point = QPoint(rect.left() + round(rect.width() * part), rect.center().y())
    for y in (200, 0):
        QTest.mouseMove(pane.viewport(), point + QPoint(0, y))
    assert pane.viewport().cursor().shape() == Qt.CursorShape.PointingHandCursor
    with qtbot.waitSignal(pane.hidden_activated) as told:
        QTest.mouseClick(pane.viewport(), Qt.MouseButton.LeftButton, pos=point)
    assert told.args == list(hidden)


def test_enter_on_that_line_does_so_too(qtbot: QtBot, show: Show) -> None:
    document = article()
    hidden = paragraph(document, 1)
    pane = show(document, hidden=[hidden])
    pane.place_caret(hidden[0])
    with qtbot.waitSignal(pane.hidden_activated) as told:
        QTest.keyClick(pane, KEY.Key_Return)
    assert told.args == list(hidden)


def test_a_whole_chapter_is_one_line_over_many_chunks(show: Show) -> None:
    document = article(300)
    hidden = (paragraph(document, 2)[0], paragraph(document, 250)[1])
    pane = show(document, hidden=[hidden])
    after = paragraph(document, 251)[0]
    style = pane.view.flow.style
    assert 0 < top_of(pane, after) - top_of(pane, hidden[0]) < style.body.pitch + 2 * style.gap
    shown = [box for page in pane.view.flow.shown(pane.height()) for box in page.page.boxes if box.folded]
    assert [box.layout.text() for box in shown if box.height] == ["⋯ 249 paragraphs hidden"]
    pane.place_caret(hidden[0])
    for _ in range(3):
        QTest.keyClick(pane, KEY.Key_Down)
    assert pane.view.selection.caret >= after


def test_hidden_paragraphs_of_plain_text(show: Show) -> None:
    document = plain(40_000)
    start = document.text.index("00000002")
    end = document.text.index("\n\n", document.text.index("00000004"))
    pane = show(document, hidden=[(start, end)])
    box = pane.view.flow.box_of(start)
    assert box is not None
    assert box.layout.text() == "⋯ 3 paragraphs hidden"


def test_a_table_is_folded_only_when_all_of_it_is_hidden(show: Show) -> None:
    writer = Writer()
    writer.add(BlockKind.PARAGRAPH, "Before")
    starts = [
        writer.add(BlockKind.TABLE_CELL, f"cell {row} {column}", table=0, row=row, column=column)
        for row in (0, 1)
        for column in (0, 1)
    ]
    writer.add(BlockKind.PARAGRAPH, "After")
    document = writer.document()
    end = document.text.index("\nAfter")
    pane = show(document, hidden=[(starts[0], end)])
    assert [box.folded for box in pane.view.flow.page(0).boxes] == [False, True, False]
    pane.set_hidden([(starts[2], end)])
    assert [box.layout.text() for box in pane.view.flow.page(0).boxes if box.start >= starts[2]][:2] == ["⋯", "⋯"]


# Hidden parts of a block


def test_a_hidden_part_is_a_sign_and_the_caret_steps_over_it(show: Show) -> None:
    document = article()
    start, end = document.text.index("point to"), document.text.index(", and they")
    pane = show(document, hidden=[(start, end)])
    box = pane.view.flow.box_of(start)
    assert box is not None
    assert "the dam ⋯, and they" in box.layout.text()
    pane.place_caret(start - 1)
    for expected in (start, end, end + 1):
        QTest.keyClick(pane, KEY.Key_Right)
        assert pane.view.selection.caret == expected
    for expected in (end, start, start - 1):
        QTest.keyClick(pane, KEY.Key_Left)
        assert pane.view.selection.caret == expected
    pane.place_caret(start + 5)
    QTest.keyClick(pane, KEY.Key_Right, CONTROL)
    assert pane.view.selection.caret >= end


def test_words_and_sentences_never_end_inside_what_is_hidden(show: Show) -> None:
    document = article()
    hidden = (document.text.index("dam point"), document.text.index("dry summers"))
    pane = show(document, hidden=[hidden])
    for key, modifier in ((KEY.Key_Right, CONTROL), (KEY.Key_Left, CONTROL)):
        for origin in range(hidden[0] - 15, hidden[1] + 15):
            pane.place_caret(origin)
            QTest.keyClick(pane, key, modifier)
            assert not hidden[0] < pane.view.selection.caret < hidden[1]


def test_copied_text_leaves_it_out(show: Show) -> None:
    document = article()
    start, end = document.text.index("point to "), document.text.index("dry summers")
    pane = show(document, hidden=[(start, end), paragraph(document, 1)])
    QTest.keyClick(pane, KEY.Key_A, CONTROL)
    text = pane.selected_text()
    assert text.startswith("The reservoir\nParagraph 0. Those who want the dam dry summers")
    assert "Paragraph 1." not in text
    assert "\n\n" not in text


def test_selecting_with_the_mouse_over_a_sign_keeps_positions(show: Show) -> None:
    document = article()
    start, end = document.text.index("point to "), document.text.index("dry summers")
    pane = show(document, hidden=[(start, end)])
    drag(pane, left_of(pane, document.text.index("want")), left_of(pane, document.text.index("summers")))
    assert pane.selection() == (document.text.index("want"), document.text.index("summers"))
    assert pane.selected_text() == "want the dam dry "


def test_only_the_visible_part_of_a_mark_is_drawn(show: Show) -> None:
    document = article()
    start, end = document.text.index("point to"), document.text.index(", and they")
    marks = [mark(document, start + 2, end - 2, "inside"), mark(document, start - 8, start + 3, "beside", note="Why?")]
    pane = show(document, marks, hidden=[(start, end)])
    assert pane.annotation_rect("inside").isEmpty()
    sign = pane.view.rects(start, end)[0]
    assert pane.annotation_rect("beside").right() <= sign.left()
    assert not pane.annotation_rect("beside").isEmpty()
    assert pixels(pane, [QPoint(sign.center().x(), sign.bottom())]) == [LIGHT.paper]
    pane.set_hidden([])
    assert not pane.annotation_rect("inside").isEmpty()


def test_hits_in_hidden_text_are_not_drawn(show: Show) -> None:
    document = article()
    start, end = paragraph(document, 1)
    pane = show(document, hidden=[(start, end)])
    pane.set_find_hits([(start, start + 9)], 0)
    (rect,) = pane.view.rects(start, end)
    assert pixels(pane, [rect.topLeft() + QPoint(1, 1)]) == [LIGHT.paper]


def test_hiding_above_does_not_move_what_is_read(show: Show) -> None:
    document = article(80)
    position = paragraph(document, 40)[0]
    pane = show(document, position=position)
    before = top_of(pane, position)
    pane.set_hidden([(paragraph(document, 2)[0], paragraph(document, 30)[1])])
    pane.viewport().repaint()
    assert top_of(pane, position) == before


def test_a_screen_reader_hears_silence_of_the_same_length(show: Show) -> None:
    document = Document("one 😀 two three", (Block(BlockKind.PARAGRAPH, 0, 15),))
    pane = show(document, hidden=[(4, 6)])
    install()
    text = QAccessibleInterface.textInterface(QAccessible.queryAccessibleInterface(pane))
    assert text.text(0, text.characterCount()) == "one " + " " * 3 + "two three"


# Faded text


def test_faded_text_is_muted_with_a_dotted_bar_beside_it(show: Show) -> None:
    document = article()
    first, second = paragraph(document, 1), paragraph(document, 2)
    pane = show(document, faded=[(first[0], second[1])])
    assert LIGHT.muted in colours(pane, first[0])
    assert LIGHT.text not in colours(pane, first[0])
    assert LIGHT.text in colours(pane, paragraph(document, 3)[0])
    left = pane.view.flow.style.left
    top, bottom = top_of(pane, first[0]), pane.view.rects(second[1] - 2, second[1])[0].bottom()
    image = pane.viewport().grab().toImage()
    dots = [y for y in range(image.height()) if image.pixelColor(left - 10, y) == QColor(LIGHT.control)]
    assert abs(dots[0] - top) <= 6
    assert abs(dots[-1] - bottom) <= 6
    assert max(later - sooner for sooner, later in pairwise(dots)) <= 6
    pane.set_faded([])
    assert LIGHT.text in colours(pane, first[0])


def test_selected_faded_text_is_selected_text(show: Show) -> None:
    document = article()
    start, end = paragraph(document, 1)
    pane = show(document, faded=[(start, end)])
    pane.select(start, end)
    assert LIGHT.selection_text in colours(pane, start)
    assert LIGHT.muted not in colours(pane, start)


def test_a_direction_that_the_document_gives_decides(show: Show) -> None:
    writer = Writer()
    plain_one = writer.add(BlockKind.PARAGRAPH, "123 words")
    told = writer.add(BlockKind.PARAGRAPH, "123 words", direction="rtl")
    arabic = writer.add(BlockKind.PARAGRAPH, "سد بر دره", direction="ltr")
    pane = show(writer.document())
    left, right = pane.view.flow.style.left, pane.view.flow.style.left + pane.view.flow.style.column
    assert pane.view.rects(plain_one, plain_one + 3)[0].left() == left
    ends = [rect.right() for rect in pane.view.rects(told, told + 9)]
    assert abs(max(ends) - right) <= 2
    assert min(rect.left() for rect in pane.view.rects(arabic, arabic + 9)) == left


def test_nothing_hidden_costs_no_module() -> None:
    import subprocess
    import sys

    code = (
        "import sys, reader.ui.main_window;"
        "late = ('folds', 'tables', 'table_scroll', 'svg', 'note_popup', 'scroll_tip');"
        "print([name for name in late if 'reader.ui.reading.' + name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.strip() == "[]"
