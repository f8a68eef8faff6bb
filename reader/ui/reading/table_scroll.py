"""Sliding a table that is wider than the page: by its bar, by Shift and the wheel, by a horizontal wheel or pad."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt

from reader.ui.reading.base_flow import Shown
from reader.ui.reading.slide import Slide

if TYPE_CHECKING:
    from PySide6.QtGui import QWheelEvent

    from reader.ui.reading.pane import ReadingPane

# One notch of a wheel is 120 units and moves so many pixels.
_NOTCH = 120
_STEP = 90
_REACH = 5


class TableScroll:
    """What the pointer does to the tables of one pane. Points are in the viewport's coordinates."""

    def __init__(self, pane: "ReadingPane") -> None:
        self._pane = pane
        self._held: tuple[int, int, int, float] | None = None

    def wheel(self, event: "QWheelEvent") -> bool:
        """Slide the table under the pointer when the wheel is turned sideways; False when it is not for a table."""
        by = _sideways(event)
        found = self._at(event.position().toPoint()) if by else None
        if found is None:
            return False
        _shown, slide = found
        self._move(slide.table, slide.offset + (by if slide.mirrored else -by))
        event.accept()
        return True

    def press(self, point: QPoint) -> bool:
        """Take the handle of a bar; a press beside it brings the handle there first."""
        found = self._bar_at(point)
        if found is None:
            return False
        _shown, slide = found
        x = point.x() - self._left()
        handle = slide.handle()
        if not handle.left() <= x <= handle.right():
            self._move(slide.table, slide.offset + round((x - handle.center().x()) * slide.per_pixel()))
        self._held = slide.table, point.x(), slide.offset, slide.per_pixel()
        return True

    def move(self, point: QPoint) -> bool:
        if self._held is None:
            return False
        table, x, offset, per_pixel = self._held
        self._move(table, offset + round((point.x() - x) * per_pixel))
        return True

    def release(self) -> bool:
        held, self._held = self._held, None
        return held is not None

    def over_bar(self, point: QPoint) -> bool:
        return self._held is not None or self._bar_at(point) is not None

    def _left(self) -> int:
        return self._pane.view.flow.style.left

    def _move(self, table: int, offset: int) -> None:
        self._pane.view.flow.slide(table, offset)
        left = self._left()
        for shown in self._shown():
            for slide in shown.page.slides:
                if slide.table == table:
                    area = slide.window.united(slide.bar()).translated(left, shown.y)
                    self._pane.viewport().update(area.adjusted(-12, -12, 12, 12))
        self._pane.scrolled.emit()

    def _shown(self) -> list[Shown]:
        view = self._pane.view
        return view.flow.shown(view.height)

    def _at(self, point: QPoint) -> tuple[Shown, Slide] | None:
        """The table under a point, its bar included."""
        for shown in self._shown():
            place = point - QPoint(self._left(), shown.y)
            for slide in shown.page.slides:
                if slide.window.united(slide.bar()).contains(place):
                    return shown, slide
        return None

    def _bar_at(self, point: QPoint) -> tuple[Shown, Slide] | None:
        found = self._at(point)
        if found is None:
            return None
        shown, slide = found
        bar = slide.bar().adjusted(0, -_REACH, 0, _REACH)
        return found if bar.contains(point - QPoint(self._left(), shown.y)) else None


def _sideways(event: "QWheelEvent") -> int:
    """Pixels to the right that a turn of the wheel means; 0 for one up or down."""
    pixels, angle = event.pixelDelta(), event.angleDelta()
    if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
        x, notches = pixels.x() or pixels.y(), angle.x() or angle.y()
    elif abs(angle.x()) > abs(angle.y()):
        x, notches = pixels.x(), angle.x()
    else:
        return 0
    return x or round(notches * _STEP / _NOTCH)
