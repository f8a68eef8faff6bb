"""A mark on other words than it was made on says so, by a broken line, a sign and a tooltip."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QPoint
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QToolTip, QWidget

from reader.model.annotation import Anchor, Annotation
from reader.model.document import Document
from reader.ui.reading.pane import ReadingPane
from reader.ui.theme import THEME_NAMES, load_theme
from tests.ui.reading.samples import AnchorState, Color, Show, article, mark_words, middle_of, pixels

WORDS = "the dry summers"


def moved(document: Document, quote: str, **facts: object) -> Annotation:
    """A mark on `WORDS` that was made on `quote`."""
    found = mark_words(document, WORDS, "m", state=AnchorState.MOVED, score=0.9, **facts)
    assert found.anchor
    return replace(found, anchor=Anchor(found.anchor.start, found.anchor.end, quote))


def line(pane: ReadingPane, document: Document) -> list[str]:
    """The colours along the foot of the mark."""
    start = document.text.index(WORDS)
    (rect, *_) = pane.view.rects(start, start + len(WORDS))
    return pixels(pane, [QPoint(x, rect.bottom()) for x in range(rect.left(), rect.right() + 1)])


def is_broken(pane: ReadingPane, document: Document) -> bool:
    found = line(pane, document)
    ink, ground = pane.view.theme.ink(Color.YELLOW), pane.view.theme.ground(Color.YELLOW)
    assert set(found) <= {ink, ground}
    assert ink in found
    return found.count(ground) >= len(found) // 4


def sign(pane: ReadingPane, document: Document) -> int:
    """How many pixels after the end of the mark, above its line, have its colour or something near it."""
    end = document.text.index(WORDS) + len(WORDS)
    rect = pane.view.rects(end - 1, end)[0]
    points = [
        QPoint(x, y) for x in range(rect.right() + 1, rect.right() + 11) for y in range(rect.top(), rect.top() + 14)
    ]
    ink = pane.view.theme.ink(Color.YELLOW)
    return pixels(pane, points).count(ink)


@pytest.mark.parametrize("name", THEME_NAMES)
def test_other_words_are_marked_by_a_broken_line_and_a_sign(show: Show, name: str) -> None:
    document = article()
    pane = show(document, [moved(document, "the wet summers")])
    pane.set_theme(load_theme(name))  # type: ignore[arg-type]
    assert is_broken(pane, document)
    assert sign(pane, document) > 0


def test_the_same_words_elsewhere_are_marked_as_ever(show: Show) -> None:
    document = article()
    pane = show(document, [moved(document, WORDS)])
    assert not is_broken(pane, document)
    assert sign(pane, document) == 0


def test_how_lines_end_makes_no_difference(show: Show) -> None:
    document = article()
    pane = show(document, [moved(document, "the dry sum-\nmers")])
    assert not is_broken(pane, document)


def test_accepting_makes_the_line_whole_at_once(show: Show) -> None:
    document = article()
    pane = show(document, [moved(document, "the wet summers")])
    assert is_broken(pane, document)
    exact = mark_words(document, WORDS, "m")
    pane.set_annotations_changed([], [exact], [])
    assert not is_broken(pane, document)
    pane.set_annotations_changed([], [moved(document, "the wet summers")], [])
    assert is_broken(pane, document)


def test_the_tooltip_tells_the_words_apart(show: Show, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []

    def tell(_where: QPoint, words: str, _widget: QWidget) -> None:
        told.append(words)

    monkeypatch.setattr(QToolTip, "showText", tell)
    document = article()
    pane = show(document, [moved(document, "the wet summers", note="Why?")])
    point = middle_of(pane, document.text.index("dry"))
    event = QHelpEvent(QEvent.Type.ToolTip, point, pane.viewport().mapToGlobal(point))
    QApplication.sendEvent(pane.viewport(), event)
    (words,) = told
    assert "Why?" in words
    assert "The words have changed: “the wet summers” → “the dry summers”" in words
