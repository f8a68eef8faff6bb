"""The library as a whole, from the window: backups put back, texts that are not there, several documents at once."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QItemSelectionModel, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QKeyEvent
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QLabel

from reader.services.library import Library
from reader.ui.dialogs.check import CheckDialog
from reader.ui.dialogs.export import ExportDialog
from reader.ui.dialogs.restore import RestoreDialog
from reader.ui.widgets.tag_entry import TagEntry
from tests.ui.conftest import TEXT, Desk

OpenDesk = Callable[..., Desk]


def titles(desk: Desk) -> list[str]:
    return [row.title for row in desk.window.complete().documents.model.shown_rows()]


def add(desk: Desk, *files: Path) -> list[str]:
    return [r.document.uid for r in desk.library.adding.add(files) if r.document]


def file(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def only(desk: Desk, kind: type[QDialog]) -> QDialog:
    (dialog,) = desk.window.findChildren(kind)
    return dialog


# -- backups


def test_a_backup_is_put_back_under_the_open_document(desk: Desk, tmp_path: Path) -> None:
    desk.library.backups.write(tmp_path / "before.sqlite")
    desk.drag("forty million")
    desk.type("5")
    add(desk, file(tmp_path, "later.txt", "Later\n\nAdded after the backup."))
    assert "Later" in titles(desk)
    desk.window.complete().library_actions.backing_up.restore_from(tmp_path / "before.sqlite")
    desk.wait_idle()
    assert titles(desk) == ["The reservoir"]
    assert desk.window.session.uid == desk.uid
    assert desk.window.session.annotations == {}
    assert desk.window.complete().notes.model.rowCount() == 0
    assert "before.sqlite" in desk.window.status.message()


def test_an_open_document_that_the_backup_does_not_hold_is_closed(desk: Desk, tmp_path: Path) -> None:
    desk.library.backups.write(tmp_path / "before.sqlite")
    (later,) = add(desk, file(tmp_path, "later.txt", "Later\n\nAdded after the backup."))
    desk.window.complete().places.open(later)
    desk.window.complete().library_actions.backing_up.restore_from(tmp_path / "before.sqlite")
    desk.wait_idle()
    assert desk.window.session.document is None
    assert titles(desk) == ["The reservoir"]
    assert "before.sqlite" in desk.window.status.message()


def test_a_file_that_is_no_backup_leaves_the_open_document_alone(desk: Desk, tmp_path: Path) -> None:
    nonsense = tmp_path / "nonsense.sqlite"
    nonsense.write_bytes(b"not a library " * 500)
    desk.window.complete().library_actions.backing_up.restore_from(nonsense)
    desk.wait_idle()
    assert desk.window.session.uid == desk.uid
    assert "not a library" in desk.window.status.message()


# -- texts that are not there


@pytest.fixture
def stub(desk: Desk, open_desk: OpenDesk, tmp_path: Path, library_path: Path) -> Desk:
    """A window on a library that holds the annotations of the text, and not the text."""
    desk.drag("forty million")
    desk.type("5")
    desk.library.exchange.export(tmp_path / "out.json")
    desk.trigger("remove")
    bare = Library.open(tmp_path / "bare.sqlite")
    bare.exchange.import_file(tmp_path / "out.json")
    (summary,) = bare.documents.list()
    bare.backups.write(tmp_path / "copy.sqlite")
    bare.close()
    desk.library.backups.restore(tmp_path / "copy.sqlite")
    return open_desk(summary.uid)


def test_a_document_without_its_text_says_so_and_takes_its_file(
    stub: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    nothing = stub.window.complete().nothing
    assert nothing.isVisible()
    assert "The reservoir" in nothing.sentence()
    assert not stub.window.reading.isVisible()
    assert stub.window.complete().notes.model.rowCount() == 1
    assert "words" not in " ".join(label.text() for label in stub.window.status.findChildren(QLabel))
    chosen = [str(tmp_path / "reservoir.txt")]
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *args, **kwargs: (chosen, ""))
    (button,) = nothing.buttons()
    stub.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    stub.qtbot.waitUntil(lambda: stub.window.reading.isVisible())
    stub.wait_idle()
    assert not nothing.isVisible()
    assert stub.text == TEXT
    (mark,) = stub.window.session.annotations.values()
    assert mark.quote == "forty million"
    assert stub.window.pane.annotation_rect(mark.uid).width() > 0


def test_a_document_read_again_while_it_is_open_shows_its_new_text(desk: Desk, tmp_path: Path) -> None:
    desk.drag("forty million")
    desk.type("5")
    file(tmp_path, "reservoir.txt", "A line before it all.\n\n" + TEXT)
    desk.window.complete().adding.add([tmp_path / "reservoir.txt"], then_open=True)
    desk.wait_idle()
    assert desk.text.startswith("A line before")
    (mark,) = desk.window.session.annotations.values()
    assert mark.anchor
    assert desk.text[mark.anchor.start : mark.anchor.end] == "forty million"
    desk.trigger("undo")
    assert desk.text == TEXT


# -- several at once, and files


def test_several_documents_are_tagged_in_one_step(desk: Desk, tmp_path: Path) -> None:
    (other,) = add(desk, file(tmp_path, "other.txt", "Other\n\nAnother text."))
    desk.library.documents.edit(other, tags=["press"])
    desk.window.complete().document_actions.tags([desk.uid, other])
    (entry,) = desk.window.findChildren(TagEntry)
    entry.committed.emit(["dam", "Press"])
    entry.close()
    assert [desk.library.documents.get(uid).tags for uid in (desk.uid, other)] == [("dam", "press"), ("press", "dam")]
    assert "2 documents" in desk.window.status.message()
    desk.trigger("undo")
    assert [desk.library.documents.get(uid).tags for uid in (desk.uid, other)] == [(), ("press",)]


def test_the_menus_verbs_mean_the_documents_chosen_in_the_list_while_the_keyboard_is_there(
    desk: Desk, tmp_path: Path
) -> None:
    (other,) = add(desk, file(tmp_path, "other.txt", "Other\n\nAnother text."))
    panel = desk.window.complete().documents
    desk.trigger("focus_documents")
    desk.qtbot.waitUntil(panel.view.hasFocus)
    # Whatever keys the test before pressed last, one document is chosen.
    chosen = QItemSelectionModel.SelectionFlag.ClearAndSelect
    panel.view.selectionModel().setCurrentIndex(panel.model.index_of(other), chosen)
    desk.trigger("remove")
    assert titles(desk) == ["The reservoir"]
    assert desk.window.session.uid == desk.uid


@pytest.mark.parametrize("size", [100, 200_000])
def test_a_file_that_is_gone_is_shown_as_the_librarys_copy(
    size: int, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = "A long text about water. " * (size // 25)
    (uid,) = add(desk, path := file(tmp_path, "gone.txt", words))
    path.unlink()
    shown: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", shown.append)
    desk.window.complete().document_actions.reveal(uid)
    (url,) = shown
    copy = desk.library.documents.original(uid)
    assert copy
    assert Path(url.toLocalFile()) == copy.parent
    assert copy.read_text("utf-8") == words


def test_nothing_is_left_of_a_closed_dialog(desk: Desk) -> None:
    desk.trigger("restore")
    dialog = only(desk, RestoreDialog)
    desk.qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    desk.qtbot.waitUntil(lambda: not desk.window.findChildren(RestoreDialog))
    assert dialog not in QApplication.topLevelWidgets()


# -- a library that can only be read


@pytest.fixture
def newer(desk: Desk, open_desk: OpenDesk, library_path: Path) -> Desk:
    """A window on a library that a newer version has written."""
    other = open_desk().library.path.with_name("newer.sqlite")
    Library.open(library_path).backups.write(other)
    with closing(sqlite3.connect(other)) as connection:
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        connection.execute(f"PRAGMA user_version = {version + 1}")
    return open_desk(desk.uid, path=other)


def test_a_newer_library_is_read_as_the_reader_likes_it(newer: Desk) -> None:
    assert newer.library.read_only
    for name in ("theme_sepia", "face_sans", "zoom_in", "wider"):
        newer.trigger(name)
    look = newer.window.appearance
    assert (look.theme.name, look.typography.family, look.typography.zoom) == ("sepia", "sans", 1.1)
    assert look.typography.width_chars > 66
    assert newer.library.settings.get("theme", "") == "sepia"


def test_writing_into_a_newer_library_says_why_it_cannot_be(newer: Desk, tmp_path: Path) -> None:
    newer.drag("forty million")
    newer.type("5")
    assert newer.marks() == []
    assert "newer version" in newer.window.status.message()
    for verb in ("remove", "undo", "redo"):
        newer.trigger(verb)
        assert newer.window.session.uid == newer.uid
    newer.window.complete().adding.add([file(tmp_path, "other.txt", "Other words.")], then_open=True)
    newer.wait_idle()
    assert titles(newer) == ["The reservoir"]
    assert newer.window.pane.selection() == newer.span("forty million")


# -- what the menus say


def test_undo_and_redo_name_what_they_do(desk: Desk) -> None:
    edit = next(menu for menu in desk.window.menus if menu.title() == "&Edit")
    desk.drag("forty million")
    desk.type("5")
    edit.aboutToShow.emit()
    assert desk.window.actions_["undo"].text() == "&Undo: Figure added"
    desk.trigger("undo")
    edit.aboutToShow.emit()
    assert desk.window.actions_["redo"].text() == "&Redo: Figure added"
    edit.aboutToHide.emit()
    assert desk.window.actions_["redo"].text() == "&Redo"


def test_the_windows_keys_work_from_a_field_too(desk: Desk) -> None:
    desk.trigger("search")
    to_the_end = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    to_the_end.ignore()
    QApplication.sendEvent(desk.window.complete().search.field.line, to_the_end)
    assert not to_the_end.isAccepted()
    desk.press(Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    only(desk, ExportDialog).close()
    desk.qtbot.waitUntil(lambda: not desk.window.findChildren(ExportDialog))


def test_escape_leads_from_a_field_to_the_text(desk: Desk) -> None:
    desk.trigger("search")
    desk.type("water")
    desk.press(Qt.Key.Key_Escape)
    assert desk.window.complete().search.query() == ""
    assert not desk.window.pane.hasFocus()
    desk.press(Qt.Key.Key_Escape)
    assert desk.window.pane.hasFocus()
    desk.wait_idle()


def test_a_check_says_all_that_it_has_found(desk: Desk) -> None:
    desk.drag("forty million")
    desk.type("5")
    desk.trigger("check")
    desk.wait_idle()
    dialog = only(desk, CheckDialog)
    words = " ".join(label.text() for label in dialog.findChildren(QLabel))
    assert "All is in order" in words
    assert "1 exact" in words
    dialog.close()
    desk.qtbot.waitUntil(lambda: not desk.window.findChildren(CheckDialog))
