"""The list of the workspace, used with real keys and mouse; what it wrote is looked up in the library."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel

from reader.model.annotation import Annotation, Color, Style
from reader.model.errors import ReaderError
from reader.model.workspace import Grouping, Order, Row
from reader.ui.workspace.dragging import packed
from reader.ui.workspace.list_columns import Column
from reader.ui.workspace.list_lines import Head
from tests.ui.conftest import TEXT, Desk
from tests.ui.workspace.facet_helpers import Workspace, marked

QUOTES = ["a lake", "first estimate", "forty million", "ninety-two"]
KEY, SHIFT, CONTROL, ALT = (
    Qt.Key,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
)


class Hands(Workspace):
    """The workspace with the keyboard in its list."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.list, self.table = self.page.list, self.page.list.table
        self.settle()

    def settle(self) -> None:
        """Until all rows that are in view have been read, and nothing is asked any more."""

        def calm() -> bool:
            here = [self.list.model.item(line) for line in range(self.list.model.lines.count)]
            asked = self.page.inquiry.busy() or self.list.reader.busy() or self.desk.window.tasks.busy()
            return not asked and None not in here

        self.desk.qtbot.waitUntil(calm, timeout=10_000)

    def shown(self) -> list[str]:
        """What stands on the lines: quotes, and the heads of groups in brackets."""
        items = [self.list.model.item(line) for line in range(self.list.model.lines.count)]
        return [f"[{item.label} {item.total}]" if isinstance(item, Head) else item.quote for item in items if item]

    def chosen(self) -> list[str]:
        """The quotes of the selected rows."""
        return [row.quote for row in self.desk.library.workspace.rows(self.page.inquiry.rows)]

    def current(self) -> str:
        row = self.list.model.item(self.table.currentIndex().row())
        return row.quote if isinstance(row, Row) else row.label if isinstance(row, Head) else ""

    def mark(self, quote: str) -> Annotation:
        (found,) = [mark for mark in self.desk.marks() if mark.quote == quote]
        return found

    def point(self, line: int, column: Column = Column.QUOTE) -> QPoint:
        return self.table.visualRect(self.list.model.index(line, column)).center()

    def click_row(self, line: int, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        left = Qt.MouseButton.LeftButton
        self.desk.qtbot.mouseClick(self.table.viewport(), left, modifiers, self.point(line))


@pytest.fixture
def hands(desk: Desk) -> Hands:
    marked(desk.library, desk.uid)
    return Hands(desk)


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


def test_a_click_on_a_head_sorts_and_again_the_other_way_round(hands: Hands) -> None:
    header = hands.table.header
    viewport, where = header.viewport(), QPoint(header.sectionViewportPosition(Column.QUOTE) + 20, 10)
    for expected in (sorted(QUOTES), sorted(QUOTES, reverse=True)):
        hands.desk.qtbot.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=where)
        hands.settle()
        assert hands.shown() == expected
    assert hands.page.inquiry.view.order is Order.QUOTE
    assert header.sortIndicatorOrder() == Qt.SortOrder.DescendingOrder


def test_order_groups_and_columns_are_chosen_by_keys_from_menus(hands: Hands) -> None:
    menus = {button: button.menu() for button in (hands.list.sort_button, hands.list.group_button)}
    for menu in menus.values():
        assert menu
        menu.aboutToShow.emit()
    sort, group = menus.values()
    assert [action.text() for action in sort.actions()][:2] == ["By document and place", "By category"]
    sort.actions()[1].trigger()
    group.actions()[2].trigger()
    hands.settle()
    assert hands.page.inquiry.view == replace(
        hands.page.inquiry.view, order=Order.CATEGORY, group=Grouping.TAG, descending=False
    )


def test_nested_tags_fold_by_keys(hands: Hands) -> None:
    desk = hands.desk
    hands.list.group_by(Grouping.TAG)
    hands.settle()
    whole = [
        "[cost 3]", "forty million", "[dam 1]", "first estimate", "[paper 1]", "ninety-two",
        "[doubt 1]", "first estimate", "[Without a tag 1]", "a lake",
    ]  # fmt: skip
    assert hands.shown() == whole
    hands.table.go_to_line(3)
    desk.press(KEY.Key_Left)
    assert hands.current() == "dam"
    desk.press(KEY.Key_Left)
    assert hands.shown() == whole[:3] + whole[4:]
    desk.press(KEY.Key_Left)
    assert hands.current() == "cost"
    desk.press(KEY.Key_Space)
    assert hands.shown() == ["[cost 3]", *whole[6:]]
    desk.press(KEY.Key_Right)
    desk.press(KEY.Key_Asterisk)
    assert hands.shown() == whole
    assert hands.page.inquiry.rows == ()
    desk.press(KEY.Key_A, CONTROL)
    assert sorted(hands.chosen()) == sorted(QUOTES), "an annotation under two heads is one"


def test_a_fold_stays_while_the_list_is_answered_anew(hands: Hands) -> None:
    hands.list.group_by(Grouping.CATEGORY)
    hands.settle()
    hands.click_row(0)
    folded = hands.shown()
    assert folded[:2] == ["[Claim 1]", "[Quote 1]"]
    hands.desk.library.annotate.edit_note(hands.mark("a lake").uid, "x")
    hands.settle()
    assert hands.shown() == folded


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


def test_typing_filters_and_an_error_stands_under_the_line(hands: Hands) -> None:
    desk = hands.desk
    desk.press(KEY.Key_F, CONTROL)
    desk.type("category:figure -paper")
    hands.settle()
    assert hands.shown() == ["forty million"]
    desk.press(KEY.Key_Down)
    assert hands.table.hasFocus()
    desk.press(KEY.Key_F, CONTROL)
    desk.type("colour:blue")
    assert "There is no filter “colour:”" in hands.page.filter.sentence.text()
    assert hands.shown() == ["forty million"], "the list stays while the words are no filter"
    desk.press(KEY.Key_Escape)
    hands.settle()
    assert hands.shown() == QUOTES
    assert not hands.page.filter.sentence.isVisible()
    desk.type("category:nonsense")
    desk.qtbot.waitUntil(lambda: "no category “nonsense”" in hands.page.filter.sentence.text(), timeout=10_000)


def test_a_slip_is_put_right_and_said(hands: Hands) -> None:
    hands.desk.press(KEY.Key_F, CONTROL)
    hands.desk.type("ninty")
    hands.desk.qtbot.waitUntil(lambda: "“ninty” was taken for" in hands.page.filter.sentence.text(), timeout=10_000)
    assert hands.shown() == ["ninety-two"]


def test_nothing_found_says_so_and_clears_by_a_button(hands: Hands) -> None:
    desk = hands.desk
    desk.press(KEY.Key_F, CONTROL)
    desk.type("state:lost")
    hands.settle()
    assert hands.list.empty.isVisible()
    assert hands.list.empty.sentence() == "No annotation meets the filter."
    (button,) = hands.list.empty.buttons()
    button.click()
    hands.settle()
    assert hands.shown() == QUOTES
    assert hands.page.filter.field.text() == ""


def test_an_empty_library_leads_to_the_text(desk: Desk) -> None:
    hands = Hands(desk)
    desk.qtbot.waitUntil(lambda: bool(hands.list.empty.buttons()), timeout=10_000)
    assert hands.list.empty.sentence().startswith("There are no annotations yet.")
    hands.list.empty.buttons()[0].click()
    assert not desk.window.in_workspace()
    assert desk.window.pane.hasFocus()


def test_enter_opens_the_mark_and_back_leads_to_its_row(hands: Hands) -> None:
    desk, window = hands.desk, hands.desk.window
    hands.click_row(3)
    desk.press(KEY.Key_Return)
    assert not window.in_workspace()
    assert window.parts
    assert window.parts.marking.current
    assert window.parts.marking.current.quote == "ninety-two"
    assert window.pane.hasFocus()
    desk.press(KEY.Key_Left, ALT)
    assert window.in_workspace()
    hands.settle()
    assert hands.chosen() == ["ninety-two"]
    assert hands.table.hasFocus()
    desk.press(KEY.Key_Right, ALT)
    assert not window.in_workspace()


def test_a_mark_of_another_document_is_opened_there(hands: Hands) -> None:
    desk = hands.desk
    result = desk.library.adding.add_text("Another text about a weir.\n", "Weir")
    assert result.document
    desk.library.annotate.highlight(result.document.uid, "Another text about a weir.\n", 8, 12)
    hands.settle()
    desk.press(KEY.Key_End, CONTROL)
    assert hands.current() == "text"
    desk.press(KEY.Key_Return)
    assert desk.window.session.uid == result.document.uid
    assert not desk.window.in_workspace()


def test_escape_and_the_same_key_lead_back_to_the_text(hands: Hands) -> None:
    desk, window = hands.desk, hands.desk.window
    assert window.windowTitle() == "Annotations of all documents — Passage"
    desk.press(KEY.Key_Escape)
    assert not window.in_workspace()
    assert window.pane.hasFocus()
    assert window.windowTitle() == "The reservoir — Passage"
    desk.press(KEY.Key_A, CONTROL | SHIFT)
    assert window.in_workspace()
    desk.press(KEY.Key_A, CONTROL | SHIFT)
    assert not window.in_workspace()
    assert not window.actions_["workspace"].isChecked()


def test_quotes_are_copied_with_their_sources(hands: Hands) -> None:
    hands.click_row(1)
    hands.desk.press(KEY.Key_Down, SHIFT)
    hands.desk.press(KEY.Key_C, CONTROL)
    copied = QGuiApplication.clipboard().text()
    assert copied.startswith("“first estimate”\n— ")
    assert "\n\n“forty million”\n— " in copied
    assert copied.count("— “The reservoir”") == 2
    assert hands.desk.window.status.message() == "2 annotations copied with their sources"


def test_what_is_about_the_text_says_so_and_changes_nothing(hands: Hands) -> None:
    desk, window = hands.desk, hands.desk.window
    hidden = window.actions_["show_hidden"].isChecked()
    for name in ("range", "hide", "select_word", "show_hidden", "remove", "zoom_in"):
        desk.trigger(name)
        assert "go back to it with Esc" in window.status.message(), name
        assert window.in_workspace()
    assert window.actions_["show_hidden"].isChecked() is hidden
    assert desk.library.documents.list()


def test_what_leads_to_the_text_shows_it(hands: Hands) -> None:
    window = hands.desk.window
    for name in ("focus_text", "search", "focus_contents", "next_document"):
        window.show_workspace()
        hands.desk.trigger(name)
        assert not window.in_workspace(), name


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


def test_columns_order_and_groups_are_remembered(hands: Hands, open_desk: Callable[..., Desk]) -> None:
    header = hands.table.header
    header.show_column(Column.NOTE, shown=False)
    header.moveSection(header.visualIndex(Column.TAGS), 0)
    header.resizeSection(Column.TAGS, 222)
    hands.desk.qtbot.waitUntil(lambda: bool(hands.desk.library.settings.get("workspace_columns", {})), timeout=5_000)
    hands.list.sort_by(Order.QUOTE)
    hands.list.group_by(Grouping.CATEGORY)
    hands.settle()
    again = Hands(open_desk(hands.desk.uid))
    header = again.table.header
    assert header.isSectionHidden(Column.NOTE)
    assert header.first_shown() == Column.TAGS
    assert header.sectionSize(Column.TAGS) == 222
    assert (again.page.inquiry.view.order, again.page.inquiry.view.group) == (Order.QUOTE, Grouping.CATEGORY)


def test_settings_that_make_no_sense_are_as_none(desk: Desk) -> None:
    settings = desk.library.settings
    settings.set("workspace_columns", {"order": ["x", 3], "widths": [1], "hidden": [c.name.lower() for c in Column]})
    settings.set("workspace_order", {"order": "weight", "group": 7, "descending": "yes"})
    settings.set("workspace_sides", {"shown": 3})
    marked(desk.library, desk.uid)
    hands = Hands(desk)
    assert hands.shown() == QUOTES
    assert not hands.table.header.isSectionHidden(Column.QUOTE)


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


def test_a_document_that_is_opened_from_anywhere_is_shown(hands: Hands) -> None:
    window = hands.desk.window
    result = hands.desk.library.adding.add_text("About a weir.\n", "Weir")
    assert result.document
    assert window.parts
    for uid in (hands.desk.uid, result.document.uid):
        window.show_workspace()
        window.parts.places.open(uid)
        assert not window.in_workspace()
        assert window.pane.hasFocus()


def test_what_is_written_to_the_open_document_leaves_the_workspace_shown(hands: Hands) -> None:
    desk, window = hands.desk, hands.desk.window
    assert window.session.open(desk.uid)
    desk.library.tags.merge("doubt", "cost")
    hands.settle()
    assert window.in_workspace()
    assert hands.list.model.index(1, Column.TAGS).data() == "\u200ecost/dam, cost"


def test_the_facets_count_what_is_shown_where_a_slip_was_put_right(hands: Hands) -> None:
    hands.desk.press(KEY.Key_F, CONTROL)
    hands.desk.type("ninty")
    hands.settle()
    assert hands.shown() == ["ninety-two"]
    assert hands.labels("Category") == ["Figure 1"]


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
