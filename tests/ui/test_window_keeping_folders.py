"""Folders that follow the library while the window is open."""

import sqlite3
from collections.abc import Callable
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from reader.services.export_choice import ExportChoice
from reader.services.folders import FolderReport
from reader.services.kept_folders import KeptFolder, Written
from reader.text.filter_words import parse
from reader.ui import keeping_folders
from reader.ui.dialogs.export import ExportDialog
from reader.ui.dialogs.export_fields import Place
from reader.ui.dialogs.kept_folders import KeptFoldersDialog
from tests.ui.conftest import Desk


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping_folders, "PAUSE", 1)


@pytest.fixture
def kept(desk: Desk, tmp_path: Path) -> Path:
    """A folder that is kept up to date with everything, chosen in the dialog by mouse and keys."""
    folder = tmp_path / "notes"
    desk.drag("forty million")
    desk.type("5")
    desk.trigger("export")
    (dialog,) = desk.window.findChildren(ExportDialog)
    dialog.forms.choose("markdown")
    dialog.where.choices[Place.FOLDER].click()
    dialog.path.setText(str(folder))
    desk.qtbot.mouseClick(dialog.where.keep, Qt.MouseButton.LeftButton, pos=dialog.where.keep.rect().center() / 4)
    desk.qtbot.mouseClick(dialog.export_button, Qt.MouseButton.LeftButton)
    desk.qtbot.waitUntil(lambda: "it is kept up to date" in dialog.outcome.text())
    assert dialog.where.keep.isChecked()
    close(desk, dialog)
    return folder


def close(desk: Desk, dialog: QWidget) -> None:
    """Close it, and wait until the window has the keyboard again."""
    kind = type(dialog)
    dialog.close()
    desk.qtbot.waitUntil(lambda: not desk.window.findChildren(kind))
    desk.window.activateWindow()
    desk.window.pane.setFocus()
    desk.qtbot.waitUntil(desk.window.pane.hasFocus)
    desk.wait_idle()


def written(folder: Path) -> str:
    return "".join(path.read_text("utf-8") for path in folder.glob("*.md"))


def shown(desk: Desk) -> KeptFoldersDialog:
    desk.trigger("kept_folders")
    return desk.window.findChildren(KeptFoldersDialog)[-1]


def test_each_change_is_written_and_what_the_user_wrote_stays(desk: Desk, kept: Path) -> None:
    (file,) = kept.glob("*.md")
    file.write_text(file.read_text("utf-8") + "\nMy own words.\n", "utf-8")
    desk.drag("ninety-two")
    desk.type("2")
    desk.qtbot.waitUntil(lambda: "> ninety-two" in written(kept))
    assert "My own words." in written(kept)
    desk.trigger("undo")
    desk.qtbot.waitUntil(lambda: "ninety-two" not in written(kept))
    desk.trigger("redo")
    desk.qtbot.waitUntil(lambda: "> ninety-two" in written(kept))
    assert "> forty million" in written(kept)
    assert "My own words." in written(kept)


def test_it_goes_on_after_a_restart_with_what_came_meanwhile(desk: Desk, kept: Path, open_desk) -> None:
    uid = desk.uid
    desk.window.close()
    again = open_desk(uid)
    again.library.annotate.highlight(uid, again.text, *again.span("ninety-two"))
    again.window.parts.exchange.keeping.begin()
    again.qtbot.waitUntil(lambda: "> ninety-two" in written(kept))
    again.wait_idle()


def test_trouble_is_said_once_and_ends_when_the_folder_is_back(desk: Desk, kept: Path) -> None:
    said: list[str] = []
    desk.window.session.failed.connect(said.append)
    away = kept.rename(kept.with_name("away"))
    for words in ("ninety-two", "estimate"):
        desk.library.annotate.highlight(desk.uid, desk.text, *desk.span(words))
        desk.qtbot.waitUntil(lambda: bool(said))
        desk.wait_idle()
    assert len(said) == 1
    assert "is not there" in said[0]
    dialog = shown(desk)
    assert dialog.list.topLevelItem(0).text(2) == "Trouble"
    assert "is not there" in dialog.state.text()
    away.rename(kept)
    desk.qtbot.mouseClick(dialog.update_button, Qt.MouseButton.LeftButton)
    desk.qtbot.waitUntil(lambda: "> estimate" in written(kept))
    desk.qtbot.waitUntil(lambda: "Up to date" in dialog.state.text())
    assert dialog.list.topLevelItem(0).text(2) == "Kept"
    assert "> ninety-two" in written(kept)
    close(desk, dialog)


def test_paused_it_is_left_alone_then_brought_up_to_date_then_stopped(desk: Desk, kept: Path) -> None:
    dialog = shown(desk)
    desk.qtbot.mouseClick(dialog.pause, Qt.MouseButton.LeftButton)
    assert dialog.list.topLevelItem(0).text(2) == "Paused"
    before = written(kept)
    keeping = desk.window.parts.exchange.keeping
    desk.library.annotate.highlight(desk.uid, desk.text, *desk.span("ninety-two"))
    desk.qtbot.waitUntil(lambda: keeping._timer.isActive())
    desk.qtbot.waitUntil(lambda: not keeping._timer.isActive())
    desk.wait_idle()
    assert written(kept) == before
    desk.qtbot.mouseClick(dialog.pause, Qt.MouseButton.LeftButton)
    desk.qtbot.waitUntil(lambda: "> ninety-two" in written(kept))
    desk.wait_idle()
    desk.qtbot.mouseClick(dialog.stop, Qt.MouseButton.LeftButton)
    assert not dialog.list.isVisible()
    assert "No folder" in dialog._about.text()
    assert desk.library.kept_folders.all() == ()
    assert "> ninety-two" in written(kept)
    close(desk, dialog)


def test_a_long_writing_says_how_far_it_is_and_ends_with_a_click_on_pause(
    desk: Desk, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping_folders, "SAID_AFTER_S", 0.0)
    said: list[str] = []
    failed: list[str] = []
    desk.window.session.said.connect(lambda sentence, _lasts: said.append(sentence))
    desk.window.session.failed.connect(failed.append)
    folders, whole, stopped = desk.library.kept_folders, desk.library.kept_folders.update, Event()

    def slow(one: KeptFolder, since: Written | None, **how: Any) -> tuple[Written, FolderReport | None]:
        how["progress"](3_000, 100_000)
        while not how["cancelled"]():
            stopped.wait(0.005)
        stopped.set()
        return whole(one, since, **how)

    monkeypatch.setattr(folders, "update", slow)
    dialog = shown(desk)
    desk.qtbot.mouseClick(dialog.update_button, Qt.MouseButton.LeftButton)
    desk.qtbot.waitUntil(lambda: dialog.list.topLevelItem(0).text(2) == "Writing")
    assert dialog.state.text() == "Writing: 3,000 of 100,000 annotations. Pause stops it."
    assert "The folder “notes” is being brought up to date…" in said
    desk.library.annotate.highlight(desk.uid, desk.text, *desk.span("ninety-two"))
    desk.qtbot.mouseClick(dialog.pause, Qt.MouseButton.LeftButton)
    assert dialog.list.topLevelItem(0).text(2) == "Paused"
    assert dialog.state.text() == keeping_folders.STOPPED
    desk.qtbot.waitUntil(stopped.is_set)
    desk.wait_idle()
    assert dialog.state.text() == keeping_folders.STOPPED
    assert (failed, "ninety-two" in written(kept)) == ([], False)
    assert said[-1] == "The folder “notes” is not written on."
    assert "The folder “notes” is up to date." not in said
    monkeypatch.setattr(folders, "update", whole)
    desk.qtbot.mouseClick(dialog.pause, Qt.MouseButton.LeftButton)
    desk.qtbot.waitUntil(lambda: "> ninety-two" in written(kept))
    desk.qtbot.waitUntil(lambda: "Up to date" in dialog.state.text())
    assert dialog.list.topLevelItem(0).text(2) == "Kept"
    close(desk, dialog)


def test_several_folders_each_have_their_choice(desk: Desk, kept: Path, tmp_path: Path) -> None:
    greens = tmp_path / "greens"
    greens.mkdir()
    desk.library.filters.save("Greens", "color:green")
    desk.library.kept_folders.keep(greens, ExportChoice(view="Greens"))
    desk.drag("ninety-two")
    desk.type("2")
    desk.qtbot.waitUntil(lambda: "> ninety-two" in written(greens) and "> ninety-two" in written(kept))
    assert "forty million" not in written(greens)
    desk.type("5")
    desk.qtbot.waitUntil(lambda: "ninety-two" not in written(greens))
    assert "> ninety-two" in written(kept)
    desk.wait_idle()
    dialog = shown(desk)
    rows = [dialog.list.topLevelItem(row) for row in range(2)]
    assert [row.text(1) for row in rows] == ["“The reservoir”", "the view “Greens”"]
    desk.library.filters.delete("Greens")
    close(desk, dialog)
    desk.library.kept_folders.stop(kept)
    dialog = shown(desk)
    desk.qtbot.mouseClick(dialog.update_button, Qt.MouseButton.LeftButton)
    desk.qtbot.waitUntil(lambda: "There is no" in dialog.state.text() and "Greens" in dialog.state.text())
    close(desk, dialog)


def test_a_folder_exported_to_without_the_tick_is_kept_no_longer(desk: Desk, kept: Path) -> None:
    desk.trigger("export")
    dialog = desk.window.findChildren(ExportDialog)[-1]
    assert dialog.where.keep.isChecked()
    dialog.where.keep.click()
    desk.qtbot.mouseClick(dialog.export_button, Qt.MouseButton.LeftButton)
    desk.qtbot.waitUntil(lambda: "no longer kept up to date" in dialog.outcome.text())
    assert desk.library.kept_folders.find(kept) is None
    close(desk, dialog)


def test_a_selection_cannot_be_kept(desk: Desk, kept: Path) -> None:
    (mark,) = desk.window.session.annotations
    desk.window.parts.exchange.ask_export(selection=[mark])
    dialog = desk.window.findChildren(ExportDialog)[-1]
    assert not dialog.where.keep.isEnabled()
    desk.qtbot.mouseClick(dialog.export_button, Qt.MouseButton.LeftButton)
    desk.qtbot.waitUntil(lambda: "unchanged" in dialog.outcome.text())
    assert desk.library.kept_folders.find(kept) is not None
    close(desk, dialog)


def test_the_first_writing_of_a_kept_folder_is_exact_too(desk: Desk, kept: Path) -> None:
    desk.library.kept_folders.pause(kept)
    desk.window.parts.exchange.ask_export(filter=parse("color:green"))
    dialog = desk.window.findChildren(ExportDialog)[-1]
    assert dialog.where.keep.isChecked()
    desk.qtbot.mouseClick(dialog.export_button, Qt.MouseButton.LeftButton)
    desk.qtbot.waitUntil(lambda: "it is kept up to date" in dialog.outcome.text())
    assert "forty million" not in written(kept)
    close(desk, dialog)


def test_of_a_library_that_is_only_read_no_folder_is_kept_and_one_can_be_written(
    desk: Desk, kept: Path, open_desk: Callable[..., Desk], library_path: Path
) -> None:
    open_desk()
    with sqlite3.connect(library_path) as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    again = open_desk()
    assert again.library.read_only
    again.trigger("export")
    (dialog,) = again.window.findChildren(ExportDialog)
    dialog.forms.choose("markdown")
    dialog.where.choices[Place.FOLDER].click()
    dialog.path.setText(str(kept))
    assert not dialog.where.keep.isEnabled()
    assert "reading only" in dialog.where.keep.toolTip()
    again.qtbot.mouseClick(dialog.export_button, Qt.MouseButton.LeftButton)
    again.qtbot.waitUntil(lambda: "unchanged" in dialog.outcome.text())
    assert dialog.error.text() == ""
    dialog.close()
    again.wait_idle()
