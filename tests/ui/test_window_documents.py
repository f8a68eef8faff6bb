"""Adding, opening, removing, exporting and importing, from the whole window."""

import json
import re
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QPushButton

from reader.formats.registry import EXTENSIONS
from reader.model.errors import ReaderError
from reader.services.add_result import AddResult
from reader.services.library import Library
from reader.ui.adding import file_filter, is_rich, seldom, summary
from reader.ui.dialogs.add_report import AddReport
from reader.ui.dialogs.deleted import DeletedDialog
from reader.ui.dialogs.details import DetailsDialog
from reader.ui.dialogs.export import ExportDialog
from reader.ui.dialogs.export_scope import Scope
from tests.ui.conftest import Desk

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    (folder / "deep").mkdir(parents=True)
    (folder / "one.md").write_text("# First\n\nA word about dams.\n", encoding="utf-8")
    (folder / "deep" / "two.html").write_text("<title>Second</title><p>Another word.</p>", encoding="utf-8")
    (folder / "three.txt").write_bytes(b"")
    return folder


def titles(desk: Desk) -> set[str]:
    return {d.title for d in desk.library.documents.list()}


def only(desk: Desk, kind: type[QDialog]) -> QDialog:
    (dialog,) = desk.window.findChildren(kind)
    return dialog


def close(desk: Desk, dialog: QDialog) -> None:
    dialog.close()
    desk.qtbot.waitUntil(lambda: not desk.window.findChildren(type(dialog)))


def test_a_dropped_folder_is_added_with_all_in_it_and_what_failed_is_listed(desk: Desk, articles: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(articles)), QUrl.fromLocalFile(str(articles / "three.txt"))])
    event = QDropEvent(
        QPointF(600, 400), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    desk.window.dropEvent(event)
    desk.wait_idle()
    assert {"First", "Second"} <= titles(desk)
    report = only(desk, AddReport)
    close(desk, report)


def test_text_dragged_from_another_program_becomes_a_document(desk: Desk) -> None:
    mime = QMimeData()
    mime.setText("A dragged thought\n\nabout water.")
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(600, 400), Qt.DropAction.CopyAction, mime, buttons, keys)
    desk.window.dragEnterEvent(enter)
    assert enter.isAccepted()
    desk.window.dropEvent(QDropEvent(QPointF(600, 400), Qt.DropAction.CopyAction, mime, buttons, keys))
    desk.qtbot.waitUntil(lambda: desk.window.windowTitle().startswith("A dragged thought"))
    nothing = QMimeData()
    empty = QDragEnterEvent(QPoint(600, 400), Qt.DropAction.CopyAction, nothing, buttons, keys)
    empty.ignore()
    desk.window.dragEnterEvent(empty)
    assert not empty.isAccepted()


def test_the_first_document_that_can_be_read_is_opened(desk: Desk, articles: Path) -> None:
    desk.window.complete().adding.add([articles / "three.txt", articles / "one.md"], then_open=True)
    desk.qtbot.waitUntil(lambda: desk.window.windowTitle().startswith("First"))
    desk.wait_idle()
    close(desk, only(desk, AddReport))


def test_large_numbers_are_easy_to_read(tmp_path: Path) -> None:
    many = [AddResult(tmp_path, "added", None)] * 5000 + [AddResult(tmp_path, "failed", None)] * 1200
    assert summary(many) == "5,000 documents added, 1,200 could not be read"


def test_one_undo_takes_a_whole_addition_back(desk: Desk, articles: Path) -> None:
    desk.window.complete().adding.add([articles / "one.md", articles / "deep"])
    desk.wait_idle()
    assert {"First", "Second"} <= titles(desk)
    desk.trigger("undo")
    assert titles(desk) == {"The reservoir"}
    desk.trigger("redo")
    assert {"First", "Second"} <= titles(desk)


def test_pasted_text_becomes_a_document(desk: Desk) -> None:
    QGuiApplication.clipboard().setText("A pasted thought\n\nabout water.")
    desk.press(Qt.Key.Key_V, CONTROL)
    desk.qtbot.waitUntil(lambda: desk.window.windowTitle().startswith("A pasted thought"))
    assert "about water." in desk.text


def test_pasted_rich_text_keeps_its_headings_and_emphasis(desk: Desk) -> None:
    mime = QMimeData()
    mime.setText("A pasted page\n\nabout dear water.")
    mime.setHtml("<h2>A pasted page</h2><p>about <b>dear</b> water.</p>")
    QGuiApplication.clipboard().setMimeData(mime)
    desk.press(Qt.Key.Key_V, CONTROL)
    desk.qtbot.waitUntil(lambda: desk.window.windowTitle().startswith("A pasted page"))
    document = desk.window.session.document
    assert document
    assert document.summary.format == "html"
    assert [block.kind for block in document.document.blocks] == ["heading", "paragraph"]
    assert [desk.text[s.start : s.end] for s in document.document.spans if s.kind == "bold"] == ["dear"]


@pytest.mark.parametrize(
    ("markup", "rich"),
    [
        ("<p>One <a href='x'>link</a></p>", True),
        ("<UL><LI>one</UL>", True),
        ("<meta charset=utf-8><span style='color:red'>plain</span>", False),
        ("<body><article><p>plain</p></article>", False),
        ("", False),
    ],
)
def test_markup_that_says_no_more_than_its_words_is_pasted_as_text(markup: str, rich: bool) -> None:
    assert is_rich(markup) == rich


def test_progress_is_told_seldom_but_at_the_end() -> None:
    told: list[tuple[object, ...]] = []
    progress = seldom(lambda *values: told.append(values))
    for number in range(2000):
        progress(number, 2000, "x", number, 2000)
    progress(2000, 2000, "", 2000, 2000)
    assert told[0][0] == 0
    assert told[-1] == (2000, 2000, "", 2000, 2000)
    assert len(told) < 1000


def test_the_file_dialog_offers_every_format_that_is_read() -> None:
    offered = {f".{part.removeprefix('*.')}" for part in re.findall(r"\*\.\w+", file_filter())}
    assert offered == EXTENSIONS


def test_the_document_dialogs_come_from_the_file_menu(
    desk: Desk, articles: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen = [str(articles / "one.md")]
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *args, **kwargs: (chosen, ""))
    desk.press(Qt.Key.Key_O, CONTROL)
    desk.qtbot.waitUntil(lambda: desk.window.windowTitle().startswith("First"))


def test_what_was_said_of_an_addition_goes_with_the_next_document_and_undo_stays(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "weir.txt"
    file.write_text("The weir\n\nIt was opened in spring.", encoding="utf-8")
    desk.window.complete().adding.add([file], then_open=True)
    desk.wait_idle()
    status = desk.window.status
    assert status.message() == "“The weir” added"
    assert desk.window.session.uid != desk.uid
    desk.window.complete().places.open(desk.uid)
    assert status.message() == ""
    desk.trigger("undo")
    assert [d.uid for d in desk.library.documents.list()] == [desk.uid]
    assert status.message()


def test_details_are_edited_and_undone(desk: Desk) -> None:
    desk.press(Qt.Key.Key_I, CONTROL)
    dialog = only(desk, DetailsDialog)
    assert isinstance(dialog, DetailsDialog)
    dialog.title_field.setText("A lake too dear")
    dialog.source.setText("Harlow Courier")
    desk.qtbot.keyClick(dialog.source, Qt.Key.Key_Return)
    desk.qtbot.waitUntil(lambda: not desk.window.findChildren(DetailsDialog))
    summary = desk.library.documents.get(desk.uid)
    assert (summary.title, summary.metadata.source) == ("A lake too dear", "Harlow Courier")
    desk.trigger("undo")
    assert desk.library.documents.get(desk.uid).title == "The reservoir"


def test_a_removed_document_keeps_its_marks_and_comes_back(desk: Desk) -> None:
    desk.drag("forty million")
    desk.type("5")
    desk.trigger("remove")
    assert titles(desk) == set()
    assert desk.window.session.document is None
    desk.trigger("bin")
    dialog = only(desk, DeletedDialog)
    assert isinstance(dialog, DeletedDialog)
    desk.qtbot.waitUntil(dialog.restore_button.isEnabled)
    desk.qtbot.mouseClick(dialog.restore_button, Qt.MouseButton.LeftButton)
    desk.qtbot.waitUntil(lambda: not desk.window.findChildren(DeletedDialog))
    assert titles(desk) == {"The reservoir"}
    assert [m.quote for m in desk.marks()] == ["forty million"]


def test_delete_in_the_list_removes_the_document_and_not_a_mark(desk: Desk) -> None:
    desk.drag("forty million")
    desk.type("5")
    desk.press(Qt.Key.Key_L, CONTROL)
    assert QApplication.focusWidget() is not desk.window.pane
    desk.press(Qt.Key.Key_Delete)
    assert titles(desk) == set()
    desk.trigger("undo")
    assert [m.quote for m in desk.marks()] == ["forty million"]


def test_export_by_dialog_and_import_into_a_second_library(desk: Desk, tmp_path: Path) -> None:
    desk.drag("forty million")
    desk.type("5")
    target, again = tmp_path / "out.json", tmp_path / "again.json"
    desk.press(Qt.Key.Key_E, CONTROL)
    dialog = only(desk, ExportDialog)
    assert isinstance(dialog, ExportDialog)
    dialog.choices[Scope.DOCUMENT].setChecked(True)
    dialog.path.setText(str(target))
    desk.qtbot.mouseClick(dialog.export_button, Qt.MouseButton.LeftButton)
    desk.wait_idle()
    assert str(target) in dialog.outcome.text()
    close(desk, dialog)
    exported = json.loads(target.read_text("utf-8"))
    assert [a["quote"]["exact"] if "quote" in a else a for a in exported["annotations"]]
    second = Library.open(tmp_path / "second.sqlite")
    second.exchange.import_file(target)
    second.exchange.export(again)
    second.close()
    assert again.read_bytes() == target.read_bytes()


def test_importing_shows_what_would_come_and_can_be_undone(desk: Desk, tmp_path: Path) -> None:
    target = tmp_path / "out.json"
    desk.drag("forty million")
    desk.type("5")
    desk.library.exchange.export(target)
    desk.trigger("delete")
    assert desk.marks() == []
    dialog = desk.window.complete().exchange.preview(target)
    desk.wait_idle()
    desk.qtbot.mouseClick(dialog.import_button, Qt.MouseButton.LeftButton)
    desk.wait_idle()
    assert [m.quote for m in desk.marks()] == ["forty million"]
    close(desk, dialog)
    desk.trigger("undo")
    assert desk.marks() == []


def test_the_place_in_a_document_is_remembered(desk: Desk, open_desk, articles: Path) -> None:
    long = articles / "long.txt"
    long.write_text("\n\n".join(f"Paragraph {n} of a long text." for n in range(400)), encoding="utf-8")
    desk.window.complete().adding.add([long], then_open=True)
    desk.qtbot.waitUntil(lambda: desk.window.windowTitle().startswith("Paragraph 0"))
    desk.wait_idle()
    there = desk.text.index("Paragraph 250")
    with desk.qtbot.waitSignal(desk.window.pane.position_changed):
        desk.window.pane.go_to(there, flash=False)
    uid = desk.window.session.uid
    kept = desk.library.documents.get(uid).position
    again = open_desk(uid)
    assert again.window.pane.top_position() == kept
    assert abs(kept - there) < 2000


def test_a_document_can_be_stepped_to_and_gone_back_from(desk: Desk, articles: Path) -> None:
    desk.window.complete().adding.add([articles / "one.md"], then_open=True)
    desk.qtbot.waitUntil(lambda: desk.window.windowTitle().startswith("First"))
    desk.wait_idle()
    desk.press(Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert desk.window.session.uid == desk.uid
    desk.press(Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert desk.window.windowTitle().startswith("First")


def test_stop_gives_up_the_one_large_file_that_is_being_read(desk: Desk, tmp_path: Path) -> None:
    page = tmp_path / "large.html"
    page.write_text("<title>Large</title>" + "<p>It <b>rained</b> in the valley.</p>" * 400_000, encoding="utf-8")
    parts = desk.window.complete()
    parts.adding.add([page], then_open=True)
    desk.qtbot.waitUntil(parts.task_bar.isVisible)
    desk.qtbot.mouseClick(parts.task_bar.findChildren(QPushButton)[0], Qt.MouseButton.LeftButton)
    desk.wait_idle()
    assert titles(desk) == {"The reservoir"}
    assert desk.window.status.message() == "Stopped; nothing was added."
    assert not parts.task_bar.isVisible()


def test_a_mark_is_made_while_a_large_file_is_being_read(desk: Desk, tmp_path: Path) -> None:
    page = tmp_path / "large.html"
    page.write_text("<title>Large</title>" + "<p>It <b>rained</b> in the valley.</p>" * 400_000, encoding="utf-8")
    desk.window.complete().adding.add([page])
    desk.drag("forty million")
    desk.type("5")
    assert [m.quote for m in desk.marks()] == ["forty million"]
    assert desk.window.tasks.busy()
    desk.window.complete().adding.stop()
    desk.wait_idle()


def test_stop_ends_an_addition_and_keeps_what_is_in(desk: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    body = "It rained, and nobody in the valley said so.\n\n" * 20_000
    for number in range(40):
        (folder / f"{number:02}.txt").write_text(f"Letter {number}\n\n{body}", encoding="utf-8")
    stop = desk.window.complete().task_bar.stop_requested
    desk.window.session.changed.connect(lambda change: stop.emit() if change.documents_added else None)
    desk.window.complete().adding.add([folder])
    desk.wait_idle()
    added = len(desk.library.documents.list()) - 1
    assert 0 < added < 40
    assert f"{added} document" in desk.window.status.message() or added == 1
    desk.trigger("undo")
    assert titles(desk) == {"The reservoir"}


def test_why_a_known_document_does_not_open_stays_said(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def damaged(uid: str) -> None:
        raise ReaderError("The text of this document is damaged.")

    file = tmp_path / "reservoir.txt"
    desk.window.session.close_document()
    monkeypatch.setattr(desk.library.documents, "open", damaged)
    desk.window.complete().adding.add([file], then_open=True)
    desk.wait_idle()
    assert desk.window.status.message() == "The text of this document is damaged."
    monkeypatch.undo()
    desk.window.complete().adding.add([file], then_open=True)
    desk.wait_idle()
    assert desk.window.status.message() == "“The reservoir” is already here"
    assert desk.window.session.document
