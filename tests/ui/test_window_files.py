"""The open document's file is saved by another program: the text follows, the reader stays where they were."""

import os
import sqlite3
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from time import sleep

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QPlainTextEdit, QPushButton, QToolButton

from reader.model.annotation import AnchorState
from reader.resources import samples
from reader.services.add_result import AddResult
from reader.services.library import Library
from reader.ui.file_changes import FOLLOW
from reader.ui.watching import FileWatch
from reader.ui.widgets.note_editor import NoteEditor
from tests.ui.conftest import TEXT, Desk

NEWER = TEXT.replace("a lake.", "a lake, and soon.").replace("forty million", "fifty million")


@pytest.fixture(autouse=True)
def quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files come to rest sooner than they do at a person's desk."""
    monkeypatch.setattr("reader.ui.parts.FileWatch", partial(FileWatch, settle=15, every=60))


def file_of(desk: Desk) -> Path:
    return Path(desk.library.documents.get(desk.uid).path)


def save(desk: Desk, text: str) -> None:
    """Save as editors do: a new file takes the old one's place."""
    file = file_of(desk)
    other = file.with_name("saving.tmp")
    other.write_text(text, encoding="utf-8")
    os.replace(other, file)


def wait_for_text(desk: Desk, text: str) -> None:
    desk.qtbot.waitUntil(lambda: desk.text == text)
    desk.wait_idle()


def button(desk: Desk, name: str) -> QToolButton | None:
    return next((b for b in desk.window.findChildren(QToolButton, f"file:{name}") if b.isVisible()), None)


def press(desk: Desk, name: str) -> None:
    found = button(desk, name)
    assert found, f"no “{name}” above the text"
    desk.qtbot.mouseClick(found, Qt.MouseButton.LeftButton)


def said(desk: Desk) -> str:
    return desk.window.complete().info_bar.label.text()


def test_a_saved_file_is_followed_and_says_how_the_marks_fared(desk: Desk) -> None:
    for words in ("The reservoir", "the dearest", "forty million"):
        desk.drag(words)
        desk.type("1")
    save(desk, NEWER)
    wait_for_text(desk, NEWER)
    states = {mark.quote: mark.state for mark in desk.marks()}
    assert states["The reservoir"] is AnchorState.EXACT
    assert states["the dearest"] is AnchorState.MOVED
    desk.qtbot.waitUntil(lambda: button(desk, "undo") is not None)
    counts = [sum(state is wanted for state in states.values()) for wanted in AnchorState]
    assert said(desk) == "The file has changed: {} exact, {} moved, {} lost".format(*counts)
    # One step, and it can be taken back where it was told.
    press(desk, "undo")
    assert desk.text == TEXT
    assert all(mark.state is AnchorState.EXACT for mark in desk.marks())
    assert button(desk, "undo") is None
    assert desk.library.history.redo_label() == "1 document brought up to date"


def test_what_was_taken_back_is_not_taken_over_again_until_the_file_changes(desk: Desk) -> None:
    save(desk, NEWER)
    wait_for_text(desk, NEWER)
    desk.trigger("undo")
    watch = desk.window.complete().files.watch
    with desk.qtbot.assertNotEmitted(watch.changed, wait=200):
        assert desk.text == TEXT
    save(desk, NEWER + "More.\n")
    wait_for_text(desk, NEWER + "More.\n")


def test_after_another_step_undo_brings_the_former_text_by_a_step_of_its_own(desk: Desk) -> None:
    save(desk, NEWER)
    wait_for_text(desk, NEWER)
    desk.drag("keep water")
    desk.type("2")
    desk.qtbot.waitUntil(lambda: button(desk, "undo") is not None)
    press(desk, "undo")
    wait_for_text(desk, TEXT)
    (mark,) = desk.marks()
    assert mark.anchor
    assert desk.text[mark.anchor.start : mark.anchor.end] == "keep water"
    assert desk.library.history.undo_label() == "Another text shown"


def test_the_line_that_is_read_stays_where_it_is(open_desk: Callable[..., Desk], library_path: Path) -> None:
    lines = [f"Paragraph {n} tells of the river, and of nothing else at all.\n\n" for n in range(300)]
    file = library_path.with_name("long.txt")
    file.write_text("".join(lines), encoding="utf-8")
    library = Library.open(library_path)
    (result,) = library.adding.add([file])
    assert result.document
    library.close()
    desk = open_desk(result.document.uid, size=(900, 600))
    pane = desk.window.pane
    pane.go_to(desk.text.index("Paragraph 150 "), flash=False, at_top=True)

    def height() -> int:
        place = desk.text.index("Paragraph 152 ")
        return pane.mapToGlobal(pane.view.rects(place, place + 5)[0].topLeft()).y()

    before = height()
    longer = "".join([*(f"An inserted paragraph, {n}.\n\n" for n in range(40)), *lines])
    save(desk, longer)
    wait_for_text(desk, longer)
    desk.qtbot.waitUntil(lambda: button(desk, "undo") is not None)
    desk.qtbot.waitUntil(lambda: abs(height() - before) <= 3)


def test_a_note_that_is_being_written_loses_nothing(desk: Desk) -> None:
    desk.drag("the dearest")
    desk.type("n")
    editor = desk.window.findChild(NoteEditor)
    assert editor
    desk.qtbot.waitUntil(editor.isVisible)
    desk.type("Is it")
    files = desk.window.complete().files
    with desk.qtbot.waitSignal(files.watch.changed):
        save(desk, NEWER)
    desk.type(" so?")
    assert desk.text == TEXT, "not while the note is being written"
    assert editor.text() == "Is it so?"
    desk.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    wait_for_text(desk, NEWER)
    (mark,) = desk.marks()
    assert (mark.quote, mark.note) == ("the dearest", "Is it so?")
    assert mark.anchor
    assert desk.text[mark.anchor.start : mark.anchor.end] == "the dearest"


def test_a_note_in_a_card_is_waited_for(desk: Desk) -> None:
    desk.drag("the dearest")
    desk.type("1")
    notes = desk.window.complete().notes
    notes.view.edit_note(desk.marks()[0].uid)
    field = notes.view.findChild(QPlainTextEdit)
    assert field
    desk.qtbot.keyClicks(field, "Half a no")
    files = desk.window.complete().files
    with desk.qtbot.waitSignal(files.watch.changed):
        save(desk, NEWER)
    desk.qtbot.keyClicks(field, "te")
    assert desk.text == TEXT
    desk.window.pane.setFocus()
    wait_for_text(desk, NEWER)
    assert [mark.note for mark in desk.marks()] == ["Half a note"]


def test_the_reader_is_asked_first_where_they_want_it(desk: Desk) -> None:
    desk.library.settings.set(FOLLOW, False)
    save(desk, NEWER)
    desk.qtbot.waitUntil(lambda: button(desk, "take") is not None)
    assert desk.text == TEXT
    press(desk, "take")
    wait_for_text(desk, NEWER)
    desk.qtbot.waitUntil(lambda: button(desk, "undo") is not None)
    assert button(desk, "take") is None


def test_what_is_put_away_comes_back_with_the_next_change(desk: Desk) -> None:
    desk.library.settings.set(FOLLOW, False)
    save(desk, NEWER)
    desk.qtbot.waitUntil(lambda: button(desk, "take") is not None)
    desk.qtbot.mouseClick(desk.window.complete().info_bar.close_button, Qt.MouseButton.LeftButton)
    assert button(desk, "take") is None
    save(desk, NEWER + "More.\n")
    desk.qtbot.waitUntil(lambda: button(desk, "take") is not None)


def test_a_file_that_cannot_be_read_any_more_costs_a_sentence(desk: Desk) -> None:
    file_of(desk).write_bytes(bytes(range(256)) * 20)
    desk.qtbot.waitUntil(lambda: desk.window.status.message().startswith("The file has changed, and the text stays"))
    desk.wait_idle()
    assert desk.text == TEXT
    save(desk, NEWER)
    wait_for_text(desk, NEWER)


def test_a_file_that_goes_is_said_once_and_nothing_is_lost(desk: Desk) -> None:
    desk.drag("the dearest")
    desk.type("1")
    file = file_of(desk)
    files = desk.window.complete().files
    with desk.qtbot.waitSignal(files.watch.gone):
        file.unlink()
    assert desk.window.status.message() == (
        "The file “reservoir.txt” is not there any more; its text and your annotations are in the library."
    )
    assert desk.text == TEXT
    assert len(desk.marks()) == 1
    file.write_text(NEWER, encoding="utf-8")
    wait_for_text(desk, NEWER)


def test_what_changed_while_the_window_was_closed_is_told_when_it_opens(
    open_desk: Callable[..., Desk], desk: Desk, library_path: Path
) -> None:
    uid, file = desk.uid, file_of(desk)
    open_desk()
    file.write_text(NEWER, encoding="utf-8")
    again = open_desk(uid)
    wait_for_text(again, NEWER)
    again.qtbot.waitUntil(lambda: button(again, "undo") is not None)
    assert said(again) == "The file has changed"


def test_what_the_command_line_took_over_meanwhile_is_told_too(
    open_desk: Callable[..., Desk], desk: Desk, library_path: Path
) -> None:
    uid, file = desk.uid, file_of(desk)
    open_desk()
    file.write_text(NEWER, encoding="utf-8")
    library = Library.open(library_path)
    (result,) = library.adding.add([file])
    library.close()
    assert result.status == "changed"
    again = open_desk(uid)
    again.qtbot.waitUntil(lambda: button(again, "undo") is not None)
    assert again.text == NEWER
    press(again, "undo")
    wait_for_text(again, TEXT)
    assert button(open_desk(uid), "undo") is None


def test_whether_files_are_followed_is_a_setting(desk: Desk) -> None:
    desk.trigger("settings")
    box = next(b for b in desk.window.findChildren(QCheckBox) if "another program saves" in b.text())
    assert box.isChecked()
    box.click()
    assert desk.library.settings.get(FOLLOW, True) is False
    dialog = box.window()
    defaults = dialog.findChild(QPushButton, "defaults")
    assert defaults
    defaults.click()
    assert desk.library.settings.get(FOLLOW, True) is True
    dialog.close()


def test_a_file_that_is_as_it_was_once_is_told_as_any_change(desk: Desk) -> None:
    save(desk, NEWER)
    wait_for_text(desk, NEWER)
    save(desk, TEXT)
    wait_for_text(desk, TEXT)
    desk.qtbot.waitUntil(lambda: button(desk, "undo") is not None)
    press(desk, "undo")
    assert desk.text == NEWER


def test_a_text_that_the_reader_chose_is_no_change_of_the_file(desk: Desk) -> None:
    save(desk, NEWER)
    wait_for_text(desk, NEWER)
    desk.trigger("undo")
    desk.trigger("redo")
    assert desk.text == NEWER
    assert button(desk, "undo") is None
    older = desk.library.texts.list(desk.uid)[1].number
    desk.window.complete().versions.show_text(desk.uid, older)
    wait_for_text(desk, TEXT)
    assert button(desk, "undo") is None


def test_a_library_that_is_only_to_be_read_says_so(
    desk: Desk, open_desk: Callable[..., Desk], library_path: Path
) -> None:
    uid, file = desk.uid, file_of(desk)
    open_desk()
    with sqlite3.connect(library_path) as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    again = open_desk(uid)
    assert again.library.read_only
    file.write_text(NEWER, encoding="utf-8")
    again.qtbot.waitUntil(lambda: "may only be read" in again.window.status.message())
    assert again.text == TEXT


def test_the_pages_of_a_pdf_that_was_saved_again_are_the_new_ones(
    open_desk: Callable[..., Desk], library_path: Path, tmp_path: Path
) -> None:
    """Its text and the sizes of its pages are the same: only what is drawn on them differs."""
    file = tmp_path / "paper.pdf"
    data = (samples() / "seepage-under-the-east-bank.pdf").read_bytes()
    file.write_bytes(data)
    library = Library.open(library_path)
    (result,) = library.adding.add([file])
    assert result.document, result.reason
    library.close()
    desk = open_desk(result.document.uid)
    paging = desk.window.paging
    desk.qtbot.waitUntil(lambda: not desk.window.tasks.busy())
    before, text = paging.pages, desk.window.session.document
    assert before
    assert text
    file.write_bytes(data + b"\n% saved again\n")
    desk.qtbot.waitUntil(lambda: desk.window.session.document.text_version != text.text_version)
    assert paging.pages is not before
    desk.wait_idle()


def test_a_text_that_another_program_brings_waits_for_the_note_too(desk: Desk, library_path: Path) -> None:
    desk.drag("the dearest")
    desk.type("n")
    editor = desk.window.findChild(NoteEditor)
    assert editor
    desk.qtbot.waitUntil(editor.isVisible)
    desk.type("Is it")
    desk.window.complete().files.shut()
    file = file_of(desk)
    file.write_text(NEWER, encoding="utf-8")
    # As it arrives when another program has written to the library.
    (result,) = desk.library.adding.add([file])
    assert result.status == "changed"
    desk.type(" so?")
    assert (desk.text, editor.text()) == (TEXT, "Is it so?")
    desk.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    wait_for_text(desk, NEWER)
    (mark,) = desk.marks()
    assert (mark.quote, mark.note) == ("the dearest", "Is it so?")
    assert mark.anchor
    assert desk.text[mark.anchor.start : mark.anchor.end] == "the dearest"
    assert list(desk.window.session.annotations) == [mark.uid]


def test_a_large_file_shows_how_far_it_is_and_can_be_stopped(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    add = desk.library.adding.add

    def slowly(
        _paths: list[Path], *, cancelled: Callable[[], bool], progress: Callable[..., object]
    ) -> Iterator[AddResult]:
        progress(0, 1, "reservoir.txt", 1_000_000, 4_000_000)
        while not cancelled():
            sleep(0.002)
        yield from ()

    monkeypatch.setattr(desk.library.adding, "add", slowly)
    save(desk, NEWER)
    bar = desk.window.complete().file_bar
    desk.qtbot.waitUntil(bar.isVisible)
    desk.qtbot.waitUntil(lambda: "1.0 of 4.0 MB" in bar.text())
    stop = next(found for found in bar.findChildren(QPushButton) if found.isVisible())
    desk.qtbot.mouseClick(stop, Qt.MouseButton.LeftButton)
    desk.qtbot.waitUntil(lambda: desk.window.status.message() == "Stopped; the text is as it was.")
    assert desk.text == TEXT
    assert not bar.isVisible()
    # It is not forgotten: it can be taken over after all.
    monkeypatch.setattr(desk.library.adding, "add", add)
    desk.qtbot.waitUntil(lambda: button(desk, "take") is not None)
    press(desk, "take")
    wait_for_text(desk, NEWER)


def test_a_web_page_is_followed_in_the_view_that_is_shown(
    open_desk: Callable[..., Desk], library_path: Path, tmp_path: Path
) -> None:
    source = samples() / "nobody-cut-a-ribbon.html"
    file = tmp_path / source.name
    file.write_bytes(source.read_bytes())
    library = Library.open(library_path)
    (result,) = library.adding.add([file])
    assert result.document
    assert library.versions.read_again(result.document.uid, view="page").status == "changed"
    library.close()
    desk = open_desk(result.document.uid)
    whole = desk.text
    file.write_bytes(source.read_bytes().replace(b"kettle", b"whistle"))
    wait_for_text(desk, whole.replace("kettle", "whistle"))
    document = desk.window.session.document
    assert document
    assert document.view == "page"


def test_of_a_changed_page_the_marks_of_its_other_view_are_not_told_as_lost(
    open_desk: Callable[..., Desk], library_path: Path, tmp_path: Path
) -> None:
    page = tmp_path / "page.html"
    page.write_bytes((samples() / "nobody-cut-a-ribbon.html").read_bytes())
    library = Library.open(library_path)
    (result,) = library.adding.add([page])
    library.close()
    assert result.document
    desk = open_desk(result.document.uid)
    article = desk.text
    desk.drag("a noise like a kettle")
    desk.type("1")
    desk.trigger("whole_page")
    desk.wait_idle()
    desk.drag(next(line for line in desk.text.split("\n") if len(line) > 12 and line not in article))
    desk.type("1")
    desk.trigger("whole_page")
    desk.wait_idle()
    assert desk.text == article
    save(desk, page.read_text(encoding="utf-8").replace("noise", "whistle").replace("kettle", "train"))
    desk.qtbot.waitUntil(lambda: button(desk, "undo") is not None)
    desk.wait_idle()
    assert said(desk) == "The file has changed: 0 exact, 0 moved, 1 lost"
    assert desk.window.status.message().endswith("0 exact, 0 moved, 1 lost, 1 not in this view")
    assert len(desk.window.complete().notes.view.cards.elsewhere) == 1
