"""Templates of export, chosen, copied, changed and used in the window, by keys and mouse."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton

from reader.ui.dialogs.export import ExportDialog
from reader.ui.dialogs.templates import TemplatesDialog
from tests.ui.conftest import Desk

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    return tmp_path / "data" / "passage" / "templates"


@pytest.fixture
def marked(folder: Path, desk: Desk) -> Desk:
    desk.drag("forty million")
    desk.type("5")
    return desk


def shown(desk: Desk) -> TemplatesDialog:
    desk.trigger("templates")
    (dialog,) = desk.window.findChildren(TemplatesDialog)
    desk.qtbot.waitUntil(dialog.field.isVisible)
    return dialog


def close(desk: Desk, dialog: TemplatesDialog) -> None:
    desk.qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    desk.qtbot.waitUntil(lambda: not desk.window.findChildren(TemplatesDialog))
    desk.wait_idle()


def choose(desk: Desk, dialog: TemplatesDialog, name: str) -> None:
    """By keys, in the list."""
    desk.qtbot.keyClick(dialog.list, Qt.Key.Key_Home)
    while dialog.name.text() != name:
        row = dialog.list.currentRow()
        desk.qtbot.keyClick(dialog.list, Qt.Key.Key_Down)
        assert dialog.list.currentRow() > row, f"no {name}"


def copied(desk: Desk, dialog: TemplatesDialog, name: str, source: str) -> None:
    """A copy under a name, saying something of its own, all of it typed."""
    choose(desk, dialog, "reading-notes.md")
    desk.qtbot.mouseClick(dialog.copy_button, LEFT)
    desk.qtbot.waitUntil(dialog.name.hasFocus)
    desk.qtbot.keyClicks(dialog.name, name)
    desk.qtbot.keyClick(dialog.name, Qt.Key.Key_Return)
    desk.qtbot.keyClick(dialog.field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    desk.qtbot.keyClicks(dialog.field, source)


def holds(path: Path, source: str) -> Callable[[], bool]:
    return lambda: path.is_file() and path.read_text("utf-8") == source


def test_each_shows_what_it_makes_and_those_of_the_program_stay(marked: Desk) -> None:
    dialog = shown(marked)
    assert dialog.list.count() == 3
    for name, words in (("quotations.txt", "1. “forty million”"), ("reading-notes.md", "> forty million")):
        choose(marked, dialog, name)
        marked.qtbot.waitUntil(lambda words=words: words in dialog.preview.toPlainText())
        before = dialog.field.toPlainText()
        marked.qtbot.keyClicks(dialog.field, "x")
        assert dialog.field.toPlainText() == before
        assert not dialog.delete_button.isEnabled()
    close(marked, dialog)


def test_a_copy_is_named_changed_kept_and_used(marked: Desk, folder: Path, tmp_path: Path) -> None:
    dialog = shown(marked)
    source = "{% for mark in marks %}* {{ mark.quote }}{% endfor %}"
    copied(marked, dialog, "mine", source)
    marked.qtbot.waitUntil(holds(folder / "mine.md.j2", source))
    assert [path.name for path in folder.iterdir()] == ["mine.md.j2"]
    marked.qtbot.waitUntil(lambda: dialog.preview.toPlainText() == "* forty million")
    marked.qtbot.mouseClick(dialog.export_button, LEFT)
    (export,) = marked.window.findChildren(ExportDialog)
    assert export.forms.form().name == "template:mine.md"
    marked.qtbot.waitUntil(lambda: export.preview.toPlainText() == "* forty million")
    export.path.setText(str(tmp_path / "out.md"))
    marked.qtbot.mouseClick(export.export_button, LEFT)
    marked.qtbot.waitUntil(lambda: "1 annotation" in export.outcome.text())
    assert (tmp_path / "out.md").read_text("utf-8") == "* forty million"
    export.close()
    marked.wait_idle()


def test_an_error_names_the_line_and_goes_when_it_is_mended(marked: Desk, folder: Path) -> None:
    dialog = shown(marked)
    copied(marked, dialog, "mine", "fine")
    marked.qtbot.waitUntil(lambda: dialog.preview.toPlainText() == "fine")
    marked.qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    marked.qtbot.keyClicks(dialog.field, "{{ marks[0].qoute }}")
    marked.qtbot.waitUntil(dialog.error.isVisible)
    assert dialog.error.text() == "Line 2 of the template “mine.md”: there is no “qoute” here; “quote” may be meant."
    (wrong,) = dialog.field.extraSelections()
    assert wrong.cursor.blockNumber() == 1  # pyright: ignore[reportAttributeAccessIssue]
    assert dialog.preview.toPlainText() == "fine"
    dialog.field.go_to_line(1)
    marked.qtbot.mouseClick(dialog.to_line, LEFT)
    assert (dialog.field.textCursor().blockNumber(), dialog.field.hasFocus()) == (1, True)
    marked.qtbot.keyClick(dialog.field, Qt.Key.Key_End, Qt.KeyboardModifier.ShiftModifier)
    marked.qtbot.keyClicks(dialog.field, "mended")
    marked.qtbot.waitUntil(lambda: dialog.preview.toPlainText() == "fine\nmended")
    assert (dialog.error.isVisible(), dialog.to_line.isVisible(), dialog.field.extraSelections()) == (False, False, [])
    close(marked, dialog)


def test_what_was_typed_last_is_kept_when_the_dialog_is_closed_at_once(marked: Desk, folder: Path) -> None:
    dialog = shown(marked)
    copied(marked, dialog, "mine", "the last words")
    close(marked, dialog)
    assert (folder / "mine.md.j2").read_text("utf-8") == "the last words"
    again = shown(marked)
    assert (again.name.text(), again.field.toPlainText()) == ("mine.md", "the last words")
    close(marked, again)


def test_what_cannot_be_written_is_on_the_clipboard_and_what_others_wrote_stays(marked: Desk, folder: Path) -> None:
    dialog = shown(marked)
    copied(marked, dialog, "mine", "one")
    marked.qtbot.waitUntil(holds(folder / "mine.md.j2", "one"))
    (folder / "mine.md.j2").unlink()
    folder.rmdir()
    folder.write_text("in the way", "utf-8")
    marked.qtbot.keyClicks(dialog.field, " two")
    marked.qtbot.waitUntil(lambda: "It is on the clipboard." in dialog.said.text())
    assert QGuiApplication.clipboard().text() == dialog.field.toPlainText() == "one two"
    folder.unlink()
    marked.qtbot.keyClicks(dialog.field, " three")
    marked.qtbot.waitUntil(holds(folder / "mine.md.j2", "one two three"))
    (folder / "mine.md.j2").write_text("theirs", "utf-8")
    marked.qtbot.keyClicks(dialog.field, " four")
    marked.qtbot.waitUntil(holds(folder / "mine 2.md.j2", "one two three four"))
    assert dialog.said.text() == "Another program changed “mine.md”; what you wrote is in “mine 2.md” now."
    assert dialog.name.text() == "mine 2.md"
    assert (folder / "mine.md.j2").read_text("utf-8") == "theirs"
    close(marked, dialog)


def test_one_that_was_deleted_comes_back_and_takes_what_can_be_used_by_enter(marked: Desk, folder: Path) -> None:
    dialog = shown(marked)
    copied(marked, dialog, "mine", "mine")
    marked.qtbot.mouseClick(dialog.delete_button, LEFT)
    assert not list(folder.iterdir())
    assert dialog.said.text() == "“mine.md” was deleted."
    marked.qtbot.mouseClick(dialog.restore_button, LEFT)
    assert (folder / "mine.md.j2").read_text("utf-8") == "mine"
    assert dialog.name.text() == "mine.md"
    (quote,) = dialog.words.findItems("mark.quote", Qt.MatchFlag.MatchRecursive | Qt.MatchFlag.MatchExactly)
    dialog.words.setCurrentItem(quote)
    marked.qtbot.keyClick(dialog.words, Qt.Key.Key_Return)
    assert "{{ mark.quote }}" in dialog.field.toPlainText()
    assert dialog.isVisible()
    close(marked, dialog)


def test_without_annotations_it_says_what_there_is(folder: Path, desk: Desk) -> None:
    dialog = shown(desk)
    desk.qtbot.waitUntil(lambda: "There are no annotations in this export." in dialog.preview.toPlainText())
    close(desk, dialog)


def test_the_preview_is_of_the_open_document_if_it_is_marked(marked: Desk) -> None:
    text = "Another paper says sixty million.\n"
    other = marked.library.adding.add_text(text, "The other paper").document
    assert other
    marked.library.annotate.highlight(other.uid, text, 19, 32)
    dialog = shown(marked)
    assert dialog.source.text() == "From the annotations of “The reservoir”"
    marked.qtbot.waitUntil(lambda: "forty million" in dialog.preview.toPlainText())
    assert "sixty million" not in dialog.preview.toPlainText()
    close(marked, dialog)
    marked.window.session.close_document()
    dialog = shown(marked)
    assert dialog.source.text() == "From the annotations of all documents"
    marked.qtbot.waitUntil(lambda: "sixty million" in dialog.preview.toPlainText())
    close(marked, dialog)


def test_a_key_leads_from_the_export_to_the_template_that_is_chosen_and_back(marked: Desk) -> None:
    marked.trigger("export")
    (export,) = marked.window.findChildren(ExportDialog)
    export.forms.choose("template:quotations.txt")
    marked.qtbot.waitUntil(export.isActiveWindow)
    words = [button.text() for button in export.findChildren(QAbstractButton) if not button.isHidden()]
    letters = [word[word.index("&") + 1].casefold() for word in words if "&" in word]
    assert len(letters) == len(set(letters)), sorted(letters)
    marked.press(Qt.Key.Key_M, Qt.KeyboardModifier.AltModifier)
    marked.qtbot.waitUntil(lambda: not marked.window.findChildren(ExportDialog))
    (dialog,) = marked.window.findChildren(TemplatesDialog)
    assert dialog.name.text() == "quotations.txt"
    marked.qtbot.mouseClick(dialog.export_button, LEFT)
    marked.qtbot.waitUntil(lambda: bool(marked.window.findChildren(ExportDialog)))
    (export,) = marked.window.findChildren(ExportDialog)
    assert export.forms.form().name == "template:quotations.txt"
    export.reject()
    marked.wait_idle()
