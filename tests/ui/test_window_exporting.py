"""Annotations taken out of the window in the forms that there are, to files, folders and the clipboard."""

import csv
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QPushButton

from reader.interchange import table
from reader.interchange.forms import FORMS
from reader.services.export_text import whole
from reader.text.filter_words import parse
from reader.ui.dialogs.export import ExportDialog
from reader.ui.dialogs.export_columns import ColumnsDialog
from reader.ui.dialogs.export_fields import Place
from reader.ui.dialogs.export_scope import Scope
from reader.ui.dialogs.settings import SettingsDialog
from tests.ui.conftest import Desk


def asked(desk: Desk, form: str = "") -> ExportDialog:
    """The dialog, with a form chosen by keys."""
    desk.trigger("export")
    (dialog,) = desk.window.findChildren(ExportDialog)
    desk.qtbot.waitUntil(dialog.forms.isVisible)
    if form:
        desk.qtbot.keyClick(dialog.forms, Qt.Key.Key_Home)
    while form and dialog.forms.form().name != form:
        desk.qtbot.keyClick(dialog.forms, Qt.Key.Key_Down)
    return dialog


def export(desk: Desk, dialog: ExportDialog) -> str:
    desk.qtbot.mouseClick(dialog.export_button, Qt.MouseButton.LeftButton)
    desk.qtbot.waitUntil(lambda: dialog.outcome.text() != "" or dialog.error.text() != "")
    desk.wait_idle()
    return dialog.outcome.text() or dialog.error.text()


def close(desk: Desk, dialog: ExportDialog) -> None:
    dialog.close()
    desk.qtbot.waitUntil(lambda: not desk.window.findChildren(ExportDialog))
    desk.wait_idle()


@pytest.fixture
def marked(desk: Desk) -> Desk:
    desk.drag("forty million")
    desk.type("5")
    return desk


def test_the_box_shows_how_it_begins_in_the_form_chosen(marked: Desk) -> None:
    dialog = asked(marked)
    marked.qtbot.waitUntil(lambda: '"annotations": [' in dialog.preview.toPlainText())
    for form, words in (("csv", "forty million"), ("html", "<article"), ("markdown", "> forty million")):
        dialog.forms.choose(form)
        marked.qtbot.waitUntil(lambda words=words: words in dialog.preview.toPlainText())
    dialog.forms.choose("pdf")
    marked.qtbot.waitUntil(lambda: "copy of one PDF" in dialog.preview.toPlainText())
    marked.wait_idle()
    assert "copy of one PDF" in dialog.preview.toPlainText(), "an older preview came late"
    assert not dialog.export_button.isEnabled()
    close(marked, dialog)


def test_without_annotations_the_box_says_so(desk: Desk) -> None:
    dialog = asked(desk, "markdown")
    desk.qtbot.waitUntil(lambda: "mark a passage first" in dialog.preview.toPlainText())
    close(desk, dialog)


def test_a_table_goes_to_a_file(marked: Desk, tmp_path: Path) -> None:
    dialog = asked(marked, "csv")
    target = tmp_path / "table.csv"
    dialog.path.setText(str(target))
    assert export(marked, dialog) == f"1 annotation of 1 document exported to {target}"
    rows = list(csv.reader(target.read_text("utf-8-sig").splitlines()))
    assert any("forty million" in cell for cell in rows[1])
    close(marked, dialog)


def test_notes_go_to_a_folder_and_the_second_time_are_brought_up_to_date(marked: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "notes"
    dialog = asked(marked, "markdown")
    dialog.group.setCurrentIndex(1)
    dialog.where.choices[Place.FOLDER].click()
    dialog.path.setText(str(folder))
    assert "1 written, 0 updated, 0 unchanged" in export(marked, dialog)
    (note,) = folder.glob("*.md")
    assert "## Figure" in note.read_text("utf-8")
    close(marked, dialog)
    dialog = asked(marked)
    assert dialog.wanted().form == "markdown"
    assert dialog.wanted().by == "category"
    assert dialog.wanted().target == folder
    assert "0 written, 0 updated, 1 unchanged" in export(marked, dialog)
    close(marked, dialog)
    note.unlink()
    dialog = asked(marked)
    assert "kept out" in export(marked, dialog)
    assert not list(folder.glob("*.md"))
    close(marked, dialog)


def test_text_goes_to_the_clipboard(marked: Desk) -> None:
    dialog = asked(marked, "markdown")
    dialog.where.choices[Place.CLIPBOARD].click()
    assert export(marked, dialog) == "1 annotation of 1 document copied to the clipboard"
    assert "> forty million" in QGuiApplication.clipboard().text()
    assert not dialog.reveal.isVisible()
    close(marked, dialog)


@pytest.mark.parametrize("form", [form.name for form in FORMS if form.is_text])
def test_the_text_for_the_clipboard_is_that_of_the_file_and_none_once_stopped(marked: Desk, form: str) -> None:
    exchange = marked.library.exchange
    made = whole(exchange, form)
    assert made is not None
    assert without_the_time(made.text) == without_the_time(exchange.dumps(form=form))
    assert whole(exchange, form, cancelled=lambda: True) is None


def without_the_time(text: str) -> str:
    """An export without its instant and the identifiers that a W3C export makes of it."""
    return re.sub(r"\d\d:\d\d:\d\d(\.\d+)?|urn:uuid:[0-9a-f-]+", "", text)


def test_the_last_choice_is_there_after_a_restart(marked: Desk, open_desk, tmp_path: Path) -> None:
    dialog = asked(marked, "readwise")
    dialog.choices[Scope.ALL].click()
    dialog.path.setText(str(tmp_path / "quotes.csv"))
    export(marked, dialog)
    close(marked, dialog)
    again = open_desk(marked.uid)
    dialog = asked(again)
    wanted = dialog.wanted()
    assert (wanted.form, wanted.scope, wanted.place) == ("readwise", Scope.ALL, Place.FILE)
    assert wanted.target.parent == tmp_path
    close(again, dialog)


def test_a_remembered_choice_that_is_none_is_passed_over(marked: Desk) -> None:
    marked.library.settings.set("export", ["no", "mapping"])
    dialog = asked(marked)
    assert dialog.wanted().form == "passage"
    close(marked, dialog)


def test_what_cannot_be_written_is_said_and_can_be_tried_again(marked: Desk, tmp_path: Path) -> None:
    dialog = asked(marked, "tsv")
    dialog.path.setText(str(tmp_path / "missing" / "table.tsv"))
    assert "choose another place" in export(marked, dialog)
    assert dialog.export_button.isEnabled()
    dialog.path.setText(str(tmp_path / "table.tsv"))
    assert "exported to" in export(marked, dialog)
    close(marked, dialog)


@pytest.mark.parametrize("place", [Place.FILE, Place.CLIPBOARD])
def test_an_export_that_is_stopped_says_so_and_writes_nothing(
    marked: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: Place
) -> None:
    target = tmp_path / "table.csv"
    target.write_text("mine", "utf-8")
    dialog = asked(marked, "csv")
    dialog.where.choices[place].click()
    if place is Place.FILE:
        dialog.path.setText(str(target))
    QGuiApplication.clipboard().setText("mine")
    marked.wait_idle()
    is_begun, may_go_on = Event(), Event()

    def slow(_outgoing: object) -> Iterator[str]:
        yield "quote\r\n"
        is_begun.set()
        may_go_on.wait(30)
        yield "forty million\r\n"

    monkeypatch.setattr(table, "csv_pieces", slow)
    marked.qtbot.mouseClick(dialog.export_button, Qt.MouseButton.LeftButton)
    assert is_begun.wait(30)
    marked.qtbot.mouseClick(dialog.close_button, Qt.MouseButton.LeftButton)
    may_go_on.set()
    marked.qtbot.waitUntil(lambda: dialog.outcome.text() != "")
    assert dialog.isVisible()
    assert "was stopped; nothing was" in dialog.outcome.text()
    assert not dialog.reveal.isVisible()
    assert (target.read_text("utf-8"), QGuiApplication.clipboard().text()) == ("mine", "mine")
    monkeypatch.undo()
    said = export(marked, dialog)
    assert said.startswith("1 annotation of 1 document "), said
    close(marked, dialog)


def test_an_import_takes_both_kinds_of_file(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    filters: list[str] = []

    def none_chosen(*given: str) -> tuple[str, str]:
        filters.append(given[3])
        return "", ""

    monkeypatch.setattr(QFileDialog, "getOpenFileName", none_chosen)
    desk.trigger("import")
    assert "*.json " in filters[0]
    assert "*.jsonld" in filters[0]


def test_the_workspace_comes_with_what_is_selected_there(marked: Desk, tmp_path: Path) -> None:
    marked.drag("ninety-two")
    marked.type("2")
    (chosen,) = [mark.uid for mark in marked.window.session.annotations.values() if mark.color == "green"]
    marked.window.parts.exchange.ask_export(selection=[chosen])
    (dialog,) = marked.window.findChildren(ExportDialog)
    assert dialog.scope() is Scope.SELECTION
    assert dialog.choices[Scope.SELECTION].text().endswith("(1)")
    dialog.forms.choose("csv")
    dialog.path.setText(str(tmp_path / "one.csv"))
    assert "1 annotation of 1 document" in export(marked, dialog)
    assert chosen in (tmp_path / "one.csv").read_text("utf-8-sig")
    close(marked, dialog)


def test_the_workspace_comes_with_its_filter_whose_words_can_be_edited(marked: Desk, tmp_path: Path) -> None:
    marked.drag("ninety-two")
    marked.type("2")
    marked.window.parts.exchange.ask_export(filter=parse("color:green"))
    (dialog,) = marked.window.findChildren(ExportDialog)
    dialog.forms.choose("csv")
    assert (dialog.scope(), dialog.what.words.text()) == (Scope.WORDS, "color:green")
    marked.qtbot.waitUntil(lambda: "ninety-two" in dialog.preview.toPlainText())
    field = dialog.what.words
    marked.qtbot.mouseClick(field, Qt.MouseButton.LeftButton)
    field.selectAll()
    marked.qtbot.keyClicks(field, "color:puce")
    assert "puce" in dialog.what.slip.text()
    assert dialog.what.slip.isVisible()
    assert not dialog.export_button.isEnabled()
    field.selectAll()
    marked.qtbot.keyClicks(field, "forty")
    assert not dialog.what.slip.isVisible()
    marked.qtbot.waitUntil(lambda: "forty million" in dialog.preview.toPlainText())
    dialog.path.setText(str(tmp_path / "found.csv"))
    assert "1 annotation of 1 document" in export(marked, dialog)
    assert "ninety-two" not in (tmp_path / "found.csv").read_text("utf-8-sig")
    close(marked, dialog)


def test_typing_words_chooses_the_filter(marked: Desk) -> None:
    dialog = asked(marked)
    assert dialog.scope() is Scope.DOCUMENT
    marked.qtbot.mouseClick(dialog.what.words, Qt.MouseButton.LeftButton)
    marked.qtbot.keyClicks(dialog.what.words, "category:nosuch")
    assert dialog.scope() is Scope.WORDS
    marked.qtbot.waitUntil(lambda: "nosuch" in dialog.preview.toPlainText())
    close(marked, dialog)


def test_a_saved_view_goes_out_and_is_there_the_next_time(marked: Desk, tmp_path: Path) -> None:
    marked.library.filters.save("Greens", "color:green")
    marked.library.filters.save("Oranges", "color:orange")
    dialog = asked(marked, "csv")
    marked.qtbot.keyClick(dialog.what.view, Qt.Key.Key_Down)
    assert (dialog.scope(), dialog.what.text()) == (Scope.VIEW, "Oranges")
    dialog.path.setText(str(tmp_path / "view.csv"))
    (mark,) = marked.window.session.annotations.values()
    number = 1 if mark.color == "orange" else 0
    assert f"{number} annotation" in export(marked, dialog)
    close(marked, dialog)
    dialog = asked(marked)
    assert (dialog.scope(), dialog.what.text()) == (Scope.VIEW, "Oranges")
    close(marked, dialog)


def test_fields_of_a_table_are_chosen_and_ordered_by_keys_and_remembered(marked: Desk, tmp_path: Path) -> None:
    dialog = asked(marked, "csv")
    marked.qtbot.mouseClick(dialog.columns, Qt.MouseButton.LeftButton)
    (columns,) = dialog.findChildren(ColumnsDialog)
    button = next(button for button in columns.findChildren(QPushButton) if button.text() == "&None")
    marked.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert not columns.done_button.isEnabled()
    columns.list.setFocus()
    names = [columns.list.item(row).text() for row in range(columns.list.count())]
    for name in ("quote", "note"):
        columns.list.setCurrentRow(names.index(name))
        marked.qtbot.keyClick(columns.list, Qt.Key.Key_Space)
    marked.qtbot.keyClick(columns.list, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    marked.qtbot.keyClick(columns.list, Qt.Key.Key_Return)
    assert dialog.columns.text() == "Fie&lds: 2…"
    dialog.path.setText(str(tmp_path / "two.csv"))
    export(marked, dialog)
    rows = list(csv.reader((tmp_path / "two.csv").read_text("utf-8-sig").splitlines()))
    assert rows == [["note", "quote"], ["", "forty million"]]
    close(marked, dialog)
    dialog = asked(marked)
    assert dialog.wanted().fields == ("note", "quote")
    dialog.forms.choose("readwise")
    assert dialog.wanted().fields == ()
    assert not dialog.columns.isVisible()
    close(marked, dialog)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="said in files that Linux desktops read")
def test_the_settings_have_links_opened_here_and_no_longer(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "bin").mkdir()
    program = tmp_path / "bin" / "xdg-mime"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:/usr/bin:/bin")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    desk.trigger("settings")
    (dialog,) = desk.window.findChildren(SettingsDialog)
    box, file = dialog.links.box, tmp_path / "data/applications/passage-links.desktop"
    assert not box.isChecked()
    desk.qtbot.keyClick(box, Qt.Key.Key_Space)
    desk.qtbot.waitUntil(box.isEnabled)
    assert box.isChecked()
    assert str(desk.library.path) in file.read_text()
    desk.qtbot.keyClick(box, Qt.Key.Key_Space)
    desk.qtbot.waitUntil(box.isEnabled)
    assert not file.exists()
    program.write_text("#!/bin/sh\necho refused >&2; exit 1\n")
    desk.qtbot.keyClick(box, Qt.Key.Key_Space)
    desk.qtbot.waitUntil(box.isEnabled)
    assert not box.isChecked()
    assert "refused" in dialog.links.error.text()
    dialog.close()
    desk.wait_idle()
