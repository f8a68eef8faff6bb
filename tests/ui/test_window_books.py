"""A book in the window: chapters, printed pages, a footnote that is marked, a mark across a chapter's border."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from reader.model.document import BlockKind, Document, SpanKind
from reader.resources import samples
from reader.services.library import Library
from reader.ui.widgets.page_entry import PageEntry
from tests.ui.conftest import Desk, move

CONTROL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def book(open_desk: Callable[..., Desk], library_path: Path) -> Desk:
    library = Library.open(library_path)
    (result,) = library.adding.add([samples() / "up-the-lenn-on-foot.epub"])
    library.close()
    assert result.document, result.reason
    return open_desk(result.document.uid)


def document_of(desk: Desk) -> Document:
    assert desk.window.session.document
    return desk.window.session.document.document


def reading(desk: Desk) -> str:
    label = desk.window.status.findChild(QLabel, "reading")
    assert isinstance(label, QLabel)
    return label.text()


def reference(desk: Desk) -> tuple[int, int]:
    """The first link that leads to a footnote, and that note's beginning."""
    document = document_of(desk)
    notes = [block for block in document.blocks if block.kind == BlockKind.FOOTNOTE]
    for span in document.spans:
        target = document.targets.get(span.href[1:], -1) if span.kind == SpanKind.LINK else -1
        if any(note.start <= target < note.end for note in notes):
            return span.start, target
    raise AssertionError("the book has no footnotes")


def test_the_minutes_are_those_of_the_chapter_and_the_contents_follow(book: Desk) -> None:
    there = book.text.index("Eleven ponds", book.text.index("The main of 1934"))
    with book.qtbot.waitSignal(book.window.pane.position_changed):
        book.window.pane.go_to(there, at_top=True, flash=False)
    assert "left in this chapter" in reading(book)
    book.qtbot.waitUntil(lambda: bool(book.window.complete().outline.here()))
    here = book.window.complete().outline.here()
    assert here
    assert here.title == "Eleven ponds"


def test_a_printed_page_is_gone_to_by_its_label_and_back(book: Desk) -> None:
    pane = book.window.pane
    page = document_of(book).pages[3]
    book.press(Qt.Key.Key_G, CONTROL | ALT)
    (entry,) = book.window.findChildren(PageEntry)
    assert entry.hint.text().startswith("Pages i to ")
    book.type("nowhere")
    book.press(Qt.Key.Key_Return)
    assert "no page “nowhere”" in entry.hint.text()
    book.type(page.label)
    book.press(Qt.Key.Key_Return)
    assert pane.hasFocus()
    first, last = pane.visible_range()
    assert first <= page.position < last
    book.press(Qt.Key.Key_Left, ALT)
    assert pane.visible_range()[0] == 0


def test_escape_goes_nowhere(book: Desk) -> None:
    book.press(Qt.Key.Key_G, CONTROL | ALT)
    book.type("2")
    book.press(Qt.Key.Key_Escape)
    assert book.window.pane.hasFocus()
    assert book.window.pane.visible_range()[0] == 0


def test_a_document_without_pages_says_so(desk: Desk) -> None:
    desk.press(Qt.Key.Key_G, CONTROL | ALT)
    assert "no pages" in desk.window.status.message()


def test_a_citation_names_the_printed_page(book: Desk) -> None:
    page = document_of(book).pages[3]
    start, end = page.position + 10, page.position + 30
    book.window.pane.select(start, end)
    book.press(Qt.Key.Key_C, CONTROL | SHIFT)
    assert QGuiApplication.clipboard().text().endswith(f", p. {page.label}")


def test_a_footnote_comes_up_is_marked_there_and_stays_marked(book: Desk) -> None:
    pane = book.window.pane
    link, note_start = reference(book)
    pane.go_to(link, flash=False)
    QTest.mouseClick(pane.viewport(), Qt.MouseButton.LeftButton, pos=book.point(link) + QPoint(1, 0))
    assert pane.note
    note = pane.note.pane
    assert note.isVisible()
    words = book.text[note_start:].split()[1]
    start = book.text.index(words, note_start)
    begin, finish = (note.view.rects(at, at + 1)[0] for at in (start, start + len(words) - 1))
    with book.qtbot.waitSignal(pane.selection_made):
        book.qtbot.mousePress(note.viewport(), Qt.MouseButton.LeftButton, pos=begin.center() - QPoint(3, 0))
        for step in (1, 2, 3):
            move(note.viewport(), begin.center() + (finish.center() - begin.center()) * step / 3 + QPoint(step, 0))
        book.qtbot.mouseRelease(note.viewport(), Qt.MouseButton.LeftButton, pos=finish.center() + QPoint(3, 0))
    bar = book.window.pane.viewport().findChildren(type(book.window.complete().marking._popups.bar))[0]
    assert bar.isVisible()
    book.type("3")
    (mark,) = book.marks()
    assert (mark.quote.strip(".,"), mark.color) == (words.strip(".,"), "blue")
    assert mark.anchor
    assert mark.anchor.start == start
    book.press(Qt.Key.Key_Escape)
    book.press(Qt.Key.Key_Escape)
    assert not note.isVisible()
    assert QApplication.focusWidget() is pane


def test_a_mark_goes_across_a_chapters_border(book: Desk) -> None:
    second = next(entry for entry in document_of(book).outline if entry.title.startswith("2."))
    book.window.pane.select(second.position - 40, second.position + 10)
    book.type("1")
    (mark,) = book.marks()
    assert mark.anchor
    assert mark.anchor.start < second.position < mark.anchor.end
