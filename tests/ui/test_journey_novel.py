"""A novel of sixty chapters, from its file to an equal library: read on, marked, found, taken out and brought in."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication

from reader.model.document import BlockKind, SpanKind
from reader.services.library import Library
from reader.ui.reading.note_pane import NotePane
from tests.formats.epub.books import Book, nav, page
from tests.ui.conftest import Desk, move

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier
LEFT = Qt.MouseButton.LeftButton
KEY = Qt.Key
CHAPTERS = 60
WORDS = "The water came down from the hill before anybody was awake, and {} counted the stones that it left dry. "
"""Of this every chapter is made; whoever counts tells the chapters and paragraphs apart."""
NOTE = '<aside epub:type="footnote" id="n{}"><p>{}</p></aside>'
REFERENCE = '<a epub:type="noteref" href="#n{}">{}</a>'


def chapter(number: int) -> str:
    """Two scenes with a note each; the notes come after both, at the border to the next chapter."""
    body = f"<h1>Chapter {number}</h1>"
    for scene in (1, 2):
        lines = [WORDS.format(f"witness {number} {scene} {line}") for line in range(4)]
        reference = REFERENCE.format(f"{number}-{scene}", scene)
        body += f'<h2 id="s{scene}">Scene {scene} of {number}</h2>'
        body += "".join(f"<p>{line * 2}</p>" for line in lines)
        body += f"<p>Nobody asked {number} {scene}{reference} and it rained.</p>"
        body += NOTE.format(f"{number}-{scene}", f"Remark {number} {scene}, of the printer.")
    return page(f"{body}<p>So ended chapter {number} at last.</p>")


def novel() -> bytes:
    entries = "".join(
        f'<li><a href="c{n}.xhtml">Chapter {n}</a><ol>'
        + "".join(f'<li><a href="c{n}.xhtml#s{s}">Scene {s} of {n}</a></li>' for s in (1, 2))
        + "</ol></li>"
        for n in range(1, CHAPTERS + 1)
    )
    parts: dict[str, str | bytes] = {f"c{n}.xhtml": chapter(n) for n in range(1, CHAPTERS + 1)}
    parts["nav.xhtml"] = nav(entries)
    return Book(parts, attributes={"nav.xhtml": 'properties="nav"'}).data()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "novel.epub"
    file.write_bytes(novel())
    return file


def read_on(desk: Desk) -> None:
    """Page by page through the first chapter: no line is passed over, and the contents come along."""
    pane = desk.window.pane
    second = desk.span("Chapter 2\n")[0]
    first, last = pane.visible_range()
    assert first == 0
    while first < second:
        desk.press(KEY.Key_Space)
        before, (first, last) = last, pane.visible_range()
        assert first <= before < last
    desk.qtbot.waitUntil(lambda: title_here(desk) in ("Chapter 2", "Scene 1 of 2"))
    desk.press(KEY.Key_Space, SHIFT)
    assert pane.visible_range()[0] < second


def title_here(desk: Desk) -> str:
    """The heading that the contents show as being read."""
    here = desk.window.complete().outline.here()
    return here.title if here else ""


def jump_by_the_contents(desk: Desk, number: int) -> None:
    desk.press(KEY.Key_Home, CONTROL)
    desk.qtbot.waitUntil(lambda: title_here(desk) == "Chapter 1")
    desk.press(KEY.Key_T, CONTROL)
    desk.type(f"Chapter {number}")
    desk.press(KEY.Key_Return)
    heading = desk.span(f"Chapter {number}\n")[0]
    assert desk.window.pane.top_position() == heading
    desk.press(KEY.Key_2, CONTROL)
    assert desk.window.pane.hasFocus()


def find(desk: Desk, words: str) -> None:
    """Select the first place of `words`, by keys."""
    desk.press(KEY.Key_F, CONTROL)
    desk.type(words)
    desk.wait_idle()
    desk.press(KEY.Key_Escape)
    assert desk.window.pane.selection() == desk.span(words)


def let_go(desk: Desk) -> None:
    for _ in range(2):
        desk.press(KEY.Key_Escape)
    assert desk.window.pane.selection() is None


def ground(desk: Desk, position: int) -> QColor:
    """What is seen beside the letter at `position`, on a picture of the whole window."""
    pane = desk.window.pane
    at = pane.viewport().mapTo(desk.window, desk.point(position) + QPoint(1, 0))
    rect = pane.view.rects(position, position + 1)[0]
    picture = desk.window.grab().toImage()
    return picture.pixelColor(QPoint(at.x(), at.y() - rect.height() // 2 + 1) * picture.devicePixelRatio())


def border(desk: Desk, number: int) -> tuple[int, int]:
    """From the last words of a chapter, over its notes, to the heading of the next."""
    return desk.span(f"So ended chapter {number} ")[0], desk.span(f"Chapter {number + 1}\n")[1] - 1


def mark_by_mouse(desk: Desk) -> None:
    """Across the border of a chapter, where its notes stand, and beside a reference."""
    desk.drag(desk.text[slice(*border(desk, 30))])
    desk.type("1")
    let_go(desk)
    start, end = border(desk, 30)
    paper = QColor(desk.window.appearance.theme.paper)
    for position in (start + 2, desk.span("Remark 30 1")[0], end - 2):
        assert ground(desk, position) != paper, desk.text[position]
    assert ground(desk, end + 2) == paper
    desk.drag("30 22 and")
    desk.type("2")
    let_go(desk)


def mark_by_keys(desk: Desk) -> None:
    find(desk, "So ended chapter 40 at last.")
    heading = desk.span("Chapter 41\n")
    while (desk.window.pane.selection() or (0, 0))[1] < heading[1] - 1:
        desk.press(KEY.Key_Right, CONTROL | SHIFT)
    desk.type("3")
    let_go(desk)
    find(desk, "asked 41 11 and")
    desk.type("4")
    let_go(desk)


def opened_note(desk: Desk) -> NotePane:
    note = desk.window.pane.note
    assert note
    assert note.isVisible()
    return note.pane


def mark_in_notes(desk: Desk) -> None:
    """In the pop-up of a note by mouse, in that of another by keys; the page stays where it is."""
    pane = desk.window.pane
    reference = desk.span("asked 41 11 and")[0] + len("asked 41 1")
    pane.go_to(reference, flash=False)
    top = pane.top_position()
    desk.qtbot.mouseClick(pane.viewport(), LEFT, pos=desk.point(reference) + QPoint(1, 0))
    note = opened_note(desk)
    start, end = desk.span("Remark 41 1")
    note.viewport().repaint()
    first, last = (note.view.rects(at, at + 1)[0] for at in (start, end - 1))
    begin, finish = QPoint(first.left() + 1, first.center().y()), QPoint(last.right(), last.center().y())
    with desk.qtbot.waitSignal(pane.selection_made):
        desk.qtbot.mousePress(note.viewport(), LEFT, pos=begin)
        for step in (1, 2, 3):
            move(note.viewport(), begin + (finish - begin) * step / 3)
        desk.qtbot.mouseRelease(note.viewport(), LEFT, pos=finish)
    desk.type("5")
    assert pane.top_position() == top
    let_go(desk)
    assert pane.hasFocus()

    find(desk, "Nobody asked 50 2")
    desk.press(KEY.Key_Right)
    desk.press(KEY.Key_Return)
    note = opened_note(desk)
    assert note.hasFocus()
    for _ in range(3):
        desk.press(KEY.Key_Right, CONTROL | SHIFT)
    desk.type("6")
    let_go(desk)
    assert not note.isVisible()
    assert pane.hasFocus()


def choose_in_a_note(desk: Desk) -> None:
    """S, W and P mean the note while it has the keyboard; Tab and Enter lead from it to its place."""
    find(desk, "Nobody asked 50 1")
    desk.press(KEY.Key_Right)
    desk.press(KEY.Key_Return)
    note, start = opened_note(desk), desk.span("Remark 50 1")[0]
    for key, words in ((KEY.Key_W, "Remark"), (KEY.Key_S, "Remark 50 1, of the printer."), (KEY.Key_P, "")):
        desk.press(key)
        end = start + len(words or "Remark 50 1, of the printer.")
        assert desk.window.pane.selection() == note.selection() == (start, end)
        assert note.isVisible()
    desk.press(KEY.Key_Escape)
    assert note.hasFocus()
    desk.press(KEY.Key_Tab)
    assert QApplication.focusWidget() is not note
    desk.press(KEY.Key_Return)
    assert not note.isVisible()
    first, last = desk.window.pane.visible_range()
    assert first <= start < last


def go_to_what_is_found(desk: Desk) -> None:
    """The whole library is asked for a word of a note that stands in the middle; and back."""
    desk.press(KEY.Key_Home, CONTROL)
    desk.press(KEY.Key_Space)
    before = desk.window.pane.top_position()
    desk.press(KEY.Key_F, CONTROL | SHIFT)
    desk.type('"remark 50 2"')
    desk.wait_idle()
    results = desk.window.complete().search.model
    desk.qtbot.waitUntil(lambda: results.rowCount() > 0)
    desk.press(KEY.Key_Down)
    desk.press(KEY.Key_Return)
    first, last = desk.window.pane.visible_range()
    assert first <= desk.span("Remark 50 2")[0] < last
    assert desk.window.pane.hasFocus()
    desk.press(KEY.Key_Left, ALT)
    assert desk.window.pane.top_position() == before


def seen_from_outside(path: Path) -> list[tuple[str, int, int, str]]:
    """Colour, place and words of the marks, and that the words are those of the text there: by SQLite alone."""
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        (text,) = connection.execute(
            "SELECT group_concat(p.text, '') FROM (SELECT p.text FROM document AS d"
            " JOIN text_part AS p ON p.text_version_id = d.text_version_id ORDER BY p.start_position) AS p"
        ).fetchone()
        found = connection.execute(
            "SELECT color, start_position, end_position, quote FROM annotation ORDER BY start_position"
        ).fetchall()
    assert all(text[start:end] == quote for _, start, end, quote in found)
    return found


def test_a_novel_is_read_marked_taken_out_and_brought_in(
    file: Path, open_desk: Callable[..., Desk], library_path: Path, tmp_path: Path
) -> None:
    desk = open_desk()
    desk.window.complete().adding.add([file], then_open=True)
    desk.wait_idle()
    desk = open_desk(desk.window.session.uid)
    document = desk.window.session.document
    assert document
    assert len(document.document.outline) == 3 * CHAPTERS
    notes = [block for block in document.document.blocks if block.kind == BlockKind.FOOTNOTE]
    raised = [span for span in document.document.spans if span.kind == SpanKind.SUPERSCRIPT]
    assert (len(notes), len(raised)) == (2 * CHAPTERS, 2 * CHAPTERS)

    read_on(desk)
    jump_by_the_contents(desk, 30)
    mark_by_mouse(desk)
    mark_by_keys(desk)
    mark_in_notes(desk)
    choose_in_a_note(desk)
    go_to_what_is_found(desk)

    marks = seen_from_outside(library_path)
    assert [(color, quote) for color, _, _, quote in marks] == [
        ("green", "30 22 and"),
        ("yellow", desk.text[slice(*border(desk, 30))]),
        ("blue", desk.text[slice(*border(desk, 40))]),
        ("pink", "asked 41 11 and"),
        ("orange", "Remark 41 1"),
        ("purple", "Remark 50 2,"),
    ]
    exported, again = tmp_path / "marks.json", tmp_path / "again.json"
    desk.library.exchange.export(exported)
    with closing(Library.open(tmp_path / "other.sqlite")) as other:
        (added,) = other.adding.add([file])
        assert added.status == "added", added.reason
        report = other.exchange.import_file(exported)
        assert (report.added, report.problems) == (6, ())
        other.exchange.export(again)
    assert again.read_bytes() == exported.read_bytes()
    assert seen_from_outside(tmp_path / "other.sqlite") == marks
