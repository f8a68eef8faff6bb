"""One chunk as it stands on the page: boxes of text and what is drawn around them, all in the chunk's coordinates."""

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect
from PySide6.QtGui import QFont

from reader.ui.reading.box import Box
from reader.ui.reading.stretches import Stretch, Stretches

if TYPE_CHECKING:
    from reader.ui.reading.slide import Slide


_FAR = 1_000_000


@dataclass(frozen=True, slots=True)
class Ground:
    """A filled or outlined rectangle under the marks; `fill` and `border` name colours of the theme."""

    rect: QRect
    fill: str = ""
    border: str = ""


@dataclass(frozen=True, slots=True)
class Marker:
    """The number or bullet of a list item, beside its text."""

    rect: QRect
    text: str
    font: QFont
    right_to_left: bool


@dataclass(frozen=True, slots=True)
class Picture:
    """An image to be fetched and decoded when it is first seen.

    `found` is False for a placeholder. `faded` says that it belongs to faded text.
    """

    rect: QRect
    asset: str
    found: bool
    faded: bool = False


@dataclass(frozen=True, slots=True)
class Bar:
    """A dotted line beside text that is faded, from `top` to `bottom`; `stretch` is what is faded."""

    x: int
    top: int
    bottom: int
    stretch: Stretch


@dataclass(slots=True)
class Page:
    """A chunk laid out. `boxes` are in text order; `x` 0 is the column's left edge.

    `slides` are its tables that are wider than the page; `moves` counts how often one of them was moved.
    """

    start: int
    end: int
    hidden: Stretches = field(default_factory=Stretches)
    height: int = 0
    boxes: list[Box] = field(default_factory=list)
    grounds: list[Ground] = field(default_factory=list)
    markers: list[Marker] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    bars: list[Bar] = field(default_factory=list)
    slides: "list[Slide]" = field(default_factory=list)
    moves: int = 0

    def box_of(self, position: int) -> Box | None:
        """The box that holds `position`; between two boxes, the earlier one."""
        if not self.boxes:
            return None
        at = bisect_right(self.boxes, position, key=_start_of) - 1
        return self.boxes[max(0, at)]

    def boxes_in(self, start: int, end: int) -> list[Box]:
        """The boxes that share code points with `start..end`."""
        first = max(0, bisect_right(self.boxes, start, key=_start_of) - 1)
        found: list[Box] = []
        for at in range(first, len(self.boxes)):
            box = self.boxes[at]
            if box.start >= end:
                break
            if box.end > start:
                found.append(box)
        return found

    def box_near(self, x: int, y: int) -> Box | None:
        """The box at a point: of those on its height the nearest to the side, else the next above or below."""
        if not self.boxes:
            return None
        return min(self.boxes, key=lambda box: (_distance(y, box.y, box.height), _beside(x, box)))

    def picture_at(self, x: int, y: int) -> Picture | None:
        return next((picture for picture in self.pictures if picture.rect.contains(x, y)), None)


def _start_of(box: Box) -> int:
    return box.start


def _beside(x: int, box: Box) -> int:
    """How far to the side of a box `x` is; a box that slid out of sight is farther than any other."""
    if box.clip is None:
        return _distance(x, box.x, box.width)
    left, right = max(box.x, box.clip[0]), min(box.x + box.width - 1, box.clip[1])
    return _distance(x, left, right - left + 1) if left <= right else _FAR


def _distance(value: int, start: int, length: int) -> int:
    return max(start - value, 0, value - (start + length - 1))
