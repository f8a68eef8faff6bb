"""The mouse over the text: selecting by character, word and paragraph, links, marks, pictures, handles."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QGuiApplication

from reader.model.document import Span
from reader.ui.reading.caret import paragraph_at, word_at
from reader.ui.reading.marks import Mark
from reader.ui.reading.page import Picture
from reader.ui.reading.range_edit import RangeEdit

if TYPE_CHECKING:
    from PySide6.QtGui import QMouseEvent, QWheelEvent

    from reader.ui.reading.pane import ReadingPane
    from reader.ui.reading.table_scroll import TableScroll

_SLACK = 4
# A reference of a digit or two is hit from so many pixels beside it.
_REACH = 6
_SHORT = 4
# Resting on a reference for so long (ms) shows its note.
_REST = 450
_SCROLL_PAUSE = 25
_FASTEST = 60


class Pointer:
    """What the left button is doing."""

    def __init__(self, pane: "ReadingPane") -> None:
        self._pane = pane
        self.range_edit = RangeEdit(pane)
        self._tables: TableScroll | None = None
        self._pressed: QPoint | None = None
        self._dragging = False
        self._unit = 1
        self._at = QPoint()
        self._had_selection = False
        self._double_clicked = QPoint(-1, -1)
        self._again = QTimer(pane)
        self._again.setSingleShot(True)
        self._rest = QTimer(pane)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST)
        self._rest.timeout.connect(self._rested)
        self._scroller = QTimer(pane)
        self._scroller.setInterval(_SCROLL_PAUSE)
        self._scroller.timeout.connect(self._scroll_on)

    def stop(self) -> None:
        """Forget any gesture that is under way."""
        self._pressed, self._dragging = None, False
        self._scroller.stop()
        self._again.stop()
        self._rest.stop()
        self._tables = None
        self.range_edit.end()

    def press(self, event: "QMouseEvent") -> None:
        point = event.position().toPoint()
        if event.button() != Qt.MouseButton.LeftButton or not self._pane.ensure():
            event.ignore()
            return
        if self.range_edit.press(point):
            return
        if (tables := self._wide_tables()) and tables.press(point):
            return
        self._rest.stop()
        self._pane.gesture_begun.emit()
        self._pressed, self._at, self._dragging = point, point, False
        self._had_selection = self._pane.selection() is not None
        if self._again.isActive() and (point - self._double_clicked).manhattanLength() <= _SLACK:
            self._again.stop()
            self._begin_unit(3, point)
        elif event.modifiers() & Qt.KeyboardModifier.ShiftModifier and self._pane.view.selection.active:
            self._unit, self._dragging = 1, True
            self._extend(point)
        else:
            self._unit = 1
            position = self._position(point)
            self._pane.change_selection(lambda: self._pane.view.selection.place(position))

    def double_click(self, event: "QMouseEvent") -> None:
        if event.button() != Qt.MouseButton.LeftButton or not self._pane.ensure():
            return
        self._pane.gesture_begun.emit()
        point = event.position().toPoint()
        self._pressed = self._at = self._double_clicked = point
        self._had_selection = False
        self._again.start(QGuiApplication.styleHints().mouseDoubleClickInterval())
        self._begin_unit(2, point)

    def move(self, event: "QMouseEvent") -> None:
        point = event.position().toPoint()
        if self.range_edit.move(point) or (self._tables and self._tables.move(point)):
            return
        if self._pressed is None:
            self._hover(point)
            return
        if not self._dragging and (point - self._pressed).manhattanLength() < _SLACK:
            return
        self._dragging = True
        self._at = point
        self._extend(point)
        outside = point.y() < 0 or point.y() >= self._pane.viewport().height()
        if outside and not self._scroller.isActive():
            self._scroller.start()
        elif not outside:
            self._scroller.stop()

    def release(self, event: "QMouseEvent") -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        if self.range_edit.release() or (self._tables and self._tables.release()):
            return
        if self._pressed is None:
            return
        point, dragged, unit = self._pressed, self._dragging, self._unit
        self._pressed, self._dragging = None, False
        self._scroller.stop()
        stretch = self._pane.selection()
        if stretch:
            self._offer_primary()
            self._pane.selection_made.emit(*stretch)
            return
        if self._had_selection:
            self._pane.selection_cleared.emit()
        if not dragged and unit == 1:
            self._click(point)

    def wheel(self, event: "QWheelEvent") -> bool:
        """Slide a wide table; False when the turn is not meant for one."""
        tables = self._wide_tables() if self._pane.ensure() else None
        return tables is not None and tables.wheel(event)

    def _wide_tables(self) -> "TableScroll | None":
        """What slides tables, while there are any in view that can."""
        view = self._pane.view
        if not any(shown.page.slides for shown in view.flow.shown(view.height)):
            return None
        if self._tables is None:
            from reader.ui.reading.table_scroll import TableScroll

            self._tables = TableScroll(self._pane)
        return self._tables

    def marks_at(self, point: QPoint) -> list[Mark]:
        """The marks under a point of the viewport, the shortest first."""
        position, view = self.position_on(point), self._pane.view
        if position is not None and view.source.hidden.at(position):
            return []
        marks = [] if position is None else view.scene.marks.at(position)
        return [*marks, *self._pane.area_marks_at(point)]

    def position_on(self, point: QPoint) -> int | None:
        """The code point whose character is under a point; None beside the text."""
        if not self._pane.ensure():
            return None
        view = self._pane.view
        nearest = self._position(point)
        for position in dict.fromkeys((self._at_fold(nearest), nearest, nearest - 1)):
            index = view.flow.chunks.index_of(max(0, position))
            box = view.flow.page(index).box_of(position)
            x, y = point.x() - view.flow.x_of(index), point.y() - view.flow.y_of(index)
            if box and box.start <= position and box.covers(position, x, y):
                return position
        return None

    def _at_fold(self, position: int) -> int:
        """`position`, or the last one of hidden text there: its sign belongs to that one."""
        view = self._pane.view
        hidden, box = view.source.hidden.at(position), view.flow.box_of(position)
        return min(hidden[1], box.end) - 1 if hidden and box and box.end > position else position

    def _position(self, point: QPoint) -> int:
        return self._pane.view.flow.position_at(point.x(), point.y(), self._pane.viewport().height())

    def _begin_unit(self, unit: int, point: QPoint) -> None:
        self._unit = unit
        start, end = self._unit_at(self._under(point))
        self._pane.change_selection(lambda: self._pane.view.selection.take_unit((start, end)))

    def _under(self, point: QPoint) -> int:
        """The character under the point, so that a word's last half letter still means that word."""
        position = self.position_on(point)
        return self._position(point) if position is None else position

    def _unit_at(self, position: int) -> tuple[int, int]:
        flow = self._pane.view.flow
        return word_at(flow, position) if self._unit == 2 else paragraph_at(flow, position)

    def _extend(self, point: QPoint) -> None:
        position = self._position(point)
        limits = self._unit_at if self._unit > 1 else None
        self._pane.change_selection(lambda: self._pane.view.selection.extend(position, limits))

    def _scroll_on(self) -> None:
        """Scroll while the button is held outside, the faster the farther."""
        height = self._pane.viewport().height()
        beyond = self._at.y() - height + 1 if self._at.y() >= height else self._at.y()
        speed = max(-_FASTEST, min(_FASTEST, beyond))
        self._pane.scroll_by(speed + (6 if beyond > 0 else -6))
        edge = min(max(self._at.y(), 0), height - 1)
        self._extend(QPoint(self._at.x(), edge))

    def _offer_primary(self) -> None:
        """What the middle button pastes on X11."""
        clipboard = QGuiApplication.clipboard()
        if clipboard.supportsSelection():
            clipboard.setText(self._pane.selected_text(), clipboard.Mode.Selection)

    def _click(self, point: QPoint) -> None:
        picture = self._picture_at(point)
        if picture is not None:
            self._pane.image_activated.emit(picture.asset)
            return
        position = self.position_on(point)
        if position is None or not (self._pane.view.link_at(position) or self._pane.view.scene.marks.at(position)):
            reference = self._reference_near(point)
            position = reference.start if reference else position
        if not (position is not None and self.activate(position, point)) and not self._pane.click_on_page(point):
            self._pane.text_clicked.emit()

    def activate(self, position: int, point: QPoint) -> bool:
        """Follow the link at a position, or offer its marks; a mark that lies within a link comes before it.

        On the sign of hidden text nothing but that is meant.
        """
        hidden = self._pane.view.source.hidden.at(position)
        if hidden:
            self._pane.hidden_activated.emit(*hidden)
            return True
        link = self._pane.view.link_at(position)
        marks = [*self._pane.view.scene.marks.at(position), *self._pane.area_marks_at(point)]
        inner = [
            mark for mark in marks if link is None or mark.rects or (link.start <= mark.start and mark.end <= link.end)
        ]
        if inner:
            self._pane.annotation_activated.emit([mark.uid for mark in marks], point)
        elif link and self._pane.view.note_of(link):
            self._pane.show_note(link.href, point)
        elif link:
            self._pane.link_activated.emit(link.href)
        return bool(inner or link)

    def link_rect(self, point: QPoint) -> QRect:
        """Round the link at a point of the viewport; the point where there is none."""
        link = self._link_on(point)
        rects = self._pane.view.rects(link.start, link.end) if link else []
        return min(rects, key=lambda rect: abs(rect.center().y() - point.y())) if rects else QRect(point, QSize(1, 1))

    def _link_on(self, point: QPoint) -> Span | None:
        """The link under a point, or the reference close by."""
        position = self.position_on(point)
        link = self._pane.view.link_at(position) if position is not None else None
        return link or (self._reference_near(point) if self._pane.view.has_flow else None)

    def _reference_near(self, point: QPoint) -> Span | None:
        """The short inside link a few pixels beside a point: "12" above the line is not much to hit."""
        for beside in (-_REACH, _REACH):
            position = self.position_on(point + QPoint(beside, 0))
            link = self._pane.view.link_at(position) if position is not None else None
            if link and link.href.startswith("#") and link.end - link.start <= _SHORT:
                return link
        return None

    def _rest_on(self, link: Span | None, point: QPoint) -> None:
        """A note comes up when the pointer rests on its reference, and goes when it leaves."""
        pane = self._pane
        if link is None or not pane.view.note_of(link):
            self._rest.stop()
            if pane.note:
                pane.note.pointer_gone()
            return
        self._at = point
        if pane.note:
            pane.note.pointer_back()
        self._rest.start()

    def _rested(self) -> None:
        link = self._link_on(self._at) if self._pressed is None else None
        if link:
            self._pane.show_note(link.href, self._at, by_itself=True)

    def _picture_at(self, point: QPoint) -> Picture | None:
        view = self._pane.view
        for shown in view.flow.shown(view.height):
            picture = shown.page.picture_at(point.x() - shown.x, point.y() - shown.y)
            if picture and picture.found:
                return picture
        return None

    def _hover(self, point: QPoint) -> None:
        shape = Qt.CursorShape
        position = self.position_on(point)
        link = self._link_on(point)
        self._rest_on(link, point)
        hidden = position is not None and self._pane.view.source.hidden.at(position)
        wanted = shape.IBeamCursor
        if self.range_edit.handle_at(point) is not None:
            wanted = shape.SizeHorCursor
        elif self._pane.view.has_flow and (tables := self._wide_tables()) and tables.over_bar(point):
            wanted = shape.ArrowCursor
        elif (
            link
            or hidden
            or self._pane.page_link_at(point)
            or (position is None and self._pane.view.has_flow and self._picture_at(point))
        ):
            wanted = shape.PointingHandCursor
        if self._pane.viewport().cursor().shape() != wanted:
            self._pane.viewport().setCursor(wanted)
