"""A footnote beside its reference: a small pane over the note alone, which can be read, selected and marked.

It shows the same document at the same positions, with the same marks. What is selected in it is the selection of the
pane it belongs to, so that whoever marks, copies or cites needs to know nothing of it.
"""

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QEnterEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QToolButton, QToolTip, QVBoxLayout

from reader.model.parted import index_from
from reader.ui.reading.excerpt import note_of
from reader.ui.reading.note_pane import NotePane
from reader.ui.reading.selection import Selection
from reader.ui.reading.stretches import Stretch
from reader.ui.widgets.floating import SHADOW, Floating
from reader.ui.widgets.placing import place_near

if TYPE_CHECKING:
    from reader.ui.reading.pane import ReadingPane

_WIDTH = 440
_LEAST_WIDTH = 160
_MARGIN = 12
_HIGHEST = 0.45
# A note that came up by itself goes when the pointer has been elsewhere for so long (ms).
_PATIENCE = 400


class NotePopup(Floating):
    """Floats over the viewport of `pane`; made once, shown for one note after the other."""

    def __init__(self, pane: "ReadingPane") -> None:
        super().__init__(pane.viewport())
        self._owner = pane
        self.pane = NotePane(self)
        self._bounds: Stretch = (0, 0)
        self._href = ""
        self._by_itself = False
        self._inside = False
        self._before = Selection()
        self._title = QLabel()
        self._column = QVBoxLayout(self)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(_PATIENCE)
        self._patience.timeout.connect(self._lose_patience)
        self._lay_out()
        self._connect()

    @property
    def bounds(self) -> Stretch:
        """The code points of the note that is shown."""
        return self._bounds

    def show_note(self, href: str, near: QRect, *, by_itself: bool) -> None:
        """Show the note that `href` leads to, next to `near` (in the viewport).

        One that comes up `by_itself` leaves the keyboard where it is, and goes when the pointer does.
        """
        document = self._owner.view.document
        bounds = note_of(document, href)
        if bounds is None or (self.isVisible() and bounds == self._bounds and by_itself):
            return
        if not self.isVisible():
            self._before = replace(self._owner.view.selection)
        self._patience.stop()
        self._bounds, self._href, self._by_itself = bounds, href, by_itself
        self._fill()
        self._stand(near)
        if not by_itself:
            self.pane.place_caret(bounds[0])
            self.pane.setFocus(Qt.FocusReason.PopupFocusReason)

    def close_note(self) -> None:
        """Hide it; the keyboard, the caret and the selection of the text are again what they were."""
        if not self.isVisible():
            return
        self._patience.stop()
        focus = QApplication.focusWidget()
        focused = focus is not None and self.isAncestorOf(focus)
        before, had = self._before, self._owner.selection()
        self.hide()
        self.pane.clear()
        if focused:
            self._owner.setFocus(Qt.FocusReason.PopupFocusReason)
        if had and self._holds(had):
            self._owner.clear_selection()
            self._owner.change_selection(lambda: self._owner.view.selection.restore(before))

    def pointer_gone(self) -> None:
        """The pointer is no longer over the reference."""
        if self._by_itself and self.isVisible() and not self._patience.isActive():
            self._patience.start()

    def pointer_back(self) -> None:
        self._patience.stop()

    def rect_of(self, start: int, end: int) -> QRect:
        """Round the visible part of a stretch, in the viewport of the owner; empty where it is not of the note."""
        rect = QRect()
        if self.isVisible() and self._holds((start, end)) and self.pane.ensure():
            for part in self.pane.view.rects(start, end):
                rect = rect.united(part)
        return rect.translated(self._origin()) if not rect.isEmpty() else rect

    def edit_range(self, uid: str) -> bool:
        """Put handles on a mark of the note; False where it is none."""
        mark = self._owner.view.scene.marks.get(uid) if self.isVisible() else None
        if mark is None or not self._holds((mark.start, mark.end)):
            return False
        self.pane.begin_range_edit(uid)
        return True

    def follow_selection(self, stretch: Stretch | None) -> None:
        """The selection of the owner is another one."""
        if not self.isVisible() or stretch == self.pane.selection():
            return
        if stretch and self._holds(stretch):
            self.pane.select(*stretch)
        elif self.pane.selection():
            self.pane.change_selection(self.pane.view.selection.drop)

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.pointer_back()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.pointer_gone()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_note()
        else:
            super().keyPressEvent(event)

    def _holds(self, stretch: Stretch) -> bool:
        return self._bounds[0] <= stretch[0] and stretch[1] <= self._bounds[1]

    def _origin(self) -> QPoint:
        """The corner of the note's viewport in that of the owner."""
        return self.pane.viewport().mapTo(self._owner.viewport(), QPoint())

    def _lay_out(self) -> None:
        go = _button("Go there", "Go to this note in the text")
        go.clicked.connect(lambda: self._leave_for(self._href))
        close = _button("Close", "Close the note (Esc)")
        close.clicked.connect(self.close_note)
        row = QHBoxLayout()
        row.setContentsMargins(_MARGIN, 0, _MARGIN // 2, _MARGIN // 2)
        row.addWidget(self._title, 1)
        row.addWidget(go)
        row.addWidget(close)
        column = self._column
        column.setContentsMargins(SHADOW + 1, SHADOW + 4, SHADOW + 1, SHADOW + 1)
        column.setSpacing(0)
        column.addWidget(self.pane)
        column.addLayout(row)

    def _connect(self) -> None:
        note, owner = self.pane, self._owner
        note.gesture_begun.connect(self._gesture_inside)
        note.selection_made.connect(self._selected)
        note.selection_cleared.connect(owner.clear_selection)
        note.escape_pressed.connect(self._escape)
        note.annotation_activated.connect(
            lambda uids, point: owner.annotation_activated.emit(uids, point + self._origin())
        )
        note.context_menu_requested.connect(lambda point: owner.context_menu_requested.emit(point + self._origin()))
        note.text_clicked.connect(owner.text_clicked)
        note.range_changed.connect(owner.range_changed)
        note.image_activated.connect(owner.image_activated)
        note.hidden_activated.connect(owner.hidden_activated)
        note.zoom_requested.connect(owner.zoom_requested)
        note.link_activated.connect(self._leave_for)
        note.note_requested.connect(lambda href, point: self.show_note(href, self._near(point), by_itself=False))
        owner.scrolled.connect(self.close_note)
        owner.gesture_begun.connect(self._gesture_outside)
        owner.escape_pressed.connect(self.close_note)

    def _gesture_inside(self) -> None:
        self._inside = True
        self._owner.gesture_begun.emit()
        self._inside = False

    def _gesture_outside(self) -> None:
        if not self._inside:
            self.close_note()

    def _near(self, point: QPoint) -> QRect:
        return QRect(point + self._origin(), QSize(1, 1))

    def _selected(self, start: int, end: int) -> None:
        self._by_itself = False
        self._owner.select(start, end)
        self._owner.selection_made.emit(start, end)

    def _escape(self) -> None:
        """Escape takes what is selected first, then the note."""
        if self.pane.selection() is None:
            self._owner.escape_pressed.emit()

    def _leave_for(self, href: str) -> None:
        self.close_note()
        self._owner.link_activated.emit(href)

    def _lose_patience(self) -> None:
        if not self.pane.hasFocus() and self._owner.selection() is None:
            self.close_note()

    def _fill(self) -> None:
        owner, document = self._owner.view, self._owner.view.document
        theme = owner.theme
        self.set_theme(theme)
        self.pane.set_theme(replace(theme, paper=theme.raised))
        self.pane.set_typography(owner.typography)
        self.pane.show_excerpt(self._owner, self._bounds)
        at = index_from(document.blocks, self._bounds[0])
        number = document.blocks[at].number if at < len(document.blocks) else ""
        self._title.setText(f"Note {number}".strip(" ."))
        self._title.setStyleSheet(f"color: {theme.muted}")

    def _stand(self, near: QRect) -> None:
        """Take the size the note wants, as far as there is room, and a place beside its reference."""
        room = self.host.rect().adjusted(8, 8, -8, -8)
        frame = self._column.contentsMargins()
        width = max(_LEAST_WIDTH, min(_WIDTH, room.width() - frame.left() - frame.right()))
        bar = self.pane.verticalScrollBar().sizeHint().width()
        policy = Qt.ScrollBarPolicy
        self.pane.setVerticalScrollBarPolicy(policy.ScrollBarAlwaysOff)
        wanted = self.pane.height_for(width)
        highest = round(room.height() * _HIGHEST)
        if wanted > highest:
            self.pane.setVerticalScrollBarPolicy(policy.ScrollBarAlwaysOn)
            wanted = max(self.pane.height_for(width - bar), highest)
        self.pane.setFixedSize(width, min(wanted, highest))
        self._column.activate()
        size = self.sizeHint()
        self.resize(size)
        visible = QSize(size.width() - 2 * SHADOW, size.height() - 2 * SHADOW)
        self.move(place_near(visible, near, room) - QPoint(SHADOW, SHADOW))
        QToolTip.hideText()
        self.show()
        self.raise_()


def _button(text: str, tip: str) -> QToolButton:
    button = QToolButton()
    button.setText(text)
    button.setToolTip(tip)
    button.setAutoRaise(True)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.setCursor(Qt.CursorShape.PointingHandCursor)
    return button
