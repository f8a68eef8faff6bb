"""Picking another place for an annotation: it is selected in the text, by hand or by stepping through rough matches."""

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent

from reader.model.annotation import Annotation
from reader.ui.selecting import without_blank_ends

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reader.text.matching import Match
    from reader.ui.marking import Marking
    from reader.ui.reading.pane import ReadingPane
    from reader.ui.session import Session
    from reader.ui.widgets.pick_bar import PickBar

_SELECT = "Select the passage first, then press Enter; Escape gives up."
_NO_MATCH = "No rough match"
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Picking(QObject):
    """A mode of the text in which Enter takes what is selected. `ended` says whether something was."""

    ended = Signal(bool)

    def __init__(self, session: "Session", pane: "ReadingPane", bar: "PickBar", marking: "Marking") -> None:
        super().__init__(bar)
        self._session, self._pane, self._bar, self._marking = session, pane, bar, marking
        self._mark: Annotation | None = None
        self._matches: Sequence[Match] = ()
        self._at = -1
        bar.taken.connect(self.take)
        bar.given_up.connect(self.give_up)
        bar.stepped.connect(self.step)
        session.opened.connect(self._left)
        session.closed.connect(self._left)
        session.changed.connect(self._changed)

    @property
    def active(self) -> bool:
        """Whether a passage is being picked."""
        return self._mark is not None

    def begin(self, mark: Annotation) -> None:
        """Ask for another passage for a mark of the open document."""
        self._mark, self._matches, self._at = mark, (), -1
        self._marking.offers_bar = False
        self._marking.hide_bar()
        self._pane.clear_selection()
        self._bar.begin(mark.quote)
        self._pane.installEventFilter(self)
        self._marking.jump(mark.uid)
        self._pane.setFocus()
        rough, uid = self._session.library.reviewing.rough, mark.uid
        self._session.tasks.start(lambda _task: rough(uid), lambda found: self._found(uid, found))

    def take(self) -> None:
        """The selection is the passage."""
        mark, document, selection = self._mark, self._session.document, self._pane.selection()
        if not mark or not document:
            return
        text = document.document.text
        stretch = without_blank_ends(text, *selection) if selection else None
        if stretch is None:
            self._session.say(_SELECT)
            return
        glyphs, move = self._pane.page_glyphs(*stretch), self._session.library.annotate.move_range
        self._mark = None
        done = self._session.perform(
            lambda: move(mark.uid, text, *stretch, glyphs=glyphs, label="Another passage picked")
        )
        if done is None:
            self._mark = mark
        else:
            self._marking.show_new(mark.uid)
            self._end(taken=True)

    def give_up(self) -> None:
        """Leave the mark as it is."""
        if self.active:
            self._pane.clear_selection()
            self._end(taken=False)

    def step(self, by: int) -> None:
        """Select the next (1) or the previous (-1) rough match."""
        if self._matches:
            self._at = (self._at + by) % len(self._matches) if self._at >= 0 else 0
            match = self._matches[self._at]
            self._pane.go_to(match.start, end=match.end, flash=False)
            self._pane.select(match.start, match.end)
            self._pane.setFocus()
            self._say_matches()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() not in (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride):
            return super().eventFilter(watched, event)
        pressed = cast("QKeyEvent", event)
        key, shift = pressed.key(), pressed.modifiers() == Qt.KeyboardModifier.ShiftModifier
        plain = pressed.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        ours = (plain and key in (*_ENTER, Qt.Key.Key_Escape)) or (key == Qt.Key.Key_F8 and (plain or shift))
        if not ours:
            return super().eventFilter(watched, event)
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
        elif key == Qt.Key.Key_F8:
            self.step(-1 if shift else 1)
        elif key == Qt.Key.Key_Escape:
            self.give_up()
        else:
            self.take()
        return True

    # -- inside

    def _found(self, uid: str, matches: "Sequence[Match]") -> None:
        if self._mark and self._mark.uid == uid:
            self._matches = matches
            self._say_matches()

    def _say_matches(self) -> None:
        count = len(self._matches)
        if not count:
            self._bar.set_matches(_NO_MATCH, any_match=False)
        elif self._at < 0:
            self._bar.set_matches(f"{count} rough {'match' if count == 1 else 'matches'}", any_match=True)
        else:
            alike = f"{self._matches[self._at].likeness * 100:.0f} % alike"
            self._bar.set_matches(f"{self._at + 1} of {count}, {alike}", any_match=True)

    def _left(self, _document: object = None) -> None:
        """Another document or text is open: the places are others."""
        if self.active:
            self._end(taken=False)

    def _changed(self, _change: object) -> None:
        if self._mark and self._mark.uid not in self._session.annotations:
            self._end(taken=False)

    def _end(self, *, taken: bool) -> None:
        self._mark, self._matches = None, ()
        self._marking.offers_bar = True
        self._pane.removeEventFilter(self)
        self._bar.hide()
        self._pane.setFocus()
        self.ended.emit(taken)
