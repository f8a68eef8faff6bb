"""The reading pane: one document as a column of text, with its marks, a selection and a caret.

All positions that come in or go out are code points of the document's text, ends exclusive. Points and
rectangles are in the viewport's coordinates.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import cast

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QHelpEvent,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QToolTip, QWidget

from reader.model.annotation import DEFAULT_CATEGORY_NAMES, Annotation, Color
from reader.model.document import Document
from reader.ui.reading.keyboard import Keyboard
from reader.ui.reading.kicker import kicker_of
from reader.ui.reading.paint import paint
from reader.ui.reading.pointer import Pointer
from reader.ui.reading.view import View
from reader.ui.theme import Theme, load_theme
from reader.ui.typography import Typography

_VISIBLE_PAUSE = 40
_POSITION_PAUSE = 400
_NEAR_SCREENS = 3


class ReadingPane(QAbstractScrollArea):
    """Shows a document and says what the reader does with it."""

    selection_made = Signal(int, int)
    selection_cleared = Signal()
    annotation_activated = Signal(list, QPoint)
    range_changed = Signal(str, int, int)
    link_activated = Signal(str)
    visible_changed = Signal(int, int)
    position_changed = Signal(int, float)
    zoom_requested = Signal(int)
    image_activated = Signal(str)
    context_menu_requested = Signal(QPoint)
    first_painted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setAccessibleName("Text")
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.viewport().setMouseTracking(True)
        self.viewport().setCursor(Qt.CursorShape.IBeamCursor)
        self.view = View(load_theme("light"), Typography())
        self._category_names: dict[Color, str] = dict(DEFAULT_CATEGORY_NAMES)
        self._syncing = False
        self._painted = False
        self._visible = (-1, -1)
        self._visible_timer = self._single_shot(_VISIBLE_PAUSE, self._tell_visible)
        self._position_timer = self._single_shot(_POSITION_PAUSE, self._tell_position)
        self.pointer = Pointer(self)
        self.keyboard = Keyboard(self)

    # The document

    def set_document(
        self,
        document: Document,
        annotations: Sequence[Annotation],
        *,
        position: int = 0,
        load_asset: Callable[[str], bytes] = lambda _: b"",
    ) -> None:
        """Show `document` with `position` at the top; nothing is laid out before it is painted or asked for."""
        self._stop()
        self.view.open(document, annotations, load_asset, position)
        self.view.scene.kicker = kicker_of(document.metadata)
        self._painted = False
        self._visible = (-1, -1)
        self._moved()

    def clear(self) -> None:
        """Show no document."""
        self.set_document(Document(""), ())

    def set_kicker(self, text: str) -> None:
        """Replace the small line above the title ("Harlow Courier · 2 April · Opinion")."""
        if text != self.view.scene.kicker:
            self.view.set_kicker(text)
            self._moved()

    def set_annotations_changed(
        self, added: Sequence[Annotation], updated: Sequence[Annotation], removed: Sequence[Annotation]
    ) -> None:
        """Take over changed marks; only the lines they stand on are painted again."""
        touched = self.view.scene.marks.change([a.uid for a in removed], [*added, *updated])
        self.pointer.range_edit.follow([*added, *updated], [a.uid for a in removed])
        for start, end in touched:
            self.repaint_stretch(start, end)

    def set_theme(self, theme: Theme) -> None:
        self.view.set_look(theme=theme)
        self._moved()

    def set_typography(self, typography: Typography) -> None:
        """Set the text in another face, size or width; the line at the top stays."""
        self.view.set_look(typography=typography)
        self._moved()

    def set_category_names(self, names: dict[Color, str]) -> None:
        self._category_names = {**DEFAULT_CATEGORY_NAMES, **names}

    # Selection

    def select(self, start: int, end: int) -> None:
        """Select a stretch without a signal; the text does not move."""
        self.change_selection(lambda: self.view.selection.take(start, end))

    def selection(self) -> tuple[int, int] | None:
        return self.view.selection.range

    def selected_text(self) -> str:
        """The selected text, line ends of hard-wrapped paragraphs as spaces."""
        stretch = self.selection()
        return self.view.shown_text(*stretch) if stretch else ""

    def clear_selection(self) -> None:
        """Select nothing; says so when something was selected."""
        had = self.selection() is not None
        self.change_selection(self.view.selection.drop)
        if had:
            self.selection_cleared.emit()

    def change_selection(self, change: Callable[[], object]) -> None:
        """Do `change` to the selection and paint the difference."""
        before, caret = self.view.selection.range, self.view.scene.caret
        change()
        after = self.view.selection.range
        self.view.scene.selection = after
        for start, end in _difference(before, after):
            self.repaint_stretch(start, end)
        self.keyboard.show_caret(caret)

    # Places

    def go_to(self, position: int, *, end: int | None = None, flash: bool = True) -> None:
        """Bring `position` (to `end`) into view, moving as little as a reader would want, and light it up."""
        self.ensure()
        self.view.reveal(position, end)
        self._moved()
        if flash:
            self.keyboard.flash(*self.view.flashed(position, end))

    def top_position(self) -> int:
        """The code point that begins the first visible line."""
        self.ensure()
        return self.view.eye_position()

    def visible_range(self) -> tuple[int, int]:
        self.ensure()
        return self.view.visible_range()

    def selection_rect(self) -> QRect:
        """Round the visible part of the selection; empty when there is none."""
        stretch = self.selection()
        return self._bounds(*stretch) if stretch else QRect()

    def annotation_rect(self, uid: str) -> QRect:
        """Round the visible part of a mark; empty when there is none."""
        mark = self.view.scene.marks.get(uid)
        return self._bounds(mark.start, mark.end) if mark else QRect()

    def _bounds(self, start: int, end: int) -> QRect:
        self.ensure()
        rect = QRect()
        for part in self.view.rects(start, end):
            rect = rect.united(part)
        return rect

    # Hits, current mark, range

    def set_find_hits(self, hits: Sequence[tuple[int, int]], current_index: int = -1) -> None:
        """Show hits (sorted stretches); the current one is brought into view."""
        self.view.scene.hits = hits
        current = hits[current_index] if 0 <= current_index < len(hits) else None
        self.view.scene.current_hit = current
        if current:
            self.ensure()
            self.view.reveal(*current)
            self._moved()
        self.viewport().update()

    def set_current_annotation(self, uid: str | None) -> None:
        """Outline one mark."""
        before, self.view.scene.current_mark = self.view.scene.current_mark, uid
        for changed in {before, uid} - {None}:
            mark = self.view.scene.marks.get(str(changed))
            if mark:
                self.repaint_stretch(mark.start, mark.end)

    def begin_range_edit(self, uid: str) -> None:
        """Put handles on the ends of a mark: they are dragged, or moved by Shift+Alt+arrows, until Escape."""
        self.ensure()
        self.pointer.range_edit.begin(uid)

    # Painting and moving

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
                self.viewport().update(rect.adjusted(-3, -3, 14, 3))

    def scroll_by(self, delta: int) -> None:
        """Move the text up by `delta` pixels."""
        if self.ensure():
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() + delta)

    def moved(self) -> None:
        """The window's place in the text was changed through the view."""
        self._moved()

    def _moved(self) -> None:
        self._sync()
        self.viewport().update()
        self._announce()

    def _announce(self) -> None:
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
        self._syncing = False

    def scrollContentsBy(self, _dx: int, _dy: int) -> None:
        if self._syncing or not self.ensure():
            return
        flow, height = self.view.flow, self.viewport().height()
        index, before = flow.index, -flow.offset
        value = self.verticalScrollBar().value()
        if abs(value - flow.scroll) <= _NEAR_SCREENS * height and value < self.verticalScrollBar().maximum():
            flow.scroll_by(value - flow.scroll, height)
        else:
            flow.scroll_to(value, height)
        self.view.eye = None
        shift = flow.y_of(index) - before
        if abs(shift) < height:
            self.viewport().scroll(0, shift, self.viewport().rect())
        else:
            self.viewport().update()
        self._sync()
        self._announce()

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self.ensure():
            return
        painter = QPainter(self.viewport())
        for rect in cast("Iterable[QRect]", event.region()):
            painter.setClipRect(rect)
            paint(painter, rect, self.viewport().height(), self.view.flow, self.view.scene)
            self.pointer.range_edit.paint(painter)
        painter.end()
        self._sync()
        if not self._painted:
            self._painted = True
            QTimer.singleShot(0, self, self.first_painted.emit)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.view.has_flow:
            self._announce()

    # Events that others answer

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.keyboard.press(event):
            event.ignore()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        self.keyboard.release(event)
        super().keyReleaseEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self.keyboard.wants(event):
            event.accept()
            return True
        return super().event(event)

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            self._show_tip(event)
            return True
        return super().viewportEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.pointer.press(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.pointer.move(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.pointer.release(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.pointer.double_click(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if event.angleDelta().y():
                self.zoom_requested.emit(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
            return
        super().wheelEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        point = event.pos()
        if event.reason() == QContextMenuEvent.Reason.Keyboard and self.ensure():
            point = self.view.flow.view_rect(self.view.selection.caret).bottomLeft()
        self.context_menu_requested.emit(point)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.keyboard.show_caret(None)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.keyboard.hide_caret()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._stop()

    # Inner

    def _stop(self) -> None:
        self.pointer.stop()
        self.keyboard.stop()
        self._visible_timer.stop()
        self._position_timer.stop()

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

    def _tell_position(self) -> None:
        if self.isVisible() and self.ensure():
            self.position_changed.emit(self.view.eye_position(), self.view.progress())

    def _show_tip(self, event: QHelpEvent) -> None:
        """Name the categories and notes of the marks under the pointer."""
        lines: list[str] = []
        for mark in self.pointer.marks_at(event.pos()):
            name = self._category_names[Color(mark.color)]
            lines.append(f"{name}: {mark.note[:300]}" if mark.note else name)
        if lines:
            QToolTip.showText(event.globalPos(), "\n".join(lines), self.viewport())
        else:
            QToolTip.hideText()


def _difference(before: tuple[int, int] | None, after: tuple[int, int] | None) -> list[tuple[int, int]]:
    """The stretches that are in one but not in the other."""
    if before is None or after is None or before[1] <= after[0] or after[1] <= before[0]:
        return [stretch for stretch in (before, after) if stretch]
    ends = sorted((*before, *after))
    return [(low, high) for low, high in ((ends[0], ends[1]), (ends[2], ends[3])) if low < high]
