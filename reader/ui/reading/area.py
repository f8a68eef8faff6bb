"""The scrolling half of the pane: what is set for the present size, where the window stands in it, painting."""

from collections.abc import Callable, Iterable
from typing import cast

from PySide6.QtCore import QRect, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from reader.ui.reading.paint import paint
from reader.ui.reading.view import View
from reader.ui.theme import load_theme
from reader.ui.typography import Typography

_VISIBLE_PAUSE = 40
_POSITION_PAUSE = 400
_NEAR_SCREENS = 3
_MOST_MOVED = 0.75


def bands(rects: Iterable[QRect]) -> list[QRect]:
    """The rectangles of a region, from top to bottom, with those as one that touch: each is drawn in one go.

    What lies between them is drawn too, but nothing of it is seen: Qt keeps everything within the region.
    """
    found: list[QRect] = []
    for rect in rects:
        if found and rect.top() <= found[-1].bottom() + 1:
            found[-1] |= rect
        else:
            found.append(QRect(rect))
    return found


class FlowArea(QAbstractScrollArea):
    """A scroll area over a view: its scroll bar is a picture of where the text stands, not the other way round."""

    scrolled = Signal()
    visible_changed = Signal(int, int)
    position_changed = Signal(int, float)
    first_painted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        # One of our own making: asked for a widget that Qt made, PySide first builds the classes of all (15 ms).
        self.setViewport(QWidget())
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.viewport().setMouseTracking(True)
        self.viewport().setCursor(Qt.CursorShape.IBeamCursor)
        self.view = View(load_theme("light"), Typography())
        self.view.picture_came = self._picture_came
        self._syncing = False
        self._painted = False
        self._visible = (-1, -1)
        self._first_timer = self._single_shot(0, lambda: self.after_first_paint())
        self._visible_timer = self._single_shot(_VISIBLE_PAUSE, self._tell_visible)
        self._position_timer = self._single_shot(_POSITION_PAUSE, self._tell_position)

    def after_first_paint(self) -> None:
        """The first page of a document is on the screen."""
        self.first_painted.emit()
        QTimer.singleShot(0, self, self.after_answers)

    def after_answers(self) -> None:
        """All that answers to the first page has had its turn."""

    def paint_document(self, painter: QPainter, clip: QRect) -> None:
        """Draw the part `clip` of what the viewport shows."""
        paint(painter, clip, self.viewport().height(), self.view.flow, self.view.scene)

    def paint_over(self, painter: QPainter) -> None:
        """Draw what lies over the text."""

    def restart(self) -> None:
        """Another document is in the view."""
        self._painted = False
        self._visible = (-1, -1)
        self._first_timer.stop()
        self.moved()

    def stop_telling(self) -> None:
        self._first_timer.stop()
        self._visible_timer.stop()
        self._position_timer.stop()

    def ensure(self) -> bool:
        """Have the text set for the present size; False while there is no room for it."""
        size = self.viewport().size()
        if self.view.ensure(size.width(), size.height()):
            self._sync()
            return True
        return self.view.has_flow

    def repaint_stretch(self, start: int, end: int) -> None:
        """Paint the lines again that hold `start..end`."""
        if self.view.has_flow:
            for rect in self.view.rects(start, end):
                self.viewport().update(rect.adjusted(-24, -8, 24, 3))

    def _picture_came(self, name: str) -> None:
        from shiboken6 import isValid

        # An image may still be on its way when its pane is gone.
        if isValid(self) and self.view.has_flow:
            for rect in self.view.picture_rects(name):
                self.viewport().update(rect)

    def scroll_by(self, delta: int) -> None:
        """Move the text up by `delta` pixels."""
        if self.ensure():
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() + delta)

    def moved(self) -> None:
        """The window's place in the text, or its look, was changed through the view."""
        self._sync()
        self.viewport().update()
        self._announce()

    def _announce(self) -> None:
        self.scrolled.emit()
        self._visible_timer.start()
        self._position_timer.start()

    def _sync(self) -> None:
        """Let the scroll bar show where the text stands."""
        if not self.view.has_flow:
            return
        bar, flow, height = self.verticalScrollBar(), self.view.flow, self.viewport().height()
        self._syncing = True
        bar.setRange(0, max(0, flow.total - height))
        bar.setPageStep(max(1, height - 2 * flow.style.body.pitch))
        bar.setSingleStep(flow.style.body.pitch)
        bar.setValue(flow.scroll)
        # With nothing to scroll its handle is not drawn; its room stays, so that the column does not jump.
        bar.setEnabled(bar.maximum() > 0)
        self._syncing = False

    def scrollContentsBy(self, _dx: int, _dy: int) -> None:
        if self._syncing or not self.ensure():
            return
        flow, height = self.view.flow, self.viewport().height()
        index, before = flow.top_item()
        value = self.verticalScrollBar().value()
        if abs(value - flow.scroll) <= _NEAR_SCREENS * height and value < self.verticalScrollBar().maximum():
            flow.scroll_by(value - flow.scroll, height)
        else:
            flow.scroll_to(value, height)
        self.view.eye = None
        shift = flow.y_of(index) - before
        # Moving pixels is worth it where many of them stay.
        if abs(shift) < height * _MOST_MOVED and not self._covered():
            self.viewport().scroll(0, shift, self.viewport().rect())
        else:
            self.viewport().update()
        self._sync()
        self._announce()

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self.ensure():
            return
        painter = QPainter(self.viewport())
        for rect in bands(cast("Iterable[QRect]", event.region())):
            painter.setClipRect(rect)
            self.paint_document(painter, rect)
            self.paint_over(painter)
        painter.end()
        if not self.view.flow.fixed:
            # What was only estimated is known better now.
            self._sync()
        if not self._painted:
            self._painted = True
            self._first_timer.start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.view.has_flow:
            self._announce()

    def _covered(self) -> bool:
        """Whether something floats over the text: its pixels must not move along with the text's."""
        return any(isinstance(child, QWidget) and child.isVisible() for child in self.viewport().children())

    def _single_shot(self, pause: int, call: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(pause)
        timer.timeout.connect(call)
        return timer

    def _tell_visible(self) -> None:
        if self.isVisible() and self.ensure() and (visible := self.view.visible_range()) != self._visible:
            self._visible = visible
            self.visible_changed.emit(*visible)

    def tell_position(self) -> None:
        """Say now where the reader is, if that is still to be said."""
        if self._position_timer.isActive():
            self._position_timer.stop()
            self._tell_position()

    def _tell_position(self) -> None:
        if self.isVisible() and self.ensure():
            self.position_changed.emit(self.view.eye_position(), self.view.progress())
