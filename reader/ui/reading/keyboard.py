"""The keyboard in the text: the caret and what it selects, scrolling, and the lights that keys leave behind."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QGuiApplication

from reader.ui.reading.caret import UP_DOWN, Step, moved
from reader.ui.reading.keys import step_of
from reader.ui.reading.range_edit import moves_range

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from reader.ui.reading.pane import ReadingPane

_SETTLE = 700
_FLASH_PAUSE = 40
_FLASH_STEPS = 22
_PAGES = {Step.PAGE_UP: -1, Step.PAGE_DOWN: 1}
_LINES = {Step.LINE_UP: -1, Step.LINE_DOWN: 1}
_CHARACTERS = frozenset({Step.LEFT, Step.RIGHT})
_ENDS = frozenset({Step.TEXT_START, Step.TEXT_END})


class Keyboard:
    """Moves the caret; a selection made with it is told when Shift is let go, or after a pause."""

    def __init__(self, pane: "ReadingPane") -> None:
        self._pane = pane
        self._goal_x: int | None = None
        self._extending = False
        self._settle = QTimer(pane)
        self._settle.setSingleShot(True)
        self._settle.setInterval(_SETTLE)
        self._settle.timeout.connect(self._tell)
        self._blink = QTimer(pane)
        self._blink.timeout.connect(self._toggle)
        self._fade = QTimer(pane)
        self._fade.setInterval(_FLASH_PAUSE)
        self._fade.timeout.connect(self._fade_on)

    def stop(self) -> None:
        for timer in (self._settle, self._blink, self._fade):
            timer.stop()
        self._pane.view.scene.flash = None
        self._pane.view.scene.caret = None
        self._extending = False

    def wants(self, event: "QKeyEvent") -> bool:
        """Whether a key is the text's own, before any shortcut of the window (Alt+arrows stay with the window)."""
        if self._pane.pointer.range_edit.active and event.key() == Qt.Key.Key_Escape:
            return True
        step = step_of(event)
        if moves_range(event) and self._pane.view.scene.current_mark:
            return True
        alone = event.modifiers() == Qt.KeyboardModifier.AltModifier
        return step is not None and not alone

    def press(self, event: "QKeyEvent") -> bool:
        """Answer a key; False for one that is not the text's."""
        if not self._pane.ensure():
            return False
        if self._pane.pointer.range_edit.key(event) or self._at_mark(event):
            return True
        taken = step_of(event)
        if taken:
            self._step(*taken)
            return True
        return self._other(event)

    def _at_mark(self, event: "QKeyEvent") -> bool:
        """Shift+Alt+arrows with nothing selected move the ends of the current mark, when it is in view."""
        pane, uid = self._pane, self._pane.view.scene.current_mark
        if not uid or not moves_range(event) or pane.selection() is not None or pane.annotation_rect(uid).isEmpty():
            return False
        pane.begin_range_edit(uid)
        return pane.area_key(event) or pane.pointer.range_edit.key(event)

    def release(self, event: "QKeyEvent") -> None:
        if event.key() == Qt.Key.Key_Shift and self._extending:
            self._tell()

    def _other(self, event: "QKeyEvent") -> bool:
        key, modifiers = Qt.Key(event.key()), event.modifiers()
        shift = modifiers == Qt.KeyboardModifier.ShiftModifier
        if key == Qt.Key.Key_Space and (shift or not modifiers):
            self._scroll_page(-1 if shift else 1)
            return True
        if key == Qt.Key.Key_A and modifiers == Qt.KeyboardModifier.ControlModifier:
            self._select_all()
            return True
        if key == Qt.Key.Key_Escape and not modifiers:
            return self._let_go()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not modifiers:
            return self._activate()
        return False

    def _step(self, step: Step, extends: bool) -> None:
        selection = self._pane.view.selection
        if step in _ENDS and not extends:
            self._pane.leaving.emit()
        if not selection.active:
            if not extends and self._scrolled_instead(step):
                return
            selection.place(self._pane.view.flow.top_position())
        had = selection.range
        position = self._target(step)
        if had and not extends and step in _CHARACTERS and position != selection.caret:
            # As everywhere: such a step only lets go of the selection, at the end that lies that way.
            position = had[position > selection.caret]
        if extends:
            selection.fix()
            self._pane.change_selection(lambda: selection.extend(position))
            self._extending = True
            self._settle.start()
        else:
            self._pane.change_selection(lambda: selection.place(position))
        self._follow(step, position)
        if had and not extends:
            self._pane.selection_cleared.emit()

    def _target(self, step: Step) -> int:
        flow, caret = self._pane.view.flow, self._pane.view.selection.caret
        if step not in UP_DOWN:
            self._goal_x = None
        elif self._goal_x is None:
            self._goal_x = flow.line_rect(caret).left()
        return moved(flow, caret, step, self._goal_x or 0, self._page_height())

    def _page_height(self) -> int:
        return max(1, self._pane.viewport().height() - 2 * self._pane.view.flow.style.body.pitch)

    def _follow(self, step: Step, position: int) -> None:
        if step in _PAGES:
            self._scroll_page(_PAGES[step])
        if step == Step.TEXT_START:
            # The top of the page, be it the cover of a book that leaves no room for the first words.
            self._pane.verticalScrollBar().setValue(0)
        elif self._pane.view.show_caret(position):
            self._pane.moved()

    def _scrolled_instead(self, step: Step) -> bool:
        """Without a caret these keys only move the page."""
        view = self._pane.view
        if step in _PAGES:
            self._scroll_page(_PAGES[step])
        elif step in _LINES:
            self._pane.scroll_by(_LINES[step] * 2 * view.flow.style.body.pitch)
        elif step == Step.TEXT_START:
            self._pane.verticalScrollBar().setValue(0)
        elif step == Step.TEXT_END:
            self._pane.verticalScrollBar().setValue(self._pane.verticalScrollBar().maximum())
        else:
            return False
        return True

    def _scroll_page(self, direction: int) -> None:
        self._pane.scroll_by(direction * self._page_height())

    def _select_all(self) -> None:
        first, last = self._pane.view.flow.first, self._pane.view.flow.last
        self._pane.change_selection(lambda: self._pane.view.selection.take(first, last))
        if first < last:
            self._pane.selection_made.emit(first, last)

    def _let_go(self) -> bool:
        """Escape: first the selection goes, then the caret."""
        self._pane.escape_pressed.emit()
        if not self._pane.view.selection.active:
            return False
        if self._pane.selection() is not None:
            self._pane.clear_selection()
        else:
            self._pane.change_selection(self._pane.view.selection.drop)
        return True

    def _activate(self) -> bool:
        selection = self._pane.view.selection
        if not selection.active or selection.range is not None:
            return False
        point: QPoint = self._pane.view.flow.view_rect(selection.caret).bottomLeft()
        return self._pane.pointer.activate(selection.caret, point)

    def _tell(self) -> None:
        self._settle.stop()
        self._extending = False
        stretch = self._pane.selection()
        if stretch:
            self._pane.selection_made.emit(*stretch)

    # The caret

    def show_caret(self, before: int | None) -> None:
        """Draw the caret where it is now, steady at first; `before` is where it was drawn."""
        view = self._pane.view
        wanted = view.selection.active and self._pane.hasFocus() and self._pane.isVisible()
        view.scene.caret = view.selection.caret if wanted else None
        for position in (before, view.scene.caret):
            if position is not None:
                self._update_caret(position)
        interval = QGuiApplication.styleHints().cursorFlashTime() // 2
        if wanted and interval > 0:
            self._blink.start(interval)
        else:
            self._blink.stop()

    def hide_caret(self) -> None:
        before = self._pane.view.scene.caret
        self._blink.stop()
        self._pane.view.scene.caret = None
        if before is not None:
            self._update_caret(before)

    def _toggle(self) -> None:
        view = self._pane.view
        view.scene.caret = view.selection.caret if view.scene.caret is None else None
        self._update_caret(view.selection.caret)

    def _update_caret(self, position: int) -> None:
        if self._pane.view.has_flow:
            rect = self._pane.view.flow.view_rect(position)
            if rect.intersects(QRect(QPoint(0, 0), self._pane.viewport().size())):
                self._pane.viewport().update(rect.adjusted(-1, -1, 1, 1))

    # The light after a jump

    def flash(self, start: int, end: int) -> None:
        """Light up a stretch, fading within a second."""
        before = self._pane.view.scene.flash
        if before:
            self._pane.repaint_stretch(before[0], before[1])
        self._pane.view.scene.flash = (start, end, 1.0)
        self._pane.repaint_stretch(start, end)
        if self._pane.isVisible():
            self._fade.start()

    def _fade_on(self) -> None:
        flash = self._pane.view.scene.flash
        strength = flash[2] - 1 / _FLASH_STEPS if flash else 0.0
        self._pane.view.scene.flash = (flash[0], flash[1], strength) if flash and strength > 0 else None
        if flash:
            self._pane.repaint_stretch(flash[0], flash[1])
        if self._pane.view.scene.flash is None:
            self._fade.stop()
