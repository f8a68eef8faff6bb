"""A document with corrections made: its text, and everything that stands in it where it stands afterwards."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TypeVar

from reader.model.document import Block, BlockKind, Comment, Debris, Document, OutlineEntry, Span
from reader.model.errors import ReaderError
from reader.model.parted import index_from
from reader.text.editing import Edit, EditMap, Edits, edited

_BOXES = frozenset({BlockKind.TABLE_CELL, BlockKind.FIGURE, BlockKind.RULE})
"""What is not simply words one after the other."""
_IN_PIECES = (
    "A table, a picture or a line across the page cannot be joined to other words or cut in part; correct what stands "
    "before it and behind it one by one."
)
_ALL_GONE = "Nothing would be left of the text; remove the document instead."
PAGES = (
    "The pages of a PDF are shown as they were printed, and their words are where they are; only a text that is set "
    "anew can be corrected."
)
"""Why a PDF's text is not corrected."""

T = TypeVar("T", Span, Debris, Comment)


def corrected(document: Document, edits: Edits) -> Document:
    """`document` after the edits, which are settled ones of its text.

    Blocks between which no line end is left become one. ReaderError where that would tear a table or a picture, where
    nothing would be left, and for pages of fixed form.
    """
    if document.sheets:
        raise ReaderError(PAGES)
    text, positions = edited(document.text, edits), EditMap(document.text, edits)
    if not text.strip():
        raise ReaderError(_ALL_GONE)
    blocks = tuple(_Joining(document, text, positions, edits).blocks())
    return replace(
        document,
        text=text,
        blocks=blocks,
        spans=tuple(sorted(_ranges(document.spans, positions), key=lambda span: (span.start, -span.end))),
        outline=tuple(_outline(document, text, positions)),
        targets={name: _place(positions, place) for name, place in document.targets.items()},
        pages=tuple(replace(page, position=_place(positions, page.position)) for page in document.pages),
        debris=tuple(_ranges(document.debris, positions)),
        comments=tuple(_comments(document.comments, positions)),
    )


def cut_out(document: Document, start: int, end: int) -> Edit:
    """The edit that takes `start:end` out, with the line end or the space that would be left over."""
    text = document.text
    if not ((start == 0 or text[start - 1] == "\n") and (end == len(text) or text[end] == "\n")):
        doubled = text[end : end + 1] == " " and text[start - 1 : start] in ("", " ", "\n")
        return Edit(start, end + doubled, "")
    if _ends_in_table(document, start, end):
        return Edit(start, end, "")
    # Between paragraphs of plain text there may be several.
    most = len(text) if document.is_plain else 1
    behind = len(text[end : end + most]) - len(text[end : end + most].lstrip("\n"))
    if behind:
        return Edit(start, end + behind, "")
    before = text[max(start - most, 0) : start]
    return Edit(start - len(before) + len(before.rstrip("\n")), end, "")


def _ends_in_table(document: Document, start: int, end: int) -> bool:
    """Whether a table goes on before `start` or behind `end`: its cell stays, with nothing in it."""
    blocks = document.blocks
    first, last = index_from(blocks, start), index_from(blocks, end + 1)
    inside = {block.table for block in blocks[first:last]} - {-1}
    return any(block.table in inside for block in (*blocks[max(first - 1, 0) : first], *blocks[last : last + 1]))


def _place(positions: EditMap, place: int) -> int:
    """Where a place is that something begins at: what is put in there belongs to it."""
    return positions.block(place, place)[0]


_Pair = tuple[Block, Block]
"""A block as it was, and as it is."""


class _Joining:
    """The blocks of a document at their places after the edits; those between which no line end is left, as one."""

    def __init__(self, document: Document, text: str, positions: EditMap, edits: Edits) -> None:
        self._blocks, self._length = document.blocks, len(document.text)
        self._text, self._positions, self._edits = text, positions, edits
        self._torn: set[int] = set()

    def blocks(self) -> Iterator[Block]:
        """In text order. ReaderError when a table or a picture would be torn."""
        last: _Pair | None = None
        whole: set[int] = set()
        for block in self._blocks:
            here = block, self._moved(block)
            if last and self._positions.touches(last[0].end, block.start):
                last, here = self._parted(last, here)
            if last and here:
                whole.add(last[1].table)
                yield last[1]
            last = here or last
        if last:
            whole.add(last[1].table)
            yield last[1]
        if self._torn & whole:
            raise ReaderError(_IN_PIECES)

    def _moved(self, block: Block) -> Block:
        start, end = self._positions.block(block.start, block.end)
        return block if (start, end) == (block.start, block.end) else replace(block, start=start, end=end)

    def _parted(self, one: _Pair, other: _Pair) -> tuple[_Pair, _Pair | None]:
        """Two blocks with a line end between them, and nothing else; or what they are together."""
        first, second = one[1], other[1]
        at = self._text.rfind("\n", first.end, second.start)
        if at >= 0:
            return (one[0], replace(first, end=at)), (other[0], replace(second, start=at + 1))
        kept = first
        if first.start == first.end or second.start == second.end:
            gone, kept = (one, second) if first.start == first.end else (other, first)
            self._give_way(gone[0])
        elif first.kind in _BOXES or second.kind in _BOXES:
            raise ReaderError(_IN_PIECES)
        ends = max(first.end, second.end)
        return (other[0], replace(kept, start=min(first.start, second.start), end=ends)), None

    def _give_way(self, block: Block) -> None:
        """A block goes. A cell goes with its whole table only, a picture only when it was cut out itself."""
        if block.kind is BlockKind.TABLE_CELL:
            self._torn.add(block.table)
        elif block.kind in _BOXES and not any(self._holds(edit, block) for edit in self._edits):
            raise ReaderError(_IN_PIECES)

    def _holds(self, edit: Edit, block: Block) -> bool:
        if block.start < block.end:
            return edit.start <= block.start and block.end <= edit.end
        return (edit.start < block.start or not block.start) and (edit.end > block.end or block.end == self._length)


def _ranges(items: Iterable[T], positions: EditMap) -> Iterator[T]:
    """What is left of ranges; those of which nothing is left go."""
    for item in items:
        start, end = positions.range(item.start, item.end)
        if start < end or item.start == item.end:
            yield replace(item, start=start, end=end)


def _comments(comments: Iterable[Comment], positions: EditMap) -> Iterator[Comment]:
    """The notes of the file; one on words that were cut out stands where they stood."""
    for comment in comments:
        start, end = positions.range(comment.start, comment.end)
        yield replace(comment, start=start, end=end)


def _outline(document: Document, text: str, positions: EditMap) -> Iterator[OutlineEntry]:
    """The contents: an entry that is the words of its heading stays that, one whose heading was cut out goes."""
    for entry in document.outline:
        title, place = entry.title, _place(positions, entry.position)
        index = index_from(document.blocks, entry.position)
        for heading in document.blocks[index : index + 1]:
            words = document.text[heading.start : heading.end]
            if heading.start == entry.position and " ".join(words.split()) == " ".join(title.split()):
                title = " ".join(text[slice(*positions.block(heading.start, heading.end))].split())
        if title or not entry.title:
            yield replace(entry, title=title, position=place)
