"""Where the characters of a page stand as it is shown."""

from array import array
from collections.abc import Iterator, Sequence
from ctypes import byref
from itertools import groupby

from reader.formats.pdf.characters import MADE, page_characters
from reader.formats.pdf.file import Page
from reader.formats.pdf.pdfium import Rect, pdfium

Box = tuple[float, float, float, float]

_RIGHT_TO_LEFT = (("\u0590", "\u08ff"), ("\ufb1d", "\ufdff"), ("\ufe70", "\ufefc"), ("\U00010800", "\U00010fff"))
_HAIR = 0.01
_NONE = (0.0, 0.0, 0.0, 0.0)


def page_glyphs(page: Page) -> tuple["array[float]", list[tuple[int, int]]]:
    """Boxes (left, top, right, bottom, in points as shown) of each code point of a page's text, and its lines."""
    text, indices = page_characters(page)
    boxes = _boxes(page, indices)
    lines = list(_lines(text, boxes))
    for start, end in lines:
        _divide(text, boxes, start, end)
        _fill(boxes, start, end)
        if end < len(text) and indices[end] == MADE:
            _, top, right, bottom = boxes[end - 1]
            boxes[end] = (right, top, right, bottom)
    return array("f", [edge for box in boxes for edge in box]), lines


def _boxes(page: Page, indices: Sequence[int]) -> list[Box]:
    """The box of each character; nothing where there is none."""
    box = Rect()
    place, text, pointer, shown = pdfium().FPDFText_GetLooseCharBox, page.text, byref(box), page.frame.shown_rect
    return [
        shown(box.left, box.top, box.right, box.bottom) if index != MADE and place(text, index, pointer) else _NONE
        for index in indices
    ]


def _lines(text: str, boxes: Sequence[Box]) -> Iterator[tuple[int, int]]:
    """Start and end of each line that is not empty, its end not included.

    Where PDFium puts but a blank between one line and the next, as it does before very short ones, a line ends too.
    """
    start = 0
    for line in text.split("\n"):
        end = start + len(line)
        begun, last = start, _NONE
        for at in range(start, end):
            box = boxes[at]
            if box[3] - box[1] <= _HAIR:
                continue
            if at > begun and last is not _NONE and _is_next_line(last, box):
                yield begun, at
                begun = at
            last = box
        if begun < end:
            yield begun, end
        start = end + 1


def _is_next_line(box: Box, following: Box) -> bool:
    below = following[1] >= box[3] - _HAIR
    return below and following[0] < box[0] - (box[3] - box[1]) / 2


def _divide(text: str, boxes: list[Box], start: int, end: int) -> None:
    """A glyph that stands for several characters has one box: each of them gets its part, in reading direction."""
    at = start
    for (left, top, right, bottom), group in groupby(boxes[start:end]):
        count = len(list(group))
        if count > 1 and right - left > _HAIR:
            width = (right - left) / count
            backwards = any(low <= text[at] <= high for low, high in _RIGHT_TO_LEFT)
            for number in range(count):
                place = left + (count - 1 - number if backwards else number) * width
                boxes[at + number] = (place, top, place + width, bottom)
        at += count


def _fill(boxes: list[Box], start: int, end: int) -> None:
    """Blanks that PDFium puts between words have no box of their own: they fill the gap."""
    for at in range(start, end):
        left, top, right, bottom = boxes[at]
        if bottom - top > _HAIR:
            continue
        before = boxes[at - 1] if at > start and boxes[at - 1][3] - boxes[at - 1][1] > _HAIR else None
        after = next((boxes[i] for i in range(at + 1, end) if boxes[i][3] - boxes[i][1] > _HAIR), None)
        near = before or after
        if near is None:
            continue
        if before and after and before[2] <= after[0] and before[1] < after[3] and after[1] < before[3]:
            left, right = before[2], after[0]
        else:
            left = right = near[2] if before else near[0]
        boxes[at] = (left, near[1], right, near[3])
