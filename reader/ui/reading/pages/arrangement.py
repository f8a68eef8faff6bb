"""Where the pages stand on the canvas: one below another, or two side by side, at one scale. All pure."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

Size = tuple[float, float]

MARGIN = 16
"""Pixels of canvas round the pages; `GAP` between two of them."""
GAP = 12
POINT = 96 / 72
"""Pixels a point at 100 %."""
LEAST, MOST = 0.1, 8.0
"""The least and the largest zoom."""


@dataclass(frozen=True, slots=True)
class Arrangement:
    """Left, top, width and height of each page in pixels of a canvas of `width` by `height`, and the rows' tops."""

    lefts: list[int]
    tops: list[int]
    widths: list[int]
    heights: list[int]
    rows: list[int]
    per_row: int
    width: int
    height: int

    def row_at(self, y: int) -> int:
        """The row at a height of the canvas, the nearest outside; the gap below a row belongs to it."""
        return max(0, bisect_right(self.rows, y) - 1)

    def pages_of(self, row: int) -> range:
        first = row * self.per_row
        return range(first, min(first + self.per_row, len(self.tops)))


def arrange(sizes: Sequence[Size], scale: float, per_row: int, room: int) -> Arrangement:
    """Place pages of so many points at `scale` pixels a point on a canvas that is at least `room` pixels wide."""
    # Most documents have pages of a few sizes only.
    pixels = {size: (max(1, round(size[0] * scale)), max(1, round(size[1] * scale))) for size in set(sizes)}
    widths, heights = [pixels[size][0] for size in sizes], [pixels[size][1] for size in sizes]
    if per_row == 1:
        return _column(widths, heights, room)
    firsts = range(0, len(sizes), per_row)
    row_widths = [sum(widths[at : at + per_row]) + GAP * (len(widths[at : at + per_row]) - 1) for at in firsts]
    canvas = max(room, max(row_widths, default=0) + 2 * MARGIN)
    lefts, tops, rows, y = [0] * len(sizes), [0] * len(sizes), list[int](), MARGIN
    for at, row_width in zip(firsts, row_widths, strict=True):
        rows.append(y)
        tall = max(heights[at : at + per_row])
        x = (canvas - row_width) // 2
        for page in range(at, min(at + per_row, len(sizes))):
            lefts[page], tops[page] = x, y + (tall - heights[page]) // 2
            x += widths[page] + GAP
        y += tall + GAP
    return Arrangement(lefts, tops, widths, heights, rows, per_row, canvas, y - GAP + MARGIN)


def _column(widths: list[int], heights: list[int], room: int) -> Arrangement:
    canvas = max(room, max(widths, default=0) + 2 * MARGIN)
    tops = list(accumulate((height + GAP for height in heights), initial=MARGIN))
    bottom = tops.pop() - GAP + MARGIN
    return Arrangement([(canvas - width) // 2 for width in widths], tops, widths, heights, tops, 1, canvas, bottom)


def fitting(sizes: Sequence[Size], per_row: int, room: tuple[int, int], *, whole: bool) -> float:
    """Pixels a point at which the commonest row is as wide as the room, or (`whole`) lies in it."""
    (width, height), _ = _rows(sizes, per_row).most_common(1)[0] if sizes else (((1.0, 1.0)), 0)
    gaps = GAP * (per_row - 1)
    scale = max(8, room[0] - 2 * MARGIN - gaps) / max(1.0, width)
    if whole:
        scale = min(scale, max(8, room[1] - 2 * MARGIN) / max(1.0, height))
    return min(max(scale, LEAST * POINT), MOST * POINT)


def _rows(sizes: Sequence[Size], per_row: int) -> Counter[Size]:
    if per_row == 1:
        return Counter(sizes)
    found: Counter[Size] = Counter()
    for at in range(0, len(sizes), per_row):
        row = sizes[at : at + per_row]
        lacking = per_row - len(row)
        width = sum(size[0] for size in row) + lacking * row[-1][0]
        found[width, max(size[1] for size in row)] += 1
    return found
