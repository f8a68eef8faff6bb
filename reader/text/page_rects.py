"""Between places in a text and places on the pages of fixed form: what a mark covers, and what a rectangle holds."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from reader.model.annotation import PageRect

# Boxes on one line overlap by at least this part of the lower one's height.
_SAME_LINE = 0.5
# A gap wider than this many times the line's height is one between columns, not between words.
_WIDEST_GAP = 3.0
# Of the glyphs between the first and the last one that rectangles hold, this part of those held may lie elsewhere.
_STRANGERS = 0.3

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
    # Lines that run down the page, or up it as on pages that are turned.
    wide = line[2] - line[0]
    aside = min(line[2], box[2]) - max(line[0], box[0])
    away = min(abs(box[1] - line[3]), abs(line[1] - box[3]))
    return away <= 0.1 * wide and aside >= 0.8 * max(wide, box[2] - box[0])


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


class Words:
    """The glyphs of a page, to be asked what rectangles hold."""

    def __init__(self, page: PageGlyphs) -> None:
        self._page = page
        self._seen: list[tuple[int, Box]] = []
        for position in range(page.start, page.end):
            box = page.box(position)
            if box[0] < box[2] and box[1] < box[3]:
                self._seen.append((position, box))

    def held(self, rects: Sequence[PageRect]) -> list[int]:
        """The positions whose glyphs have their middle in one of the rectangles, ascending."""
        areas = [points(self._page, rect) for rect in rects]
        if not areas:
            return []
        low, high = min(area[1] for area in areas), max(area[3] for area in areas)
        found: list[int] = []
        for position, (left, top, right, bottom) in self._seen:
            x, y = (left + right) / 2, (top + bottom) / 2
            if low <= y <= high and any(a[0] <= x <= a[2] and a[1] <= y <= a[3] for a in areas):
                found.append(position)
        return found

    def stretch(self, rects: Sequence[PageRect]) -> tuple[int, int] | None:
        """The stretch of text in the rectangles, start and end; None when there is none.

        Where much stands between their words that is not in them, as with columns read in another order, it is the
        longest run without such a gap.
        """
        found = self.held(rects)
        if not found:
            return None
        inside = set(found)
        between = sum(found[0] <= position <= found[-1] and position not in inside for position, _ in self._seen)
        if between <= _STRANGERS * len(found):
            return found[0], found[-1] + 1
        runs: list[list[int]] = [[]]
        for position, _ in self._seen:
            if position in inside:
                runs[-1].append(position)
            elif runs[-1]:
                runs.append([])
        longest = max(runs, key=len)
        return longest[0], longest[-1] + 1

    def nearest(self, rect: PageRect) -> int:
        """The position of the glyph nearest to the middle of a rectangle; the page's start where it has no text."""
        left, top, right, bottom = points(self._page, rect)
        x, y = (left + right) / 2, (top + bottom) / 2

        def distance(seen: tuple[int, Box]) -> float:
            box = seen[1]
            aside, above = max(box[0] - x, 0.0, x - box[2]), max(box[1] - y, 0.0, y - box[3])
            return aside * aside + above * above

        return min(self._seen, key=distance)[0] if self._seen else self._page.start
