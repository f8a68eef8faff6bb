"""The text of one page where it stands: its lines, which way they run, and the columns that they belong to."""

import unicodedata
from array import array
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from reader.model.page import Glyphs
from reader.ui.reading.boxes import has_right_to_left
from reader.ui.reading.pages.source import Edges

_HAIR = 0.01
# A line is as tall as its tallest letter, unless that one is a drop cap.
_DROP_CAP = 1.7
# Lines farther apart than this many times their height are not of one column; nor are those that begin so far aside.
_APART = 3.0
_ASIDE = 2.0
_ROOM_BELOW = 0.18
# A wider gap than that many times the height is one between columns of a table: a mark does not cover it.
_WIDEST_GAP = 3.0
_WIDEST_GAP_MIXED = 0.4


@dataclass(slots=True)
class Line:
    """A line of text over the code points `start..end` of the document; edges are points of the page.

    `vertical` lines run up or down the page; `backward` ones to the left, or up. `mixed` ones hold both directions.
    `area` is what of the page belongs to the line when a point is looked for.
    """

    start: int
    end: int
    edges: Edges
    vertical: bool
    backward: bool
    mixed: bool
    uneven: bool
    area: Edges

    @property
    def thickness(self) -> float:
        return self.edges[2] - self.edges[0] if self.vertical else self.edges[3] - self.edges[1]


class PageText:
    """The glyphs of one page. Positions are code points of the document.

    `boxes` are left, top, right and bottom of each code point from `start` on, in points.
    """

    def __init__(self, glyphs: Glyphs, text: str) -> None:
        self.start = glyphs.start
        self._text = text
        self.boxes: array[float] = glyphs.boxes
        self._count = len(glyphs.boxes) // 4
        self.lines = [line for low, high in glyphs.lines if (line := self._line(low, high))]
        _share_columns(self.lines)

    def edges(self, position: int) -> Edges | None:
        """Where the code point at `position` stands; None for one that is not seen."""
        at = position - self.start
        if not 0 <= at < self._count:
            return None
        left, top, right, bottom = self.boxes[4 * at : 4 * at + 4]
        return (left, top, right, bottom) if right - left > _HAIR and bottom - top > _HAIR else None

    def line_of(self, position: int) -> Line | None:
        """The line that holds `position`, or else ends before it."""
        at = bisect_right(self.lines, position, key=lambda line: line.start) - 1
        return self.lines[at] if at >= 0 else None

    def spans(self, line: Line, start: int, end: int) -> list[Edges]:
        """Rectangles over the part `start..end` of a line; more than one where there are wide gaps."""
        found = [
            edges for at in range(max(start, line.start), min(end, line.end)) if (edges := self.edges(at)) is not None
        ]
        low, high = (1, 3) if line.vertical else (0, 2)
        gap = line.thickness * (_WIDEST_GAP_MIXED if line.mixed else _WIDEST_GAP)
        merged: list[Edges] = []
        for edges in sorted(found, key=lambda e: e[low]):
            if merged and edges[low] <= merged[-1][high] + gap:
                merged[-1] = _united(merged[-1], edges)
            else:
                merged.append(edges)
        return merged if line.uneven else [_as_tall(edges, line) for edges in merged]

    def caret(self, line: Line, position: int) -> Edges:
        """The edge, without a width, before a code point of a line; at the line's end behind the last one."""
        position = min(max(position, line.start), line.end)
        for at in range(position, line.end):
            edges = self.edges(at)
            if edges:
                return _edge(edges, line, high=self.runs_back(line, at))
        for at in range(min(position, line.end) - 1, line.start - 1, -1):
            edges = self.edges(at)
            if edges:
                return _edge(edges, line, high=not self.runs_back(line, at))
        return _edge(line.edges, line, high=line.backward)

    def position_at(self, line: Line, x: float, y: float) -> int:
        """The code point of a line whose leading edge is nearest to a point."""
        low, high, value = (1, 3, y) if line.vertical else (0, 2, x)
        best, distance, found = line.start, float("inf"), None
        for at in range(line.start, line.end):
            edges = self.edges(at)
            if edges is None:
                continue
            beside = max(edges[low] - value, value - edges[high], 0.0)
            if beside < distance:
                best, distance, found = at, beside, edges
        if found is None:
            return line.start
        behind = (value > (found[low] + found[high]) / 2) != self.runs_back(line, best)
        return self.after(line, best) if behind else best

    def before(self, line: Line, position: int) -> int:
        """The caret position before `position` within a line; accents stay with their letter."""
        position = min(position, line.end) - 1
        while position > line.start and self._is_accent(position):
            position -= 1
        return max(position, line.start)

    def after(self, line: Line, position: int) -> int:
        position += 1
        while position < line.end and self._is_accent(position):
            position += 1
        return min(position, line.end)

    def runs_back(self, line: Line, position: int) -> bool:
        """Whether the character at `position` is read towards smaller coordinates."""
        if not line.mixed:
            return line.backward
        kind = unicodedata.bidirectional(self._text[position])
        if kind in ("R", "AL"):
            return True
        return False if kind in ("L", "EN", "AN") else line.backward

    def _is_accent(self, position: int) -> bool:
        return unicodedata.category(self._text[position]) in ("Mn", "Me") or self._text[position] == "\u200d"

    def _line(self, start: int, end: int) -> Line | None:
        seen = [(at, edges) for at in range(start, end) if (edges := self.edges(at)) is not None]
        if not seen:
            return None
        every = [edges for _at, edges in seen]
        united = every[0]
        for edges in every:
            united = _united(united, edges)
        first, last = every[0], every[-1]
        across, down = _middle(last)[0] - _middle(first)[0], _middle(last)[1] - _middle(first)[1]
        vertical = len(every) > 1 and abs(down) > abs(across)
        low = 1 if vertical else 0
        middles = [(edges[low] + edges[low + 2]) / 2 for edges in every]
        backward = sum((b > a) - (b < a) for a, b in pairwise(middles)) < 0
        sizes = sorted(edges[2] - edges[0] if vertical else edges[3] - edges[1] for edges in every)
        whole = united[2] - united[0] if vertical else united[3] - united[1]
        mixed = has_right_to_left(self._text[start:end])
        return Line(
            start, end, united, vertical, backward, mixed, whole > _DROP_CAP * sizes[len(sizes) // 2], area=united
        )


def _share_columns(lines: Sequence[Line]) -> None:
    """Let the lines of a column meet each other half-way, and reach to both of its sides."""
    column: list[Line] = []
    for line in lines:
        if column and not (_follows(column, line)):
            _share(column)
            column = []
        column.append(line)
    _share(column)


def _follows(column: Sequence[Line], line: Line) -> bool:
    above = column[-1]
    if line.vertical or above.vertical or line.edges[1] <= above.edges[1]:
        return False
    gap, size = line.edges[1] - above.edges[3], max(line.thickness, above.thickness)
    left, right = min(one.edges[0] for one in column), max(one.edges[2] for one in column)
    beside = abs(line.edges[0] - left) <= _ASIDE * size or abs(line.edges[2] - right) <= _ASIDE * size
    inside = left - size <= line.edges[0] and line.edges[2] <= right + size
    return -size < gap < _APART * size and (beside or inside)


def _share(column: Sequence[Line]) -> None:
    """Give each line its part of the column, and marks a little more than the letters' own height where there is room.

    Fonts say little of how far letters reach below the line.
    """
    if not column:
        return
    left, right = min(line.edges[0] for line in column), max(line.edges[2] for line in column)
    borders = [column[0].edges[1]]
    borders += [(a.edges[3] + b.edges[1]) / 2 for a, b in pairwise(column)]
    borders.append(column[-1].edges[3])
    for number, line in enumerate(column):
        top, bottom = borders[number], borders[number + 1]
        line.area = (left, top, right, bottom) if len(column) > 1 else line.area
        if not line.vertical:
            below = _ROOM_BELOW * line.thickness
            room = below if number + 1 == len(column) else max(0.0, min(below, 2 * (bottom - line.edges[3])))
            line.edges = (*line.edges[:3], line.edges[3] + room)


def _united(one: Edges, other: Edges) -> Edges:
    return min(one[0], other[0]), min(one[1], other[1]), max(one[2], other[2]), max(one[3], other[3])


def _middle(edges: Edges) -> tuple[float, float]:
    return (edges[0] + edges[2]) / 2, (edges[1] + edges[3]) / 2


def _as_tall(edges: Edges, line: Line) -> Edges:
    left, top, right, bottom = line.edges
    return (left, edges[1], right, edges[3]) if line.vertical else (edges[0], top, edges[2], bottom)


def _edge(edges: Edges, line: Line, *, high: bool) -> Edges:
    left, top, right, bottom = edges if line.uneven else _as_tall(edges, line)
    if line.vertical:
        y = bottom if high else top
        return left, y, right, y
    x = right if high else left
    return x, top, x, bottom
