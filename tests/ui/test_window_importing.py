"""Import in the window: dropped files, tables, documents chosen by hand, what is not found, undo."""

import json
from collections.abc import Callable
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication

from reader.model.annotation import AnchorState
from reader.model.errors import Cancelled
from reader.ui.dialogs.import_ import ImportDialog
from reader.ui.dialogs.import_choice import ChoiceDialog
from reader.ui.dialogs.review import ReviewDialog
from reader.ui.dialogs.work import WorkDialog
from tests.ui.conftest import Desk

FOUND = "It has now promised a price as well"
ROUGHLY = "the paper says ninety-three. The1988crisis is not mentioned"
GONE = "words that stand nowhere in it at all"


def w3c(path: Path, *quotes: str, source: str = "https://example.org/lake") -> Path:
    target: dict[str, Any]
    values: list[dict[str, Any]] = []
    for number, quote in enumerate(quotes):
        target = {"source": source, "selector": {"type": "TextQuoteSelector", "exact": quote}}
        values.append({"type": "Annotation", "id": f"https://example.org/{number}", "target": target})
    path.write_text(json.dumps(values), "utf-8")
    return path


def drop(desk: Desk, *paths: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    none = Qt.KeyboardModifier.NoModifier
    button = Qt.MouseButton.LeftButton
    copy = Qt.DropAction.CopyAction
    QApplication.sendEvent(desk.window, QDragEnterEvent(QPoint(20, 20), copy, mime, button, none))
    QApplication.sendEvent(desk.window, QDropEvent(QPointF(20, 20), copy, mime, button, none))


def shown(desk: Desk, kind: type[Any]) -> Any:
    desk.wait_idle()
    found = [part for part in QApplication.topLevelWidgets() if isinstance(part, kind) and part.isVisible()]
    return found[0] if found else None


def opened(desk: Desk, path: Path) -> ImportDialog:
    dialog = desk.window.complete().exchange.preview(path)
    desk.wait_idle()
    return dialog


def test_a_file_of_another_program_is_shown_record_by_record_and_undone_at_once(desk: Desk, tmp_path: Path) -> None:
    before = desk.library.exchange.dumps()
    dialog = opened(desk, w3c(tmp_path / "theirs.json", FOUND, ROUGHLY, GONE))
    assert dialog.form.text() == "W3C Web Annotation"
    assert dialog.state.text() == "3 records: 1 found word for word, 1 found roughly, 1 not found."
    assert dialog.documents.model.documents[0].how == "quotes"
    assert dialog.records.whole.toPlainText() == f"“{FOUND}”\nFound exactly; is added."
    assert desk.library.exchange.dumps() == before
    desk.qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Return)
    desk.wait_idle()
    assert sorted(str(mark.state) for mark in desk.marks()) == ["exact", "lost", "moved"]
    assert dialog.place_button.text() == "&Place 1 by hand…"
    desk.qtbot.mouseClick(dialog.place_button, Qt.MouseButton.LeftButton)
    review = shown(desk, ReviewDialog)
    assert review.kind.currentText() == "Lost"
    assert GONE in review.current_uid() or desk.library.annotate.get(review.current_uid()).quote == GONE
    review.reject()
    desk.trigger("undo")
    assert desk.library.exchange.dumps() == before


def test_what_is_not_found_is_left_out_when_that_is_wanted(desk: Desk, tmp_path: Path) -> None:
    dialog = opened(desk, w3c(tmp_path / "theirs.json", FOUND, ROUGHLY, GONE))
    desk.qtbot.keyClick(dialog.keep, Qt.Key.Key_Space)
    desk.qtbot.mouseClick(dialog.import_button, Qt.MouseButton.LeftButton)
    desk.wait_idle()
    assert AnchorState.LOST not in {mark.state for mark in desk.marks()}
    assert len(desk.marks()) == 2
    assert dialog.place_button.isHidden()
    dialog.reject()


def test_a_second_import_finds_everything_here(desk: Desk, tmp_path: Path) -> None:
    file = w3c(tmp_path / "theirs.json", FOUND, ROUGHLY)
    for _ in range(2):
        dialog = opened(desk, file)
        if dialog.import_button.isEnabled():
            desk.qtbot.mouseClick(dialog.import_button, Qt.MouseButton.LeftButton)
            desk.wait_idle()
        dialog.reject()
    assert "already" in dialog.state.text()
    assert len(desk.marks()) == 2


def test_another_document_is_chosen_and_given_up_again(desk: Desk, tmp_path: Path) -> None:
    dialog = opened(desk, w3c(tmp_path / "theirs.json", "keep water, by other ways"))
    assert not dialog.import_button.isEnabled()
    dialog.documents.view.setFocus()
    desk.qtbot.mouseClick(dialog.documents.choose_button, Qt.MouseButton.LeftButton)
    chooser = shown(desk, ChoiceDialog)
    desk.qtbot.keyClicks(chooser.words, "reserv")
    desk.qtbot.keyClick(chooser.words, Qt.Key.Key_Return)
    desk.wait_idle()
    assert dialog.documents.model.documents[0].here == desk.uid
    assert dialog.import_button.isEnabled()
    desk.qtbot.mouseClick(dialog.documents.leave_button, Qt.MouseButton.LeftButton)
    desk.wait_idle()
    assert not dialog.import_button.isEnabled()
    desk.qtbot.mouseClick(dialog.documents.guess_button, Qt.MouseButton.LeftButton)
    desk.wait_idle()
    assert dialog.documents.model.documents[0].how == "not here"
    dialog.reject()


def test_a_dropped_file_of_annotations_is_offered_and_may_be_a_document(desk: Desk, tmp_path: Path) -> None:
    text = tmp_path / "plain.txt"
    text.write_text("A text, with a comma\n\nand no annotations, none.", "utf-8")
    drop(desk, w3c(tmp_path / "theirs.json", FOUND), text)
    dialog = shown(desk, ImportDialog)
    assert dialog.import_button.isEnabled()
    assert len(desk.library.documents.list()) == 2
    desk.qtbot.mouseClick(dialog.document_button, Qt.MouseButton.LeftButton)
    desk.qtbot.waitUntil(lambda: len(desk.library.documents.list()) == 3)
    desk.wait_idle()


def large(path: Path) -> Path:
    """An export with much white space at its end."""
    file = w3c(path, FOUND)
    file.write_bytes(file.read_bytes() + b" " * (9 << 20))
    return file


def test_a_large_file_that_is_dropped_is_looked_at_behind_a_bar(desk: Desk, tmp_path: Path) -> None:
    drop(desk, large(tmp_path / "theirs.json"))
    waiting = next(part for part in QApplication.topLevelWidgets() if isinstance(part, WorkDialog) and part.isVisible())
    assert "holds annotations" in waiting.line.words()
    dialog = shown(desk, ImportDialog)
    assert shown(desk, WorkDialog) is None
    assert dialog.import_button.isEnabled()
    dialog.reject()


def test_a_large_file_that_is_dropped_is_given_up_with_a_key(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, go = Event(), Event()

    def slow(_path: Path, _progress: object, cancelled: Callable[[], bool]) -> str:
        begun.set()
        assert go.wait(30)
        assert cancelled()
        return ""

    monkeypatch.setattr("reader.services.import_forms.dropped_form", slow)
    before = desk.library.documents.list()
    drop(desk, large(tmp_path / "theirs.json"))
    waiting = next(part for part in QApplication.topLevelWidgets() if isinstance(part, WorkDialog) and part.isVisible())
    assert begun.wait(30)
    desk.qtbot.keyClick(waiting, Qt.Key.Key_Escape)
    with desk.qtbot.waitSignal(desk.window.session.said, check_params_cb=lambda words, _undo: "Stopped" in words):
        go.set()
    assert shown(desk, ImportDialog) is None
    assert shown(desk, WorkDialog) is None
    assert desk.library.documents.list() == before


def test_two_dropped_files_are_asked_about_one_after_the_other(desk: Desk, tmp_path: Path) -> None:
    drop(desk, w3c(tmp_path / "one.json", FOUND), w3c(tmp_path / "two.json", ROUGHLY))
    for _ in range(2):
        dialog = shown(desk, ImportDialog)
        desk.qtbot.mouseClick(dialog.import_button, Qt.MouseButton.LeftButton)
        desk.wait_idle()
        dialog.reject()
    assert shown(desk, ImportDialog) is None
    assert len(desk.marks()) == 1  # both call theirs the same: the second is another state of it, and no newer


def test_bookmarks_are_told_and_the_first_record_is_there_to_read(desk: Desk, tmp_path: Path) -> None:
    about = (
        "The reservoir (Okafor)\n- Your {} on Location {} | Added on Sunday, 1 March 2026 09:30:00\n\n{}\n==========\n"
    )
    path = tmp_path / "My Clippings.txt"
    path.write_text(about.format("Highlight", 3, FOUND) + about.format("Bookmark", 5, ""), "utf-8")
    dialog = opened(desk, path)
    assert dialog.records.whole.toPlainText().startswith(f"“{FOUND}”")
    assert [dialog.problems.item(at).text() for at in range(dialog.problems.count())] == [
        "1 bookmark has no place here."
    ]
    desk.qtbot.keyClick(dialog.import_button, Qt.Key.Key_Space)
    desk.wait_idle()
    assert dialog.state.text() == "1 annotation added, 0 updated"
    dialog.reject()


def test_in_a_small_window_a_table_is_told_without_scrolling(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_text(f"a,b\n{FOUND},one\n", "utf-8")
    dialog = opened(desk, path)
    dialog.resize(760, 420)
    desk.qtbot.waitUntil(lambda: dialog.height() <= 480)
    assert dialog.columns
    button = dialog.columns.apply_button
    assert not button.visibleRegion().isEmpty()
    assert button.visibleRegion().boundingRect().size() == button.size()
    dialog.columns.boxes["quote"].setCurrentIndex(1)
    desk.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    desk.wait_idle()
    assert dialog.documents.isVisible()
    choose = dialog.documents.choose_button
    desk.qtbot.waitUntil(lambda: choose.visibleRegion().boundingRect().size() == choose.size())
    dialog.reject()


def test_a_table_is_read_as_it_was_told_the_last_time(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "table.csv"
    file.write_text(f"Was,Wozu\n{FOUND},warum?\n", "utf-8")
    dialog = opened(desk, file)
    assert "has to be told" in dialog.state.text()
    box = dialog.focusWidget()
    desk.qtbot.keyClick(box, Qt.Key.Key_Down)
    assert dialog.columns
    desk.qtbot.keyClick(dialog.columns.apply_button, Qt.Key.Key_Space)
    desk.wait_idle()
    assert dialog.state.text() == "1 record: 1 found word for word."
    dialog.reject()
    again = opened(desk, file)
    assert again.state.text() == "1 record: 1 found word for word."
    desk.qtbot.keyClick(again.focusWidget(), Qt.Key.Key_Return)
    desk.wait_idle()
    assert [mark.quote for mark in desk.marks()] == [FOUND]
    again.reject()


@pytest.mark.parametrize("data", [b"", b"{", b"[[[[", b"\0\1\2", b'{"format": "passage 1"', "Grüße".encode("cp1252")])
def test_a_bad_file_gives_one_sentence_and_changes_nothing(desk: Desk, tmp_path: Path, data: bytes) -> None:
    before = desk.library.exchange.dumps()
    file = tmp_path / "bad.json"
    file.write_bytes(data)
    dialog = opened(desk, file)
    assert dialog.error.text().endswith(".")
    assert not dialog.import_button.isEnabled()
    assert desk.library.exchange.dumps() == before
    dialog.reject()


def test_a_file_that_is_read_for_long_is_given_up_at_once(desk: Desk, tmp_path: Path) -> None:
    before = desk.library.exchange.dumps()
    read, given_up = Event(), []

    def endless(file: object, **_told: object) -> None:
        read.set()
        try:
            while True:
                file.watch.step()  # type: ignore[attr-defined]
        except Cancelled:
            given_up.append(file)
            raise

    desk.library.exchange.read = endless  # type: ignore[method-assign, assignment]
    dialog = desk.window.complete().exchange.preview(w3c(tmp_path / "theirs.json", FOUND))
    desk.qtbot.waitUntil(lambda: read.is_set() and not dialog.import_button.isEnabled())
    with desk.qtbot.waitSignal(dialog.rejected):
        desk.qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    desk.wait_idle()
    assert len(given_up) == 1
    assert desk.library.exchange.dumps() == before
