"""Selecting by word, sentence and paragraph: the one at a place, then the next one with it."""

from bisect import bisect_right

from reader.model.document import Document
from reader.text import limits


def more(document: Document, unit: str, selection: tuple[int, int] | None, caret: int) -> tuple[int, int]:
    """What to select now: the "word", "sentence" or "paragraph" at `caret` or round `selection`, else the next one too.

    Positions are code points, ends exclusive.
    """
    if selection is None:
        return _at(document, unit, caret)
    start, last = selection[0], max(selection[0], selection[1] - 1)
    whole = _at(document, unit, start)[0], max(_at(document, unit, last)[1], selection[1])
    if without_blank_ends(document.text, *whole) != without_blank_ends(document.text, *selection):
        return whole
    following = _at(document, unit, _after(document, unit, last))
    return start, max(selection[1], following[1])


def without_blank_ends(text: str, start: int, end: int) -> tuple[int, int] | None:
    """`start:end` less the white space at both ends; None when nothing is left."""
    passage = text[start:end]
    left = len(passage.lstrip())
    kept = len(passage.rstrip())
    return (start + len(passage) - left, start + kept) if left else None


def _at(document: Document, unit: str, position: int) -> tuple[int, int]:
    if unit == "word":
        return limits.word_at(document.text, position)
    if unit == "sentence":
        return limits.sentence_at(document.text, position, hard_wrapped=_lined(document))
    return _block_at(document, position) or limits.paragraph_at(
        document.text, position, hard_wrapped=document.hard_wrapped
    )


def _after(document: Document, unit: str, position: int) -> int:
    if unit == "word":
        return limits.next_word(document.text, position)
    if unit == "sentence":
        return limits.next_sentence(document.text, position, hard_wrapped=_lined(document))
    block = _block_at(document, position)
    if block is None:
        return limits.next_paragraph(document.text, position, hard_wrapped=document.hard_wrapped)
    return next((b.start for b in document.blocks if b.start >= block[1] and b.end > b.start), block[1])


def _lined(document: Document) -> bool:
    """Whether a line end is a space in the document's text, as on pages of fixed form."""
    return document.hard_wrapped or bool(document.sheets)


def _block_at(document: Document, position: int) -> tuple[int, int] | None:
    """The paragraph of a document of fixed pages at a position: its lines end where the page has them end."""
    if not document.sheets:
        return None
    at = bisect_right(document.blocks, position, key=lambda block: block.start) - 1
    if at < 0 or document.blocks[at].end < position:
        return None
    return document.blocks[at].start, document.blocks[at].end
