"""Which lines of a page are one paragraph: told by gaps, indents, sizes, and the ends of sentences."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from reader.formats.pdf.lines import Line, PageLines

_SAME_SIZE = 1.15
_WIDE_GAP = 1.35
_USUAL_PITCH = 1.2
_INDENT = 0.7
_SHORT = 0.7
"""A line that ends before this part of its column's width is short."""
_SLACK = 2.0

_ITEM = re.compile(r"\s*(?:(?P<bullet>[•◦▪‣●○■□–—*·])|\(?(?:\d{1,3}|[a-z]|[ivx]{1,5})[.)]|\[\d{1,3}\])\s")
"""How a line of a list begins."""

# The number of a note may follow.
_ENDED = re.compile("[.!?:;…。！？؟۔।]['\"”’»)\\]]*[0-9]{0,3}\\s*\\Z")


@dataclass(frozen=True, slots=True)
class _Column:
    """Lines that follow each other downwards: the edges most of them have, and the distance from one to the next."""

    left: float
    right: float
    pitch: float


def paragraph_starts(page: PageLines, before: tuple[str, Line] | None) -> list[int]:
    """The numbers of the lines of a page with which a paragraph begins.

    `before` is the last line of the page before, with its words: without it, or when it ends a paragraph, the first
    line begins one.
    """
    starts: list[int] = []
    last = before
    for low, high in _runs(page.lines):
        column = _column(page.lines[low:high])
        if last is None or not _goes_on(last, (_words(page, low), page.lines[low])):
            starts.append(low)
        begun = low
        for number in range(low + 1, high):
            if _begins(page, number, high, column, begun):
                starts.append(number)
                begun = number
        last = _words(page, high - 1), page.lines[high - 1]
    return starts


def _runs(lines: Sequence[Line]) -> Iterator[tuple[int, int]]:
    """Stretches of lines of which each stands below the one before it."""
    start = 0
    for number in range(1, len(lines) + 1):
        if number == len(lines) or not _is_below(lines[number], lines[number - 1]):
            yield start, number
            start = number


def _is_below(line: Line, above: Line) -> bool:
    if line.vertical != above.vertical or line.top < above.top - line.size * 0.3:
        return False
    return line.left < above.right + _SLACK * line.size and above.left < line.right + _SLACK * line.size


def _column(lines: Sequence[Line]) -> _Column:
    lefts = Counter(round(line.left) for line in lines)
    left = max(lefts, key=lambda edge: (lefts[edge], -edge))
    rights = sorted(line.right for line in lines)
    steps = [
        below.bottom - above.bottom
        for above, below in pairwise(lines)
        if _alike(above, below) and 0 < below.bottom - above.bottom < _SLACK * above.size
    ]
    pitch = sorted(steps)[len(steps) // 2] if steps else _USUAL_PITCH * lines[0].size
    return _Column(left, rights[len(rights) * 9 // 10], pitch)


def _alike(one: Line, other: Line) -> bool:
    return one.size < other.size * _SAME_SIZE and other.size < one.size * _SAME_SIZE


def _begins(page: PageLines, number: int, end: int, column: _Column, begun: int) -> bool:
    """Whether a line begins a paragraph, of which the one before began with the line `begun`."""
    line, above = page.lines[number], page.lines[number - 1]
    if _is_beside(line, above):
        return False
    if not _alike(line, above) or line.bottom - above.bottom > _WIDE_GAP * max(column.pitch, line.size):
        # What stands on the same line goes with it, whatever its size.
        return line.top >= above.bottom - above.size / 2
    item = _ITEM.match(page.text, line.start, line.end)
    if item:
        return item["bullet"] is not None or _has_ended(page, number - 1)
    indent = _INDENT * line.size
    # What follows a raised number is a line of its own to PDFium.
    left = _row_left(page, number - 1, begun)
    if line.left < left - indent:
        return number - 1 > begun
    if line.left > column.left + indent:
        below = page.lines[number + 1] if number + 1 < end else None
        if below is None or below.left < line.left - indent:
            # The second line of an entry that hangs out is moved in too, but in the middle of a sentence.
            moved_in = line.left > left + indent
            return _has_ended(page, number - 1) if moved_in else _is_short(above, column)
    return _is_short(above, column) and _has_ended(page, number - 1)


def _is_beside(line: Line, before: Line) -> bool:
    """Whether a line stands in the same row as the one before it, right after that."""
    if abs(line.left - before.right) > line.size:
        return False
    return line.top < before.bottom - before.size / 2 and before.top < line.bottom - line.size / 2


def _row_left(page: PageLines, number: int, begun: int) -> float:
    """Where the row begins in which a line stands, which may be after others."""
    while number > begun:
        if not _is_beside(page.lines[number], page.lines[number - 1]):
            break
        number -= 1
    return page.lines[number].left


def _has_ended(page: PageLines, number: int) -> bool:
    """Whether a line ends as a sentence does."""
    return _ENDED.search(_words(page, number)) is not None


def _is_short(line: Line, column: _Column) -> bool:
    return line.right - column.left < _SHORT * (column.right - column.left)


def _goes_on(last: tuple[str, Line], first: tuple[str, Line]) -> bool:
    """Whether a paragraph goes on in the next column or on the next page."""
    words, line = last
    following, below = first
    # A number by itself is that of a page.
    if not _alike(line, below) or _ENDED.search(words) or not any(map(str.isalpha, words)):
        return False
    return following.lstrip()[:1].islower()


def _words(page: PageLines, number: int) -> str:
    line = page.lines[number]
    return page.text[line.start : line.end]
