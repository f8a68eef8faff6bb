"""The facets beside the list, by mouse and by keys."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QApplication

from reader.model.annotation import Color
from tests.ui.conftest import Desk
from tests.ui.workspace.facet_helpers import Workspace, marked

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def workspace(desk: Desk) -> Workspace:
    marked(desk.library, desk.uid)
    return Workspace(desk)


def test_the_facets_are_there_with_their_counts(workspace: Workspace) -> None:
    assert workspace.labels("Category") == ["Claim 1", "Quote 1", "Figure 2"]
    assert workspace.labels("Tags") == ["cost 3", "doubt 1"]
    assert workspace.labels("Tags", "cost") == ["dam 1", "paper 1"]
    assert workspace.labels("With and without")[:2] == ["With a note 2", "Without a note 2"]


def test_a_click_asks_for_a_value_and_the_next_takes_it_back(workspace: Workspace) -> None:
    workspace.click("Category", "Figure")
    assert workspace.words == "color:orange"
    assert workspace.labels("Tags") == ["cost 2"]
    workspace.click("Category", "Claim")
    assert workspace.words == "color:orange color:yellow"
    workspace.click("Category", "Figure")
    workspace.click("Category", "Claim")
    assert workspace.words == ""


def test_control_leaves_a_value_out_and_it_stays_in_sight(workspace: Workspace) -> None:
    workspace.click("Tags", "cost", modifiers=CONTROL)
    assert workspace.words == "-tag:cost"
    assert workspace.labels("Tags") == ["cost 0"]
    assert "left out" in workspace.index("Tags", "cost").data(Qt.ItemDataRole.AccessibleTextRole)
    workspace.click("Tags", "cost")
    assert workspace.words == "tag:cost"
    workspace.click("With and without", "Without a note", modifiers=CONTROL)
    assert workspace.words == "tag:cost has:note"


def test_what_the_words_ask_for_is_marked_whatever_its_name(workspace: Workspace) -> None:
    from reader.text.filter_words import parse

    workspace.page.inquiry.ask_for(parse("category:figure tag:nowhere"))
    workspace.wait()
    assert "chosen" in workspace.index("Category", "Figure").data(Qt.ItemDataRole.AccessibleTextRole)
    workspace.click("Tags", "nowhere")
    assert workspace.words == "category:figure"
    workspace.click("Category", "Figure")
    assert workspace.words == ""


def test_all_of_it_by_keys(workspace: Workspace) -> None:
    desk, panel = workspace.desk, workspace.page.sides.facets
    panel.field.setFocus()
    desk.type("pap")
    assert workspace.labels("Tags") == ["cost 3"]
    assert panel.view.isExpanded(workspace.index("Tags", "cost"))
    desk.press(Qt.Key.Key_Down)
    assert QApplication.focusWidget() is panel.view
    for _ in range(2):
        desk.press(Qt.Key.Key_Down)
    desk.press(Qt.Key.Key_Return)
    workspace.wait()
    assert workspace.words == "tag:cost/paper"
    desk.press(Qt.Key.Key_Space, CONTROL)
    workspace.wait()
    assert workspace.words == "-tag:cost/paper"
    # A letter looks for a name and is no shortcut of the window.
    panel.field.set_text("")
    desk.type("c")
    assert panel.view.currentIndex().data() in ("cost", "Category")


def test_what_is_folded_stays_so_over_a_restart(workspace: Workspace, open_desk: Callable[..., Desk]) -> None:
    view = workspace.page.sides.facets.view
    workspace.click("Tags")
    view.setExpanded(workspace.index("Category"), False)
    workspace.click("Category")
    assert not view.isExpanded(workspace.index("Tags"))
    workspace.click("With and without", "With a note")
    assert not view.isExpanded(workspace.index("Tags"))
    again = Workspace(open_desk(workspace.desk.uid))
    assert not again.page.sides.facets.view.isExpanded(again.index("Tags"))
    assert again.page.sides.facets.view.isExpanded(again.index("Category"))


def test_dates_between(workspace: Workspace) -> None:
    desk, dates = workspace.desk, workspace.page.sides.facets.dates
    (month,) = workspace.labels("Months")
    label = month.rpartition(" ")[0]
    workspace.click("Months", label)
    since, until = workspace.words.split()
    assert (since, until) == (f"since:{dates.since.text()}", f"until:{dates.until.text()}")
    dates.since.setFocus()
    dates.since.selectAll()
    desk.type("2020")
    desk.press(Qt.Key.Key_Return)
    workspace.wait()
    assert workspace.words == f"since:2020 {until}"
    dates.since.selectAll()
    desk.type("May")
    desk.press(Qt.Key.Key_Return)
    assert "“May” is no date" in dates.error.text()
    assert workspace.words == f"since:2020 {until}"
    desk.press(Qt.Key.Key_Escape)
    assert dates.since.text() == "2020"
    assert dates.error.isHidden()
    assert desk.window.in_workspace()
    workspace.click("Months", label)
    workspace.click("Months", label)
    assert workspace.words == ""


def test_the_menu_says_what_a_value_can_do(workspace: Workspace) -> None:
    view = workspace.page.sides.facets.view
    node = view.facets.node(workspace.index("Tags", "doubt"))
    assert node is not None
    menu = view.menu_of(node)
    names = [action.text() for action in menu.actions()]
    assert names[0].startswith("Show only these")
    menu.actions()[1].trigger()
    workspace.wait()
    assert workspace.words == "-tag:doubt"
    menu.actions()[-1].trigger()
    assert workspace.words == "tag:doubt"
    menu.close()


def drop(workspace: Workspace, mime: QMimeData, *labels: str) -> bool:
    """Drag to the middle of a row and let go; whether the row took it."""
    view, point = workspace.page.sides.facets.view, workspace.point(*labels)
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    entered, moved = (kind(point, copy, mime, left, none) for kind in (QDragEnterEvent, QDragMoveEvent))
    entered.ignore()
    QApplication.sendEvent(view.viewport(), entered)
    if entered.isAccepted():
        QApplication.sendEvent(view.viewport(), moved)
    taken = entered.isAccepted() and moved.isAccepted()
    if taken:
        QApplication.sendEvent(view.viewport(), QDropEvent(QPointF(point), copy, mime, left, none))
    return taken


def test_marks_dropped_on_a_tag_get_it_and_undo_takes_it_off(workspace: Workspace) -> None:
    from reader.ui.workspace.dragging import packed

    library = workspace.desk.library
    rows = tuple(workspace.page.inquiry.listing.ids)[-2:]
    uids = library.workspace.uids_of(rows)
    before = [library.annotate.get(uid).tags for uid in uids]
    assert drop(workspace, packed(rows), "Tags", "cost", "dam")
    assert all("cost/dam" in library.annotate.get(uid).tags for uid in uids)
    workspace.wait()
    workspace.desk.trigger("undo")
    assert [library.annotate.get(uid).tags for uid in uids] == before
    assert drop(workspace, packed(rows), "Category", "Figure")
    assert {library.annotate.get(uid).color for uid in uids} == {Color.ORANGE}


def test_nothing_else_takes_a_drop(workspace: Workspace) -> None:
    from reader.ui.workspace.dragging import packed

    rows = tuple(workspace.page.inquiry.listing.ids)
    history = len(workspace.desk.library.history.list())
    words = QMimeData()
    words.setText("forty million")
    assert not drop(workspace, packed(rows), "With and without", "With a note")
    assert not drop(workspace, words, "Tags", "cost")
    assert len(workspace.desk.library.history.list()) == history


def test_of_many_the_first_are_shown_and_the_rest_on_demand(desk: Desk) -> None:
    text = desk.text
    for number in range(30):
        desk.library.annotate.highlight(desk.uid, text, 20, 25, tags=[f"tag {number:02}"])
    desk.library.annotate.highlight(desk.uid, text, 20, 25, tags=["tag 27"])
    workspace = Workspace(desk)
    short = workspace.labels("Tags")
    assert (len(short), short[-1]) == (9, "All 30")
    assert "tag 27 2" in short
    workspace.click("Tags", "All 30")
    assert len(workspace.labels("Tags")) == 31
    workspace.page.sides.facets.view.scrollToBottom()
    place = workspace.page.sides.facets.view.verticalScrollBar().value()
    workspace.click("Tags", "tag 20", modifiers=CONTROL)
    workspace.click("Tags", "tag 20", modifiers=CONTROL)
    assert place > 0
    workspace.click("Tags", "Fewer")
    assert len(workspace.labels("Tags")) == 9


def test_of_many_that_are_looked_for_the_first_hundred_are_shown(desk: Desk) -> None:
    text = desk.text
    for number in range(6):
        desk.library.annotate.highlight(desk.uid, text, 20, 25, tags=[f"tag/{number}/{n}" for n in range(30)])
    desk.library.annotate.highlight(desk.uid, text, 20, 25, tags=["tag/5/29"])
    workspace = Workspace(desk)
    panel = workspace.page.sides.facets
    panel.field.set_text("TAG")
    assert workspace.labels("Tags") == ["tag 7", "All 187"]
    assert "29 2" in workspace.labels("Tags", "tag", "5")
    assert len(workspace.labels("Tags", "tag", "0")) == 30
    assert workspace.labels("Tags", "tag") == ["0 1", "1 1", "2 1", "3 1", "5 2"]
    workspace.click("Tags", "All 187")
    assert panel.view.facets.rowCount(workspace.index("Tags", "tag", "4")) == 30
    panel.field.set_text("tag/3/7")
    assert workspace.labels("Tags", "tag", "3") == ["7 1"]
    panel.field.set_text("nothing of the sort")
    assert panel.empty.isVisible()
    panel.field.set_text("")
    assert panel.view.isVisible()
