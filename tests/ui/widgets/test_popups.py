"""Tag entry, note editor and chooser: what they hand back, what they leave alone, where the keyboard goes."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QLineEdit, QListWidget, QPlainTextEdit, QPushButton, QToolButton
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from reader.model.annotation import Anchor, Annotation, Color
from reader.ui.theme import load_theme
from reader.ui.widgets.chooser import AnnotationChooser
from reader.ui.widgets.floating import Popup
from reader.ui.widgets.note_editor import NoteEditor
from reader.ui.widgets.tag_entry import TagEntry
from tests.ui.widgets.conftest import Page, complete


def open_at(popup: Popup, page: Page, x: int = 300, y: int = 200) -> None:
    popup.popup_at(page.widget.mapToGlobal(QPoint(x, y)))


@pytest.fixture
def note(page: Page) -> NoteEditor:
    editor = NoteEditor(page.widget)
    editor.set_text("before")
    open_at(editor, page)
    return editor


@pytest.fixture
def tags(page: Page) -> TagEntry:
    entry = TagEntry(complete, page.widget)
    entry.set_theme(load_theme("light"))
    entry.set_tags(["old"])
    open_at(entry, page)
    return entry


def part(popup: Popup, kind: type):
    return popup.findChildren(kind)[0]


# -- notes


def test_control_enter_saves_and_gives_the_keyboard_back(note: NoteEditor, page: Page, qtbot: QtBot) -> None:
    edit = part(note, QPlainTextEdit)
    qtbot.waitUntil(edit.hasFocus)
    qtbot.keyClicks(edit, " and after")
    with qtbot.waitSignal(note.committed) as committed:
        qtbot.keyClick(edit, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert committed.args == ["before and after"]
    qtbot.waitUntil(page.field.hasFocus)


def test_enter_alone_is_a_new_line(note: NoteEditor, qtbot: QtBot) -> None:
    edit = part(note, QPlainTextEdit)
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    qtbot.keyClicks(edit, "x")
    assert note.text() == "before\nx"


def test_escape_commits_nothing(note: NoteEditor, page: Page, qtbot: QtBot) -> None:
    edit = part(note, QPlainTextEdit)
    qtbot.keyClicks(edit, "x")
    with qtbot.assertNotEmitted(note.committed), qtbot.waitSignal(note.cancelled):
        qtbot.keyClick(edit, Qt.Key.Key_Escape)
    qtbot.waitUntil(page.field.hasFocus)


def test_a_click_elsewhere_saves_and_keeps_the_keyboard_there(note: NoteEditor, page: Page, qtbot: QtBot) -> None:
    other = QLineEdit(page.widget)
    other.setGeometry(0, 0, 100, 28)
    other.show()
    qtbot.waitUntil(part(note, QPlainTextEdit).hasFocus)
    with qtbot.waitSignal(note.committed) as committed:
        qtbot.mouseClick(other, Qt.MouseButton.LeftButton)
    assert committed.args == ["before"]
    assert other.hasFocus()


def test_it_commits_once_only(note: NoteEditor, qtbot: QtBot) -> None:
    heard: list[str] = []
    note.committed.connect(heard.append)
    qtbot.mouseClick(part(note, QPushButton), Qt.MouseButton.LeftButton)
    note.leave()
    assert heard == ["before"]


def test_a_closed_popup_is_gone(note: NoteEditor, qtbot: QtBot) -> None:
    qtbot.keyClick(part(note, QPlainTextEdit), Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not isValid(note))


def test_letters_are_not_the_windows_shortcuts(page: Page, qtbot: QtBot) -> None:
    heard: list[str] = []
    for key in ("U", "1", "Del"):
        action = QAction(page.widget)
        action.setShortcut(key)
        action.triggered.connect(lambda _on=False, key=key: heard.append(key))
        page.widget.addAction(action)
    chooser = AnnotationChooser(page.widget)
    chooser.set_annotations([Annotation("a", "d", Anchor(0, 1, "x")), Annotation("b", "d", Anchor(0, 2, "xy"))])
    open_at(chooser, page)
    listed = part(chooser, QListWidget)
    qtbot.waitUntil(listed.hasFocus)
    qtbot.keyClick(listed, Qt.Key.Key_U)
    qtbot.keyClick(listed, Qt.Key.Key_Delete)
    assert heard == []
    with qtbot.waitSignal(chooser.chosen) as chosen:
        qtbot.keyClick(listed, Qt.Key.Key_1)
    assert chosen.args == ["a"]
    assert heard == []


def test_composed_text_arrives_whole(note: NoteEditor) -> None:
    from PySide6.QtGui import QInputMethodEvent

    edit = part(note, QPlainTextEdit)
    composing = QInputMethodEvent("に", [])
    QApplication.sendEvent(edit, composing)
    assert note.isVisible()
    done = QInputMethodEvent()
    done.setCommitString("日本")
    QApplication.sendEvent(edit, done)
    assert note.text() == "before日本"


@pytest.mark.parametrize(("x", "y"), [(0, 0), (790, 10), (790, 590), (10, 590), (-500, 2000)])
def test_it_stays_in_the_window(page: Page, x: int, y: int) -> None:
    editor = NoteEditor(page.widget)
    open_at(editor, page, x, y)
    assert page.widget.rect().contains(editor.geometry().adjusted(10, 10, -10, -10))
    editor.cancel()


def test_it_stays_in_the_window_when_that_shrinks(note: NoteEditor, page: Page, qtbot: QtBot) -> None:
    page.widget.resize(420, 240)
    qtbot.waitUntil(lambda: page.widget.rect().contains(note.geometry()))


def test_it_begins_where_the_passage_begins_and_under_it(page: Page) -> None:
    editor = NoteEditor(page.widget)
    editor.popup_at(page.widget.mapToGlobal(QPoint(120, 200)), page.widget.mapToGlobal(QPoint(120, 180)))
    body = editor.body().translated(editor.pos())
    assert abs(body.left() - 120) <= 2
    assert body.top() > 200
    editor.cancel()


def test_at_the_lower_edge_it_stands_over_the_passage(page: Page) -> None:
    editor = NoteEditor(page.widget)
    editor.popup_at(page.widget.mapToGlobal(QPoint(120, 560)), page.widget.mapToGlobal(QPoint(120, 530)))
    assert editor.body().translated(editor.pos()).bottom() < 530
    editor.cancel()


# -- tags


def test_enter_adds_and_enter_in_the_empty_line_commits(tags: TagEntry, qtbot: QtBot) -> None:
    line = part(tags, QLineEdit)
    qtbot.waitUntil(line.hasFocus)
    qtbot.keyClicks(line, "new / one ")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert tags.tags() == ["old", "new/one"]
    with qtbot.waitSignal(tags.committed) as committed:
        qtbot.keyClick(line, Qt.Key.Key_Return)
    assert committed.args == [["old", "new/one"]]


def test_control_enter_takes_what_stands_in_the_line_too(tags: TagEntry, qtbot: QtBot) -> None:
    line = part(tags, QLineEdit)
    qtbot.keyClicks(line, "typed")
    with qtbot.waitSignal(tags.committed) as committed:
        qtbot.keyClick(line, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert committed.args == [["old", "typed"]]


def test_completion_by_tab_and_by_down(tags: TagEntry, qtbot: QtBot) -> None:
    line, listed = part(tags, QLineEdit), part(tags, QListWidget)
    qtbot.keyClicks(line, "co")
    assert listed.count() == 2
    qtbot.keyClick(line, Qt.Key.Key_Tab)
    assert tags.tags() == ["old", "cost"]
    qtbot.keyClicks(line, "c")
    qtbot.keyClick(line, Qt.Key.Key_Down)
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert tags.tags() == ["old", "cost", "Cost/land"]


def test_what_is_typed_wins_over_a_longer_completion(tags: TagEntry, qtbot: QtBot) -> None:
    line = part(tags, QLineEdit)
    qtbot.keyClicks(line, "cos")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert tags.tags() == ["old", "cos"]


def test_a_tag_in_use_keeps_its_spelling_and_has_no_twin(tags: TagEntry, qtbot: QtBot) -> None:
    line = part(tags, QLineEdit)
    for typed in ("SURVEY", "Survey", "OLD"):
        qtbot.keyClicks(line, typed)
        qtbot.keyClick(line, Qt.Key.Key_Return)
    assert tags.tags() == ["old", "survey"]


def test_backspace_in_the_empty_line_and_the_cross_take_away(tags: TagEntry, qtbot: QtBot) -> None:
    line = part(tags, QLineEdit)
    qtbot.keyClicks(line, "b,c,")
    assert tags.tags() == ["old", "b", "c"]
    qtbot.keyClick(line, Qt.Key.Key_Backspace)
    assert tags.tags() == ["old", "b"]
    chip = next(c for c in tags.findChildren(QToolButton) if c.text() == "old")
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert tags.tags() == ["b"]
    assert tags.isVisible()


def test_a_click_on_a_suggestion_adds_it(tags: TagEntry, qtbot: QtBot) -> None:
    listed = part(tags, QListWidget)
    names = [listed.item(row).data(Qt.ItemDataRole.UserRole) for row in range(listed.count())]
    where = listed.visualItemRect(listed.item(names.index("سد"))).center()
    qtbot.mouseClick(listed.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert tags.tags() == ["old", "سد"]
    assert tags.isVisible()


def test_escape_leaves_the_tags_alone(tags: TagEntry, qtbot: QtBot) -> None:
    line = part(tags, QLineEdit)
    qtbot.keyClicks(line, "x")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    with qtbot.assertNotEmitted(tags.committed), qtbot.waitSignal(tags.cancelled):
        qtbot.keyClick(line, Qt.Key.Key_Escape)


def test_it_grows_with_its_chips_inside_the_window(tags: TagEntry, page: Page, qtbot: QtBot) -> None:
    line = part(tags, QLineEdit)
    before = tags.height()
    for number in range(12):
        qtbot.keyClicks(line, f"quite a long tag {number},")
    qtbot.waitUntil(lambda: tags.height() > before)
    assert page.widget.rect().contains(tags.geometry())
    chips = [c for c in tags.findChildren(QToolButton) if c.isVisible()]
    assert len(chips) == 13
    assert all(chip.parentWidget().rect().contains(chip.geometry()) for chip in chips)


def test_without_tags_the_line_and_the_suggestions_are_there(page: Page, qtbot: QtBot) -> None:
    entry = TagEntry(complete, page.widget)
    entry.set_tags([])
    open_at(entry, page)
    line, listed = part(entry, QLineEdit), part(entry, QListWidget)
    for piece in (line, listed):
        assert entry.rect().contains(piece.geometry().translated(piece.parentWidget().pos()))
        assert piece.height() >= 20
    tall = entry.height()
    qtbot.keyClicks(line, "nothing like it")
    qtbot.waitUntil(lambda: entry.height() < tall)
    entry.cancel()


# -- the chooser


def test_the_shortest_is_first_and_enter_takes_it(page: Page, qtbot: QtBot) -> None:
    chooser = AnnotationChooser(page.widget)
    marks = [
        Annotation("long", "d", Anchor(0, 20, "a long passage here!"), color=Color.BLUE),
        Annotation("short", "d", Anchor(2, 6, "long"), color=Color.ORANGE),
    ]
    chooser.set_annotations(marks, {Color.ORANGE: "Number"})
    open_at(chooser, page)
    listed = part(chooser, QListWidget)
    qtbot.waitUntil(listed.hasFocus)
    assert listed.item(0).text() == "Number — long"
    qtbot.keyClick(listed, Qt.Key.Key_Down)
    qtbot.keyClick(listed, Qt.Key.Key_Up)
    with qtbot.waitSignal(chooser.chosen) as chosen:
        qtbot.keyClick(listed, Qt.Key.Key_Return)
    assert chosen.args == ["short"]


def test_a_click_chooses(page: Page, qtbot: QtBot) -> None:
    chooser = AnnotationChooser(page.widget)
    chooser.set_annotations([Annotation("a", "d", Anchor(0, 1, "x")), Annotation("b", "d", Anchor(0, 2, "xy"))])
    open_at(chooser, page)
    listed = part(chooser, QListWidget)
    with qtbot.waitSignal(chooser.chosen) as chosen:
        where = listed.visualItemRect(listed.item(1)).center()
        qtbot.mouseClick(listed.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert chosen.args == ["b"]


def test_escape_chooses_none(page: Page, qtbot: QtBot) -> None:
    chooser = AnnotationChooser(page.widget)
    chooser.set_annotations([Annotation("a", "d", Anchor(0, 1, "x"))])
    open_at(chooser, page)
    with qtbot.assertNotEmitted(chooser.chosen), qtbot.waitSignal(chooser.cancelled):
        qtbot.keyClick(part(chooser, QListWidget), Qt.Key.Key_Escape)
