"""The small things that float over the text: the bar, the tag entry, the note editor, the chooser."""

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QRect
from PySide6.QtWidgets import QApplication, QWidget

from reader.model.annotation import Annotation, Color
from reader.ui.widgets.selection_bar import SelectionBar

if TYPE_CHECKING:
    from reader.ui.reading.pane import ReadingPane
    from reader.ui.session import Session
    from reader.ui.theme import Theme
    from reader.ui.widgets.floating import Popup


class Popups(QObject):
    """Makes each pop-up when it is first wanted, and places it at a passage.

    Rectangles are in the coordinates of the pane's viewport. What was typed stays on the screen, in the
    editor, until `write` has said that it is on the disk.
    """

    def __init__(self, parent: QWidget, pane: "ReadingPane", session: "Session") -> None:
        super().__init__(parent)
        self._parent, self._pane, self._session = parent, pane, session
        self._theme: Theme | None = None
        self._names: dict[Color, str] = {}
        self._mark = ""
        self._wanted = self._reachable = False
        self._popup: Popup | None = None
        self.bar = SelectionBar(pane.viewport())
        self.bar.closed.connect(self.hide_bar)

    def set_theme(self, theme: "Theme") -> None:
        self._theme = theme
        self.bar.set_theme(theme)

    def set_category_names(self, names: dict[Color, str]) -> None:
        self._names = names
        self.bar.set_category_names(names)

    def bar_for_selection(self) -> None:
        """Offer to mark what is selected."""
        self._mark, self._wanted = "", True
        self._place()

    def bar_for_mark(self, mark: Annotation) -> None:
        """Offer to change a mark."""
        self._mark, self._wanted = mark.uid, True
        self._place()

    def hide_bar(self) -> None:
        self._wanted = False
        self._put_away()

    def place_again(self) -> None:
        """Follow the text when it moves; while its passage is out of view, the bar waits unseen."""
        if self._wanted:
            self._place()

    def _place(self) -> None:
        if not self._reachable:
            self._reachable = True
            for before, after in pairwise([self._pane, *self.bar.stops()]):
                QWidget.setTabOrder(before, after)
        mark, view = self._session.annotations.get(self._mark), self._pane.viewport().rect()
        rect = self._pane.annotation_rect(self._mark) if self._mark else self._pane.selection_rect()
        if not rect.intersects(view):
            self._put_away()
        elif mark:
            self.bar.show_for_annotation(rect, view, mark)
        elif self._pane.selection():
            self.bar.show_for_selection(rect, view)
        else:
            self.hide_bar()

    def _put_away(self) -> None:
        inside = self.bar.isAncestorOf(QApplication.focusWidget() or self._pane)
        self.bar.hide()
        if inside:
            self._pane.setFocus()

    def ask_tags(
        self,
        before: Sequence[str],
        rect: QRect,
        write: Callable[[list[str]], bool],
        typed: Sequence[str] | None = None,
    ) -> None:
        """Ask for tags, beginning with those `before`, or with those `typed` when writing them failed."""
        from reader.ui.widgets.tag_entry import TagEntry

        def commit(given: list[str]) -> None:
            if given != list(before) and not write(given):
                self.ask_tags(before, rect, write, typed=given)

        entry = TagEntry(self._session.library.tags.complete, self._parent)
        entry.set_theme(self._theme)
        entry.set_tags(before if typed is None else typed)
        entry.committed.connect(commit)
        entry.cancelled.connect(self._session.give_up)
        self._show(entry, rect)

    def ask_note(self, before: str, rect: QRect, write: Callable[[str], bool], typed: str | None = None) -> None:
        """Ask for a note, beginning with `before`, or with what was `typed` when writing it failed."""
        from reader.ui.widgets.note_editor import NoteEditor

        def commit(words: str) -> None:
            if words != before and not write(words):
                self.ask_note(before, rect, write, typed=words)

        editor = NoteEditor(self._parent)
        editor.set_theme(self._theme)
        editor.set_text(before if typed is None else typed)
        editor.committed.connect(commit)
        editor.cancelled.connect(self._session.give_up)
        self._show(editor, rect)

    def choose(self, marks: Sequence[Annotation], where: QPoint, chosen: Callable[[str], None]) -> None:
        """Ask which of several overlapping marks is meant; `where` is a point of the viewport."""
        from reader.ui.widgets.chooser import AnnotationChooser

        chooser = AnnotationChooser(self._parent)
        chooser.set_theme(self._theme)
        chooser.set_annotations(marks, self._names)
        chooser.chosen.connect(chosen)
        self._open(chooser)
        chooser.popup_at(self._pane.viewport().mapToGlobal(where))

    def flush(self) -> None:
        """Commit what stands in an open pop-up, as when the window closes."""
        if self._popup:
            self._popup.leave()

    def _show(self, popup: "Popup", rect: QRect) -> None:
        self._open(popup)
        view = self._pane.viewport()
        popup.popup_at(view.mapToGlobal(rect.bottomLeft()), view.mapToGlobal(rect.topLeft()))

    def _open(self, popup: "Popup") -> None:
        self.hide_bar()
        self._popup = popup
        popup.destroyed.connect(self._closed)

    def _closed(self) -> None:
        self._popup = None
