"""Link, report, shortcuts, history, about, recovery."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QAction, QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from reader.model.library import Action
from reader.services.pruning import Reach
from reader.ui.dialogs.about import AboutDialog
from reader.ui.dialogs.add_report import AddReport
from reader.ui.dialogs.history import HistoryDialog, local_time, reach_in_words
from reader.ui.dialogs.link import LinkDialog, doubt, why_not
from reader.ui.dialogs.recovery import RecoveryDialog
from reader.ui.dialogs.shortcuts import ShortcutsDialog
from tests.ui.dialogs.conftest import Shown

ADDRESS = "https://courier.example/archive?id=12"


@pytest.fixture
def browser(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    opened: list[str] = []

    def remember(url: QUrl) -> bool:
        opened.append(url.toString())
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", remember)
    return opened


def test_enter_and_escape_open_nothing(shown: Shown, qtbot: QtBot, browser: list[str]) -> None:
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Escape):
        dialog = shown(LinkDialog(ADDRESS))
        with qtbot.waitSignal(dialog.rejected):
            qtbot.keyClick(dialog.focusWidget(), key)
    assert browser == []


def test_the_whole_address_is_seen_before_it_is_opened(shown: Shown, qtbot: QtBot, browser: list[str]) -> None:
    dialog = shown(LinkDialog(ADDRESS))
    assert dialog.findChild(QLabel, "address").text().replace("\u200b", "") == ADDRESS
    qtbot.mouseClick(dialog.open_button, Qt.MouseButton.LeftButton)
    assert browser == [ADDRESS]


def test_copy_opens_nothing(shown: Shown, qtbot: QtBot, browser: list[str]) -> None:
    dialog = shown(LinkDialog(ADDRESS))
    copy = next(b for b in dialog.findChildren(QPushButton) if b.text() == "Copy address")
    copy.setFocus()
    qtbot.keyClick(copy, Qt.Key.Key_Return)
    assert QGuiApplication.clipboard().text() == ADDRESS
    assert browser == []


@pytest.mark.parametrize("address", ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "page2.html", ""])
def test_dangerous_and_incomplete_addresses_are_not_opened(
    shown: Shown, qtbot: QtBot, browser: list[str], address: str
) -> None:
    dialog = shown(LinkDialog(address))
    assert not dialog.open_button.isEnabled()
    assert dialog.findChild(QLabel, "warning").isVisible()
    qtbot.mouseClick(dialog.open_button, Qt.MouseButton.LeftButton)
    assert browser == []


def test_doubtful_names_are_pointed_out() -> None:
    assert "beyond a to z" in doubt(QUrl("https://аpple.example/"))
    assert "the site is evil.example" in doubt(QUrl("https://bank.example@evil.example/"))
    assert doubt(QUrl(ADDRESS)) == why_not(QUrl(ADDRESS)) == ""
    assert doubt(QUrl("mailto:a@b.example")) == why_not(QUrl("mailto:a@b.example")) == ""


def test_report_names_each_file_and_copies(shown: Shown, qtbot: QtBot) -> None:
    dialog = shown(AddReport([("/a/report.pdf", "It is no text."), ("/a/empty.txt", "It is empty.")]))
    assert dialog.list.item(0).text() == "report.pdf\nIt is no text."
    assert dialog.list.item(0).toolTip() == "/a/report.pdf"
    copy = next(b for b in dialog.findChildren(QPushButton) if b.text() == "Copy list")
    qtbot.mouseClick(copy, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == "/a/report.pdf\tIt is no text.\n/a/empty.txt\tIt is empty."
    dialog.list.setFocus()
    with qtbot.waitSignal(dialog.rejected):
        qtbot.keyClick(dialog.list, Qt.Key.Key_Return)


def test_shortcuts_from_actions_filtered_by_words_and_keys(shown: Shown, qtbot: QtBot) -> None:
    add, bare = QAction("&Add R && D…"), QAction("&Nothing")
    add.setShortcuts(["Ctrl+O", "Ctrl+Shift+O"])
    dialog = shown(ShortcutsDialog({"&File": [add, bare]}))
    group = dialog.list.topLevelItem(0)
    assert group.text(0) == "File"
    assert group.childCount() == 1
    assert (group.child(0).text(0), group.child(0).text(1)) == ("Add R & D", "Ctrl+O, Ctrl+Shift+O")
    qtbot.keyClicks(dialog.filter, "ctrl+shift+o")
    assert not group.isHidden()
    assert dialog.list.topLevelItem(1).isHidden()
    dialog.filter.clear()
    qtbot.keyClicks(dialog.filter, "sentence")
    assert group.isHidden()
    assert not dialog.list.topLevelItem(1).isHidden()
    qtbot.keyClicks(dialog.filter, "zzz")
    assert dialog._none.isVisible()


def test_history_asks_and_shows_what_it_is_given(shown: Shown, qtbot: QtBot) -> None:
    dialog = shown(HistoryDialog())
    dialog.set_actions([])
    assert not dialog.undo_button.isEnabled()
    assert dialog._empty.isVisible()
    actions = [Action(2, "Quote added", "2026-11-21T16:02:00.000Z", True), Action(1, "3 documents added", "")]
    dialog.set_actions(actions, "3 documents added", "Quote added")
    assert not dialog._empty.isVisible()
    assert dialog.list.topLevelItem(0).text(0) == "Quote added (undone)"
    assert dialog.undo_button.text() == "Undo: 3 documents added"
    with qtbot.waitSignal(dialog.undo_requested):
        qtbot.mouseClick(dialog.undo_button, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(dialog.redo_requested):
        qtbot.mouseClick(dialog.redo_button, Qt.MouseButton.LeftButton)


def test_times_are_the_users_and_nonsense_stays() -> None:
    assert "2026" in local_time("2026-11-21T16:02:00.000Z")
    assert local_time("long ago") == "long ago"


def test_about_says_the_version_and_the_facts(shown: Shown) -> None:
    dialog = shown(AboutDialog("1.2.3", [("Library", "/x/library.sqlite")]))
    words = [label.text() for label in dialog.findChildren(QLabel)]
    assert any("1.2.3" in line for line in words)
    assert "/x/library.sqlite" in words


def test_recovery_restores_the_chosen_backup(shown: Shown, qtbot: QtBot) -> None:
    backups = [("today", Path("/b/1")), ("yesterday", Path("/b/2"))]
    dialog = shown(RecoveryDialog(Path("/x.sqlite"), "The file is damaged.", backups))
    qtbot.keyClick(dialog.list, Qt.Key.Key_Down)
    with qtbot.waitSignal(dialog.restore_requested) as asked:
        qtbot.mouseClick(dialog.restore_button, Qt.MouseButton.LeftButton)
    assert asked.args == [str(Path("/b/2"))]
    assert not dialog.restore_button.isEnabled()
    dialog.show_error("This backup is damaged too; choose an older one.")
    assert dialog.restore_button.isEnabled()


def test_recovery_without_backups_restores_nothing(shown: Shown, qtbot: QtBot) -> None:
    dialog = shown(RecoveryDialog(Path("/x.sqlite"), "The file is damaged.", []))
    assert not dialog.restore_button.isEnabled()
    with qtbot.assertNotEmitted(dialog.restore_requested), qtbot.waitSignal(dialog.recover_requested):
        qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Return)
    with qtbot.waitSignal(dialog.rejected):
        qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Escape)


def test_the_history_says_how_far_back_it_reaches_and_where_it_was_done(shown: Shown) -> None:
    when = "2026-11-21T16:02:00.000Z"
    dialog = shown(HistoryDialog())
    dialog.set_actions([Action(1, "Note edited", when, device="attic")])
    item = dialog.list.topLevelItem(0)
    assert item
    assert [item.text(0), item.text(2)] == ["Note edited", "attic"]
    dialog.set_reach(Reach(1, when))
    assert any(label.text() == f"1 step, back to {local_time(when)}." for label in dialog.findChildren(QLabel))
    assert reach_in_words(Reach(0, "")) == ""
    words = reach_in_words(Reach(10_000, when, 2345, when))
    assert "2,345 older steps were let go" in words
    assert "the last 10,000" in words
