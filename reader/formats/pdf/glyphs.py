"""Where the characters of a page stand as it is shown."""

from array import array
from ctypes import byref
from itertools import groupby

from reader.formats.pdf.characters import MADE, page_characters
from reader.formats.pdf.file import Frame, Page
from reader.formats.pdf.pdfium import Rect, pdfium

Box = tuple[float, float, float, float]

_RIGHT_TO_LEFT = (("\u0590", "\u08ff"), ("\ufb1d", "\ufdff"), ("\ufe70", "\ufefc"), ("\U00010800", "\U00010fff"))
_HAIR = 0.01


def page_glyphs(page: Page) -> tuple["array[float]", list[tuple[int, int]]]:
    """Boxes (left, top, right, bottom, in points as shown) of each code point of a page's text, and its lines."""
    text, indices = page_characters(page)
    boxes = _boxes(page, indices)
    for start, end in (lines := _lines(text)):
        _divide(text, boxes, start, end)
        _fill(boxes, start, end)
        if end < len(text):
            boxes[end] = _end_of(boxes[end - 1])
    frame = page.frame
    return array("f", [edge for box in boxes for edge in _shown(frame, box)]), lines


def _boxes(page: Page, indices: list[int]) -> list[Box]:
    """Left, top, right and bottom of each, in the page's own coordinates."""
    box = Rect()
    place, text, pointer = pdfium().FPDFText_GetLooseCharBox, page.text, byref(box)
    found: list[Box] = []
    for index in indices:
        if index != MADE and place(text, index, pointer):
            found.append((box.left, box.top, box.right, box.bottom))
        else:
            found.append((0.0, 0.0, 0.0, 0.0))
    return found


def _lines(text: str) -> list[tuple[int, int]]:
    """Start and end of each line that is not empty, its end not included."""
    lines: list[tuple[int, int]] = []
    start = 0
    for line in text.split("\n"):
        if line:
            lines.append((start, start + len(line)))
        start += len(line) + 1
    return lines


def _divide(text: str, boxes: list[Box], start: int, end: int) -> None:
    """A glyph that stands for several characters has one box: each of them gets its part, in reading direction."""
    at = start
    for box, group in groupby(boxes[start:end]):
        count = len(list(group))
        if count > 1 and box[2] - box[0] > _HAIR:
            width = (box[2] - box[0]) / count
            backwards = any(low <= text[at] <= high for low, high in _RIGHT_TO_LEFT)
            for number in range(count):
                place = count - 1 - number if backwards else number
                boxes[at + number] = (box[0] + place * width, box[1], box[0] + (place + 1) * width, box[3])
        at += count


def _fill(boxes: list[Box], start: int, end: int) -> None:
    """Blanks that PDFium puts between words have no box of their own: they fill the gap."""
    for at in range(start, end):
        left, top, right, bottom = boxes[at]
        if top - bottom > _HAIR:
            continue
        before = boxes[at - 1] if at > start else None
        after = next((boxes[i] for i in range(at + 1, end) if boxes[i][1] - boxes[i][3] > _HAIR), None)
        near = before or after
        if near is None or near[1] - near[3] <= _HAIR:
            continue
        if before and after and before[2] <= after[0] and before[1] > after[3] and after[1] > before[3]:
            left, right = before[2], after[0]
        elif left == right == 0.0:
            left = right = near[2] if before else near[0]
        boxes[at] = (left, near[1], right, near[3])


def _end_of(box: Box) -> Box:
    return box[2], box[1], box[2], box[3]


def _shown(frame: Frame, box: Box) -> Box:
    return frame.shown_rect(*box)
