"""A piece of a document as a document of its own: a passage with what stands round it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from reader.model.document import Block, BlockKind, Document, Span
from reader.model.parted import Parted, index_behind, index_from

BEFORE, BEHIND = 700, 900
"""Code points that stand round a passage, about."""
_LONGEST = 6_000
_WORD = 60

T = TypeVar("T", Block, Span)


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A piece of a document with its blocks and spans; it begins at the code point `offset` of the whole text."""

    document: Document
    offset: int

    @property
    def end(self) -> int:
        """Where it ends in the whole text."""
        return self.offset + len(self.document.text)


def excerpt(document: Document, start: int, end: int, *, before: int = BEFORE, behind: int = BEHIND) -> Excerpt:
    """The passage from `start` to `end` (code points) with about so many more round it, from whole blocks where it can.

    Rows of tables stay whole. Of a very long passage only the beginning is there.
    """
    end = min(end, start + _LONGEST, len(document.text))
    start = max(0, min(start, end))
    first = _begin(document, start, max(0, start - before))
    last = _finish(document, end, min(len(document.text), end + behind))
    blocks = _cut(_touching(document.blocks, first, last), first, last)
    spans = _cut(_touching(document.spans, first, last), first, last)
    text = document.text[first:last]
    return Excerpt(
        Document(text, blocks=blocks, spans=spans, assets=document.assets, hard_wrapped=document.hard_wrapped), first
    )


def _begin(document: Document, start: int, near: int) -> int:
    """Where to begin: at the first block behind `near` unless the passage began earlier, else at a word."""
    if near == 0:
        return 0
    blocks, text = document.blocks, document.text
    if not blocks:
        line = text.find("\n", near, start)
        while 0 <= line < start and text[line] == "\n":
            line += 1
        return line if line >= 0 else _word_before(text, near)
    at = index_from(blocks, near)
    if at >= len(blocks) or blocks[at].start > start:
        at -= 1
        if blocks[at].kind is not BlockKind.TABLE_CELL:
            return _word_before(text, max(near, blocks[at].start))
    while at > 0 and _same_row(blocks[at - 1], blocks[at]):
        at -= 1
    return blocks[at].start


def _finish(document: Document, end: int, near: int) -> int:
    """Where to end: with the last block before `near` unless the passage goes on behind it, else with a word."""
    blocks, text = document.blocks, document.text
    if near == len(text):
        return near
    if not blocks:
        line = text.rfind("\n", end, near)
        return line if line >= 0 else _word_behind(text, near)
    at = index_behind(blocks, near) - 1
    if at >= 0 and blocks[at].kind is BlockKind.TABLE_CELL:
        while at + 1 < len(blocks) and _same_row(blocks[at], blocks[at + 1]):
            at += 1
        return blocks[at].end
    if at > 0 and blocks[at].end > near and blocks[at].start > end:
        return blocks[at - 1].end
    return _word_behind(text, near) if at >= 0 and blocks[at].end > near else max(end, blocks[at].end)


def _same_row(first: Block, second: Block) -> bool:
    return first.table >= 0 and (first.table, first.row) == (second.table, second.row)


def _word_before(text: str, near: int) -> int:
    """The beginning of the next word, unless it is far."""
    found = text.find(" ", near, near + _WORD) if near else -1
    return found + 1 if found >= 0 else near


def _word_behind(text: str, near: int) -> int:
    found = text.rfind(" ", near - _WORD, near)
    return found if found >= 0 else near


def _touching(items: Sequence[T], start: int, end: int) -> Iterable[T]:
    """The items of which something may lie between two code points, in text order."""
    if not isinstance(items, Parted):
        return items
    parts = range(items.part_of(start), items.part_of(end) + 1)
    return [*items.reaching(start), *(item for number in parts for item in items.part(number))]


def _cut(items: Iterable[T], start: int, end: int) -> tuple[T, ...]:
    """What of the items lies between two code points, counted from the first of them."""
    return tuple(
        replace(item, start=max(item.start, start) - start, end=min(item.end, end) - start)
        for item in items
        if item.start < end and item.end > start
    )
