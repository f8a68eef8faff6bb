"""Between places in a text and places on the pages of fixed form: what a mark covers, and what a rectangle holds."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from reader.model.annotation import PageRect

# Boxes on one line overlap by at least this part of the lower one's height.
_SAME_LINE = 0.5
# A gap wider than this many times the line's height is one between columns, not between words.
_WIDEST_GAP = 3.0

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class PageGlyphs:
    """Where the text of one page stands, in points as the page is shown, from its top left corner.

    `page` counts from 0, `start` is the code point at which its text begins; `boxes` has left, top, right and bottom
    for each code point of it, all equal or empty for those that are not seen (line ends).
    """

    page: int
    width: float
    height: float
    start: int
    boxes: Sequence[float]

    @property
    def end(self) -> int:
        """The code point after the last one of the page."""
        return self.start + len(self.boxes) // 4

    def box(self, position: int) -> Box:
        """The box of the code point at `position` of the whole text."""
        at = 4 * (position - self.start)
        left, top, right, bottom = self.boxes[at : at + 4]
        return left, top, right, bottom


def rects_of(pages: Iterable[PageGlyphs], start: int, end: int) -> tuple[PageRect, ...]:
    """What `start:end` covers on these pages, as fractions of each, one rectangle a line (one a column of it)."""
    return tuple(
        _fraction(page, line)
        for page in pages
        for line in merged(page.box(at) for at in range(max(start, page.start), min(end, page.end)))
    )


def merged(boxes: Iterable[Box]) -> Iterator[Box]:
    """The boxes of glyphs in reading order, those that follow each other on one line made one."""
    line: Box | None = None
    for box in boxes:
        if box[2] <= box[0] or box[3] <= box[1]:
            continue
        if line and _follows(line, box):
            line = min(line[0], box[0]), min(line[1], box[1]), max(line[2], box[2]), max(line[3], box[3])
        else:
            if line:
                yield line
            line = box
    if line:
        yield line


def _follows(line: Box, box: Box) -> bool:
    """Whether a box stands on the line, beside or within what is there."""
    tall = line[3] - line[1]
    shared = min(line[3], box[3]) - max(line[1], box[1])
    gap = max(box[0] - line[2], line[0] - box[2])
    if shared >= _SAME_LINE * min(tall, box[3] - box[1]):
        return gap <= _WIDEST_GAP * max(tall, box[3] - box[1])
    # Lines that run from top to bottom.
    wide = line[2] - line[0]
    aside = min(line[2], box[2]) - max(line[0], box[0])
    return aside >= 0.8 * max(wide, box[2] - box[0]) and 0 <= box[1] - line[3] <= 0.2 * wide and tall > 1.5 * wide


def _fraction(page: PageGlyphs, box: Box) -> PageRect:
    def part(value: float, whole: float) -> float:
        return round(min(max(value / whole, 0.0), 1.0), 6) if whole > 0 else 0.0

    return PageRect(
        page.page,
        part(box[0], page.width),
        part(box[1], page.height),
        part(box[2], page.width),
        part(box[3], page.height),
    )


def points(page: PageGlyphs, rect: PageRect) -> Box:
    """A rectangle of the page in points."""
    return (
        rect.left * page.width,
        rect.top * page.height,
        rect.right * page.width,
        rect.bottom * page.height,
    )


def held(page: PageGlyphs, rects: Sequence[PageRect]) -> list[int]:
    """The positions whose glyphs have their middle in one of the rectangles, ascending."""
    areas = [points(page, rect) for rect in rects if rect.page == page.page]
    found: list[int] = []
    for position in range(page.start, page.end):
        left, top, right, bottom = page.box(position)
        if right <= left or bottom <= top:
            continue
        x, y = (left + right) / 2, (top + bottom) / 2
        if any(area[0] <= x <= area[2] and area[1] <= y <= area[3] for area in areas):
            found.append(position)
    return found


def nearest_position(page: PageGlyphs, rect: PageRect) -> int:
    """The position of the glyph that is nearest to the middle of a rectangle; the page's start where it has no text."""
    left, top, right, bottom = points(page, rect)
    x, y = (left + right) / 2, (top + bottom) / 2
    best, least = page.start, float("inf")
    for position in range(page.start, page.end):
        box = page.box(position)
        if box[2] <= box[0] or box[3] <= box[1]:
            continue
        aside = max(box[0] - x, 0.0, x - box[2])
        above = max(box[1] - y, 0.0, y - box[3])
        distance = aside * aside + above * above
        if distance < least:
            best, least = position, distance
    return best
