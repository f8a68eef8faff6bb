"""Export: what is asked, what is shown meanwhile and afterwards."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QScrollArea
from pytestqt.qtbot import QtBot

from reader.interchange.forms import FORMS
from reader.ui.dialogs.export import ExportDialog
from reader.ui.dialogs.export_fields import Place
from reader.ui.dialogs.export_scope import Scope
from reader.ui.dialogs.export_wanted import Wanted
from tests.ui.dialogs.conftest import Shown


@pytest.fixture
def export(shown: Shown, tmp_path: Path) -> ExportDialog:
    return shown(
        ExportDialog(tmp_path / "out.json", forms=FORMS, everything=312, document_title="R & D", document=9, filtered=3)
    )


def test_enter_exports_the_first_choice(export: ExportDialog, tmp_path: Path, qtbot: QtBot) -> None:
    with qtbot.waitSignal(export.export_requested) as asked:
        qtbot.keyClick(export.focusWidget(), Qt.Key.Key_Return)
    assert asked.args == [Wanted("passage", "", Scope.DOCUMENT, Place.FILE, tmp_path / "out.json")]
    assert export.isVisible()


def test_another_choice_by_mouse_and_its_count(export: ExportDialog, qtbot: QtBot) -> None:
    button = export.choices[Scope.FILTERED]
    assert button.text().endswith("(3)")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton, pos=button.rect().center() / 2)
    assert export.scope() == Scope.FILTERED
    assert "R && D" in export.choices[Scope.DOCUMENT].text()


def test_what_is_not_there_is_not_offered(shown: Shown, tmp_path: Path) -> None:
    dialog = shown(ExportDialog(tmp_path / "x.json", forms=FORMS, everything=1))
    assert list(dialog.choices) == [Scope.WORDS, Scope.ALL]
    assert dialog.scope() == Scope.ALL


def test_a_title_of_another_direction_leaves_its_number_behind_it(shown: Shown, tmp_path: Path) -> None:
    dialog = shown(ExportDialog(tmp_path / "x.json", forms=FORMS, everything=9, document_title="سد و دره", document=7))
    assert dialog.choices[Scope.DOCUMENT].text() == "&This document: \u2068سد و دره\u2069  (7)"


def test_while_it_works_it_can_only_be_stopped(export: ExportDialog, qtbot: QtBot) -> None:
    qtbot.mouseClick(export.export_button, Qt.MouseButton.LeftButton)
    export.set_progress(5, 9)
    assert export.progress.isVisible()
    assert export.progress.value() == 5
    assert not export.export_button.isEnabled()
    with qtbot.waitSignal(export.stop_requested):
        qtbot.mouseClick(export.close_button, Qt.MouseButton.LeftButton)
    assert export.isVisible()
    with qtbot.assertNotEmitted(export.stop_requested):
        qtbot.mouseClick(export.close_button, Qt.MouseButton.LeftButton)
    export.set_stopped("Stopped; nothing was written.")
    assert export.findChild(QLabel, "result").text() == "Stopped; nothing was written."
    assert not export.progress.isVisible()
    assert not export.reveal.isVisible()
    assert export.close_button.text() == "Cancel"
    with qtbot.waitSignal(export.export_requested):
        qtbot.keyClick(export.focusWidget(), Qt.Key.Key_Return)
    assert not export.outcome.isVisible()
    export.set_result("Done.")


def test_escape_stops_it_and_a_second_time_closes(export: ExportDialog, qtbot: QtBot) -> None:
    qtbot.mouseClick(export.export_button, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(export.stop_requested), qtbot.assertNotEmitted(export.finished):
        qtbot.keyClick(export, Qt.Key.Key_Escape)
    with qtbot.assertNotEmitted(export.stop_requested), qtbot.waitSignal(export.finished):
        qtbot.keyClick(export, Qt.Key.Key_Escape)


def test_closing_the_window_while_it_works_stops_it(export: ExportDialog, qtbot: QtBot) -> None:
    qtbot.mouseClick(export.export_button, Qt.MouseButton.LeftButton)
    with qtbot.waitSignals([export.stop_requested, export.finished]):
        export.close()


def test_closing_it_idle_stops_nothing(export: ExportDialog, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(export.stop_requested):
        qtbot.keyClick(export, Qt.Key.Key_Escape)


def test_the_result_stays_and_enter_then_closes(export: ExportDialog, qtbot: QtBot) -> None:
    qtbot.mouseClick(export.export_button, Qt.MouseButton.LeftButton)
    export.set_result("9 annotations are in out.json.")
    assert export.findChild(QLabel, "result").text() == "9 annotations are in out.json."
    assert not export.progress.isVisible()
    with qtbot.waitSignal(export.reveal_requested) as asked:
        qtbot.mouseClick(export.reveal, Qt.MouseButton.LeftButton)
    assert asked.args[0].endswith("out.json")
    export.choices[Scope.DOCUMENT].setFocus()
    with qtbot.assertNotEmitted(export.export_requested), qtbot.waitSignal(export.rejected):
        qtbot.keyClick(export.focusWidget(), Qt.Key.Key_Return)


def test_it_grows_with_its_answer_whatever_the_length(export: ExportDialog, qtbot: QtBot) -> None:
    bar = export.findChildren(QScrollArea)[0].verticalScrollBar()
    for letters in range(40, 130):
        export._export()
        QApplication.processEvents()
        export.resize(export.width(), 200)
        QApplication.processEvents()
        export.set_result("i " * letters)
        QApplication.processEvents()
        assert not bar.isVisible(), letters


@pytest.mark.parametrize("ends", ["set_result", "set_error"])
def test_where_there_is_no_room_to_grow_it_scrolls_to_its_answer(export: ExportDialog, qtbot: QtBot, ends: str) -> None:
    export.setMaximumHeight(320)
    (bar,) = [area.verticalScrollBar() for area in export.findChildren(QScrollArea)]
    qtbot.waitUntil(bar.isVisible)
    qtbot.mouseClick(export.export_button, Qt.MouseButton.LeftButton)
    getattr(export, ends)("9 annotations are in a file that has a long name, and this sentence is about it. " * 3)
    label = export.outcome if ends == "set_result" else export.error
    QApplication.processEvents()
    assert label.visibleRegion().boundingRect().height() == label.height()


def test_after_an_error_it_can_be_tried_again(export: ExportDialog, qtbot: QtBot) -> None:
    qtbot.mouseClick(export.export_button, Qt.MouseButton.LeftButton)
    export.set_error("The disk is full; choose another place.")
    assert export.error.isVisible()
    assert export.export_button.isEnabled()
    with qtbot.waitSignal(export.export_requested):
        qtbot.mouseClick(export.export_button, Qt.MouseButton.LeftButton)
    assert not export.error.isVisible()
    export.set_result("Done.")


def test_it_says_what_would_be_replaced(export: ExportDialog, tmp_path: Path) -> None:
    assert not export.replace.isVisible()
    (tmp_path / "there.json").write_text("{}")
    export.path.setText(str(tmp_path / "there.json"))
    assert "replaced" in export.replace.text()
    export.path.setText(str(tmp_path))
    assert not export.export_button.isEnabled()
    export.path.setText(" ")
    assert not export.export_button.isEnabled()


def press_down_to(export: ExportDialog, qtbot: QtBot, name: str) -> None:
    qtbot.keyClick(export.forms, Qt.Key.Key_Home)
    while export.forms.form().name != name:
        qtbot.keyClick(export.forms, Qt.Key.Key_Down)


def test_every_form_is_listed_with_what_it_is_good_for(export: ExportDialog) -> None:
    rows = [export.forms.topLevelItem(row) for row in range(export.forms.topLevelItemCount())]
    assert [(row.text(0), row.text(1)) for row in rows if row] == [(form.title, form.about) for form in FORMS]


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
def test_the_keyboard_chooses_a_form_and_the_file_gets_its_ending(export: ExportDialog, qtbot: QtBot, form) -> None:
    press_down_to(export, qtbot, form.name)
    row = export.forms.visualItemRect(export.forms.currentItem())
    assert export.forms.viewport().rect().contains(row.center())
    assert export.path.text().endswith(f"out{form.suffix}")
    assert export.group.isVisible() == bool(form.groups)
    assert export.where.choices[Place.FOLDER].isVisible() == form.in_folder
    assert export.where.choices[Place.CLIPBOARD].isVisible() == form.is_text


def test_a_name_with_an_ending_of_its_own_is_left_alone(export: ExportDialog, tmp_path: Path, qtbot: QtBot) -> None:
    export.path.setText(str(tmp_path / "mine.txt"))
    press_down_to(export, qtbot, "csv")
    assert export.path.text().endswith("mine.txt")


def test_a_pdf_is_of_the_document_and_what_was_chosen_before_comes_back(export: ExportDialog, qtbot: QtBot) -> None:
    export.choices[Scope.FILTERED].click()
    press_down_to(export, qtbot, "pdf")
    assert export.scope() == Scope.DOCUMENT
    assert not export.export_button.isEnabled()
    assert "Open a PDF" in export.replace.text()
    press_down_to(export, qtbot, "w3c")
    assert export.scope() == Scope.FILTERED
    assert export.export_button.isEnabled()


def test_file_and_folder_are_kept_apart(export: ExportDialog, tmp_path: Path, qtbot: QtBot) -> None:
    press_down_to(export, qtbot, "markdown")
    export.where.choices[Place.FOLDER].click()
    assert export.path.text() == str(tmp_path / "passage-notes")
    assert "will be made" in export.replace.text()
    export.path.setText(str(tmp_path))
    assert "brought up to date" in export.replace.text()
    (tmp_path / "plain").write_text("")
    export.path.setText(str(tmp_path / "plain"))
    assert not export.export_button.isEnabled()
    export.where.choices[Place.CLIPBOARD].click()
    assert not export.path.isVisible()
    assert export.export_button.isEnabled()
    export.where.choices[Place.FILE].click()
    assert export.path.text() == str(tmp_path / "out.md")
    export.where.choices[Place.FOLDER].click()
    press_down_to(export, qtbot, "csv")
    assert export.wanted().place is Place.FILE
    assert export.path.text() == str(tmp_path / "out.csv")


def test_a_preview_is_asked_for_when_something_else_would_go_out(export: ExportDialog, qtbot: QtBot) -> None:
    press_down_to(export, qtbot, "html")
    with qtbot.waitSignal(export.preview_requested) as asked:
        qtbot.keyClick(export.group, Qt.Key.Key_Down)
    assert (asked.args[0].form, asked.args[0].by) == ("html", "category")
    with qtbot.assertNotEmitted(export.preview_requested):
        export.path.setText("/elsewhere/report.html")
    export.set_preview("<p>So it begins")
    qtbot.keyClicks(export.preview, "not to be written to")
    assert export.preview.toPlainText() == "<p>So it begins"


def test_what_was_chosen_before_is_chosen_as_far_as_it_is_offered(export: ExportDialog) -> None:
    export.choose("markdown", "category", "filtered", "folder")
    wanted = export.wanted()
    assert (wanted.form, wanted.by, wanted.scope, wanted.place) == ("markdown", "category", "filtered", "folder")
    export.choose("unheard of", "nothing", "nobody", "nowhere")
    assert export.wanted().form == "passage"
