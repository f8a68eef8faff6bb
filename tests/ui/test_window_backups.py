"""Backups from the window: a preview by name, adding or replacing, each undone by one action; the newest one proven."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLabel

from reader.ui.dialogs.check import CheckDialog
from reader.ui.dialogs.restore import RestoreDialog
from reader.ui.dialogs.settings import SettingsDialog
from reader.ui.dialogs.work import WorkDialog
from tests.ui.conftest import Desk

OpenDesk = Callable[..., Desk]


def titles(desk: Desk) -> list[str]:
    return [row.title for row in desk.window.complete().documents.model.shown_rows()]


def add(desk: Desk, folder: Path, name: str) -> str:
    (folder / f"{name}.txt").write_text(f"{name}\n\nWords of {name}.", "utf-8")
    (result,) = desk.library.adding.add([folder / f"{name}.txt"])
    assert result.document
    return result.document.uid


def restoring(desk: Desk) -> RestoreDialog:
    """The dialog, when it has said what would happen."""
    desk.trigger("restore")
    (dialog,) = desk.window.findChildren(RestoreDialog)
    desk.qtbot.waitUntil(lambda: not dialog.line.isVisible())
    return dialog


def names(dialog: RestoreDialog) -> list[str]:
    return [dialog.names.item(row).text() for row in range(dialog.names.count())]


def gone(desk: Desk, kind: type) -> None:
    desk.qtbot.waitUntil(lambda: not desk.window.findChildren(kind))
    desk.wait_idle()


def test_what_vanished_is_added_and_undone_with_the_keyboard(desk: Desk, tmp_path: Path) -> None:
    desk.drag("forty million")
    desk.type("5")
    assert desk.library.backups.daily()
    (mark,) = desk.marks()
    desk.library.annotate.delete([mark.uid])
    add(desk, tmp_path, "Later")
    dialog = restoring(desk)
    assert "1 document, 1 annotation" in dialog.list.item(0).text()
    assert names(dialog) == ["Would be added: annotation “forty million”"]
    desk.qtbot.keyClick(dialog, Qt.Key.Key_Return)
    gone(desk, RestoreDialog)
    assert [one.quote for one in desk.marks()] == ["forty million"]
    assert "Later" in titles(desk)
    assert "Backup merged: 1 annotation added" in desk.window.status.message()
    desk.trigger("undo")
    assert desk.marks() == []


def test_replacing_says_what_would_vanish_and_is_undone_by_one_action(desk: Desk, tmp_path: Path) -> None:
    assert desk.library.backups.daily()
    add(desk, tmp_path, "Later")
    dialog = restoring(desk)
    assert not dialog.restore_button.isEnabled()  # there is nothing to add
    desk.qtbot.mouseClick(dialog.replace, Qt.MouseButton.LeftButton, pos=dialog.replace.rect().center() / 4)
    assert names(dialog) == ["Would vanish: document Later"]
    desk.qtbot.mouseClick(dialog.restore_button, Qt.MouseButton.LeftButton)
    gone(desk, RestoreDialog)
    assert titles(desk) == ["The reservoir"]
    assert "Undo the restore" in desk.window.status.message()
    desk.trigger("undo_restore")
    desk.wait_idle()
    assert sorted(titles(desk)) == ["Later", "The reservoir"]
    assert "before the restore" in desk.window.status.message()


def test_a_restore_that_never_was_cannot_be_undone(desk: Desk) -> None:
    desk.trigger("undo_restore")
    desk.wait_idle()
    assert "no restore to undo" in desk.window.status.message()


def test_a_file_from_elsewhere_is_looked_at_first(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = desk.library.backups.write(tmp_path / "elsewhere.sqlite")
    bad = tmp_path / "bad.sqlite"
    bad.write_bytes(b"not a library " * 500)
    chosen = [str(bad), str(path)]
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *args, **kwargs: (chosen.pop(0), ""))
    dialog = restoring(desk)
    assert "There is no backup" in " ".join(label.text() for label in dialog.findChildren(QLabel))
    for said in ("not a library", "The library lacks nothing of it."):
        desk.qtbot.mouseClick(dialog.other_button, Qt.MouseButton.LeftButton)
        desk.qtbot.waitUntil(lambda: not dialog.line.isVisible())
        assert said in " ".join(label.text() for label in dialog.findChildren(QLabel) if label.isVisible())
        assert not dialog.restore_button.isEnabled()
    desk.qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    gone(desk, RestoreDialog)


def test_closing_while_it_compares_leaves_nothing(desk: Desk, tmp_path: Path) -> None:
    assert desk.library.backups.daily()
    desk.trigger("restore")
    (dialog,) = desk.window.findChildren(RestoreDialog)
    desk.qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    gone(desk, RestoreDialog)
    assert not list(desk.library.path.parent.rglob("*.part*"))


def test_the_newest_backup_is_proven(desk: Desk) -> None:
    desk.drag("forty million")
    desk.type("5")
    assert desk.library.backups.daily()
    desk.trigger("prove")
    desk.wait_idle()
    gone(desk, WorkDialog)
    (dialog,) = desk.window.findChildren(CheckDialog)
    words = " ".join(label.text() for label in dialog.findChildren(QLabel))
    assert "All is in order" in words
    assert "holds 1 document, 1 annotation; each annotation stands where it says." in words
    dialog.close()
    gone(desk, CheckDialog)


def test_a_drill_is_stopped_by_escape(desk: Desk) -> None:
    assert desk.library.backups.daily()
    desk.trigger("prove")
    (dialog,) = desk.window.findChildren(WorkDialog)
    desk.qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    gone(desk, WorkDialog)
    for check in desk.window.findChildren(CheckDialog):
        check.close()
    gone(desk, CheckDialog)
    assert not list(desk.library.path.parent.rglob("*.part*"))


def test_a_backup_is_written_behind_a_dialog(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "here.sqlite"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *args, **kwargs: (str(target), ""))
    desk.trigger("backup")
    gone(desk, WorkDialog)
    assert target.is_file()
    assert "Backed up to" in desk.window.status.message()


def test_a_folder_for_backups_that_is_gone_is_said(desk: Desk, tmp_path: Path) -> None:
    drive = tmp_path / "drive"
    drive.mkdir()
    desk.library.backups.choose_folder(drive)
    for inner in drive.iterdir():
        inner.rmdir()
    drive.rmdir()
    desk.window.complete().library_actions.backing_up.daily()
    desk.wait_idle()
    assert "Connect the drive, or choose another folder" in desk.window.status.message()


def test_the_settings_move_the_backups(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    drive = tmp_path / "drive"
    drive.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *args: str(drive))
    desk.trigger("settings")
    (dialog,) = desk.window.findChildren(SettingsDialog)
    desk.qtbot.mouseClick(dialog.backups.choose_button, Qt.MouseButton.LeftButton)
    dialog.close()
    gone(desk, SettingsDialog)
    path = desk.library.backups.daily()
    assert path
    assert path.is_relative_to(drive)


def test_a_comparison_is_stopped_and_said(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    assert desk.library.backups.daily()

    def slow(_path: Path, tell: Callable[[int, int], object]) -> None:
        while True:
            tell(0, 1)

    monkeypatch.setattr(desk.library.backups, "preview", slow)
    desk.trigger("restore")
    (dialog,) = desk.window.findChildren(RestoreDialog)
    desk.qtbot.waitUntil(dialog.line.isVisible)
    desk.qtbot.mouseClick(dialog.line.stop_button, Qt.MouseButton.LeftButton)
    desk.qtbot.waitUntil(lambda: not dialog.line.isVisible())
    assert "Stopped; nothing was changed." in [label.text() for label in dialog.findChildren(QLabel)]
    desk.qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    gone(desk, RestoreDialog)
