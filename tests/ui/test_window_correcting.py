"""The text of the open document corrected from the window: a typo, a passage that is cut, words that ran together."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from reader.services.library import Library
from reader.ui.dialogs.correct import CorrectDialog
from reader.ui.dialogs.ran_together import RanTogetherDialog
from tests.ui.conftest import TEXT, Desk

CONTROL = Qt.KeyboardModifier.ControlModifier


def correcting(desk: Desk, words: str) -> CorrectDialog:
    """The dialog, opened by its key on words that are selected with the mouse."""
    desk.drag(words)
    desk.press(Qt.Key.Key_E, CONTROL | Qt.KeyboardModifier.AltModifier)
    return opened(desk)


def opened(desk: Desk) -> CorrectDialog:
    """The dialog, with the keyboard in its field and what it proposes."""
    dialog = desk.window.findChild(CorrectDialog)
    assert dialog
    desk.qtbot.waitUntil(dialog.edit.hasFocus)
    desk.wait_idle()
    return dialog


def press(desk: Desk, button: QPushButton) -> None:
    assert button.isEnabled()
    desk.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def shows(desk: Desk, text: str) -> None:
    desk.qtbot.waitUntil(lambda: desk.text == text)
    desk.wait_idle()


def test_a_typo_is_corrected_with_the_keys_and_the_mark_follows(desk: Desk) -> None:
    start, end = desk.span("forty million")
    mark = desk.library.annotate.highlight(desk.uid, TEXT, start, end).annotations_added[0].uid
    dialog = correcting(desk, "forty")
    assert dialog.focusWidget() is dialog.edit
    assert not dialog.correct_button.isEnabled(), "nothing is changed yet"
    desk.type("fourteen")
    assert "<s>forty</s><u><b>fourteen</b></u>" in dialog.preview.text()
    desk.press(Qt.Key.Key_Return, CONTROL)
    shows(desk, TEXT.replace("forty", "fourteen"))
    assert desk.library.annotate.get(mark).quote == "fourteen million"
    assert desk.window.status.message() == "1 correction made."
    assert desk.window.session.annotations[mark].quote == "fourteen million"
    desk.window.activateWindow()
    desk.qtbot.waitUntil(desk.window.pane.hasFocus)
    desk.press(Qt.Key.Key_Z, CONTROL)
    shows(desk, TEXT)
    assert desk.library.annotate.get(mark).quote == "forty million"


def test_words_that_ran_together_are_written_apart_by_a_button(desk: Desk) -> None:
    library = desk.library
    repeated = "The crisis. The crisis. It is a crisis.\n"
    result = library.adding.add_text(repeated + "The1988crisis is\nnot men-\ntioned.", "Crisis")
    assert result.document
    desk.window.session.open(result.document.uid)
    desk.uid = result.document.uid
    desk.window.pane.setFocus()
    dialog = correcting(desk, "The1988crisis is\nnot men-\ntioned")
    press(desk, dialog.apart_button)
    assert dialog.edit.toPlainText() == "The 1988 crisis is\nnot men-\ntioned"
    press(desk, dialog.join_button)
    assert dialog.edit.toPlainText() == "The 1988 crisis is not mentioned"
    assert not dialog.join_button.isEnabled()
    press(desk, dialog.correct_button)
    shows(desk, repeated + "The 1988 crisis is not mentioned.")


def test_a_passage_is_cut(desk: Desk) -> None:
    paragraph = "سد بر دره ساخته نشد و کسی نپرسید چرا."
    start, end = desk.span(paragraph)
    desk.window.pane.select(start, end)
    desk.trigger("correct")
    dialog = opened(desk)
    press(desk, dialog.cut_button)
    shows(desk, TEXT.replace(f"{paragraph}\n\n", ""))
    assert desk.window.status.message() == "Passage cut."


def test_escape_changes_nothing_and_no_selection_means_the_word_at_the_caret(desk: Desk) -> None:
    desk.click(desk.span("promised")[0] + 2)
    desk.trigger("correct")
    dialog = opened(desk)
    assert dialog.edit.toPlainText() == "promised"
    desk.type("x")
    desk.press(Qt.Key.Key_Escape)
    desk.qtbot.waitUntil(lambda: desk.window.findChild(CorrectDialog) is None)
    assert desk.text == TEXT
    assert len(desk.library.texts.list(desk.uid)) == 1


def test_no_break_spaces_and_odd_code_points_stay_what_they_are(desk: Desk) -> None:
    text = "A\u00a0dam\u2028of\u00a0teh 😀 town."
    result = desk.library.adding.add_text(text, "Odd")
    assert result.document
    desk.window.session.open(result.document.uid)
    desk.uid = result.document.uid
    desk.window.pane.select(0, len(text))
    desk.trigger("correct")
    dialog = opened(desk)
    assert dialog.edits() == []
    cursor = dialog.edit.textCursor()
    cursor.setPosition(text.index("teh") + 1)
    cursor.setPosition(text.index("teh") + 3, cursor.MoveMode.KeepAnchor)
    dialog.edit.setTextCursor(cursor)
    desk.type("he")
    press(desk, dialog.correct_button)
    shows(desk, text.replace("teh", "the"))


def test_what_was_typed_stays_when_it_cannot_be_written(desk: Desk) -> None:
    dialog = correcting(desk, "forty")
    desk.type("fourteen")
    with desk.library.store.transaction() as connection:
        connection.execute("UPDATE text_part SET text = 'x' || text")
    press(desk, dialog.correct_button)
    desk.wait_idle()
    assert "changed in the meantime" in dialog.error.text()
    assert dialog.edit.toPlainText() == "fourteen"
    assert dialog.correct_button.isEnabled()
    with desk.library.store.transaction() as connection:
        connection.execute("UPDATE text_part SET text = substr(text, 2)")
    press(desk, dialog.correct_button)
    shows(desk, TEXT.replace("forty", "fourteen"))


def test_another_text_waits_while_words_are_typed(desk: Desk) -> None:
    dialog = correcting(desk, "forty")
    desk.type("fourt")
    assert desk.window.session.busy()
    dialog.reject()
    assert not desk.window.session.busy()
    desk.wait_idle()


LONG = "The crisis came. The board met. The board saw the crisis. A board met the crisis.\n\n"


@pytest.fixture
def clipped(open_desk: Callable[..., Desk], library_path: Path) -> Desk:
    library = Library.open(library_path)
    result = library.adding.add_text(LONG * 3 + "The1988crisis and theboardmet again, boardMet.", "Clipped")
    assert result.document
    library.close()
    return open_desk(result.document.uid)


def test_the_finder_lists_what_ran_together_and_corrects_what_is_ticked(clipped: Desk) -> None:
    clipped.trigger("ran_together")
    dialog = clipped.window.findChild(RanTogetherDialog)
    assert dialog
    clipped.qtbot.waitUntil(lambda: dialog.list.topLevelItemCount() > 0)
    rows = [dialog.list.topLevelItem(at) for at in range(dialog.list.topLevelItemCount())]
    assert [(row.text(1), row.text(2), row.checkState(0) is Qt.CheckState.Checked) for row in rows if row] == [
        ("The1988crisis", "The 1988 crisis", True),
        ("theboardmet", "the board met", False),
        ("boardMet", "board Met", True),
    ]
    assert dialog.correct_button.text() == "&Write 2 apart"
    press(clipped, dialog.none_button)
    assert not dialog.correct_button.isEnabled()
    dialog.list.setCurrentIndex(dialog.list.model().index(1, 0))
    dialog.list.setFocus()
    clipped.qtbot.keyClick(dialog.list, Qt.Key.Key_Space)
    assert dialog.correct_button.text() == "&Write 1 apart"
    press(clipped, dialog.all_button)
    press(clipped, dialog.correct_button)
    shows(clipped, LONG * 3 + "The 1988 crisis and the board met again, board Met.")
    assert clipped.window.status.message() == "3 corrections made."
    clipped.trigger("undo")
    shows(clipped, LONG * 3 + "The1988crisis and theboardmet again, boardMet.")


def test_the_finder_proposes_words_round_a_year(desk: Desk) -> None:
    desk.trigger("ran_together")
    dialog = desk.window.findChild(RanTogetherDialog)
    assert dialog
    desk.qtbot.waitUntil(dialog.list.isVisible)
    desk.wait_idle()
    desk.press(Qt.Key.Key_Escape)
    desk.qtbot.waitUntil(lambda: not dialog.isVisible())


def test_the_finder_says_when_there_is_nothing(desk: Desk) -> None:
    result = desk.library.adding.add_text("Every word stands alone here.", "Alone")
    assert result.document
    desk.window.session.open(result.document.uid)
    desk.trigger("ran_together")
    dialog = desk.window.findChild(RanTogetherDialog)
    assert dialog
    desk.qtbot.waitUntil(lambda: dialog.about.text().startswith("Nothing in this text"))
    assert not dialog.list.isVisible()
    assert dialog.focusWidget() is dialog.close_button
    desk.press(Qt.Key.Key_Return)
    desk.qtbot.waitUntil(lambda: not dialog.isVisible())
    desk.wait_idle()
