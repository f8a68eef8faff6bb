"""From positions to pixels and back, within one box."""

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QTextLayout, QTextLine

if TYPE_CHECKING:
    from reader.ui.reading.boxes import TextBox

CARET_WIDTH = 2
# A selected line end, a mark over an empty paragraph: something must be seen.
_LEAST_WIDTH = 4


def range_rects(box: "TextBox", start: int, end: int) -> list[QRect]:
    """Rectangles over the code points `start..end` in the chunk's coordinates, one a line (more in mixed directions).

    They are as tall as the lines' pitch, so that neighbouring lines touch.
    """
    first, last = box.to_layout(start), box.to_layout(end)
    if first >= last or not box.layout.lineCount():
        return []
    rects: list[QRect] = []
    for number in range(box.line_at(first), box.line_at(last - 1) + 1):
        low = max(first, box.line_starts[number])
        high = min(last, box.line_end(number))
        top, bottom = box.y + box.line_tops[number], box.y + box.line_bottom(number)
        for left, right in _spans(box, box.layout.lineAt(number), low, high):
            rects.append(QRect(box.x + round(left), top, max(1, round(right) - round(left)), bottom - top))
    return rects if box.clip is None else _clipped(rects, *box.clip)


def _clipped(rects: list[QRect], left: int, right: int) -> list[QRect]:
    """What is seen of the rectangles between two edges."""
    cut = [
        QRect(max(left, r.left()), r.top(), min(right, r.right()) - max(left, r.left()) + 1, r.height()) for r in rects
    ]
    return [rect for rect in cut if rect.width() > 0]


def _spans(box: "TextBox", line: QTextLine, low: int, high: int) -> list[tuple[float, float]]:
    """Stretches of a line, in pixels, over the UTF-16 units `low..high`, white space at its end left out."""
    natural = line.naturalTextRect()
    left, right = natural.left(), natural.right()
    if box.bidi:
        spans = _mixed_spans(line, low, high)
    else:
        a, b = _x(line, low), _x(line, high)
        spans = [(min(a, b), max(a, b))]
    clipped = [(max(a, left), min(b, right)) for a, b in spans]
    kept = [(a, b) for a, b in clipped if b - a >= 1]
    return kept or [(left, left + _LEAST_WIDTH)] if natural.width() < 1 else kept


def _mixed_spans(line: QTextLine, low: int, high: int) -> list[tuple[float, float]]:
    """As `_spans`, from the glyphs: a range may lie in several places of a line with both directions."""
    areas = sorted((run.boundingRect() for run in line.glyphRuns(low, high - low)), key=QRectF.left)
    merged: list[tuple[float, float]] = []
    for area in areas:
        left, right = area.left(), area.right()
        if merged and left <= merged[-1][1] + 1.0:
            merged[-1] = (merged[-1][0], max(right, merged[-1][1]))
        else:
            merged.append((left, right))
    return merged


def _x(line: QTextLine, unit: int) -> float:
    """Pixels from the box's left edge to a position; Qt answers with the position it used beside it."""
    answer = cast("tuple[float, int]", line.cursorToX(unit))
    return answer[0]


def caret_rect(box: "TextBox", position: int) -> QRect:
    """The caret before the code point at `position`, in the chunk's coordinates."""
    unit = box.to_layout(position)
    number = box.line_at(unit)
    x = round(_x(box.layout.lineAt(number), unit)) if box.layout.lineCount() else 0
    top, bottom = box.line_tops[number], box.line_bottom(number)
    return QRect(box.x + x, box.y + top, CARET_WIDTH, bottom - top)


def position_at(box: "TextBox", x: int, y: int) -> int:
    """The code point whose left edge (right edge, in right-to-left text) is nearest to a point of the chunk."""
    if not box.layout.lineCount():
        return box.start
    number = box.line_below(y - box.y)
    unit = box.layout.lineAt(number).xToCursor(float(x - box.x))
    return box.to_document(_within_line(box, number, unit))


def _within_line(box: "TextBox", number: int, unit: int) -> int:
    """Behind the last character of a wrapped line is the start of the next one: stay before the space there."""
    if number + 1 < len(box.line_starts) and unit >= box.line_starts[number + 1]:
        previous = box.layout.previousCursorPosition(box.line_starts[number + 1], QTextLayout.CursorMode.SkipCharacters)
        return max(box.line_starts[number], previous)
    return unit


def covers(box: "TextBox", position: int, x: int, y: int) -> bool:
    """Whether the point lies on the character at `position`, not only nearest to it."""
    return any(rect.contains(x, y) for rect in range_rects(box, position, position + 1))


def line_limits(box: "TextBox", position: int) -> tuple[int, int]:
    """First and last caret position on the line that holds `position`."""
    number = box.line_at(box.to_layout(position))
    last = _within_line(box, number, box.line_end(number))
    return box.to_document(box.line_starts[number]), box.to_document(last)
