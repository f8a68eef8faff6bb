"""Footnotes beside their reference: shown by click, by Enter and by resting; read, selected and marked there."""

import pytest
from PySide6.QtCore import QEvent, QPoint, QRect, Qt
from PySide6.QtGui import QGuiApplication, QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton, QToolTip
from pytestqt.qtbot import QtBot

from reader.model.document import BlockKind, Document, SpanKind
from reader.ui.reading.excerpt import note_of
from reader.ui.reading.note_popup import NotePopup
from reader.ui.reading.pane import ReadingPane
from reader.ui.theme import load_theme
from tests.ui.reading.samples import SENTENCE, Show, Writer, drag, left_of, mark, mark_words, middle_of, pixels

LEFT = Qt.MouseButton.LeftButton
KEY = Qt.Key
LIGHT = load_theme("light")


def book(paragraphs: int = 40, note: str = "The board's own figures, of the year before.") -> Document:
    """A text with a reference in its first paragraph, and its notes far below."""
    writer = Writer()
    start = writer.add(BlockKind.PARAGRAPH, "The price has doubled.1 Nobody asked why.2 " + SENTENCE)
    writer.add(BlockKind.PARAGRAPH, "A far place")
    for _ in range(paragraphs):
        writer.add(BlockKind.PARAGRAPH, SENTENCE * 4)
    first = writer.add(BlockKind.FOOTNOTE, note, number="1.")
    writer.add(BlockKind.FOOTNOTE, "A second paragraph of it, with a way back.")
    second = writer.add(BlockKind.FOOTNOTE, "See the first.", number="2.")
    one, two = start + len("The price has doubled."), start + len("The price has doubled.1 Nobody asked why.")
    for position, name in ((one, "n1"), (two, "n2")):
        writer.span(SpanKind.SUPERSCRIPT, position, position + 1)
        writer.span(SpanKind.LINK, position, position + 1, f"#{name}")
    writer.span(SpanKind.LINK, second + 8, second + 13, "#n1")
    back = writer.length - len("See the first.\n") - len("way back.\n")
    writer.span(SpanKind.LINK, back, back + 8, "#r1")
    return writer.document(targets={"n1": first, "n2": second, "r1": one, "far": start + 60})


def reference(document: Document, number: int = 1) -> int:
    return document.text.index({1: ".1 ", 2: ".2 "}[number]) + 1


def opened(pane: ReadingPane, document: Document, number: int = 1) -> NotePopup:
    QTest.mouseClick(pane.viewport(), LEFT, pos=middle_of(pane, reference(document, number)))
    assert pane.note
    assert pane.note.isVisible()
    pane.note.pane.viewport().repaint()
    return pane.note


def test_a_note_is_all_its_paragraphs() -> None:
    document = book(2)
    bounds = note_of(document, "#n1")
    assert bounds
    assert document.text[slice(*bounds)].startswith("The board's own")
    assert document.text[slice(*bounds)].endswith("way back.")
    second = note_of(document, "#n2")
    assert second
    assert document.text[slice(*second)] == "See the first."
    assert note_of(document, "#r1") is None
    assert note_of(document, "#nowhere") is None
    assert note_of(document, "https://example.org/#n1") is None


def test_a_click_shows_the_note_and_leaves_the_page(qtbot: QtBot, show: Show) -> None:
    document = book()
    pane = show(document)
    with qtbot.waitSignal(pane.note_requested) as told, qtbot.assertNotEmitted(pane.link_activated):
        note = opened(pane, document)
    assert told.args[0] == "#n1"
    bounds = note_of(document, "#n1")
    assert bounds
    assert note.pane.visible_range() == bounds
    assert pane.verticalScrollBar().value() == 0
    place = QRect(note.pos() + note.body().topLeft(), note.body().size())
    assert pane.viewport().rect().contains(place)
    assert not place.contains(middle_of(pane, reference(document)))
    assert note.pane.view.flow.total <= note.pane.height() + 1, "all of it is seen"


@pytest.mark.parametrize("beside", [-5, 0, 4])
def test_a_small_reference_is_hit_from_a_few_pixels_beside_it(show: Show, beside: int) -> None:
    document = book()
    pane = show(document)
    QTest.mouseClick(pane.viewport(), LEFT, pos=middle_of(pane, reference(document)) + QPoint(beside, 0))
    assert pane.note
    assert pane.note.isVisible()


def test_enter_opens_it_and_escape_gives_everything_back(qtbot: QtBot, show: Show) -> None:
    document = book()
    pane = show(document)
    position = reference(document)
    pane.place_caret(position)
    QTest.keyClick(pane, KEY.Key_Return)
    assert pane.note
    qtbot.waitUntil(pane.note.pane.hasFocus)
    QTest.keyClick(pane.note.pane, KEY.Key_Escape)
    assert not pane.note.isVisible()
    qtbot.waitUntil(pane.hasFocus)
    assert pane.view.selection.caret == position
    QTest.keyClick(pane, KEY.Key_Right)
    assert pane.view.selection.caret == position + 1


def test_what_is_dragged_over_in_it_is_selected_at_its_place_in_the_document(qtbot: QtBot, show: Show) -> None:
    document = book()
    pane = show(document)
    note = opened(pane, document)
    start, end = document.text.index("own figures"), document.text.index(", of the year")
    with qtbot.waitSignal(pane.selection_made) as told:
        drag(note.pane, left_of(note.pane, start), left_of(note.pane, end))
    assert told.args == [start, end]
    assert pane.selection() == (start, end)
    assert pane.selected_text() == "own figures"
    inside = note.pane.viewport().mapTo(pane.viewport(), note.pane.view.rects(start, end)[0].center())
    assert pane.selection_rect().contains(inside)
    pane.clear_selection()
    assert note.pane.selection() is None
    assert note.isVisible()


def test_a_mark_made_there_is_seen_in_both(show: Show) -> None:
    document = book()
    pane = show(document)
    note = opened(pane, document)
    annotation = mark_words(document, "own figures", "m")
    pane.set_annotations_changed([annotation], [], [])
    rect = note.pane.view.rects(annotation.anchor.start, annotation.anchor.end)[0]  # type: ignore[union-attr]
    foot = QPoint(rect.center().x(), rect.bottom())
    assert pixels(note.pane, [foot]) == [LIGHT.inks["yellow"]]
    assert pane.annotation_rect("m").contains(note.pane.viewport().mapTo(pane.viewport(), rect.center()))
    pane.set_annotations_changed([], [], [annotation])
    assert pixels(note.pane, [foot]) == [LIGHT.raised]


def test_a_click_on_a_mark_there_is_told_with_its_place_on_the_pane(qtbot: QtBot, show: Show) -> None:
    document = book()
    annotation = mark_words(document, "own figures", "m")
    pane = show(document, [annotation])
    note = opened(pane, document)
    at = middle_of(note.pane, document.text.index("figures"))
    with qtbot.waitSignal(pane.annotation_activated) as told:
        QTest.mouseClick(note.pane.viewport(), LEFT, pos=at)
    assert told.args[0] == ["m"]
    assert told.args[1] == note.pane.viewport().mapTo(pane.viewport(), at)
    assert note.isVisible()


def test_the_ends_of_a_mark_are_moved_there(qtbot: QtBot, show: Show) -> None:
    document = book()
    annotation = mark_words(document, "own figures", "m")
    pane = show(document, [annotation])
    note = opened(pane, document)
    pane.begin_range_edit("m")
    assert note.pane.pointer.range_edit.active
    assert not pane.pointer.range_edit.active
    modifiers = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.AltModifier
    with qtbot.waitSignal(pane.range_changed) as told:
        QTest.keyClick(note.pane, KEY.Key_Left, modifiers)
    assert told.args[:2] == ["m", document.text.index("own figures")]
    assert told.args[2] < document.text.index(", of the year")


def test_the_keyboard_stays_within_the_note(qtbot: QtBot, show: Show) -> None:
    document = book()
    pane = show(document)
    note = opened(pane, document)
    low, high = note.bounds
    control = Qt.KeyboardModifier.ControlModifier
    for key, modifier in (
        (KEY.Key_End, control),
        (KEY.Key_Down, None),
        (KEY.Key_Right, control),
        (KEY.Key_Right, None),
    ):
        QTest.keyClick(note.pane, key, modifier or Qt.KeyboardModifier.NoModifier)
        assert note.pane.view.selection.caret == high
    for key, modifier in ((KEY.Key_Home, control), (KEY.Key_Up, None), (KEY.Key_Left, control), (KEY.Key_Left, None)):
        QTest.keyClick(note.pane, key, modifier or Qt.KeyboardModifier.NoModifier)
        assert note.pane.view.selection.caret == low
    QTest.keyClick(note.pane, KEY.Key_A, control)
    assert pane.selection() == (low, high)
    QTest.keyClick(note.pane, KEY.Key_Escape)
    assert note.isVisible()
    assert pane.selection() is None
    QTest.keyClick(note.pane, KEY.Key_Escape)
    assert not note.isVisible()


def test_resting_on_a_reference_shows_it_and_leaving_takes_it_away(qtbot: QtBot, show: Show) -> None:
    document = book()
    pane = show(document)
    at = middle_of(pane, reference(document))
    for point in (at + QPoint(0, 200), at):
        QTest.mouseMove(pane.viewport(), point)
    qtbot.waitUntil(lambda: pane.note is not None and pane.note.isVisible())
    assert pane.hasFocus(), "the keyboard stays where it was"
    for point in (QPoint(5, pane.height() - 20), QPoint(9, pane.height() - 20)):
        QTest.mouseMove(pane.viewport(), point)
    qtbot.waitUntil(lambda: not pane.note or not pane.note.isVisible())
    assert pane.hasFocus()


@pytest.mark.qt_log_ignore("This plugin does not support raise", extend=True)
def test_the_tip_of_a_mark_does_not_cover_the_note(qtbot: QtBot, show: Show) -> None:
    document = book()
    pane = show(document)
    pane.set_annotations_changed([mark_words(document, "has doubled.1 Nobody", "m")], [], [])
    at = middle_of(pane, reference(document))
    rest = QHelpEvent(QEvent.Type.ToolTip, at, pane.viewport().mapToGlobal(at))
    QApplication.sendEvent(pane.viewport(), rest)
    assert QToolTip.isVisible()
    pane.show_note("#n1", at, by_itself=True)
    qtbot.waitUntil(lambda: not QToolTip.isVisible())
    QApplication.sendEvent(pane.viewport(), rest)
    assert not QToolTip.isVisible()


def test_passing_over_a_reference_shows_nothing(qtbot: QtBot, show: Show) -> None:
    document = book()
    pane = show(document)
    at = middle_of(pane, reference(document))
    for point in (at + QPoint(0, 200), at, at + QPoint(0, 200)):
        QTest.mouseMove(pane.viewport(), point)
    qtbot.wait(600)
    assert pane.note is None


def test_a_click_in_the_text_or_scrolling_closes_it(show: Show) -> None:
    document = book()
    pane = show(document)
    note = opened(pane, document)
    QTest.mouseClick(pane.viewport(), LEFT, pos=QPoint(10, 10))
    assert not note.isVisible()
    opened(pane, document)
    pane.scroll_by(100)
    assert not note.isVisible()
    pane.scroll_by(-100)
    opened(pane, document)
    pane.set_document(book(3), ())
    assert not note.isVisible()


def test_go_there_and_links_in_the_note_lead_on(qtbot: QtBot, show: Show) -> None:
    document = book()
    pane = show(document)
    note = opened(pane, document)
    button = next(button for button in note.findChildren(QToolButton) if button.text() == "Go there")
    with qtbot.waitSignal(pane.link_activated) as told:
        QTest.mouseClick(button, LEFT)
    assert told.args == ["#n1"]
    assert not note.isVisible()
    opened(pane, document, 2)
    QTest.mouseClick(note.pane.viewport(), LEFT, pos=middle_of(note.pane, document.text.index("first.", 9_000) + 1))
    assert note.bounds == note_of(document, "#n1")


def test_a_long_note_scrolls_inside(show: Show) -> None:
    document = book(note=SENTENCE * 30)
    pane = show(document)
    note = opened(pane, document)
    assert note.height() < pane.height() * 0.7
    before = note.pane.visible_range()
    QTest.keyClick(note.pane, KEY.Key_Space)
    assert note.pane.visible_range()[0] > before[0]
    assert note.isVisible()


def test_it_is_drawn_in_the_theme_of_the_pane(show: Show) -> None:
    document = book()
    pane = show(document)
    pane.set_theme(load_theme("dark"))
    note = opened(pane, document)
    assert pixels(note.pane, [QPoint(2, 2)]) == [load_theme("dark").raised]


def test_other_inside_links_are_followed_as_before(qtbot: QtBot, show: Show) -> None:
    writer = Writer()
    start = writer.add(BlockKind.PARAGRAPH, "See the second part for more.")
    writer.span(SpanKind.LINK, start + 4, start + 19, "#second")
    pane = show(writer.document(targets={"second": 0}))
    with qtbot.waitSignal(pane.link_activated), qtbot.assertNotEmitted(pane.note_requested):
        QTest.mouseClick(pane.viewport(), LEFT, pos=middle_of(pane, start + 10))


def test_copying_from_the_note_offers_the_primary_selection_too(show: Show) -> None:
    document = book()
    pane = show(document, [mark(document, 0, 3, "m")])
    note = opened(pane, document)
    QTest.mouseDClick(note.pane.viewport(), LEFT, pos=middle_of(note.pane, document.text.index("figures") + 2))
    QTest.mouseRelease(note.pane.viewport(), LEFT, pos=middle_of(note.pane, document.text.index("figures") + 2))
    assert pane.selected_text() == "figures"
    clipboard = QGuiApplication.clipboard()
    if clipboard.supportsSelection():
        assert clipboard.text(clipboard.Mode.Selection) == "figures"
