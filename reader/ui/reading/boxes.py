"""One block of text, laid out: the only place where code points of the document meet UTF-16 units of a layout."""

import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QPointF, QRect
from PySide6.QtGui import QTextLayout, QTextOption

from reader.ui.reading import geometry
from reader.ui.reading.box import Box
from reader.ui.reading.style import Face

_FIRST_RIGHT_TO_LEFT = "\u0590"
# Characters that would split or hide text in a layout, each replaced by one of the same length.
_SUBSTITUTES = {
    0x00: "\ufffd",
    0x0A: "\u2028",
    0x0B: " ",
    0x0C: " ",
    0x0D: " ",
    0x1C: " ",
    0x1D: " ",
    0x1E: " ",
    0x1F: " ",
    0x85: "\u2028",
    0x2029: "\u2028",
    0xFFFC: "\ufffd",
}
_SUBSTITUTES_WRAPPED = {**_SUBSTITUTES, 0x0A: " "}


class Offsets(Protocol):
    """Between code points of a box's text and UTF-16 units of its layout."""

    def to_utf16(self, code_point: int) -> int: ...
    def to_code_point(self, utf16: int) -> int: ...


@dataclass(slots=True)
class TextBox:
    """A laid out stretch of one block. `x`, `y` place it in its chunk; lengths are pixels.

    `line_starts` are UTF-16 units, `line_tops` pixels below `y`. `bidi` says that the order on the line may
    differ from the order in the text. `block_start` and `block_end` are the whole block's code points.
    `folded` says that its text is hidden, and drawn is a line that says so. `clip` is the first and the last pixel
    of the chunk between which it is seen, where it is a cell of a table that slides.
    """

    start: int
    end: int
    block_start: int
    block_end: int
    layout: QTextLayout
    map: Offsets
    x: int
    y: int
    width: int
    height: int
    line_starts: list[int]
    line_tops: list[int]
    right_to_left: bool
    bidi: bool
    folded: bool = False
    clip: tuple[int, int] | None = None

    def to_layout(self, position: int) -> int:
        """UTF-16 position in the layout of a code point of the document."""
        return self.map.to_utf16(min(max(position, self.start), self.end) - self.start)

    def to_document(self, unit: int) -> int:
        """Code point in the document of a UTF-16 position in the layout."""
        return self.start + self.map.to_code_point(unit)

    def line_at(self, unit: int) -> int:
        """Number of the line that holds UTF-16 position `unit`; a line's end belongs to the next line."""
        return max(0, bisect_right(self.line_starts, unit) - 1)

    def line_end(self, line: int) -> int:
        """UTF-16 position behind the last character of a line."""
        if line + 1 < len(self.line_starts):
            return self.line_starts[line + 1]
        return self.map.to_utf16(self.end - self.start)

    def line_bottom(self, line: int) -> int:
        return self.line_tops[line + 1] if line + 1 < len(self.line_tops) else self.height

    def line_below(self, y: int) -> int:
        """Number of the line at `y` pixels below the box's top, the nearest outside."""
        return min(max(0, bisect_right(self.line_tops, y) - 1), len(self.line_tops) - 1)

    # As for every box

    def rects(self, start: int, end: int) -> list[QRect]:
        return geometry.range_rects(self, start, end)

    def caret(self, position: int) -> QRect:
        return geometry.caret_rect(self, position)

    def position_at(self, x: int, y: int) -> int:
        return geometry.position_at(self, x, y)

    def covers(self, position: int, x: int, y: int) -> bool:
        return geometry.covers(self, position, x, y)

    def line_limits(self, position: int) -> tuple[int, int]:
        return geometry.line_limits(self, position)

    def line_start_at(self, y: int) -> int:
        return self.to_document(self.line_starts[self.line_below(y - self.y)])

    def line_end_at(self, y: int) -> int:
        return self.to_document(self.line_end(self.line_below(y - self.y)))

    def line_end_of(self, position: int) -> int:
        return self.to_document(self.line_end(self.line_at(self.to_layout(position))))

    def line_beside(self, position: int, *, down: bool) -> int | None:
        line = self.line_at(self.to_layout(position)) + (1 if down else -1)
        return self.y + self.line_tops[line] if 0 <= line < len(self.line_tops) else None

    def before(self, position: int) -> int:
        if self.folded:
            return self.start
        mode = QTextLayout.CursorMode.SkipCharacters
        return self.to_document(self.layout.previousCursorPosition(self.to_layout(position), mode))

    def after(self, position: int) -> int:
        if self.folded:
            return self.end
        mode = QTextLayout.CursorMode.SkipCharacters
        return self.to_document(self.layout.nextCursorPosition(self.to_layout(position), mode))

    def is_below(self, upper: Box) -> bool:
        return self.y >= upper.y + upper.height or (self.y > upper.y and self.x == upper.x)


def drawable(text: str, *, wrapped: bool) -> str:
    """`text` with the same length, of which nothing upsets a layout; `wrapped` draws line ends as spaces."""
    return text.translate(_SUBSTITUTES_WRAPPED if wrapped else _SUBSTITUTES)


def has_right_to_left(text: str) -> bool:
    """Whether any character may run from right to left (a cheap test that errs on the careful side)."""
    return not text.isascii() and any(
        unicodedata.bidirectional(c) in ("R", "AL", "AN", "RLE", "RLO", "RLI")
        for c in set(text)
        if c >= _FIRST_RIGHT_TO_LEFT
    )


def runs_right_to_left(text: str) -> bool:
    """Whether the first letter with a direction runs from right to left."""
    for character in text:
        direction = unicodedata.bidirectional(character)
        if direction in ("R", "AL"):
            return True
        if direction == "L":
            return False
    return False


def lay_out(
    text: str,
    face: Face,
    option: QTextOption,
    width: int,
    formats: list[QTextLayout.FormatRange] | None = None,
) -> tuple[QTextLayout, list[int], list[int], int]:
    """Break `text` into lines of `width` pixels: the layout, starts (UTF-16), tops and the height (pixels)."""
    layout = QTextLayout(text, face.font)
    layout.setTextOption(option)
    layout.setCacheEnabled(True)
    if formats:
        layout.setFormats(formats)
    starts: list[int] = []
    tops: list[int] = []
    y = 0
    pitch = face.pitch
    layout.beginLayout()
    while True:
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(width)
        natural = line.height()
        # Letters of another script may be taller than the pitch; they get the room they need.
        room = max(pitch, round(natural))
        line.setPosition(QPointF(0.0, y + (room - natural) / 2))
        starts.append(line.textStart())
        tops.append(y)
        y += room
    layout.endLayout()
    if not starts:
        starts, tops, y = [0], [0], pitch
    return layout, starts, tops, y
