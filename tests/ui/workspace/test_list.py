"""The list of the workspace, used with real keys and mouse; what it wrote is looked up in the library."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel

from reader.model.annotation import Color, Style
from reader.model.errors import ReaderError
from reader.model.workspace import Grouping
from reader.ui.workspace.dragging import packed
from reader.ui.workspace.list_columns import Column
from tests.ui.conftest import TEXT, Desk
from tests.ui.workspace.hands import CONTROL, KEY, QUOTES, SHIFT, Hands


def test_all_annotations_stand_in_the_list_with_the_keyboard_in_it(hands: Hands) -> None:
    assert hands.shown() == QUOTES
    assert hands.current() == "a lake"
    assert hands.table.hasFocus()
    assert hands.list.count.text() == "4 annotations"
    cells = [hands.list.model.index(1, column).data() for column in Column]
    day = hands.mark("first estimate").created[:10]
    assert cells[:5] == ["Claim", "first estimate", "Who made it?", "\u200ecost/dam, doubt", "The reservoir"]
    assert cells[6:] == [day, day, "= exact"]


def test_the_current_row_is_marked_tagged_and_deleted_by_keys(hands: Hands) -> None:
    desk = hands.desk
    hands.click_row(2)
    desk.press(KEY.Key_3)
    desk.press(KEY.Key_U)
    hands.settle()
    assert (hands.mark("forty million").color, hands.mark("forty million").style) == (Color.BLUE, Style.UNDERLINE)
    assert hands.current() == "forty million"
    desk.press(KEY.Key_T)
    desk.type("new")
    desk.press(KEY.Key_Return)
    desk.press(KEY.Key_Return, CONTROL)
    assert hands.mark("forty million").tags == ("cost", "new")
    assert hands.table.hasFocus()
    desk.press(KEY.Key_Delete)
    hands.settle()
    assert hands.shown() == ["a lake", "first estimate", "ninety-two"]
    assert hands.current() == "ninety-two"
    desk.press(KEY.Key_Z, CONTROL)
    hands.settle()
    assert hands.shown() == QUOTES
    assert desk.window.status.message() == "Undone: 1 mark deleted"


def test_several_rows_are_changed_as_one_action(hands: Hands) -> None:
    desk = hands.desk
    hands.click_row(1)
    hands.click_row(3, CONTROL)
    assert hands.chosen() == ["first estimate", "ninety-two"]
    desk.press(KEY.Key_2)
    assert [mark.color for mark in desk.marks()] == [Color.BLUE, Color.GREEN, Color.ORANGE, Color.GREEN]
    desk.press(KEY.Key_Z, CONTROL)
    assert [mark.color for mark in desk.marks()] == [Color.BLUE, Color.YELLOW, Color.ORANGE, Color.ORANGE]


def test_the_tags_that_all_have_are_asked_for_and_others_stay(hands: Hands) -> None:
    desk, library = hands.desk, hands.desk.library
    library.annotate.add_tags([mark.uid for mark in desk.marks()], ["shared"])
    hands.settle()
    desk.press(KEY.Key_A, CONTROL)
    assert len(hands.page.inquiry.rows) == 4
    desk.press(KEY.Key_T)
    desk.press(KEY.Key_Backspace)
    desk.type("late")
    desk.press(KEY.Key_Return, CONTROL)
    assert [mark.tags for mark in desk.marks()] == [
        ("late",), ("cost/dam", "doubt", "late"), ("cost", "late"), ("cost/paper", "late"),
    ]  # fmt: skip
    desk.press(KEY.Key_Z, CONTROL)
    assert all(mark.tags[-1] == "shared" for mark in desk.marks())


def test_a_note_is_written_at_its_row(hands: Hands) -> None:
    desk = hands.desk
    hands.click_row(1)
    for key in (KEY.Key_F2, KEY.Key_N):
        desk.press(key)
        desk.type("! ")
        desk.press(KEY.Key_Return, CONTROL)
        assert hands.table.hasFocus()
    assert hands.mark("first estimate").note == "Who made it?! ! "
    assert hands.list.model.index(1, Column.NOTE).data() == "Who made it?! !"


def test_a_note_that_cannot_be_written_stays_in_its_editor(hands: Hands, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = hands.desk
    hands.click_row(1)

    def full(*_args: object, **_more: object) -> None:
        raise OSError("disk is full")

    with monkeypatch.context() as patched:
        patched.setattr(desk.library.annotate, "edit_note", full)
        patched.setattr("sys.excepthook", lambda *_: None)
        desk.press(KEY.Key_N)
        desk.type("?")
        desk.press(KEY.Key_Return, CONTROL)
    assert desk.window.session.unsaved
    desk.press(KEY.Key_Return, CONTROL)
    assert hands.mark("first estimate").note == "Who made it??"
    assert not desk.window.session.unsaved


def test_what_is_written_elsewhere_shows_and_leaves_the_selection(hands: Hands) -> None:
    desk, library = hands.desk, hands.desk.library
    hands.click_row(3)
    start = TEXT.index("The board")
    library.annotate.highlight(desk.uid, TEXT, start, start + 9)
    library.annotate.edit_note(hands.mark("ninety-two").uid, "from elsewhere")
    hands.settle()
    assert hands.shown() == ["The board", *QUOTES]
    assert hands.chosen() == ["ninety-two"]
    assert hands.list.model.index(4, Column.NOTE).data() == "from elsewhere"


def test_a_drop_on_the_head_of_a_tag_gives_it(hands: Hands) -> None:
    hands.list.group_by(Grouping.TAG)
    hands.settle()
    line = hands.shown().index("[doubt 1]")
    (row_id,) = hands.desk.library.workspace.listing(hands.page.inquiry.view.filter).ids[:1]
    mime: QMimeData = packed([row_id])
    where, viewport = hands.point(line), hands.table.viewport()
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(viewport, QDragEnterEvent(where, copy, mime, left, none))
    move = QDragMoveEvent(where, copy, mime, left, none)
    QApplication.sendEvent(viewport, move)
    assert move.isAccepted()
    QApplication.sendEvent(viewport, QDropEvent(QPointF(where), copy, mime, left, none))
    assert hands.mark("a lake").tags == ("doubt",)
    assert hands.desk.window.status.message() == "Tagged"


def test_quotes_are_copied_with_their_sources(hands: Hands) -> None:
    hands.click_row(1)
    hands.desk.press(KEY.Key_Down, SHIFT)
    hands.desk.press(KEY.Key_C, CONTROL)
    copied = QGuiApplication.clipboard().text()
    assert copied.startswith("“first estimate”\n— ")
    assert "\n\n“forty million”\n— " in copied
    assert copied.count("— “The reservoir”") == 2
    assert hands.desk.window.status.message() == "2 annotations copied with their sources"


def test_the_next_annotation_is_the_next_row(hands: Hands) -> None:
    desk = hands.desk
    hands.list.group_by(Grouping.CATEGORY)
    hands.settle()
    hands.table.go_to_line(1)
    for key, expected in ((KEY.Key_F8, "a lake"), (KEY.Key_F8, "forty million")):
        desk.press(key)
        assert hands.current() == expected
    desk.press(KEY.Key_F8, SHIFT)
    assert hands.current() == "a lake"


def test_home_and_end_lead_to_the_first_and_the_last_row(hands: Hands) -> None:
    desk = hands.desk
    desk.press(KEY.Key_End)
    assert (hands.current(), hands.chosen()) == ("ninety-two", ["ninety-two"])
    desk.press(KEY.Key_Up)
    desk.press(KEY.Key_Home, SHIFT)
    assert hands.chosen() == QUOTES[:3]
    assert hands.current() == "a lake"


def test_many_rows_are_written_off_the_interfaces_thread(
    hands: Hands, monkeypatch: pytest.MonkeyPatch, open_desk: Callable[..., Desk]
) -> None:
    monkeypatch.setattr("reader.ui.workspace.list_verbs.MANY", 2)
    desk, said = hands.desk, []
    desk.window.session.said.connect(lambda words, _undo: said.append(words))
    desk.press(KEY.Key_A, CONTROL)
    desk.press(KEY.Key_6)
    desk.wait_idle()
    hands.settle()
    assert said == ["Changing 4 annotations…", "4 marks changed to Other"]
    assert {mark.color for mark in desk.marks()} == {Color.PURPLE}
    assert len(hands.page.inquiry.rows) == 4


def test_a_read_only_library_says_why_nothing_is_changed(hands: Hands, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_args: object, **_more: object) -> None:
        raise ReaderError("This library is only read.")

    monkeypatch.setattr(hands.desk.library.annotate, "recolor", refuse)
    hands.desk.press(KEY.Key_1)
    assert hands.desk.window.status.message() == "This library is only read."


def test_a_long_step_back_is_taken_off_the_interfaces_thread(hands: Hands, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reader.services.history.MANY", 3)
    desk, said = hands.desk, []
    desk.press(KEY.Key_A, CONTROL)
    desk.press(KEY.Key_6)
    desk.window.session.said.connect(lambda words, _undo: said.append(words))
    desk.press(KEY.Key_Z, CONTROL)
    desk.press(KEY.Key_Z, CONTROL)
    desk.wait_idle()
    hands.settle()
    assert said == [
        "Changing many annotations…",
        "The last step is still under way; wait for it, then go on.",
        "Undone: 4 marks changed to Other",
    ]
    assert [mark.color for mark in desk.marks()] == [Color.BLUE, Color.YELLOW, Color.ORANGE, Color.ORANGE]


def test_each_letter_with_alt_leads_to_one_thing(hands: Hands) -> None:
    window = hands.desk.window
    words = [menu.title() for menu in window.menus]
    words += [widget.text() for widget in hands.page.findChildren(QAbstractButton) if widget.isVisible()]
    words += [label.text() for label in hands.page.findChildren(QLabel) if label.isVisible() and label.buddy()]
    letters = [word[word.index("&") + 1].lower() for word in words if "&" in word.replace("&&", "")]
    assert len(letters) >= 10
    assert len(letters) == len(set(letters)), sorted(letters)


def test_a_note_that_was_changed_elsewhere_meanwhile_is_told_of(hands: Hands) -> None:
    desk, uid = hands.desk, hands.mark("first estimate").uid
    hands.click_row(1)
    desk.press(KEY.Key_N)
    desk.type(" Mine.")
    desk.library.annotate.edit_note(uid, "Theirs.")
    desk.press(KEY.Key_Return, CONTROL)
    assert hands.mark("first estimate").note == "Who made it? Mine."
    assert "changed elsewhere while you wrote" in desk.window.status.message()
    assert "history (H)" in desk.window.status.message()


def test_tags_that_are_given_elsewhere_meanwhile_stay(hands: Hands) -> None:
    desk, uid = hands.desk, hands.mark("first estimate").uid
    hands.click_row(1)
    desk.press(KEY.Key_T)
    desk.type("mine")
    desk.library.annotate.add_tags([uid], ["theirs"])
    desk.press(KEY.Key_Return, CONTROL)
    assert hands.mark("first estimate").tags == ("cost/dam", "doubt", "theirs", "mine")
