"""Where every chunk stands: measured ones by their page, the others by estimate.

What holds still is the place in the text at the top of the window (a chunk and pixels into it), never a sum of
heights: a corrected estimate moves the scroll bar, not the line under the eye.
"""

from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate

from reader.ui.reading.base_flow import BaseFlow, Shown
from reader.ui.reading.build import Source, build_page
from reader.ui.reading.page import Page
from reader.ui.reading.style import CELL_PADDING, PageStyle

# Laid out chunks kept beside the visible ones: about half a screen's worth of memory each.
KEPT_PAGES = 10


class Flow(BaseFlow):
    """The column of pages of one document, and the window's place in it. Heights and `y` are pixels.

    `head` and `foot` are the empty room above the first and below the last chunk. `slid` is how far the reader has
    moved each of the tables that are wider than the page.
    """

    def __init__(
        self, source: Source, style: PageStyle, *, head: int, foot: int, slid: dict[int, int] | None = None
    ) -> None:
        self.source = source
        self.chunks = source.chunks
        self.style = style
        self.head = head
        self.foot = foot
        self._slid = {} if slid is None else slid
        self.index = 0
        self.offset = -head
        self._pages: dict[int, Page] = {}
        self._measured: dict[int, int] = {}
        self._per_character = self._guess()
        self._tops: list[int] | None = None

    def page(self, index: int) -> Page:
        """Chunk `index` laid out."""
        page = self._pages.get(index)
        if page is None:
            page = self._pages[index] = build_page(self.source, index, self.style)
            for slide in page.slides:
                slide.move_to(self._slid.get(slide.table, 0))
            self._learn(index, page)
            self._drop_far(index)
        return page

    def slide(self, table: int, offset: int) -> None:
        """Show a table's columns from `offset` on, in every chunk that has a part of it."""
        for page in self._pages.values():
            for slide in page.slides:
                if slide.table == table:
                    slide.move_to(offset)
                    self._slid[table] = slide.offset
                    page.moves += 1

    def slide_to(self, position: int) -> bool:
        """Slide the table of a position so that it is seen, its whole cell where there is room; whether it moved."""
        page = self.page(self.chunks.index_of(position))
        box = page.box_of(position)
        slide = next((slide for slide in page.slides if box and slide.holds(box)), None)
        if box is None or slide is None:
            return False
        caret, room = box.caret(position).left(), slide.clip.width()
        left, right = box.x - CELL_PADDING, box.x + box.width + CELL_PADDING
        if right - left > room:
            left, right = caret - room // 8, caret + room // 8
        before = slide.offset
        self.slide(slide.table, slide.offset_for(left, right))
        return slide.offset != before

    @property
    def total(self) -> int:
        """Height of everything, head and foot included."""
        return self.head + self._top_list()[-1] + self.foot

    @property
    def scroll(self) -> int:
        """Pixels of the document above the window."""
        return self.head + self._top_list()[self.index] + self.offset

    def top_item(self) -> tuple[int, int]:
        return self.index, -self.offset

    def settle(self, height: int) -> None:
        """Make the window's place sound for a viewport of `height`: inside its chunk, not beyond either end."""
        self._into_chunk()
        below = self._room_below(height)
        if below < 0:
            self.offset += below
            self._into_chunk()
        if self.index == 0:
            self.offset = max(self.offset, -self.head)

    def shown(self, height: int) -> list[Shown]:
        """The pages that a viewport of `height` shows, from the top."""
        found: list[Shown] = []
        index, y = self.index, -self.offset
        while y < height and index < self.chunks.count:
            page = self.page(index)
            found.append(Shown(index, page, y, self.style.left))
            y += page.height
            index += 1
        return found

    def scroll_by(self, delta: int, height: int) -> None:
        """Move on by pixels, each chunk on the way measured."""
        self.offset += delta
        self.settle(height)

    def scroll_to(self, value: int, height: int) -> None:
        """Jump to pixels from the top, by estimate; the very end and the very top are exact."""
        if value >= self.total - height:
            self.go_to_end(height)
            return
        tops = self._top_list()
        at = max(0, value - self.head)
        index = min(max(0, bisect_right(tops, at) - 1), self.chunks.count - 1)
        into = at - tops[index]
        estimated = max(1, tops[index + 1] - tops[index])
        page = self.page(index)
        self.index = index
        self.offset = value - self.head if value < self.head else round(into * page.height / estimated)
        self.settle(height)

    def position_near(self, value: int) -> int:
        """About the code point that stands so many pixels from the top; nothing is laid out for it."""
        tops = self._top_list()
        at = min(max(0, value - self.head), tops[-1])
        index = min(max(0, bisect_right(tops, at) - 1), self.chunks.count - 1)
        share = min(1.0, (at - tops[index]) / max(1, tops[index + 1] - tops[index]))
        start, end = self.chunks.start(index), self.chunks.end(index)
        return start + round(share * (end - start))

    def go_to_end(self, height: int) -> None:
        self.index = self.chunks.count - 1
        self.offset = self.page(self.index).height + self.foot - height
        self.settle(height)

    def put(self, position: int, y: int, height: int) -> None:
        """Bring the line of the code point `position` to `y` pixels below the viewport's top."""
        index = self.chunks.index_of(position)
        self.index = index
        self.offset = self.line_rect(position).top() - y
        self.settle(height)

    def y_of(self, index: int) -> int:
        """Viewport height of a chunk's top."""
        tops = self._top_list()
        return tops[index] - tops[self.index] - self.offset

    def x_of(self, _index: int) -> int:
        return self.style.left

    def walk(self, index: int, y: int) -> tuple[int, int]:
        while y < 0 and index > 0:
            index -= 1
            y += self.page(index).height
        while index < self.chunks.count - 1 and y >= self.page(index).height:
            y -= self.page(index).height
            index += 1
        return index, y

    def position_at(self, x: int, y: int, height: int) -> int:
        """The code point nearest to a viewport point; above and below the text, its ends."""
        shown = self.shown(height)
        if not shown:
            return 0
        if y < shown[0].y and self.index == 0:
            return self.first
        at = next((entry for entry in shown if y < entry.y + entry.page.height), shown[-1])
        box = at.page.box_near(x - self.style.left, y - at.y)
        if box is None:
            return at.page.start
        last = at.index == self.chunks.count - 1
        if last and y >= at.y + at.page.height:
            return at.page.end
        return box.position_at(x - self.style.left, y - at.y)

    def top_position(self) -> int:
        """The code point that begins the first line of which more than half is on the screen."""
        for entry in self._from_window():
            for box in entry.page.boxes:
                if box.y + box.height + entry.y > self.style.body.pitch // 2:
                    return box.line_start_at(self.style.body.pitch // 2 - entry.y)
        return len(self.source.document.text)

    def _from_window(self) -> Iterator[Shown]:
        index, y = self.index, -self.offset
        while index < self.chunks.count:
            page = self.page(index)
            yield Shown(index, page, y, self.style.left)
            y += page.height
            index += 1

    def _into_chunk(self) -> None:
        while self.offset < 0 and self.index > 0:
            self.index -= 1
            self.offset += self.page(self.index).height
        while self.index < self.chunks.count - 1 and self.offset >= self.page(self.index).height:
            self.offset -= self.page(self.index).height
            self.index += 1

    def _room_below(self, height: int) -> int:
        """Pixels of document below the viewport, negative when it ends above the bottom; 0 when there is more."""
        y, index = -self.offset, self.index
        while index < self.chunks.count:
            y += self.page(index).height
            if y >= height:
                return 0
            index += 1
        return min(0, y + self.foot - height)

    def _guess(self) -> float:
        """Pixels a character, before anything is measured."""
        a_line = max(20.0, self.style.column / (self.style.size * 0.5))
        return self.style.body.pitch / (a_line * 0.86)

    def _learn(self, index: int, page: Page) -> None:
        self._measured[index] = page.height
        self._tops = None
        length = page.end - page.start
        if length * 2 > self.chunks.stride and not self.source.hidden.within(page.start, page.end):
            found = page.height / length
            if len(self._measured) == 1 or not 0.8 < found / self._per_character < 1.25:
                self._per_character += (found - self._per_character) / min(4, len(self._measured))

    def _drop_far(self, index: int) -> None:
        # Chunks that are hidden are laid out in no time, and many of them stand in one place.
        tall = [number for number, page in self._pages.items() if page.height]
        if len(tall) > KEPT_PAGES:
            near = (index, self.index)
            far = max(tall, key=lambda number: min(abs(number - kept) for kept in near))
            del self._pages[far]

    def _top_list(self) -> list[int]:
        """The top of each chunk below the head, and one more for the end of the last."""
        if self._tops is None:
            count = self.chunks.count
            estimate = max(1, round(self.chunks.stride * self._per_character))
            heights = [estimate] * count
            remainder = len(self.source.document.text) - (count - 1) * self.chunks.stride
            heights[-1] = max(1, round(remainder * self._per_character))
            for index, height in self._measured.items():
                heights[index] = height
            self._tops = list(accumulate(heights, initial=0))
        return self._tops
