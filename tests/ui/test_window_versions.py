"""The texts of the open document: listed, shown, compared and dropped from the window."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton, QScrollArea

from reader.services.library import Library
from reader.ui.dialogs.compare import CompareDialog, counterpart
from reader.ui.dialogs.versions import VersionsDialog
from tests.ui.conftest import TEXT, Desk

NEWER = TEXT.replace("forty million", "fifty million").replace(
    "The reservoir\n", "The reservoir\n\nA new line 😀 here.\n"
)


@pytest.fixture
def two(open_desk: Callable[..., Desk], library_path: Path, tmp_path: Path) -> Desk:
    """The window on a document of two texts, the newer one shown, with a mark that stands in both."""
    file = tmp_path / "reservoir.txt"
    library = Library.open(library_path)
    for text in (TEXT, NEWER):
        file.write_text(text, encoding="utf-8")
        (result,) = library.adding.add([file])
        assert result.document, result.reason
    uid = result.document.uid
    start = NEWER.index("the dearest")
    library.annotate.highlight(uid, NEWER, start, start + len("the dearest"))
    library.documents.opened(uid)
    library.close()
    return open_desk(uid)


def listed(desk: Desk) -> VersionsDialog:
    desk.trigger("versions")
    dialog = desk.window.findChild(VersionsDialog)
    assert dialog
    desk.qtbot.waitUntil(dialog.isVisible)
    return dialog


def rows(dialog: VersionsDialog) -> list[list[str]]:
    items = [dialog.list.topLevelItem(row) for row in range(dialog.list.topLevelItemCount())]
    return [[item.text(column) for column in range(6)] for item in items if item]


def press(desk: Desk, button: QPushButton) -> None:
    assert button.isEnabled()
    desk.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def compared(desk: Desk) -> CompareDialog:
    dialog = desk.window.findChild(CompareDialog)
    assert dialog
    desk.qtbot.waitUntil(lambda: dialog.told.text().startswith("Difference"))
    return dialog


def test_the_texts_are_listed_with_their_sizes_and_annotations(two: Desk) -> None:
    dialog = listed(two)
    two.qtbot.waitUntil(lambda: all(row[5] != "…" for row in rows(dialog)))
    newer, older = rows(dialog)
    assert newer[1:] == [
        "shown now",
        f"plain 1, txt {len(NEWER.encode())} bytes",
        f"{len(NEWER):,}",
        str(two.library.documents.get(two.uid).words),
        "1 exact, 0 moved, 0 lost",
    ]
    assert older[1] == ""
    assert older[5].endswith("0 lost")
    two.press(Qt.Key.Key_Escape)
    two.wait_idle()


def test_an_older_text_is_shown_again_and_undone(two: Desk) -> None:
    dialog = listed(two)
    press(two, dialog.show_button)
    two.qtbot.waitUntil(lambda: two.text == TEXT)
    two.qtbot.waitUntil(lambda: rows(dialog)[1][1] == "shown now")
    assert not dialog.show_button.isEnabled(), "it is the one that is shown"
    assert two.window.status.message().startswith("Another text is shown: ")
    (mark,) = two.marks()
    assert mark.anchor
    assert TEXT[mark.anchor.start : mark.anchor.end] == "the dearest"
    dialog.close()
    two.wait_idle()
    two.trigger("undo")
    assert two.text == NEWER


def test_the_former_text_is_chosen_though_the_keys_are_still_held(two: Desk) -> None:
    two.qtbot.keyPress(
        two.window.pane, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
    )
    dialog = two.window.findChild(VersionsDialog)
    assert dialog
    assert dialog.show_button.isEnabled()
    dialog.close()
    two.wait_idle()


def test_a_text_is_dropped_and_undo_puts_it_back_into_the_list(two: Desk) -> None:
    dialog = listed(two)
    press(two, dialog.drop_button)
    two.qtbot.waitUntil(lambda: len(rows(dialog)) == 1)
    assert not dialog.drop_button.isEnabled(), "the text that is shown stays"
    two.trigger("undo")
    two.qtbot.waitUntil(lambda: len(rows(dialog)) == 2)
    dialog.close()
    two.wait_idle()


def test_two_texts_stand_side_by_side_with_their_differences(two: Desk) -> None:
    press(two, listed(two).compare_button)
    dialog = compared(two)
    assert dialog.told.text() == "Difference 1 of 2"
    older, newer = (pane.accessibleName() for pane in (dialog.before, dialog.after))
    assert older.startswith("Older text, ")
    assert newer.startswith("Newer text, ")
    assert newer.endswith(", shown now"), "the time alone may be the same of both"
    assert dialog.before.toPlainText() == TEXT
    assert dialog.after.toPlainText() == NEWER
    two.qtbot.waitUntil(lambda: "fifty" in dialog.after.marked())
    assert dialog.before.marked() == ["forty"]
    assert [words.strip("\u2029") for words in dialog.after.marked()] == ["A new line 😀 here.", "fifty"]
    two.qtbot.mouseClick(dialog.next_button, Qt.MouseButton.LeftButton)
    assert dialog.told.text() == "Difference 2 of 2"
    two.press(Qt.Key.Key_F3)
    assert dialog.told.text() == "Difference 1 of 2"
    two.qtbot.mouseClick(dialog.previous_button, Qt.MouseButton.LeftButton)
    assert dialog.told.text() == "Difference 2 of 2"
    two.press(Qt.Key.Key_Escape)
    two.wait_idle()


def test_both_texts_scroll_together(open_desk: Callable[..., Desk], library_path: Path, tmp_path: Path) -> None:
    lines = [f"Paragraph {n}." for n in range(2000)]
    file = tmp_path / "long.txt"
    library = Library.open(library_path)
    for text in ("\n".join(lines), "\n".join([*(f"New {n}." for n in range(500)), *lines])):
        file.write_text(text, encoding="utf-8")
        (result,) = library.adding.add([file])
        assert result.document, result.reason
    library.close()
    desk = open_desk(result.document.uid)
    press(desk, listed(desk).compare_button)
    dialog = compared(desk)
    dialog.before.verticalScrollBar().setValue(1000)
    assert dialog.before.firstVisibleBlock().text() == dialog.after.firstVisibleBlock().text()
    dialog.after.verticalScrollBar().setValue(2100)
    assert dialog.before.firstVisibleBlock().text() == dialog.after.firstVisibleBlock().text() == "Paragraph 1600."
    for found in desk.window.findChildren(CompareDialog) + desk.window.findChildren(VersionsDialog):
        found.close()
    desk.wait_idle()


def test_a_document_of_one_text_says_where_others_come_from(desk: Desk) -> None:
    dialog = listed(desk)
    assert len(rows(dialog)) == 1
    for button in (dialog.show_button, dialog.compare_button, dialog.drop_button):
        assert not button.isEnabled()
    assert any("There is one text" in label for label in words(dialog))
    two_idle = desk.wait_idle
    dialog.close()
    two_idle()


def test_with_nothing_open_there_is_nothing_to_list(open_desk: Callable[..., Desk]) -> None:
    desk = open_desk()
    desk.trigger("versions")
    assert desk.window.findChild(VersionsDialog) is None
    assert desk.window.status.message() == "Open a document first."


def test_the_dialogs_fit_a_small_window(two: Desk) -> None:
    press(two, listed(two).compare_button)
    dialog = compared(two)
    screen = QApplication.primaryScreen().availableGeometry()
    assert dialog.width() <= screen.width()
    assert dialog.height() <= screen.height()
    (body,) = dialog.findChildren(QScrollArea, options=Qt.FindChildOption.FindDirectChildrenOnly)
    assert body.verticalScrollBar().maximum() == 0, "all of it is seen at once"
    for found in two.window.findChildren(CompareDialog) + two.window.findChildren(VersionsDialog):
        found.close()
    two.wait_idle()


def test_where_a_place_is_in_the_other_text() -> None:
    fixed = [(10, 30), (50, 60)]
    assert counterpart(fixed, 5, forwards=True) == 5
    assert counterpart(fixed, 12, forwards=True) == 32
    assert counterpart(fixed, 45, forwards=True) == 60, "not beyond the next difference"
    assert counterpart(fixed, 55, forwards=True) == 65
    assert counterpart(fixed, 65, forwards=False) == 55
    assert counterpart([], 7, forwards=True) == 7


def words(dialog: VersionsDialog) -> list[str]:
    from PySide6.QtWidgets import QLabel

    return [label.text() for label in dialog.findChildren(QLabel) if label.isVisible()]
