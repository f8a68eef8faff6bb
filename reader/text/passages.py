"""A text cut into the pieces that the search index holds, each a paragraph or about 1,000 code points."""

from collections.abc import Iterator

from reader.model.document import Document
from reader.text.characters import whole_character

_LONGEST = 1000
_SHORTEST = 200
# Left free for the marks of the last character where a passage is cut inside a word.
_MARKS = 50
_SENTENCE_ENDS = (". ", ".\n", "! ", "? ", "!\n", "?\n", ".” ", '." ', "؟ ", "۔ ", "。", "！", "？", "। ")


def passages(document: Document) -> Iterator[tuple[int, int]]:
    """Ranges in text order that cover the whole text without a gap or an overlap.

    A paragraph (or block) is a passage. One longer than 1,000 code points is cut at the end of a sentence,
    else between words; ones shorter than 200 join what follows them.
    """
    start = 0
    for end in _paragraph_ends(document):
        if end - start < _SHORTEST and end < len(document.text):
            continue
        for cut in _cuts(document.text, start, end):
            yield start, cut
            start = cut


def _paragraph_ends(document: Document) -> Iterator[int]:
    """Ascending ends of paragraphs, each with the line ends after it; the last is the end of the text."""
    length = len(document.text)
    if document.is_plain:
        yield from _plain_ends(document.text, "\n\n" if document.hard_wrapped else "\n")
    else:
        yield from (block.start for block in document.blocks if 0 < block.start < length)
    if length:
        yield length


def _plain_ends(text: str, border: str) -> Iterator[int]:
    at = text.find(border)
    while at >= 0:
        at += len(border)
        while text.startswith("\n", at):
            at += 1
        if at < len(text):
            yield at
        at = text.find(border, at)


def _cuts(text: str, start: int, end: int) -> Iterator[int]:
    """Where `start:end` ends as passages: its own end, after as many cuts as it is too long."""
    while end - start > _LONGEST:
        start = _cut_near(text, start)
        yield start
    yield end


def _cut_near(text: str, start: int) -> int:
    """A good place to cut in the second half of the longest passage that could begin at `start`."""
    low, high = start + _LONGEST // 2, start + _LONGEST
    sentence = max(at + len(end) if (at := text.rfind(end, low, high)) >= 0 else -1 for end in _SENTENCE_ENDS)
    if sentence > 0:
        return sentence
    space = max(text.rfind(" ", low, high), text.rfind("\n", low, high))
    return space + 1 if space >= 0 else whole_character(text, high - _MARKS)
