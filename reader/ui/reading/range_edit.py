"""Changing where a mark begins and ends: two handles to drag, or Shift+Alt+arrows."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QPainter

from reader.model.annotation import Annotation
from reader.ui.reading.caret import Step, moved
from reader.ui.reading.marks import to_mark

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from reader.ui.reading.pane import ReadingPane

_KNOB = 10
_REACH = 9
# Which end an arrow moves, and how: left and right the end of the mark, up and down its beginning.
_ARROWS = {
    Qt.Key.Key_Left: (1, Step.WORD_LEFT),
    Qt.Key.Key_Right: (1, Step.WORD_RIGHT),
    Qt.Key.Key_Up: (0, Step.WORD_LEFT),
    Qt.Key.Key_Down: (0, Step.WORD_RIGHT),
}


def moves_range(event: "QKeyEvent") -> bool:
    """Whether a key is Shift+Alt+an arrow."""
    wanted = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.AltModifier
    return event.key() in _ARROWS and event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier == wanted


class RangeEdit:
    """The mark whose ends are being moved, if any; `ends` are code points."""

    def __init__(self, pane: "ReadingPane") -> None:
        self._pane = pane
        self._uid = ""
        self._ends = (0, 0)
        self._held: int | None = None

    @property
    def active(self) -> bool:
        return bool(self._uid)

    def begin(self, uid: str) -> None:
        """Show handles on a mark; an unknown one shows none."""
        self.end()
        mark = self._pane.view.scene.marks.get(uid)
        if mark and not mark.rects:
            self._uid, self._ends = uid, (mark.start, mark.end)
            self._pane.viewport().update()

    def end(self) -> None:
        """Take the handles away."""
        if self._uid:
            self._uid, self._held = "", None
            self._pane.viewport().update()

    def follow(self, changed: Sequence[Annotation], removed: Sequence[str]) -> None:
        """The mark was changed or removed elsewhere."""
        if self._uid in removed:
            self.end()
        for annotation in changed:
            mark = to_mark(annotation) if annotation.uid == self._uid else None
            if mark and self._held is None:
                self._set((mark.start, mark.end))

    def handle_at(self, point: QPoint) -> int | None:
        """0 or 1 for the handle at the beginning or the end under a point."""
        if not self._uid:
            return None
        for number in (1, 0):
            if self._grip(number).adjusted(-_REACH, -_REACH, _REACH, _REACH).contains(point):
                return number
        return None

    def press(self, point: QPoint) -> bool:
        """Take hold of a handle; a press elsewhere ends the change."""
        self._held = self.handle_at(point)
        if self._held is None:
            self.end()
        return self._held is not None

    def move(self, point: QPoint) -> bool:
        if self._held is None:
            return False
        height = self._pane.viewport().height()
        y = min(max(0, point.y() - self._lift()), height - 1)
        self._put(self._held, self._pane.view.flow.position_at(point.x(), y, height))
        if point.y() < 0 or point.y() >= height:
            self._pane.scroll_by(point.y() if point.y() < 0 else point.y() - height)
        return True

    def release(self) -> bool:
        if self._held is None:
            return False
        self._held = None
        self._tell()
        return True

    def key(self, event: "QKeyEvent") -> bool:
        """Answer Shift+Alt+arrows and Escape while handles are shown."""
        if not self._uid:
            return False
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.end()
            return True
        if not moves_range(event):
            return False
        number, step = _ARROWS[Qt.Key(event.key())]
        before = self._ends
        self._put(number, moved(self._pane.view.flow, self._ends[number], step, 0, 0))
        if self._ends != before:
            self._tell()
        return True

    def paint(self, painter: QPainter) -> None:
        """Outline the stretch and draw the handles, in viewport coordinates."""
        if not self._uid:
            return
        style = self._pane.view.flow.style
        accent = style.color("accent")
        painter.setPen(accent)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for rect in self._pane.view.rects(*self._ends):
            painter.drawRect(rect.adjusted(0, 0, -1, -1))
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for number in (0, 1):
            grip, line = self._grip(number), self._line(number)
            painter.fillRect(QRect(line.left(), line.top(), 2, line.height()), accent)
            painter.setBrush(accent)
            painter.drawEllipse(grip)
        painter.restore()

    def _line(self, number: int) -> QRect:
        """The edge of the mark's first or last line in the viewport."""
        flow = self._pane.view.flow
        if number == 0:
            return flow.view_rect(self._ends[0])
        parts = self._pane.view.rects(max(self._ends[0], self._ends[1] - 1), self._ends[1])
        box = flow.box_of(self._ends[1] - 1)
        if not parts or box is None:
            return flow.view_rect(self._ends[1])
        last = parts[-1]
        x = last.left() if box.right_to_left else last.right()
        return QRect(x, last.top(), 2, last.height())

    def _grip(self, number: int) -> QRect:
        line = self._line(number)
        y = line.top() - _KNOB if number == 0 else line.bottom()
        return QRect(line.left() + 1 - _KNOB // 2, y, _KNOB, _KNOB)

    def _lift(self) -> int:
        """The knob is outside the line that its end stands on."""
        return -_KNOB if self._held == 0 else _KNOB

    def _put(self, number: int, position: int) -> None:
        start, end = self._ends
        length = len(self._pane.view.document.text)
        if number == 0:
            self._set((min(max(0, position), end - 1), end))
        else:
            self._set((start, max(start + 1, min(position, length))))

    def _set(self, ends: tuple[int, int]) -> None:
        if ends != self._ends:
            self._ends = ends
            self._pane.viewport().update()

    def _tell(self) -> None:
        mark = self._pane.view.scene.marks.get(self._uid)
        if mark and (mark.start, mark.end) != self._ends:
            self._pane.range_changed.emit(self._uid, *self._ends)
