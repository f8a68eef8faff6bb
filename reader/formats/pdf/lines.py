"""The lines of a page with their places: enough to tell paragraphs, at two questions to PDFium a line."""

from array import array
from collections.abc import Iterable, Iterator, Sequence
from ctypes import byref
from dataclasses import dataclass
from itertools import chain
from struct import Struct
from typing import Any, NamedTuple, overload

from reader.formats.pdf.characters import MADE, char_indices, joined_lines, raw_text, read_lines
from reader.formats.pdf.file import Frame, Page
from reader.formats.pdf.pdfium import Rect, pdfium

_UPRIGHT = 2.0
_FEW = 2
_EDGES = Struct("=8f")


class Line(NamedTuple):
    """A line with words in it: `start` and `end` in the page's text, its edges in points as shown.

    `size` is the height of its first character. A vertical line is told as if its page lay on its side, so that lines
    follow each other downwards.
    """

    start: int
    end: int
    left: float
    top: float
    right: float
    bottom: float
    size: float
    vertical: bool = False


_WIDTH = len(Line._fields)


class KeptLines(Sequence[Line]):
    """The lines of a page as `numbers`, eight each: most are never looked at again."""

    __slots__ = ("_lines", "numbers")

    def __init__(self, numbers: "array[float]") -> None:
        self.numbers = numbers
        self._lines: list[Line] | None = None

    def __reduce__(self) -> tuple[Any, ...]:
        return KeptLines, (self.numbers,)

    def __len__(self) -> int:
        return len(self.numbers) // _WIDTH

    @overload
    def __getitem__(self, at: int) -> Line: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Line]: ...
    def __getitem__(self, at: int | slice) -> Line | Sequence[Line]:
        if self._lines is None and isinstance(at, int):
            return self._line(range(len(self))[at])
        return self._all()[at]

    def __iter__(self) -> Iterator[Line]:
        return iter(self._all())

    def _all(self) -> list[Line]:
        if self._lines is None:
            self._lines = [self._line(number) for number in range(len(self))]
        return self._lines

    def _line(self, number: int) -> Line:
        start, end, *edges, vertical = self.numbers[number * _WIDTH : (number + 1) * _WIDTH]
        return Line(int(start), int(end), *edges, vertical=bool(vertical))


def kept(lines: Iterable[Line]) -> KeptLines:
    """Those lines."""
    return KeptLines(array("d", chain.from_iterable(lines)))


@dataclass(frozen=True, slots=True)
class PageLines:
    """The text of a page, and its lines."""

    text: str
    lines: Sequence[Line]


NOTHING = PageLines("", [])


def page_lines(page: Page) -> PageLines:
    """Text and lines of a page; lines of white space only, and those without a place, are left out."""
    raw = raw_text(page)
    pieces = read_lines(page, raw)
    indices = char_indices(page, raw)
    place, handle, frame, edges = pdfium().FPDFText_GetLooseCharBox, page.text, page.frame, _EDGES.unpack_from
    boxes = (Rect * 2)()
    to_first, to_last = byref(boxes[0]), byref(boxes[1])
    lines: list[Line] = []
    start = 0
    for piece, at in pieces:
        end = start + len(piece)
        words = piece.strip()
        if words:
            low = at + piece.index(words[0])
            first, last = indices[low], indices[low + len(words) - 1]
            if MADE not in (first, last) and place(handle, first, to_first) and place(handle, last, to_last):
                lines.append(_line(start, end, edges(boxes), frame))
        start = end + 1
    return PageLines(joined_lines(pieces), lines)


def _line(start: int, end: int, edges: tuple[float, ...], frame: Frame) -> Line:
    """The line whose first and last character have these edges in the page's own coordinates."""
    left, top, right, bottom, left2, top2, right2, bottom2 = edges
    if not frame.turns and left <= right and bottom <= top and left2 <= right2 and bottom2 <= top2:
        x, y = frame.left, frame.top
        left, top, right, bottom = left - x, y - top, right - x, y - bottom
        left2, top2, right2, bottom2 = left2 - x, y - top2, right2 - x, y - bottom2
    else:
        left, top, right, bottom = frame.shown_rect(left, top, right, bottom)
        left2, top2, right2, bottom2 = frame.shown_rect(left2, top2, right2, bottom2)
    width, size = right - left, bottom - top
    left, top = left if left < left2 else left2, top if top < top2 else top2
    right, bottom = right if right > right2 else right2, bottom if bottom > bottom2 else bottom2
    if end - start > _FEW and bottom - top > _UPRIGHT * (right - left):
        return Line(start, end, top, -right, bottom, -left, width, True)
    return Line(start, end, left, top, right, bottom, size)
