"""Two real clipped articles, from adding to an equal library: by mouse, and by keyboard alone."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from reader.model.annotation import Color
from reader.services.library import Library
from tests.ui.conftest import Desk

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def articles(shared: Path) -> list[Path]:
    files = sorted((shared / "seeds").glob("*.txt"))
    if len(files) != 2:
        pytest.skip("the two clipped articles are not beside this checkout")
    return files


def mark_by_mouse(desk: Desk) -> None:
    """Two overlapping marks in one paragraph, with a tag and a note."""
    text = desk.text
    at = text.index("1988")
    sentence = text[at - 60 : at + 40]
    desk.drag(sentence)
    desk.type("1")
    desk.type("t")
    desk.type("massacre/1988")
    desk.press(Qt.Key.Key_Return)
    desk.press(Qt.Key.Key_Return, CONTROL)
    desk.drag(text[at - 10 : at + 4])
    desk.type("5")
    desk.type("n")
    desk.type("the year, as given here")
    desk.press(Qt.Key.Key_Return, CONTROL)


def mark_by_keys(desk: Desk) -> None:
    """A sentence and, overlapping it, two of its words, without the mouse."""
    desk.press(Qt.Key.Key_Home, CONTROL)
    desk.press(Qt.Key.Key_Down, CONTROL)
    desk.press(Qt.Key.Key_S)
    desk.press(Qt.Key.Key_2)
    desk.press(Qt.Key.Key_T)
    desk.type("opening")
    desk.press(Qt.Key.Key_Return)
    desk.press(Qt.Key.Key_Return, CONTROL)
    desk.press(Qt.Key.Key_Escape)
    desk.press(Qt.Key.Key_Home, CONTROL)
    desk.press(Qt.Key.Key_Down, CONTROL)
    for _ in range(2):
        desk.press(Qt.Key.Key_Right, CONTROL | SHIFT)
    desk.press(Qt.Key.Key_4)
    desk.press(Qt.Key.Key_N)
    desk.type("who is meant?")
    desk.press(Qt.Key.Key_Return, CONTROL)


def test_the_whole_journey(
    articles: list[Path], open_desk: Callable[..., Desk], library_path: Path, tmp_path: Path
) -> None:
    desk = open_desk()
    desk.window.complete().adding.add(articles, then_open=True)
    desk.wait_idle()
    titles = [d.title for d in desk.library.documents.list()]
    assert len(titles) == 2
    assert all(len(t) > 20 and not t.startswith("00") for t in titles), titles

    first, second = (d.uid for d in desk.library.documents.list())
    desk = open_desk(first)
    mark_by_mouse(desk)
    assert {(m.color, m.tags, m.note) for m in desk.marks()} == {
        (Color.YELLOW, ("massacre/1988",), ""),
        (Color.ORANGE, (), "the year, as given here"),
    }
    desk = open_desk(second)
    mark_by_keys(desk)
    assert {(m.color, m.tags, m.note) for m in desk.marks()} == {
        (Color.GREEN, ("opening",), ""),
        (Color.PINK, (), "who is meant?"),
    }
    wide, narrow = sorted(desk.marks(), key=lambda m: -len(m.quote))
    assert narrow.quote.strip() in wide.quote

    found = desk.library.search.search("1988", scope="text")
    snippets = [hit.snippet for group in found.groups for hit in group.hits]
    assert any("The1988killings" in snippet for snippet in snippets)

    desk.press(Qt.Key.Key_Z, CONTROL)
    assert [m.note for m in desk.marks() if m.color == Color.PINK] in ([""], [])
    desk = open_desk(second)
    desk.press(Qt.Key.Key_Z, CONTROL | SHIFT)
    assert "who is meant?" in {m.note for m in desk.marks()}

    exported, again = tmp_path / "out.json", tmp_path / "again.json"
    desk.library.exchange.export(exported)
    other = Library.open(tmp_path / "other.sqlite")
    report = other.exchange.import_file(exported)
    assert report.added == 4
    other.exchange.export(again)
    other.close()
    assert again.read_bytes() == exported.read_bytes()
