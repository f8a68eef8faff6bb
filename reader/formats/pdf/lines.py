"""The lines of a page with their places: enough to tell paragraphs, at two questions to PDFium a line."""

from ctypes import byref
from dataclasses import dataclass

from reader.formats.pdf.characters import page_characters
from reader.formats.pdf.file import Page
from reader.formats.pdf.pdfium import Rect, pdfium

_UPRIGHT = 2.0
_FEW = 2


@dataclass(frozen=True, slots=True)
class Line:
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


@dataclass(frozen=True, slots=True)
class PageLines:
    """The text of a page, PDFium's index of each of its code points (-1 for a line end), and its lines."""

    text: str
    indices: list[int]
    lines: list[Line]


NOTHING = PageLines("", [], [])


def page_lines(page: Page) -> PageLines:
    """Text and lines of a page; lines of white space only, and those without a place, are left out."""
    text, indices = page_characters(page)
    place, handle, frame = pdfium().FPDFText_GetLooseCharBox, page.text, page.frame
    first, last = Rect(), Rect()
    to_first, to_last = byref(first), byref(last)
    lines: list[Line] = []
    start = 0
    for piece in text.split("\n"):
        words = piece.strip()
        if words:
            low = start + piece.index(words[0])
            high = start + len(piece.rstrip()) - 1
            if place(handle, indices[low], to_first) and place(handle, indices[high], to_last):
                left, top, right, bottom = frame.shown_rect(first.left, first.top, first.right, first.bottom)
                size = bottom - top
                left2, top2, right2, bottom2 = frame.shown_rect(last.left, last.top, last.right, last.bottom)
                edges = min(left, left2), min(top, top2), max(right, right2), max(bottom, bottom2)
                lines.append(_line(start, start + len(piece), edges, size, right - left))
        start += len(piece) + 1
    return PageLines(text, indices, lines)


def _line(start: int, end: int, edges: tuple[float, float, float, float], size: float, width: float) -> Line:
    left, top, right, bottom = edges
    if end - start > _FEW and bottom - top > _UPRIGHT * (right - left):
        return Line(start, end, top, -right, bottom, -left, width, vertical=True)
    return Line(start, end, left, top, right, bottom, size)
