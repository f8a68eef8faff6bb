"""Where a floating piece goes: near a rectangle, inside the bounds, never on it while there is room."""

from PySide6.QtCore import QPoint, QRect, QSize

GAP = 8


def place_near(size: QSize, near: QRect, bounds: QRect) -> QPoint:
    """The top left corner for something of `size` that belongs to `near`, all in one coordinate system.

    Under the end of `near`, else over its beginning, else beside it; where it fills all of `bounds`, at the
    lower edge, where the least of it is hidden.
    """
    left = _within(near.right() - size.width() // 2, bounds.left(), bounds.right() + 1 - size.width())
    below = near.bottom() + 1 + GAP
    if below + size.height() <= bounds.bottom() + 1 and below >= bounds.top():
        return QPoint(left, below)
    above = near.top() - GAP - size.height()
    if above >= bounds.top() and above + size.height() <= bounds.bottom() + 1:
        return QPoint(left, above)
    top = _within(below, bounds.top(), bounds.bottom() + 1 - size.height())
    for beside in (near.right() + 1 + GAP, near.left() - GAP - size.width()):
        if bounds.left() <= beside and beside + size.width() <= bounds.right() + 1:
            return QPoint(beside, top)
    return QPoint(left, top)


def _within(value: int, lowest: int, highest: int) -> int:
    return max(lowest, min(value, highest))
