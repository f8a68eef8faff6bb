"""The lines of a page with their places: enough to tell paragraphs, at two questions to PDFium a line."""

from ctypes import byref
from dataclasses import dataclass
from typing import NamedTuple

from reader.formats.pdf.characters import MADE, char_indices, joined_lines, raw_lines, raw_text
from reader.formats.pdf.file import Page
from reader.formats.pdf.pdfium import Rect, pdfium

_UPRIGHT = 2.0
_FEW = 2


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


@dataclass(frozen=True, slots=True)
class PageLines:
    """The text of a page, and its lines."""

    text: str
    lines: list[Line]


NOTHING = PageLines("", [])


def page_lines(page: Page) -> PageLines:
    """Text and lines of a page; lines of white space only, and those without a place, are left out."""
    raw = raw_text(page)
    pieces = raw_lines(raw)
    indices = char_indices(page, raw)
    place, handle, shown = pdfium().FPDFText_GetLooseCharBox, page.text, page.frame.shown_rect
    first, last = Rect(), Rect()
    to_first, to_last = byref(first), byref(last)
    lines: list[Line] = []
    start = 0
    for piece, at in pieces:
        length = len(piece)
        words = piece.strip()
        if words:
            low = at + piece.index(words[0])
            high = low + len(words) - 1
            ends = indices[low], indices[high]
            if MADE not in ends and place(handle, ends[0], to_first) and place(handle, ends[1], to_last):
                left, top, right, bottom = shown(first.left, first.top, first.right, first.bottom)
                left2, top2, right2, bottom2 = shown(last.left, last.top, last.right, last.bottom)
                width, size = right - left, bottom - top
                left, top = left if left < left2 else left2, top if top < top2 else top2
                right, bottom = right if right > right2 else right2, bottom if bottom > bottom2 else bottom2
                if length > _FEW and bottom - top > _UPRIGHT * (right - left):
                    lines.append(Line(start, start + length, top, -right, bottom, -left, width, True))
                else:
                    lines.append(Line(start, start + length, left, top, right, bottom, size))
        start += length + 1
    return PageLines(joined_lines(pieces), lines)
