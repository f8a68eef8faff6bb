"""A table wider than the page: seen through a window, behind which its columns slide."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QRect

from reader.ui.reading.box import Box
from reader.ui.reading.page import Ground

BAR_ROOM = 16
_BAR = 5
_BAR_GAP = 7
_SHORTEST_HANDLE = 28


@dataclass(slots=True)
class Slide:
    """One part of a table. All lengths are pixels, places those of the chunk.

    `window` is what is seen of rows that are `content` wide. `frozen` is the width of the first column where it
    stays in its place. Boxes and grounds come as they stand at `offset` 0, which shows the first columns: on the
    left, or where the table is `mirrored`, on the right.
    """

    table: int
    window: QRect
    content: int
    frozen: int
    mirrored: bool
    still: list[Ground] = field(default_factory=list[Ground])
    moving: list[Ground] = field(default_factory=list[Ground])
    offset: int = 0
    _boxes: list[Box] = field(default_factory=list[Box])
    _places: list[int] = field(default_factory=list[int])

    @property
    def limit(self) -> int:
        """The largest offset."""
        return max(0, self.content - self.window.width())

    @property
    def shift(self) -> int:
        """How far to the right the moving columns stand of where they were laid out."""
        return self.offset if self.mirrored else -self.offset

    @property
    def clip(self) -> QRect:
        """Where the moving columns are seen."""
        if self.mirrored:
            return self.window.adjusted(0, 0, -self.frozen, 0)
        return self.window.adjusted(self.frozen, 0, 0, 0)

    def take(self, boxes: Sequence[Box]) -> None:
        """Let boxes move with the columns from now on."""
        self._boxes += boxes
        self._places += [box.x for box in boxes]
        for box in boxes:
            box.clip = (self.clip.left(), self.clip.right())

    def holds(self, box: Box) -> bool:
        return any(held is box for held in self._boxes)

    def move_to(self, offset: int) -> None:
        """Show the columns from `offset` on, as far as there are any."""
        self.offset = min(max(0, offset), self.limit)
        for box, place in zip(self._boxes, self._places, strict=True):
            box.x = place + self.shift

    def offset_for(self, left: int, right: int) -> int:
        """The offset nearest to the present one that shows `left..right`, its beginning at least."""
        clip = self.clip
        by = min(0, clip.right() - right)
        if left + by < clip.left():
            by = clip.left() - left
        return self.offset + (by if self.mirrored else -by)

    def bar(self) -> QRect:
        """The groove below the table."""
        return QRect(self.window.left(), self.window.bottom() + _BAR_GAP, self.window.width(), _BAR)

    def handle(self) -> QRect:
        """The handle in the groove, as long as what is seen."""
        bar = self.bar()
        length = max(_SHORTEST_HANDLE, bar.width() * self.window.width() // self.content)
        gone = round((bar.width() - length) * self.offset / max(1, self.limit))
        left = bar.right() + 1 - length - gone if self.mirrored else bar.left() + gone
        return QRect(left, bar.top(), length, bar.height())

    def per_pixel(self) -> float:
        """Pixels that the columns move for one pixel that the handle is moved to the right."""
        room = max(1, self.bar().width() - self.handle().width())
        return (-1 if self.mirrored else 1) * self.limit / room
