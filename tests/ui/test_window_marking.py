"""Marking in the whole window, by mouse and by keys, looked at from outside: the library and the pixels."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QColor, QContextMenuEvent, QGuiApplication, QHelpEvent, QTextDocument
from PySide6.QtWidgets import QApplication, QMenu, QToolTip

from reader.model.annotation import AnchorState, Color, Style
from reader.ui.widgets.chooser import AnnotationChooser
from reader.ui.widgets.note_editor import NoteEditor
from reader.ui.widgets.selection_bar import SelectionBar
from tests.ui.conftest import Desk, move

PRICE = "It has now promised a price as well"
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier


def rows(path: Path, query: str) -> list[tuple[object, ...]]:
    """What any other program reads in the file, while the window is open."""
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        return connection.execute(query).fetchall()
    finally:
        connection.close()


@pytest.mark.parametrize(("key", "color"), list(zip("123456", Color, strict=True)))
def test_a_number_marks_the_selection_in_its_category(desk: Desk, library_path: Path, key: str, color: Color) -> None:
    desk.drag(PRICE)
    desk.type(key)
    (mark,) = desk.marks()
    assert (mark.quote, mark.color, mark.style, mark.state) == (PRICE, color, Style.HIGHLIGHT, AnchorState.EXACT)
    assert rows(library_path, "SELECT quote, color FROM annotation") == [(PRICE, color.value)]
    assert desk.window.pane.selection() is None


def test_a_mark_is_painted_on_its_words(desk: Desk) -> None:
    desk.drag(PRICE)
    desk.type("1")
    start, _ = desk.span(PRICE)
    view = desk.window.pane.viewport()
    rect = desk.window.pane.view.rects(start, start + len(PRICE))[0]
    picture = view.grab(rect).toImage()
    ground = QColor(desk.window.appearance.theme.ground(Color.YELLOW))
    seen = [picture.pixelColor(x, y) for x in range(0, picture.width(), 2) for y in range(0, picture.height(), 2)]
    assert sum(pixel == ground for pixel in seen) > len(seen) / 3


def test_by_keyboard_alone(desk: Desk) -> None:
    desk.press(Qt.Key.Key_Home, CONTROL)
    desk.press(Qt.Key.Key_Down, CONTROL)
    desk.trigger("select_sentence")
    first = desk.window.pane.selected_text()
    desk.press(Qt.Key.Key_3)
    (mark,) = desk.marks()
    assert mark.quote.strip() == first.strip()
    assert mark.color == Color.BLUE
    desk.press(Qt.Key.Key_N)
    desk.type("who says so?")
    desk.press(Qt.Key.Key_Return, CONTROL)
    assert desk.marks()[0].note == "who says so?"
    desk.press(Qt.Key.Key_T)
    desk.type("board/promise")
    desk.press(Qt.Key.Key_Return)
    desk.press(Qt.Key.Key_Return, CONTROL)
    assert desk.marks()[0].tags == ("board/promise",)
    desk.press(Qt.Key.Key_Delete)
    assert desk.marks() == []
    desk.press(Qt.Key.Key_Z, CONTROL)
    assert desk.marks()[0].tags == ("board/promise",)


def test_the_bar_comes_under_the_selection_and_its_buttons_work(desk: Desk) -> None:
    desk.drag(PRICE)
    bar = desk.window.findChild(SelectionBar)
    assert bar
    assert bar.isVisible()
    rect = desk.window.pane.selection_rect()
    body = bar.body().translated(bar.pos())
    assert not body.intersects(rect)
    swatches = [child for child in bar.children() if type(child).__name__ == "Swatch"]
    desk.qtbot.mouseClick(swatches[4], Qt.MouseButton.LeftButton)
    assert [m.color for m in desk.marks()] == [Color.ORANGE]
    assert not bar.isVisible()


def test_escape_puts_the_bar_and_the_selection_away(desk: Desk) -> None:
    desk.drag(PRICE)
    desk.press(Qt.Key.Key_Escape)
    bar = desk.window.findChild(SelectionBar)
    assert bar
    assert not bar.isVisible()
    assert desk.window.pane.selection() is None
    assert desk.marks() == []


def test_underlining_keeps_the_ground_bare(desk: Desk) -> None:
    desk.drag(PRICE)
    desk.type("u")
    assert [m.style for m in desk.marks()] == [Style.UNDERLINE]
    desk.click(desk.span("promised a price")[0])
    desk.type("u")
    assert [m.style for m in desk.marks()] == [Style.HIGHLIGHT]


def test_clicking_a_mark_offers_to_change_it(desk: Desk) -> None:
    desk.drag(PRICE)
    desk.type("1")
    desk.click(desk.span("promised a price")[0])
    bar = desk.window.findChild(SelectionBar)
    assert bar
    assert bar.isVisible()
    desk.type("2")
    assert [m.color for m in desk.marks()] == [Color.GREEN]


def test_overlapping_marks_stay_separate_and_a_click_asks_which(desk: Desk) -> None:
    desk.drag(PRICE)
    desk.type("1")
    desk.drag("a price")
    desk.type("4")
    assert {(m.quote, m.color) for m in desk.marks()} == {(PRICE, Color.YELLOW), ("a price", Color.PINK)}
    desk.click(desk.span("price as")[0])
    chooser = desk.window.findChild(AnnotationChooser)
    assert chooser
    assert chooser.isVisible()
    desk.press(Qt.Key.Key_Down)
    desk.press(Qt.Key.Key_Return)
    desk.type("6")
    assert {(m.quote, m.color) for m in desk.marks()} == {(PRICE, Color.PURPLE), ("a price", Color.PINK)}


def test_the_range_of_a_mark_is_changed_by_keys(desk: Desk) -> None:
    desk.drag("forty million")
    desk.type("5")
    desk.type("r")
    desk.press(Qt.Key.Key_Right, SHIFT | ALT)
    (mark,) = desk.marks()
    assert mark.quote.startswith("forty million")
    assert len(mark.quote) > len("forty million")
    desk.press(Qt.Key.Key_Escape)
    desk.press(Qt.Key.Key_Z, CONTROL)
    assert [m.quote for m in desk.marks()] == ["forty million"]


def test_an_abandoned_note_makes_no_mark(desk: Desk) -> None:
    desk.drag(PRICE)
    desk.type("n")
    desk.type("never mind")
    desk.press(Qt.Key.Key_Escape)
    assert desk.marks() == []
    assert desk.window.pane.selection() == desk.span(PRICE)


def test_a_note_that_cannot_be_written_stays_in_its_editor(desk: Desk, library_path: Path) -> None:
    desk.drag(PRICE)
    desk.type("1")
    other = sqlite3.connect(library_path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    desk.library.store.connection.execute("PRAGMA busy_timeout=50")
    desk.type("n")
    desk.type("precious")
    desk.press(Qt.Key.Key_Return, CONTROL)
    editor = desk.window.findChildren(NoteEditor)[-1]
    assert editor.isVisible()
    assert editor.text() == "precious"
    assert "precious" not in desk.marks()[0].note
    assert desk.window.status.message()
    other.execute("ROLLBACK")
    other.close()
    desk.press(Qt.Key.Key_Return, CONTROL)
    assert desk.marks()[0].note == "precious"


def test_positions_are_code_points_after_an_emoji_and_in_persian(desk: Desk) -> None:
    desk.drag("at all")
    desk.type("1")
    desk.drag("دره ساخته")
    desk.type("2")
    assert [desk.text[m.anchor.start : m.anchor.end] for m in desk.marks() if m.anchor] == ["at all", "دره ساخته"]


def test_copying_with_and_without_the_source(desk: Desk) -> None:
    desk.drag("forty million")
    desk.press(Qt.Key.Key_C, CONTROL)
    assert QGuiApplication.clipboard().text() == "forty million"
    desk.press(Qt.Key.Key_C, CONTROL | SHIFT)
    assert QGuiApplication.clipboard().text().startswith("“forty million”\n— ")
    assert "The reservoir" in QGuiApplication.clipboard().text()


def test_undo_and_redo_name_the_action_and_outlive_a_restart(desk: Desk, open_desk: Callable[..., Desk]) -> None:
    desk.drag(PRICE)
    desk.type("3")
    desk.press(Qt.Key.Key_Z, CONTROL)
    assert desk.marks() == []
    assert "Quote" in desk.window.status.message()
    again = open_desk(desk.uid)
    again.press(Qt.Key.Key_Z, CONTROL | SHIFT)
    assert [m.quote for m in again.marks()] == [PRICE]


def test_marks_are_stepped_through_by_keys(desk: Desk) -> None:
    for words, key in ((PRICE, "1"), ("forty million", "5")):
        desk.drag(words)
        desk.type(key)
    desk.window.pane.go_to(0, flash=False)
    desk.press(Qt.Key.Key_Escape)
    desk.press(Qt.Key.Key_F8)
    desk.type("6")
    assert [m.color for m in desk.marks()] == [Color.PURPLE, Color.ORANGE]
    desk.press(Qt.Key.Key_F8)
    desk.type("6")
    assert [m.color for m in desk.marks()] == [Color.PURPLE, Color.PURPLE]


def test_letters_typed_into_a_field_are_no_shortcuts(desk: Desk) -> None:
    desk.drag(PRICE)
    desk.press(Qt.Key.Key_L, CONTROL)
    desk.qtbot.mouseClick(desk.window.complete().documents.field.line, Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    desk.type("1u")
    assert QApplication.focusWidget().text() == "1u"
    assert desk.marks() == []


def bar_of(desk: Desk) -> SelectionBar:
    bar = desk.window.findChild(SelectionBar)
    assert bar
    return bar


def fill_with_text(desk: Desk, tmp_path: Path) -> None:
    """Open a text that is longer than the window."""
    file = tmp_path / "long.txt"
    file.write_text("\n\n".join(f"Paragraph {n}. {PRICE}, and neither will hold." for n in range(120)), "utf-8")
    (added,) = desk.library.adding.add([file])
    assert added.document
    desk.window.session.open(added.document.uid)
    desk.uid = added.document.uid
    desk.window.pane.setFocus()


def test_the_bar_goes_along_with_its_selection_and_waits_while_it_is_out_of_view(desk: Desk, tmp_path: Path) -> None:
    fill_with_text(desk, tmp_path)
    pane, bar = desk.window.pane, bar_of(desk)
    desk.drag("Paragraph 3.")
    pane.scroll_by(60)
    gap = bar.body().translated(bar.pos()).top() - pane.selection_rect().bottom()
    assert 0 < gap < 12, "at once, not some time later"
    pane.scroll_by(3000)
    assert not bar.isVisible()
    pane.scroll_by(-3060)
    assert bar.isVisible()
    assert not bar.body().translated(bar.pos()).intersects(pane.selection_rect())
    desk.press(Qt.Key.Key_Escape)
    pane.scroll_by(200)
    assert not bar.isVisible()


def test_the_bar_is_out_of_the_way_while_the_next_passage_is_selected(desk: Desk) -> None:
    desk.drag(PRICE)
    view, point = desk.window.pane.viewport(), desk.point(desk.span("forty")[0])
    desk.qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=point)
    assert not bar_of(desk).isVisible()
    desk.qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=point)


def test_a_click_beside_the_marks_leaves_none_current(desk: Desk) -> None:
    desk.drag(PRICE)
    desk.type("1")
    desk.click(desk.span("promised a price")[0])
    desk.click(desk.span("forty")[0])
    assert not bar_of(desk).isVisible()
    desk.press(Qt.Key.Key_Delete)
    assert len(desk.marks()) == 1


def test_blank_space_round_a_selection_is_not_marked(desk: Desk) -> None:
    start, end = desk.span("as well, and neither will hold.")
    desk.window.pane.select(start - 1, end + 2)
    desk.type("1")
    assert [m.quote for m in desk.marks()] == ["as well, and neither will hold."]
    desk.window.pane.select(end, end + 2)
    desk.type("1")
    assert len(desk.marks()) == 1
    assert desk.window.status.message() == "Only blank space is selected; select some words."


def test_shift_alt_arrows_move_the_ends_of_the_mark_that_was_clicked(desk: Desk) -> None:
    desk.drag("forty million")
    desk.type("5")
    desk.click(desk.span("million")[0])
    desk.press(Qt.Key.Key_Left, SHIFT | ALT)
    assert [m.quote.strip() for m in desk.marks()] == ["forty"]
    desk.press(Qt.Key.Key_Up, SHIFT | ALT)
    assert [m.quote.strip() for m in desk.marks()] == ["was forty"]


def test_the_ends_of_a_mark_are_dragged(desk: Desk) -> None:
    desk.drag("forty million")
    desk.type("5")
    desk.type("r")
    pane = desk.window.pane
    view, end = pane.viewport(), desk.span("forty million")[1]
    last = pane.view.rects(end - 1, end)[0]
    knob, goal = QPoint(last.right(), last.bottom() + 5), desk.point(desk.span("paper says")[1] - 1, after=True)
    desk.qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=knob)
    move(view, knob + QPoint(8, 0))
    move(view, QPoint(goal.x(), knob.y()))
    desk.qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=QPoint(goal.x(), knob.y()))
    assert [m.quote for m in desk.marks()] == ["forty million; the paper says"]
    desk.press(Qt.Key.Key_Z, CONTROL)
    assert [m.quote for m in desk.marks()] == ["forty million"]


def test_resting_on_a_mark_names_its_category_and_tells_its_note(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[str] = []
    monkeypatch.setattr(QToolTip, "showText", lambda _where, text, _widget: shown.append(text))
    desk.drag("forty million")
    desk.type("n")
    desk.type("who says <b>so</b>?")
    desk.press(Qt.Key.Key_Return, CONTROL)
    point = desk.point(desk.span("million")[0])
    view = desk.window.pane.viewport()
    QApplication.sendEvent(view, QHelpEvent(QEvent.Type.ToolTip, point, view.mapToGlobal(point)))
    page = QTextDocument()
    page.setHtml(shown[0])
    assert page.toPlainText() == "Claim: who says <b>so</b>?"


def test_escape_puts_the_bar_of_a_mark_away_and_then_leaves_the_mark(desk: Desk) -> None:
    desk.drag("forty million")
    desk.type("5")
    desk.click(desk.span("million")[0])
    assert bar_of(desk).isVisible()
    desk.press(Qt.Key.Key_Escape)
    assert not bar_of(desk).isVisible()
    desk.press(Qt.Key.Key_Escape)
    assert desk.window.complete().marking.current is None


def test_with_no_document_open_there_is_no_talk_of_its_marks(desk: Desk) -> None:
    desk.window.session.close_document()
    desk.trigger("next_mark")
    assert desk.window.status.message() == "No document is open."


def test_the_context_menu_means_the_mark_under_the_pointer(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    places: list[QPoint] = []

    def popup(menu: QMenu, where: QPoint) -> None:
        places.append(where)
        menu.deleteLater()

    monkeypatch.setattr(QMenu, "popup", popup)
    for words in ("forty million", PRICE):
        desk.drag(words)
        desk.type("5")
    point = desk.point(desk.span("million")[0] + 2)
    view = desk.window.pane.viewport()
    reason = QContextMenuEvent.Reason.Mouse
    QApplication.sendEvent(view, QContextMenuEvent(reason, point, view.mapToGlobal(point)))
    assert places == [view.mapToGlobal(point)]
    desk.trigger("delete")
    assert [m.quote for m in desk.marks()] == [PRICE]
    desk.trigger("select_word")
    assert desk.window.pane.selected_text() == "million"


def test_a_sentence_selected_by_key_gets_the_bar_and_comes_into_view(desk: Desk, tmp_path: Path) -> None:
    fill_with_text(desk, tmp_path)
    desk.window.pane.place_caret(0)
    for _ in range(60):
        desk.press(Qt.Key.Key_S)
    selection = desk.window.pane.selection()
    assert selection
    first, last = desk.window.pane.visible_range()
    assert first < selection[1] <= last
    assert bar_of(desk).isVisible()


def test_the_card_of_a_mark_that_comes_back_is_the_current_one_again(desk: Desk) -> None:
    for words in ("promised the town", "forty million"):
        desk.drag(words)
        desk.type("1")
    first = desk.marks()[0]
    desk.click(desk.span("promised the town")[0] + 2)
    parts = desk.window.complete()
    assert parts.notes.current() == first.uid
    desk.press(Qt.Key.Key_Delete)
    assert first.uid not in [mark.uid for mark in desk.marks()]
    assert not parts.notes.current(), "no card looks as if it were the current one"
    desk.trigger("undo")
    assert parts.marking.current
    assert parts.marking.current.uid == parts.notes.current() == first.uid
