"""What is asked before tags are made, merged, split, tidied, taken in: it tells first, and then does just that."""

from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QDialog, QFileDialog, QPushButton

from reader.model.annotation import Color
from reader.ui.codebook import control
from reader.ui.codebook.asking import MergeDialog, NewTagDialog, SplitDialog
from reader.ui.codebook.importing import CodebookImportDialog
from reader.ui.codebook.tidying import TidyDialog
from reader.ui.codebook.window import CodebookWindow
from tests.ui.codebook.conftest import Book, mark, open_book
from tests.ui.conftest import Desk

D = TypeVar("D", bound=QDialog)
LEFT = Qt.MouseButton.LeftButton

# Completions come up in a popup, which the platform of the tests has its limits with.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing)", extend=True)


def names(desk: Desk) -> set[str]:
    return {tag.name for tag in desk.library.tags.list()}


def ask(desk: Desk, window: CodebookWindow, words: str, kind: type[D]) -> D:
    """Click the button and wait for its dialog to have the keyboard."""
    buttons = window.findChildren(QPushButton)
    desk.qtbot.mouseClick(next(b for b in buttons if b.text().replace("&", "").startswith(words)), LEFT)
    dialog = next(each for each in window.findChildren(kind) if each.isVisible())
    desk.qtbot.waitUntil(dialog.isActiveWindow)
    return dialog


def test_a_new_tag_is_made_in_the_current_one(desk: Desk, book: Book) -> None:
    window = book("cost")
    dialog = ask(desk, window, "New tag", NewTagDialog)
    desk.qtbot.keyClicks(dialog.name, "dam")
    desk.press(Qt.Key.Key_Return)
    assert "cost/dam" in names(desk)
    assert window.current() == "cost/dam"
    again = ask(desk, window, "New tag", NewTagDialog)
    again.under.setText("COST")
    desk.qtbot.keyClicks(again.name, "Dam")
    desk.press(Qt.Key.Key_Return)
    assert again.isVisible()
    assert "already" in again.error.text()
    again.reject()


def test_merging_tells_what_it_would_change(desk: Desk, book: Book) -> None:
    mark(desk, "ninety-two", "cost/dam")
    window = book("cost")
    dialog = ask(desk, window, "Merge", MergeDialog)
    assert not dialog.go.isEnabled()
    desk.qtbot.keyClicks(dialog.target, "boar")
    assert "no other tag" in dialog.preview.text()
    desk.qtbot.keyClicks(dialog.target, "D")
    said = "1 mark gets “board” instead. 1 with both tags keeps that one. Tags nested in “cost” stay: “cost/dam”."
    assert dialog.preview.text() == said
    desk.qtbot.mouseClick(dialog.go, LEFT)
    assert names(desk) >= {"board", "cost/dam"}
    assert "cost" not in names(desk)
    assert window.current() == "board"
    assert {m.quote for m in desk.marks() if "board" in m.tags} == {"forty million", "ninety-two"}


def test_splitting_counts_before_and_says_what_is_no_filter(desk: Desk, book: Book) -> None:
    window = book("cost")
    first = next(m for m in desk.marks() if "cost" in m.tags)
    desk.library.annotate.recolor([first.uid], Color.GREEN)
    dialog = ask(desk, window, "Split", SplitDialog)
    desk.qtbot.keyClicks(dialog.words, "color:red")
    desk.qtbot.waitUntil(lambda: "does not go" in dialog.error.text())
    dialog.words.clear()
    desk.qtbot.keyClicks(dialog.words, "color:green")
    desk.qtbot.waitUntil(lambda: dialog.preview.text() == "1 of 2 marks meet this.")
    desk.qtbot.keyClicks(dialog.target, "Cost")
    assert not dialog.go.isEnabled(), "the tag itself is no other tag"
    desk.qtbot.keyClicks(dialog.target, "/green")
    assert dialog.go.isEnabled()
    desk.press(Qt.Key.Key_Return)
    assert {m.quote: set(m.tags) for m in desk.marks() if "Cost/green" in m.tags} == {
        first.quote: {"Cost/green", *first.tags} - {"cost"}
    }
    assert window.current() == "Cost/green"


def test_twins_are_merged_with_one_click_and_unused_ones_deleted(desk: Desk, book: Book) -> None:
    desk.library.tags.add("later")
    window = book()
    dialog = ask(desk, window, "Tidy", TidyDialog)
    desk.qtbot.waitUntil(lambda: dialog.pair() == ("costs", "cost"))
    assert dialog.preview.text() == "1 mark would be tagged “cost” instead."
    desk.qtbot.mouseClick(dialog.turn, LEFT)
    assert dialog.pair() == ("cost", "costs")
    desk.qtbot.mouseClick(dialog.turn, LEFT)
    desk.qtbot.mouseClick(dialog.merge, LEFT)
    assert "costs" not in names(desk)
    desk.qtbot.waitUntil(lambda: "No two tags" in dialog.said_twins.text())
    assert [dialog.unused.item(row).text() for row in range(dialog.unused.count())] == ["later"]
    desk.qtbot.mouseClick(dialog.delete, LEFT)
    assert "later" not in names(desk)
    desk.qtbot.waitUntil(lambda: dialog.said_unused.text() == "Every tag is used.")
    desk.library.history.undo()
    desk.library.history.undo()
    assert names(desk) >= {"costs", "later"}
    dialog.reject()
    desk.wait_idle()


@pytest.mark.parametrize("form", ["csv", "qdc"])
def test_a_codebook_goes_out_and_comes_in_after_a_look(
    desk: Desk, book: Book, form: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.library.tags.edit("cost", color="#112233", description="All that is paid")
    window, file = book(), tmp_path / f"codes.{form}"
    chosen = str(file), "REFI-QDA codebook (*.qdc)" if form == "qdc" else "Table (*.csv)"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: chosen)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args: chosen)
    click(desk, window, "Export")
    desk.qtbot.waitUntil(lambda: "exported" in desk.window.status.message())
    assert b"All that is paid" in file.read_bytes()
    desk.library.tags.edit("cost", color="#445566", description="")
    desk.library.tags.delete("board")
    desk.wait_idle()
    dialog = ask(desk, window, "Import", CodebookImportDialog)
    desk.qtbot.waitUntil(lambda: "1 new" in dialog.state.text())
    assert [dialog.rows.item(row).text() for row in range(dialog.rows.count())] == ["New: board", "Changed: cost"]
    assert "board" not in names(desk)
    click(desk, dialog, "Import")
    found = {tag.name: (tag.color, tag.description) for tag in desk.library.tags.list()}
    assert found["cost"] == ("#445566", "All that is paid")
    assert "board" in found
    dialog = ask(desk, window, "Import", CodebookImportDialog)
    desk.qtbot.waitUntil(dialog.replace.isEnabled)
    assert not dialog.go.isEnabled()
    dialog.findChild(QCheckBox).click()  # type: ignore[union-attr]
    desk.qtbot.waitUntil(dialog.go.isEnabled)
    click(desk, dialog, "Import")
    assert {tag.name: tag.color for tag in desk.library.tags.list()}["cost"] == "#112233"
    desk.wait_idle()


def click(desk: Desk, window: QDialog, words: str) -> None:
    buttons = window.findChildren(QPushButton)
    desk.qtbot.mouseClick(next(b for b in buttons if b.text().replace("&", "").startswith(words)), LEFT)


def test_what_is_no_codebook_is_said_and_changes_nothing(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, file = open_book(desk), tmp_path / "codes.csv"
    file.write_bytes(b"\x89PNG\r\n\x1a\n\0\0")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args: (str(file), ""))
    dialog = ask(desk, window, "Import", CodebookImportDialog)
    desk.qtbot.waitUntil(lambda: "UTF-8" in dialog.error.text())
    assert not dialog.go.isEnabled()
    file.unlink()
    dialog.replace.setEnabled(True)
    dialog.replace.click()
    desk.qtbot.waitUntil(lambda: "could not be read" in dialog.error.text())
    assert names(desk) == set()


def test_a_place_that_cannot_be_written_is_said(
    desk: Desk, book: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = book()
    chosen = str(tmp_path / "nowhere" / "codes.csv"), ""
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: chosen)
    click(desk, window, "Export")
    desk.qtbot.waitUntil(lambda: "another place" in window.fields.error.text())


def test_what_changes_very_many_marks_is_done_off_the_interface_s_thread(
    desk: Desk, book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(control, "MANY", 0)
    window = book("cost")
    dialog = ask(desk, window, "Merge", MergeDialog)
    desk.qtbot.keyClicks(dialog.target, "board")
    desk.qtbot.mouseClick(dialog.go, LEFT)
    assert not dialog.go.isEnabled(), "once is enough"
    desk.qtbot.waitUntil(lambda: window.current() == "board")
    assert "cost" not in names(desk)
    desk.qtbot.waitUntil(lambda: not window.findChildren(MergeDialog))
    desk.qtbot.mouseClick(window.undo, LEFT)
    desk.qtbot.waitUntil(lambda: "cost" in window.names())
    window.choose("cost")
    split = ask(desk, window, "Split", SplitDialog)
    desk.qtbot.keyClicks(split.words, "words:nothing")
    split.requested.emit("nothing at all", "other")
    desk.qtbot.waitUntil(lambda: "nothing was changed" in split.error.text())
    split.reject()
    desk.wait_idle()
