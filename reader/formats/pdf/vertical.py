"""Text that is written from top to bottom: its columns are read from right to left, which PDFium does not know.

Lines are pairs of words and where they begin in PDFium's text.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from ctypes import byref, c_float, c_int, c_void_p
from functools import cache
from typing import Any

from reader.formats.pdf.file import Page
from reader.formats.pdf.pdfium import Rect, pdfium

_IDEOGRAPHS = re.compile("[\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003ffff]")
_SLIM = 2.0
# So many characters may be as broad as they are tall, whichever way they are written.
_FEW = 2
_UPRIGHT = 0.1
_BESIDE = 0.3

Words = tuple[str, int]
_Box = tuple[float, float, float, float]


def in_reading_order(
    page: Page, raw: str, lines: Sequence[Words], indices: Callable[[], Sequence[int]]
) -> Sequence[Words]:
    """The lines of PDFium's text `raw`, columns that stand beside each other from right to left.

    `indices` gives PDFium's index of each code point. A page without ideographs or kana is not looked at.
    """
    if raw.isascii() or not _IDEOGRAPHS.search(raw):
        return lines
    places = indices()
    boxes = [_column(page, words, places[at : at + len(words)]) for words, at in lines]
    found: list[Words] = []
    for start, end in _groups(boxes):
        order = range(start, end)
        if end - start > 1:
            order = sorted(order, key=lambda number: -(boxes[number] or (0.0,))[0])
        found += [lines[number] for number in order]
    return found


def _groups(boxes: Sequence[_Box | None]) -> Iterator[tuple[int, int]]:
    """Start and end of what is ordered together: columns at one height, and each other line by itself."""
    start = 0
    for at in range(1, len(boxes) + 1):
        before, box = boxes[at - 1], boxes[at] if at < len(boxes) else None
        if before is None or box is None or not _beside(before, box):
            yield start, at
            start = at


def _beside(one: _Box, other: _Box) -> bool:
    """Whether two columns share so much of their height that they stand in one row of columns."""
    shared = min(one[3], other[3]) - max(one[1], other[1])
    return shared > _BESIDE * min(one[3] - one[1], other[3] - other[1])


def _column(page: Page, words: str, indices: Sequence[int]) -> _Box | None:
    """Left, bottom, right and top of a line that runs down the page; None for any other."""
    known = [index for char, index in zip(words, indices, strict=False) if index >= 0 and not char.isspace()]
    if len(known) <= _FEW or abs(_angle()(page.text, known[0])) > _UPRIGHT:
        return None
    first, last = Rect(), Rect()
    place = pdfium().FPDFText_GetLooseCharBox
    if not (place(page.text, known[0], byref(first)) and place(page.text, known[-1], byref(last))):
        return None
    left, right = min(first.left, last.left), max(first.right, last.right)
    bottom, top = min(first.bottom, last.bottom), max(first.top, last.top)
    return (left, bottom, right, top) if top - bottom > _SLIM * (right - left) else None


@cache
def _angle() -> Any:
    """How far a character is turned, in radians."""
    function = pdfium().FPDFText_GetCharAngle
    function.restype, function.argtypes = c_float, (c_void_p, c_int)
    return function
