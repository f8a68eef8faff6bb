"""The import dialog: what is shown before, meanwhile and afterwards, and what can be decided."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QLabel
from pytestqt.qtbot import QtBot

from reader.model.document import Metadata
from reader.model.library import DocumentSummary
from reader.services.import_forms import TableHead
from reader.services.import_preview import Becomes, ImportPreview, SeenDocument, SeenRecord, Stands
from reader.services.recognising import How
from reader.ui.dialogs.import_ import ImportDialog
from reader.ui.dialogs.import_choice import ChoiceDialog
from reader.ui.theme import load_theme, style_sheet
from tests.ui.dialogs.conftest import Shown

EXACT = SeenRecord("1", "a", Stands.EXACTLY, Becomes.NEW, "the lake is deep", "why?")
ROUGH = SeenRecord("2", "a", Stands.ROUGHLY, Becomes.NEW, "the lake was full then", "", "the lake was empty then", 0.91)
LOST = SeenRecord("3", "a", Stands.LOST, Becomes.NEW, "nothing of the kind", "", score=0.0)
AWAY = SeenRecord("4", "b", Stands.NOT_HERE, Becomes.LEFT_OUT, "elsewhere", "")
HERE = SeenDocument("a", "The lake", "", "x", "The Lake: a history", How.TITLE, 3)
GONE = SeenDocument("b", "The sea", "", "", "", How.NOT_HERE, 1)
HEAD = TableHead(("Words", "Remark"), (("the lake", "deep"), ("the sea", "")), {"note": "Remark"})


def seen(*records: SeenRecord, new: int | None = None, same: int = 0, masks: int = 0) -> ImportPreview:
    count = len(records) if new is None else new
    return ImportPreview(count, same, 0, 0, 1, 0, (), masks, "w3c", True, (HERE, GONE), records)


@pytest.fixture
def dialog(shown: Shown) -> ImportDialog:
    made = shown(ImportDialog("/home/someone/colleague.json"))
    assert isinstance(made, ImportDialog)
    return made


def rows(view: object) -> list[list[str]]:
    model = view.model()  # type: ignore[attr-defined]
    return [
        [model.index(row, column).data() for column in range(model.columnCount())] for row in range(model.rowCount())
    ]


def test_import_is_offered_after_the_preview_only(dialog: ImportDialog, qtbot: QtBot) -> None:
    assert not dialog.import_button.isEnabled()
    dialog.set_preview(seen(EXACT, ROUGH, LOST))
    assert dialog.state.text() == "3 records: 1 found word for word, 1 found roughly, 1 not found."
    with qtbot.waitSignal(dialog.import_requested) as asked:
        qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Return)
    assert asked.args == [True]
    dialog.set_progress(3, 31)
    assert dialog.progress.isVisible()
    dialog.set_result("31 annotations added.", ["records[12]: no quote."], lost=1)
    assert dialog.problems.count() == 1
    assert not dialog.progress.isVisible()
    with qtbot.assertNotEmitted(dialog.stop_requested), qtbot.waitSignal(dialog.rejected):
        qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Return)


def test_what_is_not_found_may_be_left_out_and_is_placed_afterwards(dialog: ImportDialog, qtbot: QtBot) -> None:
    dialog.set_preview(seen(EXACT, LOST))
    assert dialog.keep.text().endswith("(1)")
    dialog.keep.setFocus()
    qtbot.keyClick(dialog.keep, Qt.Key.Key_Space)
    with qtbot.waitSignal(dialog.import_requested) as asked:
        qtbot.keyClick(dialog.keep, Qt.Key.Key_Return)
    assert asked.args == [False]
    dialog.set_result("Done.", (), lost=2)
    assert dialog.place_button.text() == "&Place 2 by hand…"
    with qtbot.waitSignal(dialog.place_requested), qtbot.waitSignal(dialog.accepted):
        qtbot.mouseClick(dialog.place_button, Qt.MouseButton.LeftButton)


def test_documents_say_what_they_were_taken_for(dialog: ImportDialog, qtbot: QtBot) -> None:
    dialog.set_preview(seen(EXACT, AWAY))
    view = dialog.documents.view
    assert rows(view) == [
        ["The lake", "3", "The Lake: a history", "its title"],
        ["The sea", "1", "Not here: left out", ""],
    ]
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_Down)
    with qtbot.waitSignal(dialog.choice_requested) as asked:
        qtbot.keyClick(dialog.documents.choose_button, Qt.Key.Key_Space)
    assert asked.args == [GONE]
    with qtbot.waitSignal(dialog.choice_made) as made:
        qtbot.mouseClick(dialog.documents.leave_button, Qt.MouseButton.LeftButton)
    assert made.args == ["b", ""]
    dialog.look_again()
    assert not dialog.import_button.isEnabled()
    dialog.set_preview(seen(EXACT, AWAY), chosen=frozenset({"b"}))
    assert view.currentIndex().row() == 1
    assert not dialog.documents.leave_button.isEnabled()
    with qtbot.waitSignal(dialog.choice_made) as back:
        qtbot.mouseClick(dialog.documents.guess_button, Qt.MouseButton.LeftButton)
    assert back.args == ["b", None]


def test_records_are_shown_by_how_they_stand_and_to_the_last_word(dialog: ImportDialog, qtbot: QtBot) -> None:
    dialog.set_preview(seen(EXACT, ROUGH, LOST))
    page = dialog.records
    dialog.pages.setCurrentWidget(page)
    assert len(rows(page.view)) == 3
    page.kind.setFocus()
    for _ in range(2):
        qtbot.keyClick(page.kind, Qt.Key.Key_Down)
    assert rows(page.view) == [["the lake was full then", "Found roughly", "is added"]]
    page.view.setFocus()
    qtbot.keyClick(page.view, Qt.Key.Key_Home)
    assert "the lake was full then” → “the lake was empty then” (91 % alike)" in page.whole.toPlainText()
    dialog.set_preview(seen(EXACT, ROUGH, LOST))
    assert len(rows(page.view)) == 1


def test_a_file_with_nothing_new_is_said_and_not_imported(dialog: ImportDialog) -> None:
    dialog.set_preview(seen(EXACT, new=0, same=1))
    assert "already" in dialog.state.text()
    assert not dialog.import_button.isEnabled()
    assert dialog.close_button.hasFocus()


def test_a_file_without_annotations_is_said_to_be_one(dialog: ImportDialog) -> None:
    dialog.set_preview(replace(seen(), documents=(), documents_new=0))
    assert dialog.state.text() == "There is no annotation in this file."


def test_a_file_of_documents_that_are_not_here_says_what_to_do(dialog: ImportDialog) -> None:
    dialog.set_preview(seen(AWAY, new=0))
    assert "choose documents for it" in dialog.state.text()
    assert not dialog.import_button.isEnabled()


def test_a_text_that_comes_along_is_said_and_imported(dialog: ImportDialog) -> None:
    along = replace(GONE, comes_along=True)
    dialog.set_preview(replace(seen(), documents=(along,), documents_new=1))
    assert rows(dialog.documents.view) == [["The sea", "1", "Its text comes along", ""]]
    assert dialog.import_button.isEnabled()


def test_a_file_that_only_hides_something_is_imported(dialog: ImportDialog) -> None:
    dialog.set_preview(seen(masks=2))
    assert "2 hidden passages" in dialog.outcome.text()
    assert dialog.import_button.isEnabled()


def test_closing_while_the_file_is_read_stops_the_reading(dialog: ImportDialog, qtbot: QtBot) -> None:
    with qtbot.waitSignal(dialog.stop_requested):
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)


def test_a_file_that_cannot_be_read(dialog: ImportDialog) -> None:
    dialog.set_error("The file is no export of Passage.")
    assert dialog.error.isVisible()
    assert not dialog.import_button.isEnabled()
    assert not dialog.progress.isVisible()


def test_with_one_sentence_left_to_say_it_is_as_small_as_that(shown: Shown) -> None:
    for say, part in (
        (lambda one: one.set_error("The file is none."), 1 / 2),
        (lambda one: one.set_result("1 annotation added"), 1 / 2),
        (lambda one: one.set_result("1 annotation added", ["1 was not found."], 1), 4 / 5),
    ):
        dialog = shown(ImportDialog("x.json"))
        tall = dialog.height()
        say(dialog)
        assert dialog.height() <= tall * part
        assert dialog.close_button.hasFocus()
        dialog.close()


def test_with_something_left_to_read_or_to_choose_it_keeps_its_size(shown: Shown) -> None:
    dialog = shown(ImportDialog("x.json"))
    tall = dialog.height()
    dialog.set_preview(seen(EXACT))
    dialog.set_error("This document is not in the library any more.")
    assert (dialog.height(), dialog.documents.isVisible()) == (tall, True)
    dialog.set_result("1 annotation added", [f"annotations[{n}]: no words" for n in range(9)])
    assert (dialog.height(), dialog.problems.isVisible()) == (tall, True)


def test_a_table_that_cannot_be_read_so_may_be_told_otherwise(dialog: ImportDialog) -> None:
    dialog.set_table(HEAD, {"quote": "Words"})
    dialog.set_error("The table is broken.")
    assert dialog.columns
    assert dialog.columns.isVisible()


def test_a_table_is_told_its_columns(dialog: ImportDialog, qtbot: QtBot) -> None:
    dialog.set_table(HEAD, {})
    dialog.ask_columns()
    box = dialog.focusWidget()
    assert isinstance(box, QComboBox)
    assert [box.itemText(at) for at in range(box.count())] == ["(no column)", "Words", "Remark"]
    assert dialog.columns
    apply = dialog.columns.apply_button
    assert not apply.isEnabled()
    qtbot.keyClick(box, Qt.Key.Key_Down)
    with qtbot.waitSignal(dialog.columns_chosen) as chosen:
        qtbot.mouseClick(apply, Qt.MouseButton.LeftButton)
    assert chosen.args == [{"quote": "Words"}]
    dialog.set_table(HEAD, {"quote": "Words"})
    dialog.set_preview(seen(EXACT))
    assert not apply.isEnabled()
    assert dialog.import_button.isEnabled()


def test_the_columns_of_a_table_take_no_room_from_what_is_in_front_of_them(dialog: ImportDialog) -> None:
    dialog.set_table(HEAD, {"quote": "Words"})
    dialog.set_preview(seen(EXACT))
    assert dialog.columns
    assert dialog.pages.currentWidget() is dialog.documents
    assert dialog.pages.minimumSizeHint().height() < dialog.columns.minimumSizeHint().height()
    dialog.pages.setCurrentWidget(dialog.columns)
    assert dialog.pages.minimumSizeHint().height() > dialog.columns.minimumSizeHint().height()


def test_what_was_dropped_may_be_a_document_after_all(shown: Shown, qtbot: QtBot) -> None:
    dialog = shown(ImportDialog("x.csv", dropped=True))
    assert isinstance(dialog, ImportDialog)
    with qtbot.waitSignal(dialog.document_requested):
        qtbot.mouseClick(dialog.document_button, Qt.MouseButton.LeftButton)
    assert not dialog.isVisible()


@pytest.mark.parametrize("make", [lambda: seen(EXACT, ROUGH, LOST), lambda: seen(*[EXACT] * 5000)])
def test_however_many_records_it_stays_small(dialog: ImportDialog, make: Callable[[], ImportPreview]) -> None:
    dialog.set_preview(make())
    QApplication.processEvents()
    assert (dialog.sizeHint().width(), dialog.sizeHint().height() <= 680) == (760, True)


def test_a_document_is_chosen_by_its_words(shown: Shown, qtbot: QtBot) -> None:
    documents = [
        DocumentSummary(str(n), f"id{n}", Metadata(title, ("Ada Lee",)), "text")
        for n, title in enumerate(["The Lake", "The Sea", "Über Seen"])
    ]
    dialog = shown(ChoiceDialog("Lake", documents))
    assert isinstance(dialog, ChoiceDialog)
    qtbot.keyClicks(dialog.focusWidget(), "uber lee")
    assert rows(dialog.view) == [["Über Seen", "Ada Lee", "id2"]]
    dialog.words.clear()
    qtbot.keyClick(dialog.words, Qt.Key.Key_Down)
    with qtbot.waitSignal(dialog.chosen) as chosen:
        qtbot.keyClick(dialog.words, Qt.Key.Key_Return)
    assert chosen.args == ["1"]


def test_the_documents_to_choose_from_are_seen_from_the_beginning(qapp: QApplication, shown: Shown) -> None:
    before = qapp.styleSheet()
    qapp.setStyleSheet(style_sheet(load_theme("light")))
    try:
        documents = [DocumentSummary(str(n), f"id{n}", Metadata(f"Book {n}"), "text") for n in range(9)]
        dialog = shown(ChoiceDialog("Lake", documents))
        assert isinstance(dialog, ChoiceDialog)
        shown_whole = dialog.view.mapTo(dialog, dialog.view.rect().bottomLeft()).y()
        assert dialog.view.height() >= 200
        assert shown_whole < dialog.choose_button.mapTo(dialog, dialog.choose_button.rect().topLeft()).y()
    finally:
        qapp.setStyleSheet(before)


def test_words_that_stand_several_times_are_not_said_to_be_missing(dialog: ImportDialog) -> None:
    dialog.set_preview(seen(replace(LOST, repeated=True)))
    told = dialog.records.whole.toPlainText()
    assert "Stands several times, and nothing tells which is meant; is added." in told
    assert "Not found" not in told


def test_no_document_of_that_name_is_said(shown: Shown, qtbot: QtBot) -> None:
    dialog = shown(ChoiceDialog("", []))
    assert isinstance(dialog, ChoiceDialog)
    assert not dialog.choose_button.isEnabled()
    assert any("add one first" in label.text() for label in dialog.findChildren(QLabel))
