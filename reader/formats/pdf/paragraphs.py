"""Which lines of a page are one paragraph: told by gaps, indents, sizes, and the ends of sentences."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

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


Spoken = tuple[str, Line]
"""A line with its words."""


class _Row(NamedTuple):
    """Where the row above a line begins, and whether its last line follows others of its paragraph."""

    left: float
    follows: bool


class Paragraph(NamedTuple):
    """A paragraph of a page: number and `start` of its first line, height of its characters, how many lines it has."""

    line: int
    start: int
    size: float
    lines: int


def paragraphs_of(page: PageLines) -> list[Paragraph]:
    """The paragraphs of a page by itself: whether the first of them goes on from the page before, `goes_on` tells."""
    starts: list[int] = []
    for low, high in _runs(page.lines):
        if not low or not goes_on(spoken(page, low - 1), spoken(page, low)):
            starts.append(low)
        starts += _starts_within(page, low, high)
    return cut_at(page, starts)


def cut_at(page: PageLines, starts: Sequence[int]) -> list[Paragraph]:
    """The paragraphs that begin with the lines of these numbers."""
    lines = page.lines
    sizes = [line.size for line in lines]
    return [
        Paragraph(first, lines[first].start, max(sizes[first:following]), following - first)
        for first, following in pairwise([*starts, len(sizes)])
    ]


def _starts_within(page: PageLines, low: int, high: int) -> Iterator[int]:
    """The numbers of the lines with which a paragraph begins, of those after `low` that follow each other downwards."""
    lines = page.lines
    column = _column(lines[low:high])
    begun, above = low, lines[low]
    left = above.left
    for number in range(low + 1, high):
        line = lines[number]
        # What follows a raised number is a line of its own to PDFium: it stands in the same row.
        if not _is_beside(line, above):
            if _begins(page, number, high, column, _Row(left, number - 1 > begun)):
                yield number
                begun = number
            left = line.left
        above = line


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


def _begins(page: PageLines, number: int, end: int, column: _Column, row: _Row) -> bool:
    """Whether a line, which stands beside no other, begins a paragraph; `row` is the row above it."""
    line, above = page.lines[number], page.lines[number - 1]
    if not _alike(line, above) or line.bottom - above.bottom > _WIDE_GAP * max(column.pitch, line.size):
        # What stands on the same line goes with it, whatever its size.
        return line.top >= above.bottom - above.size / 2
    item = _ITEM.match(page.text, line.start, line.end)
    if item:
        return item["bullet"] is not None or _has_ended(page, number - 1)
    indent = _INDENT * line.size
    if line.left < row.left - indent:
        return row.follows
    if line.left > column.left + indent:
        below = page.lines[number + 1] if number + 1 < end else None
        if below is None or below.left < line.left - indent:
            # The second line of an entry that hangs out is moved in too, but in the middle of a sentence.
            moved_in = line.left > row.left + indent
            return _has_ended(page, number - 1) if moved_in else _is_short(above, column)
    return _is_short(above, column) and _has_ended(page, number - 1)


def _is_beside(line: Line, before: Line) -> bool:
    """Whether a line stands in the same row as the one before it, right after that."""
    if abs(line.left - before.right) > line.size:
        return False
    return line.top < before.bottom - before.size / 2 and before.top < line.bottom - line.size / 2


def _has_ended(page: PageLines, number: int) -> bool:
    """Whether a line ends as a sentence does."""
    return _ENDED.search(_words(page, number)) is not None


def _is_short(line: Line, column: _Column) -> bool:
    return line.right - column.left < _SHORT * (column.right - column.left)


def goes_on(last: Spoken, first: Spoken) -> bool:
    """Whether a paragraph goes on in the next column or on the next page: from its last line to the first there."""
    words, line = last
    following, below = first
    # A number by itself is that of a page.
    if not _alike(line, below) or _ENDED.search(words) or not any(map(str.isalpha, words)):
        return False
    return following.lstrip()[:1].islower()


def spoken(page: PageLines, number: int) -> Spoken:
    """A line of a page with its words."""
    line = page.lines[number]
    return page.text[line.start : line.end], line


def rounded(size: float) -> float:
    """A height of characters as it is compared with others."""
    return round(size * 2) / 2


def heights_of(page: PageLines) -> dict[float, int]:
    """How many characters of a page stand in lines of each height."""
    heights: dict[float, int] = {}
    for line in page.lines:
        size = rounded(line.size)
        heights[size] = heights.get(size, 0) + line.end - line.start
    return heights


def _words(page: PageLines, number: int) -> str:
    return spoken(page, number)[0]
