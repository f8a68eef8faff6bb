"""The reading pane: one document as a column of text, with its marks, a selection and a caret.

All positions that come in or go out are code points of the document's text, ends exclusive. Points and
rectangles are in the viewport's coordinates.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, Signal
from PySide6.QtWidgets import QWidget

from reader.model.annotation import DEFAULT_CATEGORY_NAMES, Annotation, Color
from reader.model.document import Document
from reader.ui.reading.keyboard import Keyboard
from reader.ui.reading.kicker import kicker_of
from reader.ui.reading.paged_area import PagedArea
from reader.ui.reading.pointer import Pointer
from reader.ui.reading.selection import difference
from reader.ui.reading.stretches import Stretch
from reader.ui.theme import Theme
from reader.ui.typography import Typography

if TYPE_CHECKING:
    # Named as text below: Qt's event types cost some milliseconds, and the first page needs few of them.
    from PySide6.QtGui import (
        QContextMenuEvent,
        QFocusEvent,
        QHelpEvent,
        QHideEvent,
        QKeyEvent,
        QMouseEvent,
        QPainter,
        QWheelEvent,
    )

    from reader.ui.reading.accessible import PaneAccessible, PaneText
    from reader.ui.reading.note_popup import NotePopup
    from reader.ui.reading.pages.source import PageSource
    from reader.ui.reading.scroll_tip import ScrollTip


class ReadingPane(PagedArea):
    """Shows a document and says what the reader does with it."""

    gesture_begun = Signal()
    selection_made = Signal(int, int)
    selection_cleared = Signal()
    escape_pressed = Signal()
    leaving = Signal()
    annotation_activated = Signal(list, QPoint)
    text_clicked = Signal()
    range_changed = Signal(str, int, int)
    link_activated = Signal(str)
    note_requested = Signal(str, QPoint)
    hidden_activated = Signal(int, int)
    zoom_requested = Signal(int)
    image_activated = Signal(str)
    context_menu_requested = Signal(QPoint)

    # Of the class, because a screen reader may ask while a pane is still being made.
    _accessible_text: "PaneText | None" = None
    _accessible: "PaneAccessible | None" = None

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.note: NotePopup | None = None
        self._scroll_tip: ScrollTip | None = None
        self.setAccessibleName("Text")
        self._category_names: dict[Color, str] = dict(DEFAULT_CATEGORY_NAMES)
        self.selection_made.connect(self._say_selection)
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
        hidden: Iterable[Stretch] = (),
        faded: Iterable[Stretch] = (),
        pages: "PageSource | None" = None,
    ) -> None:
        """Show `document` with `position` at the top; nothing is laid out before it is painted or asked for.

        `hidden` and `faded` are as for `set_hidden` and `set_faded`. With `pages` a document that has sheets is shown
        as these, else as text; the pane asks `pages` nothing any more once it shows another document.
        """
        self._stop()
        stage = self.new_stage(document, pages)
        self.view.open(document, annotations, load_asset, position, hidden=hidden, faded=faded, stage=stage)
        self.view.scene.kicker = kicker_of(document.metadata)
        self.restart()

    def clear(self) -> None:
        """Show no document."""
        self.set_document(Document(""), ())

    def set_hidden(self, ranges: Iterable[Stretch]) -> None:
        """Leave these stretches of the text out: a thin line or a sign stands for them; positions stay as they are."""
        self._set_again(self.view.set_hidden(ranges))

    def set_faded(self, ranges: Iterable[Stretch]) -> None:
        """Draw these stretches muted, with a dotted bar beside them."""
        self._set_again(self.view.set_faded(ranges))

    def _set_again(self, changed: bool) -> None:
        if changed and self.view.has_flow:
            self.ensure()
        if changed:
            self.moved()

    def set_kicker(self, text: str) -> None:
        """Replace the small line above the title ("Harlow Courier · 2 April · Opinion")."""
        if text != self.view.scene.kicker:
            self.view.set_kicker(text)
            self.moved()

    def set_annotations_changed(
        self, added: Sequence[Annotation], updated: Sequence[Annotation], removed: Sequence[Annotation]
    ) -> None:
        """Take over changed marks; only the lines they stand on are painted again."""
        touched = self.view.scene.marks.change([a.uid for a in removed], [*added, *updated])
        self.pointer.range_edit.follow([*added, *updated], [a.uid for a in removed])
        for start, end in touched:
            self.repaint_stretch(start, end)
        self.areas_changed([*added, *updated], removed)
        if self.note:
            self.note.pane.viewport().update()

    def set_theme(self, theme: Theme) -> None:
        if self.view.set_look(theme=theme):
            self.moved()

    def set_typography(self, typography: Typography) -> None:
        """Set the text in another face, size or width; the line at the top stays."""
        if self.view.set_look(typography=typography):
            self.moved()

    def set_category_names(self, names: dict[Color, str]) -> None:
        self._category_names = {**DEFAULT_CATEGORY_NAMES, **names}

    # Selection

    def select(self, start: int, end: int) -> None:
        """Select a stretch without a signal; the text does not move."""
        self.change_selection(lambda: self.view.selection.take(start, end))

    def choose(self, start: int, end: int) -> None:
        """Select a stretch as the reader does by hand: its end comes into view, and it is told."""
        self.select(start, end)
        if self.ensure() and self.view.show_caret(end):
            self.moved()
        if end > start:
            self.selection_made.emit(start, end)

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
        for start, end in difference(before, after):
            self.repaint_stretch(start, end)
        self.keyboard.show_caret(caret)
        if self.note:
            self.note.follow_selection(after)
        if self.isVisible():
            self._tell_screen_reader()

    def place_caret(self, position: int) -> None:
        """Put the caret at `position` with nothing selected, and into view."""
        self.change_selection(lambda: self.view.selection.place(position))
        if self.ensure() and self.view.show_caret(position):
            self.moved()

    # Places

    def go_to(self, position: int, *, end: int | None = None, flash: bool = True, at_top: bool = False) -> None:
        """Bring `position` (to `end`) into view, moving as little as a reader would want, and light it up.

        `at_top` makes its line the first one, in view already or not.
        """
        self.ensure()
        if at_top:
            self.view.put_at_top(position)
        else:
            self.view.reveal(position, end)
        self.moved()
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
        if mark and mark.rects:
            return self.area_rect(mark)
        return self._bounds(*self.view.source.hidden.trimmed(mark.start, mark.end)) if mark else QRect()

    def _bounds(self, start: int, end: int) -> QRect:
        """Round a stretch where it is seen: in the note that is open, else on the page."""
        self.ensure()
        rect = self.note.rect_of(start, end) if self.note else QRect()
        if not rect.isEmpty():
            return rect
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
            self.moved()
        self.viewport().update()

    def set_outlined(self, stretch: tuple[int, int] | None) -> None:
        """Frame the stretch that something is asked about; None for nothing."""
        if stretch != self.view.scene.outlined:
            self.view.scene.outlined = stretch
            self.viewport().update()

    def set_current_annotation(self, uid: str | None) -> None:
        """Outline one mark."""
        before, self.view.scene.current_mark = self.view.scene.current_mark, uid
        for changed in {before, uid} - {None}:
            mark = self.view.scene.marks.get(str(changed))
            if mark and mark.rects:
                self.viewport().update(self.area_rect(mark))
            elif mark:
                self.repaint_stretch(mark.start, mark.end)
        if self.note:
            self.note.pane.set_current_annotation(uid)

    def begin_range_edit(self, uid: str) -> None:
        """Put handles on a mark's ends, all round an area: dragged, or moved by Shift+Alt+arrows, until Escape."""
        self.ensure()
        if not self.begin_area_edit(uid) and not (self.note and self.note.edit_range(uid)):
            self.pointer.range_edit.begin(uid)

    def show_note(self, href: str, point: QPoint, *, by_itself: bool = False) -> None:
        """Show the footnote that an inside link at `point` leads to; one that comes `by_itself` leaves the keyboard."""
        if self.note is None:
            from reader.ui.reading.note_popup import NotePopup

            self.note = NotePopup(self)
        self.note.show_note(href, self.pointer.link_rect(point), by_itself=by_itself)
        self.note_requested.emit(href, point)

    # Events that others answer

    def keyPressEvent(self, event: "QKeyEvent") -> None:
        if not self.keyboard.press(event):
            event.ignore()

    def keyReleaseEvent(self, event: "QKeyEvent") -> None:
        self.keyboard.release(event)
        super().keyReleaseEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and self.keyboard.wants(cast("QKeyEvent", event)):
            event.accept()
            return True
        return super().event(event)

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip:
            from reader.ui.reading.tips import show_tip

            show_tip(self, cast("QHelpEvent", event), self._category_names)
            return True
        return super().viewportEvent(event)

    def mousePressEvent(self, event: "QMouseEvent") -> None:
        self.pointer.press(event)

    def mouseMoveEvent(self, event: "QMouseEvent") -> None:
        self.pointer.move(event)

    def mouseReleaseEvent(self, event: "QMouseEvent") -> None:
        self.pointer.release(event)

    def mouseDoubleClickEvent(self, event: "QMouseEvent") -> None:
        self.pointer.double_click(event)

    def wheelEvent(self, event: "QWheelEvent") -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if event.angleDelta().y():
                self.zoom_requested.emit(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
        elif not self.pointer.wheel(event):
            super().wheelEvent(event)

    def contextMenuEvent(self, event: "QContextMenuEvent") -> None:
        point = event.pos()
        if event.reason() == event.Reason.Keyboard and self.ensure():
            point = self.view.flow.view_rect(self.view.selection.caret).center()
        self.context_menu_requested.emit(point)

    def focusInEvent(self, event: "QFocusEvent") -> None:
        super().focusInEvent(event)
        self.keyboard.show_caret(None)

    def focusOutEvent(self, event: "QFocusEvent") -> None:
        super().focusOutEvent(event)
        self.keyboard.hide_caret()

    def hideEvent(self, event: "QHideEvent") -> None:
        super().hideEvent(event)
        self._stop()

    # Screen readers

    def accessible_text(self) -> "PaneText":
        """The text as screen readers see it; made once."""
        if self._accessible_text is None:
            from reader.ui.reading.accessible import PaneText

            self._accessible_text = PaneText(self)
        return self._accessible_text

    def accessible_interface(self) -> "PaneAccessible":
        """The interface that Qt asks for once, kept here because Qt keeps no reference to the Python object."""
        from reader.ui.reading.accessible import PaneAccessible

        self._accessible = PaneAccessible(self, self.accessible_text())
        return self._accessible

    def after_answers(self) -> None:
        # Late: nothing waits for what only screen readers and pointers ask.
        from reader.ui.reading.accessible import install_for
        from reader.ui.reading.scroll_tip import ScrollTip

        install_for(self)
        if self._scroll_tip is None:
            self._scroll_tip = ScrollTip(self)

    def _say_selection(self, _start: int, _end: int) -> None:
        from reader.ui.reading.accessible import announce_selection

        announce_selection(self)

    def _tell_screen_reader(self) -> None:
        from PySide6.QtGui import QAccessible

        if QAccessible.isActive():
            from reader.ui.reading.accessible import tell_caret

            tell_caret(self)

    def paint_over(self, painter: "QPainter") -> None:
        self.pointer.range_edit.paint(painter)
        super().paint_over(painter)

    def _stop(self) -> None:
        self.pointer.stop()
        self.keyboard.stop()
        self.view.scene.pictures.stop()
        self.stop_telling()
