"""From the list of the workspace to the text and back, and what is said of the one in the other."""

from reader.ui.workspace.list_columns import Column
from tests.ui.conftest import Desk
from tests.ui.workspace.hands import ALT, CONTROL, KEY, SHIFT, Hands


def test_an_empty_library_leads_to_the_text(desk: Desk) -> None:
    hands = Hands(desk)
    desk.qtbot.waitUntil(lambda: bool(hands.list.empty.buttons()))
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
