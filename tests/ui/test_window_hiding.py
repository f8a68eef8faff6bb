"""Hiding parts of a text from the window, by key, by menu, by the bar; and what leaves them out."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QMenu, QToolButton

from reader.model.mask import MaskState
from reader.services.library import Library
from tests.ui.conftest import Desk

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
PARAGRAPH = "The first estimate was forty million; the paper says ninety-two. The1988crisis is not mentioned 😀 at all."
LAST = (
    "Nothing was built in the valley that year, nor in the next, and in the end nobody asked the board why "
    "it had promised anything at all."
)
CLIPPED = f"""The dam that was promised

The board has promised the town a lake, and the town has begun to count what the lake would cost it.

Subscribe to our newsletter

The first estimate was forty million; the paper says ninety-two, and nobody in the valley believes either of them.

Share this article

{LAST}

Source » Harlow Courier
"""


@pytest.fixture
def menus(monkeypatch: pytest.MonkeyPatch) -> list[QMenu]:
    """The menus that were asked to open; none does, for without a display none can."""
    opened: list[QMenu] = []

    def popup(menu: QMenu, where: QPoint) -> None:
        opened.append(menu)

    monkeypatch.setattr(QMenu, "popup", popup)
    return opened


def hide(desk: Desk, words: str) -> None:
    start = desk.text.index(words)
    desk.window.pane.select(start, start + len(words))
    desk.press(Qt.Key.Key_H, CONTROL | SHIFT)


def hidden(desk: Desk) -> list[str]:
    masks = desk.library.masks.of_document(desk.window.session.uid)
    return [mask.anchor.exact for mask in masks if mask.state is MaskState.HIDDEN]


def drawn(desk: Desk) -> str:
    return desk.window.pane.view.shown_text(0, len(desk.text))


def clipped(open_desk: Callable[..., Desk], path: Path, folder: Path) -> Desk:
    file = folder / "clipped.txt"
    file.write_text(CLIPPED, encoding="utf-8")
    library = Library.open(path)
    (result,) = library.adding.add([file])
    assert result.document, result.reason
    # As if the reader had not taken the source from its line.
    library.documents.edit(result.document.uid, metadata=replace(result.document.metadata, source=""))
    library.close()
    return open_desk(result.document.uid)


def button(desk: Desk, name: str) -> QToolButton:
    (found,) = [b for b in desk.window.findChildren(QToolButton, name) if b.isVisible()]
    return found


def press(desk: Desk, name: str) -> None:
    desk.qtbot.mouseClick(button(desk, name), Qt.MouseButton.LeftButton)


def sentence(desk: Desk) -> str:
    return desk.window.complete().info_bar.label.text()


def test_a_selected_passage_is_hidden_by_key_and_comes_back_by_undo(desk: Desk) -> None:
    desk.drag("forty million")
    desk.press(Qt.Key.Key_H, CONTROL | SHIFT)
    assert hidden(desk) == ["forty million"]
    assert desk.window.pane.selection() is None
    assert "forty million" not in drawn(desk)
    assert desk.window.status.message() == "Passage hidden"
    desk.qtbot.mouseClick(desk.window.status.findChild(QToolButton, "undo"), Qt.MouseButton.LeftButton)
    assert hidden(desk) == []
    assert "forty million" in drawn(desk)


def test_without_a_selection_nothing_is_hidden_and_that_is_said(desk: Desk) -> None:
    desk.press(Qt.Key.Key_H, CONTROL | SHIFT)
    assert hidden(desk) == []
    assert "Select" in desk.window.status.message()


def test_what_is_hidden_is_so_when_the_window_opens_again(desk: Desk, open_desk: Callable[..., Desk]) -> None:
    hide(desk, PARAGRAPH)
    again = open_desk(desk.uid)
    assert "ninety-two" not in drawn(again)
    assert "The board has promised" in drawn(again)


def test_a_hidden_heading_is_not_in_the_contents(
    open_desk: Callable[..., Desk], library_path: Path, tmp_path: Path
) -> None:
    file = tmp_path / "dam.md"
    file.write_text(
        "# The dam\n\nWords.\n\n## Recommended\n\n- A link\n\n## The wall\n\nMore words.\n", encoding="utf-8"
    )
    library = Library.open(library_path)
    (result,) = library.adding.add([file])
    assert result.document
    library.close()
    desk = open_desk(result.document.uid)

    def contents() -> list[str]:
        return [entry.title for entry in desk.window.complete().outline.model.entries()]

    assert contents() == ["The dam", "Recommended", "The wall"]
    hide(desk, "Recommended\nA link")
    assert contents() == ["The dam", "The wall"]
    desk.trigger("show_hidden")
    assert contents() == ["The dam", "Recommended", "The wall"]
    desk.trigger("show_hidden")
    hide(desk, "wall")
    assert contents() == ["The dam", "The wall"], "a heading of which a part is shown stays"
    desk = open_desk(result.document.uid)
    assert contents() == ["The dam", "The wall"]
    for _ in range(2):
        desk.press(Qt.Key.Key_Z, CONTROL)
    assert contents() == ["The dam", "Recommended", "The wall"]


def test_the_line_that_stands_for_a_hidden_paragraph_offers_to_show_it(desk: Desk, menus: list[QMenu]) -> None:
    hide(desk, PARAGRAPH)
    start, end = desk.span(PARAGRAPH)
    (line,) = desk.window.pane.view.rects(start, end)
    desk.qtbot.mouseClick(desk.window.pane.viewport(), Qt.MouseButton.LeftButton, pos=line.center())
    (menu,) = menus
    assert [action.text() for action in menu.actions()] == [
        "&Show this passage again",
        "Show &all hidden text, faded",
    ]
    menu.actions()[0].trigger()
    assert hidden(desk) == []
    assert "ninety-two" in drawn(desk)
    assert "shown again" in desk.window.status.message()


def test_all_hidden_text_can_be_shown_faded_and_part_of_it_for_good(desk: Desk) -> None:
    hide(desk, PARAGRAPH)
    desk.press(Qt.Key.Key_H, CONTROL | Qt.KeyboardModifier.AltModifier)
    assert "ninety-two" in drawn(desk)
    assert hidden(desk) == [PARAGRAPH]
    start, end = desk.span("forty million")
    desk.window.pane.select(start, end)
    desk.press(Qt.Key.Key_J, CONTROL | SHIFT)
    before, _, after = PARAGRAPH.partition("forty million")
    assert [words.strip() for words in hidden(desk)] == [before.strip(), after.strip()]
    desk.press(Qt.Key.Key_H, CONTROL | Qt.KeyboardModifier.AltModifier)
    assert "forty million" in drawn(desk)
    assert "ninety-two" not in drawn(desk)


def test_the_context_menu_offers_what_can_be_done_there(desk: Desk, menus: list[QMenu]) -> None:
    hide(desk, PARAGRAPH)
    desk.trigger("show_hidden")
    for words, name in (("forty", "unhide"), ("board", "hide")):
        desk.window.pane.clear_selection()
        desk.window.complete().text_menu(desk.point(desk.text.index(words)) + QPoint(2, 0))
        shown = {action.objectName() for action in menus.pop().actions()} & {"hide", "unhide"}
        assert shown == {name}


def test_hidden_text_is_neither_found_nor_copied(desk: Desk) -> None:
    hide(desk, "forty million")
    desk.press(Qt.Key.Key_F, CONTROL)
    desk.type("million")
    desk.wait_idle()
    bar = desk.window.complete().find_bar
    assert bar._count.text() == "No match"
    desk.window.session.undo()
    desk.wait_idle()
    assert bar._count.text() == "1 of 1"
    desk.press(Qt.Key.Key_Escape)
    hide(desk, "forty million")
    desk.trigger("select_all")
    desk.trigger("copy")
    assert "ninety-two" in QGuiApplication.clipboard().text()
    assert "forty million" not in QGuiApplication.clipboard().text()


def test_the_quote_of_a_mark_is_copied_without_what_is_hidden_in_it(desk: Desk) -> None:
    desk.drag("promised the town a lake")
    desk.type("1")
    hide(desk, " the town")
    desk.trigger("next_mark")
    desk.trigger("copy")
    assert QGuiApplication.clipboard().text() == "promised a lake"
    assert [m.quote for m in desk.marks()] == ["promised the town a lake"]


def test_a_mark_in_hidden_text_says_where_it_is(desk: Desk) -> None:
    desk.drag("forty million")
    desk.type("1")
    hide(desk, PARAGRAPH)
    desk.trigger("next_mark")
    assert "hidden text" in desk.window.status.message()


def test_debris_is_offered_for_hiding_all_at_once(
    open_desk: Callable[..., Desk], library_path: Path, tmp_path: Path
) -> None:
    desk = clipped(open_desk, library_path, tmp_path)
    assert sentence(desk) == "3 parts look like debris"
    press(desk, "debris:hide")
    assert "Subscribe" not in drawn(desk)
    assert "Share this" not in drawn(desk)
    assert "Nothing was built" in drawn(desk)
    desk.trigger("undo")
    press(desk, "next")
    assert sentence(desk) == "3 parts look like debris"
    press(desk, "debris:keep")
    assert "Subscribe" in drawn(desk)
    assert sentence(desk) == "The text names a source: Harlow Courier"


def test_debris_is_looked_at_part_by_part_with_the_keyboard(
    open_desk: Callable[..., Desk], library_path: Path, tmp_path: Path
) -> None:
    desk = clipped(open_desk, library_path, tmp_path)
    desk.press(Qt.Key.Key_I, CONTROL | Qt.KeyboardModifier.AltModifier)
    focus = QApplication.focusWidget()
    assert focus
    assert focus.objectName() == "debris:hide"
    for _ in range(2):
        desk.press(Qt.Key.Key_Tab)
    desk.press(Qt.Key.Key_Space)
    assert sentence(desk).startswith("1 of 3: ")
    desk.press(Qt.Key.Key_Space)
    assert sentence(desk).startswith("1 of 2: ")
    press(desk, "review:keep")
    assert sentence(desk).startswith("1 of 1: ")
    press(desk, "review:skip")
    assert sentence(desk) == "A part looks like debris"
    assert len(hidden(desk)) == 1


def framed(desk: Desk, words: str) -> bool:
    """Whether a frame runs above those words and below them."""
    pane, (start, end) = desk.window.pane, desk.span(words)
    rects = pane.view.rects(start, end)
    image, accent = pane.viewport().grab().toImage(), pane.view.theme.accent
    above = [image.pixelColor(rects[0].center().x(), rects[0].top() - y).name() for y in range(5)]
    below = [image.pixelColor(rects[-1].center().x(), rects[-1].bottom() + y).name() for y in range(5)]
    return accent in above and accent in below


def test_the_part_that_is_asked_about_is_framed_until_the_next_one(
    open_desk: Callable[..., Desk], library_path: Path, tmp_path: Path
) -> None:
    desk = clipped(open_desk, library_path, tmp_path)
    parts = "Subscribe to our newsletter", "Share this article", "Source » Harlow Courier"
    press(desk, "debris:review")
    assert [framed(desk, part) for part in parts] == [True, False, False]
    press(desk, "review:skip")
    assert [framed(desk, part) for part in parts] == [False, True, False]
    press(desk, "review:keep")
    assert [framed(desk, part) for part in parts] == [False, False, True]
    press(desk, "review:done")
    assert [framed(desk, part) for part in parts] == [False, False, False]


def test_the_source_that_the_text_names_becomes_its_source(
    open_desk: Callable[..., Desk], library_path: Path, tmp_path: Path
) -> None:
    desk = clipped(open_desk, library_path, tmp_path)
    press(desk, "debris:keep")
    press(desk, "source:use")
    assert desk.library.documents.get(desk.uid).metadata.source == "Harlow Courier"
    assert not desk.window.complete().info_bar.isVisible()
    desk.trigger("undo")
    assert sentence(desk) == "The text names a source: Harlow Courier"


def test_what_was_put_away_stays_away_until_it_is_asked_for(
    open_desk: Callable[..., Desk], library_path: Path, tmp_path: Path
) -> None:
    desk = clipped(open_desk, library_path, tmp_path)
    press(desk, "dismiss")
    assert QApplication.focusWidget() is desk.window.pane
    again = open_desk(desk.uid)
    assert not again.window.complete().info_bar.isVisible()
    again.trigger("offers")
    assert sentence(again) == "3 parts look like debris"


def test_the_lines_stay_where_they_are_when_the_bar_comes_and_goes(
    open_desk: Callable[..., Desk], library_path: Path, tmp_path: Path
) -> None:
    desk = clipped(open_desk, library_path, tmp_path)
    pane, start = desk.window.pane, desk.text.index("The board")

    def height() -> int:
        return pane.viewport().mapToGlobal(pane.view.rects(start, start + 1)[0].topLeft()).y()

    bar = desk.window.complete().info_bar
    QApplication.processEvents()
    desk.window.resize(1000, 300)
    QApplication.processEvents()
    pane.scroll_by(60)
    before = height()
    press(desk, "dismiss")
    QApplication.processEvents()
    assert not bar.isVisible()
    assert height() == before
    desk.trigger("offers")
    QApplication.processEvents()
    assert bar.isVisible()
    assert height() == before


def test_tab_goes_round_through_the_bar(open_desk: Callable[..., Desk], library_path: Path, tmp_path: Path) -> None:
    desk = clipped(open_desk, library_path, tmp_path)
    desk.trigger("find")
    names: list[str] = []
    for _ in range(40):
        focus = QApplication.focusWidget()
        assert focus
        names.append(focus.objectName() or focus.accessibleName())
        desk.press(Qt.Key.Key_Tab)
        if QApplication.focusWidget() is desk.window.pane:
            break
    assert names[-5:] == ["debris:hide", "debris:keep", "debris:review", "next", "dismiss"]


def test_a_document_without_anything_to_offer_has_no_bar(desk: Desk) -> None:
    assert not desk.window.complete().info_bar.isVisible()
    desk.trigger("offers")
    assert not desk.window.complete().info_bar.isVisible()
    desk.trigger("whole_page")
    assert "web page" in desk.window.status.message()
