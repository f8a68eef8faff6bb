"""A document of fixed pages that is made up: its pages are drawn with simple shapes where its glyphs say they are."""

from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from reader.formats.errors import FormatError
from reader.model.document import Block, BlockKind, Document, Sheet
from reader.model.errors import Cancelled, ReaderError
from reader.model.page import Glyphs, PageLink, Tile

Box = tuple[float, float, float, float]
WIDTH, HEIGHT = 300.0, 400.0
ADVANCE, LETTER, PITCH, LEFT, TOP = 8.0, 12.0, 16.0, 30.0, 40.0


@dataclass
class FakePage:
    """Lines of text, each with the upper left corner of its first letter and the step to the next one."""

    lines: list[tuple[str, float, float]] = field(default_factory=list)
    width: float = WIDTH
    height: float = HEIGHT
    step: tuple[float, float] = (ADVANCE, 0.0)
    figures: list[tuple[Box, str]] = field(default_factory=list)
    links: list[PageLink] = field(default_factory=list)
    label: str = ""

    @property
    def text(self) -> str:
        return "\n".join(line for line, _x, _y in self.lines)

    def boxes(self) -> list[Box]:
        found: list[Box] = []
        across, down = self.step
        for line, x, y in self.lines:
            for number in range(len(line)):
                left, top = x + number * across, y + number * down
                found.append((left, top, left + ADVANCE, top + LETTER))
            found.append((found[-1][2], found[-1][1], found[-1][2], found[-1][3]))
        return found[:-1] if found else []


def column(words: Sequence[str], left: float = LEFT, top: float = TOP) -> list[tuple[str, float, float]]:
    return [(line, left, top + number * PITCH) for number, line in enumerate(words)]


def prose(page: int, lines: int = 12) -> FakePage:
    return FakePage(column([f"page {page} line {number:02} of words" for number in range(lines)]))


def document_of(pages: Sequence[FakePage], **facts: object) -> Document:
    sheets: list[Sheet] = []
    blocks: list[Block] = []
    at = 0
    for page in pages:
        sheets.append(Sheet(at, page.width, page.height, page.label))
        if page.text:
            blocks.append(Block(BlockKind.PARAGRAPH, at, at + len(page.text)))
        at += len(page.text) + 1
    text = "\f".join(page.text for page in pages)
    return Document(text, tuple(blocks), sheets=tuple(sheets), **facts)  # type: ignore[arg-type]


@dataclass(eq=False)
class FakeTicket:
    work: Callable[[], None]
    cancelled: bool = False

    def cancel(self) -> None:
        self.cancelled = True

    def urge(self) -> None:
        pass


class FakeSource:
    """Answers when it is told to (`answer`), or at once where `at_once`."""

    def __init__(self, pages: Sequence[FakePage], *, at_once: bool = True) -> None:
        self.pages = list(pages)
        self.document = document_of(pages)
        self.at_once = at_once
        self.broken: set[int] = set()
        self.stubborn: set[int] = set()
        self.tiles: list[tuple[int, float, tuple[int, int, int, int], int, bool]] = []
        self.waiting: list[FakeTicket] = []

    def tile(
        self,
        page: int,
        scale: float,
        rect: tuple[int, int, int, int],
        rotation: int,
        done: Callable[[Tile | ReaderError], object],
        urgent: bool = False,
        *,
        annotations: bool = True,
        images: bool = False,
    ) -> FakeTicket:
        del annotations
        self.tiles.append((page, scale, rect, rotation, urgent))

        def work() -> None:
            if page in self.stubborn:
                done(Cancelled())
            elif page in self.broken:
                done(FormatError(f"Page {page + 1} takes too long."))
            else:
                done(self._tile(page, scale, rect, rotation, images=images))

        return self._do(work)

    def glyphs(self, page: int, done: Callable[[Glyphs | ReaderError], object]) -> FakeTicket:
        def work() -> None:
            start = self.document.sheets[page].start
            boxes = array("f", [edge for box in self.pages[page].boxes() for edge in box])
            lines: list[tuple[int, int]] = []
            at = start
            for line, _x, _y in self.pages[page].lines:
                lines.append((at, at + len(line)))
                at += len(line) + 1
            done(Glyphs(start, boxes, tuple(lines)))

        return self._do(work)

    def links(self, page: int, done: Callable[[list[PageLink] | ReaderError], object]) -> FakeTicket:
        return self._do(lambda: done(list(self.pages[page].links)))

    def answer(self, count: int = 1_000) -> None:
        """Do what was asked for."""
        for _ in range(count):
            if not self.waiting:
                return
            ticket = self.waiting.pop(0)
            if not ticket.cancelled:
                ticket.work()

    def _do(self, work: Callable[[], None]) -> FakeTicket:
        ticket = FakeTicket(work)
        if self.at_once:
            work()
        else:
            self.waiting.append(ticket)
        return ticket

    def _tile(self, number: int, scale: float, rect: tuple[int, int, int, int], rotation: int, *, images: bool) -> Tile:
        x, y, width, height = rect
        image = QImage(width, height, QImage.Format.Format_RGB32)
        image.fill(QColor("white"))
        painter = QPainter(image)
        painter.translate(-x, -y)
        page = self.pages[number]
        painter.scale(scale, scale)
        turned_width = page.height if rotation in (90, 270) else page.width
        turned_height = page.width if rotation in (90, 270) else page.height
        painter.translate(turned_width / 2, turned_height / 2)
        painter.rotate(rotation)
        painter.translate(-page.width / 2, -page.height / 2)
        told: list[tuple[int, int, int, int]] = []
        for (left, top, right, bottom), color in page.figures:
            told.append(painter.transform().mapRect(QRectF(left, top, right - left, bottom - top)).toRect().getRect())
            painter.fillRect(QRectF(left, top, right - left, bottom - top), QColor(color))
        text = page.text
        for character, (left, top, right, bottom) in zip(text, page.boxes(), strict=True):
            if not character.isspace():
                painter.fillRect(QRectF(left + 2, top + 3, right - left - 4, bottom - top - 6), Qt.GlobalColor.black)
        painter.end()
        data = bytes(image.constBits())
        return Tile(
            number, scale, rect, rotation, width, height, data, image.bytesPerLine(), tuple(told) if images else ()
        )
