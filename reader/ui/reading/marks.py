"""The marks of the open document: where they are, which ones a chunk shows, and their rectangles while they hold."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from PySide6.QtCore import QRect

from reader.model.annotation import AnchorState, Annotation, PageRect, Style
from reader.ui.reading.intervals import Intervals
from reader.ui.reading.page import Page

# Overlapping marks draw their lines above each other, so far.
MOST_LEVELS = 3

# Thousands of marks are made before the first page is shown, and asking an enumeration for a member takes as long as a
# third of making one.
_LOST, _MOVED, _AREA, _UNDERLINE = AnchorState.LOST, AnchorState.MOVED, Style.AREA, Style.UNDERLINE

_MANY = 300
"""More changed stretches than this are no longer told apart."""


class Mark(NamedTuple):
    """What the page needs of an annotation; `rects` where it is an area of a page and not text.

    `was` is its quote, if it is on other words now. A tuple, as thousands are made before the first page is shown.
    """

    start: int
    end: int
    uid: str
    color: str
    underline: bool
    note: str
    rects: tuple[PageRect, ...] = ()
    was: str = ""


def to_mark(annotation: Annotation, text: str = "") -> Mark | None:
    """The mark of an annotation that has a place in the text; without the text, not whether the words are others."""
    anchor = annotation.anchor
    if anchor is None or annotation.state is _LOST:
        return None
    if annotation.style is _AREA:
        place = anchor.start, anchor.start, annotation.uid, annotation.color
        return Mark(*place, False, annotation.note, anchor.rects) if anchor.rects else None
    if anchor.end <= anchor.start:
        return None
    underline = annotation.style is _UNDERLINE
    was = _former_words(annotation, text) if text and annotation.state is _MOVED else ""
    return Mark(anchor.start, anchor.end, annotation.uid, annotation.color, underline, annotation.note, (), was)


def _former_words(annotation: Annotation, text: str) -> str:
    from reader.text.changed_marks import words_changed

    return annotation.quote if words_changed(annotation, text) else ""


@dataclass(slots=True)
class PageMarks:
    """The marks over one page, with the level of each one's line; the rectangles of each stretch that was asked for.

    When it is `outdated`, other marks are put in before it is used again.
    """

    page: Page
    marks: list[Mark]
    levels: list[int]
    outdated: bool = False
    _rects: dict[tuple[int, int], list[QRect]] = field(default_factory=dict)
    _moves: int = 0

    def rects(self, mark: Mark) -> list[QRect]:
        """The mark's rectangles in the chunk's coordinates."""
        if self._moves != self.page.moves:
            self._rects, self._moves = {}, self.page.moves
        stretch = mark.start, mark.end
        found = self._rects.get(stretch)
        if found is None:
            found = self._rects[stretch] = visible_rects(self.page, *stretch)
        return found

    def replace(self, marks: list[Mark]) -> None:
        """Other marks; where a stretch of text lies on the page stays as it is."""
        self.marks, self.levels, self.outdated = marks, levels(marks), False


class Marks:
    """All marks, kept sorted; a page's share is worked out when it is first painted."""

    def __init__(self, annotations: Iterable[Annotation] = (), text: str = "") -> None:
        self._text = text
        marks = [mark for found in annotations if (mark := to_mark(found, text))]
        self._by_uid = {mark.uid: mark for mark in marks}
        self._sorted: Intervals[Mark] = Intervals(mark for mark in self._by_uid.values() if not mark.rects)
        self._areas = {mark.uid: mark for mark in self._by_uid.values() if mark.rects}
        self._pages: dict[int, PageMarks] = {}

    def __len__(self) -> int:
        return len(self._by_uid)

    def get(self, uid: str) -> Mark | None:
        return self._by_uid.get(uid)

    def at(self, position: int) -> list[Mark]:
        """The marks over a code point, the shortest first."""
        return self._sorted.at(position)

    def areas(self, page: int) -> list[Mark]:
        """The marks of areas of a page of fixed form."""
        return [mark for mark in self._areas.values() if any(rect.page == page for rect in mark.rects)]

    def overlapping(self, start: int, end: int) -> list[Mark]:
        return self._sorted.overlapping(start, end)

    def change(self, removed: Iterable[str], put: Iterable[Annotation]) -> list[tuple[int, int]]:
        """Take marks out and put others in (or in their place); the stretches of text to paint again."""
        touched: list[tuple[int, int]] = []
        for uid in removed:
            touched += self._take(uid)
        for annotation in put:
            touched += self._take(annotation.uid)
            mark = to_mark(annotation, self._text)
            if mark and mark.rects:
                self._by_uid[mark.uid] = self._areas[mark.uid] = mark
            elif mark:
                self._by_uid[mark.uid] = mark
                self._sorted.add(mark)
                touched.append((mark.start, mark.end))
        if len(touched) > _MANY:
            # Sooner painted once from the first to the last than looked through.
            touched = [(min(start for start, _ in touched), max(end for _, end in touched))]
        self._outdate(touched)
        return [self._with_overlaps(start, end) for start, end in touched]

    def on(self, index: int, page: Page) -> PageMarks:
        """The marks over chunk `index`; kept as long as the page is the same."""
        kept = self._pages.get(index)
        if kept is None or kept.page is not page:
            kept = self._pages[index] = PageMarks(page, [], [], outdated=True)
            if len(self._pages) > 24:
                del self._pages[next(iter(self._pages))]
        if kept.outdated:
            kept.replace(self._sorted.overlapping(page.start, max(page.end, page.start + 1)))
        return kept

    def _take(self, uid: str) -> list[tuple[int, int]]:
        mark = self._by_uid.pop(uid, None)
        if mark is None or self._areas.pop(uid, None):
            return []
        self._sorted.remove(mark)
        return [(mark.start, mark.end)]

    def _outdate(self, touched: Sequence[tuple[int, int]]) -> None:
        for kept in self._pages.values():
            if any(start < kept.page.end and end > kept.page.start for start, end in touched):
                kept.outdated = True

    def _with_overlaps(self, start: int, end: int) -> tuple[int, int]:
        """The stretch widened by the marks that overlap it: their lines may change level."""
        marks = self._sorted.overlapping(start, end)
        return min([start, *(m.start for m in marks)]), max([end, *(m.end for m in marks)])


def levels(marks: Sequence[Mark]) -> list[int]:
    """For marks in text order, the lowest level not taken by an overlapping earlier one."""
    found: list[int] = []
    ends: list[int] = []
    for mark in marks:
        level = next((number for number, end in enumerate(ends) if end <= mark.start), len(ends))
        if level == len(ends):
            ends.append(mark.end)
        else:
            ends[level] = mark.end
        found.append(min(level, MOST_LEVELS - 1))
    return found


def visible_rects(page: Page, start: int, end: int) -> list[QRect]:
    """As `rects_on`, without what is hidden at the stretch's ends: nothing where all of it is."""
    return rects_on(page, *page.hidden.trimmed(start, end)) if page.hidden else rects_on(page, start, end)


def rects_on(page: Page, start: int, end: int) -> list[QRect]:
    """The rectangles of a stretch of text on one page, in the chunk's coordinates."""
    return [rect for box in page.boxes_in(start, end) for rect in box.rects(start, end)]
