"""What every kind of document is to the pane: items one below another, and the window's place among them."""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect

from reader.ui.reading.box import Box
from reader.ui.reading.page import Page
from reader.ui.reading.style import PageStyle

if TYPE_CHECKING:
    from reader.ui.reading.build import Source
    from reader.ui.reading.chunks import Chunks


@dataclass(frozen=True, slots=True)
class Shown:
    """An item on the screen and the viewport coordinates of its upper left corner."""

    index: int
    page: Page
    y: int
    x: int


class BaseFlow(ABC):
    """Items of one document and the window's place in them. Heights, `x` and `y` are pixels, positions code points.

    `chunks` says which stretch of the text each item holds.
    """

    source: "Source"
    chunks: "Chunks"
    style: PageStyle
    # Whether the items are pages of fixed form.
    fixed = False

    # Each kind of its own

    @property
    @abstractmethod
    def total(self) -> int:
        """Height of everything, the empty room above and below included."""

    @property
    @abstractmethod
    def scroll(self) -> int:
        """Pixels of the document above the window."""

    @abstractmethod
    def page(self, index: int) -> Page:
        """Item `index` laid out."""

    @abstractmethod
    def top_item(self) -> tuple[int, int]:
        """The item at the top of the window and the viewport coordinate of its own top."""

    @abstractmethod
    def settle(self, height: int) -> None:
        """Make the window's place sound for a viewport of `height`: not beyond either end."""

    @abstractmethod
    def shown(self, height: int) -> list[Shown]:
        """The items that a viewport of `height` shows, from the top."""

    @abstractmethod
    def scroll_by(self, delta: int, height: int) -> None:
        """Move on by pixels."""

    @abstractmethod
    def scroll_to(self, value: int, height: int) -> None:
        """Jump to pixels from the top."""

    @abstractmethod
    def go_to_end(self, height: int) -> None:
        """Show the end."""

    @abstractmethod
    def put(self, position: int, y: int, height: int) -> None:
        """Bring the line of the code point `position` to `y` pixels below the viewport's top."""

    @abstractmethod
    def slide_to(self, position: int) -> bool:
        """Move sideways what has to be moved so that a position is seen; whether anything moved."""

    @abstractmethod
    def slide(self, table: int, offset: int) -> None:
        """Show a table's columns from `offset` on."""

    @abstractmethod
    def x_of(self, index: int) -> int:
        """Viewport coordinate of an item's left edge."""

    @abstractmethod
    def y_of(self, index: int) -> int:
        """Viewport coordinate of an item's top."""

    @abstractmethod
    def walk(self, index: int, y: int) -> tuple[int, int]:
        """The item that holds the height `y` of item `index`, which may lie outside of it, and the height in that."""

    @abstractmethod
    def position_near(self, value: int) -> int:
        """About the code point that stands so many pixels from the top."""

    @abstractmethod
    def position_at(self, x: int, y: int, height: int) -> int:
        """The code point nearest to a viewport point; above and below the text, its ends."""

    @abstractmethod
    def top_position(self) -> int:
        """The code point that begins the first line of which more than half is on the screen."""

    # The same for all

    @property
    def first(self) -> int:
        """Where what is shown begins, as a code point; `last` where it ends."""
        return self.chunks.start(0)

    @property
    def last(self) -> int:
        return self.chunks.end(self.chunks.count - 1)

    def line_rect(self, position: int) -> QRect:
        """The caret's rectangle at `position`, in the coordinates of its item."""
        box = self.box_of(position)
        return box.caret(position) if box else QRect(0, 0, 1, self.style.body.pitch)

    def view_rect(self, position: int) -> QRect:
        """The caret's rectangle at `position`, in viewport coordinates (far away: by estimate)."""
        rect, index = self.line_rect(position), self.chunks.index_of(position)
        return rect.translated(self.x_of(index), self.y_of(index))

    def box_of(self, position: int) -> Box | None:
        return self.page(self.chunks.index_of(position)).box_of(position)

    def bottom_position(self, height: int) -> int:
        """The code point behind the last line that begins on a screen of `height` pixels."""
        found = 0
        for entry in self.shown(height):
            for box in entry.page.boxes:
                if box.y + entry.y < height:
                    found = max(found, box.line_end_at(height - 1 - entry.y))
        return found

    def share_above(self, height: int) -> float:
        """How much of the document is above the bottom of a viewport of `height`, 0..1."""
        length = len(self.source.document.text)
        if not length or self.scroll + height >= self.total:
            return 1.0  # empty lines at the end are not read
        return self.bottom_position(height) / length

    def boxes_backward(self, index: int) -> Iterator[Box]:
        """The boxes before item `index`'s end, last first, without those that show nothing."""
        while index >= 0:
            yield from (box for box in reversed(self.page(index).boxes) if box.height)
            index -= 1

    def boxes_forward(self, index: int) -> Iterator[Box]:
        while index < self.chunks.count:
            yield from (box for box in self.page(index).boxes if box.height)
            index += 1
