"""The paragraphs of a quote: lines that only wrap are joined, the ends of blocks stay."""

import re
from collections.abc import Sequence
from itertools import pairwise

from reader.model.annotation import AnchorState, Annotation
from reader.model.document import Block, BlockKind, Document
from reader.model.parted import index_from
from reader.text import plain
from reader.text.joining import joined
from reader.text.masks import Ranges, hidden_in_quote, visible_text

# How far round a quote lines of plain text are looked at, in code points: they tell what width it is wrapped to.
_AROUND = 6000
_LINE = re.compile(r"\n\s*|\f\s*")
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n\s*")


def may_have_more(quote: str) -> bool:
    """Whether a quote may be of several paragraphs; costs little."""
    return "\n" in quote or "\f" in quote


def breaks(document: Document, mark: Annotation) -> tuple[int, ...]:
    """Where in a mark's quote another paragraph begins: code points of the quote, ascending, 0 is none of them.

    The blocks of `document` tell it. Where the words at the mark's place are others, as with a lost one, its blank
    lines do, or all its lines in a text that is not wrapped. The cells of a row are no paragraphs.
    """
    anchor, quote = mark.anchor, mark.quote
    if anchor is None or not may_have_more(quote):
        return ()
    if mark.state is AnchorState.LOST or document.text[anchor.start : anchor.end] != quote:
        ends = _BLANK_LINE if document.hard_wrapped else _LINE
        found = [end.end() for end in ends.finditer(quote)]
    else:
        blocks = _blocks(document, anchor.start, anchor.end)
        found = [block.start - anchor.start for before, block in pairwise(blocks) if not _is_same_row(before, block)]
    return tuple(at for at in found if 0 < at < len(quote))


def paragraphs(mark: Annotation, hidden: Ranges, cuts: Sequence[int]) -> tuple[str, ...]:
    """A mark's words as they are read, paragraph by paragraph, without what is hidden and what is left empty by that.

    `hidden` are ranges of the text (code points, sorted, disjoint), `cuts` as `breaks` gives them.
    """
    quote, inside = mark.quote, hidden_in_quote(mark, hidden)
    pieces = pairwise((0, *cuts, len(quote)))
    found = (joined(visible_text(quote, low, high, inside)) for low, high in pieces)
    return tuple(words for words in found if words.strip())


def _blocks(document: Document, start: int, end: int) -> Sequence[Block]:
    """The blocks that begin in `start:end`, and the one before them."""
    if document.is_plain:
        text = document.text
        low = plain.paragraph_break_near(text, max(0, start - _AROUND))
        low = low if low <= start else text.rfind("\n", 0, start) + 1
        high = plain.paragraph_break_near(text, min(len(text), end + _AROUND))
        return plain.blocks(text, low, high, hard_wrapped=document.hard_wrapped)
    first, last = index_from(document.blocks, start), index_from(document.blocks, end)
    return document.blocks[max(0, first - 1) : last]


def _is_same_row(before: Block, block: Block) -> bool:
    cell = BlockKind.TABLE_CELL
    return before.kind is cell and block.kind is cell and (before.table, before.row) == (block.table, block.row)
