"""The history of an annotation in the window: shown by key and menu, any state of it brought back."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLabel

from reader.model.annotation import Color
from reader.ui.dialogs.deleted import DeletedDialog
from reader.ui.dialogs.past import PastDialog
from tests.ui.conftest import Desk


def only(desk: Desk) -> PastDialog:
    dialog = desk.window.findChild(PastDialog)
    assert dialog
    desk.qtbot.waitUntil(lambda: dialog.list.topLevelItemCount() > 0)
    return dialog


def words(dialog: PastDialog) -> list[str]:
    items = [dialog.list.topLevelItem(at) for at in range(dialog.list.topLevelItemCount())]
    return [item.text(0) for item in items if item]


def marked(desk: Desk) -> str:
    start, end = desk.span("promised the town")
    mark = desk.library.annotate.highlight(desk.uid, desk.text, start, end).annotations_added[0].uid
    desk.library.annotate.edit_note(mark, "who promised?")
    desk.library.annotate.recolor([mark], Color.PINK)
    return mark


def close(desk: Desk, dialog: QDialog) -> None:
    desk.qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    desk.qtbot.waitUntil(lambda: not desk.window.findChildren(PastDialog))
    desk.wait_idle()


def test_a_state_comes_back_by_keys_and_goes_by_undo(desk: Desk) -> None:
    marked(desk)
    desk.click(desk.span("promised the town")[0] + 2)
    desk.press(Qt.Key.Key_H)
    dialog = only(desk)
    assert words(dialog) == [
        "Category: Claim → Question",
        "Note: “who promised?”",
        "Passage: “promised the town”; Category: Claim",
    ]
    assert not dialog.restore_button.isEnabled()  # the newest is what it is now
    desk.qtbot.keyClick(dialog.list, Qt.Key.Key_Down)
    assert "who promised?" in dialog.state.text()
    desk.qtbot.keyClick(dialog.list, Qt.Key.Key_Down)
    desk.qtbot.keyClick(dialog.list, Qt.Key.Key_Return)
    assert [(mark.note, mark.color) for mark in desk.marks()] == [("", Color.YELLOW)]
    desk.qtbot.waitUntil(lambda: len(words(dialog)) == 4)
    assert desk.window.session.annotations[desk.marks()[0].uid].color is Color.YELLOW
    close(desk, dialog)
    desk.trigger("undo")
    assert [(mark.note, mark.color) for mark in desk.marks()] == [("who promised?", Color.PINK)]


def test_the_cards_lead_there_too(desk: Desk) -> None:
    uid = marked(desk)
    parts = desk.window.parts
    assert parts
    parts.marking.set_current(uid)
    parts.notes.view.setFocus()
    desk.press(Qt.Key.Key_H)
    dialog = only(desk)
    assert len(words(dialog)) == 3
    close(desk, dialog)


def test_without_a_mark_it_says_what_to_do(desk: Desk) -> None:
    desk.trigger("past")
    assert desk.window.status.message().startswith("Select a passage")
    assert not desk.window.findChildren(PastDialog)


def test_closed_before_it_was_read(desk: Desk) -> None:
    uid = marked(desk)
    assert desk.window.parts
    desk.window.parts.looking_back.annotation_of(uid)
    dialog = desk.window.findChild(PastDialog)
    assert dialog
    assert any(label.text() == "Reading the history…" for label in dialog.findChildren(QLabel))
    close(desk, dialog)


def test_marks_tags_and_documents_come_back_together(desk: Desk) -> None:
    uid = marked(desk)
    desk.library.annotate.set_tags(uid, ["lake"])
    desk.library.tags.delete("lake")
    desk.library.annotate.delete([uid])
    desk.library.documents.remove([desk.uid])
    assert not desk.window.session.uid
    desk.trigger("bin")
    dialog = desk.window.findChild(DeletedDialog)
    assert dialog
    desk.qtbot.waitUntil(lambda: dialog.list.topLevelItemCount() == 3)
    desk.qtbot.keyClick(dialog.list, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    desk.qtbot.mouseClick(dialog.restore_button, Qt.MouseButton.LeftButton)
    desk.qtbot.waitUntil(lambda: not desk.window.findChildren(DeletedDialog))
    desk.wait_idle()
    assert desk.window.status.message() == "1 annotation, 1 tag, 1 document brought back"
    assert [mark.uid for mark in desk.marks()] == [uid]
    assert [tag.name for tag in desk.library.tags.list()] == ["lake"]
    assert desk.window.parts
    assert desk.window.parts.documents.model.rowCount() == 1
    desk.trigger("undo")
    assert not desk.marks()
    assert desk.window.parts.documents.model.rowCount() == 0
