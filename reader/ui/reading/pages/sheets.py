"""The pages of a document as stretches of its text, and each laid out as an item of the pane."""

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QRect

from reader.model.document import Block, Document
from reader.ui.reading.box import Box
from reader.ui.reading.chunks import Chunks, Piece
from reader.ui.reading.page import Page
from reader.ui.reading.pages.line_box import BlankBox, LineBox
from reader.ui.reading.pages.page_text import PageText
from reader.ui.reading.pages.turn import Turn
from reader.ui.reading.stretches import Stretches

# So much of a page is taken for its margins before its text is known.
_EDGE = 0.1


class SheetChunks(Chunks):
    """Each page is one chunk, from where its text begins to where that of the next one does."""

    __slots__ = ("_sheet_starts",)

    def __init__(self, document: Document) -> None:
        super().__init__(document)
        self._sheet_starts = [sheet.start for sheet in document.sheets]
        self.count = len(self._sheet_starts)

    def start(self, index: int) -> int:
        return self._sheet_starts[index] if index < self.count else len(self.document.text)

    def index_of(self, position: int) -> int:
        return max(0, bisect_right(self._sheet_starts, max(0, position)) - 1)

    def pieces(self, index: int) -> list[Piece]:
        del index
        return []


@dataclass(slots=True)
class SheetPage(Page):
    """A page with its lines as boxes; `width` and `height` are pixels. `ready` says that its text has come.

    `lined` keeps what painting has worked out: rectangles of stretches, and the side where a mark's line is.
    """

    index: int = 0
    width: int = 0
    turn: Turn = field(default_factory=lambda: Turn(1.0, 1.0, 0, 1, 1))
    ready: bool = False
    lined: dict[tuple[int, int], list[tuple[QRect, int]]] = field(
        default_factory=dict[tuple[int, int], list[tuple[QRect, int]]]
    )

    def box_near(self, x: int, y: int) -> Box | None:
        """The line that a point means: that of its column, else the nearest."""
        lines = [box for box in self.boxes if isinstance(box, LineBox)]
        return min(lines, key=lambda line: line.distance(x, y)) if lines else next(iter(self.boxes), None)


def lay_out_sheet(chunks: SheetChunks, index: int, turn: Turn, text: PageText | None, hidden: Stretches) -> SheetPage:
    """Page `index` at its present size, its lines where its text is known."""
    start, end = chunks.start(index), chunks.end(index)
    page = SheetPage(
        start, end, hidden, height=turn.down, index=index, width=turn.across, turn=turn, ready=text is not None
    )
    if text and text.lines:
        block_of = _blocks(chunks.document.blocks)
        page.boxes += [LineBox(text, line, turn, block_of(line.start, line.end)) for line in text.lines]
    else:
        last = max(start, end - 1) if index < chunks.count - 1 else end
        page.boxes += _guessed(chunks.document.text[start:last], start, turn)
    return page


def _guessed(text: str, start: int, turn: Turn) -> Iterator[BlankBox]:
    """The lines of a page about where they will stand, evenly spread."""
    lines = text.split("\n")
    top, pitch = turn.down * _EDGE, turn.down * (1 - 2 * _EDGE) / len(lines)
    for number, line in enumerate(lines):
        rect = QRect(0, round(top + number * pitch), turn.across, max(1, round(pitch)))
        yield BlankBox(start, start + len(line), rect)
        start += len(line) + 1


def _blocks(blocks: Sequence[Block]) -> Callable[[int, int], tuple[int, int]]:
    """Which paragraph a line is of; a line that is of none is one of its own."""

    def block_of(start: int, end: int) -> tuple[int, int]:
        at = bisect_right(blocks, start, key=lambda block: block.start) - 1
        if at >= 0 and blocks[at].end >= end:
            return blocks[at].start, blocks[at].end
        return start, end

    return block_of
