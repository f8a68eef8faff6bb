"""Where characters, words, sentences and paragraphs begin and end, as UAX 29 says.

Characters and words are uniseg's, asked about a short window round the position that begins at a sure
border; sentences are the pattern of `reader.text.sentences`. All positions are code points, all ranges
end-exclusive, and positions outside the text are clamped to it.
"""

import re
from bisect import bisect_right
from functools import lru_cache
from unicodedata import category

from reader.text import plain
from reader.text.counting import count_words
from reader.text.sentences import sentence_ends

__all__ = [
    "count_words",
    "cut_at_word",
    "next_paragraph",
    "next_sentence",
    "next_word",
    "paragraph_at",
    "previous_paragraph",
    "previous_sentence",
    "previous_word",
    "sentence_at",
    "snap_to_graphemes",
    "word_at",
]

Range = tuple[int, int]

# How far back a sure border is looked for, in code points, and how much uniseg is asked about at once.
_WORD_REACH = 120
_GRAPHEME_REACH = 64
_SENTENCE_REACH = 4000
_PARAGRAPH_REACH = 8000
_VISIBLE = re.compile(r"\S")


def word_at(text: str, pos: int) -> Range:
    """The word at `pos`: the one that holds it, else the one that ends there, else what lies there between words."""
    if not text:
        return 0, 0
    at = min(max(pos, 0), len(text) - 1)
    here = _segment(text, at)
    if at < pos or _is_word(text, here) or at == 0:
        return here
    before = _segment(text, at - 1)
    return before if before[1] == here[0] == at and _is_word(text, before) else here


def next_word(text: str, pos: int) -> int:
    """Where the next word after `pos` begins; the end of the text when there is none."""
    at = max(pos, 0)
    if at < len(text):
        at = _segment(text, at)[1]
    while found := _VISIBLE.search(text, at):
        segment = _segment(text, found.start())
        if _is_word(text, segment):
            return segment[0]
        at = segment[1]
    return len(text)


def previous_word(text: str, pos: int) -> int:
    """Where the word before `pos` begins, or the one that `pos` is inside of; 0 when there is none."""
    at = _visible_before(text, min(pos, len(text)))
    while at > 0:
        segment = _segment(text, at - 1)
        if _is_word(text, segment):
            return segment[0]
        at = _visible_before(text, segment[0])
    return 0


def sentence_at(text: str, pos: int, *, hard_wrapped: bool = False) -> Range:
    """The sentence at `pos`, without the white space round it; that after a sentence counts as part of it.

    In hard-wrapped text a single line end is a space, and only a blank line ends a paragraph.
    """
    at = min(max(pos, 0), len(text))
    starts, limit = _sentence_starts(text, at, hard_wrapped)
    start = max((s for s in starts if s <= at), default=at)
    end = min((s for s in starts if s > at), default=limit)
    return start, start + len(text[start:end].rstrip())


def next_sentence(text: str, pos: int, *, hard_wrapped: bool = False) -> int:
    """Where the next sentence after `pos` begins; the end of the text when there is none."""
    at = max(pos, 0)
    while at < len(text):
        starts, limit = _sentence_starts(text, at, hard_wrapped)
        if later := [s for s in starts if s > pos]:
            return later[0]
        found = _VISIBLE.search(text, limit)
        at = found.start() if found else len(text)
    return len(text)


def previous_sentence(text: str, pos: int, *, hard_wrapped: bool = False) -> int:
    """Where the sentence before `pos` begins, or the one that `pos` is inside of; 0 when there is none."""
    at = _visible_before(text, min(pos, len(text)))
    starts = _sentence_starts(text, at - 1, hard_wrapped)[0] if at else []
    return max((s for s in starts if s < at), default=0)


def paragraph_at(text: str, pos: int, *, hard_wrapped: bool = False) -> Range:
    """The paragraph at `pos` without its line end; an empty range on a blank line.

    A paragraph is a line. In hard-wrapped text it is a block as `reader.text.plain` shows it.
    """
    at = min(max(pos, 0), len(text))
    start = text.rfind("\n", 0, at) + 1
    end = text.find("\n", at)
    end = len(text) if end < 0 else end
    if not _VISIBLE.search(text, start, end):
        return start, start
    if hard_wrapped:
        for block in plain.blocks(text, *_stretch(text, start, end), hard_wrapped=True):
            if block.start <= at <= block.end:
                return block.start, block.end
    return start, end


def next_paragraph(text: str, pos: int, *, hard_wrapped: bool = False) -> int:
    """Where the next paragraph after `pos` begins; the end of the text when there is none."""
    line_end = text.find("\n", max(paragraph_at(text, pos, hard_wrapped=hard_wrapped)[1], pos))
    found = _VISIBLE.search(text, line_end) if line_end >= 0 else None
    return paragraph_at(text, found.start(), hard_wrapped=hard_wrapped)[0] if found else len(text)


def previous_paragraph(text: str, pos: int, *, hard_wrapped: bool = False) -> int:
    """Where the paragraph at `pos` begins; from its very beginning, where the one before does. At last 0."""
    start, end = paragraph_at(text, pos, hard_wrapped=hard_wrapped)
    if start < min(pos, end):
        return start
    above = _visible_before(text, min(start, len(text)))
    return paragraph_at(text, above, hard_wrapped=hard_wrapped)[0] if above else 0


def snap_to_graphemes(text: str, start: int, end: int) -> Range:
    """The smallest range round `start:end` that cuts no character in two: no accent, flag or joined emoji."""
    low = _cluster(text, start)[0] if 0 < start < len(text) else max(0, min(start, len(text)))
    if end <= start:
        return low, low
    return low, _cluster(text, min(end, len(text)) - 1)[1]


def cut_at_word(text: str, limit: int) -> str:
    """`text` in at most `limit` code points: cut after a whole word, with "…", when it is longer."""
    if len(text) <= limit:
        return text
    head = text[: max(limit - 1, 0)]
    if not text[len(head)].isspace():
        space = max(head.rfind(" "), head.rfind("\n"), head.rfind("\u00a0"))
        head = head[:space] if space > limit // 2 else head[: snap_to_graphemes(text, len(head), len(head))[0]]
    return head.rstrip(" \n\t\u00a0,;:–—-") + "…" if limit > 0 else ""


def _segment(text: str, at: int) -> Range:
    """The piece between two word borders that holds the code point at `at`."""
    low = _back_to_border(text, at)
    high = at
    most = min(len(text), at + _WORD_REACH)
    while high < most and not _parts_words(text[high]):
        high += 1
    # The space and what may cling to it belong to the question; a few more decide where the word ends.
    borders = _word_borders(text[low : min(high + 4, len(text))])
    index = bisect_right(borders, at - low)
    return low + borders[index - 1], low + borders[index]


def _back_to_border(text: str, at: int) -> int:
    """A position at or before `at` where a word border is sure: before white space; else as far as it may be."""
    least = max(0, at - _WORD_REACH)
    while at > least and not _parts_words(text[at]):
        at -= 1
    while at > least and _parts_words(text[at - 1]):
        at -= 1
    return at


def _parts_words(char: str) -> bool:
    # The narrow no-break space joins: "12 000" is one word.
    return char.isspace() and char != "\u202f"


@lru_cache(maxsize=64)
def _word_borders(window: str) -> list[int]:
    from uniseg.wordbreak import word_boundaries

    return list(word_boundaries(window))


def _is_word(text: str, segment: Range) -> bool:
    return any(char.isalnum() or category(char) == "So" for char in text[slice(*segment)])


def _cluster(text: str, at: int) -> Range:
    """The grapheme cluster that holds the code point at `at`."""
    low, least = at, max(0, at - _GRAPHEME_REACH)
    while low > least and not (text[low] < "\u0300" and text[low - 1] < "\u0300"):
        low -= 1
    borders = _character_borders(text[low : at + _GRAPHEME_REACH])
    index = bisect_right(borders, at - low)
    return low + borders[index - 1], low + borders[index]


@lru_cache(maxsize=64)
def _character_borders(window: str) -> list[int]:
    from uniseg.graphemecluster import grapheme_cluster_boundaries

    return list(grapheme_cluster_boundaries(window))


def _sentence_starts(text: str, at: int, hard_wrapped: bool) -> tuple[list[int], int]:
    """Where sentences begin round `at`, ascending, and the position up to which they were looked for."""
    border = "\n\n" if hard_wrapped else "\n"
    least, limit = max(0, at - _SENTENCE_REACH), min(len(text), at + _SENTENCE_REACH)
    low = text.rfind(border, least, at)
    low = low + len(border) if low >= 0 else least
    starts: list[int] = []
    for end in (low, *sentence_ends(text, low, limit, hard_wrapped=hard_wrapped)):
        if starts and end <= starts[-1]:
            continue
        found = _VISIBLE.search(text, end, limit)
        if not found:
            break
        starts.append(found.start())
    return starts, limit


def _stretch(text: str, start: int, end: int) -> Range:
    """Enough of hard-wrapped text round the line `start:end` to tell how wide it is wrapped."""
    least = max(0, start - _PARAGRAPH_REACH)
    low = text.find("\n\n", least, start) if least else 0
    if low < 0:
        low = text.find("\n", least, start)
    return (low if least == 0 else low + 1), plain.paragraph_break_near(
        text, min(end + _PARAGRAPH_REACH // 2, len(text))
    )


def _visible_before(text: str, pos: int) -> int:
    """The end of the last thing before `pos` that is not white space; 0 when there is none."""
    while pos > 0:
        low = max(0, pos - _SENTENCE_REACH)
        piece = text[low:pos].rstrip()
        if piece:
            return low + len(piece)
        pos = low
    return 0
