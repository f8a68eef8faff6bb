"""Changing which rectangle of a page a mark is about: its edges and corners are dragged, or moved by arrows."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from reader.model.annotation import Annotation, PageRect
from reader.ui.reading.marks import to_mark

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from reader.ui.reading.pages.turn import Turn
    from reader.ui.reading.pane import ReadingPane

_REACH = 7
_KNOB = 8
_STEP = 4
# Points: no area is made smaller than this.
_LEAST = 4.0
_KEY, _MODIFIER, _CURSOR = Qt.Key, Qt.KeyboardModifier, Qt.CursorShape
_ARROWS = {_KEY.Key_Left: (-1, 0), _KEY.Key_Right: (1, 0), _KEY.Key_Up: (0, -1), _KEY.Key_Down: (0, 1)}
_BOTH = _MODIFIER.ShiftModifier | _MODIFIER.AltModifier

# The edges of a page: 0 left, 1 top, 2 right, 3 bottom, whichever way it is turned.
Edges = tuple[float, float, float, float]
_ALL = frozenset(range(4))


class AreaEdit:
    """The area mark that is being changed, if any; points and pixels are the viewport's.

    Arrows move the area, with Shift its right or lower edge, with Shift and Alt its left or upper one.
    """

    def __init__(self, pane: "ReadingPane") -> None:
        self._pane = pane
        self._uid = ""
        self._page = 0
        self._area: Edges = (0.0, 0.0, 0.0, 0.0)
        self._before = self._area
        self._held: frozenset[int] = frozenset()
        self._from = QPoint()

    @property
    def active(self) -> bool:
        return bool(self._uid)

    def begin(self, uid: str) -> bool:
        """Show handles on an area mark; False for any other."""
        self.end()
        mark = self._pane.view.scene.marks.get(uid)
        if mark is None or not mark.rects:
            return False
        self._uid = uid
        self._take(mark.rects[0])
        return True

    def end(self) -> None:
        """Take the handles away."""
        if self._uid:
            self._uid, self._held = "", frozenset()
            self._pane.viewport().update()

    def follow(self, changed: Sequence[Annotation], removed: Sequence[Annotation]) -> None:
        """The mark was changed or removed elsewhere."""
        if any(annotation.uid == self._uid for annotation in removed):
            self.end()
        for annotation in changed:
            if annotation.uid == self._uid and not self._held:
                mark = to_mark(annotation)
                if mark and mark.rects:
                    self._take(mark.rects[0])
                else:
                    self.end()

    def press(self, point: QPoint) -> bool:
        """Take hold of an edge, a corner or the whole; a press elsewhere ends the change."""
        self._held = self._under(point)
        self._from, self._before = point, self._area
        if not self._held:
            self.end()
        return bool(self._held)

    def move(self, point: QPoint) -> bool:
        if not self._held:
            return False
        self._set(self._shifted(self._held, point - self._from))
        return True

    def release(self) -> bool:
        if not self._held:
            return False
        self._held = frozenset()
        self._tell(by_key=False)
        return True

    def wants(self, event: "QKeyEvent") -> bool:
        """Whether a key is for the area while it is being changed."""
        modifiers = event.modifiers() & ~_MODIFIER.KeypadModifier
        if not self._uid:
            return False
        if event.key() in (_KEY.Key_Escape, _KEY.Key_Return, _KEY.Key_Enter):
            return not modifiers
        return event.key() in _ARROWS and modifiers in (_MODIFIER.NoModifier, _MODIFIER.ShiftModifier, _BOTH)

    def key(self, event: "QKeyEvent") -> bool:
        """Answer arrows, Return and Escape while handles are shown."""
        if not self.wants(event):
            return False
        if event.key() not in _ARROWS:
            self.end()
            return True
        across, down = _ARROWS[Qt.Key(event.key())]
        modifiers = event.modifiers() & ~_MODIFIER.KeypadModifier
        self._before = self._area
        far = modifiers == _MODIFIER.ShiftModifier
        edges = self._edge_across(upright=bool(across), far=far) if modifiers else _ALL
        self._set(self._shifted(edges, QPoint(across, down) * _STEP))
        self._tell(by_key=True)
        return True

    def cursor(self, point: QPoint) -> Qt.CursorShape | None:
        """What the pointer looks like over a handle; None elsewhere."""
        held = self._under(point)
        if not held or held == _ALL:
            return _CURSOR.SizeAllCursor if held else None
        rect, reach = self.rect(), _REACH
        left, top = abs(point.x() - rect.left()) <= reach, abs(point.y() - rect.top()) <= reach
        if len(held) == 1:
            return _CURSOR.SizeHorCursor if self._is_upright(next(iter(held))) else _CURSOR.SizeVerCursor
        return _CURSOR.SizeFDiagCursor if left == top else _CURSOR.SizeBDiagCursor

    def rect(self) -> QRect:
        """The area as it is now, in the viewport."""
        flow = self._pane.view.page_flow
        if flow is None or not self._uid:
            return QRect()
        return self._turn().of_fractions(*self._area).translated(flow.page_rect(self._page).topLeft())

    def paint(self, painter: QPainter) -> None:
        """The frame with a knob at each corner and edge."""
        rect = self.rect()
        if rect.isEmpty():
            return
        accent = self._pane.view.flow.style.color("accent")
        painter.setPen(QPen(accent, 1, Qt.PenStyle.DashLine))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(rect.adjusted(0, 0, -1, -1))
        for point in knobs(rect):
            painter.fillRect(QRect(point.x() - _KNOB // 2, point.y() - _KNOB // 2, _KNOB, _KNOB), accent)

    def _take(self, rect: PageRect) -> None:
        self._page = rect.page
        self._set((rect.left, rect.top, rect.right, rect.bottom))
        self._before = self._area

    def _set(self, area: Edges) -> None:
        self._area = area
        self._pane.viewport().update()

    def _tell(self, *, by_key: bool) -> None:
        if self._area != self._before:
            left, top, right, bottom = self._area
            fractions = QRectF(left, top, right - left, bottom - top)
            self._pane.area_changed.emit(self._uid, self._page, fractions, by_key)

    def _turn(self) -> "Turn":
        flow = self._pane.view.page_flow
        assert flow
        return flow.page(self._page).turn

    def _edge_line(self, edge: int) -> QRect:
        """Where an edge of the area is in the viewport, as a rectangle of one pixel's breadth."""
        left, top, right, bottom = self._area
        line = (
            (left, top, left, bottom),
            (left, top, right, top),
            (right, top, right, bottom),
            (left, bottom, right, bottom),
        )
        flow = self._pane.view.page_flow
        assert flow
        return self._turn().of_fractions(*line[edge]).translated(flow.page_rect(self._page).topLeft())

    def _is_upright(self, edge: int) -> bool:
        turned = self._turn().rotation in (90, 270)
        return (edge in (0, 2)) != turned

    def _under(self, point: QPoint) -> frozenset[int]:
        """The edges under a point: one, two at a corner, all within the area, none elsewhere."""
        if self.rect().isEmpty():
            return frozenset()
        away = {edge: self._away(edge, point) for edge in _ALL}
        # In a narrow area two edges that face each other are near: the nearer one is meant.
        held = frozenset(
            near for side in (0, 1) if away[near := min((side, side + 2), key=lambda edge: away[edge])] <= _REACH
        )
        return held or (_ALL if self.rect().contains(point) else frozenset())

    def _away(self, edge: int, point: QPoint) -> int:
        line = self._edge_line(edge)
        across = max(line.left() - point.x(), 0, point.x() - line.right())
        return max(across, line.top() - point.y(), 0, point.y() - line.bottom())

    def _edge_across(self, *, upright: bool, far: bool) -> frozenset[int]:
        """Of the two edges that stand upright, or lie, the right or lower one (`far`), else the other."""
        lines = {edge: self._edge_line(edge) for edge in _ALL if self._is_upright(edge) == upright}
        choose = max if far else min
        return frozenset({choose(lines, key=lambda edge: lines[edge].left() if upright else lines[edge].top())})

    def _shifted(self, edges: frozenset[int], by: QPoint) -> Edges:
        """The area from before with some of its edges moved by pixels: within its page, and not too small."""
        turn, area = self._turn(), list(self._before)
        zero, there = turn.to_points(0, 0), turn.to_points(by.x(), by.y())
        step = (there[0] - zero[0]) / turn.width, (there[1] - zero[1]) / turn.height
        least = min(_LEAST / turn.width, 1.0), min(_LEAST / turn.height, 1.0)
        for side in (0, 1):
            low, high = area[side], area[side + 2]
            if {side, side + 2} <= edges:
                moved = min(max(step[side], -low), 1.0 - high)
                area[side], area[side + 2] = low + moved, high + moved
            elif side in edges:
                area[side] = max(0.0, min(low + step[side], high - least[side]))
            elif side + 2 in edges:
                area[side + 2] = min(1.0, max(high + step[side], low + least[side]))
        return area[0], area[1], area[2], area[3]


def knobs(rect: QRect) -> list[QPoint]:
    """The points of a rectangle that handles are drawn at: corners and the middles of edges."""
    across, down = (rect.left(), rect.center().x(), rect.right()), (rect.top(), rect.center().y(), rect.bottom())
    return [QPoint(x, y) for x in across for y in down if (x, y) != (across[1], down[1])]
