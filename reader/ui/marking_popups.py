"""The small things that float over the text: the bar, the tag entry, the note editor, the chooser."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QRect
from PySide6.QtWidgets import QWidget

from reader.model.annotation import Annotation, Color
from reader.ui.widgets.selection_bar import SelectionBar

if TYPE_CHECKING:
    from reader.ui.reading.pane import ReadingPane
    from reader.ui.session import Session
    from reader.ui.theme import Theme
    from reader.ui.widgets.note_editor import NoteEditor


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
        self._mark: str | None = None
        self.bar = SelectionBar(pane.viewport())

    def set_theme(self, theme: "Theme") -> None:
        self._theme = theme
        self.bar.set_theme(theme)

    def set_category_names(self, names: dict[Color, str]) -> None:
        self._names = names
        self.bar.set_category_names(names)

    def bar_for_selection(self) -> None:
        self._mark = None
        self.bar.show_for_selection(self._pane.selection_rect(), self._pane.viewport().rect())

    def bar_for_mark(self, mark: Annotation) -> None:
        self._mark = mark.uid
        self.bar.show_for_annotation(self._pane.annotation_rect(mark.uid), self._pane.viewport().rect(), mark)

    def place_again(self) -> None:
        """Follow the text when it scrolls; out of view, the bar waits unseen."""
        if not self.bar.isVisible():
            return
        mark = self._session.annotations.get(self._mark or "")
        if mark:
            self.bar_for_mark(mark)
        elif self._pane.selection():
            self.bar_for_selection()
        else:
            self.bar.hide()

    def ask_tags(self, tags: Sequence[str], rect: QRect, write: Callable[[list[str]], bool]) -> None:
        from reader.ui.widgets.tag_entry import TagEntry

        entry = TagEntry(self._session.library.tags.complete, self._parent)
        entry.set_theme(self._theme)
        entry.set_tags(list(tags))
        entry.committed.connect(lambda given: write(given) if list(given) != list(tags) else None)
        self._show(entry, rect)

    def ask_note(self, text: str, rect: QRect, write: Callable[[str], bool]) -> None:
        from reader.ui.widgets.note_editor import NoteEditor

        editor = NoteEditor(self._parent)
        editor.set_theme(self._theme)
        editor.set_text(text)
        editor.committed.connect(lambda typed: self._commit(editor, text, typed, rect, write))
        self._show(editor, rect)

    def choose(self, marks: Sequence[Annotation], where: QPoint, chosen: Callable[[str], None]) -> None:
        from reader.ui.widgets.chooser import AnnotationChooser

        chooser = AnnotationChooser(self._parent)
        chooser.set_theme(self._theme)
        chooser.set_annotations(list(marks), self._names)
        chooser.chosen.connect(chosen)
        self._show(chooser, QRect(self._pane.viewport().mapFromGlobal(where), QPoint()))

    def _commit(self, editor: "NoteEditor", before: str, typed: str, rect: QRect, write: Callable[[str], bool]) -> None:
        if typed != before and not write(typed):
            self.ask_note_again(typed, rect, write)

    def ask_note_again(self, typed: str, rect: QRect, write: Callable[[str], bool]) -> None:
        """After a failed write: the same words in an editor again, so that they can be saved or copied."""
        self.ask_note("", rect, write)
        from reader.ui.widgets.note_editor import NoteEditor

        self._parent.findChildren(NoteEditor)[-1].set_text(typed)

    def _show(self, popup: QWidget, rect: QRect) -> None:
        self.bar.hide()
        corner = self._pane.viewport().mapToGlobal(rect.bottomLeft())
        popup.popup_at(corner)
