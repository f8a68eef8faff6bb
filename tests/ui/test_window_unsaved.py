"""What was typed and cannot be written stays where it was typed, says why, and is written when that can be."""

import sqlite3
from collections.abc import Callable, Iterator
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot

from reader.model.annotation import Color
from reader.services.annotate import Annotate
from reader.ui.codebook.window import CodebookWindow
from reader.ui.dialogs.details import DetailsDialog
from reader.ui.dialogs.settings import SettingsDialog
from reader.ui.widgets.floating import Popup
from reader.ui.widgets.note_editor import NoteEditor
from reader.ui.widgets.tag_entry import TagEntry
from reader.ui.widgets.unsaved_bar import UnsavedBar
from tests.ui.conftest import Desk

CONTROL = Qt.KeyboardModifier.ControlModifier
TYPED = "Nobody asked the residents. ΓĞ 🌊"


@pytest.fixture
def full(desk: Desk) -> Iterator[Callable[[bool], None]]:
    """Have the file refuse to be written, or let it be written again."""

    def refuse(refused: bool) -> None:
        desk.library.store.connection.execute(f"PRAGMA query_only = {int(refused)}")

    yield refuse
    refuse(False)


def stored(desk: Desk, sql: str) -> list[tuple[str, ...]]:
    """What another program reads in the file."""
    other = sqlite3.connect(desk.library.path)
    rows = other.execute(sql).fetchall()
    other.close()
    return rows


def notes(desk: Desk) -> list[str]:
    return [row[0] for row in stored(desk, "SELECT note FROM annotation")]


def bar(desk: Desk) -> UnsavedBar:
    return desk.window.complete().unsaved_bar


def click(desk: Desk, button: str) -> None:
    desk.qtbot.mouseClick(getattr(bar(desk), button), Qt.MouseButton.LeftButton)


def says_why(shown: UnsavedBar) -> bool:
    return shown.isVisible() and shown.text().startswith("Not saved. The library can only be read here")


def test_a_note_on_a_selection_waits_in_its_editor(desk: Desk, full: Callable[[bool], None]) -> None:
    desk.drag("forty million")
    desk.trigger("note")
    full(True)
    desk.type("ab")
    desk.window.findChildren(NoteEditor)[-1].findChild(QPlainTextEdit).insertPlainText(TYPED)  # pyright: ignore[reportOptionalMemberAccess]
    desk.press(Qt.Key.Key_Return, CONTROL)
    assert says_why(bar(desk))
    click(desk, "again")
    assert says_why(bar(desk))
    click(desk, "copy")
    assert QApplication.clipboard().text() == f"ab{TYPED}"
    assert [e.text() for e in desk.window.findChildren(NoteEditor) if e.isVisible()] == [f"ab{TYPED}"]
    assert notes(desk) == []
    full(False)
    click(desk, "again")
    assert notes(desk) == [f"ab{TYPED}"]
    assert not bar(desk).isVisible()
    assert not [e for e in desk.window.findChildren(NoteEditor) if e.isVisible()]


def test_a_note_in_its_card_waits_there(desk: Desk, full: Callable[[bool], None]) -> None:
    desk.drag("forty million")
    desk.press(Qt.Key.Key_1)
    panel = desk.window.complete().notes
    panel.view.edit_note(desk.marks()[0].uid)
    full(True)
    desk.type("ask them")
    desk.press(Qt.Key.Key_Return, CONTROL)
    assert says_why(bar(desk))
    assert panel.view.edited
    desk.type(" all")
    full(False)
    click(desk, "again")
    assert notes(desk) == ["ask them all"]
    assert not bar(desk).isVisible()
    assert not panel.view.edited


def test_escape_gives_the_words_up(desk: Desk, full: Callable[[bool], None]) -> None:
    desk.drag("forty million")
    desk.press(Qt.Key.Key_1)
    full(True)
    desk.window.complete().notes.view.edit_note(desk.marks()[0].uid)
    desk.type("ask")
    desk.press(Qt.Key.Key_Return, CONTROL)
    assert bar(desk).isVisible()
    desk.press(Qt.Key.Key_Escape)
    assert not bar(desk).isVisible()
    assert desk.window.session.unsaved is None


def test_the_words_of_another_document_are_written_later(desk: Desk, full: Callable[[bool], None]) -> None:
    desk.drag("forty million")
    desk.press(Qt.Key.Key_1)
    full(True)
    desk.window.complete().notes.view.edit_note(desk.marks()[0].uid)
    desk.type("ask")
    desk.window.session.close_document()
    assert says_why(bar(desk))
    full(False)
    click(desk, "again")
    assert notes(desk) == ["ask"]
    assert not bar(desk).isVisible()


@pytest.mark.parametrize("what", ["tag", "document_tags"])
def test_tags_wait_in_their_line(desk: Desk, full: Callable[[bool], None], what: str) -> None:
    desk.drag("forty million")
    desk.trigger(what)
    full(True)
    desk.type("cost")
    desk.press(Qt.Key.Key_Return)
    desk.type("board")
    desk.press(Qt.Key.Key_Return, CONTROL)
    assert says_why(bar(desk))
    assert [e.tags() for e in desk.window.findChildren(TagEntry) if e.isVisible()] == [["cost", "board"]]
    click(desk, "copy")
    assert QApplication.clipboard().text() == "cost, board"
    full(False)
    desk.press(Qt.Key.Key_Return, CONTROL)
    assert not bar(desk).isVisible()
    assert sorted(stored(desk, "SELECT name FROM tag")) == [("board",), ("cost",)]


def test_closing_asks_and_can_be_told_to_let_go(desk: Desk, full: Callable[[bool], None]) -> None:
    desk.drag("forty million")
    desk.trigger("note")
    full(True)
    desk.type("ask them")
    assert not desk.window.close()
    assert desk.window.isVisible()
    assert says_why(bar(desk))
    assert "lost" in bar(desk).text()
    click(desk, "close_anyway")
    assert not desk.window.isVisible()
    assert notes(desk) == []


def test_closing_writes_what_can_be_written_again(desk: Desk, full: Callable[[bool], None]) -> None:
    desk.drag("forty million")
    desk.trigger("note")
    full(True)
    desk.type("ask them")
    assert not desk.window.close()
    full(False)
    assert desk.window.close()
    assert notes(desk) == ["ask them"]


def test_tags_of_a_document_in_an_open_line_are_written_when_the_window_closes(desk: Desk) -> None:
    desk.trigger("document_tags")
    desk.type("cost")
    assert desk.window.close()
    assert stored(desk, "SELECT name FROM tag") == [("cost",)]


T = TypeVar("T")


def dialog_of(desk: Desk, kind: type[T]) -> T:
    found = desk.window.findChild(kind)
    assert isinstance(found, kind)
    return found


def test_the_details_stay_open(desk: Desk, full: Callable[[bool], None]) -> None:
    desk.trigger("details")
    dialog = dialog_of(desk, DetailsDialog)
    full(True)
    desk.qtbot.keyClicks(dialog.title_field, "The price of water")
    desk.qtbot.keyClick(dialog.title_field, Qt.Key.Key_Return)
    assert dialog.isVisible()
    assert says_why(dialog.unsaved)
    desk.qtbot.mouseClick(dialog.unsaved.copy, Qt.MouseButton.LeftButton)
    assert QApplication.clipboard().text().startswith("Title: The price of water")
    full(False)
    desk.qtbot.mouseClick(dialog.unsaved.again, Qt.MouseButton.LeftButton)
    assert not dialog.isVisible()
    assert desk.library.documents.get(desk.uid).title == "The price of water"


def test_the_name_of_a_tag_stays_typed(desk: Desk, full: Callable[[bool], None]) -> None:
    desk.library.documents.edit(desk.uid, tags=["cost", "board"])
    desk.trigger("tags")
    dialog = dialog_of(desk, CodebookWindow)
    assert dialog.current() == "board"
    full(True)
    name = dialog.fields.name
    name.setFocus()
    name.selectAll()
    desk.qtbot.keyClicks(name, "the board")
    desk.qtbot.keyClick(name, Qt.Key.Key_Return)
    desk.qtbot.waitUntil(lambda: says_why(dialog.unsaved))
    desk.qtbot.mouseClick(dialog.unsaved.copy, Qt.MouseButton.LeftButton)
    assert (name.text(), QApplication.clipboard().text()) == ("the board", "the board")
    full(False)
    desk.qtbot.mouseClick(dialog.unsaved.again, Qt.MouseButton.LeftButton)
    assert not dialog.unsaved.isVisible()
    assert {tag.name for tag in desk.library.tags.list()} == {"cost", "the board"}
    dialog.reject()


def test_a_colour_of_a_tag_goes_back_and_keeps_nobody(desk: Desk, full: Callable[[bool], None]) -> None:
    desk.library.documents.edit(desk.uid, tags=["cost"])
    desk.trigger("tags")
    dialog = dialog_of(desk, CodebookWindow)
    full(True)
    box = dialog.fields.color
    box.setCurrentIndex(box.findText("Green"))
    box.activated.emit(box.currentIndex())
    assert dialog.fields.error.text()
    assert box.currentText() == "None"
    dialog.reject()
    assert not dialog.isVisible()
    full(False)


def test_a_name_that_is_taken_is_said_beside_it(desk: Desk) -> None:
    desk.library.documents.edit(desk.uid, tags=["cost", "board"])
    desk.trigger("tags")
    dialog = dialog_of(desk, CodebookWindow)
    name = dialog.fields.name
    name.setFocus()
    name.selectAll()
    desk.qtbot.keyClicks(name, "cost")
    desk.qtbot.keyClick(name, Qt.Key.Key_Return)
    desk.qtbot.waitUntil(lambda: "already" in dialog.fields.error.text())
    assert not dialog.unsaved.isVisible()
    assert name.text() == "cost"
    name.setText("board")
    dialog.reject()


def test_the_meaning_of_a_colour_stays_typed(desk: Desk, full: Callable[[bool], None]) -> None:
    desk.trigger("settings")
    dialog = dialog_of(desk, SettingsDialog)
    full(True)
    field = dialog.names[Color.GREEN]
    field.setFocus()
    field.selectAll()
    desk.qtbot.keyClicks(field, "Agreed")
    desk.qtbot.keyClick(field, Qt.Key.Key_Return)
    assert says_why(dialog.unsaved)
    assert field.text() == "Agreed"
    full(False)
    desk.qtbot.mouseClick(dialog.unsaved.again, Qt.MouseButton.LeftButton)
    assert not dialog.unsaved.isVisible()
    assert desk.library.categories.names()[Color.GREEN] == "Agreed"
    dialog.reject()


def test_a_fault_of_the_program_takes_no_words_with_it(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_args: object, **_named: object) -> None:
        raise ValueError("boom")

    desk.drag("forty million")
    desk.press(Qt.Key.Key_1)
    desk.window.complete().notes.view.edit_note(desk.marks()[0].uid)
    desk.type("ask them")
    edit = Annotate.edit_note
    monkeypatch.setattr(Annotate, "edit_note", broken)
    with desk.qtbot.capture_exceptions() as reported:
        desk.press(Qt.Key.Key_Return, CONTROL)
    assert [kind for kind, _error, _trace in reported] == [ValueError]
    assert bar(desk).text().startswith("Not saved. This is a fault of Passage itself (ValueError: boom)")
    monkeypatch.setattr(Annotate, "edit_note", edit)
    click(desk, "again")
    assert notes(desk) == ["ask them"]


def test_the_bar_is_reached_by_tab_and_pressed_by_keys(qtbot: QtBot) -> None:
    shown = UnsavedBar()
    qtbot.addWidget(shown)
    shown.tell("The disk is full.", "words")
    line = QLineEdit(shown)
    line.show()
    assert shown.copy.focusPolicy() == Qt.FocusPolicy.TabFocus
    qtbot.keyClick(shown.copy, Qt.Key.Key_Space)
    assert QApplication.clipboard().text() == "words"
    shown.tell("The disk is full.", "")
    assert not shown.copy.isVisible()


@pytest.mark.parametrize("what", ["note", "tag"])
def test_nothing_is_asked_where_it_would_have_no_place(desk: Desk, what: str) -> None:
    start, _ = desk.span("\n\nThe first")
    desk.window.pane.select(start, start + 2)
    desk.trigger(what)
    assert not [popup for popup in desk.window.findChildren(Popup) if popup.isVisible()]
    assert desk.window.status.message() == "Only blank space is selected; select some words."
