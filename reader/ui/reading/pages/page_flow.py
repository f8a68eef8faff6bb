"""The pages of a document on one canvas, and the window's place on it. Every height is known, none is an estimate."""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect

from reader.ui.reading.base_flow import BaseFlow, Shown
from reader.ui.reading.build import Source
from reader.ui.reading.pages.arrangement import MARGIN, POINT, Arrangement, arrange, fitting
from reader.ui.reading.pages.mode import PageMode
from reader.ui.reading.pages.page_text import PageText
from reader.ui.reading.pages.sheets import SheetChunks, SheetPage, lay_out_sheet
from reader.ui.reading.pages.turn import Turn
from reader.ui.reading.style import PageStyle

_KEPT = 32
# What stands this far down the window is the page that one is on.
_ON_PAGE = 0.25
_ABOVE = MARGIN // 2
_NO_ROOM = (1, 1)


@dataclass(frozen=True, slots=True)
class Place:
    """A point of a page, in fractions of it as the file has it."""

    page: int
    x: float
    y: float


_START = Place(0, 0.5, 0.0)


class PageFlow(BaseFlow):
    """`top` and `left` are the pixels of canvas above and before the window; `text_of` gives the text of a page."""

    fixed = True

    def __init__(
        self, source: Source, style: PageStyle, mode: PageMode, text_of: Callable[[int], PageText | None]
    ) -> None:
        self.chunks = self._sheet_chunks = SheetChunks(source.document)
        self.source, self.style = source, style
        self.mode: PageMode = mode
        self.top = self.left = 0
        self._text_of = text_of
        self._room = _NO_ROOM
        self._scale: float = POINT
        self._pages: OrderedDict[int, SheetPage] = OrderedDict()
        self._pending: tuple[int, int] | None = None
        # Nothing stands anywhere before the room is known.
        self._canvas = arrange((), POINT, 1, 1)

    @property
    def canvas(self) -> Arrangement:
        return self._canvas

    @property
    def scale(self) -> float:
        """Pixels a point."""
        return self._scale

    @property
    def zoom(self) -> float:
        """1.0 is 100 %."""
        return self._scale / POINT

    def fit(
        self,
        room: tuple[int, int],
        mode: PageMode | None = None,
        *,
        source: Source | None = None,
        style: PageStyle | None = None,
        about: QPoint | None = None,
    ) -> None:
        """Stand in a window of other pixels, or otherwise; its point `about`, else its upper edge, holds still."""
        first = self._room == _NO_ROOM
        held = _START if first else self.place_at(about or QPoint(self._room[0] // 2, _ABOVE))
        at_top = about is None and self.top <= 0
        # At the end one is on the last page, though others may stand at the upper edge.
        last = about is None and not first and mode is not None and mode.per_row != self.mode.per_row
        last = last and self.page_at_top() > held.page + 1
        self.source, self.style, self.mode = source or self.source, style or self.style, mode or self.mode
        self._room = room
        self._canvas = self._arranged()
        self._pages.clear()
        self._hold(held, about or QPoint(room[0] // 2, _ABOVE))
        if first:
            self.left = (self._canvas.width - room[0]) // 2
        if at_top:
            self.top = 0
        elif last:
            self.top = self._canvas.tops[-1] - _ABOVE
        self.settle(room[1])

    def place_at(self, point: QPoint) -> Place:
        """The point of the nearest page at a point of the window; beyond its edges fractions go beyond 0 and 1."""
        page = self.page_near(point)
        turn = self._turn(page)
        x, y = turn.to_points(point.x() - self.x_of(page), point.y() - self.y_of(page))
        return Place(page, x / turn.width, y / turn.height)

    def page_near(self, point: QPoint) -> int:
        """The page at a point of the window, or the nearest one."""
        x, y = point.x() + self.left, point.y() + self.top
        row = self._canvas.row_at(y)
        rows = range(row, min(row + 2, len(self._canvas.rows)))
        pages = [page for row in rows for page in self._canvas.pages_of(row)]
        return min(pages, key=lambda page: _away(self._canvas_rect(page), x, y))

    def page_at_top(self) -> int:
        """The page that the reader is on; at the end the last one."""
        if self.top + self._room[1] >= self._canvas.height and self.top > 0:
            return len(self._canvas.tops) - 1
        return self._canvas.pages_of(self._canvas.row_at(self.top + round(self._room[1] * _ON_PAGE))).start

    def show_page(self, page: int, down: float = 0.0, height: int | None = None) -> None:
        """Bring a page, or the place `down` points below its top, to the window's top."""
        self._pending = None
        turn = self._turn(page)
        within = turn.rect((0.0, down, turn.width, down)).top() if down > 0 else 0
        self.top = self._canvas.tops[page] + within - _ABOVE
        self.settle(height or self._room[1])

    def place(self) -> Place:
        """The point of a page at the middle of the window's upper edge."""
        return self.place_at(QPoint(self._room[0] // 2, _ABOVE))

    def show_place(self, place: Place) -> None:
        """Bring a point of a page to the middle of the window's upper edge."""
        self._pending = None
        self._hold(place, QPoint(self._room[0] // 2, _ABOVE))
        self.settle(self._room[1])

    def show_area(self, page: int, left: float, top: float, right: float, bottom: float) -> None:
        """Bring a rectangle, in fractions of a page, to the upper part of the window."""
        rect = self._turn(page).of_fractions(left, top, right, bottom)
        self._pending = None
        room = max(_ABOVE, min(self._room[1] // 4, self._room[1] - rect.height()))
        self.top = self._canvas.tops[page] + rect.top() - room
        across = self._canvas.lefts[page] + rect.left() - self.left
        if across < 0 or across + rect.width() > self._room[0]:
            self.left += across + rect.width() // 2 - self._room[0] // 2
        self.settle(self._room[1])

    def text_came(self, page: int) -> bool:
        """The text of a page is known now; whether the window moved, to a place in it that it waited for."""
        self._pages.pop(page, None)
        pending = self._pending
        if pending is None or self.chunks.index_of(pending[0]) != page:
            return False
        before = self.top
        self.put(*pending, self._room[1])
        self.slide_to(pending[0])
        return self.top != before

    def page_rect(self, page: int) -> QRect:
        """A page in the window's coordinates."""
        return self._canvas_rect(page).translated(-self.left, -self.top)

    # As for every flow

    def top_item(self) -> tuple[int, int]:
        page = self._canvas.pages_of(self._canvas.row_at(self.top)).start
        return page, self.y_of(page)

    @property
    def total(self) -> int:
        return self._canvas.height

    @property
    def scroll(self) -> int:
        return self.top

    @property
    def across(self) -> int:
        """Width of everything."""
        return self._canvas.width

    def page(self, index: int) -> SheetPage:
        page = self._pages.get(index)
        if page is None:
            page = lay_out_sheet(self._sheet_chunks, index, self._turn(index), self._text_of(index), self.source.hidden)
            self._pages[index] = page
            if len(self._pages) > _KEPT:
                self._pages.popitem(last=False)
        return page

    def settle(self, height: int) -> None:
        self.top = max(0, min(self.top, self._canvas.height - height))
        self.left = max(0, min(self.left, self._canvas.width - self._room[0]))

    def shown(self, height: int) -> list[Shown]:
        return [Shown(page, self.page(page), self.y_of(page), self.x_of(page)) for page in self._between(0, height)]

    def scroll_by(self, delta: int, height: int) -> None:
        self._pending = None
        self.top += delta
        self.settle(height)

    def scroll_to(self, value: int, height: int) -> None:
        self._pending = None
        self.top = value
        self.settle(height)

    def scroll_across(self, value: int) -> None:
        self.left = value
        self.settle(self._room[1])

    def go_to_end(self, height: int) -> None:
        self.scroll_to(self._canvas.height, height)

    def put(self, position: int, y: int, height: int) -> None:
        index = self.chunks.index_of(position)
        self._pending = None if self.page(index).ready else (position, y)
        self.top = self._canvas.tops[index] + self.line_rect(position).top() - y
        self.settle(height)

    def slide_to(self, position: int) -> bool:
        before = self.left
        rect = self.view_rect(position).adjusted(-MARGIN, 0, MARGIN, 0)
        if rect.left() < 0 or rect.right() >= self._room[0]:
            self.left += rect.center().x() - self._room[0] // 2
            self.settle(self._room[1])
        return self.left != before

    def slide(self, table: int, offset: int) -> None:
        """There are no tables here that could be slid."""

    def x_of(self, index: int) -> int:
        return self._canvas.lefts[index] - self.left

    def y_of(self, index: int) -> int:
        return self._canvas.tops[index] - self.top

    def walk(self, index: int, y: int) -> tuple[int, int]:
        """Past a page's foot (or head) in its own column of pages."""
        canvas = self._canvas
        while y < 0 and index >= canvas.per_row:
            y += canvas.tops[index] - canvas.tops[index - canvas.per_row]
            index -= canvas.per_row
        while index + canvas.per_row < len(canvas.tops):
            step = canvas.tops[index + canvas.per_row] - canvas.tops[index]
            if y < step:
                break
            y -= step
            index += canvas.per_row
        return index, min(max(y, 0), canvas.heights[index] - 1)

    def position_near(self, value: int) -> int:
        page = self._canvas.pages_of(self._canvas.row_at(value)).start
        share = (value - self._canvas.tops[page]) / self._canvas.heights[page]
        start, end = self.chunks.start(page), self.chunks.end(page)
        return start + round(min(max(share, 0.0), 1.0) * max(0, end - 1 - start))

    def position_at(self, x: int, y: int, height: int) -> int:
        del height
        if y < self.y_of(0):
            return self.first
        if y >= self._canvas.height - MARGIN - self.top:
            return self.last
        index = self.page_near(QPoint(x, y))
        box = self.page(index).box_near(x - self.x_of(index), y - self.y_of(index))
        return box.position_at(x - self.x_of(index), y - self.y_of(index)) if box else self.chunks.start(index)

    def top_position(self) -> int:
        for entry in self.shown(self._room[1]):
            for box in entry.page.boxes:
                if entry.y + box.y + box.height // 2 >= 0:
                    return box.start
        return self.chunks.start(self.top_item()[0])

    def share_above(self, height: int) -> float:
        return min(1.0, (self.top + height) / max(1, self._canvas.height))

    def _between(self, top: int, bottom: int) -> list[int]:
        canvas = self._canvas
        first, last = canvas.row_at(top + self.top), canvas.row_at(bottom - 1 + self.top)
        pages = [page for row in range(first, last + 1) for page in canvas.pages_of(row)]
        return [page for page in pages if self.y_of(page) < bottom and self.y_of(page) + canvas.heights[page] > top]

    def pages_between(self, top: int, bottom: int) -> list[int]:
        """The pages that meet a stretch of the window, which may reach beyond it."""
        return self._between(top, bottom)

    def _canvas_rect(self, page: int) -> QRect:
        canvas = self._canvas
        return QRect(canvas.lefts[page], canvas.tops[page], canvas.widths[page], canvas.heights[page])

    def _turn(self, index: int) -> Turn:
        sheet = self.source.document.sheets[index]
        size = self._canvas.widths[index], self._canvas.heights[index]
        return Turn(max(1.0, sheet.width), max(1.0, sheet.height), self.mode.rotation, *size)

    def _arranged(self) -> Arrangement:
        sizes = [(max(1.0, sheet.width), max(1.0, sheet.height)) for sheet in self.source.document.sheets]
        if self.mode.rotation in (90, 270):
            sizes = [(height, width) for width, height in sizes]
        per_row = self.mode.per_row
        if self.mode.fit:
            self._scale = fitting(sizes, per_row, self._room, whole=self.mode.fit == "page")
        else:
            self._scale = self.mode.zoom * POINT
        return arrange(sizes, self._scale, per_row, self._room[0])

    def _hold(self, place: Place, at: QPoint) -> None:
        turn = self._turn(place.page)
        x, y = turn.to_pixels(place.x * turn.width, place.y * turn.height)
        self.left = self._canvas.lefts[place.page] + round(x) - at.x()
        self.top = self._canvas.tops[place.page] + round(y) - at.y()


def _away(rect: QRect, x: int, y: int) -> tuple[int, int]:
    across = max(rect.left() - x, 0, x - rect.right())
    down = max(rect.top() - y, 0, y - rect.bottom())
    return down + across, across
