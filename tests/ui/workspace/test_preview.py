"""The passage beside the list, and the columns at both sides."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QToolButton

from reader.model.annotation import Color, PageRect, Picture
from tests.ui.conftest import Desk
from tests.ui.workspace.facet_helpers import Workspace, marked


@pytest.fixture
def workspace(desk: Desk) -> Workspace:
    marked(desk.library, desk.uid)
    return Workspace(desk)


def go_to(workspace: Workspace, words: str) -> None:
    """Let the keyboard be at the annotation with that quote, and wait for its passage."""
    inquiry, library = workspace.page.inquiry, workspace.desk.library
    (row_id,) = [each for each in inquiry.listing.ids if library.workspace.rows((each,))[0].quote == words]
    inquiry.select((row_id,), row_id)
    preview = workspace.page.sides.preview
    workspace.desk.qtbot.waitUntil(lambda: (shown := preview.shown()) is not None and shown.row.quote == words)


def test_the_passage_of_the_current_row_stands_beside_the_list(workspace: Workspace) -> None:
    preview = workspace.page.sides.preview
    go_to(workspace, "first estimate")
    assert preview.title.text() == "The reservoir"
    assert "Claim" in preview.place.text()
    assert preview.note.toPlainText() == "Who made it?"
    assert [chip.text() for chip in preview.tags.findChildren(QToolButton)] == ["cost/dam", "doubt"]
    first, second = (chip.geometry() for chip in preview.tags.findChildren(QToolButton))
    assert not first.intersects(second)
    assert preview.tags.rect().contains(first.united(second))
    assert "has promised the town" in preview.pane.view.document.text
    go_to(workspace, "a lake")
    assert preview.note.isHidden()
    assert preview.tags.isHidden()


def test_the_mark_is_drawn_in_the_passage(workspace: Workspace) -> None:
    preview = workspace.page.sides.preview
    go_to(workspace, "ninety-two")
    pane = preview.pane
    anchor = next(mark.anchor for mark in preview.shown().marks if mark.anchor and mark.anchor.exact == "ninety-two")
    assert pane.ensure()
    rect = pane.view.rects(anchor.start, anchor.end)[0]
    image = pane.viewport().grab().toImage()
    ground = QColor(workspace.desk.window.appearance.theme.ground(Color.ORANGE))
    found = [
        image.pixelColor(x, y) for x in range(rect.left(), rect.right()) for y in (rect.top() + 3, rect.center().y())
    ]
    assert ground in found


def test_a_change_is_shown_and_a_deletion_said(workspace: Workspace) -> None:
    preview, library, qtbot = workspace.page.sides.preview, workspace.desk.library, workspace.desk.qtbot
    go_to(workspace, "first estimate")
    shown = preview.shown()
    library.annotate.edit_note(shown.row.mark.uid, "Who *made* it?")
    qtbot.waitUntil(lambda: preview.note.toPlainText() == "Who made it?" and preview.shown() is not shown)
    library.annotate.delete([shown.row.mark.uid])
    qtbot.waitUntil(lambda: preview.shown() is None or preview.shown().row.mark.uid != shown.row.mark.uid)


def test_open_in_the_document_goes_to_the_mark(workspace: Workspace) -> None:
    desk, preview = workspace.desk, workspace.page.sides.preview
    go_to(workspace, "ninety-two")
    uid = preview.shown().row.mark.uid
    desk.qtbot.mouseClick(preview.open_button, Qt.MouseButton.LeftButton)
    assert not desk.window.in_workspace()
    assert desk.window.parts.marking.current.uid == uid


def test_a_tag_of_the_passage_is_asked_for_by_a_click(workspace: Workspace) -> None:
    preview = workspace.page.sides.preview
    go_to(workspace, "first estimate")
    chip = preview.tags.findChildren(QToolButton)[1]
    workspace.desk.qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert workspace.words == "tag:doubt"
    workspace.wait()


def test_an_area_shows_its_picture(desk: Desk) -> None:
    from PySide6.QtCore import QBuffer
    from PySide6.QtGui import QImage

    image = QImage(60, 40, QImage.Format.Format_RGB32)
    image.fill(QColor("#2080c0"))
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    area, picture = PageRect(0, 0.1, 0.1, 0.5, 0.5), Picture("image/png", bytes(buffer.data().data()))
    desk.library.annotate.mark_area(desk.uid, desk.text, 3, area, picture=picture)
    workspace = Workspace(desk)
    go_to(workspace, "")
    shown = workspace.page.sides.preview.picture
    assert shown.isVisible()
    pixels = shown.grab().toImage()
    assert pixels.pixelColor(pixels.width() // 2, 20) == QColor("#2080c0")


def test_what_has_no_passage_says_why(desk: Desk, tmp_path: Path) -> None:
    marked(desk.library, desk.uid)
    file = tmp_path / "reservoir.txt"
    file.write_text("Only this.", "utf-8")
    list(desk.library.adding.add([file]))
    workspace = Workspace(desk)
    go_to(workspace, "forty million")
    assert "is not in the text any more" in workspace.page.sides.preview.empty.sentence()


def test_the_columns_go_and_come_by_keys_and_stay_so(workspace: Workspace, open_desk: Callable[..., Desk]) -> None:
    desk, page = workspace.desk, workspace.page
    desk.trigger("right_panel")
    assert page.right.isHidden()
    assert not desk.window.actions_["right_panel"].isChecked()
    desk.trigger("workspace")
    assert desk.window.actions_["right_panel"].isChecked()
    assert desk.window.right.isVisible()
    desk.trigger("workspace")
    assert not desk.window.actions_["right_panel"].isChecked()
    desk.trigger("left_panel")
    again = Workspace(open_desk(desk.uid))
    assert again.page.right.isHidden()
    assert again.page.left.isHidden()
    again.desk.trigger("focus_documents")
    assert again.page.left.isVisible()
    assert again.page.sides.facets.view.hasFocus()


def test_in_a_narrow_window_there_is_one_column_at_a_time(open_desk: Callable[..., Desk]) -> None:
    workspace = Workspace(open_desk(size=(800, 600)))
    page, window = workspace.page, workspace.desk.window
    assert (page.left.isVisible(), page.right.isVisible()) == (True, False)
    assert window.width() == 800
    workspace.desk.trigger("right_panel")
    assert (page.left.isVisible(), page.right.isVisible()) == (False, True)
    assert not window.actions_["left_panel"].isChecked()
    workspace.desk.trigger("focus_documents")
    assert (page.left.isVisible(), page.right.isVisible()) == (True, False)
    assert window.width() == 800
    window.resize(1300, 700)
    workspace.desk.qtbot.waitUntil(page.right.isVisible)
    assert page.left.isVisible()


def test_very_many_tags_leave_the_passage_its_place(desk: Desk) -> None:
    marked(desk.library, desk.uid)
    (first, *_) = desk.marks()
    desk.library.annotate.add_tags([first.uid], [f"tag number {number}" for number in range(120)])
    hands = Workspace(desk)
    preview = hands.page.sides.preview
    desk.qtbot.waitUntil(lambda: preview.tags.isVisible())
    chips = preview.tags.findChildren(QToolButton)
    desk.qtbot.waitUntil(lambda: preview.tags.verticalScrollBar().maximum() > 0)
    assert preview.pane.height() > preview.height() / 3
    chips[-1].setFocus()
    seen = preview.tags.viewport().rect()
    assert seen.contains(chips[-1].mapTo(preview.tags.viewport(), chips[-1].rect().center()))


def test_of_two_marks_on_the_same_words_the_one_in_the_list_shows_its_colour(desk: Desk) -> None:
    marked(desk.library, desk.uid)
    start = desk.text.index("first estimate")
    desk.library.annotate.highlight(desk.uid, desk.text, start, start + 14, color=Color.PINK)
    hands = Workspace(desk)
    preview = hands.page.sides.preview
    for line, color in ((1, "yellow"), (2, "pink")):
        hands.page.list.table.go_to_line(line)
        desk.qtbot.waitUntil(lambda line=line: _is_shown(hands, line))
        marks = preview.pane.view.scene.marks
        at = preview.pane.view.document.text.index("first estimate")
        assert [mark.color for mark in marks.at(at)] == [color]


def _is_shown(hands: Workspace, line: int) -> bool:
    shown, row = hands.page.sides.preview.shown(), hands.page.list.model.item(line)
    return shown is not None and shown.row == row
