"""What the mouse does to pages beside selecting text: enlarging, drawing areas, links, trying again."""

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QEvent, QPoint, QRect, Qt
from PySide6.QtGui import QColor, QNativeGestureEvent, QPainter, QPen, QWheelEvent

from reader.ui.reading.marks import Mark
from reader.ui.reading.pages.area_edit import AreaEdit
from reader.ui.reading.pages.painting import again_rect, area_rects
from reader.ui.reading.pages.sheets import SheetPage

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QMouseEvent

    from reader.ui.reading.pane import ReadingPane

_NOTCH = 120
_SMALLEST = 6
_KIND = QEvent.Type


class PageHand:
    """Sees the events of the viewport before the text does. Points are the viewport's."""

    def __init__(self, pane: "ReadingPane") -> None:
        self._pane = pane
        self._area_mode = False
        self._page = -1
        self._from = self._to = QPoint()
        self.area_edit = AreaEdit(pane)

    def set_area_mode(self, on: bool) -> None:
        self._area_mode = on
        self._show_cross(on)

    def takes(self, event: QEvent) -> bool:
        """Answer an event that is meant for pages."""
        match event.type():
            case _KIND.Wheel:
                return self._wheel(cast("QWheelEvent", event))
            case _KIND.NativeGesture:
                return self._pinch(cast("QNativeGestureEvent", event))
            case _KIND.MouseButtonPress:
                return self._press(cast("QMouseEvent", event))
            case _KIND.MouseMove:
                return self._move(cast("QMouseEvent", event))
            case _KIND.MouseButtonRelease:
                return self._release(cast("QMouseEvent", event))
            case _:
                return False

    def takes_key(self, event: "QKeyEvent", *, dry: bool) -> bool:
        """Answer a key that is meant for areas; with `dry` only whether it is."""
        if event.key() == Qt.Key.Key_Escape and self.let_go(dry=dry):
            return True
        return self.area_edit.wants(event) if dry else self.area_edit.key(event)

    def let_go(self, *, dry: bool = False) -> bool:
        """Draw no area; whether one was being drawn, or was to be. With `dry` only the answer."""
        active = self._page >= 0 or self._area_mode
        if active and not dry:
            self._page = -1
            self.set_area_mode(False)
            self._pane.viewport().update()
        return active

    def paint(self, painter: QPainter) -> None:
        """The area that is being drawn, or changed."""
        self.area_edit.paint(painter)
        if self._page >= 0:
            color = QColor(self._pane.view.flow.style.color("accent"))
            painter.setPen(QPen(color, 1, Qt.PenStyle.DashLine))
            painter.drawRect(self._rect().adjusted(0, 0, -1, -1))
            color.setAlphaF(0.12)
            painter.fillRect(self._rect(), color)

    def areas(self) -> list[tuple[QRect, Mark]]:
        """The area marks in view and where they are."""
        view = self._pane.view
        found: list[tuple[QRect, Mark]] = []
        for shown in view.flow.shown(view.height) if view.has_flow else ():
            if isinstance(shown.page, SheetPage):
                for mark in view.scene.marks.areas(shown.index):
                    rects = area_rects(shown.page, mark)
                    found += [(rect.translated(shown.x, shown.y), mark) for rect in rects]
        return found

    def link_at(self, point: QPoint) -> str:
        """Where the link at a point leads."""
        flow, stage = self._pane.view.page_flow, self._pane.view.stage
        if flow is None or stage is None:
            return ""
        page = flow.page_near(point)
        turn, corner = flow.page(page).turn, flow.page_rect(page).topLeft()
        return next((link.href for link in stage.links(page) if turn.rect(link.rect).contains(point - corner)), "")

    def click(self, point: QPoint) -> bool:
        """Answer a click beside the text."""
        pane = self._pane
        marks = pane.area_marks_at(point)
        if marks:
            pane.annotation_activated.emit([mark.uid for mark in marks], point)
            return True
        href = self.link_at(point)
        if href:
            pane.link_activated.emit(href)
            return True
        return self._try_again(point)

    def _try_again(self, point: QPoint) -> bool:
        flow, stage = self._pane.view.page_flow, self._pane.view.stage
        if flow is None or stage is None:
            return False
        page = flow.page_near(point)
        hit = bool(stage.tiles.trouble(page)) and again_rect(flow.page_rect(page)).contains(point)
        if hit:
            stage.tiles.try_again(page)
        return hit

    # Enlarging

    def _wheel(self, event: QWheelEvent) -> bool:
        turned = event.angleDelta().y() or event.angleDelta().x()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._pane.zoom_about(event.position().toPoint(), turned / _NOTCH)
        elif event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            bar = self._pane.horizontalScrollBar()
            bar.setValue(bar.value() - (event.pixelDelta().y() or turned * 3 * bar.singleStep() // _NOTCH))
        else:
            return False
        event.accept()
        return True

    def _pinch(self, event: QNativeGestureEvent) -> bool:
        if event.gestureType() != Qt.NativeGestureType.ZoomNativeGesture:
            return False
        point = event.position().toPoint()
        self._pane.set_zoom(self._pane.zoom() * (1.0 + event.value()), about=point)
        return True

    # Areas

    def _press(self, event: "QMouseEvent") -> bool:
        point = event.position().toPoint()
        if event.button() == Qt.MouseButton.LeftButton and self.area_edit.press(point):
            return True
        wanted = self._area_mode or event.modifiers() == Qt.KeyboardModifier.AltModifier
        flow = self._pane.view.page_flow if wanted and event.button() == Qt.MouseButton.LeftButton else None
        page = flow.page_near(point) if flow else -1
        if flow is None or not flow.page_rect(page).contains(point):
            return False
        self._page, self._from, self._to = page, point, point
        return True

    def _move(self, event: "QMouseEvent") -> bool:
        if self._page >= 0:
            before = self._rect()
            self._to = event.position().toPoint()
            self._pane.viewport().update(before.united(self._rect()).adjusted(-2, -2, 2, 2))
            return True
        point = event.position().toPoint()
        if self.area_edit.move(point):
            return True
        idle = event.buttons() == Qt.MouseButton.NoButton
        wanted = idle and (self._area_mode or event.modifiers() == Qt.KeyboardModifier.AltModifier)
        shape = self.area_edit.cursor(point) if idle and not wanted else None
        if wanted:
            self._show_cross(True)
        elif shape is not None:
            self._pane.viewport().setCursor(shape)
        return wanted or shape is not None

    def _release(self, event: "QMouseEvent") -> bool:
        if self.area_edit.release():
            return True
        flow = self._pane.view.page_flow
        if self._page < 0 or flow is None:
            return False
        self._to = event.position().toPoint()
        page, rect = self._page, self._rect()
        self._page = -1
        self.set_area_mode(False)
        self._pane.viewport().update()
        if min(rect.width(), rect.height()) >= _SMALLEST:
            corner = flow.page_rect(page).topLeft()
            self._pane.area_made.emit(page, flow.page(page).turn.fractions(rect.translated(-corner)))
        return True

    def _rect(self) -> QRect:
        """What is drawn, cut to its page."""
        flow = self._pane.view.page_flow
        rect = QRect(self._from, self._to).normalized()
        return rect.intersected(flow.page_rect(self._page)) if flow else rect

    def _show_cross(self, on: bool) -> None:
        shape = Qt.CursorShape.CrossCursor if on else Qt.CursorShape.IBeamCursor
        self._pane.viewport().setCursor(shape)
