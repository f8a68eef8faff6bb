"""What was deleted is listed by time, and what is chosen is asked back, and nothing else."""

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from reader.model.annotation import Anchor, Annotation
from reader.model.document import Metadata
from reader.model.library import Action, DocumentSummary
from reader.model.past import DeletedMark, DeletedTag
from reader.services.deleted import RecentlyDeleted
from reader.ui.dialogs.deleted import DeletedDialog
from tests.ui.dialogs.conftest import Shown


def at(hour: int) -> str:
    return f"2026-11-21T{hour:02}:02:00.000Z"


REMOVED = [DocumentSummary("d", "d", Metadata("Removed"), "text", removed=at(9), annotations=3)]
MARKS = [
    DeletedMark(Annotation("m", "x", Anchor(0, 5, "quote"), note="note"), "Title", Action(7, "1 mark deleted", at(10)))
]
TAGS = [DeletedTag("t", "water", 1, Action(6, "Tag “water” deleted", at(8)))]
FOUND = RecentlyDeleted(tuple(MARKS), tuple(TAGS), tuple(REMOVED))


def test_enter_brings_back_the_chosen(shown: Shown, qtbot: QtBot) -> None:
    dialog = shown(DeletedDialog())
    assert not dialog.restore_button.isEnabled()
    dialog.set_deleted(FOUND)
    items = [dialog.list.topLevelItem(row) for row in range(3)]
    assert [[item.text(column) for column in (0, 1)] for item in items if item] == [
        ["“quote” note", "Annotation in “Title”"],
        ["Removed", "Document, 3 annotations"],
        ["#water", "Tag, 1 use"],
    ]
    qtbot.keyClick(dialog.list, Qt.Key.Key_Down)
    qtbot.keyClick(dialog.list, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    heard: list[tuple[object, ...]] = []
    dialog.restore_requested.connect(lambda *uids: heard.append(uids))
    qtbot.keyClick(dialog.list, Qt.Key.Key_Return)
    assert heard == [([], ["t"], ["d"])]


def test_where_nothing_was_deleted_it_says_so(shown: Shown, qtbot: QtBot) -> None:
    dialog = shown(DeletedDialog())
    dialog.set_deleted(RecentlyDeleted())
    assert not dialog.restore_button.isEnabled()
    with qtbot.assertNotEmitted(dialog.restore_requested), qtbot.waitSignal(dialog.rejected):
        qtbot.keyClick(dialog, Qt.Key.Key_Return)
