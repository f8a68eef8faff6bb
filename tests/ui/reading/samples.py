"""Documents and marks for the tests of the reading pane."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from reader.model.annotation import Anchor, AnchorState, Annotation, Color, Style
from reader.model.document import Block, BlockKind, Document, Metadata, Span, SpanKind
from reader.ui.reading.pane import ReadingPane

SENTENCE = "Those who want the dam point to the dry summers, and they are right about the summers. "


class Writer:
    """Puts a structured document together, block by block."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.blocks: list[Block] = []
        self.spans: list[Span] = []
        self.length = 0

    def add(self, kind: BlockKind, text: str = "", **facts: object) -> int:
        start = self.length
        self.blocks.append(Block(kind, start, start + len(text), **facts))  # type: ignore[arg-type]
        self.texts.append(text)
        self.length += len(text) + 1
        return start

    def span(self, kind: SpanKind, start: int, end: int, href: str = "") -> None:
        self.spans.append(Span(kind, start, end, href))

    def document(self, **facts: object) -> Document:
        return Document("\n".join(self.texts), tuple(self.blocks), tuple(self.spans), **facts)  # type: ignore[arg-type]


def article(paragraphs: int = 12) -> Document:
    writer = Writer()
    writer.add(BlockKind.HEADING, "The reservoir", level=1)
    for number in range(paragraphs):
        writer.add(BlockKind.PARAGRAPH, f"Paragraph {number}. " + SENTENCE * 3)
    return writer.document(metadata=Metadata(title="The reservoir", source="Harlow Courier", date="2026-04-02"))


def plain(length: int) -> Document:
    paragraph = SENTENCE * 4
    count = length // (len(paragraph) + 12) + 1
    return Document("\n\n".join(f"{number:08} {paragraph}" for number in range(count))[:length])


def mark(document: Document, start: int, end: int, uid: str, **facts: object) -> Annotation:
    return Annotation(uid, "d", Anchor(start, end, document.text[start:end]), **facts)  # type: ignore[arg-type]


def mark_words(document: Document, words: str, uid: str, **facts: object) -> Annotation:
    start = document.text.index(words)
    return mark(document, start, start + len(words), uid, **facts)


Show = Callable[..., ReadingPane]


def middle_of(pane: ReadingPane, position: int) -> QPoint:
    """A point on the character at `position`, in the viewport."""
    rects = pane.view.rects(position, position + 1)
    assert rects, f"{position} is not on the screen"
    return rects[0].center()


def left_of(pane: ReadingPane, position: int) -> QPoint:
    """A point just inside the left edge of a character."""
    rect = pane.view.rects(position, position + 1)[0]
    return QPoint(rect.left() + 1, rect.center().y())


def drag(pane: ReadingPane, start: QPoint, end: QPoint, *, release: bool = True) -> None:
    """Press at one point, move to another in steps, let go."""
    viewport, button = pane.viewport(), Qt.MouseButton.LeftButton
    QTest.mousePress(viewport, button, pos=start)
    for step in range(1, 6):
        QTest.mouseMove(viewport, start + (end - start) * step / 5)
    if release:
        QTest.mouseRelease(viewport, button, pos=end)


def pixels(pane: ReadingPane, points: Sequence[QPoint]) -> list[str]:
    """Colours of the viewport at some points, as "#rrggbb"."""
    image = pane.viewport().grab().toImage()
    ratio = image.devicePixelRatio()
    return [image.pixelColor(round(p.x() * ratio), round(p.y() * ratio)).name() for p in points]


__all__ = [
    "SENTENCE",
    "AnchorState",
    "Color",
    "Show",
    "Style",
    "Writer",
    "article",
    "drag",
    "left_of",
    "mark",
    "mark_words",
    "middle_of",
    "pixels",
    "plain",
]
