"""One line of a page's text as the pane's boxes are: its answers in pixels of the page as it is shown."""

from PySide6.QtCore import QRect

from reader.ui.reading.box import Box
from reader.ui.reading.geometry import CARET_WIDTH
from reader.ui.reading.pages.page_text import Line, PageText
from reader.ui.reading.pages.source import Edges
from reader.ui.reading.pages.turn import Turn

# Beside a column counts more than above or below it: the end of a column is nearer than the next column.
_SIDEWAYS = 3.0
# Two lines stand side by side when they share that much of their height.
_SAME_ROW = 0.5


class LineBox:
    """A line at `turn`. Everything that goes in or out is in pixels of its page; positions are code points."""

    __slots__ = (
        "_text", "_turn", "block_end", "block_start", "clip", "end", "folded", "height", "line", "right_to_left",
        "start", "width", "x", "y",
    )  # fmt: skip

    def __init__(self, text: PageText, line: Line, turn: Turn, block: tuple[int, int]) -> None:
        self._text, self._turn, self.line = text, turn, line
        self.start, self.end = line.start, line.end
        self.block_start, self.block_end = block
        rect = turn.rect(line.edges)
        self.x, self.y, self.width, self.height = rect.x(), rect.y(), rect.width(), rect.height()
        self.right_to_left = line.backward and not line.vertical
        self.folded = False
        self.clip: tuple[int, int] | None = None

    @property
    def upright(self) -> bool:
        """Whether the line runs across the window, not up or down it."""
        return self.line.vertical == (self._turn.rotation in (90, 270))

    @property
    def foot(self) -> int:
        """The side of the line where the foot of its letters is: 0 below, 1 left, 2 above, 3 right."""
        turned = (3 if self.line.backward else 1) if self.line.vertical else 0
        return (turned + self._turn.rotation // 90) % 4

    def rects(self, start: int, end: int) -> list[QRect]:
        return [self._turn.rect(edges) for edges in self._text.spans(self.line, start, end)]

    def caret(self, position: int) -> QRect:
        rect = self._turn.rect(self._text.caret(self.line, position))
        if self.upright:
            return QRect(rect.x(), rect.y(), CARET_WIDTH, rect.height())
        return QRect(rect.x(), rect.y(), rect.width(), CARET_WIDTH)

    def position_at(self, x: int, y: int) -> int:
        return self._text.position_at(self.line, *self._turn.to_points(x + 0.5, y + 0.5))

    def covers(self, position: int, x: int, y: int) -> bool:
        return any(rect.contains(x, y) for rect in self.rects(position, position + 1))

    def line_limits(self, _position: int) -> tuple[int, int]:
        return self.start, self.end

    def line_start_at(self, _y: int) -> int:
        return self.start

    def line_end_at(self, _y: int) -> int:
        return self.end

    def line_end_of(self, _position: int) -> int:
        return self.end

    def line_beside(self, _position: int, *, down: bool) -> int | None:
        del down
        return None

    def before(self, position: int) -> int:
        return self._text.before(self.line, position)

    def after(self, position: int) -> int:
        return self._text.after(self.line, position)

    def is_below(self, upper: Box) -> bool:
        """In the order of the text the next line is below, at the top of the next column too; not beside in a row."""
        if not isinstance(upper, LineBox) or upper.line.vertical != self.line.vertical:
            return True
        mine, other = _thick(self.line), _thick(upper.line)
        shared = min(mine[1], other[1]) - max(mine[0], other[0])
        return shared < _SAME_ROW * min(mine[1] - mine[0], other[1] - other[0])

    def distance(self, x: int, y: int) -> tuple[float, float]:
        """How far a point is from the line's part of its column, and from the line itself."""
        place = self._turn.to_points(x + 0.5, y + 0.5)
        return self._away(self.line.area, *place), self._away(self.line.edges, *place)

    def _away(self, edges: Edges, x: float, y: float) -> float:
        across = max(edges[0] - x, 0.0, x - edges[2])
        down = max(edges[1] - y, 0.0, y - edges[3])
        return across + _SIDEWAYS * down if self.line.vertical else _SIDEWAYS * across + down


def _thick(line: Line) -> tuple[float, float]:
    left, top, right, bottom = line.edges
    return (left, right) if line.vertical else (top, bottom)


class BlankBox:
    """A line of a page whose text has not come yet, or the place of one without text: it shows nothing."""

    __slots__ = (
        "block_end", "block_start", "clip", "end", "folded", "height", "right_to_left", "start", "width", "x", "y",
    )  # fmt: skip

    def __init__(self, start: int, end: int, rect: QRect) -> None:
        self.start = self.block_start = start
        self.end = self.block_end = end
        self.x, self.y = rect.x(), rect.y()
        self.width, self.height = rect.width(), rect.height()
        self.right_to_left = self.folded = False
        self.clip: tuple[int, int] | None = None

    def rects(self, _start: int, _end: int) -> list[QRect]:
        return []

    def caret(self, _position: int) -> QRect:
        return QRect(self.x, self.y, CARET_WIDTH, self.height)

    def position_at(self, _x: int, _y: int) -> int:
        return self.start

    def covers(self, _position: int, _x: int, _y: int) -> bool:
        return False

    def line_limits(self, _position: int) -> tuple[int, int]:
        return self.start, self.end

    def line_start_at(self, _y: int) -> int:
        return self.start

    def line_end_at(self, _y: int) -> int:
        return self.end

    def line_end_of(self, position: int) -> int:
        return position

    def line_beside(self, _position: int, *, down: bool) -> int | None:
        del down
        return None

    def before(self, position: int) -> int:
        return max(self.start, position - 1)

    def after(self, position: int) -> int:
        return min(self.end, position + 1)

    def is_below(self, _upper: Box) -> bool:
        return True
