"""What is typed into the filter of the workspace: slips, errors, nothing found."""

from tests.ui.workspace.hands import CONTROL, KEY, QUOTES, Hands


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
    desk.qtbot.waitUntil(lambda: "no category “nonsense”" in hands.page.filter.sentence.text())


def test_a_slip_is_put_right_and_said(hands: Hands) -> None:
    hands.desk.press(KEY.Key_F, CONTROL)
    hands.desk.type("ninty")
    hands.desk.qtbot.waitUntil(lambda: "“ninty” was taken for" in hands.page.filter.sentence.text())
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


def test_the_facets_count_what_is_shown_where_a_slip_was_put_right(hands: Hands) -> None:
    hands.desk.press(KEY.Key_F, CONTROL)
    hands.desk.type("ninty")
    hands.settle()
    assert hands.shown() == ["ninety-two"]
    assert hands.labels("Category") == ["Figure 1"]
