"""Cutting a document into chunks at block borders, each found only when it is asked for.

A chunk's start is a function of its number and the text round it alone, so nothing walks through 50 MB.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from reader.model.document import Block, BlockKind, Document
from reader.model.parted import index_behind, index_from
from reader.text import plain

STRIDE = 6_000
LONGEST_STRIDE = 16_000
MOST_CHUNKS = 4_096
_WORD_SEARCH = 400
_SENTENCE_ENDS = frozenset(".!?…。؟۔:;,")


@dataclass(frozen=True, slots=True)
class Piece:
    """What of a block lies in one chunk: all of it, unless the block is longer than a chunk.

    `tight` says that no blank line stands before it in plain text, `wrapped` that its `\\n` are drawn as spaces.
    """

    block: Block
    start: int
    end: int
    tight: bool = False
    wrapped: bool = False

    @property
    def continues(self) -> bool:
        """Whether the block began in an earlier chunk."""
        return self.start > self.block.start


class Chunks:
    """The chunks of one document; positions are code points, ends exclusive."""

    __slots__ = ("_starts", "count", "document", "stride")

    def __init__(self, document: Document) -> None:
        self.document = document
        length = len(document.text)
        self.stride = min(LONGEST_STRIDE, max(STRIDE, length // MOST_CHUNKS))
        self.count = max(1, -(-length // self.stride))
        self._starts: dict[int, int] = {0: 0}

    def start(self, index: int) -> int:
        """Where chunk `index` begins; for `count` and more, the text's end."""
        if index >= self.count:
            return len(self.document.text)
        start = self._starts.get(index)
        if start is None:
            near = index * self.stride
            start = self._plain_cut(near) if self.document.is_plain else self._block_cut(near)
            self._starts[index] = start
        return start

    def end(self, index: int) -> int:
        return self.start(index + 1)

    def index_of(self, position: int) -> int:
        """The chunk that holds `position`; for the text's end, the last one."""
        index = min(max(position, 0) // self.stride, self.count - 1)
        while index > 0 and self.start(index) > position:
            index -= 1
        return index

    def pieces(self, index: int) -> list[Piece]:
        """The blocks of chunk `index`, those longer than a chunk cut to it."""
        start, end = self.start(index), self.end(index)
        if start >= end and not (index == 0 and self.document.blocks):
            return []
        return self._plain_pieces(start, end) if self.document.is_plain else self._block_pieces(start, end)

    def _plain_cut(self, near: int) -> int:
        cut = plain.paragraph_break_near(self.document.text, near)
        return cut if near <= cut <= near + self.stride else self._word_cut(near)

    def _word_cut(self, near: int) -> int:
        text = self.document.text
        for mark in ("\n", " "):
            found = text.find(mark, near, near + _WORD_SEARCH)
            if found >= 0:
                return found + 1
        return near

    def _block_cut(self, near: int) -> int:
        blocks, length = self.document.blocks, len(self.document.text)
        first = index_from(blocks, near)
        at = _first_row_start(blocks, first, near + self.stride)
        if at < len(blocks) and blocks[at].start <= near + self.stride:
            return blocks[at].start
        if at > first:
            return min(length, near + self.stride)
        inside = at > 0 and near < blocks[at - 1].end
        return self._word_cut(near) if inside else min(near, length)

    def _plain_pieces(self, start: int, end: int) -> list[Piece]:
        text, wrapped = self.document.text, self.document.hard_wrapped
        pieces: list[Piece] = []
        before = max(0, start - 3)
        for found in plain.blocks(text, start, end, hard_wrapped=wrapped):
            block = found if pieces or start else self._titled(found)
            tight = block.start > 0 and text.count("\n", before, block.start) == 1
            pieces.append(Piece(block, block.start, block.end, tight, wrapped and block.kind != BlockKind.CODE))
            before = block.end
        return pieces

    def _titled(self, block: Block) -> Block:
        """The first block of a plain text, as a heading where it is the line that gave the document its title."""
        words = self.document.text[block.start : block.end]
        is_title = words == self.document.metadata.title and words[-1:] not in _SENTENCE_ENDS
        return replace(block, kind=BlockKind.HEADING, level=1) if is_title else block

    def _block_pieces(self, start: int, end: int) -> list[Piece]:
        blocks = self.document.blocks
        at = max(0, index_behind(blocks, start) - 1)
        while at > 0 and blocks[at - 1].start == start:
            at -= 1
        last = end >= len(self.document.text)
        lined = bool(self.document.sheets)
        pieces: list[Piece] = []
        for block in _from(blocks, at):
            if block.start > end or (block.start == end and not last):
                break
            if block.start >= start or block.end > start:
                wrapped = lined and block.kind != BlockKind.CODE
                pieces.append(Piece(block, max(block.start, start), min(block.end, end), wrapped=wrapped))
        return pieces


def _from(blocks: Sequence[Block], at: int) -> Sequence[Block]:
    """The blocks from `at` on, as far as one chunk can possibly reach, without a copy of the rest."""
    reach = blocks[at].end + 2 * LONGEST_STRIDE if at < len(blocks) else 0
    return blocks[at : index_behind(blocks, reach)]


def _first_row_start(blocks: Sequence[Block], at: int, limit: int) -> int:
    """`at`, or where it stands inside a table the table's end (when that is before `limit`), else the next row."""
    if at == 0 or at >= len(blocks) or blocks[at].table < 0 or blocks[at].table != blocks[at - 1].table:
        return at
    table, end = blocks[at].table, at
    while end < len(blocks) and blocks[end].table == table and blocks[end].start <= limit:
        end += 1
    if end >= len(blocks) or blocks[end].table != table:
        return end
    while at < end and blocks[at].row == blocks[at - 1].row:
        at += 1
    return at
