"""Hiding parts of the text and showing them again; each is one write that can be undone."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtGui import QAction, QCursor
from PySide6.QtWidgets import QMenu, QWidget

from reader.model.change import Change
from reader.model.document import Debris
from reader.text.masks import hidden_ranges, proposals, touches
from reader.ui.selecting import without_blank_ends

if TYPE_CHECKING:
    from reader.ui.reading.pane import ReadingPane
    from reader.ui.session import Session

Range = tuple[int, int]
SELECT_FIRST = "Select the passage that is to be hidden first."
NOTHING_HIDDEN = "Nothing of this document is hidden."
NOT_HERE = "Nothing is hidden there; choose a passage that is."


class Masking(QObject):
    """Keeps the pane's hidden and faded stretches as the masks have them.

    `mode_changed` says whether hidden text is shown, faded, for the time being; `dressed`, that what is hidden has
    changed on the page.
    """

    mode_changed = Signal(bool)
    dressed = Signal()

    def __init__(self, session: "Session", pane: "ReadingPane", parent: QWidget) -> None:
        super().__init__(parent)
        self._session, self._pane, self._parent = session, pane, parent
        session.changed.connect(self._changed)

    # -- what is asked

    def hide(self) -> None:
        """Hide what is selected."""
        document, selection = self._session.document, self._pane.selection()
        stretch = without_blank_ends(document.document.text, *selection) if document and selection else None
        if stretch is None:
            self._session.say(SELECT_FIRST)
        elif self.hide_ranges([stretch]):
            self._pane.clear_selection()

    def hide_ranges(self, ranges: Sequence[Range]) -> bool:
        """Hide stretches of the open document; False, with the reason said, when it failed."""
        return self._decide("hide", ranges)

    def keep_ranges(self, ranges: Sequence[Range]) -> bool:
        """Have stretches that were proposed for hiding stay."""
        return self._decide("keep", ranges)

    def unhide(self) -> None:
        """Show again what is hidden of the selection, or at the caret."""
        if stretch := self.hidden_here():
            self.show_again(*stretch)
        else:
            self._session.say(NOT_HERE if self._hidden() else NOTHING_HIDDEN)

    def hidden_here(self) -> Range | None:
        """The selection, or the hidden stretch at the caret; None where nothing is hidden there."""
        selection, hidden = self._pane.selection(), self._hidden()
        if selection:
            return selection if touches(*selection, hidden) else None
        caret = self._pane.view.selection.caret
        return next(((start, end) for start, end in hidden if start <= caret < end), None)

    def show_again(self, start: int, end: int) -> None:
        """Show what is hidden of `start:end`."""
        uid = self._session.uid
        self._session.perform(lambda: self._session.library.masks.show(uid, start, end))

    def show_hidden(self, shown: bool) -> None:
        """Show all hidden text, faded, or hide it again; nothing is written."""
        if shown == self._session.shows_hidden:
            return
        self._session.shows_hidden = shown
        self.dress()
        self.mode_changed.emit(shown)
        if not self._hidden():
            self._session.say(NOTHING_HIDDEN)
        else:
            self._session.say("Hidden text is shown, faded." if shown else "Hidden text is out of sight again.")

    def offer(self, start: int, end: int) -> None:
        """A hidden stretch was clicked: offer to show it."""
        menu = QMenu(self._parent)
        once, everything = QAction("&Show this passage again", menu), QAction("Show &all hidden text, faded", menu)
        once.triggered.connect(lambda: self.show_again(start, end))
        everything.triggered.connect(lambda: self.show_hidden(True))
        menu.addActions([once, everything])
        menu.setActiveAction(once)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self._place_of(start, end))

    # -- what is proposed

    def proposals(self) -> tuple[Debris, ...]:
        """What looks like debris and was not decided on, in text order."""
        document = self._session.document
        return proposals(document.document.debris, self._session.masks) if document else ()

    # -- inside

    def dress(self) -> None:
        """Put what is hidden and what is faded on the pane."""
        self._pane.set_hidden(self._session.hidden)
        self._pane.set_faded(self._session.faded)
        self.dressed.emit()

    def _changed(self, change: Change) -> None:
        if self._session.uid in change.masks:
            self.dress()

    def _hidden(self) -> tuple[Range, ...]:
        return hidden_ranges(self._session.masks)

    def _decide(self, verb: str, ranges: Sequence[Range]) -> bool:
        document = self._session.document
        if not document:
            return False
        masks, uid, text = self._session.library.masks, document.summary.uid, document.document.text
        write = masks.hide if verb == "hide" else masks.keep
        return self._session.perform(lambda: write(uid, text, ranges)) is not None

    def _place_of(self, start: int, end: int) -> QPoint:
        """Where the menu opens: at the pointer if it is on the text, else at the line that stands for the stretch."""
        view = self._pane.viewport()
        pointer = view.mapFromGlobal(QCursor.pos())
        if view.rect().contains(pointer):
            return view.mapToGlobal(pointer)
        rects = self._pane.view.rects(start, end)
        return view.mapToGlobal(rects[0].bottomLeft() if rects else view.rect().center())
