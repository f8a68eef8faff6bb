"""A few blocks of a document on their own, at their own positions: a footnote beside its reference."""

from reader.model.document import Block, BlockKind, Document
from reader.model.parted import index_behind
from reader.ui.reading.chunks import Chunks, Piece
from reader.ui.reading.stretches import Stretch


class Excerpt(Chunks):
    """The blocks between two code points as the one chunk there is."""

    __slots__ = ("_from", "_to")

    def __init__(self, document: Document, bounds: Stretch) -> None:
        super().__init__(document)
        self._from, self._to = bounds
        self.count = 1

    def start(self, index: int) -> int:
        return self._from if index <= 0 else self._to

    def index_of(self, _position: int) -> int:
        return 0

    def pieces(self, index: int) -> list[Piece]:
        if index != 0:
            return []
        blocks = self.document.blocks
        at = max(0, index_behind(blocks, self._from) - 1)
        found: list[Piece] = []
        while at < len(blocks) and blocks[at].end <= self._to:
            found.append(Piece(blocks[at], blocks[at].start, blocks[at].end))
            at += 1
        return found


def note_of(document: Document, href: str) -> Stretch | None:
    """Where the footnote stands that an inside link leads to, all its paragraphs; None where it leads elsewhere."""
    target = document.targets.get(href[1:]) if href.startswith("#") else None
    if target is None or not document.blocks:
        return None
    blocks = document.blocks
    first = index_behind(blocks, target) - 1
    if first < 0 or blocks[first].kind != BlockKind.FOOTNOTE or target > blocks[first].end:
        return None
    while first > 0 and _goes_on(blocks[first]) and blocks[first - 1].kind == BlockKind.FOOTNOTE:
        first -= 1
    last = first
    while last + 1 < len(blocks) and _goes_on(blocks[last + 1]):
        last += 1
    return blocks[first].start, blocks[last].end


def _goes_on(block: Block) -> bool:
    """Whether a block is a further paragraph of the footnote before it."""
    return block.kind == BlockKind.FOOTNOTE and not block.number
