"""A saved page as its article and as a whole, a file's comments, a newer reader: from the bar over the text."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton

from reader.model.annotation import AnchorState
from reader.model.document import Debris, DebrisKind, Metadata
from reader.resources import samples
from reader.services.library import Library
from reader.ui.offering import with_source
from reader.ui.offers import Situation, offers
from reader.ui.panels.card_layout import state_words
from tests.ui.conftest import Desk

PAGE = "nobody-cut-a-ribbon.html"
OFFICE = "note-on-the-east-bank.docx"


@pytest.fixture
def open_sample(open_desk: Callable[..., Desk], library_path: Path) -> Callable[[str], Desk]:
    def opened(name: str) -> Desk:
        library = Library.open(library_path)
        (result,) = library.adding.add([samples() / name])
        library.close()
        assert result.document, result.reason
        return open_desk(result.document.uid)

    return opened


def press(desk: Desk, name: str) -> None:
    (button,) = [b for b in desk.window.findChildren(QToolButton, name) if b.isVisible()]
    desk.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def has(desk: Desk, name: str) -> bool:
    return any(b.isVisible() for b in desk.window.findChildren(QToolButton, name))


def view(desk: Desk) -> str:
    document = desk.window.session.document
    assert document
    return document.view


def test_the_whole_page_and_back_with_marks_in_their_places(open_sample: Callable[[str], Desk]) -> None:
    desk = open_sample(PAGE)
    assert view(desk) == "article"
    article = desk.text
    desk.drag("a noise like a kettle")
    desk.type("1")
    press(desk, "view:page")
    desk.wait_idle()
    assert view(desk) == "page"
    assert len(desk.text) > len(article)
    (mark,) = desk.marks()
    assert mark.anchor
    assert desk.text[mark.anchor.start : mark.anchor.end] == "a noise like a kettle"
    first, last = desk.window.pane.visible_range()
    assert first <= mark.anchor.start < last, "the reader is where they were"
    assert desk.window.status.message().startswith("The whole page is shown")
    desk.trigger("whole_page")
    desk.wait_idle()
    assert (view(desk), desk.text) == ("article", article)
    (mark,) = desk.marks()
    assert mark.anchor
    assert desk.text[mark.anchor.start : mark.anchor.end] == "a noise like a kettle"


def test_a_mark_that_only_the_whole_page_holds_says_so_and_leads_there(open_sample: Callable[[str], Desk]) -> None:
    desk = open_sample(PAGE)
    article = desk.text
    press(desk, "view:page")
    desk.wait_idle()
    words = next(line for line in desk.text.split("\n") if len(line) > 12 and line not in article)
    desk.drag(words)
    desk.type("1")
    press(desk, "view:article")
    desk.wait_idle()
    (mark,) = desk.marks()
    assert mark.state is AnchorState.LOST
    assert desk.window.status.message().endswith("0 exact, 0 moved, 0 lost, 1 not in this view")
    notes = desk.window.complete().notes
    assert state_words(mark, elsewhere=mark.uid in notes.view.cards.elsewhere) == "Not in this view"
    said = notes.model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "not in this view" in said
    assert "lost" not in said
    place = notes.view.visualRect(notes.model.index(0, 0)).center()
    desk.qtbot.mouseClick(notes.view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    desk.wait_idle()
    assert view(desk) == "page"
    (mark,) = desk.marks()
    assert mark.state is AnchorState.EXACT
    assert mark.anchor
    assert notes.view.cards.elsewhere == frozenset()
    first, last = desk.window.pane.visible_range()
    assert first <= mark.anchor.start < last


def test_the_switch_can_be_undone(open_sample: Callable[[str], Desk]) -> None:
    desk = open_sample(PAGE)
    press(desk, "view:page")
    desk.wait_idle()
    desk.trigger("undo")
    assert view(desk) == "article"
    (button,) = [b for b in desk.window.findChildren(QToolButton, "view:article") if b.isVisible()]
    assert button.isChecked()


def test_a_page_that_is_its_article_stops_offering_the_switch(
    open_desk: Callable[..., Desk], library_path: Path, tmp_path: Path
) -> None:
    story = " ".join(f"In year {1900 + n} the valley had {n} farms and {3 * n} metres of water." for n in range(40))
    (tmp_path / "valley.html").write_text(
        f"<title>The valley</title><p>{story[:1200]}</p><p>{story[1200:]} <a href='/dam'>The dam</a></p>"
    )
    library = Library.open(library_path)
    (result,) = library.adding.add([tmp_path / "valley.html"])
    library.close()
    assert result.document
    desk = open_desk(result.document.uid)
    before = desk.text
    press(desk, "view:article")
    desk.wait_idle()
    assert desk.text == before
    assert not has(desk, "view:article")
    assert desk.window.status.message() == "The article and the whole page are the same text."
    desk.trigger("whole_page")
    assert "holds more than its article" in desk.window.status.message()


def test_comments_of_a_file_become_notes_and_are_offered_again_after_undo(open_sample: Callable[[str], Desk]) -> None:
    desk = open_sample(OFFICE)
    document = desk.window.session.document
    assert document
    comments = document.document.comments
    assert comments
    while not has(desk, "comments:import"):
        press(desk, "next")
    press(desk, "comments:import")
    notes = [mark.note for mark in desk.marks()]
    assert len(notes) == len(comments)
    assert all(any(comment.text in note for note in notes) for comment in comments)
    assert not has(desk, "comments:import")
    desk.trigger("undo")
    assert desk.marks() == []
    while not has(desk, "comments:import"):
        press(desk, "next")


def test_reading_again_without_need_says_so(open_sample: Callable[[str], Desk]) -> None:
    desk = open_sample(OFFICE)
    before = desk.text
    desk.press(Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    desk.wait_idle()
    assert desk.text == before
    assert desk.window.status.message()
    assert not desk.window.complete().again_bar.isVisible()


def test_everything_is_offered_in_its_order_and_what_was_put_away_is_not() -> None:
    debris = (Debris(DebrisKind.SHARE, 0, 3),)
    now = Situation("page", True, 2, False, debris, "Harlow Courier", ("Vertical lines are shown as horizontal ones.",))
    assert [offer.key for offer in offers(now)] == ["view", "debris", "source", "comments", "outdated", "notice0"]
    assert [offer.key for offer in offers(now, ["debris", "notice0"])] == ["view", "source", "comments", "outdated"]
    assert offers(Situation()) == ()


@pytest.mark.parametrize(
    ("named", "source", "url"),
    [
        ("Harlow Courier", "Harlow Courier", ""),
        ("https://www.harlow.example/a/b", "harlow.example", "https://www.harlow.example/a/b"),
        ("javascript:alert(1)", "javascript:alert(1)", ""),
    ],
)
def test_a_source_is_a_name_or_an_address(named: str, source: str, url: str) -> None:
    made = with_source(Metadata("x"), named)
    assert (made.source, made.url) == (source, url)
