"""The window shows what other programs write to its library, while it is open, soon after."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QApplication

from reader.model.annotation import Color
from reader.services.library import Library
from tests.ui.conftest import Desk


@pytest.fixture
def other(desk: Desk, library_path: Path) -> Iterator[Library]:
    """Another program at the window's library."""
    library = Library.open(library_path)
    yield library
    library.close()


def shows(desk: Desk, what: Callable[[], object]) -> None:
    desk.qtbot.waitUntil(lambda: bool(what()))


def rows(desk: Desk) -> int:
    parts = desk.window.parts
    assert parts
    return parts.notes.model.rowCount()


def test_a_mark_from_elsewhere_comes_into_text_list_and_strip(desk: Desk, other: Library) -> None:
    start, end = desk.span("promised the town")
    other.annotate.highlight(desk.uid, desk.text, start, end, color=Color.PINK)
    shows(desk, lambda: rows(desk) == 1)
    assert desk.window.status.message().startswith("In another program: ")
    desk.click(start + 2)
    assert desk.window.parts
    assert desk.window.parts.marking.current
    other.history.undo()
    shows(desk, lambda: rows(desk) == 0)
    assert not desk.window.session.annotations


def test_the_command_line_in_a_process_of_its_own(desk: Desk, library_path: Path, tmp_path: Path) -> None:
    file = tmp_path / "second.txt"
    file.write_text("A second text, which the command line adds.\n", encoding="utf-8")
    for arguments in (["annotate", desk.uid, "--exact", "promised the town", "--note", "why?"], ["add", str(file)]):
        command = [sys.executable, "-m", "reader", "--library", str(library_path), *arguments]
        subprocess.run(command, check=True, capture_output=True, timeout=60)
    parts = desk.window.parts
    assert parts
    shows(desk, lambda: rows(desk) == 1 and parts.documents.model.rowCount() == 2)
    assert [mark.note for mark in desk.window.session.annotations.values()] == ["why?"]


def test_undo_takes_the_last_step_of_the_file_and_names_it(desk: Desk, other: Library) -> None:
    start, end = desk.span("promised the town")
    other.annotate.highlight(desk.uid, desk.text, start, end)
    desk.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)  # before the window has looked
    assert desk.window.status.message().endswith("(made by another program)")
    assert not desk.marks()
    assert not desk.window.session.annotations


def test_what_is_being_typed_stays_when_the_mark_is_changed_elsewhere(desk: Desk, other: Library) -> None:
    start, end = desk.span("promised the town")
    mark = desk.library.annotate.highlight(desk.uid, desk.text, start, end).annotations_added[0]
    assert desk.window.parts
    desk.window.parts.notes.view.edit_note(mark.uid)
    desk.type("mine")
    other.annotate.recolor([mark.uid], Color.PINK)
    shows(desk, lambda: desk.window.session.annotations[mark.uid].color is Color.PINK)
    desk.type(", still")
    desk.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert [(found.note, found.color) for found in desk.marks()] == [("mine, still", Color.PINK)]


@pytest.mark.parametrize("everything", [False, True])
def test_what_is_being_typed_is_kept_when_the_mark_is_deleted_elsewhere(
    desk: Desk, other: Library, everything: bool
) -> None:
    start, end = desk.span("promised the town")
    mark = desk.library.annotate.highlight(desk.uid, desk.text, start, end, tags=["lake"]).annotations_added[0]
    assert desk.window.parts
    desk.window.parts.notes.view.edit_note(mark.uid)
    desk.type("not to be lost")
    other.annotate.delete([mark.uid])
    if everything:
        with other.store.transaction() as connection:  # the file gets another shape, as after a restored backup
            connection.execute("CREATE TABLE shape (id INTEGER PRIMARY KEY) STRICT")
    shows(desk, lambda: mark.uid not in desk.window.session.annotations)
    shows(desk, lambda: "clipboard" in desk.window.status.message())
    assert QApplication.clipboard().text() == "not to be lost"


def test_a_document_removed_elsewhere_leaves_the_window(desk: Desk, other: Library) -> None:
    other.documents.remove([desk.uid])
    shows(desk, lambda: not desk.window.session.uid)
    assert desk.window.parts
    assert desk.window.parts.documents.model.rowCount(QModelIndex()) == 0
    other.documents.restore([desk.uid])
    assert desk.window.parts
    shows(desk, lambda: desk.window.parts and desk.window.parts.documents.model.rowCount() == 1)
