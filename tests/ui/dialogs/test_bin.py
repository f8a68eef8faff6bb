"""The bin brings back what is chosen, and nothing else."""

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from reader.model.document import Metadata
from reader.model.library import DocumentSummary
from reader.ui.dialogs.bin import BinDialog
from tests.ui.dialogs.conftest import Shown

REMOVED = [
    DocumentSummary(uid, uid, Metadata(uid.upper()), "text", removed="2026-11-21T16:02:00.000Z") for uid in "abc"
]


def test_enter_brings_back_the_chosen(shown: Shown, qtbot: QtBot) -> None:
    dialog = shown(BinDialog(REMOVED))
    qtbot.keyClick(dialog.list, Qt.Key.Key_Down)
    qtbot.keyClick(dialog.list, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    heard: list[list[str]] = []
    dialog.restore_requested.connect(heard.append)
    qtbot.keyClick(dialog.list, Qt.Key.Key_Return)
    assert heard == [["b", "c"]]


def test_an_empty_bin_says_so(shown: Shown, qtbot: QtBot) -> None:
    dialog = shown(BinDialog([]))
    assert not dialog.restore_button.isEnabled()
    with qtbot.assertNotEmitted(dialog.restore_requested), qtbot.waitSignal(dialog.rejected):
        qtbot.keyClick(dialog, Qt.Key.Key_Return)
