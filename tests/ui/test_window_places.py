"""Jumps by the contents and by links, and the ways back."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from reader.services.library import Library
from reader.ui.dialogs.link import LinkDialog
from tests.ui.conftest import Desk

CONTROL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
FILLING = "\n\n".join(f"Paragraph {n}. Those who want the dam point to the dry summers. " * 3 for n in range(12))
PAGE = f"""# The reservoir

The minutes[^1] say so. See [the cost](#cost), or [the board](https://board.example/minutes).

{FILLING}

## Cost

{FILLING}

## Land

{FILLING}

[^1]: Of 14 March.
"""


@pytest.fixture
def desk(open_desk: Callable[..., Desk], library_path: Path, tmp_path: Path) -> Desk:
    """The window with the page above open."""
    file = tmp_path / "page.md"
    file.write_text(PAGE, encoding="utf-8")
    library = Library.open(library_path)
    (result,) = library.adding.add([file])
    assert result.document, result.reason
    library.close()
    return open_desk(result.document.uid)


def top(desk: Desk) -> str:
    return desk.text[desk.window.pane.top_position() :][:20]


def test_the_contents_lead_to_the_heading_and_name_it(desk: Desk) -> None:
    outline = desk.window.complete().outline
    outline.position_requested.emit(desk.span("Cost\n")[0])
    assert top(desk).startswith("Cost\n")
    desk.press(Qt.Key.Key_Left, ALT)
    assert desk.window.pane.verticalScrollBar().value() == 0
    desk.press(Qt.Key.Key_Right, ALT)
    assert top(desk).startswith("Cost\n")


def went_back(desk: Desk, before: str) -> bool:
    """Whether one was elsewhere, and is back at `before` by Alt+Left."""
    elsewhere = top(desk) != before
    desk.press(Qt.Key.Key_Left, ALT)
    return elsewhere and top(desk) == before


def test_from_the_end_one_comes_back(desk: Desk) -> None:
    desk.window.complete().places.go_to_heading(desk.span("Cost\n")[0])
    before = top(desk)
    desk.press(Qt.Key.Key_End, CONTROL)
    assert went_back(desk, before)
    desk.press(Qt.Key.Key_Home, CONTROL)
    assert went_back(desk, before)


def test_from_what_was_found_one_comes_back(desk: Desk) -> None:
    desk.window.complete().places.go_to_heading(desk.span("Cost\n")[0])
    before = top(desk)
    desk.press(Qt.Key.Key_F, CONTROL)
    desk.type("Paragraph 7")
    desk.wait_idle()
    for _ in range(2):
        desk.press(Qt.Key.Key_Return)
    desk.press(Qt.Key.Key_Escape)
    assert went_back(desk, before)


def test_from_a_hit_in_the_open_document_one_comes_back(desk: Desk) -> None:
    before = top(desk)
    start = desk.span("Land\n")[0]
    desk.window.complete().places.go_to_hit(desk.uid, start, start + 4, "")
    assert went_back(desk, before)


def test_from_mark_to_mark_and_back_at_once(desk: Desk) -> None:
    for words in ("Cost\n", "Land\n"):
        start = desk.span(words)[0]
        desk.window.pane.select(start, start + 4)
        desk.type("1")
        desk.press(Qt.Key.Key_Escape)
        desk.press(Qt.Key.Key_Escape)
    desk.window.pane.go_to(0, flash=False, at_top=True)
    before = top(desk)
    desk.press(Qt.Key.Key_F8)
    desk.press(Qt.Key.Key_F8)
    assert went_back(desk, before)


def test_an_inside_link_jumps_and_back_is_where_one_was_to_the_line(desk: Desk) -> None:
    desk.window.pane.scroll_by(400)
    before, line = desk.window.pane.verticalScrollBar().value(), top(desk)
    desk.window.pane.link_activated.emit("#cost")
    assert desk.span("Cost\n")[0] in range(*desk.window.pane.visible_range())
    desk.press(Qt.Key.Key_Left, ALT)
    assert top(desk) == line
    assert abs(desk.window.pane.verticalScrollBar().value() - before) < desk.window.pane.view.flow.style.body.pitch


def test_a_link_is_followed_by_the_mouse(desk: Desk) -> None:
    desk.click(desk.span("the cost")[0] + 2)
    assert desk.span("Cost\n")[0] in range(*desk.window.pane.visible_range())


def test_a_note_below_is_reached_and_left_again(desk: Desk) -> None:
    (href,) = {s.href for s in desk.window.session.document.document.spans if s.href.startswith("#fn")}  # type: ignore[union-attr]
    desk.window.pane.link_activated.emit(href)
    assert desk.span("Of 14 March")[0] in range(*desk.window.pane.visible_range())


def test_an_outside_address_is_shown_before_anything_is_opened(desk: Desk) -> None:
    desk.click(desk.span("the board")[0] + 2)
    dialog = desk.window.findChild(LinkDialog)
    assert dialog
    assert dialog.isVisible()
    dialog.close()


def test_a_link_to_nowhere_is_said(desk: Desk) -> None:
    desk.window.pane.link_activated.emit("#nowhere")
    assert "nowhere" in desk.window.status.message()
